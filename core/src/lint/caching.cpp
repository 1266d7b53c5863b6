// Caching: Cache-Control and what stands beside it (RFC 9111, RFC 5861, RFC 8246, RFC 9211, RFC 9213, RFC 9875).
#include <algorithm>
#include <array>
#include <cstdlib>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/caching.h"
#include "lint/freshness.h"
#include "lint/reporter.h"
#include "statuslab/structured_field.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::lint::checks {
namespace {

using syntax::CacheControl;
using syntax::CacheDirective;
using syntax::Directive;
using syntax::DirectiveArgument;
using syntax::DirectiveInfo;

constexpr std::uint32_t day = 86'400;
constexpr std::uint32_t year = 366 * day;

// The directives of the header field; none for a trailer, where caches do not look. Nobody means more than these, and
// a finding for each of a million would take longer than linear time.
std::span<const CacheDirective> directives_of(const FieldView& field) {
  constexpr std::size_t most = 256;
  if (field.in_trailer()) return {};
  const std::span<const CacheDirective> all = field.message().cache_control().directives();
  return all.first(std::min(all.size(), most));
}

const DirectiveInfo* info_of(const CacheDirective& directive) {
  return directive.id == Directive::unknown ? nullptr : syntax::find_directive(directive.name);
}

DirectiveArgument argument_of(const DirectiveInfo& info, const MessageView& message) {
  return message->is_request() ? info.in_request : info.in_response;
}

bool takes_seconds(const CacheDirective& directive, const MessageView& message) {
  const DirectiveInfo* const info = info_of(directive);
  if (info == nullptr) return false;
  const DirectiveArgument argument = argument_of(*info, message);
  return argument == DirectiveArgument::seconds || argument == DirectiveArgument::optional_seconds;
}

bool fits_here(const DirectiveInfo& info, const MessageView& message) {
  return message->is_request() ? info.in_requests : info.in_responses;
}

std::string lower(std::string_view text) {
  std::string result(text);
  std::transform(result.begin(), result.end(), result.begin(), ascii::lower);
  return result;
}

bool is_get_or_head(std::string_view method) { return method == "GET" || method == "HEAD"; }

// The longest lifetime any cache gives the response by Cache-Control, and the directive it comes from.
const CacheDirective* longest_lifetime(const CacheControl& control) {
  const CacheDirective* longest = nullptr;
  for (const Directive id : {Directive::max_age, Directive::s_maxage}) {
    const CacheDirective* const directive = control.find(id);
    if (directive == nullptr || !directive->seconds()) continue;
    if (longest == nullptr || *directive->seconds() > *longest->seconds()) longest = directive;
  }
  return longest;
}

// Neither stored by shared caches, nor used again by them without asking.
bool keeps_from_shared_caches(const CacheControl& control) {
  return control.has(Directive::no_store) || control.has(Directive::private_) || control.has(Directive::no_cache);
}

Edit add_directive(const MessageView& response, std::string_view directive) {
  const FieldView field = response.field(FieldId::cache_control);
  if (field.empty()) return add_field(response, "Cache-Control", directive);
  const std::uint32_t end = field.last().value.end;
  return replace({end, end}, field.last().value.empty() ? std::string(directive) : ", " + std::string(directive));
}

}  // namespace

// --- grammar -----------------------------------------------------------------------------------------------------

void check_cache_control_semicolon(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    if (directive.well_formed || directive.text.find('"') != std::string_view::npos) continue;
    const std::size_t at = directive.text.find(';');
    if (at == std::string_view::npos) continue;
    std::vector<Edit> edits;
    const Span span = field.message().span_of(directive.text);
    for (std::uint32_t i = 0; i < span.size(); ++i)
      if (directive.text[i] == ';') edits.push_back(replace({span.begin + i, span.begin + i + 1}, ","));
    const std::uint32_t first = span.begin + static_cast<std::uint32_t>(at);
    report.at({first, first + 1}).with("value", directive.text).fix(0, std::move(edits));
  }
}

void check_cache_control_syntax(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    const std::string_view text = directive.text;
    if (directive.well_formed || text.find(';') != std::string_view::npos) continue;
    // "max-age=" lacks its number; that is told by cache-directive-argument.
    if (directive.has_argument && directive.argument.empty() && takes_seconds(directive, field.message())) continue;
    Report& finding = report.at(text).with("value", text);
    // "max-age: 60" and "max-age = 60" can only mean one thing.
    const std::size_t separator = text.find_first_of(":=");
    if (separator == std::string_view::npos) continue;
    const std::string_view name = ascii::trim(text.substr(0, separator));
    const std::string_view argument = ascii::trim(text.substr(separator + 1));
    if (syntax::find_directive(name) != nullptr && syntax::parse_delta_seconds(argument))
      finding.fix(0, std::string(name) + "=" + std::string(argument));
  }
}

