#include "lint/content.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <string>
#include <vector>

#include "statuslab/parse.h"
#include "statuslab/statuslab.h"

namespace statuslab::tests {
namespace {

// The content of the only message of a text.
struct Parsed {
  explicit Parsed(std::string_view fields, std::string_view content)
      : text("HTTP/1.1 200 OK\r\n" + std::string(fields) + "\r\n" + std::string(content)),
        messages(parse(text)),
        view({text, text}, messages[0], Side::response, 0, Scheme::unknown, nullptr) {}

  std::string text;
  std::vector<Message> messages;
  lint::MessageView view;

  const lint::ContentView& content() const { return view.content(); }
  std::string edited(std::size_t begin, std::size_t end, std::string_view by) const {
    return apply_edits(text, content().edit(begin, end, by));
  }
};

const char* const chunked = "Transfer-Encoding: chunked\r\n";

}  // namespace

TEST_CASE("content of known length is itself") {
  const Parsed parsed("Content-Type: Text/JSON; charset=\"utf-8\"\r\nContent-Length: 4\r\n", "true");
  CHECK(parsed.content().text() == "true");
  CHECK(parsed.content().is_whole());
  CHECK(parsed.content().kind() == lint::ContentKind::json);
  CHECK(slice(parsed.text, parsed.content().parameter("Charset")) == "\"utf-8\"");
  CHECK(slice(parsed.text, parsed.content().span(1, 3)) == "ru");
  CHECK(parsed.edited(0, 4, "false") ==
        "HTTP/1.1 200 OK\r\nContent-Type: Text/JSON; charset=\"utf-8\"\r\nContent-Length: 5\r\n\r\nfalse");
}

TEST_CASE("chunks are joined, and places lead back to the wire") {
  const Parsed parsed(chunked, "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");
  CHECK(parsed.content().text() == "abcde");
  CHECK(parsed.content().is_whole());
  CHECK(slice(parsed.text, parsed.content().span(3, 5)) == "de");
  CHECK(slice(parsed.text, parsed.content().span(2, 4)) == "c\r\n2\r\nd");
  CHECK(slice(parsed.text, parsed.content().span(5, 5)).empty());
  CHECK(parsed.edited(4, 5, "EFGHIJKLMNOPQRST") ==
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n11\r\ndEFGHIJKLMNOPQRST\r\n0\r\n\r\n");
  CHECK(parsed.content().edit(2, 4, "").empty());
  CHECK(parsed.content().edit(3, 5, "").empty());
}

TEST_CASE("content without framing, and without chunks although they are announced") {
  CHECK(Parsed("", "abc").content().text() == "abc");
  CHECK(Parsed("", "abc").content().is_whole());
  CHECK(Parsed(chunked, "{\"a\":1}").content().text() == "{\"a\":1}");
  CHECK(Parsed(chunked, "{\"a\":1}").content().is_whole());
  CHECK(Parsed(chunked, "0\r\n\r\n").content().text().empty());
}

TEST_CASE("what is cut off, goes on, or is a part, is not whole") {
  CHECK_FALSE(Parsed("Content-Length: 4\r\n", "abc").content().is_whole());
  CHECK_FALSE(Parsed("Content-Length: 4\r\n", "abcde").content().is_whole());
  CHECK_FALSE(Parsed(chunked, "3\r\nab").content().is_whole());
  CHECK_FALSE(Parsed("Content-Range: bytes 0-2/5\r\nContent-Length: 3\r\n", "abc").content().is_whole());
}

TEST_CASE("bytes in a content coding are told from bytes that only claim it") {
  CHECK(Parsed("Content-Encoding: gzip\r\n", "\x1F\x8B\x08").content().is_coded());
  CHECK(Parsed("Content-Encoding: gzip\r\n", "{}").content().is_coded_in_name_only());
  CHECK_FALSE(Parsed("Content-Encoding: gzip\r\n", "{}").content().is_as_sent());
  CHECK(Parsed("Content-Encoding: gzip\r\nContent-Length: 2\r\n", "{}").content().is_as_sent());
  CHECK_FALSE(Parsed("Content-Encoding: identity\r\n", "{}").content().is_coded());
}

namespace {

// Ids of the rules that spoke, in order.
std::string spoken(const Exchange& exchange) {
  std::string ids;
  for (const Finding& finding : lint_exchange(exchange).findings) ids += std::string(rule_id(finding.rule)) + " ";
  return ids;
}

}  // namespace

TEST_CASE("content that its caller decoded is judged, in the place of what it was decoded from, and without fixes") {
  const std::string bytes("\x1F\x8B\x08\0coded", 10);
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 10\r\n\r\n" + bytes;
  Exchange exchange{.request = std::nullopt, .response = text};
  CHECK(spoken(exchange).find("json-") == std::string::npos);

  const std::vector<CodedContent> coded = coded_contents(exchange);
  REQUIRE(coded.size() == 1);
  CHECK(coded[0].codings == std::vector<std::string_view>{"gzip"});
  REQUIRE(coded[0].parts.size() == 1);
  CHECK(slice(text, coded[0].parts[0]) == bytes);

  const std::vector<DecodedContent> decoded{{Side::response, 0, false, "{\"a\":1,\"a\":2}"}};
  exchange.decoded = decoded;
  const LintResult result = lint_exchange(exchange);
  const auto found = std::find_if(result.findings.begin(), result.findings.end(), [](const Finding& f) { return rule_id(f.rule) == "json-duplicate-name"; });
  REQUIRE(found != result.findings.end());
  CHECK(slice(text, found->span) == bytes);
  CHECK(found->fixes.empty());
}

TEST_CASE("bytes that are no data of their coding contradict the field, and are not looked into") {
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\n\x1F\x8B\x08xx";
  Exchange exchange{.request = std::nullopt, .response = text};
  CHECK(spoken(exchange).find("content-coding-mismatch") == std::string::npos);
  const std::vector<DecodedContent> damaged{{Side::response, 0, true, {}}};
  exchange.decoded = damaged;
  CHECK(spoken(exchange).find("content-coding-mismatch") != std::string::npos);
  CHECK(spoken(exchange).find("json-") == std::string::npos);
}

TEST_CASE("coded content is there whole, and of the message that has it") {
  const auto coded = [](std::string_view response) { return coded_contents({.request = std::nullopt, .response = response}).size(); };
  CHECK(coded("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 9\r\n\r\n\x1F\x8B\x08") == 0);
  CHECK(coded("HTTP/1.1 200 OK\r\nContent-Encoding: identity\r\nContent-Length: 1\r\n\r\nx") == 0);
  CHECK(coded("HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\n\x1F\x8B\x08") == 0);

  const std::string_view later =
      "HTTP/1.1 103 Early Hints\r\n\r\nHTTP/1.1 200 OK\r\nContent-Encoding: gzip, br\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n";
  const std::vector<CodedContent> found = coded_contents({.request = std::nullopt, .response = later});
  REQUIRE(found.size() == 1);
  CHECK(found[0].index == 1);
  CHECK(found[0].codings == std::vector<std::string_view>{"gzip", "br"});
  REQUIRE(found[0].parts.size() == 2);
  CHECK(slice(later, found[0].parts[0]) == "ab");
  CHECK(slice(later, found[0].parts[1]) == "c");
}

}  // namespace statuslab::tests
