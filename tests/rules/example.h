// An example of a rule file, as it is judged, and findings for people.
#pragma once

#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "rule_examples.h"
#include "statuslab/statuslab.h"

namespace statuslab::tests {

inline Scheme scheme_of(std::string_view text) {
  return text == "http" ? Scheme::http : text == "https" ? Scheme::https : Scheme::unknown;
}

inline Exchange exchange_of(const RuleExample& example) {
  return {example.request, example.response, scheme_of(example.scheme)};
}

// Positive notes are made in explain mode, so their examples run in it.
inline LintOptions options_of(const RuleExample& example) {
  LintOptions options{.now = example.now};
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule)
    if (rule_id(rule) == example.rule) options.explain = rule_severity(rule) == Severity::fine;
  return options;
}

inline bool is_grave(const Finding& finding) {
  return finding.severity == Severity::error || finding.severity == Severity::warning;
}

inline std::string show(const Finding& finding) {
  const char* on = finding.on == Side::request ? "request" : "response";
  return std::string(rule_id(finding.rule)) + " on " + on + " [" + std::to_string(finding.span.begin) + ", " +
         std::to_string(finding.span.end) + ")";
}

inline std::string show(const std::vector<Finding>& findings) {
  std::string text;
  for (const Finding& finding : findings) text += "  " + show(finding) + "\n";
  return text;
}

// STATUSLAB_RULE=content-length-in-204 in the environment: only the examples of that rule.
inline bool is_chosen(const RuleExample& example) {
  const char* const only = std::getenv("STATUSLAB_RULE");
  return only == nullptr || example.rule == only;
}

}  // namespace statuslab::tests
