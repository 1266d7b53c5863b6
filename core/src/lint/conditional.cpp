// Conditional requests and validators, RFC 9110 sections 8.8 and 13.
#include <algorithm>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "checks/conditional.h"
#include "lint/freshness.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

bool is_get_or_head(std::string_view method) { return method == "GET" || method == "HEAD"; }
bool is_weak(std::string_view tag) { return tag.starts_with("W/"); }
std::string_view opaque_tag(std::string_view tag) { return is_weak(tag) ? tag.substr(2) : tag; }

// RFC 9110 section 8.8.3.2. Both are entity tags.
bool match_weakly(std::string_view a, std::string_view b) { return opaque_tag(a) == opaque_tag(b); }
bool match_strongly(std::string_view a, std::string_view b) { return !is_weak(a) && a == b; }

// The only ETag that is one; empty otherwise.
std::string_view etag_of(const MessageView& response) {
  const FieldView field = response.field(FieldId::etag);
  return field.size() == 1 && syntax::is_entity_tag(field.value()) ? field.value() : std::string_view{};
}

bool is_any(const FieldView& field) { return field.size() == 1 && field.value() == "*"; }

// The entity tags that If-Match or If-None-Match lists; empty for "*", for no field, and for what is not such a list.
std::vector<std::string_view> listed_tags(const FieldView& field) {
  std::vector<std::string_view> tags;
  for (const std::string_view tag : field.members()) {
    if (tag.empty()) continue;
    if (!syntax::is_entity_tag(tag)) return {};
    tags.push_back(tag);
  }
  return tags;
}

template <class Matches>
bool any_matches(const FieldView& field, std::string_view tag, Matches matches) {
  const std::vector<std::string_view> tags = listed_tags(field);
  return std::any_of(tags.begin(), tags.end(), [&](std::string_view listed) { return matches(listed, tag); });
}

bool has_any(const MessageView& request, std::initializer_list<FieldId> ids) {
  return std::any_of(ids.begin(), ids.end(), [&](FieldId id) { return request.has(id); });
}

// A whole or partial representation of the target: what a GET or HEAD gives where no condition stands in the way.
bool gives_representation(const ExchangeView& exchange) {
  const std::uint16_t status = exchange.response->status;
  return (status == 200 || status == 206) && is_get_or_head(exchange.request.method());
}

// The 304 that the response had to be; it keeps its validators. Empty where it has none.
std::vector<Edit> answer_not_modified(const MessageView& response) {
  if (!response.has(FieldId::etag) && !response.has(FieldId::last_modified)) return {};
  const Span status{response->status_code.begin, std::max(response->status_code.end, response->reason.end)};
  std::vector<Edit> edits = remove_content(response);
  edits.push_back(replace(status, response->is_http1() ? "304 Not Modified" : "304"));
  for (const FieldId id : {FieldId::content_length, FieldId::content_type, FieldId::content_encoding,
                           FieldId::content_language, FieldId::transfer_encoding, FieldId::content_range})
    for (Edit& edit : remove_lines(response.field(id))) edits.push_back(std::move(edit));
  return edits;
}

void offer_not_modified(const MessageView& response, Report& finding) {
  std::vector<Edit> edits = answer_not_modified(response);
  if (!edits.empty()) finding.fix(0, std::move(edits));
}

// "A cache or intermediary MAY ignore If-Match", and If-Unmodified-Since likewise.
bool may_come_from_cache(const MessageView& response) {
  return has_any(response, {FieldId::age, FieldId::via, FieldId::x_cache, FieldId::cache_status});
}

}  // namespace

// --- validators --------------------------------------------------------------------------------------------------

void check_etag_backslash(const FieldView& field, Reporter& report) {
  const std::size_t at = field.value().find('\\');
  if (at == std::string_view::npos || !syntax::is_entity_tag(field.value())) return;
  const std::uint32_t place = field.value_span().begin + static_cast<std::uint32_t>(at);
  report.at({place, place + 1}).with("etag", field.value());
}

