// Range requests beyond the 206 itself, RFC 9110 sections 13.1.5, 14 and 17.15.
#include <algorithm>
#include <limits>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/sort.h"
#include "checks/ranges.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_ranges.h"

namespace statuslab::lint::checks {
namespace {

using syntax::ByteRange;

bool is_bytes(std::string_view unit) { return ascii::equals_ignoring_case(unit, "bytes"); }

// The place of a part of the field's first value.

struct Requested {
  std::string_view spec;
  ByteRange range;
};

// The byte ranges of a Range field that follows the grammar; empty for another unit.
std::vector<Requested> byte_ranges(const FieldView& field) {
  std::vector<Requested> ranges;
  if (field.size() != 1) return ranges;
  const auto specifier = syntax::parse_ranges_specifier(field.value());
  if (!specifier || !is_bytes(specifier->unit)) return ranges;
  for (const std::string_view spec : specifier->specs) {
    const auto range = syntax::parse_byte_range(spec);
    if (!range) return {};
    ranges.push_back({spec, *range});
  }
  return ranges;
}

bool is_backwards(const ByteRange& range) { return range.first && range.last && *range.last < *range.first; }

bool is_satisfiable(const ByteRange& range, std::uint64_t length) {
  return range.first ? *range.first < length : *range.last != 0;
}

}  // namespace

// --- Range -------------------------------------------------------------------------------------------------------

void check_range_syntax(const FieldView& field, Reporter& report) {
  if (field.size() != 1) return;
  const std::string_view value = field.value();
  // Other units may have any range-spec; Google's resumable uploads answer 308 with Range: bytes=0-42.
  const std::size_t equals = value.find('=');
  const bool has_unit = equals != std::string_view::npos;
  if (has_unit && !is_bytes(value.substr(0, equals)) && syntax::parse_ranges_specifier(value)) return;
  const auto specifier = syntax::parse_ranges_specifier(value);
  std::string_view wrong = value;
  if (specifier) {
    const auto bad = std::find_if(specifier->specs.begin(), specifier->specs.end(),
                                  [](std::string_view spec) { return !syntax::parse_byte_range(spec); });
    if (bad == specifier->specs.end()) return;
    wrong = *bad;
  }
  Report& finding = report.at(value.empty() ? field.first().name : field.message().span_of(wrong)).with("value", wrong);
  // "bytes 0-499", as Content-Range has it, and "bytes: 0-499".
  if (specifier || has_unit || value.size() < 6 || !is_bytes(value.substr(0, 5))) return;
  std::string_view rest = value.substr(5);
  while (!rest.empty() && (rest.front() == ' ' || rest.front() == ':')) rest.remove_prefix(1);
  rest = rest.substr(0, rest.find('/'));
  const std::string repaired = "bytes=" + std::string(rest);
  if (syntax::parse_byte_range(rest)) finding.fix(0, field.value_span(), repaired);
}

void check_range_backwards(const FieldView& field, Reporter& report) {
  for (const Requested& requested : byte_ranges(field))
    if (is_backwards(requested.range)) {
      const std::size_t hyphen = requested.spec.find('-');
      const std::string exchanged =
          std::string(requested.spec.substr(hyphen + 1)) + "-" + std::string(requested.spec.substr(0, hyphen));
      report.at(requested.spec)
          .with("range", requested.spec)
          .fix(0, exchanged);
    }
}

void check_range_on_other_method(const FieldView& field, Reporter& report) {
  const MethodInfo* method = find_method(field.message().method());
  // RFC 10008 leaves ranges of QUERY results open, and so does this.
  if (method == nullptr || method->name == "GET" || method->name == "QUERY") return;
  std::vector<Edit> edits = remove_lines(field);
  for (Edit& edit : remove_lines(field.message().field(FieldId::if_range))) edits.push_back(std::move(edit));
  report.at(field.first()).with("method", method->name).fix(0, std::move(edits));
}

void check_range_flood(const FieldView& field, Reporter& report) {
  const std::vector<Requested> all = byte_ranges(field);
  if (all.size() < 3) return;
  constexpr std::uint64_t end = std::numeric_limits<std::uint64_t>::max();
  constexpr std::size_t many = 50;
  // Sorted by their first position, ranges overlap where one begins before the furthest end so far.
  std::vector<std::pair<std::uint64_t, std::uint64_t>> sorted;
  for (const Requested& requested : all)
    if (requested.range.first) sorted.emplace_back(*requested.range.first, requested.range.last.value_or(end));
  const bool ascending = std::is_sorted(sorted.begin(), sorted.end());
  sort(sorted, [](const auto& a, const auto& b) { return a < b; });
  std::size_t overlapping = 0;
  std::uint64_t reached = 0;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    if (i != 0 && sorted[i].first <= reached) overlapping += 1;
    reached = std::max(reached, sorted[i].second);
  }
  if (overlapping < 2 && (all.size() < many || ascending)) return;
  report.at(field).with("count", all.size()).with("overlapping", overlapping);
}

