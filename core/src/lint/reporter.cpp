#include "lint/reporter.h"

#include <algorithm>
#include <utility>

#include "base/utf8.h"
#include "lint/rules.h"

namespace statuslab::lint {
namespace {

constexpr std::size_t longest_argument = 120;
constexpr std::size_t customary_arguments = 3;

std::string_view line_ending(const MessageView& message) {
  if (message->dialect == Dialect::http1 && message.has_problem(ProblemKind::bare_lf)) return "\n";
  const std::string_view text = message.text();
  const Span line = message->fields.empty() ? message->whole : message->fields.back().line;
  const std::string_view last = message.text(line);
  const bool lf_only = message->dialect == Dialect::curl && last.find("\r\n") == std::string_view::npos &&
                       text.find('\n') != std::string_view::npos;
  return lf_only ? "\n" : "\r\n";
}

std::string_view prefix(const MessageView& message) {
  if (message->dialect == Dialect::http1) return "";
  return message->is_request() ? "> " : "< ";
}

// A line of a transcript begins before its first field byte, with the prefix.
std::uint32_t line_begin(std::uint32_t begin, const MessageView& message) {
  return begin - static_cast<std::uint32_t>(prefix(message).size());
}

bool is_utf8(const Edit& edit) { return utf8::first_invalid(edit.text) == edit.text.size(); }

}  // namespace

Report& Report::with(const char* name, const std::string_view& value) {
  std::string text(value.substr(0, longest_argument));
  if (value.size() > longest_argument) text += "...";
  std::vector<Argument>& args = findings_->back().args;
  if (args.empty()) args.reserve(customary_arguments);
  args.push_back({name, std::move(text)});
  return *this;
}

Report& Report::with(const char* name, std::uint64_t number) {
  char digits[20];
  char* p = digits + sizeof digits;
  do {
    *--p = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  return with(name, std::string_view(p, static_cast<std::size_t>(digits + sizeof digits - p)));
}

Report& Report::fix(std::uint8_t label, std::vector<Edit> edits) {
  if (edits.empty()) return *this;
  // Texts of edits leave the engine in JSON: what is not UTF-8 would come back as something else.
  if (!std::all_of(edits.begin(), edits.end(), is_utf8)) return *this;
  Finding& finding = findings_->back();
  finding.fixes.push_back({label, (rules()[finding.rule].safe_fixes >> label & 1) != 0, std::move(edits)});
  return *this;
}

Report& Report::fix(std::uint8_t label, Edit edit) {
  std::vector<Edit> edits;
  edits.push_back(std::move(edit));
  return fix(label, std::move(edits));
}

Report& Report::fix(std::uint8_t label, const std::string_view& text) { return fix(label, findings_->back().span, text); }

Report& Report::fix(std::uint8_t label, const Span& place, const std::string_view& text) { return fix(label, lint::replace(place, text)); }

Report& Report::fix(std::uint8_t label, const std::string_view& part, const std::string_view& text) {
  return fix(label, message_->span_of(part), text);
}

Report& Report::remove(std::uint8_t label, const FieldView& field) { return fix(label, remove_lines(field)); }

Report& Reporter::at(const std::string_view& part) { return at(message_->span_of(part)); }
Report& Reporter::at(const FieldView& field) { return at(field.value_span()); }
Report& Reporter::at_line(const FieldLine& line) { return at(line.visible()); }
Report& Reporter::at(const MessageView& message) { return at(message, message.anchor()); }

Report& Reporter::at(const MessageView& message, const Span& span) {
  report_.message_ = &message;
  Finding& finding = report_.findings_->emplace_back();
  finding.rule = rule_;
  finding.severity = severity_;
  finding.on = message.side();
  finding.index = message.index();
  finding.span = span;
  return report_;
}

Edit replace(const Span& span, const std::string_view& text) { return {span, std::string(text)}; }

Edit remove_line(const FieldLine& line, const MessageView& message) {
  return {{line_begin(line.line.begin, message), line.line.end}, {}};
}

std::vector<Edit> remove_lines(const FieldView& field) {
  std::vector<Edit> edits;
  for (std::size_t i = 0; i < field.size(); ++i) edits.push_back(remove_line(field.line(i), field.message()));
  return edits;
}

Edit add_field(const MessageView& message, const std::string_view& name, const std::string_view& value) {
  const std::string_view ending = line_ending(message);
  std::uint32_t at = message->fields_end.begin;
  std::string text;
  if (message->head_terminated) {
    at = line_begin(at, message);
  } else if (const std::string_view before = message.text({message->whole.begin, at}); !before.ends_with('\n')) {
    text += ending;
  }
  text.append(prefix(message)).append(name).append(": ").append(value).append(ending);
  return {{at, at}, std::move(text)};
}

std::vector<Edit> set_field(const MessageView& message, FieldId id, const std::string_view& value) {
  const FieldView field = message.field(id);
  std::vector<Edit> edits;
  if (field.empty()) {
    edits.push_back(add_field(message, field_info(id).name, value));
    return edits;
  }
  edits.push_back(replace(field.value_span(), value));
  for (std::size_t i = 1; i < field.size(); ++i) edits.push_back(remove_line(field.line(i), message));
  return edits;
}

Edit remove_member(const FieldView& field, Span member) {
  const MessageView& message = field.message();
  const std::string_view text = message.text();
  for (std::size_t i = 0; i < field.size(); ++i) {
    const Span value = field.line(i).value;
    if (member.begin < value.begin || member.end > value.end) continue;
    const auto is_between = [text](std::uint32_t at) { return text[at] == ' ' || text[at] == '\t' || text[at] == ','; };
    std::uint32_t begin = member.begin;
    std::uint32_t end = member.end;
    while (end < value.end && is_between(end)) ++end;
    // The last member takes the comma before it along.
    if (end == value.end)
      while (begin > value.begin && is_between(begin - 1)) --begin;
    if (begin == value.begin && end == value.end) return remove_line(field.line(i), message);
    return {{begin, end}, {}};
  }
  return {member, {}};
}

Edit remove_member(const FieldView& field, const std::string_view& member) {
  return remove_member(field, field.message().span_of(member));
}

std::vector<Edit> without_member(const FieldView& field, const std::string_view& unwanted) {
  std::string value;
  for (const std::string_view member : field.members()) {
    if (member.data() == unwanted.data() || member.empty()) continue;
    if (!value.empty()) value += ", ";
    value += member;
  }
  return value.empty() ? remove_lines(field) : set_field(field.message(), field.id(), value);
}

std::vector<Edit> remove_content(const MessageView& message) {
  std::vector<Edit> edits;
  const std::uint32_t begin = message->content.begin;
  const std::uint32_t end = message->excess.empty() ? message->content.end : message->excess.end;
  if (end > begin) edits.push_back({{begin, end}, {}});
  return edits;
}

}  // namespace statuslab::lint
