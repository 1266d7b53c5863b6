// What the examples of the caching rules leave out: other forms of the same defect, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string in_200(std::string_view fields) {
  return "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 0\r\n" + std::string(fields) +
         "\r\n\r\n";
}

std::string control(std::string_view value) { return in_200("Cache-Control: " + std::string(value)); }

}  // namespace

TEST_CASE("cache directives: what can be repaired is") {
  CHECK(fixed("cache-control-semicolon", control("public; max-age=60;s-maxage=5")) ==
        control("public, max-age=60,s-maxage=5"));
  CHECK(fixed("cache-control-syntax", control("max-age = 60")) == control("max-age=60"));
  CHECK(fixed("cache-directive-misspelt", control("maxage=60")) == control("max-age=60"));
  CHECK(fixed("cache-directive-misspelt", control("s-max-age=60")) == control("s-maxage=60"));
  CHECK(fixed("cache-directive-misspelt", control("nocache")) == control("no-cache"));
  CHECK(fixed("cache-directive-misspelt", control("must-revaliate")) == control("must-revalidate"));
  CHECK(fixed("cache-directive-wrong-direction", control("only-if-cached")) ==
        "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 0\r\n\r\n");
}

TEST_CASE("cache directives: the narrowest rule speaks") {
  CHECK(marked("cache-directive-argument", control("max-age=")) == "max-age=");
  CHECK(marked("cache-control-syntax", control("max-age=")).empty());
  CHECK(marked("cache-directive-argument", control("max-age=1h")) == "1h");
  CHECK(marked("cache-directive-argument", control("max-age=60.5")) == "60.5");
  CHECK(marked("cache-directive-argument", control("max-stale=soon")).empty());
  CHECK(marked("cache-control-contradiction", control("private, no-cache, no-store, must-revalidate, max-age=0")).empty());
  CHECK(marked("cache-control-contradiction", control("public, no-store")) == "public");
  CHECK(marked("cache-directive-misspelt", control("community=\"UCI\", proxy-foo, no-vary, x-max-age-policy")).empty());
  CHECK(marked("cache-directive-repeated", control("private=\"A\", private=\"B\"")).empty());
  CHECK(marked("cache-lifetime-extreme", control("max-age=31536000")).empty());
}

TEST_CASE("Age: what no cache may have kept") {
  CHECK(marked("age-though-no-store", in_200("Cache-Control: no-store\r\nAge: 0")).empty());
  CHECK(marked("age-though-no-store", in_200("Cache-Control: no-store\r\nCDN-Cache-Control: max-age=60\r\nAge: 5")).empty());
  CHECK(marked("age-syntax", in_200("Age: 1.5")) == "1.5");
  CHECK(marked("age-syntax", in_200("Age: +5")) == "+5");
  CHECK(marked("response-stale", in_200("Expires: Sun, 22 Nov 2026 09:31:00 GMT\r\nAge: 90")) == "90");
  CHECK(marked("response-stale", in_200("Cache-Control: max-age=60, s-maxage=600\r\nAge: 90")).empty());
}

TEST_CASE("exchanges in a row are those of one target") {
  const std::string head = "Host: example.com\r\n\r\n";
  const std::string first = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: \"1\"\r\n\r\nold";
  const std::string second = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\nETag: \"1\"\r\n\r\nnew";
  const auto speaks = [](const std::string& request, const std::string& response) {
    for (const Finding& finding : lint_exchange({request, response, Scheme::unknown}).findings)
      if (rule_id(finding.rule) == "etag-same-for-other-content") return true;
    return false;
  };
  const auto get = [&](const char* target) { return "GET " + std::string(target) + " HTTP/1.1\r\n" + head; };
  CHECK(speaks(get("/a") + get("/a"), first + second));
  CHECK(!speaks(get("/a") + get("/b"), first + second));
  CHECK(speaks(get("/a") + get("/b") + get("/a"), first + second + second));
  CHECK(speaks(get("/a") + get("http://example.com/a"), first + second));
}

}  // namespace statuslab::tests
