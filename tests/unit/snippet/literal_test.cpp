#include "snippet/literal.h"

#include <array>
#include <catch2/catch_test_macros.hpp>
#include <string>

#include "base/utf8.h"

using namespace statuslab::snippet;

namespace {

constexpr std::array<Language, 4> languages{Language::javascript, Language::python, Language::java, Language::go};

// A literal of any of the languages, read back by rules of its own: what the compilers do, as far as literals use it.
std::string read_back(std::string_view literal, Language language) {
  std::string text;
  const char quote = literal.front();
  std::uint32_t high = 0;
  for (std::size_t at = 1; at < literal.size() && literal[at] != quote;) {
    if (literal[at] != '\\') {
      text += literal[at++];
      continue;
    }
    const char c = literal[at + 1];
    const auto hex = [&](std::size_t from, std::size_t digits) {
      return static_cast<std::uint32_t>(std::stoul(std::string(literal.substr(from, digits)), nullptr, 16));
    };
    at += 2;
    if (c == 'n' || c == 'r' || c == 't') {
      text += c == 'n' ? '\n' : c == 'r' ? '\r' : '\t';
    } else if (c == 'x') {
      text += static_cast<char>(hex(at, 2));
      at += 2;
    } else if (c >= '0' && c <= '7') {
      text += static_cast<char>(std::stoul(std::string(literal.substr(at - 1, 3)), nullptr, 8));
      at += 2;
    } else if (c == 'U') {
      statuslab::utf8::append(text, hex(at, 8));
      at += 8;
    } else if (c == 'u' && literal[at] == '{') {
      const std::size_t end = literal.find('}', at);
      statuslab::utf8::append(text, hex(at + 1, end - at - 1));
      at = end + 1;
    } else if (c == 'u') {
      const std::uint32_t unit = hex(at, 4);
      at += 4;
      if (language == Language::java && unit >= 0xD800 && unit < 0xDC00)
        high = unit;
      else if (language == Language::java && unit >= 0xDC00 && unit < 0xE000)
        statuslab::utf8::append(text, 0x10000 + ((high - 0xD800) << 10) + (unit - 0xDC00));
      else
        statuslab::utf8::append(text, unit);
    } else {
      text += c;
    }
  }
  return text;
}

// The literal ends with its last character and not before.
bool ends_at_its_end(std::string_view literal) {
  for (std::size_t at = 1; at < literal.size(); ++at) {
    if (literal[at] == '\\')
      ++at;
    else if (literal[at] == literal.front())
      return at + 1 == literal.size();
  }
  return false;
}

constexpr std::string_view nasty[] = {
    "",
    "plain",
    "\"",
    "'",
    "\"'\"'",
    "\\",
    "\\\"",
    "\\u000a",
    "a\r\nSet-Cookie: b=c\r\n\r\n",
    "${process.exit()} #{x} %s %d {0} {{x}} `x`",
    "\xE2\x80\xA8 line separator \xE2\x80\xA9",
    "\xE2\x80\xAE right to left \xE2\x81\xA6",
    "\xEF\xBB\xBF zero width \xE2\x80\x8B",
    "caf\xC3\xA9 \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\x80 \xF3\xA0\x80\x81",
    "*/ // # --> </script> \x01\x1F\x7F 7",
};

}  // namespace

TEST_CASE("a literal holds just the text it was made of, in every language", "[snippet]") {
  for (const Language language : languages)
    for (const std::string_view text : nasty) {
      const std::string literal = quoted(text, language);
      INFO(literal);
      CHECK(ends_at_its_end(literal));
      CHECK(read_back(literal, language) == text);
    }
}

