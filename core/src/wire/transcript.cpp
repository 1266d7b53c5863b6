// What `curl -v` prints: "> " before the lines of the request, "< " before those of the response, "* " before curl's
// own remarks, "{ [5 bytes data]" and "} [5 bytes data]" where content passed; the response's content has no prefix.
#include "base/ascii.h"
#include "wire/reader.h"

namespace statuslab::wire {
namespace {

bool has_prefix(const char* p, const char* end, char prefix) {
  return p != end && *p == prefix && (p + 1 == end || p[1] == ' ' || p[1] == '\r' || p[1] == '\n');
}

bool is_remark(const char* p, const char* end) {
  if (has_prefix(p, end, '*')) return true;
  return end - p > 3 && (*p == '{' || *p == '}') && p[1] == ' ' && p[2] == '[';
}

bool is_transcript_line(const char* p, const char* end) {
  return has_prefix(p, end, '>') || has_prefix(p, end, '<') || is_remark(p, end);
}

void read_head(Reader& reader, Message& message, char prefix) {
  message.dialect = Dialect::curl;
  message.kind = prefix == '>' ? MessageKind::request : MessageKind::response;
  const char* const begin = reader.at();
  reader.start(message);
  reader.move_to(std::min(begin + 2, reader.end()));
  read_start_line(reader, message.kind);
  message.head_terminated = read_field_section(reader, message.fields, prefix, message.fields_end);
  message.whole = reader.span(begin, reader.at());
  message.content = message.excess = reader.span(reader.at(), reader.at());
}

// curl ends its output with a remark that follows content without a line ending of its own.
const char* find_remark(const char* p, const char* end) {
  const std::string_view line(p, static_cast<std::size_t>(end - p));
  const std::size_t remark = line.find("* Connection #");
  return remark == std::string_view::npos ? end : p + remark;
}

void read_transcript_content(Reader& reader, Message& message) {
  const char* const begin = reader.at();
  const char* end = begin;
  while (!reader.done() && !is_transcript_line(reader.at(), reader.end())) {
    const Line line = reader.line_at(reader.at());
    const char* remark = find_remark(line.begin, line.end);
    end = remark == line.end ? line.next : remark;
    reader.move_to(line.next);
  }
  // What the terminal adds after content without a line ending cannot be told from content; one is taken off.
  if (end != begin && end[-1] == '\n') --end;
  if (end != begin && end[-1] == '\r') --end;
  message.content = reader.span(begin, end);
  message.framing = message.content.empty() ? Framing::none : Framing::close;
  message.whole.end = reader.offset(reader.at());
}

}  // namespace

bool is_transcript(std::string_view text) {
  const char* p = text.data();
  const char* const end = p + text.size();
  while (p != end && (*p == '\n' || *p == '\r')) ++p;
  return is_transcript_line(p, end);
}

void read_transcript(std::string_view text, std::vector<Message>& messages) {
  Message scratch;
  Reader reader(text, scratch);
  while (!reader.done()) {
    const char* p = reader.at();
    if (has_prefix(p, reader.end(), '>') || has_prefix(p, reader.end(), '<')) {
      Message& message = messages.emplace_back();
      read_head(reader, message, *p);
      if (message.is_response()) read_transcript_content(reader, message);
      if (reader.at() == p) reader.move_to(reader.line_at(p).next);
      reader.start(scratch);
      continue;
    }
    reader.move_to(reader.line_at(p).next);
  }
}

}  // namespace statuslab::wire
