// Any bytes: spans lie inside the text and in order, the result does not depend on the run, and writing a message and
// reading it again gives the same message.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/parse.h"

namespace {

using namespace statuslab;

void require_inside(Span span, std::string_view text) {
  require(span.begin <= span.end);
  require(span.end <= text.size());
}

void require_inside(const std::vector<FieldLine>& lines, std::string_view text) {
  for (const FieldLine& field : lines) {
    require_inside(field.name, text);
    require_inside(field.value, text);
    require_inside(field.line, text);
    require(field.line.begin <= field.name.begin && field.name.end <= field.value.begin);
    require(field.value.end <= field.line.end);
  }
}

void require_inside(const Message& message, std::string_view text) {
  for (const Span span : {message.whole, message.start_line, message.version, message.method, message.target,
                          message.status_code, message.reason, message.fields_end, message.content, message.excess})
    require_inside(span, text);
  require_inside(message.fields, text);
  require_inside(message.trailers, text);
  for (const Chunk& chunk : message.chunks) {
    require_inside(chunk.size, text);
    require_inside(chunk.data, text);
  }
  for (const Problem& problem : message.problems) require_inside(problem.span, text);
}

bool same_text(Span a, std::string_view text_a, Span b, std::string_view text_b) {
  return slice(text_a, a) == slice(text_b, b);
}

// Line endings apart: a folded value may hold them.
std::string without_cr(std::string_view text) {
  std::string result;
  for (std::size_t i = 0; i < text.size(); ++i)
    if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') result += text[i];
  return result;
}

void require_same(const Message& a, std::string_view text_a, const Message& b, std::string_view text_b) {
  require(a.kind == b.kind);
  require(a.status == b.status);
  require(a.framing == b.framing);
  require(a.version_major == b.version_major);
  require(same_text(a.start_line, text_a, b.start_line, text_b));
  require(same_text(a.content, text_a, b.content, text_b));
  require(same_text(a.excess, text_a, b.excess, text_b));
  require(a.fields.size() == b.fields.size());
  for (std::size_t i = 0; i < a.fields.size(); ++i) {
    require(same_text(a.fields[i].name, text_a, b.fields[i].name, text_b));
    require(without_cr(slice(text_a, a.fields[i].value)) == without_cr(slice(text_b, b.fields[i].value)));
  }
}

// A start line such as "* a HTTP/1.1", when it comes first, is a remark of curl's.
bool reads_as_transcript(std::string_view wire) {
  return !wire.empty() && std::string_view("*<>{}").find(wire.front()) != std::string_view::npos;
}

void check(std::string_view text, MessageKind expect) {
  const ParseOptions options{.expect = expect, .answers = {}};
  const std::vector<Message> messages = parse(text, options);
  for (const Message& message : messages) require_inside(message, text);
  require(parse(text, options).size() == messages.size());
  for (const Message& message : messages) {
    if (message.dialect != Dialect::http1) continue;
    const std::string wire = serialise(message, text);
    const std::vector<Message> again = parse(wire, {.expect = message.kind, .answers = {}});
    if (reads_as_transcript(wire)) continue;
    require(!again.empty());
    require_same(message, text, again.front(), wire);
    require(serialise(again.front(), wire) == wire);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  check(text, MessageKind::response);
  check(text, MessageKind::request);
  return 0;
}
