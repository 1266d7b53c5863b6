// RFC 9112 section 5: field lines. This loop is where a parse spends its time.
#include "base/ascii.h"
#include "base/scan.h"
#include "wire/reader.h"

namespace statuslab::wire {
namespace {

struct Value {
  const char* end;   // without trailing white space
  const char* next;  // after the line ending
};

Value trimmed(const char* begin, const char* end, const char* next) {
  while (end != begin && ascii::is_space(end[-1])) --end;
  return {end, next};
}

// A value with something in it that is not plain text, from `p` on.
[[gnu::noinline]] Value read_odd_value(Reader& reader, const char* begin, const char* p) {
  const char* const end = reader.end();
  const char* obs_text = nullptr;
  const char* obs_text_end = nullptr;
  Value value{};
  for (;; ++p) {
    p = find_special(p, end);
    if (p == end) {
      value = {p, p};
      break;
    }
    if (*p == '\n') {
      reader.bare_lf(p);
      value = {p, p + 1};
      break;
    }
    if (*p == '\r' && p + 1 != end && p[1] == '\n') {
      value = {p, p + 2};
      break;
    }
    if (ascii::byte(*p) >= 0x80) {
      if (obs_text == nullptr) obs_text = p;
      obs_text_end = p + 1;
      continue;
    }
    const ProblemKind kind = *p == '\r'   ? ProblemKind::bare_cr
                             : *p == '\0' ? ProblemKind::field_value_nul
                                          : ProblemKind::field_value_control;
    reader.problem(kind, p, p + 1);
  }
  if (obs_text != nullptr) reader.problem(ProblemKind::field_value_obs_text, obs_text, obs_text_end);
  return trimmed(begin, value.end, value.next);
}

// field-value = *field-content; bytes it may not contain are reported and kept.
inline Value read_value(Reader& reader, const char* begin) {
  const char* p = find_special(begin, reader.end());
  if (reader.end() - p >= 2 && p[0] == '\r' && p[1] == '\n') return trimmed(begin, p, p + 2);
  return read_odd_value(reader, begin, p);
}

const char* skip_space(const char* p, const char* end) {
  while (p != end && ascii::is_space(*p)) ++p;
  return p;
}

// A line whose name is not a token followed at once by a colon. Returns the start of the next line.
const char* read_odd_line(Reader& reader, const char* line, std::vector<FieldLine>& fields) {
  const Line whole = reader.line_at(line);
  const auto size = static_cast<std::size_t>(whole.end - line);
  const char* colon = static_cast<const char*>(std::memchr(line, ':', size));
  if (colon == nullptr) {
    reader.problem(ProblemKind::field_colon_missing, line, whole.end);
    return whole.next;
  }
  if (colon == line) {
    reader.problem(ProblemKind::field_name_empty, line, whole.end);
    return whole.next;
  }
  const char* name_end = colon;
  while (name_end != line && ascii::is_space(name_end[-1])) --name_end;
  // "No whitespace is allowed between the field name and colon."
  if (name_end != colon) reader.problem(ProblemKind::field_name_whitespace, name_end, colon);
  for (const char* p = line; p != name_end; ++p) {
    if (ascii::is_tchar(*p)) continue;
    reader.problem(ProblemKind::field_name_invalid, line, name_end);
    break;
  }
  const char* begin = skip_space(colon + 1, whole.end);
  const Value value = read_value(reader, begin);
  fields.push_back({reader.span(line, name_end), reader.span(begin, value.end), reader.span(line, value.next)});
  return value.next;
}

// obs-fold = OWS CRLF RWS: the line belongs to the value before it.
const char* read_folded_line(Reader& reader, const char* line, std::vector<FieldLine>& fields) {
  const char* begin = skip_space(line, reader.end());
  const Value value = read_value(reader, begin);
  if (fields.empty()) {
    // RFC 9112 section 2.2: white space between the start line and the first field.
    reader.problem(ProblemKind::whitespace_before_fields, line, value.next);
    return value.next;
  }
  FieldLine& field = fields.back();
  reader.problem(ProblemKind::obs_fold, line, begin);
  if (field.value.empty()) field.value = reader.span(begin, value.end);
  if (value.end != begin) field.value.end = reader.offset(value.end);
  field.line.end = reader.offset(value.next);
  return value.next;
}

// Moves past the prefix of a transcript line; null where the line is not one of this section.
const char* skip_prefix(Reader& reader, const char* p, char prefix) {
  while (p != reader.end() && *p == '*') p = reader.line_at(p).next;
  if (p == reader.end() || *p != prefix) return nullptr;
  ++p;
  if (p != reader.end() && *p == ' ') ++p;
  return p;
}

}  // namespace

bool read_field_section(Reader& reader, std::vector<FieldLine>& fields, char prefix, Span& empty_line) {
  const char* const end = reader.end();
  const char* p = reader.at();
  for (;;) {
    const char* line = p;
    if (prefix != '\0') {
      line = skip_prefix(reader, p, prefix);
      if (line == nullptr) break;
    }
    if (line == end) break;
    if (*line == '\r' && line + 1 != end && line[1] == '\n') {
      empty_line = reader.span(line, line + 2);
      reader.move_to(line + 2);
      return true;
    }
    if (*line == '\n') {
      reader.bare_lf(line);
      empty_line = reader.span(line, line + 1);
      reader.move_to(line + 1);
      return true;
    }
    if (ascii::is_space(*line)) {
      p = read_folded_line(reader, line, fields);
      continue;
    }
    // field-line = field-name ":" OWS field-value OWS
    const char* q = find_token_end(line, end);
    if (q == line || q == end || *q != ':') {
      p = read_odd_line(reader, line, fields);
      continue;
    }
    const char* begin = skip_space(q + 1, end);
    const Value value = read_value(reader, begin);
    fields.push_back({reader.span(line, q), reader.span(begin, value.end), reader.span(line, value.next)});
    p = value.next;
  }
  empty_line = reader.span(p, p);
  reader.move_to(p);
  return false;
}

}  // namespace statuslab::wire

namespace statuslab {
namespace {

// From the line ending before the fold to the text after it; in a transcript there are its prefix, and maybe notes, between.
void blank_fold(std::string& text, std::size_t begin, std::size_t end) {
  const auto line_start = [&](std::size_t at) {
    while (at > 0 && text[at - 1] != '\n') --at;
    return at;
  };
  begin = line_start(begin);
  while (begin > 0) {
    const std::size_t before = line_start(begin - 1);
    if (text[before] != '*') break;
    begin = before;
  }
  if (begin > 0) --begin;
  if (begin > 0 && text[begin - 1] == '\r') --begin;
  text.replace(begin, end - begin, end - begin, ' ');
}

}  // namespace

std::optional<std::string> unfold(std::string_view text, std::span<const Message> messages) {
  std::optional<std::string> result;
  for (const Message& message : messages) {
    for (const Problem& problem : message.problems) {
      if (problem.kind != ProblemKind::obs_fold) continue;
      if (!result) result.emplace(text);
      blank_fold(*result, problem.span.begin, problem.span.end);
    }
  }
  return result;
}

}  // namespace statuslab
