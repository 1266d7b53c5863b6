#include "statuslab/batch.h"

#include <catch2/catch_test_macros.hpp>

#include <string_view>

namespace statuslab::tests {

TEST_CASE("a batch tells of every exchange what linting it alone tells") {
  constexpr std::string_view broken = "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello";
  constexpr std::string_view request = "GET /  HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n";
  const BatchItem items[] = {{{std::nullopt, broken, Scheme::https}, 1795339800},
                             {},
                             {{request, broken, Scheme::http}},
                             {{request, std::nullopt, Scheme::unknown}}};
  const std::vector<std::uint32_t> words = lint_batch(items);
  std::size_t at = 0;
  for (const BatchItem& item : items) {
    const LintResult alone = lint_exchange(item.exchange, {.now = item.now});
    REQUIRE(words.at(at++) == alone.findings.size());
    for (const Finding& finding : alone.findings) {
      const std::uint32_t word = words.at(at++);
      CHECK((word & 0xffff) == finding.rule);
      CHECK((word >> 16 & 0xff) == static_cast<std::uint32_t>(finding.severity));
      CHECK(word >> 24 == static_cast<std::uint32_t>(finding.on));
    }
  }
  CHECK(at == words.size());
}

TEST_CASE("a batch of nothing is nothing") { CHECK(lint_batch({}).empty()); }

}  // namespace statuslab::tests
