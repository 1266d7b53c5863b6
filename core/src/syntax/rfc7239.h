// Forwarded (RFC 7239). Views borrow from the value.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// forwarded-pair = token "=" value, value = token / quoted-string (section 4)
struct ForwardedPair {
  std::string_view whole;
  std::string_view name;   // compared whatever its case
  std::string_view value;  // with the quotes, if quoted
  bool well_formed = false;
};
// forwarded-element = [ forwarded-pair ] *( ";" [ forwarded-pair ] ): one member of the list.
struct ForwardedElement {
  std::vector<ForwardedPair> pairs;
  bool has_space = false;  // the grammar has none around ";" and "="
};
[[nodiscard]] ForwardedElement parse_forwarded_element(std::string_view member);

// node = nodename [ ":" node-port ] (section 6)
// nodename = IPv4address / "[" IPv6address "]" / "unknown" / obfnode, obfnode = "_" 1*( ALPHA / DIGIT / "." / "_" / "-" )
// node-port = port / obfport
[[nodiscard]] bool is_forwarded_node(std::string_view s);

// An IPv6 address without its brackets, with a port or without.
[[nodiscard]] bool looks_like_bare_ipv6(std::string_view s);

}  // namespace statuslab::syntax
