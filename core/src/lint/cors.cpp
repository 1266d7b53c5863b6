// The CORS protocol and what goes with it: Fetch Standard. An answer is judged against the request it answers, since the
// same fields are right for one origin and wrong for another.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "checks/cors.h"
#include "lint/reporter.h"
#include "syntax/fetch_cors.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

using ascii::equals_ignoring_case;

std::string_view value_of(const MessageView& message, FieldId id) {
  const FieldView field = message.field(id);
  return field.empty() ? std::string_view{} : field.value();
}

// "A CORS-preflight request is a CORS request that checks to see if the CORS protocol is understood. It uses `OPTIONS` as
// method and includes the following header: `Access-Control-Request-Method`"
bool is_preflight(const MessageView& request) {
  return request.method() == "OPTIONS" && request.has(FieldId::origin) &&
         request.has(FieldId::access_control_request_method);
}

// The Origin of the request that a response answers; empty where that is not known.
std::string_view request_origin(const MessageView& response) {
  return response.request() == nullptr ? std::string_view{} : value_of(*response.request(), FieldId::origin);
}

bool allows_credentials(const MessageView& response) {
  return value_of(response, FieldId::access_control_allow_credentials) == "true";
}

bool is_ok(const MessageView& response) { return response->status >= 200 && response->status <= 299; }

// The request goes to another origin than that of the page it comes from; false where that cannot be told.
bool is_cross_origin(const MessageView& request) {
  const std::string_view site = value_of(request, FieldId::sec_fetch_site);
  if (!site.empty()) return site == "cross-site" || site == "same-site";
  const std::string_view origin = value_of(request, FieldId::origin);
  const auto parts = syntax::parse_uri_with_authority(origin);
  if (!parts) return false;
  std::string_view authority = value_of(request, FieldId::host);
  if (const auto target = syntax::parse_uri_with_authority(request.text(request->target))) authority = target->authority;
  if (authority.empty()) return false;
  if (!equals_ignoring_case(syntax::host_of(parts->authority), syntax::host_of(authority))) return true;
  if (request.scheme() == Scheme::unknown) return false;
  std::string here(request.scheme() == Scheme::http ? "http://" : "https://");
  const auto own = syntax::origin_of(here.append(authority));
  return own && *own != origin;
}

// A fetch in mode "cors", not a navigation, a form or a WebSocket handshake, which carry Origin as well.
bool is_cors_request(const MessageView& request) {
  if (!is_cross_origin(request) || request.has(FieldId::upgrade)) return false;
  const std::string_view mode = value_of(request, FieldId::sec_fetch_mode);
  return mode.empty() ? request.method() != "POST" : mode == "cors";
}

// Adds Origin to Vary.
std::vector<Edit> vary_on_origin(const MessageView& response, std::vector<Edit> edits) {
  const FieldView vary = response.field(FieldId::vary);
  if (vary.empty()) {
    edits.push_back(add_field(response, "Vary", "Origin"));
  } else if (!vary.lists("Origin") && !vary.lists("*")) {
    const std::uint32_t end = vary.last().value.end;
    edits.push_back({{end, end}, vary.last().value.empty() ? "Origin" : ", Origin"});
  }
  return edits;
}

// Access-Control-Allow-Origin becomes the request's origin, and caches are told.
std::vector<Edit> allow_origin(const FieldView& field, std::string_view origin) {
  std::vector<Edit> edits;
  edits.push_back(replace(field.value_span(), origin));
  return vary_on_origin(field.message(), std::move(edits));
}

bool is_list(std::string_view s) { return s.find_first_of(", \t") != std::string_view::npos; }

// One line, one value that can be an origin.
bool is_single(const FieldView& field) { return !field.in_trailer() && field.size() == 1 && !field.value().empty(); }

}  // namespace

// ---- Requests

void check_origin_list(const FieldView& field, Reporter& report) {
  if (is_single(field) && is_list(field.value())) report.at(field).with("value", field.value());
}

void check_origin_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (field.size() != 1 || is_list(value) || value == "null" || syntax::is_serialized_origin(value)) return;
  Report& finding = report.at(value.empty() ? field.first().name : field.value_span()).with("value", value);
  if (const auto right = syntax::origin_of(value)) finding.fix(0, field.value_span(), *right);
}

