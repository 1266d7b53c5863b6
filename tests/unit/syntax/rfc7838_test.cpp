#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc7838.h"

namespace statuslab::syntax {

TEST_CASE("alternatives") {
  const auto value = parse_alt_value("h3=\"alt.example.com:443\"; ma=60;persist=1");
  REQUIRE(value);
  CHECK(value->protocol == "h3");
  CHECK(value->authority == "alt.example.com:443");
  CHECK(value->parameters.size() == 2);
  for (const char* other : {"", "clear", "h3", "h3=:443", "h3=\":443", "=\":443\"", "h3=\":443\" x", "h3 =\":443\""}) {
    INFO(other);
    CHECK_FALSE(parse_alt_value(other));
  }
}

TEST_CASE("authorities of alternatives") {
  for (const char* s : {":443", "a.example:1", "[2001:db8::1]:443"}) CHECK(is_alt_authority(s));
  for (const char* s : {"", ":", "443", "a.example", ":65536", ":x", "[2001:db8::1]"}) CHECK_FALSE(is_alt_authority(s));
}

TEST_CASE("the one spelling of a protocol name, RFC 7838 section 3") {
  CHECK(canonical_protocol_id("w%3Dx%3Ay#z") == "w%3Dx%3Ay#z");
  CHECK(canonical_protocol_id("x%25y") == "x%25y");
  CHECK(canonical_protocol_id("%68%32") == "h2");
  CHECK(canonical_protocol_id("a%3d") == "a%3D");
  CHECK_FALSE(canonical_protocol_id("a%"));
  CHECK_FALSE(canonical_protocol_id("a%3"));
  CHECK_FALSE(canonical_protocol_id("a%zz"));
}

}  // namespace statuslab::syntax
