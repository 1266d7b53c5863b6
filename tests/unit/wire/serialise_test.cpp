#include <catch2/catch_test_macros.hpp>

#include <string>

#include "statuslab/parse.h"

namespace statuslab::tests {

TEST_CASE("a message in wire form is written as it was read") {
  for (const std::string text : {
           "HTTP/1.1 200 OK\r\nA:  b \r\nContent-Length: 2\r\n\r\nhi",
           "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\nT: u\r\n\r\n",
           "POST /x HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc",
           "HTTP/1.1 204 No Content\r\n\r\nexcess",
           "HTTP/1.1 200 OK\r\nX: a\r\n folded\r\nno colon\r\n\r\n",
       }) {
    const auto messages = parse(text);
    REQUIRE(messages.size() == 1);
    CHECK(serialise(messages[0], text) == text);
  }
}

TEST_CASE("line endings of the head become CRLF, content stays") {
  const std::string text = "HTTP/1.1 200 OK\nContent-Length: 3\n\na\nb";
  CHECK(serialise(parse(text)[0], text) == "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\na\nb");
}

TEST_CASE("a transcript becomes wire bytes") {
  const std::string text = "> GET / HTTP/1.1\n> Host: a\n> \n< HTTP/1.1 200 OK\n* remark\n< A: b\n< \nhi\n";
  const auto messages = parse(text);
  REQUIRE(messages.size() == 2);
  CHECK(serialise(messages[0], text) == "GET / HTTP/1.1\r\nHost: a\r\n\r\n");
  CHECK(serialise(messages[1], text) == "HTTP/1.1 200 OK\r\nA: b\r\n\r\nhi");
}

}  // namespace statuslab::tests
