#include "syntax/spelling.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace statuslab::syntax::tests {

TEST_CASE("spelling: how many slips apart") {
  CHECK(edit_distance("content", "content", 2) == 0);
  CHECK(edit_distance("Content", "cOnTent", 2) == 0);
  CHECK(edit_distance("contnet", "content", 2) == 1);
  CHECK(edit_distance("contnt", "content", 2) == 1);
  CHECK(edit_distance("ccontent", "content", 2) == 1);
  CHECK(edit_distance("cntnt", "content", 2) == 2);
  CHECK(edit_distance("xyntent", "content", 2) == 2);
  CHECK(edit_distance("abc", "content", 2) == 3);
  CHECK(edit_distance("xyztent", "content", 2) == 3);
  CHECK(edit_distance("", "ab", 2) == 2);
  CHECK(edit_distance("", "", 2) == 0);
  CHECK(edit_distance(std::string(65, 'a'), std::string(65, 'a'), 2) == 3);
  CHECK(edit_distance(std::string(64, 'a'), std::string(64, 'a'), 2) == 0);
}

TEST_CASE("spelling: hyphens and case") {
  CHECK(same_letters("maxage", "max-age"));
  CHECK(same_letters("Keep_Alive", "keep-alive"));
  CHECK_FALSE(same_letters("max-ages", "max-age"));
  CHECK(is_one_slip_away("nosnif", "nosniff"));
  CHECK_FALSE(is_one_slip_away("font/woff2", "font/woff"));
}

}  // namespace statuslab::syntax::tests
