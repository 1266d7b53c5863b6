// Structured fields (RFC 9651): syntax, types, and what single ones of them ask for.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/structured_fields.h"
#include "lint/reporter.h"
#include "syntax/field_grammar.h"
#include "syntax/rfc8288.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9651.h"

namespace statuslab::lint::checks {
namespace {

using structured::BareItem;
using structured::ErrorKind;
using structured::FieldType;
using structured::ItemType;
using syntax::Mismatch;
using syntax::MismatchKind;

// ---- Syntax

std::string_view name_of(FieldType type) {
  constexpr std::array<std::string_view, 3> names{"Item", "List", "Dictionary"};
  return names[static_cast<std::size_t>(type)];
}

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t") == std::string_view::npos; }

bool is_too_long(ErrorKind kind) {
  return kind == ErrorKind::integer_too_long || kind == ErrorKind::decimal_too_long ||
         kind == ErrorKind::fraction_length;
}

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }

bool is_upper_case_key(const structured::Error& error, std::string_view text) {
  return error.kind == ErrorKind::key_expected && !error.span.empty() && is_upper(text[error.span.begin]);
}

// Fields with a rule of their own about their whole syntax.
bool is_judged_elsewhere(const StructuredView& field) {
  constexpr std::array ids{FieldId::content_digest, FieldId::repr_digest, FieldId::cross_origin_embedder_policy, FieldId::cross_origin_embedder_policy_report_only,
                           FieldId::cross_origin_opener_policy,   FieldId::cross_origin_opener_policy_report_only,
                           FieldId::deprecation};
  if (std::find(ids.begin(), ids.end(), field.id()) != ids.end()) return true;
  // What has no "=" is in the syntax of Feature-Policy.
  if (field.id() == FieldId::permissions_policy || field.id() == FieldId::permissions_policy_report_only)
    return field.text().find('=') == std::string_view::npos;
  // Signatures of an earlier draft (draft-cavage-http-signatures), which ActivityPub servers exchange to this day.
  if (field.id() == FieldId::signature && field.text().find("keyId=") != std::string_view::npos) return true;
  // Earlier versions of the RateLimit draft had a Dictionary, and Integers in the policy; much software still sends them.
  if (field.id() == FieldId::ratelimit) return !structured::parse(field.text(), FieldType::dictionary).error;
  return field.id() == FieldId::ratelimit_policy && !field.text().empty() && ascii::is_digit(field.text()[0]);
}

const structured::Error* error_of(const StructuredView& field) {
  return field.error() && !is_blank(field.text()) && !is_judged_elsewhere(field) ? &*field.error() : nullptr;
}

// The value with all keys in lower case; empty where that is not all that is wrong.
std::vector<Edit> with_lower_case_keys(const StructuredView& field) {
  std::string text(field.text());
  std::vector<Edit> edits;
  while (edits.size() < 16) {
    const structured::Parsed parsed = structured::parse(text, field.type());
    if (!parsed.error) return edits;
    if (!is_upper_case_key(*parsed.error, text)) return {};
    const std::uint32_t begin = parsed.error->span.begin;
    std::uint32_t end = begin;
    std::string key;
    for (; end < text.size() && (ascii::is_tchar(text[end])); ++end) key += text[end] = ascii::lower(text[end]);
    edits.push_back(replace(field.place({begin, end}), key));
  }
  return {};
}

// ---- Types

// Parameters and members of fields that other rules judge say nothing here.
std::vector<Mismatch> mismatches(const StructuredView& field, MismatchKind kind, bool in_parameter) {
  if (field.error() || is_judged_elsewhere(field)) return {};
  std::vector<Mismatch> all = syntax::find_mismatches(field.value(), field_info(field.id()).grammar);
  all.erase(std::remove_if(all.begin(), all.end(),
                           [&](const Mismatch& m) { return m.kind != kind || m.in_parameter != in_parameter; }),
            all.end());
  return all;
}

bool means_true(std::string_view text) { return ascii::equals_ignoring_case(text, "true") || text == "1"; }
bool means_false(std::string_view text) { return ascii::equals_ignoring_case(text, "false") || text == "0"; }

// The item in another type that the sender can have meant; empty where there is none.
std::string converted(const BareItem& item, std::string_view types) {
  const std::string text = item.type == ItemType::integer ? std::to_string(item.number) : item.text;
  BareItem right{ItemType::boolean, 0, text, {}};
  const std::size_t open = std::min(types.find_first_of("(|"), types.size());
  const std::string_view type = types.substr(0, open);
  if (item.type == ItemType::binary || item.type == ItemType::display_string) return {};
  if (type == "Boolean" && (means_true(text) || means_false(text)))
    right.number = means_true(text) ? 1 : 0;
  else if ((type == "Integer" || type == "Number") && item.type == ItemType::string && syntax::parse_decimal(text))
    right = {ItemType::integer, static_cast<std::int64_t>(*syntax::parse_decimal(text)), {}, {}};
  else if (type == "Date" && item.type == ItemType::integer)
    right = {ItemType::date, item.number, {}, {}};
  else if (type == "Token" && item.type == ItemType::string)
    right.type = ItemType::token;
  else if (type == "String" && (item.type == ItemType::token || item.type == ItemType::integer))
    right.type = ItemType::string;
  else
    return {};
  return structured::serialise(right).value_or("");
}

void report_type(const StructuredView& field, const Mismatch& mismatch, Reporter& report) {
  const Span span = field.place(mismatch.span);
  Report& finding = report.at(span)
                       .with("name", field.name())
                       .with("found", field.text(mismatch.span))
                       .with("expected", mismatch.expected);
  if (mismatch.in_parameter) finding.with("key", mismatch.key);
  if (mismatch.item == nullptr) return;
  const std::string right = converted(*mismatch.item, mismatch.expected);
  if (right.empty()) return;
  // A Dictionary member or parameter without "=" has the Boolean true as its value and stands for itself.
  if (slice(field.text(), mismatch.span) == mismatch.key) return;
  finding.with("right", right).fix(0, right);
}

// ---- Signatures

// The field with the name in any case, also if the registry does not have it.
bool has_field_named(const std::vector<FieldLine>& lines, const MessageView& message, std::string_view name) {
  return std::any_of(lines.begin(), lines.end(), [&](const FieldLine& line) {
    return ascii::equals_ignoring_case(message.text(line.name), name);
  });
}

bool has_component(const MessageView& message, const structured::Item& component) {
  const std::string_view name = component.value.text;
  if (name.starts_with('@')) return true;
  const bool of_request = structured::find(component.parameters, "req") != nullptr;
  const MessageView* owner = of_request && message->is_response() ? message.request() : &message;
  if (owner == nullptr || !(*owner)->head_terminated) return true;
  const bool trailer = structured::find(component.parameters, "tr") != nullptr;
  return has_field_named(trailer ? (*owner)->trailers : (*owner)->fields, *owner, name);
}

// ---- Dates

std::optional<std::int64_t> deprecation_of(const MessageView& message) {
  const FieldView field = message.field(FieldId::deprecation);
  if (field.empty()) return std::nullopt;
  const structured::Parsed parsed = structured::parse(field.value(), FieldType::item);
  if (parsed.error || parsed.value.members[0].value.type != ItemType::date) return std::nullopt;
  return parsed.value.members[0].value.number;
}

bool has_link(const MessageView& message, std::string_view relation) {
  const FieldView links = message.field(FieldId::link);
  for (std::size_t i = 0; i < links.size(); ++i)
    for (const syntax::LinkValue& link : syntax::parse_links(links.value(i)).values)
      if (const auto* rel = link.find("rel"))
        if (syntax::has_relation(syntax::unquoted(rel->value), relation)) return true;
  return false;
}

constexpr std::int64_t last_second_of_9999 = 253402300799;

}  // namespace

