// Whether a response may be stored (RFC 9111 section 3), and what of it (section 3.1). `storing` is section 3 as a table:
// one row a question, and the answer that keeps a response out.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab::caching {
namespace {

struct Candidate {
  const Arrival& arrival;
  const Policy& policy;
  const CacheOptions& options;

  [[nodiscard]] bool is_shared() const { return options.kind != CacheKind::private_; }
  [[nodiscard]] std::uint16_t status() const { return arrival.response.status; }
};

// "Responses to POST requests are only cacheable when they include explicit freshness information ... and a
// Content-Location header field that has the same value as the POST's target URI" (RFC 9110 section 9.3.3). A response to
// HEAD has no content to store; it updates (section 4.3.5).
bool is_method_storable(const Candidate& c) {
  if (c.arrival.request.method == "GET") return true;
  if (c.arrival.request.method != "POST") return false;
  const std::string* const location = http::find(c.arrival.response.fields, "Content-Location");
  const std::string key = key_of(c.arrival.request.target);
  return location != nullptr && c.status() == 200 &&
         has_explicit_lifetime(c.policy, c.arrival.response.fields, c.options.kind) &&
         key_of_reference(*location, key) == key;
}

bool is_final(const Candidate& c) { return c.status() >= 200; }

// "it recognizes it and implements all specified caching-related behavior": the registered ones.
bool is_understood(const Candidate& c) {
  if (c.status() == 206) return c.options.ranges;
  const auto rows = find_status(c.status());
  return !rows.empty() && rows.front().kind == StatusKind::registered;
}

// "if the response status code is 206 or 304, or the must-understand cache directive ... is present: the cache understands
// the response status code". A 304 is no response to store; it updates.
bool is_status_storable(const Candidate& c) {
  if (c.status() == 304) return false;
  return (c.status() != 206 && !c.policy.must_understand) || is_understood(c);
}

// "Responses with the 428 status code MUST NOT be stored by a cache." The same stands for the others of RFC 6585.
bool is_never_stored(const Candidate& c) {
  return c.status() == 428 || c.status() == 429 || c.status() == 431 || c.status() == 511;
}

bool has_no_store(const Candidate& c) {
  if (read_wishes(c.arrival.request.fields).no_store) return true;
  // "SHOULD ignore the no-store directive if it understands and implements the status code's caching requirements".
  return c.policy.no_store && !(c.policy.must_understand && is_understood(c));
}

bool is_private_for_others(const Candidate& c) { return c.is_shared() && c.policy.private_; }

// "In this specification, the following response directives have such an effect: must-revalidate ..., public ..., and
// s-maxage" (section 3.5).
bool is_authorized_for_one(const Candidate& c) {
  if (!c.is_shared() || !http::has(c.arrival.request.fields, "Authorization")) return false;
  return !c.policy.must_revalidate && !c.policy.public_ && !c.policy.s_maxage.present;
}

bool is_cacheable(const Candidate& c) {
  if (c.policy.public_ || (!c.is_shared() && c.policy.private_)) return true;
  if (has_explicit_lifetime(c.policy, c.arrival.response.fields, c.options.kind)) return true;
  const auto rows = find_status(c.status());
  return !rows.empty() && rows.front().heuristically_cacheable;
}

Inputs status_inputs(const Candidate& c) { return {{"status", std::to_string(c.status())}}; }
Inputs method_inputs(const Candidate& c) { return {{"method", c.arrival.request.method}}; }
Inputs control_inputs(const Candidate& c) { return {field_input(c.arrival.response.fields, "Cache-Control")}; }
Inputs no_store_inputs(const Candidate& c) {
  return {field_input(c.arrival.response.fields, "Cache-Control"),
          {"Cache-Control of the request", http::combined(c.arrival.request.fields, "Cache-Control").value_or(""),
           http::has(c.arrival.request.fields, "Cache-Control")}};
}
Inputs authorization_inputs(const Candidate& c) {
  return {{"Authorization", "", http::has(c.arrival.request.fields, "Authorization")},
          field_input(c.arrival.response.fields, "Cache-Control")};
}
Inputs cacheable_inputs(const Candidate& c) {
  return {field_input(c.arrival.response.fields, "Cache-Control"), field_input(c.arrival.response.fields, "Expires"),
          {"status", std::to_string(c.status())}};
}

struct Question {
  DecisionId id;
  bool (*holds)(const Candidate&);
  bool keeps_out;  // the answer after which nothing is stored
  Inputs (*inputs)(const Candidate&);
};
constexpr Question storing[] = {
    {DecisionId::cache_store_method, is_method_storable, false, method_inputs},
    {DecisionId::cache_store_final, is_final, false, status_inputs},
    {DecisionId::cache_store_status, is_status_storable, false, status_inputs},
    {DecisionId::cache_store_never, is_never_stored, true, status_inputs},
    {DecisionId::cache_no_store, has_no_store, true, no_store_inputs},
    {DecisionId::cache_private, is_private_for_others, true, control_inputs},
    {DecisionId::cache_authorization, is_authorized_for_one, true, authorization_inputs},
    {DecisionId::cache_cacheable, is_cacheable, false, cacheable_inputs},
};

// RFC 9110 section 7.6.1, and the fields that section 3.1 names.
constexpr std::string_view never_kept[] = {
    "Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authentication-Info", "Proxy-Authorization",
    "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
};

bool contains(const std::vector<std::string>& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const std::string& one) { return http::same_name(one, name); });
}

