#include "base/sort.h"

#include <algorithm>

namespace statuslab {

// Few are inserted one by one; of more, runs of 1, 2, 4 ... are merged.
std::vector<std::uint32_t> sorted_order(const void* items, std::size_t count, Before before) {
  constexpr std::size_t few = 16;
  std::vector<std::uint32_t> order(count);
  for (std::size_t i = 0; i < count; ++i) order[i] = static_cast<std::uint32_t>(i);
  if (count <= few) {
    for (std::uint32_t i = 1; i < count; ++i) {
      std::uint32_t at = i;
      for (; at > 0 && before(items, i, order[at - 1]); --at) order[at] = order[at - 1];
      order[at] = i;
    }
    return order;
  }
  std::vector<std::uint32_t> merged(count);
  for (std::size_t run = 1; run < count; run *= 2) {
    for (std::size_t begin = 0; begin < count; begin += 2 * run) {
      const std::size_t middle = std::min(begin + run, count), end = std::min(begin + 2 * run, count);
      std::size_t left = begin, right = middle;
      for (std::size_t i = begin; i < end; ++i) {
        const bool from_right = right < end && (left == middle || before(items, order[right], order[left]));
        merged[i] = order[from_right ? right++ : left++];
      }
    }
    order.swap(merged);
  }
  return order;
}

}  // namespace statuslab
