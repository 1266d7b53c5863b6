#include "syntax/rfc9651.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace statuslab::structured::tests {

using enum FieldType;

std::string canonical(std::string_view text, FieldType type) {
  const Parsed parsed = parse(text, type);
  return parsed.error ? "(error)" : serialise(parsed.value).value_or("(fails)");
}

// Parses, and is already what section 4.1 makes of it.
void check_canonical(FieldType type, const std::vector<std::string_view>& texts) {
  for (const std::string_view text : texts) {
    INFO(text);
    CHECK(canonical(text, type) == text);
  }
}

void check_error(std::string_view text, FieldType type, ErrorKind kind, std::string_view at) {
  INFO(text);
  const Parsed parsed = parse(text, type);
  REQUIRE(parsed.error);
  CHECK(parsed.error->kind == kind);
  CHECK(slice(text, parsed.error->span) == at);
  CHECK(parsed.value.members.empty());
}

TEST_CASE("structured fields: every type of Item") {
  check_canonical(item, {"0", "-1", "999999999999999", "-999999999999999", "1.5", "-0.001", "123456789012.123", "0.0",
                         "\"\"", "\"a b\"", "\"a\\\"b\\\\c\"", "a", "*", "A/b:c!#$%&'*+-.^_`|~", "::", ":aGVsbG8=:",
                         ":/+Ah:", "?1", "?0", "@0", "@-1659578233", "%\"\"", "%\"f%c3%bc%25%22\"", "a;b;c=1;d=\"x\""});
  CHECK(canonical("  1  ", item) == "1");
  CHECK(canonical("00012", item) == "12");
  CHECK(canonical("-0", item) == "0");
  CHECK(canonical("-0.0", item) == "0.0");
  CHECK(canonical("1.500", item) == "1.5");
  CHECK(canonical("1.05", item) == "1.05");
  CHECK(canonical("a; b=?1", item) == "a;b");
  CHECK(canonical(":aGVsbG8:", item) == ":aGVsbG8=:");
  CHECK(canonical(":iZ==:", item) == ":iQ==:");
  CHECK(canonical(":iQ=:", item) == ":iQ==:");
}

TEST_CASE("structured fields: values of Items") {
  const Parsed number = parse("-12.25", item);
  CHECK(number.value.members[0].value.type == ItemType::decimal);
  CHECK(number.value.members[0].value.number == -12250);
  CHECK(parse(":aGVsbG8=:", item).value.members[0].value.text == "hello");
  CHECK(parse("\"a\\\"b\"", item).value.members[0].value.text == "a\"b");
  CHECK(parse("%\"f%c3%bc%f0%9f%98%80\"", item).value.members[0].value.text == "f\xC3\xBC\xF0\x9F\x98\x80");
  CHECK(parse("@1659578233", item).value.members[0].value.number == 1659578233);
}

TEST_CASE("structured fields: Lists, Inner Lists, Dictionaries") {
  check_canonical(list, {"", "a, b", "(), (a \"b\";x 1);y=2, ?0", "a;b=1;c, (d)"});
  check_canonical(dictionary, {"", "a, b=?0, c=1.5;x", "*k_-.9=(a b);p, q;r=@1", "a=()"});
  CHECK(canonical("a,b\t,\tc", list) == "a, b, c");
  CHECK(canonical("(  a   b  )", list) == "(a b)");
  CHECK(canonical("a=?1;b, c", dictionary) == "a;b, c");
  CHECK(canonical(" ", list).empty());
}

TEST_CASE("structured fields: of the same key the last one counts, at the place of the first") {
  CHECK(canonical("a=1, b=2, a=3;x, c, b", dictionary) == "a=3;x, b, c");
  CHECK(canonical("x;a=1;b=2;a=3", item) == "x;a=3;b=2");
  CHECK(canonical("a, a, a=2, a=(b b)", dictionary) == "a=(b b)");
  const std::string_view text = "a=1, b;x=1;x=2, a=3";
  const Parsed parsed = parse(text, dictionary);
  REQUIRE(parsed.value.overwritten.size() == 2);
  CHECK(parsed.value.overwritten[0] == Span{0, 1});
  CHECK(parsed.value.overwritten[1] == Span{7, 8});
  CHECK(find(parsed.value, "a")->value.number == 3);
  CHECK(find(parsed.value, "c") == nullptr);
  CHECK(find(find(parsed.value, "b")->parameters, "x")->value.number == 2);
}

TEST_CASE("structured fields: spans") {
  const std::string_view text = "a=(b \"c\";d=1);e, f;g=?0";
  const Parsed parsed = parse(text, dictionary);
  REQUIRE(parsed.value.members.size() == 2);
  const Member& a = parsed.value.members[0];
  CHECK(slice(text, a.key_span) == "a");
  CHECK(slice(text, a.span) == "(b \"c\";d=1);e");
  CHECK(slice(text, a.items[1].span) == "\"c\";d=1");
  CHECK(slice(text, a.items[1].value.span) == "\"c\"");
  CHECK(slice(text, a.items[1].parameters[0].value.span) == "1");
  CHECK(slice(text, a.parameters[0].key_span) == "e");
  CHECK(slice(text, parsed.value.members[1].span) == ";g=?0");
}

