#include "syntax/fetch_cors.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/similar.h"
#include "syntax/rfc3986.h"

namespace statuslab::syntax {
namespace {

bool is_lower_alphanum(char c) { return (c >= 'a' && c <= 'z') || ascii::is_digit(c); }

// serialized-host: an address in brackets, or labels of letters, digits and inner hyphens. "_" is no domain-label, but
// names with it exist and browsers send them.
bool is_serialized_host(std::string_view host) {
  if (host.starts_with('['))
    return host.size() > 2 && host.ends_with(']') &&
           std::all_of(host.begin() + 1, host.end() - 1,
                       [](char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'f') || c == ':'; });
  return !host.empty() && host.front() != '.' && host.find("..") == std::string_view::npos &&
         std::all_of(host.begin(), host.end(),
                     [](char c) { return is_lower_alphanum(c) || c == '-' || c == '.' || c == '_'; });
}

bool is_default_port(std::string_view scheme, std::string_view port) {
  return (scheme == "http" && port == "80") || (scheme == "https" && port == "443");
}

}  // namespace

bool is_serialized_origin(std::string_view s) {
  const std::size_t colon = s.find("://");
  if (colon == std::string_view::npos || colon == 0) return false;
  const std::string_view scheme = s.substr(0, colon);
  if (!has_scheme(s) || std::any_of(scheme.begin(), scheme.end(), [](char c) { return c != ascii::lower(c); })) return false;
  std::string_view host = s.substr(colon + 3);
  // The port is what follows the last colon, which in an IPv6 address stands within the brackets.
  const std::size_t port = host.rfind(':');
  if (port != std::string_view::npos && host.find(']', port) == std::string_view::npos) {
    const std::string_view digits = host.substr(port + 1);
    if (digits.empty() || digits.size() > 5 || !std::all_of(digits.begin(), digits.end(), ascii::is_digit)) return false;
    if (is_default_port(scheme, digits)) return false;
    host = host.substr(0, port);
  }
  return is_serialized_host(host);
}

std::optional<std::string> origin_of(std::string_view uri) {
  const UriReference parts = split_uri_reference(uri);
  if (!parts.scheme || !parts.authority) return std::nullopt;
  const std::string_view host = host_of(*parts.authority);
  std::string_view port = parts.authority->substr(static_cast<std::size_t>(host.data() - parts.authority->data()) + host.size());
  std::string origin;
  for (const char c : *parts.scheme) origin += ascii::lower(c);
  const bool is_default = port == ":" || (!port.empty() && is_default_port(origin, port.substr(1)));
  origin += "://";
  for (const char c : host) origin += ascii::lower(c);
  if (!is_default) origin += port;
  return is_serialized_origin(origin) ? std::optional(origin) : std::nullopt;
}

bool is_cors_safelisted_method(std::string_view method) {
  return method == "GET" || method == "HEAD" || method == "POST";
}

bool is_forbidden_method(std::string_view method) {
  return is_one_of(method, {"CONNECT", "TRACE", "TRACK"});
}

bool is_forbidden_request_header(std::string_view name) {
  constexpr std::array<std::string_view, 21> names{
      "Accept-Charset", "Accept-Encoding", "Access-Control-Request-Headers", "Access-Control-Request-Method",
      "Connection",     "Content-Length",  "Cookie",                         "Cookie2",
      "Date",           "DNT",             "Expect",                         "Host",
      "Keep-Alive",     "Origin",          "Referer",                        "Set-Cookie",
      "TE",             "Trailer",         "Transfer-Encoding",              "Upgrade",
      "Via"};
  return is_one_of(name, names) || ascii::starts_with_ignoring_case(name, "proxy-") || ascii::starts_with_ignoring_case(name, "sec-");
}

namespace {

// "CORS-unsafe request-header byte"
bool is_cors_unsafe_byte(char c) {
  return (ascii::byte(c) < 0x20 && c != '\t') || c == '\x7F' || std::string_view("\"():<>?@[\\]{}").find(c) != std::string_view::npos;
}
bool has_unsafe_byte(std::string_view value) { return std::any_of(value.begin(), value.end(), is_cors_unsafe_byte); }

bool is_language_byte(char c) {
  return ascii::is_digit(c) || ascii::is_alpha(c) || std::string_view(" *,-.;=").find(c) != std::string_view::npos;
}

// The MIME types of forms.
bool is_form_type(std::string_view value) {
  const std::string_view essence = ascii::trim(value.substr(0, value.find(';')));
  return is_one_of(essence, {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"});
}

// Decimal numbers of any length.
bool is_less(std::string_view a, std::string_view b) {
  for (std::string_view* number : {&a, &b}) number->remove_prefix(std::min(number->find_first_not_of('0'), number->size()));
  return a.size() != b.size() ? a.size() < b.size() : a < b;
}

// "parse a single range header value" with a start: bytes=N- or bytes=N-M.
bool is_simple_range(std::string_view value) {
  constexpr std::string_view unit = "bytes=";
  if (!value.starts_with(unit)) return false;
  value.remove_prefix(unit.size());
  const std::size_t dash = value.find('-');
  if (dash == 0 || dash == std::string_view::npos) return false;
  const std::string_view first = value.substr(0, dash), last = value.substr(dash + 1);
  if (!std::all_of(first.begin(), first.end(), ascii::is_digit) || !std::all_of(last.begin(), last.end(), ascii::is_digit)) return false;
  // "If rangeStartValue and rangeEndValue are numbers, and rangeStartValue is greater than rangeEndValue, then return failure."
  return last.empty() || !is_less(last, first);
}

}  // namespace

bool is_cors_safelisted_request_header(std::string_view name, std::string_view value) {
  constexpr std::size_t longest = 128;
  if (value.size() > longest) return false;
  if (ascii::equals_ignoring_case(name, "Accept")) return !has_unsafe_byte(value);
  if (ascii::equals_ignoring_case(name, "Accept-Language") || ascii::equals_ignoring_case(name, "Content-Language"))
    return std::all_of(value.begin(), value.end(), is_language_byte);
  if (ascii::equals_ignoring_case(name, "Content-Type")) return !has_unsafe_byte(value) && is_form_type(value);
  return ascii::equals_ignoring_case(name, "Range") && is_simple_range(value);
}

bool is_no_cors_safelisted_request_header(std::string_view name, std::string_view value) {
  return is_one_of(name, {"Accept", "Accept-Language", "Content-Language", "Content-Type"}) && is_cors_safelisted_request_header(name, value);
}

bool is_forbidden_response_header(std::string_view name) {
  return is_one_of(name, {"Set-Cookie", "Set-Cookie2"});
}

bool is_safelisted_response_header(std::string_view name) {
  return is_one_of(name, {"Cache-Control", "Content-Language", "Content-Length", "Content-Type", "Expires", "Last-Modified", "Pragma"});
}

}  // namespace statuslab::syntax
