// Alt-Svc (RFC 7838 section 3). Views borrow from the value.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/rfc9110.h"

namespace statuslab::syntax {

// alt-value = alternative *( OWS ";" OWS parameter ), alternative = protocol-id "=" alt-authority
struct AltValue {
  std::string_view whole;
  std::string_view protocol;   // protocol-id
  std::string_view authority;  // what stands between the quotes
  std::vector<Parameter> parameters;
};
// One member of the list; empty optional where it is something else: the keyword "clear", an authority without quotes.
[[nodiscard]] std::optional<AltValue> parse_alt_value(std::string_view member);

// [ uri-host ] ":" port
[[nodiscard]] bool is_alt_authority(std::string_view s);

// The one right spelling of a protocol-id: "Octets in the ALPN protocol name MUST NOT be percent-encoded if they are
// valid token characters except "%"", and "uppercase hex digits MUST be used". Empty optional where a "%" has no two
// HEXDIG after it.
[[nodiscard]] std::optional<std::string> canonical_protocol_id(std::string_view protocol);

}  // namespace statuslab::syntax
