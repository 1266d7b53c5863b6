#include "statuslab/http.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::tests {
namespace {

http::Fields three() { return {{"Vary", "Accept"}, {"ETag", "\"a\""}, {"vary", "Origin"}}; }

TEST_CASE("field names are compared without regard to case") {
  CHECK(*http::find(three(), "VARY") == "Accept");
  CHECK(http::find(three(), "Date") == nullptr);
}

TEST_CASE("lines of one field are combined with a comma, in their order") {
  CHECK(http::combined(three(), "vary") == "Accept, Origin");
  CHECK(http::combined(three(), "etag") == "\"a\"");
  CHECK_FALSE(http::combined(three(), "date"));
}

TEST_CASE("a field that is set takes the place of its first line") {
  http::Fields fields = three();
  http::set(fields, "Vary", "*");
  CHECK(fields == http::Fields{{"Vary", "*"}, {"ETag", "\"a\""}});
  http::set(fields, "Age", "0");
  CHECK(fields.back() == http::Field{"Age", "0"});
  http::remove(fields, "vary");
  CHECK(fields.front().name == "ETag");
}

}  // namespace
}  // namespace statuslab::tests
