// RFC 9112 section 7.1: chunked transfer coding.
//   chunked-body = *chunk last-chunk trailer-section CRLF
//   chunk        = chunk-size [ chunk-ext ] CRLF chunk-data CRLF
#include "base/ascii.h"
#include "wire/reader.h"

namespace statuslab::wire {
namespace {

enum class SizeLine { data, last, broken };

struct ChunkHead {
  SizeLine kind;
  std::uint64_t size;
};

// chunk-size = 1*HEXDIG; "recipients MUST anticipate potentially large hexadecimal numerals and prevent parsing errors
// due to integer conversion overflows".
ChunkHead read_size_line(Reader& reader, Line line) {
  const char* p = line.begin;
  std::uint64_t size = 0;
  bool overflow = false;
  for (; p != line.end && ascii::hex_value(*p) >= 0; ++p) {
    if (size >> 60 != 0) overflow = true;
    size = size << 4 | static_cast<std::uint64_t>(ascii::hex_value(*p));
  }
  const char* const digits_end = p;
  while (p != line.end && ascii::is_space(*p)) ++p;
  if (digits_end == line.begin || (p != line.end && *p != ';') || (p == line.end && p != digits_end)) {
    reader.problem(ProblemKind::chunk_size_malformed, line.begin, line.end);
    if (digits_end == line.begin || (p != line.end && *p != ';')) return {SizeLine::broken, 0};
  }
  if (overflow) {
    reader.problem(ProblemKind::chunk_size_overflow, line.begin, digits_end);
    return {SizeLine::broken, 0};
  }
  if (p != line.end) reader.problem(ProblemKind::chunk_extension, p, line.end);
  reader.message().chunks.push_back({reader.span(line.begin, digits_end), {}});
  return {size == 0 ? SizeLine::last : SizeLine::data, size};
}

// Where the line ending after the data should be. Moves past it, or past what stands there instead.
bool read_data_end(Reader& reader, const char* p) {
  if (p != reader.end() && *p == '\r' && p + 1 != reader.end() && p[1] == '\n') return reader.move_to(p + 2), true;
  if (p != reader.end() && *p == '\n') return reader.bare_lf(p), reader.move_to(p + 1), true;
  const Line line = reader.line_at(p);
  reader.problem(ProblemKind::chunk_data_overrun, p, line.end);
  reader.move_to(line.next);
  return false;
}

// Reads one chunk; false when the content is over, well or badly.
bool read_chunk(Reader& reader) {
  Message& message = reader.message();
  const char* const begin = reader.at();
  if (reader.done()) return reader.problem(ProblemKind::chunked_truncated, begin, begin), false;
  const Line line = reader.peek_line(begin);
  const ChunkHead head = read_size_line(reader, line);
  if (head.kind == SizeLine::broken) return reader.move_to(reader.end()), false;
  if (line.next - line.end == 1) reader.bare_lf(line.end);
  reader.move_to(line.next);
  if (head.kind == SizeLine::last) {
    message.chunks.pop_back();
    Span end;
    if (line.next == line.end || !read_field_section(reader, message.trailers, '\0', end))
      reader.problem(ProblemKind::chunked_truncated, begin, reader.at());
    return false;
  }
  const auto available = static_cast<std::uint64_t>(reader.end() - line.next);
  if (available < head.size) {
    message.chunks.back().data = reader.span(line.next, reader.end());
    reader.problem(ProblemKind::chunked_truncated, begin, reader.end());
    reader.move_to(reader.end());
    return false;
  }
  message.chunks.back().data = reader.span(line.next, line.next + head.size);
  if (line.next + head.size == reader.end()) {
    reader.problem(ProblemKind::chunked_truncated, begin, reader.end());
    reader.move_to(reader.end());
    return false;
  }
  return read_data_end(reader, line.next + head.size) || !reader.done();
}

}  // namespace

void read_chunked(Reader& reader) {
  const char* const begin = reader.at();
  while (read_chunk(reader)) {
  }
  reader.message().content = reader.span(begin, reader.at());
}

}  // namespace statuslab::wire
