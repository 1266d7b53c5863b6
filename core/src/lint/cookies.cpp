// Cookies: draft-ietf-httpbis-rfc6265bis. Most of what goes wrong with Set-Cookie goes wrong in silence: the user agent
// drops the cookie or an attribute, and the server learns of it from users who are not logged in.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/cookies.h"
#include "lint/credentials.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc6265bis.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

using ascii::equals_ignoring_case;
using syntax::CookieAttribute;
using syntax::SetCookie;

// One Set-Cookie line.
struct CookieView {
  const SetCookie& cookie;
  const FieldLine& line;
  const MessageView& message;

  [[nodiscard]] std::string_view value() const { return message.value(line); }
  // Where a part of the value stands.
  [[nodiscard]] Span at(std::string_view part) const { return message.span_of(part); }
  // The name, or what there is of the pair, or the field name.
  [[nodiscard]] Span name() const {
    if (!cookie.name.empty()) return at(cookie.name);
    return cookie.pair.empty() ? line.name : at(cookie.pair);
  }
  [[nodiscard]] Edit add(std::string_view attribute) const {
    const bool open = value().ends_with(';');
    std::string text(open ? " " : "; ");
    return {{line.value.end, line.value.end}, text.append(attribute)};
  }
  // With the ";" before it.
  [[nodiscard]] Edit remove(const CookieAttribute& attribute) const {
    const Span span = at(attribute.whole);
    const std::size_t semicolon = value().rfind(';', span.begin - line.value.begin);
    return {{line.value.begin + static_cast<std::uint32_t>(semicolon), span.end}, {}};
  }
};

template <class Function>
void for_each_cookie(const FieldView& field, Function function) {
  if (field.in_trailer()) return;
  const std::vector<SetCookie>& cookies = field.message().set_cookies();
  for (std::size_t i = 0; i < cookies.size(); ++i) function(CookieView{cookies[i], field.line(i), field.message()});
}

// The attribute that counts, of every cookie that has it.
template <class Function>
void for_each_attribute(const FieldView& field, std::string_view name, Function function) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (const CookieAttribute* attribute = view.cookie.find(name)) function(view, *attribute);
  });
}

bool has_value(const SetCookie& cookie, std::string_view name, std::string_view value) {
  const CookieAttribute* attribute = cookie.find(name);
  return attribute != nullptr && equals_ignoring_case(attribute->value, value);
}

// The host the request was sent to, without port; empty where it is not known.
std::string_view request_host(const MessageView& response) {
  const MessageView* request = response.request();
  if (request == nullptr) return {};
  const std::string_view target = request->text((*request)->target);
  if (!target.starts_with('/'))
    if (const auto uri = syntax::parse_uri_with_authority(target)) return syntax::host_of(uri->authority);
  const FieldView host = request->field(FieldId::host);
  // Asked for every cookie, and no host name has more than 255 letters.
  return host.empty() || host.value().size() > 512 ? std::string_view{} : syntax::host_of(host.value());
}

// User agents count these as secure whatever the scheme.
bool is_loopback(std::string_view host) {
  return equals_ignoring_case(host, "localhost") || host.starts_with("127.") || host == "[::1]" ||
         syntax::domain_matches(host, "localhost");
}

bool is_over_plain_http(const MessageView& response) {
  return response.scheme() == Scheme::http && !is_loopback(request_host(response));
}

// "now" as the caller gave it, or as Date says.
std::optional<std::int64_t> time_of(const MessageView& response) {
  if (response.now()) return response.now();
  const FieldView date = response.field(FieldId::date);
  if (date.empty()) return std::nullopt;
  const auto parsed = syntax::parse_http_date(date.value());
  return parsed ? std::optional(parsed->seconds) : std::nullopt;
}