void check_cache_directive_argument(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    // "max-age=" is no directive at all, and yet this is what is wrong with it.
    const bool without_value = directive.has_argument && directive.argument.empty();
    if ((!directive.well_formed && !without_value) || !takes_seconds(directive, field.message())) continue;
    const DirectiveInfo& info = *info_of(directive);
    if (!fits_here(info, field.message()) || directive.seconds()) continue;
    if (!directive.has_argument && argument_of(info, field.message()) == DirectiveArgument::optional_seconds) continue;
    const bool missing = directive.argument.empty();
    const Span place = field.message().span_of(missing ? directive.text : directive.argument);
    Report& finding =
        report.at(place).with("directive", info.name).with("value", missing ? "nothing" : directive.argument);
    // What is in the past is stale, and so is what lasts for 0 seconds.
    const std::string_view value = directive.unquoted();
    if (value.starts_with('-') && syntax::parse_delta_seconds(value.substr(1))) finding.fix(0, place, "0");
  }
}

void check_cache_directive_quoted(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    if (!directive.well_formed || !directive.is_quoted() || !directive.seconds()) continue;
    if (!takes_seconds(directive, field.message())) continue;
    report.at(directive.argument)
        .with("directive", lower(directive.name))
        .with("value", directive.unquoted())
        .fix(0, directive.unquoted());
  }
}

void check_cache_directive_unquoted(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr || argument_of(*info, field.message()) != DirectiveArgument::field_names) continue;
    if (!directive.well_formed || !directive.has_argument || directive.is_quoted()) continue;
    report.at(directive.argument)
        .with("directive", info->name)
        .with("value", directive.argument)
        .fix(0, '"' + std::string(directive.argument) + '"');
  }
}

void check_cache_directive_argument_needless(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr || !directive.well_formed || !directive.has_argument) continue;
    if (!fits_here(*info, field.message()) || argument_of(*info, field.message()) != DirectiveArgument::none) continue;
    const Span whole = field.message().span_of(directive.text);
    const Span argument{field.message().span_of(directive.name).end, whole.end};
    report.at(argument).with("directive", info->name).with("value", directive.argument).fix(0, "");
  }
}

void check_cache_directive_misspelt(const FieldView& field, Reporter& report) {
  std::vector<std::string_view> names;
  for (const DirectiveInfo& info : syntax::all_directives())
    if (fits_here(info, field.message())) names.push_back(info.name);
  for (const CacheDirective& directive : directives_of(field)) {
    if (directive.id != Directive::unknown || !syntax::is_token(directive.name)) continue;
    const std::string_view name = meant(directive.name, names);
    if (name.empty()) continue;
    report.at(directive.name).with("value", directive.name).with("directive", name).fix(0, name);
  }
}

void check_cache_directive_uppercase(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr || info->name == directive.name) continue;
    report.at(directive.name).with("value", directive.name).with("directive", info->name).fix(0, info->name);
  }
}

void check_cache_directive_repeated(const FieldView& field, Reporter& report) {
  std::uint32_t seen = 0;
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr) continue;
    const std::uint32_t bit = 1U << static_cast<unsigned>(directive.id);
    const bool again = (seen & bit) != 0;
    seen |= bit;
    // Field names may be spread over several directives.
    if (!again) continue;
    const CacheDirective& first = *field.message().cache_control().find(directive.id);
    if (argument_of(*info, field.message()) == DirectiveArgument::field_names && first.argument != directive.argument) continue;
    const Span place = field.message().span_of(directive.text);
    Report& finding = report.at(place).with("directive", info->name).with("value", directive.text);
    if (first.argument == directive.argument) finding.fix(0, remove_member(field, place));
  }
}

void check_cache_directive_too_large(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    if (!takes_seconds(directive, field.message())) continue;
    const std::string_view value = directive.unquoted();
    if (directive.seconds().value_or(0) < syntax::longest_delta || value == "2147483648") continue;
    report.at(value).with("directive", lower(directive.name)).with("value", value).fix(0, "2147483648");
  }
}

void check_cache_lifetime_extreme(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    if (directive.id != Directive::max_age && directive.id != Directive::s_maxage) continue;
    const std::uint32_t seconds = directive.seconds().value_or(0);
    if (!field.message()->is_response() || seconds <= year || seconds >= syntax::longest_delta - 1) continue;
    report.at(directive.unquoted())
        .with("directive", lower(directive.name))
        .with("value", seconds)
        .with("days", seconds / day);
  }
}

