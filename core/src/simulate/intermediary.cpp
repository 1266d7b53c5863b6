// What a proxy or gateway does, in the order in which it does it.
//
//   in    loop? credentials? Max-Forwards used up? -> an answer of its own; then fields of the connection go, Via comes,
//         content is framed for the next connection, early data is held back or marked
//   out   no response -> 502 or 504; 425 -> another try; interim responses pass; fields of the connection go, Via comes,
//         content is framed for the client
//
// Each question is a row of core/data/decisions/intermediary.tsv.
#include "statuslab/intermediary.h"

#include <algorithm>
#include <array>
#include <initializer_list>

#include "base/ascii.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab::intermediary {
namespace {

using enum DecisionId;

constexpr std::uint16_t switching_protocols = 101;
constexpr std::uint16_t continue_status = 100;
constexpr std::uint16_t ok = 200;
constexpr std::uint16_t transformed = 203;
constexpr std::uint16_t proxy_authentication_required = 407;
constexpr std::uint16_t expectation_failed = 417;
constexpr std::uint16_t too_early = 425;
constexpr std::uint16_t bad_gateway = 502;
constexpr std::uint16_t gateway_timeout = 504;
constexpr std::uint16_t loop_detected = 508;

void decide(Decisions& decisions, DecisionId id, bool answer, std::initializer_list<DecisionInput> inputs = {}, std::uint16_t gives = 0) {
  decisions.push_back({.id = id, .answer = answer, .gives = gives, .terminal = false, .inputs = inputs, .alternatives = {}});
}

DecisionInput input(std::string_view name, const std::optional<std::string>& value) { return {name, value.value_or(""), value.has_value()}; }

// The response this party makes itself: the last decision is the one that made it.
Step answer(Step step, std::uint16_t status, http::Fields fields = {}, std::string content = {}) {
  step.decisions.back().terminal = true;
  step.decisions.back().gives = status;
  http::Response response{.status = status, .reason = {}, .fields = std::move(fields), .content = std::move(content)};
  const auto known = find_status(status);
  if (!known.empty()) response.reason = std::string(known.front().phrase);
  response.fields.push_back({"Content-Length", std::to_string(response.content.size())});
  step.respond = std::move(response);
  return step;
}

bool has_member(const http::Fields& fields, std::string_view name, std::string_view wanted) {
  const auto all = syntax::list_members(fields, name);
  return std::any_of(all.begin(), all.end(), [&](const std::string& member) { return http::same_name(member, wanted); });
}

// RFC 9110 section 7.6.1: "Intermediaries MUST parse a received Connection header field before a message is forwarded and,
// for each connection-option in this field, remove any header or trailer field(s) from the message with the same name as the
// connection-option, and then remove the Connection header field itself". The others "SHOULD" go "even if they are not
// mentioned". TE and Upgrade are of the connection too; Transfer-Encoding is framing, which is made anew.
constexpr std::array<std::string_view, 6> fields_of_the_connection{"Connection", "Proxy-Connection", "Keep-Alive", "TE", "Transfer-Encoding", "Upgrade"};

std::vector<std::string> remove_connection_fields(http::Fields& fields) {
  std::vector<std::string> names = syntax::list_members(fields, "Connection");
  for (const std::string_view name : fields_of_the_connection) names.emplace_back(name);
  std::vector<std::string> removed;
  for (const std::string& name : names) {
    if (!http::has(fields, name)) continue;
    http::remove(fields, name);
    removed.push_back(name);
  }
  return removed;
}

std::string joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
  return text;
}

// Section 7.6.3: Via = #( received-protocol RWS received-by [ RWS comment ] ).
std::string_view received_by(std::string_view member) {
  const std::size_t space = member.find_first_of(" \t");
  if (space == std::string_view::npos) return {};
  std::string_view rest = ascii::trim(member.substr(space));
  return rest.substr(0, rest.find_first_of(" \t"));
}