// Seconds until the cookie goes: Max-Age before Expires. Empty for a session cookie and where the time is not known.
std::optional<std::int64_t> lifetime_of(const CookieView& view) {
  if (const CookieAttribute* age = view.cookie.find_max_age()) return syntax::parse_cookie_max_age(age->value);
  const CookieAttribute* expires = view.cookie.find_expires();
  const auto now = time_of(view.message);
  if (expires == nullptr || !now) return std::nullopt;
  const auto instant = syntax::parse_cookie_date(expires->value);
  return instant ? std::optional(*instant - *now) : std::nullopt;
}

bool looks_like_session(const SetCookie& cookie) { return names_session(cookie.name) || is_jwt(cookie.value); }

std::string_view without_leading_dot(std::string_view domain) {
  if (domain.starts_with('.')) domain.remove_prefix(1);
  return domain;
}

// domain-value = <subdomain>: letters, digits and hyphens in labels; "_" is seen in practice.
bool is_domain(std::string_view s) {
  return !s.empty() && !s.ends_with('.') && s.find("..") == std::string_view::npos &&
         std::all_of(s.begin(), s.end(),
                     [](char c) { return ascii::is_alpha(c) || ascii::is_digit(c) || c == '-' || c == '.' || c == '_'; });
}

// A few that everybody knows; the whole list is some 200 KB.
bool is_public_suffix(std::string_view domain) {
  constexpr std::array<std::string_view, 30> suffixes{
      "ac.uk",        "azurewebsites.net", "blogspot.com", "co.in",         "co.jp",     "co.kr",
      "co.nz",        "co.uk",             "co.za",        "com.au",        "com.br",    "com.cn",
      "com.hk",       "com.mx",            "com.sg",       "com.tr",        "com.tw",    "firebaseapp.com",
      "fly.dev",      "github.io",         "gitlab.io",    "gov.uk",        "herokuapp.com", "netlify.app",
      "onrender.com", "org.uk",            "pages.dev",    "vercel.app",    "web.app",   "workers.dev"};
  if (domain.find('.') == std::string_view::npos) return true;
  return is_one_of(domain, suffixes);
}

// Where a second cookie begins behind a comma: "a=1; Path=/, b=2". Empty where there is none. The comma of a date is
// followed by a space and a digit, that of a value by anything but a name, "=" and an attribute.
std::string_view second_cookie(const SetCookie& cookie, std::string_view value) {
  for (const CookieAttribute& attribute : cookie.attributes) {
    const std::size_t equals = attribute.whole.find('=');
    for (std::size_t comma = attribute.whole.find(','); comma != std::string_view::npos;
         comma = attribute.whole.find(',', comma + 1)) {
      const std::string_view rest = attribute.whole.substr(comma + 1);
      const std::size_t sign = rest.find_first_of("=,");
      if (sign == std::string_view::npos) break;
      if (rest[sign] == ',' || !syntax::is_token(ascii::trim(rest.substr(0, sign)))) continue;
      // Only known attributes: in "note=a, b=c" the comma may belong to the value.
      const std::string_view name = ascii::trim(attribute.whole.substr(0, std::min(equals, comma)));
      constexpr std::array<std::string_view, 8> known{"domain", "expires",  "httponly", "max-age",
                                                      "path",   "samesite", "secure",   "partitioned"};
      const bool is_known = is_one_of(name, known);
      if (!is_known) continue;
      const auto begin = static_cast<std::size_t>(rest.data() - value.data());
      return value.substr(begin);
    }
  }
  return {};
}

}  // namespace

// ---- The pair

void check_cookie_without_name(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (view.cookie.name.empty()) report.at(view.name()).with("value", view.cookie.pair);
  });
}

void check_cookie_name_syntax(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::string_view name = view.cookie.name;
    if (!name.empty() && !syntax::is_token(name)) report.at(name).with("name", name);
  });
}

