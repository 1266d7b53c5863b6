// An HTTP cache as a machine of decisions (RFC 9111; RFC 5861, RFC 8246, RFC 9213): it is given requests and what
// became of those it passed on, and answers with a response or with the request to pass on. No clock: each call is
// given `now`, which never goes back. No I/O: the caller carries messages.
//
//   Cache cache({.kind = CacheKind::shared});
//   CacheAnswer answer = cache.request({.target = "https://a.example/x"}, now);
//   if (answer.action == CacheAction::forward) answer = cache.response(answer.ticket, from_origin, later);
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/decision.h"
#include "statuslab/http.h"

namespace statuslab {

// RFC 9111 section 1: a shared cache serves several users, a private one a single user. A CDN is a shared cache that
// obeys targeted fields too (RFC 9213).
enum class CacheKind : std::uint8_t { private_, shared, cdn };

struct CacheOptions {
  CacheKind kind = CacheKind::shared;
  // The target list of RFC 9213 section 2.2, from most to least applicable. A CDN without one has CDN-Cache-Control.
  std::vector<std::string> targeted_fields{};
  // RFC 9111 section 4.2.2: this part of the time since Last-Modified, no more than the limit. 0 percent: no heuristics.
  std::uint32_t heuristic_percent = 10;
  std::uint32_t heuristic_limit = 86'400;  // seconds
  bool stale_while_revalidate = true;      // RFC 5861 section 3
  bool stale_if_error = true;              // RFC 5861 section 4
  // RFC 9111 section 4.2.4: a cache that cannot reach the origin may serve what is stale, if nothing forbids it.
  bool stale_when_disconnected = true;
  bool ranges = true;    // stores and serves parts of representations (sections 3.3 and 3.4)
  bool collapse = true;  // one request on the way is enough for equal ones (section 4)
  bool explain = true;   // false: answers without decisions and changes
};

// What came of a request.
enum class CacheAction : std::uint8_t {
  respond,  // `response` goes to the client
  forward,  // `request` goes to the next server; `response(ticket, ...)` or `failed(ticket, ...)` follows
  wait,     // an equal request is on its way as `ticket`; once that one has been answered, ask again
};

// Who made the response.
enum class CacheSource : std::uint8_t {
  none,
  stored,     // the cache, from its store, without asking
  validated,  // the cache, from its store, after the next server said that it still holds
  forwarded,  // the next server
  generated,  // the cache itself: 504, 416
};

// Names a request that was passed on; 0: none.
using CacheTicket = std::uint64_t;

// What happened to the store.
enum class StoreOperation : std::uint8_t { store, update, invalidate, remove };
struct StoreChange {
  StoreOperation operation = StoreOperation::store;
  std::string key;                  // "GET https://a.example/x", with the fields that Vary names
  std::int64_t lifetime_ms = 0;     // the freshness lifetime
  std::int64_t age_ms = 0;          // the current age
};

// A request of the cache's own, for stale-while-revalidate: no client waits for it. What `response` answers to its
// ticket goes nowhere.
struct BackgroundRequest {
  http::Request request;
  CacheTicket ticket = 0;
};

struct CacheAnswer {
  CacheAction action = CacheAction::respond;
  CacheSource source = CacheSource::none;
  http::Response response{};  // with the interim responses that came before it, where it was forwarded
  http::Request request{};
  CacheTicket ticket = 0;
  std::optional<BackgroundRequest> background{};
  Decisions decisions{};
  std::vector<StoreChange> changes{};
};

// One stored response, for a view of the store.
struct StoredResponse {
  std::string key;
  std::uint16_t status = 200;
  http::Fields fields;
  std::uint64_t bytes = 0;        // of content that is stored
  bool complete = true;           // false: a part of the representation (section 3.3)
  bool fresh = false;
  bool heuristic = false;         // its lifetime is the cache's own guess
  std::int64_t lifetime_ms = 0;
  std::int64_t age_ms = 0;
};

class Cache {
 public:
  explicit Cache(CacheOptions options = {});
  ~Cache();
  Cache(Cache&&) noexcept;
  Cache& operator=(Cache&&) noexcept;

  [[nodiscard]] CacheAnswer request(http::Request request, Instant now);
  // The answer may be `forward` once more: a 304 that fits nothing stored, parts that do not belong together.
  // An unknown ticket passes the response on untouched.
  [[nodiscard]] CacheAnswer response(CacheTicket ticket, http::Response response, Instant now);
  // No response: connection refused, closed too early, timed out. Answers with a stale response or 504.
  [[nodiscard]] CacheAnswer failed(CacheTicket ticket, Instant now);

  [[nodiscard]] std::vector<StoredResponse> stored(Instant now) const;
  void clear();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One response by itself, for hosts that have a store of their own: may it be stored, may it be used. Keeps what follows
// from the fields, not the response.
class CachePolicy {
 public:
  // `requested`, `received`: when the request went out and when the response came.
  CachePolicy(const http::Request& request, const http::Response& response, Instant requested, Instant received,
              const CacheOptions& options = {});
  ~CachePolicy();
  CachePolicy(CachePolicy&&) noexcept;
  CachePolicy& operator=(CachePolicy&&) noexcept;

  // Section 3.
  [[nodiscard]] bool may_be_stored() const;
  // Section 4: without asking the next server, and without stale-while-revalidate.
  [[nodiscard]] bool may_answer(const http::Request& request, Instant now) const;
  [[nodiscard]] std::int64_t lifetime_ms() const;
  [[nodiscard]] std::int64_t age_ms(Instant now) const;

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace statuslab
