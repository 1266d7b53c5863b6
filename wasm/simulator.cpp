// The simulator for JavaScript hosts. Scenarios come as UTF-8 through the heap, results go as one JSON string. No logic here.
#include <emscripten/bind.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "statuslab/simulate_json.h"
#include "statuslab/version.h"

namespace {

using Pointer = std::uintptr_t;

Pointer allocate(std::size_t size) { return reinterpret_cast<Pointer>(std::malloc(size == 0 ? 1 : size)); }
void release(Pointer pointer) { std::free(reinterpret_cast<void*>(pointer)); }

std::string simulate(Pointer pointer, std::size_t size) {
  return statuslab::simulate_json(std::string_view(reinterpret_cast<const char*>(pointer), size));
}

std::string version() { return std::string(statuslab::version); }

}  // namespace

EMSCRIPTEN_BINDINGS(statuslab_simulator) {
  emscripten::function("allocate", &allocate);
  emscripten::function("release", &release);
  emscripten::function("simulate", &simulate);
  emscripten::function("scenarioSchema", &statuslab::scenario_schema);
  emscripten::function("version", &version);
}
