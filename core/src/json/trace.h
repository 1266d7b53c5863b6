// A trace as JSON; the shapes are `Trace` of wasm/src/trace-types.ts.
#pragma once

#include <string>

#include "json/writer.h"
#include "statuslab/decision.h"
#include "statuslab/simulate.h"

namespace statuslab::json {

[[nodiscard]] std::string trace_json(const simulate::Trace& trace);
// {"id":...,"requirement":...,"cite":[...],"answer":...,"gives":...,"terminal":...,"inputs":[...],"alternatives":[...]} without
// the braces.
void write_decision(Writer& writer, const Decision& decision);
// The same for what a client's caller gets.
void write_outcome(Writer& writer, const client::Outcome& outcome);
[[nodiscard]] std::string_view actor_name(Actor actor);

}  // namespace statuslab::json
