// JSON content (RFC 8259), and lines of it.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "checks/json.h"
#include "lint/content.h"
#include "lint/reporter.h"

namespace statuslab::lint::checks {
namespace {

using syntax::JsonFault;
using syntax::JsonNote;

// What Angular, Gerrit and others put in front so that the text cannot be loaded as a script.
bool has_prefix_against_inclusion(std::string_view text) {
  return text.starts_with(")]}'") || text.starts_with("for(;;);") || text.starts_with("for (;;);") ||
         text.starts_with("while(1);") || text.starts_with("while (1);");
}

// The text is meant to be JSON, so that a place in it can be wrong; what is something else altogether has its own rule.
bool is_meant_as_json(const ContentView& content) {
  return content.is_utf8() && content.text().find('\0') == std::string_view::npos && !looks_like_html(content.text()) &&
         !has_prefix_against_inclusion(content.text());
}

std::string_view written(const ContentView& content, const JsonNote& note) {
  return content.text().substr(note.begin, note.end - note.begin);
}

// What to write instead, for the faults that have one answer.
using Repair = std::string (*)(std::string_view);

std::string nothing(std::string_view) { return {}; }
std::string comma(std::string_view) { return ","; }
std::string null(std::string_view) { return "null"; }
std::string quoted(std::string_view word) { return '"' + std::string(word) + '"'; }

std::string in_double_quotes(std::string_view string) {
  std::string result = "\"";
  const std::string_view inside = string.substr(1, string.size() - 2);
  for (std::size_t i = 0; i < inside.size(); ++i) {
    if (inside[i] == '\\' && i + 1 < inside.size()) {
      if (inside[++i] != '\'') result += '\\';
    } else if (inside[i] == '"') {
      result += '\\';
    }
    result += inside[i];
  }
  return result + '"';
}

std::string literal_of(std::string_view word) {
  const char first = ascii::lower(word[0]);
  return first == 't' ? "true" : first == 'f' ? "false" : "null";
}

std::string escaped_control(std::string_view byte) {
  const char c = byte[0];
  if (c == '\n') return "\\n";
  if (c == '\t') return "\\t";
  if (c == '\r') return "\\r";
  return std::string("\\u00") + "01"[ascii::byte(c) >> 4 & 1] + "0123456789abcdef"[ascii::byte(c) & 15];
}

// "\'" needs no escape; of others the backslash itself was meant.
std::string repaired_escape(std::string_view escape) {
  if (escape == "\\'") return "'";
  return '\\' + std::string(escape);
}

// Empty where the digits do not say what number was meant.
std::string repaired_number(std::string_view number) {
  std::string result;
  if (number[0] == '-') result = "-";
  if (number[0] == '-' || number[0] == '+') number.remove_prefix(1);
  while (number.size() > 1 && number[0] == '0' && ascii::is_digit(number[1])) number.remove_prefix(1);
  if (number[0] == '.') result += '0';
  if (number.ends_with('.')) number.remove_suffix(1);
  result.append(number);
  return syntax::parse_json(result).is_valid() ? result : std::string();
}

// One finding for each place of the fault; {found} is what is written there.
void report_all(const ContentView& content, JsonFault fault, Reporter& report, Repair repair = nullptr) {
  if (!is_meant_as_json(content)) return;
  for (const JsonNote& note : content.json().notes) {
    if (note.fault != fault) continue;
    Report& finding = report.at(content.span(note.begin, note.end));
    finding.with("found", written(content, note));
    if (repair == nullptr) continue;
    const std::string text = repair(written(content, note));
    if (text.empty() && repair != nothing) continue;
    finding.fix(0, content.edit(note.begin, note.end, text));
  }
}

// Types whose definition says what the outermost value is.
struct Shape {
  std::string_view type;
  syntax::JsonType value;
};
constexpr std::array<Shape, 9> shapes{{
    {"application/json-patch+json", syntax::JsonType::array},
    {"application/reports+json", syntax::JsonType::array},
    {"application/geo+json", syntax::JsonType::object},
    {"application/jrd+json", syntax::JsonType::object},
    {"application/jwk-set+json", syntax::JsonType::object},
    {"application/manifest+json", syntax::JsonType::object},
    {"application/hal+json", syntax::JsonType::object},
    {"application/vnd.api+json", syntax::JsonType::object},
    {"application/scim+json", syntax::JsonType::object},
}};

// The first line of `text` that is not empty and no JSON text: its place and the fault; none where all are.
struct BadLine {
  std::size_t number = 0;  // from 1
  std::size_t begin = 0;
  std::size_t end = 0;
};

BadLine first_bad_line(std::string_view text) {
  BadLine line;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    ++line.number;
    const std::string_view content = ascii::trim(text.substr(begin, end - begin));
    if (!content.empty() && content != "\r") {
      for (const JsonNote& note : syntax::parse_json(content).notes) {
        if (note.fault == JsonFault::duplicate_name || note.fault == JsonFault::lone_surrogate ||
            note.fault == JsonFault::number_precision || note.fault == JsonFault::depth)
          continue;
        const auto base = static_cast<std::size_t>(content.data() - text.data());
        line.begin = base + note.begin;
        line.end = base + note.end;
        return line;
      }
    }
    begin = end + 1;
  }
  return {};
}

}  // namespace