void check_structured_field_malformed(const StructuredView& field, Reporter& report) {
  const structured::Error* error = error_of(field);
  if (error == nullptr || is_upper_case_key(*error, field.text()) || is_too_long(error->kind) ||
      error->kind == ErrorKind::trailing_comma)
    return;
  const Span span = field.place(error->span);
  report.at(span)
      .with("name", field.name())
      .with("type", name_of(field.type()))
      .with("found", field.message().text(span));
}

void check_structured_key_upper_case(const StructuredView& field, Reporter& report) {
  const structured::Error* error = error_of(field);
  if (error == nullptr || !is_upper_case_key(*error, field.text())) return;
  std::uint32_t end = error->span.begin;
  while (end < field.text().size() && ascii::is_tchar(field.text()[end])) ++end;
  const Span key{error->span.begin, end};
  Report& finding = report.at(field.place(key)).with("name", field.name()).with("key", field.text(key));
  std::vector<Edit> edits = with_lower_case_keys(field);
  if (!edits.empty()) finding.fix(0, std::move(edits));
}

void check_structured_trailing_comma(const StructuredView& field, Reporter& report) {
  const structured::Error* error = error_of(field);
  if (error == nullptr || error->kind != ErrorKind::trailing_comma) return;
  Report& finding = report.at(field.place(error->span)).with("name", field.name());
  if (field.field().size() > 1) return;
  std::uint32_t begin = error->span.begin;
  while (begin > 0 && ascii::is_space(field.text()[begin - 1])) --begin;
  if (begin == 0) return;
  const Span value = field.field().value_span();
  finding.fix(0, {value.begin + begin, value.end}, "");
}