bool was_here(const http::Fields& fields, std::string_view name) {
  const auto via = syntax::list_members(fields, "Via");
  return std::any_of(via.begin(), via.end(), [&](const std::string& member) { return http::same_name(received_by(member), name); });
}

void add_via(http::Fields& fields, const std::string& version, const std::string& name) {
  const auto old = http::combined(fields, "Via");
  http::set(fields, "Via", (old ? *old + ", " : "") + version + " " + name);
}

bool is_http1_1(std::string_view version) { return version == "1.1"; }
bool is_old(std::string_view version) { return version == "1.0"; }

// TRACE: "The final recipient of the request SHOULD reflect the message received, excluding some fields" that are secret.
constexpr std::array<std::string_view, 3> secret_fields{"Authorization", "Proxy-Authorization", "Cookie"};

std::string reflected(const http::Request& request, const std::string& version) {
  std::string text = request.method + " " + request.target + " HTTP/" + version + "\r\n";
  for (const http::Field& field : request.fields) {
    const bool secret = std::any_of(secret_fields.begin(), secret_fields.end(), [&](std::string_view name) { return http::same_name(name, field.name); });
    if (!secret) text += field.name + ": " + field.value + "\r\n";
  }
  return text + "\r\n";
}

// RFC 9112 section 6.1: a sender frames for the connection in front of it; chunks exist in HTTP/1.1 only.
void frame_request(Forwarded& forwarded, bool was_chunked, Decisions& decisions) {
  http::Fields& fields = forwarded.request.fields;
  const bool translated = was_chunked || (forwarded.version == "1.1" && !http::has(fields, "Content-Length") && !forwarded.request.content.empty());
  decide(decisions, hop_framing_translated, translated, {{"version", forwarded.version}, input("Content-Length", http::combined(fields, "Content-Length"))});
  if (!translated) return;
  if (is_http1_1(forwarded.version)) {
    http::remove(fields, "Content-Length");
    fields.push_back({"Transfer-Encoding", "chunked"});
    forwarded.chunked = true;
  } else if (is_old(forwarded.version)) {  // it has to have read all of it first
    http::set(fields, "Content-Length", std::to_string(forwarded.request.content.size()));
  }
}

bool forbids_transforming(const http::Fields& fields) { return has_member(fields, "Cache-Control", "no-transform"); }

}  // namespace

