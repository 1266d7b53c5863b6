// What the examples of this family's rules leave out: other forms of the same defect, their fixes, and what must stay
// silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {

TEST_CASE("targets in the four forms") {
  for (const char* line : {"GET /a?b=c%20d HTTP/1.1", "GET http://example.com/a HTTP/1.1", "OPTIONS * HTTP/1.1",
                           "CONNECT example.com:443 HTTP/1.1", "CONNECT [2001:db8::7]:443 HTTP/1.1", "PRI * HTTP/2.0",
                           "GET /filter[a]=1 HTTP/1.1"}) {
    INFO(line);
    for (const char* rule : {"target-form", "target-asterisk", "target-of-connect", "target-character",
                             "target-fragment", "target-percent-encoding", "version-with-minor"})
      CHECK(marked(rule, head(line)).empty());
  }
  CHECK(marked("target-form", head("GET example.com:80 HTTP/1.1")) == "example.com:80");
  CHECK(fixed("target-form", head("GET example.com:80 HTTP/1.1")) == head("GET / HTTP/1.1"));
  CHECK(fixed("target-of-connect", head("CONNECT example.com HTTP/1.1")) == head("CONNECT example.com:443 HTTP/1.1"));
  CHECK(fixed("target-of-connect", head("CONNECT http://example.com/ HTTP/1.1")) ==
        head("CONNECT example.com:80 HTTP/1.1"));
  CHECK(marked("target-percent-encoding", head("GET /50% HTTP/1.1")) == "%");
  CHECK(fixed("target-invalid", head("GET /caf\xC3\xA9 x HTTP/1.1")) == head("GET /caf%C3%A9%20x HTTP/1.1"));
}

TEST_CASE("hosts") {
  for (const char* host : {"Host: example.com:8080", "Host: [2001:db8::7]", "Host:", "Host: 192.0.2.7"})
    CHECK(marked("host-invalid", head("GET / HTTP/1.1", host)).empty());
  CHECK(fixed("host-invalid", head("GET / HTTP/1.1", "Host: example.com/books")) ==
        head("GET / HTTP/1.1", "Host: example.com"));
  CHECK(fixed("host-invalid", head("GET / HTTP/1.1", "Host: exa mple")).empty());
  CHECK(marked("host-differs-from-target", head("GET http://example.com:80/ HTTP/1.1", "Host: EXAMPLE.com")).empty());
  CHECK(marked("host-differs-from-target", head("GET http://example.com/ HTTP/1.1", "Host: example.com:8080")) ==
        "example.com:8080");
  CHECK(marked("host-missing", "GET / HTTP/1.0\r\n\r\n").empty());
  CHECK(marked("host-missing", "GET / HTTP/2\r\n\r\n").empty());
  CHECK(fixed("host-missing", "GET http://example.net/a HTTP/1.1\r\n\r\n") ==
        "GET http://example.net/a HTTP/1.1\r\nHost: example.net\r\n\r\n");
}

TEST_CASE("status codes are told once, by the rule that knows most about them") {
  const auto rules = [](const char* line) {
    std::string ids;
    const std::string text = head(line);
    for (const Finding& finding : lint_text(text).findings)
      if (rule_id(finding.rule).starts_with("status-")) ids += std::string(rule_id(finding.rule)) + " ";
    return ids;
  };
  CHECK(rules("HTTP/1.1 200 OK") == "");
  CHECK(rules("HTTP/1.1 000 None") == "status-out-of-range ");
  CHECK(rules("HTTP/1.1 600 None") == "status-out-of-range ");
  CHECK(rules("HTTP/1.1 783 Unexpected Token") == "status-out-of-range ");
  CHECK(rules("HTTP/1.1 299 Fine") == "status-unregistered ");
  CHECK(rules("HTTP/1.1 522 Connection Timed Out") == "status-unofficial ");
  CHECK(rules("HTTP/1.1 499 Client Closed Request") == "status-unofficial ");
  CHECK(rules("HTTP/1.1 444 No Response") == "status-log-only ");
  CHECK(rules("HTTP/1.1 306 Switch Proxy") == "status-reserved ");
  CHECK(rules("HTTP/1.1 104 Upload Resumption Supported") == "status-temporary ");
  CHECK(rules("HTTP/1.1 2OO OK") == "status-malformed ");
  CHECK(rules("HTTP/1.1 1200 OK") == "status-malformed ");
}

TEST_CASE("reason phrases that were registered once, and those of others") {
  for (const char* line : {"HTTP/1.1 302 Moved Temporarily", "HTTP/1.1 413 Payload Too Large",
                           "HTTP/1.1 504 Gateway Time-out", "HTTP/1.1 404 not found", "HTTP/1.1 308 Resume Incomplete",
                           "HTTP/1.1 200 ", "HTTP/1.1 522 Not Found", "HTTP/1.1 418 I'm a teapot"}) {
    INFO(line);
    CHECK(marked("reason-differs-from-registry", head(line)).empty());
    CHECK(marked("reason-of-another-status", head(line)).empty());
  }
  CHECK(marked("reason-of-another-status", head("HTTP/1.1 301 found")) == "found");
  CHECK(marked("reason-differs-from-registry", head("HTTP/1.1 301 found")).empty());
  CHECK(marked("reason-differs-from-registry", head("HTTP/1.1 301  Gone Elsewhere")) == "Gone Elsewhere");
}

}  // namespace statuslab::tests
