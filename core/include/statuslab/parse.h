// Text -> messages, and back. Never fails: malformed input gives messages *and* problems.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/message.h"

namespace statuslab {

// What a response answers, as far as framing depends on it (RFC 9112 section 6.3, rules 1 and 2).
enum class AnswerTo : std::uint8_t { unknown, head, connect, other };

struct ParseOptions {
  MessageKind expect = MessageKind::response;
  // What the first, second, ... final response answers; those beyond the end are unknown.
  std::span<const AnswerTo> answers{};
  // `shown`: all that follows the first header section is content.
  ContentForm content = ContentForm::sent;
};

// Texts of 4 GiB and more are cut there: offsets have 32 bits.
// The result's spans refer to `text`; the result itself borrows nothing.
[[nodiscard]] std::vector<Message> parse(std::string_view text, const ParseOptions& options = {});

// The same into a vector that is used again, so that its memory is.
void parse_into(std::string_view text, const ParseOptions& options, std::vector<Message>& messages);

// What to read values from where lines are folded: the text with SP in place of the bytes of each fold, so that spans stay
// what they are. Absent where nothing is folded. RFC 9112 section 5.2: "replace each received obs-fold with one or more SP
// octets prior to interpreting the field value". `text` is what the messages were parsed from.
[[nodiscard]] std::optional<std::string> unfold(std::string_view text, std::span<const Message> messages);

// The message as wire bytes: each line of the head verbatim, ended by CRLF, then content and excess verbatim.
// For a curl transcript the prefixes are gone. `text` is what the message was parsed from.
[[nodiscard]] std::string serialise(const Message& message, std::string_view text);

[[nodiscard]] AnswerTo answer_to(const Message& request, std::string_view text);

}  // namespace statuslab
