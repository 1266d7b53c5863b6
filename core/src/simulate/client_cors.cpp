// The CORS protocol as a client carries it out: Fetch Standard, main fetch, CORS-preflight fetch and CORS check.
#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "syntax/fetch_cors.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr Instant second = 1000;

std::string lowered(std::string_view s) {
  std::string text(s);
  std::transform(text.begin(), text.end(), text.begin(), ascii::lower);
  return text;
}

// "CORS-unsafe request-header names" of the fields that the page set, in lower case, sorted, each once.
std::vector<std::string> unsafe_names(const http::Fields& fields) {
  std::vector<std::string> names;
  std::vector<std::string> safelisted;
  std::size_t safelisted_size = 0;
  for (const http::Field& field : fields) {
    if (syntax::is_forbidden_request_header(field.name)) continue;
    const bool is_safe = syntax::is_cors_safelisted_request_header(field.name, field.value);
    (is_safe ? safelisted : names).push_back(lowered(field.name));
    if (is_safe) safelisted_size += field.value.size();
  }
  // "If safelistValueSize is greater than 1024", those that would be fine one by one are not.
  constexpr std::size_t most = 1024;
  if (safelisted_size > most) names.insert(names.end(), safelisted.begin(), safelisted.end());
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

bool contains(const std::vector<std::string>& list, std::string_view wanted) {
  return std::find(list.begin(), list.end(), wanted) != list.end();
}

// "extract header list values" of a list of tokens: absent where a member is none, which is failure for all of them.
std::optional<std::vector<std::string>> tokens(const http::Fields& fields, std::string_view name) {
  std::vector<std::string> members = syntax::list_members(fields, name);
  if (!std::all_of(members.begin(), members.end(), [](const std::string& member) { return syntax::is_token(member); })) return std::nullopt;
  return members;
}

bool contains_name(const std::vector<std::string>& list, std::string_view wanted) {
  return std::any_of(list.begin(), list.end(), [&](const std::string& member) { return http::same_name(member, wanted); });
}

}  // namespace

// Fetch Standard, main fetch: what the mode lets pass, and how the response will be seen.
bool Exchange::may_start() {
  if (!is_browser() || config().mode == Mode::navigate) return true;
  const bool crosses = is_cross_origin() || current_.type != Type::basic;
  if (config().mode == Mode::same_origin) {
    decide(same_origin_violated, crosses, {{"origin", current_.page_origin}, {"target", current_.request.target}});
    return !crosses;
  }
  if (config().mode == Mode::no_cors) {
    const bool refused = !syntax::is_cors_safelisted_method(current_.request.method);
    decide(no_cors_method, refused, {{"method", current_.request.method}});
    if (refused) return false;
    if (crosses) current_.type = Type::opaque;
    return true;
  }
  if (crosses && is(Behaviour::cors, "y")) current_.type = Type::cors;
  return true;
}

// What Headers with the guard "request" or "request-no-cors" do not take from a page. A person who navigates sets none.
void Exchange::drop_page_fields() {
  if (!is_browser() || (config().mode != Mode::cors && config().mode != Mode::no_cors && config().mode != Mode::same_origin)) return;
  const auto may_set = [&](const http::Field& field) {
    if (syntax::is_forbidden_request_header(field.name)) return false;
    return config().mode != Mode::no_cors || syntax::is_no_cors_safelisted_request_header(field.name, field.value);
  };
  http::Fields& fields = current_.request.fields;
  const auto dropped = std::stable_partition(fields.begin(), fields.end(), may_set);
  if (dropped == fields.end()) return;
  std::string names;
  for (auto field = dropped; field != fields.end(); ++field) names += (names.empty() ? "" : ", ") + field->name;
  decide(page_fields_dropped, true, {{"fields", names}});
  fields.erase(dropped, fields.end());
}

bool Exchange::needs_preflight() {
  if (current_.type != Type::cors) return false;
  const bool method_safe = syntax::is_cors_safelisted_method(current_.request.method);
  const std::vector<std::string> names = unsafe_names(current_.request.fields);
  const bool needed = !method_safe || !names.empty();
  if (current_.preflighted) return false;
  std::string all;
  for (const std::string& name : names) all += (all.empty() ? "" : ",") + name;
  decide(preflight_needed, needed, {{"method", current_.request.method}, {"fields", all, !all.empty()}});
  if (!needed) return false;

  const bool credentials = includes_credentials();
  const auto remembered = [&](const std::string& method, const std::string& field) {
    return std::any_of(client_.preflights_.begin(), client_.preflights_.end(), [&](const auto& entry) {
      // "entry's credentials is true", or it "is false and request's credentials mode is not "include"".
      if (entry.origin != request_origin() || entry.target != current_.request.target || entry.expires <= now_ || (credentials && !entry.credentials)) return false;
      if (field.empty()) return entry.method == method || (entry.method == "*" && !credentials);
      return entry.field == field || (entry.field == "*" && !credentials && star_covers(field));
    });
  };
  const bool known = (method_safe || remembered(current_.request.method, "")) &&
                     std::all_of(names.begin(), names.end(), [&](const std::string& name) { return remembered("", name); });
  decide(preflight_remembered, known, Behaviour::preflight_age);
  return !known;
}

