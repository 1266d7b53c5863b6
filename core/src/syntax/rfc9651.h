// Structured Field Values for HTTP (RFC 9651). Types, `parse` and `serialise` are public: statuslab/structured_field.h.
#pragma once

#include "statuslab/structured_field.h"

namespace statuslab::syntax {

// key = ( lcalpha / "*" ) *( lcalpha / DIGIT / "_" / "-" / "." / "*" ) (section 3.1.2)
[[nodiscard]] bool is_structured_key(std::string_view s);

// sf-token = ( ALPHA / "*" ) *( tchar / ":" / "/" ) (section 3.3.4)
[[nodiscard]] bool is_structured_token(std::string_view s);

}  // namespace statuslab::syntax
