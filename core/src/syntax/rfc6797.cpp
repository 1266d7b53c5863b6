#include "syntax/rfc6797.h"

#include <algorithm>
#include <limits>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

constexpr std::size_t known_directives = 3;
// Deliberate: what lies beyond is not judged, so that the time stays linear.
constexpr std::size_t most_directives = 64;

// Up to the next ";" outside a quoted-string.
std::size_t directive_length(std::string_view s) {
  std::size_t at = 0;
  while (at < s.size() && s[at] != ';') {
    const std::size_t quoted = s[at] == '"' ? quoted_string_length(s.substr(at)) : 0;
    at += std::max<std::size_t>(quoted, 1);
  }
  return at;
}

bool is_directive_value(std::string_view s) {
  return is_token(s) || (s.starts_with('"') && quoted_string_length(s) == s.size());
}

}  // namespace

HstsPolicy parse_hsts(std::string_view value) {
  HstsPolicy policy;
  for (;;) {
    const std::size_t length = directive_length(value);
    const std::string_view whole = ascii::trim(value.substr(0, length));
    HstsDirective directive{whole, whole, std::nullopt};
    if (const std::size_t equals = whole.find('='); equals != std::string_view::npos) {
      directive.name = ascii::trim(whole.substr(0, equals));
      directive.value = ascii::trim(whole.substr(equals + 1));
    }
    const bool well_formed = is_token(directive.name) && (!directive.value || is_directive_value(*directive.value));
    if (policy.directives.empty()) policy.directives.reserve(known_directives);
    if (whole.empty())
      policy.empty_directive = true;
    else if (well_formed && policy.directives.size() < most_directives)
      policy.directives.push_back(directive);
    else if (!well_formed && policy.fault.empty())
      policy.fault = whole;
    if (length == value.size()) return policy;
    value.remove_prefix(length + 1);
  }
}

std::optional<std::uint64_t> parse_hsts_max_age(std::string_view value) {
  if (value.size() >= 2 && value.front() == '"' && value.back() == '"') value = value.substr(1, value.size() - 2);
  if (value.empty() || !std::all_of(value.begin(), value.end(), ascii::is_digit)) return std::nullopt;
  return parse_decimal(value).value_or(std::numeric_limits<std::int64_t>::max());
}

}  // namespace statuslab::syntax
