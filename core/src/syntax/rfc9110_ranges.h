// Range and Content-Range (RFC 9110 section 14). Numbers beyond 2^64-1 are read as that: they are valid, and no
// representation is that long.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// ranges-specifier = range-unit "=" range-set (section 14.1.1). The views borrow from the text.
struct RangesSpecifier {
  std::string_view unit;
  std::vector<std::string_view> specs;  // at least one, none is empty
};
[[nodiscard]] std::optional<RangesSpecifier> parse_ranges_specifier(std::string_view s);

// int-range = first-pos "-" [ last-pos ], suffix-range = "-" suffix-length; the range-specs of "bytes".
struct ByteRange {
  std::optional<std::uint64_t> first;  // absent in a suffix-range
  std::optional<std::uint64_t> last;   // the suffix-length in a suffix-range
};
[[nodiscard]] std::optional<ByteRange> parse_byte_range(std::string_view s);

// Content-Range = range-unit SP ( range-resp / unsatisfied-range ) (section 14.4)
struct ContentRange {
  std::string_view unit;
  std::optional<std::uint64_t> first;  // both absent in an unsatisfied-range
  std::optional<std::uint64_t> last;
  std::optional<std::uint64_t> complete_length;

  [[nodiscard]] bool is_unsatisfied() const { return !first.has_value(); }
  // "last-pos value less than its first-pos value, or a complete-length value less than or equal to its last-pos value"
  [[nodiscard]] bool is_valid() const {
    return is_unsatisfied() || (*last >= *first && (!complete_length || *complete_length > *last));
  }
};
[[nodiscard]] std::optional<ContentRange> parse_content_range(std::string_view s);

}  // namespace statuslab::syntax
