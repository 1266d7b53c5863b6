// 4xx (Client Error), RFC 9110 section 15.5, RFC 6585, RFC 7725, RFC 8470.
#include <algorithm>
#include <array>
#include <initializer_list>
#include <string>

#include "base/ascii.h"
#include "checks/client_error.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// The request is known, whole, and none of the fields is in it.
bool request_lacks(const MessageView& response, std::initializer_list<FieldId> fields) {
  const MessageView* request = response.request();
  if (request == nullptr || !request->message().head_terminated) return false;
  return std::none_of(fields.begin(), fields.end(), [&](FieldId id) { return request->has(id); });
}

// Neither content nor a sign of it: what stands after the head may have been left out of the text.
bool request_lacks_content(const MessageView& response) {
  return request_lacks(response, {FieldId::content_length, FieldId::transfer_encoding, FieldId::content_type}) &&
         response.request()->content_size() == 0 && (*response.request())->excess.empty();
}

bool is_blocked_by(std::string_view link) {
  const std::size_t parameters = link.find('>');
  if (parameters == std::string_view::npos) return false;
  return link.find("blocked-by", parameters) != std::string_view::npos;
}


// The methods of RFC 4918, and those of RFC 9110 that it gives a meaning for locks and collections.
bool is_webdav(std::string_view method) {
  constexpr std::array<std::string_view, 4> elsewhere{"GET", "HEAD", "OPTIONS", "TRACE"};
  return std::find(elsewhere.begin(), elsewhere.end(), method) == elsewhere.end();
}

bool is_safe(std::string_view method) {
  const MethodInfo* info = find_method(method);
  return info != nullptr && info->safe;
}

bool is_get_or_head(std::string_view method) { return method == "GET" || method == "HEAD"; }

// The first of the fields that the request has; FieldId::unknown where it has none or is not known.
FieldId first_of(const MessageView& response, std::initializer_list<FieldId> fields) {
  if (response.request() == nullptr) return FieldId::unknown;
  const auto found = std::find_if(fields.begin(), fields.end(), [&](FieldId id) { return response.request()->has(id); });
  return found == fields.end() ? FieldId::unknown : *found;
}

// The content coding of the request; empty where it has none or is not known.
std::string_view request_coding(const MessageView& response) {
  if (response.request() == nullptr) return {};
  const FieldView coding = response.request()->field(FieldId::content_encoding);
  return coding.empty() || coding.lists("identity") ? std::string_view{} : coding.value();
}

std::string_view first_word(std::string_view text) { return text.substr(0, text.find(' ')); }

}  // namespace

void check_method_not_allowed_without_allow(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::allow)) return;
  report.at(response).fix(0, add_field(response, "Allow", "GET, HEAD"));
}

void check_method_not_allowed_but_listed(const MessageView& response, Reporter& report) {
  const std::string_view method = response.method();
  if (method.empty()) return;
  for (const std::string_view member : response.field(FieldId::allow).members())
    if (member == method) return (void)report.at(member).with("method", method);
}

void check_allow_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view method : field.members()) {
    if (!method.empty() && !syntax::is_token(method)) report.at(method).with("value", method);
  }
}

void check_allow_method_lowercase(const FieldView& field, Reporter& report) {
  for (const std::string_view method : field.members()) {
    std::string upper;
    for (const char c : method) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (upper == method || find_method(upper) == nullptr) continue;
    report.at(method).with("value", method).with("method", upper).fix(0, upper);
  }
}

void check_length_required_but_given(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  const FieldView length = response.request()->field(FieldId::content_length);
  if (length.empty() || !syntax::parse_decimal(length.value())) return;
  report.at(response).with("value", length.value());
}

void check_precondition_failed_without_precondition(const MessageView& response, Reporter& report) {
  // WebDAV's If (RFC 4918 section 10.4) and If-Schedule-Tag-Match (RFC 6638) are preconditions too.
  if (!request_lacks(response, {FieldId::if_match, FieldId::if_none_match, FieldId::if_modified_since,
                                FieldId::if_unmodified_since, FieldId::if_range, FieldId::if_,
                                FieldId::if_schedule_tag_match, FieldId::overwrite}))
    return;
  report.at(response);
}

void check_precondition_required_but_given(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  for (const FieldId id : {FieldId::if_match, FieldId::if_unmodified_since})
    if (response.request()->has(id)) return (void)report.at(response).with("field", field_info(id).name);
}

void check_content_too_large_without_content(const MessageView& response, Reporter& report) {
  if (request_lacks_content(response)) report.at(response);
}

void check_unsupported_media_type_without_content(const MessageView& response, Reporter& report) {
  if (request_lacks_content(response)) report.at(response);
}

