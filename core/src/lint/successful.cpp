// 2xx (Successful), RFC 9110 section 15.3, and the range requests a 206 answers (section 14).
#include <algorithm>
#include <limits>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/successful.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_ranges.h"

namespace statuslab::lint::checks {
namespace {

using syntax::ByteRange;
using syntax::ContentRange;
using syntax::RangesSpecifier;

// --- media types -------------------------------------------------------------------------------------------------

std::string_view essence(const MessageView& message) {
  const FieldView field = message.field(FieldId::content_type);
  if (field.empty()) return {};
  return ascii::trim(field.value().substr(0, field.value().find(';')));
}

// "a number of clients and servers were coded to an early draft of the byteranges specification that used a media type
// of "multipart/x-byteranges"" (section 14.6).
bool is_byteranges(const MessageView& message) {
  const std::string_view type = essence(message);
  return ascii::equals_ignoring_case(type, "multipart/byteranges") ||
         ascii::equals_ignoring_case(type, "multipart/x-byteranges");
}

// application/xml, text/xml and every +xml.
bool is_xml(std::string_view type) {
  return ascii::equals_ignoring_case(type, "application/xml") || ascii::equals_ignoring_case(type, "text/xml") ||
         (type.size() > 4 && ascii::equals_ignoring_case(type.substr(type.size() - 4), "+xml"));
}

// The boundary of a multipart type, without quotes; empty where there is none.
std::string_view boundary_of(const MessageView& message) {
  const auto media = syntax::parse_media_type(message.field(FieldId::content_type).value());
  if (!media) return {};
  for (const syntax::Parameter& parameter : media->parameters) {
    if (!ascii::equals_ignoring_case(parameter.name, "boundary")) continue;
    std::string_view value = parameter.value;
    if (value.size() >= 2 && value.front() == '"') value = value.substr(1, value.size() - 2);
    return value;
  }
  return {};
}

// --- ranges ------------------------------------------------------------------------------------------------------

// The Content-Range of a single part response, if there is exactly one that can be read.
std::optional<ContentRange> content_range(const MessageView& response) {
  const FieldView field = response.field(FieldId::content_range);
  if (field.size() != 1) return std::nullopt;
  return syntax::parse_content_range(field.value());
}

std::optional<ContentRange> valid_byte_content_range(const MessageView& response) {
  const auto range = content_range(response);
  if (!range || range->is_unsatisfied() || !range->is_valid() || !ascii::equals_ignoring_case(range->unit, "bytes"))
    return std::nullopt;
  return range;
}

std::optional<RangesSpecifier> requested_ranges(const MessageView& response) {
  if (response.request() == nullptr || response.method() != "GET") return std::nullopt;
  const FieldView field = response.request()->field(FieldId::range);
  if (field.size() != 1) return std::nullopt;
  return syntax::parse_ranges_specifier(field.value());
}

struct Bounds {
  std::uint64_t first = std::numeric_limits<std::uint64_t>::max();
  std::uint64_t last = 0;
};

// What all requested ranges lie in; empty where that depends on a length that is not known, or a range is invalid.
// "a server MAY coalesce any of the ranges that overlap, or that are separated by a gap" (section 15.3.7.2).
std::optional<Bounds> bounds_of(const RangesSpecifier& ranges, std::optional<std::uint64_t> complete_length) {
  Bounds bounds;
  for (const std::string_view spec : ranges.specs) {
    const auto range = syntax::parse_byte_range(spec);
    if (!range) return std::nullopt;
    if (range->first) {
      if (range->last && *range->last < *range->first) return std::nullopt;
      bounds.first = std::min(bounds.first, *range->first);
      bounds.last = std::max(bounds.last, range->last.value_or(std::numeric_limits<std::uint64_t>::max()));
      continue;
    }
    if (!complete_length) return std::nullopt;
    bounds.first = std::min(bounds.first, *complete_length - std::min(*complete_length, *range->last));
    bounds.last = std::numeric_limits<std::uint64_t>::max();
  }
  return bounds;
}

// Where the declared or found length of the content stands, and what it is.
struct Measure {
  Span place;
  std::uint64_t size;
};

std::optional<Measure> measure(const MessageView& response) {
  const FieldView length = response.field(FieldId::content_length);
  if (length.size() == 1 && !response.has(FieldId::transfer_encoding)) {
    if (const auto size = syntax::parse_decimal(length.value())) return Measure{length.value_span(), *size};
    return std::nullopt;
  }
  // Content that is shown without its chunks may be shown without its content coding, too.
  if (response->framing != Framing::chunked || response->chunks.empty() || !response.complete()) return std::nullopt;
  return Measure{response.field(FieldId::content_range).value_span(), response.content_size()};
}

// --- body parts of multipart/byteranges (RFC 2046 section 5.1) ---------------------------------------------------

bool has_field_line(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    const std::string_view line = head.substr(0, end);
    if (line.size() > name.size() && line[name.size()] == ':' &&
        ascii::equals_ignoring_case(line.substr(0, name.size()), name))
      return true;
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return false;
}

// The header area of the part whose delimiter line ends before `begin`.
std::string_view part_head(std::string_view content, std::size_t begin) {
  for (std::size_t at = begin; at < content.size();) {
    const std::size_t end = content.find('\n', at);
    if (end == std::string_view::npos) break;
    const std::string_view line = content.substr(at, end - at);
    if (line.empty() || line == "\r") return content.substr(begin, at - begin);
    at = end + 1;
  }
  return content.substr(begin);
}

// The value of the field in a header area; empty where it is not there.
std::string_view field_value(std::string_view head, std::string_view name) {
  while (!head.empty()) {
    const std::size_t end = std::min(head.find('\n'), head.size());
    std::string_view line = head.substr(0, end);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (has_field_line(line, name)) return ascii::trim(line.substr(name.size() + 1));
    head.remove_prefix(std::min(end + 1, head.size()));
  }
  return {};
}

struct BodyPart {
  Span delimiter;
  std::string_view head;  // its header area
};

// None of another type, and none where content ends early: then the last part is not complete.
std::vector<BodyPart> byteranges_parts(const MessageView& response) {
  std::vector<BodyPart> parts;
  const std::string_view boundary = is_byteranges(response) ? boundary_of(response) : std::string_view{};
  if (boundary.empty() || !response.complete()) return parts;
  const std::string_view content = response.content().text();
  const std::string delimiter = "--" + std::string(boundary);
  for (std::size_t at = content.find(delimiter); at != std::string_view::npos; at = content.find(delimiter, at + 1)) {
    if (at != 0 && content[at - 1] != '\n') continue;
    const std::size_t end = at + delimiter.size();
    const std::string_view rest = content.substr(end);
    const std::size_t line_end = rest.find('\n');
    if (rest.starts_with("--") || line_end == std::string_view::npos) break;
    if (!ascii::trim(rest.substr(0, line_end)).empty() && ascii::trim(rest.substr(0, line_end)) != "\r") continue;
    parts.push_back({response.content().span(at, end), part_head(content, end + line_end + 1)});
  }
  return parts;
}

}  // namespace

// --- 201, 202 ----------------------------------------------------------------------------------------------------

void check_created_without_location(const MessageView& response, Reporter& report) {
  if (response.method() != "POST" || response.has(FieldId::location)) return;
  report.at(response);
}

void check_created_at_target(const MessageView& response, Reporter& report) {
  if (response.request() != nullptr || response.has(FieldId::location)) return;
  report.at(response);
}

void check_created_location_fragment(const MessageView& response, Reporter& report) {
  const FieldView location = response.field(FieldId::location);
  if (location.size() != 1) return;
  const std::size_t hash = location.value().find('#');
  if (hash == std::string_view::npos) return;
  const Span value = location.value_span();
  const Span fragment{value.begin + static_cast<std::uint32_t>(hash), value.end};
  report.at(fragment).with("fragment", response.text(fragment)).fix(0, "");
}

void check_created_by_safe_method(const MessageView& response, Reporter& report) {
  if (!is_exactly_one_of(response.method(), {"GET", "HEAD", "OPTIONS", "TRACE"})) return;
  report.at(response).with("method", response.method());
}

void check_created_by_delete(const MessageView& response, Reporter& report) {
  if (response.method() != "DELETE") return;
  report.at(response);
}

void check_accepted_without_pointer(const MessageView& response, Reporter& report) {
  if (!response.complete() || response.content_size() != 0 || response.method() == "HEAD") return;
  if (response.has(FieldId::location) || response.has(FieldId::link) || response.has(FieldId::content_location)) return;
  report.at(response);
}

// --- 204, 205 ----------------------------------------------------------------------------------------------------

void check_content_length_in_204(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_length);
  if (field.empty()) return;
  report.at(field.first()).with("value", field.value()).remove(0, field);
}

