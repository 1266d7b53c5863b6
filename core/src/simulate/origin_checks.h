// The checks of an origin by stage. `ask` looks only; `act` writes into the turn what the answer means.
#pragma once

#include "simulate/origin_turn.h"

namespace statuslab::origin {

using Ask = Said (*)(const Turn&);
using Act = void (*)(Turn&, bool answer);

// Whether a check may change places with others of its stage: no document says which comes first.
enum class Place : bool { fixed, movable };

struct Check {
  DecisionId id;
  Place place;
  Ask ask;
  Act act;
};

[[nodiscard]] std::span<const Check> message_checks();       // 0: before there is a request
[[nodiscard]] std::span<const Check> server_checks();        // 1: the server as a whole
[[nodiscard]] std::span<const Check> resource_checks();      // 2: access to the resource
[[nodiscard]] std::span<const Check> selection_checks();     // 3: which representation
[[nodiscard]] std::span<const Check> precondition_checks();  // 4: conditions, then 100 (Continue)
[[nodiscard]] std::span<const Check> content_checks();       // 5: processing, as far as it can fail
[[nodiscard]] std::span<const Check> range_checks();         // 6: which part of a 200
[[nodiscard]] std::span<const Check> success_checks();       // 7: how success is said

// Proactive negotiation (RFC 9110 section 12.1): what stages 3 to 7 work on.
void select_representation(Turn& turn);
// Whether Idempotency-Key means something for this request.
[[nodiscard]] bool takes_keys(const Turn& turn);
// Whether an If-Range names the selected representation (section 13.1.5).
[[nodiscard]] bool if_range_holds(const Turn& turn, const std::string& value);

}  // namespace statuslab::origin
