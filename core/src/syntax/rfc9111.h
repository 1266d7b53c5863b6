// Cache-Control (RFC 9111 section 5.2, with the directives of RFC 5861 and RFC 8246). Total on any bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// delta-seconds = 1*DIGIT (section 1.2.2); beyond 2^31 the value is 2^31: "the cache MUST consider the value to be
// 2147483648 (2^31) or the greatest positive integer it can conveniently represent".
inline constexpr std::uint32_t longest_delta = 2'147'483'648U;
[[nodiscard]] std::optional<std::uint32_t> parse_delta_seconds(std::string_view s);

enum class Directive : std::uint8_t {
  unknown, immutable, max_age, max_stale, min_fresh, must_revalidate, must_understand, no_cache, no_store, no_transform,
  only_if_cached, post_check, pre_check, private_, proxy_revalidate, public_, s_maxage, stale_if_error,
  stale_while_revalidate,
};

enum class DirectiveArgument : std::uint8_t { none, seconds, optional_seconds, field_names };

struct DirectiveInfo {
  Directive id;
  std::string_view name;
  bool in_requests;
  bool in_responses;
  DirectiveArgument in_request;  // its argument there
  DirectiveArgument in_response;
};
// Sorted by name.
[[nodiscard]] std::span<const DirectiveInfo> all_directives();
// Directive names are case-insensitive. Null for an extension that is not in the table.
[[nodiscard]] const DirectiveInfo* find_directive(std::string_view name);

// cache-directive = token [ "=" ( token / quoted-string ) ]
struct CacheDirective {
  Directive id = Directive::unknown;
  bool well_formed = false;
  bool has_argument = false;
  std::string_view text;      // the whole list member
  std::string_view name;      // what stands before "="
  std::string_view argument;  // what stands after it, with its quotes

  [[nodiscard]] bool is_quoted() const { return argument.starts_with('"'); }
  // The argument without its quotes; escapes stay, since no argument of a known directive needs them.
  [[nodiscard]] std::string_view unquoted() const;
  // "caches ... are encouraged to consider responses that have invalid freshness information ... to be stale": absent
  // where the argument is no delta-seconds. Both forms are read, as section 5.2 asks of recipients.
  [[nodiscard]] std::optional<std::uint32_t> seconds() const { return parse_delta_seconds(unquoted()); }
};

// One list member.
[[nodiscard]] CacheDirective read_cache_directive(std::string_view member);

// Cache-Control = #cache-directive. The views borrow from the values.
class CacheControl {
 public:
  // One more field line.
  void add(std::string_view value);
  [[nodiscard]] std::span<const CacheDirective> directives() const { return directives_; }
  // The first one: "either the first occurrence should be used or the response should be considered stale".
  [[nodiscard]] const CacheDirective* find(Directive id) const;
  [[nodiscard]] bool has(Directive id) const { return find(id) != nullptr; }
  // Without an argument: `no-cache` and `private` with field names concern these fields only.
  [[nodiscard]] bool has_unqualified(Directive id) const;
  [[nodiscard]] std::optional<std::uint32_t> seconds(Directive id) const;

 private:
  std::vector<CacheDirective> directives_;
};

}  // namespace statuslab::syntax
