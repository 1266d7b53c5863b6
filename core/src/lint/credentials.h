// What looks like a credential, for rules about cookies and about secrets.
#pragma once

#include <string_view>

namespace statuslab::lint {

// The name of a cookie that logs someone in, as frameworks and people choose it: PHPSESSID, connect.sid, auth_token.
// Tokens against request forgery are not meant: scripts have to read them.
[[nodiscard]] bool names_session(std::string_view cookie_name);

// A JSON Web Token in compact form (RFC 7519 section 3.1): base64url parts of which the first begins with {" (eyJ).
[[nodiscard]] bool is_jwt(std::string_view s);
// Its length where one begins at the front of `s`, else 0.
[[nodiscard]] std::size_t jwt_length(std::string_view s);

}  // namespace statuslab::lint
