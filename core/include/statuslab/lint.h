// Judges a response together with the request it answers, each as far as it is known.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "statuslab/finding.h"
#include "statuslab/message.h"

namespace statuslab {

enum class Scheme : std::uint8_t { unknown, http, https };

// What the codings of Content-Encoding leave of a message's content when they are undone, the last one first. The caller
// decodes, since the engine holds no decompressor; content that nobody decoded stays closed to rules about what is in it.
struct DecodedContent {
  Side side = Side::response;
  std::uint32_t index = 0;  // of the message in its text, interim responses included
  bool damaged = false;     // the bytes are no data of these codings
  std::string_view text{};
};

// Content that is there whole and still in its codings.
struct CodedContent {
  Side side = Side::response;
  std::uint32_t index = 0;
  std::vector<std::string_view> codings;  // in the order in which they were applied; none is identity
  std::vector<Span> parts;                // of the message's text: one, or the data of each chunk
};

// Absent is not the same as empty: rules that need what is absent stay silent.
struct Exchange {
  std::optional<std::string_view> request;
  std::optional<std::string_view> response;
  Scheme scheme = Scheme::unknown;
  ContentForm content = ContentForm::sent;
  std::span<const DecodedContent> decoded{};  // borrowed as the texts are
};

// What a rule runs at: its own severity, another one, or not at all. A rule of severity `fine` heeds only `off`.
enum class Level : std::uint8_t { own, off, error, warning, info, hint };

struct LintOptions {
  // Seconds since 1970-01-01T00:00:00Z. Absent: rules that need the time stay silent; no clock is ever asked.
  std::optional<std::int64_t> now{};
  // Positive notes too (Severity::fine).
  bool explain = false;
  // By rule number; rules beyond the end run at their own severity. Borrowed for the call.
  std::span<const Level> levels{};
};

struct LintResult {
  std::vector<Finding> findings;  // by side, place, severity, rule
  std::vector<Message> request;   // the messages found in each text
  std::vector<Message> response;
  std::uint32_t checks = 0;       // rules that applied and were run
};

// The result's spans refer to the exchange's texts; it borrows nothing else. Same input, same result.
[[nodiscard]] LintResult lint_exchange(const Exchange& exchange, const LintOptions& options = {});

// What a caller who has decompressors would decode, for Exchange::decoded.
[[nodiscard]] std::vector<CodedContent> coded_contents(const Exchange& exchange);

// "content-length-in-204" for Finding::rule.
[[nodiscard]] std::string_view rule_id(std::uint16_t rule);
[[nodiscard]] std::size_t rule_count();
// "framing": the folder of the rule's file.
[[nodiscard]] std::string_view rule_family(std::uint16_t rule);
[[nodiscard]] Severity rule_severity(std::uint16_t rule);
// How many fixes the rule's file names; a finding's labels are below it.
[[nodiscard]] std::size_t fix_count(std::uint16_t rule);

// `text` with the edits made. They are applied from the end; an edit that overlaps one after it is left out.
[[nodiscard]] std::string apply_edits(std::string_view text, std::vector<Edit> edits);

}  // namespace statuslab
