#include "syntax/rfc9110_auth.h"

#include <algorithm>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

std::optional<AuthParam> parse_auth_param(std::string_view s) {
  const std::size_t equals = s.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  const AuthParam param{ascii::trim(s.substr(0, equals)), ascii::trim(s.substr(equals + 1)), s};
  const bool quoted = !param.value.empty() && quoted_string_length(param.value) == param.value.size();
  if (!is_token(param.name) || (!quoted && !is_token(param.value))) return std::nullopt;
  return param;
}

// From the beginning of `a` to the end of `b`, both within one text.
std::string_view from_to(std::string_view a, std::string_view b) {
  return {a.data(), static_cast<std::size_t>(b.data() + b.size() - a.data())};
}

}  // namespace

bool Challenge::is(std::string_view name) const { return ascii::equals_ignoring_case(scheme, name); }

const AuthParam* Challenge::find(std::string_view name) const {
  const auto found = std::find_if(params.begin(), params.end(),
                                  [name](const AuthParam& p) { return ascii::equals_ignoring_case(p.name, name); });
  return found == params.end() ? nullptr : &*found;
}

std::string Challenge::value_of(std::string_view name) const {
  const AuthParam* param = find(name);
  return param == nullptr ? std::string() : unquote(param->value);
}

bool is_token68(std::string_view s) {
  while (s.ends_with('=')) s.remove_suffix(1);
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return ascii::is_digit(c) || ascii::is_alpha(c) || std::string_view("-._~+/").find(c) != std::string_view::npos;
  });
}

std::optional<std::vector<Challenge>> parse_challenges(std::string_view value) {
  std::vector<Challenge> challenges;
  for (const std::string_view member : list_members(value)) {
    if (member.empty()) continue;
    // A member continues the challenge before it, or starts one: a scheme, alone or followed by its first argument.
    if (!challenges.empty()) {
      if (const auto param = parse_auth_param(member)) {
        challenges.back().params.push_back(*param);
        challenges.back().whole = from_to(challenges.back().whole, member);
        continue;
      }
    }
    const std::size_t space = member.find(' ');
    Challenge challenge{member.substr(0, space), {}, {}, member};
    if (!is_token(challenge.scheme)) return std::nullopt;
    if (space != std::string_view::npos) {
      const std::string_view argument = ascii::trim(member.substr(space));
      if (const auto param = parse_auth_param(argument))
        challenge.params.push_back(*param);
      else if (is_token68(argument))
        challenge.token68 = argument;
      else
        return std::nullopt;
    }
    challenges.push_back(std::move(challenge));
  }
  return challenges;
}

std::optional<std::vector<AuthParam>> parse_auth_params(std::string_view s) {
  std::vector<AuthParam> params;
  for (const std::string_view member : list_members(s)) {
    if (member.empty()) continue;
    const auto param = parse_auth_param(member);
    if (!param) return std::nullopt;
    params.push_back(*param);
  }
  return params;
}

bool Credentials::is(std::string_view name) const { return ascii::equals_ignoring_case(scheme, name); }

Credentials split_credentials(std::string_view value) {
  value = ascii::trim(value);
  const std::size_t space = std::min(value.find(' '), value.size());
  return {value.substr(0, space), ascii::trim(value.substr(space))};
}

std::string unquote(std::string_view s) {
  if (s.size() < 2 || s.front() != '"' || s.back() != '"') return std::string(s);
  std::string text;
  for (std::size_t i = 1; i + 1 < s.size(); ++i) {
    if (s[i] == '\\' && i + 2 < s.size()) ++i;
    text += s[i];
  }
  return text;
}

}  // namespace statuslab::syntax