void check_structured_number_too_long(const StructuredView& field, Reporter& report) {
  const structured::Error* error = error_of(field);
  if (error == nullptr || !is_too_long(error->kind)) return;
  report.at(field.place(error->span)).with("name", field.name()).with("number", field.text(error->span));
}

void check_structured_member_type(const StructuredView& field, Reporter& report) {
  for (const Mismatch& mismatch : mismatches(field, MismatchKind::type, false)) report_type(field, mismatch, report);
}

void check_structured_parameter_type(const StructuredView& field, Reporter& report) {
  for (const Mismatch& mismatch : mismatches(field, MismatchKind::type, true)) report_type(field, mismatch, report);
}

void check_structured_number_range(const StructuredView& field, Reporter& report) {
  for (const bool in_parameter : {false, true})
    for (const Mismatch& mismatch : mismatches(field, MismatchKind::range, in_parameter))
      report.at(field.place(mismatch.span))
          .with("name", field.name())
          .with("found", field.text(mismatch.span))
          .with("range", mismatch.expected);
}

void check_structured_word_unknown(const StructuredView& field, Reporter& report) {
  for (const bool in_parameter : {false, true})
    for (const Mismatch& mismatch : mismatches(field, MismatchKind::word, in_parameter))
      report.at(field.place(mismatch.span)).with("name", field.name()).with("found", field.text(mismatch.span));
}

void check_structured_parameter_unknown(const StructuredView& field, Reporter& report) {
  for (const Mismatch& mismatch : mismatches(field, MismatchKind::key, true))
    report.at(field.place(mismatch.span)).with("name", field.name()).with("key", mismatch.key);
}

void check_structured_key_repeated(const StructuredView& field, Reporter& report) {
  if (field.value().overwritten.empty()) return;
  const Span first = field.value().overwritten.front();
  Report& finding = report.at(field.place(first)).with("name", field.name()).with("key", field.text(first));
  const auto right = structured::serialise(field.value());
  if (field.field().size() == 1 && right) finding.fix(0, field.field().value_span(), *right);
}

void check_structured_not_canonical(const StructuredView& field, Reporter& report) {
  if (field.error() || field.field().size() > 1 || !field.value().overwritten.empty()) return;
  const auto right = structured::serialise(field.value());
  if (!right || right->empty() || *right == field.text()) return;
  const auto [odd, wanted] = std::mismatch(field.text().begin(), field.text().end(), right->begin(), right->end());
  const auto at = static_cast<std::uint32_t>(odd - field.text().begin());
  report.at(field.place({at, at})).with("name", field.name()).with("right", *right).fix(0, field.field().value_span(), *right);
}

// ---- Single fields

void check_deprecation_not_a_date(const FieldView& field, Reporter& report) {
  const structured::Parsed parsed = structured::parse(field.value(), FieldType::item);
  if (!parsed.error && parsed.value.members[0].value.type == ItemType::date) return;
  if (is_blank(field.value())) return;
  Report& finding = report.at(field).with("value", field.value());
  std::optional<std::int64_t> seconds;
  if (const auto date = syntax::parse_http_date_of_any_weekday(field.value())) seconds = date->seconds;
  if (!seconds) seconds = syntax::parse_foreign_date(field.value());
  if (!seconds && !parsed.error && parsed.value.members[0].value.type == ItemType::integer)
    seconds = parsed.value.members[0].value.number;
  if (seconds) finding.fix(0, field.value_span(), "@" + std::to_string(*seconds));
}

