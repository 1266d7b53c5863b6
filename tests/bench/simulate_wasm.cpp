// The cache machine as a module of its own for tests/bench/simulate.mjs: exchanges are read once, then judged in rounds.
#include <emscripten/emscripten.h>

#include <cstdint>
#include <cstdlib>

#include "cache_pairs.h"

namespace {

std::vector<statuslab::bench::CachePair> pairs;

statuslab::CacheOptions options(bool shared) {
  statuslab::CacheOptions chosen;
  chosen.kind = shared ? statuslab::CacheKind::shared : statuslab::CacheKind::private_;
  chosen.collapse = false;
  chosen.explain = false;
  return chosen;
}

}  // namespace

extern "C" {

EMSCRIPTEN_KEEPALIVE char* text_buffer(std::size_t size) { return static_cast<char*>(std::malloc(size)); }

EMSCRIPTEN_KEEPALIVE std::uint32_t read_pairs(const char* text, std::size_t size) {
  pairs = statuslab::bench::read_pairs({text, size});
  return static_cast<std::uint32_t>(pairs.size());
}

EMSCRIPTEN_KEEPALIVE std::uint32_t judge(std::uint32_t rounds, bool shared) {
  return statuslab::bench::judge(pairs, rounds, options(shared));
}

EMSCRIPTEN_KEEPALIVE std::uint32_t exchange(std::uint32_t rounds, bool shared) {
  return statuslab::bench::exchange(pairs, rounds, options(shared));
}

}
