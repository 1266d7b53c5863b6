#include "syntax/rfc3986.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::syntax::tests {

TEST_CASE("host and port") {
  CHECK(parse_host_port("example.com")->host == "example.com");
  CHECK(parse_host_port("example.com:8080")->port == "8080");
  CHECK(parse_host_port("example.com:")->port.empty());
  CHECK(parse_host_port("[2001:db8::1]")->host == "[2001:db8::1]");
  CHECK(parse_host_port("[2001:db8::1]:443")->port == "443");
  CHECK(parse_host_port("my_host.internal")->host == "my_host.internal");
  CHECK(parse_host_port("192.0.2.7:80")->host == "192.0.2.7");
  for (const char* wrong : {"", ":80", "example.com:http", "https://example.com", "example.com/", "user@example.com",
                            "a.example, b.example", "2001:db8::1", "[2001:db8::1", "exa mple.com", "%zz"}) {
    INFO(wrong);
    CHECK_FALSE(parse_host_port(wrong));
  }
}

TEST_CASE("URIs with an authority in parts") {
  const auto parts = parse_uri_with_authority("https://user@example.com:8443/a?b#c");
  REQUIRE(parts);
  CHECK(parts->scheme == "https");
  CHECK(parts->authority == "example.com:8443");
  CHECK(parts->rest == "/a?b#c");
  CHECK(parse_uri_with_authority("http://example.com")->rest.empty());
  CHECK_FALSE(parse_uri_with_authority("/a"));
  CHECK_FALSE(parse_uri_with_authority("mailto:a@example.com"));
  CHECK_FALSE(parse_uri_with_authority("://example.com"));
}

TEST_CASE("schemes") {
  CHECK(has_scheme("http://example.com"));
  CHECK(has_scheme("coap+tcp://example.com"));
  CHECK_FALSE(has_scheme("/a:b"));
  CHECK_FALSE(has_scheme("1a:b"));
  CHECK_FALSE(has_scheme("example"));
}

TEST_CASE("a URI-reference comes apart into its five components") {
  const UriReference all = split_uri_reference("https://user@example.com:8443/a/b?c=/d#e?f");
  CHECK(all.scheme == "https");
  CHECK(all.authority == "user@example.com:8443");
  CHECK(all.path == "/a/b");
  CHECK(all.query == "c=/d");
  CHECK(all.fragment == "e?f");
  CHECK(userinfo_of(*all.authority) == "user");
  CHECK(host_of(*all.authority) == "example.com");
  CHECK(host_of("[2001:db8::1]:80") == "[2001:db8::1]");

  const UriReference relative = split_uri_reference("a/b:c?");
  CHECK(!relative.scheme);
  CHECK(!relative.authority);
  CHECK(relative.path == "a/b:c");
  CHECK(relative.query == "");
  CHECK(!relative.fragment);
  CHECK(split_uri_reference("//example.com").authority == "example.com");
  CHECK(split_uri_reference("https:///a").authority == "");
  CHECK(!split_uri_reference("http:/a").authority);
  CHECK(split_uri_reference("").path.empty());
}

TEST_CASE("bytes that a URI-reference cannot have are found") {
  for (const char* fine : {"", "/a%20b?c[]=d#e", "https://[2001:db8::1]/~a;b=c", "?q=a:b@c"}) {
    INFO(fine);
    CHECK(find_non_uri_byte(fine) == std::string_view(fine).size());
  }
  CHECK(find_non_uri_byte("/a b") == 2);
  CHECK(find_non_uri_byte("/50%") == 3);
  CHECK(find_non_uri_byte("/%zz") == 1);
  CHECK(find_non_uri_byte("a#b#c") == 3);
  CHECK(find_non_uri_byte("\\\\host") == 0);
  CHECK(find_non_uri_byte("/caf\xC3\xA9") == 4);
}

TEST_CASE("references are resolved as in RFC 3986 section 5.4") {
  const HttpUri base = make_http_uri("http", "a", "/b/c/d;p", "q");
  const auto path = [&](const char* reference) { return resolve(split_uri_reference(reference), base).path; };
  CHECK(path("g") == "/b/c/g");
  CHECK(path("./g") == "/b/c/g");
  CHECK(path("g/") == "/b/c/g/");
  CHECK(path("/g") == "/g");
  CHECK(path("") == "/b/c/d;p");
  CHECK(path(".") == "/b/c/");
  CHECK(path("..") == "/b/");
  CHECK(path("../g") == "/b/g");
  CHECK(path("../../../g") == "/g");
  CHECK(path("/./g") == "/g");
  CHECK(path("/../g") == "/g");
  CHECK(path("g.") == "/b/c/g.");
  CHECK(path("..g") == "/b/c/..g");
  CHECK(path("./g/.") == "/b/c/g/");
  CHECK(path("g/../h") == "/b/c/h");
  CHECK(resolve(split_uri_reference("?y"), base).query == "y");
  CHECK(!resolve(split_uri_reference("g"), base).query);
  CHECK(resolve(split_uri_reference("#s"), base) == base);
  CHECK(resolve(split_uri_reference("//g"), base) == make_http_uri("http", "g", "/", std::nullopt));
  CHECK(resolve(split_uri_reference("HTTP://A:80/b/c/d;p?q"), base) == base);
  CHECK(resolve(split_uri_reference("x:a/../b"), base).path == "/b");
  CHECK(resolve(split_uri_reference("x:a/../.."), base).path == "/");
}

}  // namespace statuslab::syntax::tests
