#include "base/sort.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>

using statuslab::sort;

namespace {

struct Card {
  unsigned rank;
  std::size_t place;
};
bool lower(const Card& a, const Card& b) { return a.rank < b.rank; }

}  // namespace

TEST_CASE("Equal items stay as they stood", "[sort]") {
  // Lengths around powers of two, where the runs that are merged do not come out even.
  for (std::size_t size = 0; size < 70; ++size) {
    std::vector<Card> cards;
    for (std::size_t i = 0; i < size; ++i) cards.push_back({static_cast<unsigned>(i * 7919 % 13), i});
    std::vector<Card> expected = cards;
    std::stable_sort(expected.begin(), expected.end(), lower);
    sort(cards, [](const Card& a, const Card& b) { return lower(a, b); });
    CAPTURE(size);
    REQUIRE(cards.size() == size);
    CHECK(std::equal(cards.begin(), cards.end(), expected.begin(),
                     [](const Card& a, const Card& b) { return a.rank == b.rank && a.place == b.place; }));
  }
}

TEST_CASE("Items are moved whole", "[sort]") {
  std::vector<std::string> words{"a word too long to be kept in place", "b", "", "a"};
  sort(words, [](const std::string& a, const std::string& b) { return a < b; });
  CHECK(words == std::vector<std::string>{"", "a", "a word too long to be kept in place", "b"});
}
