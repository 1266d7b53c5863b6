#include "syntax/rfc9110_negotiation.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::tests {

using namespace syntax;

TEST_CASE("qvalue = ( \"0\" [ \".\" 0*3DIGIT ] ) / ( \"1\" [ \".\" 0*3(\"0\") ] )") {
  CHECK(parse_qvalue("0") == 0);
  CHECK(parse_qvalue("0.") == 0);
  CHECK(parse_qvalue("0.5") == 500);
  CHECK(parse_qvalue("0.333") == 333);
  CHECK(parse_qvalue("1.000") == 1000);
  for (const char* bad : {"", "1.1", "1.001", "2", "0.3333", ".5", "-0", "0,5", "0.x", "\"0.5\""}) {
    INFO(bad);
    CHECK_FALSE(parse_qvalue(bad));
  }
}

TEST_CASE("the most specific media range decides") {
  const auto accept = parse_preferences("text/*;q=0.3, text/html;q=0.7, text/html;level=1, */*;q=0.5");
  CHECK(weight_of_type(accept, "text/html", {{"level", "1"}}) == 1000);
  CHECK(weight_of_type(accept, "text/html", {}) == 700);
  CHECK(weight_of_type(accept, "text/plain", {}) == 300);
  CHECK(weight_of_type(accept, "image/jpeg", {}) == 500);
  CHECK_FALSE(weight_of_type(parse_preferences("text/html"), "image/png", {}));
  CHECK(weight_of_type(parse_preferences("*/*;q=0"), "image/png", {}) == 0);
}

TEST_CASE("codings: names, x- names, the wildcard") {
  const auto accepted = parse_preferences("gzip;q=1.0, identity; q=0.5, *;q=0");
  CHECK(weight_of_coding(accepted, "X-GZIP") == 1000);
  CHECK(weight_of_coding(accepted, "identity") == 500);
  CHECK(weight_of_coding(accepted, "br") == 0);
  CHECK_FALSE(weight_of_coding(parse_preferences("gzip"), "br"));
  CHECK(weight_of_coding(parse_preferences("*"), "br") == 1000);
}

TEST_CASE("media ranges and language ranges") {
  CHECK(is_media_range("*/*"));
  CHECK(is_media_range("text/*"));
  CHECK_FALSE(is_media_range("*/html"));
  CHECK_FALSE(is_media_range("*"));
  CHECK(is_language_range("*"));
  CHECK(is_language_range("zh-Hans-CN"));
  CHECK(is_language_range("en-*"));
  CHECK_FALSE(is_language_range("en_US"));
  CHECK_FALSE(is_language_range("en-"));
  CHECK_FALSE(is_language_range(""));
}

}  // namespace statuslab::tests
