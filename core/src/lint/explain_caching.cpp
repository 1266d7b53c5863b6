// Positive notes: what caches make of a response, with the values they compute (RFC 9111 sections 3 and 4).
// They run in explain mode only. Exactly one of "not stored", "validated on every use" and a lifetime holds for a cache.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "checks/explain_caching.h"
#include "lint/freshness.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::lint::checks {
namespace {

using syntax::CacheControl;
using syntax::CacheDirective;
using syntax::Directive;

// Stored responses answer GET and HEAD; those to POST and PATCH need more than is visible here.
bool is_reusable_method(std::string_view method) { return method == "GET" || method == "HEAD"; }

// Section 3: there is something in the response that lets it be stored.
bool may_be_stored(const MessageView& response) {
  const CacheControl& control = response.cache_control();
  if (control.has(Directive::no_store) && !control.has(Directive::must_understand)) return false;
  return control.has(Directive::public_) || control.has(Directive::private_) || control.has(Directive::max_age) ||
         control.has(Directive::s_maxage) || response.has(FieldId::expires) ||
         is_heuristically_cacheable(response->status);
}

bool is_about_storing(const MessageView& response) {
  return is_reusable_method(response.method()) && response->status / 100 != 1 && response->status != 304 &&
         response->status != 206;
}

bool has_credentials(const MessageView& response) { return response.request()->has(FieldId::authorization); }

// Section 3.5.
bool is_shared_despite_credentials(const CacheControl& control) {
  return control.has(Directive::public_) || control.has(Directive::s_maxage) || control.has(Directive::must_revalidate);
}

bool shared_caches_store(const MessageView& response) {
  if (!may_be_stored(response) || response.cache_control().has_unqualified(Directive::private_)) return false;
  return !has_credentials(response) || is_shared_despite_credentials(response.cache_control());
}

bool is_validated_always(const MessageView& response) {
  return response.cache_control().has_unqualified(Directive::no_cache);
}

std::optional<Lifetime> lifetime_of(const MessageView& response, CacheKind kind) {
  const auto lifetime = explicit_lifetime(response, kind);
  return lifetime ? lifetime : heuristic_lifetime(response);
}

// Where the lifetime is written.
Span place_of(const Lifetime& lifetime, const MessageView& response) {
  switch (lifetime.source) {
    case LifetimeSource::s_maxage: return response.span_of(response.cache_control().find(Directive::s_maxage)->text);
    case LifetimeSource::max_age: return response.span_of(response.cache_control().find(Directive::max_age)->text);
    case LifetimeSource::expires: return response.field(FieldId::expires).first().visible();
    case LifetimeSource::heuristic: return response.field(FieldId::last_modified).first().visible();
  }
  return response.anchor();
}

void note_lifetime(const MessageView& response, const Lifetime& lifetime, Reporter& report) {
  const Span place = place_of(lifetime, response);
  report.at(place).with("seconds", lifetime.seconds).with("source", response.text(place));
}

}  // namespace

// --- stored or not -----------------------------------------------------------------------------------------------

void check_kept_by_shared_caches(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !shared_caches_store(response) || is_validated_always(response)) return;
  const auto lifetime = lifetime_of(response, CacheKind::shared);
  if (lifetime && lifetime->seconds > 0) note_lifetime(response, *lifetime, report);
}

void check_kept_by_private_caches(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response) || is_validated_always(response)) return;
  const auto lifetime = lifetime_of(response, CacheKind::private_);
  if (!lifetime || lifetime->seconds == 0) return;
  // One note is enough where all caches do the same.
  const auto shared = lifetime_of(response, CacheKind::shared);
  if (shared_caches_store(response) && shared && shared->seconds == lifetime->seconds) return;
  note_lifetime(response, *lifetime, report);
}

void check_kept_from_shared_caches(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response) || shared_caches_store(response)) return;
  const CacheDirective* const directive = response.cache_control().find(Directive::private_);
  if (directive != nullptr) report.at(directive->text).with("reason", "private");
  else report.at(response).with("reason", "Authorization");
}

void check_not_stored_by_directive(const MessageView& response, Reporter& report) {
  const CacheDirective* const directive = response.cache_control().find(Directive::no_store);
  if (directive == nullptr || response.cache_control().has(Directive::must_understand)) return;
  report.at(directive->text);
}

void check_not_stored_by_status(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || may_be_stored(response)) return;
  if (response.cache_control().has(Directive::no_store)) return;
  report.at(response).with("status", response->status);
}

void check_not_stored_by_method(const MessageView& response, Reporter& report) {
  const MethodInfo* const method = find_method(response.method());
  if (method == nullptr || method->cacheable || response->status / 100 == 1) return;
  report.at(response).with("method", method->name);
}

void check_validated_on_every_use(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response)) return;
  if (is_validated_always(response))
    return (void)report.at(response.cache_control().find(Directive::no_cache)->text);
  const auto lifetime = lifetime_of(response, CacheKind::private_);
  if (lifetime && lifetime->seconds == 0) report.at(place_of(*lifetime, response));
}

// --- age ---------------------------------------------------------------------------------------------------------

