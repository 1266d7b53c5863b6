// RFC 9112 section 6.3: message body length.
#include <algorithm>
#include <optional>

#include "base/ascii.h"
#include "syntax/rfc9110.h"
#include "wire/reader.h"

namespace statuslab::wire {
namespace {

std::string_view view(Reader& reader, Span span) {
  return {reader.at() - reader.offset(reader.at()) + span.begin, span.size()};
}

bool named(Reader& reader, const FieldLine& field, std::string_view name) {
  return field.name.size() == name.size() && ascii::equals_ignoring_case(view(reader, field.name), name);
}

// Here a fold counts as white space.
std::string_view trim(std::string_view s) {
  const auto is_blank = [](char c) { return ascii::is_space(c) || c == '\r' || c == '\n'; };
  while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
  while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
  return s;
}

struct Declared {
  bool transfer_encoding = false;
  bool chunked_last = false;
  bool content_length = false;
  bool content_encoding = false;
  std::optional<std::uint64_t> length;  // empty where Content-Length lines are malformed or disagree
};

void read_length(std::string_view value, Declared& declared) {
  while (true) {
    const std::size_t comma = value.find(',');
    const auto length = syntax::parse_decimal(trim(value.substr(0, comma)));
    // "a Content-Length field value consisting of the same decimal value repeated as a comma-separated list" may be
    // taken as that value.
    if (!declared.content_length) declared.length = length;
    if (declared.length != length) declared.length.reset();
    declared.content_length = true;
    if (comma == std::string_view::npos) return;
    value.remove_prefix(comma + 1);
  }
}

bool ends_with_chunked(std::string_view value) {
  const std::size_t comma = value.rfind(',');
  if (comma != std::string_view::npos) value.remove_prefix(comma + 1);
  return ascii::equals_ignoring_case(trim(value.substr(0, value.find(';'))), "chunked");
}

Declared read_declared(Reader& reader) {
  Declared declared;
  for (const FieldLine& field : reader.message().fields) {
    if (named(reader, field, "Content-Length")) {
      read_length(view(reader, field.value), declared);
    } else if (named(reader, field, "Transfer-Encoding")) {
      declared.transfer_encoding = true;
      declared.chunked_last = ends_with_chunked(view(reader, field.value));
    } else if (named(reader, field, "Content-Encoding")) {
      declared.content_encoding = true;
    }
  }
  return declared;
}

bool is_tunnel(const Message& message, AnswerTo answer) {
  return message.status == 101 || (answer == AnswerTo::connect && message.status / 100 == 2);
}

// Rule 1: "Any response to a HEAD request and any response with a 1xx (Informational), 204 (No Content), or 304 (Not
// Modified) status code is always terminated by the first empty line after the header fields".
bool ends_with_head(const Message& message, AnswerTo answer) {
  return message.is_response() && (answer == AnswerTo::head || message.status / 100 == 1 || message.status == 204 ||
                                   message.status == 304);
}

Framing decide(const Message& message, AnswerTo answer, const Declared& declared) {
  if (message.is_response() && is_tunnel(message, answer)) return Framing::tunnel;
  if (ends_with_head(message, answer)) return Framing::none;
  if (!message.is_http1()) return Framing::close;
  if (declared.transfer_encoding) {
    if (declared.chunked_last) return Framing::chunked;
    return message.is_response() ? Framing::close : Framing::unknown;
  }
  if (declared.content_length) return declared.length ? Framing::content_length : Framing::unknown;
  return message.is_response() ? Framing::close : Framing::none;
}

bool starts_with_status_line(std::string_view text) {
  return text.size() > 5 && looks_like_status_line(text.substr(0, 6)) && ascii::is_digit(text[5]);
}

// `curl -IL`, or `curl -iL` where it leaves out the content of redirections, prints one header section after the other,
// whatever their fields say about content.
bool is_without_its_content(Reader& reader) {
  return reader.message().is_response() && starts_with_status_line(reader.rest());
}

// Content of this length ends where the text or a message ends: it may well be content that reads like a message.
bool fits(Reader& reader, std::uint64_t length) {
  const std::string_view rest = reader.rest();
  return length == rest.size() || (length < rest.size() && starts_with_status_line(rest.substr(length)));
}

void take_rest(Reader& reader) {
  if (is_without_its_content(reader)) return;
  reader.message().content = reader.span(reader.at(), reader.end());
  reader.move_to(reader.end());
}

void take_length(Reader& reader, std::uint64_t length) {
  Message& message = reader.message();
  message.content_length = length;
  const char* const begin = reader.at();
  const auto available = static_cast<std::uint64_t>(reader.end() - begin);
  if (length > 0 && is_without_its_content(reader) && !fits(reader, length))
    return reader.problem(ProblemKind::content_absent, begin, begin);
  if (available < length) {
    // A head on its own is how people paste `curl -I`: not the same as content that was cut off.
    if (available == 0)
      reader.problem(ProblemKind::content_absent, begin, begin);
    else
      reader.problem(ProblemKind::content_truncated, begin, reader.end());
    return take_rest(reader);
  }
  message.content = reader.span(begin, begin + length);
  reader.move_to(begin + length);
}

// A message that has content, or that may have had some.
bool may_be_shown(Reader& reader, AnswerTo answer) {
  const Message& message = reader.message();
  if (message.framing == Framing::tunnel || ends_with_head(message, answer)) return false;
  return message.framing != Framing::none || !reader.done();
}

// Content of the declared length that nothing was taken from is what was sent.
bool is_as_sent(Reader& reader, const Declared& declared) {
  return declared.length == reader.rest().size() && !declared.transfer_encoding && !declared.content_encoding;
}

void take_shown(Reader& reader) {
  Message& message = reader.message();
  message.content = reader.span(reader.at(), reader.end());
  reader.move_to(reader.end());
}

}  // namespace

void read_content(Reader& reader, AnswerTo answer, ContentForm form) {
  Message& message = reader.message();
  message.content = reader.span(reader.at(), reader.at());
  if (!message.head_terminated) return;
  const Declared declared = read_declared(reader);
  message.framing = decide(message, answer, declared);
  if (form == ContentForm::shown && may_be_shown(reader, answer) && !is_as_sent(reader, declared))
    message.framing = Framing::shown;
  switch (message.framing) {
    case Framing::none: return;
    case Framing::content_length: return take_length(reader, *declared.length);
    case Framing::chunked:
      if (reader.done() || is_without_its_content(reader))
        return reader.problem(ProblemKind::content_absent, reader.at(), reader.at());
      return read_chunked(reader);
    case Framing::close:
    case Framing::tunnel:
    case Framing::unknown: return take_rest(reader);
    case Framing::shown: return take_shown(reader);
  }
}

}  // namespace statuslab::wire
