// Values of an answer as literals. Whatever the bytes are, the literal ends where it should and holds just these bytes;
// characters that cannot be seen, or that change how the code around them is shown, are written as escapes.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "snippet/code.h"

namespace statuslab::snippet {

// `text` is UTF-8. Quoted as the formatter of the language would quote it.
[[nodiscard]] std::string quoted(std::string_view text, Language language);
// Any bytes, as an escaped literal: b"..." for Python, "..." for Go. Java and JavaScript have none; they take base64.
[[nodiscard]] std::string quoted_bytes(std::string_view bytes, Language language);

// JSON text as a value of the language. Absent where the value would not give the same JSON back, or where one cannot write
// it down readably: then the text itself is sent.
[[nodiscard]] std::optional<Expression> json_value(std::string_view text, Language language);

}  // namespace statuslab::snippet