void check_content_type_in_204(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_type);
  if (field.empty()) return;
  report.at(field.first()).with("type", field.value()).remove(0, field);
}

void check_content_in_205(const MessageView& response, Reporter& report) {
  if (response.content_size() > 0) {
    std::vector<Edit> edits = remove_content(response);
    for (Edit& edit : remove_lines(response.field(FieldId::transfer_encoding))) edits.push_back(std::move(edit));
    for (Edit& edit : set_field(response, FieldId::content_length, "0")) edits.push_back(std::move(edit));
    report.at(response->content).with("size", response.content_size()).fix(0, std::move(edits));
    return;
  }
  // Only the head is there, and it announces content.
  const FieldView length = response.field(FieldId::content_length);
  if (response->framing != Framing::content_length || response->content_length == 0 || length.empty()) return;
  report.at(length)
      .with("size", response->content_length)
      .fix(0, set_field(response, FieldId::content_length, "0"));
}

void check_reset_content_without_zero_length(const MessageView& response, Reporter& report) {
  if (!response->is_http1() || !response->head_terminated || response.content_size() > 0) return;
  if (response.has(FieldId::content_length) || response.has(FieldId::transfer_encoding)) return;
  if (response.method() == "HEAD" || response.method() == "CONNECT") return;
  for (const std::string_view option : response.field(FieldId::connection).members())
    if (ascii::equals_ignoring_case(option, "close")) return;
  report.at(response).fix(0, add_field(response, "Content-Length", "0"));
}