void check_deprecation_announced(const FieldView& field, Reporter& report) {
  const auto deprecated = deprecation_of(field.message());
  if (!deprecated || *deprecated < 0 || *deprecated > last_second_of_9999) return;
  report.at(field).with("date", syntax::format_http_date(*deprecated));
}

void check_deprecation_without_link(const FieldView& field, Reporter& report) {
  if (!deprecation_of(field.message()) || has_link(field.message(), "deprecation")) return;
  report.at(field.first().name);
}

void check_sunset_before_deprecation(const FieldView& sunset, Reporter& report) {
  const auto deprecated = deprecation_of(sunset.message());
  const auto gone = sunset.date();
  if (!deprecated || !gone || gone->seconds >= *deprecated || *deprecated > last_second_of_9999) return;
  report.at(sunset)
      .with("sunset", sunset.value())
      .with("deprecation", syntax::format_http_date(*deprecated));
}

void check_sunset_past(const FieldView& sunset, Reporter& report) {
  const FieldView date = sunset.message().field(FieldId::date);
  const std::uint16_t status = sunset.message()->status;
  if (date.empty() || status == 404 || status == 410) return;
  const auto gone = sunset.date();
  const auto sent = date.date();
  if (gone && sent && gone->seconds < sent->seconds) report.at(sunset).with("value", sunset.value());
}

void check_sunset_without_link(const FieldView& sunset, Reporter& report) {
  if (!sunset.date() || has_link(sunset.message(), "sunset")) return;
  report.at(sunset.first().name);
}

void check_signature_label_unmatched(const MessageView& message, Reporter& report) {
  const FieldView signature = message.field(FieldId::signature);
  const FieldView input = message.field(FieldId::signature_input);
  if (signature.empty() && input.empty()) return;
  const auto compare = [&](const FieldView& field, const FieldView& other) {
    if (field.empty()) return;
    const StructuredView& here = field.structured();
    if (is_judged_elsewhere(here)) return;
    const structured::Value there = other.empty() ? structured::Value{} : StructuredView(other).value();
    if (here.error() || (!other.empty() && StructuredView(other).error())) return;
    for (const structured::Member& member : here.value().members)
      if (structured::find(there, member.key) == nullptr)
        report.at(here.place(member.key_span))
            .with("label", member.key)
            .with("name", here.name())
            .with("other", field_info(other.id()).name);
  };
  compare(signature, input);
  compare(input, signature);
}

void check_signature_component_missing(const FieldView& field, Reporter& report) {
  const StructuredView& input = field.structured();
  for (const structured::Member& member : input.value().members)
    for (const structured::Item& component : member.items)
      if (component.value.type == ItemType::string && !has_component(input.message(), component))
        report.at(input.place(component.value.span)).with("component", component.value.text).with("label", member.key);
}

void check_signature_expires_before_created(const FieldView& field, Reporter& report) {
  const StructuredView& input = field.structured();
  for (const structured::Member& member : input.value().members) {
    const structured::Parameter* created = structured::find(member.parameters, "created");
    const structured::Parameter* expires = structured::find(member.parameters, "expires");
    if (created == nullptr || expires == nullptr || expires->value.type != ItemType::integer ||
        expires->value.number >= created->value.number)
      continue;
    report.at(input.place(expires->value.span)).with("label", member.key);
  }
}

void check_proxy_status_error(const FieldView& field, Reporter& report) {
  const StructuredView& status = field.structured();
  for (const structured::Member& member : status.value().members)
    if (const structured::Parameter* error = structured::find(member.parameters, "error"))
      report.at(status.place(error->value.span)).with("proxy", member.value.text).with("error", error->value.text);
}

void check_dictionary_without_match(const FieldView& field, Reporter& report) {
  const StructuredView& dictionary = field.structured();
  if (dictionary.error() || structured::find(dictionary.value(), "match") != nullptr) return;
  report.at(field.first().name);
}

