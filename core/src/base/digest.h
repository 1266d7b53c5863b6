// Digests as raw bytes: SHA-256 and SHA-512 (FIPS 180-4), MD5 (RFC 1321), and base64 (RFC 4648 section 4) to write them.
#pragma once

#include <string>
#include <string_view>

namespace statuslab {

[[nodiscard]] std::string sha256(std::string_view text);
[[nodiscard]] std::string sha512(std::string_view text);
[[nodiscard]] std::string md5(std::string_view text);
[[nodiscard]] std::string base64(std::string_view bytes);

}  // namespace statuslab
