// What the examples of this family's rules leave out: other forms of the same defect, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string get(std::string_view target, std::string_view host = "example.com") {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n";
}

std::string found(std::string_view location, std::string_view status = "302 Found") {
  std::string text = "HTTP/1.1 " + std::string(status) + "\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nLocation: ";
  return text.append(location).append("\r\nContent-Length: 0\r\n\r\n");
}

// The bytes that the rule points at in the response; empty where it is silent.
std::string in_exchange(std::string_view rule, const std::string& request, const std::string& response,
                        Scheme scheme = Scheme::unknown) {
  for (const Finding& finding : lint_exchange({request, response, scheme}).findings)
    if (rule_id(finding.rule) == rule) return response.substr(finding.span.begin, finding.span.size());
  return {};
}

}  // namespace

TEST_CASE("a redirect leads to itself in any spelling of the URI") {
  const char* rule = "redirect-to-itself";
  for (const char* location : {"/a/b?c", "b?c", "./b?c", "../a/b?c", "?c", "//example.com/a/b?c", "#top",
                               "https://example.com/a/b?c", "HTTPS://EXAMPLE.com:443/a/b?c#top"}) {
    INFO(location);
    CHECK(in_exchange(rule, get("/a/b?c"), found(location), Scheme::https) == location);
  }
  for (const char* location : {"/a/b", "/a/b/?c", "/A/b?c", "http://example.com/a/b?c", "https://www.example.com/a/b?c",
                               "https://example.com:8443/a/b?c", "mailto:a@example.com"}) {
    INFO(location);
    CHECK(in_exchange(rule, get("/a/b?c"), found(location), Scheme::https).empty());
  }
  // Without the scheme an absolute URI may differ in it.
  CHECK(in_exchange(rule, get("/a"), found("https://example.com/a")).empty());
  CHECK(in_exchange(rule, get("/a"), found("/a")) == "/a");
  CHECK(in_exchange(rule, get("http://example.com/"), found("http://example.com")) == "http://example.com");
  CHECK(in_exchange(rule, get("*"), found("/")).empty());
}

TEST_CASE("only a 307 or 308 to POST comes back to the same URI as POST") {
  const std::string post = "POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 0\r\n\r\n";
  CHECK(in_exchange("redirect-to-itself", post, found("/a", "303 See Other")).empty());
  CHECK(in_exchange("redirect-to-itself", post, found("/a", "307 Temporary Redirect")) == "/a");
}

TEST_CASE("a redirect to http is judged where the request was https") {
  const char* same = "redirect-downgrades-to-http";
  const char* other = "redirect-leaves-https";
  CHECK(in_exchange(same, get("/"), found("http://example.com/a"), Scheme::https) == "http");
  CHECK(in_exchange(same, get("/"), found("HTTP://EXAMPLE.COM:80/a"), Scheme::https) == "HTTP");
  CHECK(in_exchange(other, get("/"), found("http://example.com/a"), Scheme::https).empty());
  CHECK(in_exchange(other, get("/"), found("http://example.net/a"), Scheme::https) == "http");
  CHECK(in_exchange(same, get("https://example.com/"), found("http://example.com/a")) == "http");
  for (const char* location : {"/a", "https://example.com/a", "//example.com/a", "http:///a", "ftp://example.com/a",
                               "http://localhost:3000/", "http://127.0.0.1:51234/callback?code=1"}) {
    INFO(location);
    CHECK(in_exchange(same, get("/"), found(location), Scheme::https).empty());
    CHECK(in_exchange(other, get("/"), found(location), Scheme::https).empty());
  }
  CHECK(in_exchange(same, get("/"), found("http://example.com/a"), Scheme::http).empty());
  CHECK(in_exchange(same, get("/"), found("http://example.com/a")).empty());
}

TEST_CASE("hosts that are out of reach of the client") {
  const char* rule = "redirect-to-private-host";
  for (const char* host : {"localhost", "127.0.0.1", "10.1.2.3", "172.16.0.1", "172.31.0.1", "192.168.1.1", "[::1]",
                           "app.internal", "printer.local"}) {
    INFO(host);
    CHECK(in_exchange(rule, get("/"), found("http://" + std::string(host) + ":8080/a")) == host);
    CHECK(in_exchange(rule, get("/", host), found("http://" + std::string(host) + ":8080/a")).empty());
  }
  for (const char* host : {"example.com", "172.15.0.1", "172.32.0.1", "10.example.com", "11.0.0.1", "192.169.0.1"}) {
    INFO(host);
    CHECK(in_exchange(rule, get("/"), found("http://" + std::string(host) + "/a")).empty());
  }
}

