// The writer says what nlohmann/json says, for any bytes.
#include "json/writer.h"

#include <catch2/catch_test_macros.hpp>

#include <nlohmann/json.hpp>
#include <random>
#include <string>

namespace statuslab::tests {
namespace {

std::string written(std::string_view bytes) {
  json::Writer json;
  json.value(bytes);
  return json.take();
}

std::string expected(std::string_view bytes) {
  return nlohmann::json(std::string(bytes)).dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

}  // namespace

TEST_CASE("strings of one, two and three bytes") {
  for (int a = 0; a < 256; ++a) {
    const std::string one(1, static_cast<char>(a));
    CHECK(written(one) == expected(one));
    for (int b = 0; b < 256; ++b) {
      const std::string two = one + static_cast<char>(b);
      if (written(two) != expected(two)) FAIL_CHECK(a << " " << b);
      const std::string three = two + "\x80\x80z";
      if (written(three) != expected(three)) FAIL_CHECK(a << " " << b << " 128 128 z");
    }
  }
}

TEST_CASE("strings of bytes that are often part of characters") {
  std::mt19937 random(1);
  constexpr std::string_view bytes = "a\"\\\n\x7F\x80\xBF\xC2\xE0\xA0\xED\x9F\xEF\xF0\x90\xF4\x8F\xF5\xFF";
  for (int i = 0; i < 20'000; ++i) {
    std::string text;
    for (std::size_t n = random() % 8; n > 0; --n) text += bytes[random() % bytes.size()];
    if (written(text) != expected(text)) FAIL_CHECK(expected(text));
  }
}

TEST_CASE("objects, lists and numbers") {
  json::Writer json;
  json.begin_object();
  json.member("a", std::uint64_t{18446744073709551615u});
  json.key("b");
  json.begin_array();
  json.value(true);
  json.begin_array();
  json.end_array();
  json.value(std::uint8_t{0});
  json.end_array();
  json.member("c", "d");
  json.end_object();
  CHECK(json.take() == R"({"a":18446744073709551615,"b":[true,[],0],"c":"d"})");
}

}  // namespace statuslab::tests
