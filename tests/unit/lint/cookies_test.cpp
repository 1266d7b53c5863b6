// Set-Cookie lines as frameworks, CDNs and load balancers send them: nothing at warning or above.
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string response(std::string_view set_cookie) {
  std::string text = "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nSet-Cookie: ";
  return text.append(set_cookie).append("\r\n\r\n");
}

std::string grave(const std::string& request, const std::string& response, Scheme scheme) {
  std::string names;
  for (const Finding& finding : lint_exchange({request, response, scheme}).findings)
    if (finding.severity == Severity::error || finding.severity == Severity::warning)
      names.append(rule_id(finding.rule)).append(" ");
  return names;
}

bool fires(std::string_view rule, const std::string& request, const std::string& response, Scheme scheme) {
  return grave(request, response, scheme).find(rule) != std::string::npos;
}

const std::string get = "GET /account/ HTTP/1.1\r\nHost: www.example.com\r\n\r\n";

}  // namespace

TEST_CASE("cookies of frameworks are fine") {
  for (const char* line : {
           "laravel_session=eyJpdiI6ImFiYyJ9; expires=Sun, 22 Nov 2026 11:30:00 GMT; Max-Age=7200; path=/; secure; httponly; samesite=lax",
           "csrftoken=Xy12; expires=Sun, 21 Nov 2027 09:30:00 GMT; Max-Age=31449600; Path=/; SameSite=Lax",
           "connect.sid=s%3Aabc.def; Path=/; HttpOnly; Secure",
           "__cf_bm=abc.def-1-1; path=/; expires=Sun, 22-Nov-2026 10:00:00 GMT; domain=.example.com; HttpOnly; Secure; SameSite=None",
           "AWSALB=abc/def+ghi=; Expires=Sun, 29 Nov 2026 09:30:00 GMT; Path=/",
           "AWSALBCORS=abc; Expires=Sun, 29 Nov 2026 09:30:00 GMT; Path=/; SameSite=None; Secure",
           "JSESSIONID=ABC.node1; Path=/; Secure; HttpOnly",
           ".AspNetCore.Session=abc; path=/; secure; samesite=lax; httponly",
           "lang=en; Path=/;", "a=", "a=; Max-Age=0; Path=/", "a=; Max-Age=-1",
           "id=deleted; expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=0; path=/",
           "NID=511=abc; expires=Mon, 24 May 2027 09:30:00 GMT; path=/; domain=.example.com; Secure; HttpOnly; SameSite=none",
           "visid=abc==; Path=/; Priority=High", "a=b; Partitioned; Secure; Path=/; SameSite=None"}) {
    INFO(line);
    const std::string found = grave(get, response(line), Scheme::https);
    // Cloudflare's date with hyphens is not what RFC 6265 asks for.
    CHECK((found.empty() || found == "cookie-expires-form "));
    CHECK((found.empty() || std::string_view(line).find("22-Nov-2026") != std::string_view::npos));
  }
}

TEST_CASE("no byte of a Set-Cookie line is too strange") {
  for (const char* line : {"", ";", "=", ";;;", "=;=", "a=b;=", "a=b; =x", "a=b;Domain=.", "a=b; Domain=..", "a=b; Expires=", "a=b; Path",
                           "a=b; SameSite", "__Host-=", "a=b; Domain=[::1]", "a=b,c=d", "a=b; Expires=,", "a=b; x,y=z", "a=\"", "a=b; Max-Age=-"}) {
    INFO(line);
    const std::string text = response(line);
    for (const Finding& finding : lint_exchange({get, text, Scheme::http}).findings) {
      CHECK(finding.span.begin <= finding.span.end);
      CHECK(finding.span.end <= std::max(text.size(), get.size()));
    }
  }
}

TEST_CASE("the domain of a cookie is that of the host, or above it") {
  const char* rule = "cookie-domain-mismatch";
  for (const char* domain : {"example.org", "api.example.com", "ample.com", "xwww.example.com"}) {
    INFO(domain);
    CHECK(fires(rule, get, response(std::string("a=b; Domain=") + domain), Scheme::https));
  }
  const std::string by_address = "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n";
  CHECK(fires(rule, by_address, response("a=b; Domain=2.1"), Scheme::https));
  CHECK(grave(by_address, response("a=b; Domain=192.0.2.1"), Scheme::https).empty());
  const std::string absolute = "GET http://shop.example.com/ HTTP/1.1\r\nHost: shop.example.com\r\n\r\n";
  CHECK(grave(absolute, response("a=b; Domain=Example.com"), Scheme::unknown).empty());
}

TEST_CASE("a public suffix is fine for a host that is one") {
  CHECK(fires("cookie-domain-public-suffix", get, response("a=b; Domain=com"), Scheme::https));
  CHECK(grave("GET / HTTP/1.1\r\nHost: github.io\r\n\r\n", response("a=b; Domain=github.io"), Scheme::https).empty());
}

TEST_CASE("Secure over http is for browsers on the same machine only") {
  const char* rule = "cookie-secure-over-http";
  CHECK(fires(rule, get, response("a=b; Secure"), Scheme::http));
  CHECK_FALSE(fires(rule, get, response("a=b; Secure"), Scheme::unknown));
  for (const char* host : {"localhost", "localhost:3000", "127.0.0.1:8080", "[::1]:8080", "app.localhost"}) {
    INFO(host);
    CHECK_FALSE(fires(rule, "GET / HTTP/1.1\r\nHost: " + std::string(host) + "\r\n\r\n", response("a=b; Secure"), Scheme::http));
  }
}

TEST_CASE("attributes that were meant") {
  for (const char* line : {"a=b; HttpOnlly", "a=b; Http-Only", "a=b; HttpsOnly", "a=b; Securee", "a=b; SameSite:Lax", "a=b; Same-Site=Lax",
                           "a=b; MaxAge=3", "a=b; Max Age=3", "a=b; Domian=example.com", "a=b; Expire=Sun, 22 Nov 2026 11:30:00 GMT", "a=b; paths=/"}) {
    INFO(line);
    CHECK(fires("cookie-attribute-misspelt", get, response(line), Scheme::https));
  }
  for (const char* line : {"a=b; SameParty", "a=b; lang=en", "a=b; x", "a=b; pad=1"}) {
    INFO(line);
    CHECK(fires("cookie-attribute-unknown", get, response(line), Scheme::https));
  }
}

}  // namespace statuslab::tests