void check_json_bom(const ContentView& content, Reporter& report) {
  if (content.text().starts_with("\xEF\xBB\xBF")) report.at(content.span(0, 3)).fix(0, content.edit(0, 3, ""));
}

void check_json_not_utf_8(const ContentView& content, Reporter& report) {
  const std::size_t at = content.invalid_at();
  if (at < content.size()) {
    report.at(content.span(at, at + 1));
    return;
  }
  // UTF-16 and UTF-32 of ASCII are UTF-8 with NUL in it.
  const std::size_t nul = content.text().substr(0, 4).find('\0');
  if (nul != std::string_view::npos) report.at(content.span(nul, nul + 1));
}

void check_json_is_html(const ContentView& content, Reporter& report) {
  if (!looks_like_html(content.text())) return;
  const std::size_t begin = content.text().find('<');
  const std::size_t end = std::min(content.text().find_first_of("> \n", begin + 2), content.size());
  report.at(content.span(begin, end)).with("type", content.type());
}

void check_json_prefix(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  if (!has_prefix_against_inclusion(text)) return;
  const std::size_t end = text[0] == ')' ? 4 : text.find(';', text.find(')')) + 1;
  const std::size_t next = std::min(text.find_first_not_of(",\r\n \t", end), text.size());
  report.at(content.span(0, end)).with("found", text.substr(0, end)).fix(0, content.edit(0, next, ""));
}

void check_json_unexpected(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::unexpected, report);
}
void check_json_unterminated(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::unterminated, report);
}
void check_json_trailing_bytes(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::trailing, report);
}
void check_json_comment(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::comment, report, nothing);
}
void check_json_trailing_comma(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::trailing_comma, report, nothing);
}
void check_json_comma_missing(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::comma_missing, report, comma);
}
void check_json_single_quotes(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::single_quotes, report, in_double_quotes);
}
void check_json_name_unquoted(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::name_unquoted, report, quoted);
}
void check_json_not_a_number(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::not_a_number, report, null);
}
void check_json_literal(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::literal, report, literal_of);
}
void check_json_number(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::number, report, repaired_number);
}
void check_json_control_character(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::control_character, report, escaped_control);
}
void check_json_escape(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::escape, report, repaired_escape);
}
void check_json_lone_surrogate(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::lone_surrogate, report);
}
void check_json_duplicate_name(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::duplicate_name, report);
}
void check_json_number_precision(const ContentView& content, Reporter& report) {
  report_all(content, JsonFault::number_precision, report);
}
void check_json_depth(const ContentView& content, Reporter& report) { report_all(content, JsonFault::depth, report); }

// The declared length is zero, or nothing but white space came.
void check_json_empty(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || field.size() != 1 || message->is_request() || !message.complete() || message->status == 205) return;
  const ContentView& content = message.content();
  if (content.kind() != ContentKind::json || !content.is_whole()) return;
  if (content.text().find_first_not_of(" \t\r\n") != std::string_view::npos) return;
  const bool says_zero = message->framing == Framing::content_length ||
                         (message->framing == Framing::chunked && !message.has_problem(ProblemKind::chunk_size_malformed));
  if (content.size() == 0 && !says_zero) return;
  report.at(field).with("type", content.type());
}

void check_json_charset_parameter(const ContentView& content, Reporter& report) {
  const Span value = content.parameter("charset");
  if (value.empty() || content.type() != "application/json") return;
  const std::string_view text = content.message().text();
  std::uint32_t begin = value.begin;
  while (text[begin - 1] != ';') --begin;
  while (ascii::is_space(text[begin])) ++begin;
  std::uint32_t end = begin;
  while (text[end] != '=') ++end;
  std::uint32_t from = begin - 1;
  while (ascii::is_space(text[from]) || text[from] == ';') --from;
  const bool is_utf8 = ascii::equals_ignoring_case(text.substr(value.begin, value.size()), "utf-8");
  Report& finding = report.at({begin, value.end});
  finding.with("charset", content.message().text(value));
  if (is_utf8) finding.fix(0, {from + 1, value.end}, "");
}

void check_json_shape(const ContentView& content, Reporter& report) {
  for (const Shape& shape : shapes) {
    if (shape.type != content.type() || !content.json().is_valid() || content.json().type == shape.value) continue;
    report.at(content.span(content.json().begin, content.json().begin + 1))
        .with("type", shape.type)
        .with("bracket", shape.value == syntax::JsonType::array ? "[" : "{");
  }
}

void check_ndjson_line(const ContentView& content, Reporter& report) {
  if (!content.is_utf8()) return;
  const BadLine line = first_bad_line(content.text());
  if (line.number != 0) report.at(content.span(line.begin, line.end)).with("line", std::uint64_t{line.number});
}

// The type makes a browser read the text as a page, markup in strings included.
void check_json_as_html(const ContentView& content, Reporter& report) {
  if (!content.is_whole() || content.is_coded()) return;
  const char first = content.text()[0];
  if ((first != '{' && first != '[') || !content.is_utf8()) return;
  const syntax::JsonText& json = content.json();
  if (!json.is_valid() || (json.type == syntax::JsonType::object && json.members.empty())) return;
  const FieldView field = content.message().field(FieldId::content_type);
  report.at(field).fix(0, "application/json");
}

}  // namespace statuslab::lint::checks
