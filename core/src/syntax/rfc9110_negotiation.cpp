#include "syntax/rfc9110_negotiation.h"

#include <algorithm>

#include "base/ascii.h"

namespace statuslab::syntax {
namespace {

std::string_view unquoted(std::string_view s) {
  return s.size() >= 2 && s.front() == '"' ? s.substr(1, s.size() - 2) : s;
}

bool has_parameter(const std::vector<Parameter>& parameters, const Parameter& wanted) {
  return std::any_of(parameters.begin(), parameters.end(), [&](const Parameter& p) {
    return ascii::equals_ignoring_case(p.name, wanted.name) &&
           ascii::equals_ignoring_case(unquoted(p.value), unquoted(wanted.value));
  });
}

// How specific the range is for the type, 0 where it does not cover it.
std::size_t cover(const Preference& range, std::string_view type, const std::vector<Parameter>& parameters) {
  if (range.range == "*/*" || range.range == "*") return 1;
  const std::size_t slash = type.find('/');
  if (range.range.ends_with("/*"))
    return ascii::equals_ignoring_case(range.range.substr(0, range.range.size() - 1), type.substr(0, slash + 1)) ? 2 : 0;
  if (!ascii::equals_ignoring_case(range.range, type)) return 0;
  for (const Parameter& parameter : range.parameters)
    if (!has_parameter(parameters, parameter)) return 0;
  return 3 + range.parameters.size();
}

}  // namespace

std::optional<int> parse_qvalue(std::string_view s) {
  if (s.empty() || s.size() > 5 || (s[0] != '0' && s[0] != '1') || (s.size() > 1 && s[1] != '.')) return std::nullopt;
  int weight = s[0] - '0';
  for (std::size_t i = 2; i < 5; ++i) {
    const char c = i < s.size() ? s[i] : '0';
    if (!ascii::is_digit(c)) return std::nullopt;
    weight = weight * 10 + (c - '0');
  }
  return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

Preference parse_preference(std::string_view member) {
  Preference preference;
  const std::size_t semicolon = std::min(member.find(';'), member.size());
  preference.range = ascii::trim(member.substr(0, semicolon));
  const auto parameters = parse_parameters(member.substr(semicolon));
  preference.is_well_formed = parameters.has_value();
  if (!parameters) return preference;
  for (const Parameter& parameter : *parameters) {
    if (ascii::equals_ignoring_case(parameter.name, "q"))
      preference.qvalue = parameter.value;
    else if (preference.qvalue.empty())
      preference.parameters.push_back(parameter);
  }
  return preference;
}

std::vector<Preference> parse_preferences(std::string_view value) {
  std::vector<Preference> preferences;
  for (const std::string_view member : list_members(value))
    if (!member.empty()) preferences.push_back(parse_preference(member));
  return preferences;
}

std::optional<int> weight_of_type(const std::vector<Preference>& accept, std::string_view type,
                                  const std::vector<Parameter>& parameters) {
  std::optional<int> weight;
  std::size_t best = 0;
  for (const Preference& range : accept) {
    const std::size_t specific = cover(range, type, parameters);
    if (specific > best) best = specific, weight = range.weight();
  }
  return weight;
}

std::optional<int> weight_of_coding(const std::vector<Preference>& accept_encoding, std::string_view coding) {
  // "A recipient SHOULD consider "x-gzip" to be equivalent to "gzip"" (section 8.4.1.3); compress likewise.
  const auto plain = [](std::string_view name) {
    return name.size() > 2 && ascii::lower(name[0]) == 'x' && name[1] == '-' ? name.substr(2) : name;
  };
  std::optional<int> star;
  for (const Preference& preference : accept_encoding) {
    if (ascii::equals_ignoring_case(plain(preference.range), plain(coding))) return preference.weight();
    if (preference.range == "*") star = preference.weight();
  }
  return star;
}

bool is_media_range(std::string_view s) {
  const std::size_t slash = s.find('/');
  if (slash == std::string_view::npos) return false;
  const std::string_view type = s.substr(0, slash);
  const std::string_view subtype = s.substr(slash + 1);
  return is_token(type) && is_token(subtype) && (type != "*" || subtype == "*");
}

bool is_language_range(std::string_view s) {
  if (s == "*") return true;
  bool first = true;
  while (true) {
    const std::size_t end = std::min(s.find('-'), s.size());
    if (end == 0 || end > 8) return false;
    for (const char c : s.substr(0, end))
      if (!ascii::is_alpha(c) && (first || (!ascii::is_digit(c) && c != '*'))) return false;
    if (end == s.size()) return true;
    s.remove_prefix(end + 1);
    first = false;
  }
}

}  // namespace statuslab::syntax
