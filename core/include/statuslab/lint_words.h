// The result of lint as numbers and one text: for hosts that make values of their own of it, which costs them a fraction of
// what it takes to write JSON and to read it again. The same as in JSON, in the same order, without the names.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "statuslab/lint.h"

namespace statuslab {

// `words` has, one after the other,
//   result    checks, list of findings, list of messages in the request text, list of those in the response text
//   list      how many, then each
//   finding   rule (text), severity, side, index, span, list of arguments (name and value: texts), list of fixes
//   fix       label, safe (0 or 1), list of edits (span, text)
//   message   kind, dialect, span, version (text), then of a request method and target, of a response status and reason (each text
//             and span, the status as a number), list of fields, list of trailers (name and value: spans), spans of content and excess,
//             framing
// A span is two words. A text is one word: how many UTF-16 code units of `text` it has; texts stand there in the same order.
// Enumerators are numbers in the order in which they are declared. `text` is UTF-8, repaired as in JSON.
struct LintWords {
  std::vector<std::uint32_t> words;
  std::string text;
};

[[nodiscard]] LintWords to_words(const LintResult& result, const Exchange& exchange);

}  // namespace statuslab
