#include <catch2/catch_test_macros.hpp>

#include <string>

#include "base/utf8.h"

namespace statuslab::utf8 {
namespace {

// The repaired text, and how many UTF-16 code units it has.
std::pair<std::string, std::size_t> repaired(std::string_view bytes) {
  std::string text;
  const std::size_t units = append_repaired(text, bytes);
  return {text, units};
}

}  // namespace

TEST_CASE("the first byte that belongs to no character is found wherever it stands") {
  for (std::size_t at = 0; at < 20; ++at) {
    std::string text(20, 'a');
    CHECK(first_invalid(text) == 20);
    text[at] = '\xFF';
    CHECK(first_invalid(text) == at);
    text.replace(at, 1, "\xC3\xBC");
    CHECK(first_invalid(text) == text.size());
    CHECK(first_invalid(text.substr(0, at + 1)) == at);
  }
}

TEST_CASE("repaired text has a U+FFFD for each longest beginning of a character") {
  CHECK(repaired("") == std::pair(std::string(), std::size_t{0}));
  CHECK(repaired("plain text of some length") == std::pair(std::string("plain text of some length"), std::size_t{25}));
  CHECK(repaired("a\xC3\xBC") == std::pair(std::string("a\xC3\xBC"), std::size_t{2}));
  CHECK(repaired("\xF0\x9F\x98\x80!") == std::pair(std::string("\xF0\x9F\x98\x80!"), std::size_t{3}));
  CHECK(repaired("\xFFz") == std::pair(std::string("\xEF\xBF\xBDz"), std::size_t{2}));
  CHECK(repaired("\xF0\x9F\x98 \xE2\x82") == std::pair(std::string("\xEF\xBF\xBD \xEF\xBF\xBD"), std::size_t{3}));
}

}  // namespace statuslab::utf8
