#include "base/ascii.h"

#include <cstring>

namespace statuslab::ascii {
namespace {

constexpr std::uint64_t eight(unsigned char c) { return c * std::uint64_t{0x0101010101010101}; }

std::uint64_t eight_at(const char* p) {
  std::uint64_t bytes = 0;
  std::memcpy(&bytes, p, sizeof bytes);
  return bytes;
}

// Eight bytes at once: bit 7 of each says whether it is "A" to "Z"; moved to bit 5 it makes them small.
std::uint64_t lower_eight(std::uint64_t bytes) {
  const std::uint64_t low = bytes & eight(0x7F);
  const std::uint64_t from_a = low + eight(0x80 - 'A');
  const std::uint64_t above_z = low + eight(0x7F - 'Z');
  return bytes | (from_a & ~above_z & ~bytes & eight(0x80)) >> 2;
}

}  // namespace

bool are_equal_ignoring_case(const char* a, const char* b, std::size_t size) {
  const auto are_eight_equal = [&](std::size_t at) {
    const std::uint64_t x = eight_at(a + at), y = eight_at(b + at);
    return x == y || lower_eight(x) == lower_eight(y);
  };
  if (size >= 8) {
    for (std::size_t at = 0; at + 8 < size; at += 8)
      if (!are_eight_equal(at)) return false;
    return are_eight_equal(size - 8);
  }
  for (std::size_t at = 0; at < size; ++at)
    if (a[at] != b[at] && lower(a[at]) != lower(b[at])) return false;
  return true;
}

std::size_t find_ignoring_case(std::string_view text, std::string_view word, std::size_t from) {
  const char first = word.front();
  for (std::size_t at = from; at + word.size() <= text.size(); ++at) {
    // What has no case is found faster.
    if (!is_alpha(first) && (at = text.find(first, at)) == std::string_view::npos) break;
    if (lower(text[at]) == first && starts_with_ignoring_case(text.substr(at), word)) return at;
  }
  return std::string_view::npos;
}

}  // namespace statuslab::ascii
