// RFC 9112 sections 2.3, 3 and 4: request line and status line.
#include <algorithm>

#include "base/ascii.h"
#include "base/scan.h"
#include "wire/reader.h"

namespace statuslab::wire {
namespace {

// HTTP-version = HTTP-name "/" DIGIT "." DIGIT. "HTTP/2" and "HTTP/3" are how curl writes those versions.
bool read_version(std::string_view text, Message& message) {
  if (!text.starts_with("HTTP/")) return false;
  text.remove_prefix(5);
  if (text.size() == 1 && (text[0] == '2' || text[0] == '3')) {
    message.version_major = static_cast<std::uint8_t>(text[0] - '0');
    return true;
  }
  if (text.size() != 3 || !ascii::is_digit(text[0]) || text[1] != '.' || !ascii::is_digit(text[2])) return false;
  message.version_major = static_cast<std::uint8_t>(text[0] - '0');
  message.version_minor = static_cast<std::uint8_t>(text[2] - '0');
  return true;
}

const char* skip_space(const char* p, const char* end) {
  while (p != end && ascii::is_space(*p)) ++p;
  return p;
}

const char* find_space(const char* p, const char* end) {
  while (p != end && !ascii::is_space(*p)) ++p;
  return p;
}

// One SP separates the parts; more of it, or HTAB, is read leniently and reported.
const char* read_separator(Reader& reader, const char* p, const char* end) {
  const char* next = skip_space(p, end);
  if (next != end && (next - p > 1 || *p == '\t')) reader.problem(ProblemKind::start_line_whitespace, p, next);
  return next;
}

// reason-phrase = 1*( HTAB / SP / VCHAR / obs-text )
void check_reason(Reader& reader, const char* p, const char* end) {
  for (p = find_special(p, end); p != end; p = find_special(p + 1, end)) {
    if (ascii::byte(*p) >= 0x80) continue;
    reader.problem(*p == '\r' ? ProblemKind::bare_cr : ProblemKind::reason_invalid_byte, p, p + 1);
  }
}

// status-line = HTTP-version SP status-code SP [ reason-phrase ]
void read_status_line(Reader& reader, Line line) {
  Message& message = reader.message();
  const char* version_end = find_space(line.begin, line.end);
  message.version = reader.span(line.begin, version_end);
  if (!read_version({line.begin, static_cast<std::size_t>(version_end - line.begin)}, message))
    reader.problem(ProblemKind::version_malformed, line.begin, version_end);

  const char* code = read_separator(reader, version_end, line.end);
  const char* code_end = find_space(code, line.end);
  message.status_code = reader.span(code, code_end);
  const bool three_digits = code_end - code == 3 && std::all_of(code, code_end, ascii::is_digit);
  if (three_digits)
    message.status = static_cast<std::uint16_t>((code[0] - '0') * 100 + (code[1] - '0') * 10 + (code[2] - '0'));
  else if (code == code_end)
    reader.problem(ProblemKind::status_malformed, line.begin, line.end);
  else
    reader.problem(ProblemKind::status_malformed, code, code_end);

  // "A server MUST send the space that separates the status-code from the reason-phrase even when the reason-phrase is
  // absent (i.e., the status-line would end with the space)." curl prints HTTP/2 and HTTP/3 status lines the same way.
  if (code_end == line.end) {
    if (three_digits && message.is_http1()) reader.problem(ProblemKind::reason_separator_missing, code, code_end);
    message.reason = reader.span(line.end, line.end);
    return;
  }
  const char* reason = code_end + 1;
  message.reason = reader.span(reason, line.end);
  check_reason(reader, reason, line.end);
}

// request-line = method SP request-target SP HTTP-version
void read_request_line(Reader& reader, Line line) {
  Message& message = reader.message();
  const char* end = line.end;
  while (end != line.begin && ascii::is_space(end[-1])) --end;
  if (end != line.end) reader.problem(ProblemKind::start_line_whitespace, end, line.end);

  const char* method_end = find_space(line.begin, end);
  message.method = reader.span(line.begin, method_end);
  if (method_end == line.begin || !std::all_of(line.begin, method_end, ascii::is_tchar))
    reader.problem(ProblemKind::method_invalid, line.begin, method_end == line.begin ? end : method_end);

  const char* target = read_separator(reader, method_end, end);
  // The version is what follows the last white space: recipients that are lenient about a target with white space in
  // it read it so ("recipients of an invalid request-line SHOULD respond with either a 400 (Bad Request) error ...").
  const char* version = end;
  while (version != target && !ascii::is_space(version[-1])) --version;
  const std::string_view last(version, static_cast<std::size_t>(end - version));
  if (target == end || version == target || !last.starts_with("HTTP/")) {
    message.target = reader.span(target, end);
    message.version = reader.span(end, end);
    reader.problem(ProblemKind::version_malformed, line.begin, line.end);
    return;
  }
  message.version = reader.span(version, end);
  if (!read_version(last, message)) reader.problem(ProblemKind::version_malformed, version, end);

  const char* target_end = version;
  while (target_end != target && ascii::is_space(target_end[-1])) --target_end;
  if (version - target_end > 1 || *target_end == '\t')
    reader.problem(ProblemKind::start_line_whitespace, target_end, version);
  message.target = reader.span(target, target_end);
  const bool plain = std::all_of(target, target_end, [](char c) { return c > 0x20 && c < 0x7F; });
  if (!plain) reader.problem(ProblemKind::target_invalid, target, target_end);
}

bool looks_like_request_line(std::string_view line) {
  line = ascii::trim(line);
  const std::size_t version = line.rfind(" HTTP/");
  if (version == std::string_view::npos || version == 0) return false;
  const std::size_t method = std::min(line.find(' '), line.find('\t'));
  return method < version && std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(method), ascii::is_tchar);
}

bool looks_like_field_line(std::string_view line) {
  const std::size_t colon = line.find(':');
  return colon != std::string_view::npos && colon > 0 &&
         std::all_of(line.begin(), line.begin() + static_cast<std::ptrdiff_t>(colon), ascii::is_tchar);
}

// "GET: /x HTTP/1.1" has a colon as a field line has, but a target and a version as no field has them.
bool ends_like_request_line(std::string_view line) {
  line = ascii::trim(line);
  const std::size_t version = line.rfind(" HTTP/");
  if (version == std::string_view::npos || line.find(' ', version + 1) != std::string_view::npos) return false;
  const std::size_t target = line.find_first_of(" \t");
  return target < version && line[target + 1] == '/' && line.find_first_of(" \t", target + 1) == version;
}

}  // namespace

