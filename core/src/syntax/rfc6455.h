// The opening handshake of WebSocket (RFC 6455).
#pragma once

#include <string>
#include <string_view>

namespace statuslab::syntax {

// The Sec-WebSocket-Accept that belongs to a Sec-WebSocket-Key (section 4.2.2).
[[nodiscard]] std::string websocket_accept(std::string_view key);

}  // namespace statuslab::syntax
