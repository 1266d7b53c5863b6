#include "syntax/rfc6265bis.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace statuslab::syntax::tests {

TEST_CASE("a Set-Cookie value is taken apart as user agents do it") {
  const SetCookie cookie = parse_set_cookie(" a = b=c ; Path=/x;; Secure ;SameSite = Lax; path = /y ;");
  CHECK(cookie.name == "a");
  CHECK(cookie.value == "b=c");
  REQUIRE(cookie.attributes.size() == 4);
  CHECK(cookie.find("path")->value == "/y");
  CHECK(cookie.find("samesite")->whole == "SameSite = Lax");
  CHECK(cookie.has("secure"));
  CHECK_FALSE(cookie.has("httponly"));
}

TEST_CASE("without an equals sign there is no name") {
  for (const char* text : {"abc", "abc; Path=/", "=abc"}) {
    INFO(text);
    CHECK(parse_set_cookie(text).name.empty());
    CHECK(parse_set_cookie(text).value == "abc");
  }
  CHECK(parse_set_cookie("").pair.empty());
  CHECK(parse_set_cookie(";").attributes.empty());
}

TEST_CASE("an attribute whose value is too long does not count") {
  const std::string text = "a=b; Path=/x; Path=/" + std::string(longest_cookie_attribute, 'y');
  CHECK(parse_set_cookie(text).find("path")->value == "/x");
}

TEST_CASE("a lifetime that cannot be read does not count") {
  const SetCookie cookie = parse_set_cookie("a=b; Max-Age=60; Max-Age=1h; Expires=6 Nov 94 8:49:37; Expires=soon");
  CHECK(cookie.find("max-age")->value == "1h");
  CHECK(cookie.find_max_age()->value == "60");
  CHECK(cookie.find_expires()->value == "6 Nov 94 8:49:37");
  CHECK(parse_set_cookie("a=b; Max-Age=; Expires=0").find_max_age() == nullptr);
  CHECK(parse_set_cookie("a=b; Max-Age=; Expires=0").find_expires() == nullptr);
}

TEST_CASE("cookie octets") {
  CHECK(find_non_cookie_octet("abc!#$%&'()*+-./:<=>?@[]^_`{|}~") == 31);
  CHECK(find_non_cookie_octet("\"abc\"") == 5);
  CHECK(find_non_cookie_octet("ab c") == 2);
  CHECK(find_non_cookie_octet("\"a,b\"") == 2);
  CHECK(find_non_cookie_octet("\"") == 0);
  CHECK(find_non_cookie_octet("") == 0);
  CHECK(find_non_cookie_octet("a\xC3\xA4") == 1);
}

TEST_CASE("cookie dates") {
  for (const char* text : {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                           "6 nov 94 8:49:37", "06-Nov-1994 08:49:37", "1994 November 6th 08:49:37 and so on"}) {
    INFO(text);
    // "1994" is no day-of-month, being four digits, so the order does not matter.
    CHECK(parse_cookie_date(text) == 784111777);
  }
  CHECK(parse_cookie_date("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
  CHECK(parse_cookie_date("Fri, 31 Dec 69 00:00:00 GMT") == 3155673600);
  for (const char* wrong : {"", "0", "-1", "Session", "2026-11-23T09:30:00Z", "Mon, 30 Feb 2026 00:00:00 GMT",
                            "Mon, 23 Nov 2026", "Mon, 23 Nov 2026 24:00:00 GMT", "Mon, 23 Nov 1600 00:00:00 GMT",
                            "Mon, 23 Nov 2026 09:30:60 GMT", "Mon, 23 Nov 20261 09:30:00 GMT"}) {
    INFO(wrong);
    CHECK_FALSE(parse_cookie_date(wrong));
  }
}

TEST_CASE("Max-Age") {
  CHECK(parse_cookie_max_age("0") == 0);
  CHECK(parse_cookie_max_age("-1") == -1);
  CHECK(parse_cookie_max_age("0060") == 60);
  CHECK(parse_cookie_max_age("99999999999999999999999").value_or(0) > longest_cookie_age);
  CHECK(parse_cookie_max_age("-99999999999999999999999").value_or(0) < 0);
  for (const char* wrong : {"", "-", "+1", "1.5", "1h", " 1", "\"1\""}) {
    INFO(wrong);
    CHECK_FALSE(parse_cookie_max_age(wrong));
  }
}

TEST_CASE("domains") {
  CHECK(domain_matches("www.example.com", "example.com"));
  CHECK(domain_matches("Example.COM", "example.com"));
  CHECK_FALSE(domain_matches("example.com", "www.example.com"));
  CHECK_FALSE(domain_matches("notexample.com", "example.com"));
  CHECK_FALSE(domain_matches("192.0.2.1", "2.1"));
  CHECK(domain_matches("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(domain_matches("example.com", ""));
  CHECK(is_ip_address("192.0.2.1"));
  CHECK(is_ip_address("[::1]"));
  CHECK_FALSE(is_ip_address("example.com"));
}

TEST_CASE("pairs of Cookie") {
  CHECK(cookie_pairs("a=1; b=2;c") == std::vector<std::string_view>{"a=1", "b=2", "c"});
  CHECK(cookie_pairs("") == std::vector<std::string_view>{""});
}

}  // namespace statuslab::syntax::tests
