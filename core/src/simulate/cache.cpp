// The cache as a whole (RFC 9111).
//
// Theory of operation. The store is a list of entries for each target URI; two entries of one URI differ in the request
// fields that Vary names. A request is answered from the store or passed on, in this order:
//
//   1. An unsafe method is written through. What else is neither GET nor HEAD goes on as well.
//   2. `choose`: the most recent entry of the URI whose Vary matches.
//   3. `wanted_from`: which of its bytes are meant, and whether they are there.
//   4. `use_without_validation`: directives of the response, then of the request, freshness, permissions to be stale.
//   5. only-if-cached ends here, with 504. An equal request that is on its way is waited for.
//   6. `send_on`: with the preconditions that name what is stored, or with the Range that completes it.
//
// A request that was passed on is a `Pending` until its ticket comes back with a response:
//
//   an unsafe one invalidates; HEAD updates; 304 updates the entries that it identifies and is answered from them; a server
//   error may be replaced by what is stale; a part is put together with the stored one. All others are stored, if section 3
//   lets them, and passed on. Where the cache's own preconditions led to an answer that is of no use to the client, the
//   client's request is sent once more as it came.
//
// What a response means to this cache (`Policy`, lifetime, age) is read once, when it is stored or updated.
#include "statuslab/cache.h"

#include <algorithm>

#include "simulate/cache_parts.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab {

namespace caching {

DecisionInput field_input(const http::Fields& fields, std::string_view name) {
  std::optional<std::string> value = http::combined(fields, name);
  const bool present = value.has_value();
  return {name, std::move(value).value_or(""), present};
}

http::Response made(std::uint16_t status, std::string_view reason) {
  http::Response response;
  response.status = status;
  response.reason = reason;
  return response;
}

std::string seconds_text(std::int64_t ms) {
  std::string text = std::to_string(ms / 1000);
  const std::int64_t rest = ms % 1000 < 0 ? -(ms % 1000) : ms % 1000;
  if (rest != 0) {
    const std::string digits = std::to_string(1000 + rest).substr(1);
    text += "." + digits.substr(0, digits.find_last_not_of('0') + 1);
  }
  return text + " s";
}

namespace {

struct Bucket {
  std::string key;
  std::vector<Entry> entries;
};

// A request that was passed on.
struct Pending {
  CacheTicket ticket = 0;
  http::Request client;  // as the client sent it, without content
  std::string key;
  Instant sent = 0;
  std::vector<std::uint64_t> nominated{};  // the entries that the cache's preconditions name
  std::uint64_t chosen = 0;                // the one that would have answered; 0: none
  bool completing = false;                 // asks only for what `chosen` lacks
  bool plain = false;                      // may be waited for
};

bool is_read(const http::Request& request) { return request.method == "GET" || request.method == "HEAD"; }

// What others may wait for: nothing about it is particular to one client.
bool is_plain(const http::Request& request, const Wishes& wishes) {
  return request.method == "GET" && !wishes.wants_validation() && !wishes.no_store && !has_condition(request.fields) &&
         !http::has(request.fields, "Range") && !http::has(request.fields, "Authorization");
}

std::string text_of(const Bucket& bucket, const Entry& entry) {
  std::string text = "GET " + bucket.key;
  for (const Nominated& one : entry.nominated) text += " " + one.name + "=" + one.value.value_or("(absent)");
  return text;
}

Inputs no_inputs() { return {}; }

}  // namespace
}  // namespace caching

using namespace caching;

struct Cache::State {
  explicit State(CacheOptions given) : options(std::move(given)) {
    if (options.kind == CacheKind::cdn && options.targeted_fields.empty()) options.targeted_fields = {"CDN-Cache-Control"};
  }

  CacheAnswer request(http::Request request, Instant now);
  CacheAnswer response(CacheTicket ticket, http::Response response, Instant now);
  CacheAnswer failed(CacheTicket ticket, Instant now);

