// The rule table and the ways a rule comes to be run; the rows come from the rule files (scripts/generate.py).
#pragma once

#include <span>
#include <string_view>

#include "lint/content.h"
#include "lint/reporter.h"

namespace statuslab::lint {

struct Rule {
  std::string_view id;
  std::uint8_t family;  // into rule_families
  Severity severity;
  std::uint8_t fixes;       // how many fix lines the file has
  std::uint8_t safe_fixes;  // bit n: fix n is safe
};

[[nodiscard]] std::span<const Rule> rules();

enum class Sides : std::uint8_t { request, response, both };

using ProblemCheck = void (*)(const ProblemView&, Reporter&);
using FieldCheck = void (*)(const FieldView&, Reporter&);
using MessageCheck = void (*)(const MessageView&, Reporter&);
using ContentCheck = void (*)(const ContentView&, Reporter&);
using StructuredCheck = void (*)(const StructuredView&, Reporter&);
using ExchangeCheck = void (*)(const ExchangeView&, Reporter&);

struct ProblemRule {
  ProblemKind kind;
  std::uint16_t rule;
  ProblemCheck check;
};
struct FieldRule {
  FieldId field;
  Sides sides;
  std::uint16_t rule;
  FieldCheck check;
};
struct StatusRule {
  std::uint16_t first;
  std::uint16_t last;
  std::uint16_t rule;
  MessageCheck check;
};
struct MethodRule {
  std::string_view method;
  std::uint16_t rule;
  MessageCheck check;
};
struct MessageRule {
  Sides sides;
  std::uint16_t rule;
  MessageCheck check;
};
struct ContentRule {
  ContentKind kind;
  std::uint16_t rule;
  ContentCheck check;
};
struct StructuredRule {
  std::uint16_t rule;
  StructuredCheck check;
};
struct ExchangeRule {
  std::uint16_t rule;
  ExchangeCheck check;
};
// The same, for exchanges with an earlier one of the same target.
using ExchangesRule = ExchangeRule;

}  // namespace statuslab::lint
