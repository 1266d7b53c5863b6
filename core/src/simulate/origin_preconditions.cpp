// Stage 4: RFC 9110 section 13.2.2 line by line, the If field of WebDAV, then 100 (Continue).
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "simulate/origin_dav.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

enum class Comparison : std::uint8_t { strong, weak };

// Section 8.8.3.2: strong: "if both are not weak and their opaque-tags match character-by-character"; weak: "if their
// opaque-tags match character-by-character, regardless of either or both being tagged as weak".
bool is_same_tag(std::string_view a, std::string_view b, Comparison comparison) {
  const bool a_is_weak = a.starts_with("W/"), b_is_weak = b.starts_with("W/");
  if (comparison == Comparison::strong && (a_is_weak || b_is_weak)) return false;
  return a.substr(a_is_weak ? 2 : 0) == b.substr(b_is_weak ? 2 : 0);
}

// Whether "*" or one of the listed tags matches. Members that are no entity tag match nothing.
bool lists_current(const Turn& turn, const std::string& value, Comparison comparison) {
  if (ascii::trim(value) == "*") return turn.present();
  const Representation* representation = turn.representation();
  if (representation == nullptr) return false;
  const std::string current = etag_of(*representation);
  if (current.empty()) return false;
  const auto members = syntax::list_members(value);
  return std::any_of(members.begin(), members.end(), [&](std::string_view member) {
    return syntax::is_entity_tag(member) && is_same_tag(member, current, comparison);
  });
}

// Section 13.2.1: "a server MUST ignore the conditional request header fields ... when received with a request method that
// does not involve the selection or modification of a selected representation, such as CONNECT, OPTIONS, or TRACE."
// And "if its response to the same request without those conditions, prior to processing the request content, would have been a
// status code other than a 2xx (Successful) or 412 (Precondition Failed)": reading fails before anything is compared.
bool is_conditional(const Turn& turn) {
  const bool fails = turn.config.state.bug && is_safe(turn.method);
  return !fails && !turn.is("OPTIONS") && !turn.is("CONNECT") && !turn.is("TRACE");
}

std::optional<std::string> condition(const Turn& turn, std::string_view name) {
  return is_conditional(turn) ? turn.field(name) : std::nullopt;
}

std::optional<std::string> current_etag(const Turn& turn) {
  const Representation* representation = turn.representation();
  const std::string etag = representation != nullptr ? etag_of(*representation) : std::string();
  return etag.empty() ? std::nullopt : std::optional(etag);
}

// Whole seconds, as Last-Modified has them.
std::optional<std::int64_t> last_modified(const Turn& turn) {
  const Representation* representation = turn.representation();
  if (representation == nullptr || !representation->last_modified) return std::nullopt;
  return std::min(*representation->last_modified, turn.now) / 1000;
}

std::optional<std::string> last_modified_text(const Turn& turn) {
  const auto seconds = last_modified(turn);
  return seconds ? std::optional(syntax::format_http_date(*seconds)) : std::nullopt;
}

// Step 1. Deliberate: a state change that has "already succeeded" is not looked for; that is a MAY of section 13.1.1.
Said ask_if_match(const Turn& turn) {
  const auto value = condition(turn, "If-Match");
  if (!value) return not_asked();
  return answer_or_pass(!lists_current(turn, *value, Comparison::strong), 412)
      .with("If-Match", value)
      .with("ETag", current_etag(turn));
}

// Step 2: "If-Match is not present, and If-Unmodified-Since is present". Section 13.1.4: it is ignored "if the received
// field value is not a valid HTTP-date" and "if the resource does not have a modification date available".
Said ask_if_unmodified_since(const Turn& turn) {
  const auto value = condition(turn, "If-Unmodified-Since");
  if (!value || turn.field("If-Match")) return not_asked();
  const auto date = syntax::parse_http_date(*value);
  const auto modified = last_modified(turn);
  if (!date || !modified) return not_asked();
  return answer_or_pass(*modified > date->seconds, 412).with("If-Unmodified-Since", value).with("Last-Modified", last_modified_text(turn));
}

