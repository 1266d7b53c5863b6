// Any bytes as a structured field: what parses is serialised, parses again to the same value, and is then canonical; spans
// lie inside the text; JSON is JSON.
#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "fuzz/require.h"
#include "statuslab/statuslab.h"

namespace {

using namespace statuslab;
using namespace statuslab::structured;

void check_span(Span span, std::string_view text) { require(span.begin <= span.end && span.end <= text.size()); }

void check_parameters(const Parameters& parameters, std::string_view text) {
  for (const Parameter& parameter : parameters) {
    check_span(parameter.key_span, text);
    require(slice(text, parameter.key_span) == parameter.key);
    check_span(parameter.value.span, text);
    require(find(parameters, parameter.key) == &parameter);
  }
}

void check_value(const Value& value, std::string_view text) {
  for (const Member& member : value.members) {
    check_span(member.span, text);
    check_span(member.key_span, text);
    check_span(member.value.span, text);
    check_parameters(member.parameters, text);
    for (const Item& item : member.items) {
      check_span(item.span, text);
      check_parameters(item.parameters, text);
    }
  }
  for (const Span span : value.overwritten) check_span(span, text);
}

void check(std::string_view text, FieldType type) {
  const Parsed parsed = parse(text, type);
  if (parsed.error) return check_span(parsed.error->span, text);
  check_value(parsed.value, text);
  const auto canonical = serialise(parsed.value);
  require(canonical.has_value());
  const Parsed again = parse(*canonical, type);
  require(!again.error && again.value.overwritten.empty());
  require(serialise(again.value) == canonical);
}

}  // namespace

// The first byte is the type; newlines separate lines.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const auto type = static_cast<FieldType>(data[0] % 3);
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  check(text, type);
  std::vector<std::string_view> lines;
  for (std::string_view rest = text;;) {
    const std::size_t end = rest.find('\n');
    lines.push_back(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    rest.remove_prefix(end + 1);
  }
  require(nlohmann::json::accept(structured_field_json(lines, type)));
  return 0;
}
