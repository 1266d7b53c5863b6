#include "base/utf8.h"

#include <cstring>

namespace statuslab::utf8 {
namespace {

// From `at` on, most of ASCII is passed eight bytes at once.
std::size_t skip_ascii(std::string_view s, std::size_t at) {
  for (std::uint64_t eight = 0; s.size() - at >= sizeof eight; at += sizeof eight) {
    std::memcpy(&eight, s.data() + at, sizeof eight);
    if ((eight & 0x8080808080808080) != 0) break;
  }
  while (at < s.size() && ascii::byte(s[at]) < 0x80) ++at;
  return at;
}

}  // namespace

std::size_t first_invalid(std::string_view s) {
  for (std::size_t at = skip_ascii(s, 0); at < s.size(); at = skip_ascii(s, at)) {
    const std::size_t length = length_at(s, at);
    if (length == 0) return at;
    at += length;
  }
  return s.size();
}

std::size_t append_repaired(std::string& to, std::string_view bytes) {
  std::size_t units = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = skip_ascii(bytes, at);
    to.append(bytes.substr(at, end - at));
    units += end - at;
    at = end;
    if (at == bytes.size()) break;
    const std::size_t length = length_at(bytes, at);
    to.append(length > 0 ? bytes.substr(at, length) : std::string_view("\xEF\xBF\xBD"));
    units += length == 4 ? 2 : 1;
    at += length > 0 ? length : subpart_at(bytes, at);
  }
  return units;
}

}  // namespace statuslab::utf8