void check_cookie_value_syntax(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::string_view value = view.cookie.value;
    const std::size_t first = syntax::find_non_cookie_octet(value);
    if (view.cookie.name.empty() || first == value.size()) return;
    constexpr std::string_view digits = "0123456789ABCDEF";
    std::string encoded;
    for (const char c : value) {
      if (syntax::is_cookie_octet(c) && c != '%') {
        encoded += c;
        continue;
      }
      encoded += '%';
      encoded += digits[ascii::byte(c) >> 4];
      encoded += digits[ascii::byte(c) & 15];
    }
    const std::string_view bad = value.substr(first, 1);
    report.at(bad)
        .with("name", view.cookie.name)
        .with("byte", bad)
        .fix(0, value, encoded);
  });
}

void check_cookie_too_large(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::size_t size = view.cookie.name.size() + view.cookie.value.size();
    if (size > syntax::longest_cookie) report.at(view.name()).with("name", view.cookie.name).with("size", size);
  });
}

void check_cookie_value_long(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::size_t size = view.cookie.value.size();
    if (size > 128 && size + view.cookie.name.size() <= syntax::longest_cookie)
      report.at(view.name()).with("name", view.cookie.name).with("size", size);
  });
}

void check_cookie_folded(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::string_view second = second_cookie(view.cookie, view.value());
    if (second.empty()) return;
    const std::uint32_t begin = view.at(second).begin;
    const Span comma{begin - 1, begin + static_cast<std::uint32_t>(second.find_first_not_of(" \t"))};
    const Span line = view.line.line;
    // The new line is made of what the first one has around its value: prefix, name, line ending.
    const std::string_view head = view.message.text({view.line.name.begin, view.line.value.begin});
    const std::string_view ending = view.message.text({view.line.value.end, line.end});
    std::string between(ending.empty() ? std::string_view("\r\n") : ending);
    if (view.message->dialect == Dialect::curl) between += "< ";
    report.at({begin - 1, begin}).with("name", view.cookie.name).fix(0, comma, between.append(head));
  });
}

void check_cookie_set_twice(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() > 500) return;
  const std::vector<SetCookie>& cookies = field.message().set_cookies();
  for (std::size_t i = 1; i < cookies.size(); ++i) {
    if (cookies[i].name.empty()) continue;
    const bool repeated = std::any_of(cookies.begin(), cookies.begin() + static_cast<std::ptrdiff_t>(i),
                                      [&](const SetCookie& earlier) { return earlier.name == cookies[i].name; });
    if (repeated) report.at(cookies[i].name).with("name", cookies[i].name);
  }
}

void check_cookies_too_many(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < field.size(); ++i) size += field.value_span(i).size();
  if (field.size() > 50 || size > 8192)
    report.at(field.first().name).with("count", field.size()).with("size", size);
}

// ---- Attributes

