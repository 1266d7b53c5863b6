#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"
#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

constexpr const char* tagged = "200|Cache-Control: max-age=10|ETag: \"a\"|X: 1||hello";
constexpr const char* dated = "200|Cache-Control: max-age=10|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT|X: 1||hello";

Scene stale(const char* response) {
  Scene scene;
  scene.fill("GET", response);
  scene.wait(20);
  return scene;
}

TEST_CASE("a stale response is asked about by its validators") {
  CHECK(stale(tagged).ask("GET") == "forward GET If-None-Match: \"a\"");
  CHECK(stale(dated).ask("GET") == "forward GET If-Modified-Since: Sun, 04 Jan 2026 10:00:00 GMT");
  CHECK(stale("200|Cache-Control: max-age=10||hello").ask("GET") == "forward GET");
  CHECK(stale(dated).ask("GET|Range: bytes=0-1") == "forward GET Range: bytes=0-1");
}

TEST_CASE("the client's own tags go along") {
  CHECK(stale(tagged).ask("GET|If-None-Match: \"b\", W/\"c\"") == "forward GET If-None-Match: \"b\", W/\"c\", \"a\"");
  CHECK(stale(tagged).ask("GET|If-None-Match: W/\"a\"") == "forward GET If-None-Match: W/\"a\"");
}

TEST_CASE("a 304 renews: fields change, content stays, age starts again") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("304|ETag: \"a\"|X: 2|Content-Length: 999|Connection: Y|Y: 1") == "validated 200 hello");
  CHECK(scene.field("X") == "2");
  CHECK(scene.field("Content-Length") == "(absent)");
  CHECK(scene.field("Y") == "(absent)");
  CHECK(scene.field("Age") == "(absent)");
  scene.wait(9);
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.field("X") == "2");
  CHECK(scene.field("Age") == "9");
}

TEST_CASE("a 304 with another strong tag updates nothing; the client's request goes out as it came") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("304|ETag: \"b\"") == "forward GET");
  CHECK(scene.decided(DecisionId::cache_again) == "yes");
  CHECK(scene.reply("200|ETag: \"b\"|Cache-Control: max-age=10||new") == "forwarded 200 new");
  CHECK(scene.ask("GET") == "stored 200 new");
}

TEST_CASE("a 304 without validators means the only one that was sent") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("304") == "validated 200 hello");
  CHECK(scene.decided(DecisionId::cache_304_without_validator) == "yes");
}

TEST_CASE("a 304 to the client's own condition goes on to the client") {
  Scene scene;
  CHECK(scene.ask("GET|If-None-Match: \"b\"") == "forward GET If-None-Match: \"b\"");
  CHECK(scene.reply("304|ETag: \"b\"") == "forwarded 304");
}

TEST_CASE("the client that has an older copy gets the content that a 304 confirms") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET|If-None-Match: \"old\"");
  CHECK(scene.reply("304|ETag: \"a\"") == "validated 200 hello");
  scene.wait(20);
  (void)scene.ask("GET|If-None-Match: \"old\"");
  CHECK(scene.reply("304|ETag: \"old\"") == "forwarded 304");
}

TEST_CASE("no-store in a 304 ends the stored response") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("304|ETag: \"a\"|Cache-Control: no-store") == "validated 200 hello");
  CHECK(scene.ask("GET") == "forward GET");
}

TEST_CASE("a fresh response answers the client's condition with 304 or its content") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60|ETag: W/\"a\"|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT|Content-Type: text/plain|Vary: Foo||hello");
  CHECK(scene.ask("GET|If-None-Match: \"b\", \"a\"") == "stored 304");
  CHECK(scene.field("ETag") == "W/\"a\"");
  CHECK(scene.field("Vary") == "Foo");
  CHECK(scene.field("Content-Type") == "(absent)");
  CHECK(scene.ask("GET|If-None-Match: *") == "stored 304");
  CHECK(scene.ask("GET|If-None-Match: \"b\"|If-Modified-Since: Sun, 04 Jan 2026 10:00:00 GMT") == "stored 200 hello");
  CHECK(scene.ask("GET|If-Modified-Since: Sun, 04 Jan 2026 10:00:00 GMT") == "stored 304");
  CHECK(scene.ask("GET|If-Modified-Since: Sun, 04 Jan 2026 09:59:59 GMT") == "stored 200 hello");
  CHECK(scene.ask("GET|If-Modified-Since: yesterday") == "stored 200 hello");
  CHECK(scene.ask("GET|If-Match: \"zzz\"") == "stored 200 hello");
}

TEST_CASE("without Last-Modified, If-Modified-Since is held against Date") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60||hello");
  CHECK(scene.ask("GET|If-Modified-Since: Mon, 05 Jan 2026 10:00:00 GMT") == "stored 304");
  CHECK(scene.ask("GET|If-Modified-Since: Mon, 05 Jan 2026 09:59:59 GMT") == "stored 200 hello");
}

TEST_CASE("conditions are for 200; another stored status is sent as it is") {
  Scene scene;
  scene.fill("GET", "404|Cache-Control: max-age=60|ETag: \"a\"||gone");
  CHECK(scene.ask("GET|If-None-Match: \"a\"") == "stored 404 gone");
}

TEST_CASE("HEAD is answered by what GET brought, and renews it") {
  Scene scene = stale(tagged);
  CHECK(scene.ask("HEAD") == "forward HEAD If-None-Match: \"a\"");
  CHECK(scene.reply("200|ETag: \"a\"|X: 2|Content-Length: 5|Cache-Control: max-age=10") == "forwarded 200");
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.field("X") == "2");
  CHECK(scene.ask("HEAD") == "stored 200");
}

TEST_CASE("HEAD that tells of another representation makes the stored one stale") {
  for (const char* head : {"200|ETag: \"b\"", "200|ETag: \"a\"|Content-Length: 6"}) {
    INFO(head);
    Scene scene;
    scene.fill("GET", tagged);
    (void)scene.ask("HEAD|Cache-Control: no-cache");
    (void)scene.reply(head);
    CHECK(scene.decided(DecisionId::cache_head_update) == "no");
    CHECK(scene.ask("GET").starts_with("forward"));
  }
}

TEST_CASE("a full answer takes the place of what was asked about, also where it is not stored") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("200|Cache-Control: no-store||new") == "forwarded 200 new");
  CHECK(scene.cache.stored(scene.now).empty());
}

TEST_CASE("a server error leaves what is stored") {
  Scene scene = stale(tagged);
  (void)scene.ask("GET");
  CHECK(scene.reply("500||error") == "forwarded 500 error");
  CHECK(scene.ask("GET") == "forward GET If-None-Match: \"a\"");
}

}  // namespace
}  // namespace statuslab::tests
