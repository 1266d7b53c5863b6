// Stage 7: the request is carried out, and which 2xx (or 303) says so.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "simulate/origin_dav.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

bool changes(const Turn& turn) { return !is_safe(turn.method); }
bool is_outcome(const Turn& turn, Outcome outcome) {
  return turn.resource != nullptr && changes(turn) && turn.resource->write.outcome == outcome;
}

// --- what becomes of the resources -----------------------------------------------------------------------------------

// RFC 9110 section 9.3.4: PUT "requests that the state of the target resource be created or replaced with the state defined
// by the representation enclosed".
void store(Turn& turn) {
  Resource& resource = own_resource(turn);
  const bool present = resource.exists && !resource.history.gone;
  if (!present || resource.representations.empty()) resource.representations.assign(1, Representation{});
  resource.exists = true;
  resource.history.gone = false;
  Representation& stored = resource.representations[turn.selected.value_or(0)];
  stored.text = turn.request.content;
  stored.instance_history.clear();
  stored.coding = turn.field("Content-Encoding").value_or("");
  if (const auto type = turn.field("Content-Type")) stored.media = media_of(*type);
  touch(stored, turn.writes, turn.now);
}

// The old instance stays known where deltas are made.
void modify(Turn& turn) {
  Resource& resource = own_resource(turn);
  for (Representation& representation : resource.representations) {
    if (representation.etag) representation.instance_history.push_back(*representation.etag);
    touch(representation, turn.writes, turn.now);
  }
}

// The new member of a collection; its path.
std::string append_member(Turn& turn) {
  Resource member = *turn.resource;
  std::string base = turn.target.path;
  while (base.ends_with('/')) base.pop_back();
  member.path = base + "/" + number(++turn.writes);
  member.exists = true;
  member.collection = false;
  member.write = Write{};
  member.see_other.reset();
  member.representations.assign(1, Representation{});
  Representation& stored = member.representations[0];
  stored.text = turn.request.content;
  if (const auto type = turn.field("Content-Type")) stored.media = media_of(*type);
  stored.etag = "\"" + number(turn.writes) + "\"";
  stored.last_modified = turn.now;
  const std::string path = member.path;
  turn.config.resources.push_back(std::move(member));
  turn.resource = find_resource(turn.config, turn.target.path);
  return path;
}

void remove(Turn& turn) {
  Resource& resource = own_resource(turn);
  resource.exists = false;
}

// COPY and MOVE.
void carry_over(Turn& turn) {
  const std::string to = destination_of(turn);
  Resource copy = *turn.resource;
  if (turn.is("MOVE")) remove(turn);
  copy.path = to;
  copy.exists = true;
  if (copy.dav) copy.dav->lock.reset();
  Resource* there = find_resource(turn.config, to);
  if (there != nullptr && there->path == to)
    *there = std::move(copy);
  else
    turn.config.resources.push_back(std::move(copy));
  turn.resource = find_resource(turn.config, turn.target.path);
}

// --- the checks ---------------------------------------------------------------------------------------------------------

bool lists_twice(const Turn& turn) {
  if (!turn.is("PROPFIND") || !turn.resource->dav) return false;
  const auto& members = turn.resource->dav->members;
  return turn.resource->dav->bindings_loop ||
         std::any_of(members.begin(), members.end(), [](const Member& member) { return member.status == 208; });
}

Said ask_already_reported(const Turn& turn) {
  if (turn.resource == nullptr || !turn.is("PROPFIND") || !lists_twice(turn) || depth_of(turn) == "0") return not_asked();
  return yes(208).with("Depth", depth_of(turn)).with("DAV", turn.field("DAV"));
}

bool a_member_fails(const Turn& turn) {
  if (!turn.resource->dav) return false;
  const auto& members = turn.resource->dav->members;
  return std::any_of(members.begin(), members.end(), [](const Member& member) { return member.status >= 400; });
}

