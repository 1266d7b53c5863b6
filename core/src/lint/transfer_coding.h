// What Transfer-Encoding says (RFC 9112 sections 6.1 and 7): codings in the order in which they were applied.
#pragma once

#include <string_view>
#include <vector>

#include "lint/reporter.h"

namespace statuslab::lint {

// transfer-coding = token *( OWS ";" OWS transfer-parameter )
struct TransferCoding {
  std::string_view whole;  // as written; all borrow from the message's text
  std::string_view name;
  std::string_view parameters;  // from after the name to the end
};

// Of all Transfer-Encoding lines of the header section, without empty list members.
[[nodiscard]] std::vector<TransferCoding> transfer_codings(const MessageView& message);

// Names are case-insensitive.
[[nodiscard]] bool is_chunked(const TransferCoding& coding);
[[nodiscard]] bool is_identity(const TransferCoding& coding);
// compress, deflate, gzip and their x- forms (RFC 9112 section 7.2).
[[nodiscard]] bool is_compression(const TransferCoding& coding);

// Where a request has Content-Length and chunks, and they end in different places: the bytes that belong to it by one
// reading and to the next request by the other. Empty where both agree or the text does not tell.
[[nodiscard]] Span bytes_of_two_messages(const FieldView& content_length);

// The field's lines replaced by this list; the lines removed where nothing is left.
[[nodiscard]] std::vector<Edit> set_transfer_codings(const MessageView& message,
                                                     const std::vector<TransferCoding>& codings);

}  // namespace statuslab::lint
