// The words of a result, read as lint_words.h says; that a host makes of them what JSON says is for the tests of the package.
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

#include "statuslab/lint_words.h"

namespace statuslab {
namespace {

struct Reader {
  const LintWords& from;
  std::size_t at = 0;
  std::size_t text_at = 0;

  std::uint32_t word() {
    REQUIRE(at < from.words.size());
    return from.words[at++];
  }
  Span span() {
    const std::uint32_t begin = word();
    return {begin, word()};
  }
  // Of ASCII.
  std::string text() {
    const std::size_t size = word();
    const std::string found = from.text.substr(text_at, size);
    text_at += size;
    return found;
  }
};

}  // namespace

TEST_CASE("words of a response: its findings with their values and edits, then what was read of it") {
  const std::string_view response = "HTTP/1.1 204 No Content\r\nContent-Length: 12\r\n\r\n";
  const Exchange exchange{std::nullopt, response, Scheme::https};
  const LintResult result = lint_exchange(exchange);
  REQUIRE(!result.findings.empty());
  const LintWords found = to_words(result, exchange);
  Reader reader{found};
  CHECK(reader.word() == result.checks);
  REQUIRE(reader.word() == result.findings.size());
  for (const Finding& finding : result.findings) {
    CHECK(reader.text() == rule_id(finding.rule));
    CHECK(reader.word() == static_cast<std::uint32_t>(finding.severity));
    CHECK(reader.word() == static_cast<std::uint32_t>(finding.on));
    CHECK(reader.word() == finding.index);
    CHECK(reader.span() == finding.span);
    REQUIRE(reader.word() == finding.args.size());
    for (const Argument& argument : finding.args) {
      CHECK(reader.text() == argument.name);
      CHECK(reader.text() == argument.value);
    }
    REQUIRE(reader.word() == finding.fixes.size());
    for (const Fix& fix : finding.fixes) {
      CHECK(reader.word() == fix.label);
      CHECK(reader.word() == (fix.safe ? 1U : 0U));
      REQUIRE(reader.word() == fix.edits.size());
      for (const Edit& edit : fix.edits) {
        CHECK(reader.span() == edit.span);
        CHECK(reader.text() == edit.text);
      }
    }
  }
  CHECK(reader.word() == 0);  // messages in the request text
  REQUIRE(reader.word() == 1);
  CHECK(reader.word() == static_cast<std::uint32_t>(MessageKind::response));
  CHECK(reader.word() == static_cast<std::uint32_t>(Dialect::http1));
  CHECK(reader.span() == Span{0, 47});
  CHECK(reader.text() == "1.1");
  CHECK(reader.word() == 204);
  CHECK(reader.span() == Span{9, 12});
  CHECK(reader.text() == "No Content");
  CHECK(reader.span() == Span{13, 23});
  REQUIRE(reader.word() == 1);
  CHECK(reader.span() == Span{25, 39});
  CHECK(reader.span() == Span{41, 43});
  CHECK(reader.word() == 0);  // trailers
  CHECK(reader.span() == Span{47, 47});
  CHECK(reader.span() == Span{47, 47});
  CHECK(reader.word() == static_cast<std::uint32_t>(Framing::none));
  CHECK(reader.at == found.words.size());
  CHECK(reader.text_at == found.text.size());
}

TEST_CASE("texts count in UTF-16 code units, and what is no UTF-8 is U+FFFD") {
  const std::string_view response = "HTTP/1.1 200 \xF0\x9F\x98\x80\xFF\r\n\r\n";
  const Exchange exchange{std::nullopt, response, Scheme::https};
  LintResult only_messages = lint_exchange(exchange);
  only_messages.findings.clear();
  const LintWords found = to_words(only_messages, exchange);
  CHECK(found.text == "1.1\xF0\x9F\x98\x80\xEF\xBF\xBD");
  // checks, findings, requests, responses; kind, dialect, whole, version, status and its span
  REQUIRE(found.words.size() > 12);
  CHECK(found.words[12] == 3);
}

}  // namespace statuslab
