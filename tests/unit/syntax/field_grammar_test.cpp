#include "syntax/field_grammar.h"

#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <vector>

namespace statuslab::syntax::tests {

using structured::FieldType;

void check_fits(std::string_view grammar, const std::vector<std::string_view>& values) {
  for (const std::string_view value : values) {
    INFO(grammar << ": " << value);
    CHECK(length_that_fits(value, grammar) == value.size());
  }
}

void check_breaks(std::string_view grammar, std::string_view value, std::size_t at) {
  INFO(grammar << ": " << value);
  CHECK(length_that_fits(value, grammar) == at);
}

TEST_CASE("grammars of fields: productions") {
  check_fits("token", {"a", "*"});
  check_breaks("token", "a b", 1);
  check_fits("1#preference", {"a", "a=1", "a=\"x, y\";b=2, c", "a = b ; c"});
  check_breaks("1#preference", "a=", 1);
  check_breaks("1#preference", "a, b;c=", 6);
  check_breaks("1#preference", "a=\"x", 1);
  check_fits("#parameterized-token", {"", "a;b=c, d", "a;b"});
  check_breaks("#parameterized-token", "a b", 1);
  check_fits("number", {"1", "1.5"});
  check_breaks("number", "1.", 1);
  check_breaks("number", "-1", 0);
  check_fits("version", {"4.01"});
  check_breaks("version", "4", 0);
  check_breaks("version", "1.0.0", 3);
  check_fits("base64", {"dGhlIHNhbXBsZSBub25jZQ=="});
  check_breaks("base64", "abc", 0);
  check_fits("JWS", {"a.b.c"});
  check_breaks("JWS", "a.b", 2);
  check_breaks("JWS", "a.b.c.d", 5);
  check_fits("coded-URL", {"<urn:uuid:1>"});
  check_breaks("coded-URL", "<a b>", 0);
  check_breaks("coded-URL", "urn:x", 0);
  check_fits("mailbox", {"a@example.org"});
  check_breaks("mailbox", "example.org", 0);
  check_fits("1#origin / \"*\"", {"https://a.example:8443", "*", "https://a.example, *"});
  check_breaks("1#origin / \"*\"", "https://a.example/", 0);
  check_fits("product-list", {"a/1", "a/1 (b (c)) d", "Mozilla/5.0 (X11) Gecko"});
  check_breaks("product-list", "a/1 (b", 4);
  check_breaks("product-list", "a/", 1);
  check_fits("1#timeout", {"Second-60", "Infinite, Second-1"});
  check_breaks("1#timeout", "60", 0);
  check_fits("trace-parent", {"00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"});
  check_breaks("trace-parent", "00-0AF7", 4);
  check_fits("\"T\" / \"F\"", {"T", "f"});
  check_breaks("\"T\" / \"F\"", "true", 0);
  check_fits("1#parameterized-host", {"cdn.example;trace=\"x\", other"});
}

std::vector<Mismatch> mismatches(FieldType type, std::string_view text, std::string_view grammar) {
  const structured::Parsed parsed = structured::parse(text, type);
  REQUIRE_FALSE(parsed.error);
  return find_mismatches(parsed.value, grammar);
}

void check_mismatch(FieldType type, std::string_view text, std::string_view grammar, MismatchKind kind,
                    std::string_view at) {
  INFO(text);
  const auto found = mismatches(type, text, grammar);
  REQUIRE(found.size() == 1);
  CHECK(found[0].kind == kind);
  CHECK(slice(text, found[0].span) == at);
}

TEST_CASE("grammars of structured fields") {
  using enum MismatchKind;
  CHECK(mismatches(FieldType::dictionary, "u=3, i, x=abc", "u=Integer(0..7) i=Boolean").empty());
  check_mismatch(FieldType::dictionary, "u=8", "u=Integer(0..7) i=Boolean", range, "8");
  check_mismatch(FieldType::dictionary, "u=3, i=1", "u=Integer(0..7) i=Boolean", type, "1");
  check_mismatch(FieldType::dictionary, "u=(1 2)", "u=Integer(0..7)", type, "(1 2)");
  check_mismatch(FieldType::dictionary, "a=(b \"c\")", "*=InnerList(Token)", type, "\"c\"");
  CHECK(mismatches(FieldType::dictionary, "a, b=(\"c\")", "*=Boolean|InnerList(String)").empty());
  check_mismatch(FieldType::list, "a, 1", "String|Token", type, "1");
  check_mismatch(FieldType::list, "a;x=1", "Token; x=Token(a,b) !", type, "1");
  check_mismatch(FieldType::list, "a;x=c", "Token; x=Token(a,b) !", word, "c");
  check_mismatch(FieldType::list, "a;y", "Token; x=Token(a,b) !", key, "y");
  CHECK(mismatches(FieldType::list, "a;y", "Token; x=Token(a,b)").empty());
  CHECK(mismatches(FieldType::item, "1.5", "Number").empty());
  check_mismatch(FieldType::item, "-1", "Integer(0..)", range, "-1");
  CHECK(mismatches(FieldType::item, "whatever", "").empty());
}

}  // namespace statuslab::syntax::tests
