// Plays a scenario: client, private cache, shared cache, proxy and origin pass messages to each other over a virtual
// clock, and a trace tells what each of them sent, decided and kept. Every member has a default; `simulate({})` is one GET that
// is answered with 200. A scenario's JSON has the same members under the same names (statuslab/simulate_json.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "statuslab/cache.h"
#include "statuslab/client.h"
#include "statuslab/decision.h"
#include "statuslab/http.h"
#include "statuslab/intermediary.h"
#include "statuslab/message.h"
#include "statuslab/origin.h"

namespace statuslab::simulate {

// --- scenario -------------------------------------------------------------------------------------------------------

struct ClientPlan {
  std::string profile = "by-the-book";
  client::Config config{};
  http::Request request{"GET", "https://a.example/", {}, {}};
  std::string http_version = "1.1";
  // What a request value cannot say; only where the client talks to the origin itself.
  std::optional<std::string> tls_authority{};
  std::vector<origin::Malformed> malformed{};
  bool incomplete = false;  // the header section stops in the middle
  bool certificate = false;
  std::string ip = "192.0.2.1";
  std::optional<CacheOptions> private_cache{};
};

// What happens on the way to the origin.
enum class Reach : std::uint8_t {
  works,
  unreachable,  // no connection
  silent,       // the request is taken, no response comes
  closes,       // the request is taken, then the connection is closed
  garbled,      // bytes come that are no HTTP
};
struct Network {
  bool captive_portal = false;  // something near the client answers in the origin's place
  Reach origin = Reach::works;
  std::optional<std::uint64_t> truncate_response_at{};  // bytes of content after which the connection breaks
  std::uint32_t timeout_ms = 30000;                     // how long a client waits for a silent server
};

// A response in the words of the scenario, malformed or not; the origin does not decide then.
struct Given {
  std::string wire;  // with interim responses before it and excess bytes behind it, if any
  std::uint32_t after_ms = 0;
  std::optional<client::End> end{};  // absent: as the framing says
};

enum class Do : std::uint8_t { request, change_resource, set_origin_state, set_network };
struct StepPlan {
  Instant at_ms = 0;  // since the start; a client that is busy begins when it is free
  Do what = Do::request;
  std::uint32_t client = 0;  // which one: each has cookies, connections and a private cache of its own
  http::Request request{};
  std::string path{};      // change_resource
  origin::State state{};   // set_origin_state
  Network network{};       // set_network
};

struct Scenario {
  Instant start = 1767607200000;  // 2026-01-05T10:00:00Z
  std::uint32_t hop_latency_ms = 5;
  ClientPlan client{};
  Network network{};
  std::optional<CacheOptions> shared_cache{};
  std::optional<intermediary::Config> proxy{};
  origin::Config origin{};
  std::vector<Given> given{};    // for the first, second, ... request that reaches the origin; the last one goes on
  std::vector<StepPlan> steps{};  // empty: the client's request, once
};

// --- trace ------------------------------------------------------------------------------------------------------------

// A request goes as a whole, or its content waits for 100 (Continue).
enum class Piece : std::uint8_t { whole, head, content };

struct MessageEvent {
  Actor to{};
  Instant arrives = 0;
  std::uint32_t exchange = 0;    // counted from 1
  std::uint32_t connection = 0;  // 0: inside one process
  bool is_request = true;
  Piece piece = Piece::whole;
  bool interim = false;
  std::uint16_t status = 0;
  std::string method{};
  std::string target{};
  std::string wire{};
  Framing framing = Framing::none;
  std::int64_t decision = -1;  // index of the event that holds the decision; -1: passed on
};

struct DecisionEvent {
  std::uint32_t exchange = 0;
  Decision decision{};
};

enum class StateKind : std::uint8_t { stored, cookie, connection, preflight, credentials, resource };
enum class StateOperation : std::uint8_t { add, update, remove };
struct StateEvent {
  StateKind kind{};
  StateOperation operation{};
  std::string key{};
  std::string value{};  // of a connection: why it was closed
  Actor to{};           // connections
  bool invalidated = false;
  std::int64_t lifetime_ms = 0;
  std::int64_t age_ms = 0;
};

enum class NoteKind : std::uint8_t { wait, timeout, truncated, excess_bytes, script_ended, resource_changed, origin_changed, network_changed, too_many_events };
struct NoteEvent {
  NoteKind kind{};
  std::int64_t amount = 0;  // milliseconds or bytes
  std::string subject{};
};

struct Event {
  Instant at = 0;
  std::uint32_t step = 0;
  std::uint32_t client = 0;
  Actor actor{};
  std::variant<MessageEvent, DecisionEvent, StateEvent, NoteEvent> what;
};

struct StepOutcome {
  std::uint32_t step = 0;
  std::uint32_t client = 0;
  Instant at = 0;
  std::int64_t message = -1;  // index of the final response that the client received last; -1: none
  client::Outcome outcome{};
};

struct Trace {
  Instant start = 0;
  std::vector<Actor> actors{};  // from the client to the origin
  std::vector<Event> events{};  // by time, then by cause
  std::vector<StepOutcome> outcomes{};
};

// A trace that has more events, or more bytes in its messages, ends there; a note says so.
inline constexpr std::size_t max_events = 20000;
inline constexpr std::size_t max_wire_bytes = std::size_t{1} << 25;

// Takes time in proportion to the messages sent. A profile that does not exist is taken for "by-the-book"; `fault` tells.
[[nodiscard]] Trace simulate(const Scenario& scenario);

// Why a scenario cannot be played, though each of its members could be read: which member, what stands there, what would
// be possible. Empty where it can.
struct Fault {
  std::string pointer;
  std::string expected;
};
[[nodiscard]] std::optional<Fault> fault(const Scenario& scenario);

}  // namespace statuslab::simulate
