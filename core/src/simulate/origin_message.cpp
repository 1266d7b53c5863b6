// Stage 0: what never becomes a request that is understood. The order is that in which a server meets it on the wire:
// connection, start line, fields, framing.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

bool is_malformed(const Turn& turn, Malformed kind) {
  return std::find(turn.arrival.malformed.begin(), turn.arrival.malformed.end(), kind) != turn.arrival.malformed.end();
}

// The connection cannot be used any more: nobody knows where the next request would begin, or none is wanted.
void close(Turn& turn, bool answer) {
  if (answer) turn.answer.closes = true;
}

// RFC 9110 section 7.4: "an origin server MUST reject a request if any scheme-specific requirements for the target URI are
// not met. In particular, a request for an "https" resource MUST be rejected unless it has been received over a connection
// that has been secured via a certificate valid for that target URI's origin".
Said ask_misdirected(const Turn& turn) {
  const std::string& authority = turn.target.authority;
  if (turn.asterisk || authority.empty()) return not_asked();
  const bool served = turn.config.authorities.empty() || contains_ignoring_case(turn.config.authorities, authority);
  const bool right_scheme = turn.config.tls || turn.target.scheme != "https";
  return answer_or_pass(!served || !right_scheme, 421)
      .with("target", turn.target.scheme + "://" + authority)
      .with("connection", turn.arrival.tls_authority)
      .with("authorities", turn.config.authorities.empty() ? std::optional<std::string>() : join(turn.config.authorities));
}

Said ask_incomplete(const Turn& turn) {
  if (!turn.arrival.incomplete) return not_asked();
  return yes_final(408).with("header_timeout_ms", number(turn.config.limits.header_timeout_ms));
}

void act_incomplete(Turn& turn, bool) {
  turn.answer.closes = true;
  turn.answer.takes_ms = turn.config.limits.header_timeout_ms;
}

// "505 ... indicates that the server does not support, or refuses to support, the major version" (section 15.6.6); HTTP/2.0
// is how a request line would spell 2.
Said ask_version(const Turn& turn) {
  return answer_or_pass(!contains(turn.config.http_versions, turn.arrival.http_version), 505)
      .with("version", turn.arrival.http_version)
      .with("http_versions", join(turn.config.http_versions));
}

Said ask_target_length(const Turn& turn) {
  const std::size_t length = turn.target.path.size() + (turn.target.query ? turn.target.query->size() + 1 : 0);
  return answer_or_pass(length > turn.config.limits.target_bytes, 414)
      .with("target bytes", number(length))
      .with("target_bytes", number(turn.config.limits.target_bytes));
}

Said ask_method_length(const Turn& turn) {
  const bool is_long = turn.request.method.size() > turn.config.limits.method_bytes;
  return is_long ? yes_final(501).with("method bytes", number(turn.request.method.size())) : not_asked();
}

Said ask_field_size(const Turn& turn) {
  std::uint64_t total = 0, longest = 0;
  const std::string* name = nullptr;
  for (const http::Field& field : turn.request.fields) {
    const std::uint64_t size = field.name.size() + field.value.size() + 4;  // ": " and CRLF
    total += size;
    if (size > longest) longest = size, name = &field.name;
  }
  const Limits& limits = turn.config.limits;
  return answer_or_pass(longest > limits.field_bytes || total > limits.fields_total_bytes, 431)
      .with("longest field", name != nullptr ? std::optional(*name + ", " + number(longest)) : std::nullopt)
      .with("all fields", number(total))
      .or_else("Bad Request", 400);
}

Said ask_host(const Turn& turn) {
  const bool none = is_malformed(turn, Malformed::no_host) && turn.arrival.http_version != "1.0";
  const auto lines = std::count_if(turn.request.fields.begin(), turn.request.fields.end(),
                                   [](const http::Field& field) { return http::same_name(field.name, "Host"); });
  const bool several = is_malformed(turn, Malformed::two_hosts) || lines > 1;
  return answer_or_pass(none || several, 400).with("Host", none ? std::nullopt : turn.field("Host"));
}

