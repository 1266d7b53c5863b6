// Look-ups in the tables that scripts/generate.py makes of core/data.
#include "statuslab/registry.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace statuslab {

constexpr FieldInfo field_rows[field_count] = {
#include "field_table.inc"
};

namespace {

constexpr StatusInfo statuses[] = {
#include "status_table.inc"
};
constexpr MethodInfo methods[] = {
#include "method_table.inc"
};

// Over the length and six letters, whatever their case: names differ at their ends and in the middle.
constexpr std::uint32_t hash(std::string_view name) {
  if (name.empty()) return 0;
  const std::size_t last = name.size() - 1;
  std::uint32_t h = static_cast<std::uint32_t>(name.size());
  for (const std::size_t at : {std::size_t{0}, last / 4, last / 2, last - last / 4, last - (last > 0), last})
    h = (h ^ (ascii::byte(name[at]) | 0x20u)) * 16777619u;
  return h ^ (h >> 15);
}

// Open addressing, made by the compiler; a slot holds a row's number plus one.
constexpr std::size_t slot_count = 1024;
static_assert(field_count < slot_count / 2);
constexpr auto slots = [] {
  std::array<std::uint16_t, slot_count> table{};
  for (std::size_t i = 0; i < field_count; ++i) {
    std::size_t slot = hash(field_rows[i].name) % slot_count;
    while (table[slot] != 0) slot = (slot + 1) % slot_count;
    table[slot] = static_cast<std::uint16_t>(i + 1);
  }
  return table;
}();

}  // namespace

std::span<const StatusInfo> find_status(std::uint16_t code) {
  const auto* begin = std::lower_bound(std::begin(statuses), std::end(statuses), code,
                                       [](const StatusInfo& row, std::uint16_t c) { return row.code < c; });
  const auto* end = begin;
  while (end != std::end(statuses) && end->code == code) ++end;
  return {begin, end};
}

std::span<const StatusInfo> all_statuses() { return statuses; }

std::uint16_t treated_as(std::uint16_t code) {
  const auto rows = find_status(code);
  if (!rows.empty() && (rows[0].kind == StatusKind::registered || rows[0].kind == StatusKind::temporary)) return code;
  // "Values outside of the range 100..599 are invalid. ... a client that receives a response with an invalid status code
  // SHOULD process the response as if it had a 5xx (Server Error) status code."
  if (code < 100 || code > 599) return 500;
  return static_cast<std::uint16_t>(code / 100 * 100);
}

FieldId find_field(std::string_view name) {
  for (std::size_t slot = hash(name) % slot_count; slots[slot] != 0; slot = (slot + 1) % slot_count) {
    const FieldInfo& row = field_rows[slots[slot] - 1];
    if (ascii::equals_ignoring_case(row.name, name)) return row.id;
  }
  return FieldId::unknown;
}

std::span<const FieldInfo> all_fields() { return field_rows; }

const MethodInfo* find_method(std::string_view name) {
  const auto* row = std::find_if(std::begin(methods), std::end(methods), [&](const MethodInfo& m) { return m.name == name; });
  return row == std::end(methods) ? nullptr : row;
}

std::span<const MethodInfo> all_methods() { return methods; }

}  // namespace statuslab
