// fix_all over every example of every rule file: it reaches a text without safe fixes, does not touch it again, brings no
// finding at warning or above, and leaves what has no finding as it is.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "rules/example.h"

namespace statuslab::tests {
namespace {

Exchange as_exchange(const FixResult& fixed, const Exchange& before) {
  return {fixed.request, fixed.response, before.scheme, before.content};
}

bool has_safe_fix(const Finding& finding) {
  return std::any_of(finding.fixes.begin(), finding.fixes.end(), [](const Fix& fix) { return fix.safe; });
}

std::set<std::uint16_t> grave_rules(const LintResult& result) {
  std::set<std::uint16_t> rules;
  for (const Finding& finding : result.findings)
    if (is_grave(finding)) rules.insert(finding.rule);
  return rules;
}

std::string show(const FixResult& fixed) {
  std::string text = "fixed: " + std::to_string(fixed.rounds.size()) + " rounds:";
  for (const FixRound& round : fixed.rounds)
    for (const AppliedFix& fix : round.applied) text += " " + std::string(rule_id(fix.rule));
  return text + "\n" + fixed.request.value_or("") + fixed.response.value_or("") + "\n";
}

}  // namespace

TEST_CASE("fixing all that is safe on every example") {
  for (const RuleExample& example : rule_examples) {
    if (!is_chosen(example)) continue;
    INFO(example.rule << " at " << example.place);
    const Exchange exchange = exchange_of(example);
    const LintOptions options = options_of(example);
    const LintResult before = lint_exchange(exchange, options);
    const FixResult fixed = fix_all(exchange, options);
    INFO(show(fixed));
    const LintResult after = lint_exchange(as_exchange(fixed, exchange), options);
    INFO("findings:\n" << show(after.findings));
    CHECK(std::none_of(after.findings.begin(), after.findings.end(), has_safe_fix));
    CHECK(fix_all(as_exchange(fixed, exchange), options).rounds.empty());
    const std::set<std::uint16_t> allowed = grave_rules(before);
    for (const std::uint16_t rule : grave_rules(after)) CHECK(allowed.count(rule) == 1);
    if (std::none_of(before.findings.begin(), before.findings.end(), has_safe_fix)) {
      CHECK(fixed.request == exchange.request);
      CHECK(fixed.response == exchange.response);
    }
    for (const FixRound& round : fixed.rounds)
      for (const AppliedFix& fix : round.applied)
        CHECK((example.kind == ExampleKind::bad || rule_id(fix.rule) != example.rule));
  }
}

TEST_CASE("fixing all, also what wants a look, comes to an end on every example") {
  for (const RuleExample& example : rule_examples) {
    if (!is_chosen(example)) continue;
    INFO(example.rule << " at " << example.place);
    CHECK(fix_all(exchange_of(example), options_of(example), FixChoice::any).rounds.size() < 24);
  }
}

}  // namespace statuslab::tests
