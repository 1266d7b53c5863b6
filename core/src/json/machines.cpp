#include "statuslab/machines_json.h"

#include <optional>
#include <utility>
#include <vector>

#include "base/digest.h"
#include "base/utf8.h"
#include "json/reader.h"
#include "json/scenario_reader.h"
#include "json/trace.h"
#include "json/writer.h"
#include "simulate/wire.h"

namespace statuslab::json {
namespace {

constexpr std::int64_t last_instant = 8'640'000'000'000'000;  // of a JavaScript Date
constexpr std::int64_t last_ticket = 9'007'199'254'740'991;   // what JSON numbers hold exactly
constexpr std::string_view failures[] = {"none", "closed", "reset", "unreachable", "timeout"};
constexpr std::string_view ends[] = {"whole", "silent", "closed"};

struct AtTime {
  Instant now = 0;
  CacheTicket ticket = 0;
  std::string path{};
};
struct TimedRequest {
  http::Request request{};
  origin::Arrival arrival{};
  Instant now = 0;
};
struct TimedResponse {
  client::Incoming incoming{};
  CacheTicket ticket = 0;
  Instant now = 0;
};

void read_now(Object& object, Instant& now) { object.member("now", now, 0, last_instant); }

}  // namespace

static void read(In in, AtTime& out) {
  Object object(in);
  read_now(object, out.now);
  object.member("ticket", out.ticket, 0, last_ticket);
  object.member("path", out.path);
}

static void read(In in, TimedRequest& out) {
  Object object(in);
  read_now(object, out.now);
  object.member("method", out.request.method);
  object.member("target", out.request.target);
  object.required("target");
  object.member("fields", out.request.fields);
  object.with("content", [&out](In content) { read_bytes(content, out.request.content); });
  object.member("http_version", out.arrival.http_version);
  object.member("early_data", out.arrival.early_data);
  object.member("ip", out.arrival.client_ip);
}

static void read(In in, http::Interim& out) {
  Object object(in);
  object.member("status", out.status, 100, 199);
  object.member("fields", out.fields);
}

static void read(In in, TimedResponse& out) {
  Object object(in);
  http::Response& response = out.incoming.response;
  read_now(object, out.now);
  object.member("ticket", out.ticket, 0, last_ticket);
  object.member("status", response.status, 0, 999);
  object.member("reason", response.reason);
  object.member("fields", response.fields);
  object.with("content", [&response](In content) { read_bytes(content, response.content); });
  object.member("trailers", response.trailers);
  object.member("interim", response.interim);
  object.choice("failure", out.incoming.failure, failures);
  object.choice("end", out.incoming.end, ends);
  object.member("status_text", out.incoming.status_text);
  object.with("excess", [&out](In excess) { read_bytes(excess, out.incoming.excess); });
}

// One of several calls, each with what it is given.
struct Call {
  std::optional<TimedRequest> request{};   // request, respond, start
  std::optional<TimedResponse> response{};  // response, receive
  std::optional<AtTime> failed{};
  std::optional<AtTime> stored{};
  std::optional<AtTime> clear{};
  std::optional<AtTime> change{};
};

static void read(In in, Call& out) {
  Object object(in);
  object.member("request", out.request);
  object.member("respond", out.request);
  object.member("start", out.request);
  object.member("response", out.response);
  object.member("receive", out.response);
  object.member("failed", out.failed);
  object.member("stored", out.stored);
  object.member("clear", out.clear);
  object.member("change", out.change);
}

static void read(In in, CacheOptions& out) { read_cache(in, out, true); }

struct Question {
  http::Request request{};
  std::string response{};
  client::Mode mode = client::Mode::navigate;
  Instant now = 0;
};

static void read(In in, Question& out) {
  constexpr std::string_view modes[] = {"plain", "cors", "no-cors", "same-origin", "navigate"};
  Object object(in);
  object.member("request", out.request);
  object.with("response", [&out](In response) { read_bytes(response, out.response); });
  object.required("response");
  object.choice("mode", out.mode, modes);
  read_now(object, out.now);
}

namespace {

void number(Writer& writer, std::string_view key, std::int64_t value) {
  writer.key(key);
  writer.raw(std::to_string(value));
}

// Text where it is UTF-8, else {"base64":"..."}.
void write_bytes(Writer& writer, std::string_view key, const std::string& bytes) {
  writer.key(key);
  if (utf8::first_invalid(bytes) == bytes.size()) return writer.value(std::string_view(bytes));
  writer.begin_object();
  writer.member("base64", std::string_view(base64(bytes)));
  writer.end_object();
}

void write_fields(Writer& writer, std::string_view key, const http::Fields& fields) {
  writer.key(key);
  writer.begin_array();
  for (const http::Field& field : fields) {
    writer.begin_array();
    writer.value(std::string_view(field.name));
    writer.value(std::string_view(field.value));
    writer.end_array();
  }
  writer.end_array();
}

void write(Writer& writer, std::string_view key, const http::Request& request) {
  writer.key(key);
  writer.begin_object();
  writer.member("method", std::string_view(request.method));
  writer.member("target", std::string_view(request.target));
  write_fields(writer, "fields", request.fields);
  write_bytes(writer, "content", request.content);
  writer.end_object();
}

void write(Writer& writer, std::string_view key, const http::Response& response) {
  writer.key(key);
  writer.begin_object();
  writer.member("status", response.status);
  writer.member("reason", std::string_view(response.reason));
  write_fields(writer, "fields", response.fields);
  write_bytes(writer, "content", response.content);
  write_fields(writer, "trailers", response.trailers);
  writer.key("interim");
  writer.begin_array();
  for (const http::Interim& interim : response.interim) {
    writer.begin_object();
    writer.member("status", interim.status);
    write_fields(writer, "fields", interim.fields);
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
}

void write(Writer& writer, const Decisions& decisions) {
  writer.key("decisions");
  writer.begin_array();
  for (const Decision& decision : decisions) {
    writer.begin_object();
    write_decision(writer, decision);
    writer.end_object();
  }
  writer.end_array();
}

template <class Write>
std::string object(Write write) {
  Writer writer;
  writer.begin_object();
  write(writer);
  writer.end_object();
  return writer.take();
}

std::string not_that(std::string_view calls) { return mistakes_json({{{}, {}, "one call: " + std::string(calls)}}); }

// --- cache ------------------------------------------------------------------------------------------------------------

class CacheMachine final : public Machine {
 public:
  explicit CacheMachine(const CacheOptions& options) : cache_(options) {}

  std::string call(std::string_view json) override {
    Call call;
    if (const auto mistakes = from_json(json, call); !mistakes.empty()) return mistakes_json(mistakes);
    if (call.request) return answer(cache_.request(call.request->request, call.request->now));
    if (call.response) return answer(cache_.response(call.response->ticket, call.response->incoming.response, call.response->now));
    if (call.failed) return answer(cache_.failed(call.failed->ticket, call.failed->now));
    if (call.stored) return list(cache_.stored(call.stored->now));
    if (!call.clear) return not_that("request, response, failed, stored or clear");
    cache_.clear();
    return "{}";
  }

 private:
  static std::string answer(const CacheAnswer& given) {
    constexpr std::string_view actions[] = {"respond", "forward", "wait"};
    constexpr std::string_view sources[] = {"none", "stored", "validated", "forwarded", "generated"};
    constexpr std::string_view operations[] = {"store", "update", "invalidate", "remove"};
    return object([&](Writer& writer) {
      writer.member("action", actions[static_cast<std::size_t>(given.action)]);
      if (given.action == CacheAction::respond) {
        writer.member("source", sources[static_cast<std::size_t>(given.source)]);
        write(writer, "response", given.response);
      } else {
        writer.member("ticket", given.ticket);
        if (given.action == CacheAction::forward) write(writer, "request", given.request);
      }
      writer.key("background");
      if (given.background) {
        writer.begin_object();
        writer.member("ticket", given.background->ticket);
        write(writer, "request", given.background->request);
        writer.end_object();
      } else {
        writer.raw("null");
      }
      write(writer, given.decisions);
      writer.key("changes");
      writer.begin_array();
      for (const StoreChange& change : given.changes) {
        writer.begin_object();
        writer.member("op", operations[static_cast<std::size_t>(change.operation)]);
        writer.member("key", std::string_view(change.key));
        number(writer, "freshnessLifetime", change.lifetime_ms);
        number(writer, "currentAge", change.age_ms);
        writer.end_object();
      }
      writer.end_array();
    });
  }

  static std::string list(const std::vector<StoredResponse>& stored) {
    return object([&](Writer& writer) {
      writer.key("stored");
      writer.begin_array();
      for (const StoredResponse& each : stored) {
        writer.begin_object();
        writer.member("key", std::string_view(each.key));
        writer.member("status", each.status);
        write_fields(writer, "fields", each.fields);
        writer.member("bytes", each.bytes);
        writer.member("complete", each.complete);
        writer.member("fresh", each.fresh);
        writer.member("heuristic", each.heuristic);
        number(writer, "freshnessLifetime", each.lifetime_ms);
        number(writer, "currentAge", each.age_ms);
        writer.end_object();
      }
      writer.end_array();
    });
  }

  Cache cache_;
};

// --- origin -----------------------------------------------------------------------------------------------------------

class OriginMachine final : public Machine {
 public:
  explicit OriginMachine(origin::Config config) : origin_(std::move(config)) {}

  std::string call(std::string_view json) override {
    Call call;
    if (const auto mistakes = from_json(json, call); !mistakes.empty()) return mistakes_json(mistakes);
    if (call.change) {
      const bool changed = origin_.change(call.change->path, call.change->now);
      return object([changed](Writer& writer) { writer.member("changed", changed); });
    }
    if (!call.request) return not_that("respond or change");
    const origin::Answer given = origin_.respond(call.request->request, call.request->arrival, call.request->now);
    return object([&](Writer& writer) {
      write(writer, "response", given.response);
      writer.member("closes", given.closes);
      writer.member("contentRead", given.content_read);
      number(writer, "takes", given.takes_ms);
      write(writer, given.decisions);
    });
  }

 private:
  Origin origin_;
};

// --- client -----------------------------------------------------------------------------------------------------------

void write(Writer& writer, const client::Step& step) {
  constexpr std::string_view purposes[] = {"first", "preflight", "redirect", "retry", "authentication"};
  constexpr std::string_view changes[] = {"connection-opened", "connection-reused", "connection-kept", "connection-closed", "connection-poisoned",
                                        "cookie-stored", "cookie-removed", "preflight-stored", "credentials-stored"};
  writer.key("requests");
  writer.begin_array();
  for (const client::Outgoing& outgoing : step.requests) {
    writer.begin_object();
    write(writer, "request", outgoing.request);
    writer.member("purpose", purposes[static_cast<std::size_t>(outgoing.purpose)]);
    number(writer, "at", outgoing.at);
    writer.member("connection", outgoing.connection);
    writer.member("reused", outgoing.reused);
    writer.member("earlyData", outgoing.early_data);
    writer.key("contentWait");
    writer.raw(outgoing.content_wait_ms ? std::to_string(*outgoing.content_wait_ms) : "null");
    writer.end_object();
  }
  writer.end_array();
  writer.key("outcome");
  if (step.outcome) {
    writer.begin_object();
    write_outcome(writer, *step.outcome);
    writer.end_object();
  } else {
    writer.raw("null");
  }
  write(writer, step.decisions);
  writer.key("changes");
  writer.begin_array();
  for (const client::Change& change : step.changes) {
    writer.begin_object();
    writer.member("kind", changes[static_cast<std::size_t>(change.kind)]);
    writer.member("connection", change.connection);
    writer.member("subject", std::string_view(change.subject));
    writer.member("value", std::string_view(change.value));
    writer.end_object();
  }
  writer.end_array();
}

class ClientMachine final : public Machine {
 public:
  explicit ClientMachine(const simulate::ClientPlan& plan)
      : client_(*client::find_profile(plan.profile), plan.config) {}

  std::string call(std::string_view json) override {
    Call call;
    if (const auto mistakes = from_json(json, call); !mistakes.empty()) return mistakes_json(mistakes);
    if (call.request) return answer(client_.start(call.request->request, call.request->now));
    if (call.response) return answer(client_.receive(call.response->incoming, call.response->now));
    return not_that("start or receive");
  }

 private:
  static std::string answer(const client::Step& step) {
    return object([&](Writer& writer) { write(writer, step); });
  }

  client::Client client_;
};

}  // namespace
}  // namespace statuslab::json

namespace statuslab {

Opened open_cache(std::string_view settings) {
  CacheOptions options;
  if (const auto mistakes = json::from_json(settings, options); !mistakes.empty()) return {{}, json::mistakes_json(mistakes)};
  return {std::make_unique<json::CacheMachine>(options), {}};
}

Opened open_origin(std::string_view settings) {
  origin::Config config;
  if (const auto mistakes = json::from_json(settings, config); !mistakes.empty()) return {{}, json::mistakes_json(mistakes)};
  return {std::make_unique<json::OriginMachine>(std::move(config)), {}};
}

Opened open_client(std::string_view settings) {
  simulate::Scenario scenario;
  if (const auto mistakes = json::from_json(settings, scenario.client); !mistakes.empty()) return {{}, json::mistakes_json(mistakes)};
  if (const auto fault = simulate::fault(scenario)) return {{}, json::mistakes_json({{fault->pointer.substr(7), {}, fault->expected}})};
  return {std::make_unique<json::ClientMachine>(scenario.client), {}};
}

std::string client_profiles_json() {
  json::Writer writer;
  writer.begin_array();
  for (const client::Profile& profile : client::all_profiles()) {
    writer.begin_object();
    writer.member("id", profile.id);
    writer.member("name", profile.name);
    writer.member("version", profile.version);
    writer.member("measured", profile.measured);
    writer.end_object();
  }
  writer.end_array();
  return writer.take();
}

std::string client_contract_json(std::string_view text) {
  json::Question question;
  if (const auto mistakes = json::from_json(text, question); !mistakes.empty()) return json::mistakes_json(mistakes);
  const simulate::Read read = simulate::read_response(question.response, question.request.method);
  json::Writer writer;
  writer.begin_array();
  for (const client::Contract& contract : client::client_contract(question.request, read.incoming, question.now, question.mode)) {
    writer.begin_object();
    writer.member("profile", contract.profile->id);
    json::write(writer, contract.step);
    writer.end_object();
  }
  writer.end_array();
  return writer.take();
}

}  // namespace statuslab