// --- 206: what is enclosed ---------------------------------------------------------------------------------------

void check_partial_content_without_content_range(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::content_range) || is_byteranges(response)) return;
  report.at(response);
}

void check_partial_content_range_syntax(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_range);
  if (field.empty() || is_byteranges(response)) return;
  const std::string_view value = field.value();
  // The grammar is that of byte ranges; RFC 9110 section 14.6 itself shows positions of another unit with points.
  const std::string_view unit = value.substr(0, std::min(value.find(' '), value.size()));
  if (syntax::is_token(unit) && unit.size() < value.size() && !ascii::equals_ignoring_case(unit, "bytes")) return;
  if (syntax::parse_content_range(value)) return;
  report.at(value.empty() ? field.first().name : field.value_span()).with("value", value);
}

void check_partial_content_range_unsatisfied(const MessageView& response, Reporter& report) {
  const auto range = content_range(response);
  if (!range || !range->is_unsatisfied() || is_byteranges(response)) return;
  report.at(response.field(FieldId::content_range))
      .with("value", response.field(FieldId::content_range).value());
}

void check_partial_content_range_invalid(const MessageView& response, Reporter& report) {
  const auto range = content_range(response);
  if (!range || range->is_valid() || is_byteranges(response)) return;
  report.at(response.field(FieldId::content_range))
      .with("value", response.field(FieldId::content_range).value());
}

void check_partial_content_length_mismatch(const MessageView& response, Reporter& report) {
  const auto range = valid_byte_content_range(response);
  if (!range || is_byteranges(response) || response.method() == "HEAD") return;
  const auto found = measure(response);
  const std::uint64_t expected = *range->last - *range->first + 1;
  if (!found || found->size == expected) return;
  report.at(found->place).with("size", found->size).with("expected", expected);
}

void check_multipart_byteranges_with_content_range(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_range);
  if (field.empty() || !is_byteranges(response)) return;
  report.at(field.first()).with("value", field.value()).remove(0, field);
}

void check_multipart_byteranges_without_boundary(const MessageView& response, Reporter& report) {
  if (!is_byteranges(response) || !boundary_of(response).empty()) return;
  report.at(response.field(FieldId::content_type));
}

void check_multipart_byteranges_part_without_content_range(const MessageView& response, Reporter& report) {
  for (const BodyPart& part : byteranges_parts(response))
    if (!has_field_line(part.head, "Content-Range")) report.at(part.delimiter);
}

