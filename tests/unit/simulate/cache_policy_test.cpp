#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"

namespace statuslab::tests {
namespace {

CachePolicy policy(std::string_view request, std::string_view response, CacheKind kind = CacheKind::shared) {
  CacheOptions options;
  options.kind = kind;
  return {request_of(request), response_of(response), scene_start - 1000, scene_start, options};
}

TEST_CASE("a policy tells what a cache would do with the response") {
  const CachePolicy kept = policy("GET|Foo: 1", "200|Cache-Control: max-age=10|Vary: Foo");
  CHECK(kept.may_be_stored());
  CHECK(kept.lifetime_ms() == 10'000);
  CHECK(kept.age_ms(scene_start + 2000) == 3000);
  CHECK(kept.may_answer(request_of("GET|Foo: 1"), scene_start));
  CHECK(kept.may_answer(request_of("HEAD|Foo: 1"), scene_start));
  CHECK_FALSE(kept.may_answer(request_of("GET|Foo: 2"), scene_start));
  CHECK_FALSE(kept.may_answer(request_of("GET https://a.example/y|Foo: 1"), scene_start));
  CHECK_FALSE(kept.may_answer(request_of("POST|Foo: 1"), scene_start));
  CHECK_FALSE(kept.may_answer(request_of("GET|Foo: 1"), scene_start + 9000));
  CHECK(kept.may_answer(request_of("GET|Foo: 1|Cache-Control: max-stale"), scene_start + 9000));
}

TEST_CASE("what may not be stored answers nothing") {
  CHECK_FALSE(policy("GET", "200|Cache-Control: private, max-age=10").may_answer(request_of("GET"), scene_start));
  CHECK(policy("GET", "200|Cache-Control: private, max-age=10", CacheKind::private_).may_answer(request_of("GET"), scene_start));
}

TEST_CASE("stale-while-revalidate is for who can revalidate") {
  const CachePolicy stale = policy("GET", "200|Cache-Control: max-age=1, stale-while-revalidate=60");
  CHECK_FALSE(stale.may_answer(request_of("GET"), scene_start + 5000));
}

}  // namespace
}  // namespace statuslab::tests
