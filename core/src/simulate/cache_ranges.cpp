// Parts of representations: stored, put together, and cut out (RFC 9111 sections 3.3 and 3.4; RFC 9110 section 14). Only
// "bytes", and one range a request: "A server MAY ignore the Range header field", and does where there are more.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_ranges.h"

namespace statuslab::caching {
namespace {

std::optional<std::uint64_t> content_length(const http::Fields& fields) {
  const std::string* const value = http::find(fields, "Content-Length");
  return value == nullptr ? std::nullopt : syntax::parse_decimal(ascii::trim(*value));
}

std::optional<std::uint64_t> length_of(const Entry& entry) {
  return entry.complete ? std::optional<std::uint64_t>(entry.response.content.size()) : entry.length;
}

const Part* part_with(const Entry& entry, std::uint64_t first, std::uint64_t last) {
  const auto part = std::find_if(entry.parts.begin(), entry.parts.end(),
                                 [&](const Part& one) { return one.first <= first && last < one.end(); });
  return part == entry.parts.end() ? nullptr : &*part;
}

// "A recipient of If-Range MUST ignore the Range header field if the If-Range condition evaluates as false" (RFC 9110
// section 13.1.5); tags are compared strongly, dates exactly.
bool does_if_range_fail(const http::Fields& request, const Entry& entry) {
  const std::string* const condition = http::find(request, "If-Range");
  if (condition == nullptr) return false;
  const std::string_view wanted = ascii::trim(*condition);
  const bool tag = wanted.find('"') != std::string_view::npos;
  const std::string* const own = http::find(entry.response.fields, tag ? "ETag" : "Last-Modified");
  return own == nullptr || ascii::trim(*own) != wanted || (tag && !is_strong(wanted));
}

// The bytes of a range-spec in a representation of that length, as in RFC 9110 section 14.1.2.
Wanted resolve(const syntax::ByteRange& range, std::optional<std::uint64_t> length) {
  using enum Wanted::Kind;
  if (!range.first) {
    if (!length) return {.kind = missing};
    if (range.last.value_or(0) == 0 || *length == 0) return {.kind = unsatisfiable};
    return {part, *length - std::min(*range.last, *length), *length - 1};
  }
  if (!length) return range.last ? Wanted{part, *range.first, *range.last} : Wanted{.kind = missing};
  if (*range.first >= *length) return {.kind = unsatisfiable};
  return {part, *range.first, std::min(range.last.value_or(*length - 1), *length - 1)};
}

Wanted named_by(const Entry& entry, const http::Request& request, const CacheOptions& options, Notes& notes) {
  using enum Wanted::Kind;
  // "a server MUST ignore a Range header field received with a request method that is unrecognized or for which range
  // handling is not defined. For this specification, GET is the only method".
  const std::string* const field = request.method == "GET" ? http::find(request.fields, "Range") : nullptr;
  if (field == nullptr || !options.ranges || entry.response.status != 200) return {};
  const std::optional<syntax::RangesSpecifier> specifier = syntax::parse_ranges_specifier(ascii::trim(*field));
  if (!specifier || !ascii::equals_ignoring_case(specifier->unit, "bytes") || specifier->specs.size() != 1) return {};
  const std::optional<syntax::ByteRange> range = syntax::parse_byte_range(specifier->specs.front());
  if (!range || (range->first && range->last && *range->last < *range->first)) return {};
  if (http::has(request.fields, "If-Range") &&
      notes.ask(DecisionId::cache_if_range, does_if_range_fail(request.fields, entry), [&] {
        return Inputs{field_input(request.fields, "If-Range"), field_input(entry.response.fields, "ETag")};
      }))
    return {};
  return resolve(*range, length_of(entry));
}

void insert(std::vector<Part>& parts, Part added) {
  parts.push_back(std::move(added));
  std::stable_sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.first < b.first; });
  std::vector<Part> merged;
  for (Part& part : parts) {
    if (merged.empty() || merged.back().end() < part.first) {
      merged.push_back(std::move(part));
    } else if (part.end() > merged.back().end()) {
      merged.back().bytes.append(part.bytes, merged.back().end() - part.first);
    }
  }
  parts = std::move(merged);
}

void complete_if_whole(Entry& entry) {
  if (entry.parts.size() != 1 || entry.parts.front().first != 0 || entry.length != entry.parts.front().bytes.size()) return;
  entry.response.content = std::move(entry.parts.front().bytes);
  entry.parts.clear();
  entry.complete = true;
  http::set(entry.response.fields, "Content-Length", std::to_string(entry.response.content.size()));
}

}  // namespace