void check_cors_request_fields_on_other_method(const MessageView& request, Reporter& report) {
  if (request.method() == "OPTIONS") return;
  for (const FieldId id : {FieldId::access_control_request_method, FieldId::access_control_request_headers}) {
    const FieldView field = request.field(id);
    if (field.empty()) continue;
    report.at(field.first().name).with("field", field.name()).with("method", request.method());
    return;
  }
}

void check_cors_preflight_without_origin(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  if (request.method() == "OPTIONS" && !request.has(FieldId::origin)) report.at(field.first().name);
}

void check_cors_request_headers_without_method(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  if (request.method() == "OPTIONS" && !request.has(FieldId::access_control_request_method)) report.at(field.first().name);
}

void check_sec_fetch_value(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 4> sites{"cross-site", "same-origin", "same-site", "none"};
  constexpr std::array<std::string_view, 6> modes{"cors", "navigate", "no-cors", "same-origin", "websocket", "webtransport"};
  constexpr std::array<std::string_view, 24> destinations{
      "audio",  "audioworklet", "document", "embed",         "empty",        "fencedframe", "font",     "frame",
      "iframe", "image",        "json",     "manifest",      "object",       "paintworklet", "report",  "script",
      "serviceworker", "sharedworker", "style", "text", "track", "video", "worker", "xslt"};
  const auto is_in = [&](const auto& values) { return std::find(values.begin(), values.end(), field.value()) != values.end(); };
  const bool known = field.id() == FieldId::sec_fetch_site   ? is_in(sites)
                     : field.id() == FieldId::sec_fetch_mode ? is_in(modes)
                     : field.id() == FieldId::sec_fetch_dest ? is_in(destinations) || field.value() == "webidentity"
                                                             : field.value() == "?1";
  if (known || field.size() != 1) return;
  report.at(field.value().empty() ? field.first().name : field.value_span())
      .with("field", field.name())
      .with("value", field.value());
}

// ---- Access-Control-Allow-Origin

void check_cors_allow_origin_list(const FieldView& field, Reporter& report) {
  if (!is_single(field) || !is_list(field.value())) return;
  Report& finding = report.at(field).with("value", field.value());
  const std::string_view origin = request_origin(field.message());
  if (syntax::is_serialized_origin(origin) && field.value().find(origin) != std::string_view::npos)
    finding.fix(0, allow_origin(field, origin));
}

void check_cors_allow_origin_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (!is_single(field) || is_list(value) || value == "*" || value == "null" || syntax::is_serialized_origin(value)) return;
  Report& finding = report.at(field).with("value", value);
  if (const auto right = syntax::origin_of(value)) finding.fix(0, allow_origin(field, *right));
}

namespace {

// "http://example.com" for "https://example.com", "https://www.example.com" for "https://example.com".
bool is_near_origin(std::string_view a, std::string_view b) {
  const auto first = syntax::parse_uri_with_authority(a);
  const auto second = syntax::parse_uri_with_authority(b);
  if (!first || !second) return false;
  std::string_view host = syntax::host_of(first->authority);
  std::string_view other = syntax::host_of(second->authority);
  for (std::string_view* name : {&host, &other})
    if (name->starts_with("www.")) name->remove_prefix(4);
  return host == other;
}

bool is_mismatch(const FieldView& field, std::string_view origin) {
  const std::string_view value = field.value();
  return is_single(field) && syntax::is_serialized_origin(origin) && syntax::is_serialized_origin(value) && value != origin &&
         is_cross_origin(*field.message().request());
}

}  // namespace

void check_cors_allow_origin_mismatch(const FieldView& field, Reporter& report) {
  const std::string_view origin = request_origin(field.message());
  if (!is_mismatch(field, origin) || is_near_origin(field.value(), origin)) return;
  report.at(field).with("value", field.value()).with("origin", origin).fix(0, allow_origin(field, origin));
}

void check_cors_allow_origin_nearly(const FieldView& field, Reporter& report) {
  const std::string_view origin = request_origin(field.message());
  if (!is_mismatch(field, origin) || !is_near_origin(field.value(), origin)) return;
  report.at(field).with("value", field.value()).with("origin", origin).fix(0, allow_origin(field, origin));
}

void check_cors_allow_origin_null(const FieldView& field, Reporter& report) {
  if (is_single(field) && field.value() == "null") report.at(field);
}

