#include "json/trace.h"

#include "base/digest.h"
#include "base/utf8.h"

namespace statuslab::json {
namespace {

using simulate::Event;

constexpr std::string_view actors[] = {"client", "private-cache", "cdn", "proxy", "origin", "network"};
constexpr std::string_view requirements[] = {"must", "should", "may", "open"};
constexpr std::string_view framings[] = {"none", "content-length", "chunked", "close", "tunnel", "unknown", "shown"};
constexpr std::string_view pieces[] = {"whole", "head", "content"};
constexpr std::string_view states[] = {"stored", "cookie", "connection", "preflight", "credentials", "resource"};
constexpr std::string_view operations[] = {"add", "update", "remove"};
constexpr std::string_view notes[] = {"wait", "timeout", "truncated", "excess-bytes", "script-ended", "resource-changed", "origin-changed", "network-changed", "too-many-events"};
constexpr std::string_view errors[] = {"", "network", "bad-message", "bad-redirect", "redirect-limit", "cors", "content", "timeout", "prompt", "too-many-retries", "resume"};
constexpr std::string_view response_types[] = {"basic", "cors", "opaque", "opaque-redirect"};
constexpr std::string_view pages[] = {"none", "shown", "blank", "stays", "error"};

template <class Enum, std::size_t size>
std::string_view name(const std::string_view (&names)[size], Enum value) {
  const auto index = static_cast<std::size_t>(value);
  return index < size ? names[index] : "";
}

void number(Writer& writer, std::string_view key, std::int64_t value) {
  writer.key(key);
  writer.raw(std::to_string(value));
}

void number_or_null(Writer& writer, std::string_view key, std::int64_t value, bool present) {
  if (present) return number(writer, key, value);
  writer.key(key);
  writer.raw("null");
}

void write_list(Writer& writer, std::string_view key, std::string_view list) {
  writer.key(key);
  writer.begin_array();
  while (!list.empty()) {
    const std::size_t end = list.find(", ");
    writer.value(list.substr(0, end));
    list = end == std::string_view::npos ? std::string_view{} : list.substr(end + 2);
  }
  writer.end_array();
}

void write(Writer& writer, const simulate::MessageEvent& message, Instant start) {
  writer.member("kind", "message");
  writer.member("to", actor_name(message.to));
  number(writer, "arrives", message.arrives - start);
  writer.member("exchange", message.exchange);
  writer.member("connection", message.connection);
  writer.member("wire", std::string_view(message.wire));
  writer.key("base64");
  if (utf8::first_invalid(message.wire) == message.wire.size()) {
    writer.raw("null");
  } else {
    writer.value(std::string_view(base64(message.wire)));
  }
  writer.member("framing", name(framings, message.framing));
  if (message.is_request) {
    writer.member("side", "request");
    writer.member("method", std::string_view(message.method));
    writer.member("target", std::string_view(message.target));
    writer.member("piece", name(pieces, message.piece));
    return;
  }
  writer.member("side", "response");
  writer.member("status", message.status);
  writer.member("interim", message.interim);
  number_or_null(writer, "decision", message.decision, message.decision >= 0);
}

void write(Writer& writer, const simulate::DecisionEvent& event, Instant) {
  writer.member("kind", "decision");
  writer.member("exchange", event.exchange);
  write_decision(writer, event.decision);
}

void write(Writer& writer, const simulate::StateEvent& state, Instant) {
  using enum simulate::StateKind;
  writer.member("kind", "state");
  writer.member("what", name(states, state.kind));
  writer.member("op", name(operations, state.operation));
  writer.member("key", std::string_view(state.key));
  if (state.kind == stored) {
    number(writer, "freshnessLifetime", state.lifetime_ms);
    number(writer, "currentAge", state.age_ms);
    writer.member("invalidated", state.invalidated);
    return;
  }
  writer.member("value", std::string_view(state.value));
  if (state.kind == connection) writer.member("to", actor_name(state.to));
}

void write(Writer& writer, const simulate::NoteEvent& note, Instant) {
  writer.member("kind", "note");
  writer.member("id", name(notes, note.kind));
  number(writer, "amount", note.amount);
  writer.member("subject", std::string_view(note.subject));
}

void write(Writer& writer, const simulate::StepOutcome& outcome, Instant start) {
  const client::Outcome& seen = outcome.outcome;
  writer.begin_object();
  writer.member("step", outcome.step);
  writer.member("client", outcome.client);
  number(writer, "at", outcome.at - start);
  number_or_null(writer, "message", outcome.message, outcome.message >= 0);
  write_outcome(writer, seen);
  writer.end_object();
}

}  // namespace

std::string_view actor_name(Actor actor) { return name(actors, actor); }

void write_outcome(Writer& writer, const client::Outcome& seen) {
  writer.member("status", seen.status);
  writer.member("error", name(errors, seen.error));
  writer.member("raised", seen.raised);
  writer.member("url", std::string_view(seen.url));
  writer.member("redirected", seen.redirected);
  writer.member("type", name(response_types, seen.type));
  writer.member("page", name(pages, seen.page));
  writer.key("fields");
  writer.begin_array();
  for (const http::Field& field : seen.fields) {
    writer.begin_array();
    writer.value(std::string_view(field.name));
    writer.value(std::string_view(field.value));
    writer.end_array();
  }
  writer.end_array();
  writer.member("bytes", static_cast<std::uint64_t>(seen.content.size()));
}

void write_decision(Writer& writer, const Decision& decision) {
  const DecisionInfo& info = decision_info(decision.id);
  writer.member("id", info.id);
  writer.member("requirement", name(requirements, info.requirement));
  write_list(writer, "cite", info.cite);
  writer.member("answer", decision.answer);
  number_or_null(writer, "gives", decision.gives, decision.gives != 0);
  writer.member("terminal", decision.terminal);
  writer.key("inputs");
  writer.begin_array();
  for (const DecisionInput& input : decision.inputs) {
    writer.begin_object();
    writer.member("name", input.name);
    writer.key("value");
    if (input.present) {
      writer.value(std::string_view(input.value));
    } else {
      writer.raw("null");
    }
    writer.end_object();
  }
  writer.end_array();
  writer.key("alternatives");
  writer.begin_array();
  for (const Alternative& other : decision.alternatives) {
    writer.begin_object();
    writer.member("policy", other.policy);
    number_or_null(writer, "gives", other.gives, other.gives != 0);
    writer.end_object();
  }
  writer.end_array();
}

// Small for one that has long decisions; then it grows once.
static std::size_t room_for(const simulate::Trace& trace) {
  constexpr std::size_t an_event = 384;
  std::size_t bytes = an_event * (trace.events.size() + trace.outcomes.size() + 1);
  for (const Event& event : trace.events)
    if (const auto* message = std::get_if<simulate::MessageEvent>(&event.what)) bytes += message->wire.size();
  return bytes;
}

std::string trace_json(const simulate::Trace& trace) {
  Writer writer(room_for(trace));
  writer.begin_object();
  number(writer, "version", 1);
  number(writer, "start", trace.start);
  writer.key("actors");
  writer.begin_array();
  for (const Actor actor : trace.actors) writer.value(actor_name(actor));
  writer.end_array();
  writer.key("events");
  writer.begin_array();
  std::uint64_t seq = 0;
  for (const Event& event : trace.events) {
    writer.begin_object();
    writer.member("seq", seq++);
    number(writer, "at", event.at - trace.start);
    writer.member("step", event.step);
    writer.member("client", event.client);
    writer.member("actor", actor_name(event.actor));
    std::visit([&](const auto& what) { write(writer, what, trace.start); }, event.what);
    writer.end_object();
  }
  writer.end_array();
  writer.key("outcomes");
  writer.begin_array();
  for (const simulate::StepOutcome& outcome : trace.outcomes) write(writer, outcome, trace.start);
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace statuslab::json
