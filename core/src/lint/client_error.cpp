// 4xx (Client Error), RFC 9110 section 15.5, RFC 6585, RFC 7725, RFC 8470.
#include <algorithm>
#include <initializer_list>
#include <string>

#include "base/ascii.h"
#include "checks/client_error.h"
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

}  // namespace

void check_method_not_allowed_without_allow(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::allow)) return;
  report.at(response.anchor()).fix(0, add_field(response, "Allow", "GET, HEAD"));
}

void check_method_not_allowed_but_listed(const MessageView& response, Reporter& report) {
  const std::string_view method = response.method();
  if (method.empty()) return;
  for (const Span member : response.field(FieldId::allow).members())
    if (response.text(member) == method) return (void)report.at(member).with("method", method);
}

void check_allow_syntax(const FieldView& field, Reporter& report) {
  for (const Span member : field.members()) {
    const std::string_view method = field.message().text(member);
    if (!method.empty() && !syntax::is_token(method)) report.at(member).with("value", method);
  }
}

void check_allow_method_lowercase(const FieldView& field, Reporter& report) {
  for (const Span member : field.members()) {
    const std::string_view method = field.message().text(member);
    std::string upper;
    for (const char c : method) upper += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (upper == method || find_method(upper) == nullptr) continue;
    report.at(member).with("value", method).with("method", upper).fix(0, replace(member, upper));
  }
}

void check_length_required_but_given(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  const FieldView length = response.request()->field(FieldId::content_length);
  if (length.empty() || !syntax::parse_decimal(length.value())) return;
  report.at(response.anchor()).with("value", length.value());
}

void check_precondition_failed_without_precondition(const MessageView& response, Reporter& report) {
  // WebDAV's If (RFC 4918 section 10.4) and If-Schedule-Tag-Match (RFC 6638) are preconditions too.
  if (!request_lacks(response, {FieldId::if_match, FieldId::if_none_match, FieldId::if_modified_since,
                                FieldId::if_unmodified_since, FieldId::if_range, FieldId::if_,
                                FieldId::if_schedule_tag_match, FieldId::overwrite}))
    return;
  report.at(response.anchor());
}

void check_precondition_required_but_given(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr) return;
  for (const FieldId id : {FieldId::if_match, FieldId::if_unmodified_since})
    if (response.request()->has(id)) return (void)report.at(response.anchor()).with("field", field_info(id).name);
}

void check_content_too_large_without_content(const MessageView& response, Reporter& report) {
  if (request_lacks_content(response)) report.at(response.anchor());
}

void check_unsupported_media_type_without_content(const MessageView& response, Reporter& report) {
  if (request_lacks_content(response)) report.at(response.anchor());
}

void check_range_not_satisfiable_without_content_range(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::content_range)) return;
  const MessageView* request = response.request();
  // Only for byte ranges; a request without Range has a rule of its own.
  if (request != nullptr && !request->field(FieldId::range).empty() &&
      !request->field(FieldId::range).value().starts_with("bytes"))
    return;
  if (request_lacks(response, {FieldId::range})) return;
  report.at(response.anchor());
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
  report.at(field.value_span()).with("value", field.value());
}

void check_range_not_satisfiable_without_range(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::range})) report.at(response.anchor());
}

void check_expectation_failed_without_expect(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::expect})) report.at(response.anchor());
}

void check_too_early_without_early_data(const MessageView& response, Reporter& report) {
  if (request_lacks(response, {FieldId::early_data})) report.at(response.anchor());
}

void check_upgrade_required_without_upgrade(const MessageView& response, Reporter& report) {
  // RFC 9113 section 8.6: there is no Upgrade in HTTP/2.
  if (response->is_http1() && !response.has(FieldId::upgrade)) report.at(response.anchor());
}

void check_legal_reasons_without_blocked_by(const MessageView& response, Reporter& report) {
  const FieldView link = response.field(FieldId::link);
  for (std::size_t i = 0; i < link.size(); ++i)
    if (is_blocked_by(link.value(i))) return;
  report.at(response.anchor());
}

void check_error_stored_against_its_definition(const MessageView& response, Reporter& report) {
  const FieldView control = response.field(FieldId::cache_control);
  if (control.empty()) return;
  const std::vector<Span> directives = control.members();
  const auto named = [&](Span member, std::string_view name) {
    const std::string_view text = response.text(member);
    return ascii::equals_ignoring_case(text.substr(0, text.find('=')), name);
  };
  for (const Span member : directives)
    if (named(member, "no-store")) return;
  for (const Span member : directives) {
    const std::string_view text = response.text(member);
    const std::size_t equals = text.find('=');
    const bool fresh = (named(member, "max-age") || named(member, "s-maxage")) && equals != std::string_view::npos &&
                       syntax::parse_decimal(text.substr(equals + 1)).value_or(0) > 0;
    if (!fresh && !named(member, "public")) continue;
    report.at(member)
        .with("status", response->status)
        .with("value", text)
        .fix(0, set_field(response, FieldId::cache_control, "no-store"));
    return;
  }
}

void check_error_without_content(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.method() == "HEAD" || !response.complete()) return;
  if (response.content_size() > 0 || !response->excess.empty()) return;
  report.at(response.anchor()).with("status", response->status);
}

}  // namespace statuslab::lint::checks