namespace {

enum class AttributeKind : std::uint8_t { standard, old, chromium, unknown };

AttributeKind kind_of(std::string_view name) {
  constexpr std::array<std::string_view, 8> standard{"domain", "expires",  "httponly", "max-age",
                                                     "path",   "samesite", "secure",   "partitioned"};
  constexpr std::array<std::string_view, 5> old{"comment", "commenturl", "discard", "port", "version"};
  const auto is_name = [name](std::string_view known) { return equals_ignoring_case(known, name); };
  if (std::any_of(standard.begin(), standard.end(), is_name)) return AttributeKind::standard;
  if (std::any_of(old.begin(), old.end(), is_name)) return AttributeKind::old;
  return equals_ignoring_case(name, "priority") ? AttributeKind::chromium : AttributeKind::unknown;
}

// What differs in hyphens, spaces or one letter: Max_Age, Http-Only, HttpOnlly, Same-Site.
bool is_nearly(std::string_view name, std::string_view right) {
  const auto next = [](std::string_view s, std::size_t& i) -> char {
    while (i < s.size() && !ascii::is_alpha(s[i])) ++i;
    return i < s.size() ? ascii::lower(s[i++]) : '\0';
  };
  // One letter more, less or other: the common front and back cover all but one.
  std::string a;
  std::string b;
  if (name.size() > 32) return false;
  for (std::size_t i = 0; const char c = next(name, i);) a += c;
  for (std::size_t i = 0; const char c = next(right, i);) b += c;
  if (a == b) return true;
  if (a.size() < 4 || a.size() > b.size() + 1 || b.size() > a.size() + 1) return false;
  std::size_t front = 0;
  while (front < a.size() && front < b.size() && a[front] == b[front]) ++front;
  std::size_t back = 0;
  while (back < a.size() - front && back < b.size() - front && a[a.size() - 1 - back] == b[b.size() - 1 - back]) ++back;
  if (std::max(a.size(), b.size()) - front - back <= 1) return true;
  // Two neighbours changed places.
  return a.size() == b.size() && a.size() - front - back == 2 && a[front] == b[front + 1] && a[front + 1] == b[front];
}

constexpr std::array<std::string_view, 8> attribute_names{"Domain", "Expires",  "HttpOnly", "Max-Age",
                                                          "Path",   "SameSite", "Secure",   "Partitioned"};

// "SameSite Lax" and "SameSite:Lax": the name up to what stands where "=" belongs.
std::string_view attribute_without_sign(std::string_view whole) {
  const std::size_t end = whole.find_first_of(" :\t");
  if (end == std::string_view::npos || whole.find('=') != std::string_view::npos) return {};
  const std::string_view name = whole.substr(0, end);
  return kind_of(name) == AttributeKind::standard ? name : std::string_view{};
}

std::string_view meant_attribute(std::string_view name) {
  for (const std::string_view right : attribute_names)
    if (is_nearly(name, right)) return right;
  return {};
}

}  // namespace

void check_cookie_attribute_misspelt(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (!second_cookie(view.cookie, view.value()).empty()) return;
    for (const CookieAttribute& attribute : view.cookie.attributes) {
      if (kind_of(attribute.name) != AttributeKind::unknown) continue;
      if (const std::string_view name = attribute_without_sign(attribute.whole); !name.empty()) {
        std::string right(name);
        std::string_view value = attribute.whole.substr(name.size());
        value.remove_prefix(std::min(value.find_first_not_of(" :\t"), value.size()));
        right.append("=").append(value);
        report.at(attribute.whole)
            .with("name", attribute.whole)
            .with("right", right)
            .fix(0, right);
      } else if (const std::string_view right = meant_attribute(attribute.name); !right.empty()) {
        report.at(attribute.name)
            .with("name", attribute.name)
            .with("right", right)
            .fix(0, right);
      }
    }
  });
}

void check_cookie_attribute_unknown(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (!second_cookie(view.cookie, view.value()).empty()) return;
    for (const CookieAttribute& attribute : view.cookie.attributes) {
      if (kind_of(attribute.name) != AttributeKind::unknown || !attribute_without_sign(attribute.whole).empty() ||
          !meant_attribute(attribute.name).empty())
        continue;
      const std::string_view place = attribute.name.empty() ? attribute.whole : attribute.name;
      report.at(place).with("name", place);
    }
  });
}

void check_cookie_attribute_obsolete(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    for (const CookieAttribute& attribute : view.cookie.attributes)
      if (kind_of(attribute.name) == AttributeKind::old)
        report.at(attribute.name).with("name", attribute.name).fix(0, view.remove(attribute));
  });
}

void check_cookie_priority(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "priority", [&](const CookieView&, const CookieAttribute& attribute) {
    report.at(attribute.whole);
  });
}

