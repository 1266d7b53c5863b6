// RFC 9112: a text is a row of messages, each a head and its content.
#include "statuslab/parse.h"

#include <algorithm>
#include <limits>

#include "base/ascii.h"
#include "wire/reader.h"

namespace statuslab {
namespace wire {
namespace {

// "a server that is expecting to receive and parse a request-line SHOULD ignore at least one empty line (CRLF)
// received prior to the request-line" (RFC 9112 section 2.2).
void skip_empty_lines(Reader& reader) {
  const char* p = reader.at();
  while (p != reader.end() && (*p == '\r' || *p == '\n')) ++p;
  if (p != reader.at()) reader.problem(ProblemKind::leading_empty_line, reader.at(), p);
  reader.move_to(p);
}

bool only_line_endings(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n'; });
}

bool next_message_follows(std::string_view rest) {
  while (!rest.empty() && (rest.front() == '\r' || rest.front() == '\n')) rest.remove_prefix(1);
  return looks_like_start_line(rest.substr(0, std::min(rest.find('\n'), rest.size())));
}

// What follows a complete message and starts no other one belongs to nobody.
void read_excess(Reader& reader) {
  Message& message = reader.message();
  message.excess = reader.span(reader.at(), reader.at());
  if (reader.done() || next_message_follows(reader.rest())) return;
  const bool newline = only_line_endings(reader.rest());
  reader.problem(newline ? ProblemKind::excess_newline : ProblemKind::excess_content, reader.at(), reader.end());
  message.excess = reader.span(reader.at(), reader.end());
  reader.move_to(reader.end());
}

// Keeps the memory of a message that is used again.
void clear(Message& message) {
  Message fresh;
  fresh.fields = std::move(message.fields);
  fresh.trailers = std::move(message.trailers);
  fresh.chunks = std::move(message.chunks);
  fresh.problems = std::move(message.problems);
  fresh.fields.clear();
  fresh.trailers.clear();
  fresh.chunks.clear();
  fresh.problems.clear();
  message = std::move(fresh);
}

void read_message(Reader& reader, MessageKind expect, AnswerTo answer, ContentForm form) {
  Message& message = reader.message();
  const char* const begin = reader.at();
  skip_empty_lines(reader);
  read_start_line(reader, expect);
  message.head_terminated = read_field_section(reader, message.fields, '\0', message.fields_end);
  if (!message.head_terminated)
    reader.problem(ProblemKind::head_unterminated, reader.end(), reader.end());
  read_content(reader, answer, form);
  read_excess(reader);
  message.whole = reader.span(begin, reader.at());
}

}  // namespace
}  // namespace wire

void parse_into(std::string_view text, const ParseOptions& options, std::vector<Message>& messages) {
  text = text.substr(0, std::numeric_limits<std::uint32_t>::max());
  if (wire::is_transcript(text)) {
    messages.clear();
    return wire::read_transcript(text, messages);
  }
  std::size_t count = 0;
  std::size_t final_responses = 0;
  Message scratch;
  wire::Reader reader(text, scratch);
  // A text of line endings alone holds no message.
  while (!reader.done() && !wire::only_line_endings(reader.rest())) {
    if (count == messages.size())
      messages.emplace_back().fields.reserve(24);
    else
      wire::clear(messages[count]);
    Message& message = messages[count];
    reader.start(message);
    const AnswerTo answer =
        final_responses < options.answers.size() ? options.answers[final_responses] : AnswerTo::unknown;
    wire::read_message(reader, options.expect, answer, options.content);
    ++count;
    if (message.is_response() && (message.status / 100 != 1 || message.status == 101)) ++final_responses;
  }
  messages.resize(count);
}

std::vector<Message> parse(std::string_view text, const ParseOptions& options) {
  std::vector<Message> messages;
  parse_into(text, options, messages);
  return messages;
}

AnswerTo answer_to(const Message& request, std::string_view text) {
  const std::string_view method = slice(text, request.method);
  if (method == "HEAD") return AnswerTo::head;
  if (method == "CONNECT") return AnswerTo::connect;
  return AnswerTo::other;
}

}  // namespace statuslab