TEST_CASE("structured fields: failures of Items") {
  using enum ErrorKind;
  check_error("", item, item_expected, "");
  check_error("=", item, item_expected, "=");
  check_error("a\xC3\xBC", item, not_ascii, "\xC3");
  check_error("a, b", item, text_after_item, ", b");
  check_error("a b", item, text_after_item, "b");
  check_error("a;", item, key_expected, "");
  check_error("a;B=1", item, key_expected, "B");
  check_error("a;b=", item, item_expected, "");
  check_error("-", item, digit_expected, "-");
  check_error("-a", item, digit_expected, "-a");
  check_error("1234567890123456", item, integer_too_long, "1234567890123456");
  check_error("1234567890123.1", item, decimal_too_long, "1234567890123");
  check_error("1.", item, fraction_length, "1.");
  check_error("1.1234", item, fraction_length, "1.1234");
  check_error("1.2.3", item, text_after_item, ".3");
  check_error("\"a", item, string_unclosed, "\"a");
  check_error("\"a\\", item, string_unclosed, "\"a\\");
  check_error("\"a\\n\"", item, string_escape, "\\n");
  check_error("\"a\tb\"", item, string_character, "\t");
  check_error(":aa", item, binary_unclosed, ":aa");
  check_error(":a_a=:", item, binary_character, "_");
  check_error(":a a=:", item, binary_character, " ");
  check_error(":a:", item, binary_length, ":a:");
  check_error(":aGVsbG8==:", item, binary_length, ":aGVsbG8==:");
  check_error(":a=GVsbG8=:", item, binary_length, "=");
  check_error("?", item, boolean_value, "?");
  check_error("?2", item, boolean_value, "?2");
  check_error("?true", item, boolean_value, "?t");
  check_error("@1.5", item, date_decimal, "@1.5");
  check_error("@x", item, digit_expected, "x");
  check_error("%a", item, display_quote, "%a");
  check_error("%\"%C3%BC\"", item, display_escape, "%C3");
  check_error("%\"%c\"", item, display_escape, "%c\"");
  check_error("%\"%c3\"", item, display_utf8, "%\"%c3\"");
  check_error("%\"%ed%a0%80\"", item, display_utf8, "%\"%ed%a0%80\"");
  check_error("%\"%f4%90%80%80\"", item, display_utf8, "%\"%f4%90%80%80\"");
  check_error("%\"a", item, string_unclosed, "%\"a");
}

TEST_CASE("structured fields: failures of Lists and Dictionaries") {
  using enum ErrorKind;
  check_error("a,", list, trailing_comma, ",");
  check_error("a, ", list, trailing_comma, ",");
  check_error("a,, b", list, item_expected, ",");
  check_error(",a", list, item_expected, ",");
  check_error("a b", list, comma_expected, "b");
  check_error("\ta", list, item_expected, "\t");
  check_error("a=1", list, comma_expected, "=");
  check_error("(a", list, inner_list_unclosed, "(a");
  check_error("(a ", list, inner_list_unclosed, "(a ");
  check_error("(a,b)", list, inner_list_separator, ",");
  check_error("((a))", list, item_expected, "(");
  check_error("(\ta)", list, item_expected, "\t");
  check_error("A=1", dictionary, key_expected, "A");
  check_error("a=1,", dictionary, trailing_comma, ",");
  check_error("a =1", dictionary, comma_expected, "=");
  check_error("a=", dictionary, item_expected, "");
  check_error("a=1 b=2", dictionary, comma_expected, "b");
  check_error("\"a\"", dictionary, key_expected, "\"");
}

TEST_CASE("structured fields: what cannot be serialised") {
  const auto fails = [](BareItem item) { return !serialise(item).has_value(); };
  CHECK(fails({ItemType::integer, 1'000'000'000'000'000, "", {}}));
  CHECK(fails({ItemType::decimal, -1'000'000'000'000'000, "", {}}));
  CHECK(fails({ItemType::date, 1'000'000'000'000'000, "", {}}));
  CHECK(fails({ItemType::string, 0, "a\nb", {}}));
  CHECK(fails({ItemType::string, 0, "\xC3\xBC", {}}));
  CHECK(fails({ItemType::token, 0, "", {}}));
  CHECK(fails({ItemType::token, 0, "1a", {}}));
  CHECK(fails({ItemType::token, 0, "a b", {}}));
  CHECK(fails({ItemType::display_string, 0, "\xFF", {}}));
  CHECK(serialise(BareItem{ItemType::binary, 0, std::string("\0\xFF", 2), {}}) == ":AP8=:");
  Value value{dictionary, std::vector<Member>(1), {}};
  value.members[0].key = "A";
  CHECK_FALSE(serialise(value));
}

TEST_CASE("structured fields: several lines are one value, and a place in it has its line") {
  const std::vector<std::string_view> lines{"a=1", "", "b=2,"};
  CHECK(join(lines) == "a=1, , b=2,");
  CHECK(place_in_lines({0, 1}, lines).line == 0);
  CHECK(place_in_lines({3, 4}, lines).line == 0);
  CHECK(place_in_lines({3, 4}, lines).span == Span{3, 3});
  CHECK(place_in_lines({5, 6}, lines).line == 1);
  CHECK(place_in_lines({7, 8}, lines).line == 2);
  CHECK(place_in_lines({10, 11}, lines).span == Span{3, 4});
  CHECK(canonical(join({"a", "b"}), list) == "a, b");
  CHECK(canonical(join({"\"a", "b\""}), item) == "\"a, b\"");
}

TEST_CASE("structured fields: long values take linear time") {
  std::string many;
  for (int i = 0; i < 200000; ++i) many += i == 0 ? "k" : ", k";
  CHECK(canonical(many, dictionary) == "k");
  many += '=';
  CHECK(canonical(many, dictionary) == "(error)");
}

TEST_CASE("structured fields: keys and tokens") {
  CHECK(syntax::is_structured_key("*a-_.9"));
  CHECK_FALSE(syntax::is_structured_key(""));
  CHECK_FALSE(syntax::is_structured_key("9a"));
  CHECK_FALSE(syntax::is_structured_key("aB"));
  CHECK(syntax::is_structured_token("text/html"));
  CHECK_FALSE(syntax::is_structured_token("/html"));
}

}  // namespace statuslab::structured::tests