// RFC 4918 sections 9.6.1, 9.8.3, 9.9.2: a failure of a member makes a 207 of DELETE, COPY and MOVE.
Said ask_members(const Turn& turn) {
  if (turn.resource == nullptr) return not_asked();
  const bool always = turn.is("PROPFIND") || turn.is("PROPPATCH");
  const bool by_member = (turn.is("DELETE") || turn.is("COPY") || turn.is("MOVE")) && a_member_fails(turn);
  return always || by_member ? yes_final(207).with("method", turn.method) : not_asked();
}

void act_members(Turn& turn, bool answer) {
  if (!answer) return;
  turn.give("application/xml; charset=utf-8", multistatus(turn));
  if (turn.is("PROPPATCH") && !(turn.resource->dav && turn.resource->dav->dependency_failed)) modify(turn);
}

Said ask_accepted(const Turn& turn) {
  const bool later = turn.resource != nullptr && changes(turn) && (turn.resource->write.async || is_outcome(turn, Outcome::accepted));
  return later ? yes_final(202) : not_asked();
}

void act_accepted(Turn& turn, bool answer) {
  if (answer) turn.give("text/plain; charset=utf-8", "Accepted. The work is not done yet.\n");
}

Said ask_elsewhere(const Turn& turn) {
  if (!turn.is("POST") || turn.resource == nullptr) return not_asked();
  const auto& to = turn.resource->see_other;
  if (!to && !is_outcome(turn, Outcome::see_other)) return not_asked();
  return yes_final(turn.config.policy.post_redirect).with("see_other", to).or_else("origin.policy.post_redirect=302", 302);
}

void act_elsewhere(Turn& turn, bool answer) {
  if (!answer) return;
  turn.add("Location", turn.resource->see_other.value_or(turn.target.path));
  if (turn.resource->representations.empty()) return;
  modify(turn);
}

bool creates(const Turn& turn) {
  if (turn.resource == nullptr) return false;
  if (turn.is("PUT") || turn.is("MKCOL") || turn.is("LOCK")) return !turn.present();
  if (turn.is("COPY") || turn.is("MOVE")) return !destination_exists(turn);
  return turn.is("POST") && is_outcome(turn, Outcome::created);
}

Said ask_created(const Turn& turn) {
  if (!changes(turn)) return not_asked();
  return answer_or_pass(creates(turn), 201).with("method", turn.method);
}

void add_validators(Turn& turn, const Representation& representation) {
  const std::string etag = etag_of(representation);
  if (!etag.empty()) turn.add("ETag", etag);
  if (representation.last_modified)
    turn.add("Last-Modified", syntax::format_http_date(std::min(*representation.last_modified, turn.now) / 1000));
}

void create(Turn& turn) {
  if (turn.is("PUT") || turn.is("LOCK")) return store(turn);
  if (turn.is("MKCOL")) {
    Resource& resource = own_resource(turn);
    resource.exists = true;
    resource.collection = true;
    resource.history.gone = false;
  }
}

// RFC 9110 section 15.3.2: "The primary resource created by the request is identified by either a Location header field in
// the response or, if no Location header field is received, by the target URI."
void act_created(Turn& turn, bool answer) {
  if (!answer) return;
  turn.give("text/plain; charset=utf-8", "Created.\n");
  if (turn.is("POST")) {
    const std::string path = append_member(turn);
    turn.add("Location", path);
    return add_validators(turn, find_resource(turn.config, path)->representations[0]);
  }
  if (turn.is("COPY") || turn.is("MOVE")) {
    carry_over(turn);
    return turn.add("Location", destination_of(turn));
  }
  create(turn);
  if (turn.is("PUT")) add_validators(turn, turn.resource->representations[turn.selected.value_or(0)]);
  if (!turn.is("LOCK")) return;
  turn.resource->dav.emplace().lock.emplace();
  turn.add("Lock-Token", "<" + turn.resource->dav->lock->token + ">");
  turn.give("application/xml; charset=utf-8", lock_discovery(turn, *turn.resource->dav->lock));
}

// Not for PUT: "the origin server MUST send either a 200 (OK) or a 204 (No Content) response" (section 9.3.4).
Said ask_reset(const Turn& turn) {
  return is_outcome(turn, Outcome::reset) && !turn.is("PUT") ? yes_final(205) : not_asked();
}

void act_reset(Turn& turn, bool answer) {
  if (!answer) return;
  modify(turn);
  turn.has_content = true;
}