void check_cookie_attribute_repeated(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (view.cookie.attributes.size() > 64 || !second_cookie(view.cookie, view.value()).empty()) return;
    for (const CookieAttribute& attribute : view.cookie.attributes) {
      const CookieAttribute* counts = nullptr;
      for (const CookieAttribute& other : view.cookie.attributes)
        if (equals_ignoring_case(other.name, attribute.name)) counts = &other;
      if (counts != nullptr && counts != &attribute)
        report.at(attribute.whole).with("name", attribute.name).fix(0, view.remove(attribute));
    }
  });
}

void check_cookie_attribute_too_long(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    for (const CookieAttribute& attribute : view.cookie.attributes)
      if (attribute.value.size() > syntax::longest_cookie_attribute)
        report.at(attribute.name).with("name", attribute.name).with("size", attribute.value.size());
  });
}

// ---- Lifetime

void check_cookie_expires_not_a_date(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "expires", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (syntax::parse_cookie_date(attribute.value)) return;
    const Span place = view.at(attribute.value.empty() ? attribute.whole : attribute.value);
    Report& finding = report.at(place).with("value", attribute.value);
    if (const auto meant = syntax::parse_foreign_date(attribute.value))
      finding.fix(0, syntax::format_http_date(*meant));
  });
}

void check_cookie_expires_form(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "expires", [&](const CookieView& view, const CookieAttribute& attribute) {
    const auto instant = syntax::parse_cookie_date(attribute.value);
    const auto date = syntax::parse_http_date_of_any_weekday(attribute.value);
    if (!instant || (date && date->form == syntax::DateForm::imf_fixdate)) return;
    if (!second_cookie(view.cookie, view.value()).empty()) return;
    // 9999-12-31T23:59:59Z: what format_http_date can write.
    if (*instant < 0 || *instant > 253402300799) return;
    const std::string right = syntax::format_http_date(*instant);
    report.at(attribute.value)
        .with("value", attribute.value)
        .with("right", right)
        .fix(0, right);
  });
}

void check_cookie_max_age_syntax(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "max-age", [&](const CookieView&, const CookieAttribute& attribute) {
    if (syntax::parse_cookie_max_age(attribute.value)) return;
    Report& finding = report.at(attribute.whole).with("value", attribute.value);
    std::string_view digits = attribute.value;
    while (!digits.empty() && (digits.front() == '"' || digits.front() == '\'' || digits.front() == '+')) digits.remove_prefix(1);
    while (!digits.empty() && (digits.back() == '"' || digits.back() == '\'')) digits.remove_suffix(1);
    if (syntax::parse_cookie_max_age(digits)) finding.fix(0, attribute.value, digits);
  });
}

void check_cookie_lifetime_capped(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const auto lifetime = lifetime_of(view);
    if (!lifetime || *lifetime <= syntax::longest_cookie_age) return;
    const CookieAttribute* age = view.cookie.find_max_age();
    const CookieAttribute* place = age != nullptr ? age : view.cookie.find_expires();
    report.at(place->whole).with("name", view.cookie.name).with("days", static_cast<std::uint64_t>(*lifetime / 86400));
  });
}

void check_cookie_max_age_contradicts_expires(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "max-age", [&](const CookieView& view, const CookieAttribute& attribute) {
    const CookieAttribute* expires = view.cookie.find("expires");
    const auto age = syntax::parse_cookie_max_age(attribute.value);
    const auto now = time_of(view.message);
    if (expires == nullptr || !age || !now) return;
    const auto instant = syntax::parse_cookie_date(expires->value);
    if (!instant) return;
    const std::int64_t by_date = *instant - *now;
    const bool both_gone = *age <= 0 && by_date <= 0;
    const std::int64_t difference = *age > by_date ? *age - by_date : by_date - *age;
    if (both_gone || ((*age <= 0) == (by_date <= 0) && difference <= 86400)) return;
    report.at(expires->whole).with("age", attribute.value).with("expires", expires->value);
  });
}

