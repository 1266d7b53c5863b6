// What the parts of the cache share: a stored response, what directives come to, notes of what was decided. Each group of
// functions is the matter of one source file.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "statuslab/cache.h"

namespace statuslab::caching {

// --- notes -------------------------------------------------------------------------------------------------------------

using Inputs = std::vector<DecisionInput>;

// Writes decisions down where the caller wants them. Inputs are made only then.
class Notes {
 public:
  explicit Notes(Decisions* to) : to_(to) {}

  bool ask(DecisionId id, bool answer) {
    if (to_ != nullptr) to_->push_back(Decision{.id = id, .answer = answer});
    return answer;
  }
  template <class MakeInputs>
  bool ask(DecisionId id, bool answer, const MakeInputs& inputs) {
    if (to_ != nullptr) to_->push_back(Decision{.id = id, .answer = answer, .inputs = inputs()});
    return answer;
  }
  // A member of CacheOptions, with the value that would have led elsewhere from the last question, and the status it gives.
  void or_else(std::string_view setting, std::uint16_t gives = 0) {
    if (to_ != nullptr) to_->back().alternatives.push_back({setting, gives});
  }
  // The decision that made the response.
  template <class MakeInputs>
  void end(DecisionId id, bool answer, std::uint16_t gives, const MakeInputs& inputs) {
    if (to_ != nullptr)
      to_->push_back(Decision{.id = id, .answer = answer, .gives = gives, .terminal = true, .inputs = inputs()});
  }

 private:
  Decisions* to_;
};

// A field as an input of a decision, all its lines combined.
[[nodiscard]] DecisionInput field_input(const http::Fields& fields, std::string_view name);
// A response of the cache's own making.
[[nodiscard]] http::Response made(std::uint16_t status, std::string_view reason);
// "3.5 s"
[[nodiscard]] std::string seconds_text(std::int64_t ms);

// --- cache_directives.cpp ------------------------------------------------------------------------------------------------

// An argument in seconds: absent, or there and unreadable, which counts as 0.
struct Seconds {
  bool present = false;
  std::int64_t value = 0;
};

// What the directives of a response say to one cache.
struct Policy {
  bool targeted = false;  // a targeted field rules, so that Expires counts for nothing
  bool no_store = false;
  bool no_cache = false;  // without field names
  bool private_ = false;  // the same
  bool public_ = false;
  bool must_revalidate = false;
  bool proxy_revalidate = false;
  bool must_understand = false;
  bool immutable = false;
  Seconds max_age, s_maxage, stale_while_revalidate, stale_if_error;
  std::vector<std::string> validated_fields;  // no-cache="...": not reused without validation
  std::vector<std::string> private_fields;    // private="...": not stored by a shared cache
};
[[nodiscard]] Policy read_policy(const http::Fields& fields, const std::vector<std::string>& target_list);

// The directives of a request. All are advice (RFC 9111 section 5.2.1).
struct Wishes {
  bool no_cache = false;
  bool pragma_no_cache = false;  // in the absence of Cache-Control
  bool no_store = false;
  bool only_if_cached = false;
  bool any_staleness = false;  // max-stale without a number
  Seconds max_age, min_fresh, max_stale, stale_if_error;

  [[nodiscard]] bool wants_validation() const { return no_cache || pragma_no_cache; }
};
[[nodiscard]] Wishes read_wishes(const http::Fields& fields);

// --- cache_freshness.cpp -------------------------------------------------------------------------------------------------

enum class LifetimeSource : std::uint8_t { none, s_maxage, max_age, expires, heuristic };

struct Lifetime {
  std::int64_t ms = 0;
  LifetimeSource source = LifetimeSource::none;
};

// Seconds since 1970; letters of any case. Absent where it is no date in GMT.
[[nodiscard]] std::optional<std::int64_t> read_date(std::string_view value);
[[nodiscard]] bool has_explicit_lifetime(const Policy& policy, const http::Fields& fields, CacheKind kind);
[[nodiscard]] Lifetime lifetime_of(const Policy& policy, const http::Fields& fields, Instant received,
                                   const CacheOptions& options);
// corrected_initial_age of section 4.2.3, in ms.
[[nodiscard]] std::int64_t initial_age(const http::Fields& fields, Instant requested, Instant received);

// --- a stored response -----------------------------------------------------------------------------------------------------

// A request field that Vary names, and what it was when the response was stored.
struct Nominated {
  std::string name;
  std::optional<std::string> value;
  friend bool operator==(const Nominated&, const Nominated&) = default;
};

// Bytes of a representation of which not all are stored.
struct Part {
  std::uint64_t first = 0;
  std::string bytes;
  [[nodiscard]] std::uint64_t end() const { return first + bytes.size(); }
};

struct Entry {
  std::uint64_t id = 0;
  http::Response response;  // fields as section 3.1 keeps them
  std::vector<Nominated> nominated;
  bool varies_by_anything = false;  // Vary: *
  Policy policy;
  Lifetime lifetime;
  Instant received = 0;
  std::int64_t initial_age_ms = 0;
  std::int64_t date = 0;  // seconds since 1970; when it was received where there is no Date
  // Parts are apart and in order. A complete response has none: its content is in `response`.
  bool complete = true;
  std::vector<Part> parts;
  std::optional<std::uint64_t> length;  // of the whole representation, where it is known

