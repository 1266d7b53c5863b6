// Content as a HAR file has it: nothing about its bytes is taken for what was sent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "statuslab/statuslab.h"

namespace statuslab::tests {
namespace {

const std::string start = "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain\r\n";

LintResult shown(const std::string& response, std::optional<std::string_view> request = std::nullopt) {
  return lint_exchange({request, response, Scheme::https, ContentForm::shown});
}

void check_silent(const LintResult& result) {
  for (const Finding& finding : result.findings) {
    INFO(rule_id(finding.rule));
    CHECK(finding.severity > Severity::warning);
  }
}

}  // namespace

TEST_CASE("shown content is not held to its length, its codings and its chunks") {
  for (const char* field : {"Content-Length: 3\r\n", "Content-Encoding: gzip\r\nVary: Accept-Encoding\r\nContent-Length: 900\r\n",
                            "Transfer-Encoding: chunked\r\n", ""}) {
    INFO(field);
    const LintResult result = shown(start + field + "\r\nhello, world");
    REQUIRE(result.response.size() == 1);
    CHECK(result.response[0].framing == Framing::shown);
    CHECK(result.response[0].content.size() == 12);
    check_silent(result);
  }
}

TEST_CASE("shown content that has its length stands for what was sent") {
  CHECK(shown(start + "Content-Length: 5\r\n\r\nhello").response[0].framing == Framing::content_length);
  CHECK(shown(start + "Content-Length: 0\r\n\r\n").response[0].framing == Framing::content_length);
}

TEST_CASE("shown content may be left out") {
  for (const char* field : {"Content-Length: 3\r\n", "Transfer-Encoding: chunked\r\n", ""}) {
    INFO(field);
    const LintResult result = shown(start + field + "\r\n");
    CHECK(result.response[0].framing == Framing::shown);
    CHECK(result.findings.empty());
  }
}

TEST_CASE("shown content that reads like a message is content") {
  const LintResult result = shown(start + "\r\nHTTP/1.1 200 OK\r\n\r\n");
  CHECK(result.response.size() == 1);
}

TEST_CASE("a message that ends with its head does so when it is shown") {
  CHECK(shown("HTTP/1.1 304 Not Modified\r\nContent-Length: 7\r\n\r\n").response[0].framing == Framing::none);
  const std::string_view head = "HEAD / HTTP/1.1\r\nHost: example.com\r\n\r\n";
  CHECK(shown(start + "Content-Length: 7\r\n\r\n", head).response[0].framing == Framing::none);
  CHECK(shown("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\nabc").response[0].framing == Framing::tunnel);
}

TEST_CASE("the request of a shown exchange may have lost its framing fields") {
  const std::string_view post = "POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Type: text/plain\r\n\r\nhello";
  const LintResult result = shown(start + "\r\nhi", post);
  CHECK(result.request[0].framing == Framing::shown);
  check_silent(result);
}

}  // namespace statuslab::tests
