// What counts as a secret, and that what is redacted counts no more.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

// The secrets of a request, "|" between them; its findings' first fixes are made in `text`.
std::string redact(std::string& text) {
  std::string secrets;
  std::vector<Edit> edits;
  for (const Finding& finding : lint_exchange({text, std::nullopt, Scheme::https}).findings) {
    if (rule_id(finding.rule).find("secret-") != 0) continue;
    secrets.append(text, finding.span.begin, finding.span.size()).append("|");
    REQUIRE_FALSE(finding.fixes.empty());
    edits.insert(edits.end(), finding.fixes.front().edits.begin(), finding.fixes.front().edits.end());
  }
  text = apply_edits(text, edits);
  return secrets;
}

std::string with_content(std::string_view content) {
  std::string text = "POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Type: text/plain\r\nContent-Length: ";
  return text.append(std::to_string(content.size())).append("\r\n\r\n").append(content);
}

}  // namespace

TEST_CASE("secrets are found, and redacted to the same length") {
  for (const char* content : {R"({"password":"hunter22"})", R"({"a":{"client_secret" : "x1y2z3w4"}})", "user=a&password=hunter22&b=1",
                              "key ghp_16C7e42F292c6912E7710c838347Ae178B4a end", "AKIAIOSFODNN7EXAMPLE", "xoxb-1234567890-abcdefghijklmnop",
                              "-----BEGIN RSA PRIVATE KEY-----\nMIIEowIBAAKCAQEA\n-----END RSA PRIVATE KEY-----\n",
                              "t=eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhbGljZSJ9.c2lnbmF0dXJl"}) {
    INFO(content);
    std::string text = with_content(content);
    const std::size_t size = text.size();
    CHECK_FALSE(redact(text).empty());
    CHECK(text.size() == size);
    CHECK(redact(text).empty());
  }
}

TEST_CASE("what only looks like one") {
  for (const char* content : {R"({"password":"must not be empty"})", R"({"password":null})", R"({"password":""})", R"({"type":"password"})",
                              "password=&a=b", "password=xxxxxxxx", "password: <your password>", "secretary=hunter22", "sk-short",
                              "-----BEGIN CERTIFICATE-----\nMIIE\n-----END CERTIFICATE-----", "eyJ.eyJ.x", "AKIA", "api_key=***"}) {
    INFO(content);
    std::string text = with_content(content);
    CHECK(redact(text).empty());
  }
}

TEST_CASE("secrets in the head") {
  std::string text =
      "GET /a?api_key=f3a9c1d2&b=1 HTTP/1.1\r\nHost: example.com\r\nAuthorization: Basic dXNlcjpwYXNz\r\nX-Auth-Token: f3a9c1d2\r\n"
      "Cookie: lang=en; PHPSESSID=f3a9c1d2\r\nReferer: https://example.com/?access_token=f3a9c1d2\r\n\r\n";
  CHECK(redact(text) == "f3a9c1d2|dXNlcjpwYXNz|f3a9c1d2|f3a9c1d2|f3a9c1d2|");
  CHECK(text.find("Basic eHh4eDp4eHh4\r\n") != std::string::npos);
  CHECK(redact(text).empty());
}

TEST_CASE("many words are gone through in linear time") {
  std::string content;
  while (content.size() < 2000000) content += "-----BEGIN PRIVATE KEY----- eyJ password=";
  std::string text = with_content(content);
  CHECK(redact(text).size() < 100000);
}

}  // namespace statuslab::tests
