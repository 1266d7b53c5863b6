// What the directives of a message say to one cache: Cache-Control (RFC 9111 section 5.2), or the targeted field that
// takes its place (RFC 9213). Both are read into the same values, by one table each way.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "statuslab/structured_field.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::caching {
namespace {

using syntax::Directive;

struct Flag {
  Directive id;
  bool Policy::*member;
};
constexpr Flag flags[] = {
    {Directive::no_store, &Policy::no_store},
    {Directive::public_, &Policy::public_},
    {Directive::must_revalidate, &Policy::must_revalidate},
    {Directive::proxy_revalidate, &Policy::proxy_revalidate},
    {Directive::must_understand, &Policy::must_understand},
    {Directive::immutable, &Policy::immutable},
};

struct Number {
  Directive id;
  Seconds Policy::*member;
};
constexpr Number numbers[] = {
    {Directive::max_age, &Policy::max_age},
    {Directive::s_maxage, &Policy::s_maxage},
    {Directive::stale_while_revalidate, &Policy::stale_while_revalidate},
    {Directive::stale_if_error, &Policy::stale_if_error},
};

// "no-cache" and "private": without field names they concern the whole response.
struct Listing {
  Directive id;
  bool Policy::*whole;
  std::vector<std::string> Policy::*fields;
};
constexpr Listing listings[] = {
    {Directive::no_cache, &Policy::no_cache, &Policy::validated_fields},
    {Directive::private_, &Policy::private_, &Policy::private_fields},
};

// Calls `take` with each directive of a Cache-Control line. Few have quotes; without them a comma ends a member.
template <class Take>
void each_directive(std::string_view line, const Take& take) {
  const auto read = [&](std::string_view member) {
    if (!member.empty()) take(syntax::read_cache_directive(member));
  };
  if (line.find('"') != std::string_view::npos) {
    for (const std::string_view member : syntax::list_members(line)) read(member);
    return;
  }
  for (std::size_t at = 0; at <= line.size();) {
    const std::size_t end = std::min(line.find(',', at), line.size());
    read(ascii::trim(line.substr(at, end - at)));
    at = end + 1;
  }
}

template <class Table>
const auto* row_of(const Table& table, Directive id) {
  const auto* const found = std::find_if(std::begin(table), std::end(table), [id](const auto& row) { return row.id == id; });
  return found == std::end(table) ? nullptr : found;
}

void add_names(std::vector<std::string>& to, std::string_view list) {
  for (const std::string_view name : syntax::list_members(list))
    if (!name.empty()) to.emplace_back(name);
}

// "either the first occurrence should be used or the response should be considered stale" (section 4.2.1).
void set_first(Seconds& seconds, std::optional<std::uint32_t> value) {
  if (seconds.present) return;
  // "Caches are encouraged to consider responses that have invalid freshness information ... to be stale."
  seconds = {true, value ? static_cast<std::int64_t>(*value) : 0};
}

void take(Policy& policy, const syntax::CacheDirective& directive) {
  if (const Flag* const flag = row_of(flags, directive.id)) policy.*(flag->member) = true;
  if (const Number* const number = row_of(numbers, directive.id)) set_first(policy.*(number->member), directive.seconds());
  const Listing* const listing = row_of(listings, directive.id);
  if (listing == nullptr) return;
  const std::string_view names = directive.has_argument ? directive.unquoted() : std::string_view();
  if (names.empty()) policy.*(listing->whole) = true;
  add_names(policy.*(listing->fields), names);
}

struct Wish {
  Directive id;
  bool Wishes::*member;
};
constexpr Wish wish_flags[] = {
    {Directive::no_cache, &Wishes::no_cache},
    {Directive::no_store, &Wishes::no_store},
    {Directive::only_if_cached, &Wishes::only_if_cached},
};
struct WishNumber {
  Directive id;
  Seconds Wishes::*member;
};
constexpr WishNumber wish_numbers[] = {
    {Directive::max_age, &Wishes::max_age},
    {Directive::min_fresh, &Wishes::min_fresh},
    {Directive::max_stale, &Wishes::max_stale},
    {Directive::stale_if_error, &Wishes::stale_if_error},
};

void take(Wishes& wishes, const syntax::CacheDirective& directive) {
  if (const Wish* const flag = row_of(wish_flags, directive.id)) wishes.*(flag->member) = true;
  // "If no value is assigned to max-stale, then the client will accept a stale response of any age."
  if (directive.id == Directive::max_stale && !directive.has_argument) wishes.any_staleness = true;
  else if (const WishNumber* const number = row_of(wish_numbers, directive.id))
    set_first(wishes.*(number->member), directive.seconds());
}

// "Implementations SHOULD NOT consume values that violate these inferred constraints" (RFC 9213 section 2.1): a flag is a
// Boolean, seconds are an Integer, field names a String.
void take(Policy& policy, const structured::Member& member) {
  using structured::ItemType;
  const syntax::DirectiveInfo* const info = syntax::find_directive(member.key);
  if (info == nullptr || member.is_inner_list) return;
  const bool on = member.value.type == ItemType::boolean && member.value.number != 0;
  if (const Flag* const flag = row_of(flags, info->id); flag != nullptr && on) policy.*(flag->member) = true;
  if (const Number* const number = row_of(numbers, info->id)) {
    const bool readable = member.value.type == ItemType::integer && member.value.number >= 0;
    const std::int64_t value = std::min<std::int64_t>(member.value.number, syntax::longest_delta);
    set_first(policy.*(number->member), readable ? std::optional(static_cast<std::uint32_t>(value)) : std::nullopt);
  }
  const Listing* const listing = row_of(listings, info->id);
  if (listing == nullptr) return;
  if (on) policy.*(listing->whole) = true;
  if (member.value.type == ItemType::string) add_names(policy.*(listing->fields), member.value.text);
}

// The policy of one targeted field; absent where "a targeted field in a given response is empty, or a parsing error is
// encountered".
std::optional<Policy> read_targeted(const http::Fields& fields, const std::string& name) {
  const std::optional<std::string> value = http::combined(fields, name);
  if (!value) return std::nullopt;
  const structured::Parsed parsed = structured::parse(*value, structured::FieldType::dictionary);
  if (parsed.error || parsed.value.members.empty()) return std::nullopt;
  Policy policy;
  policy.targeted = true;
  for (const structured::Member& member : parsed.value.members) take(policy, member);
  return policy;
}

}  // namespace

