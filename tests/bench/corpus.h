// What benches share: the corpus, and rounds that interleave the contenders so that all see the same machine.
#pragma once

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <string>
#include <vector>

namespace statuslab::bench {

// The file that make_corpus.py wrote.
inline std::vector<std::string> read_corpus(const char* path) {
  std::vector<std::string> heads;
  std::FILE* file = std::fopen(path, "rb");
  if (file == nullptr) {
    std::fprintf(stderr, "cannot read %s\n", path);
    std::exit(2);
  }
  unsigned char size[4];
  while (std::fread(size, 1, 4, file) == 4) {
    std::string head(size[0] | size[1] << 8 | size[2] << 16 | size[3] << 24, '\0');
    if (std::fread(head.data(), 1, head.size(), file) != head.size()) break;
    heads.push_back(std::move(head));
  }
  std::fclose(file);
  return heads;
}

struct Contender {
  std::string name;
  // Handles the whole corpus once; the returned number keeps the work alive and lets contenders be compared.
  std::function<std::uint64_t()> run;
  std::vector<double> nanoseconds{};  // a message, one for each round
};

inline double median(std::vector<double> values) {
  std::sort(values.begin(), values.end());
  return values[values.size() / 2];
}

// Each round runs each contender for at least `milliseconds`.
inline void measure(std::vector<Contender>& contenders, std::size_t messages, int rounds, int milliseconds) {
  using Clock = std::chrono::steady_clock;
  volatile std::uint64_t sink = 0;
  for (int round = 0; round < rounds; ++round) {
    for (Contender& contender : contenders) {
      const auto begin = Clock::now();
      std::uint64_t runs = 0;
      auto now = begin;
      do {
        for (int i = 0; i < 16; ++i) sink = sink + contender.run();
        runs += 16;
        now = Clock::now();
      } while (now - begin < std::chrono::milliseconds(milliseconds));
      const double total = std::chrono::duration<double, std::nano>(now - begin).count();
      contender.nanoseconds.push_back(total / static_cast<double>(runs * messages));
    }
  }
}

}  // namespace statuslab::bench
