// Any bytes as the value of any field that has a grammar, as a Link and as an extended value: no reader leaves its text.
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/statuslab.h"
#include "syntax/field_grammar.h"
#include "syntax/rfc8187.h"
#include "syntax/rfc8288.h"
#include "syntax/rfc9110.h"
#include "syntax/spelling.h"

namespace {

using namespace statuslab;

void check_inside(std::string_view part, std::string_view text) {
  if (part.data() == nullptr) return;
  require(part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
}

void check_links(std::string_view text) {
  const syntax::Links links = syntax::parse_links(text);
  require(links.error <= text.size());
  for (const syntax::LinkValue& link : links.values) {
    check_inside(link.whole, text);
    check_inside(link.target, text);
    for (const syntax::LinkParameter& parameter : link.parameters) {
      check_inside(parameter.name, text);
      check_inside(parameter.value, text);
      check_inside(parameter.before_value, text);
      (void)syntax::unquoted(parameter.value);
    }
  }
}

}  // namespace

// The first two bytes choose the field.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 2) return 0;
  const auto fields = all_fields();
  const FieldInfo& field = fields[static_cast<std::size_t>(data[0] * 256 + data[1]) % fields.size()];
  const std::string_view text(reinterpret_cast<const char*>(data) + 2, size - 2);
  const bool structured = field.shape == FieldShape::structured_item || field.shape == FieldShape::structured_list ||
                          field.shape == FieldShape::structured_dictionary;
  if (structured) {
    for (const auto type : {structured::FieldType::item, structured::FieldType::list, structured::FieldType::dictionary}) {
      const structured::Parsed parsed = structured::parse(text, type);
      for (const syntax::Mismatch& mismatch : syntax::find_mismatches(parsed.value, field.grammar))
        require(mismatch.span.begin <= mismatch.span.end && mismatch.span.end <= text.size());
    }
  } else if (!field.grammar.empty()) {
    require(syntax::length_that_fits(text, field.grammar) <= text.size());
  }
  check_links(text);
  const syntax::ExtValue value = syntax::parse_ext_value(text);
  require(value.error != syntax::ExtError::none || syntax::is_utf8(value.text));
  require(syntax::parse_ext_value(syntax::format_ext_value(value.text)).text == value.text);
  require(syntax::edit_distance(text, field.name, 2) <= 3);
  require(syntax::edit_distance(text, text, 2) == (text.size() <= 64 ? 0 : 3));
  return 0;
}