Wanted wanted_from(const Entry& entry, const http::Request& request, const CacheOptions& options, Notes& notes) {
  using enum Wanted::Kind;
  Wanted wanted = named_by(entry, request, options, notes);
  if (wanted.kind == whole && entry.complete) return wanted;
  // "MUST NOT use an incomplete response to answer requests unless the response has been made complete, or the request is
  // partial and specifies a range wholly within the incomplete response."
  if (!entry.complete && (wanted.kind == whole || (wanted.kind == part && !part_with(entry, wanted.first, wanted.last))))
    wanted.kind = missing;
  notes.ask(DecisionId::cache_range_stored, wanted.kind != missing, [&] {
    Inputs inputs{field_input(request.fields, "Range")};
    for (const Part& one : entry.parts)
      inputs.push_back({"stored bytes", std::to_string(one.first) + "-" + std::to_string(one.end() - 1)});
    return inputs;
  });
  return wanted;
}

http::Response make_part(const Entry& entry, const Wanted& wanted) {
  http::Response response = made(206, "Partial Content");
  response.fields = entry.response.fields;
  const std::optional<std::uint64_t> length = length_of(entry);
  const std::string size = length ? std::to_string(*length) : "*";
  http::set(response.fields, "Content-Range",
            "bytes " + std::to_string(wanted.first) + "-" + std::to_string(wanted.last) + "/" + size);
  http::set(response.fields, "Content-Length", std::to_string(wanted.last - wanted.first + 1));
  const Part* const part = entry.complete ? nullptr : part_with(entry, wanted.first, wanted.last);
  const std::string& bytes = part == nullptr ? entry.response.content : part->bytes;
  response.content = bytes.substr(wanted.first - (part == nullptr ? 0 : part->first), wanted.last - wanted.first + 1);
  return response;
}

http::Response make_unsatisfiable(const Entry& entry) {
  http::Response response = made(416, "Range Not Satisfiable");
  // "SHOULD generate a Content-Range header field specifying the current length of the selected representation".
  response.fields = {{"Content-Range", "bytes */" + std::to_string(length_of(entry).value_or(0))}, {"Content-Length", "0"}};
  return response;
}

bool is_cut_off(const http::Response& response) {
  const std::optional<std::uint64_t> length = content_length(response.fields);
  return response.status == 200 && length && *length > response.content.size();
}

bool take_parts(Entry& entry, const http::Response& response, Notes& notes) {
  if (response.content.empty()) return false;
  entry.complete = false;
  if (response.status == 200) {  // "a cache MAY store a response that is not complete"
    entry.length = content_length(response.fields);
    insert(entry.parts, {0, response.content});
    return true;
  }
  const std::string* const field = http::find(response.fields, "Content-Range");
  const auto range = field == nullptr ? std::nullopt : syntax::parse_content_range(ascii::trim(*field));
  // "MUST NOT store incomplete or partial-content responses if it ... does not understand the range units used in those
  // fields."
  if (!range || !ascii::equals_ignoring_case(range->unit, "bytes") || range->is_unsatisfied() || !range->is_valid()) return false;
  const std::uint64_t announced = *range->last - *range->first + 1;
  const std::uint64_t size = response.content.size();
  if (size > announced) return false;
  entry.length = range->complete_length;
  // Deliberate: RFC 9110 does not say what counts where a message is complete and its content shorter than Content-Range
  // says. Here it is the content: a range that was said to reach the end does so.
  const bool message_complete = content_length(response.fields).value_or(size) == size;
  const bool reaches_end = range->complete_length && *range->last + 1 == *range->complete_length;
  if (size < announced && notes.ask(DecisionId::cache_part_numbers, message_complete) && reaches_end)
    entry.length = *range->first + size;
  // "a 206 (Partial Content) response MAY be stored as if it were an incomplete 200 (OK) response."
  entry.response.status = 200;
  entry.response.reason = "OK";
  http::remove(entry.response.fields, "Content-Range");
  http::remove(entry.response.fields, "Content-Length");
  insert(entry.parts, {*range->first, response.content});
  complete_if_whole(entry);
  return true;
}

std::optional<std::string> missing_range(const Entry& entry) {
  if (entry.complete || entry.parts.size() != 1) return std::nullopt;
  const Part& part = entry.parts.front();
  if (part.first == 0) return "bytes=" + std::to_string(part.end()) + "-";
  if (entry.length == part.end()) return "bytes=0-" + std::to_string(part.first - 1);
  return std::nullopt;
}

bool combine(Entry& entry, const Entry& newer, CacheKind kind, Notes& notes) {
  // "if they all share the same strong validator"
  const std::string* const tag = http::find(entry.response.fields, "ETag");
  const std::string* const other = http::find(newer.response.fields, "ETag");
  const bool same = tag != nullptr && other != nullptr && is_strong(*tag) && *tag == *other;
  if (!notes.ask(DecisionId::cache_combine, same, [&] {
        return Inputs{{"stored ETag", tag == nullptr ? "" : *tag, tag != nullptr},
                      {"ETag", other == nullptr ? "" : *other, other != nullptr}};
      }))
    return false;
  update_fields(entry, newer.response.fields, kind);
  if (entry.complete) return true;
  for (const Part& part : newer.parts) insert(entry.parts, part);
  if (!entry.length) entry.length = newer.length;
  complete_if_whole(entry);
  return true;
}

}  // namespace statuslab::caching
