#include "syntax/rfc3986.h"

#include <algorithm>

#include "base/ascii.h"

namespace statuslab::syntax {
namespace {

bool is_one_of(char c, std::string_view set) { return std::find(set.begin(), set.end(), c) != set.end(); }

// unreserved = ALPHA / DIGIT / "-" / "." / "_" / "~"
bool is_unreserved(char c) { return ascii::is_alpha(c) || ascii::is_digit(c) || is_one_of(c, "-._~"); }

// sub-delims = "!" / "$" / "&" / "'" / "(" / ")" / "*" / "+" / "," / ";" / "="
bool is_sub_delim(char c) { return is_one_of(c, "!$&'()*+,;="); }

bool is_percent_encoded(std::string_view s) {
  return s.size() >= 3 && s[0] == '%' && ascii::hex_value(s[1]) >= 0 && ascii::hex_value(s[2]) >= 0;
}

// reg-name = *( unreserved / pct-encoded / sub-delims )
bool is_reg_name(std::string_view s) {
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (is_percent_encoded(s.substr(i)))
      i += 2;
    else if (!is_unreserved(s[i]) && !is_sub_delim(s[i]))
      return false;
  }
  return !s.empty();
}

// IP-literal = "[" ( IPv6address / IPvFuture  ) "]"
bool is_ip_literal(std::string_view s) {
  if (s.size() < 4 || s.front() != '[' || s.back() != ']') return false;
  s = s.substr(1, s.size() - 2);
  if (s.find(':') == std::string_view::npos) return false;
  if (ascii::lower(s[0]) == 'v')
    return std::all_of(s.begin(), s.end(), [](char c) { return is_unreserved(c) || is_sub_delim(c) || c == ':'; });
  return std::all_of(s.begin(), s.end(), [](char c) { return ascii::hex_value(c) >= 0 || c == ':' || c == '.'; });
}

}  // namespace

bool is_pchar(char c) { return is_unreserved(c) || is_sub_delim(c) || c == ':' || c == '@'; }

bool is_uri_host(std::string_view s) { return is_ip_literal(s) || is_reg_name(s); }

std::optional<HostPort> parse_host_port(std::string_view s) {
  HostPort result{s, {}};
  const std::size_t colon = s.rfind(':');
  // The last colon of an address in brackets belongs to the address.
  if (colon != std::string_view::npos && !s.ends_with(']')) {
    result.host = s.substr(0, colon);
    result.port = s.substr(colon + 1);
  }
  if (!is_uri_host(result.host) || !std::all_of(result.port.begin(), result.port.end(), ascii::is_digit))
    return std::nullopt;
  return result;
}

bool has_scheme(std::string_view s) {
  const std::size_t colon = s.find(':');
  if (colon == std::string_view::npos || colon == 0 || !ascii::is_alpha(s[0])) return false;
  return std::all_of(s.begin(), s.begin() + static_cast<std::ptrdiff_t>(colon),
                     [](char c) { return ascii::is_alpha(c) || ascii::is_digit(c) || is_one_of(c, "+-."); });
}

std::optional<UriParts> parse_uri_with_authority(std::string_view s) {
  if (!has_scheme(s)) return std::nullopt;
  const std::size_t colon = s.find(':');
  std::string_view after = s.substr(colon + 1);
  if (!after.starts_with("//")) return std::nullopt;
  after.remove_prefix(2);
  const std::size_t end = std::min(after.find_first_of("/?#"), after.size());
  std::string_view authority = after.substr(0, end);
  if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) authority.remove_prefix(at + 1);
  return UriParts{s.substr(0, colon), authority, after.substr(end)};
}

// ^(([^:/?#]+):)?(//([^/?#]*))?([^?#]*)(\?([^#]*))?(#(.*))?
UriReference split_uri_reference(std::string_view s) {
  UriReference reference;
  if (const std::size_t hash = s.find('#'); hash != std::string_view::npos) {
    reference.fragment = s.substr(hash + 1);
    s = s.substr(0, hash);
  }
  if (const std::size_t mark = s.find('?'); mark != std::string_view::npos) {
    reference.query = s.substr(mark + 1);
    s = s.substr(0, mark);
  }
  if (has_scheme(s)) {
    reference.scheme = s.substr(0, s.find(':'));
    s.remove_prefix(reference.scheme->size() + 1);
  }
  if (s.starts_with("//")) {
    s.remove_prefix(2);
    reference.authority = s.substr(0, s.find('/'));
    s.remove_prefix(reference.authority->size());
  }
  reference.path = s;
  return reference;
}

std::optional<std::string_view> userinfo_of(std::string_view authority) {
  const std::size_t at = authority.rfind('@');
  if (at == std::string_view::npos) return std::nullopt;
  return authority.substr(0, at);
}

std::string_view host_of(std::string_view authority) {
  if (const auto userinfo = userinfo_of(authority)) authority.remove_prefix(userinfo->size() + 1);
  const std::size_t after_address = authority.starts_with('[') ? std::min(authority.find(']'), authority.size()) : 0;
  return authority.substr(0, authority.find(':', after_address));
}

std::size_t find_non_uri_byte(std::string_view s) {
  bool in_fragment = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (is_percent_encoded(s.substr(i))) {
      i += 2;
    } else if (s[i] == '#' && !in_fragment) {
      in_fragment = true;
    } else if (!is_pchar(s[i]) && !is_one_of(s[i], "/?[]")) {
      return i;
    }
  }
  return s.size();
}

namespace {

std::string lowered(std::string_view s) {
  std::string text(s);
  std::transform(text.begin(), text.end(), text.begin(), ascii::lower);
  return text;
}

// Section 5.2.4, as a walk over the segments: "/.." will "remove the last segment and its preceding "/" (if any)", which
// the first segment of a path without root does not have.
std::string remove_dot_segments(std::string_view path) {
  std::string output;
  while (!path.empty()) {
    const std::size_t end = std::min(path.find('/', 1), path.size());
    const std::string_view segment = path.substr(0, end);
    const bool last = end == path.size();
    path.remove_prefix(end);
    if (segment == "/." || segment == "/..") {
      const std::size_t slash = output.rfind('/');
      if (segment == "/..") output.resize(slash == std::string::npos ? 0 : slash);
      if (last) output += '/';
    } else {
      output += segment;
    }
  }
  return output;
}

}  // namespace

HttpUri make_http_uri(std::string_view scheme, std::string_view authority, std::string_view path,
                      std::optional<std::string_view> query) {
  HttpUri uri{lowered(scheme), lowered(authority), remove_dot_segments(path), std::nullopt};
  if (uri.path.empty()) uri.path = "/";
  if (query) uri.query = std::string(*query);
  const std::string_view default_port = uri.scheme == "https" ? ":443" : uri.scheme == "http" ? ":80" : ":";
  if (uri.authority.ends_with(default_port)) uri.authority.resize(uri.authority.size() - default_port.size());
  return uri;
}

HttpUri resolve(const UriReference& reference, const HttpUri& base) {
  const std::string_view scheme = reference.scheme.value_or(base.scheme);
  if (reference.scheme || reference.authority)
    return make_http_uri(scheme, reference.authority.value_or(""), reference.path, reference.query);
  if (reference.path.empty()) {
    HttpUri uri = base;
    if (reference.query) uri.query = std::string(*reference.query);
    return uri;
  }
  if (reference.path.starts_with('/')) return make_http_uri(scheme, base.authority, reference.path, reference.query);
  const std::string merged = base.path.substr(0, base.path.rfind('/') + 1).append(reference.path);
  return make_http_uri(scheme, base.authority, merged, reference.query);
}

}  // namespace statuslab::syntax
