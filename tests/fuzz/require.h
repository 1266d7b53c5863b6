// A property that has to hold; the fuzzer keeps the input for which it does not.
#pragma once

#include <cstdlib>

inline void require(bool holds) {
  if (!holds) std::abort();
}
