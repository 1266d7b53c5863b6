// What the files of this folder share: a place in the text that moves forward, and the message being made.
#pragma once

#include <cstring>
#include <string_view>

#include "statuslab/message.h"
#include "statuslab/parse.h"

namespace statuslab::wire {

struct Line {
  const char* begin;
  const char* end;   // without the line ending
  const char* next;  // after the line ending
};

class Reader {
 public:
  Reader(std::string_view text, Message& message)
      : base_(text.data()), end_(text.data() + text.size()), at_(base_), message_(&message) {}

  const char* at() const { return at_; }
  const char* end() const { return end_; }
  bool done() const { return at_ == end_; }
  void move_to(const char* p) { at_ = p; }
  std::string_view rest() const { return {at_, static_cast<std::size_t>(end_ - at_)}; }

  Message& message() { return *message_; }
  void start(Message& message) {
    message_ = &message;
    bare_lf_seen_ = false;
  }

  std::uint32_t offset(const char* p) const { return static_cast<std::uint32_t>(p - base_); }
  Span span(const char* begin, const char* end) const { return {offset(begin), offset(end)}; }

  void problem(ProblemKind kind, const char* begin, const char* end) {
    message_->problems.push_back({kind, span(begin, end)});
  }

  // Once a message: a text with LF line endings is one defect, not one a line.
  void bare_lf(const char* lf) {
    if (bare_lf_seen_ || message_->dialect == Dialect::curl) return;
    bare_lf_seen_ = true;
    problem(ProblemKind::bare_lf, lf, lf + 1);
  }

  // The line at `p`; its CR, if it has one before the LF, is part of the line ending.
  Line peek_line(const char* p) const {
    const char* lf = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end_ - p)));
    if (lf == nullptr) return {p, end_, end_};
    if (lf != p && lf[-1] == '\r') return {p, lf - 1, lf + 1};
    return {p, lf, lf + 1};
  }

  // The same for a line that is known to be one of HTTP, which ends with CRLF.
  Line line_at(const char* p) {
    const Line line = peek_line(p);
    if (line.next - line.end == 1) bare_lf(line.end);
    return line;
  }

 private:
  const char* base_;
  const char* end_;
  const char* at_;
  Message* message_;
  bool bare_lf_seen_ = false;
};

// RFC 9112 sections 3 and 4. Reads the start line at the reader's place.
void read_start_line(Reader& reader, MessageKind expect);

// True for a line that can only be a start line: it begins with "HTTP/", or ends with an HTTP version after a target.
bool looks_like_start_line(std::string_view line);
bool looks_like_status_line(std::string_view line);

// RFC 9112 section 5. Reads field lines up to and including the empty line; false where the text ends before it.
// In a transcript only lines that start with `prefix` belong to the section ('\0': no prefix).
bool read_field_section(Reader& reader, std::vector<FieldLine>& fields, char prefix, Span& empty_line);

// RFC 9112 section 6: decides what delimits the content and reads it.
void read_content(Reader& reader, AnswerTo answer, ContentForm form);
// RFC 9112 section 7.1.
void read_chunked(Reader& reader);

// `curl -v` output.
bool is_transcript(std::string_view text);
void read_transcript(std::string_view text, std::vector<Message>& messages);

}  // namespace statuslab::wire
