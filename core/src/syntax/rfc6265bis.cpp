#include "syntax/rfc6265bis.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {

using ascii::is_digit;

bool is_cookie_octet(char c) {
  const unsigned char b = ascii::byte(c);
  return b > 0x20 && b < 0x7F && c != '"' && c != ',' && c != ';' && c != '\\';
}

std::size_t find_non_cookie_octet(std::string_view s) {
  std::size_t begin = 0;
  std::size_t end = s.size();
  if (s.size() >= 2 && s.front() == '"' && s.back() == '"') {
    ++begin;
    --end;
  }
  for (std::size_t i = begin; i < end; ++i)
    if (!is_cookie_octet(s[i])) return i;
  return s.size();
}

namespace {

template <class Predicate>
const CookieAttribute* find_last(const std::vector<CookieAttribute>& attributes, std::string_view wanted, Predicate can_be_read) {
  for (std::size_t i = attributes.size(); i-- > 0;) {
    const CookieAttribute& attribute = attributes[i];
    if (ascii::equals_ignoring_case(attribute.name, wanted) && attribute.value.size() <= longest_cookie_attribute && can_be_read(attribute.value))
      return &attribute;
  }
  return nullptr;
}

}  // namespace

const CookieAttribute* SetCookie::find(std::string_view wanted) const {
  return find_last(attributes, wanted, [](std::string_view) { return true; });
}
const CookieAttribute* SetCookie::find_max_age() const {
  return find_last(attributes, "max-age", [](std::string_view s) { return parse_cookie_max_age(s).has_value(); });
}
const CookieAttribute* SetCookie::find_expires() const {
  return find_last(attributes, "expires", [](std::string_view s) { return parse_cookie_date(s).has_value(); });
}

SetCookie parse_set_cookie(std::string_view value) {
  SetCookie cookie;
  // "If the set-cookie-string contains a %x3B (";") character: The name-value-pair string consists of the characters up
  // to, but not including, the first %x3B (";")"
  std::size_t semicolon = std::min(value.find(';'), value.size());
  cookie.pair = ascii::trim(value.substr(0, semicolon));
  // "If the name-value-pair string lacks a %x3D ("=") character, then the name string is empty, and the value string is
  // the value of name-value-pair."
  const std::size_t equals = cookie.pair.find('=');
  if (equals == std::string_view::npos) {
    cookie.value = cookie.pair;
  } else {
    cookie.name = ascii::trim(cookie.pair.substr(0, equals));
    cookie.value = ascii::trim(cookie.pair.substr(equals + 1));
  }
  while (semicolon < value.size()) {
    const std::size_t begin = semicolon + 1;
    semicolon = std::min(value.find(';', begin), value.size());
    const std::string_view whole = ascii::trim(value.substr(begin, semicolon - begin));
    if (whole.empty()) continue;
    CookieAttribute attribute{whole, {}, whole};
    if (const std::size_t sign = whole.find('='); sign != std::string_view::npos) {
      attribute.name = ascii::trim(whole.substr(0, sign));
      attribute.value = ascii::trim(whole.substr(sign + 1));
    }
    cookie.attributes.push_back(attribute);
  }
  return cookie;
}

