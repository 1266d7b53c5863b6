// Cookies: draft-ietf-httpbis-rfc6265bis. What a server may send is section 4, what user agents make of anything else is
// section 5; both are here, since a cookie that breaks the grammar is often stored all the same.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// cookie-octet = %x21 / %x23-2B / %x2D-3A / %x3C-5B / %x5D-7E (section 4.1.1)
[[nodiscard]] bool is_cookie_octet(char c);

// cookie-value = *cookie-octet / ( DQUOTE *cookie-octet DQUOTE ): where the first byte stands that it has no room for,
// s.size() where all are fine.
[[nodiscard]] std::size_t find_non_cookie_octet(std::string_view s);

// cookie-av, as user agents take it apart.
struct CookieAttribute {
  std::string_view name;
  std::string_view value;  // empty, too, where there is no "="
  std::string_view whole;  // from name to value
};

// set-cookie-string as the algorithm of section 5.6 parses it. The views borrow from the value.
struct SetCookie {
  std::string_view pair;
  std::string_view name;  // empty where the pair has no "="
  std::string_view value;
  std::vector<CookieAttribute> attributes;  // in order; without the empty ones between two ";"

  // The attribute that counts: the last one of the name whose value is not too long to be looked at. `name` in lower
  // case; null where there is none.
  [[nodiscard]] const CookieAttribute* find(std::string_view name) const;
  [[nodiscard]] bool has(std::string_view name) const { return find(name) != nullptr; }
  // The Max-Age and the Expires that count. One that cannot be read is not there: "ignore the cookie-av" (sections 5.6.1, 5.6.2).
  [[nodiscard]] const CookieAttribute* find_max_age() const;
  [[nodiscard]] const CookieAttribute* find_expires() const;
};
[[nodiscard]] SetCookie parse_set_cookie(std::string_view value);

// Section 5.6: "If the attribute-value is longer than 1024 octets, ignore the cookie-av string".
inline constexpr std::size_t longest_cookie_attribute = 1024;
// Section 5.6: "If the sum of the lengths of the name string and the value string is more than 4096 octets, abort".
inline constexpr std::size_t longest_cookie = 4096;
// Section 5.5: "The limit SHOULD NOT be greater than 400 days (34560000 seconds) in the future."
inline constexpr std::int64_t longest_cookie_age = 34560000;

// cookie-date (section 5.1.1): seconds since 1970-01-01T00:00:00Z.
[[nodiscard]] std::optional<std::int64_t> parse_cookie_date(std::string_view s);

// Max-Age (section 5.6.2): [ "-" ] 1*DIGIT. Far numbers are cut to ones just as far beyond every limit.
[[nodiscard]] std::optional<std::int64_t> parse_cookie_max_age(std::string_view s);

// Domain Matching (section 5.1.3); case does not matter.
[[nodiscard]] bool domain_matches(std::string_view host, std::string_view domain);

// An IPv4 address, or anything in brackets.
[[nodiscard]] bool is_ip_address(std::string_view host);

// cookie-pairs of a Cookie field value: what stands between ";", trimmed.
[[nodiscard]] std::vector<std::string_view> cookie_pairs(std::string_view value);

}  // namespace statuslab::syntax
