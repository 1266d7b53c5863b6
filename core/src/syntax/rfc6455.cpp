#include "syntax/rfc6455.h"

#include <array>
#include <cstdint>

namespace statuslab::syntax {
namespace {

constexpr std::uint32_t rotated(std::uint32_t x, int bits) { return x << bits | x >> (32 - bits); }

using Digest = std::array<std::uint8_t, 20>;

// SHA-1 as RFC 3174 section 6.1 computes it.
void add_block(std::array<std::uint32_t, 5>& h, const char* block) {
  std::array<std::uint32_t, 80> w{};
  for (std::size_t t = 0; t < 64; ++t) w[t / 4] = w[t / 4] << 8 | static_cast<std::uint8_t>(block[t]);
  for (std::size_t t = 16; t < 80; ++t) w[t] = rotated(w[t - 3] ^ w[t - 8] ^ w[t - 14] ^ w[t - 16], 1);
  auto [a, b, c, d, e] = h;
  for (std::size_t t = 0; t < 80; ++t) {
    std::uint32_t f = b ^ c ^ d;
    std::uint32_t k = t < 40 ? 0x6ED9EBA1 : 0xCA62C1D6;
    if (t < 20) {
      f = (b & c) | (~b & d);
      k = 0x5A827999;
    } else if (t >= 40 && t < 60) {
      f = (b & c) | (b & d) | (c & d);
      k = 0x8F1BBCDC;
    }
    const std::uint32_t next = rotated(a, 5) + f + e + w[t] + k;
    e = d;
    d = c;
    c = rotated(b, 30);
    b = a;
    a = next;
  }
  h = {h[0] + a, h[1] + b, h[2] + c, h[3] + d, h[4] + e};
}

Digest sha1(std::string text) {
  const std::uint64_t bits = static_cast<std::uint64_t>(text.size()) * 8;
  text += '\x80';
  while (text.size() % 64 != 56) text += '\0';
  for (int shift = 56; shift >= 0; shift -= 8) text += static_cast<char>(bits >> shift & 0xFF);
  std::array<std::uint32_t, 5> h{0x67452301, 0xEFCDAB89, 0x98BADCFE, 0x10325476, 0xC3D2E1F0};
  for (std::size_t at = 0; at < text.size(); at += 64) add_block(h, text.data() + at);
  Digest digest{};
  for (std::size_t i = 0; i < digest.size(); ++i) digest[i] = static_cast<std::uint8_t>(h[i / 4] >> (24 - i % 4 * 8));
  return digest;
}

// Base 64 (RFC 4648 section 4) of 20 bytes: 27 characters and one "=".
std::string base64(const Digest& digest) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string text;
  std::uint32_t pending = 0;
  int bits = 0;
  for (const std::uint8_t byte : digest) {
    pending = pending << 8 | byte;
    for (bits += 8; bits >= 6; bits -= 6) text += alphabet[pending >> (bits - 6) & 0x3F];
  }
  text += alphabet[pending << (6 - bits) & 0x3F];
  return text += '=';
}

}  // namespace

std::string websocket_accept(std::string_view key) {
  return base64(sha1(std::string(key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"));
}

}  // namespace statuslab::syntax
