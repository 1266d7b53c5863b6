// What is registered, and what is seen in the wild: status codes, fields, methods. The rows come from core/data.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "field_id.h"

namespace statuslab {

enum class StatusKind : std::uint8_t { registered, reserved, temporary, draft, unofficial, invalid };

// Content of a response with this status: never; framed but of length zero (205); possible; customary; or the code
// is never on the wire.
enum class ContentRule : std::uint8_t { forbidden, empty, allowed, expected, none };

struct StatusInfo {
  std::uint16_t code;
  std::string_view key;     // unique: "204", "419-laravel"
  std::string_view phrase;
  StatusKind kind;
  std::string_view vendor;  // empty for registered codes
  std::string_view reference;
  ContentRule content;
  bool heuristically_cacheable;  // RFC 9110 section 15.1
  bool log_only;                 // stands in logs, never on the wire
  std::string_view required;     // comma separated field names
  std::string_view customary;
};

// All rows of one code, the registered one first; empty for a code that nobody uses.
[[nodiscard]] std::span<const StatusInfo> find_status(std::uint16_t code);
[[nodiscard]] std::span<const StatusInfo> all_statuses();

// RFC 9110 section 15: "a client MUST understand the class of any status code, as indicated by the first digit, and
// treat an unrecognized status code as being equivalent to the x00 status code of that class"; codes outside 100..599
// as 500. The code itself where it is registered.
[[nodiscard]] std::uint16_t treated_as(std::uint16_t code);

enum class FieldDirection : std::uint8_t { request, response, both };
enum class FieldSection : std::uint8_t { header, trailer, both };
enum class FieldShape : std::uint8_t {
  singleton, list, structured_item, structured_list, structured_dictionary, cookie, other,
};
enum class FieldStatus : std::uint8_t { permanent, provisional, deprecated, obsoleted, historic, unofficial };

struct FieldInfo {
  FieldId id;
  std::string_view name;
  FieldDirection direction;
  FieldSection section;
  FieldShape shape;
  FieldStatus status;
  bool hop_by_hop;
  std::string_view grammar;  // core/data/field_grammars.tsv; empty for a field that no table judges
  std::string_view keywords;  // core/data/field_keywords.tsv, separated by spaces
};

// Names are case-insensitive. FieldId::unknown for a name without a row.
[[nodiscard]] FieldId find_field(std::string_view name);
extern const FieldInfo field_rows[field_count];
// `id` is not FieldId::unknown.
[[nodiscard]] inline const FieldInfo& field_info(FieldId id) { return field_rows[static_cast<std::size_t>(id) - 1]; }
[[nodiscard]] std::span<const FieldInfo> all_fields();

enum class RequestContent : std::uint8_t { yes, no, defined };

struct MethodInfo {
  std::string_view name;
  bool safe;
  bool idempotent;
  bool cacheable;
  RequestContent content;
  std::string_view reference;
};

// Methods are case-sensitive. Null for a method that is not registered.
[[nodiscard]] const MethodInfo* find_method(std::string_view name);
[[nodiscard]] std::span<const MethodInfo> all_methods();

}  // namespace statuslab
