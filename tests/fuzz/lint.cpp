// Any exchange: findings lie inside their text, edits lie inside and do not overlap, the same input gives the same JSON,
// and that JSON is JSON.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/statuslab.h"

namespace {

using namespace statuslab;

void check_fix(const Fix& fix, std::string_view text) {
  std::vector<Edit> edits = fix.edits;
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  std::uint32_t end = 0;
  for (const Edit& edit : edits) {
    require(edit.span.begin <= edit.span.end && edit.span.end <= text.size());
    require(edit.span.begin >= end);
    end = edit.span.end;
  }
  require(!edits.empty());
}

void check(const Exchange& exchange) {
  const LintResult result = lint_exchange(exchange);
  for (const Finding& finding : result.findings) {
    const auto& side = finding.on == Side::request ? exchange.request : exchange.response;
    require(side.has_value());
    require(finding.span.begin <= finding.span.end && finding.span.end <= side->size());
    require(finding.rule < rule_count());
    const auto& messages = finding.on == Side::request ? result.request : result.response;
    require(finding.index < messages.size());
    for (const Fix& fix : finding.fixes) {
      require(fix.label < fix_count(finding.rule));
      check_fix(fix, *side);
    }
  }
  const std::string json = to_json(result, exchange);
  require(json == to_json(lint_exchange(exchange), exchange));
  require(nlohmann::json::accept(json));
}

}  // namespace

// The first byte says what is known; a NUL separates request from response.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::uint8_t mode = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t split = text.find('\0');
  Exchange exchange{std::nullopt, text, static_cast<Scheme>(mode % 3)};
  if ((mode & 4) != 0 && split != std::string_view::npos) {
    exchange.request = text.substr(0, split);
    exchange.response = text.substr(split + 1);
  } else if ((mode & 8) != 0) {
    exchange.request = text;
    exchange.response.reset();
  }
  check(exchange);
  return 0;
}