// The names of fields start with few letters; most fields are told from the table by the first.
bool is_never_kept(std::string_view name) {
  return std::any_of(std::begin(never_kept), std::end(never_kept),
                     [name](std::string_view one) { return http::same_name(one, name); });
}

}  // namespace

bool may_store(const Arrival& arrival, const Policy& policy, const CacheOptions& options, Notes& notes) {
  const Candidate candidate{arrival, policy, options};
  if (!options.targeted_fields.empty()) notes.ask(DecisionId::cache_targeted, policy.targeted, [&] {
      Inputs inputs;
      for (const std::string& name : options.targeted_fields)
        inputs.push_back({"targeted field", name + ": " + http::combined(arrival.response.fields, name).value_or(""),
                          http::has(arrival.response.fields, name)});
      return inputs;
    });
  if (policy.must_understand && policy.no_store) notes.ask(DecisionId::cache_must_understand, is_understood(candidate));
  return std::all_of(std::begin(storing), std::end(storing), [&](const Question& question) {
    const bool answer = question.holds(candidate);
    notes.ask(question.id, answer, [&] { return question.inputs(candidate); });
    return answer != question.keeps_out;
  });
}

http::Fields storable_fields(const http::Fields& fields, const Policy& policy, CacheKind kind) {
  std::vector<std::string> left_out;
  for (const http::Field& field : fields)
    if (http::same_name(field.name, "Connection"))
      for (const std::string_view name : syntax::list_members(field.value)) left_out.emplace_back(name);
  // "a shared cache MUST NOT store the listed header fields" (section 5.2.2.7)
  if (kind != CacheKind::private_)
    left_out.insert(left_out.end(), policy.private_fields.begin(), policy.private_fields.end());
  http::Fields kept;
  kept.reserve(fields.size() + 1);
  std::copy_if(fields.begin(), fields.end(), std::back_inserter(kept), [&](const http::Field& field) {
    return !is_never_kept(field.name) && !contains(left_out, field.name);
  });
  return kept;
}

void ensure_date(http::Fields& fields, Instant received) {
  constexpr std::int64_t last_second = 253'402'300'799;  // of the year 9999
  if (!http::has(fields, "Date"))
    fields.push_back({"Date", syntax::format_http_date(std::clamp<std::int64_t>(received / 1000, 0, last_second))});
}

std::optional<Entry> make_entry(const Arrival& arrival, Policy policy, const CacheOptions& options, Notes& notes) {
  const http::Response& response = arrival.response;
  Entry entry;
  entry.response.status = response.status;
  entry.response.reason = response.reason;
  entry.response.fields = storable_fields(response.fields, policy, options.kind);
  ensure_date(entry.response.fields, arrival.received);
  entry.policy = std::move(policy);
  const bool part = response.status == 206 || (arrival.request.method == "GET" && is_cut_off(response));
  if (part) {
    if (!notes.ask(DecisionId::cache_partial, options.ranges && take_parts(entry, response, notes), [&] {
          return Inputs{field_input(response.fields, "Content-Range"), field_input(response.fields, "Content-Length"),
                        {"bytes", std::to_string(response.content.size())}};
        }))
      return std::nullopt;
    notes.or_else("ranges=false");
  } else {
    entry.response.content = response.content;
  }
  nominate(entry, entry.response.fields, arrival.request.fields);
  derive(entry, entry.response.fields, arrival.requested, arrival.received, options);
  const bool guessed = entry.lifetime.source == LifetimeSource::heuristic && entry.lifetime.ms > 0;
  if (!has_explicit_lifetime(entry.policy, response.fields, options.kind)) {
    notes.ask(DecisionId::cache_heuristic, guessed, [&] {
      return Inputs{field_input(response.fields, "Last-Modified"), {"lifetime", seconds_text(entry.lifetime.ms)}};
    });
    if (guessed) notes.or_else("heuristic_percent=0");
  }
  // "some caches will not store a response that has neither a cache validator nor an explicit expiration time, as such
  // responses are not usually useful to store" (section 3).
  const bool useful = entry.lifetime.ms > 0 || has_validator(response.fields) ||
                      has_explicit_lifetime(entry.policy, response.fields, options.kind);
  if (!notes.ask(DecisionId::cache_useful, useful)) return std::nullopt;
  return entry;
}

bool is_safe(std::string_view method) {
  const MethodInfo* const info = find_method(method);
  return info != nullptr && info->safe;
}

}  // namespace statuslab::caching