// Step 3.
Said ask_if_none_match(const Turn& turn) {
  const auto value = condition(turn, "If-None-Match");
  if (!value) return not_asked();
  return answer_or_pass(lists_current(turn, *value, Comparison::weak), turn.reads() ? 304 : 412)
      .with("If-None-Match", value)
      .with("ETag", current_etag(turn));
}

// Step 4: "the method is GET or HEAD, If-None-Match is not present, and If-Modified-Since is present".
Said ask_if_modified_since(const Turn& turn) {
  const auto value = condition(turn, "If-Modified-Since");
  if (!value || !turn.reads() || turn.field("If-None-Match")) return not_asked();
  const auto date = syntax::parse_http_date(*value);
  const auto modified = last_modified(turn);
  if (!date || !modified) return not_asked();
  return answer_or_pass(*modified <= date->seconds, 304).with("If-Modified-Since", value).with("Last-Modified", last_modified_text(turn));
}

// Section 15.4.5: "The server generating a 304 response MUST generate any of the following header fields that would have
// been sent in a 200 (OK) response to the same request".
void act_not_modified(Turn& turn, bool answer) {
  if (answer && turn.reads()) turn.describes_representation = true;
}

Said ask_dav_if(const Turn& turn) {
  const auto value = condition(turn, "If");
  if (!value || turn.resource == nullptr) return not_asked();
  return answer_or_pass(!if_holds(*turn.resource, current_etag(turn).value_or(""), *value), 412).with("If", value);
}

// RFC 4918 section 10.6: Overwrite F forbids COPY and MOVE to replace what is at the destination.
Said ask_overwrite(const Turn& turn) {
  const auto overwrite = turn.field("Overwrite");
  if ((!turn.is("COPY") && !turn.is("MOVE")) || !overwrite) return not_asked();
  return answer_or_pass(ascii::trim(*overwrite) == "F" && destination_exists(turn), 412)
      .with("Overwrite", overwrite)
      .with("Destination", turn.field("Destination"));
}

// "A server that receives a 100-continue expectation in an HTTP/1.0 request MUST ignore that expectation."
Said ask_continue(const Turn& turn) {
  const auto expect = turn.field("Expect");
  if (!expect || !turn.speaks_http11()) return not_asked();
  const auto members = syntax::list_members(*expect);
  const bool waits = std::any_of(members.begin(), members.end(),
                                 [](std::string_view member) { return ascii::equals_ignoring_case(member, "100-continue"); });
  if (!waits) return not_asked();
  Said said = turn.has_request_content() ? yes(100) : no();
  return std::move(said).with("Expect", expect);
}

void act_continue(Turn& turn, bool answer) {
  if (answer) turn.answer.response.interim.push_back({100, {}});
}

constexpr Check checks[] = {
    {DecisionId::if_match, Place::fixed, ask_if_match, nullptr},
    {DecisionId::if_unmodified_since, Place::fixed, ask_if_unmodified_since, nullptr},
    {DecisionId::if_none_match, Place::fixed, ask_if_none_match, act_not_modified},
    {DecisionId::if_modified_since, Place::fixed, ask_if_modified_since, act_not_modified},
    {DecisionId::dav_if, Place::fixed, ask_dav_if, nullptr},
    {DecisionId::overwrite_forbidden, Place::fixed, ask_overwrite, nullptr},
    {DecisionId::continue_sent, Place::fixed, ask_continue, act_continue},
};

}  // namespace

std::span<const Check> precondition_checks() { return checks; }

// Step 5 and section 13.1.5: strong comparison for a tag, exact match for a date. The origin knows that nothing changed
// twice in the second that the date covers, so the date is a strong validator once that second is over (section 8.8.2.2).
bool if_range_holds(const Turn& turn, const std::string& value) {
  const Representation* representation = turn.representation();
  if (representation == nullptr) return false;
  if (value.substr(0, 3).find('"') != std::string::npos)
    return syntax::is_entity_tag(value) && is_same_tag(value, etag_of(*representation), Comparison::strong);
  const auto date = syntax::parse_http_date(value);
  const auto modified = last_modified(turn);
  return date && modified && date->seconds == *modified && *modified < turn.now / 1000;
}

}  // namespace statuslab::origin
