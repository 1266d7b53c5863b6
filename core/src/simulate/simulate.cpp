// The composition. Parties stand in a row, from the client to the origin; a message takes one hop at a time. A request that
// crosses a hop is an Exchange; it knows the exchange downstream that it serves, so that answers find their way back
// without a stack. All that happens is an entry of a queue that is ordered by the virtual clock; entries of the same
// instant keep the order in which they were made, so that the same scenario always gives the same trace.
#include "statuslab/simulate.h"

#include <algorithm>
#include <deque>
#include <memory>
#include <type_traits>
#include <utility>

#include "simulate/wire.h"
#include "statuslab/registry.h"

namespace statuslab::simulate {
namespace {

constexpr std::uint32_t nobody = 0xFFFFFFFF;

// What came back on an exchange, and where it was made.
struct Reply {
  client::Incoming incoming{};
  std::vector<Instant> interim_at{};  // when each interim response leaves; parallel to incoming.response.interim
  std::int64_t final_event = -1;      // the message
  bool garbled = false;
  bool ends_connection = false;
};

struct Exchange {
  std::uint32_t from = 0;           // places in the row
  std::uint32_t to = 0;
  std::uint32_t step = 0;
  std::uint32_t client = 0;
  std::uint32_t serves = nobody;    // the exchange downstream
  bool background = false;          // a cache's own
  http::Request request{};
  std::string version = "1.1";
  bool early_data = false;
  std::uint32_t connection = 0;
  bool content_waits = false;       // for 100 (Continue)
  std::uint32_t content_wait_ms = 0;
  Instant sent = 0;
  CacheTicket ticket = 0;           // at the receiving cache
  intermediary::Incoming incoming{};
  intermediary::Forwarded forwarded{};
  Reply reply{};
};

enum class Work : std::uint8_t { step, send, request_arrives, response_arrives };
struct Entry {
  Instant at = 0;
  std::uint64_t order = 0;
  Work work{};
  std::uint32_t subject = 0;  // step or exchange
};
// The heap of the standard library has the greatest in front.
bool later(const Entry& a, const Entry& b) { return a.at != b.at ? a.at > b.at : a.order > b.order; }

struct ClientParty {
  client::Client machine;
  std::optional<Cache> cache;
  std::uint32_t step = nobody;         // under way
  std::vector<std::uint32_t> waiting;  // steps
  std::int64_t last_response = -1;
  std::uint32_t last_exchange = 0;     // counted from 1
};

// Between two neighbours, other than the client's own: one that is kept.
struct Line {
  std::uint32_t number = 0;
  bool open = false;
};

bool is_network_hop(Actor from, Actor to) { return !(from == Actor::client && to == Actor::private_cache); }

class Simulation {
 public:
  explicit Simulation(const Scenario& scenario);
  Trace run();

 private:
  // the clock
  void at(Instant when, Work work, std::uint32_t subject);
  void begin(std::uint32_t step);
  void begin_request(std::uint32_t step);

  // messages
  std::uint32_t open(Exchange exchange);
  void send(std::uint32_t id);
  void request_arrives(std::uint32_t id);
  void answer(std::uint32_t id, Reply reply, std::uint32_t after_ms = 0);
  void answer(std::uint32_t id, http::Response response);
  void response_arrives(std::uint32_t id);
  void write_request(Exchange& exchange, std::uint32_t id, Piece piece, Instant sent);

  // parties
  void client_goes_on(std::uint32_t client, client::Step step);
  void cache_takes(std::uint32_t id, Cache& cache);
  void cache_answers(std::uint32_t id, CacheAnswer given, const Reply* from);
  void proxy_takes(std::uint32_t id);
  void proxy_answers(std::uint32_t id, intermediary::Step step, const Reply* from);
  void origin_takes(std::uint32_t id);
  void give(std::uint32_t id);
  void portal(std::uint32_t id);
  void content_follows(std::uint32_t id, Instant head_arrived, bool continued, Instant& now_there);

  // the trace
  template <class What>
  std::int64_t record(std::uint32_t step, std::uint32_t client, Actor actor, Instant when, What what);
  std::int64_t decisions(std::uint32_t id, Actor actor, Decisions list);
  std::int64_t decide(std::uint32_t id, Actor actor, DecisionId decision, std::uint16_t gives);
  void note(const Exchange& exchange, Actor actor, NoteKind kind, std::int64_t amount = 0, std::string subject = {});
  Trace finish();

