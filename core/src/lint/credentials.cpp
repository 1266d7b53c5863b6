#include "lint/credentials.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace statuslab::lint {
namespace {

bool contains_ignoring_case(std::string_view s, std::string_view part) {
  for (std::size_t i = 0; i + part.size() <= s.size(); ++i)
    if (ascii::equals_ignoring_case(s.substr(i, part.size()), part)) return true;
  return false;
}

bool is_base64url(char c) { return ascii::is_alpha(c) || ascii::is_digit(c) || c == '-' || c == '_'; }

}  // namespace

bool names_session(std::string_view name) {
  constexpr std::array<std::string_view, 2> readable{"csrf", "xsrf"};
  constexpr std::array<std::string_view, 6> parts{"sess", "auth", "token", "jwt", "remember_", "login"};
  for (const std::string_view part : readable)
    if (contains_ignoring_case(name, part)) return false;
  for (const std::string_view part : parts)
    if (contains_ignoring_case(name, part)) return true;
  // "sid" on its own or as the last word: connect.sid, user_sid, __Host-SID.
  if (name.size() < 3 || !ascii::equals_ignoring_case(name.substr(name.size() - 3), "sid")) return false;
  return name.size() == 3 || !ascii::is_alpha(name[name.size() - 4]);
}

std::size_t jwt_length(std::string_view s) {
  if (!s.starts_with("eyJ")) return 0;
  std::size_t i = 0;
  for (int part = 0; part < 3; ++part) {
    const std::size_t begin = i;
    while (i < s.size() && is_base64url(s[i])) ++i;
    // A signature may be missing (alg "none"); a header or claims of a few letters are none.
    if (part < 2 && (i - begin < 10 || i == s.size() || s[i] != '.')) return 0;
    if (part < 2) ++i;
  }
  return i;
}

bool is_jwt(std::string_view s) { return !s.empty() && jwt_length(s) == s.size(); }

}  // namespace statuslab::lint
