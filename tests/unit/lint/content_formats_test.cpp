// Rules on the inside of content: what must stay silent, and where they point in chunks.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string json(const std::string& fields, const std::string& content) {
  return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n" + fields + "\r\n" + content;
}

}  // namespace

TEST_CASE("content that is cut off, coded, or a part is not judged as JSON") {
  CHECK(marked("json-unterminated", json("Content-Length: 5\r\n", "{\"a\":")) == "{");
  CHECK(marked("json-unterminated", json("Content-Length: 9\r\n", "{\"a\":")).empty());
  CHECK(marked("json-unexpected", json("Content-Range: bytes 5-9/20\r\nContent-Length: 5\r\n", "\"a\":1")).empty());
  CHECK(marked("json-unexpected", json("Content-Encoding: br\r\nContent-Length: 4\r\n", "\x0B\x02\x80\x03")).empty());
  CHECK(marked("json-empty", json("Content-Length: 0\r\n", "")) == "application/json");
  CHECK(marked("json-empty", json("", "")).empty());
}

TEST_CASE("places and fixes lead through chunks") {
  const std::string text = json("Transfer-Encoding: chunked\r\n", "4\r\n[1,2\r\n2\r\n,]\r\n0\r\n\r\n");
  CHECK(marked("json-trailing-comma", text) == ",");
  CHECK(fixed("json-trailing-comma", text) == json("Transfer-Encoding: chunked\r\n", "4\r\n[1,2\r\n1\r\n]\r\n0\r\n\r\n"));
}

TEST_CASE("digests of partial content are those of the part") {
  const std::string part = "Content-Range: bytes 0-1/9\r\nContent-Length: 2\r\n";
  const std::string digest = "-Digest: sha-256=:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=:\r\n";
  const std::string start = "HTTP/1.1 206 Partial Content\r\n" + part;
  CHECK_FALSE(marked("content-digest-mismatch", start + "Content" + digest + "\r\nab").empty());
  CHECK(marked("repr-digest-mismatch", start + "Repr" + digest + "\r\nab").empty());
}

}  // namespace statuslab::tests
