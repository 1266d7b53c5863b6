#include "syntax/rfc8259.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace statuslab::tests {
namespace {

using syntax::JsonFault;
using syntax::parse_json;

bool is_only(std::string_view text, JsonFault fault) {
  const syntax::JsonText json = parse_json(text);
  return json.notes.size() == 1 && json.notes[0].fault == fault;
}

}  // namespace

TEST_CASE("RFC 8259: texts of the grammar have no faults") {
  for (const char* text : {"{}", " [ ] ", "null", "-0", "1E+5", "0.5", "\"\\u00e9\\\"\"", "{\"a\":{\"b\":[1,{}]},\"c\":\"\"}",
                           "\"\\ud83d\\ude00\"", "\xEF\xBB\xBF{}"}) {
    INFO(text);
    CHECK(parse_json(text).notes.empty());
  }
}

TEST_CASE("RFC 8259: each deviation has its name, and the rest is read on") {
  CHECK(is_only("[1,]", JsonFault::trailing_comma));
  CHECK(is_only("{\"a\":1,}", JsonFault::trailing_comma));
  CHECK(is_only("[1 2]", JsonFault::comma_missing));
  CHECK(is_only("['a']", JsonFault::single_quotes));
  CHECK(is_only("{a:1}", JsonFault::name_unquoted));
  CHECK(is_only("[NaN]", JsonFault::not_a_number));
  CHECK(is_only("[-Infinity]", JsonFault::not_a_number));
  CHECK(is_only("[None]", JsonFault::literal));
  CHECK(is_only("[01]", JsonFault::number));
  CHECK(is_only("// a\n[]", JsonFault::comment));
  CHECK(is_only("\"a\nb\"", JsonFault::control_character));
  CHECK(is_only("\"\\x\"", JsonFault::escape));
  CHECK(is_only("\"\\udc00\"", JsonFault::lone_surrogate));
  CHECK(is_only("{\"\\u0061\":1,\"a\":2}", JsonFault::duplicate_name));
  CHECK(is_only("9007199254740992", JsonFault::number_precision));
  CHECK(is_only("1e400", JsonFault::number_precision));
  CHECK(is_only("[[1}", JsonFault::unexpected));
  CHECK(is_only("{\"a\":[1", JsonFault::unterminated));
  CHECK(is_only("{} x", JsonFault::trailing));
  CHECK(parse_json("9007199254740991").notes.empty());
  CHECK(parse_json("[01,NaN,'x',]").notes.size() == 4);
}

TEST_CASE("RFC 8259: members of the outermost object") {
  const syntax::JsonText json = parse_json("{\"a\": \"x\", \"b\": [1, {\"c\": 2}], \"d\": {}, \"e\": true}");
  REQUIRE(json.members.size() == 4);
  CHECK(json.member("a")->value == "\"x\"");
  CHECK(json.member("b")->type == syntax::JsonType::array);
  CHECK(json.member("b")->value == "[1, {\"c\": 2}]");
  CHECK(json.member("d")->type == syntax::JsonType::object);
  CHECK(json.member("e")->type == syntax::JsonType::literal);
  CHECK(json.member("c") == nullptr);
}

TEST_CASE("RFC 8259: nesting of any depth ends") {
  CHECK(parse_json(std::string(1000000, '[')).has(JsonFault::depth));
  CHECK(syntax::unescape_json("a\\u00e9\\ud83d\\ude00\\n\\ud800") == "a\xC3\xA9\xF0\x9F\x98\x80\n\xEF\xBF\xBD");
}

}  // namespace statuslab::tests
