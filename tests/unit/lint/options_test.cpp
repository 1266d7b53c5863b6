// The time, explain mode and levels, as rules see them.
#include <catch2/catch_test_macros.hpp>

#include <string>
#include <vector>

#include "lint/context.h"
#include "statuslab/statuslab.h"

namespace statuslab::tests {
namespace {

constexpr std::string_view broken = "HTTP/1.1 204 No Content\r\nContent-Length: 0\r\n\r\n";

std::uint16_t number_of(std::string_view id) {
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule)
    if (rule_id(rule) == id) return rule;
  FAIL("there is no rule " << id);
  return 0;
}

// Severities of the rule's findings with the level, as numbers.
std::vector<Severity> found(Level level) {
  const std::uint16_t rule = number_of("content-length-in-204");
  std::vector<Level> levels(rule + 1u, Level::own);
  levels[rule] = level;
  std::vector<Severity> severities;
  for (const Finding& finding : lint_exchange({std::nullopt, broken, Scheme::unknown}, {.levels = levels}).findings)
    if (finding.rule == rule) severities.push_back(finding.severity);
  return severities;
}

}  // namespace

TEST_CASE("the time is the one the caller gave, or none") {
  const std::vector<Message> messages = parse(broken);
  REQUIRE(messages.size() == 1);
  const lint::MessageView without({broken, broken}, messages[0], Side::response, 0, Scheme::unknown, nullptr);
  CHECK(!without.now().has_value());
  const lint::MessageView with({broken, broken}, messages[0], Side::response, 0, Scheme::unknown, nullptr, 1'795'600'000);
  CHECK(with.now() == 1'795'600'000);
}

TEST_CASE("a level takes the place of the rule's severity, or turns it off") {
  CHECK(found(Level::own) == std::vector{Severity::error});
  CHECK(found(Level::off).empty());
  CHECK(found(Level::error) == std::vector{Severity::error});
  CHECK(found(Level::warning) == std::vector{Severity::warning});
  CHECK(found(Level::info) == std::vector{Severity::info});
  CHECK(found(Level::hint) == std::vector{Severity::hint});
}

TEST_CASE("a rule that is off does not run") {
  const Exchange exchange{std::nullopt, broken, Scheme::unknown};
  const std::vector<Level> off(rule_count(), Level::off);
  CHECK(lint_exchange(exchange, {.levels = off}).checks == 0);
  CHECK(lint_exchange(exchange, {.levels = off}).findings.empty());
}

TEST_CASE("positive notes are made in explain mode only") {
  const Exchange exchange{std::nullopt, broken, Scheme::unknown};
  for (const Finding& finding : lint_exchange(exchange).findings) CHECK(finding.severity != Severity::fine);
  CHECK(lint_exchange(exchange, {.explain = true}).checks >= lint_exchange(exchange).checks);
}

TEST_CASE("a rule has a family") {
  CHECK(rule_family(number_of("content-length-in-204")) == "successful");
}

}  // namespace statuslab::tests