void check_multipart_byteranges_part_range_invalid(const MessageView& response, Reporter& report) {
  for (const BodyPart& part : byteranges_parts(response)) {
    const std::string_view value = field_value(part.head, "Content-Range");
    const std::string_view unit = value.substr(0, std::min(value.find(' '), value.size()));
    if (value.empty() || (syntax::is_token(unit) && unit.size() < value.size() && !ascii::equals_ignoring_case(unit, "bytes")))
      continue;
    const auto range = syntax::parse_content_range(value);
    if (range && range->is_valid() && !range->is_unsatisfied()) continue;
    report.at(response.content().span(value)).with("value", value);
  }
}

void check_multipart_byteranges_part_without_content_type(const MessageView& response, Reporter& report) {
  for (const BodyPart& part : byteranges_parts(response))
    if (!has_field_line(part.head, "Content-Type") && has_field_line(part.head, "Content-Range")) report.at(part.delimiter);
}

void check_partial_content_with_accept_ranges_none(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::accept_ranges);
  if (field.size() != 1 || !ascii::equals_ignoring_case(field.value(), "none")) return;
  report.at(field);
}

// --- 206: what was asked for -------------------------------------------------------------------------------------

void check_partial_content_without_range_request(const MessageView& response, Reporter& report) {
  if (response.method() != "GET" || response.request()->has(FieldId::range)) return;
  report.at(response);
}

void check_partial_content_to_other_method(const MessageView& response, Reporter& report) {
  const MethodInfo* method = find_method(response.method());
  // RFC 10008 leaves ranges of QUERY results open, and so does this.
  if (method == nullptr || is_exactly_one_of(method->name, {"GET", "QUERY"})) return;
  report.at(response).with("method", method->name);
}

void check_partial_content_unit_mismatch(const MessageView& response, Reporter& report) {
  const auto range = content_range(response);
  const auto requested = requested_ranges(response);
  if (!range || !requested || ascii::equals_ignoring_case(range->unit, requested->unit)) return;
  const std::uint32_t begin = response.field(FieldId::content_range).value_span().begin;
  report.at({begin, begin + static_cast<std::uint32_t>(range->unit.size())})
      .with("unit", range->unit)
      .with("requested", requested->unit);
}

void check_partial_content_beyond_request(const MessageView& response, Reporter& report) {
  const auto range = valid_byte_content_range(response);
  const auto requested = requested_ranges(response);
  if (!range || !requested || is_byteranges(response) || !ascii::equals_ignoring_case(requested->unit, "bytes")) return;
  const auto bounds = bounds_of(*requested, range->complete_length);
  if (!bounds || (*range->first >= bounds->first && *range->last <= bounds->last)) return;
  report.at(response.field(FieldId::content_range))
      .with("value", response.field(FieldId::content_range).value())
      .with("requested", response.request()->field(FieldId::range).value());
}

void check_partial_content_if_range_mismatch(const MessageView& response, Reporter& report) {
  if (response.method() != "GET") return;
  const FieldView if_range = response.request()->field(FieldId::if_range);
  if (if_range.size() != 1 || !response.request()->has(FieldId::range)) return;
  const bool is_tag = syntax::is_entity_tag(if_range.value());
  if (!is_tag && !if_range.date()) return;
  const FieldView validator = response.field(is_tag ? FieldId::etag : FieldId::last_modified);
  // Two strong entity tags, or two dates, that are the same text; "W/" on one side makes two texts.
  if (validator.size() != 1 || validator.value() == if_range.value()) return;
  if (is_tag ? !syntax::is_entity_tag(validator.value()) : !validator.date()) return;
  report.at(validator).with("validator", validator.value()).with("requested", if_range.value());
}

void check_multipart_byteranges_for_single_range(const MessageView& response, Reporter& report) {
  const auto requested = requested_ranges(response);
  if (!requested || requested->specs.size() != 1 || !is_byteranges(response)) return;
  const Span value = response.field(FieldId::content_type).value_span();
  report.at({value.begin, value.begin + static_cast<std::uint32_t>(essence(response).size())})
      .with("requested", response.request()->field(FieldId::range).value());
}

