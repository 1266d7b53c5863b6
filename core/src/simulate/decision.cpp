#include "statuslab/decision.h"

namespace statuslab {
namespace {

constexpr DecisionInfo decisions[] = {
#include "decision_table.inc"
};

}  // namespace

const DecisionInfo& decision_info(DecisionId id) { return decisions[static_cast<std::size_t>(id)]; }
std::span<const DecisionInfo> all_decisions() { return decisions; }

}  // namespace statuslab
