// Field lines and the values that many fields share: RFC 9112 sections 2.2 and 5, RFC 9110 sections 5, 7.6.1 and 8.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "checks/field_syntax.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"
#include "syntax/spelling.h"

namespace statuslab::lint::checks {
namespace {

// Lines below a first line that is neither of the two start lines can be anything: HTML, a log, a letter.
bool is_head(const MessageView& message) {
  return message->start_line.empty() || !message.has_problem(ProblemKind::start_line_malformed);
}

std::string hexadecimal(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string text = "0x";
  for (const char c : bytes) {
    text += digits[ascii::byte(c) >> 4];
    text += digits[ascii::byte(c) & 15];
  }
  return text;
}

// Calls `check` for each field of the header section, then of the trailer section.
template <class Check>
void for_each_field(const MessageView& message, Check check) {
  for (const MessageView::Group& group : message.headers().groups) check(message.view(group, false));
  for (const MessageView::Group& group : message.trailers().groups) check(message.view(group, true));
}

bool is_pseudo_field(std::string_view line) {
  constexpr std::array<std::string_view, 6> names{
      ":authority:", ":method:", ":path:", ":protocol:", ":scheme:", ":status:"};
  return std::any_of(names.begin(), names.end(), [line](std::string_view name) { return line.starts_with(name); });
}

Span line_with_ending(const MessageView& message, Span line) {
  const std::string_view text = message.text();
  std::uint32_t end = line.end;
  if (end < text.size() && text[end] == '\r') ++end;
  if (end < text.size() && text[end] == '\n') ++end;
  const std::uint32_t prefix = message->dialect == Dialect::curl ? 2 : 0;
  return {line.begin - prefix, end};
}

// Fields with a rule of their own about bytes above 0x7F.
bool obs_text_is_told_elsewhere(const MessageView& message, Span span) {
  const FieldView location = message.field(FieldId::location);
  for (std::size_t i = 0; i < location.size(); ++i)
    if (location.value_span(i).begin <= span.begin && span.end <= location.value_span(i).end) return true;
  return false;
}

// A dash, quote or space of a word processor (U+200B to U+201F, U+2212, U+00A0 ...) in a name has a rule of its own.
bool has_typography(std::string_view name) {
  constexpr std::array<std::string_view, 5> signs{"\xE2\x80", "\xE2\x88\x92", "\xC2\xA0", "\xEF\xBC\x9A", "\xEF\xBB\xBF"};
  return std::any_of(signs.begin(), signs.end(),
                     [name](std::string_view sign) { return name.find(sign) != std::string_view::npos; });
}

// ---- Singletons and lists

bool may_be_a_list(const FieldInfo& info) {
  return info.shape != FieldShape::singleton && info.shape != FieldShape::structured_item;
}

// Fields with a rule of their own about repetition, and two that the Fetch and HTML standards read as lists.
constexpr std::array singletons_elsewhere{FieldId::content_length, FieldId::host, FieldId::x_content_type_options,
                                          FieldId::x_frame_options};

bool same_values(const FieldView& field) {
  for (std::size_t i = 1; i < field.size(); ++i)
    if (field.value(i) != field.value()) return false;
  return true;
}

// List fields whose members may hold commas of their own, or whose empty members are a matter of framing.
constexpr std::array lists_read_elsewhere{FieldId::link, FieldId::via};

bool is_plain_list(const FieldView& field) {
  const FieldInfo& info = field_info(field.id());
  const bool standard = info.status == FieldStatus::permanent || info.status == FieldStatus::deprecated;
  return info.shape == FieldShape::list && standard &&
         std::find(lists_read_elsewhere.begin(), lists_read_elsewhere.end(), field.id()) == lists_read_elsewhere.end();
}

std::string without_empty_members(std::string_view value) {
  std::string result;
  for (const std::string_view member : syntax::list_members(value)) {
    if (member.empty()) continue;
    if (!result.empty()) result += ", ";
    result += member;
  }
  return result;
}

// A comma stands at the beginning or behind another one, in a quoted string or not.
bool may_lack_a_member(std::string_view text) {
  std::size_t begin = 0;
  for (std::size_t comma = text.find(','); comma != std::string_view::npos; comma = text.find(',', begin)) {
    while (ascii::is_space(text[begin])) ++begin;
    if (begin == comma) return true;
    begin = comma + 1;
  }
  return false;
}

// The commas around the first empty member that has another one after it; empty span where there is none.
Span empty_member(Span value, std::string_view text) {
  if (!may_lack_a_member(text)) return {value.begin, value.begin};
  const auto members = syntax::list_members(text);
  for (std::size_t i = 0; i + 1 < members.size(); ++i) {
    if (!members[i].empty()) continue;
    const char* const comma = members[i].data();  // trimming leaves an empty view before the comma that follows
    const char* begin = comma;
    while (begin != text.data() && ascii::is_space(begin[-1])) --begin;
    if (begin != text.data()) --begin;
    const auto at = value.begin + static_cast<std::uint32_t>(begin - text.data());
    return {at, at + static_cast<std::uint32_t>(comma + 1 - begin)};
  }
  return {value.begin, value.begin};
}

// ---- Direction

// Names that are words, which applications also use for fields of their own, and what tracing and CDNs let through.
constexpr std::array ambiguous_names{FieldId::isolation, FieldId::label,   FieldId::negotiate,  FieldId::position,
                                     FieldId::topic,     FieldId::timeout, FieldId::tracestate, FieldId::traceparent,
                                     FieldId::urgency,   FieldId::if_,     FieldId::im};

bool belongs_only_to(const FieldView& field, FieldDirection direction) {
  const FieldInfo& info = field_info(field.id());
  return info.direction == direction && info.status == FieldStatus::permanent &&
         std::find(ambiguous_names.begin(), ambiguous_names.end(), field.id()) == ambiguous_names.end();
}

// ---- Names that are nearly those of other fields

// Two slips in a long name, its first two letters being right: more is needed to be sure that it is no other word.
bool are_two_slips_apart(std::string_view name, std::string_view right) {
  if (std::any_of(name.begin(), name.end(), ascii::is_digit)) return false;
  if (!ascii::equals_ignoring_case(name.substr(0, 2), right.substr(0, 2))) return false;
  return syntax::edit_distance(name, right, 2) <= 2;
}

// The field that was meant by a name that no row of the registry has; null where nothing is near.
const FieldInfo* meant_field(std::string_view name) {
  for (const FieldInfo& info : all_fields()) {
    if (info.status != FieldStatus::permanent || info.name.size() < 4) continue;
    if (std::find(ambiguous_names.begin(), ambiguous_names.end(), info.id) != ambiguous_names.end()) continue;
    if (syntax::same_letters(name, info.name)) return &info;
    const std::size_t least = std::min(info.name.size(), name.size());
    if (least >= 6 && std::max(info.name.size(), name.size()) - least <= 1 && syntax::is_one_slip_away(name, info.name))
      return &info;
    if (least >= 12 && are_two_slips_apart(name, info.name)) return &info;
  }
  return nullptr;
}

// ---- Connection

// Fields that RFC 2616 section 13.5.1 had on its list of hop-by-hop fields, so that their names as options are no slip.
constexpr std::array formerly_hop_by_hop{FieldId::close, FieldId::proxy_authenticate, FieldId::proxy_authorization,
                                         FieldId::trailer};

bool is_end_to_end(FieldId id) {
  if (id == FieldId::unknown || field_info(id).hop_by_hop || field_info(id).status == FieldStatus::unofficial)
    return false;
  return std::find(formerly_hop_by_hop.begin(), formerly_hop_by_hop.end(), id) == formerly_hop_by_hop.end();
}

// ---- Dates

// "0" and "-1" and other numbers, which caches take for the past as they are meant.
bool is_number(std::string_view value) {
  if (value.starts_with('-')) value.remove_prefix(1);
  return !value.empty() && std::all_of(value.begin(), value.end(), ascii::is_digit);
}

}  // namespace

// ---- Lines

void check_bare_lf(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view text = message.text();
  std::vector<Edit> edits;
  // A CR before `begin` is data of a chunk and no part of a line ending.
  const auto add = [&](std::uint32_t begin, std::uint32_t end) {
    for (std::uint32_t at = begin; at < end; ++at)
      if (text[at] == '\n' && (at == begin || text[at - 1] != '\r')) edits.push_back(replace({at, at}, "\r"));
  };
  add(message->whole.begin, message->fields_end.end);
  if (message->framing == Framing::chunked) {
    std::uint32_t at = message->content.begin;
    for (const Chunk& chunk : message->chunks) {
      if (chunk.data.empty()) continue;
      add(at, chunk.data.begin);
      at = chunk.data.end;
    }
    add(at, message->content.end);
  }
  report.at(problem.span).fix(0, std::move(edits));
}

void check_bare_cr(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).fix(0, " ");
}

