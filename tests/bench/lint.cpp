// Whole responses through parser and all rules, without and with JSON.
//   bench_lint CORPUS
#include "bench/corpus.h"
#include "statuslab/statuslab.h"

int main(int argc, char** argv) {
  using namespace statuslab;
  using namespace statuslab::bench;
  if (argc != 2) return std::fprintf(stderr, "usage: bench_lint CORPUS\n"), 2;
  const std::vector<std::string> heads = read_corpus(argv[1]);
  const auto each = [&](auto&& work) {
    std::uint64_t sum = 0;
    for (const std::string& head : heads) sum += work(Exchange{std::nullopt, head, Scheme::https});
    return sum;
  };
  std::vector<Contender> contenders{
      {"parse + lint", [&] { return each([](const Exchange& e) { return lint_exchange(e).checks; }); }},
      {"... + JSON", [&] { return each([](const Exchange& e) { return to_json(lint_exchange(e), e).size(); }); }},
  };
  measure(contenders, heads.size(), 9, 60);
  std::printf("native: %zu heads, %zu rules\n", heads.size(), rule_count());
  for (const Contender& contender : contenders) {
    const double time = median(contender.nanoseconds);
    std::printf("  %-14s %8.2f us a head (median), %.0f heads/s\n", contender.name.c_str(), time / 1000, 1e9 / time);
  }
  return 0;
}
