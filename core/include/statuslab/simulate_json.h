// Scenarios and traces as JSON: one compact UTF-8 line.
#pragma once

#include <string>
#include <string_view>

namespace statuslab {

// A scenario's JSON to its trace: {"version":1,"start":...,"actors":[...],"events":[...],"outcomes":[...]}, or, where the
// scenario cannot be read, {"mistakes":[{"pointer":"/client/request","value":"3","expected":"an object"}]}.
[[nodiscard]] std::string simulate_json(std::string_view scenario);
// The JSON schema (draft 2020-12) of scenarios.
[[nodiscard]] std::string scenario_schema();

}  // namespace statuslab
