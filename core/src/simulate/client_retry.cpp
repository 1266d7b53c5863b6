// The same request once more: what clients repeat by themselves, and what their callers ask them to (RFC 9110 sections 9.2.2
// and 10.2.3, RFC 8470 section 5.2).
#include <algorithm>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr std::uint16_t request_timeout = 408;
constexpr std::uint16_t expectation_failed = 417;
constexpr std::uint16_t too_early = 425;
constexpr std::int64_t second = 1000;

bool is_idempotent(std::string_view method) {
  const MethodInfo* info = find_method(method);
  return info && info->idempotent;
}

}  // namespace

bool Exchange::repeat_unasked(const http::Response& response) {
  const std::string status = std::to_string(response.status);
  if (current_.outgoing.early_data && response.status == too_early) {
    const bool repeats = has(Behaviour::repeat_early, response.status);
    decide(too_early_repeated, repeats, Behaviour::repeat_early, {{"status", status}});
    // Section 5.2: "A user agent SHOULD retry automatically, but any retries MUST NOT be sent in early data."
    current_.early = false;
    if (repeats) send(Purpose::retry, now_);
    return repeats;
  }
  const bool reused = current_.outgoing.reused;
  const bool navigates = config().mode == Mode::navigate && response.status == request_timeout;
  const Behaviour statuses = reused || navigates ? Behaviour::repeat_reused : Behaviour::repeat_fresh;
  if (!has(statuses, response.status) || (config().http2 && response.status == request_timeout)) return false;
  const std::uint32_t limit = navigates ? number(Behaviour::navigation_repeats) - 1 : 1;
  const bool allowed = is_idempotent(current_.request.method) || is(Behaviour::repeat_unsafe, "y") || response.status != request_timeout;
  const bool repeats = allowed && current_.repeats < limit;
  decide(repeated_unasked, repeats, statuses, {{"status", status}, {"method", current_.request.method}});
  if (!repeats) return false;
  ++current_.repeats;
  release(false, {});  // "the client MAY retry the request over a different connection" (RFC 9110 section 15.5.20)
  send(Purpose::retry, now_);
  return true;
}

// RFC 9110 section 10.1.1: "A client that receives a 417 (Expectation Failed) status code in response to a request containing
// a 100-continue expectation SHOULD repeat that request without a 100-continue expectation".
bool Exchange::repeat_without_expect(const http::Response& response) {
  if (response.status != expectation_failed || !current_.outgoing.content_wait_ms || current_.repeats != 0) return false;
  const bool repeats = !is(Behaviour::expect_417, "response");
  decide(expectation_withdrawn, repeats, Behaviour::expect_417);
  if (!repeats) return false;
  ++current_.repeats;
  current_.expects = false;
  send(Purpose::retry, now_);
  return true;
}

// Milliseconds that Retry-After asks for, as this client reads it; absent where it goes by its own clock. Negative: for ever.
std::optional<std::int64_t> Exchange::wait_for(const http::Response& response) {
  const std::string* field = http::find(response.fields, "Retry-After");
  if (!field) return std::nullopt;
  const auto judge = [&](Behaviour behaviour, std::int64_t wait) -> std::optional<std::int64_t> {
    const bool obeys = !is(behaviour, "ignore");
    decide(retry_after_obeyed, obeys, behaviour, {{"Retry-After", *field}});
    return obeys ? std::optional(wait) : std::nullopt;
  };
  if (const auto seconds = syntax::parse_decimal(*field))
    return judge(*seconds == 0 ? Behaviour::retry_after_zero : Behaviour::retry_after_seconds,
                 static_cast<std::int64_t>(std::min<std::uint64_t>(*seconds, INT32_MAX)) * second);
  if (const auto date = syntax::parse_http_date(*field)) {
    const std::int64_t wait = date->seconds * second - now_;
    if (wait >= 0) return judge(Behaviour::retry_after_date, wait);
    return judge(Behaviour::retry_after_past, is(Behaviour::retry_after_past, "never") ? -1 : 0);
  }
  decide(retry_after_obeyed, false, {{"Retry-After", *field}});
  return std::nullopt;
}

bool Exchange::retry(const http::Response& response) {
  if (config().retries == 0) return false;
  const bool allowed = is_idempotent(current_.request.method) || is(Behaviour::retry_unsafe, "y");
  const bool wanted = allowed && has(Behaviour::retry_statuses, response.status);
  const bool exhausted = current_.retries >= config().retries;
  if (!wanted || exhausted) {
    decide(retry_due, false, Behaviour::retry_statuses, {{"status", std::to_string(response.status)}, {"retries", std::to_string(current_.retries)}});
    if (!wanted || is(Behaviour::retry_exhausted, "response")) return false;
    finish_with_error(Error::too_many_retries, response.status);
    return true;
  }
  const std::int64_t own = config().retry_delay_ms ? *config().retry_delay_ms : std::int64_t{number(Behaviour::retry_wait)} << std::min<std::uint32_t>(current_.retries, 16);
  const std::int64_t wait = wait_for(response).value_or(own);
  const bool in_time = !config().retry_time_ms || now_ + wait - current_.began <= *config().retry_time_ms;
  decide(retry_due, in_time && wait >= 0, Behaviour::retry_statuses, {{"status", std::to_string(response.status)}, {"wait", std::to_string(wait)}});
  if (!in_time) return false;
  if (wait < 0) {
    finish_with_error(Error::timeout, response.status);
    return true;
  }
  ++current_.retries;
  send(Purpose::retry, now_ + wait);
  return true;
}

}  // namespace statuslab::client