void check_head_unterminated(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view ending = message.has_problem(ProblemKind::bare_lf) ? "\n" : "\r\n";
  const std::uint32_t end = problem.span.end;
  std::string text(ending);
  if (!message.text({message->whole.begin, end}).ends_with('\n')) text += ending;
  const Span last = message->fields.empty() ? message->start_line : message->fields.back().visible();
  report.at(last).fix(0, {end, end}, text);
}

void check_obs_fold(const ProblemView& problem, Reporter& report) {
  const std::string_view text = problem.message.text();
  std::uint32_t begin = problem.span.begin;
  // Back over the line ending (and, in a transcript, the prefix) to the text before it.
  while (begin > 0 && text[begin - 1] != '\n') --begin;
  while (begin > 0 && (text[begin - 1] == '\n' || text[begin - 1] == '\r' || ascii::is_space(text[begin - 1]))) --begin;
  report.at(problem.span).fix(0, {begin, problem.span.end}, " ");
}

// ---- Names

void check_field_colon_missing(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (!is_head(message)) return;
  const std::string_view line = message.text(problem.span);
  Report& finding = report.at(problem.span).with("line", line);
  const std::size_t space = line.find_first_of(" \t=");
  if (space == std::string_view::npos || find_field(line.substr(0, space)) == FieldId::unknown) return;
  const auto at = problem.span.begin + static_cast<std::uint32_t>(space);
  const Span gap{at, line[space] == '=' ? at + 1 : at};
  finding.with("name", line.substr(0, space)).fix(0, gap, line[space] == '=' ? ": " : ":");
}