  [[nodiscard]] std::uint32_t latency(const Exchange& exchange) const {
    return is_network_hop(row_[exchange.from], row_[exchange.to]) ? scenario_.hop_latency_ms : 0;
  }
  [[nodiscard]] bool leaves_device(const Exchange& exchange) const {
    return exchange.from == 0 ? row_[1] != Actor::private_cache : row_[exchange.from] == Actor::private_cache;
  }
  Cache& cache_at(const Exchange& exchange, std::uint32_t place) {
    return row_[place] == Actor::private_cache ? *clients_[exchange.client].cache : *shared_;
  }
  // Of a party's answer: the terminal decision belongs to the exchange on which it was asked.
  std::int64_t terminal_ = -1;

  const Scenario& scenario_;
  std::vector<StepPlan> steps_;
  std::vector<Actor> row_;
  std::vector<ClientParty> clients_;
  std::optional<Cache> shared_;
  Origin origin_;
  Network network_;
  std::vector<Line> lines_;
  std::size_t given_ = 0;
  bool script_ended_ = false;
  std::deque<Exchange> exchanges_;  // places stay where they are
  std::vector<std::pair<CacheTicket, std::uint32_t>> collapsed_;
  std::vector<Entry> queue_;
  std::uint64_t order_ = 0;
  Instant now_ = 0;
  Trace trace_;
  std::size_t wire_bytes_ = 0;
  bool full_ = false;
};

const client::Profile& profile_of(const std::string& id) {
  const client::Profile* profile = client::find_profile(id);
  return profile != nullptr ? *profile : *client::find_profile("by-the-book");
}

Simulation::Simulation(const Scenario& scenario) : scenario_(scenario), steps_(scenario.steps), origin_(scenario.origin), network_(scenario.network) {
  if (steps_.empty()) steps_.push_back({.request = scenario.client.request});
  row_.push_back(Actor::client);
  if (scenario.client.private_cache) row_.push_back(Actor::private_cache);
  if (scenario.shared_cache) row_.push_back(Actor::cdn);
  if (scenario.proxy) row_.push_back(Actor::proxy);
  row_.push_back(Actor::origin);
  lines_.resize(row_.size());
  if (scenario.shared_cache) shared_.emplace(*scenario.shared_cache);
  std::uint32_t count = 1;
  for (const StepPlan& step : steps_) count = std::max(count, step.client + 1);
  client::Config config = scenario.client.config;
  config.http2 = config.http2 || scenario.client.http_version == "2" || scenario.client.http_version == "3";
  for (std::uint32_t i = 0; i < count; ++i) {
    ClientParty& party = clients_.emplace_back(ClientParty{client::Client(profile_of(scenario.client.profile), config), {}, nobody, {}, -1, 0});
    if (scenario.client.private_cache) party.cache.emplace(*scenario.client.private_cache);
  }
  now_ = scenario.start;
}

// --- the clock --------------------------------------------------------------------------------------------------------

void Simulation::at(Instant when, Work work, std::uint32_t subject) {
  queue_.push_back({std::max(when, now_), order_++, work, subject});
  std::push_heap(queue_.begin(), queue_.end(), later);
}

Trace Simulation::run() {
  for (std::uint32_t i = 0; i < steps_.size(); ++i) at(scenario_.start + steps_[i].at_ms, Work::step, i);
  while (!queue_.empty() && !full_) {
    std::pop_heap(queue_.begin(), queue_.end(), later);
    const Entry entry = queue_.back();
    queue_.pop_back();
    now_ = entry.at;
    switch (entry.work) {
      case Work::step: begin(entry.subject); break;
      case Work::send: send(entry.subject); break;
      case Work::request_arrives: request_arrives(entry.subject); break;
      case Work::response_arrives: response_arrives(entry.subject); break;
    }
  }
  return finish();
}

void Simulation::begin(std::uint32_t step) {
  const StepPlan& plan = steps_[step];
  if (plan.what == Do::request) {
    ClientParty& party = clients_[plan.client];
    if (party.step != nobody) return party.waiting.push_back(step);
    return begin_request(step);
  }
  NoteEvent said;
  if (plan.what == Do::change_resource) {
    origin_.change(plan.path, now_);
    said = {NoteKind::resource_changed, 0, plan.path};
  } else if (plan.what == Do::set_origin_state) {
    origin_.config().state = plan.state;
    said = {NoteKind::origin_changed, 0, {}};
  } else {
    network_ = plan.network;
    said = {NoteKind::network_changed, 0, {}};
  }
  record(step, plan.client, plan.what == Do::set_network ? Actor::network : Actor::origin, now_, std::move(said));
}

void Simulation::begin_request(std::uint32_t step) {
  const std::uint32_t client = steps_[step].client;
  clients_[client].step = step;
  clients_[client].last_response = -1;
  clients_[client].last_exchange = static_cast<std::uint32_t>(exchanges_.size()) + 1;
  client_goes_on(client, clients_[client].machine.start(steps_[step].request, now_));
}

// --- the trace --------------------------------------------------------------------------------------------------------

template <class What>
std::int64_t Simulation::record(std::uint32_t step, std::uint32_t client, Actor actor, Instant when, What what) {
  if (full_) return -1;
  if constexpr (std::is_same_v<What, MessageEvent>) wire_bytes_ += what.wire.size();
  if (trace_.events.size() + 1 >= max_events || wire_bytes_ > max_wire_bytes) {
    full_ = true;
    trace_.events.push_back({when, step, client, actor, NoteEvent{NoteKind::too_many_events, static_cast<std::int64_t>(trace_.events.size()), {}}});
    return -1;
  }
  trace_.events.push_back({when, step, client, actor, std::move(what)});
  return static_cast<std::int64_t>(trace_.events.size()) - 1;
}

// The index of the terminal one; -1 where none is.
std::int64_t Simulation::decisions(std::uint32_t id, Actor actor, Decisions list) {
  const Exchange& exchange = exchanges_[id];
  std::int64_t terminal = -1;
  for (Decision& decision : list) {
    const bool ends = decision.terminal;
    const std::int64_t index = record(exchange.step, exchange.client, actor, now_, DecisionEvent{id + 1, std::move(decision)});
    if (ends) terminal = index;
  }
  return terminal;
}

std::int64_t Simulation::decide(std::uint32_t id, Actor actor, DecisionId decision, std::uint16_t gives) {
  Decisions list;
  list.push_back({.id = decision, .answer = true, .gives = gives, .terminal = true});
  return decisions(id, actor, std::move(list));
}

void Simulation::note(const Exchange& exchange, Actor actor, NoteKind kind, std::int64_t amount, std::string subject) {
  record(exchange.step, exchange.client, actor, now_, NoteEvent{kind, amount, std::move(subject)});
}

// By time; what happened at the same instant stays in the order of cause and effect.
Trace Simulation::finish() {
  std::vector<std::uint32_t> order(trace_.events.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) order[i] = i;
  std::stable_sort(order.begin(), order.end(), [this](std::uint32_t a, std::uint32_t b) { return trace_.events[a].at < trace_.events[b].at; });
  std::vector<std::int64_t> place(order.size());
  std::vector<Event> sorted;
  sorted.reserve(order.size());
  for (std::uint32_t i = 0; i < order.size(); ++i) {
    place[order[i]] = i;
    sorted.push_back(std::move(trace_.events[order[i]]));
  }
  for (Event& event : sorted) {
    auto* message = std::get_if<MessageEvent>(&event.what);
    if (message != nullptr && message->decision >= 0) message->decision = place[static_cast<std::size_t>(message->decision)];
  }
  for (StepOutcome& outcome : trace_.outcomes)
    if (outcome.message >= 0) outcome.message = place[static_cast<std::size_t>(outcome.message)];
  trace_.start = scenario_.start;
  trace_.actors = row_;
  trace_.events = std::move(sorted);
  return std::move(trace_);
}

// --- messages ---------------------------------------------------------------------------------------------------------

std::uint32_t Simulation::open(Exchange exchange) {
  exchanges_.push_back(std::move(exchange));
  return static_cast<std::uint32_t>(exchanges_.size()) - 1;
}

void Simulation::write_request(Exchange& exchange, std::uint32_t id, Piece piece, Instant sent) {
  const Actor from = row_[exchange.from], to = row_[exchange.to];
  const bool first_hop = exchange.from == 0 || from == Actor::private_cache;
  static const std::vector<origin::Malformed> well_formed;
  Wire wire = wire_of(exchange.request, exchange.version, to == Actor::proxy && scenario_.proxy->role == intermediary::Role::proxy,
                      first_hop ? scenario_.client.malformed : well_formed);
  if (first_hop && scenario_.client.incomplete) {
    wire.head.resize(wire.head.size() - 2);
    wire.content.clear();
  }
  MessageEvent message{.to = to, .arrives = sent + latency(exchange), .exchange = id + 1, .connection = exchange.connection,
                       .is_request = true, .piece = piece, .method = exchange.request.method, .target = exchange.request.target,
                       .framing = wire.framing};
  if (piece == Piece::whole) {
    message.wire = std::move(wire.head.append(wire.content));
  } else {
    message.wire = piece == Piece::head ? std::move(wire.head) : std::move(wire.content);
  }
  record(exchange.step, exchange.client, from, sent, std::move(message));
}

void Simulation::send(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  const Actor from = row_[exchange.from], to = row_[exchange.to];
  exchange.sent = now_;
  frame(exchange.request, exchange.version);
  // The client numbers its own connections; others keep one open for each hop.
  if (!is_network_hop(from, to)) {
    exchange.connection = 0;
  } else if (exchange.connection == 0) {
    Line& line = lines_[exchange.from];
    if (!line.open) {
      line.open = true;
      ++line.number;
      record(exchange.step, exchange.client, from, now_,
             StateEvent{.kind = StateKind::connection, .operation = StateOperation::add, .key = std::to_string(line.number), .to = to});
    }
    exchange.connection = line.number;
  }
  if (network_.captive_portal && leaves_device(exchange)) {
    write_request(exchange, id, Piece::whole, now_);
    return portal(id);
  }
  write_request(exchange, id, exchange.content_waits ? Piece::head : Piece::whole, now_);
  at(now_ + latency(exchange), Work::request_arrives, id);
}

void Simulation::request_arrives(std::uint32_t id) {
  switch (row_[exchanges_[id].to]) {
    case Actor::private_cache:
    case Actor::cdn: return cache_takes(id, cache_at(exchanges_[id], exchanges_[id].to));
    case Actor::proxy: return proxy_takes(id);
    default: return origin_takes(id);
  }
}

// The party that was asked sends what it has, after some time.
void Simulation::answer(std::uint32_t id, Reply reply, std::uint32_t after_ms) {
  Exchange& exchange = exchanges_[id];
  const Actor from = row_[exchange.to], to = row_[exchange.from];
  const std::uint32_t delay = latency(exchange);
  const Instant sent = now_ + after_ms;
  http::Response& response = reply.incoming.response;
  for (std::size_t i = 0; i < response.interim.size(); ++i) {
    const Instant when = i < reply.interim_at.size() ? std::clamp(reply.interim_at[i], now_, sent) : now_;
    if (i < reply.interim_at.size()) reply.interim_at[i] = when + delay;
    else reply.interim_at.push_back(when + delay);
    record(exchange.step, exchange.client, from, when,
           MessageEvent{.to = to, .arrives = when + delay, .exchange = id + 1, .connection = exchange.connection, .is_request = false,
                        .interim = true, .status = response.interim[i].status, .wire = wire_of(response.interim[i], exchange.version)});
  }
  if (reply.incoming.failure == client::Failure::none && reply.final_event < 0) {
    Wire wire = wire_of(response, exchange.request.method, exchange.version);
    reply.final_event = record(exchange.step, exchange.client, from, sent,
                               MessageEvent{.to = to, .arrives = sent + delay, .exchange = id + 1, .connection = exchange.connection,
                                            .is_request = false, .status = response.status, .wire = std::move(wire.head.append(wire.content)),
                                            .framing = wire.framing, .decision = terminal_});
  }
  terminal_ = -1;
  if (reply.ends_connection && row_[exchange.from] != Actor::client) lines_[exchange.from].open = false;
  exchange.reply = std::move(reply);
  at(sent + delay, Work::response_arrives, id);
}

void Simulation::answer(std::uint32_t id, http::Response response) {
  const Exchange& exchange = exchanges_[id];
  frame(response, exchange.request.method, false);
  Reply reply;
  reply.incoming.response = std::move(response);
  answer(id, std::move(reply));
}

void Simulation::response_arrives(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  const Actor receiver = row_[exchange.from];
  if (receiver == Actor::client) {
    ClientParty& party = clients_[exchange.client];
    party.last_response = exchange.reply.final_event;
    party.last_exchange = id + 1;
    return client_goes_on(exchange.client, party.machine.receive(exchange.reply.incoming, now_));
  }
  if (receiver == Actor::proxy) {
    const Exchange& asked = exchanges_[exchange.serves];
    intermediary::Answer given{.response = exchange.reply.incoming.response, .version = exchange.version};
    if (exchange.reply.garbled) given.failure = intermediary::Failure::malformed;
    switch (exchange.reply.incoming.failure) {
      case client::Failure::none: break;
      case client::Failure::unreachable: given.failure = intermediary::Failure::unreachable; break;
      case client::Failure::timeout: given.failure = intermediary::Failure::timeout; break;
      default: given.failure = intermediary::Failure::closed;
    }
    return proxy_answers(exchange.serves, intermediary::respond(*scenario_.proxy, asked.incoming, exchange.forwarded, given), &exchange.reply);
  }
  Cache& cache = cache_at(exchange, exchange.from);
  const bool failed = exchange.reply.incoming.failure != client::Failure::none || exchange.reply.garbled;
  CacheAnswer given = failed ? cache.failed(exchange.ticket, now_) : cache.response(exchange.ticket, exchange.reply.incoming.response, now_);
  cache_answers(exchange.background ? id : exchange.serves, std::move(given), &exchange.reply);
}

// --- client -----------------------------------------------------------------------------------------------------------

StateEvent state_of(const client::Change& change, Actor to) {
  using enum client::ChangeKind;
  StateEvent state{.operation = StateOperation::add, .key = change.subject, .value = change.value};
  switch (change.kind) {
    case connection_opened: state.kind = StateKind::connection; break;
    case connection_reused:
    case connection_kept:
    case connection_poisoned: state.kind = StateKind::connection; state.operation = StateOperation::update; break;
    case connection_closed: state.kind = StateKind::connection; state.operation = StateOperation::remove; break;
    case cookie_stored: state.kind = StateKind::cookie; break;
    case cookie_removed: state.kind = StateKind::cookie; state.operation = StateOperation::remove; break;
    case preflight_stored: state.kind = StateKind::preflight; break;
    case credentials_stored: state.kind = StateKind::credentials; break;
  }
  if (state.kind == StateKind::connection) {
    state.key = std::to_string(change.connection);
    state.to = to;
    constexpr std::string_view why[] = {"opened", "reused", "kept", "closed", "poisoned"};
    state.value = why[static_cast<std::size_t>(change.kind)];
  }
  return state;
}

void Simulation::client_goes_on(std::uint32_t client, client::Step step) {
  ClientParty& party = clients_[client];
  const std::uint32_t current = party.step;
  for (Decision& decision : step.decisions) {
    // A client makes no responses.
    decision.terminal = false;
    record(current, client, Actor::client, now_, DecisionEvent{party.last_exchange, std::move(decision)});
  }
  const Actor peer = row_[1] == Actor::private_cache ? row_[2] : row_[1];
  for (const client::Change& change : step.changes) record(current, client, Actor::client, now_, state_of(change, peer));
  for (client::Outgoing& outgoing : step.requests) {
    const Instant when = std::max(outgoing.at, now_);
    if (when > now_) record(current, client, Actor::client, now_, NoteEvent{NoteKind::wait, when - now_, {}});
    Exchange exchange{.from = 0, .to = 1, .step = current, .client = client, .request = std::move(outgoing.request),
                      .version = scenario_.client.http_version, .early_data = outgoing.early_data, .connection = outgoing.connection};
    exchange.content_waits = outgoing.content_wait_ms.has_value();
    exchange.content_wait_ms = outgoing.content_wait_ms.value_or(0);
    at(when, Work::send, open(std::move(exchange)));
  }
  if (!step.outcome) return;
  trace_.outcomes.push_back({current, client, now_, party.last_response, std::move(*step.outcome)});
  party.step = nobody;
  if (party.waiting.empty()) return;
  at(now_, Work::step, party.waiting.front());
  party.waiting.erase(party.waiting.begin());
}

// --- cache ------------------------------------------------------------------------------------------------------------

StateEvent state_of(StoreChange& change) {
  constexpr StateOperation operations[] = {StateOperation::add, StateOperation::update, StateOperation::update, StateOperation::remove};
  return {.kind = StateKind::stored, .operation = operations[static_cast<std::size_t>(change.operation)], .key = std::move(change.key),
          .invalidated = change.operation == StoreOperation::invalidate, .lifetime_ms = change.lifetime_ms, .age_ms = change.age_ms};
}

void Simulation::cache_takes(std::uint32_t id, Cache& cache) { cache_answers(id, cache.request(exchanges_[id].request, now_), nullptr); }

// `id`: the exchange on which the cache was asked; its own for a request in the background.
void Simulation::cache_answers(std::uint32_t id, CacheAnswer given, const Reply* from) {
  const Exchange& asked = exchanges_[id];
  const std::uint32_t place = asked.background ? asked.from : asked.to;
  const Actor actor = row_[place];
  terminal_ = decisions(id, actor, std::move(given.decisions));
  for (StoreChange& change : given.changes) record(asked.step, asked.client, actor, now_, state_of(change));
  const auto forward = [&](http::Request request, CacheTicket ticket, bool background) {
    Exchange next{.from = place, .to = place + 1, .step = asked.step, .client = asked.client, .serves = id, .background = background,
                  .request = std::move(request), .version = asked.version, .early_data = asked.early_data, .ticket = ticket};
    // The client's connection is that of its own cache.
    if (actor == Actor::private_cache && !background) next.connection = asked.connection;
    if (!background) {
      next.content_waits = asked.content_waits;
      next.content_wait_ms = asked.content_wait_ms;
    }
    send(open(std::move(next)));
  };
  const CacheTicket settled = from != nullptr && given.action == CacheAction::respond ? 1 : 0;
  if (given.background) {
    const std::int64_t kept = std::exchange(terminal_, -1);
    forward(std::move(given.background->request), given.background->ticket, true);
    terminal_ = kept;
  }
  if (given.action == CacheAction::wait) {
    collapsed_.push_back({given.ticket, id});
    return;
  }
  if (given.action == CacheAction::forward) {
    terminal_ = -1;
    return forward(std::move(given.request), given.ticket, asked.background);
  }
  if (!asked.background) {
    if (from != nullptr && given.source == CacheSource::generated && actor == Actor::private_cache && from->incoming.failure != client::Failure::none) {
      // A cache inside the client has nobody to send a 504 to: the client sees the failure itself.
      answer(id, *from);
    } else if (from != nullptr && given.source == CacheSource::forwarded) {
      Reply reply = *from;
      reply.final_event = -1;
      reply.incoming.response = std::move(given.response);
      // What stood behind the message on the connection upstream stays there.
      if (actor != Actor::private_cache) reply.incoming.excess.clear();
      terminal_ = -1;
      answer(id, std::move(reply));
    } else {
      answer(id, std::move(given.response));
    }
  }
  terminal_ = -1;
  if (settled == 0) return;
  // Those that waited ask again.
  std::vector<std::uint32_t> again;
  std::vector<std::pair<CacheTicket, std::uint32_t>> still;
  for (const auto& [ticket, waiting] : collapsed_) {
    if (exchanges_[waiting].to == place && (actor != Actor::private_cache || exchanges_[waiting].client == asked.client)) {
      again.push_back(waiting);
    } else {
      still.push_back({ticket, waiting});
    }
  }
  collapsed_ = std::move(still);
  for (const std::uint32_t waiting : again) at(now_, Work::request_arrives, waiting);
}

// --- proxy ------------------------------------------------------------------------------------------------------------

void Simulation::proxy_takes(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  exchange.incoming = {.request = exchange.request, .version = exchange.version, .early_data = exchange.early_data};
  proxy_answers(id, intermediary::receive(*scenario_.proxy, exchange.incoming), nullptr);
}

void Simulation::proxy_answers(std::uint32_t id, intermediary::Step step, const Reply* from) {
  const Exchange& asked = exchanges_[id];
  terminal_ = decisions(id, Actor::proxy, std::move(step.decisions));
  if (step.forward) {
    terminal_ = -1;
    Exchange next{.from = asked.to, .to = asked.to + 1, .step = asked.step, .client = asked.client, .serves = id,
                  .request = step.forward->request, .version = step.forward->version, .early_data = step.forward->early_data,
                  .content_waits = asked.content_waits, .content_wait_ms = asked.content_wait_ms, .forwarded = *step.forward};
    return send(open(std::move(next)));
  }
  if (!step.respond) return;
  Reply reply;
  if (from != nullptr) reply.interim_at = from->interim_at;
  frame(*step.respond, asked.request.method, false);
  reply.incoming.response = std::move(*step.respond);
  answer(id, std::move(reply));
}

// --- origin -----------------------------------------------------------------------------------------------------------

// The content that waited for 100 (Continue) crosses every hop up to the origin; `there`: when it has arrived.
void Simulation::content_follows(std::uint32_t id, Instant head_arrived, bool continued, Instant& there) {
  std::vector<std::uint32_t> way;
  for (std::uint32_t each = id; each != nobody; each = exchanges_[each].serves) way.push_back(each);
  const Instant left = exchanges_[way.back()].sent;
  const Instant travel = head_arrived - left;
  Instant sent = continued ? head_arrived + travel : left + exchanges_[way.back()].content_wait_ms;
  for (auto each = way.rbegin(); each != way.rend(); ++each) {
    write_request(exchanges_[*each], *each, Piece::content, sent);
    sent += latency(exchanges_[*each]);
  }
  there = sent;
}

void Simulation::portal(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  http::Response response;
  response.status = 511;
  response.reason = "Network Authentication Required";
  // RFC 6585 section 6: "Responses with the 511 status code MUST NOT be stored by a cache."
  response.fields = {{"Content-Type", "text/html"}, {"Cache-Control", "no-store"}, {"Connection", "close"}};
  response.content = "<a href=\"https://login.example/\">Sign in to this network</a>\n";
  frame(response, exchange.request.method, false);
  Wire wire = wire_of(response, exchange.request.method, exchange.version);
  const std::int64_t decision = decide(id, Actor::network, DecisionId::network_captive_portal, 511);
  Reply reply;
  const std::uint32_t delay = 2 * latency(exchange);
  reply.final_event = record(exchange.step, exchange.client, Actor::network, now_ + delay / 2,
                             MessageEvent{.to = row_[exchange.from], .arrives = now_ + delay, .exchange = id + 1, .connection = exchange.connection,
                                          .is_request = false, .status = 511, .wire = std::move(wire.head.append(wire.content)),
                                          .framing = wire.framing, .decision = decision});
  reply.incoming.response = std::move(response);
  exchange.reply = std::move(reply);
  at(now_ + delay, Work::response_arrives, id);
}

// The response comes from the scenario, byte for byte.
void Simulation::give(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  const bool over = given_ >= scenario_.given.size();
  if (over && !script_ended_) note(exchange, Actor::origin, NoteKind::script_ended, static_cast<std::int64_t>(scenario_.given.size()));
  script_ended_ = script_ended_ || over;
  const Given& given = scenario_.given[std::min(given_, scenario_.given.size() - 1)];
  ++given_;
  if (given.wire.empty() && given.end == client::End::closed) {
    Reply reply;
    reply.incoming.failure = client::Failure::closed;
    reply.ends_connection = true;
    return answer(id, std::move(reply), given.after_ms);
  }
  Read read = read_response(given.wire, exchange.request.method);
  if (given.end) read.incoming.end = *given.end;
  const std::int64_t decision = decide(id, Actor::origin, DecisionId::response_given, read.incoming.response.status);
  Instant ready = now_ + given.after_ms;
  if (exchange.content_waits) {
    const auto& interim = read.incoming.response.interim;
    const bool continued = std::any_of(interim.begin(), interim.end(), [](const http::Interim& i) { return i.status == 100; });
    // Who has the final response before the wait is over has no reason to send the content any more.
    if (continued || given.after_ms >= exchange.content_wait_ms) content_follows(id, now_, continued, ready);
  }
  const Actor to = row_[exchange.from];
  const std::uint32_t delay = latency(exchange);
  Reply reply;
  reply.garbled = read.malformed;
  std::size_t begin = 0;
  for (std::size_t i = 0; i < read.ends.size(); ++i) {
    record(exchange.step, exchange.client, Actor::origin, now_,
           MessageEvent{.to = to, .arrives = now_ + delay, .exchange = id + 1, .connection = exchange.connection, .is_request = false, .interim = true,
                        .status = read.incoming.response.interim[i].status, .wire = given.wire.substr(begin, read.ends[i] - begin)});
    reply.interim_at.push_back(now_ + delay);
    begin = read.ends[i];
  }
  reply.final_event = record(exchange.step, exchange.client, Actor::origin, ready,
                             MessageEvent{.to = to, .arrives = ready + delay, .exchange = id + 1, .connection = exchange.connection,
                                          .is_request = false, .status = read.incoming.response.status, .wire = given.wire.substr(begin),
                                          .framing = read.framing, .decision = decision});
  if (!read.incoming.excess.empty()) note(exchange, Actor::origin, NoteKind::excess_bytes, static_cast<std::int64_t>(read.incoming.excess.size()));
  reply.ends_connection = read.incoming.end == client::End::closed;
  reply.incoming = std::move(read.incoming);
  if (reply.ends_connection && exchange.from != 0 && row_[exchange.from] != Actor::private_cache) lines_[exchange.from].open = false;
  exchange.reply = std::move(reply);
  at(ready + delay, Work::response_arrives, id);
}

void Simulation::origin_takes(std::uint32_t id) {
  Exchange& exchange = exchanges_[id];
  const bool behind_proxy = row_[exchange.from] == Actor::proxy;
  const std::uint32_t patience = behind_proxy ? scenario_.proxy->response_timeout_ms : network_.timeout_ms;
  const auto fail = [&](client::Failure failure) {
    Reply reply;
    reply.incoming.failure = failure;
    reply.ends_connection = true;
    std::uint32_t after = 0;
    if (failure == client::Failure::timeout) {
      // The party that waits counts from when it sent, and hears of it without anything having travelled.
      const std::uint32_t travel = 2 * latency(exchange);
      after = patience > travel ? patience - travel : 0;
      record(exchange.step, exchange.client, row_[exchange.from], now_ + after + travel / 2, NoteEvent{NoteKind::timeout, patience, {}});
    }
    answer(id, std::move(reply), after);
  };
  if (network_.origin == Reach::unreachable) return fail(client::Failure::unreachable);
  if (network_.origin == Reach::closes) return fail(client::Failure::closed);
  if (network_.origin == Reach::silent) return fail(client::Failure::timeout);
  if (!scenario_.given.empty()) return give(id);

  const ClientPlan& client = scenario_.client;
  origin::Arrival arrival{.http_version = exchange.version, .early_data = exchange.early_data, .tls_authority = client.tls_authority,
                          .malformed = client.malformed, .incomplete = client.incomplete, .client_ip = client.ip, .client_cert = client.certificate};
  origin::Answer given = origin_.respond(exchange.request, arrival, now_);
  std::int64_t decision = decisions(id, Actor::origin, std::move(given.decisions));
  frame(given.response, exchange.request.method, given.closes);
  std::uint32_t takes = given.takes_ms;
  if (exchange.content_waits && given.content_read) {
    const auto& interim = given.response.interim;
    const bool continued = std::any_of(interim.begin(), interim.end(), [](const http::Interim& i) { return i.status == 100; });
    Instant there = now_;
    content_follows(id, now_, continued, there);
    takes += static_cast<std::uint32_t>(there - now_);
  }
  if (takes > patience) return fail(client::Failure::timeout);
  Reply reply;
  // Interim responses spread over the time that the answer takes; 100 comes at once.
  const std::size_t count = given.response.interim.size();
  for (std::size_t i = 0; i < count; ++i)
    reply.interim_at.push_back(now_ + (given.response.interim[i].status == 100 ? 0 : static_cast<Instant>(takes) * static_cast<Instant>(i) / static_cast<Instant>(count)));
  reply.ends_connection = given.closes;
  reply.incoming.response = std::move(given.response);
  if (given.closes) reply.incoming.end = client::End::closed;
  if (network_.origin == Reach::garbled) {
    reply.garbled = true;
    reply.interim_at.clear();
    reply.incoming.status_text = "\x15\x03\x01";
    reply.incoming.response = {};
    reply.incoming.response.status = 0;
    const std::uint32_t delay = latency(exchange);
    reply.final_event = record(exchange.step, exchange.client, Actor::origin, now_ + takes,
                               MessageEvent{.to = row_[exchange.from], .arrives = now_ + takes + delay, .exchange = id + 1, .connection = exchange.connection,
                                            .is_request = false, .wire = std::string("\x15\x03\x01\x00\x02\x02\x46", 7), .framing = Framing::unknown, .decision = decision});
  } else if (network_.truncate_response_at && *network_.truncate_response_at < reply.incoming.response.content.size()) {
    const auto left = static_cast<std::size_t>(*network_.truncate_response_at);
    note(exchange, Actor::network, NoteKind::truncated, static_cast<std::int64_t>(left));
    reply.incoming.response.content.resize(left);
    reply.incoming.end = client::End::closed;
    reply.ends_connection = true;
  }
  terminal_ = decision;
  answer(id, std::move(reply), takes);
}

}  // namespace

Trace simulate(const Scenario& scenario) { return Simulation(scenario).run(); }

std::optional<Fault> fault(const Scenario& scenario) {
  const bool direct = !scenario.client.private_cache && !scenario.shared_cache && !scenario.proxy;
  if (!scenario.client.malformed.empty() && !direct)
    return Fault{"/client/malformed", "nothing of it where a cache or a proxy stands between client and origin"};
  if (scenario.client.incomplete && !direct)
    return Fault{"/client/incomplete", "false where a cache or a proxy stands between client and origin"};
  if (client::find_profile(scenario.client.profile) == nullptr) {
    std::string names = "one of";
    for (const client::Profile& profile : client::all_profiles()) names.append(" \"").append(profile.id).append("\"");
    return Fault{"/client/profile", std::move(names)};
  }
  if (const auto unknown = order_fault(scenario.origin.policy.order))
    return Fault{"/origin/policy/order", "ids of checks that may change places; \"" + *unknown + "\" is none"};
  return std::nullopt;
}

}  // namespace statuslab::simulate