void check_cookie_deleted_with_value(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const auto lifetime = lifetime_of(view);
    const std::string_view value = view.cookie.value;
    // What frameworks write in place of a value: "deleted" (PHP), "" and so on.
    if (!lifetime || *lifetime > 0 || value.size() < 8 || view.cookie.name.empty()) return;
    report.at(value).with("name", view.cookie.name).fix(0, "");
  });
}

// ---- Scope

void check_cookie_domain_empty(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (attribute.value.empty()) report.at(attribute.whole).fix(0, view.remove(attribute));
  });
}

void check_cookie_domain_leading_dot(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (!attribute.value.starts_with('.') || !is_domain(attribute.value.substr(1))) return;
    const Span dot = view.at(attribute.value.substr(0, 1));
    report.at(dot).with("value", attribute.value).fix(0, "");
  });
}

void check_cookie_domain_syntax(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    const std::string_view domain = without_leading_dot(attribute.value);
    if (attribute.value.empty() || is_domain(domain) || equals_ignoring_case(domain, request_host(view.message))) return;
    Report& finding = report.at(attribute.value).with("value", attribute.value);
    // "https://example.com/", "example.com:8080": the host in it is what was meant.
    std::string_view host = domain;
    if (const std::size_t slashes = host.find("://"); slashes != std::string_view::npos) host.remove_prefix(slashes + 3);
    if (host.starts_with("*.")) host.remove_prefix(2);
    host = syntax::host_of(host.substr(0, std::min(host.find('/'), host.size())));
    const std::string_view own = request_host(view.message);
    if (is_domain(host) && !is_public_suffix(host) && (own.empty() || syntax::domain_matches(own, host)))
      finding.fix(0, attribute.value, host);
  });
}

void check_cookie_domain_public_suffix(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    const std::string_view domain = without_leading_dot(attribute.value);
    if (!is_domain(domain) || !is_public_suffix(domain)) return;
    const std::string_view host = request_host(view.message);
    if (equals_ignoring_case(domain, host) || equals_ignoring_case(domain, "localhost")) return;
    report.at(attribute.value)
        .with("name", view.cookie.name)
        .with("value", attribute.value)
        .fix(0, view.remove(attribute));
  });
}

void check_cookie_domain_mismatch(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    const std::string_view domain = without_leading_dot(attribute.value);
    const std::string_view host = request_host(view.message);
    if (host.empty() || !is_domain(domain) || is_public_suffix(domain) || syntax::domain_matches(host, domain)) return;
    report.at(attribute.value)
        .with("name", view.cookie.name)
        .with("value", attribute.value)
        .with("host", host)
        .fix(0, view.remove(attribute));
  });
}

void check_cookie_path_relative(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "path", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (attribute.value.starts_with('/') || ascii::starts_with_ignoring_case(view.cookie.name, "__host-")) return;
    std::string right("Path=/");
    if (!attribute.value.empty() && attribute.value.find(':') == std::string_view::npos) right.append(attribute.value);
    report.at(attribute.whole)
        .with("value", attribute.value)
        .with("right", right)
        .fix(0, right);
  });
}

// ---- Secure, SameSite, prefixes

void check_cookie_secure_over_http(const FieldView& field, Reporter& report) {
  if (!is_over_plain_http(field.message())) return;
  for_each_attribute(field, "secure", [&](const CookieView& view, const CookieAttribute& attribute) {
    report.at(attribute.whole).with("name", view.cookie.name);
  });
}

namespace {

bool has_secure_prefix(const SetCookie& cookie) {
  return ascii::starts_with_ignoring_case(cookie.name, "__secure-") || ascii::starts_with_ignoring_case(cookie.name, "__host-") ||
         ascii::starts_with_ignoring_case(cookie.name, "__http-");
}

// Over plain http Secure would help nothing.
void offer_secure(const CookieView& view, Report& finding) {
  if (!is_over_plain_http(view.message)) finding.fix(0, view.add("Secure"));
}

}  // namespace