void check_cors_shared_with_everyone(const FieldView& field, Reporter& report) {
  if (is_single(field) && field.value() == "*" && !allows_credentials(field.message())) report.at(field);
}

void check_cors_shared_with_origin(const FieldView& field, Reporter& report) {
  const std::string_view origin = request_origin(field.message());
  if (is_single(field) && !origin.empty() && field.value() == origin) report.at(field).with("origin", origin);
}

void check_cors_origin_without_vary(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const std::string_view origin = request_origin(response);
  const FieldView vary = response.field(FieldId::vary);
  if (!is_single(field) || origin.empty() || origin == "null" || field.value() != origin) return;
  if (response.method() != "GET" && response.method() != "HEAD") return;
  if (vary.lists("Origin") || vary.lists("*") || response.field(FieldId::cache_control).lists("no-store")) return;
  report.at(field).with("origin", origin).fix(0, vary_on_origin(response, {}));
}

// ---- Credentials

void check_cors_credentials_with_wildcard(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (!is_single(field) || field.value() != "*" || !allows_credentials(response)) return;
  Report& finding = report.at(field);
  const std::string_view origin = request_origin(response);
  if (syntax::is_serialized_origin(origin)) finding.fix(0, allow_origin(field, origin));
  // A request with cookies would then be refused for another reason.
  if (response.request() == nullptr || !response.request()->has(FieldId::cookie))
    finding.remove(1, response.field(FieldId::access_control_allow_credentials));
}

void check_cors_allow_credentials_value(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1 || field.value() == "true") return;
  Report& finding = report.at(field.value().empty() ? field.first().name : field.value_span()).with("value", field.value());
  if (equals_ignoring_case(field.value(), "true"))
    finding.fix(0, field.value_span(), "true");
  else
    finding.remove(1, field);
}

// Cookies go to another origin only in credentials mode "include".
void check_cors_cookies_not_allowed(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView allowed = response.field(FieldId::access_control_allow_origin);
  if (allowed.empty() || !exchange.request.has(FieldId::cookie) || !is_cors_request(exchange.request)) return;
  const std::string_view origin = request_origin(response);
  const bool wildcard = allowed.value() == "*";
  if (allows_credentials(response) || (!wildcard && allowed.value() != origin)) return;
  // A null origin or a malformed Allow-Credentials has its own rule.
  if (response.has(FieldId::access_control_allow_credentials) || !syntax::is_serialized_origin(origin)) return;
  std::vector<Edit> edits = wildcard ? allow_origin(allowed, origin) : std::vector<Edit>{};
  edits.push_back(add_field(response, "Access-Control-Allow-Credentials", "true"));
  report.at(allowed).with("origin", origin).fix(0, std::move(edits));
}

void check_cors_wildcard_taken_literally(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || !allows_credentials(response) || value_of(response, FieldId::access_control_allow_origin) == "*") return;
  if (const std::string_view star = field.find_member("*"); !star.empty()) report.at(star).with("field", field.name());
}

// ---- Lists of methods and names

void check_cors_list_syntax(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view text : field.members()) {
    if (text.empty() || syntax::is_token(text)) continue;
    report.at(text).with("field", field.name()).with("value", text);
    return;
  }
}

void check_cors_method_lowercase(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || (response.request() != nullptr && is_preflight(*response.request()))) return;
  for (const std::string_view text : field.members()) {
    for (const std::string_view method : {"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"})
      if (text != method && equals_ignoring_case(text, method))
        report.at(text).with("value", text).with("right", method).fix(0, method);
  }
}

void check_cors_forbidden_name(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view text : field.members()) {
    const bool forbidden = field.id() == FieldId::access_control_allow_methods   ? syntax::is_forbidden_method(text)
                           : field.id() == FieldId::access_control_allow_headers ? syntax::is_forbidden_request_header(text)
                                                                                 : syntax::is_forbidden_response_header(text);
    if (forbidden) report.at(text).with("field", field.name()).with("name", text);
  }
}

void check_cors_expose_safelisted(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view member : field.members())
    if (syntax::is_safelisted_response_header(member))
      report.at(member).with("name", member);
}

void check_cors_max_age_syntax(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1 || syntax::parse_decimal(field.value())) return;
  const std::string_view value = field.value();
  if (!value.empty() && std::all_of(value.begin(), value.end(), ascii::is_digit)) return;
  Report& finding = report.at(value.empty() ? field.first().name : field.value_span()).with("value", value);
  // "-1" means: do not keep it.
  if (value.starts_with('-') && syntax::parse_decimal(value.substr(1))) finding.fix(0, field.value_span(), "0");
}

