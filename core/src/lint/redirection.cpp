// 3xx (Redirection), RFC 9110 section 15.4, and Location (section 10.2.2) wherever it stands.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/redirection.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

using syntax::HttpUri;
using syntax::UriReference;

// The statuses whose Location a client follows on its own.
bool is_redirect(std::uint16_t status) {
  constexpr std::array<std::uint16_t, 5> statuses{301, 302, 303, 307, 308};
  return std::find(statuses.begin(), statuses.end(), status) != statuses.end();
}

bool is_http(std::string_view scheme) {
  return ascii::equals_ignoring_case(scheme, "http") || ascii::equals_ignoring_case(scheme, "https");
}

// The only Location, if it is not empty: what there is to follow.
struct Location {
  Span span;
  UriReference reference;

  // The place of a part of the value.
  [[nodiscard]] Span at(std::string_view part, std::string_view value) const {
    const auto begin = span.begin + static_cast<std::uint32_t>(part.data() - value.data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }
};

std::optional<Location> location_of(const MessageView& response) {
  const FieldView field = response.field(FieldId::location);
  if (field.size() != 1 || field.value().empty()) return std::nullopt;
  return Location{field.value_span(), syntax::split_uri_reference(field.value())};
}

// --- hosts -------------------------------------------------------------------------------------------------------

bool is_loopback(std::string_view host) {
  return ascii::equals_ignoring_case(host, "localhost") || host.starts_with("127.") || host == "[::1]";
}

// RFC 1918, and the names that RFC 6762 and ICANN reserve for local use.
bool is_private(std::string_view host) {
  if (host.starts_with("10.") || host.starts_with("192.168.") || host.starts_with("172.")) {
    if (!std::all_of(host.begin(), host.end(), [](char c) { return ascii::is_digit(c) || c == '.'; })) return false;
    if (!host.starts_with("172.")) return true;
    const auto second = syntax::parse_decimal(host.substr(4, host.find('.', 4) - 4));
    return second && *second >= 16 && *second <= 31;
  }
  return host.ends_with(".local") || host.ends_with(".internal") || host.ends_with(".localhost");
}

bool is_out_of_reach(std::string_view host) { return is_loopback(host) || is_private(host); }

// --- downgrades --------------------------------------------------------------------------------------------------

// A redirect to plain http: where it says so, and whether the host stays the same (unknown without a request).
struct Downgrade {
  Span scheme;
  std::string_view host;
  std::optional<bool> same_host;
  bool has_port;
};

std::optional<Downgrade> downgrade_of(const FieldView& field) {
  const MessageView& response = field.message();
  const auto location = location_of(response);
  if (field.in_trailer() || !is_redirect(response->status)) return std::nullopt;
  if (!location || !location->reference.authority) return std::nullopt;
  const std::string_view scheme = location->reference.scheme.value_or("");
  if (!ascii::equals_ignoring_case(scheme, "http")) return std::nullopt;
  const auto target = response.request() == nullptr ? std::nullopt : response.request()->target_uri();
  if (response.scheme() != Scheme::https && (!target || target->scheme != "https")) return std::nullopt;
  const std::string_view host = syntax::host_of(*location->reference.authority);
  if (host.empty() || is_loopback(host)) return std::nullopt;
  Downgrade downgrade{location->at(scheme, field.value()), host, std::nullopt,
                      !location->reference.authority->ends_with(host)};
  if (target && !target->authority.empty())
    downgrade.same_host = ascii::equals_ignoring_case(syntax::host_of(target->authority), host);
  return downgrade;
}

// --- 304 ---------------------------------------------------------------------------------------------------------

bool is_get_or_head(std::string_view method) { return method == "GET" || method == "HEAD"; }

std::string_view without_weakness(std::string_view tag) { return tag.starts_with("W/") ? tag.substr(2) : tag; }

// The entity tags that If-None-Match lists; empty optional for "*", for no such field, and for what is not such a list.
std::optional<std::vector<std::string_view>> listed_tags(const MessageView& request) {
  const FieldView field = request.field(FieldId::if_none_match);
  std::vector<std::string_view> tags;
  for (const std::string_view tag : field.members()) {
    if (!syntax::is_entity_tag(tag)) return std::nullopt;
    tags.push_back(tag);
  }
  if (tags.empty()) return std::nullopt;
  return tags;
}

}  // namespace

// --- Location ----------------------------------------------------------------------------------------------------

