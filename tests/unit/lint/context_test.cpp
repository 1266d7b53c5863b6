#include "lint/context.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "statuslab/parse.h"

namespace statuslab::tests {
namespace {

std::uint64_t content_size(const std::string& content) {
  const std::string text = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + content;
  const std::vector<Message> messages = parse(text);
  REQUIRE(messages.size() == 1);
  return lint::MessageView({text, text}, messages[0], Side::response, 0, Scheme::unknown, nullptr).content_size();
}

}  // namespace

TEST_CASE("the size of chunked content is that of its data") {
  CHECK(content_size("5\r\nhello\r\n0\r\n\r\n") == 5);
  CHECK(content_size("0\r\n\r\n") == 0);
}

TEST_CASE("content that tools print without its chunks counts as it stands") {
  CHECK(content_size("{\"status\":\"ok\"}") == 15);
  CHECK(content_size("<p>\nhello\n</p>\n") == 15);
}

}  // namespace statuslab::tests
