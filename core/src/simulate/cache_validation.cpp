// Asking whether a stored response still holds, and what the answers do to it (RFC 9111 sections 4.3 and 3.2).
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "syntax/rfc9110.h"

namespace statuslab::caching {
namespace {

std::string_view opaque(std::string_view etag) { return etag.starts_with("W/") ? etag.substr(2) : etag; }

std::string_view value_of(const http::Fields& fields, std::string_view name) {
  const std::string* const value = http::find(fields, name);
  return value == nullptr ? std::string_view() : ascii::trim(*value);
}

// The entity tags of all If-None-Match lines.
std::vector<std::string_view> tags_in(const http::Fields& fields) {
  std::vector<std::string_view> tags;
  for (const http::Field& field : fields) {
    if (!http::same_name(field.name, "If-None-Match")) continue;
    for (const std::string_view tag : syntax::list_members(field.value))
      if (!tag.empty()) tags.push_back(tag);
  }
  return tags;
}

bool names(const std::vector<std::string_view>& tags, std::string_view etag) {
  return std::any_of(tags.begin(), tags.end(), [etag](std::string_view tag) { return weakly_equal(tag, etag); });
}

// "SHOULD NOT generate representation metadata other than the above listed fields" (RFC 9110 section 15.4.5).
constexpr std::string_view not_in_304[] = {
    "Content-Encoding", "Content-Language", "Content-Length", "Content-MD5", "Content-Range", "Content-Type",
};

}  // namespace

bool is_strong(std::string_view etag) { return !etag.empty() && !etag.starts_with("W/"); }

bool weakly_equal(std::string_view a, std::string_view b) { return opaque(a) == opaque(b); }

bool has_condition(const http::Fields& request) {
  static constexpr std::string_view conditions[] = {"If-Match", "If-None-Match", "If-Modified-Since", "If-Unmodified-Since"};
  return std::any_of(std::begin(conditions), std::end(conditions),
                     [&](std::string_view name) { return http::has(request, name); });
}

bool has_validator(const http::Fields& response) {
  return !value_of(response, "ETag").empty() || !value_of(response, "Last-Modified").empty();
}

bool add_tags(http::Request& request, const std::vector<const Entry*>& entries) {
  // "MAY combine the received list with a list of entity tags from its own stored set of responses ... and send the union
  // of the two lists as a replacement If-None-Match header field value" (section 4.3.2).
  std::vector<std::string_view> tags = tags_in(request.fields);
  if (names(tags, "*")) return false;
  std::string list;
  for (const std::string_view tag : tags) list.append(list.empty() ? "" : ", ").append(tag);
  bool added = false, named = false;
  for (const Entry* const entry : entries) {
    const std::string_view etag = value_of(entry->response.fields, "ETag");
    if (etag.empty()) continue;
    named = true;
    if (names(tags, etag)) continue;
    tags.push_back(etag);
    list.append(list.empty() ? "" : ", ").append(etag);
    added = true;
  }
  if (added) http::set(request.fields, "If-None-Match", std::move(list));
  return named;
}

bool add_date(http::Request& request, const Entry& entry) {
  // "SHOULD send the Last-Modified value (using If-Modified-Since) if the request is not for a subrange, a single stored
  // response is being validated, and that response contains a Last-Modified value."
  const std::string_view modified = value_of(entry.response.fields, "Last-Modified");
  if (modified.empty() || http::has(request.fields, "Range")) return false;
  http::set(request.fields, "If-Modified-Since", std::string(modified));
  return true;
}

bool is_not_modified_for(const http::Fields& request, const Entry& entry) {
  const http::Fields& stored = entry.response.fields;
  // "If-None-Match takes precedence over If-Modified-Since" (section 4.3.2).
  if (http::has(request, "If-None-Match")) {
    const std::vector<std::string_view> tags = tags_in(request);
    const std::string_view etag = value_of(stored, "ETag");
    return std::find(tags.begin(), tags.end(), "*") != tags.end() || (!etag.empty() && names(tags, etag));
  }
  const std::string* const since = http::find(request, "If-Modified-Since");
  if (since == nullptr) return false;
  const std::optional<std::int64_t> limit = read_date(*since);
  if (!limit) return false;
  // "If ... the Last-Modified header field is not present in a stored response, a cache SHOULD use the stored response's
  // Date field value (or, if no Date field is present, the time that the stored response was received)".
  const std::string* const modified = http::find(stored, "Last-Modified");
  const std::optional<std::int64_t> date = modified == nullptr ? std::nullopt : read_date(*modified);
  return date.value_or(entry.date) <= *limit;
}

http::Response make_not_modified(const Entry& entry) {
  http::Response response = made(304, "Not Modified");
  // Last-Modified "might be useful if the response does not have an ETag field".
  const bool tagged = http::has(entry.response.fields, "ETag");
  for (const http::Field& field : entry.response.fields) {
    const bool metadata = std::any_of(std::begin(not_in_304), std::end(not_in_304),
                                      [&](std::string_view name) { return http::same_name(name, field.name); });
    if (metadata || (tagged && http::same_name(field.name, "Last-Modified"))) continue;
    response.fields.push_back(field);
  }
  return response;
}

void update_fields(Entry& entry, const http::Fields& fields, CacheKind kind) {
  const http::Fields kept = storable_fields(fields, entry.policy, kind);
  http::Fields updated;
  // "MUST add each header field in the provided response to the stored response, replacing field values that are already
  // present, with the following exceptions: ... The Content-Length header field." Content-Range "MAY" be omitted, and says
  // nothing of a stored part.
  const auto is_excepted = [&](const http::Field& field) {
    return http::same_name(field.name, "Content-Length") || (!entry.complete && http::same_name(field.name, "Content-Range"));
  };
  for (const http::Field& field : entry.response.fields)
    if (is_excepted(field) || !http::has(kept, field.name)) updated.push_back(field);
  for (const http::Field& field : kept)
    if (!is_excepted(field)) updated.push_back(field);
  entry.response.fields = std::move(updated);
}

std::vector<Entry*> identified_by(const http::Fields& not_modified, const std::vector<Entry*>& initial) {
  const std::string_view etag = value_of(not_modified, "ETag");
  const std::string_view modified = value_of(not_modified, "Last-Modified");
  std::vector<Entry*> found;
  const auto keep_if = [&](const auto& fits) {
    std::copy_if(initial.begin(), initial.end(), std::back_inserter(found),
                 [&](const Entry* entry) { return fits(entry->response.fields); });
    std::stable_sort(found.begin(), found.end(), [](const Entry* a, const Entry* b) { return a->date > b->date; });
  };
  // "All the stored responses in the initial set with one of those same strong validators are identified for update."
  if (is_strong(etag)) {
    keep_if([&](const http::Fields& stored) { return value_of(stored, "ETag") == etag; });
    return found;
  }
  // "no strong validators but does contain one or more weak validators ... the most recent of those matching stored
  // responses is identified for update."
  if (!etag.empty() || !modified.empty()) {
    keep_if([&](const http::Fields& stored) {
      return etag.empty() ? value_of(stored, "Last-Modified") == modified : weakly_equal(value_of(stored, "ETag"), etag);
    });
    if (found.size() > 1) found.erase(found.begin() + 1, found.end());
    return found;
  }
  // "does not include any form of validator ..., and there is only one stored response in the initial set, and that stored
  // response also lacks a validator".
  if (initial.size() == 1 && !has_validator(initial.front()->response.fields)) found = initial;
  return found;
}

bool is_described_by_head(const Entry& entry, const http::Fields& head) {
  const http::Fields& stored = entry.response.fields;
  for (const std::string_view name : {"ETag", "Last-Modified"})
    if (http::has(head, name) && value_of(head, name) != value_of(stored, name)) return false;
  const std::string_view length = value_of(head, "Content-Length");
  if (length.empty()) return true;
  const std::uint64_t size = entry.complete ? entry.response.content.size() : entry.length.value_or(0);
  return syntax::parse_decimal(length) == size;
}

bool is_clients_own(const http::Fields& client, const http::Fields& not_modified) {
  if (!http::has(client, "If-None-Match")) return http::has(client, "If-Modified-Since");
  const std::string_view etag = value_of(not_modified, "ETag");
  return etag.empty() || names(tags_in(client), etag) || names(tags_in(client), "*");
}

}  // namespace statuslab::caching
