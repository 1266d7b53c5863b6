// Exchanges of one target in a row: what a response owes to an earlier one (RFC 9110 sections 8.8, 9.3.2, 15.3.7, 15.4.5).
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/pairs.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_ranges.h"

namespace statuslab::lint::checks {
namespace {

bool is_full_answer(const ExchangeView& exchange) {
  return exchange.response->status == 200 && exchange.request.method() == "GET";
}

bool same_value(const MessageView& a, const MessageView& b, FieldId id) {
  const FieldView left = a.field(id);
  const FieldView right = b.field(id);
  if (left.empty() || right.empty()) return left.empty() == right.empty();
  return left.size() == right.size() && left.value() == right.value();
}

// Both requests select the same representation, as far as request fields select one.
bool select_the_same(const ExchangeView& a, const ExchangeView& b) {
  constexpr std::array<FieldId, 6> selecting{FieldId::accept,          FieldId::accept_encoding, FieldId::accept_language,
                                             FieldId::authorization,   FieldId::cookie,          FieldId::range};
  return std::all_of(selecting.begin(), selecting.end(),
                     [&](FieldId id) { return same_value(a.request, b.request, id); });
}

// The only ETag, if it is strong; empty otherwise.
std::string_view strong_etag(const MessageView& response) {
  const FieldView field = response.field(FieldId::etag);
  if (field.size() != 1 || !syntax::is_entity_tag(field.value()) || field.value().starts_with("W/")) return {};
  return field.value();
}

// Content that is here as the recipient got it: whole, and not printed without its chunks.
bool has_whole_content(const MessageView& message) {
  return message.complete() && message->framing != Framing::none && message->framing != Framing::unknown &&
         message->framing != Framing::shown &&
         message.content_size() > 0 && (message->framing != Framing::chunked || !message->chunks.empty());
}

// The field as the earlier 200 has it, missing in the 304 or 206 that has to repeat it.
void report_omitted(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const full = exchange.find_previous(is_full_answer);
  if (full == nullptr || exchange.request.method() != "GET") return;
  for (const FieldId id : {FieldId::cache_control, FieldId::content_location, FieldId::etag, FieldId::expires,
                           FieldId::vary}) {
    const FieldView before = full->response.field(id);
    if (before.empty() || exchange.response.has(id)) continue;
    // Without the entity tag that was asked for, another rule speaks.
    if (id == FieldId::etag && exchange.request.has(FieldId::if_none_match)) continue;
    Report& finding = report.at(exchange.response).with("field", before.name()).with("value", before.value());
    // What Expires would say now is not what it said then.
    if (id != FieldId::expires && before.size() == 1)
      finding.fix(0, add_field(exchange.response, before.name(), before.value()));
    return;
  }
}

// The GET and the HEAD of one representation, whichever came first; the 2xx answers of both.
struct HeadAndGet {
  const MessageView& head;
  const MessageView& get;
};

std::optional<HeadAndGet> head_and_get(const ExchangeView& exchange) {
  const bool is_head = exchange.request.method() == "HEAD";
  if (!is_head && exchange.request.method() != "GET") return std::nullopt;
  const ExchangeView* const other = exchange.find_previous(
      [&](const ExchangeView& e) { return e.request.method() == (is_head ? "GET" : "HEAD"); });
  if (other == nullptr || !select_the_same(exchange, *other)) return std::nullopt;
  for (const FieldId id : {FieldId::if_none_match, FieldId::if_modified_since, FieldId::if_match, FieldId::range})
    if (exchange.request.has(id) || other->request.has(id)) return std::nullopt;
  return is_head ? HeadAndGet{exchange.response, other->response} : HeadAndGet{other->response, exchange.response};
}

// The resource may have changed between the two.
bool of_one_representation(const HeadAndGet& pair) {
  return pair.head->status == 200 && pair.get->status == 200 && same_value(pair.head, pair.get, FieldId::etag) &&
         same_value(pair.head, pair.get, FieldId::last_modified);
}

std::string_view coding_of(const MessageView& response) {
  const FieldView field = response.field(FieldId::content_encoding);
  return field.empty() ? std::string_view{} : field.value();
}

// The earlier 200 to a GET, next to this one.
const ExchangeView* earlier_full_answer(const ExchangeView& exchange) {
  return is_full_answer(exchange) ? exchange.find_previous(is_full_answer) : nullptr;
}

// The Content-Range of a single part of bytes.
std::optional<syntax::ContentRange> byte_range_of(const MessageView& response) {
  const FieldView field = response.field(FieldId::content_range);
  if (response->status != 206 || field.size() != 1) return std::nullopt;
  const auto range = syntax::parse_content_range(field.value());
  if (!range || range->is_unsatisfied() || !range->is_valid() || !ascii::equals_ignoring_case(range->unit, "bytes"))
    return std::nullopt;
  return range;
}

// The 200 that a 206 is a part of: the same strong validator, and the same content coding.
const ExchangeView* whole_of_part(const ExchangeView& exchange) {
  if (exchange.request.method() != "GET" || strong_etag(exchange.response).empty()) return nullptr;
  return exchange.find_previous([&](const ExchangeView& e) {
    return is_full_answer(e) && strong_etag(e.response) == strong_etag(exchange.response) &&
           coding_of(e.response) == coding_of(exchange.response);
  });
}

}  // namespace

// --- 304 and 206 after 200 ---------------------------------------------------------------------------------------

void check_not_modified_omits_field(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status == 304) report_omitted(exchange, report);
}

