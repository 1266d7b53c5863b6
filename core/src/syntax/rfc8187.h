// Character set and language of parameter values: name*=UTF-8'en'%C2%A3 (RFC 8187).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace statuslab::syntax {

enum class ExtError : std::uint8_t { none, quoted, structure, charset, encoding };

// ext-value = charset "'" [ language ] "'" value-chars (section 3.2.1), as a sender writes it: UTF-8 and no other charset.
struct ExtValue {
  ExtError error = ExtError::none;
  std::string_view charset;
  std::string_view language;
  std::string text;  // decoded; empty where there is an error
};
[[nodiscard]] ExtValue parse_ext_value(std::string_view value);

// The text as an ext-value in UTF-8.
[[nodiscard]] std::string format_ext_value(std::string_view utf8);

[[nodiscard]] bool is_utf8(std::string_view s);

}  // namespace statuslab::syntax