void check_cookie_samesite_none_without_secure(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "samesite", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (!equals_ignoring_case(attribute.value, "none") || view.cookie.has("secure") || has_secure_prefix(view.cookie)) return;
    Report& finding = report.at(attribute.whole).with("name", view.cookie.name);
    offer_secure(view, finding);
  });
}

void check_cookie_partitioned_without_secure(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "partitioned", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (view.cookie.has("secure") || has_secure_prefix(view.cookie) || has_value(view.cookie, "samesite", "none")) return;
    Report& finding = report.at(attribute.whole).with("name", view.cookie.name);
    offer_secure(view, finding);
  });
}

void check_cookie_samesite_unknown(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "samesite", [&](const CookieView&, const CookieAttribute& attribute) {
    for (const std::string_view known : {"strict", "lax", "none"})
      if (equals_ignoring_case(attribute.value, known)) return;
    // "SameSite Lax" is told as a misspelt attribute.
    if (!attribute_without_sign(attribute.whole).empty()) return;
    report.at(attribute.whole)
        .with("value", attribute.value)
        .fix(0, "SameSite=Lax");
  });
}

void check_cookie_prefix_without_secure(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (!has_secure_prefix(view.cookie) || view.cookie.has("secure")) return;
    Report& finding = report.at(view.name()).with("name", view.cookie.name);
    offer_secure(view, finding);
  });
}

void check_cookie_host_prefix_with_domain(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "domain", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (!ascii::starts_with_ignoring_case(view.cookie.name, "__host-") || attribute.value.empty()) return;
    report.at(attribute.whole).with("name", view.cookie.name).fix(0, view.remove(attribute));
  });
}

void check_cookie_host_prefix_without_path(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (!ascii::starts_with_ignoring_case(view.cookie.name, "__host-") || has_value(view.cookie, "path", "/")) return;
    const CookieAttribute* path = view.cookie.find("path");
    report.at(path != nullptr ? view.at(path->whole) : view.name())
        .with("name", view.cookie.name)
        .fix(0, path != nullptr ? replace(view.at(path->whole), "Path=/") : view.add("Path=/"));
  });
}

void check_cookie_http_prefix_without_httponly(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const std::string_view name = view.cookie.name;
    if (!ascii::starts_with_ignoring_case(name, "__http-") && !ascii::starts_with_ignoring_case(name, "__host-http-")) return;
    if (!view.cookie.has("httponly")) report.at(name).with("name", name).fix(0, view.add("HttpOnly"));
  });
}

void check_cookie_prefix_case(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    for (const std::string_view prefix : {"__Secure-", "__Host-Http-", "__Host-", "__Http-"}) {
      const std::string_view name = view.cookie.name;
      if (!ascii::starts_with_ignoring_case(name, prefix)) continue;
      if (!name.starts_with(prefix)) report.at(name.substr(0, prefix.size())).with("name", name).with("prefix", prefix);
      return;
    }
  });
}

void check_cookie_session_without_secure(const FieldView& field, Reporter& report) {
  // "When using cookies over a secure channel, servers SHOULD set the Secure attribute"
  if (field.message().scheme() != Scheme::https) return;
  for_each_cookie(field, [&](const CookieView& view) {
    if (!looks_like_session(view.cookie) || view.cookie.has("secure") || has_secure_prefix(view.cookie)) return;
    if (has_value(view.cookie, "samesite", "none") || view.cookie.has("partitioned") || is_loopback(request_host(view.message))) return;
    if (const auto lifetime = lifetime_of(view); lifetime && *lifetime <= 0) return;
    report.at(view.name()).with("name", view.cookie.name).fix(0, view.add("Secure"));
  });
}

void check_cookie_session_without_httponly(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (!looks_like_session(view.cookie) || view.cookie.has("httponly")) return;
    if (ascii::starts_with_ignoring_case(view.cookie.name, "__http-") || ascii::starts_with_ignoring_case(view.cookie.name, "__host-http-")) return;
    if (const auto lifetime = lifetime_of(view); lifetime && *lifetime <= 0) return;
    report.at(view.name()).with("name", view.cookie.name).fix(0, view.add("HttpOnly"));
  });
}