void check_cors_max_age_capped(const FieldView& field, Reporter& report) {
  constexpr std::uint64_t chromium = 7200;
  if (field.in_trailer() || field.size() != 1) return;
  const auto seconds = syntax::parse_decimal(field.value());
  if (seconds && *seconds > chromium) report.at(field).with("value", field.value());
}

void check_cors_preflight_only_fields(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || request->method() == "OPTIONS") return;
  for (const FieldId id : {FieldId::access_control_allow_methods, FieldId::access_control_allow_headers,
                           FieldId::access_control_max_age}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    report.at(field.first().name).with("field", field.name()).with("method", request->method());
    return;
  }
}

// ---- Preflights

namespace {

// The first of the fields that only make sense beside Access-Control-Allow-Origin; FieldId::unknown where there is none.
FieldId other_cors_field(const MessageView& response) {
  for (const FieldId id : {FieldId::access_control_allow_methods, FieldId::access_control_allow_headers,
                           FieldId::access_control_max_age, FieldId::access_control_allow_credentials})
    if (response.has(id)) return id;
  return FieldId::unknown;
}

// "If server developers wish to denote this explicitly, the 403 status can be used, coupled with omitting the relevant
// headers." What has the fields was meant to allow; a redirect and a challenge are never meant for a preflight.
bool is_meant_to_pass(const MessageView& response) {
  return response.has(FieldId::access_control_allow_origin) || response->status / 100 == 3 || response->status == 401;
}

// The origin may read the answer, so that what is wrong with the rest matters.
bool passes_cors_check(const ExchangeView& exchange) {
  const std::string_view allowed = value_of(exchange.response, FieldId::access_control_allow_origin);
  return allowed == "*" || (!allowed.empty() && allowed == value_of(exchange.request, FieldId::origin));
}

bool is_answered_preflight(const ExchangeView& exchange) {
  return is_preflight(exchange.request) && is_ok(exchange.response) && passes_cors_check(exchange);
}

// Adds a member to a list field, or the field.
Edit add_member(const MessageView& response, FieldId id, std::string_view member) {
  const FieldView field = response.field(id);
  if (field.empty()) return add_field(response, field_info(id).name, member);
  const std::uint32_t end = field.last().value.end;
  std::string text(field.last().value.empty() ? "" : ", ");
  return {{end, end}, text.append(member)};
}

// Where to point: the field that lacks something, or the status code where there is no such field.
Span place_of(const MessageView& response, FieldId id) {
  const FieldView field = response.field(id);
  if (field.empty()) return response.anchor();
  return field.first().value.empty() ? field.first().name : field.value_span();
}

}  // namespace

void check_cors_preflight_status(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (is_preflight(exchange.request) && !is_ok(response) && is_meant_to_pass(response))
    report.at(response).with("status", response->status);
}

void check_cors_preflight_without_allow_origin(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (!is_preflight(exchange.request) || !is_ok(response) || response.has(FieldId::access_control_allow_origin)) return;
  const FieldId id = other_cors_field(response);
  if (id == FieldId::unknown) return;
  const FieldView field = response.field(id);
  const std::string_view origin = value_of(exchange.request, FieldId::origin);
  Report& finding = report.at(field.first().name).with("field", field.name()).with("origin", origin);
  std::vector<Edit> edits;
  edits.push_back(add_field(response, "Access-Control-Allow-Origin", origin));
  if (syntax::is_serialized_origin(origin)) finding.fix(0, vary_on_origin(response, std::move(edits)));
}

void check_cors_preflight_method_refused(const ExchangeView& exchange, Reporter& report) {
  if (!is_answered_preflight(exchange)) return;
  const MessageView& response = exchange.response;
  const std::string_view method = value_of(exchange.request, FieldId::access_control_request_method);
  if (method.empty() || !syntax::is_token(method) || syntax::is_cors_safelisted_method(method)) return;
  const FieldView allowed = response.field(FieldId::access_control_allow_methods);
  std::string_view other_case;
  for (const std::string_view text : allowed.members()) {
    if (text == method || text == "*") return;
    if (equals_ignoring_case(text, method)) other_case = text;
  }
  const Span place = response.span_of(other_case);
  report.at(other_case.empty() ? place_of(response, FieldId::access_control_allow_methods) : place)
      .with("method", method)
      .fix(0, other_case.empty() ? add_member(response, FieldId::access_control_allow_methods, method)
                                 : replace(place, method));
}