bool looks_like_status_line(std::string_view line) {
  return line.size() > 5 && ascii::equals_ignoring_case(line.substr(0, 5), "HTTP/");
}

bool looks_like_start_line(std::string_view line) {
  return looks_like_status_line(line) || looks_like_request_line(line);
}

void read_start_line(Reader& reader, MessageKind expect) {
  Message& message = reader.message();
  const Line line = reader.line_at(reader.at());
  const std::string_view text(line.begin, static_cast<std::size_t>(line.end - line.begin));
  message.start_line = reader.span(line.begin, line.end);
  reader.move_to(line.next);
  if (looks_like_status_line(text)) {
    message.kind = MessageKind::response;
    return read_status_line(reader, line);
  }
  if (looks_like_request_line(text)) {
    message.kind = MessageKind::request;
    return read_request_line(reader, line);
  }
  message.kind = expect;
  // Header fields copied without their start line: the line belongs to the header section.
  if (looks_like_field_line(text) && !(expect == MessageKind::request && ends_like_request_line(text))) {
    message.start_line = reader.span(line.begin, line.begin);
    message.version_major = 1;
    message.version_minor = 1;
    reader.move_to(line.begin);
    return reader.problem(ProblemKind::start_line_malformed, line.begin, line.end);
  }
  const bool has_version = text.find(" HTTP/") != std::string_view::npos;
  if (expect == MessageKind::request && !text.empty() && (ascii::is_tchar(text[0]) || has_version))
    return read_request_line(reader, line);
  message.version_major = 1;
  message.version_minor = 1;
  reader.problem(ProblemKind::start_line_malformed, line.begin, line.end);
}

}  // namespace statuslab::wire