void check_partial_content_omits_field(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status == 206) report_omitted(exchange, report);
}

void check_not_modified_with_other_etag(const ExchangeView& exchange, Reporter& report) {
  const std::string_view now = strong_etag(exchange.response);
  if (exchange.response->status != 304 || now.empty() || exchange.request.has(FieldId::if_none_match)) return;
  const ExchangeView* const full = exchange.find_previous(is_full_answer);
  if (full == nullptr) return;
  const std::string_view before = strong_etag(full->response);
  if (before.empty() || before == now) return;
  report.at(exchange.response.field(FieldId::etag)).with("etag", now).with("before", before);
}

void check_partial_content_differs_from_full(const ExchangeView& exchange, Reporter& report) {
  const auto range = byte_range_of(exchange.response);
  const ExchangeView* const whole = range ? whole_of_part(exchange) : nullptr;
  if (whole == nullptr || !has_whole_content(whole->response) || !has_whole_content(exchange.response)) return;
  const std::string_view part = exchange.response.content().text();
  const std::string_view all = whole->response.content().text();
  if (*range->last >= all.size() || part.size() != *range->last - *range->first + 1) return;
  if (all.substr(*range->first, part.size()) == part) return;
  report.at(exchange.response.field(FieldId::content_range))
      .with("range", exchange.response.field(FieldId::content_range).value())
      .with("etag", strong_etag(exchange.response));
}

void check_partial_content_complete_length_differs(const ExchangeView& exchange, Reporter& report) {
  const auto range = byte_range_of(exchange.response);
  const ExchangeView* const whole = range && range->complete_length ? whole_of_part(exchange) : nullptr;
  if (whole == nullptr) return;
  const FieldView length = whole->response.field(FieldId::content_length);
  if (length.size() != 1) return;
  const auto size = syntax::parse_decimal(length.value());
  if (!size || *size == *range->complete_length) return;
  const Span value = exchange.response.field(FieldId::content_range).value_span();
  const std::size_t slash = exchange.response.text(value).find('/');
  report.at(value)
      .with("length", *range->complete_length)
      .with("size", *size)
      .fix(0, {value.begin + static_cast<std::uint32_t>(slash) + 1, value.end}, length.value());
}

// --- entity tags over several 200 --------------------------------------------------------------------------------

void check_etag_same_for_other_content(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const before = earlier_full_answer(exchange);
  if (before == nullptr || strong_etag(exchange.response).empty()) return;
  if (strong_etag(before->response) != strong_etag(exchange.response)) return;
  if (coding_of(before->response) != coding_of(exchange.response)) return;
  if (!has_whole_content(before->response) || !has_whole_content(exchange.response)) return;
  if (before->response.content().text() == exchange.response.content().text()) return;
  const Span place = exchange.response.field(FieldId::etag).value_span();
  Edit weaken = replace({place.begin, place.begin}, "W/");
  report.at(place).with("etag", strong_etag(exchange.response)).fix(0, std::move(weaken));
}

void check_etag_same_across_codings(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const before = earlier_full_answer(exchange);
  if (before == nullptr || strong_etag(exchange.response).empty()) return;
  if (strong_etag(before->response) != strong_etag(exchange.response)) return;
  const std::string_view coding = coding_of(exchange.response);
  const std::string_view other = coding_of(before->response);
  if (ascii::equals_ignoring_case(coding, other)) return;
  const Span place = exchange.response.field(FieldId::etag).value_span();
  report.at(place)
      .with("etag", strong_etag(exchange.response))
      .with("coding", coding.empty() ? "identity" : coding)
      .with("other", other.empty() ? "identity" : other)
      .fix(0, {place.begin, place.begin}, "W/");
}

void check_revalidation_answered_in_full(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const before = earlier_full_answer(exchange);
  if (before == nullptr) return;
  const bool by_tag = exchange.request.has(FieldId::if_none_match);
  const FieldView condition =
      exchange.request.field(by_tag ? FieldId::if_none_match : FieldId::if_modified_since);
  if (condition.size() != 1) return;
  const FieldView validator = before->response.field(by_tag ? FieldId::etag : FieldId::last_modified);
  // Where the 200 itself shows that the condition was false, another rule speaks.
  if (validator.size() != 1 || validator.value() != condition.value()) return;
  if (same_value(before->response, exchange.response, validator.id())) return;
  if (!has_whole_content(before->response) || !has_whole_content(exchange.response)) return;
  if (before->response.content().text() != exchange.response.content().text()) return;
  report.at(exchange.response).with("field", condition.name()).with("value", condition.value());
}

