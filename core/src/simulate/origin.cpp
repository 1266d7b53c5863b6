// Theory of operation. A request goes through eight stages, each a table of checks in its own file:
//
//   0 message        what never becomes a request that is understood: authority, version, length, syntax, framing
//   1 server         what holds for every resource: early data, overload, rate, method, expectations
//   2 resource       access and existence: credentials, legal blocks, methods, redirects, content by its fields
//   3 selection      which representation is the selected one, and whether a condition has to be there
//   4 preconditions  If-Match ... If-Modified-Since in the order of RFC 9110 section 13.2.2; then 100 (Continue)
//   5 processing     content that cannot be used, locks, conflicts, faults
//   6 range          the part that Range asks for
//   7 success        201, 202, 204 ... 200
//
// Stages never change places: "A server MUST ignore all received preconditions if its response to the same request without
// those conditions, prior to processing the request content, would have been a status code other than a 2xx (Successful) or
// 412" (section 13.2.1), so all of 0 to 3 precedes 4. 100 comes behind the preconditions, because section 10.1.1 asks for
// "an immediate response with a final status code, if that status can be determined by examining just the method, target
// URI, and header fields". Range is looked at "only if the result in absence of the Range header field would be a 200"
// (section 14.2). Within 1, 2 and 5 no document orders the checks; `policy.order` may. When one of those ends the exchange,
// the others that would have ended it too are its alternatives.
//
// A check is asked only where it has something to look at; what was asked is the list of decisions. The first that ends the
// exchange is the terminal one.
#include "statuslab/origin.h"

#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"

