#include "lint/freshness.h"

#include <algorithm>

#include "syntax/rfc9110.h"

namespace statuslab::lint {

using syntax::Directive;

std::optional<std::int64_t> date_of(const MessageView& message, FieldId id) {
  const FieldView field = message.field(id);
  if (field.size() != 1) return std::nullopt;
  const auto date = field.date();
  return date ? std::optional(date->seconds) : std::nullopt;
}

std::optional<Lifetime> explicit_lifetime(const MessageView& response, CacheKind kind) {
  const syntax::CacheControl& control = response.cache_control();
  if (kind == CacheKind::shared && control.has(Directive::s_maxage))
    return Lifetime{control.seconds(Directive::s_maxage).value_or(0), LifetimeSource::s_maxage};
  if (control.has(Directive::max_age))
    return Lifetime{control.seconds(Directive::max_age).value_or(0), LifetimeSource::max_age};
  const FieldView expires = response.field(FieldId::expires);
  if (expires.empty()) return std::nullopt;
  const auto until = expires.date();
  // "A cache recipient MUST interpret invalid date formats, especially the value "0", as representing a time in the past".
  if (!until) return Lifetime{0, LifetimeSource::expires};
  const auto date = date_of(response, FieldId::date);
  if (!date) return std::nullopt;
  const std::int64_t seconds = std::clamp<std::int64_t>(until->seconds - *date, 0, syntax::longest_delta);
  return Lifetime{static_cast<std::uint32_t>(seconds), LifetimeSource::expires};
}

bool is_heuristically_cacheable(std::uint16_t status) {
  const auto rows = find_status(status);
  return std::any_of(rows.begin(), rows.end(), [](const StatusInfo& row) { return row.heuristically_cacheable; });
}

std::optional<Lifetime> heuristic_lifetime(const MessageView& response) {
  // "A cache MUST NOT use heuristics to determine freshness when an explicit expiration time is present".
  if (response.has(FieldId::expires) || response.cache_control().has(Directive::max_age)) return std::nullopt;
  if (!is_heuristically_cacheable(response->status) && !response.cache_control().has(Directive::public_))
    return std::nullopt;
  const auto date = date_of(response, FieldId::date);
  const auto modified = date_of(response, FieldId::last_modified);
  if (!date || !modified || *modified >= *date) return std::nullopt;
  const std::int64_t tenth = std::min<std::int64_t>((*date - *modified) / 10, syntax::longest_delta);
  return Lifetime{static_cast<std::uint32_t>(tenth), LifetimeSource::heuristic};
}

std::optional<std::uint32_t> age_of(const MessageView& response) {
  const FieldView field = response.field(FieldId::age);
  return field.size() == 1 ? syntax::parse_delta_seconds(field.value()) : std::nullopt;
}

bool has_targeted_cache_control(const MessageView& response) {
  constexpr FieldId targeted[] = {FieldId::cdn_cache_control, FieldId::cloudflare_cdn_cache_control,
                                  FieldId::surrogate_control};
  return std::any_of(std::begin(targeted), std::end(targeted), [&](FieldId id) { return response.has(id); });
}

}  // namespace statuslab::lint