void check_field_name_empty(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view line = message.text(problem.span);
  if (!is_head(message) || is_pseudo_field(line)) return;
  report.at(problem.span).with("line", line).fix(0, line_with_ending(message, problem.span), "");
}

void check_pseudo_field(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view line = message.text(problem.span);
  if (!is_head(message) || !is_pseudo_field(line)) return;
  report.at(problem.span)
      .with("name", line.substr(0, line.find(':', 1)))
      .fix(0, line_with_ending(message, problem.span), "");
}

void check_field_name_invalid(const ProblemView& problem, Reporter& report) {
  if (!is_head(problem.message) || has_typography(problem.message.text(problem.span))) return;
  report.at(problem.span).with("name", problem.message.text(problem.span));
}

void check_field_name_whitespace(const ProblemView& problem, Reporter& report) {
  if (!is_head(problem.message)) return;
  report.at(problem.span).fix(0, "");
}

// ---- Values

void check_field_value_control(const ProblemView& problem, Reporter& report) {
  report.at(problem.span)
      .with("byte", hexadecimal(problem.message.text(problem.span)))
      .fix(0, "");
}

void check_field_value_nul(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).fix(0, "");
}

void check_field_value_obs_text(const ProblemView& problem, Reporter& report) {
  if (obs_text_is_told_elsewhere(problem.message, problem.span)) return;
  report.at(problem.span).with("text", problem.message.text(problem.span));
}