Step receive(const Config& config, const Incoming& incoming) {
  Step step;
  Decisions& decisions = step.decisions;
  const http::Request& request = incoming.request;

  // RFC 9110 section 7.6: "An intermediary MUST NOT forward a message to itself unless it is protected from an infinite
  // request loop." Which status says so is open; 508 is WebDAV's, 502 and 400 are seen too.
  const bool looped = was_here(request.fields, config.name);
  decide(decisions, hop_received_loop, looped, {input("Via", http::combined(request.fields, "Via"))});
  if (looped) {
    decisions.back().alternatives = {{"bad gateway", bad_gateway}, {"bad request", 400}};
    return answer(std::move(step), loop_detected);
  }

  const bool asks = config.role == Role::proxy && !config.challenge.empty();
  const auto credentials = http::combined(request.fields, "Proxy-Authorization");
  if (asks) {
    const bool refused = credentials != config.credentials || config.credentials.empty();
    decide(decisions, hop_proxy_credentials, refused, {input("Proxy-Authorization", credentials)});
    if (refused) return answer(std::move(step), proxy_authentication_required, {{"Proxy-Authenticate", config.challenge}});
  }

  // Section 7.6.2: "each intermediary that receives a TRACE or OPTIONS request containing a Max-Forwards header field MUST
  // check and update its value prior to forwarding the request. If the received value is zero (0), the intermediary MUST NOT
  // forward the request; instead, the intermediary MUST respond as the final recipient." Other methods may ignore it.
  const bool counted = request.method == "TRACE" || request.method == "OPTIONS";
  const std::string* field = http::find(request.fields, "Max-Forwards");
  const auto left = counted && field ? syntax::parse_decimal(*field) : std::nullopt;
  if (left) {
    decide(decisions, max_forwards_zero, *left == 0, {{"method", request.method}, {"Max-Forwards", *field}});
    if (*left == 0) {
      if (request.method == "TRACE") return answer(std::move(step), ok, {{"Content-Type", "message/http"}}, reflected(request, incoming.version));
      return answer(std::move(step), ok, {{"Allow", "GET, HEAD, OPTIONS, TRACE"}});
    }
  }

  // Section 10.1.1: "A server that receives an Expect field value containing a member other than 100-continue MAY respond
  // with a 417", and a proxy that knows the next server to be of HTTP/1.0 has nobody who would send 100.
  const bool expects = has_member(request.fields, "Expect", "100-continue");
  if (expects) {
    const bool understood = !is_old(config.upstream_version);
    decide(decisions, expect_forwarded, understood, {{"version", config.upstream_version}});
    if (!understood) return answer(std::move(step), expectation_failed);
  }

  Forwarded forwarded{.request = request, .version = config.upstream_version};
  http::Fields& fields = forwarded.request.fields;
  if (left) {
    decide(decisions, max_forwards_counted, true, {{"Max-Forwards", *field}});
    http::set(fields, "Max-Forwards", std::to_string(*left - 1));
  }
  const bool was_chunked = has_member(fields, "Transfer-Encoding", "chunked");
  std::vector<std::string> removed = remove_connection_fields(fields);
  // Section 11.7.2: "A proxy MAY relay the credentials from the client request to the next proxy if that is the mechanism by
  // which the proxies cooperatively authenticate a given request": this one consumes what it asked for.
  if (asks) {
    http::remove(fields, "Proxy-Authorization");
    removed.emplace_back("Proxy-Authorization");
  }
  decide(decisions, hop_fields_removed, !removed.empty(), {{"removed", joined(removed), !removed.empty()}});
  // "A proxy MUST send an appropriate Via header field ... in each message that it forwards. An HTTP-to-HTTP gateway MUST
  // send an appropriate Via header field in each inbound request message".
  add_via(fields, incoming.version, config.name);
  decide(decisions, hop_via_added, true, {{"Via", *http::find(fields, "Via")}});
  if (!request.content.empty() || was_chunked) frame_request(forwarded, was_chunked, decisions);

  // RFC 8470 section 5.1: "An intermediary that forwards a request prior to the completion of the TLS handshake with its
  // client MUST send it with the Early-Data header field set to "1"".
  const bool marked_before = http::has(fields, "Early-Data");
  const bool early = incoming.early_data;
  if (early || marked_before) {
    decide(decisions, early_data_received, early, {input("Early-Data", http::combined(fields, "Early-Data"))});
    const bool held = early && !config.forward_early_data;
    if (early) decide(decisions, early_data_held, held);
    forwarded.early_data = early && !held;
    const bool marks = forwarded.early_data && config.knows_early_data;
    // "An intermediary MUST NOT remove this header field if it is present in a request."
    decide(decisions, early_data_marked, marks || marked_before);
    if (marks) http::set(fields, "Early-Data", "1");
  }
  step.forward = std::move(forwarded);
  return step;
}

