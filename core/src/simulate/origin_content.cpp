// Stage 5: the request is processed, as far as that can fail; interim responses of a request that goes well.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "simulate/origin_dav.h"
#include "syntax/rfc6455.h"
#include "syntax/rfc8259.h"
#include "syntax/rfc9110.h"
#include "syntax/xml10.h"

namespace statuslab::origin {
namespace {

bool writes(const Turn& turn) {
  constexpr std::string_view methods[] = {"PUT", "POST", "PATCH", "DELETE", "PROPPATCH", "MKCOL", "COPY", "MOVE"};
  return turn.resource != nullptr && std::find(std::begin(methods), std::end(methods), turn.method) != std::end(methods);
}

bool brings_content(const Turn& turn) { return turn.is("PUT") || turn.is("POST") || turn.is("PATCH"); }

// Content without an announced length is counted as it comes.
Said ask_overrun(const Turn& turn) {
  if (turn.announced_length() || !turn.has_request_content()) return not_asked();
  return answer_or_pass(turn.request.content.size() > turn.config.limits.content_bytes, 413)
      .with("content", number(turn.request.content.size()))
      .with("content_bytes", number(turn.config.limits.content_bytes));
}

// RFC 4918 section 10.3: COPY and MOVE need a Destination.
Said ask_destination(const Turn& turn) {
  if (!turn.is("COPY") && !turn.is("MOVE")) return not_asked();
  return answer_or_pass(destination_of(turn).empty(), 400).with("Destination", turn.field("Destination"));
}

Said ask_malformed(const Turn& turn) {
  const auto type = turn.field("Content-Type");
  if (!type || turn.request.content.empty() || http::has(turn.request.fields, "Content-Encoding")) return not_asked();
  const std::string media = media_of(*type);
  bool is_fine = true;
  if (is_json(media))
    is_fine = syntax::parse_json(turn.request.content).is_valid();
  else if (is_xml(media))
    is_fine = syntax::parse_xml(turn.request.content).is_well_formed();
  else
    return not_asked();
  return answer_or_pass(!is_fine, 400).with("Content-Type", type).or_else("content-unprocessable", 422);
}

// The first request with the key had other content.
Said ask_key_reused(const Turn& turn) {
  if (!takes_keys(turn) || turn.kept == nullptr) return not_asked();
  return answer_or_pass(turn.kept->content != turn.request.content, 422).with("Idempotency-Key", turn.field("Idempotency-Key"));
}

Said ask_key_seen(const Turn& turn) {
  const auto key = turn.field("Idempotency-Key");
  if (!takes_keys(turn) || !key) return not_asked();
  return (turn.kept != nullptr ? yes_final(turn.kept->response.status) : no()).with("Idempotency-Key", key);
}

void act_key_seen(Turn& turn, bool answer) { turn.repeats_kept = answer; }

Said ask_unprocessable(const Turn& turn) {
  if (turn.resource == nullptr || turn.resource->schema_valid || !brings_content(turn) || !turn.has_request_content()) return not_asked();
  return yes_final(422).with("schema_valid", "false").or_else("content-malformed", 400);
}

Said ask_locked(const Turn& turn) {
  const bool changes = writes(turn) || turn.is("LOCK");
  if (!changes || turn.resource == nullptr || !turn.resource->dav || !turn.resource->dav->lock) return not_asked();
  const Lock& lock = *turn.resource->dav->lock;
  return answer_or_pass(!submits_token(turn, lock), 423).with("lock", lock.token).with("If", turn.field("If"));
}

// RFC 4918 section 11.3: the content names the precondition that failed, lock-token-submitted.
void act_locked(Turn& turn, bool answer) {
  if (answer) turn.give("application/xml; charset=utf-8", dav_error("lock-token-submitted", turn.target.path));
}

Said ask_conflict(const Turn& turn) {
  if (!writes(turn) || !turn.resource->write.conflict) return not_asked();
  return yes_final(409).with("conflict", "true");
}

// A PROPPATCH says it inside its 207.
Said ask_dependency(const Turn& turn) {
  if (!writes(turn) || !turn.resource->dav || !turn.resource->dav->dependency_failed) return not_asked();
  return turn.is("PROPPATCH") ? yes(424) : yes_final(424);
}

Said ask_storage(const Turn& turn) {
  if (!writes(turn) || turn.is("DELETE")) return not_asked();
  const auto quota = turn.resource->dav ? turn.resource->dav->quota : std::nullopt;
  if (!turn.resource->write.storage_full && !quota) return not_asked();
  const bool is_full = turn.resource->write.storage_full || turn.request.content.size() >= *quota;
  return answer_or_pass(is_full, 507).with("quota", quota ? std::optional(number(*quota)) : std::nullopt);
}

// RFC 5842 section 7.1: 208 is for clients that say they know bindings; others get 508.
Said ask_loop(const Turn& turn) {
  if (!turn.is("PROPFIND") || turn.resource == nullptr || !turn.resource->dav || !turn.resource->dav->bindings_loop) return not_asked();
  const std::string depth = depth_of(turn);
  return answer_or_pass(depth == "infinity" && !knows_bindings(turn), 508).with("Depth", depth).with("DAV", turn.field("DAV"));
}

Said ask_failure(const Turn& turn) {
  const auto& bug = turn.config.state.bug;
  return bug ? yes_final(500).with("bug", *bug) : not_asked();
}

// --- interim responses (RFC 9110 section 15.2: "a server MUST NOT send a 1xx response to an HTTP/1.0 client") ----------

const InterimPlan* plan_of(const Turn& turn, std::uint16_t status) {
  if (turn.resource == nullptr || !turn.speaks_http11()) return nullptr;
  for (const InterimPlan& plan : turn.resource->interim)
    if (plan.status == status) return &plan;
  return nullptr;
}

template <std::uint16_t status>
Said ask_interim(const Turn& turn) {
  return plan_of(turn, status) != nullptr ? yes(status) : not_asked();
}

template <std::uint16_t status>
void act_interim(Turn& turn, bool) {
  const InterimPlan& plan = *plan_of(turn, status);
  std::uint32_t times = plan.every_ms == 0 ? 1 : turn.resource->takes_ms / plan.every_ms;
  // A bound, since both numbers are anybody's.
  for (times = std::clamp(times, 1U, 100U); times > 0; --times) turn.answer.response.interim.push_back({status, plan.fields});
}

constexpr std::string_view interop_version = "8";

// draft-ietf-httpbis-resumable-upload section 4.2: the client says Upload-Complete; section 5: 104 with Location tells where.
Said ask_resumption(const Turn& turn) {
  const auto complete = turn.field("Upload-Complete");
  if (!complete || !turn.config.extensions.resumable_upload || !turn.speaks_http11()) return not_asked();
  return yes(104).with("Upload-Complete", complete);
}

void act_resumption(Turn& turn, bool) {
  turn.answer.response.interim.push_back(
      {104, {{"Upload-Draft-Interop-Version", std::string(interop_version)}, {"Location", turn.target.path + "/upload"}}});
}

// RFC 9110 section 7.8: Upgrade is for HTTP/1.1, "A sender of Upgrade MUST also send an "Upgrade" connection option".
std::optional<std::string> protocol(const Turn& turn) {
  const auto upgrade = turn.field("Upgrade"), connection = turn.field("Connection");
  if (!upgrade || !connection || turn.arrival.http_version != "1.1") return std::nullopt;
  const auto options = syntax::list_members(*connection);
  const bool named = std::any_of(options.begin(), options.end(),
                                 [](std::string_view option) { return ascii::equals_ignoring_case(option, "upgrade"); });
  if (!named) return std::nullopt;
  for (const std::string_view offered : syntax::list_members(*upgrade))
    if (contains_ignoring_case(turn.config.extensions.upgrade, offered)) return std::string(offered);
  return std::nullopt;
}

Said ask_upgrade(const Turn& turn) {
  const auto upgrade = turn.field("Upgrade");
  if (!upgrade) return not_asked();
  return answer_or_pass(protocol(turn).has_value(), 101).with("Upgrade", upgrade).with("Connection", turn.field("Connection"));
}

void act_upgrade(Turn& turn, bool answer) {
  if (!answer) return;
  const std::string name = *protocol(turn);
  turn.add("Connection", "Upgrade");
  turn.add("Upgrade", name);
  const auto key = turn.field("Sec-WebSocket-Key");
  if (http::same_name(name, "websocket") && key) turn.add("Sec-WebSocket-Accept", syntax::websocket_accept(*key));
}

constexpr Check checks[] = {
    {DecisionId::content_overrun, Place::fixed, ask_overrun, nullptr},
    {DecisionId::destination_missing, Place::fixed, ask_destination, nullptr},
    {DecisionId::content_malformed, Place::fixed, ask_malformed, nullptr},
    {DecisionId::key_reused, Place::fixed, ask_key_reused, nullptr},
    {DecisionId::key_seen, Place::fixed, ask_key_seen, act_key_seen},
    {DecisionId::content_unprocessable, Place::movable, ask_unprocessable, nullptr},
    {DecisionId::locked, Place::movable, ask_locked, act_locked},
    {DecisionId::write_conflict, Place::movable, ask_conflict, nullptr},
    {DecisionId::dependency_failed, Place::movable, ask_dependency, nullptr},
    {DecisionId::storage_full, Place::movable, ask_storage, nullptr},
    {DecisionId::binding_loop, Place::movable, ask_loop, nullptr},
    {DecisionId::resumption_offered, Place::fixed, ask_resumption, act_resumption},
    {DecisionId::hints_sent, Place::fixed, ask_interim<103>, act_interim<103>},
    {DecisionId::processing_sent, Place::fixed, ask_interim<102>, act_interim<102>},
    {DecisionId::failure, Place::fixed, ask_failure, nullptr},
    {DecisionId::upgrade_accepted, Place::fixed, ask_upgrade, act_upgrade},
};

}  // namespace

std::span<const Check> content_checks() { return checks; }

bool takes_keys(const Turn& turn) {
  return turn.resource != nullptr && turn.resource->write.idempotency_keys && (turn.is("POST") || turn.is("PATCH"));
}

}  // namespace statuslab::origin
