// Repairs an exchange: every fix that may be made, and again, until there is none left to make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "statuslab/finding.h"
#include "statuslab/lint.h"

namespace statuslab {

// `safe`: fixes that keep the meaning. `any`: also those that want a look; a finding's first safe one goes before.
enum class FixChoice : std::uint8_t { safe, any };

struct AppliedFix {
  std::uint16_t rule = 0;
  Side on = Side::response;
  std::uint8_t label = 0;
  std::vector<Argument> args;
};

// Fixes that do not touch each other, made at once. The spans refer to the texts as the round before left them.
struct FixRound {
  std::vector<Edit> request;  // in order of place
  std::vector<Edit> response;
  std::vector<AppliedFix> applied;
};

struct FixResult {
  // The texts afterwards; absent where the exchange's are.
  std::optional<std::string> request;
  std::optional<std::string> response;
  std::vector<FixRound> rounds;
};

// Same input, same result. There is nothing left to repair in what comes out, but for two cases: it ends after 24 rounds,
// and before fixes undo each other.
[[nodiscard]] FixResult fix_all(const Exchange& exchange, const LintOptions& options = {},
                                FixChoice choice = FixChoice::safe);

}  // namespace statuslab
