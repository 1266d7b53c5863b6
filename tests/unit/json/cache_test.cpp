#include "statuslab/cache_json.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::tests {
namespace {

constexpr const char* ask = R"({"target":"https://a.example/x","fields":[["A","1"]],"now":1000})";
constexpr const char* quiet = R"({"kind":"private","explain":false})";

TEST_CASE("a cache in JSON: forward, respond, stored") {
  JsonCaches caches;
  REQUIRE(caches.make(quiet) == R"({"cache":1})");
  CHECK(caches.request(1, ask) ==
        R"({"action":"forward","request":{"method":"GET","target":"https://a.example/x","fields":[["A","1"]],"body":"","base64":null},)"
        R"("ticket":1,"background":null,"decisions":[],"changes":[]})");
  CHECK(caches.response(1, 1, R"({"status":200,"fields":[["Cache-Control","max-age=9"]],"base64":"/w==","now":1000})") ==
        R"({"action":"respond","source":"forwarded","response":{"status":200,"reason":"","fields":[["Cache-Control","max-age=9"]],)"
        R"("body":"","base64":"/w==","interim":[]},"background":null,"decisions":[],"changes":[]})");
  CHECK(caches.stored(1, 3000) ==
        R"([{"key":"GET https://a.example/x","status":200,"fields":[["Cache-Control","max-age=9"],)"
        R"(["Date","Thu, 01 Jan 1970 00:00:01 GMT"]],"bytes":1,"complete":true,"fresh":true,"heuristic":false,)"
        R"("lifetime":9000,"age":2000}])");
  CHECK(caches.response(1, 9, R"({"error":"network","now":1000})").find(R"("status":504)") != std::string::npos);
  caches.clear(1);
  CHECK(caches.stored(1, 3000) == "[]");
}

TEST_CASE("numbers of caches that are gone are told, and given again") {
  JsonCaches caches;
  CHECK(caches.request(1, ask).starts_with(R"({"mistakes")"));
  CHECK(caches.make(quiet) == R"({"cache":1})");
  CHECK(caches.make(quiet) == R"({"cache":2})");
  caches.forget(1);
  caches.forget(1);
  CHECK(caches.request(1, ask).starts_with(R"({"mistakes")"));
  CHECK(caches.make(quiet) == R"({"cache":1})");
}

TEST_CASE("mistakes are told by their place") {
  JsonCaches caches;
  (void)caches.make(quiet);
  const auto has = [&](const std::string& answer, const char* pointer) {
    return answer.find(std::string(R"("pointer":")") + pointer + '"') != std::string::npos;
  };
  CHECK(has(caches.make(R"({"kind":"public"})"), "/kind"));
  CHECK(has(caches.request(1, R"({"target":"/","now":1,"fields":[["A"]]})"), "/fields/0"));
  CHECK(has(caches.request(1, R"({"target":"/","now":-1})"), "/now"));
  CHECK(has(caches.response(1, 1, R"({"status":200,"now":1,"base64":"?"})"), "/base64"));
  CHECK(has(caches.response(1, 1, R"({"status":200,"now":1,"interim":[{"status":200}]})"), "/interim/0/status"));
  CHECK(has(caches.stored(1, -1), "/now"));
  CHECK(caches.request(1, "{").starts_with(R"({"mistakes")"));
}

}  // namespace
}  // namespace statuslab::tests
