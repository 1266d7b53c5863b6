#include "syntax/rfc8187.h"

#include "base/ascii.h"

namespace statuslab::syntax {
namespace {

// attr-char = ALPHA / DIGIT / "!" / "#" / "$" / "&" / "+" / "-" / "." / "^" / "_" / "`" / "|" / "~"
bool is_attr_char(char c) { return ascii::is_tchar(c) && c != '*' && c != '\'' && c != '%'; }

// The length of the first code point (RFC 3629 section 4); 0 where there is none.
std::size_t code_point_length(std::string_view s) {
  const unsigned char first = ascii::byte(s[0]);
  if (first < 0x80) return 1;
  const std::size_t length = first >= 0xC2 && first <= 0xDF ? 2 : (first & 0xF0) == 0xE0 ? 3 : first >= 0xF0 && first <= 0xF4 ? 4 : 0;
  if (length == 0 || s.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((ascii::byte(s[i]) & 0xC0) != 0x80) return 0;
  // "The octet values C0, C1, F5 to FF never appear", nor do longer forms than needed, surrogates, or more than U+10FFFF.
  const unsigned char second = ascii::byte(s[1]);
  const bool wrong = (first == 0xE0 && second < 0xA0) || (first == 0xED && second > 0x9F) ||
                     (first == 0xF0 && second < 0x90) || (first == 0xF4 && second > 0x8F);
  return wrong ? 0 : length;
}

}  // namespace

bool is_utf8(std::string_view s) {
  while (!s.empty()) {
    const std::size_t length = code_point_length(s);
    if (length == 0) return false;
    s.remove_prefix(length);
  }
  return true;
}

ExtValue parse_ext_value(std::string_view value) {
  ExtValue result;
  const auto fail = [&](ExtError error) {
    result.error = error;
    result.text.clear();
    return result;
  };
  if (value.starts_with('"')) return fail(ExtError::quoted);
  const std::size_t first = value.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : value.find('\'', first + 1);
  if (second == std::string_view::npos) return fail(ExtError::structure);
  result.charset = value.substr(0, first);
  result.language = value.substr(first + 1, second - first - 1);
  if (!ascii::equals_ignoring_case(result.charset, "UTF-8")) return fail(ExtError::charset);
  for (std::size_t i = second + 1; i < value.size(); ++i) {
    if (value[i] != '%') {
      if (!is_attr_char(value[i])) return fail(ExtError::encoding);
      result.text += value[i];
      continue;
    }
    const int high = value.size() - i > 2 ? ascii::hex_value(value[i + 1]) : -1;
    const int low = value.size() - i > 2 ? ascii::hex_value(value[i + 2]) : -1;
    if (high < 0 || low < 0) return fail(ExtError::encoding);
    result.text += static_cast<char>(high * 16 + low);
    i += 2;
  }
  return is_utf8(result.text) ? result : fail(ExtError::encoding);
}

std::string format_ext_value(std::string_view utf8) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "UTF-8''";
  for (const char c : utf8) {
    if (is_attr_char(c)) {
      text += c;
      continue;
    }
    text += '%';
    text += digits[ascii::byte(c) >> 4];
    text += digits[ascii::byte(c) & 15];
  }
  return text;
}

}  // namespace statuslab::syntax
