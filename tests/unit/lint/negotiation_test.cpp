// RFC 9110 section 12.5.3 and others: what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

const std::string gzipped = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nVary: Accept-Encoding\r\nContent-Length: 4\r\n\r\n\x1F\x8B\x08\x04";

bool speaks(std::string_view rule, const std::string& request_field, const std::string& response) {
  const std::string request = "GET / HTTP/1.1\r\nHost: example.com\r\n" + request_field + "\r\n";
  for (const Finding& finding : lint_exchange({request, response, Scheme::https}).findings)
    if (rule_id(finding.rule) == rule) return true;
  return false;
}

}  // namespace

TEST_CASE("a coding is acceptable without Accept-Encoding, by its name and by the wildcard") {
  const char* const rule = "content-coding-not-accepted";
  CHECK_FALSE(speaks(rule, "", gzipped));
  CHECK_FALSE(speaks(rule, "Accept-Encoding: gzip;q=0.1\r\n", gzipped));
  CHECK_FALSE(speaks(rule, "Accept-Encoding: *\r\n", gzipped));
  CHECK_FALSE(speaks(rule, "Accept-Encoding: br\r\nAccept-Encoding: gzip\r\n", gzipped));
  CHECK(speaks(rule, "Accept-Encoding:\r\n", gzipped));
  CHECK(speaks(rule, "Accept-Encoding: identity\r\n", gzipped));
  CHECK(speaks(rule, "Accept-Encoding: *;q=0\r\n", gzipped));
}

TEST_CASE("a response of limited reuse needs no Vary") {
  const char* const rule = "content-coding-without-vary";
  const std::string start = "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n";
  const std::string end = "Content-Length: 4\r\n\r\n\x1F\x8B\x08\x04";
  CHECK(speaks(rule, "Accept-Encoding: gzip\r\n", start + end));
  CHECK_FALSE(speaks(rule, "", start + end));
  CHECK_FALSE(speaks(rule, "Accept-Encoding: gzip\r\n", start + "Cache-Control: private, max-age=60\r\n" + end));
  CHECK_FALSE(speaks(rule, "Accept-Encoding: gzip\r\n", start + "Vary: *\r\n" + end));
}

}  // namespace statuslab::tests
