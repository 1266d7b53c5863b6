// Structured Field Values for HTTP (RFC 9651): parsing (section 4.2) and serialising (section 4.1), to the letter.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/span.h"

namespace statuslab::structured {

enum class FieldType : std::uint8_t { item, list, dictionary };

enum class ItemType : std::uint8_t { integer, decimal, string, token, binary, boolean, date, display_string };

// A bare Item (section 3.3). Spans count bytes of the text that was parsed.
struct BareItem {
  ItemType type = ItemType::boolean;
  // Integer; Date in seconds since 1970; Decimal in thousandths, which is all that section 3.3.2 allows; Boolean: 0 or 1.
  std::int64_t number = 1;
  // String, Token, Byte Sequence decoded, Display String as UTF-8.
  std::string text;
  Span span{};
};

struct Parameter {
  std::string key;
  BareItem value;
  Span key_span{};
};
// Each key once: "when duplicate parameter keys are encountered, all but the last instance are ignored."
using Parameters = std::vector<Parameter>;

struct Item {
  BareItem value;
  Parameters parameters;
  Span span{};
};

// A member of a List or a Dictionary, or the Item that is the whole field: one bare Item, or an Inner List.
struct Member {
  std::string key;  // in a Dictionary
  bool is_inner_list = false;
  BareItem value;
  std::vector<Item> items;  // of the Inner List
  Parameters parameters;
  Span key_span{};
  Span span{};  // without the key
};

struct Value {
  FieldType type = FieldType::item;
  std::vector<Member> members;  // exactly one for an Item
  // Keys of Dictionary members and of parameters that count for nothing, since the same key comes again.
  std::vector<Span> overwritten;
};

enum class ErrorKind : std::uint8_t {
  not_ascii,             // a byte above 0x7F
  item_expected,         // nothing that an Item could start with
  key_expected,          // a key starts with a lower-case letter or "*"
  comma_expected,        // something else follows a member
  trailing_comma,        // nothing follows the last comma
  text_after_item,       // a second value where the field is a single Item
  inner_list_unclosed,
  inner_list_separator,  // members of an Inner List are separated by spaces
  digit_expected,
  integer_too_long,      // more than 15 digits
  decimal_too_long,      // more than 12 digits before the point
  fraction_length,       // not one to three digits after the point
  string_unclosed,
  string_escape,         // a backslash before anything but a quote and a backslash
  string_character,      // a control in a String or Display String
  binary_unclosed,
  binary_character,      // outside the alphabet of base64
  binary_length,         // not base64: a single character left, or "=" in the wrong place
  boolean_value,         // neither ?0 nor ?1
  date_decimal,          // a Date with a fraction
  display_quote,         // "%" without a quote after it
  display_escape,        // "%" without two lower-case hexadecimal digits
  display_utf8,          // not UTF-8 after decoding
};

struct Error {
  ErrorKind kind;
  Span span;  // parsing fails at its end or on its bytes; empty at the end of the text
};

// One of the two. "If parsing fails, either the entire field value MUST be ignored ... or ... the complete HTTP message
// MUST be treated as malformed."
struct Parsed {
  Value value;
  std::optional<Error> error;
};

// `text` is the field's value; several lines are one value after `join`. The result borrows nothing.
[[nodiscard]] Parsed parse(std::string_view text, FieldType type);

// "parsers MUST combine all field lines in the same section (header or trailer) that case-insensitively match the field
// name into one comma-separated field-value".
[[nodiscard]] std::string join(const std::vector<std::string_view>& lines);

// The line of a place in the joined text, and the place in that line. What lies between two lines counts to the first.
struct LinePlace {
  std::size_t line;
  Span span;
};
[[nodiscard]] LinePlace place_in_lines(Span joined, const std::vector<std::string_view>& lines);

// Empty optional where section 4.1 says to fail: an Integer of more than 15 digits, a control in a String ... What
// `parse` returns never fails. The empty text of an empty List or Dictionary means: send no field at all.
[[nodiscard]] std::optional<std::string> serialise(const Value& value);
[[nodiscard]] std::optional<std::string> serialise(const BareItem& item);

// The parameter with the key; null where there is none.
[[nodiscard]] const Parameter* find(const Parameters& parameters, std::string_view key);
// The Dictionary's member; null where there is none.
[[nodiscard]] const Member* find(const Value& value, std::string_view key);

}  // namespace statuslab::structured
