#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"
#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

// Whether a second request is answered from the store.
bool is_kept(std::string_view request, std::string_view response, CacheKind kind = CacheKind::shared) {
  Scene scene(kind);
  scene.fill(request, response);
  return scene.ask("GET").starts_with("stored");
}

TEST_CASE("what is stored, and what is not, by section 3") {
  CHECK(is_kept("GET", "200|Cache-Control: max-age=60"));
  CHECK_FALSE(is_kept("GET", "200|Cache-Control: max-age=60, no-store"));
  CHECK_FALSE(is_kept("GET|Cache-Control: no-store", "200|Cache-Control: max-age=60"));
  CHECK_FALSE(is_kept("HEAD", "200|Cache-Control: max-age=60"));
  CHECK_FALSE(is_kept("PUT", "200|Cache-Control: max-age=60"));
  CHECK_FALSE(is_kept("GET", "304|Cache-Control: max-age=60"));
}

TEST_CASE("a private response is for private caches") {
  CHECK_FALSE(is_kept("GET", "200|Cache-Control: private, max-age=60"));
  CHECK(is_kept("GET", "200|Cache-Control: private, max-age=60", CacheKind::private_));
  Scene shared;
  shared.fill("GET", "200|Cache-Control: private=\"A\", max-age=60|A: 1|B: 2");
  CHECK(shared.ask("GET") == "stored 200");
  CHECK(shared.field("A") == "(absent)");
  CHECK(shared.field("B") == "2");
}

TEST_CASE("Authorization keeps a response out of shared caches, unless a directive lets it in") {
  CHECK_FALSE(is_kept("GET|Authorization: Basic eA==", "200|Cache-Control: max-age=60"));
  CHECK(is_kept("GET|Authorization: Basic eA==", "200|Cache-Control: max-age=60", CacheKind::private_));
  for (const char* directive : {"public", "must-revalidate", "s-maxage=60"}) {
    INFO(directive);
    CHECK(is_kept("GET|Authorization: Basic eA==", std::string("200|Cache-Control: max-age=60, ") + directive));
  }
}

TEST_CASE("without an explicit lifetime the status has to be heuristically cacheable, or the response public") {
  CHECK(is_kept("GET", "404|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT"));
  CHECK_FALSE(is_kept("GET", "403|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT"));
  CHECK(is_kept("GET", "403|Cache-Control: public|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT"));
  CHECK(is_kept("GET", "403|Cache-Control: max-age=60"));
  CHECK(is_kept("GET", "599|Expires: Tue, 06 Jan 2026 10:00:00 GMT"));
}

TEST_CASE("must-understand sets no-store aside where the status is understood") {
  CHECK(is_kept("GET", "200|Cache-Control: max-age=60, no-store, must-understand"));
  CHECK_FALSE(is_kept("GET", "599|Cache-Control: max-age=60, no-store, must-understand"));
  CHECK_FALSE(is_kept("GET", "599|Cache-Control: max-age=60, must-understand"));
}

TEST_CASE("four statuses are never stored") {
  for (const char* status : {"428", "429", "431", "511"}) {
    INFO(status);
    CHECK_FALSE(is_kept("GET", std::string(status) + "|Cache-Control: max-age=60"));
  }
  CHECK(is_kept("GET", "427|Cache-Control: max-age=60"));
}

TEST_CASE("a response to POST answers GET where it says that it is the resource, and for how long") {
  const char* const good = "200|Cache-Control: max-age=60|Content-Location: /x||hello";
  CHECK(is_kept("POST", good));
  CHECK(is_kept("POST", "200|Cache-Control: max-age=60|Content-Location: https://A.example:443/x||hello"));
  CHECK_FALSE(is_kept("POST", "200|Cache-Control: max-age=60|Content-Location: /y||hello"));
  CHECK_FALSE(is_kept("POST", "200|Content-Location: /x|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT||hello"));
}

TEST_CASE("fields of the connection and those that it lists stay out of the store") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60|Connection: A, close|A: 1|B: 2|Keep-Alive: timeout=5|Set-Cookie: c=1");
  CHECK(scene.ask("GET") == "stored 200");
  for (const char* name : {"Connection", "A", "Keep-Alive"}) CHECK(scene.field(name) == "(absent)");
  CHECK(scene.field("B") == "2");
  CHECK(scene.field("Set-Cookie") == "c=1");
}

TEST_CASE("no-cache with field names takes them from what is reused, and leaves the rest") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60, no-cache=\"A\"|A: 1|B: 2");
  CHECK(scene.ask("GET") == "stored 200");
  CHECK(scene.field("A") == "(absent)");
  CHECK(scene.field("B") == "2");
}

TEST_CASE("a response without Date gets the time it came") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60");
  CHECK(scene.field("Date") == "Mon, 05 Jan 2026 10:00:00 GMT");
  scene.wait(9);
  CHECK(scene.ask("GET") == "stored 200");
  CHECK(scene.field("Date") == "Mon, 05 Jan 2026 10:00:00 GMT");
}

TEST_CASE("interim responses go on to the client and are not stored") {
  Scene scene;
  http::Response response = response_of("200|Cache-Control: max-age=60||hello");
  response.interim = {{103, {{"Link", "</a.css>; rel=preload"}}}};
  (void)scene.ask("GET");
  const CacheAnswer passed = scene.cache.response(scene.last.ticket, response, scene.now);
  REQUIRE(passed.response.interim.size() == 1);
  CHECK(passed.response.interim[0].status == 103);
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.last.response.interim.empty());
  CHECK(scene.field("Link") == "(absent)");
}

}  // namespace
}  // namespace statuslab::tests
