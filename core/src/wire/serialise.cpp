// Message -> wire bytes.
#include "base/ascii.h"
#include "statuslab/parse.h"

namespace statuslab {
namespace {

std::string_view next_line(std::string_view& text) {
  const std::size_t lf = text.find('\n');
  std::string_view line = text.substr(0, lf);
  text.remove_prefix(lf == std::string_view::npos ? text.size() : lf + 1);
  if (lf != std::string_view::npos && line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string serialise(const Message& message, std::string_view text) {
  std::string wire;
  wire.reserve(message.whole.size() + 4);
  const char prefix = message.dialect == Dialect::http1 ? '\0' : message.is_request() ? '>' : '<';
  std::uint32_t begin = message.start_line.begin;
  if (prefix != '\0') begin = message.whole.begin;
  std::string_view head = slice(text, {begin, message.fields_end.begin});
  while (!head.empty()) {
    std::string_view line = next_line(head);
    if (prefix != '\0') {
      if (!line.starts_with(prefix)) continue;
      line.remove_prefix(line.size() > 1 && line[1] == ' ' ? 2 : 1);
      if (line.empty()) continue;
    }
    wire += line;
    wire += "\r\n";
  }
  if (message.head_terminated) wire += "\r\n";
  wire += slice(text, message.content);
  wire += slice(text, message.excess);
  return wire;
}

}  // namespace statuslab
