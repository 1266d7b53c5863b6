#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"
#include "simulate/cache_parts.h"

namespace statuslab::tests {
namespace {

TEST_CASE("equal URIs have one key") {
  const std::string key = "https://a.example/x?q=1";
  for (const char* target : {"https://a.example/x?q=1", "HTTPS://A.Example:443/x?q=1#top", "https://a.example/y/../x?q=1"})
    CHECK(caching::key_of(target) == key);
  for (const char* target : {"http://a.example/x?q=1", "https://a.example:8443/x?q=1", "https://a.example/X?q=1"})
    CHECK(caching::key_of(target) != key);
  CHECK(caching::key_of("https://a.example") == "https://a.example/");
  CHECK(caching::key_of("") == "");
  CHECK(caching::origin_of(key) == "https://a.example");
}

// Whether a response to the one request, which varies by the field, is used for the other.
bool is_same(std::string_view field, std::string_view one, std::string_view other) {
  const std::string name(field);
  Scene scene;
  scene.fill("GET|" + name + ": " + std::string(one), "200|Cache-Control: max-age=60|Vary: " + name);
  return scene.ask("GET|" + name + ": " + std::string(other)).starts_with("stored");
}

TEST_CASE("values that mean the same are the same") {
  CHECK(is_same("Accept-Language", "en, de", "en, de"));
  CHECK(is_same("Accept-Language", "en, de", "EN,de"));
  CHECK(is_same("Accept-Language", "en, de", "de, en"));
  CHECK(is_same("Accept-Language", "en;q=1.0, de", "en, de"));
  CHECK(is_same("Accept-Encoding", "gzip, br;q=0.5", "br; q=0.5 ,GZIP"));
  CHECK(is_same("Foo", "1, 2", "1,2 "));
  CHECK_FALSE(is_same("Accept-Language", "en, de", "en"));
  CHECK_FALSE(is_same("Accept-Language", "en, de", "en, de;q=0.5"));
  CHECK_FALSE(is_same("Foo", "1, 2", "2, 1"));
  CHECK_FALSE(is_same("Foo", "a", "A"));
  CHECK_FALSE(is_same("Accept", "text/html;level=a", "text/html;level=A"));
  CHECK(is_same("Accept", "text/html;level=a", "Text/HTML; level=a"));
}

TEST_CASE("a field that is absent is like one that is absent, and like no other") {
  Scene scene;
  scene.fill("GET", "200|Cache-Control: max-age=60|Vary: Foo");
  CHECK(scene.ask("GET") == "stored 200");
  CHECK(scene.ask("GET|Foo:") == "forward GET");
  CHECK(scene.decided(DecisionId::cache_vary) == "no");
  CHECK(scene.ask("GET|Bar: 1") == "stored 200");
}

TEST_CASE("Vary: * never matches, in whatever company") {
  for (const char* vary : {"*", "Foo, *", ", *", "*, *"}) {
    Scene scene;
    scene.fill("GET", std::string("200|Cache-Control: max-age=60|Vary: ") + vary);
    CHECK(scene.ask("GET") == "forward GET");
  }
}

TEST_CASE("variants live side by side, each for its requests") {
  Scene scene;
  scene.fill("GET|Foo: 1", "200|Cache-Control: max-age=60|Vary: Foo||one");
  scene.fill("GET|Foo: 2", "200|Cache-Control: max-age=60|Vary: Foo||two");
  CHECK(scene.ask("GET|Foo: 1") == "stored 200 one");
  CHECK(scene.ask("GET|Foo: 2") == "stored 200 two");
  scene.fill("GET|Foo: 1|Cache-Control: no-cache", "200|Cache-Control: max-age=60|Vary: Foo||new");
  CHECK(scene.ask("GET|Foo: 1") == "stored 200 new");
  CHECK(scene.cache.stored(scene.now).size() == 2);
}

TEST_CASE("a variant's tag is offered for another request; a 304 with it makes the variant fit") {
  Scene scene;
  scene.fill("GET|Foo: 1", "200|Cache-Control: max-age=60|Vary: Foo|ETag: \"a\"|Last-Modified: Sun, 04 Jan 2026 10:00:00 GMT||one");
  CHECK(scene.ask("GET|Foo: 2") == "forward GET If-None-Match: \"a\"");
  CHECK(scene.reply("304|ETag: \"a\"") == "validated 200 one");
  CHECK(scene.ask("GET|Foo: 2") == "stored 200 one");
  CHECK(scene.ask("GET|Foo: 1") == "stored 200 one");
  CHECK(scene.ask("GET|Foo: 3") == "forward GET If-None-Match: \"a\"");
}

}  // namespace
}  // namespace statuslab::tests
