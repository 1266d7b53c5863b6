#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"
#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

std::int64_t lifetime(const char* response, CacheKind kind = CacheKind::shared) {
  CacheOptions options;
  options.kind = kind;
  const http::Response given = response_of(response);
  return caching::lifetime_of(caching::read_policy(given.fields, {}), given.fields, scene_start, options).ms / 1000;
}

TEST_CASE("the first rule that applies gives the lifetime") {
  CHECK(lifetime("200|Cache-Control: max-age=5, s-maxage=7") == 7);
  CHECK(lifetime("200|Cache-Control: max-age=5, s-maxage=7", CacheKind::private_) == 5);
  CHECK(lifetime("200|Cache-Control: max-age=5|Expires: Mon, 05 Jan 2026 10:01:00 GMT") == 5);
  CHECK(lifetime("200|Expires: Mon, 05 Jan 2026 10:01:00 GMT|Date: Mon, 05 Jan 2026 10:00:10 GMT") == 50);
  CHECK(lifetime("200|Expires: Mon, 05 Jan 2026 10:01:00 GMT") == 60);
  CHECK(lifetime("200|Expires: 0|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT") == 0);
}

TEST_CASE("without one, a tenth of the time since Last-Modified, a day at most") {
  CHECK(lifetime("200|Last-Modified: Mon, 05 Jan 2026 09:00:00 GMT") == 360);
  CHECK(lifetime("200|Last-Modified: Mon, 05 Jan 2015 09:00:00 GMT") == 86400);
  CHECK(lifetime("200|Last-Modified: Tue, 06 Jan 2026 09:00:00 GMT") == 0);
  CHECK(lifetime("200") == 0);
}

TEST_CASE("dates are read in any case, and only in GMT") {
  CHECK(caching::read_date("mon, 05 JAN 2026 10:00:00 gmt") == scene_start / 1000);
  CHECK(caching::read_date("Monday, 05-Jan-26 10:00:00 GMT") == scene_start / 1000);
  for (const char* value : {"0", "Mon, 05 Jan 2026 10:00:00 UTC", "Mon 05 Jan 2026 10:00:00 GMT", "Mon, 05 Jan 26 10:00:00 GMT",
                            "Mon, 5 Jan 2026 9:00:00 GMT"}) {
    INFO(value);
    CHECK_FALSE(caching::read_date(value));
  }
}

TEST_CASE("the age on arrival counts what caches before it say, the way, and Date") {
  const auto age = [](http::Fields fields) { return caching::initial_age(fields, scene_start - 2000, scene_start) / 1000; };
  CHECK(age({}) == 2);
  CHECK(age({{"Age", "30"}}) == 32);
  CHECK(age({{"Age", "30, 99"}}) == 32);
  CHECK(age({{"Age", "abc"}}) == 2);
  CHECK(age({{"Age", "-30"}}) == 2);
  CHECK(age({{"Date", "Mon, 05 Jan 2026 09:59:00 GMT"}, {"Age", "30"}}) == 60);
  CHECK(age({{"Date", "Mon, 05 Jan 2026 10:59:00 GMT"}}) == 2);
}

TEST_CASE("a response is fresh while its age is below its lifetime, and its age is told") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=10|Age: 3||hello");
  scene.wait(6.9);
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.field("Age") == "9");
  scene.wait(0.1);
  CHECK(scene.ask("GET") == "forward GET");
  CHECK(scene.decided(DecisionId::cache_fresh) == "no");
}

