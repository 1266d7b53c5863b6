// Cookies: draft-ietf-httpbis-rfc6265bis sections 5.7 (Storage Model) and 5.8 (Retrieval Model). There is no list of public
// suffixes here: a domain without a dot takes its place.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "statuslab/registry.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc6265bis.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr Instant second = 1000;

struct Place {
  std::string host;
  std::string path;
  bool secure = false;
};
Place place_of(std::string_view target) {
  const syntax::UriReference parts = syntax::split_uri_reference(target);
  const syntax::HttpUri uri = syntax::make_http_uri(parts.scheme.value_or(""), parts.authority.value_or(""), parts.path, parts.query);
  return {std::string(syntax::host_of(uri.authority)), uri.path, uri.scheme == "https"};
}

// Section 5.1.4: "the characters of the uri-path from the first character up to, but not including, the right-most %x2F".
std::string default_path(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == 0 || slash == std::string::npos ? "/" : path.substr(0, slash);
}

bool path_matches(std::string_view request, std::string_view cookie) {
  if (!request.starts_with(cookie)) return false;
  return request.size() == cookie.size() || cookie.ends_with('/') || request[cookie.size()] == '/';
}

std::string lowered(std::string_view s) {
  std::string text(s);
  std::transform(text.begin(), text.end(), text.begin(), ascii::lower);
  return text;
}

// Same scheme and same registrable domain; without public suffixes, that is the last two labels of a name.
std::string site_of(std::string_view target) {
  const Place place = place_of(target);
  const std::string_view host = place.host;
  const bool is_address = host.empty() || host.back() == ']' || ascii::is_digit(host.back());
  const std::size_t last = is_address ? std::string_view::npos : host.rfind('.');
  const std::size_t before = last == std::string_view::npos || last == 0 ? std::string_view::npos : host.rfind('.', last - 1);
  return (place.secure ? "https://" : "http://") + std::string(before == std::string_view::npos ? host : host.substr(before + 1));
}

bool is_over(const Cookie& cookie, Instant now) { return cookie.expires && *cookie.expires <= now; }

bool goes_to(const Cookie& cookie, const Place& place, Instant now) {
  const bool host = cookie.host_only ? cookie.domain == place.host : syntax::domain_matches(place.host, cookie.domain);
  return host && path_matches(place.path, cookie.path) && (!cookie.secure || place.secure) && !is_over(cookie, now);
}

// "%x00-08 / %x0A-1F / %x7F character (CTL characters excluding HTAB)"
bool has_control(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return (ascii::byte(c) < 0x20 && c != '\t') || c == 0x7F; });
}

bool is_same(const Cookie& a, const Cookie& b) {
  return a.name == b.name && a.domain == b.domain && a.host_only == b.host_only && a.path == b.path;
}

// What a Set-Cookie value describes, before anybody asks whether it may be stored.
Cookie cookie_of(const syntax::SetCookie& set, const Place& place, Instant now) {
  Cookie cookie{.name = std::string(set.name), .value = std::string(set.value), .domain = place.host, .path = default_path(place.path)};
  // "If the cookie-attribute-list contains an attribute with an attribute-name of "Max-Age"" it counts before Expires; both
  // "MUST be reduced to the limit".
  const Instant limit = now + syntax::longest_cookie_age * second;
  if (const auto* age = set.find_max_age()) {
    const std::int64_t seconds = *syntax::parse_cookie_max_age(age->value);
    cookie.expires = seconds <= 0 ? 0 : now + std::min(seconds, syntax::longest_cookie_age) * second;
  } else if (const auto* until = set.find_expires()) {
    cookie.expires = std::min(limit, *syntax::parse_cookie_date(until->value) * second);
  }
  const auto* domain = set.find("domain");
  std::string_view name = domain ? domain->value : std::string_view();
  if (name.starts_with('.')) name.remove_prefix(1);
  // Step 9: of a public suffix that is the host itself nothing is left; of another one, see may_be_stored.
  const bool is_own_suffix = name.find('.') == std::string_view::npos && ascii::equals_ignoring_case(name, place.host);
  if (!name.empty() && !is_own_suffix) {
    cookie.domain = lowered(name);
    cookie.host_only = false;
  }
  if (const auto* path = set.find("path"); path && path->value.starts_with('/')) cookie.path = std::string(path->value);
  cookie.secure = set.has("secure");
  if (const auto* site = set.find("samesite")) cookie.same_site = lowered(site->value);
  return cookie;
}

// Steps 20 to 22.
bool keeps_promise_of_prefix(const Cookie& cookie, const syntax::SetCookie& set) {
  if (cookie.name.empty()) return !ascii::starts_with_ignoring_case(cookie.value, "__secure-") && !ascii::starts_with_ignoring_case(cookie.value, "__host-");
  if (ascii::starts_with_ignoring_case(cookie.name, "__secure-")) return cookie.secure;
  return !ascii::starts_with_ignoring_case(cookie.name, "__host-") || (cookie.secure && cookie.host_only && set.has("path") && cookie.path == "/");
}

