#include "base/similar.h"
#include "lint/transfer_coding.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint {

std::vector<TransferCoding> transfer_codings(const MessageView& message) {
  std::vector<TransferCoding> codings;
  for (const std::string_view member : message.field(FieldId::transfer_encoding).members()) {
    if (member.empty()) continue;
    const std::string_view name = ascii::trim(member.substr(0, member.find(';')));
    codings.push_back({member, name, member.substr(name.size())});
  }
  return codings;
}

bool is_chunked(const TransferCoding& coding) { return ascii::equals_ignoring_case(coding.name, "chunked"); }

bool is_identity(const TransferCoding& coding) { return ascii::equals_ignoring_case(coding.name, "identity"); }

bool is_compression(const TransferCoding& coding) {
  constexpr std::array<std::string_view, 5> names{"gzip", "deflate", "compress", "x-gzip", "x-compress"};
  return is_one_of(coding.name, names);
}

Span bytes_of_two_messages(const FieldView& content_length) {
  const MessageView& message = content_length.message();
  if (message->is_response() || message->framing != Framing::chunked || !message.complete()) return {};
  const auto length = syntax::parse_decimal(content_length.value());
  const Span content = message->content;
  if (!length || *length == content.size()) return {};
  const auto end = static_cast<std::uint32_t>(std::min<std::uint64_t>(content.begin + std::min<std::uint64_t>(*length, message.text().size()), message.text().size()));
  return end < content.end ? Span{end, content.end} : Span{content.end, end};
}

std::vector<Edit> set_transfer_codings(const MessageView& message, const std::vector<TransferCoding>& codings) {
  if (codings.empty()) return remove_lines(message.field(FieldId::transfer_encoding));
  std::string value;
  for (const TransferCoding& coding : codings) {
    if (!value.empty()) value += ", ";
    value.append(coding.whole);
  }
  return set_field(message, FieldId::transfer_encoding, value);
}

}  // namespace statuslab::lint
