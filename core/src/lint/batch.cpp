#include "statuslab/batch.h"

namespace statuslab {
namespace {

std::uint32_t word(const Finding& finding) {
  return finding.rule | static_cast<std::uint32_t>(finding.severity) << 16 | static_cast<std::uint32_t>(finding.on) << 24;
}

}  // namespace

std::vector<std::uint32_t> lint_batch(std::span<const BatchItem> items, const LintOptions& options) {
  std::vector<std::uint32_t> words;
  LintOptions own = options;
  for (const BatchItem& item : items) {
    own.now = item.now;
    const LintResult result = lint_exchange(item.exchange, own);
    words.push_back(static_cast<std::uint32_t>(result.findings.size()));
    for (const Finding& finding : result.findings) words.push_back(word(finding));
  }
  return words;
}

}  // namespace statuslab