// Step 16: what comes over a connection that is not secure does not hide a cookie that is. "The path comparison is not symmetric".
bool overlays_secure(const Cookie& cookie, const std::vector<Cookie>& jar) {
  return std::any_of(jar.begin(), jar.end(), [&](const Cookie& old) {
    return old.secure && old.name == cookie.name && path_matches(cookie.path, old.path) &&
           (syntax::domain_matches(old.domain, cookie.domain) || syntax::domain_matches(cookie.domain, old.domain));
  });
}

// Steps 2 to 22, but for what depends on sites.
bool may_be_stored(const Cookie& cookie, const syntax::SetCookie& set, const Place& place, const std::vector<Cookie>& jar) {
  const std::size_t size = cookie.name.size() + cookie.value.size();
  if (size == 0 || size > syntax::longest_cookie) return false;
  if (!cookie.host_only && (!syntax::domain_matches(place.host, cookie.domain) || cookie.domain.find('.') == std::string::npos)) return false;
  // Step 13: a secure cookie that comes over a connection that is not, is ignored entirely.
  if (!place.secure && (cookie.secure || overlays_secure(cookie, jar))) return false;
  return keeps_promise_of_prefix(cookie, set);
}

}  // namespace

// Programs other than browsers know of no sites.
bool Exchange::is_cross_site() const {
  return is_browser() && site_of(current_.request.target) != site_of(current_.page_origin);
}

void Exchange::add_cookies(http::Request& request) {
  if (!config().cookies || !includes_credentials()) return;
  const Place place = place_of(request.target);
  // Section 5.8.3: across sites only those go whose flag is "None", except "Lax" and "Default" with "a top-level navigation" whose
  // method is "safe".
  const bool across = is_cross_site();
  const MethodInfo* method = find_method(request.method);
  const bool lax = config().mode == Mode::navigate && method && method->safe;
  std::vector<const Cookie*> found;
  for (const Cookie& cookie : client_.cookies_) {
    const bool allowed = !across || cookie.same_site == "none" || (lax && cookie.same_site != "strict");
    if (allowed && goes_to(cookie, place, now_)) found.push_back(&cookie);
  }
  if (found.empty()) return;
  // "Cookies with longer paths are listed before cookies with shorter paths."
  std::stable_sort(found.begin(), found.end(), [](const Cookie* a, const Cookie* b) { return a->path.size() > b->path.size(); });
  std::string text = http::combined(request.fields, "Cookie").value_or("");
  for (const Cookie* cookie : found) {
    if (!text.empty()) text += "; ";
    text += cookie->name.empty() ? cookie->value : cookie->name + "=" + cookie->value;
  }
  decide(cookies_attached, true, {{"Cookie", text}});
  http::set(request.fields, "Cookie", std::move(text));
}

void Exchange::store_cookies(const http::Response& response) {
  if (!config().cookies) return;
  const Place place = place_of(current_.request.target);
  auto& jar = client_.cookies_;
  // "The user agent MUST evict all expired cookies from the cookie store if, at any time, an expired cookie exists".
  jar.erase(std::remove_if(jar.begin(), jar.end(), [&](const Cookie& old) { return is_over(old, now_); }), jar.end());
  for (const http::Field& field : response.fields) {
    if (!http::same_name(field.name, "Set-Cookie")) continue;
    const syntax::SetCookie set = syntax::parse_set_cookie(field.value);
    Cookie cookie = cookie_of(set, place, now_);
    bool stored = !has_control(field.value) && may_be_stored(cookie, set, place, jar);
    // Steps 18 and 19: what comes across sites has to be for all of them, and what is for all of them has to be secure.
    if (is_browser()) {
      const bool for_all = cookie.same_site == "none";
      stored = stored && (!for_all || cookie.secure) && (for_all || config().mode == Mode::navigate || !is_cross_site());
    }
    decide(cookie_stored, stored, {{"Set-Cookie", field.value}});
    if (!stored) continue;
    const bool over = is_over(cookie, now_);
    change(over ? ChangeKind::cookie_removed : ChangeKind::cookie_stored, 0, cookie.name, cookie.value);
    // "Update the creation-time of the newly-created cookie to match the creation-time of the old-cookie": it keeps its place.
    const auto old = std::find_if(jar.begin(), jar.end(), [&](const Cookie& other) { return is_same(other, cookie); });
    if (old == jar.end() && !over) jar.push_back(std::move(cookie));
    else if (old != jar.end() && over) jar.erase(old);
    else if (old != jar.end()) *old = std::move(cookie);
  }
}

}  // namespace statuslab::client