  // The call in hand: what it was asked, and where its answer grows.
  struct Call {
    CacheAnswer answer{};
    Notes notes;
    Instant now;
    Call(const CacheOptions& options, Instant at) : notes(options.explain ? &answer.decisions : nullptr), now(at) {}
    Call(const Call&) = delete;
    Call& operator=(const Call&) = delete;
  };

  Bucket* find(std::string_view key);
  Bucket& find_or_add(const std::string& key);
  Entry* entry_with(Bucket* bucket, std::uint64_t id) const;
  Entry* choose(Bucket* bucket, const http::Request& request, Notes& notes) const;
  void change(Call& call, StoreOperation operation, const Bucket& bucket, const Entry& entry) const;
  void drop(Call& call, Bucket& bucket, std::uint64_t id);

  void send_on(Call& call, http::Request&& request, std::string key, const Wishes& wishes, Bucket* bucket, Entry* entry,
               bool missing);
  void revalidate_in_background(Call& call, const http::Request& request, Bucket& bucket, Entry& entry);
  Pending& add_pending(http::Request client, std::string key, Instant now);
  void send_again(Call& call, const Pending& pending);
  void answer_from(Call& call, const Entry& entry, const http::Request& request, const Wanted& wanted, CacheSource source) const;
  void answer_504(Call& call, DecisionId id, bool answer) const;

  void invalidate(Call& call, const Pending& pending, const http::Response& response);
  void update(Call& call, Entry& entry, const Pending& pending, const http::Fields& fields) const;
  void take_head(Call& call, const Pending& pending, const http::Response& response);
  void take_not_modified(Call& call, const Pending& pending, const http::Response& response);
  bool replace_error(Call& call, const Pending& pending, std::uint16_t status);
  bool take_rest(Call& call, const Pending& pending, const http::Response& response);
  void store(Call& call, const Pending& pending, const http::Response& response);
  void keep(Call& call, Bucket& bucket, Entry entry);

  CacheOptions options;
  std::vector<Bucket> buckets;  // sorted by key
  std::vector<Pending> pending;
  CacheTicket last_ticket = 0;
  std::uint64_t last_id = 0;
};

// --- the store ---------------------------------------------------------------------------------------------------------

Bucket* Cache::State::find(std::string_view key) {
  const auto at = std::lower_bound(buckets.begin(), buckets.end(), key,
                                   [](const Bucket& bucket, std::string_view k) { return bucket.key < k; });
  return at == buckets.end() || at->key != key ? nullptr : &*at;
}

Bucket& Cache::State::find_or_add(const std::string& key) {
  const auto at = std::lower_bound(buckets.begin(), buckets.end(), key,
                                   [](const Bucket& bucket, const std::string& k) { return bucket.key < k; });
  if (at != buckets.end() && at->key == key) return *at;
  return *buckets.insert(at, Bucket{key, {}});
}

Entry* Cache::State::entry_with(Bucket* bucket, std::uint64_t id) const {
  if (bucket == nullptr || id == 0) return nullptr;
  const auto entry = std::find_if(bucket->entries.begin(), bucket->entries.end(), [id](const Entry& e) { return e.id == id; });
  return entry == bucket->entries.end() ? nullptr : &*entry;
}