TEST_CASE("every byte and every pair of bytes survive, and nothing in a literal is a control", "[snippet]") {
  for (const Language language : languages) {
    for (int first = 0; first < 128; ++first)
      for (int second = 0; second < 128; ++second) {
        const std::string text{static_cast<char>(first), static_cast<char>(second)};
        const std::string literal = quoted(text, language);
        if (read_back(literal, language) != text || !ends_at_its_end(literal)) FAIL(literal);
        for (const char c : literal)
          if (static_cast<unsigned char>(c) < 0x20) FAIL(literal);
      }
  }
  SUCCEED();
}

TEST_CASE("bytes that are no text are escapes", "[snippet]") {
  CHECK(quoted_bytes(std::string_view("\x89PNG\x00\xFF\"", 7), Language::python) == R"(b'\x89PNG\x00\xff"')");
  CHECK(quoted_bytes(std::string_view("\x89PNG\x00\xFF\"", 7), Language::go) == R"("\x89PNG\x00\xff\"")");
}

TEST_CASE("quotes are those that need fewer escapes where formatters choose", "[snippet]") {
  CHECK(quoted(R"("v1")", Language::javascript) == R"('"v1"')");
  CHECK(quoted(R"("v1")", Language::python) == R"('"v1"')");
  CHECK(quoted(R"("v1")", Language::go) == R"("\"v1\"")");
  CHECK(quoted(R"("it's")", Language::python) == R"('"it\'s"')");
  CHECK(quoted("it's", Language::javascript) == R"("it's")");
}

TEST_CASE("characters that hide or turn text are escapes; others are shown", "[snippet]") {
  CHECK(quoted("\xE2\x80\xAE", Language::javascript) == R"("\u202e")");
  CHECK(quoted("\xE2\x80\xA8", Language::python) == R"("\u2028")");
  CHECK(quoted("\xF3\xA0\x80\x81", Language::java) == R"("\udb40\udc01")");
  CHECK(quoted("\xF3\xA0\x80\x81", Language::javascript) == R"("\u{e0001}")");
  CHECK(quoted("\xE4\xB8\xAD", Language::go) == "\"\xE4\xB8\xAD\"");
}

namespace {

std::string value(std::string_view json, Language language) {
  const std::optional<Expression> made = json_value(json, language);
  return made ? flat(*made, language) : "(as text)";
}

}  // namespace

TEST_CASE("JSON becomes a value of the language", "[snippet]") {
  constexpr std::string_view json = R"({"code": 404, "a-b": [true, null], "t": "x\ny"})";
  CHECK(value(json, Language::javascript) == R"({ code: 404, "a-b": [true, null], t: "x\ny" })");
  CHECK(value(json, Language::python) == R"({"code": 404, "a-b": [True, None], "t": "x\ny"})");
  CHECK(value(json, Language::go) == R"(map[string]any{"code": 404, "a-b": []any{true, nil}, "t": "x\ny"})");
  CHECK(value(R"({"a": [1, 2]})", Language::java) == R"(Map.of("a", List.of(1, 2)))");
}

TEST_CASE("what a value would change is sent as it is written", "[snippet]") {
  constexpr std::string_view changed[] = {
      R"({"a": 1, "a": 2})",        // a name twice
      R"({"a": 12345678901234567890})",  // beyond binary64
      R"({"a": "\ud800"})",         // half a character
      R"({"a": 1.50})", R"({"a": 1e3})", R"({"a": -0})", "",
      "{", "nonsense",
  };
  for (const Language language : languages)
    for (const std::string_view json : changed) {
      INFO(json);
      CHECK(value(json, language) == "(as text)");
    }
  CHECK(value(R"({"__proto__": 1})", Language::javascript) == "(as text)");
  CHECK(value(R"({"1": 1})", Language::javascript) == "(as text)");
  CHECK(value(R"({"a": null})", Language::java) == "(as text)");
  CHECK(value(R"({"1": null})", Language::python) == R"({"1": None})");
}

TEST_CASE("deep JSON is text and not a deep recursion", "[snippet]") {
  const std::string deep = std::string(90, '[') + std::string(90, ']');
  for (const Language language : languages) CHECK(value(deep, language) == "(as text)");
}