void check_content_range_in_other_status(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || response->status == 206 || response->status == 416 || response->status / 100 == 1) return;
  report.at(field.first())
      .with("value", field.value())
      .with("status", response->status)
      .remove(0, field);
}

// --- 207, 208, 226 -----------------------------------------------------------------------------------------------

namespace {

bool is_webdav(std::string_view method) {
  return is_exactly_one_of(method, {"PROPFIND", "PROPPATCH", "COPY", "MOVE", "LOCK", "UNLOCK", "MKCOL", "REPORT"});
}

}  // namespace

void check_multi_status_not_xml(const MessageView& response, Reporter& report) {
  if (!is_webdav(response.method()) || is_xml(essence(response))) return;
  if (!response.has(FieldId::content_type)) return;
  report.at(response.field(FieldId::content_type))
      .with("type", essence(response))
      .with("method", response.method());
}

void check_multi_status_in_other_format(const MessageView& response, Reporter& report) {
  const FieldView type = response.field(FieldId::content_type);
  if (type.empty() || is_webdav(response.method()) || is_xml(essence(response))) return;
  report.at(type).with("type", essence(response));
}

void check_multi_status_without_multistatus(const MessageView& response, Reporter& report) {
  const ContentView* opened = response.content().opened();
  if (!response.complete() || opened == nullptr) return;
  const std::string_view content = opened->text();
  if (content.empty() ? !is_webdav(response.method()) : !is_xml(essence(response))) return;
  const auto has = [&](std::string_view part) { return content.find(part) != std::string_view::npos; };
  // XML in UTF-16 has a zero byte beside each letter.
  if ((has("multistatus") && has("DAV:")) || content.find('\0') != std::string_view::npos) return;
  if (content.empty())
    report.at(response);
  else
    report.at(response->content);
}

void check_already_reported_on_its_own(const MessageView& response, Reporter& report) { report.at(response); }

void check_im_used_without_im(const MessageView& response, Reporter& report) {
  if (!response.has(FieldId::im)) report.at(response);
}

void check_im_used_without_etag(const MessageView& response, Reporter& report) {
  if (!response.has(FieldId::etag)) report.at(response);
}

void check_im_used_without_a_im(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.request()->has(FieldId::a_im)) return;
  report.at(response);
}

// --- what the method makes of a success ---------------------------------------------------------------------------

namespace {

bool has_validator(const MessageView& response) {
  return response.has(FieldId::etag) || response.has(FieldId::last_modified);
}

// The status codes in the status elements of a multistatus: "HTTP/1.1 403 Forbidden".
std::vector<std::string_view> inner_statuses(std::string_view xml) {
  constexpr std::string_view version = ">HTTP/1.1 ";
  std::vector<std::string_view> statuses;
  for (std::size_t at = xml.find(version); at != std::string_view::npos; at = xml.find(version, at + 1))
    statuses.push_back(xml.substr(at + version.size(), 3));
  return statuses;
}

// One part of multipart/byteranges whose range can be read.
struct EnclosedRange {
  ContentRange range;
  Span value;          // of its Content-Range
  std::uint64_t size;  // what stands between its header area and the next delimiter
};

// All parts, or nothing where one of them cannot be read.
std::vector<EnclosedRange> enclosed_ranges(const MessageView& response) {
  std::vector<EnclosedRange> ranges;
  const std::vector<BodyPart> parts = byteranges_parts(response);
  if (parts.empty() || response.has(FieldId::content_encoding)) return ranges;
  const std::string_view content = response.content().text();
  const std::string delimiter = "\n--" + std::string(boundary_of(response));
  for (const auto& [place, head] : parts) {
    const std::string_view value = field_value(head, "Content-Range");
    const auto range = syntax::parse_content_range(value);
    // After the header area stands its empty line.
    const auto begin = static_cast<std::size_t>(head.data() - content.data()) + head.size();
    const std::size_t line_end = begin <= content.size() ? content.find('\n', begin) : std::string_view::npos;
    const std::size_t end = line_end == std::string_view::npos ? line_end : content.find(delimiter, line_end);
    if (!range || range->is_unsatisfied() || !range->is_valid() || end == std::string_view::npos) return {};
    std::size_t size = end > line_end ? end - line_end - 1 : 0;
    if (size > 0 && content[end - 1] == '\r') --size;
    ranges.push_back({*range, response.content().span(value), size});
  }
  return ranges;
}

}  // namespace

