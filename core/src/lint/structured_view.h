// A structured field with the places of its parts in the message.
#pragma once

#include <vector>

#include "lint/context.h"
#include "statuslab/structured_field.h"

namespace statuslab::lint {

// `field` outlives the view. Where the value does not parse there are no members: the rule about the syntax of
// structured fields tells.
class StructuredView {
 public:
  StructuredView(const FieldView& field, structured::FieldType type) : field_(field) {
    for (std::size_t i = 0; i < field.size(); ++i) lines_.push_back(field.value(i));
    structured::Parsed parsed = structured::parse(structured::join(lines_), type);
    if (!parsed.error) value_ = std::move(parsed.value);
    if (value_.members.size() > most_members) value_.members.resize(most_members);
  }
  [[nodiscard]] const std::vector<structured::Member>& members() const { return value_.members; }
  [[nodiscard]] Span place(Span span) const {
    const structured::LinePlace at = structured::place_in_lines(span, lines_);
    const std::uint32_t begin = field_.value_span(at.line).begin;
    return {begin + at.span.begin, begin + at.span.end};
  }

 private:
  static constexpr std::size_t most_members = 256;  // what lies beyond is not judged: the time stays linear

  const FieldView& field_;
  std::vector<std::string_view> lines_;
  structured::Value value_;
};

}  // namespace statuslab::lint
