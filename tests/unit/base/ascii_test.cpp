#include <catch2/catch_test_macros.hpp>

#include <string>

#include "base/ascii.h"

namespace statuslab::ascii {

TEST_CASE("two bytes are equal, whatever their case, where only letters differ in it") {
  // Alone, and at each place of words that are compared eight bytes at once.
  for (const std::size_t size : {std::size_t{1}, std::size_t{7}, std::size_t{8}, std::size_t{11}, std::size_t{16}, std::size_t{19}}) {
    int wrong = 0;
    for (int x = 0; x < 256; ++x)
      for (int y = 0; y < 256; ++y) {
        const std::size_t at = static_cast<std::size_t>(x + y) % size;
        std::string a(size, 'a'), b(size, 'A');
        a[at] = static_cast<char>(x);
        b[at] = static_cast<char>(y);
        if (equals_ignoring_case(a, b) != (lower(a[at]) == lower(b[at]))) ++wrong;
      }
    INFO(size);
    CHECK(wrong == 0);
  }
}

TEST_CASE("words of different lengths are not equal") {
  CHECK(equals_ignoring_case("", ""));
  CHECK_FALSE(equals_ignoring_case("a", ""));
  CHECK_FALSE(equals_ignoring_case("Content-Length", "Content-Lengths"));
}

}  // namespace statuslab::ascii
