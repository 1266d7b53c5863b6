#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc6797.h"

namespace statuslab::syntax {

TEST_CASE("directives of Strict-Transport-Security") {
  const HstsPolicy policy = parse_hsts(" max-age = \"0;1\" ;; includeSubDomains;");
  REQUIRE(policy.directives.size() == 2);
  CHECK(policy.directives[0].name == "max-age");
  CHECK(policy.directives[0].value == "\"0;1\"");
  CHECK_FALSE(policy.directives[1].value);
  CHECK(policy.empty_directive);
  CHECK(policy.fault.empty());
  CHECK(parse_hsts("max-age=\"1").fault == "max-age=\"1");
  CHECK(parse_hsts("max-age=1 preload").fault == "max-age=1 preload");
  CHECK(parse_hsts("a=1;max-age=").fault == "max-age=");
  CHECK(parse_hsts("").directives.empty());
}

TEST_CASE("max-age of Strict-Transport-Security") {
  CHECK(parse_hsts_max_age("\"31536000\"") == 31536000U);
  CHECK(parse_hsts_max_age("99999999999999999999") == 9223372036854775807U);
  for (const char* value : {"", "\"", "\"\"", "-1", "1y", "1.5", "'1'"}) {
    INFO(value);
    CHECK_FALSE(parse_hsts_max_age(value));
  }
}

}  // namespace statuslab::syntax
