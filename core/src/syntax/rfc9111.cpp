#include "syntax/rfc9111.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

using enum DirectiveArgument;

constexpr std::array<DirectiveInfo, 18> directives{{
    {Directive::immutable, "immutable", false, true, none, none},
    {Directive::max_age, "max-age", true, true, seconds, seconds},
    {Directive::max_stale, "max-stale", true, false, optional_seconds, none},
    {Directive::min_fresh, "min-fresh", true, false, seconds, none},
    {Directive::must_revalidate, "must-revalidate", false, true, none, none},
    {Directive::must_understand, "must-understand", false, true, none, none},
    {Directive::no_cache, "no-cache", true, true, none, field_names},
    {Directive::no_store, "no-store", true, true, none, none},
    {Directive::no_transform, "no-transform", true, true, none, none},
    {Directive::only_if_cached, "only-if-cached", true, false, none, none},
    {Directive::post_check, "post-check", false, true, none, seconds},
    {Directive::pre_check, "pre-check", false, true, none, seconds},
    {Directive::private_, "private", false, true, none, field_names},
    {Directive::proxy_revalidate, "proxy-revalidate", false, true, none, none},
    {Directive::public_, "public", false, true, none, none},
    {Directive::s_maxage, "s-maxage", false, true, none, seconds},
    {Directive::stale_if_error, "stale-if-error", true, true, seconds, seconds},
    {Directive::stale_while_revalidate, "stale-while-revalidate", false, true, none, seconds},
}};

}  // namespace

CacheDirective read_cache_directive(std::string_view member) {
  CacheDirective directive;
  directive.text = member;
  const std::size_t equals = member.find('=');
  directive.name = member.substr(0, equals);
  directive.has_argument = equals != std::string_view::npos;
  if (directive.has_argument) directive.argument = member.substr(equals + 1);
  const std::string_view argument = directive.argument;
  const bool quoted = !argument.empty() && quoted_string_length(argument) == argument.size();
  directive.well_formed =
      is_token(directive.name) && (!directive.has_argument || quoted || is_token(argument));
  if (const DirectiveInfo* info = find_directive(directive.name)) directive.id = info->id;
  return directive;
}

std::optional<std::uint32_t> parse_delta_seconds(std::string_view s) {
  if (s.empty() || !std::all_of(s.begin(), s.end(), ascii::is_digit)) return std::nullopt;
  std::uint64_t value = 0;
  for (const char c : s) value = std::min<std::uint64_t>(value * 10 + static_cast<std::uint64_t>(c - '0'), longest_delta);
  return static_cast<std::uint32_t>(value);
}

std::span<const DirectiveInfo> all_directives() { return directives; }

const DirectiveInfo* find_directive(std::string_view name) {
  const auto found = std::find_if(directives.begin(), directives.end(), [name](const DirectiveInfo& info) {
    return ascii::equals_ignoring_case(info.name, name);
  });
  return found == directives.end() ? nullptr : &*found;
}

std::string_view CacheDirective::unquoted() const {
  if (argument.size() < 2 || argument.front() != '"' || argument.back() != '"') return argument;
  return argument.substr(1, argument.size() - 2);
}

void CacheControl::add(std::string_view value) {
  const std::vector<std::string_view> members = list_members(value);
  if (directives_.empty()) directives_.reserve(members.size());
  for (const std::string_view member : members)
    if (!member.empty()) directives_.push_back(read_cache_directive(member));
}

const CacheDirective* CacheControl::find(Directive id) const {
  const auto found = std::find_if(directives_.begin(), directives_.end(),
                                  [id](const CacheDirective& directive) { return directive.id == id; });
  return found == directives_.end() ? nullptr : &*found;
}

bool CacheControl::has_unqualified(Directive id) const {
  return std::any_of(directives_.begin(), directives_.end(), [id](const CacheDirective& directive) {
    return directive.id == id && !directive.has_argument;
  });
}

std::optional<std::uint32_t> CacheControl::seconds(Directive id) const {
  const CacheDirective* const directive = find(id);
  return directive == nullptr ? std::nullopt : directive->seconds();
}

}  // namespace statuslab::syntax
