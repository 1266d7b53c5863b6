// The simulator for JavaScript hosts. Scenarios come as UTF-8 through the heap, results go as JSON. No logic here.
#include <emscripten/bind.h>

#include <array>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "statuslab/machines_json.h"
#include "statuslab/simulate_json.h"
#include "statuslab/version.h"

namespace {

using Pointer = std::uintptr_t;

Pointer allocate(std::size_t size) { return reinterpret_cast<Pointer>(std::malloc(size == 0 ? 1 : size)); }
void release(Pointer pointer) { std::free(reinterpret_cast<void*>(pointer)); }

std::string_view text_at(Pointer pointer, std::size_t size) { return {reinterpret_cast<const char*>(pointer), size}; }

// Traces are large, and a std::string would be walked through byte by byte on its way out. Returns a block to be released: how
// many bytes follow, in 32 bits, then the text. 0: no memory.
Pointer simulate(Pointer pointer, std::size_t size) {
  const std::string trace = statuslab::simulate_json(text_at(pointer, size));
  const auto length = static_cast<std::uint32_t>(trace.size());
  auto* block = static_cast<char*>(std::malloc(sizeof length + length));
  if (block == nullptr) return 0;
  std::memcpy(block, &length, sizeof length);
  std::memcpy(block + sizeof length, trace.data(), length);
  return reinterpret_cast<Pointer>(block);
}

std::string client_contract(Pointer pointer, std::size_t size) { return statuslab::client_contract_json(text_at(pointer, size)); }

// Those that are open; a handle is a place, counted from 1.
std::vector<std::unique_ptr<statuslab::Machine>> machines;

// kind: 0 cache, 1 origin, 2 client.
std::string open_machine(int kind, Pointer pointer, std::size_t size) {
  constexpr auto openers = std::array{&statuslab::open_cache, &statuslab::open_origin, &statuslab::open_client};
  statuslab::Opened opened = openers[static_cast<std::size_t>(kind)](text_at(pointer, size));
  if (opened.machine == nullptr) return opened.mistakes;
  std::size_t place = 0;
  while (place < machines.size() && machines[place] != nullptr) ++place;
  if (place == machines.size()) machines.emplace_back();
  machines[place] = std::move(opened.machine);
  return "{\"handle\":" + std::to_string(place + 1) + "}";
}

std::string call_machine(std::size_t handle, Pointer pointer, std::size_t size) {
  if (handle == 0 || handle > machines.size() || machines[handle - 1] == nullptr)
    return R"({"mistakes":[{"pointer":"","value":"","expected":"a machine that is open"}]})";
  return machines[handle - 1]->call(text_at(pointer, size));
}

void close_machine(std::size_t handle) {
  if (handle > 0 && handle <= machines.size()) machines[handle - 1].reset();
}

std::string version() { return std::string(statuslab::version); }

}  // namespace

EMSCRIPTEN_BINDINGS(statuslab_simulator) {
  emscripten::function("allocate", &allocate);
  emscripten::function("release", &release);
  emscripten::function("simulate", &simulate);
  emscripten::function("scenarioSchema", &statuslab::scenario_schema);
  emscripten::function("clientProfiles", &statuslab::client_profiles_json);
  emscripten::function("clientContract", &client_contract);
  emscripten::function("open", &open_machine);
  emscripten::function("call", &call_machine);
  emscripten::function("close", &close_machine);
  emscripten::function("version", &version);
}
