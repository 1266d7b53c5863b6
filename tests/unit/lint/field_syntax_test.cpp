// What the examples of this family's rules leave out: other forms of the same defect, their fixes, and what must stay
// silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {

TEST_CASE("dates: what can be repaired is") {
  for (const char* date : {"Sun, 22 Nov 2026 09:30:00 UTC", "2026-11-22T09:30:00Z", "Sun, 22-Nov-2026 09:30:00 GMT"}) {
    INFO(date);
    CHECK(fixed("date-syntax", in_204(std::string("Date: ") + date)) == in_204("Date: Sun, 22 Nov 2026 09:30:00 GMT"));
  }
  CHECK(marked("date-syntax", in_204("Date: yesterday")) == "yesterday");
  CHECK(fixed("date-syntax", in_204("Date: yesterday")).empty());
  CHECK(marked("date-syntax", in_204("Date:")) == "Date");
  CHECK(marked("date-outside-calendar", in_204("Date: Mon, 30 Feb 2026 09:30:00 GMT")) == "Mon, 30 Feb 2026 09:30:00 GMT");
  CHECK(marked("date-syntax", in_204("Expires: -1")).empty());
  CHECK(marked("date-syntax", in_204("Expires: never")) == "never");
  CHECK(fixed("date-obsolete-form", in_204("Date: Sun Nov 22 09:30:00 2026")) ==
        in_204("Date: Sun, 22 Nov 2026 09:30:00 GMT"));
  CHECK(marked("date-obsolete-form", in_204("Date: Mon Nov 22 09:30:00 2026")).empty());
  CHECK(marked("date-weekday", in_204("Date: Mon Nov 22 09:30:00 2026")) == "Mon");
}

TEST_CASE("entity tags: what can be repaired is") {
  CHECK(fixed("etag-syntax", in_204("ETag: w/\"a\"")) == in_204("ETag: W/\"a\""));
  CHECK(fixed("etag-syntax", in_204("ETag: W/a")) == in_204("ETag: W/\"a\""));
  CHECK(fixed("etag-syntax", in_204("ETag: \"a")) == in_204("ETag: \"a\""));
  CHECK(fixed("etag-syntax", in_204("ETag: \"a b\"")).empty());
  CHECK(marked("etag-syntax", in_204("ETag: \"\"")).empty());
}

TEST_CASE("lists: empty members") {
  CHECK(marked("list-empty-member", in_204("Vary: , Accept")) == ",");
  CHECK(marked("list-empty-member", in_204("Vary: Accept,,Origin")) == ",,");
  CHECK(marked("list-empty-member", in_204("Vary: Accept, ,Origin,")) == ", ,");
  CHECK(fixed("list-empty-member", in_204("Vary: ,Accept,,Origin,")) == in_204("Vary: Accept, Origin"));
  CHECK(marked("list-trailing-comma", in_204("Vary: Accept, ,Origin,")).empty());
  CHECK(marked("list-trailing-comma", in_204("Allow:")).empty());
  CHECK(marked("list-empty-member", in_204("Link: <https://example.com/,,a>; rel=next")).empty());
  CHECK(marked("list-empty-member", in_204("Cache-Control: private=\"a,,b\"")).empty());
}

TEST_CASE("Connection: options") {
  for (const char* field :
       {"Connection: close", "Connection: keep-alive, Upgrade", "Connection: TE", "Connection: X-Private"}) {
    INFO(field);
    CHECK(marked("connection-names-end-to-end-field", in_204(field)).empty());
    CHECK(marked("connection-option-syntax", in_204(field)).empty());
  }
  CHECK(fixed("connection-names-end-to-end-field", in_204("Connection: ETag")) == in_204(""));
  CHECK(marked("keep-alive-not-listed", in_204("Keep-Alive: timeout=5\r\nConnection: Keep-Alive")).empty());
}

