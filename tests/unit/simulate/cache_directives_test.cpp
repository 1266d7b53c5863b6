#include <catch2/catch_test_macros.hpp>

#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

using caching::Policy;

Policy policy(const char* value) { return caching::read_policy({{"Cache-Control", value}}, {}); }
Policy targeted(const char* value) {
  return caching::read_policy({{"CDN-Cache-Control", value}, {"Cache-Control", "max-age=1"}}, {"CDN-Cache-Control"});
}

TEST_CASE("a cache reads directives of any case, and the first of two") {
  const Policy read = policy("No-Store, max-age=60, MAX-AGE=0, must-revalidate");
  CHECK(read.no_store);
  CHECK(read.must_revalidate);
  CHECK(read.max_age.value == 60);
  CHECK_FALSE(read.s_maxage.present);
}

TEST_CASE("a lifetime that cannot be read is there, and is 0") {
  for (const char* value : {"max-age=abc", "max-age=1.5", "max-age=-1", "max-age", "max-age='60'", "max-age= 60"}) {
    INFO(value);
    CHECK(policy(value).max_age.present);
    CHECK(policy(value).max_age.value == 0);
  }
  CHECK_FALSE(policy("max-age =60").max_age.present);  // no directive of that name
  CHECK_FALSE(policy("x=\"max-age=60\"").max_age.present);
  CHECK(policy("max-age=99999999999").max_age.value == 2'147'483'648);
}

TEST_CASE("no-cache and private with field names concern these fields only") {
  CHECK(policy("no-cache").no_cache);
  const Policy named = policy("no-cache=\"Set-Cookie, A\", private=B");
  CHECK_FALSE(named.no_cache);
  CHECK_FALSE(named.private_);
  CHECK(named.validated_fields == std::vector<std::string>{"Set-Cookie", "A"});
  CHECK(named.private_fields == std::vector<std::string>{"B"});
}

TEST_CASE("a targeted field that is valid rules alone; one that is not counts for nothing") {
  CHECK(targeted("max-age=600").max_age.value == 600);
  CHECK(targeted("max-age=600").targeted);
  CHECK(targeted("none").targeted);
  CHECK_FALSE(targeted("none").max_age.present);
  for (const char* value : {"", "max-age=600, &&&", "MaX-aGe=600", "max-age =600"}) {
    INFO(value);
    CHECK_FALSE(targeted(value).targeted);
    CHECK(targeted(value).max_age.value == 1);
  }
}

TEST_CASE("members of the wrong type are not consumed") {
  CHECK(targeted("max-age=\"600\"").max_age.value == 0);
  CHECK(targeted("max-age=600.5").max_age.value == 0);
  CHECK_FALSE(targeted("no-store=?0, max-age=1").no_store);
  CHECK(targeted("no-cache=\"A\"").validated_fields == std::vector<std::string>{"A"});
  CHECK(targeted("no-cache;x=1").no_cache);
}

TEST_CASE("the first field of the target list that is valid counts") {
  const http::Fields fields{{"CDN-Cache-Control", "max-age=2"}, {"X-CDN-Cache-Control", "max-age=3"}};
  CHECK(caching::read_policy(fields, {"X-CDN-Cache-Control", "CDN-Cache-Control"}).max_age.value == 3);
  CHECK_FALSE(caching::read_policy(fields, {}).max_age.present);
}

TEST_CASE("wishes of a request; Pragma counts where there is no Cache-Control") {
  CHECK(caching::read_wishes({{"Pragma", "no-cache"}}).wants_validation());
  CHECK_FALSE(caching::read_wishes({{"Pragma", "no-cache"}, {"Cache-Control", "max-age=5"}}).wants_validation());
  CHECK(caching::read_wishes({{"Cache-Control", "max-stale"}}).any_staleness);
  CHECK(caching::read_wishes({{"Cache-Control", "max-stale=5"}}).max_stale.value == 5);
}

}  // namespace
}  // namespace statuslab::tests