void check_dictionary_type_unknown(const FieldView& field, Reporter& report) {
  const StructuredView& dictionary = field.structured();
  const structured::Member* type = structured::find(dictionary.value(), "type");
  if (type == nullptr || type->is_inner_list || type->value.type != ItemType::token || type->value.text == "raw") return;
  report.at(dictionary.place(type->value.span)).with("type", type->value.text);
}

void check_dictionary_id_too_long(const FieldView& field, Reporter& report) {
  const StructuredView& dictionary = field.structured();
  const structured::Member* id = dictionary.type() == FieldType::item && !dictionary.value().members.empty()
                                     ? &dictionary.value().members[0]
                                     : structured::find(dictionary.value(), "id");
  if (id == nullptr || id->value.text.size() <= 1024) return;
  report.at(dictionary.place(id->value.span)).with("size", id->value.text.size());
}

void check_available_dictionary_without_encoding(const FieldView& field, Reporter& report) {
  const FieldView encoding = field.message().field(FieldId::accept_encoding);
  for (const std::string_view coding : encoding.members()) {
    if (coding.starts_with("dcb") || coding.starts_with("dcz") || coding.starts_with('*')) return;
  }
  report.at(field.first().name);
}

void check_link_template_malformed(const FieldView& field, Reporter& report) {
  const StructuredView& templates = field.structured();
  for (const structured::Member& member : templates.value().members) {
    // expression = "{" [ operator ] variable-list "}" (RFC 6570 section 2.2)
    const std::string_view text = member.value.text;
    std::size_t open = std::string_view::npos;
    bool wrong = false;
    for (std::size_t i = 0; i < text.size() && !wrong; ++i) {
      if (text[i] == '{') wrong = open != std::string_view::npos, open = i;
      if (text[i] == '}') wrong = open == std::string_view::npos || open + 1 == i, open = std::string_view::npos;
    }
    if (wrong || open != std::string_view::npos)
      report.at(templates.place(member.value.span)).with("template", member.value.text);
  }
}

// ---- Server-Timing

namespace {

struct Metric {
  std::string_view text;
  std::string_view name;
  std::vector<syntax::Parameter> parameters;
};

// Those that keep to the grammar.
std::vector<Metric> read_metrics(const FieldView& field) {
  std::vector<Metric> metrics;
  metrics.reserve(field.members().size());
  for (const std::string_view text : field.members()) {
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    auto parameters = syntax::parse_parameters(text.substr(semicolon));
    const std::string_view name = ascii::trim(text.substr(0, semicolon));
    if (parameters && syntax::is_token(name)) metrics.push_back({text, name, std::move(*parameters)});
  }
  return metrics;
}

const std::vector<Metric>& metrics_of(const FieldView& field) { return field.once<read_metrics>(); }

const syntax::Parameter* find(const std::vector<syntax::Parameter>& parameters, std::string_view name) {
  const auto found = std::find_if(parameters.begin(), parameters.end(), [name](const syntax::Parameter& p) {
    return ascii::equals_ignoring_case(p.name, name);
  });
  return found == parameters.end() ? nullptr : &*found;
}

}  // namespace

void check_server_timing_duration_not_a_number(const FieldView& field, Reporter& report) {
  for (const Metric& metric : metrics_of(field)) {
    const syntax::Parameter* duration = find(metric.parameters, "dur");
    if (duration == nullptr) continue;
    const std::string value = syntax::unquoted(duration->value);
    const std::string_view number = std::string_view(value).substr(value.starts_with('-') ? 1 : 0);
    if (!number.empty() && syntax::length_that_fits(number, "number") == number.size()) continue;
    report.at(duration->value).with("metric", metric.name).with("value", duration->value);
  }
}

void check_server_timing_without_duration(const FieldView& field, Reporter& report) {
  for (const Metric& metric : metrics_of(field))
    if (find(metric.parameters, "dur") == nullptr) report.at(metric.text).with("metric", metric.name);
}

void check_server_timing_without_description(const FieldView& field, Reporter& report) {
  for (const Metric& metric : metrics_of(field))
    if (find(metric.parameters, "desc") == nullptr) report.at(metric.text).with("metric", metric.name);
}

}  // namespace statuslab::lint::checks
