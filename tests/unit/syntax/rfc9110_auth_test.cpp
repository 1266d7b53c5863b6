#include "syntax/rfc9110_auth.h"

#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc4648.h"

namespace statuslab::syntax::tests {
namespace {

std::optional<std::size_t> count(std::string_view value) {
  const auto challenges = parse_challenges(value);
  return challenges ? std::optional(challenges->size()) : std::nullopt;
}

}  // namespace

TEST_CASE("challenges") {
  CHECK(count("Basic realm=\"a, b\"") == 1u);
  CHECK(count("Bearer") == 1u);
  CHECK(count("Digest realm=\"x\", qop=\"auth, auth-int\", nonce=abc, Basic realm=\"y\"") == 2u);
  CHECK(count("Negotiate YII=") == 1u);
  CHECK(count("") == 0u);
  for (const char* wrong : {"realm=\"a\"", "Basic realm=\"a", "Basic realm=a b"}) {
    INFO(wrong);
    CHECK_FALSE(count(wrong));
  }
}

TEST_CASE("parameters belong to the challenge before them") {
  const auto challenges = parse_challenges("Newauth realm=\"apps\", type = 1, title=\"Login to \\\"apps\\\"\", Basic realm=simple");
  REQUIRE(challenges);
  REQUIRE(challenges->size() == 2);
  const Challenge& first = challenges->front();
  CHECK(first.is("newauth"));
  CHECK(first.value_of("TYPE") == "1");
  CHECK(first.value_of("title") == "Login to \"apps\"");
  CHECK(first.whole == "Newauth realm=\"apps\", type = 1, title=\"Login to \\\"apps\\\"\"");
  CHECK(challenges->back().find("realm")->value == "simple");
  CHECK(challenges->back().find("type") == nullptr);
}

TEST_CASE("a token68 is no parameter") {
  const auto challenges = parse_challenges("Negotiate YII=, Basic realm=\"a\"");
  REQUIRE(challenges);
  CHECK(challenges->front().token68 == "YII=");
  CHECK(challenges->front().params.empty());
}

TEST_CASE("credentials: the scheme and the rest") {
  CHECK(split_credentials("Basic  dXNlcjpwYXNz").rest == "dXNlcjpwYXNz");
  CHECK(split_credentials("abc").scheme == "abc");
  CHECK(split_credentials("").scheme.empty());
}

TEST_CASE("quotes and backslashes go") {
  CHECK(unquote("\"a\\\"b\"") == "a\"b");
  CHECK(unquote("\"a\\\"") == "a\\");
  CHECK(unquote("\"") == "\"");
  CHECK(unquote("a") == "a");
}

TEST_CASE("Base 64") {
  CHECK(decode_base64("dXNlcjpwYXNz") == "user:pass");
  CHECK(decode_base64("dGVzdDoxMjPCow==") == "test:123\xC2\xA3");
  CHECK(decode_base64("") == "");
  for (const char* wrong : {"a", "ab", "abc", "ab=c", "a===", "dX Nl", "ab-_", "dGVzdDoxMjPCox=="}) {
    INFO(wrong);
    CHECK_FALSE(decode_base64(wrong));
  }
  for (const char* text : {"", "a", "ab", "abc", "user:pass"}) CHECK(decode_base64(encode_base64(text)) == text);
}

}  // namespace statuslab::syntax::tests