namespace statuslab {
namespace origin {
namespace {

using Stage = std::span<const Check> (*)();
constexpr Stage stages[] = {message_checks,      server_checks,  resource_checks, selection_checks,
                            precondition_checks, content_checks, range_checks,    success_checks};

// The checks of a stage as the policy has them: those it names come first among the places of the movable ones.
std::vector<const Check*> in_order(std::span<const Check> checks, const Names& order) {
  std::vector<const Check*> movable;
  for (const Check& check : checks)
    if (check.place == Place::movable) movable.push_back(&check);
  const auto rank = [&](const Check* check) {
    return std::find(order.begin(), order.end(), decision_info(check->id).id) - order.begin();
  };
  std::stable_sort(movable.begin(), movable.end(), [&](const Check* a, const Check* b) { return rank(a) < rank(b); });
  std::vector<const Check*> all;
  auto next = movable.begin();
  for (const Check& check : checks) all.push_back(check.place == Place::movable ? *next++ : &check);
  return all;
}

// Other checks of the stage that would have ended the exchange, had they been asked first.
void add_roads_not_taken(const Turn& turn, std::span<const Check* const> rest, Decision& decision) {
  for (const Check* check : rest) {
    if (check->place != Place::movable) continue;
    const Said said = check->ask(turn);
    if (said.ends) decision.alternatives.push_back({decision_info(check->id).id, said.gives});
  }
}

// Whether the stage ended the exchange.
bool run(Turn& turn, std::span<const Check> checks) {
  const std::vector<const Check*> plan = in_order(checks, turn.config.policy.order);
  for (std::size_t i = 0; i < plan.size(); ++i) {
    const Check& check = *plan[i];
    Said said = check.ask(turn);
    if (!said.asked) continue;
    Decision decision{check.id, said.answer, said.gives, said.ends, std::move(said.inputs), std::move(said.alternatives)};
    if (said.ends && check.place == Place::movable) add_roads_not_taken(turn, std::span(plan).subspan(i + 1), decision);
    turn.answer.decisions.push_back(std::move(decision));
    if (said.ends) turn.answer.response.status = said.gives;
    if (check.act != nullptr) check.act(turn, said.answer);
    if (said.ends) return true;
  }
  return false;
}

std::string without_extension_prefix(const http::Request& request) {
  const bool has = request.method.starts_with("M-") &&
                   (http::has(request.fields, "Man") || http::has(request.fields, "C-Man"));
  return has ? request.method.substr(2) : request.method;
}

syntax::HttpUri target_of(const http::Request& request, const Config& config) {
  const std::string_view scheme = config.tls ? "https" : "http";
  const std::string* host = http::find(request.fields, "Host");
  const syntax::HttpUri base =
      syntax::make_http_uri(scheme, host != nullptr ? std::string_view(*host) : std::string_view(), "/", std::nullopt);
  return syntax::resolve(syntax::split_uri_reference(request.target), base);
}

void find_target(Turn& turn) {
  turn.target = target_of(turn.request, turn.config);
  turn.asterisk = turn.method == "OPTIONS" && (turn.request.target == "*" || turn.target.path == "/*");
  if (turn.asterisk) return;
  turn.resource = find_resource(turn.config, turn.target.path);
  if (turn.resource != nullptr) return;
  for (Resource& resource : turn.config.resources)
    for (std::size_t i = 0; resource.representations.size() > 1 && i < resource.representations.size(); ++i)
      if (variant_path(resource, resource.representations[i]) == turn.target.path) {
        turn.resource = &resource;
        turn.pinned = i;
        return;
      }
}

std::string rate_key(const RateLimit& limit, const http::Request& request, const Arrival& arrival) {
  if (limit.key == RateKey::ip) return arrival.client_ip;
  const std::string* credentials = http::find(request.fields, "Authorization");
  return credentials != nullptr ? *credentials : std::string();
}

}  // namespace

}  // namespace origin

Origin::Origin(OriginConfig config) : config_(std::move(config)) {}

origin::Answer Origin::respond(const http::Request& request, const origin::Arrival& arrival, Instant now) {
  using namespace origin;
  const std::string* key = http::find(request.fields, "Idempotency-Key");
  const auto kept = key != nullptr ? kept_.find(*key) : kept_.end();
  Turn turn{config_, request, arrival, now, writes_, count(request, arrival, now), kept != kept_.end() ? &kept->second : nullptr};
  turn.method = without_extension_prefix(request);
  find_target(turn);
  select_representation(turn);
  for (const Stage stage : stages) {
    turn.reached_processing |= stage == content_checks;
    if (run(turn, stage())) break;
  }
  finish(turn);
  const bool keeps = key != nullptr && turn.kept == nullptr && takes_keys(turn) && turn.reached_processing;
  if (keeps) kept_[*key] = {request.content, turn.answer.response};
  return std::move(turn.answer);
}

// A refused request does not count: otherwise a client that comes back too early would never get through.
origin::RateRefusal Origin::count(const http::Request& request, const origin::Arrival& arrival, Instant now) {
  origin::RateRefusal refusal;
  windows_.resize(config_.rate_limits.size());
  for (std::size_t i = 0; i < windows_.size(); ++i) {
    const origin::RateLimit& limit = config_.rate_limits[i];
    const Instant length = Instant{1000} * std::max(limit.window_s, 1U);
    Window& window = windows_[i];
    if (!window.begun) window = {true, now + Instant{1000} * limit.reset_s.value_or(limit.window_s), limit.used, {}};
    if (now >= window.ends) window = {true, window.ends + ((now - window.ends) / length + 1) * length, 0, {}};
    std::uint32_t& used = window.used.try_emplace(origin::rate_key(limit, request, arrival), window.used_before).first->second;
    if (used < limit.limit)
      ++used;
    else if (refusal.limit == nullptr)
      refusal = {&limit, used, static_cast<std::uint32_t>((window.ends - now + 999) / 1000)};
  }
  return refusal;
}

bool Origin::change(std::string_view path, Instant now) {
  origin::Resource* resource = origin::find_resource(config_, path);
  if (resource == nullptr) return false;
  for (origin::Representation& representation : resource->representations) origin::touch(representation, writes_, now);
  return true;
}

std::vector<std::string_view> movable_origin_checks() {
  std::vector<std::string_view> ids;
  for (const origin::Stage stage : origin::stages)
    for (const origin::Check& check : stage())
      if (check.place == origin::Place::movable) ids.push_back(decision_info(check.id).id);
  return ids;
}

std::optional<std::string> order_fault(const origin::Names& order) {
  const std::vector<std::string_view> known = movable_origin_checks();
  for (const std::string& id : order)
    if (std::find(known.begin(), known.end(), id) == known.end()) return id;
  return std::nullopt;
}

}  // namespace statuslab