namespace {

// delimiter = %x09 / %x20-2F / %x3B-40 / %x5B-60 / %x7B-7E
bool is_date_delimiter(char c) {
  const unsigned char b = ascii::byte(c);
  return b == 0x09 || (b >= 0x20 && b <= 0x2F) || (b >= 0x3B && b <= 0x40) || (b >= 0x5B && b <= 0x60) ||
         (b >= 0x7B && b <= 0x7E);
}

// least*mostDIGIT, taken off the front; no digit may follow.
bool take_number(std::string_view& s, std::size_t least, std::size_t most, int& out) {
  std::size_t digits = 0;
  int number = 0;
  while (digits < s.size() && is_digit(s[digits])) {
    if (digits == most) return false;
    number = number * 10 + (s[digits++] - '0');
  }
  if (digits < least) return false;
  out = number;
  s.remove_prefix(digits);
  return true;
}

// time = hms-time [ non-digit *OCTET ]
bool read_time(std::string_view s, int& hour, int& minute, int& second) {
  int h = 0;
  int m = 0;
  int sec = 0;
  if (!take_number(s, 1, 2, h) || !s.starts_with(':')) return false;
  s.remove_prefix(1);
  if (!take_number(s, 1, 2, m) || !s.starts_with(':')) return false;
  s.remove_prefix(1);
  if (!take_number(s, 1, 2, sec)) return false;
  hour = h;
  minute = m;
  second = sec;
  return true;
}

// month = ( "jan" / "feb" / ... ) *OCTET
bool read_month(std::string_view s, int& month) {
  constexpr std::string_view names = "janfebmaraprmayjunjulaugsepoctnovdec";
  for (int i = 0; i < 12; ++i) {
    if (!ascii::equals_ignoring_case(s.substr(0, 3), names.substr(static_cast<std::size_t>(i) * 3, 3))) continue;
    month = i + 1;
    return true;
  }
  return false;
}

bool read_number(std::string_view s, std::size_t least, std::size_t most, int& out) {
  return take_number(s, least, most, out);
}

}  // namespace

std::optional<std::int64_t> parse_cookie_date(std::string_view s) {
  int hour = -1;
  int minute = 0;
  int second = 0;
  int day = -1;
  int month = -1;
  int year = -1;
  for (std::size_t i = 0; i < s.size();) {
    if (is_date_delimiter(s[i])) {
      ++i;
      continue;
    }
    std::size_t end = i;
    while (end < s.size() && !is_date_delimiter(s[end])) ++end;
    const std::string_view token = s.substr(i, end - i);
    i = end;
    // "Process each date-token sequentially in the order the date-tokens appear in the cookie-date"
    if (hour < 0 && read_time(token, hour, minute, second)) continue;
    if (day < 0 && read_number(token, 1, 2, day)) continue;
    if (month < 0 && read_month(token, month)) continue;
    if (year < 0 && read_number(token, 2, 4, year)) continue;
  }
  if (year >= 70 && year <= 99) year += 1900;
  if (year >= 0 && year <= 69) year += 2000;
  if (hour < 0 || day < 1 || month < 0 || year < 1601 || hour > 23 || minute > 59 || second > 59) return std::nullopt;
  return instant_of(year, month, day, hour, minute, second);
}

std::optional<std::int64_t> parse_cookie_max_age(std::string_view s) {
  constexpr std::int64_t far = std::int64_t{1} << 58;
  const bool negative = s.starts_with('-');
  if (negative) s.remove_prefix(1);
  if (s.empty() || !std::all_of(s.begin(), s.end(), is_digit)) return std::nullopt;
  std::int64_t number = 0;
  for (const char c : s) number = std::min(far, number * 10 + (c - '0'));
  return negative ? -number : number;
}

bool is_ip_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  int dots = 0;
  for (const char c : host) {
    if (c != '.' && !is_digit(c)) return false;
    dots += c == '.' ? 1 : 0;
  }
  return dots == 3;
}

bool domain_matches(std::string_view host, std::string_view domain) {
  if (ascii::equals_ignoring_case(host, domain)) return true;
  // "The last character of the string that is not included in the domain string is a %x2E (".") character. The string is
  // a host name (i.e., not an IP address)."
  return host.size() > domain.size() && !domain.empty() && !is_ip_address(host) &&
         host[host.size() - domain.size() - 1] == '.' &&
         ascii::equals_ignoring_case(host.substr(host.size() - domain.size()), domain);
}

std::vector<std::string_view> cookie_pairs(std::string_view value) {
  std::vector<std::string_view> pairs;
  for (std::size_t begin = 0; begin <= value.size();) {
    const std::size_t end = std::min(value.find(';', begin), value.size());
    pairs.push_back(ascii::trim(value.substr(begin, end - begin)));
    begin = end + 1;
  }
  return pairs;
}

}  // namespace statuslab::syntax