TEST_CASE("what the client wants of freshness") {
  CacheOptions options;
  options.collapse = false;  // each request is seen by itself
  Scene scene(options);
  scene.fill("GET", "200|Cache-Control: max-age=10||hello");
  scene.wait(5);
  CHECK(scene.ask("GET|Cache-Control: max-age=5") == "stored 200 hello");
  CHECK(scene.ask("GET|Cache-Control: max-age=4") == "forward GET");
  CHECK(scene.ask("GET|Cache-Control: min-fresh=5") == "stored 200 hello");
  CHECK(scene.ask("GET|Cache-Control: min-fresh=6") == "forward GET");
  CHECK(scene.ask("GET|Cache-Control: no-cache") == "forward GET");
  scene.wait(10);
  CHECK(scene.ask("GET|Cache-Control: max-stale=5") == "stored 200 hello");
  CHECK(scene.ask("GET|Cache-Control: max-stale=4") == "forward GET");
  CHECK(scene.ask("GET|Cache-Control: max-stale") == "stored 200 hello");
}

TEST_CASE("a reload does not ask for what is immutable, a forced one does, and so does a stale one") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=10, immutable||hello");
  scene.wait(1);
  CHECK(scene.ask("GET|Cache-Control: max-age=0") == "stored 200 hello");
  CHECK(scene.ask("GET|Cache-Control: no-cache") == "forward GET");
  scene.wait(10);
  CHECK(scene.ask("GET|Cache-Control: max-age=0") == "forward GET");
}

TEST_CASE("what is stale is not used where a directive forbids it, whatever the client accepts") {
  for (const char* control : {"max-age=1, must-revalidate", "s-maxage=1", "max-age=1, proxy-revalidate"}) {
    INFO(control);
    Scene scene;
    scene.fill("GET", std::string("200|Cache-Control: ") + control + "||hello");
    scene.wait(2);
    CHECK(scene.ask("GET|Cache-Control: max-stale") == "forward GET");
    CHECK(scene.fail() == "generated 504");
  }
  Scene private_scene(CacheKind::private_);
  private_scene.fill("GET", "200|Cache-Control: max-age=1, proxy-revalidate||hello");
  private_scene.wait(2);
  CHECK(private_scene.ask("GET|Cache-Control: max-stale") == "stored 200 hello");
}

TEST_CASE("stale-while-revalidate answers at once and asks behind the client's back, once") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=10, stale-while-revalidate=5|ETag: \"a\"||hello");
  scene.wait(12);
  CHECK(scene.ask("GET|Cookie: c") == "stored 200 hello");
  REQUIRE(scene.last.background);
  const BackgroundRequest background = *scene.last.background;
  CHECK(*http::find(background.request.fields, "If-None-Match") == "\"a\"");
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK_FALSE(scene.last.background);
  (void)scene.cache.response(background.ticket, response_of("304|ETag: \"a\""), scene.now);
  scene.wait(5);
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.field("Age") == "5");
  scene.wait(10.5);
  CHECK(scene.ask("GET") == "forward GET If-None-Match: \"a\"");
}

TEST_CASE("stale-if-error replaces an error for as long as it says") {
  const auto after = [](double seconds, const char* request, const char* error) {
    Scene scene;
    scene.fill("GET", "200|Cache-Control: max-age=10, stale-if-error=5||hello");
    scene.wait(seconds);
    (void)scene.ask(request);
    return *error == '\0' ? scene.fail() : scene.reply(error);
  };
  CHECK(after(12, "GET", "503") == "stored 200 hello");
  CHECK(after(12, "GET", "") == "stored 200 hello");
  CHECK(after(12, "GET", "501") == "forwarded 501");
  CHECK(after(16, "GET", "503") == "forwarded 503");
  CHECK(after(16, "GET", "") == "generated 504");
  CHECK(after(16, "GET|Cache-Control: stale-if-error=60", "503") == "stored 200 hello");
}

TEST_CASE("a cache that is cut off uses what is stale, unless it may not or the client does not want it") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=1||hello");
  scene.wait(100);
  (void)scene.ask("GET");
  CHECK(scene.fail() == "stored 200 hello");
  CHECK(scene.field("Age") == "100");
  (void)scene.ask("GET|Cache-Control: no-cache");
  CHECK(scene.fail() == "generated 504");
  (void)scene.ask("GET https://a.example/other");
  CHECK(scene.fail() == "generated 504");
}

}  // namespace
}  // namespace statuslab::tests
