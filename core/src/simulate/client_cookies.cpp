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

bool goes_to(const Cookie& cookie, const Place& place, Instant now) {
  const bool host = cookie.host_only ? cookie.domain == place.host : syntax::domain_matches(place.host, cookie.domain);
  return host && path_matches(place.path, cookie.path) && (!cookie.secure || place.secure) && (!cookie.expires || *cookie.expires > now);
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
  for (const http::Field& field : response.fields) {
    if (!http::same_name(field.name, "Set-Cookie")) continue;
    const syntax::SetCookie set = syntax::parse_set_cookie(field.value);
    Cookie cookie{.name = std::string(set.name), .value = std::string(set.value), .domain = place.host, .path = default_path(place.path)};
    const auto* domain = set.find("domain");
    bool stored = set.name.size() + set.value.size() != 0 && set.name.size() + set.value.size() <= syntax::longest_cookie;
    if (domain && !domain->value.empty()) {
      std::string_view name = domain->value;
      if (name.starts_with('.')) name.remove_prefix(1);
      cookie.domain = lowered(name);
      cookie.host_only = false;
      stored = stored && syntax::domain_matches(place.host, cookie.domain) && (cookie.domain == place.host || cookie.domain.find('.') != std::string::npos);
    }
    if (const auto* path = set.find("path"); path && path->value.starts_with('/')) cookie.path = std::string(path->value);
    cookie.secure = set.has("secure");
    // Section 5.7, step 13: a secure cookie that comes over a connection that is not, is ignored entirely.
    stored = stored && (!cookie.secure || place.secure);
    // Steps 18 and 19: what comes across sites has to be for all of them, and what is for all of them has to be secure.
    const auto* site = set.find("samesite");
    cookie.same_site = site ? lowered(site->value) : std::string();
    if (is_browser()) {
      const bool for_all = cookie.same_site == "none";
      stored = stored && (!for_all || cookie.secure) && (for_all || config().mode == Mode::navigate || !is_cross_site());
    }
    // "If the cookie has an attribute with an attribute-name of "Max-Age"" it counts before Expires.
    const auto* age = set.find("max-age");
    const auto* until = set.find("expires");
    if (const auto seconds = age ? syntax::parse_cookie_max_age(age->value) : std::nullopt)
      cookie.expires = *seconds <= 0 ? 0 : now_ + std::min(*seconds, syntax::longest_cookie_age) * second;
    else if (const auto date = until ? syntax::parse_cookie_date(until->value) : std::nullopt)
      cookie.expires = *date * second;

    decide(cookie_stored, stored, {{"Set-Cookie", field.value}});
    if (!stored) continue;
    auto& jar = client_.cookies_;
    jar.erase(std::remove_if(jar.begin(), jar.end(), [&](const Cookie& old) { return old.name == cookie.name && old.domain == cookie.domain && old.path == cookie.path; }),
              jar.end());
    const bool over = cookie.expires && *cookie.expires <= now_;
    change(over ? ChangeKind::cookie_removed : ChangeKind::cookie_stored, 0, cookie.name, cookie.value);
    if (!over) jar.push_back(std::move(cookie));
  }
}

}  // namespace statuslab::client