Entry* Cache::State::choose(Bucket* bucket, const http::Request& request, Notes& notes) const {
  const bool any = bucket != nullptr && !bucket->entries.empty();
  if (!notes.ask(DecisionId::cache_stored, any)) return nullptr;
  // "a cache MUST use the most recent one (as determined by the Date header field)"; "When ... one or more omits the Vary
  // header field, the cache SHOULD choose the most recent ... stored response with a valid Vary field value."
  const auto is_better = [](const Entry& a, const Entry& b) {
    if (a.nominated.empty() != b.nominated.empty()) return b.nominated.empty();
    return a.date != b.date ? a.date > b.date : a.id > b.id;
  };
  Entry* chosen = nullptr;
  for (Entry& entry : bucket->entries)
    if (matches(entry, request.fields) && (chosen == nullptr || is_better(entry, *chosen))) chosen = &entry;
  const Entry& shown = chosen == nullptr ? bucket->entries.back() : *chosen;
  if (!http::has(shown.response.fields, "Vary")) return chosen;
  notes.ask(DecisionId::cache_vary, chosen != nullptr, [&] {
    Inputs inputs{field_input(shown.response.fields, "Vary")};
    for (const Nominated& one : shown.nominated) {
      const std::optional<std::string> value = selecting_value(request.fields, one.name);
      inputs.push_back({"stored for", one.name + ": " + one.value.value_or(""), one.value.has_value()});
      inputs.push_back({"asked for", one.name + ": " + value.value_or(""), value.has_value()});
    }
    return inputs;
  });
  return chosen;
}

void Cache::State::change(Call& call, StoreOperation operation, const Bucket& bucket, const Entry& entry) const {
  if (!options.explain) return;
  call.answer.changes.push_back({operation, text_of(bucket, entry), entry.lifetime.ms, entry.age(call.now)});
}

void Cache::State::drop(Call& call, Bucket& bucket, std::uint64_t id) {
  const Entry* const entry = entry_with(&bucket, id);
  if (entry == nullptr) return;
  change(call, StoreOperation::remove, bucket, *entry);
  bucket.entries.erase(bucket.entries.begin() + (entry - bucket.entries.data()));
}

// --- requests ----------------------------------------------------------------------------------------------------------

CacheAnswer Cache::State::request(http::Request request, Instant now) {
  Call call(options, now);
  Notes& notes = call.notes;
  const Wishes wishes = read_wishes(request.fields);
  // "A cache MUST write through requests with methods that are unsafe ... to the origin server".
  const bool read = is_read(request);
  notes.ask(DecisionId::cache_unsafe_method, !read && !is_safe(request.method),
            [&] { return Inputs{{"method", request.method}}; });
  std::string key = key_of(request.target);
  Bucket* const bucket = read ? find(key) : nullptr;
  Entry* const entry = read ? choose(bucket, request, notes) : nullptr;
  Wanted wanted;
  if (entry != nullptr) {
    wanted = wanted_from(*entry, request, options, notes);
    const Use use = wanted.kind == Wanted::Kind::missing ? Use::validate
                                                         : use_without_validation(*entry, wishes, now, options, notes);
    if (use != Use::validate) {
      answer_from(call, *entry, request, wanted, CacheSource::stored);
      if (use == Use::stale_while_revalidate) revalidate_in_background(call, request, *bucket, *entry);
      return std::move(call.answer);
    }
  }
  if (wishes.only_if_cached) {
    answer_504(call, DecisionId::cache_only_if_cached, true);
    return std::move(call.answer);
  }
  send_on(call, std::move(request), std::move(key), wishes, bucket, entry, entry != nullptr && wanted.kind == Wanted::Kind::missing);
  return std::move(call.answer);
}

Pending& Cache::State::add_pending(http::Request client, std::string key, Instant now) {
  pending.push_back({.ticket = ++last_ticket, .client = std::move(client), .key = std::move(key), .sent = now});
  return pending.back();
}

namespace {

// Section 4.3.1, for the entry that would have answered, or else for those that differ in what Vary names: "a cache is
// allowed to validate a response that it cannot choose". Only tags can tell those apart.
bool add_preconditions(http::Request& request, Pending& pending, const Bucket* bucket, const Entry* entry) {
  std::vector<const Entry*> named;
  if (entry != nullptr) {
    named = {entry};
  } else if (bucket != nullptr) {
    for (const Entry& other : bucket->entries)
      if (other.complete && http::has(other.response.fields, "ETag")) named.push_back(&other);
  }
  const bool tagged = add_tags(request, named);
  const bool dated = entry != nullptr && add_date(request, *entry);
  if (!tagged && !dated) return false;
  for (const Entry* const one : named) pending.nominated.push_back(one->id);
  return true;
}

// Only what is missing of a part (section 3.3). Without a strong validator the parts cannot be combined, unless the next
// server sends everything.
bool ask_for_rest(http::Request& request, const Entry& entry) {
  const std::optional<std::string> range = missing_range(entry);
  if (!range || has_condition(request.fields)) return false;
  http::set(request.fields, "Range", *range);
  const std::string* const tag = http::find(entry.response.fields, "ETag");
  if (tag != nullptr && is_strong(*tag)) http::set(request.fields, "If-Range", *tag);
  return true;
}

}  // namespace