// --- directives that do not go together --------------------------------------------------------------------------

void check_cache_directive_wrong_direction(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr || fits_here(*info, field.message())) continue;
    const Span place = field.message().span_of(directive.text);
    report.at(place)
        .with("directive", info->name)
        .with("kind", field.message()->is_request() ? "request" : "response")
        .fix(0, remove_member(field, place));
  }
}

void check_cache_directive_obsolete(const FieldView& field, Reporter& report) {
  for (const CacheDirective& directive : directives_of(field)) {
    if (directive.id != Directive::pre_check && directive.id != Directive::post_check) continue;
    const Span place = field.message().span_of(directive.text);
    report.at(place).with("directive", lower(directive.name)).fix(0, remove_member(field, place));
  }
}

namespace {

// `weaker` counts for nothing, or the other way round, beside `stronger`.
struct DirectivePair {
  Directive stronger;
  Directive weaker;
};

// The first pair of which both are there.
const DirectivePair* find_pair(const CacheControl& control, std::span<const DirectivePair> pairs) {
  const auto found = std::find_if(pairs.begin(), pairs.end(), [&](const DirectivePair& pair) {
    return control.has_unqualified(pair.stronger) && control.has(pair.weaker);
  });
  return found == pairs.end() ? nullptr : &*found;
}

// What the sender wanted with both cannot be had.
constexpr DirectivePair response_contradictions[] = {
    {Directive::private_, Directive::public_},
    {Directive::no_store, Directive::public_},
    {Directive::must_revalidate, Directive::stale_while_revalidate},
    {Directive::must_revalidate, Directive::stale_if_error},
};
constexpr DirectivePair request_contradictions[] = {
    {Directive::only_if_cached, Directive::no_cache},
    {Directive::no_cache, Directive::max_stale},
};
// The second one changes nothing.
constexpr DirectivePair without_effect[] = {
    {Directive::no_store, Directive::max_age},           {Directive::no_store, Directive::s_maxage},
    {Directive::no_store, Directive::immutable},         {Directive::no_store, Directive::stale_while_revalidate},
    {Directive::no_store, Directive::stale_if_error},    {Directive::no_store, Directive::proxy_revalidate},
    {Directive::no_cache, Directive::s_maxage},          {Directive::no_cache, Directive::max_age},
    {Directive::no_cache, Directive::stale_while_revalidate},
    {Directive::no_cache, Directive::stale_if_error},    {Directive::no_cache, Directive::proxy_revalidate},
    {Directive::must_revalidate, Directive::proxy_revalidate},
    {Directive::private_, Directive::s_maxage},
    {Directive::no_cache, Directive::immutable},         {Directive::no_store, Directive::private_},
};

const DirectivePair* contradiction_in(const MessageView& message) {
  const CacheControl& control = message.cache_control();
  if (message->is_response()) return find_pair(control, response_contradictions);
  // At most this stale, and at least this fresh: no response is both.
  static constexpr DirectivePair stale_and_fresh{Directive::max_stale, Directive::min_fresh};
  if (control.has(Directive::max_stale) && control.has(Directive::min_fresh)) return &stale_and_fresh;
  return find_pair(control, request_contradictions);
}

void report_pair(const FieldView& field, const DirectivePair& pair, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  const CacheDirective& weaker = *control.find(pair.weaker);
  const Span place = field.message().span_of(weaker.text);
  report.at(place)
      .with("directive", lower(weaker.name))
      .with("other", lower(control.find(pair.stronger)->name))
      .fix(0, remove_member(field, place));
}

}  // namespace

void check_cache_control_contradiction(const FieldView& field, Reporter& report) {
  const DirectivePair* const first = field.in_trailer() ? nullptr : contradiction_in(field.message());
  if (first == nullptr) return;
  report_pair(field, *first, report);
  // One finding for each directive that does not go together with another one.
  std::vector<Directive> told{first->weaker};
  for (const DirectivePair& pair : response_contradictions) {
    if (!field.message()->is_response() || find_pair(field.message().cache_control(), {&pair, 1}) == nullptr) continue;
    if (std::find(told.begin(), told.end(), pair.weaker) != told.end()) continue;
    told.push_back(pair.weaker);
    report_pair(field, pair, report);
  }
}

void check_cache_directive_without_effect(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || contradiction_in(field.message()) != nullptr) return;
  if (field.message().cache_control().has(Directive::must_understand)) return;
  if (const DirectivePair* pair = find_pair(field.message().cache_control(), without_effect))
    report_pair(field, *pair, report);
}

