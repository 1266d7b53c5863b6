// Parts of URI syntax (RFC 3986) as far as HTTP names them.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace statuslab::syntax {

// unreserved / sub-delims / ":" / "@": pchar (section 3.3) without percent-encoding.
[[nodiscard]] bool is_pchar(char c);

// host (section 3.2.2): a bracketed address, or 1*( unreserved / sub-delims / pct-encoded ). HTTP has no empty host.
[[nodiscard]] bool is_uri_host(std::string_view s);

// uri-host [ ":" port ] (RFC 9110 section 7.2); empty optional where the text does not follow the grammar.
struct HostPort {
  std::string_view host;
  std::string_view port;  // digits; empty where there is none
};
[[nodiscard]] std::optional<HostPort> parse_host_port(std::string_view s);

// scheme "://" authority path: the parts of a URI that has an authority (section 3); empty optional for another text.
struct UriParts {
  std::string_view scheme;
  std::string_view authority;  // without userinfo and its "@"
  std::string_view rest;       // path, query and fragment
};
[[nodiscard]] std::optional<UriParts> parse_uri_with_authority(std::string_view s);

// The bytes before the first ":" are a scheme (section 3.1), so that the text can be an absolute URI.
[[nodiscard]] bool has_scheme(std::string_view s);

// The components of a URI-reference (section 4.1), taken apart as appendix B does; absent is not the same as empty.
// They borrow from `s`.
struct UriReference {
  std::optional<std::string_view> scheme;
  std::optional<std::string_view> authority;
  std::string_view path;
  std::optional<std::string_view> query;
  std::optional<std::string_view> fragment;
};
[[nodiscard]] UriReference split_uri_reference(std::string_view s);

// authority = [ userinfo "@" ] host [ ":" port ]: the text before the last "@"; empty optional where there is none.
[[nodiscard]] std::optional<std::string_view> userinfo_of(std::string_view authority);
// The host without userinfo and port, with its brackets if it has some.
[[nodiscard]] std::string_view host_of(std::string_view authority);

// Where the first byte stands that a URI-reference has only percent-encoded (section 2), s.size() where all are fine:
// a "%" without two HEXDIG, and a second "#", count too. "[" and "]" pass everywhere, since they are widely used in
// queries.
[[nodiscard]] std::size_t find_non_uri_byte(std::string_view s);

// An http or https URI without fragment. Scheme and authority are in lower case, the default port is left out, and
// the path is "/" at least; scheme and authority are empty where they are not known.
struct HttpUri {
  std::string scheme;
  std::string authority;
  std::string path;
  std::optional<std::string> query;
  friend bool operator==(const HttpUri&, const HttpUri&) = default;
};
[[nodiscard]] HttpUri make_http_uri(std::string_view scheme, std::string_view authority, std::string_view path,
                                    std::optional<std::string_view> query);
// Reference Resolution (section 5.2.2).
[[nodiscard]] HttpUri resolve(const UriReference& reference, const HttpUri& base);

}  // namespace statuslab::syntax
