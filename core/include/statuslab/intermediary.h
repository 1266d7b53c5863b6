// A proxy or gateway between client and origin: what it changes in the messages that it forwards, and what it answers by
// itself. A value in, a value out; it keeps nothing between requests. Sources: RFC 9110 sections 7.6, 7.7, 11.7, 15.2,
// 15.6; RFC 8470; RFC 9112 sections 6 and 7.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "statuslab/decision.h"
#include "statuslab/http.h"

namespace statuslab::intermediary {

enum class Role : std::uint8_t { proxy, gateway };

struct Config {
  Role role = Role::proxy;
  std::string name = "proxy";        // received-by in Via
  std::string challenge{};             // Proxy-Authenticate, such as `Basic realm="p"`; empty: nobody has to authenticate
  std::string credentials{};         // the Proxy-Authorization that it accepts: "Basic dTpw"
  bool forward_early_data = true;    // false: waits for the end of the handshake
  bool knows_early_data = true;      // understands RFC 8470
  bool repeats_425 = false;          // sends the request again, after the handshake, when the origin answers 425
  bool forward_interim = true;
  bool transform = false;            // makes something else of the content of a 200
  std::string upstream_version = "1.1";
  std::uint32_t response_timeout_ms = 30000;
};

struct Incoming {
  http::Request request{};
  std::string version = "1.1";  // of the connection it came on: "1.0", "1.1", "2", "3"
  bool early_data = false;      // came before the TLS handshake was complete
};

struct Forwarded {
  http::Request request{};
  std::string version = "1.1";
  bool early_data = false;  // goes as early data itself
  bool chunked = false;     // content is in chunks on the wire
  // 100 (Continue) is asked for by this party: the request had no Expect of its own.
  bool own_expectation = false;
};

// Either `forward` or `respond`.
struct Step {
  std::optional<Forwarded> forward;
  std::optional<http::Response> respond;
  Decisions decisions;
};
[[nodiscard]] Step receive(const Config& config, const Incoming& incoming);

// What came of the request upstream. `malformed`: bytes that are no HTTP message.
enum class Failure : std::uint8_t { none, unreachable, closed, timeout, malformed };

struct Answer {
  Failure failure = Failure::none;
  http::Response response{};
  std::string version = "1.1";  // that it came in
};
// `forward` again where a 425 is answered by another try, otherwise `respond`.
[[nodiscard]] Step respond(const Config& config, const Incoming& incoming, const Forwarded& forwarded, const Answer& answer);

}  // namespace statuslab::intermediary