void check_etag_empty(const FieldView& field, Reporter& report) {
  if (opaque_tag(field.value()) == "\"\"") report.at(field).with("etag", field.value());
}

void check_etag_equals_date(const FieldView& field, Reporter& report) {
  const auto date = date_of(field.message(), FieldId::date);
  if (!date || field.in_trailer() || !syntax::is_entity_tag(field.value())) return;
  std::string_view tag = opaque_tag(field.value());
  tag = tag.substr(1, tag.size() - 2);
  const auto as_date = syntax::parse_http_date(tag);
  const auto as_number = syntax::parse_decimal(tag);
  const std::uint64_t now = static_cast<std::uint64_t>(*date);
  const bool same = (as_date && as_date->seconds == *date) ||
                    (as_number && (*as_number == now || *as_number / 1000 == now));
  if (same) report.at(field).with("etag", field.value());
}

void check_last_modified_epoch(const FieldView& field, Reporter& report) {
  const auto modified = field.date();
  constexpr std::int64_t day = 86'400;
  if (modified && modified->seconds >= 0 && modified->seconds < day)
    report.at(field).with("value", field.value());
}

void check_last_modified_equals_date(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const auto date = date_of(response, FieldId::date);
  const auto modified = date_of(response, FieldId::last_modified);
  if (!date || !modified || *date != *modified || response->status != 200 || !is_get_or_head(response.method())) return;
  report.at(field).with("value", field.value());
}

// --- preconditions in requests -----------------------------------------------------------------------------------

void check_if_match_weak_tag(const FieldView& field, Reporter& report) {
  for (const std::string_view tag : field.members()) {
    if (syntax::is_entity_tag(tag) && is_weak(tag)) report.at(tag).with("etag", tag);
  }
}

void check_if_modified_since_on_other_method(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  const MethodInfo* method = find_method(request.method());
  if (method == nullptr || is_get_or_head(method->name)) return;
  // These select no representation at all: there, another rule speaks.
  if (method->name == "CONNECT" || method->name == "OPTIONS" || method->name == "TRACE") return;
  report.at(field.first()).with("method", method->name).remove(0, field);
}

void check_precondition_without_representation(const MessageView& request, Reporter& report) {
  for (const FieldId id : {FieldId::if_match, FieldId::if_none_match, FieldId::if_modified_since,
                           FieldId::if_unmodified_since}) {
    const FieldView field = request.field(id);
    if (field.empty()) continue;
    report.at(field.first())
        .with("field", field.name())
        .with("method", request.method())
        .remove(0, field);
  }
}

void check_precondition_on_head(const MessageView& request, Reporter& report) {
  for (const FieldId id : {FieldId::if_none_match, FieldId::if_modified_since}) {
    const FieldView field = request.field(id);
    if (field.empty()) continue;
    report.at(field.first()).with("field", field.name());
    return;
  }
}

void check_if_range_without_range(const FieldView& field, Reporter& report) {
  if (field.message().has(FieldId::range)) return;
  report.at(field.first()).remove(0, field);
}

void check_if_range_weak(const FieldView& field, Reporter& report) {
  if (!syntax::is_entity_tag(field.value()) || !is_weak(field.value())) return;
  if (!field.message().has(FieldId::range)) return;
  std::vector<Edit> edits = remove_lines(field);
  for (Edit& edit : remove_lines(field.message().field(FieldId::range))) edits.push_back(std::move(edit));
  report.at(field).with("etag", field.value()).fix(0, std::move(edits));
}

// --- conditions that were not evaluated --------------------------------------------------------------------------

