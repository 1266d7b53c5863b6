#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc6455.h"

namespace statuslab::syntax {

TEST_CASE("the accept value of a WebSocket key is that of RFC 6455 section 1.3") {
  CHECK(websocket_accept("dGhlIHNhbXBsZSBub25jZQ==") == "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
  CHECK(websocket_accept("x3JJHMbDL1EzLkh9GBhXDw==") == "HSmrc0sMlYUkAGmm5OPpG2HaGWk=");
}

}  // namespace statuslab::syntax
