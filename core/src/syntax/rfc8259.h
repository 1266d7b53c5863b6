// JSON-text (RFC 8259 section 2), read by a parser that goes on after what people commonly write instead of JSON, so
// that each deviation has its place. One pass; no recursion, so depth costs memory and not stack.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

enum class JsonFault : std::uint8_t {
  // The parser goes on after these.
  comment,            // of // or /* */ or # form
  trailing_comma,     // before "}" or "]"
  comma_missing,      // an empty place between two members or elements
  single_quotes,      // 'a string'
  name_unquoted,      // {name: 1}
  not_a_number,       // NaN, Infinity, -Infinity
  literal,            // True, False, None, undefined, TRUE ...
  number,             // 01, +1, .5, 5., 0x1F
  control_character,  // a raw byte below 0x20 in a string
  escape,             // \x or \' and the like
  lone_surrogate,     // \ud800 without its other half
  duplicate_name,     // at the second one; `other` is the first
  number_precision,   // an integer above 2^53-1 or a number above what binary64 holds
  depth,              // the first value that is more than 100 levels deep
  // And ends with these.
  unexpected,         // something else than a value, a name or a comma
  unterminated,       // the text ends inside a string, array or object: its first byte
  trailing,           // bytes after the value
};

struct JsonNote {
  JsonFault fault;
  std::size_t begin;
  std::size_t end;
  std::size_t other = 0;
};

enum class JsonType : std::uint8_t { none, object, array, string, number, literal };

// A member of the outermost object.
struct JsonMember {
  std::string_view name;   // as written, without its quotes
  std::string_view value;  // as written, with its quotes
  JsonType type;
};

struct JsonText {
  JsonType type = JsonType::none;
  std::size_t begin = 0;            // of the value
  std::vector<JsonMember> members;  // where it is an object
  std::vector<JsonNote> notes;      // in order of their ends; at most a few of each kind
  bool has(JsonFault fault) const;
  // It keeps to the grammar: objects with a name twice, lone surrogates and large numbers do.
  bool is_valid() const;
  // The first member of this name; null where there is none.
  const JsonMember* member(std::string_view name) const;
};

// The views borrow from `text`. A byte order mark is skipped.
[[nodiscard]] JsonText parse_json(std::string_view text);

// The characters of a string between its quotes, as UTF-8; a lone surrogate becomes U+FFFD.
[[nodiscard]] std::string unescape_json(std::string_view inside);

}  // namespace statuslab::syntax
