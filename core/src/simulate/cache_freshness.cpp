// How long a response is fresh, how old it is, and what may be done with it once it is stale (RFC 9111 section 4.2;
// RFC 5861; RFC 8246). Lifetimes and ages are milliseconds; dates come in whole seconds.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::caching {
namespace {

constexpr std::int64_t second = 1000;
constexpr std::int64_t longest_ms = std::int64_t{syntax::longest_delta} * second;

Lifetime of_seconds(std::int64_t seconds, LifetimeSource source) {
  return {std::clamp<std::int64_t>(seconds, 0, syntax::longest_delta) * second, source};
}

std::int64_t seconds_of(Instant instant) { return instant / second; }

std::optional<std::int64_t> date_in(const http::Fields& fields, std::string_view name) {
  const std::string* const value = http::find(fields, name);
  return value == nullptr ? std::nullopt : read_date(*value);
}

char upper(char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; }

// Dates are written with capitals at the start of words, and GMT.
std::string as_written(std::string_view value) {
  std::string text(value);
  bool inside = false;
  for (char& c : text) {
    const bool letter = ascii::is_alpha(c);
    if (letter) c = inside ? ascii::lower(c) : upper(c);
    inside = letter;
  }
  if (text.size() >= 3 && ascii::equals_ignoring_case(std::string_view(text).substr(text.size() - 3), "GMT"))
    text.replace(text.size() - 3, 3, "GMT");
  return text;
}

// When the response was made; when it was received, where it does not say.
std::int64_t date_of(const http::Fields& fields, Instant received) {
  return date_in(fields, "Date").value_or(seconds_of(received));
}

Lifetime guess(const http::Fields& fields, std::int64_t date, const CacheOptions& options) {
  const std::optional<std::int64_t> modified = date_in(fields, "Last-Modified");
  if (!modified) return {};
  const std::int64_t guessed = std::max<std::int64_t>(date - *modified, 0) * options.heuristic_percent / 100;
  return of_seconds(std::min<std::int64_t>(guessed, options.heuristic_limit), LifetimeSource::heuristic);
}

}  // namespace

std::optional<std::int64_t> read_date(std::string_view value) {
  const std::string_view trimmed = ascii::trim(value);
  const auto read = [](std::string_view text) {
    const std::optional<syntax::HttpDate> date = syntax::parse_http_date(text);
    return date ? date : syntax::parse_http_date_of_any_weekday(text);
  };
  std::optional<syntax::HttpDate> date = read(trimmed);
  // "Although all date formats are specified to be case-sensitive, a cache recipient SHOULD match the field value
  // case-insensitively."
  if (!date) date = read(as_written(trimmed));
  if (!date) return std::nullopt;
  return date->seconds;
}

bool has_explicit_lifetime(const Policy& policy, const http::Fields& fields, CacheKind kind) {
  if (policy.max_age.present || (kind != CacheKind::private_ && policy.s_maxage.present)) return true;
  return !policy.targeted && http::has(fields, "Expires");
}