void check_cookie_without_samesite(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    if (view.cookie.has("samesite") || view.cookie.name.empty()) return;
    for (const CookieAttribute& attribute : view.cookie.attributes)
      if (is_nearly(attribute.name, "SameSite") || !attribute_without_sign(attribute.whole).empty()) return;
    if (const auto lifetime = lifetime_of(view); lifetime && *lifetime <= 0) return;
    report.at(view.name()).with("name", view.cookie.name).fix(0, view.add("SameSite=Lax"));
  });
}

void check_cookie_third_party(const FieldView& field, Reporter& report) {
  for_each_attribute(field, "samesite", [&](const CookieView& view, const CookieAttribute& attribute) {
    if (equals_ignoring_case(attribute.value, "none") && view.cookie.has("secure") && !view.cookie.has("partitioned"))
      report.at(attribute.whole).with("name", view.cookie.name);
  });
}

void check_cookie_hardened(const FieldView& field, Reporter& report) {
  for_each_cookie(field, [&](const CookieView& view) {
    const bool same_site = has_value(view.cookie, "samesite", "lax") || has_value(view.cookie, "samesite", "strict");
    if (same_site && view.cookie.has("secure") && view.cookie.has("httponly"))
      report.at(view.name()).with("name", view.cookie.name);
  });
}

// ---- The response around it

void check_cookie_in_304(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::set_cookie);
  if (!field.empty()) report.at(field.first());
}

void check_cookie_in_shared_cache(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const FieldView control = response.field(FieldId::cache_control);
  if (field.in_trailer() || control.empty()) return;
  if (!response.method().empty() && response.method() != "GET" && response.method() != "HEAD") return;
  std::string_view shared;
  for (const std::string_view directive : control.members()) {
    const std::string_view name = ascii::trim(directive.substr(0, directive.find('=')));
    for (const std::string_view forbids : {"private", "no-store", "no-cache"})
      if (equals_ignoring_case(name, forbids)) return;
    const std::string_view argument = directive.substr(std::min(directive.size(), name.size() + 1));
    const bool zero = argument == "0" || argument == "\"0\"";
    if (equals_ignoring_case(name, "public") || (equals_ignoring_case(name, "s-maxage") && !zero)) shared = directive;
    if (!equals_ignoring_case(name, "max-age")) continue;
    if (zero) return;
    if (shared.empty()) shared = directive;
  }
  if (!shared.empty()) report.at(field.first().name).with("directive", shared);
}

// ---- Cookie

void check_cookie_field_syntax(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    for (const std::string_view pair : syntax::cookie_pairs(field.value(i))) {
      const std::size_t equals = pair.find('=');
      // A pair without a name is what user agents send of a cookie without one.
      if (pair.empty() || equals == std::string_view::npos || equals == 0) continue;
      const std::string_view name = pair.substr(0, equals);
      if (name != ascii::trim(name) || !syntax::is_token(name)) report.at(pair).with("value", pair);
    }
  }
}

void check_cookie_field_with_attributes(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 4> with_value{"path", "domain", "expires", "samesite"};
  for (std::size_t i = 0; i < field.size(); ++i) {
    for (const std::string_view pair : syntax::cookie_pairs(field.value(i))) {
      const std::string_view name = ascii::trim(pair.substr(0, pair.find('=')));
      const bool bare = name.size() == pair.size();
      const bool is_attribute =
          bare ? equals_ignoring_case(name, "httponly") || equals_ignoring_case(name, "secure")
               : is_one_of(name, with_value);
      if (!is_attribute) continue;
      report.at(pair).with("value", pair);
      return;
    }
  }
}

}  // namespace statuslab::lint::checks
