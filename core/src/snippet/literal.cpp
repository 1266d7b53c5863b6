#include "snippet/literal.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include "base/ascii.h"
#include "base/utf8.h"
#include "syntax/rfc8259.h"

namespace statuslab::snippet {
namespace {

constexpr std::string_view hex_digits = "0123456789abcdef";

std::string hex(std::uint32_t value, int digits) {
  std::string text;
  for (int shift = 4 * (digits - 1); shift >= 0; shift -= 4) text += hex_digits[value >> shift & 15];
  return text;
}

std::string octal(std::uint32_t value) {
  return {static_cast<char>('0' + (value >> 6 & 7)), static_cast<char>('0' + (value >> 3 & 7)),
          static_cast<char>('0' + (value & 7))};
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};
// Unicode: what is drawn and does not turn the direction of the text. Spaces other than U+0020, format characters, fillers,
// variation selectors and private characters are in the gaps.
constexpr std::array<Range, 22> shown{{
    {0x20, 0x7E},     {0xA1, 0xAC},     {0xAE, 0x34E},    {0x350, 0x5FF},   {0x606, 0x61B},   {0x61D, 0x6DC},
    {0x6DE, 0x70E},   {0x710, 0x115E},  {0x1161, 0x167F}, {0x1681, 0x17B3}, {0x17B6, 0x180A}, {0x1810, 0x1FFF},
    {0x2010, 0x2027}, {0x2030, 0x205E}, {0x2070, 0x2FFF}, {0x3001, 0x3163}, {0x3165, 0xD7FF}, {0xF900, 0xFDFF},
    {0xFE10, 0xFEFE}, {0xFF01, 0xFF9F}, {0x1F300, 0x1FAFF}, {0x20000, 0x323AF},
}};

bool is_shown(std::uint32_t code) {
  return std::any_of(shown.begin(), shown.end(), [=](Range range) { return code >= range.first && code <= range.last; });
}

std::uint32_t decode(std::string_view bytes) {
  if (bytes.size() == 1) return ascii::byte(bytes[0]);
  std::uint32_t code = ascii::byte(bytes[0]) & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) code = code << 6 | (ascii::byte(c) & 0x3FU);
  return code;
}

// A control character below 0x20, or DEL.
std::string control_escape(std::uint32_t code, Language language) {
  if (code == '\n') return "\\n";
  if (code == '\r') return "\\r";
  if (code == '\t') return "\\t";
  // Java reads \u000a before it reads strings, so controls are octal there, with all three digits.
  return language == Language::java ? "\\" + octal(code) : "\\x" + hex(code, 2);
}

std::string character_escape(std::uint32_t code, Language language) {
  if (code <= 0xFFFF) return "\\u" + hex(code, 4);
  if (language == Language::javascript) {
    std::string digits = hex(code, 6);
    return "\\u{" + digits.substr(std::min<std::size_t>(digits.find_first_not_of('0'), 5)) + "}";
  }
  if (language != Language::java) return "\\U" + hex(code, 8);
  const std::uint32_t above = code - 0x10000;
  return "\\u" + hex(0xD800 + (above >> 10), 4) + "\\u" + hex(0xDC00 + (above & 0x3FF), 4);
}

// prettier and black choose the quotes that need fewer escapes, double ones where both need as many.
char quote_for(std::string_view text, Language language) {
  if (language == Language::go || language == Language::java) return '"';
  return std::count(text.begin(), text.end(), '"') > std::count(text.begin(), text.end(), '\'') ? '\'' : '"';
}

// --- JSON ---------------------------------------------------------------------------------------------------------------

constexpr int deepest = 12;

// Reads text that the parser of RFC 8259 found valid.
struct JsonReader {
  std::string_view text;
  Language language;
  std::size_t at = 0;
  bool faithful = true;  // the value gives the same JSON back

