#include <catch2/catch_test_macros.hpp>

#include "cache_scene.h"

namespace statuslab::tests {
namespace {

constexpr const char* kept = "200|Cache-Control: max-age=60||hello";

std::string after(const char* request, const char* response) {
  Scene scene;
  scene.fill("GET", kept);
  scene.fill(request, response);
  return scene.ask("GET");
}

TEST_CASE("an unsafe request that succeeds clears its URI; one that fails does not, nor does a safe one") {
  for (const char* method : {"POST", "PUT", "DELETE", "PATCH", "M-SEARCH", "get"}) {
    INFO(method);
    CHECK(after(method, "204") == "forward GET");
    CHECK(after(method, "303") == "forward GET");
    CHECK(after(method, "404") == "stored 200 hello");
    CHECK(after(method, "500") == "stored 200 hello");
  }
  for (const char* method : {"OPTIONS", "PROPFIND"}) CHECK(after(method, "200") == "stored 200 hello");
}

TEST_CASE("Location and Content-Location of the same origin go with it") {
  for (const char* name : {"Location", "Content-Location"}) {
    const std::string field = name;
    CHECK(after("POST https://a.example/list", ("201|" + field + ": /x").c_str()) == "forward GET");
    CHECK(after("POST https://a.example/list", ("201|" + field + ": x").c_str()) == "forward GET");
    CHECK(after("POST https://a.example/list", ("201|" + field + ": /y").c_str()) == "stored 200 hello");
    CHECK(after("POST https://b.example/list", ("201|" + field + ": https://a.example/x").c_str()) == "stored 200 hello");
  }
}

TEST_CASE("an unsafe request is never answered from the store") {
  Scene scene;
  scene.fill("GET", kept);
  CHECK(scene.ask("DELETE|Cache-Control: max-stale") == "forward DELETE");
  CHECK(scene.decided(DecisionId::cache_unsafe_method) == "yes");
}

}  // namespace
}  // namespace statuslab::tests
