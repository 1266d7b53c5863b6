#include "syntax/rfc7838.h"

#include <algorithm>

#include "base/ascii.h"
#include "syntax/rfc3986.h"

namespace statuslab::syntax {

std::optional<AltValue> parse_alt_value(std::string_view member) {
  AltValue value{member, {}, {}, {}};
  const std::size_t equals = member.find('=');
  if (equals == std::string_view::npos) return std::nullopt;
  value.protocol = member.substr(0, equals);
  const std::string_view rest = member.substr(equals + 1);
  const std::size_t length = rest.starts_with('"') ? quoted_string_length(rest) : 0;
  if (!is_token(value.protocol) || length == 0) return std::nullopt;
  value.authority = rest.substr(1, length - 2);
  auto parameters = parse_parameters(rest.substr(length));
  if (!parameters) return std::nullopt;
  value.parameters = std::move(*parameters);
  return value;
}

bool is_alt_authority(std::string_view s) {
  if (s.starts_with(':')) s = s.substr(1);
  else if (const std::size_t colon = s.rfind(':'); colon == std::string_view::npos || !is_uri_host(s.substr(0, colon))) return false;
  else s = s.substr(colon + 1);
  const auto port = parse_decimal(s);
  return port && *port <= 65535;
}

std::optional<std::string> canonical_protocol_id(std::string_view protocol) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (std::size_t i = 0; i < protocol.size(); ++i) {
    if (protocol[i] != '%') {
      result += protocol[i];
      continue;
    }
    const int high = i + 2 < protocol.size() ? ascii::hex_value(protocol[i + 1]) : -1;
    const int low = i + 2 < protocol.size() ? ascii::hex_value(protocol[i + 2]) : -1;
    if (high < 0 || low < 0) return std::nullopt;
    const auto octet = static_cast<char>(high * 16 + low);
    if (ascii::is_tchar(octet) && octet != '%') {
      result += octet;
    } else {
      result += '%';
      result += digits[static_cast<std::size_t>(high)];
      result += digits[static_cast<std::size_t>(low)];
    }
    i += 2;
  }
  return result;
}

}  // namespace statuslab::syntax