void check_created_elsewhere_by_put(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView location = response.field(FieldId::location);
  if (exchange.request.method() != "PUT" || response->status != 201 || location.size() != 1) return;
  const auto target = exchange.request.target_uri();
  if (!target || location.value().empty()) return;
  const syntax::HttpUri created = syntax::resolve(syntax::split_uri_reference(location.value()), *target);
  if (created.path == target->path && created.query == target->query) return;
  report.at(location).with("location", location.value());
}

void check_created_without_validator(const MessageView& response, Reporter& report) {
  if (response.content_size() > 0 && !has_validator(response)) report.at(response);
}

void check_ok_without_content(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (exchange.request.method() != "GET" || response->status != 200 || !response.complete()) return;
  // Of what ends with the connection, the end may not have been pasted.
  const bool is_delimited = response->framing == Framing::content_length || response->framing == Framing::chunked;
  if (is_delimited && response.content_size() == 0 && response->excess.empty()) report.at(response);
}

void check_ok_without_validator(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (exchange.request.method() != "GET" || response->status != 200 || has_validator(response)) return;
  // Nobody is going to ask again for what may not be stored; a stream has no state to name.
  if (response.field(FieldId::cache_control).lists("no-store") || response.content_size() == 0) return;
  if (ascii::equals_ignoring_case(essence(response), "text/event-stream")) return;
  report.at(response);
}

void check_put_validator_with_other_content(const ExchangeView& exchange, Reporter& report) {
  const MessageView& request = exchange.request;
  const MessageView& response = exchange.response;
  if (request.method() != "PUT" || (response->status != 200 && response->status != 201)) return;
  if (!request.complete() || !response.complete() || request.content_size() == 0 || response.content_size() == 0) return;
  if (!ascii::equals_ignoring_case(essence(request), essence(response))) return;
  if (request.content().text() == response.content().text()) return;
  const FieldView etag = response.field(FieldId::etag);
  const FieldView validator = etag.empty() ? response.field(FieldId::last_modified) : etag;
  if (validator.empty()) return;
  report.at(validator.first()).with("field", validator.name()).remove(0, validator);
}

void check_multi_status_all_failed(const MessageView& response, Reporter& report) {
  // DELETE, COPY and MOVE list nothing but what failed (RFC 4918 section 9.6.1).
  if (!is_exactly_one_of(response.method(), {"PROPFIND", "PROPPATCH", "REPORT", "SEARCH"})) return;
  if (!is_xml(essence(response)) || !response.complete()) return;
  const std::vector<std::string_view> statuses = inner_statuses(response.content().text());
  if (statuses.empty() || (statuses[0].front() != '4' && statuses[0].front() != '5')) return;
  if (std::any_of(statuses.begin(), statuses.end(), [&](std::string_view s) { return s != statuses[0]; })) return;
  report.at(response).with("status", statuses[0]);
}

void check_multipart_byteranges_part_length(const MessageView& response, Reporter& report) {
  for (const EnclosedRange& part : enclosed_ranges(response)) {
    const std::uint64_t expected = *part.range.last - *part.range.first + 1;
    if (!ascii::equals_ignoring_case(part.range.unit, "bytes") || part.size == expected) continue;
    report.at(part.value).with("size", part.size).with("expected", expected);
    return;
  }
}

void check_multipart_byteranges_out_of_order(const MessageView& response, Reporter& report) {
  const auto requested = requested_ranges(response);
  const std::vector<EnclosedRange> parts = enclosed_ranges(response);
  if (!requested || parts.size() != requested->specs.size() || parts.size() > 64) return;
  bool in_order = true;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    // Parts that are no more the ranges of the request were coalesced, or cut at the end.
    const auto is_part = [&](std::string_view spec) {
      const auto range = syntax::parse_byte_range(spec);
      return range && range->first == parts[i].range.first && range->last == parts[i].range.last;
    };
    if (std::none_of(requested->specs.begin(), requested->specs.end(), is_part)) return;
    in_order = in_order && is_part(requested->specs[i]);
  }
  if (!in_order)
    report.at(response).with("requested", response.request()->field(FieldId::range).value());
}

}  // namespace statuslab::lint::checks
