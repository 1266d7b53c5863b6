// UTF-8 (RFC 3629).
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/ascii.h"

namespace statuslab::utf8 {

// The length of the character at `s[at]`, 0 where the bytes there are no character. RFC 3629 section 4 leaves out
// surrogates, overlong forms and what lies above U+10FFFF.
[[nodiscard]] constexpr std::size_t length_at(std::string_view s, std::size_t at) {
  const unsigned char lead = ascii::byte(s[at]);
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  if (lead < 0xC2 || lead > 0xF4 || s.size() - at < length) return 0;
  for (std::size_t i = 1; i < length; ++i)
    if ((ascii::byte(s[at + i]) & 0xC0) != 0x80) return 0;
  const unsigned char second = ascii::byte(s[at + 1]);
  if ((lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
      (lead == 0xF4 && second > 0x8F))
    return 0;
  return length;
}

// Offset of the first byte that belongs to no character; s.size() where all do.
[[nodiscard]] std::size_t first_invalid(std::string_view s);

// How many bytes at `s[at]`, where there is no character, one U+FFFD stands for: those that begin one, at least one
// (Unicode 15 section 3.9, "U+FFFD Substitution of Maximal Subparts").
[[nodiscard]] constexpr std::size_t subpart_at(std::string_view s, std::size_t at) {
  const unsigned char lead = ascii::byte(s[at]);
  if (lead < 0xC2 || lead > 0xF4) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::size_t count = 1;
  while (count < length && at + count < s.size()) {
    const unsigned char next = ascii::byte(s[at + count]);
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (count == 1) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (next < low || next > high) break;
    ++count;
  }
  return count;
}

// The bytes, with U+FFFD where there is no character. Returns how many UTF-16 code units that is.
std::size_t append_repaired(std::string& to, std::string_view bytes);

inline void append(std::string& to, std::uint32_t code) {
  if (code < 0x80) {
    to += static_cast<char>(code);
  } else if (code < 0x800) {
    to += static_cast<char>(0xC0 | code >> 6);
    to += static_cast<char>(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    to += static_cast<char>(0xE0 | code >> 12);
    to += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (code & 0x3F));
  } else {
    to += static_cast<char>(0xF0 | code >> 18);
    to += static_cast<char>(0x80 | (code >> 12 & 0x3F));
    to += static_cast<char>(0x80 | (code >> 6 & 0x3F));
    to += static_cast<char>(0x80 | (code & 0x3F));
  }
}

}  // namespace statuslab::utf8
