#include "syntax/fetch_cors.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::syntax::tests {

TEST_CASE("serialized origins") {
  for (const char* right : {"https://example.com", "http://localhost:3000", "http://192.0.2.1", "http://[::1]:8080",
                            "chrome-extension://abcdefghijklmnop", "https://my_host.example"}) {
    INFO(right);
    CHECK(is_serialized_origin(right));
  }
  for (const char* wrong : {"", "null", "*", "example.com", "https://", "https://example.com/", "https://example.com:443",
                            "http://example.com:80", "HTTPS://example.com", "https://Example.com", "https://*.example.com",
                            "https://example.com:", "https://example.com:x", "https://a b", "://example.com", "https://[::1"}) {
    INFO(wrong);
    CHECK_FALSE(is_serialized_origin(wrong));
  }
}

TEST_CASE("the origin of a URI") {
  CHECK(origin_of("HTTPS://Example.com:443/a?b#c") == "https://example.com");
  CHECK(origin_of("http://example.com:8080") == "http://example.com:8080");
  CHECK(origin_of("https://user@example.com/") == "https://example.com");
  CHECK_FALSE(origin_of("example.com"));
  CHECK_FALSE(origin_of("https://*.example.com"));
  CHECK_FALSE(origin_of("https://"));
  CHECK_FALSE(origin_of(""));
}

TEST_CASE("names that the protocol knows") {
  CHECK(is_forbidden_method("trace"));
  CHECK_FALSE(is_forbidden_method("PUT"));
  CHECK(is_cors_safelisted_method("GET"));
  CHECK_FALSE(is_cors_safelisted_method("get"));
  CHECK(is_forbidden_request_header("Sec-Fetch-Mode"));
  CHECK(is_forbidden_request_header("host"));
  CHECK_FALSE(is_forbidden_request_header("Secret"));
  CHECK(is_safelisted_response_header("content-type"));
}

TEST_CASE("fields that a form could send need no preflight") {
  CHECK(is_cors_safelisted_request_header("accept", "text/html"));
  CHECK_FALSE(is_cors_safelisted_request_header("Accept", "a/b("));
  CHECK_FALSE(is_cors_safelisted_request_header("Accept", std::string(129, 'a')));
  CHECK(is_cors_safelisted_request_header("Content-Type", "text/plain; charset=utf-8"));
  CHECK_FALSE(is_cors_safelisted_request_header("Content-Type", "application/json"));
  CHECK(is_cors_safelisted_request_header("Range", "bytes=0-4"));
  CHECK_FALSE(is_cors_safelisted_request_header("Range", "bytes=-5"));
  CHECK_FALSE(is_cors_safelisted_request_header("Range", "bytes=0-1,3-4"));
  CHECK(is_cors_safelisted_request_header("Range", "bytes=007-7"));
  CHECK(is_cors_safelisted_request_header("Range", "bytes=9-10"));
  CHECK(is_cors_safelisted_request_header("Range", "bytes=9-"));
  CHECK_FALSE(is_cors_safelisted_request_header("Range", "bytes=10-9"));
  CHECK_FALSE(is_cors_safelisted_request_header("Range", "bytes=1-0"));
  CHECK_FALSE(is_cors_safelisted_request_header("Range", "bytes= 0-4"));
  CHECK_FALSE(is_cors_safelisted_request_header("Authorization", "Bearer t"));
}

}  // namespace statuslab::syntax::tests
