// What the examples of this family's rules leave out: other forms of the same defect, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string partial(std::string_view fields, std::string_view content = "abcde") {
  std::string text = "HTTP/1.1 206 Partial Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n";
  text.append(fields).append("\r\nContent-Length: ").append(std::to_string(content.size()));
  return text.append("\r\n\r\n").append(content);
}

std::string range(std::string_view value) {
  return "GET /a HTTP/1.1\r\nHost: example.com\r\nRange: " + std::string(value) + "\r\n\r\n";
}

std::string in_exchange(std::string_view rule, const std::string& request, const std::string& response) {
  for (const Finding& finding : lint_exchange({request, response, Scheme::unknown}).findings)
    if (rule_id(finding.rule) == rule) return response.substr(finding.span.begin, finding.span.size());
  return {};
}

}  // namespace

TEST_CASE("one defect of Content-Range, one finding") {
  const auto of_range = [](std::string_view value) {
    std::string rules;
    const std::string text = partial("Content-Type: text/plain\r\nContent-Range: " + std::string(value));
    for (const Finding& finding : lint_text(text).findings) {
      const std::string rule(rule_id(finding.rule));
      if (rule.starts_with("partial-content")) rules += rule + " ";
    }
    return rules;
  };
  CHECK(of_range("bytes 0-4/26").empty());
  CHECK(of_range("Bytes 0-4/*").empty());
  CHECK(of_range("pages 1.2-4.3/25").empty());
  CHECK(of_range("bytes 0-4") == "partial-content-range-syntax ");
  CHECK(of_range("0-4/26") == "partial-content-range-syntax ");
  CHECK(of_range("bytes 0-4/-1") == "partial-content-range-syntax ");
  CHECK(of_range("bytes") == "partial-content-range-syntax ");
  CHECK(of_range("") == "partial-content-range-syntax ");
  CHECK(of_range("bytes */26") == "partial-content-range-unsatisfied ");
  CHECK(of_range("bytes 4-0/26") == "partial-content-range-invalid ");
  CHECK(of_range("bytes 0-4/4") == "partial-content-range-invalid ");
  CHECK(of_range("bytes 0-25/26") == "partial-content-length-mismatch ");
  CHECK(of_range("bytes 0-18446744073709551615/*") == "partial-content-length-mismatch ");
}

TEST_CASE("a part lies within what was asked for") {
  const char* rule = "partial-content-beyond-request";
  const std::string first_five = partial("Content-Range: bytes 0-4/26");
  for (const char* asked : {"bytes=0-4", "bytes=0-", "bytes=-26", "bytes=-100", "bytes=0-99999999999999999999",
                            "bytes=0-1,3-4", "bytes=4-0", "bytes=x", "items=7-9"}) {
    INFO(asked);
    CHECK(in_exchange(rule, range(asked), first_five).empty());
  }
  for (const char* asked : {"bytes=1-4", "bytes=0-3", "bytes=5-", "bytes=-5", "bytes=5-6,8-9"}) {
    INFO(asked);
    CHECK(in_exchange(rule, range(asked), first_five) == "bytes 0-4/26");
  }
  // How long the representation is nobody says.
  CHECK(in_exchange(rule, range("bytes=-5"), partial("Content-Range: bytes 0-4/*")).empty());
}

TEST_CASE("parts of multipart content are told by their delimiters") {
  const char* rule = "multipart-byteranges-part-without-content-range";
  const auto multipart = [](std::string_view content, std::string_view type = "multipart/byteranges; boundary=S") {
    return partial("Content-Type: " + std::string(type), content);
  };
  CHECK(marked(rule, multipart("\r\n--S\r\nContent-Range: bytes 0-0/9\r\n\r\na\r\n--S--\r\n")).empty());
  CHECK(marked(rule, multipart("--S \r\ncontent-range: bytes 0-0/9\r\n\r\n--SX\r\n--S--")).empty());
  CHECK(marked(rule, multipart("preamble\n--S\n\na\n--S--")) == "--S");
  CHECK(marked(rule, multipart("--S\r\n\r\nContent-Range: bytes 0-0/9\r\n--S--")) == "--S");
  CHECK(marked(rule, multipart("--S\r\nContent-Range: b", "multipart/byteranges; boundary=\"S\"")).empty());
  CHECK(marked(rule, multipart("--", "multipart/byteranges; boundary=S")).empty());
  CHECK(marked("multipart-byteranges-without-boundary", multipart("", "multipart/byteranges; boundary=\"\"")) ==
        "multipart/byteranges; boundary=\"\"");
}

TEST_CASE("205: content that is announced or chunked is content") {
  const char* rule = "content-in-205";
  const std::string head = "HTTP/1.1 205 Reset Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n";
  CHECK(marked(rule, head + "Content-Length: 5\r\n\r\n") == "5");
  CHECK(marked(rule, head + "Content-Length: 0\r\n\r\n").empty());
  CHECK(marked(rule, head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").empty());
  CHECK(marked("reset-content-without-zero-length", head + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n").empty());
  CHECK(marked("reset-content-without-zero-length", head + "Connection: close\r\n\r\n").empty());
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n";
  CHECK(fixed(rule, chunked) == head + "Content-Length: 0\r\n\r\n");
  CHECK(in_exchange(rule, "HEAD / HTTP/1.1\r\nHost: example.com\r\n\r\n", head + "Content-Length: 5\r\n\r\n").empty());
}

}  // namespace statuslab::tests
