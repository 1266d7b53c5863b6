// Draws a text with carets under the places of its problems, so that a test shows what it means.
#pragma once

#include <string>
#include <string_view>

#include "statuslab/parse.h"

namespace statuslab::tests {

// Control characters visible ("\r", "\n", "\xFF"), one line of picture for each line of text, and under it a line of
// carets and the kind for each problem that begins there; an empty place is shown as "|".
[[nodiscard]] std::string picture(std::string_view text, const std::vector<Message>& messages);

[[nodiscard]] std::string_view name_of(ProblemKind kind);

// parse() and picture() in one.
[[nodiscard]] std::string problems_in(std::string_view text, const ParseOptions& options = {});

}  // namespace statuslab::tests
