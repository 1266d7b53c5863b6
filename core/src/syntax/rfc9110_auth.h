// Authentication (RFC 9110 section 11): challenges and credentials.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// auth-param = token BWS "=" BWS ( token / quoted-string )
struct AuthParam {
  std::string_view name;
  std::string_view value;  // with the quotes, if quoted
  std::string_view whole;
};

// challenge = auth-scheme [ 1*SP ( token68 / #auth-param ) ]; credentials are the same.
struct Challenge {
  std::string_view scheme;
  std::string_view token68;
  std::vector<AuthParam> params;
  std::string_view whole;

  [[nodiscard]] bool is(std::string_view name) const;
  // "the name token is matched case-insensitively"; the first of the name, null where there is none.
  [[nodiscard]] const AuthParam* find(std::string_view name) const;
  // Its value without quotes and backslashes; empty where there is none.
  [[nodiscard]] std::string value_of(std::string_view name) const;
};

// token68 = 1*( ALPHA / DIGIT / "-" / "." / "_" / "~" / "+" / "/" ) *"="
[[nodiscard]] bool is_token68(std::string_view s);

// #challenge; empty optional where the value does not follow the grammar. The views borrow from `value`.
[[nodiscard]] std::optional<std::vector<Challenge>> parse_challenges(std::string_view value);

// #auth-param, as in Authentication-Info and in credentials behind the scheme.
[[nodiscard]] std::optional<std::vector<AuthParam>> parse_auth_params(std::string_view s);

// The scheme, and what stands behind it, trimmed.
struct Credentials {
  std::string_view scheme;
  std::string_view rest;
  [[nodiscard]] bool is(std::string_view name) const;
};
[[nodiscard]] Credentials split_credentials(std::string_view value);

// quoted-string or token -> its text.
[[nodiscard]] std::string unquote(std::string_view s);

}  // namespace statuslab::syntax