void check_range_not_satisfiable_without_content_range(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::content_range)) return;
  const MessageView* request = response.request();
  // Only for byte ranges; a request without Range has a rule of its own.
  if (request != nullptr && !request->field(FieldId::range).empty() &&
      !request->field(FieldId::range).value().starts_with("bytes"))
    return;
  if (request_lacks(response, {FieldId::range})) return;
  report.at(response);
}

void check_range_not_satisfiable_content_range(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_range);
  if (field.empty()) return;
  // Content-Range = range-unit SP ( range-resp / unsatisfied-range )
  std::string_view value = field.value();
  const std::size_t space = value.find(' ');
  const std::string_view unit = value.substr(0, space);
  if (!syntax::is_token(unit) || !(space == std::string_view::npos || unit == "bytes")) return;
  if (space != std::string_view::npos) {
    value.remove_prefix(space + 1);
    if (value.starts_with("*/") && syntax::parse_decimal(value.substr(2))) return;
  }
  report.at(field).with("value", field.value());
}

void check_range_not_satisfiable_without_range(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::range})) report.at(response);
}

void check_expectation_failed_without_expect(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::expect})) report.at(response);
}

void check_too_early_without_early_data(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::early_data})) report.at(response);
}

void check_upgrade_required_without_upgrade(const MessageView& response, Reporter& report) {
  // RFC 9113 section 8.6: there is no Upgrade in HTTP/2.
  if (response->is_http1() && !response.has(FieldId::upgrade)) report.at(response);
}

void check_legal_reasons_without_blocked_by(const MessageView& response, Reporter& report) {
  const FieldView link = response.field(FieldId::link);
  for (std::size_t i = 0; i < link.size(); ++i)
    if (is_blocked_by(link.value(i))) return;
  report.at(response);
}

void check_error_stored_against_its_definition(const MessageView& response, Reporter& report) {
  const FieldView control = response.field(FieldId::cache_control);
  if (control.empty()) return;
  const std::vector<std::string_view>& directives = control.members();
  const auto named = [&](std::string_view text, std::string_view name) {
    return ascii::equals_ignoring_case(text.substr(0, text.find('=')), name);
  };
  for (const std::string_view text : directives)
    if (named(text, "no-store")) return;
  for (const std::string_view text : directives) {
    const std::size_t equals = text.find('=');
    const bool fresh = (named(text, "max-age") || named(text, "s-maxage")) && equals != std::string_view::npos &&
                       syntax::parse_decimal(text.substr(equals + 1)).value_or(0) > 0;
    if (!fresh && !named(text, "public")) continue;
    report.at(text)
        .with("status", response->status)
        .with("value", text)
        .fix(0, set_field(response, FieldId::cache_control, "no-store"));
    return;
  }
}

void check_error_without_content(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.method() == "HEAD" || !response.complete()) return;
  if (response.content_size() > 0 || !response->excess.empty()) return;
  report.at(response).with("status", response->status);
}

// --- what the request gives no reason for -------------------------------------------------------------------------

void check_length_required_without_content(const MessageView& response, Reporter& report) {
  if (!is_safe(response.method()) || response.method() == "QUERY" || !request_lacks_content(response)) return;
  const MethodInfo* method = find_method(response.method());
  if (method->content == RequestContent::yes) return;
  report.at(response).with("method", method->name);
}

void check_uri_too_long_for_short_target(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  const Span target = (*response.request())->target;
  if (target.empty() || target.size() >= 8000) return;
  report.at(response).with("size", target.size());
}

void check_unprocessable_content_without_content(const MessageView& response, Reporter& report) {
  if (request_lacks_content(response)) report.at(response);
}

void check_header_fields_too_large_though_small(const MessageView& response, Reporter& report) {
  constexpr std::uint32_t usual = 4096;
  if (response.request() == nullptr) return;
  const Message& request = response.request()->message();
  if (request.fields.empty() || !request.head_terminated) return;
  const std::uint32_t size = request.fields.back().line.end - request.fields.front().line.begin;
  if (size < usual) report.at(response).with("size", size);
}

void check_webdav_status_elsewhere(const MessageView& response, Reporter& report) {
  if (response.method().empty() || is_webdav(response.method())) return;
  report.at(response).with("status", response->status).with("method", response.method());
}

void check_locked_without_condition(const MessageView& response, Reporter& report) {
  const bool is_xml = response.content().kind() == ContentKind::xml;
  if (!is_xml || !response.complete() || response.has(FieldId::content_encoding)) return;
  const std::string_view content = response.content().text();
  if (content.empty()) return;
  for (const std::string_view condition : {"lock-token-submitted", "no-conflicting-lock"})
    if (content.find(condition) != std::string_view::npos) return;
  report.at(response->content);
}

void check_method_not_allowed_for_get(const MessageView& response, Reporter& report) {
  const std::string_view method = response.method();
  const bool listed = response.field(FieldId::allow).lists(method);  // a contradiction of its own
  if (is_get_or_head(method) && !listed) report.at(response).with("method", method);
}

