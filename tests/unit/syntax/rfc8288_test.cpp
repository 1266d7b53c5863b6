#include "syntax/rfc8288.h"
#include "syntax/rfc9110.h"

#include <catch2/catch_test_macros.hpp>

#include <string_view>

#include "syntax/rfc8187.h"

namespace statuslab::syntax::tests {

TEST_CASE("links: targets and parameters") {
  const std::string_view text = "<a,b>; rel=\"next last\"; x ; title*=UTF-8''b , ,<>;rel = prev;";
  const Links links = parse_links(text);
  CHECK(links.error == text.size());
  REQUIRE(links.values.size() == 2);
  CHECK(links.values[0].target == "a,b");
  REQUIRE(links.values[0].parameters.size() == 3);
  CHECK(links.values[0].find("REL")->value == "\"next last\"");
  CHECK(links.values[0].find("x")->value.data() == nullptr);
  CHECK(links.values[0].whole == "<a,b>; rel=\"next last\"; x ; title*=UTF-8''b");
  CHECK(links.values[1].target.empty());
  CHECK(links.values[1].parameters[0].before_value == " = ");
  CHECK(links.values[1].find("title") == nullptr);
  CHECK(parse_links("").values.empty());
}

TEST_CASE("links: where they stop") {
  CHECK(parse_links("https://a; rel=x").error == 0);
  CHECK(parse_links("<a>; rel=x, b").error == 12);
  CHECK(parse_links("<a; rel=x").error == 0);
  CHECK(parse_links("<a>; rel=").error == 8);
  CHECK(parse_links("<a>; rel=\"x").error == 9);
  CHECK(parse_links("<a>; =x").error == 5);
  CHECK(parse_links("<a> b").error == 4);
  CHECK(parse_links("<a>; rel=x y").error == 11);
}

TEST_CASE("links: relations") {
  CHECK(has_relation("next  Last", "last"));
  CHECK_FALSE(has_relation("next", "nex"));
  CHECK(unquoted("\"a\\\"b\"") == "a\"b");
  CHECK(unquoted("a") == "a");
  CHECK(unquoted("\"") == "\"");
}

TEST_CASE("extended values") {
  const ExtValue value = parse_ext_value("utf-8'en'na%C3%AFve");
  CHECK(value.error == ExtError::none);
  CHECK(value.language == "en");
  CHECK(value.text == "na\xC3\xAFve");
  CHECK(parse_ext_value("\"UTF-8''a\"").error == ExtError::quoted);
  CHECK(parse_ext_value("a").error == ExtError::structure);
  CHECK(parse_ext_value("UTF-8'a").error == ExtError::structure);
  CHECK(parse_ext_value("''a").error == ExtError::charset);
  CHECK(parse_ext_value("ISO-8859-1''a").error == ExtError::charset);
  for (const char* wrong : {"UTF-8''%", "UTF-8''%a", "UTF-8''%zz", "UTF-8''a b", "UTF-8''%FF", "UTF-8''%ED%A0%80"}) {
    INFO(wrong);
    CHECK(parse_ext_value(wrong).error == ExtError::encoding);
  }
  CHECK(parse_ext_value("UTF-8''").error == ExtError::none);
  CHECK(format_ext_value("na\xC3\xAFve b") == "UTF-8''na%C3%AFve%20b");
}

}  // namespace statuslab::syntax::tests