namespace {

// "evaluating the following rules and using the first match" (section 4.2.1)
Lifetime lifetime_at(const Policy& policy, const http::Fields& fields, std::int64_t date, const CacheOptions& options) {
  if (options.kind != CacheKind::private_ && policy.s_maxage.present)
    return of_seconds(policy.s_maxage.value, LifetimeSource::s_maxage);
  if (policy.max_age.present) return of_seconds(policy.max_age.value, LifetimeSource::max_age);
  if (!policy.targeted && http::has(fields, "Expires")) {
    // "MUST interpret invalid date formats, especially the value "0", as representing a time in the past".
    const std::optional<std::int64_t> expires = date_in(fields, "Expires");
    if (!expires) return {0, LifetimeSource::expires};
    return of_seconds(*expires - date, LifetimeSource::expires);
  }
  return guess(fields, date, options);
}

std::int64_t age_at(const http::Fields& fields, std::int64_t date, Instant requested, Instant received) {
  std::int64_t age_value = 0;
  if (const std::string* const age = http::find(fields, "Age")) {
    // "SHOULD use the first member of the field value, discarding subsequent ones"; "If the field value ... is invalid
    // ... a cache SHOULD ignore the field" (section 5.1).
    const std::string_view first = ascii::trim(std::string_view(*age).substr(0, age->find(',')));
    age_value = syntax::parse_delta_seconds(first).value_or(0);
  }
  // "apparent_age = max(0, response_time - date_value)"
  const std::int64_t apparent = std::clamp<std::int64_t>(seconds_of(received) - date, 0, syntax::longest_delta) * second;
  // "corrected_age_value = age_value + response_delay; corrected_initial_age = max(apparent_age, corrected_age_value)"
  const std::int64_t corrected = age_value * second + std::max<std::int64_t>(received - requested, 0);
  return std::min(std::max(apparent, corrected), longest_ms);
}

}  // namespace

Lifetime lifetime_of(const Policy& policy, const http::Fields& fields, Instant received, const CacheOptions& options) {
  return lifetime_at(policy, fields, date_of(fields, received), options);
}

std::int64_t initial_age(const http::Fields& fields, Instant requested, Instant received) {
  return age_at(fields, date_of(fields, received), requested, received);
}

void derive(Entry& entry, const http::Fields& fields, Instant requested, Instant received, const CacheOptions& options) {
  entry.date = date_of(fields, received);
  entry.lifetime = lifetime_at(entry.policy, fields, entry.date, options);
  entry.received = received;
  entry.initial_age_ms = age_at(fields, entry.date, requested, received);
}

bool is_stale_use_forbidden(const Policy& policy, CacheKind kind) {
  if (policy.no_cache || policy.must_revalidate) return true;
  // "The s-maxage directive incorporates the semantics of the proxy-revalidate response directive".
  return kind != CacheKind::private_ && (policy.proxy_revalidate || policy.s_maxage.present);
}

namespace {

DecisionInput seconds_input(std::string_view name, const Seconds& seconds) {
  return {name, std::to_string(seconds.value), seconds.present};
}

bool is_permitted_stale(const Entry& entry, const Wishes& wishes, std::int64_t staleness, Notes& notes) {
  const bool accepted =
      wishes.any_staleness || (wishes.max_stale.present && staleness <= wishes.max_stale.value * second);
  return notes.ask(DecisionId::cache_request_max_stale, accepted, [&] {
    return Inputs{{"max-stale", wishes.any_staleness ? "" : std::to_string(wishes.max_stale.value),
                   wishes.any_staleness || wishes.max_stale.present},
                  {"age", seconds_text(entry.lifetime.ms + staleness)},
                  {"lifetime", seconds_text(entry.lifetime.ms)}};
  });
}

// The client's own reasons to have a fresh response validated all the same.
bool does_client_object(const Entry& entry, const Wishes& wishes, std::int64_t age, Notes& notes) {
  if (wishes.max_age.present) {
    const bool reload = wishes.max_age.value == 0 && entry.policy.immutable && entry.lifetime.ms > age;
    // "SHOULD skip conditionally revalidating fresh responses containing the immutable extension unless there's a signal
    // from the client that a validation is necessary (e.g., a no-cache Cache-Control request directive)".
    if (entry.policy.immutable && notes.ask(DecisionId::cache_immutable, reload)) return false;
    const bool too_old = age > wishes.max_age.value * second;
    const bool objects = notes.ask(DecisionId::cache_request_max_age, too_old, [&] {
      return Inputs{seconds_input("max-age", wishes.max_age), {"age", seconds_text(age)}};
    });
    // "Unless the max-stale request directive is also present, the client does not wish to receive a stale response."
    if (objects && !(wishes.any_staleness || wishes.max_stale.present)) return true;
  }
  if (!wishes.min_fresh.present) return false;
  const bool too_short = entry.lifetime.ms < age + wishes.min_fresh.value * second;
  return notes.ask(DecisionId::cache_request_min_fresh, too_short, [&] {
    return Inputs{seconds_input("min-fresh", wishes.min_fresh),
                  {"age", seconds_text(age)},
                  {"lifetime", seconds_text(entry.lifetime.ms)}};
  });
}

}  // namespace

