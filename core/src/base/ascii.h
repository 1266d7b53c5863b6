// Bytes as RFC 5234 and RFC 9110 section 5.6 class them. No locale, no signedness surprises.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace statuslab::ascii {

[[nodiscard]] constexpr unsigned char byte(char c) { return static_cast<unsigned char>(c); }
[[nodiscard]] constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
[[nodiscard]] constexpr bool is_space(char c) { return c == ' ' || c == '\t'; }
[[nodiscard]] constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

// RFC 9110 section 5.6.2: tchar = "!" / "#" / "$" / "%" / "&" / "'" / "*" / "+" / "-" / "." / "^" / "_" / "`" / "|"
// / "~" / DIGIT / ALPHA
inline constexpr std::array<bool, 256> tchar_table = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c) table[c] = is_digit(static_cast<char>(c)) || is_alpha(static_cast<char>(c));
  for (const char c : std::string_view("!#$%&'*+-.^_`|~")) table[byte(c)] = true;
  return table;
}();
[[nodiscard]] constexpr bool is_tchar(char c) { return tchar_table[byte(c)]; }

// -1 for a byte that is not a HEXDIG.
[[nodiscard]] constexpr int hex_value(char c) {
  if (is_digit(c)) return c - '0';
  const char l = lower(c);
  return l >= 'a' && l <= 'f' ? l - 'a' + 10 : -1;
}

// The same for `size` bytes at each place.
[[nodiscard]] bool are_equal_ignoring_case(const char* a, const char* b, std::size_t size);
// Most of what is compared differs in its length.
[[nodiscard]] inline bool equals_ignoring_case(const std::string_view& a, const std::string_view& b) {
  return a.size() == b.size() && are_equal_ignoring_case(a.data(), b.data(), a.size());
}

[[nodiscard]] inline bool starts_with_ignoring_case(std::string_view s, std::string_view prefix) {
  return equals_ignoring_case(s.substr(0, prefix.size()), prefix);
}
[[nodiscard]] inline bool ends_with_ignoring_case(std::string_view s, std::string_view suffix) {
  return s.size() >= suffix.size() && equals_ignoring_case(s.substr(s.size() - suffix.size()), suffix);
}
// Where `word`, in lower case and not empty, stands in the text at or after `from`; npos where it does not.
[[nodiscard]] std::size_t find_ignoring_case(std::string_view text, std::string_view word, std::size_t from = 0);

// OWS = *( SP / HTAB ), RFC 9110 section 5.6.3.
[[nodiscard]] constexpr std::string_view trim(std::string_view s) {
  while (!s.empty() && is_space(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_space(s.back())) s.remove_suffix(1);
  return s;
}

}  // namespace statuslab::ascii
