// Any exchange: fixing all comes to an end, does the same each time, makes edits inside of the texts that do not overlap,
// and applying its rounds one by one gives what it gives. Also where the fixes that want a look are made.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "fuzz/exchange.h"
#include "fuzz/require.h"

namespace {

using namespace statuslab;

void apply(const std::vector<Edit>& edits, std::optional<std::string>& text) {
  require(edits.empty() || text.has_value());
  std::uint32_t end = 0;
  for (const Edit& edit : edits) {
    require(edit.span.begin >= end && edit.span.begin <= edit.span.end && edit.span.end <= text->size());
    end = edit.span.end;
  }
  if (text) text = apply_edits(*text, edits);
}

void check(const fuzz::Input& input, FixChoice choice) {
  const FixResult fixed = fix_all(input.exchange, input.options, choice);
  std::optional<std::string> request(input.exchange.request);
  std::optional<std::string> response(input.exchange.response);
  for (const FixRound& round : fixed.rounds) {
    require(!round.applied.empty());
    apply(round.request, request);
    apply(round.response, response);
  }
  require(request == fixed.request && response == fixed.response);
  const std::string json = to_json(fixed);
  require(json == to_json(fix_all(input.exchange, input.options, choice)));
  require(nlohmann::json::accept(json));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fuzz::Input input;
  fuzz::read(data, size, input);
  check(input, FixChoice::safe);
  check(input, FixChoice::any);
  return 0;
}
