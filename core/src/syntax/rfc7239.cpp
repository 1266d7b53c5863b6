#include "syntax/rfc7239.h"

#include <algorithm>

#include "base/ascii.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

// Four are known. Deliberate: what lies beyond is not judged, so that the time stays linear.
constexpr std::size_t most_pairs = 64;

bool is_obfuscated(std::string_view s) {
  return s.size() > 1 && s.front() == '_' && std::all_of(s.begin() + 1, s.end(), [](char c) {
           return ascii::is_alpha(c) || ascii::is_digit(c) || c == '.' || c == '_' || c == '-';
         });
}

// Four numbers up to 255 between dots.
bool is_ipv4_address(std::string_view s) {
  for (int i = 0; i < 4; ++i) {
    const std::size_t length = i == 3 ? s.size() : s.find('.');
    if (length == 0 || length > 3 || length > s.size()) return false;
    const auto number = parse_decimal(s.substr(0, length));
    if (!number || *number > 255) return false;
    s.remove_prefix(i == 3 ? length : length + 1);
  }
  return s.empty();
}

bool is_ipv6_text(std::string_view s) {
  return std::count(s.begin(), s.end(), ':') >= 2 && std::all_of(s.begin(), s.end(), [](char c) {
           return ascii::hex_value(c) >= 0 || c == ':' || c == '.';
         });
}

bool is_nodename(std::string_view s) {
  if (s.size() > 2 && s.front() == '[' && s.back() == ']') return is_ipv6_text(s.substr(1, s.size() - 2));
  return ascii::equals_ignoring_case(s, "unknown") || is_obfuscated(s) || is_ipv4_address(s);
}

bool is_node_port(std::string_view s) {
  const bool digits = !s.empty() && s.size() <= 5 && std::all_of(s.begin(), s.end(), ascii::is_digit);
  return digits || is_obfuscated(s);
}

}  // namespace

ForwardedElement parse_forwarded_element(std::string_view member) {
  ForwardedElement element;
  for (;;) {
    std::size_t length = 0;
    while (length < member.size() && member[length] != ';') {
      const std::size_t quoted = member[length] == '"' ? quoted_string_length(member.substr(length)) : 0;
      length += std::max<std::size_t>(quoted, 1);
    }
    const std::string_view part = member.substr(0, length);
    ForwardedPair pair{ascii::trim(part), {}, {}, false};
    const std::size_t equals = std::min(pair.whole.find('='), pair.whole.size());
    const std::string_view name = pair.whole.substr(0, equals);
    const std::string_view value = pair.whole.substr(std::min(equals + 1, pair.whole.size()));
    pair.name = ascii::trim(name);
    pair.value = ascii::trim(value);
    const bool quoted = pair.value.starts_with('"') && quoted_string_length(pair.value) == pair.value.size();
    pair.well_formed = is_token(pair.name) && (quoted || is_token(pair.value));
    element.has_space = element.has_space || pair.whole.size() != part.size() || pair.name.size() != name.size() ||
                        pair.value.size() != value.size();
    if (!pair.whole.empty() && element.pairs.size() < most_pairs) element.pairs.push_back(pair);
    if (length == member.size()) return element;
    member.remove_prefix(length + 1);
  }
}

bool is_forwarded_node(std::string_view s) {
  if (is_nodename(s)) return true;
  const std::size_t colon = s.rfind(':');
  return colon != std::string_view::npos && is_nodename(s.substr(0, colon)) && is_node_port(s.substr(colon + 1));
}

bool looks_like_bare_ipv6(std::string_view s) { return is_ipv6_text(s); }

}  // namespace statuslab::syntax