  [[nodiscard]] std::int64_t age(Instant now) const { return initial_age_ms + (now - received); }
  // "response_is_fresh = (freshness_lifetime > current_age)"
  [[nodiscard]] bool is_fresh(Instant now) const { return lifetime.ms > age(now); }
};

// What came with a response that may be stored.
struct Arrival {
  const http::Request& request;  // as the client sent it
  const http::Response& response;
  Instant requested;
  Instant received;
};

// Reads again what follows from the fields: directives, lifetime, age.
void derive(Entry& entry, const http::Fields& fields, Instant requested, Instant received, const CacheOptions& options);

// --- cache_freshness.cpp: use ------------------------------------------------------------------------------------------------

// Whether an entry may be used without asking, and by which permission.
enum class Use : std::uint8_t { fresh, stale_by_client, stale_while_revalidate, validate };
[[nodiscard]] Use use_without_validation(const Entry& entry, const Wishes& wishes, Instant now, const CacheOptions& options,
                                         Notes& notes);
[[nodiscard]] bool is_stale_use_forbidden(const Policy& policy, CacheKind kind);
// Instead of an error: a server error (its status), or no answer at all (0).
[[nodiscard]] bool may_replace_error(const Entry& entry, const Wishes& wishes, std::uint16_t status, Instant now,
                                     const CacheOptions& options, Notes& notes);

// --- cache_storing.cpp ---------------------------------------------------------------------------------------------------

[[nodiscard]] bool may_store(const Arrival& arrival, const Policy& policy, const CacheOptions& options, Notes& notes);
// The entry to store, without its id; absent for a part that cannot be stored, and for what could never be used.
[[nodiscard]] std::optional<Entry> make_entry(const Arrival& arrival, Policy policy, const CacheOptions& options,
                                              Notes& notes);
// Without the fields of section 3.1 that stay out.
[[nodiscard]] http::Fields storable_fields(const http::Fields& fields, const Policy& policy, CacheKind kind);
[[nodiscard]] bool is_safe(std::string_view method);
// Section 6.6.1 of RFC 9110: "A recipient with a clock that receives a response message without a Date header field MUST
// record the time it was received and append a corresponding Date header field".
void ensure_date(http::Fields& fields, Instant received);

// --- cache_selecting.cpp ---------------------------------------------------------------------------------------------------

// The target URI in the form in which equal ones are equal texts.
[[nodiscard]] std::string key_of(std::string_view target);
// The same for a reference in a message about `key`, such as Location.
[[nodiscard]] std::string key_of_reference(std::string_view reference, std::string_view key);
// Scheme and authority of such a key.
[[nodiscard]] std::string_view origin_of(std::string_view key);
void nominate(Entry& entry, const http::Fields& response, const http::Fields& request);
[[nodiscard]] bool matches(const Entry& entry, const http::Fields& request);
// The field's value, normalised; absent where the request has no such field.
[[nodiscard]] std::optional<std::string> selecting_value(const http::Fields& request, std::string_view name);

// --- cache_validation.cpp ------------------------------------------------------------------------------------------------

[[nodiscard]] bool is_strong(std::string_view etag);
[[nodiscard]] bool weakly_equal(std::string_view a, std::string_view b);
[[nodiscard]] bool has_condition(const http::Fields& request);
[[nodiscard]] bool has_validator(const http::Fields& response);
// If-None-Match with the tags of the entries beside the client's own; true where it names one of the entries.
bool add_tags(http::Request& request, const std::vector<const Entry*>& entries);
// If-Modified-Since with the entry's date; true where the entry has one.
bool add_date(http::Request& request, const Entry& entry);
// The entry's own answer to the client's If-None-Match or If-Modified-Since.
[[nodiscard]] bool is_not_modified_for(const http::Fields& request, const Entry& entry);
[[nodiscard]] http::Response make_not_modified(const Entry& entry);
// Section 3.2.
void update_fields(Entry& entry, const http::Fields& fields, CacheKind kind);
// Section 4.3.4: which of the entries a 304 updates, the one to answer with first.
[[nodiscard]] std::vector<Entry*> identified_by(const http::Fields& not_modified, const std::vector<Entry*>& initial);
// Section 4.3.5.
[[nodiscard]] bool is_described_by_head(const Entry& entry, const http::Fields& head);
// The tag of a 304 is one of those that the client sent itself.
[[nodiscard]] bool is_clients_own(const http::Fields& client, const http::Fields& not_modified);

// --- cache_invalidation.cpp ------------------------------------------------------------------------------------------------

// Those of Location and Content-Location that have the same origin and are not `key` itself.
[[nodiscard]] std::vector<std::string> other_invalidated(const std::string& key, const http::Fields& response);
[[nodiscard]] bool is_non_error(std::uint16_t status);

// --- cache_ranges.cpp ----------------------------------------------------------------------------------------------------

// Which bytes of an entry a request wants.
struct Wanted {
  enum class Kind : std::uint8_t { whole, part, unsatisfiable, missing } kind = Kind::whole;
  std::uint64_t first = 0;
  std::uint64_t last = 0;
};
[[nodiscard]] Wanted wanted_from(const Entry& entry, const http::Request& request, const CacheOptions& options, Notes& notes);
[[nodiscard]] http::Response make_part(const Entry& entry, const Wanted& wanted);
[[nodiscard]] http::Response make_unsatisfiable(const Entry& entry);
// The content becomes parts of the entry; false where it cannot be read as part of a representation.
[[nodiscard]] bool take_parts(Entry& entry, const http::Response& response, Notes& notes);
// Whether a 200 broke off before its Content-Length.
[[nodiscard]] bool is_cut_off(const http::Response& response);
// The Range that would complete the entry; absent where a single range does not.
[[nodiscard]] std::optional<std::string> missing_range(const Entry& entry);
// Adds the parts of `newer` and its fields; false where they do not share a strong validator.
[[nodiscard]] bool combine(Entry& entry, const Entry& newer, CacheKind kind, Notes& notes);

}  // namespace statuslab::caching
