// Stage 2: access to the resource, its existence, and its content as far as the header section tells. No document orders
// these either; by default credentials come first, so that nothing is told to strangers.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "statuslab/registry.h"
#include "syntax/rfc4648.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_auth.h"

namespace statuslab::origin {
namespace {

// --- CORS (Fetch Standard, "HTTP responses" of the CORS protocol) ---------------------------------------------------

std::string own_origin(const Turn& turn) { return turn.target.scheme + "://" + turn.target.authority; }

bool grants(const Cors& cors, std::string_view origin) {
  if (cors.allow_origin == AllowOrigin::list) return contains(cors.origins, origin);
  return cors.allow_origin != AllowOrigin::none;
}

Said ask_cross_origin(const Turn& turn) {
  const auto origin = turn.field("Origin");
  if (!origin || turn.resource == nullptr || *origin == own_origin(turn)) return not_asked();
  Said said = grants(turn.resource->cors, *origin) ? yes() : no();
  return std::move(said).with("Origin", origin);
}

void act_cross_origin(Turn& turn, bool answer) { turn.grants_origin = answer; }

bool is_preflight(const Turn& turn) {
  return turn.is("OPTIONS") && http::has(turn.request.fields, "Origin") &&
         http::has(turn.request.fields, "Access-Control-Request-Method");
}

Said ask_preflight(const Turn& turn) {
  if (!is_preflight(turn) || turn.resource == nullptr) return not_asked();
  const bool takes_part = turn.resource->cors.allow_origin != AllowOrigin::none;
  return answer_or_pass(takes_part, turn.resource->cors.preflight_status)
      .with("Access-Control-Request-Method", turn.field("Access-Control-Request-Method"))
      .with("Access-Control-Request-Headers", turn.field("Access-Control-Request-Headers"));
}

void act_preflight(Turn& turn, bool answer) {
  if (!answer) return;
  const Cors& cors = turn.resource->cors;
  turn.has_content = true;
  if (!turn.grants_origin) return;
  turn.add("Access-Control-Allow-Methods",
           join(cors.allow_methods.empty() ? methods_of(turn.config, *turn.resource) : cors.allow_methods));
  if (!cors.allow_headers.empty()) turn.add("Access-Control-Allow-Headers", join(cors.allow_headers));
  if (cors.max_age) turn.add("Access-Control-Max-Age", number(*cors.max_age));
}

// --- who asks -----------------------------------------------------------------------------------------------------------

Said ask_client_certificate(const Turn& turn) {
  if (!turn.config.extensions.client_cert) return not_asked();
  return answer_or_pass(!turn.arrival.client_cert, 403);
}

// The name that credentials give, if the scheme is one of those the resource offers: the origin believes every password.
std::optional<std::string> user_of(const Turn& turn, const Auth& auth) {
  const auto value = turn.field("Authorization");
  if (!value) return std::nullopt;
  const syntax::Credentials credentials = syntax::split_credentials(*value);
  const bool offered = std::any_of(auth.schemes.begin(), auth.schemes.end(), [&](const std::string& challenge) {
    return syntax::split_credentials(challenge).is(credentials.scheme);
  });
  if (!offered) return std::nullopt;
  if (credentials.is("Basic")) {
    const auto pair = syntax::decode_base64(credentials.rest);
    return pair && pair->find(':') != std::string::npos ? std::optional(pair->substr(0, pair->find(':'))) : std::nullopt;
  }
  if (credentials.is("Digest")) {
    const auto params = syntax::parse_auth_params(credentials.rest);
    if (!params) return std::nullopt;
    for (const syntax::AuthParam& param : *params)
      if (http::same_name(param.name, "username")) return syntax::unquote(param.value);
    return std::nullopt;
  }
  return std::string(credentials.rest);
}

bool is_valid(const Turn& turn, const Auth& auth) {
  const auto user = user_of(turn, auth);
  if (!user) return false;
  const bool anybody = auth.allow.empty();
  return anybody || contains(auth.allow, *user) || contains(auth.deny, *user);
}

Said ask_credentials(const Turn& turn) {
  if (turn.resource == nullptr || !turn.resource->auth) return not_asked();
  return answer_or_pass(!is_valid(turn, *turn.resource->auth), 401)
      .with("Authorization", turn.field("Authorization"))
      .with("challenges", join(turn.resource->auth->schemes));
}

// RFC 9110 section 11.6.1: "A server generating a 401 (Unauthorized) response MUST send a WWW-Authenticate header field
// containing at least one challenge."
void act_credentials(Turn& turn, bool answer) {
  if (!answer) return;
  const auto sent = turn.field("Authorization");
  for (std::string challenge : turn.resource->auth->schemes) {
    // RFC 6750 section 3: where a token was sent and refused, the challenge says why.
    const bool refused_token = sent && syntax::split_credentials(challenge).is("Bearer") && syntax::split_credentials(*sent).is("Bearer");
    if (refused_token && challenge.find("error=") == std::string::npos)
      challenge += std::string(challenge.find('=') == std::string::npos ? " " : ", ") + "error=\"invalid_token\"";
    turn.add("WWW-Authenticate", challenge);
  }
}

// RFC 9110 section 15.5.4: "An origin server that wishes to "hide" the current existence of a forbidden target resource MAY
// instead respond with a status code of 404 (Not Found)."
Said ask_access(const Turn& turn) {
  if (turn.resource == nullptr || !turn.resource->auth) return not_asked();
  const auto user = user_of(turn, *turn.resource->auth);
  const bool refused = user && contains(turn.resource->auth->deny, *user);
  const bool hides = turn.config.policy.hide_existence;
  Said said = answer_or_pass(refused, hides ? 404 : 403).with("user", user);
  if (!refused) return said;
  return hides ? std::move(said).or_else("origin.policy.hide_existence=false", 403)
               : std::move(said).or_else("origin.policy.hide_existence=true", 404);
}

Said ask_payment(const Turn& turn) {
  return turn.resource != nullptr && turn.resource->payment_required ? yes_final(402).or_else("Forbidden", 403) : not_asked();
}

Said ask_legal_block(const Turn& turn) {
  if (turn.resource == nullptr || !turn.resource->legal_block) return not_asked();
  return yes_final(451).with("blocked by", turn.resource->legal_block->by).or_else("Not Found", 404);
}

// RFC 7725 section 4: "The intent is that the header be used to identify the entity actually implementing blockage, not any
// other entity mandating it."
void act_legal_block(Turn& turn, bool answer) {
  const std::string& by = turn.resource->legal_block->by;
  if (answer && !by.empty()) turn.add("Link", "<" + by + ">; rel=\"blocked-by\"");
}

// --- what it is and where -----------------------------------------------------------------------------------------------

Said ask_method_allowed(const Turn& turn) {
  if (turn.resource == nullptr) return not_asked();
  const Names methods = methods_of(turn.config, *turn.resource);
  return answer_or_pass(!contains(methods, turn.method), 405).with("method", turn.method).with("methods", join(methods));
}

// RFC 9110 section 15.5.6: "The origin server MUST generate an Allow header field in a 405 response containing a list of the
// target resource's currently supported methods."
void act_method_allowed(Turn& turn, bool answer) {
  if (answer) turn.add("Allow", join(methods_of(turn.config, *turn.resource)));
}

bool is_permanent(std::uint16_t status) { return status == 301 || status == 308; }

std::string_view phrase_of(std::uint16_t status) {
  const auto rows = find_status(status);
  return rows.empty() ? std::string_view() : rows[0].phrase;
}

// The status that says the same with the other rule for the method.
std::uint16_t counterpart(std::uint16_t status) {
  constexpr std::uint16_t pairs[][2] = {{301, 308}, {308, 301}, {302, 307}, {307, 302}, {303, 302}};
  for (const auto& pair : pairs)
    if (pair[0] == status) return pair[1];
  return 0;
}

template <bool permanent>
Said ask_moved(const Turn& turn) {
  if (turn.resource == nullptr || !turn.resource->history.moved) return not_asked();
  const Moved& moved = *turn.resource->history.moved;
  if (is_permanent(moved.status) != permanent) return not_asked();
  return yes_final(moved.status).with("moved to", moved.to).or_else(phrase_of(counterpart(moved.status)), counterpart(moved.status));
}

void act_moved(Turn& turn, bool answer) {
  if (answer) turn.add("Location", turn.resource->history.moved->to);
}

Said ask_gone(const Turn& turn) {
  if (turn.resource == nullptr || !turn.resource->history.gone || turn.is("PUT")) return not_asked();
  return yes_final(410).or_else("not-found", 404);
}

Said ask_described(const Turn& turn) {
  if (!turn.present() || !turn.resource->see_other || !turn.reads()) return not_asked();
  return yes_final(303).with("see_other", turn.resource->see_other);
}

void act_described(Turn& turn, bool answer) {
  if (answer) turn.add("Location", *turn.resource->see_other);
}

bool may_create(const Turn& turn) {
  constexpr std::string_view creating[] = {"PUT", "MKCOL", "LOCK", "OPTIONS"};
  return turn.resource != nullptr && std::find(std::begin(creating), std::end(creating), turn.method) != std::end(creating);
}

Said ask_not_found(const Turn& turn) {
  const bool missing = !turn.present() && !may_create(turn);
  Said said = answer_or_pass(missing, 404).with("path", turn.target.path);
  return missing ? std::move(said).or_else("gone", 410) : said;
}

// --- content, by its fields ---------------------------------------------------------------------------------------------

Said ask_content_size(const Turn& turn) {
  const auto length = turn.announced_length();
  if (!length || *length == 0) return not_asked();
  return answer_or_pass(*length > turn.config.limits.content_bytes, 413)
      .with("Content-Length", number(*length))
      .with("content_bytes", number(turn.config.limits.content_bytes))
      .or_else("origin.limits.content_bytes", 0);
}

// RFC 9110 section 15.5.14: "The server MAY terminate the request, if the protocol version in use allows it; otherwise, the
// server MAY close the connection."
void act_content_size(Turn& turn, bool answer) {
  if (answer) turn.answer.closes = turn.speaks_http1();
}

Said ask_length_required(const Turn& turn) {
  if (!turn.config.extensions.length_required || !turn.has_request_content()) return not_asked();
  return answer_or_pass(!turn.announced_length(), 411).with("Content-Length", turn.field("Content-Length"));
}

void act_length_required(Turn& turn, bool answer) {
  if (answer) turn.answer.closes = turn.speaks_http1();
}

const Names* accepted_types(const Turn& turn) {
  if (turn.resource == nullptr) return nullptr;
  const auto entry = turn.resource->accepts.find(turn.method);
  return entry != turn.resource->accepts.end() ? &entry->second : nullptr;
}

Said ask_media_type(const Turn& turn) {
  const Names* accepted = accepted_types(turn);
  if (accepted == nullptr || !turn.has_request_content()) return not_asked();
  const auto type = turn.field("Content-Type");
  const bool fits = type && contains_ignoring_case(*accepted, media_of(*type));
  return answer_or_pass(!fits, 415).with("Content-Type", type).with("accepts", join(*accepted));
}

// RFC 9110 section 15.5.16: "if the cause was an unsupported media type, the Accept response header field (Section 12.5.1)
// can be used to indicate which media types would have been accepted"; PATCH and POST have fields of their own (RFC 5789
// section 2.2).
void act_media_type(Turn& turn, bool answer) {
  if (!answer) return;
  turn.add(turn.is("PATCH") ? "Accept-Patch" : turn.is("POST") ? "Accept-Post" : "Accept", join(*accepted_types(turn)));
}

const Names& accepted_codings(const Turn& turn) {
  const auto& own = turn.resource->accept_encoding_request;
  return own ? *own : turn.config.content_codings;
}

Said ask_content_coding(const Turn& turn) {
  const auto codings = turn.field("Content-Encoding");
  if (!codings || turn.resource == nullptr || !turn.has_request_content()) return not_asked();
  bool unknown = false;
  for (const std::string_view coding : syntax::list_members(*codings))
    unknown |= !coding.empty() && !contains_ignoring_case(accepted_codings(turn), coding);
  return answer_or_pass(unknown, 415).with("Content-Encoding", codings);
}

// RFC 9110 section 15.5.16: "the Accept-Encoding response header field (Section 12.5.3) ought to be used to indicate which
// (if any) content codings would have been accepted in the request."
void act_content_coding(Turn& turn, bool answer) {
  if (!answer) return;
  const Names& codings = accepted_codings(turn);
  turn.add("Accept-Encoding", codings.empty() ? "identity" : join(codings));
}

Said ask_partial_put(const Turn& turn) {
  const auto range = turn.field("Content-Range");
  return turn.is("PUT") && range ? yes_final(400).with("Content-Range", range) : not_asked();
}

constexpr Check checks[] = {
    {DecisionId::cross_origin_granted, Place::fixed, ask_cross_origin, act_cross_origin},
    {DecisionId::client_certificate_missing, Place::movable, ask_client_certificate, nullptr},
    {DecisionId::preflight, Place::movable, ask_preflight, act_preflight},
    {DecisionId::credentials_missing, Place::movable, ask_credentials, act_credentials},
    {DecisionId::access_refused, Place::movable, ask_access, nullptr},
    {DecisionId::payment_due, Place::movable, ask_payment, nullptr},
    {DecisionId::legal_block, Place::movable, ask_legal_block, act_legal_block},
    {DecisionId::moved_permanently, Place::movable, ask_moved<true>, act_moved},
    {DecisionId::moved_for_now, Place::movable, ask_moved<false>, act_moved},
    {DecisionId::gone, Place::movable, ask_gone, nullptr},
    {DecisionId::method_not_allowed, Place::movable, ask_method_allowed, act_method_allowed},
    {DecisionId::described_elsewhere, Place::movable, ask_described, act_described},
    {DecisionId::not_found, Place::movable, ask_not_found, nullptr},
    {DecisionId::content_too_large, Place::movable, ask_content_size, act_content_size},
    {DecisionId::length_required, Place::movable, ask_length_required, act_length_required},
    {DecisionId::media_type_refused, Place::movable, ask_media_type, act_media_type},
    {DecisionId::content_coding_refused, Place::movable, ask_content_coding, act_content_coding},
    {DecisionId::partial_put, Place::movable, ask_partial_put, nullptr},
};

}  // namespace

std::span<const Check> resource_checks() { return checks; }

}  // namespace statuslab::origin
