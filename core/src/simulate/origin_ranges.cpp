// Stage 6: which part of a 200 the client asks for (RFC 9110 section 14.2), or a delta (RFC 3229).
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

// "GET is the only method for which range handling is defined."
bool would_send_whole(const Turn& turn) { return turn.is("GET") && turn.representation() != nullptr; }

// --- delta encoding ---------------------------------------------------------------------------------------------------------

std::string manipulation(const Turn& turn) {
  const auto wanted = turn.field("A-IM");
  if (!wanted) return {};
  for (const std::string_view member : syntax::list_members(*wanted)) {
    const std::string_view name = ascii::trim(member.substr(0, member.find(';')));
    if (contains_ignoring_case(turn.config.extensions.delta_im, name)) return std::string(name);
  }
  return {};
}

// The instance that the client has and the server remembers.
std::string base_instance(const Turn& turn) {
  const auto tags = turn.field("If-None-Match");
  if (!tags) return {};
  for (const std::string_view tag : syntax::list_members(*tags))
    if (contains(turn.representation()->instance_history, tag)) return std::string(tag);
  return {};
}

Said ask_delta(const Turn& turn) {
  const auto wanted = turn.field("A-IM");
  if (!wanted || !would_send_whole(turn)) return not_asked();
  return answer_or_pass(!manipulation(turn).empty() && !base_instance(turn).empty(), 226)
      .with("A-IM", wanted)
      .with("If-None-Match", turn.field("If-None-Match"));
}

// Deliberate: a text that stands for the delta; no instance of the past is kept that one could be made from.
void act_delta(Turn& turn, bool answer) {
  if (!answer) return;
  turn.describes_representation = true;
  turn.add("IM", manipulation(turn));
  turn.add("Delta-Base", base_instance(turn));
  turn.content = "delta from " + base_instance(turn) + " to " + etag_of(*turn.representation()) + "\n";
  turn.has_content = true;
}

// --- ranges -------------------------------------------------------------------------------------------------------------------

std::optional<std::vector<syntax::ByteRange>> valid_ranges(const Turn& turn, std::string_view value) {
  const auto specifier = syntax::parse_ranges_specifier(value);
  if (!specifier || !ascii::equals_ignoring_case(specifier->unit, turn.resource->ranges.unit)) return std::nullopt;
  if (!ascii::equals_ignoring_case(specifier->unit, "bytes")) return std::nullopt;
  std::vector<syntax::ByteRange> ranges;
  for (const std::string_view spec : specifier->specs) {
    const auto range = syntax::parse_byte_range(spec);
    // Section 14.1.1: "An int-range is invalid if the last-pos value is present and less than the first-pos."
    if (!range || (range->first && range->last && *range->last < *range->first)) return std::nullopt;
    ranges.push_back(*range);
  }
  return ranges;
}

// Section 14.1.2: "If the selected representation is shorter than the specified suffix-length, the entire representation is
// used"; a last-pos beyond the end means the end.
std::optional<Part> satisfied(const syntax::ByteRange& range, std::uint64_t length) {
  if (length == 0) return std::nullopt;
  if (!range.first) {
    if (*range.last == 0) return std::nullopt;
    return Part{*range.last >= length ? 0 : length - *range.last, length - 1};
  }
  if (*range.first >= length) return std::nullopt;
  return Part{*range.first, std::min(range.last.value_or(length - 1), length - 1)};
}

Said ask_understood(const Turn& turn) {
  const auto value = turn.field("Range");
  if (!value || !turn.reads() || turn.representation() == nullptr) return not_asked();
  const auto ranges = turn.is("GET") ? valid_ranges(turn, *value) : std::nullopt;
  const bool counts = ranges && ranges->size() <= turn.resource->ranges.max_parts;
  return (counts ? yes() : no()).with("Range", value).with("unit", turn.resource->ranges.unit);
}

void act_understood(Turn& turn, bool answer) { turn.range_counts = answer; }

