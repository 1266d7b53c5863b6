#include "statuslab/http.h"

#include <algorithm>

#include "base/ascii.h"

namespace statuslab::http {

bool same_name(std::string_view a, std::string_view b) { return ascii::equals_ignoring_case(a, b); }

const std::string* find(const Fields& fields, std::string_view name) {
  for (const Field& field : fields)
    if (same_name(field.name, name)) return &field.value;
  return nullptr;
}

std::optional<std::string> combined(const Fields& fields, std::string_view name) {
  std::optional<std::string> all;
  for (const Field& field : fields) {
    if (!same_name(field.name, name)) continue;
    if (all) {
      *all += ", ";
      *all += field.value;
    } else {
      all = field.value;
    }
  }
  return all;
}

void remove(Fields& fields, std::string_view name) {
  fields.erase(std::remove_if(fields.begin(), fields.end(), [&](const Field& field) { return same_name(field.name, name); }),
               fields.end());
}

void set(Fields& fields, std::string_view name, std::string value) {
  const auto first =
      std::find_if(fields.begin(), fields.end(), [&](const Field& field) { return same_name(field.name, name); });
  if (first == fields.end()) {
    fields.push_back({std::string(name), std::move(value)});
    return;
  }
  first->value = std::move(value);
  fields.erase(std::remove_if(first + 1, fields.end(), [&](const Field& field) { return same_name(field.name, name); }),
               fields.end());
}

}  // namespace statuslab::http
