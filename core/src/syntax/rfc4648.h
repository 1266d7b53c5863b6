// Base 64 (RFC 4648 section 4).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace statuslab::syntax {

// Empty where the text is something else: other characters, missing padding, bits that are not zero in the last group.
[[nodiscard]] std::optional<std::string> decode_base64(std::string_view s);
[[nodiscard]] std::string encode_base64(std::string_view bytes);

}  // namespace statuslab::syntax