void check_field_singleton_repeated(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    const FieldInfo& info = field_info(field.id());
    if (field.size() < 2 || may_be_a_list(info) || info.status == FieldStatus::unofficial) return;
    if (std::find(singletons_elsewhere.begin(), singletons_elsewhere.end(), field.id()) != singletons_elsewhere.end())
      return;
    std::vector<Edit> edits = remove_lines(field);
    edits.erase(edits.begin());
    report.at(field.line(1))
        .with("name", field.name())
        .with("count", field.size())
        .fix(same_values(field) ? 0 : 1, std::move(edits));
  });
}

void check_list_empty_member(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    if (!is_plain_list(field)) return;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const Span span = empty_member(field.value_span(i), field.value(i));
      if (span.empty()) continue;
      const std::string right = without_empty_members(field.value(i));
      if (!right.empty()) report.at(span).with("name", field.name()).fix(0, field.value_span(i), right);
    }
  });
}

void check_list_trailing_comma(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    if (!is_plain_list(field)) return;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const std::string_view value = field.value(i);
      if (!value.ends_with(',') || !empty_member(field.value_span(i), value).empty()) continue;
      const std::uint32_t end = field.value_span(i).end;
      const std::string right = without_empty_members(value);
      if (!right.empty())
        report.at({end - 1, end}).with("name", field.name()).fix(0, field.value_span(i), right);
    }
  });
}

void check_field_line_too_long(const MessageView& message, Reporter& report) {
  constexpr std::uint32_t limit = 8192;
  for (const FieldLine& line : message->fields) {
    const std::uint32_t size = line.line.size();
    if (size > limit) report.at(line.name).with("name", message.text(line.name)).with("size", size);
  }
}

void check_header_section_too_large(const MessageView& message, Reporter& report) {
  constexpr std::uint32_t limit = 16384;
  if (message->fields.empty()) return;
  const std::uint32_t size = message->fields.back().line.end - message->fields.front().line.begin;
  if (size <= limit) return;
  const auto longest =
      std::max_element(message->fields.begin(), message->fields.end(),
                       [](const FieldLine& a, const FieldLine& b) { return a.line.size() < b.line.size(); });
  report.at(longest->name).with("size", size).with("name", message.text(longest->name));
}

// ---- Which fields

void check_request_field_in_response(const MessageView& response, Reporter& report) {
  for_each_field(response, [&](const FieldView& field) {
    if (!belongs_only_to(field, FieldDirection::request)) return;
    // In the protocols of upload of Google and of OCI registries it says how much has arrived.
    const std::uint16_t status = response->status;
    const bool tells_progress = field.id() == FieldId::range && (status == 202 || status == 204 || status == 308);
    if (!tells_progress) report.at(field.first().name).with("name", field.name()).remove(0, field);
  });
}

void check_response_field_in_request(const MessageView& request, Reporter& report) {
  for_each_field(request, [&](const FieldView& field) {
    if (belongs_only_to(field, FieldDirection::response))
      report.at(field.first().name).with("name", field.name()).remove(0, field);
  });
}

void check_field_name_misspelt(const MessageView& message, Reporter& report) {
  if (!is_head(message)) return;
  for (const std::uint16_t number : message.headers().unknown) {
    const FieldLine& line = message->fields[number];
    const std::string_view name = message.text(line.name);
    if (!syntax::is_token(name)) continue;
    if (const FieldInfo* meant = meant_field(name))
      report.at(line.name).with("name", name).with("right", meant->name).fix(0, meant->name);
  }
}

