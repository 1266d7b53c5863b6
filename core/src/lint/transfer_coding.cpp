#include "lint/transfer_coding.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "lint/reporter.h"

namespace statuslab::lint {

std::vector<TransferCoding> transfer_codings(const MessageView& message) {
  std::vector<TransferCoding> codings;
  for (const Span member : message.field(FieldId::transfer_encoding).members()) {
    if (member.empty()) continue;
    const std::string_view text = message.text(member);
    const std::string_view name = ascii::trim(text.substr(0, text.find(';')));
    const auto end = member.begin + static_cast<std::uint32_t>(name.size());
    codings.push_back({name, {member.begin, end}, {end, member.end}});
  }
  return codings;
}

bool is_chunked(const TransferCoding& coding) { return ascii::equals_ignoring_case(coding.name, "chunked"); }

bool is_identity(const TransferCoding& coding) { return ascii::equals_ignoring_case(coding.name, "identity"); }

bool is_compression(const TransferCoding& coding) {
  constexpr std::array<std::string_view, 5> names{"gzip", "deflate", "compress", "x-gzip", "x-compress"};
  return std::any_of(names.begin(), names.end(),
                     [&](std::string_view name) { return ascii::equals_ignoring_case(coding.name, name); });
}

std::vector<Edit> set_transfer_codings(const MessageView& message, const std::vector<TransferCoding>& codings) {
  if (codings.empty()) return remove_lines(message.field(FieldId::transfer_encoding));
  std::string value;
  for (const TransferCoding& coding : codings) {
    if (!value.empty()) value += ", ";
    value.append(message.text({coding.name_span.begin, coding.parameters.end}));
  }
  return set_field(message, FieldId::transfer_encoding, value);
}

}  // namespace statuslab::lint
