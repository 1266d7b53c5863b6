#include "syntax/rfc9110.h"

#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <vector>

namespace statuslab::syntax::tests {

TEST_CASE("decimal numbers") {
  CHECK(parse_decimal("0") == 0u);
  CHECK(parse_decimal("007") == 7u);
  CHECK(parse_decimal("9223372036854775807") == 9223372036854775807u);
  for (const char* wrong : {"", "+1", "-1", " 1", "1 ", "1_0", "0x1", "9223372036854775808", "1.0"}) {
    INFO(wrong);
    CHECK_FALSE(parse_decimal(wrong));
  }
}

TEST_CASE("list members: commas in quoted strings do not separate, empty members are kept") {
  using Members = std::vector<std::string_view>;
  CHECK(list_members("a, b") == Members{"a", "b"});
  CHECK(list_members("a=\"x,y\" , b") == Members{"a=\"x,y\"", "b"});
  CHECK(list_members(",a,") == Members{"", "a", ""});
  CHECK(list_members("") == Members{""});
  CHECK(list_members("\"open, b") == Members{"\"open", "b"});
}

TEST_CASE("media types") {
  const auto media = parse_media_type("text/html; charset=\"utf-8\" ;;x=y");
  REQUIRE(media);
  CHECK(media->type == "text");
  CHECK(media->subtype == "html");
  REQUIRE(media->parameters.size() == 2);
  CHECK(media->parameters[0].value == "\"utf-8\"");
  for (const char* wrong : {"", "text", "text/", "/html", "text/html; charset", "text/html; =a", "text/html; a=", "a/b c"}) {
    INFO(wrong);
    CHECK_FALSE(parse_media_type(wrong));
  }
}

TEST_CASE("entity tags") {
  for (const char* right : {"\"\"", "\"v8\"", "W/\"a\"", "\"\\\"", "\"\xFF\""}) CHECK(is_entity_tag(right));
  for (const char* wrong : {"", "v8", "\"a", "w/\"a\"", "\"a\"b\"", "\"a b\"", "'a'"}) {
    INFO(wrong);
    CHECK_FALSE(is_entity_tag(wrong));
  }
}

TEST_CASE("dates in the three forms") {
  CHECK(parse_http_date("Sun, 06 Nov 1994 08:49:37 GMT")->seconds == 784111777);
  CHECK(parse_http_date("Sunday, 06-Nov-94 08:49:37 GMT")->seconds == 784111777);
  CHECK(parse_http_date("Sun Nov  6 08:49:37 1994")->seconds == 784111777);
  CHECK(parse_http_date("Sun, 22 Nov 2026 09:30:00 GMT")->form == DateForm::imf_fixdate);
  CHECK(parse_http_date("Thu, 01 Jan 1970 00:00:00 GMT")->seconds == 0);
  CHECK(parse_http_date("Sat, 29 Feb 2020 00:00:00 GMT"));
  CHECK(parse_http_date("Sat, 31 Dec 2016 23:59:60 GMT"));
  for (const char* wrong : {"", "0", "-1", "Mon, 06 Nov 1994 08:49:37 GMT", "Sun, 6 Nov 1994 08:49:37 GMT",
                            "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 06 Nov 1994 8:49:37 GMT", "sun, 06 nov 1994 08:49:37 gmt",
                            "Mon, 29 Feb 2021 00:00:00 GMT", "Sun, 06 Nov 1994 24:00:00 GMT", "1994-11-06T08:49:37Z"}) {
    INFO(wrong);
    CHECK_FALSE(parse_http_date(wrong));
  }
}

TEST_CASE("dates whose weekday is another than that of the day") {
  CHECK_FALSE(parse_http_date("Fri, 01 Jan 1990 00:00:00 GMT"));
  CHECK(parse_http_date_of_any_weekday("Fri, 01 Jan 1990 00:00:00 GMT")->seconds ==
        parse_http_date("Mon, 01 Jan 1990 00:00:00 GMT")->seconds);
  CHECK_FALSE(parse_http_date_of_any_weekday("Fri, 30 Feb 1990 00:00:00 GMT"));
  CHECK_FALSE(parse_http_date_of_any_weekday("01 Jan 1990 00:00:00 GMT"));
}

TEST_CASE("instants in notations of other protocols") {
  const auto instant = parse_http_date("Sun, 22 Nov 2026 09:30:00 GMT")->seconds;
  for (const char* text :
       {"2026-11-22T09:30:00Z", "2026-11-22 09:30:00 UTC", "2026-11-22T10:30:00.250+01:00",
        "Sun, 22 Nov 2026 09:30:00 UTC",
        "Sun, 22 Nov 2026 09:30:00 +0000", "Sun, 22 Nov 2026 04:30:00 -0500", "22 Nov 2026 09:30 GMT",
        "sun, 22 nov 2026 9:30:00 gmt", "Sunday, 22-Nov-2026 09:30:00 GMT"}) {
    INFO(text);
    CHECK(parse_foreign_date(text) == instant);
  }
  for (const char* text : {"2026-11-22", "2026-11-22T09:30:00", "Sun, 22 Nov 2026 09:30:00 CET",
                           "Sun, 32 Nov 2026 09:30:00 GMT",
                           "1795339800", "0", "", "now", "2026-13-22T09:30:00Z", "Sun, 22 Nov 2026 09:30:00 GMT x"}) {
    INFO(text);
    CHECK_FALSE(parse_foreign_date(text));
  }
}

TEST_CASE("an instant as IMF-fixdate") {
  for (const char* text : {"Thu, 01 Jan 1970 00:00:00 GMT", "Tue, 29 Feb 2000 23:59:59 GMT",
                           "Sun, 22 Nov 2026 09:30:00 GMT",
                           "Fri, 31 Dec 9999 23:59:59 GMT"}) {
    CHECK(format_http_date(parse_http_date(text)->seconds) == text);
  }
}

TEST_CASE("parameters, and white space around their equals signs") {
  const auto names = [](std::string_view text, AroundEquals around = AroundEquals::nothing) {
    const auto parameters = parse_parameters(text, around);
    if (!parameters) return std::string("-");
    std::string found;
    for (const Parameter& parameter : *parameters) found.append(parameter.name).append("=").append(parameter.value).append(" ");
    return found;
  };
  CHECK(names("; a=1;b=\"2;\" ;; c=3;") == "a=1 b=\"2;\" c=3 ");
  for (const char* text : {"; a = 1", "; a =1", "; a= 1", "; a=\t\"1\""}) {
    INFO(text);
    CHECK(names(text) == "-");
    CHECK(names(text, AroundEquals::spaces).starts_with("a="));
  }
  for (const char* wrong : {"a=1", "; a", "; a=", "; =1", "; a b=1", "; a=1 b=2", "; a *=1", "; a=\"1"}) {
    INFO(wrong);
    CHECK(names(wrong, AroundEquals::spaces) == "-");
  }
}

}  // namespace statuslab::syntax::tests
