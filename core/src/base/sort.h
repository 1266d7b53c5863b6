// One stable sort for items of every type. std::sort is made anew for each of them, which is a kilobyte of WebAssembly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace statuslab {

// Whether items[a] stands before items[b].
using Before = bool (*)(const void* items, std::uint32_t a, std::uint32_t b);

// The numbers of `count` items in their order; those of equal ones as they were.
[[nodiscard]] std::vector<std::uint32_t> sorted_order(const void* items, std::size_t count, Before before);

// `before(a, b)`: a stands before b. Has no state.
template <class Item, class Less>
[[nodiscard]] std::vector<std::uint32_t> sorted_order(std::span<const Item> items, Less) {
  return sorted_order(items.data(), items.size(), [](const void* all, std::uint32_t a, std::uint32_t b) {
    const auto* const item = static_cast<const Item*>(all);
    return Less()(item[a], item[b]);
  });
}

template <class Item, class Less>
void sort(std::vector<Item>& items, Less less) {
  if (items.size() < 2) return;
  std::vector<Item> sorted;
  sorted.reserve(items.size());
  for (const std::uint32_t i : sorted_order<Item>(items, less)) sorted.push_back(std::move(items[i]));
  items = std::move(sorted);
}

}  // namespace statuslab