TEST_CASE("fields that may come twice, and names that are nearly others") {
  CHECK(marked("field-singleton-repeated", in_204("Vary: a\r\nVary: b")).empty());
  CHECK(marked("field-singleton-repeated", in_204("Set-Cookie: a=b\r\nSet-Cookie: c=d")).empty());
  CHECK(marked("field-singleton-repeated", in_204("X-Own: a\r\nX-Own: b")).empty());
  CHECK(marked("field-singleton-repeated", in_204("Age: 1\r\nage: 2")) == "age: 2");
  for (const char* name : {"ContentType", "Content_Type", "Content-Tpye", "Content-Typ", "Content-Types"}) {
    INFO(name);
    CHECK(marked("field-name-misspelt", in_204(std::string(name) + ": a")) == name);
  }
  for (const char* name :
       {"X-Cache-Key", "Request-Id", "Sec-WebSocket-Key1", "Version", "X-Api-Version", "Labels", "Content-Type2"}) {
    INFO(name);
    CHECK(marked("field-name-misspelt", in_204(std::string(name) + ": a")).empty());
  }
}

TEST_CASE("line ends: all of the head and of the chunks' framing are repaired, data stays") {
  const std::string text = "HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n4\na\r\nb\n0\n\n";
  CHECK(fixed("bare-lf", text) == "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\na\r\nb\r\n0\r\n\r\n");
  const std::string ends_in_cr = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\na\r\n0\r\n\r\n";
  CHECK(marked("bare-lf", ends_in_cr) == "\n");
  CHECK(marked("bare-lf", fixed("bare-lf", ends_in_cr)).empty());
}

TEST_CASE("lines below something that is no start line are not judged") {
  const std::string text = "<!doctype html>\r\n<title>a</title>\r\n<p>a : b\r\n: c\r\n";
  const LintResult result = lint_exchange({std::nullopt, text, Scheme::unknown});
  for (const Finding& finding : result.findings) {
    INFO(rule_id(finding.rule));
    CHECK((rule_id(finding.rule) == "start-line-malformed" || finding.severity == Severity::hint));
  }
}

TEST_CASE("a folded value means what it means on one line") {
  const auto rules = [](std::string text) {
    std::string names;
    for (const Finding& finding : lint_exchange({std::nullopt, text, Scheme::unknown}).findings)
      if (rule_id(finding.rule) != "obs-fold") names.append(rule_id(finding.rule)).append(" ");
    return names;
  };
  const std::string date = "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 0\r\n";
  for (const std::string field :
       {"WWW-Authenticate: Digest@realm=\"a\", nonce=\"b\",@qop=\"auth\"", "Cache-Control: max-age=60,@public", "Content-Type: text/html;@charset=utf-8",
        "Link: </a>;@rel=next", "Set-Cookie: a=b;@Path=/;@Secur", "ETag:@\"a\"", "Last-Modified:@Sun, 22 Nov 2026 09:00:00 GMT", "Priority: u=1,@i",
        "Allow: GET,@HEAD", "Content-Security-Policy: default-src@'self';@foo-src 'none'", "Repr-Digest: sha-256=:AAAA:,@sha-512=:AAAA:", "Age: 5@0"}) {
    std::string folded = date + field;
    std::string joined = folded;
    for (std::size_t at; (at = folded.find('@')) != std::string::npos;) folded.replace(at, 1, "\r\n\t ");
    for (std::size_t at; (at = joined.find('@')) != std::string::npos;) joined.replace(at, 1, "    ");
    INFO(folded);
    CHECK(rules(folded + "\r\n\r\n") == rules(joined + "\r\n\r\n"));
  }
}

TEST_CASE("edits in a curl transcript keep its prefixes") {
  const std::string text = "< HTTP/1.1 204 No Content\n< X-Note: a\n<   b\n< Date: Sun, 22 Nov 2026 09:30:00 GMT\n< \n";
  const LintResult result = lint_exchange({std::nullopt, text, Scheme::unknown});
  for (const Finding& finding : result.findings)
    if (rule_id(finding.rule) == "obs-fold")
      CHECK(apply_edits(text, finding.fixes[0].edits) ==
            "< HTTP/1.1 204 No Content\n< X-Note: a b\n< Date: Sun, 22 Nov 2026 09:30:00 GMT\n< \n");
}

}  // namespace statuslab::tests
