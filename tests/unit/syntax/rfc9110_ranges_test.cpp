#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc9110_ranges.h"

namespace statuslab::syntax {

TEST_CASE("a ranges-specifier has a unit and range-specs") {
  const auto ranges = parse_ranges_specifier("bytes= 0-999, 4500-5499, -1000");
  REQUIRE(ranges);
  CHECK(ranges->unit == "bytes");
  CHECK(ranges->specs == std::vector<std::string_view>{"0-999", "4500-5499", "-1000"});
  for (const char* text : {"", "bytes", "bytes=", "=0-1", "by tes=0-1", "bytes=,"}) {
    INFO(text);
    CHECK(!parse_ranges_specifier(text));
  }
}

TEST_CASE("byte ranges are int-ranges and suffix-ranges") {
  CHECK(parse_byte_range("0-499")->last == 499);
  CHECK(!parse_byte_range("9500-")->last);
  CHECK(!parse_byte_range("-500")->first);
  CHECK(parse_byte_range("0-99999999999999999999999")->last == UINT64_MAX);
  for (const char* text : {"", "-", "5", "a-b", "1-2-3", "+1-2", "1-x"}) {
    INFO(text);
    CHECK(!parse_byte_range(text));
  }
}

TEST_CASE("Content-Range tells a range, or that there is none") {
  const auto range = parse_content_range("bytes 42-1233/1234");
  REQUIRE(range);
  CHECK(range->first == 42);
  CHECK(range->last == 1233);
  CHECK(range->complete_length == 1234);
  CHECK(!parse_content_range("bytes 42-1233/*")->complete_length);
  CHECK(parse_content_range("bytes */1234")->is_unsatisfied());
  for (const char* text :
       {"", "bytes", "bytes=0-1/2", "bytes 0-1", "bytes */*", "0-1/2", "bytes 0/2", "bytes 0-/2", "bytes 0-1/"}) {
    INFO(text);
    CHECK(!parse_content_range(text));
  }
}

TEST_CASE("a Content-Range is invalid if its numbers contradict each other") {
  CHECK(parse_content_range("bytes 0-0/1")->is_valid());
  CHECK(parse_content_range("bytes 42-1233/*")->is_valid());
  CHECK(!parse_content_range("bytes 500-499/1234")->is_valid());
  CHECK(!parse_content_range("bytes 0-1234/1234")->is_valid());
}

}  // namespace statuslab::syntax