Said ask_options(const Turn& turn) {
  if (!turn.is("OPTIONS") || turn.resource == nullptr) return not_asked();
  return yes_final(204).or_else("OK", 200);
}

// RFC 9110 section 9.3.7: "A server generating a successful response to OPTIONS SHOULD send any header that might indicate
// optional features implemented by the server and applicable to the target resource (e.g., Allow)".
void act_options(Turn& turn, bool) {
  turn.add("Allow", join(methods_of(turn.config, *turn.resource)));
  if (turn.resource->ranges.unit != "none") turn.add("Accept-Ranges", turn.resource->ranges.unit);
  const auto patch = turn.resource->accepts.find("PATCH");
  if (patch != turn.resource->accepts.end()) turn.add("Accept-Patch", join(patch->second));
  if (turn.resource->dav || turn.resource->collection) turn.add("DAV", turn.resource->dav && turn.resource->dav->lock ? "1, 2" : "1");
}

Said ask_nothing(const Turn& turn) {
  if (turn.resource == nullptr) return not_asked();
  const bool silent = turn.is("PUT") || turn.is("PATCH") || turn.is("DELETE") || turn.is("COPY") || turn.is("MOVE") || turn.is("UNLOCK");
  const Outcome outcome = turn.resource->write.outcome;
  const bool by_outcome = changes(turn) && (outcome == Outcome::no_content || (outcome == Outcome::automatic && silent));
  const bool empty = turn.reads() && turn.representation() == nullptr;
  Said said = answer_or_pass(by_outcome || empty, 204).with("method", turn.method);
  return by_outcome ? std::move(said).or_else("OK", 200) : said;
}

void carry_out(Turn& turn) {
  if (turn.is("PUT")) {
    store(turn);
    return add_validators(turn, turn.resource->representations[turn.selected.value_or(0)]);
  }
  if (turn.is("PATCH")) {
    modify(turn);
    if (turn.selected) add_validators(turn, turn.resource->representations[*turn.selected]);
    return;
  }
  if (turn.is("DELETE")) return remove(turn);
  if (turn.is("COPY") || turn.is("MOVE")) return carry_over(turn);
  if (turn.is("POST")) return modify(turn);
  if (turn.is("UNLOCK") && turn.resource->dav) turn.resource->dav->lock.reset();
}

void act_nothing(Turn& turn, bool answer) {
  if (answer && changes(turn)) carry_out(turn);
}

Said ask_succeeded(const Turn& turn) { return yes_final(200).with("method", turn.method); }

void act_succeeded(Turn& turn, bool) {
  if (turn.reads()) {
    turn.describes_representation = true;
    turn.content = content_of(*turn.representation());
    turn.has_content = true;
    return;
  }
  if (turn.is("LOCK")) {
    Dav& dav = turn.resource->dav ? *turn.resource->dav : turn.resource->dav.emplace();
    if (!dav.lock) dav.lock.emplace();
    turn.add("Lock-Token", "<" + dav.lock->token + ">");
    return turn.give("application/xml; charset=utf-8", lock_discovery(turn, *dav.lock));
  }
  carry_out(turn);
  turn.give("text/plain; charset=utf-8", "Done.\n");
}

constexpr Check checks[] = {
    {DecisionId::already_reported, Place::fixed, ask_already_reported, nullptr},
    {DecisionId::members_reported, Place::fixed, ask_members, act_members},
    {DecisionId::accepted_for_later, Place::fixed, ask_accepted, act_accepted},
    {DecisionId::answer_elsewhere, Place::fixed, ask_elsewhere, act_elsewhere},
    {DecisionId::created, Place::fixed, ask_created, act_created},
    {DecisionId::form_reset, Place::fixed, ask_reset, act_reset},
    {DecisionId::options_described, Place::fixed, ask_options, act_options},
    {DecisionId::nothing_to_send, Place::fixed, ask_nothing, act_nothing},
    {DecisionId::succeeded, Place::fixed, ask_succeeded, act_succeeded},
};

}  // namespace

std::span<const Check> success_checks() { return checks; }

}  // namespace statuslab::origin
