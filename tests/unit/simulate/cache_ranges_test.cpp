#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"
#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

Scene whole() {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60|ETag: \"a\"||0123456789");
  return scene;
}

TEST_CASE("ranges are cut from a whole response") {
  Scene scene = whole();
  CHECK(scene.ask("GET|Range: bytes=2-4") == "stored 206 234");
  CHECK(scene.field("Content-Range") == "bytes 2-4/10");
  CHECK(scene.field("Content-Length") == "3");
  CHECK(scene.ask("GET|Range: bytes=7-") == "stored 206 789");
  CHECK(scene.ask("GET|Range: bytes=-2") == "stored 206 89");
  CHECK(scene.ask("GET|Range: bytes=-99") == "stored 206 0123456789");
  CHECK(scene.ask("GET|Range: bytes=8-99999999999999999999") == "stored 206 89");
  CHECK(scene.ask("GET|Range: bytes=10-") == "stored 416");
  CHECK(scene.field("Content-Range") == "bytes */10");
  CHECK(scene.ask("GET|Range: bytes=-0") == "stored 416");
}

TEST_CASE("a Range that is not for bytes, not valid, not alone or not of GET is ignored") {
  Scene scene = whole();
  for (const char* range : {"lines=1-2", "bytes=4-2", "bytes", "bytes=a-b", "bytes=0-1,4-5"}) {
    INFO(range);
    CHECK(scene.ask(std::string("GET|Range: ") + range) == "stored 200 0123456789");
  }
  CHECK(scene.ask("HEAD|Range: bytes=0-1") == "stored 200");
}

TEST_CASE("If-Range has to name the stored representation, strongly") {
  Scene scene = whole();
  CHECK(scene.ask("GET|Range: bytes=0-1|If-Range: \"a\"") == "stored 206 01");
  CHECK(scene.ask("GET|Range: bytes=0-1|If-Range: \"b\"") == "stored 200 0123456789");
  CHECK(scene.ask("GET|Range: bytes=0-1|If-Range: W/\"a\"") == "stored 200 0123456789");
  CHECK(scene.ask("GET|Range: bytes=0-1|If-Range: Sun, 04 Jan 2026 10:00:00 GMT") == "stored 200 0123456789");
}

TEST_CASE("If-None-Match comes before Range") {
  Scene scene = whole();
  CHECK(scene.ask("GET|Range: bytes=0-1|If-None-Match: \"a\"") == "stored 304");
}

Scene part() {
  Scene scene;
  scene.fill("GET|Range: bytes=2-5", "206|Cache-Control: max-age=60|ETag: \"a\"|Content-Range: bytes 2-5/10||2345");
  return scene;
}

TEST_CASE("a part answers ranges that lie within it, and nothing else") {
  Scene scene = part();
  CHECK(scene.ask("GET|Range: bytes=3-4") == "stored 206 34");
  CHECK(scene.field("Content-Range") == "bytes 3-4/10");
  CHECK(scene.ask("GET|Range: bytes=2-5") == "stored 206 2345");
  CHECK(scene.ask("GET|Range: bytes=4-6").starts_with("forward GET Range: bytes=4-6"));
  CHECK(scene.ask("GET|Range: bytes=-1").starts_with("forward"));
  CHECK(scene.ask("GET|Range: bytes=20-") == "stored 416");
  CHECK(scene.decided(DecisionId::cache_range_satisfiable) == "no");
  CHECK(scene.ask("GET") == "forward GET");
}

TEST_CASE("parts with one strong tag join; with another tag, the newer one replaces") {
  Scene joined = part();
  (void)joined.ask("GET|Range: bytes=6-9");
  (void)joined.reply("206|Cache-Control: max-age=60|ETag: \"a\"|Content-Range: bytes 6-9/10||6789");
  CHECK(joined.ask("GET|Range: bytes=4-7") == "stored 206 4567");
  Scene replaced = part();
  (void)replaced.ask("GET|Range: bytes=6-9");
  (void)replaced.reply("206|Cache-Control: max-age=60|ETag: \"b\"|Content-Range: bytes 6-9/10||wxyz");
  CHECK(replaced.ask("GET|Range: bytes=6-9") == "stored 206 wxyz");
  CHECK(replaced.ask("GET|Range: bytes=2-5").starts_with("forward"));
}