template <Malformed kind>
Said ask_malformed(const Turn& turn) {
  return is_malformed(turn, kind) ? yes_final(400) : not_asked();
}

Said ask_bad_length(const Turn& turn) {
  const auto length = turn.field("Content-Length");
  const bool bad = is_malformed(turn, Malformed::bad_length) || (length && !syntax::parse_decimal(*length));
  return bad ? yes_final(400).with("Content-Length", length) : not_asked();
}

// RFC 9112 section 6.1: "A server MAY reject a request that contains both Content-Length and Transfer-Encoding or process
// such a request in accordance with the Transfer-Encoding alone."
Said ask_length_and_coding(const Turn& turn) {
  const auto length = turn.field("Content-Length"), coding = turn.field("Transfer-Encoding");
  if (!is_malformed(turn, Malformed::length_and_coding) && !(length && coding)) return not_asked();
  const bool rejects = turn.config.policy.framing_conflict == FramingConflict::status_400;
  Said said = rejects ? yes_final(400) : yes();
  if (rejects) said = std::move(said).or_else("origin.policy.framing_conflict=coding-wins", 0);
  return std::move(said).with("Content-Length", length).with("Transfer-Encoding", coding);
}

Said ask_transfer_coding(const Turn& turn) {
  const auto codings = turn.field("Transfer-Encoding");
  if (!codings) return not_asked();
  bool unknown = false;
  for (const std::string_view member : syntax::list_members(*codings)) {
    const std::string_view name = ascii::trim(member.substr(0, member.find(';')));
    unknown |= !name.empty() && !contains_ignoring_case(turn.config.transfer_codings, name);
  }
  return answer_or_pass(unknown, 501)
      .with("Transfer-Encoding", codings)
      .with("transfer_codings", join(turn.config.transfer_codings))
      .or_else("Bad Request", 400);
}

Said ask_upgrade_demanded(const Turn& turn) {
  const auto& wanted = turn.config.extensions.upgrade_required;
  // Upgrade belongs to HTTP/1.1; a later version is already something else.
  if (!wanted || !turn.speaks_http1()) return not_asked();
  const auto upgrade = turn.field("Upgrade");
  const bool offered = upgrade && ascii::equals_ignoring_case(ascii::trim(*upgrade), *wanted);
  return answer_or_pass(!offered, 426).with("Upgrade", upgrade).with("upgrade_required", *wanted);
}

// RFC 9110 section 15.5.22: "The server MUST send an Upgrade header field in a 426 response".
void act_upgrade_demanded(Turn& turn, bool answer) {
  if (!answer) return;
  turn.add("Upgrade", *turn.config.extensions.upgrade_required);
  turn.add("Connection", "upgrade");
}

constexpr Check checks[] = {
    {DecisionId::misdirected, Place::fixed, ask_misdirected, nullptr},
    {DecisionId::request_incomplete, Place::fixed, ask_incomplete, act_incomplete},
    {DecisionId::version_unsupported, Place::fixed, ask_version, close},
    {DecisionId::target_too_long, Place::fixed, ask_target_length, close},
    {DecisionId::method_too_long, Place::fixed, ask_method_length, close},
    {DecisionId::fields_too_large, Place::fixed, ask_field_size, close},
    {DecisionId::space_before_colon, Place::fixed, ask_malformed<Malformed::space_before_colon>, close},
    {DecisionId::bare_cr, Place::fixed, ask_malformed<Malformed::bare_cr>, close},
    {DecisionId::target_malformed, Place::fixed, ask_malformed<Malformed::bad_target>, close},
    {DecisionId::host_faulty, Place::fixed, ask_host, close},
    {DecisionId::length_malformed, Place::fixed, ask_bad_length, close},
    {DecisionId::length_and_coding, Place::fixed, ask_length_and_coding, close},
    {DecisionId::transfer_coding_unknown, Place::fixed, ask_transfer_coding, close},
    {DecisionId::upgrade_demanded, Place::fixed, ask_upgrade_demanded, act_upgrade_demanded},
};

}  // namespace

std::span<const Check> message_checks() { return checks; }

}  // namespace statuslab::origin