void check_conflict_instead_of_precondition_failed(const MessageView& response, Reporter& report) {
  const FieldId condition = first_of(response, {FieldId::if_match, FieldId::if_unmodified_since});
  if (condition != FieldId::unknown) report.at(response).with("field", field_info(condition).name);
}

void check_conflict_to_safe_method(const MessageView& response, Reporter& report) {
  if (is_safe(response.method())) report.at(response).with("method", response.method());
}

void check_unauthorized_for_another_scheme(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  const FieldView credentials = response.request()->field(FieldId::authorization);
  const FieldView challenges = response.field(FieldId::www_authenticate);
  if (credentials.size() != 1 || challenges.empty()) return;
  const std::string_view scheme = first_word(credentials.value());
  for (const std::string_view member : challenges.members())
    if (ascii::equals_ignoring_case(first_word(member), scheme)) return;
  report.at(response).with("scheme", scheme);
}

void check_not_found_after_sunset(const MessageView& response, Reporter& report) {
  const FieldView sunset = response.field(FieldId::sunset);
  const FieldView date = response.field(FieldId::date);
  if (sunset.size() != 1 || date.size() != 1) return;
  const auto end = sunset.date();
  const auto now = date.date();
  if (!end || !now || end->seconds >= now->seconds) return;
  std::vector<Edit> edits{replace(response->status_code, "410")};
  if (!response->reason.empty()) edits.push_back(replace(response->reason, "Gone"));
  report.at(response).fix(0, std::move(edits));
}

// --- what the response leaves unsaid ------------------------------------------------------------------------------

void check_unsupported_patch_without_accept_patch(const MessageView& response, Reporter& report) {
  if (response.method() == "PATCH" && !response.has(FieldId::accept_patch) && !request_lacks_content(response))
    report.at(response);
}

void check_unsupported_media_type_without_accept(const MessageView& response, Reporter& report) {
  if (response.method() == "PATCH" || !request_coding(response).empty()) return;
  for (const FieldId id : {FieldId::accept, FieldId::accept_post, FieldId::accept_patch, FieldId::accept_encoding})
    if (response.has(id)) return;
  report.at(response);
}

void check_unsupported_coding_without_accept_encoding(const MessageView& response, Reporter& report) {
  const std::string_view coding = request_coding(response);
  if (coding.empty() || response.has(FieldId::accept_encoding)) return;
  report.at(response).with("coding", coding);
}

void check_misdirected_request_with_alt_svc(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::alt_svc);
  if (!field.empty()) report.at(field.first()).remove(0, field);
}

void check_upgrade_required_but_offered(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  // RFC 6455 section 4.4: 426 with Sec-WebSocket-Version answers a version that the server does not speak.
  if (request == nullptr || response.has(FieldId::sec_websocket_version) || !request->has_connection_option("upgrade"))
    return;
  for (const std::string_view protocol : response.field(FieldId::upgrade).members()) {
    if (protocol.empty() || !request->field(FieldId::upgrade).lists(protocol)) continue;
    report.at(protocol).with("protocol", protocol);
    return;
  }
}

void check_allow_differs_from_cors_methods(const FieldView& methods, Reporter& report) {
  const MessageView& response = methods.message();
  const FieldView allow = response.field(FieldId::allow);
  if (methods.in_trailer() || allow.empty()) return;
  for (const std::string_view method : methods.members()) {
    if (method.empty() || method == "*" || allow.lists(method) || (method == "HEAD" && allow.lists("GET"))) continue;
    report.at(method).with("method", method);
    return;
  }
}

void check_too_many_requests_with_quota_left(const MessageView& response, Reporter& report) {
  for (const FieldLine& line : response->fields) {
    const std::string_view name = response.text(line.name);
    if (!ascii::equals_ignoring_case(name, "RateLimit-Remaining") &&
        !ascii::equals_ignoring_case(name, "X-RateLimit-Remaining"))
      continue;
    if (syntax::parse_decimal(response.value(line)).value_or(0) == 0) continue;
    report.at(line.value).with("name", name).with("value", response.value(line));
    return;
  }
  const FieldView field = response.field(FieldId::ratelimit);
  if (field.empty()) return;
  const StructuredView& limits = field.structured();
  const structured::Parameter* left = nullptr;
  // Nothing is left where one of several limits is used up.
  for (const structured::Member& limit : limits.value().members) {
    left = structured::find(limit.parameters, "r");
    if (left == nullptr || left->value.number <= 0) return;
  }
  if (left == nullptr) return;
  const Span place = limits.place(left->value.span);
  report.at(place).with("name", field.name()).with("value", response.text(place));
}

}  // namespace statuslab::lint::checks