void check_cache_control_on_uncacheable_method(const FieldView& field, Reporter& report) {
  const MethodInfo* method = find_method(field.message().method());
  if (field.in_trailer() || method == nullptr || method->cacheable) return;
  for (const CacheDirective& directive : directives_of(field)) {
    const DirectiveInfo* const info = info_of(directive);
    if (info == nullptr || !info->in_requests || directive.id == Directive::no_transform) continue;
    report.at(directive.text).with("directive", info->name).with("method", method->name);
    return;
  }
}

void check_must_understand_without_no_store(const FieldView& field, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  const CacheDirective* const directive = control.find(Directive::must_understand);
  if (field.in_trailer() || directive == nullptr || control.has(Directive::no_store)) return;
  report.at(directive->text).fix(0, add_directive(field.message(), "no-store"));
}

void check_public_needless(const FieldView& field, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  const CacheDirective* const directive = control.find(Directive::public_);
  const MessageView* const request = field.message().request();
  if (field.in_trailer() || directive == nullptr || request == nullptr || request->has(FieldId::authorization)) return;
  if (contradiction_in(field.message()) != nullptr) return;
  if (!explicit_lifetime(field.message(), CacheKind::shared)) return;
  const Span place = field.message().span_of(directive->text);
  report.at(place).fix(0, remove_member(field, place));
}

// --- immutable ---------------------------------------------------------------------------------------------------

void check_immutable_without_lifetime(const FieldView& field, Reporter& report) {
  const CacheDirective* const directive = field.message().cache_control().find(Directive::immutable);
  if (field.in_trailer() || directive == nullptr || keeps_from_shared_caches(field.message().cache_control())) return;
  const auto lifetime = explicit_lifetime(field.message(), CacheKind::private_);
  if (lifetime && lifetime->seconds > 0) return;
  // An Expires that cannot be compared with a Date may lie in the future.
  if (!lifetime && field.message().has(FieldId::expires)) return;
  Report& finding = report.at(directive->text);
  if (!lifetime) finding.fix(0, add_directive(field.message(), "max-age=31536000"));
}

void check_immutable_short_lived(const FieldView& field, Reporter& report) {
  const CacheControl& control = field.message().cache_control();
  const CacheDirective* const directive = control.find(Directive::immutable);
  if (field.in_trailer() || directive == nullptr) return;
  const CacheDirective* const max_age = control.find(Directive::max_age);
  const std::uint32_t seconds = control.seconds(Directive::max_age).value_or(0);
  if (max_age == nullptr || seconds == 0 || seconds >= day) return;
  report.at(max_age->text).with("value", seconds);
}

void check_immutable_over_http(const FieldView& field, Reporter& report) {
  const CacheDirective* const directive = field.message().cache_control().find(Directive::immutable);
  if (field.in_trailer() || directive == nullptr || field.message().scheme() != Scheme::http) return;
  report.at(directive->text);
}

void check_immutable_close_delimited(const FieldView& field, Reporter& report) {
  const CacheDirective* const directive = field.message().cache_control().find(Directive::immutable);
  if (field.in_trailer() || directive == nullptr) return;
  if (field.message()->framing != Framing::close || !field.message()->is_http1()) return;
  report.at(directive->text);
}

// --- Expires, Pragma ---------------------------------------------------------------------------------------------

namespace {

// The time Expires gives, where Cache-Control with max-age overrides it.
std::optional<std::int64_t> overridden_lifetime(const FieldView& expires) {
  const MessageView& response = expires.message();
  if (expires.in_trailer() || expires.size() != 1 || !response.cache_control().seconds(Directive::max_age)) return {};
  const auto until = expires.date();
  const auto date = date_of(response, FieldId::date);
  if (!until || !date) return std::nullopt;
  return until->seconds - *date;
}

// Seconds by which the two may differ: Date and Expires are written at slightly different times.
constexpr std::int64_t tolerance = 60;

bool agree(std::int64_t expires, std::uint32_t max_age) {
  return expires <= 0 ? max_age == 0 : std::abs(expires - static_cast<std::int64_t>(max_age)) <= tolerance;
}

}  // namespace

void check_expires_redundant(const FieldView& field, Reporter& report) {
  const auto expires = overridden_lifetime(field);
  if (!expires || !agree(*expires, *field.message().cache_control().seconds(Directive::max_age))) return;
  report.at(field.first())
      .with("value", *field.message().cache_control().seconds(Directive::max_age))
      .remove(0, field);
}