void check_location_empty(const FieldView& field, Reporter& report) {
  const std::uint16_t status = field.message()->status;
  if (field.in_trailer() || field.size() != 1 || !field.value().empty()) return;
  if (status != 201 && !is_redirect(status)) return;
  report.at(field.first().name).with("status", status);
}

void check_location_syntax(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  std::string_view rest = field.value();
  std::vector<Edit> edits;
  Span first{};
  std::uint32_t at = field.value_span().begin;
  // Bytes above 0x7F are location-non-ascii's; controls are a matter of every field value.
  for (std::size_t i; (i = syntax::find_non_uri_byte(rest)) < rest.size(); rest.remove_prefix(i + 1)) {
    const std::uint32_t place = at + static_cast<std::uint32_t>(i);
    at = place + 1;
    const unsigned char byte = ascii::byte(rest[i]);
    if (byte < 0x20 || byte >= 0x7F) continue;
    if (first.empty()) first = {place, place + 1};
    constexpr std::string_view digits = "0123456789ABCDEF";
    const std::string encoded{'%', digits[byte >> 4], digits[byte & 15]};
    edits.push_back(replace({place, place + 1}, encoded));
  }
  if (first.empty()) return;
  const std::string_view byte = field.message().text(first);
  report.at(first).with("character", byte == " " ? "a space" : byte).fix(0, std::move(edits));
}

void check_location_non_ascii(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  std::vector<Edit> edits;
  Span all{};
  for (std::uint32_t i = 0; i < field.value().size(); ++i) {
    const unsigned char byte = ascii::byte(field.value()[i]);
    if (byte < 0x80) continue;
    const Span place{field.value_span().begin + i, field.value_span().begin + i + 1};
    constexpr std::string_view digits = "0123456789ABCDEF";
    edits.push_back(replace(place, std::string{'%', digits[byte >> 4], digits[byte & 15]}));
    all = all.empty() ? place : Span{all.begin, place.end};
  }
  if (!all.empty()) report.at(all).fix(0, std::move(edits));
}

void check_location_userinfo(const FieldView& field, Reporter& report) {
  const auto location = location_of(field.message());
  if (field.in_trailer() || !location || !location->reference.authority) return;
  if (location->reference.scheme && !is_http(*location->reference.scheme)) return;
  const auto userinfo = syntax::userinfo_of(*location->reference.authority);
  if (!userinfo) return;
  const Span span = location->at(*userinfo, field.value());
  const Span with_sign{span.begin, span.end + 1};
  report.at(with_sign).fix(0, "");
}

void check_location_access_token(const FieldView& field, Reporter& report) {
  const auto location = location_of(field.message());
  if (field.in_trailer() || !location) return;
  std::string_view rest = location->reference.query.value_or("");
  while (!rest.empty()) {
    const std::string_view parameter = rest.substr(0, rest.find('&'));
    rest.remove_prefix(std::min(parameter.size() + 1, rest.size()));
    if (!parameter.starts_with("access_token=") || parameter.ends_with('=')) continue;
    report.at(location->at(parameter, field.value()));
    return;
  }
}

void check_location_without_host(const FieldView& field, Reporter& report) {
  const auto location = location_of(field.message());
  if (field.in_trailer() || !location || !location->reference.scheme || !is_http(*location->reference.scheme)) return;
  if (location->reference.authority && !syntax::host_of(*location->reference.authority).empty()) return;
  report.at(location->span).with("value", field.value());
}

void check_location_looks_like_host(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const auto location = location_of(response);
  if (field.in_trailer() || !location || location->reference.scheme || location->reference.authority) return;
  const std::string_view value = field.value();
  const std::string_view first = value.substr(0, std::min(value.find_first_of("/?#"), value.size()));
  std::string_view host;
  if (response.request() != nullptr && response.request()->field(FieldId::host).size() == 1)
    host = response.request()->field(FieldId::host).value();
  const bool is_own_host = first.find('.') != std::string_view::npos && ascii::equals_ignoring_case(first, host);
  if (!is_own_host && !first.starts_with("www.")) return;
  const Span place = location->at(first, value);
  Report& finding = report.at(place).with("host", first);
  if (response.scheme() != Scheme::unknown)
    finding.with("scheme", name_of(response.scheme()))
        .fix(0, {place.begin, place.begin}, std::string(name_of(response.scheme())) + "://");
}

void check_location_unfetchable_scheme(const FieldView& field, Reporter& report) {
  const auto location = location_of(field.message());
  if (field.in_trailer() || !location || !location->reference.scheme || !is_redirect(field.message()->status)) return;
  constexpr std::array<std::string_view, 6> schemes{"about", "blob", "data", "file", "javascript", "vbscript"};
  const std::string_view scheme = *location->reference.scheme;
  const bool unfetchable = is_one_of(scheme, schemes);
  if (unfetchable) report.at(location->at(scheme, field.value())).with("scheme", scheme);
}

