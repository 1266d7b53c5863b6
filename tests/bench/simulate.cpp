// Decisions of the cache machine in a second, natively: bench_simulate cache_pairs.txt
#include <chrono>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>

#include "bench/cache_pairs.h"

namespace {

using namespace statuslab;

// The best of several rounds, in calls a second.
template <class Work>
double best(std::size_t calls, Work work) {
  double most = 0;
  for (int round = 0; round < 7; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
    most = std::max(most, static_cast<double>(calls) / took.count());
  }
  return most;
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    std::fprintf(stderr, "usage: bench_simulate PAIRS\n");
    return 2;
  }
  std::ifstream file(arguments[1], std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(file)), {});
  const auto pairs = bench::read_pairs(text);
  if (pairs.empty()) return 2;
  constexpr std::uint32_t rounds = 2000;
  const std::size_t exchanges = pairs.size() * rounds;
  struct {
    const char* name;
    CacheKind kind;
  } const kinds[] = {{"private", CacheKind::private_}, {"shared", CacheKind::shared}, {"cdn", CacheKind::cdn}};
  bool met = true;
  for (const auto& [name, kind] : kinds) {
    CacheOptions options;
    options.kind = kind;
    options.collapse = false;
    CacheOptions silent = options;
    silent.explain = false;
    std::uint32_t answered = 0;
    const double explained = best(exchanges * 3, [&] { answered += bench::exchange(pairs, rounds, options); });
    const double quiet = best(exchanges * 3, [&] { answered += bench::exchange(pairs, rounds, silent); });
    const double judged = best(exchanges * 2, [&] { answered += bench::judge(pairs, rounds, silent); });
    std::printf("%-8s %9.0f decisions/s with reasons, %9.0f without, %9.0f without a store  (%u)\n", name, explained, quiet, judged,
                answered);
    met = met && quiet >= 300'000;
  }
  std::printf("budget: 300000 decisions/s natively: %s\n", met ? "kept" : "not kept");
  return met ? 0 : 1;
}