// For the "CORS non-wildcard request-header name", which is Authorization, "*" is not enough.
bool Exchange::star_covers(std::string_view name) const { return name != "authorization" || is(Behaviour::cors_star_authorization, "y"); }

http::Request Exchange::preflight() const {
  http::Request request{.method = "OPTIONS", .target = current_.request.target, .fields = {}, .content = {}};
  request.fields.push_back({"Accept", "*/*"});
  request.fields.push_back({"Access-Control-Request-Method", current_.request.method});
  std::string names;
  for (const std::string& name : unsafe_names(current_.request.fields)) names += (names.empty() ? "" : ",") + name;
  if (!names.empty()) request.fields.push_back({"Access-Control-Request-Headers", names});
  request.fields.push_back({"Origin", request_origin()});
  return request;
}

std::string Exchange::request_origin() const { return current_.tainted_origin ? "null" : current_.page_origin; }

// CORS-preflight fetch, step 7: the CORS check, an ok status, then methods and fields.
bool Exchange::passes_preflight(const http::Response& response) {
  const bool credentials = includes_credentials();
  const auto given_methods = tokens(response.fields, "Access-Control-Allow-Methods");
  const auto given_fields = tokens(response.fields, "Access-Control-Allow-Headers");
  const auto methods = given_methods.value_or(std::vector<std::string>());
  const auto fields = given_fields.value_or(std::vector<std::string>());
  const std::string& method = current_.request.method;
  const auto names = unsafe_names(current_.request.fields);

  const bool checked = passes_cors(response);
  const bool fine_status = response.status >= 200 && response.status <= 299;
  const bool method_allowed = syntax::is_cors_safelisted_method(method) || contains(methods, method) || (!credentials && contains(methods, "*"));
  const bool star = !credentials && contains(fields, "*");
  const bool fields_allowed = std::all_of(names.begin(), names.end(), [&](const std::string& name) {
    return contains_name(fields, name) || (star && star_covers(name));
  });
  // "If either methods or headerNames is failure, return a network error."
  const bool passed = checked && fine_status && given_methods && given_fields && method_allowed && fields_allowed;
  decide(preflight_passed, passed, Behaviour::cors_star_authorization,
         {{"status", std::to_string(response.status)},
          {"Access-Control-Allow-Methods", http::combined(response.fields, "Access-Control-Allow-Methods").value_or(""), http::has(response.fields, "Access-Control-Allow-Methods")},
          {"Access-Control-Allow-Headers", http::combined(response.fields, "Access-Control-Allow-Headers").value_or(""), http::has(response.fields, "Access-Control-Allow-Headers")}});
  if (!passed) return false;

  // "If max-age is failure or null, then set max-age to 5." Browsers take a number below zero for zero.
  const std::string age = http::combined(response.fields, "Access-Control-Max-Age").value_or("");
  const Instant otherwise = age.starts_with('-') ? 0 : Instant{number(Behaviour::preflight_age)};
  const auto given_age = syntax::parse_delta_seconds(age);
  const Instant holds = (given_age ? Instant{*given_age} : otherwise) * second;
  if (holds == 0) return true;
  const auto remember = [&](std::string allowed_method, std::string field) {
    change(ChangeKind::preflight_stored, 0, allowed_method.empty() ? field : allowed_method, std::to_string(holds / second));
    client_.preflights_.push_back({request_origin(), current_.request.target, credentials, std::move(allowed_method), std::move(field), now_ + holds});
  };
  for (const std::string& allowed : methods) remember(allowed, "");
  for (const std::string& allowed : fields) remember("", lowered(allowed));
  for (const std::string& name : names)
    if (!contains_name(fields, name)) remember("", name);
  return true;
}

bool Exchange::passes_cors(const http::Response& response) {
  const auto origin = http::combined(response.fields, "Access-Control-Allow-Origin");
  const auto allows = http::combined(response.fields, "Access-Control-Allow-Credentials");
  const bool includes = config().credentials == Credentials::include;
  // CORS check: without credentials "*" will do; otherwise the origin byte by byte, and with credentials exactly "true" too.
  const bool passes = origin && (includes ? *origin == request_origin() && allows && *allows == "true"
                                          : *origin == "*" || *origin == request_origin());
  decide(cors_check_passed, passes, Behaviour::cors,
         {{"origin", request_origin()},
          {"Access-Control-Allow-Origin", origin.value_or(""), origin.has_value()},
          {"Access-Control-Allow-Credentials", allows.value_or(""), allows.has_value()}});
  return passes;
}

void Exchange::expose(http::Fields& fields) {
  const auto named = tokens(fields, "Access-Control-Expose-Headers").value_or(std::vector<std::string>());
  const bool star = contains(named, "*") && config().credentials != Credentials::include;
  const bool all = current_.type != Type::cors || star;
  decide(fields_exposed, all, {{"Access-Control-Expose-Headers", http::combined(fields, "Access-Control-Expose-Headers").value_or(""), !named.empty()}});
  fields.erase(std::remove_if(fields.begin(), fields.end(),
                              [&](const http::Field& field) {
                                if (syntax::is_forbidden_response_header(field.name)) return true;
                                return !all && !syntax::is_safelisted_response_header(field.name) && !contains_name(named, field.name);
                              }),
               fields.end());
}

}  // namespace statuslab::client
