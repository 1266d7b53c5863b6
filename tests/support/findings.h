// Where a rule speaks in a text of one message, and what its fix makes of it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "statuslab/statuslab.h"

namespace statuslab::tests {

// A response begins with its version, everything else is a request.
inline LintResult lint_text(const std::string& text) {
  if (text.starts_with("HTTP/")) return lint_exchange({std::nullopt, text, Scheme::unknown});
  return lint_exchange({text, std::nullopt, Scheme::unknown});
}

// A head with this start line and field; a request gets a Host.
inline std::string head(std::string_view start_line, std::string_view field = {}) {
  std::string text(start_line);
  text += "\r\n";
  if (!start_line.starts_with("HTTP/") && !field.starts_with("Host")) text += "Host: example.com\r\n";
  if (!field.empty()) text.append(field).append("\r\n");
  return text + "\r\n";
}

inline std::string in_204(std::string_view field) { return head("HTTP/1.1 204 No Content", field); }

// The bytes that the rule points at; empty where it is silent.
inline std::string marked(std::string_view rule, const std::string& text) {
  for (const Finding& finding : lint_text(text).findings)
    if (rule_id(finding.rule) == rule) return text.substr(finding.span.begin, finding.span.size());
  return {};
}

// The text after the rule's first fix; empty where it has none.
inline std::string fixed(std::string_view rule, const std::string& text) {
  for (const Finding& finding : lint_text(text).findings)
    if (rule_id(finding.rule) == rule && !finding.fixes.empty()) return apply_edits(text, finding.fixes[0].edits);
  return {};
}

}  // namespace statuslab::tests