void check_range_ignored(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status != 200 || exchange.request.method() != "GET") return;
  if (!exchange.response.field(FieldId::accept_ranges).lists("bytes")) return;
  const FieldView range = exchange.request.field(FieldId::range);
  const std::vector<Requested> requested = byte_ranges(range);
  if (requested.size() != 1 || is_backwards(requested.front().range)) return;
  const FieldView length = exchange.response.field(FieldId::content_length);
  const auto size = length.size() == 1 ? syntax::parse_decimal(length.value()) : exchange.response.content_size();
  if (!size || !is_satisfiable(requested.front().range, *size)) return;
  const FieldView if_range = exchange.request.field(FieldId::if_range);
  if (!if_range.empty()) {
    const FieldView etag = exchange.response.field(FieldId::etag);
    const FieldView modified = exchange.response.field(FieldId::last_modified);
    const bool holds = (!etag.empty() && etag.value() == if_range.value()) ||
                       (!modified.empty() && modified.value() == if_range.value());
    if (!holds) return;
  }
  report.at(exchange.response).with("range", range.value());
}

// --- Accept-Ranges -----------------------------------------------------------------------------------------------

void check_accept_ranges_unknown_unit(const FieldView& field, Reporter& report) {
  for (const std::string_view unit : field.members()) {
    if (unit.empty() || is_bytes(unit) || ascii::equals_ignoring_case(unit, "none")) continue;
    Report& finding = report.at(unit).with("unit", unit);
    if (ascii::equals_ignoring_case(unit, "byte")) finding.fix(0, "bytes");
  }
}

void check_accept_ranges_none_among_units(const FieldView& field, Reporter& report) {
  const std::string_view none = field.find_member("none");
  if (!none.empty() && field.lists("bytes")) report.at(none).fix(0, remove_member(field, none));
}

// --- 206 and 416 -------------------------------------------------------------------------------------------------

void check_content_range_length_unknown(const FieldView& field, Reporter& report) {
  const auto range = syntax::parse_content_range(field.value());
  if (field.size() != 1 || field.message()->status != 206 || !range || range->complete_length) return;
  if (!is_bytes(range->unit)) return;
  const std::uint32_t end = field.value_span().end;
  report.at({end - 1, end}).with("value", field.value());
}

void check_partial_content_weak_etag(const MessageView& response, Reporter& report) {
  const FieldView etag = response.field(FieldId::etag);
  if (etag.size() != 1 || !etag.value().starts_with("W/") || !syntax::is_entity_tag(etag.value())) return;
  report.at(etag).with("etag", etag.value());
}

void check_partial_content_if_range_metadata(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || !response.request()->has(FieldId::if_range)) return;
  if (!response.has(FieldId::content_range)) return;
  for (const FieldId id : {FieldId::content_type, FieldId::content_language, FieldId::last_modified}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    report.at(field.first()).with("field", field.name());
    return;
  }
}

void check_range_not_satisfiable_though_satisfiable(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.method() != "GET") return;
  const FieldView field = response.field(FieldId::content_range);
  const auto range = field.size() == 1 ? syntax::parse_content_range(field.value()) : std::nullopt;
  if (!range || !range->is_unsatisfied() || !is_bytes(range->unit)) return;
  const FieldView asked = response.request()->field(FieldId::range);
  const std::vector<Requested> requested = byte_ranges(asked);
  // "A server MAY ignore or reject" what is invalid, or many overlapping ranges.
  if (requested.empty() || requested.size() > 2) return;
  const std::uint64_t length = *range->complete_length;
  const auto fits = [length](const Requested& r) { return is_satisfiable(r.range, length) && !is_backwards(r.range); };
  if (length == 0 || !std::all_of(requested.begin(), requested.end(), fits)) return;
  report.at(field).with("range", asked.value()).with("length", length);
}

}  // namespace statuslab::lint::checks