void check_expires_disagrees_with_max_age(const FieldView& field, Reporter& report) {
  const auto expires = overridden_lifetime(field);
  if (!expires) return;
  const std::uint32_t max_age = *field.message().cache_control().seconds(Directive::max_age);
  if (agree(*expires, max_age)) return;
  report.at(field)
      .with("expires", *expires <= 0 ? 0 : static_cast<std::uint64_t>(*expires))
      .with("max_age", max_age)
      .remove(0, field);
}

void check_pragma_in_response(const FieldView& field, Reporter& report) {
  if (!field.lists("no-cache")) return;
  const CacheControl& control = field.message().cache_control();
  Report& finding = report.at(field.first()).with("value", field.value());
  const bool said = control.has(Directive::no_cache) || control.has(Directive::no_store);
  if (said && field.size() == 1 && ascii::equals_ignoring_case(field.value(), "no-cache"))
    finding.remove(0, field);
}

namespace {

bool is_cache_directive(std::string_view member) {
  const std::string_view name = member.substr(0, member.find('='));
  return syntax::find_directive(name) != nullptr && !ascii::equals_ignoring_case(name, "no-cache");
}

}  // namespace

void check_pragma_holds_cache_directive(const FieldView& field, Reporter& report) {
  for (const std::string_view text : field.members()) {
    if (!is_cache_directive(text)) continue;
    std::vector<Edit> edits;
    const bool free = !field.message().has(FieldId::cache_control) && field.size() == 1 && !field.in_trailer();
    if (free) edits.push_back(replace(field.first().name, "Cache-Control"));
    Report& finding = report.at(text).with("value", text);
    if (free) finding.fix(0, std::move(edits));
    return;
  }
}

void check_pragma_other(const FieldView& field, Reporter& report) {
  for (const std::string_view text : field.members()) {
    if (text.empty() || ascii::equals_ignoring_case(text, "no-cache") || is_cache_directive(text)) continue;
    report.at(text).with("value", text);
    return;
  }
}

// --- Age ---------------------------------------------------------------------------------------------------------

void check_age_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (field.size() != 1 || syntax::parse_delta_seconds(value)) return;
  report.at(value.empty() ? field.first().name : field.value_span()).with("value", value).remove(0, field);
}

void check_age_too_large(const FieldView& field, Reporter& report) {
  const auto age = age_of(field.message());
  if (!age || field.in_trailer() || *age < syntax::longest_delta || field.value() == "2147483648") return;
  report.at(field).with("value", field.value()).fix(0, "2147483648");
}

void check_age_though_no_store(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const CacheControl& control = response.cache_control();
  if (age_of(response).value_or(0) == 0 || has_targeted_cache_control(response)) return;
  if (!control.has(Directive::no_store) || control.has(Directive::must_understand)) return;
  report.at(field.first()).with("age", field.value());
}

void check_age_though_no_cache(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const CacheControl& control = response.cache_control();
  if (age_of(response).value_or(0) == 0 || has_targeted_cache_control(response)) return;
  if (!control.has_unqualified(Directive::no_cache) || control.has(Directive::no_store)) return;
  report.at(field.first()).with("age", field.value());
}

void check_age_though_request_no_cache(const FieldView& field, Reporter& report) {
  const MessageView* const request = field.message().request();
  if (request == nullptr || age_of(field.message()).value_or(0) == 0) return;
  const bool by_pragma = !request->has(FieldId::cache_control) && request->field(FieldId::pragma).lists("no-cache");
  if (!by_pragma && !request->cache_control().has(Directive::no_cache)) return;
  report.at(field.first())
      .with("age", field.value())
      .with("field", by_pragma ? "Pragma: no-cache" : "Cache-Control: no-cache");
}

void check_age_above_request_max_age(const FieldView& field, Reporter& report) {
  const MessageView* const request = field.message().request();
  const auto age = age_of(field.message());
  if (request == nullptr || !age) return;
  const auto most = request->cache_control().seconds(Directive::max_age);
  if (!most || *age <= *most || request->cache_control().has(Directive::max_stale)) return;
  report.at(field).with("age", *age).with("max_age", *most);
}

void check_age_on_uncacheable_method(const FieldView& field, Reporter& report) {
  const MethodInfo* method = find_method(field.message().method());
  if (method == nullptr || method->cacheable || age_of(field.message()).value_or(0) == 0) return;
  report.at(field.first()).with("method", method->name).remove(0, field);
}

