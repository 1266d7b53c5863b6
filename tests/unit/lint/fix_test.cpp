// Which fixes are made, in how many rounds, and that what comes out stays as it is.
#include "statuslab/fix.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace statuslab::tests {
namespace {

FixResult fix_response(std::string_view text, FixChoice choice = FixChoice::safe, const LintOptions& options = {}) {
  return fix_all({std::nullopt, text, Scheme::unknown}, options, choice);
}

}  // namespace

TEST_CASE("one repair opens the next") {
  const FixResult fixed = fix_response(
      "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\n");
  CHECK(fixed.response == "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n\r\n");
  CHECK(!fixed.request.has_value());
  CHECK(!fixed.rounds.empty());
}

TEST_CASE("what has no finding stays as it is") {
  const std::string_view text = "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n\r\n";
  CHECK(fix_response(text).response == text);
  CHECK(fix_response(text).rounds.empty());
}

TEST_CASE("a rule that is off repairs nothing") {
  const std::string_view text = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";
  const std::vector<Level> off(rule_count(), Level::off);
  CHECK(fix_response(text, FixChoice::safe, {.levels = off}).response == text);
}

TEST_CASE("what wants a look is repaired on demand only") {
  const std::string_view text =
      "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: 9\r\n\r\nhello";
  CHECK(fix_response(text).response == text);
  CHECK(fix_response(text, FixChoice::any).response ==
        "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain\r\nContent-Length: 5\r\n\r\nhello");
}

TEST_CASE("both sides are repaired, and absent ones stay absent") {
  const std::string_view request = "GET / HTTP/1.1\r\nHost : example.com\r\n\r\n";
  const std::string_view response = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";
  const FixResult fixed = fix_all({request, response, Scheme::https});
  CHECK(fixed.request == "GET / HTTP/1.1\r\nHost: example.com\r\n\r\n");
  CHECK(fixed.response->find("Content-Length") == std::string::npos);
  const FixResult again = fix_all({fixed.request, fixed.response, Scheme::https});
  CHECK(again.rounds.empty());
}

}  // namespace statuslab::tests
