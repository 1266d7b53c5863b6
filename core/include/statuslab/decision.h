// What a machine of the simulator decided and why. The words (question, what yes and no mean, in each language) and the
// citations are rows of core/data/decisions/; the engine holds only the number of the row.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "decision_id.h"

namespace statuslab {

// How far the outcome is fixed: by MUST, SHOULD or MAY of the cited sentence; or by nobody, so that implementations differ.
enum class Requirement : std::uint8_t { must, should, may, open };

enum class Actor : std::uint8_t { client, private_cache, cdn, proxy, origin, network };

struct DecisionInfo {
  std::string_view id;  // "if-none-match"
  Requirement requirement;
  std::string_view cite;  // "RFC 9110 section 13.2.2, RFC 9110 section 13.1.2"
};

[[nodiscard]] const DecisionInfo& decision_info(DecisionId id);
[[nodiscard]] std::span<const DecisionInfo> all_decisions();

// What was looked at: a field or a setting, and its value. An absent one has the value that `present` denies.
struct DecisionInput {
  std::string_view name;
  std::string value;
  bool present = true;
};

// Another policy that is allowed as well, and the status it leads to (0: none). core/data/decisions/README.md says what it can be.
struct Alternative {
  std::string_view policy;
  std::uint16_t gives = 0;
};

struct Decision {
  DecisionId id{};
  bool answer = false;        // to the question of its row
  std::uint16_t gives = 0;    // the status this leads to; 0: none
  bool terminal = false;      // it made the response, which has exactly one of these
  std::vector<DecisionInput> inputs{};
  std::vector<Alternative> alternatives{};  // where the requirement is `open` or `may`
};
using Decisions = std::vector<Decision>;

// Milliseconds since 1970-01-01T00:00:00Z. Machines have no clock: every call that needs the time is given it.
using Instant = std::int64_t;

}  // namespace statuslab