void check_age_on_unstorable_status(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (age_of(response).value_or(0) == 0 || has_targeted_cache_control(response)) return;
  if (response->status == 304 || response->status / 100 == 1 || is_heuristically_cacheable(response->status)) return;
  if (response.has(FieldId::expires) || response.has(FieldId::cache_control)) return;
  // These have a rule of their own.
  constexpr std::array<std::uint16_t, 4> never{428, 429, 431, 511};
  if (std::find(never.begin(), never.end(), response->status) != never.end()) return;
  report.at(field.first()).with("status", response->status).remove(0, field);
}

void check_age_on_status_never_stored(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::age);
  if (field.empty() || age_of(response).value_or(0) == 0) return;
  report.at(field.first()).with("status", response->status).remove(0, field);
}

namespace {

structured::Parsed read_list(const FieldView& field) {
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < field.size(); ++i) lines.push_back(field.value(i));
  return structured::parse(structured::join(lines), structured::FieldType::list);
}

const structured::Parsed& parse_list(const FieldView& field) { return field.once<read_list>(); }

// The place in the message of a place in the joined lines.
Span in_message(const FieldView& field, Span joined) {
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < field.size(); ++i) lines.push_back(field.value(i));
  const structured::LinePlace place = structured::place_in_lines(joined, lines);
  const std::uint32_t begin = field.value_span(place.line).begin;
  return {begin + place.span.begin, begin + place.span.end};
}

bool is_true(const structured::Parameter* parameter) {
  return parameter != nullptr && parameter->value.type == structured::ItemType::boolean && parameter->value.number != 0;
}

}  // namespace

void check_age_missing_after_hit(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || response.has(FieldId::age)) return;
  const structured::Parsed& status = parse_list(field);
  if (status.error || status.value.members.empty()) return;
  // The last member is the cache nearest to the user. Only what it took from its store is told here.
  const structured::Member& last = status.value.members.back();
  const structured::Parameter* const hit = structured::find(last.parameters, "hit");
  if (is_true(hit)) report.at(in_message(field, hit->key_span));
}

// --- what caches do with the response ----------------------------------------------------------------------------

namespace {

// How long shared caches may keep the response: the larger of the two, so that nothing is called stale wrongly.
std::optional<Lifetime> generous_lifetime(const MessageView& response) {
  const auto shared = explicit_lifetime(response, CacheKind::shared);
  const auto own = explicit_lifetime(response, CacheKind::private_);
  if (!shared || !own) return shared ? shared : own;
  return shared->seconds > own->seconds ? shared : own;
}

}  // namespace

void check_response_stale(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const auto age = age_of(response);
  const auto lifetime = generous_lifetime(response);
  if (!age || !lifetime || lifetime->seconds == 0 || *age <= lifetime->seconds) return;
  const CacheControl& control = response.cache_control();
  if (has_targeted_cache_control(response) || control.has(Directive::must_revalidate)) return;
  if (control.has(Directive::no_store) || control.has(Directive::no_cache)) return;
  report.at(field).with("age", *age).with("lifetime", lifetime->seconds);
}

void check_stale_despite_must_revalidate(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const auto age = age_of(response);
  const auto lifetime = generous_lifetime(response);
  // A CDN that keeps what was never fresh goes by a targeted field that it has removed (RFC 9213 section 2.2).
  if (!age || !lifetime || lifetime->seconds == 0 || *age <= lifetime->seconds || has_targeted_cache_control(response)) return;
  const CacheControl& control = response.cache_control();
  if (!control.has(Directive::must_revalidate) || control.has(Directive::no_store) || control.has(Directive::no_cache))
    return;
  report.at(field).with("age", *age).with("lifetime", lifetime->seconds);
}

void check_no_cache_without_validator(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const CacheControl& control = response.cache_control();
  if (field.in_trailer() || !control.has_unqualified(Directive::no_cache) || control.has(Directive::no_store)) return;
  if (response->status != 200 || response.has(FieldId::etag) || response.has(FieldId::last_modified)) return;
  if (!is_get_or_head(response.method())) return;
  report.at(control.find(Directive::no_cache)->text);
}

void check_freshness_heuristic(const MessageView& response, Reporter& report) {
  if (!is_get_or_head(response.method()) || response.has(FieldId::cache_control) || response.has(FieldId::pragma))
    return;
  if (response.has(FieldId::set_cookie)) return;
  const auto lifetime = heuristic_lifetime(response);
  if (!lifetime || lifetime->seconds == 0 || response.request()->has(FieldId::authorization)) return;
  report.at(response.field(FieldId::last_modified).first()).with("seconds", lifetime->seconds);
}

void check_cookie_heuristically_cacheable(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || !is_get_or_head(response.method())) return;
  if (response.has(FieldId::cache_control) || response.has(FieldId::expires) || response.has(FieldId::pragma)) return;
  if (!is_heuristically_cacheable(response->status) || response.request()->has(FieldId::authorization)) return;
  report.at(field.first().name).fix(0, add_field(response, "Cache-Control", "private"));
}