void Cache::State::send_on(Call& call, http::Request&& request, std::string key, const Wishes& wishes, Bucket* bucket,
                           Entry* entry, bool missing) {
  Notes& notes = call.notes;
  const bool plain = options.collapse && is_plain(request, wishes);
  if (plain) {
    const auto same =
        std::find_if(pending.begin(), pending.end(), [&](const Pending& one) { return one.plain && one.key == key; });
    if (notes.ask(DecisionId::cache_collapse, same != pending.end())) {
      notes.or_else("collapse=false");
      call.answer.action = CacheAction::wait;
      call.answer.ticket = same->ticket;
      return;
    }
  }
  http::Request& forwarded = call.answer.request;
  forwarded = {request.method, request.target, request.fields, std::move(request.content)};
  Pending& sent = add_pending({std::move(request.method), std::move(request.target), std::move(request.fields), {}},
                              std::move(key), call.now);
  sent.plain = plain;
  sent.chosen = entry == nullptr ? 0 : entry->id;
  if (missing && forwarded.method == "GET" && !http::has(forwarded.fields, "Range")) {
    sent.completing = notes.ask(DecisionId::cache_complete, ask_for_rest(forwarded, *entry),
                                [&] { return Inputs{field_input(forwarded.fields, "Range")}; });
  } else if (!missing && bucket != nullptr && !bucket->entries.empty()) {
    notes.ask(DecisionId::cache_validator, add_preconditions(forwarded, sent, bucket, entry), [&] {
      return Inputs{field_input(forwarded.fields, "If-None-Match"), field_input(forwarded.fields, "If-Modified-Since")};
    });
  }
  call.answer.action = CacheAction::forward;
  call.answer.ticket = sent.ticket;
}

void Cache::State::revalidate_in_background(Call& call, const http::Request& request, Bucket& bucket, Entry& entry) {
  const bool under_way = std::any_of(pending.begin(), pending.end(), [&](const Pending& one) {
    return one.chosen == entry.id;
  });
  if (under_way) return;  // "the cache SHOULD attempt to revalidate it": one attempt at a time
  // "synthesizes a request using a stored response by copying the method, target URI, and request header fields identified
  // by the Vary header field" - here from the request at hand, without the conditions that are the client's.
  BackgroundRequest background;
  background.request = {"GET", request.target, request.fields, {}};
  for (const std::string_view name : {"If-None-Match", "If-Modified-Since", "Range", "If-Range", "Cache-Control"})
    http::remove(background.request.fields, name);
  Pending& sent = add_pending(background.request, bucket.key, call.now);
  sent.chosen = entry.id;
  background.ticket = sent.ticket;
  add_preconditions(background.request, sent, &bucket, &entry);
  call.answer.background = std::move(background);
}

void Cache::State::send_again(Call& call, const Pending& before) {
  call.notes.ask(DecisionId::cache_again, true);
  if (Bucket* const bucket = find(before.key)) {
    for (const std::uint64_t id : before.nominated) drop(call, *bucket, id);
    drop(call, *bucket, before.chosen);
  }
  const Pending& sent = add_pending(before.client, before.key, call.now);
  call.answer.source = CacheSource::none;
  call.answer.action = CacheAction::forward;
  call.answer.request = before.client;
  call.answer.ticket = sent.ticket;
}

