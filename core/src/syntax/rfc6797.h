// Strict-Transport-Security (RFC 6797 section 6.1).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// directive = directive-name [ "=" directive-value ], directive-name = token, directive-value = token / quoted-string
struct HstsDirective {
  std::string_view whole;
  std::string_view name;
  std::optional<std::string_view> value;  // with the quotes, if quoted
};

// [ directive ] *( ";" [ directive ] ), with the "implied *LWS" of RFC 2616. The views borrow from `value`.
struct HstsPolicy {
  std::vector<HstsDirective> directives;
  std::string_view fault;  // the first piece between semicolons that is no directive; empty where all are
  bool empty_directive = false;
};
[[nodiscard]] HstsPolicy parse_hsts(std::string_view value);

// max-age-value = delta-seconds = 1*DIGIT "(after quoted-string unescaping, if necessary)" (section 6.1.1). Numbers
// beyond 2^63-1 are read as that.
[[nodiscard]] std::optional<std::uint64_t> parse_hsts_max_age(std::string_view value);

}  // namespace statuslab::syntax