void check_authorization_response_shared(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const CacheControl& control = response.cache_control();
  if (field.in_trailer() || response.request() == nullptr || !response.request()->has(FieldId::authorization)) return;
  if (keeps_from_shared_caches(control) || response.has(FieldId::set_cookie)) return;
  for (const Directive id : {Directive::s_maxage, Directive::public_, Directive::must_revalidate}) {
    const CacheDirective* const directive = control.find(id);
    if (directive == nullptr) continue;
    report.at(directive->text).with("directive", directive->text);
    return;
  }
}

void check_error_cached_long(const MessageView& response, Reporter& report) {
  const CacheControl& control = response.cache_control();
  if (control.has(Directive::no_store) || control.has(Directive::no_cache)) return;
  const CacheDirective* const directive = longest_lifetime(control);
  const bool server = response->status / 100 == 5 && response->status != 501;
  // Others have a rule of their own, or last by their meaning.
  constexpr std::array<std::uint16_t, 9> lasting{404, 405, 410, 414, 451, 428, 429, 431, 511};
  if (std::find(lasting.begin(), lasting.end(), response->status) != lasting.end()) return;
  const std::uint32_t limit = server ? 3600 : day;
  if (directive == nullptr || *directive->seconds() <= limit) return;
  report.at(directive->text)
      .with("directive", directive->text)
      .with("status", response->status)
      .fix(0, set_field(response, FieldId::cache_control, "no-store"));
}

void check_private_on_versioned_path(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || response->status != 200 || response.method() != "GET") return;
  const CacheControl& control = response.cache_control();
  const CacheDirective* directive = control.find(Directive::no_store);
  if (directive == nullptr) directive = control.find(Directive::private_);
  if (directive == nullptr) return;
  // A file name like app.3f2a91bc.js, which changes with its content.
  const auto target = response.request()->target_uri();
  if (!target || response.request()->has(FieldId::authorization)) return;
  const std::string_view path = std::string_view(target->path).substr(target->path.rfind('/') + 1);
  constexpr std::array<std::string_view, 6> assets{".js", ".css", ".woff2", ".png", ".svg", ".webp"};
  if (std::none_of(assets.begin(), assets.end(), [path](std::string_view end) { return path.ends_with(end); })) return;
  std::size_t run = 0;
  std::size_t digits = 0;
  for (const char c : path.substr(0, path.rfind('.'))) {
    const bool hex = ascii::hex_value(c) >= 0;
    run = hex ? run + 1 : 0;
    digits = hex ? digits + (ascii::is_digit(c) ? 1 : 0) : 0;
    if (run < 8 || digits < 2) continue;
    report.at(directive->text).with("directive", directive->text).with("name", path);
    return;
  }
}

// --- fields for other caches -------------------------------------------------------------------------------------

namespace {

constexpr bool fits_type(DirectiveArgument argument, structured::ItemType type) {
  using structured::ItemType;
  switch (argument) {
    case DirectiveArgument::seconds: return type == ItemType::integer;
    case DirectiveArgument::optional_seconds: return type == ItemType::integer || type == ItemType::boolean;
    case DirectiveArgument::field_names: return type == ItemType::boolean || type == ItemType::string;
    case DirectiveArgument::none: return type == ItemType::boolean;
  }
  return true;
}

structured::Parsed read_targeted(const FieldView& field) {
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < field.size(); ++i) lines.push_back(field.value(i));
  return structured::parse(structured::join(lines), structured::FieldType::dictionary);
}

const structured::Parsed& parse_targeted(const FieldView& field) { return field.once<read_targeted>(); }

}  // namespace

void check_targeted_cache_control_type(const FieldView& field, Reporter& report) {
  const structured::Parsed& parsed = parse_targeted(field);
  if (parsed.error) return;
  for (const structured::Member& member : parsed.value.members) {
    const DirectiveInfo* const info = syntax::find_directive(member.key);
    if (info == nullptr || !info->in_responses) continue;
    const bool fits = !member.is_inner_list && fits_type(info->in_response, member.value.type);
    const bool negative = info->in_response == DirectiveArgument::seconds && member.value.number < 0;
    const bool switched_off = member.value.type == structured::ItemType::boolean && member.value.number == 0;
    if (fits && !negative && !switched_off) continue;
    const Span place = in_message(field, member.span);
    const Span shown = place.empty() ? in_message(field, member.key_span) : place;
    Report& finding = report.at(shown)
                         .with("field", field.name())
                         .with("directive", info->name)
                         .with("value", field.message().text(shown));
    // "60" in quotes can only mean the number.
    const bool number = info->in_response == DirectiveArgument::seconds && !member.is_inner_list &&
                        member.value.type == structured::ItemType::string &&
                        syntax::parse_delta_seconds(member.value.text) && member.parameters.empty();
    if (number) finding.fix(0, member.value.text);
  }
}

