// Results as JSON (RFC 8259): one compact UTF-8 line. Bytes that are not UTF-8 become U+FFFD; offsets are bytes.
#pragma once

#include <string>
#include <string_view>

#include "statuslab/fix.h"
#include "statuslab/lint.h"
#include "statuslab/parse.h"

namespace statuslab {

[[nodiscard]] std::string to_json(const LintResult& result, const Exchange& exchange);
[[nodiscard]] std::string to_json(const std::vector<Message>& messages, std::string_view text);
// {"rounds":[{"request":[edits],"response":[edits],"applied":[{"rule":...,"on":...,"label":...,"args":{}}]}]}
[[nodiscard]] std::string to_json(const FixResult& result);
// {"code":499,"treatedAs":400,"rows":[...]}
[[nodiscard]] std::string status_json(std::uint16_t code);
// [{"id":"content-length-in-204","family":"framing","severity":"error"},...], by number.
[[nodiscard]] std::string rules_json();

}  // namespace statuslab
