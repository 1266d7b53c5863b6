#include "syntax/rfc9110_ranges.h"

#include <algorithm>
#include <limits>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

// 1*DIGIT
std::optional<std::uint64_t> parse_position(std::string_view s) {
  if (s.empty() || !std::all_of(s.begin(), s.end(), ascii::is_digit)) return std::nullopt;
  constexpr std::uint64_t most = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t number = 0;
  for (const char c : s) {
    const auto digit = static_cast<std::uint64_t>(c - '0');
    number = number > (most - digit) / 10 ? most : number * 10 + digit;
  }
  return number;
}

}  // namespace

std::optional<RangesSpecifier> parse_ranges_specifier(std::string_view s) {
  const std::size_t equals = s.find('=');
  if (equals == std::string_view::npos || !is_token(s.substr(0, equals))) return std::nullopt;
  RangesSpecifier ranges{s.substr(0, equals), {}};
  for (const std::string_view spec : list_members(s.substr(equals + 1)))
    if (!spec.empty()) ranges.specs.push_back(spec);
  if (ranges.specs.empty()) return std::nullopt;
  return ranges;
}

std::optional<ByteRange> parse_byte_range(std::string_view s) {
  const std::size_t hyphen = s.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  const std::string_view before = s.substr(0, hyphen);
  const std::string_view after = s.substr(hyphen + 1);
  const ByteRange range{parse_position(before), parse_position(after)};
  if (!range.first && (!before.empty() || !range.last)) return std::nullopt;
  if (!range.last && !after.empty()) return std::nullopt;
  return range;
}

std::optional<ContentRange> parse_content_range(std::string_view s) {
  const std::size_t space = s.find(' ');
  const std::size_t slash = s.find('/');
  if (space == std::string_view::npos || slash == std::string_view::npos || slash < space) return std::nullopt;
  if (!is_token(s.substr(0, space))) return std::nullopt;
  const std::string_view range = s.substr(space + 1, slash - space - 1);
  const std::string_view length = s.substr(slash + 1);
  ContentRange result{s.substr(0, space), std::nullopt, std::nullopt, parse_position(length)};
  if (!result.complete_length && (length != "*" || range == "*")) return std::nullopt;
  if (range == "*") return result;
  const std::size_t hyphen = range.find('-');
  if (hyphen == std::string_view::npos) return std::nullopt;
  result.first = parse_position(range.substr(0, hyphen));
  result.last = parse_position(range.substr(hyphen + 1));
  if (!result.first || !result.last) return std::nullopt;
  return result;
}

}  // namespace statuslab::syntax
