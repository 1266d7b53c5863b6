// What the Fetch Standard says of origins, methods and field names in its CORS protocol.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace statuslab::syntax {

// serialized-origin = serialized-scheme "://" serialized-host [ ":" serialized-port ], all in lower case, without the
// scheme's default port: what user agents send in Origin.
[[nodiscard]] bool is_serialized_origin(std::string_view s);
// The origin that a URI means: "HTTPS://Example.com:443/path" -> "https://example.com". Empty where it has no scheme,
// and where the result is none.
[[nodiscard]] std::optional<std::string> origin_of(std::string_view uri);

// "A CORS-safelisted method is a method that is `GET`, `HEAD`, or `POST`."
[[nodiscard]] bool is_cors_safelisted_method(std::string_view method);
// "A forbidden method is a method that is a byte-case-insensitive match for `CONNECT`, `TRACE`, or `TRACK`."
[[nodiscard]] bool is_forbidden_method(std::string_view method);
// A name that scripts cannot set, so that a preflight never asks for it.
[[nodiscard]] bool is_forbidden_request_header(std::string_view name);
// "CORS-safelisted request-header": a field that a form could send, with a value that one could.
[[nodiscard]] bool is_cors_safelisted_request_header(std::string_view name, std::string_view value);
// "no-CORS-safelisted request-header": one that a page may set in a request whose mode is "no-cors".
[[nodiscard]] bool is_no_cors_safelisted_request_header(std::string_view name, std::string_view value);
// `Set-Cookie` and `Set-Cookie2`, which scripts cannot see whatever a response exposes.
[[nodiscard]] bool is_forbidden_response_header(std::string_view name);
// A name that scripts see without Access-Control-Expose-Headers.
[[nodiscard]] bool is_safelisted_response_header(std::string_view name);

}  // namespace statuslab::syntax