void Cache::State::answer_504(Call& call, DecisionId id, bool answer) const {
  call.notes.end(id, answer, 504, no_inputs);
  call.answer.action = CacheAction::respond;
  call.answer.source = CacheSource::generated;
  call.answer.response = made(504, "Gateway Timeout");
  call.answer.response.fields = {{"Content-Length", "0"}};
  ensure_date(call.answer.response.fields, call.now);
}

void Cache::State::answer_from(Call& call, const Entry& entry, const http::Request& request, const Wanted& wanted,
                               CacheSource source) const {
  Notes& notes = call.notes;
  http::Response& response = call.answer.response;
  call.answer.action = CacheAction::respond;
  call.answer.source = source;
  const auto range_inputs = [&] { return Inputs{field_input(request.fields, "Range")}; };
  const bool asks = http::has(request.fields, "If-None-Match") || http::has(request.fields, "If-Modified-Since");
  const auto condition_inputs = [&] {
    return Inputs{field_input(request.fields, "If-None-Match"), field_input(request.fields, "If-Modified-Since"),
                  field_input(entry.response.fields, "ETag"), field_input(entry.response.fields, "Last-Modified")};
  };
  // "If a cache receives a request that can be satisfied by reusing a stored 200 (OK) or 206 (Partial Content) response ...
  // the cache SHOULD evaluate any applicable conditional header field preconditions" (section 4.3.2).
  const bool unchanged = asks && entry.response.status == 200 && is_not_modified_for(request.fields, entry);
  if (asks && !unchanged) notes.ask(DecisionId::cache_client_condition, false, condition_inputs);
  if (unchanged) {
    notes.end(DecisionId::cache_client_condition, true, 304, condition_inputs);
    response = make_not_modified(entry);
  } else if (wanted.kind == Wanted::Kind::part) {
    notes.end(DecisionId::cache_range_satisfiable, true, 206, range_inputs);
    notes.or_else("ranges=false", entry.response.status);
    response = make_part(entry, wanted);
  } else if (wanted.kind == Wanted::Kind::unsatisfiable) {
    notes.end(DecisionId::cache_range_satisfiable, false, 416, range_inputs);
    notes.or_else("ranges=false", entry.response.status);
    response = make_unsatisfiable(entry);
  } else {
    notes.end(DecisionId::cache_reuse, true, entry.response.status,
              [&] { return Inputs{{"age", seconds_text(entry.age(call.now))}}; });
    response = entry.response;
  }
  // "if the listed header fields are excluded from the subsequent response or the subsequent response has been
  // successfully revalidated" (section 5.2.2.4)
  if (source == CacheSource::stored)
    for (const std::string& name : entry.policy.validated_fields) http::remove(response.fields, name);
  // "When a stored response is used to satisfy a request without validation, a cache MUST generate an Age header field
  // ..., replacing any present in the response with a value equal to the stored response's current_age".
  if (source == CacheSource::stored || http::has(response.fields, "Age"))
    http::set(response.fields, "Age", std::to_string(std::min<std::int64_t>(entry.age(call.now) / 1000, 2'147'483'648)));
  if (request.method == "HEAD") response.content.clear();
}

// --- responses -----------------------------------------------------------------------------------------------------------

CacheAnswer Cache::State::response(CacheTicket ticket, http::Response response, Instant now) {
  Call call(options, now);
  call.answer.source = CacheSource::forwarded;
  const auto at = std::find_if(pending.begin(), pending.end(), [ticket](const Pending& one) { return one.ticket == ticket; });
  if (at == pending.end()) {
    call.answer.response = std::move(response);
    return std::move(call.answer);
  }
  const Pending sent = std::move(*at);
  pending.erase(at);
  if (!is_safe(sent.client.method)) invalidate(call, sent, response);

  if (sent.client.method == "HEAD" && response.status == 200) {
    take_head(call, sent, response);
  } else if (is_read(sent.client) && response.status == 304) {
    take_not_modified(call, sent, response);
  } else if (response.status >= 500 && sent.chosen != 0 && replace_error(call, sent, response.status)) {
    call.answer.response.interim = std::move(response.interim);
    return std::move(call.answer);
  } else if (!sent.completing || !take_rest(call, sent, response)) {
    store(call, sent, response);
  }
  // Interim responses reach the client whatever becomes of the final one; they are never stored.
  if (call.answer.source == CacheSource::forwarded) {
    if (options.kind != CacheKind::private_) ensure_date(response.fields, now);
    call.answer.response = std::move(response);
  } else if (call.answer.action == CacheAction::respond) {
    call.answer.response.interim = std::move(response.interim);
  }
  return std::move(call.answer);
}

void Cache::State::invalidate(Call& call, const Pending& sent, const http::Response& response) {
  // "A cache MUST invalidate the target URI ... when it receives a non-error status code in response to an unsafe request
  // method (including methods whose safety is unknown)."
  if (!call.notes.ask(DecisionId::cache_invalidate, is_non_error(response.status), [&] {
        return Inputs{{"method", sent.client.method}, {"status", std::to_string(response.status)}};
      }))
    return;
  const auto clear_bucket = [&](const std::string& key) {
    Bucket* const bucket = find(key);
    if (bucket == nullptr) return false;
    for (const Entry& entry : bucket->entries) change(call, StoreOperation::invalidate, *bucket, entry);
    bucket->entries.clear();
    return true;
  };
  clear_bucket(sent.key);
  for (const std::string& key : other_invalidated(sent.key, response.fields))
    call.notes.ask(DecisionId::cache_invalidate_other, clear_bucket(key), [&] { return Inputs{{"URI", key}}; });
}

void Cache::State::update(Call& call, Entry& entry, const Pending& sent, const http::Fields& fields) const {
  // Age and Date are of the newer message, where it lacks them too: the entry has just been confirmed.
  http::remove(entry.response.fields, "Age");
  if (!http::has(fields, "Date")) http::remove(entry.response.fields, "Date");
  update_fields(entry, fields, options.kind);
  ensure_date(entry.response.fields, call.now);
  entry.policy = read_policy(entry.response.fields, options.targeted_fields);
  derive(entry, entry.response.fields, sent.sent, call.now, options);
}

void Cache::State::take_head(Call& call, const Pending& sent, const http::Response& response) {
  Bucket* const bucket = find(sent.key);
  if (bucket == nullptr) return;
  // "the cache SHOULD update or invalidate each of its stored GET responses that could have been chosen for that request".
  for (Entry& entry : bucket->entries) {
    if (!matches(entry, sent.client.fields)) continue;
    const bool described = call.notes.ask(DecisionId::cache_head_update, is_described_by_head(entry, response.fields), [&] {
      return Inputs{field_input(response.fields, "ETag"), field_input(response.fields, "Last-Modified"),
                    field_input(response.fields, "Content-Length")};
    });
    if (described) update(call, entry, sent, response.fields);
    else entry.lifetime.ms = 0;  // "the cache SHOULD consider the stored response to be stale"
    change(call, StoreOperation::update, *bucket, entry);
  }
}

void Cache::State::take_not_modified(Call& call, const Pending& sent, const http::Response& response) {
  Notes& notes = call.notes;
  Bucket* const bucket = find(sent.key);
  std::vector<Entry*> initial, variants;
  if (bucket != nullptr)
    for (Entry& entry : bucket->entries) {
      const bool named = std::find(sent.nominated.begin(), sent.nominated.end(), entry.id) != sent.nominated.end();
      if (matches(entry, sent.client.fields)) initial.push_back(&entry);
      else if (named) variants.push_back(&entry);
    }
  std::vector<Entry*> found = identified_by(response.fields, initial);
  if (found.empty()) found = identified_by(response.fields, variants);
  notes.ask(DecisionId::cache_not_modified, !found.empty(), [&] {
    return Inputs{field_input(response.fields, "ETag"), field_input(response.fields, "Last-Modified")};
  });
  const bool alone = sent.nominated.size() == 1 && !has_validator(response.fields) && !has_condition(sent.client.fields);
  if (found.empty() && alone) {
    // Deliberate: no document says what such a 304 means. The only validator that was sent is all it can be about.
    Entry* const meant = entry_with(bucket, sent.nominated.front());
    if (notes.ask(DecisionId::cache_304_without_validator, meant != nullptr)) found = {meant};
  }
  if (found.empty()) {
    const bool own = sent.nominated.empty() || is_clients_own(sent.client.fields, response.fields);
    if (!notes.ask(DecisionId::cache_304_for_client, own)) send_again(call, sent);
    return;
  }
  for (Entry* const entry : found) {
    const bool matched = matches(*entry, sent.client.fields);
    update(call, *entry, sent, response.fields);
    if (matched) nominate(*entry, entry->response.fields, sent.client.fields);
    change(call, StoreOperation::update, *bucket, *entry);
  }
  Entry answering = *found.front();
  const Wanted wanted = wanted_from(answering, sent.client, options, notes);
  // Parts that do not hold what is asked for are never named: it was the client's own condition that was met.
  if (wanted.kind == Wanted::Kind::missing) return;
  answer_from(call, answering, sent.client, wanted, CacheSource::validated);
  if (answering.policy.no_store) return drop(call, *bucket, answering.id);
  if (matches(answering, sent.client.fields)) return;
  // Chosen by its tag for a request that Vary had kept apart: from now on it fits that request too.
  nominate(answering, answering.response.fields, sent.client.fields);
  keep(call, *bucket, std::move(answering));
}

bool Cache::State::replace_error(Call& call, const Pending& sent, std::uint16_t status) {
  Notes silent(nullptr);
  const Entry* const entry = entry_with(find(sent.key), sent.chosen);
  if (entry == nullptr) return false;
  const Wanted wanted = wanted_from(*entry, sent.client, options, silent);
  if (wanted.kind == Wanted::Kind::missing) return false;
  if (status != 0) call.notes.ask(DecisionId::cache_error_on_validation, true, [&] {
      return Inputs{{"status", std::to_string(status)}};
    });
  const Wishes wishes = read_wishes(sent.client.fields);
  if (!may_replace_error(*entry, wishes, status, call.now, options, call.notes)) return false;
  answer_from(call, *entry, sent.client, wanted, CacheSource::stored);
  return true;
}

// Whether the answer to a request for the missing bytes has been dealt with; false: it is to be stored like any other.
bool Cache::State::take_rest(Call& call, const Pending& sent, const http::Response& response) {
  if (response.status != 206 && response.status != 416) return false;
  Bucket* const bucket = find(sent.key);
  Entry* const entry = entry_with(bucket, sent.chosen);
  const Arrival arrival{sent.client, response, sent.sent, call.now};
  Policy policy = read_policy(response.fields, options.targeted_fields);
  std::optional<Entry> rest;
  if (entry != nullptr && response.status == 206 && may_store(arrival, policy, options, call.notes))
    rest = make_entry(arrival, std::move(policy), options, call.notes);
  if (!rest || !combine(*entry, *rest, options.kind, call.notes) || !entry->complete) {
    send_again(call, sent);
    return true;
  }
  entry->policy = read_policy(entry->response.fields, options.targeted_fields);
  derive(*entry, entry->response.fields, sent.sent, call.now, options);
  change(call, StoreOperation::update, *bucket, *entry);
  answer_from(call, *entry, sent.client, {}, CacheSource::validated);
  return true;
}

void Cache::State::store(Call& call, const Pending& sent, const http::Response& response) {
  Bucket* const bucket = find(sent.key);
  const Arrival arrival{sent.client, response, sent.sent, call.now};
  Policy policy = read_policy(response.fields, options.targeted_fields);
  std::optional<Entry> entry;
  if (may_store(arrival, policy, options, call.notes)) entry = make_entry(arrival, std::move(policy), options, call.notes);
  // "A full response ... indicates that none of the stored responses nominated in the conditional request are suitable."
  const bool full = response.status < 500 && response.status != 206 && !sent.nominated.empty();
  if (bucket != nullptr && full) drop(call, *bucket, sent.chosen);
  if (entry) keep(call, find_or_add(sent.key), std::move(*entry));
}

// In the place of the entry with the same key.
void Cache::State::keep(Call& call, Bucket& bucket, Entry entry) {
  const auto same = std::find_if(bucket.entries.begin(), bucket.entries.end(), [&](const Entry& other) {
    return other.nominated == entry.nominated && other.varies_by_anything == entry.varies_by_anything;
  });
  entry.id = ++last_id;
  if (same == bucket.entries.end()) {
    bucket.entries.push_back(std::move(entry));
    change(call, StoreOperation::store, bucket, bucket.entries.back());
    return;
  }
  // A part joins what is there of the same representation; everything else replaces it.
  if (!entry.complete && combine(*same, entry, options.kind, call.notes)) {
    same->policy = read_policy(same->response.fields, options.targeted_fields);
    same->lifetime = lifetime_of(same->policy, same->response.fields, entry.received, options);
    same->received = entry.received;
    same->initial_age_ms = entry.initial_age_ms;
    same->date = entry.date;
    change(call, StoreOperation::update, bucket, *same);
    return;
  }
  *same = std::move(entry);
  change(call, StoreOperation::store, bucket, *same);
}

CacheAnswer Cache::State::failed(CacheTicket ticket, Instant now) {
  Call call(options, now);
  const auto at = std::find_if(pending.begin(), pending.end(), [ticket](const Pending& one) { return one.ticket == ticket; });
  if (at != pending.end()) {
    const Pending sent = std::move(*at);
    pending.erase(at);
    if (is_read(sent.client) && sent.chosen != 0 && replace_error(call, sent, 0)) return std::move(call.answer);
  }
  // "if a cache is disconnected, the cache MUST generate an error response rather than reuse the stale response. The
  // generated status code SHOULD be 504 (Gateway Timeout)" (section 5.2.2.2).
  answer_504(call, DecisionId::cache_disconnected, false);
  return std::move(call.answer);
}

// --- the public face -----------------------------------------------------------------------------------------------------

Cache::Cache(CacheOptions options) : state_(std::make_unique<State>(std::move(options))) {}
Cache::~Cache() = default;
Cache::Cache(Cache&&) noexcept = default;
Cache& Cache::operator=(Cache&&) noexcept = default;

CacheAnswer Cache::request(http::Request request, Instant now) { return state_->request(std::move(request), now); }
CacheAnswer Cache::response(CacheTicket ticket, http::Response response, Instant now) {
  return state_->response(ticket, std::move(response), now);
}
CacheAnswer Cache::failed(CacheTicket ticket, Instant now) { return state_->failed(ticket, now); }

std::vector<StoredResponse> Cache::stored(Instant now) const {
  std::vector<StoredResponse> all;
  for (const Bucket& bucket : state_->buckets)
    for (const Entry& entry : bucket.entries) {
      StoredResponse one{.key = text_of(bucket, entry), .status = entry.response.status, .fields = entry.response.fields};
      one.bytes = entry.response.content.size();
      for (const Part& part : entry.parts) one.bytes += part.bytes.size();
      one.complete = entry.complete;
      one.fresh = entry.is_fresh(now);
      one.heuristic = entry.lifetime.source == LifetimeSource::heuristic;
      one.lifetime_ms = entry.lifetime.ms;
      one.age_ms = entry.age(now);
      all.push_back(std::move(one));
    }
  return all;
}

void Cache::clear() {
  state_->buckets.clear();
  state_->pending.clear();
}

}  // namespace statuslab
