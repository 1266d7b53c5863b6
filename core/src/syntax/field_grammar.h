// What a field's value may be, said by a row of core/data/field_grammars.tsv.
//
// For a field that is not structured: productions and quoted texts (of any case) separated by " / "; "#" before them
// makes a list of them, "1#" one that has a member. The productions are named in field_grammar.cpp.
//
// For a structured field the types of RFC 9651 separated by "|":
//   Item, List    TYPES [; PARAMETERS]
//   Dictionary    key=TYPES key=TYPES ... [; PARAMETERS]     "*" is every other key
//   PARAMETERS    key=TYPES ... [!]                          "!": there are no other ones
// Integer(0..7) restricts a number, Token(a,b) names the words that are defined, InnerList(TYPE) says what is in it,
// Number is an Integer or a Decimal.
#pragma once

#include <string_view>
#include <vector>

#include "statuslab/structured_field.h"

namespace statuslab::syntax {

// How many bytes of the value fit: all of them where it is right. A list is one value here.
[[nodiscard]] std::size_t length_that_fits(std::string_view value, std::string_view grammar);
// Whether the value may be empty.
[[nodiscard]] bool may_be_empty(std::string_view grammar);

enum class MismatchKind : std::uint8_t { type, range, word, key };

struct Mismatch {
  MismatchKind kind;
  bool in_parameter;
  std::string_view key;       // of the Dictionary member or parameter; empty for a member of a List or an Item
  std::string_view expected;  // from the grammar: its types, its range or its words
  const structured::BareItem* item;  // null for an Inner List and for a key; points into the value
  Span span;
};
// Where the value has other types, numbers, words or parameters than the grammar says. Borrows from both.
[[nodiscard]] std::vector<Mismatch> find_mismatches(const structured::Value& value, std::string_view grammar);

}  // namespace statuslab::syntax