// --- HEAD and GET ------------------------------------------------------------------------------------------------

void check_head_status_differs(const ExchangeView& exchange, Reporter& report) {
  const auto pair = head_and_get(exchange);
  // What is temporary may have passed.
  if (!pair || pair->head->status == pair->get->status || pair->get->status >= 500) return;
  const bool unsupported = pair->head->status == 405 || pair->head->status == 501 || pair->head->status == 404;
  if (!unsupported || pair->get->status / 100 != 2) return;
  report.at(pair->head).with("head", pair->head->status).with("get", pair->get->status);
}

void check_head_content_length_differs(const ExchangeView& exchange, Reporter& report) {
  const auto pair = head_and_get(exchange);
  if (!pair || !of_one_representation(*pair)) return;
  const FieldView head = pair->head.field(FieldId::content_length);
  const FieldView get = pair->get.field(FieldId::content_length);
  if (head.size() != 1 || get.size() != 1 || head.value() == get.value()) return;
  // Without a validator, there is no telling whether the representation is still the same.
  if (!pair->get.has(FieldId::etag) && !pair->get.has(FieldId::last_modified)) return;
  report.at(pair->head, head.value_span())
      .with("head", head.value())
      .with("get", get.value())
      .fix(0, head.value_span(), get.value());
}

void check_head_fields_differ(const ExchangeView& exchange, Reporter& report) {
  const auto pair = head_and_get(exchange);
  if (!pair || pair->head->status != 200 || pair->get->status != 200) return;
  for (const FieldId id : {FieldId::content_type, FieldId::content_encoding, FieldId::cache_control, FieldId::vary,
                           FieldId::etag, FieldId::last_modified, FieldId::accept_ranges}) {
    const FieldView get = pair->get.field(id);
    const FieldView head = pair->head.field(id);
    if (get.empty() || same_value(pair->head, pair->get, id)) continue;
    const bool validator = id == FieldId::etag || id == FieldId::last_modified;
    if (validator && !head.empty()) continue;  // the representation has changed meanwhile
    report.at(pair->head, head.empty() ? pair->head.anchor() : head.value_span())
        .with("field", get.name())
        .with("value", get.value())
        .fix(0, set_field(pair->head, id, get.value()));
    return;
  }
}

// --- negotiation -------------------------------------------------------------------------------------------------

void check_negotiated_without_vary(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const before = earlier_full_answer(exchange);
  if (before == nullptr) return;
  struct Axis {
    FieldId request;
    FieldId response;
  };
  for (const Axis axis : {Axis{FieldId::accept_encoding, FieldId::content_encoding},
                          Axis{FieldId::accept_language, FieldId::content_language},
                          Axis{FieldId::accept, FieldId::content_type}}) {
    if (same_value(before->request, exchange.request, axis.request)) continue;
    if (same_value(before->response, exchange.response, axis.response)) continue;
    const std::string_view name = field_info(axis.request).name;
    for (const MessageView* response : {&before->response, &exchange.response}) {
      const FieldView vary = response->field(FieldId::vary);
      if (vary.lists(name) || vary.lists("*")) continue;
      const FieldView control = response->field(FieldId::cache_control);
      if (control.lists("no-store")) continue;
      // What is coded and does not vary is told without a second response.
      if (axis.response == FieldId::content_encoding && response->has(axis.response)) continue;
      const std::string all = vary.empty() ? std::string(name) : std::string(vary.value()) + ", " + std::string(name);
      report.at(*response, vary.empty() ? response->anchor() : vary.value_span())
          .with("field", name)
          .with("differs", field_info(axis.response).name)
          .fix(0, set_field(*response, FieldId::vary, all));
      return;
    }
  }
}

void check_content_coding_costs_bytes(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const before = earlier_full_answer(exchange);
  if (before == nullptr) return;
  const bool now_coded = !coding_of(exchange.response).empty();
  if (now_coded == !coding_of(before->response).empty()) return;
  if (!same_value(before->response, exchange.response, FieldId::last_modified)) return;
  const MessageView& coded = now_coded ? exchange.response : before->response;
  const MessageView& plain = now_coded ? before->response : exchange.response;
  if (!has_whole_content(coded) || !has_whole_content(plain) || coded.content_size() < plain.content_size()) return;
  report.at(coded, coded.field(FieldId::content_encoding).value_span())
      .with("coding", coding_of(coded))
      .with("coded", coded.content_size())
      .with("plain", plain.content_size());
}

}  // namespace statuslab::lint::checks
