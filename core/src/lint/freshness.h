// Whether and how long caches keep a response (RFC 9111 sections 3 and 4.2).
#pragma once

#include <cstdint>
#include <optional>

#include "lint/context.h"

namespace statuslab::lint {

enum class CacheKind : std::uint8_t { shared, private_ };

// Where a freshness lifetime comes from (section 4.2.1).
enum class LifetimeSource : std::uint8_t { s_maxage, max_age, expires, heuristic };

struct Lifetime {
  std::uint32_t seconds;
  LifetimeSource source;
};

// The explicit lifetime; for Expires that needs a Date. Absent where there is none; 0 for one that cannot be read:
// "caches are encouraged to consider responses that have invalid freshness information ... to be stale".
[[nodiscard]] std::optional<Lifetime> explicit_lifetime(const MessageView& response, CacheKind kind);
// 10 % of the time since Last-Modified, as section 4.2.2 suggests. Only where heuristics are allowed.
[[nodiscard]] std::optional<Lifetime> heuristic_lifetime(const MessageView& response);

// The status is heuristically cacheable (RFC 9110 section 15.1).
[[nodiscard]] bool is_heuristically_cacheable(std::uint16_t status);

// The value of an Age that is delta-seconds; absent where it is not, or there is more than one.
[[nodiscard]] std::optional<std::uint32_t> age_of(const MessageView& response);

// The only line of a field, as a date.
[[nodiscard]] std::optional<std::int64_t> date_of(const MessageView& message, FieldId id);

// A field for one kind of cache stands beside Cache-Control and rules there (RFC 9213 section 2.2, and what CDNs had
// before).
[[nodiscard]] bool has_targeted_cache_control(const MessageView& response);

}  // namespace statuslab::lint
