// The rule table and the ways a rule comes to be run; the rows come from the rule files (scripts/generate.py).
#pragma once

#include <span>
#include <string_view>

#include "lint/content.h"
#include "lint/reporter.h"

namespace statuslab::lint {

enum class Sides : std::uint8_t { request, response, both };

struct Rule {
  std::uint16_t id;     // where it begins in rule_ids; it ends where the next one begins
  std::uint8_t family;  // into rule_families
  Severity severity;
  Sides sides;              // of the messages that a rule about fields or messages runs for
  std::uint8_t fixes;       // how many fix lines the file has
  std::uint8_t safe_fixes;  // bit n: fix n is safe
};

[[nodiscard]] std::span<const Rule> rules();

using ProblemCheck = void (*)(const ProblemView&, Reporter&);
using FieldCheck = void (*)(const FieldView&, Reporter&);
using MessageCheck = void (*)(const MessageView&, Reporter&);
using ContentCheck = void (*)(const ContentView&, Reporter&);
using StructuredCheck = void (*)(const StructuredView&, Reporter&);
using ExchangeCheck = void (*)(const ExchangeView&, Reporter&);

// What a rule calls; the rows below, in which its number stands, tell which of them it is.
union Check {
  constexpr Check(ProblemCheck check) : problem(check) {}
  constexpr Check(FieldCheck check) : field(check) {}
  constexpr Check(MessageCheck check) : message(check) {}
  constexpr Check(ContentCheck check) : content(check) {}
  constexpr Check(StructuredCheck check) : structured(check) {}
  constexpr Check(ExchangeCheck check) : exchange(check) {}

  ProblemCheck problem;
  FieldCheck field;
  MessageCheck message;
  ContentCheck content;
  StructuredCheck structured;
  ExchangeCheck exchange;
};

struct ProblemRule {
  ProblemKind kind;
  std::uint16_t rule;
};
struct StatusRule {
  std::uint16_t first;
  std::uint16_t last;
  std::uint16_t rule;
};
struct MethodRule {
  std::string_view method;
  std::uint16_t rule;
};
struct MessageRule {
  std::uint16_t rule;
};
struct ContentRule {
  ContentKind kind;
  std::uint16_t rule;
};
struct StructuredRule {
  std::uint16_t rule;
};
struct ExchangeRule {
  std::uint16_t rule;
};
// The same, for exchanges with an earlier one of the same target.
using ExchangesRule = ExchangeRule;

}  // namespace statuslab::lint