Said ask_if_range(const Turn& turn) {
  const auto value = turn.field("If-Range");
  if (!value || !turn.range_counts) return not_asked();
  const std::string etag = etag_of(*turn.representation());
  return (if_range_holds(turn, *value) ? yes() : no())
      .with("If-Range", value)
      .with("ETag", etag.empty() ? std::nullopt : std::optional(etag));
}

std::vector<Part> satisfiable(const Turn& turn) {
  const std::uint64_t length = content_of(*turn.representation()).size();
  std::vector<Part> parts;
  for (const syntax::ByteRange& range : valid_ranges(turn, *turn.field("Range")).value_or(std::vector<syntax::ByteRange>{}))
    if (const auto part = satisfied(range, length)) parts.push_back(*part);
  return parts;
}

Said ask_satisfiable(const Turn& turn) {
  if (!turn.range_counts) return not_asked();
  const auto inputs = [&turn](Said&& said) {
    return std::move(said).with("Range", turn.field("Range")).with("length", number(content_of(*turn.representation()).size()));
  };
  if (!satisfiable(turn).empty()) return inputs(yes_final(206).or_else("OK", 200));
  // Section 13.2.2 says "otherwise, ignore the Range header field and respond 200" for an If-Range that holds, section 14.2
  // "SHOULD send a 416"; servers send 416.
  if (turn.config.policy.large_range == UnsatisfiableRange::ignore)
    return inputs(no().or_else("origin.policy.large_range=416", 416));
  return inputs(no_final(416).or_else("origin.policy.large_range=ignore", 200));
}

std::string content_range(const Part& part, std::uint64_t length) {
  return "bytes " + number(part.first) + "-" + number(part.last) + "/" + number(length);
}

std::string_view part_of(const std::string& whole, const Part& part) {
  return std::string_view(whole).substr(part.first, part.last - part.first + 1);
}

// A boundary must not occur in the content (RFC 2046 section 5.1.1).
std::string boundary_for(const std::string& whole) {
  std::string boundary = "next-part";
  for (unsigned i = 2; whole.find("--" + boundary) != std::string::npos; ++i) boundary = "next-part-" + number(i);
  return boundary;
}

// Section 15.3.7.2: Content-Range in each part and not in the header section.
void give_parts(Turn& turn, const std::string& whole) {
  const std::string boundary = boundary_for(whole);
  for (const Part& part : turn.parts) {
    turn.content += "--" + boundary + "\r\nContent-Type: " + content_type_of(*turn.representation()) +
                    "\r\nContent-Range: " + content_range(part, whole.size()) + "\r\n\r\n";
    turn.content.append(part_of(whole, part)).append("\r\n");
  }
  turn.content += "--" + boundary + "--\r\n";
  turn.add("Content-Type", "multipart/byteranges; boundary=" + boundary);
}

void act_satisfiable(Turn& turn, bool answer) {
  const std::string whole = content_of(*turn.representation());
  turn.parts = satisfiable(turn);
  if (!answer) {
    // Section 15.5.17: "SHOULD generate a Content-Range header field specifying the current length".
    if (turn.answer.response.status == 416) turn.add("Content-Range", "bytes */" + number(whole.size()));
    return;
  }
  turn.describes_representation = true;
  turn.has_content = true;
  if (turn.parts.size() > 1) return give_parts(turn, whole);
  turn.content = part_of(whole, turn.parts[0]);
  turn.add("Content-Range", content_range(turn.parts[0], whole.size()));
}

void act_if_range(Turn& turn, bool answer) { turn.range_counts = answer; }

constexpr Check checks[] = {
    {DecisionId::delta_applies, Place::fixed, ask_delta, act_delta},
    {DecisionId::range_understood, Place::fixed, ask_understood, act_understood},
    {DecisionId::if_range, Place::fixed, ask_if_range, act_if_range},
    {DecisionId::range_satisfiable, Place::fixed, ask_satisfiable, act_satisfiable},
};

}  // namespace

std::span<const Check> range_checks() { return checks; }

}  // namespace statuslab::origin