void check_cors_preflight_header_refused(const ExchangeView& exchange, Reporter& report) {
  if (!is_answered_preflight(exchange)) return;
  const MessageView& response = exchange.response;
  const FieldView wanted = exchange.request.field(FieldId::access_control_request_headers);
  const std::vector<std::string_view>& allowed = response.field(FieldId::access_control_allow_headers).members();
  const auto lists = [&](std::string_view name) {
    return std::any_of(allowed.begin(), allowed.end(), [&](std::string_view m) { return equals_ignoring_case(m, name); });
  };
  const bool any = lists("*");
  std::string missing;
  std::size_t asked = 0;
  for (const std::string_view name : wanted.members()) {
    // "A CORS non-wildcard request-header name is a header name that is a byte-case-insensitive match for `Authorization`."
    if (++asked > 100 || !syntax::is_token(name) || lists(name) || (any && !equals_ignoring_case(name, "authorization")))
      continue;
    missing.append(missing.empty() ? "" : ", ").append(name);
  }
  if (missing.empty()) return;
  report.at(place_of(response, FieldId::access_control_allow_headers))
      .with("name", missing)
      .fix(0, add_member(response, FieldId::access_control_allow_headers, missing));
}

void check_cors_private_network(const ExchangeView& exchange, Reporter& report) {
  if (!is_preflight(exchange.request)) return;
  if (value_of(exchange.request, FieldId::access_control_request_private_network) != "true") return;
  if (value_of(exchange.response, FieldId::access_control_allow_private_network) == "true" || !is_ok(exchange.response)) return;
  report.at(place_of(exchange.response, FieldId::access_control_allow_private_network));
}

void check_cors_preflight_passes(const ExchangeView& exchange, Reporter& report) {
  if (is_answered_preflight(exchange))
    report.at(exchange.response)
        .with("origin", value_of(exchange.request, FieldId::origin))
        .with("method", value_of(exchange.request, FieldId::access_control_request_method));
}

void check_cors_preflight(const FieldView& field, Reporter& report) {
  if (is_preflight(field.message())) report.at(field).with("method", field.value());
}

// ---- Answers without CORS

void check_cors_not_shared(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (!exchange.request.has(FieldId::origin) || response.has(FieldId::access_control_allow_origin)) return;
  if (response->status == 304 || !is_cors_request(exchange.request)) return;
  // Those preflights have rules of their own.
  const bool told = is_ok(response) ? other_cors_field(response) != FieldId::unknown : is_meant_to_pass(response);
  if (is_preflight(exchange.request) && told) return;
  report.at(response).with("origin", value_of(exchange.request, FieldId::origin));
}

void check_corp_blocks_load(const FieldView& field, Reporter& report) {
  const MessageView* request = field.message().request();
  if (request == nullptr || !is_single(field)) return;
  const std::string_view site = value_of(*request, FieldId::sec_fetch_site);
  // The check is made for responses to requests in mode "no-cors"; a page in a frame has other rules.
  if (value_of(*request, FieldId::sec_fetch_mode) != "no-cors") return;
  const bool blocked = (field.value() == "same-origin" && (site == "cross-site" || site == "same-site")) ||
                       (field.value() == "same-site" && site == "cross-site");
  if (blocked) report.at(field).with("value", field.value()).with("site", site);
}

void check_cross_site_change_accepted(const ExchangeView& exchange, Reporter& report) {
  const FieldView site = exchange.request.field(FieldId::sec_fetch_site);
  if (site.empty() || site.value() != "cross-site") return;
  const std::string_view mode = value_of(exchange.request, FieldId::sec_fetch_mode);
  const MethodInfo* method = find_method(exchange.request.method());
  if (method == nullptr || method->safe || (mode != "navigate" && mode != "no-cors")) return;
  if (exchange.response->status >= 400 || !exchange.request.has(FieldId::cookie)) return;
  report.at(exchange.request, site.value_span()).with("method", exchange.request.method()).with("status", exchange.response->status);
}

}  // namespace statuslab::lint::checks
