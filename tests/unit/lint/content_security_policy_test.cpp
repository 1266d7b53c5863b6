// Other forms of what the rules' examples show, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string csp(const std::string& value) { return in_204("Content-Security-Policy: " + value); }

}  // namespace

TEST_CASE("CSP: directives and their separators") {
  CHECK(fixed("csp-directive-misspelt", csp("defaultsrc 'self'")) == csp("default-src 'self'"));
  CHECK(fixed("csp-semicolon-missing", csp("default-src 'self' img-src *")) == csp("default-src 'self'; img-src *"));
  CHECK(marked("csp-semicolon-missing", csp("default-src sandbox")).empty());
  CHECK(fixed("csp-directive-repeated", csp("img-src a.example; IMG-SRC b.example; font-src *")) ==
        csp("img-src a.example; font-src *"));
  CHECK(fixed("csp-directive-retired", csp("referrer origin; default-src 'self'")) == csp("default-src 'self'"));
  CHECK(fixed("csp-comma", csp("img-src a.example , b.example; font-src *")) == csp("img-src a.example b.example; font-src *"));
  CHECK(marked("csp-comma", csp("img-src a.example, default-src 'self'")).empty());
  CHECK(marked("csp-directive-unknown", csp("img-src a.example, b.example")).empty());
}

TEST_CASE("CSP: keywords") {
  CHECK(fixed("csp-keyword-unquoted", csp("script-src nonce-mBLSVmMJ2rIZyGGnXlpOtg==")) ==
        csp("script-src 'nonce-mBLSVmMJ2rIZyGGnXlpOtg=='"));
  CHECK(fixed("csp-keyword-unquoted", csp("default-src \"none\"")) == csp("default-src 'none'"));
  CHECK(marked("csp-source-malformed", csp("default-src \"none\"")).empty());
  CHECK(marked("csp-source-malformed", csp("img-src 'data'")) == "'data'");
  CHECK(marked("csp-keyword-unquoted", csp("sandbox allow-scripts")).empty());
  CHECK(marked("csp-none-with-others", csp("script-src 'none' 'report-sample'")).empty());
}

TEST_CASE("CSP: one policy that is strict is enough") {
  CHECK(marked("csp-unsafe-inline", csp("script-src 'unsafe-inline', script-src 'self'")).empty());
  CHECK(marked("csp-unsafe-inline", csp("script-src 'unsafe-inline' 'strict-dynamic'")).empty());
  CHECK(marked("csp-unsafe-inline", csp("style-src 'unsafe-inline', default-src 'unsafe-inline'")) == "'unsafe-inline'");
  CHECK(marked("csp-wide-open", csp("script-src * 'strict-dynamic' 'nonce-mBLSVmMJ2rIZyGGnXlpOtg=='")).empty());
  CHECK(marked("csp-scripts-uncontrolled", csp("style-src 'self'; script-src-elem 'self'")).empty());
  CHECK(marked("csp-base-uri-missing", csp("script-src 'nonce-mBLSVmMJ2rIZyGGnXlpOtg==', base-uri 'none'")).empty());
}

}  // namespace statuslab::tests