Use use_without_validation(const Entry& entry, const Wishes& wishes, Instant now, const CacheOptions& options, Notes& notes) {
  const std::int64_t age = entry.age(now);
  if (notes.ask(DecisionId::cache_response_no_cache, entry.policy.no_cache)) return Use::validate;
  if (notes.ask(DecisionId::cache_request_no_cache, wishes.no_cache)) return Use::validate;
  if (wishes.pragma_no_cache && notes.ask(DecisionId::cache_pragma, true)) return Use::validate;
  const bool fresh = notes.ask(DecisionId::cache_fresh, entry.is_fresh(now), [&] {
    static constexpr std::string_view sources[] = {"none", "s-maxage", "max-age", "Expires", "heuristic"};
    return Inputs{{"lifetime", seconds_text(entry.lifetime.ms)},
                  {"age", seconds_text(age)},
                  {"source", std::string(sources[static_cast<std::size_t>(entry.lifetime.source)])}};
  });
  if (does_client_object(entry, wishes, age, notes)) return Use::validate;
  if (fresh) return Use::fresh;
  // "A cache MUST NOT generate a stale response if it is prohibited by an explicit in-protocol directive".
  if (notes.ask(DecisionId::cache_stale_forbidden, is_stale_use_forbidden(entry.policy, options.kind))) return Use::validate;
  const std::int64_t staleness = age - entry.lifetime.ms;
  if (is_permitted_stale(entry, wishes, staleness, notes)) return Use::stale_by_client;
  const Seconds& window = entry.policy.stale_while_revalidate;
  if (!options.stale_while_revalidate || !window.present) return Use::validate;
  const bool covered = notes.ask(DecisionId::cache_stale_while_revalidate, staleness <= window.value * second, [&] {
    return Inputs{seconds_input("stale-while-revalidate", window), {"stale for", seconds_text(staleness)}};
  });
  if (covered) notes.or_else("stale_while_revalidate=false");
  return covered ? Use::stale_while_revalidate : Use::validate;
}

bool may_replace_error(const Entry& entry, const Wishes& wishes, std::uint16_t status, Instant now,
                       const CacheOptions& options, Notes& notes) {
  if (notes.ask(DecisionId::cache_stale_forbidden, is_stale_use_forbidden(entry.policy, options.kind))) return false;
  const std::int64_t staleness = entry.age(now) - entry.lifetime.ms;
  // "When used as a request Cache-Control extension, its scope of application is the request it appears in".
  const Seconds& window = wishes.stale_if_error.present ? wishes.stale_if_error : entry.policy.stale_if_error;
  // "an error is any situation which would result in a 500, 502, 503 or 504 HTTP response status code being returned"
  const bool counts = status == 0 || status == 500 || (status >= 502 && status <= 504);
  if (options.stale_if_error && window.present && counts) {
    const bool covered = notes.ask(DecisionId::cache_stale_if_error, staleness <= window.value * second, [&] {
      return Inputs{seconds_input("stale-if-error", window), {"stale for", seconds_text(staleness)}};
    });
    if (covered && status != 0) notes.or_else("stale_if_error=false", status);
    return covered;
  }
  if (status != 0 || !options.stale_when_disconnected || wishes.wants_validation()) return false;
  notes.ask(DecisionId::cache_disconnected, true);
  notes.or_else("stale_when_disconnected=false", 504);
  return true;
}

}  // namespace statuslab::caching