void check_targeted_cache_control_contradicts(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const structured::Parsed& parsed = parse_targeted(field);
  if (parsed.error || field.in_trailer()) return;
  const structured::Member* const max_age = structured::find(parsed.value, "max-age");
  const structured::Member* const no_store = structured::find(parsed.value, "no-store");
  const CacheControl& control = response.cache_control();
  const bool stored_there = max_age != nullptr && max_age->value.number > 0 && no_store == nullptr;
  const CacheDirective* const denies = control.find(Directive::no_store);
  const CacheDirective* const grants = longest_lifetime(control);
  if (stored_there && denies != nullptr)
    report.at(in_message(field, max_age->key_span)).with("field", field.name()).with("other", denies->text);
  else if (no_store != nullptr && denies == nullptr && grants != nullptr && *grants->seconds() > 0)
    report.at(in_message(field, no_store->key_span)).with("field", field.name()).with("other", grants->text);
}

void check_cache_status_unknown_parameter(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 8> known{"hit",    "fwd",       "fwd-status", "ttl",
                                                  "stored", "collapsed", "key",        "detail"};
  const structured::Parsed& parsed = parse_list(field);
  if (parsed.error) return;
  for (const structured::Member& member : parsed.value.members)
    for (const structured::Parameter& parameter : member.parameters)
      if (std::find(known.begin(), known.end(), parameter.key) == known.end())
        report.at(in_message(field, parameter.key_span)).with("parameter", parameter.key);
}

void check_cache_status_parameter_value(const FieldView& field, Reporter& report) {
  using structured::ItemType;
  struct Row {
    std::string_view key;
    ItemType type;
    ItemType other;
    std::string_view name;
  };
  static constexpr Row rows[] = {
      {"hit", ItemType::boolean, ItemType::boolean, "a Boolean"},
      {"fwd", ItemType::token, ItemType::token, "one of the defined reasons"},
      {"fwd-status", ItemType::integer, ItemType::integer, "an Integer"},
      {"ttl", ItemType::integer, ItemType::integer, "an Integer"},
      {"stored", ItemType::boolean, ItemType::boolean, "a Boolean"},
      {"collapsed", ItemType::boolean, ItemType::boolean, "a Boolean"},
      {"key", ItemType::string, ItemType::string, "a String"},
      {"detail", ItemType::string, ItemType::token, "a String or Token"},
  };
  constexpr std::array<std::string_view, 8> reasons{"bypass", "method",  "uri-miss", "vary-miss",
                                                    "miss",   "request", "stale",    "partial"};
  const structured::Parsed& parsed = parse_list(field);
  if (parsed.error) return;
  for (const structured::Member& member : parsed.value.members)
    for (const structured::Parameter& parameter : member.parameters)
      for (const Row& row : rows) {
        if (row.key != parameter.key) continue;
        const bool type = parameter.value.type == row.type || parameter.value.type == row.other;
        const bool reason = row.key != "fwd" ||
                            std::find(reasons.begin(), reasons.end(), parameter.value.text) != reasons.end();
        if (type && reason) continue;
        const Span value = in_message(field, parameter.value.span);
        report.at(value.empty() ? in_message(field, parameter.key_span) : value)
            .with("parameter", parameter.key)
            .with("expected", row.name);
      }
}

void check_cache_group_not_string(const FieldView& field, Reporter& report) {
  const structured::Parsed& parsed = parse_list(field);
  if (parsed.error) return;
  for (const structured::Member& member : parsed.value.members) {
    if (!member.is_inner_list && member.value.type == structured::ItemType::string) continue;
    const Span place = in_message(field, member.is_inner_list ? member.span : member.value.span);
    Report& finding = report.at(place).with("field", field.name()).with("value", field.message().text(place));
    if (!member.is_inner_list && member.value.type == structured::ItemType::token)
      finding.fix(0, '"' + member.value.text + '"');
  }
}

void check_cache_group_invalidation_on_safe_method(const FieldView& field, Reporter& report) {
  const MethodInfo* method = find_method(field.message().method());
  if (method == nullptr || !method->safe) return;
  report.at(field.first()).with("method", method->name).remove(0, field);
}

}  // namespace statuslab::lint::checks