void check_field_obsolete(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    const FieldInfo& info = field_info(field.id());
    if (info.status != FieldStatus::obsoleted && info.status != FieldStatus::historic) return;
    report.at(field.first().name).with("name", field.name()).remove(0, field);
  });
}

void check_field_deprecated(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    if (field_info(field.id()).status != FieldStatus::deprecated) return;
    // Pragma in a response was never defined: it has rules of its own.
    if (field.id() == FieldId::pragma && message->is_response()) return;
    report.at(field.first().name).with("name", field.name()).remove(0, field);
  });
}

// ---- Connection

void check_connection_option_syntax(const FieldView& connection, Reporter& report) {
  for (const std::string_view option : connection.members()) {
    if (option.empty() || syntax::is_token(option)) continue;
    report.at(option).with("option", option);
  }
}

void check_connection_names_end_to_end_field(const FieldView& connection, Reporter& report) {
  for (const std::string_view member : connection.members()) {
    const FieldId id = find_field(member);
    if (!is_end_to_end(id)) continue;
    report.at(member).with("name", field_info(id).name).fix(0, remove_member(connection, member));
  }
}

void check_connection_field_in_http2(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (message->is_http1()) return;
  report.at(field.first().name)
      .with("name", field.name())
      .with("version", message.text(message->version))
      .remove(0, field);
}

void check_te_in_http2(const FieldView& te, Reporter& report) {
  if (te.message()->is_http1()) return;
  for (const std::string_view coding : te.members()) {
    if (coding.empty() || ascii::equals_ignoring_case(coding, "trailers")) continue;
    report.at(coding).with("coding", coding).fix(0, remove_member(te, coding));
  }
}

void check_keep_alive_not_listed(const FieldView& keep_alive, Reporter& report) {
  const MessageView& message = keep_alive.message();
  if (!message->is_http1() || message.has_connection_option("keep-alive")) return;
  report.at(keep_alive.first().name).remove(0, keep_alive);
}

void check_proxy_connection(const FieldView& field, Reporter& report) {
  if (!field.message()->is_http1()) return;
  report.at(field.first().name).remove(0, field);
}

// ---- Values of single fields

void check_date_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (field.date() || syntax::parse_http_date_of_any_weekday(value)) return;
  if (field.id() == FieldId::expires && is_number(value)) return;
  if (syntax::is_date_outside_calendar(value)) return;
  const Span span = value.empty() ? field.first().name : field.value_span();
  Report& finding = report.at(span).with("name", field.name()).with("value", value);
  if (const auto seconds = syntax::parse_foreign_date(value)) {
    const std::string right = syntax::format_http_date(*seconds);
    finding.with("right", right).fix(0, field.value_span(), right);
  }
}

void check_date_weekday(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (field.date()) return;
  const auto date = syntax::parse_http_date_of_any_weekday(value);
  if (!date || date->seconds < 0) return;
  const std::string right = syntax::format_http_date(date->seconds).substr(0, 3);
  const Span weekday{field.value_span().begin, field.value_span().begin + 3};
  report.at(weekday)
      .with("date", value.substr(value.find(' ') + 1, 11))
      .with("weekday", value.substr(0, 3))
      .with("right", right)
      .fix(0, right);
}

void check_date_obsolete_form(const FieldView& field, Reporter& report) {
  const auto date = field.date();
  if (!date || date->form == syntax::DateForm::imf_fixdate || date->seconds < 0) return;
  const std::string right = syntax::format_http_date(date->seconds);
  report.at(field)
      .with("value", field.value())
      .with("right", right)
      .fix(0, right);
}

void check_expires_not_a_date(const FieldView& expires, Reporter& report) {
  if (!is_number(expires.value())) return;
  report.at(expires).with("value", expires.value());
}

