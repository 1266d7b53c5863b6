// The parser as a module of its own for tests/bench/parse.mjs: spans and problems as 32-bit numbers, no JSON.
#include <emscripten/emscripten.h>

#include <cstdint>
#include <cstdlib>
#include <vector>

#include "statuslab/parse.h"

namespace {

std::vector<statuslab::Message> messages;
std::uint32_t result[4];

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE char* text_buffer(std::size_t size) { return static_cast<char*>(std::malloc(size)); }

// [status, problems, field lines, where they are]: for each line begin and end of its name, its value and the whole line.
EMSCRIPTEN_KEEPALIVE const std::uint32_t* parse_spans(const char* text, std::size_t size) {
  statuslab::parse_into({text, size}, {}, messages);
  const statuslab::Message& message = messages[0];
  static_assert(sizeof(statuslab::FieldLine) == 6 * sizeof(std::uint32_t));
  result[0] = message.status;
  result[1] = static_cast<std::uint32_t>(message.problems.size());
  result[2] = static_cast<std::uint32_t>(message.fields.size());
  result[3] = static_cast<std::uint32_t>(reinterpret_cast<std::uintptr_t>(message.fields.data()));
  return result;
}

}
