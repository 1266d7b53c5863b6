// Many exchanges in one call, answered in numbers: which rules spoke, how gravely, on which side. For lists of thousands,
// where writing JSON costs more than the rules do; who wants to know more of one exchange lints it alone.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "statuslab/lint.h"

namespace statuslab {

struct BatchItem {
  Exchange exchange;
  // Takes the place of LintOptions::now: each exchange has its own time.
  std::optional<std::int64_t> now{};
};

// For every exchange, in order: the number of its findings, then one word a finding, by side and place:
// rule | severity << 16 | side << 24.
[[nodiscard]] std::vector<std::uint32_t> lint_batch(std::span<const BatchItem> items, const LintOptions& options = {});

}  // namespace statuslab
