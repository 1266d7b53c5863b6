// Results as JSON (RFC 8259): one compact UTF-8 line. Bytes that are not UTF-8 become U+FFFD; offsets are bytes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "statuslab/fix.h"
#include "statuslab/lint.h"
#include "statuslab/parse.h"
#include "statuslab/structured_field.h"

namespace statuslab {

[[nodiscard]] std::string to_json(const LintResult& result, const Exchange& exchange);
[[nodiscard]] std::string to_json(const std::vector<Message>& messages, std::string_view text);
// {"rounds":[{"request":[edits],"response":[edits],"applied":[{"rule":...,"on":...,"label":...,"args":{}}]}]}
[[nodiscard]] std::string to_json(const FixResult& result);
// [{"on":"response","index":0,"codings":["gzip"],"parts":[[120,480]]},...]
[[nodiscard]] std::string to_json(const std::vector<CodedContent>& contents);
// {"code":499,"treatedAs":400,"rows":[...]}
[[nodiscard]] std::string status_json(std::uint16_t code);
// The lines of one field as a structured field (RFC 9651):
//   {"ok":true,"value":...,"serialised":"..."}          serialised is null for an empty List or Dictionary
//   {"ok":false,"error":{"kind":"trailing-comma","line":0,"begin":3,"end":4}}      bytes of that line
// The value has the form of the public test vectors: an Item is [bare item, parameters], an Inner List [items, parameters],
// parameters and a Dictionary are arrays of [key, value], and what JSON has no type for is {"__type":"token","value":"a"},
// likewise "binary" (base32), "date" (seconds) and "displaystring".
[[nodiscard]] std::string structured_field_json(const std::vector<std::string_view>& lines, structured::FieldType type);
// [{"id":"content-length-in-204","family":"framing","severity":"error"},...], by number.
[[nodiscard]] std::string rules_json();

}  // namespace statuslab
