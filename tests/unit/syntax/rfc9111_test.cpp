#include "syntax/rfc9111.h"

#include <catch2/catch_test_macros.hpp>

#include <cstdint>
#include <string>

namespace statuslab::tests {

using syntax::CacheControl;
using syntax::Directive;

TEST_CASE("delta-seconds: digits, and no more than 2^31") {
  CHECK(syntax::parse_delta_seconds("60") == 60);
  CHECK(syntax::parse_delta_seconds("0060") == 60);
  CHECK(syntax::parse_delta_seconds("2147483648") == syntax::longest_delta);
  CHECK(syntax::parse_delta_seconds(std::string(1000, '9')) == syntax::longest_delta);
  for (const char* text : {"", "-1", "+1", "1.5", "1 ", "0x10", "1_0", "\"1\""}) CHECK(!syntax::parse_delta_seconds(text));
}

TEST_CASE("directives come in both forms of the argument, over several lines, and the first one counts") {
  CacheControl control;
  control.add("Max-Age=60, no-cache=\"Set-Cookie, X\", ,community=\"a, b\"");
  control.add("max-age=\"120\", private");
  REQUIRE(control.directives().size() == 5);
  CHECK(control.seconds(Directive::max_age) == 60);
  CHECK(control.directives()[3].seconds() == 120);
  CHECK(control.find(Directive::no_cache)->unquoted() == "Set-Cookie, X");
  CHECK(!control.has_unqualified(Directive::no_cache));
  CHECK(control.has_unqualified(Directive::private_));
  CHECK(control.directives()[2].id == Directive::unknown);
  CHECK(control.directives()[2].well_formed);
  CHECK(!control.has(Directive::public_));
}

TEST_CASE("what is no directive is marked as such") {
  for (const char* text : {"max-age:60", "max-age = 60", "max-age=", "=60", "no-store;private", "a=\"b", "a=\"b\"c", "\""}) {
    CacheControl control;
    control.add(text);
    INFO(text);
    REQUIRE(control.directives().size() == 1);
    CHECK(!control.directives()[0].well_formed);
  }
}

TEST_CASE("the table of directives is sorted and finds each") {
  std::string_view before;
  for (const syntax::DirectiveInfo& info : syntax::all_directives()) {
    CHECK(before < info.name);
    before = info.name;
    CHECK(syntax::find_directive(info.name) == &info);
  }
}

// Views into the text, whatever bytes it has: all texts of two bytes from a set with everything the grammar knows, and
// longer ones from a generator.
TEST_CASE("any bytes are read without leaving the text") {
  const auto read = [](const std::string& text) {
    CacheControl control;
    control.add(text);
    for (const syntax::CacheDirective& directive : control.directives()) {
      CHECK(directive.text.data() >= text.data());
      CHECK(directive.text.data() + directive.text.size() <= text.data() + text.size());
      CHECK(directive.unquoted().size() <= directive.argument.size());
      (void)directive.seconds();
    }
  };
  const std::string bytes("a=\",\\;: \t0-\0\x80\xFF", 14);
  for (const char a : bytes)
    for (const char b : bytes) read({a, b});
  std::uint32_t state = 1;
  for (int round = 0; round < 2000; ++round) {
    std::string text;
    for (int i = 0; i < 24; ++i) {
      state = state * 1664525U + 1013904223U;
      text += bytes[(state >> 24) % bytes.size()];
    }
    read(text);
  }
}

}  // namespace statuslab::tests