void check_last_modified_after_date(const FieldView& field, Reporter& report) {
  const FieldView date = field.message().field(FieldId::date);
  if (date.empty()) return;
  const auto modified = field.date();
  const auto sent = date.date();
  if (!modified || !sent || modified->seconds <= sent->seconds) return;
  report.at(field)
      .with("value", field.value())
      .with("date", date.value())
      .fix(0, syntax::format_http_date(sent->seconds));
}

void check_etag_syntax(const FieldView& etag, Reporter& report) {
  const std::string_view value = etag.value();
  if (syntax::is_entity_tag(value)) return;
  Report& finding = report.at(value.empty() ? etag.first().name : etag.value_span()).with("value", value);
  if (value.empty()) return;
  const bool weak = value.starts_with("W/") || value.starts_with("w/");
  std::string_view tag = weak ? value.substr(2) : value;
  if (tag.starts_with('"')) tag.remove_prefix(1);
  if (tag.ends_with('"')) tag.remove_suffix(1);
  const std::string right = (weak ? "W/\"" : "\"") + std::string(tag) + "\"";
  if (syntax::is_entity_tag(right)) finding.with("right", right).fix(0, etag.value_span(), right);
}

void check_content_type_syntax(const FieldView& field, Reporter& report) {
  if (syntax::parse_media_type(field.value())) return;
  report.at(field.value().empty() ? field.first().name : field.value_span()).with("value", field.value());
}

void check_content_type_parameter_duplicate(const FieldView& field, Reporter& report) {
  const auto media = syntax::parse_media_type(field.value());
  if (!media) return;
  const auto& parameters = media->parameters;
  for (std::size_t i = 1; i < parameters.size(); ++i) {
    const auto earlier =
        std::find_if(parameters.begin(), parameters.begin() + static_cast<std::ptrdiff_t>(i),
                     [&](const auto& p) { return ascii::equals_ignoring_case(p.name, parameters[i].name); });
    if (earlier == parameters.begin() + static_cast<std::ptrdiff_t>(i)) continue;
    const Span name = field.message().span_of(parameters[i].name);
    const Span value = field.message().span_of(parameters[i].value);
    // With the semicolon before it and the space around that.
    const std::size_t semicolon = field.value().rfind(';', name.begin - field.value_span().begin);
    const auto begin =
        field.value_span().begin + static_cast<std::uint32_t>(field.value().find_last_not_of(" \t", semicolon - 1) + 1);
    report.at({name.begin, value.end}).with("name", parameters[i].name).fix(0, {begin, value.end}, "");
    return;
  }
}

void check_content_type_apostrophes(const FieldView& field, Reporter& report) {
  const auto media = syntax::parse_media_type(field.value());
  if (!media) return;
  for (const syntax::Parameter& parameter : media->parameters) {
    const std::string_view value = parameter.value;
    if (value.size() < 3 || value.front() != '\'' || value.back() != '\'') continue;
    const std::string_view right = value.substr(1, value.size() - 2);
    report.at(value).with("value", value).with("right", right).fix(0, right);
  }
}

// --- HTTP/2 and HTTP/3 --------------------------------------------------------------------------------------------

// What curl -v prints of a request in HTTP/2 has capital letters that were not sent.
void check_field_name_uppercase_in_http2(const MessageView& message, Reporter& report) {
  if (message->is_http1() || !is_head(message)) return;
  std::vector<Edit> edits;
  const FieldLine* first = nullptr;
  for (const std::vector<FieldLine>* section : {&message->fields, &message->trailers})
    for (const FieldLine& line : *section) {
      const std::string_view name = message.text(line.name);
      std::string lower;
      for (const char c : name) lower += ascii::lower(c);
      if (lower == name) continue;
      if (first == nullptr) first = &line;
      edits.push_back(replace(line.name, lower));
    }
  if (first == nullptr) return;
  report.at(first->name)
      .with("version", message.text(message->version))
      .with("name", message.text(first->name))
      .fix(0, std::move(edits));
}

}  // namespace statuslab::lint::checks