  void skip_space() {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t' || text[at] == '\n' || text[at] == '\r')) ++at;
  }
  // The next structural character is `c`: it is taken.
  bool take(char c) {
    skip_space();
    if (at >= text.size() || text[at] != c) return false;
    ++at;
    return true;
  }
  std::string string() {
    const std::size_t begin = ++at;
    while (text[at] != '"') at += text[at] == '\\' ? 2 : 1;
    return syntax::unescape_json(text.substr(begin, at++ - begin));
  }
  Expression value(int depth);
  Expression object(int depth);
  Expression array(int depth);
  Expression number();
  Expression word();
};

bool is_identifier(std::string_view name) {
  const auto letter = [](char c) { return ascii::is_alpha(c) || c == '_' || c == '$'; };
  return !name.empty() && letter(name[0]) &&
         std::all_of(name.begin(), name.end(), [&](char c) { return letter(c) || ascii::is_digit(c); });
}

Expression JsonReader::value(int depth) {
  skip_space();
  if (at >= text.size() || depth > deepest) {
    faithful = false;
    at = text.size();
    return {};
  }
  const char c = text[at];
  if (c == '{') return object(depth);
  if (c == '[') return array(depth);
  if (c == '"') return quoted(string(), language);
  return c == '-' || ascii::is_digit(c) ? number() : word();
}

Expression JsonReader::object(int depth) {
  ++at;
  std::vector<Expression> items;
  while (faithful && !take('}')) {
    take(',');
    skip_space();
    if (at >= text.size()) break;
    const std::string name = string();
    take(':');
    Expression member = value(depth + 1);
    // JavaScript: __proto__ names no member, and keys of digits are moved to the front.
    if (language == Language::javascript && (name == "__proto__" || (!name.empty() && ascii::is_digit(name[0])))) faithful = false;
    if (language == Language::java) {
      items.push_back(quoted(name, language));
      items.push_back(std::move(member));
      continue;
    }
    const bool bare = language == Language::javascript && is_identifier(name);
    items.push_back(assigned((bare ? name : quoted(name, language)) + ": ", std::move(member)));
  }
  if (language == Language::go) return Expression("map[string]any") + bracket('{', std::move(items), '}');
  if (language != Language::java) return bracket('{', std::move(items), '}');
  if (items.size() > 20) faithful = false;  // Map.of takes ten pairs
  return call("Map.of", std::move(items));
}

Expression JsonReader::array(int depth) {
  ++at;
  std::vector<Expression> items;
  bool numbers = true;
  std::size_t large = 0;
  char kind = 0;
  while (faithful && !take(']')) {
    take(',');
    skip_space();
    if (at >= text.size()) break;
    numbers = numbers && (text[at] == '-' || ascii::is_digit(text[at]));
    items.push_back(value(depth + 1));
    const Part& part = items.back().parts.empty() ? Part{} : items.back().parts[0];
    if (part.items.size() > 1 && (kind == 0 || kind == part.open)) ++large;
    kind = part.open;
  }
  if (language == Language::go) return Expression("[]any") + bracket('{', std::move(items), '}');
  if (language == Language::java) return call("List.of", std::move(items));
  const bool filled = numbers && items.size() > 1;
  Expression made = bracket('[', std::move(items), ']');
  if (language != Language::javascript) return made;
  // prettier opens an array of objects with several members each, and fills lines with numbers, which are better left as text.
  const std::size_t count = made.parts[0].items.size();
  made.parts[0].opened = count > 1 && large == count;
  if (filled && flat(made, language).size() > 60) faithful = false;
  return made;
}

Expression JsonReader::number() {
  const std::size_t begin = at;
  while (at < text.size() && (ascii::is_digit(text[at]) || text[at] == '-' || text[at] == '+' || text[at] == '.' ||
                              text[at] == 'e' || text[at] == 'E'))
    ++at;
  const std::string_view digits = text.substr(begin, at - begin);
  const bool whole = digits.find_first_of(".eE") == std::string_view::npos;
  // Formatters and serialisers would write 1.50, 1e3 and -0 in another way.
  if (digits.find_first_of("eE") != std::string_view::npos || (!whole && digits.back() == '0') || digits == "-0") faithful = false;
  const bool is_long = language == Language::java && whole && digits.size() > 9;
  return std::string(digits) + (is_long ? "L" : "");
}

Expression JsonReader::word() {
  const std::size_t begin = at;
  while (at < text.size() && ascii::is_alpha(text[at])) ++at;
  const std::string_view name = text.substr(begin, at - begin);
  if (name == "null" && language == Language::java) faithful = false;  // Map.of and List.of take no null
  if (language == Language::python) return name == "null" ? "None" : name == "true" ? "True" : "False";
  if (language == Language::go && name == "null") return "nil";
  return std::string(name);
}

}  // namespace

std::string quoted(std::string_view text, Language language) {
  const char quote = quote_for(text, language);
  std::string literal(1, quote);
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8::length_at(text, at));
    const std::string_view character = text.substr(at, length);
    const std::uint32_t code = decode(character);
    if (code == '\\' || code == ascii::byte(quote))
      (literal += '\\') += static_cast<char>(code);
    else if (is_shown(code))
      literal += character;
    else
      literal += code < 0x80 ? control_escape(code, language) : character_escape(code, language);
    at += length;
  }
  return literal += quote;
}

std::string quoted_bytes(std::string_view bytes, Language language) {
  const char quote = quote_for(bytes, language);
  std::string literal = language == Language::python ? "b" : "";
  literal += quote;
  for (const char c : bytes) {
    const unsigned char byte = ascii::byte(c);
    if (c == '\\' || c == quote)
      (literal += '\\') += c;
    else if (byte >= 0x20 && byte < 0x7F)
      literal += c;
    else
      literal += byte < 0x80 ? control_escape(byte, language) : "\\x" + hex(byte, 2);
  }
  return literal += quote;
}

std::optional<Expression> json_value(std::string_view text, Language language) {
  const syntax::JsonText parsed = syntax::parse_json(text);
  // Also where the text is JSON but a value is not: a name twice, half a character, a number beyond binary64.
  if (!parsed.notes.empty() || parsed.type == syntax::JsonType::none) return std::nullopt;
  const bool collection = parsed.type == syntax::JsonType::object || parsed.type == syntax::JsonType::array;
  if (!collection && language == Language::java) return std::nullopt;
  JsonReader reader{text, language, parsed.begin};
  Expression value = reader.value(0);
  if (!reader.faithful) return std::nullopt;
  // Go and Java: what needs several lines reads better as JSON.
  const bool one_line = language == Language::go || language == Language::java;
  if (one_line && flat(value, language).size() > 80) return std::nullopt;
  return value;
}

}  // namespace statuslab::snippet