void check_answered_by_cache(const FieldView& field, Reporter& report) {
  const auto age = age_of(field.message());
  if (age && !field.in_trailer()) report.at(field.first()).with("age", *age);
}

void check_fresh_for_the_rest(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response) || is_validated_always(response)) return;
  const auto lifetime = explicit_lifetime(response, CacheKind::shared);
  if (!lifetime) return;
  // current_age (section 4.2.3): the larger of what Age says and what has passed since Date.
  std::int64_t age = age_of(response).value_or(0);
  const auto date = date_of(response, FieldId::date);
  if (response.now() && date) age = std::max(age, *response.now() - *date);
  if (age <= 0 || age >= lifetime->seconds) return;
  report.at(place_of(*lifetime, response))
      .with("age", static_cast<std::uint64_t>(age))
      .with("lifetime", lifetime->seconds)
      .with("rest", lifetime->seconds - static_cast<std::uint64_t>(age));
}

void check_last_changed(const FieldView& field, Reporter& report) {
  const auto modified = date_of(field.message(), FieldId::last_modified);
  const auto date = date_of(field.message(), FieldId::date);
  if (field.in_trailer() || !modified || !date || *modified >= *date) return;
  constexpr std::int64_t day = 86'400;
  report.at(field.first())
      .with("days", static_cast<std::uint64_t>((*date - *modified) / day))
      .with("seconds", static_cast<std::uint64_t>((*date - *modified) % day));
}

// --- validation and staleness ------------------------------------------------------------------------------------

void check_revalidation_possible(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response)) return;
  const FieldView etag = response.field(FieldId::etag);
  if (etag.size() == 1 && syntax::is_entity_tag(etag.value())) {
    report.at(etag.first()).with("condition", "If-None-Match").with("value", etag.value());
    return;
  }
  const FieldView modified = response.field(FieldId::last_modified);
  if (modified.size() != 1 || !modified.date()) return;
  report.at(modified.first()).with("condition", "If-Modified-Since").with("value", modified.value());
}

namespace {

void note_stale_window(const FieldView& field, Directive id, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  const CacheDirective* const directive = control.find(id);
  const auto seconds = control.seconds(id);
  if (field.in_trailer() || !seconds || control.has(Directive::no_store) || control.has(Directive::must_revalidate))
    return;
  if (is_validated_always(field.message())) return;
  report.at(directive->text).with("seconds", *seconds);
}

}  // namespace

void check_stale_while_revalidating(const FieldView& field, Reporter& report) {
  note_stale_window(field, Directive::stale_while_revalidate, report);
}

void check_stale_on_error(const FieldView& field, Reporter& report) {
  note_stale_window(field, Directive::stale_if_error, report);
}

void check_never_used_stale(const FieldView& field, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  if (field.in_trailer() || control.has(Directive::no_store) || is_validated_always(field.message())) return;
  for (const Directive id : {Directive::must_revalidate, Directive::proxy_revalidate, Directive::s_maxage}) {
    const CacheDirective* const directive = control.find(id);
    if (directive == nullptr) continue;
    report.at(directive->text).with("directive", directive->text);
    return;
  }
}

void check_stale_when_disconnected(const MessageView& response, Reporter& report) {
  if (!is_about_storing(response) || !may_be_stored(response) || is_validated_always(response)) return;
  const CacheControl& control = response.cache_control();
  for (const Directive id : {Directive::must_revalidate, Directive::proxy_revalidate, Directive::s_maxage,
                             Directive::stale_if_error, Directive::stale_while_revalidate})
    if (control.has(id)) return;
  const auto lifetime = explicit_lifetime(response, CacheKind::shared);
  if (lifetime) report.at(place_of(*lifetime, response));
}

// --- what others say ---------------------------------------------------------------------------------------------

void check_targeted_at_cdn(const FieldView& field, Reporter& report) {
  if (!field.in_trailer()) report.at(field.first()).with("field", field.name()).with("value", field.value());
}

void check_cache_told(const FieldView& field, Reporter& report) {
  for (const std::string_view text : field.members()) {
    const std::size_t semicolon = std::min(text.find(';'), text.size());
    if (text.empty()) continue;
    report.at(text)
        .with("cache", ascii::trim(text.substr(0, semicolon)))
        .with("what", semicolon == text.size() ? "" : ascii::trim(text.substr(semicolon + 1)));
  }
}

void check_location_resolved(const FieldView& field, Reporter& report) {
  const MessageView* const request = field.message().request();
  if (field.in_trailer() || field.size() != 1 || field.value().empty() || request == nullptr) return;
  const syntax::UriReference reference = syntax::split_uri_reference(field.value());
  const auto base = request->target_uri();
  if (reference.scheme || !base || base->authority.empty()) return;
  const syntax::HttpUri uri = syntax::resolve(reference, *base);
  std::string text = uri.scheme.empty() ? "//" : uri.scheme + "://";
  text += uri.authority + uri.path;
  if (uri.query) text += '?' + *uri.query;
  report.at(field).with("uri", text);
}

}  // namespace statuslab::lint::checks
