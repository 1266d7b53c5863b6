// Any exchange, with any options: findings lie inside their text, edits lie inside and do not overlap, the same input gives the same JSON,
// and that JSON is JSON.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fuzz/exchange.h"
#include "fuzz/require.h"

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

void check(const Exchange& exchange, const LintOptions& options) {
  const LintResult result = lint_exchange(exchange, options);
  for (const Finding& finding : result.findings) {
    const auto& side = finding.on == Side::request ? exchange.request : exchange.response;
    require(side.has_value());
    require(finding.span.begin <= finding.span.end && finding.span.end <= side->size());
    require(finding.rule < rule_count());
    require(options.explain || finding.severity != Severity::fine);
    const auto& messages = finding.on == Side::request ? result.request : result.response;
    require(finding.index < messages.size());
    for (const Fix& fix : finding.fixes) {
      require(fix.label < fix_count(finding.rule));
      check_fix(fix, *side);
    }
  }
  const std::string json = to_json(result, exchange);
  require(json == to_json(lint_exchange(exchange, options), exchange));
  require(nlohmann::json::accept(json));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  fuzz::Input input;
  fuzz::read(data, size, input);
  check(input.exchange, input.options);
  return 0;
}