Policy read_policy(const http::Fields& fields, const std::vector<std::string>& target_list) {
  // "MUST select the first (in target-list order) field with a valid, non-empty value ... and it MUST ignore the
  // Cache-Control and Expires header fields in that response" (RFC 9213 section 2.2).
  for (const std::string& name : target_list)
    if (std::optional<Policy> policy = read_targeted(fields, name)) return *std::move(policy);
  Policy policy;
  for (const http::Field& field : fields)
    if (http::same_name(field.name, "Cache-Control"))
      each_directive(field.value, [&](const syntax::CacheDirective& directive) { take(policy, directive); });
  return policy;
}

Wishes read_wishes(const http::Fields& fields) {
  Wishes wishes;
  const std::string* pragma = nullptr;
  bool has_control = false;
  for (const http::Field& field : fields) {
    if (http::same_name(field.name, "Cache-Control")) {
      has_control = true;
      each_directive(field.value, [&](const syntax::CacheDirective& directive) { take(wishes, directive); });
    } else if (pragma == nullptr && http::same_name(field.name, "Pragma")) {
      pragma = &field.value;
    }
  }
  if (pragma == nullptr || has_control) return wishes;
  for (const std::string_view member : syntax::list_members(*pragma))
    if (ascii::equals_ignoring_case(member, "no-cache")) wishes.pragma_no_cache = true;
  return wishes;
}

}  // namespace statuslab::caching