TEST_CASE("the rest of a part is asked for, and the whole is sent") {
  Scene scene;
  scene.fill("GET|Range: bytes=0-3", "206|Cache-Control: max-age=60|ETag: \"a\"|Content-Range: bytes 0-3/10||0123");
  CHECK(scene.ask("GET") == "forward GET Range: bytes=4- If-Range: \"a\"");
  CHECK(scene.reply("206|Cache-Control: max-age=60|ETag: \"a\"|Content-Range: bytes 4-9/10||456789") ==
        "validated 200 0123456789");
  CHECK(scene.field("Content-Length") == "10");
  CHECK(scene.ask("GET") == "stored 200 0123456789");
}

TEST_CASE("a rest of something else is of no use: the whole is asked for") {
  Scene scene;
  scene.fill("GET|Range: bytes=0-3", "206|Cache-Control: max-age=60|Content-Range: bytes 0-3/10||0123");
  CHECK(scene.ask("GET") == "forward GET Range: bytes=4-");
  CHECK(scene.reply("206|Cache-Control: max-age=60|Content-Range: bytes 4-9/10||456789") == "forward GET");
  CHECK(scene.reply("200|Cache-Control: max-age=60||0123456789") == "forwarded 200 0123456789");
  CHECK(scene.ask("GET") == "stored 200 0123456789");
}

TEST_CASE("a 304 to the client's own condition goes on where only a part is stored") {
  Scene scene;
  scene.fill("GET|Range: bytes=0-3",
             "206|Cache-Control: max-age=60|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT|Content-Range: bytes 0-3/10||0123");
  CHECK(scene.ask("GET|If-Modified-Since: Sat, 03 Jan 2026 10:00:00 GMT").starts_with("forward"));
  CHECK(scene.reply("304|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT") == "forwarded 304");
  CHECK(scene.ask("GET|Range: bytes=1-2") == "stored 206 12");
}

TEST_CASE("a response that broke off is a part") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60|ETag: \"a\"|Content-Length: 10||012345");
  CHECK(scene.ask("GET|Range: bytes=0-5") == "stored 206 012345");
  CHECK(scene.ask("GET") == "forward GET Range: bytes=6- If-Range: \"a\"");
}

TEST_CASE("parts that say nothing sensible are not stored") {
  for (const char* range : {"", "bytes 5-2/10", "bytes 2-5/4", "lines 2-5/10", "bytes */10", "bytes 2-3/10"}) {
    INFO(range);
    Scene scene;
    scene.fill("GET|Range: bytes=2-5", std::string("206|Cache-Control: max-age=60|Content-Range: ") + range + "||2345");
    CHECK(scene.cache.stored(scene.now).empty());
  }
}

TEST_CASE("where a complete message is shorter than its range, its content counts") {
  Scene scene;
  scene.fill("GET|Range: bytes=-5", "206|Cache-Control: max-age=60|Content-Range: bytes 4-9/10||01234");
  CHECK(scene.decided(DecisionId::cache_part_numbers) == "yes");
  CHECK(scene.ask("GET|Range: bytes=-1") == "stored 206 4");
  CHECK(scene.ask("GET|Range: bytes=6-8") == "stored 206 234");
}

TEST_CASE("a cache without ranges stores no parts and sends everything") {
  CacheOptions options;
  options.ranges = false;
  Scene scene(options);
  scene.fill("GET|Range: bytes=2-5", "206|Cache-Control: max-age=60|Content-Range: bytes 2-5/10||2345");
  CHECK(scene.cache.stored(scene.now).empty());
  scene.fill("GET", "200|Cache-Control: max-age=60||0123456789");
  CHECK(scene.ask("GET|Range: bytes=2-4") == "stored 200 0123456789");
}

}  // namespace
}  // namespace statuslab::tests
