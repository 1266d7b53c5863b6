// Traces of whole scenarios, drawn as lines: who sends what to whom, and when.
#include "statuslab/simulate.h"

#include <algorithm>
#include <catch2/catch_test_macros.hpp>
#include <string>

namespace statuslab::tests {
namespace {

using namespace simulate;

constexpr const char* short_names[] = {"client", "private", "shared", "proxy", "origin", "network"};

std::string drawn(const Trace& trace) {
  std::string lines;
  for (const Event& event : trace.events) {
    const auto* message = std::get_if<MessageEvent>(&event.what);
    if (message == nullptr) continue;
    lines += std::to_string(event.at - trace.start) + " " + short_names[static_cast<int>(event.actor)] +
             (message->is_request ? " -> " : " => ") + short_names[static_cast<int>(message->to)] + " ";
    lines += message->is_request ? message->method : std::to_string(message->status);
    lines += "\n";
  }
  for (const StepOutcome& outcome : trace.outcomes)
    lines += std::to_string(outcome.at - trace.start) + " ends with " + std::to_string(outcome.outcome.status) + "\n";
  return lines;
}

Scenario get(std::string target = "https://a.example/x") {
  Scenario scenario;
  scenario.client.request.target = std::move(target);
  return scenario;
}

}  // namespace

TEST_CASE("the smallest scenario is one hop there and one back", "[simulate]") {
  CHECK(drawn(simulate::simulate(get())) ==
        "0 client -> origin GET\n"
        "5 origin => client 200\n"
        "10 ends with 200\n");
}

TEST_CASE("a message crosses one hop at a time", "[simulate]") {
  Scenario scenario = get();
  scenario.client.private_cache.emplace().kind = CacheKind::private_;
  scenario.shared_cache.emplace();
  scenario.proxy.emplace();
  CHECK(drawn(simulate::simulate(scenario)) ==
        "0 client -> private GET\n"
        "0 private -> shared GET\n"
        "5 shared -> proxy GET\n"
        "10 proxy -> origin GET\n"
        "15 origin => proxy 200\n"
        "20 proxy => shared 200\n"
        "25 shared => private 200\n"
        "30 private => client 200\n"
        "30 ends with 200\n");
}

TEST_CASE("a given response that ends too early, or not at all, is told apart from a whole one", "[simulate]") {
  const auto outcome = [](std::string wire, std::optional<client::End> end) {
    Scenario scenario = get();
    scenario.given = {{.wire = std::move(wire), .after_ms = 0, .end = end}};
    return simulate::simulate(scenario).outcomes.at(0).outcome.error;
  };
  using client::End;
  using client::Error;
  CHECK(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", {}) == Error::none);
  CHECK(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n", End::closed) == Error::content);
  CHECK(outcome("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", End::closed) == Error::content);
  CHECK(outcome("HTTP/1.1 200 OK\r\nContent-Le", End::closed) == Error::network);
  CHECK(outcome("", End::closed) == Error::network);
}

TEST_CASE("a connection that closes without a response is one on which the request may be repeated", "[simulate]") {
  Scenario scenario = get();
  scenario.client.profile = "curl";
  const std::string ok = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n";
  scenario.given = {{.wire = ok}, {.wire = {}, .after_ms = 0, .end = client::End::closed}, {.wire = ok}};
  scenario.steps = {{.request = scenario.client.request}, {.at_ms = 100, .request = scenario.client.request}};
  CHECK(drawn(simulate::simulate(scenario)) ==
        "0 client -> origin GET\n"
        "5 origin => client 200\n"
        "100 client -> origin GET\n"
        "110 client -> origin GET\n"
        "115 origin => client 200\n"
        "10 ends with 200\n"
        "120 ends with 200\n");
}

TEST_CASE("HTTP/1.0 keeps no connection unless it says so", "[simulate]") {
  for (const bool keeps : {false, true}) {
    Scenario scenario = get();
    scenario.given = {{.wire = std::string("HTTP/1.0 200 OK\r\n") + (keeps ? "Connection: keep-alive\r\n" : "") + "Content-Length: 0\r\n\r\n"}};
    scenario.steps = {{.request = scenario.client.request}, {.at_ms = 100, .request = scenario.client.request}};
    std::uint32_t connections = 0;
    for (const Event& event : simulate::simulate(scenario).events)
      if (const auto* message = std::get_if<MessageEvent>(&event.what)) connections = std::max(connections, message->connection);
    CHECK(connections == (keeps ? 1U : 2U));
  }
}

TEST_CASE("content that waits for 100 stays where it is when the final response comes first", "[simulate]") {
  for (const std::uint32_t after : {0U, 2000U}) {
    Scenario scenario = get();
    scenario.client.request.method = "PUT";
    scenario.client.request.content = "abc";
    scenario.client.config.expect_continue = true;
    scenario.given = {{.wire = "HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", .after_ms = after}};
    bool sent = false;
    for (const Event& event : simulate::simulate(scenario).events)
      if (const auto* message = std::get_if<MessageEvent>(&event.what)) sent = sent || message->piece == Piece::content;
    CHECK(sent == (after != 0));
  }
}

TEST_CASE("a given response is sent as it is written", "[simulate]") {
  Scenario scenario = get();
  scenario.given = {{.wire = "HTTP/1.1 999 No\r\nX: y\r\n\r\n"}};
  const Trace trace = simulate::simulate(scenario);
  CHECK(drawn(trace).find("5 origin => client 999\n") != std::string::npos);
  for (const Event& event : trace.events)
    if (const auto* message = std::get_if<MessageEvent>(&event.what); message != nullptr && !message->is_request)
      CHECK(message->wire == scenario.given[0].wire);
}

TEST_CASE("a client begins its next step when it is free, another client at once", "[simulate]") {
  Scenario scenario = get();
  scenario.steps = {{.request = scenario.client.request}, {.request = scenario.client.request}};
  CHECK(drawn(simulate::simulate(scenario)).find("10 client -> origin GET\n") != std::string::npos);
  scenario.steps[1].client = 1;
  CHECK(drawn(simulate::simulate(scenario)).starts_with("0 client -> origin GET\n0 client -> origin GET\n"));
}

TEST_CASE("every response has exactly one decision that ends it, by the party that made it", "[simulate]") {
  Scenario scenarios[4] = {get(), get(), get(), get()};
  scenarios[1].shared_cache.emplace();
  scenarios[1].steps = {{.request = scenarios[1].client.request}, {.at_ms = 1000, .request = scenarios[1].client.request}};
  scenarios[2].proxy.emplace();
  scenarios[2].network.origin = Reach::unreachable;
  scenarios[3].network.captive_portal = true;
  for (const Scenario& scenario : scenarios) {
    const Trace trace = simulate::simulate(scenario);
    INFO(drawn(trace));
    for (const Event& event : trace.events) {
      const auto* message = std::get_if<MessageEvent>(&event.what);
      if (message == nullptr || message->is_request || message->interim) continue;
      std::size_t terminal = 0;
      for (const Event& other : trace.events) {
        const auto* decision = std::get_if<DecisionEvent>(&other.what);
        if (decision != nullptr && other.actor == event.actor && decision->exchange == message->exchange && decision->decision.terminal) ++terminal;
      }
      CHECK(terminal == (message->decision >= 0 ? 1U : 0U));
      if (message->decision < 0) continue;
      const Event& made = trace.events[static_cast<std::size_t>(message->decision)];
      CHECK(std::get<DecisionEvent>(made.what).decision.gives == message->status);
    }
    CHECK(trace.outcomes.size() == std::max<std::size_t>(1, scenario.steps.size()));
  }
}

TEST_CASE("a proxy that cannot reach the origin answers in its place", "[simulate]") {
  Scenario scenario = get();
  scenario.proxy.emplace();
  scenario.network.origin = Reach::silent;
  scenario.proxy->response_timeout_ms = 1000;
  CHECK(drawn(simulate::simulate(scenario)).find("1005 proxy => client 504\n") != std::string::npos);
  scenario.network.origin = Reach::garbled;
  CHECK(drawn(simulate::simulate(scenario)).find("proxy => client 502\n") != std::string::npos);
  scenario.network.origin = Reach::works;
  CHECK(drawn(simulate::simulate(scenario)).find("proxy => client 200\n") != std::string::npos);
}

namespace {

// What the last event of a full trace is.
const NoteEvent* end_of(const Trace& trace) {
  const auto* note = std::get_if<NoteEvent>(&trace.events.back().what);
  return note != nullptr && note->kind == NoteKind::too_many_events ? note : nullptr;
}

std::size_t wire_bytes(const Trace& trace) {
  std::size_t bytes = 0;
  for (const Event& event : trace.events)
    if (const auto* message = std::get_if<MessageEvent>(&event.what)) bytes += message->wire.size();
  return bytes;
}

Scenario with_steps(std::size_t count, std::size_t content) {
  Scenario scenario = get();
  scenario.given.push_back({"HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(content) + "\r\n\r\n" + std::string(content, 'x')});
  for (std::size_t i = 0; i < count; ++i) scenario.steps.push_back({.at_ms = static_cast<Instant>(i) * 1000, .request = scenario.client.request});
  return scenario;
}

}  // namespace

TEST_CASE("a trace of many bytes ends with a note before it holds more than it may", "[simulate]") {
  constexpr std::size_t megabyte = std::size_t{1} << 20;
  const Trace full = simulate::simulate(with_steps(40, megabyte));
  REQUIRE(end_of(full) != nullptr);
  CHECK(end_of(full)->amount == static_cast<std::int64_t>(full.events.size()) - 1);
  CHECK(wire_bytes(full) <= max_wire_bytes);
  CHECK(wire_bytes(full) > max_wire_bytes - 2 * megabyte);
  CHECK(full.outcomes.size() == 31);
  const Trace whole = simulate::simulate(with_steps(31, megabyte));
  CHECK(end_of(whole) == nullptr);
  CHECK(whole.outcomes.size() == 31);
}

TEST_CASE("a trace of many events ends with a note", "[simulate]") {
  const Trace full = simulate::simulate(with_steps(max_events, 1));
  REQUIRE(end_of(full) != nullptr);
  CHECK(full.events.size() == max_events);
  CHECK(full.outcomes.size() < max_events);
}

TEST_CASE("the same scenario gives the same trace", "[simulate]") {
  Scenario scenario = get();
  scenario.shared_cache.emplace();
  for (std::uint32_t i = 0; i < 5; ++i) scenario.steps.push_back({.client = i, .request = scenario.client.request});
  CHECK(drawn(simulate::simulate(scenario)) == drawn(simulate::simulate(scenario)));
}

}  // namespace statuslab::tests
