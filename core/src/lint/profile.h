// Clock ticks by rule. Only scripts/bench, which compiles the runner once more for it, includes this.
#pragma once

#include <cstdint>
#include <vector>

namespace statuslab::profile {

struct Entry {
  std::uint64_t ticks = 0;
  std::uint64_t calls = 0;
};

// By rule number; as long as there are rules.
inline std::vector<Entry> entries;

inline std::uint64_t now() {
#if defined(__x86_64__)
  return __builtin_ia32_rdtsc();
#else
  std::uint64_t ticks;
  asm volatile("mrs %0, cntvct_el0" : "=r"(ticks));
  return ticks;
#endif
}

class Timer {
 public:
  explicit Timer(std::uint16_t rule) : entry_(entries[rule]), begin_(now()) {}
  Timer(const Timer&) = delete;
  Timer& operator=(const Timer&) = delete;
  ~Timer() {
    entry_.ticks += now() - begin_;
    ++entry_.calls;
  }

 private:
  Entry& entry_;
  std::uint64_t begin_;
};

}  // namespace statuslab::profile