Step respond(const Config& config, const Incoming& incoming, const Forwarded& forwarded, const Answer& result) {
  Step step;
  Decisions& decisions = step.decisions;
  const bool answered = result.failure == Failure::none;
  constexpr std::string_view failures[] = {"none", "unreachable", "closed", "timeout", "malformed"};
  decide(decisions, upstream_answered, answered, {{"failure", std::string(failures[static_cast<std::size_t>(result.failure)])}});
  if (!answered) {
    const bool in_time = result.failure != Failure::timeout;
    decide(decisions, upstream_in_time, in_time);
    return answer(std::move(step), in_time ? bad_gateway : gateway_timeout);
  }

  http::Response response = result.response;
  if (response.status == too_early) {
    // RFC 8470 section 5.2: "Intermediaries MUST forward a 425 (Too Early) status code if the request that it received and
    // forwarded contained an Early-Data header field. Otherwise, an intermediary that receives a request in early data MAY
    // automatically retry that request in response to a 425 (Too Early) status code, but it MUST wait for the TLS handshake to
    // complete on the connection where it received the request."
    const bool marked = http::has(incoming.request.fields, "Early-Data");
    decide(decisions, hop_too_early_passed, marked, {input("Early-Data", http::combined(incoming.request.fields, "Early-Data"))});
    const bool retries = !marked && incoming.early_data && config.repeats_425;
    if (!marked) decide(decisions, hop_too_early_repeated, retries);
    if (retries) {
      Forwarded again = forwarded;
      again.early_data = false;
      http::remove(again.request.fields, "Early-Data");
      step.forward = std::move(again);
      return step;
    }
  }

  const bool offered = http::has(forwarded.request.fields, "Upgrade");
  std::vector<http::Interim> interim;
  for (http::Interim& one : response.interim) {
    if (one.status == switching_protocols && !offered) {
      decide(decisions, hop_upgrade_dropped, true, {{"status", std::to_string(one.status)}});
      return answer(std::move(step), bad_gateway);
    }
    // Section 15.2: "A proxy MUST forward 1xx responses unless the proxy itself requested the generation of the 1xx response."
    // "Since HTTP/1.0 did not define any 1xx status codes, a server MUST NOT send a 1xx response to an HTTP/1.0 client."
    const bool own = one.status == continue_status && forwarded.own_expectation;
    const bool forwards = config.forward_interim && !own && !is_old(incoming.version);
    decide(decisions, interim_forwarded, forwards, {{"status", std::to_string(one.status)}, {"version", incoming.version}});
    if (!forwards) continue;
    (void)remove_connection_fields(one.fields);
    interim.push_back(std::move(one));
  }
  response.interim = std::move(interim);

  const bool was_chunked = has_member(response.fields, "Transfer-Encoding", "chunked");
  const auto removed = remove_connection_fields(response.fields);
  decide(decisions, hop_response_fields_removed, !removed.empty(), {{"removed", joined(removed), !removed.empty()}});

  if (config.transform && response.status == ok && !response.content.empty()) {
    const bool forbidden = forbids_transforming(response.fields) || forbids_transforming(incoming.request.fields);
    decide(decisions, no_transform, forbidden, {input("Cache-Control", http::combined(response.fields, "Cache-Control"))});
    decide(decisions, content_transformed, !forbidden, {}, forbidden ? ok : transformed);
    if (!forbidden) {
      response.status = transformed;
      response.reason = "Non-Authoritative Information";
      // What was said about the bytes is no longer true of them.
      for (const std::string_view name : {"ETag", "Content-MD5", "Content-Digest", "Accept-Ranges"}) http::remove(response.fields, name);
    }
  }
  // "A proxy MUST send an appropriate Via header field ... in each message"; a gateway MAY in responses.
  const bool adds_via = config.role == Role::proxy;
  if (adds_via) add_via(response.fields, result.version, config.name);
  decide(decisions, hop_via_added, adds_via);

  if (was_chunked || (!http::has(response.fields, "Content-Length") && !response.content.empty())) {
    decide(decisions, hop_response_framing, true, {{"version", incoming.version}});
    if (is_http1_1(incoming.version)) response.fields.push_back({"Transfer-Encoding", "chunked"});
    // RFC 9112 section 6.1: "A server MUST NOT send a response containing Transfer-Encoding unless the corresponding request
    // indicates HTTP/1.1": the end of the connection is the end of the content.
    else if (is_old(incoming.version)) response.fields.push_back({"Connection", "close"});
  }
  step.respond = std::move(response);
  return step;
}

}  // namespace statuslab::intermediary