TEST_CASE("Location: what no URI has is encoded, the rest is left alone") {
  CHECK(fixed("location-syntax", found("/a b?c=\"d\"&e=50%")) == found("/a%20b?c=%22d%22&e=50%25"));
  CHECK(marked("location-syntax", found("/a|b")) == "|");
  CHECK(marked("location-syntax", found("\\\\example.com\\a")) == "\\");
  CHECK(marked("location-syntax", found("/a#b#c")) == "#");
  for (const char* location :
       {"/a%20b?c[]=d&e=f:g@h", "https://[2001:db8::1]:8443/", "/caf\xC3\xA9", "com.example:/cb"}) {
    INFO(location);
    CHECK(marked("location-syntax", found(location)).empty());
  }
  CHECK(fixed("location-non-ascii", found("/caf\xC3\xA9/\xE4")) == found("/caf%C3%A9/%E4"));
}

TEST_CASE("Location: hosts that are missing, hidden or out of place") {
  for (const char* location : {"http:/example.com/a", "https:///a", "https:a", "https://:443/a", "http://user@/a"}) {
    INFO(location);
    CHECK(marked("location-without-host", found(location)) == location);
  }
  CHECK(marked("location-without-host", found("com.example.app:/signed-in")).empty());
  CHECK(fixed("location-userinfo", found("//a:b@example.com/c@d")) == found("//example.com/c@d"));
  CHECK(marked("location-userinfo", found("/a@b")).empty());
  CHECK(marked("location-userinfo", found("ftp://anonymous@example.com/")).empty());
  CHECK(marked("location-looks-like-host", found("www.example.com")) == "www.example.com");
  CHECK(in_exchange("location-looks-like-host", get("/"), found("example.com/a")) == "example.com");
  CHECK(marked("location-looks-like-host", found("index.html")).empty());
  CHECK(in_exchange("location-looks-like-host", get("/", "localhost"), found("localhost/a")).empty());
}

TEST_CASE("access tokens are looked for in the query alone") {
  const char* rule = "location-access-token";
  CHECK(marked(rule, found("/a?b=c&access_token=d")) == "access_token=d");
  for (const char* location : {"/a#access_token=d", "/a?my_access_token=d", "/a?access_token=", "/access_token=d"}) {
    INFO(location);
    CHECK(marked(rule, found(location)).empty());
  }
}

TEST_CASE("304: entity tags are compared weakly, dates exactly to the second") {
  const auto not_modified = [](std::string_view field) {
    return "HTTP/1.1 304 Not Modified\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n" + std::string(field) + "\r\n\r\n";
  };
  const auto conditional = [](std::string_view field) {
    return "GET /a HTTP/1.1\r\nHost: example.com\r\n" + std::string(field) + "\r\n\r\n";
  };
  const char* rule = "not-modified-etag-not-asked-for";
  for (const char* field : {"If-None-Match: W/\"a\"", "If-None-Match: \"b\", \"a\"", "If-None-Match: *",
                            "If-None-Match: unquoted", "If-Modified-Since: Sun, 22 Nov 2026 09:30:00 GMT"}) {
    INFO(field);
    CHECK(in_exchange(rule, conditional(field), not_modified("ETag: \"a\"")).empty());
  }
  CHECK(in_exchange(rule, conditional("If-None-Match: \"A\""), not_modified("ETag: W/\"a\"")) == "W/\"a\"");

  const char* modified = "not-modified-though-modified";
  const std::string since = conditional("If-Modified-Since: Sun, 22 Nov 2026 09:00:00 GMT");
  CHECK(in_exchange(modified, since, not_modified("Last-Modified: Sun, 22 Nov 2026 09:00:00 GMT")).empty());
  CHECK(!in_exchange(modified, since, not_modified("Last-Modified: Sun, 22 Nov 2026 09:00:01 GMT")).empty());
  const std::string both = conditional("If-Modified-Since: Sun, 22 Nov 2026 09:00:00 GMT\r\nIf-None-Match: \"a\"");
  const std::string later = not_modified("Last-Modified: Sun, 22 Nov 2026 09:00:01 GMT\r\nETag: \"a\"");
  CHECK(in_exchange(modified, both, later).empty());
}

}  // namespace statuslab::tests
