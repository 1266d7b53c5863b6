// How a check says where, with which values, and what edit would repair it. A reporter is bound to one rule and one
// message; words, severity and id stay with the rule's file.
#pragma once

#include <concepts>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"

namespace statuslab::lint {

// Spans and views go by reference, and names as plain literals: WebAssembly passes structs by value through copies on the
// stack, and hundreds of checks are made of these calls.

// A finding under construction; valid until the next one of the same reporter. The `label` of a fix numbers the `fix` and
// `fix-to-check` lines of the rule file from 0.
class Report {
 public:
  explicit Report(std::vector<Finding>& findings) : findings_(&findings) {}

  // Fills {name} in the message. `name` is a literal. Long values are cut: the place says the rest.
  Report& with(const char* name, const std::string_view& value);
  Report& with(const char* name, std::uint64_t number);
  // What is marked becomes `text`.
  Report& fix(std::uint8_t label, const std::string_view& text);
  // Another place of the same text does.
  Report& fix(std::uint8_t label, const Span& place, const std::string_view& text);
  Report& fix(std::uint8_t label, const std::string_view& part, const std::string_view& text);
  // The lines of the field go.
  Report& remove(std::uint8_t label, const FieldView& field);
  // No edits, no fix. Edits belong to the finding's side.
  Report& fix(std::uint8_t label, std::vector<Edit> edits);
  Report& fix(std::uint8_t label, Edit edit);

 private:
  friend class Reporter;

  std::vector<Finding>* findings_;
  const MessageView* message_ = nullptr;  // where the finding is
};

class Reporter {
 public:
  Reporter(std::vector<Finding>& findings, const MessageView& message) : report_(findings), message_(&message) {}
  // The rule that speaks from now on.
  void bind(std::uint16_t rule, Severity severity) {
    rule_ = rule;
    severity_ = severity;
  }

  // A place in the message the check was called for: a span, a part of its text, the value of a field's first line, a line.
  Report& at(const Span& span) { return at(*message_, span); }
  Report& at(const std::string_view& part);
  Report& at(const FieldView& field);
  Report& at(const std::same_as<FieldLine> auto& line) { return at_line(line); }  // not what stands in braces: that is a span
  // What stands for a whole message, where something is missing: its anchor.
  Report& at(const MessageView& message);
  // A place in another message of the exchange.
  Report& at(const MessageView& message, const Span& span);

 private:
  Report& at_line(const FieldLine& line);

  Report report_;
  const MessageView* message_;
  std::uint16_t rule_ = 0;
  Severity severity_ = Severity::error;
};

// Edits that fixes are made of. They keep the text's own line ending and, in a transcript, its prefix.
[[nodiscard]] Edit replace(const Span& span, const std::string_view& text);
[[nodiscard]] Edit remove_line(const FieldLine& line, const MessageView& message);
[[nodiscard]] std::vector<Edit> remove_lines(const FieldView& field);
// Adds "name: value" as the last field line of the header section.
[[nodiscard]] Edit add_field(const MessageView& message, const std::string_view& name, const std::string_view& value);
// Sets the field's first line and removes the others, or adds it.
[[nodiscard]] std::vector<Edit> set_field(const MessageView& message, FieldId id, const std::string_view& value);
// Removes a list member together with a comma, or the whole line where it is the only member there.
[[nodiscard]] Edit remove_member(const FieldView& field, Span member);
[[nodiscard]] Edit remove_member(const FieldView& field, const std::string_view& member);
// The field's list without this member, in one line; its lines removed where it was the only one.
[[nodiscard]] std::vector<Edit> without_member(const FieldView& field, const std::string_view& unwanted);
// Removes the content as it stands on the wire, and what follows the message.
[[nodiscard]] std::vector<Edit> remove_content(const MessageView& message);

}  // namespace statuslab::lint
