#include <catch2/catch_test_macros.hpp>

#include <array>
#include <string>

#include "base/similar.h"

namespace statuslab {

TEST_CASE("slips: one for short words, two for long ones") {
  constexpr std::array<std::string_view, 4> words{"max-age", "includeSubDomains", "img-src", "self"};
  CHECK(meant("maxage", words) == "max-age");
  CHECK(meant("Max-Agee", words) == "max-age");
  CHECK(meant("includeSubdomain", words) == "includeSubDomains");
  CHECK(meant("img-scr", words) == "img-src");
  CHECK(meant("slef", words) == "self");
  CHECK(meant("MAX-AGE", words).empty());
  CHECK(meant("sel", words).empty());
  CHECK(meant("preload", words).empty());
  CHECK(meant(std::string(100, 'a'), words).empty());
  CHECK(edit_distance("", "", 2) == 0);
  CHECK(edit_distance("", "abc", 2) == 3);
}

}  // namespace statuslab
