#include "snippet/code.h"

#include <catch2/catch_test_macros.hpp>

using namespace statuslab::snippet;

namespace {

const std::string long_text = "\"" + std::string(70, 'a') + "\"";

std::string statement(Language language, const Expression& expression, std::string_view after = "") {
  Code code(language);
  code.statement("", expression, after);
  return code.take();
}

}  // namespace

TEST_CASE("what fits stays on its line", "[snippet]") {
  CHECK(statement(Language::javascript, call("f", {"1", bracket('{', {assigned("a: ", "2")}, '}')}), ";") == "f(1, { a: 2 });\n");
  CHECK(statement(Language::python, call("f", {"1", bracket('{', {assigned("\"a\": ", "2")}, '}')})) == "f(1, {\"a\": 2})\n");
}

TEST_CASE("prettier: one argument a line, a comma behind the last; an object keeps to its parenthesis", "[snippet]") {
  CHECK(statement(Language::javascript, call("res.set", {"\"Name\"", long_text}), ";") ==
        "res.set(\n  \"Name\",\n  " + long_text + ",\n);\n");
  CHECK(statement(Language::javascript, call("res.json", {bracket('{', {assigned("a: ", long_text)}, '}')}), ";") ==
        "res.json({\n  a: " + long_text + ",\n});\n");
}

TEST_CASE("prettier: a long value goes below its key where that gains something", "[snippet]") {
  CHECK(statement(Language::javascript, call("f", {bracket('{', {assigned("detail: ", long_text)}, '}')}), ";") ==
        "f({\n  detail:\n    " + long_text + ",\n});\n");
}

TEST_CASE("black: all on the next line where that fits, else one a line", "[snippet]") {
  CHECK(statement(Language::python, call("function", {"\"Name\"", long_text})) == "function(\n    \"Name\", " + long_text + "\n)\n");
  CHECK(statement(Language::python, call("function", {"\"Name\"", "value=1", long_text})) ==
        "function(\n    \"Name\",\n    value=1,\n    " + long_text + ",\n)\n");
  CHECK(statement(Language::python, call("function_with_long_name", {long_text})) == "function_with_long_name(\n    " + long_text + "\n)\n");
}

TEST_CASE("google-java-format: calls one a line, arguments four further in", "[snippet]") {
  Code code(Language::java, 2);
  code.chain("return ", "ResponseEntity.ok()", {call(".header", {"\"A\"", "\"b\""}), call(".body", {long_text})}, ";");
  CHECK(code.take() == "    return ResponseEntity.ok()\n        .header(\"A\", \"b\")\n        .body(" + long_text + ");\n");
  Code short_code(Language::java, 2);
  short_code.chain("return ", "ResponseEntity.ok()", {".build()"}, ";");
  CHECK(short_code.take() == "    return ResponseEntity.ok().build();\n");
}

TEST_CASE("black: members of a literal go one a line, a single one stays together", "[snippet]") {
  const Expression pair = bracket('{', {"\"a\": 1", long_text + ": 2"}, '}');
  CHECK(statement(Language::python, call("function", {assigned("headers=", pair)})) ==
        "function(\n    headers={\n        \"a\": 1,\n        " + long_text + ": 2,\n    }\n)\n");
}

TEST_CASE("google-java-format: an array closes where it began, with one member a line or as many short ones as fit", "[snippet]") {
  const std::vector<Expression> words{"RequestMethod.GET", long_text, "RequestMethod.PUT"};
  CHECK(statement(Language::java, call("@Annotation", {Expression("method = ") + bracket('{', words, '}')})) ==
        "@Annotation(\n    method = {\n      RequestMethod.GET,\n      " + long_text + ",\n      RequestMethod.PUT\n    })\n");
  const std::string row = "\"1234567\", \"1234567\", \"1234567\", \"1234567\", \"1234567\", \"1234567\", \"1234567\", \"1234567\",";
  CHECK(statement(Language::java, call("@Annotation", {Expression("value = ") + bracket('{', std::vector<Expression>(10, "\"1234567\""), '}')})) ==
        "@Annotation(\n    value = {\n      " + row + "\n      \"1234567\", \"1234567\"\n    })\n");
}

TEST_CASE("google-java-format: a long string is broken between words, but no line is four characters", "[snippet]") {
  const std::string word(90, 'a');
  CHECK(statement(Language::java, call("f", {"\"one two " + word + "\""}), ";") ==
        "f(\n    \"one two \"\n        + \"" + word + "\");\n");
  CHECK(statement(Language::java, call("f", {"\"<p " + word + word + "\""}), ";") == "f(\n    \"<p " + word + word + "\");\n");
}

TEST_CASE("wide characters count twice", "[snippet]") {
  CHECK(width("abc") == 3);
  CHECK(width("\xE4\xB8\xAD\xE6\x96\x87") == 4);
  CHECK(width("caf\xC3\xA9") == 4);
}
