// Stage 1: what holds for every resource of the server. No document orders these among themselves.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

Said ask_early_data(const Turn& turn) {
  const auto field = turn.field("Early-Data");
  if (!turn.arrival.early_data && field != "1") return not_asked();
  const EarlyData accepts = turn.config.extensions.early_data;
  const bool refused = accepts == EarlyData::refuse || (accepts == EarlyData::safe && !is_safe(turn.method));
  return answer_or_pass(refused, 425)
      .with("early data", turn.arrival.early_data ? std::optional<std::string>("TLS") : std::nullopt)
      .with("Early-Data", field)
      .or_else("origin.extensions.early_data=accept", 0);
}

Said ask_unavailable(const Turn& turn) {
  const State& state = turn.config.state;
  const bool busy = state.overloaded || turn.arrival.concurrent >= turn.config.limits.concurrency;
  const auto& maintenance = state.maintenance;
  const bool closed = maintenance && (!maintenance->until || turn.now < *maintenance->until);
  return answer_or_pass(busy || closed, 503)
      .with("overloaded", busy ? std::optional<std::string>("true") : std::nullopt)
      .with("maintenance", closed ? std::optional<std::string>("true") : std::nullopt);
}

// RFC 9110 section 15.6.4: "The server MAY send a Retry-After header field".
void act_unavailable(Turn& turn, bool answer) {
  const auto& maintenance = turn.config.state.maintenance;
  if (!answer || !maintenance) return;
  if (maintenance->retry_after)
    turn.add("Retry-After", number(*maintenance->retry_after));
  else if (maintenance->until)
    turn.add("Retry-After", syntax::format_http_date((*maintenance->until + 999) / 1000));
}

Said ask_rate(const Turn& turn) {
  if (turn.config.rate_limits.empty()) return not_asked();
  const RateRefusal& refusal = turn.refusal;
  if (refusal.limit == nullptr) return no();
  return yes_final(429)
      .with("used", number(refusal.used))
      .with("limit", number(refusal.limit->limit))
      .with("seconds until reset", number(refusal.seconds));
}

// RFC 6585 section 4: "MAY include a Retry-After header indicating how long to wait".
void act_rate(Turn& turn, bool answer) {
  if (answer && turn.refusal.limit->retry_after) turn.add("Retry-After", number(turn.refusal.seconds));
}

// RFC 2774 section 5: a mandatory request says M- before its method, and Man or C-Man which extension.
Said ask_extension(const Turn& turn) {
  auto declared = turn.field("Man");
  if (!declared) declared = turn.field("C-Man");
  if (!declared || !turn.request.method.starts_with("M-")) return not_asked();
  bool unknown = false;
  for (const std::string_view member : syntax::list_members(*declared)) {
    const std::string_view uri = ascii::trim(member.substr(0, member.find(';')));
    unknown |= !uri.empty() && !contains(turn.config.extensions.http_ext, syntax::unquoted(uri));
  }
  return answer_or_pass(unknown, 510).with("method", turn.request.method).with("Man", declared);
}

Said ask_method(const Turn& turn) {
  return answer_or_pass(!contains(turn.config.methods_implemented, turn.method), 501)
      .with("method", turn.request.method)
      .with("methods_implemented", join(turn.config.methods_implemented));
}

Said ask_expectation(const Turn& turn) {
  const auto expect = turn.field("Expect");
  if (!expect) return not_asked();
  bool unknown = false;
  for (const std::string_view member : syntax::list_members(*expect))
    unknown |= !member.empty() && !contains_ignoring_case(turn.config.expectations, member);
  if (unknown && turn.config.policy.expectations_ignored) return yes().with("Expect", expect).or_else("origin.policy.expectations_ignored=false", 417);
  return answer_or_pass(unknown, 417).with("Expect", expect).or_else("origin.policy.expectations_ignored=true", 0);
}

// RFC 9110 section 9.3.7: "An OPTIONS request with an asterisk ("*") as the request target ... applies to the server in
// general rather than to a specific resource."
Said ask_server_options(const Turn& turn) { return turn.asterisk ? yes_final(204) : not_asked(); }

void act_server_options(Turn& turn, bool) { turn.add("Allow", join(turn.config.methods_implemented)); }

Said ask_trace(const Turn& turn) {
  if (!turn.is("TRACE")) return not_asked();
  return answer_or_pass(turn.config.policy.trace, 200);
}

bool is_secret(std::string_view name) {
  constexpr std::string_view secrets[] = {"Authorization", "Cookie", "Proxy-Authorization"};
  return std::any_of(std::begin(secrets), std::end(secrets), [name](std::string_view s) { return http::same_name(s, name); });
}

// Section 9.3.8: "The final recipient of the request SHOULD exclude any request fields that are likely to contain sensitive
// data when that recipient generates the response content."
void act_trace(Turn& turn, bool answer) {
  if (!answer) return;
  std::string text = "TRACE " + turn.target.path + (turn.target.query ? "?" + *turn.target.query : "") + " HTTP/" +
                     turn.arrival.http_version + "\r\n";
  for (const http::Field& field : turn.request.fields)
    if (!is_secret(field.name)) text += field.name + ": " + field.value + "\r\n";
  turn.give("message/http", text + "\r\n");
}

constexpr Check checks[] = {
    {DecisionId::early_data_refused, Place::movable, ask_early_data, nullptr},
    {DecisionId::unavailable, Place::movable, ask_unavailable, act_unavailable},
    {DecisionId::rate_exceeded, Place::movable, ask_rate, act_rate},
    {DecisionId::extension_unmet, Place::movable, ask_extension, nullptr},
    {DecisionId::method_unknown, Place::movable, ask_method, nullptr},
    {DecisionId::expectation_unknown, Place::movable, ask_expectation, nullptr},
    {DecisionId::server_options, Place::fixed, ask_server_options, act_server_options},
    {DecisionId::trace_reflected, Place::fixed, ask_trace, act_trace},
};

}  // namespace

std::span<const Check> server_checks() { return checks; }

}  // namespace statuslab::origin