void check_if_none_match_ignored(const ExchangeView& exchange, Reporter& report) {
  if (!gives_representation(exchange)) return;
  const FieldView condition = exchange.request.field(FieldId::if_none_match);
  if (condition.empty()) return;
  if (is_any(condition)) {
    report.at(exchange.response).with("value", condition.value()).with("status", exchange.response->status);
    return;
  }
  const std::string_view etag = etag_of(exchange.response);
  if (etag.empty() || !any_matches(condition, etag, match_weakly)) return;
  offer_not_modified(exchange.response, report.at(exchange.response.field(FieldId::etag))
                                            .with("value", etag)
                                            .with("status", exchange.response->status));
}

void check_if_modified_since_ignored(const ExchangeView& exchange, Reporter& report) {
  if (!gives_representation(exchange) || exchange.request.has(FieldId::if_none_match)) return;
  const auto since = date_of(exchange.request, FieldId::if_modified_since);
  const auto modified = date_of(exchange.response, FieldId::last_modified);
  if (!since || !modified || *modified > *since) return;
  const FieldView field = exchange.response.field(FieldId::last_modified);
  offer_not_modified(exchange.response,
                     report.at(field)
                         .with("modified", field.value())
                         .with("since", exchange.request.field(FieldId::if_modified_since).value()));
}

void check_if_match_ignored(const ExchangeView& exchange, Reporter& report) {
  const FieldView condition = exchange.request.field(FieldId::if_match);
  if (condition.empty() || !gives_representation(exchange) || may_come_from_cache(exchange.response)) return;
  const std::string_view etag = etag_of(exchange.response);
  if (etag.empty() || listed_tags(condition).empty() || any_matches(condition, etag, match_strongly)) return;
  report.at(exchange.response.field(FieldId::etag)).with("etag", etag).with("value", condition.value());
}

void check_if_unmodified_since_ignored(const ExchangeView& exchange, Reporter& report) {
  if (!gives_representation(exchange) || exchange.request.has(FieldId::if_match)) return;
  if (may_come_from_cache(exchange.response)) return;
  const auto since = date_of(exchange.request, FieldId::if_unmodified_since);
  const auto modified = date_of(exchange.response, FieldId::last_modified);
  if (!since || !modified || *modified <= *since) return;
  const FieldView field = exchange.response.field(FieldId::last_modified);
  report.at(field)
      .with("modified", field.value())
      .with("since", exchange.request.field(FieldId::if_unmodified_since).value());
}

// --- 412 ---------------------------------------------------------------------------------------------------------

void check_precondition_failed_instead_of_not_modified(const MessageView& response, Reporter& report) {
  if (!is_get_or_head(response.method()) || !response.request()->has(FieldId::if_none_match)) return;
  if (has_any(*response.request(), {FieldId::if_match, FieldId::if_unmodified_since, FieldId::if_})) return;
  offer_not_modified(response, report.at(response).with("method", response.method()));
}

void check_precondition_failed_though_matching(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.request()->has(FieldId::if_none_match)) return;
  if (has_any(*response.request(), {FieldId::if_, FieldId::if_schedule_tag_match, FieldId::overwrite})) return;
  const FieldView condition = response.request()->field(FieldId::if_match);
  const std::string_view etag = etag_of(response);
  if (etag.empty() || (!is_any(condition) && !any_matches(condition, etag, match_strongly))) return;
  report.at(response.field(FieldId::etag)).with("etag", etag).with("value", condition.value());
}

void check_precondition_failed_though_unmodified(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  const MessageView& request = *response.request();
  if (has_any(request, {FieldId::if_match, FieldId::if_none_match, FieldId::if_, FieldId::if_schedule_tag_match}))
    return;
  const auto since = date_of(request, FieldId::if_unmodified_since);
  const auto modified = date_of(response, FieldId::last_modified);
  if (!since || !modified || *modified > *since) return;
  report.at(response.field(FieldId::last_modified))
      .with("modified", response.field(FieldId::last_modified).value())
      .with("since", request.field(FieldId::if_unmodified_since).value());
}

}  // namespace statuslab::lint::checks
