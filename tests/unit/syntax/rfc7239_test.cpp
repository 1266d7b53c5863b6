#include <catch2/catch_test_macros.hpp>

#include "syntax/rfc7239.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {

TEST_CASE("pairs of Forwarded") {
  const ForwardedElement element = parse_forwarded_element("For=\"[2001:db8:cafe::17]:4711\";proto=http;;x");
  REQUIRE(element.pairs.size() == 3);
  CHECK(element.pairs[0].name == "For");
  CHECK(unquoted(element.pairs[0].value) == "[2001:db8:cafe::17]:4711");
  CHECK(element.pairs[1].well_formed);
  CHECK_FALSE(element.pairs[2].well_formed);
  CHECK_FALSE(element.has_space);
  CHECK(parse_forwarded_element("a=b; c=d").has_space);
  CHECK(parse_forwarded_element("a = b").has_space);
  CHECK(parse_forwarded_element("").pairs.empty());
  CHECK(unquoted("\"a\\\"b\"") == "a\"b");
  CHECK(unquoted("\"") == "\"");
}

TEST_CASE("nodes of Forwarded") {
  for (const char* s : {"192.0.2.43", "192.0.2.43:47011", "[2001:db8:cafe::17]", "[2001:db8:cafe::17]:4711", "unknown",
                        "_gazonk", "_hidden:_port", "192.0.2.1:_p"}) {
    INFO(s);
    CHECK(is_forwarded_node(s));
  }
  for (const char* s : {"", "2001:db8::1", "host.example", "192.0.2.256", "192.0.2", "_", "[]", "192.0.2.43:", "1.2.3.4.5"}) {
    INFO(s);
    CHECK_FALSE(is_forwarded_node(s));
  }
}

}  // namespace statuslab::syntax
