// A place in a text: byte offsets [begin, end). Lines, columns and UTF-16 exist only in hosts.
#pragma once

#include <cstdint>
#include <string_view>

namespace statuslab {

struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
  [[nodiscard]] constexpr bool empty() const { return begin == end; }
  friend constexpr bool operator==(Span a, Span b) { return a.begin == b.begin && a.end == b.end; }
};

// The bytes of `span` in `text`. The view borrows from whoever owns `text`.
[[nodiscard]] constexpr std::string_view slice(std::string_view text, Span span) {
  return text.substr(span.begin, span.size());
}

}  // namespace statuslab
