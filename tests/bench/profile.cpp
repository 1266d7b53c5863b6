// Which rules take the time of a whole corpus: each one's share of parsing, views, rules and sorting together.
//   bench_profile CORPUS
#include "bench/corpus.h"
#include "lint/profile.h"
#include "statuslab/statuslab.h"

namespace {

using namespace statuslab;

// What a timer costs that times nothing.
double overhead() {
  profile::entries.assign(1, {});
  for (int i = 0; i < 1'000'000; ++i) profile::Timer timer(0);
  return static_cast<double>(profile::entries[0].ticks) / 1e6;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace statuslab::bench;
  if (argc != 2) return std::fprintf(stderr, "usage: bench_profile CORPUS\n"), 2;
  const std::vector<std::string> messages = read_corpus(argv[1]);
  const double empty = overhead();
  profile::entries.assign(rule_count(), {});
  std::uint64_t calls = 0;
  const std::uint64_t begin = profile::now();
  for (int round = 0; round < 200; ++round)
    for (const std::string& message : messages) calls += lint_exchange({std::nullopt, message, Scheme::https}).checks;
  const auto all = static_cast<double>(profile::now() - begin);
  std::vector<std::pair<double, std::uint16_t>> shares;
  double rules = 0;
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule) {
    const profile::Entry& entry = profile::entries[rule];
    const double ticks = std::max(0.0, static_cast<double>(entry.ticks) - empty * static_cast<double>(entry.calls));
    shares.push_back({ticks / (all - 2 * empty * static_cast<double>(calls)), rule});
    rules += shares.back().first;
  }
  std::sort(shares.rbegin(), shares.rend());
  std::printf("profile: %zu messages, %.0f checks a message, %.0f %% of the time in rules\n", messages.size(),
              static_cast<double>(calls) / 200 / static_cast<double>(messages.size()), rules * 100);
  for (std::size_t i = 0; i < shares.size() && i < 15; ++i)
    std::printf("  %5.2f %%  %s\n", shares[i].first * 100, std::string(rule_id(shares[i].second)).c_str());
  return 0;
}