void check_location_on_non_redirect(const FieldView& field, Reporter& report) {
  const std::uint16_t status = field.message()->status;
  // 202 points to a status monitor, 103 foretells a redirect, 104 names the upload resource.
  if (field.in_trailer() || status == 201 || status == 202 || status / 100 == 3 || status / 100 == 1) return;
  // The answer to QUERY names a resource that repeats the query for GET.
  if (field.message().method() == "QUERY") return;
  report.at(field.first().name).with("status", status);
}

void check_refresh_header(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  report.at(field.first()).with("value", field.value());
}

// --- redirects ---------------------------------------------------------------------------------------------------

void check_redirect_without_location(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::location)) return;
  // Google's resumable uploads answer 308 with Range: the upload is not complete.
  if (response->status == 308 && response.has(FieldId::range)) return;
  report.at(response).with("status", response->status);
}

void check_redirect_to_itself(const MessageView& response, Reporter& report) {
  const auto location = location_of(response);
  if (response.request() == nullptr || !location) return;
  const bool keeps_method = response->status == 307 || response->status == 308;
  if (!keeps_method && !is_get_or_head(response.method())) return;
  // The next request will not be the same: it has a cookie, or comes later.
  if (response.has(FieldId::set_cookie) || response.has(FieldId::retry_after)) return;
  const auto target = response.request()->target_uri();
  if (!target || syntax::resolve(location->reference, *target) != *target) return;
  report.at(location->span).with("location", response.text(location->span));
}

void check_redirect_changes_method(const MessageView& response, Reporter& report) {
  if (response.method() != "POST" || !response.has(FieldId::location)) return;
  report.at(response).with("status", response->status);
}

void check_redirect_of_unsafe_method(const MessageView& response, Reporter& report) {
  const MethodInfo* method = find_method(response.method());
  if (method == nullptr || method->safe || method->name == "POST" || !response.has(FieldId::location)) return;
  report.at(response).with("status", response->status).with("method", method->name);
}

void check_redirect_downgrades_to_http(const FieldView& field, Reporter& report) {
  const auto downgrade = downgrade_of(field);
  if (!downgrade || !downgrade->same_host.value_or(false)) return;
  Report& finding = report.at(downgrade->scheme).with("host", downgrade->host);
  if (!downgrade->has_port) finding.fix(0, downgrade->scheme, "https");
}

void check_redirect_leaves_https(const FieldView& field, Reporter& report) {
  const auto downgrade = downgrade_of(field);
  if (!downgrade || downgrade->same_host.value_or(false)) return;
  report.at(downgrade->scheme).with("host", downgrade->host);
}

void check_redirect_to_private_host(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const auto location = location_of(response);
  if (field.in_trailer() || response.request() == nullptr || !location || !location->reference.authority) return;
  if (!is_redirect(response->status)) return;
  const auto target = response.request()->target_uri();
  if (!target || target->authority.empty() || is_out_of_reach(syntax::host_of(target->authority))) return;
  const std::string_view host = syntax::host_of(*location->reference.authority);
  if (is_out_of_reach(host)) report.at(location->at(host, field.value())).with("host", host);
}

void check_multiple_choices_without_choices(const MessageView& response, Reporter& report) {
  if (!response.complete() || response.content_size() != 0 || response.method() == "HEAD") return;
  if (response.has(FieldId::location) || response.has(FieldId::link) || response.has(FieldId::alternates)) return;
  report.at(response);
}

void check_use_proxy_deprecated(const MessageView& response, Reporter& report) { report.at(response); }

// --- 304 ---------------------------------------------------------------------------------------------------------

void check_not_modified_without_conditional_request(const MessageView& response, Reporter& report) {
  if (!is_get_or_head(response.method())) return;
  const MessageView& request = *response.request();
  if (request.has(FieldId::if_none_match) || request.has(FieldId::if_modified_since)) return;
  report.at(response).with("method", response.method());
}

void check_not_modified_to_unsafe_method(const MessageView& response, Reporter& report) {
  const MethodInfo* method = find_method(response.method());
  if (method == nullptr || method->safe) return;
  report.at(response).with("method", method->name);
}

