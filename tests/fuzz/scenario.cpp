// Any bytes as a scenario, and as a response that a scenario gives: what comes back is JSON, and the same each time.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/simulate.h"
#include "statuslab/simulate_json.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace statuslab;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string answer = simulate_json(text);
  const auto tree = nlohmann::json::parse(answer, nullptr, false);
  require(!tree.is_discarded());
  require(tree.contains("mistakes") != tree.contains("events"));
  require(simulate_json(text) == answer);

  simulate::Scenario scenario;
  scenario.given = {{.wire = text}};
  scenario.proxy.emplace();
  scenario.client.private_cache.emplace().kind = CacheKind::private_;
  require(simulate::simulate(scenario).outcomes.size() == 1);
  return 0;
}
