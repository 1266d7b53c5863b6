// Runs every example of every rule file: a bad one brings exactly its finding at the marked bytes, with a value for every
// placeholder of its message, and no other one at warning or above; a good one brings none; the fix makes of bad what the
// file says, and what it makes is clean.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "rules/example.h"

namespace statuslab::tests {
namespace {

std::vector<Finding> of_rule(const LintResult& result, std::string_view rule) {
  std::vector<Finding> findings;
  for (const Finding& finding : result.findings)
    if (rule_id(finding.rule) == rule) findings.push_back(finding);
  return findings;
}

void check_bad(const RuleExample& example) {
  const LintResult result = lint_exchange(exchange_of(example), options_of(example));
  INFO("findings:\n" << show(result.findings));
  const std::vector<Finding> own = of_rule(result, example.rule);
  REQUIRE(own.size() == 1);
  const Finding& finding = own.front();
  if (!example.mark.on.empty()) {
    CHECK((finding.on == Side::request) == (example.mark.on == "request"));
    CHECK(finding.span.begin == example.mark.begin);
    CHECK(finding.span.end == example.mark.end);
  }
  for (const Finding& other : result.findings)
    if (rule_id(other.rule) != example.rule && is_grave(other)) FAIL_CHECK("another finding: " << show(other));
  std::string_view names = example.placeholders;
  for (std::size_t end = names.find(' '); end != std::string_view::npos; end = names.find(' ')) {
    INFO("the message speaks of {" << names.substr(0, end) << "}");
    CHECK(std::any_of(finding.args.begin(), finding.args.end(),
                      [&](const Argument& argument) { return argument.name == names.substr(0, end); }));
    names.remove_prefix(end + 1);
  }
  for (const Fix& fix : finding.fixes) CHECK(fix.label < fix_count(finding.rule));
}

void check_good(const RuleExample& example) {
  const LintResult result = lint_exchange(exchange_of(example), options_of(example));
  INFO("findings:\n" << show(result.findings));
  CHECK(of_rule(result, example.rule).empty());
  CHECK(std::none_of(result.findings.begin(), result.findings.end(), is_grave));
}

// The side that the finding's first fix was applied to, and the other side as it was.
struct Fixed {
  std::string request;
  std::string response;
};

Fixed apply_first_fix(const RuleExample& bad) {
  const LintResult result = lint_exchange(exchange_of(bad), options_of(bad));
  const std::vector<Finding> own = of_rule(result, bad.rule);
  Fixed fixed{std::string(bad.request.value_or("")), std::string(bad.response.value_or(""))};
  REQUIRE(own.size() == 1);
  REQUIRE(!own.front().fixes.empty());
  std::string& side = own.front().on == Side::request ? fixed.request : fixed.response;
  side = apply_edits(side, own.front().fixes.front().edits);
  return fixed;
}

const RuleExample& bad_case_of(std::string_view rule) {
  const auto* found = std::find_if(rule_examples.begin(), rule_examples.end(), [&](const RuleExample& e) {
    return e.rule == rule && e.kind == ExampleKind::bad && e.index == 0;
  });
  REQUIRE(found != rule_examples.end());
  return *found;
}

void check_fixed(const RuleExample& example) {
  const Fixed fixed = apply_first_fix(bad_case_of(example.rule));
  if (example.request) CHECK(fixed.request == *example.request);
  if (example.response) CHECK(fixed.response == *example.response);
  check_good(example);
}


}  // namespace

TEST_CASE("every example of every rule file behaves as told") {
  CHECK(std::any_of(std::begin(rule_examples), std::end(rule_examples), is_chosen));
  for (const RuleExample& example : rule_examples) {
    if (!is_chosen(example)) continue;
    INFO(example.rule << " at " << example.place);
    switch (example.kind) {
      case ExampleKind::bad: check_bad(example); break;
      case ExampleKind::good: check_good(example); break;
      case ExampleKind::fixed: check_fixed(example); break;
    }
  }
}

TEST_CASE("every rule of the table has a bad and a good example") {
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule) {
    INFO(rule_id(rule));
    const auto has = [&](ExampleKind kind) {
      return std::any_of(rule_examples.begin(), rule_examples.end(),
                         [&](const RuleExample& e) { return e.rule == rule_id(rule) && e.kind == kind; });
    };
    CHECK(has(ExampleKind::bad));
    CHECK(has(ExampleKind::good));
  }
}

}  // namespace statuslab::tests
