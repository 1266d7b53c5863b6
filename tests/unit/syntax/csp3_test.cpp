#include <catch2/catch_test_macros.hpp>

#include <string>

#include "syntax/csp3.h"

namespace statuslab::syntax {

TEST_CASE("policies, directives and values") {
  const auto policies = parse_csp(" default-src  'self'\thttps: ;; Img-Src * , ;, sandbox");
  REQUIRE(policies.size() == 2);
  REQUIRE(policies[0].directives.size() == 2);
  CHECK(policies[0].directives[0].whole == "default-src  'self'\thttps:");
  CHECK(policies[0].directives[0].values.size() == 2);
  CHECK(policies[0].find("img-src") == &policies[0].directives[1]);
  CHECK_FALSE(policies[0].directives[0].begins_policy);
  CHECK(policies[1].directives[0].begins_policy);
  CHECK(parse_csp("").empty());
  CHECK(parse_csp(",;,").empty());
}

TEST_CASE("source expressions") {
  const auto all_are = [](CspSource kind, std::initializer_list<const char*> expressions) {
    for (const char* expression : expressions) {
      INFO(expression);
      CHECK(classify_csp_source(expression) == kind);
    }
  };
  all_are(CspSource::scheme, {"https:", "data:", "custom+scheme:"});
  all_are(CspSource::host, {"*", "example.com", "*.example.com", "https://*.example.com:*/a/b.js", "localhost:8080",
                            "wss://example.com", "https://example.com/", "127.0.0.1", "*:8080"});
  all_are(CspSource::keyword, {"'self'", "'SELF'", "'wasm-unsafe-eval'"});
  all_are(CspSource::nonce, {"'nonce-abc'", "'nonce-a_b-c=='"});
  all_are(CspSource::hash, {"'sha256-RFWPLDbv2BY+rCkDzsE+0fr8ylGr2R2faWMhq4lfEQc='"});
  all_are(CspSource::malformed, {"", "'none", "'nonce-'", "'sha256-abc'", "'sha1-abcd'", "https//a", "a..b", "*.*.com",
                                 "https://", "https:///a", "example.com:x", "a/b?c", "'", "''", "\xC3\xBC.de"});
}

TEST_CASE("keywords in other clothes") {
  CHECK(unquoted_csp_keyword("self") == "self");
  CHECK(unquoted_csp_keyword("\"none\"") == "none");
  CHECK(unquoted_csp_keyword("\xE2\x80\x98self\xE2\x80\x99") == "self");
  CHECK(unquoted_csp_keyword("nonce-abcd") == "nonce-abcd");
  CHECK(unquoted_csp_keyword("'self'").empty());
  CHECK(unquoted_csp_keyword("example.com").empty());
  CHECK(unquoted_csp_keyword("'").empty());
  CHECK(meant_csp_keyword("'slef'") == "self");
  CHECK(meant_csp_keyword("'self'").empty());
  CHECK(meant_csp_directive("default-src:") == "default-src");
  CHECK(meant_csp_directive("script-src=") == "script-src");
  CHECK(meant_csp_directive("https://example.com").empty());
}

}  // namespace statuslab::syntax
