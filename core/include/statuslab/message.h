// An HTTP/1.x message as it was found in a text: spans into that text, and a list of what is wrong with it.
// Source: RFC 9112 (HTTP/1.1). Nothing here owns or copies the text; keep it alive as long as the spans are used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "statuslab/span.h"

namespace statuslab {

enum class MessageKind : std::uint8_t { request, response };

// How the text was written down: as on the wire (also what `curl -i` prints), or as a `curl -v` transcript, whose
// lines start with "> ", "< " or "* ".
enum class Dialect : std::uint8_t { http1, curl };

// In which form content stands in the text: as it was sent, or as a tool keeps it (a HAR file): without chunks and content
// codings, its characters recoded, or left out.
enum class ContentForm : std::uint8_t { sent, shown };

// What delimits the content (RFC 9112 section 6.3).
enum class Framing : std::uint8_t {
  none,            // the message ends with its header section
  content_length,  // rule 6
  chunked,         // rule 4
  close,           // rule 8: until the connection closes
  tunnel,          // after 101, or 2xx to CONNECT: bytes of another protocol
  unknown,         // rules 3 to 5: the framing cannot be determined
  shown,           // ContentForm::shown: what framed the content is gone; its bytes, length and digest are not the wire's
};

// One line of a header or trailer section.
struct FieldLine {
  Span name;
  Span value;  // without the white space around it; covers the folds of a folded line
  Span line;   // the whole line or folded lines, with the line ending

  // Name to value: the line as one sees it.
  [[nodiscard]] constexpr Span visible() const { return {name.begin, value.end}; }
};

struct Chunk {
  Span size;  // the hexadecimal digits
  Span data;
};

// What only the parser can see. Each kind is reported by the rule that has it in `on: problem`.
enum class ProblemKind : std::uint8_t {
  // RFC 9112 sections 2 to 4: lines and the start line
  leading_empty_line,
  bare_lf,
  bare_cr,
  start_line_malformed,
  start_line_whitespace,
  version_malformed,
  status_malformed,
  reason_separator_missing,
  reason_invalid_byte,
  method_invalid,
  target_invalid,
  whitespace_before_fields,
  // RFC 9112 section 5: field lines
  field_colon_missing,
  field_name_empty,
  field_name_invalid,
  field_name_whitespace,
  field_value_control,
  field_value_nul,
  field_value_obs_text,
  obs_fold,
  head_unterminated,
  // RFC 9112 sections 6 to 8: content
  content_absent,     // Content-Length promises bytes and the text ends with the header section
  content_truncated,  // fewer bytes than Content-Length
  excess_newline,     // a lone line ending after the end of the message
  excess_content,     // other bytes after the end of the message
  chunk_size_malformed,
  chunk_size_overflow,
  chunk_data_overrun,  // the data is not followed by a line ending where its size says
  chunk_extension,
  chunked_truncated,  // no last chunk
  count_,
};

struct Problem {
  ProblemKind kind{};
  Span span;
};

struct Message {
  MessageKind kind = MessageKind::response;
  Dialect dialect = Dialect::http1;
  Framing framing = Framing::none;
  bool head_terminated = false;  // the empty line was seen
  std::uint8_t version_major = 0;
  std::uint8_t version_minor = 0;
  std::uint16_t status = 0;  // three digits as a number; 0 where there are not three digits
  std::uint64_t content_length = 0;  // the declared length, for Framing::content_length

  Span whole;
  Span start_line;  // without the line ending
  Span version;
  Span method;  // requests
  Span target;
  Span status_code;  // responses
  Span reason;
  Span fields_end;  // the empty line that ends the header section; empty span where it is missing

  std::vector<FieldLine> fields;
  std::vector<FieldLine> trailers;
  Span content;                // as on the wire: with chunk framing and trailer section, if chunked
  std::vector<Chunk> chunks;   // without the last, empty chunk
  Span excess;                 // bytes after the end that belong to no message
  std::vector<Problem> problems;

  [[nodiscard]] bool is_request() const { return kind == MessageKind::request; }
  [[nodiscard]] bool is_response() const { return kind == MessageKind::response; }
  // HTTP/1.x framing and syntax apply; false for what curl printed of an HTTP/2 or HTTP/3 exchange.
  [[nodiscard]] bool is_http1() const { return version_major <= 1; }
  [[nodiscard]] bool is_http_1_0() const { return version_major == 1 && version_minor == 0; }
};

}  // namespace statuslab