void check_not_modified_without_etag(const MessageView& response, Reporter& report) {
  if (!is_get_or_head(response.method()) || response.has(FieldId::etag) || !listed_tags(*response.request())) return;
  Report& finding = report.at(response);
  const auto tags = *listed_tags(*response.request());
  if (tags.size() == 1) finding.with("etag", tags.front()).fix(0, add_field(response, "ETag", tags.front()));
}

void check_not_modified_without_validator(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::etag) || response.has(FieldId::last_modified)) return;
  if (response.request() != nullptr && listed_tags(*response.request())) return;
  report.at(response);
}

void check_not_modified_etag_not_asked_for(const MessageView& response, Reporter& report) {
  const FieldView etag = response.field(FieldId::etag);
  if (!is_get_or_head(response.method()) || etag.size() != 1 || !syntax::is_entity_tag(etag.value())) return;
  const auto tags = listed_tags(*response.request());
  if (!tags) return;
  // "A recipient MUST use the weak comparison function when comparing entity tags for If-None-Match".
  const bool listed = std::any_of(tags->begin(), tags->end(), [&](std::string_view tag) {
    return without_weakness(tag) == without_weakness(etag.value());
  });
  if (!listed) report.at(etag).with("etag", etag.value());
}

void check_not_modified_though_modified(const MessageView& response, Reporter& report) {
  const FieldView modified = response.field(FieldId::last_modified);
  if (!is_get_or_head(response.method()) || modified.size() != 1) return;
  const MessageView& request = *response.request();
  const FieldView since = request.field(FieldId::if_modified_since);
  if (request.has(FieldId::if_none_match) || since.size() != 1) return;
  const auto last = modified.date();
  const auto limit = since.date();
  if (!last || !limit || last->seconds <= limit->seconds) return;
  report.at(modified).with("modified", modified.value()).with("since", since.value());
}

void check_not_modified_representation_metadata(const MessageView& response, Reporter& report) {
  for (const FieldId id : {FieldId::content_type, FieldId::content_encoding, FieldId::content_language}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    report.at(field.first()).with("field", field.name()).remove(0, field);
  }
}

void check_not_modified_content_length_zero(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_length);
  if (field.size() != 1 || field.value() != "0") return;
  report.at(field.first()).remove(0, field);
}

// --- redirects in their place -------------------------------------------------------------------------------------

void check_redirect_of_server_options(const MessageView& response, Reporter& report) {
  if (response.method() != "OPTIONS") return;
  if (response.request()->text((*response.request())->target) == "*")
    report.at(response).with("status", response->status);
}

void check_see_other_without_note(const MessageView& response, Reporter& report) {
  const auto location = location_of(response);
  if (!location || response.request() == nullptr || response.method() == "HEAD" || !response.complete()) return;
  if (response.content_size() > 0 || !response->excess.empty()) return;
  report.at(response).with("location", response.text(location->span));
}

void check_permanent_redirect_without_freshness(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::cache_control) || response.has(FieldId::expires) || !response.has(FieldId::location)) return;
  report.at(response).with("status", response->status);
}

void check_https_redirect_temporary(const MessageView& response, Reporter& report) {
  const auto location = location_of(response);
  const auto target = response.request() == nullptr ? std::nullopt : response.request()->target_uri();
  if (!location || !target || target->scheme != "http" || !is_get_or_head(response.method())) return;
  const HttpUri there = syntax::resolve(location->reference, *target);
  if (there.scheme != "https" || there.authority != target->authority || there.path != target->path ||
      there.query != target->query)
    return;
  report.at(response).with("status", response->status);
}

void check_not_modified_without_date(const MessageView& response, Reporter& report) {
  if (response->head_terminated && !response.has(FieldId::date)) report.at(response);
}

void check_redirect_loop(const ExchangeView& exchange, Reporter& report) {
  const auto location = location_of(exchange.response);
  if (!location || !is_redirect(exchange.response->status) || !is_get_or_head(exchange.request.method())) return;
  const ExchangeView* before = exchange.previous;
  const auto earlier = before == nullptr ? std::nullopt : location_of(before->response);
  if (!earlier || before->request.method() != exchange.request.method()) return;
  // Not two tries in a row: in between, the client was somewhere else.
  const bool elsewhere = exchange.request.index() > before->request.index() + 1;
  const bool changed = before->response.has(FieldId::set_cookie) || exchange.response.has(FieldId::set_cookie);
  const std::string_view value = exchange.response.text(location->span);
  if (!elsewhere || changed || !is_redirect(before->response->status)) return;
  if (before->response.text(earlier->span) != value) return;
  report.at(location->span).with("location", value);
}

}  // namespace statuslab::lint::checks
