// What belongs to a request with its method, and how it asks for things: RFC 9110 sections 7.6, 7.8, 9.3 and 10.1.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/methods.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

std::optional<std::uint64_t> declared_length(const MessageView& message) {
  const FieldView field = message.field(FieldId::content_length);
  return field.empty() ? std::nullopt : syntax::parse_decimal(field.value());
}

// Content is there, or announced; curl does not print the content of requests.
bool has_content(const MessageView& request) {
  if (request.content_size() > 0 || request.has_problem(ProblemKind::content_absent)) return true;
  if (request->dialect != Dialect::curl) return false;
  return declared_length(request).value_or(0) > 0 || request.has(FieldId::transfer_encoding);
}

// Bytes that only look like content, since nothing announces them; a line ending alone is not meant as content.
bool has_excess_content(const MessageView& request) { return request.has_problem(ProblemKind::excess_content); }

// The request without its content and what describes it.
std::vector<Edit> without_content(const MessageView& request) {
  std::vector<Edit> edits = remove_content(request);
  for (const FieldId id : {FieldId::content_length, FieldId::transfer_encoding, FieldId::trailer, FieldId::content_type,
                           FieldId::content_encoding, FieldId::content_language, FieldId::expect})
    for (Edit& edit : remove_lines(request.field(id))) edits.push_back(std::move(edit));
  return edits;
}

void report_content(const MessageView& request, Reporter& report) {
  if (has_content(request)) report.at(request).fix(0, without_content(request));
}

Edit add_connection_option(const MessageView& message, std::string_view option) {
  const FieldView field = message.field(FieldId::connection);
  if (field.empty()) return add_field(message, "Connection", option);
  const Span value = field.last().value;
  std::string text(message.text(value));
  if (!text.empty()) text += ", ";
  return replace(value, text.append(option));
}

bool answers_options(const ExchangeView& exchange) {
  return exchange.request.method() == "OPTIONS" && exchange.response->status / 100 == 2;
}

// A browser asks on behalf of CORS, and reads other fields than Allow.
bool is_preflight(const MessageView& request) { return request.has(FieldId::access_control_request_method); }

}  // namespace

// --- content and the method ---------------------------------------------------------------------------------------

void check_content_in_get(const MessageView& request, Reporter& report) { report_content(request, report); }
void check_content_in_head(const MessageView& request, Reporter& report) { report_content(request, report); }
void check_content_in_delete(const MessageView& request, Reporter& report) { report_content(request, report); }
void check_content_in_trace(const MessageView& request, Reporter& report) { report_content(request, report); }
void check_content_in_connect(const MessageView& request, Reporter& report) { report_content(request, report); }

void check_content_length_missing_in_request(const MessageView& request, Reporter& report) {
  const bool framed = request.has(FieldId::content_length) || request.has(FieldId::transfer_encoding);
  if (framed || !request->is_http1() || !request->head_terminated || has_excess_content(request)) return;
  if (request->framing == Framing::shown) return;
  report.at(request)
      .with("method", request.method())
      .fix(0, add_field(request, "Content-Length", "0"));
}

void check_content_length_needless_in_request(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  constexpr std::array<std::string_view, 6> without{"GET", "HEAD", "DELETE", "OPTIONS", "TRACE", "CONNECT"};
  const bool needless = std::find(without.begin(), without.end(), request.method()) != without.end();
  if (field.in_trailer() || !needless || declared_length(request) != 0 || has_excess_content(request)) return;
  if (request.has(FieldId::transfer_encoding)) return;
  report.at(field.first()).with("method", request.method()).remove(0, field);
}

void check_content_type_missing(const MessageView& message, Reporter& report) {
  if (message.content_size() == 0 || message.has(FieldId::content_type)) return;
  if (message->framing == Framing::tunnel || message->framing == Framing::unknown) return;
  // A 206 to If-Range leaves out what the client has already (RFC 9110 section 15.3.7).
  if (message->status == 206 || (message->is_request() && message.method() == "OPTIONS")) return;
  report.at(message);
}

void check_content_type_missing_in_options(const MessageView& request, Reporter& report) {
  if (has_content(request) && !request.has(FieldId::content_type)) report.at(request);
}

void check_put_with_content_range(const MessageView& request, Reporter& report) {
  const FieldView field = request.field(FieldId::content_range);
  if (!field.empty()) report.at(field.first()).with("range", field.value());
}

// --- answers ------------------------------------------------------------------------------------------------------

void check_options_without_allow(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (!answers_options(exchange) || response.has(FieldId::allow) || is_preflight(exchange.request)) return;
  if (exchange.request.text(exchange.request->target) != "*") report.at(response);
}

void check_options_patch_without_accept_patch(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (!answers_options(exchange) || response.has(FieldId::accept_patch)) return;
  const FieldView allow = response.field(FieldId::allow);
  for (const std::string_view member : allow.members())
    if (member == "PATCH") return void(report.at(member));
}

void check_accept_patch_contradicts_allow(const FieldView& accept, Reporter& report) {
  const MessageView& response = accept.message();
  const FieldView allow = response.field(FieldId::allow);
  if (accept.in_trailer() || allow.empty() || allow.lists("PATCH")) return;
  std::string value(allow.value());
  if (!value.empty()) value += ", ";
  report.at(accept.first())
      .with("allow", allow.value())
      .remove(0, accept)
      .fix(1, allow.value_span(), value + "PATCH");
}

void check_allow_omits_answered_method(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const std::string_view method = exchange.request.method();
  const FieldView allow = response.field(FieldId::allow);
  if (allow.empty() || response->status / 100 != 2 || method.empty() || method == "OPTIONS" || allow.lists(method))
    return;
  if (method == "HEAD" && allow.lists("GET")) return;
  std::string value(allow.value());
  if (!value.empty()) value += ", ";
  report.at(allow.first())
      .with("method", method)
      .with("status", response->status)
      .fix(0, allow.value_span(), value.append(method));
}

void check_delete_answered_with_empty_200(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (exchange.request.method() != "DELETE" || response->status != 200) return;
  if (declared_length(response) != 0 || response.has(FieldId::transfer_encoding)) return;
  if (response.content_size() != 0 || !response->excess.empty()) return;
  std::vector<Edit> edits{replace(response->status_code, "204")};
  if (!response->reason.empty()) edits.push_back(replace(response->reason, "No Content"));
  for (const FieldId id : {FieldId::content_length, FieldId::content_type})
    for (Edit& edit : remove_lines(response.field(id))) edits.push_back(std::move(edit));
  report.at(response).fix(0, std::move(edits));
}

// --- TRACE --------------------------------------------------------------------------------------------------------

void check_credentials_in_trace(const MessageView& request, Reporter& report) {
  for (const FieldId id : {FieldId::authorization, FieldId::cookie, FieldId::proxy_authorization}) {
    const FieldView field = request.field(id);
    if (field.empty()) continue;
    report.at(field.first()).with("name", field.name()).remove(0, field);
  }
}

void check_max_forwards_ignored(const FieldView& field, Reporter& report) {
  const std::string_view method = field.message().method();
  if (field.in_trailer() || method.empty() || method == "TRACE" || method == "OPTIONS") return;
  report.at(field.first()).with("method", method).remove(0, field);
}

// --- Expect -------------------------------------------------------------------------------------------------------

void check_expect_unknown(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view text : field.members()) {
    if (text.empty() || ascii::equals_ignoring_case(text, "100-continue")) continue;
    report.at(text).with("value", text).fix(0, without_member(field, text));
  }
}

void check_expect_without_content(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  if (field.in_trailer() || request->is_http_1_0() || !field.lists("100-continue")) return;
  const FieldView length = request.field(FieldId::content_length);
  const bool empty = declared_length(request) == 0;
  // Without a length, HTTP/2 may still send content.
  const bool unframed = request->is_http1() && length.empty() && !request.has(FieldId::transfer_encoding);
  const bool is_there = has_content(request) || has_excess_content(request) || request.has(FieldId::transfer_encoding);
  if (!request->head_terminated || is_there || !(empty || unframed)) return;
  report.at(field.first()).remove(0, field);
}

void check_expect_in_http_1_0(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || !field.message()->is_http_1_0() || !field.lists("100-continue")) return;
  report.at(field.first()).remove(0, field);
}

// --- fields for one connection ------------------------------------------------------------------------------------

void check_te_without_connection(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  if (field.in_trailer() || !request->is_http1() || request->is_http_1_0()) return;
  if (request.has_connection_option("TE")) return;
  report.at(field.first()).with("value", field.value()).fix(0, add_connection_option(request, "TE"));
}

void check_te_lists_chunked(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view text : field.members()) {
    const std::string_view name = ascii::trim(text.substr(0, text.find(';')));
    if (!ascii::equals_ignoring_case(name, "chunked")) continue;
    report.at(text).fix(0, without_member(field, text));
  }
}

void check_upgrade_without_connection(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || !message->is_http1()) return;
  // The fields of a 103 foretell those of the final response.
  if (message->status == 103 || message.has_connection_option("upgrade")) return;
  report.at(field.first()).with("protocols", field.value()).fix(0, add_connection_option(message, "Upgrade"));
}

// --- what an answer says about the method -------------------------------------------------------------------------

namespace {

// Media types for whole representations, which say nothing about changes (RFC 5789, erratum 3169).
bool is_full_format(std::string_view type) {
  constexpr std::array<std::string_view, 6> types{"application/json", "application/x-www-form-urlencoded",
                                                  "application/xml", "multipart/form-data", "text/html", "text/plain"};
  return is_one_of(type, types);
}

std::string_view essence(std::string_view type) { return ascii::trim(type.substr(0, type.find(';'))); }

Span first_bytes(Span span, std::size_t size) { return {span.begin, span.begin + static_cast<std::uint32_t>(size)}; }

}  // namespace

void check_accepted_to_safe_method(const MessageView& response, Reporter& report) {
  const MethodInfo* method = find_method(response.method());
  if (method != nullptr && method->safe) report.at(response).with("method", method->name);
}

void check_connect_accepted_with_close(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (exchange.request.method() != "CONNECT" || response->status / 100 != 2 || !response->is_http1()) return;
  const FieldView connection = response.field(FieldId::connection);
  const std::string_view close = connection.find_member("close");
  if (close.empty()) return;
  report.at(close).with("status", response->status).fix(0, without_member(connection, close));
}

void check_accept_post_contradicts_allow(const FieldView& accept, Reporter& report) {
  const MessageView& response = accept.message();
  const FieldView allow = response.field(FieldId::allow);
  if (accept.in_trailer() || allow.empty() || allow.lists("POST")) return;
  std::string value(allow.value());
  if (!value.empty()) value += ", ";
  report.at(accept.first())
      .with("allow", allow.value())
      .remove(0, accept)
      .fix(1, allow.value_span(), value + "POST");
}

void check_patch_in_full_format(const MessageView& request, Reporter& report) {
  const FieldView field = request.field(FieldId::content_type);
  if (field.size() != 1 || !is_full_format(essence(field.value()))) return;
  const std::string_view type = essence(field.value());
  report.at(first_bytes(field.value_span(), type.size())).with("type", type);
}

void check_accept_patch_full_format(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    const std::string_view type = essence(member);
    if (is_full_format(type)) report.at(member.substr(0, type.size())).with("type", type);
  }
}

void check_delete_content_location_itself(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView field = response.field(FieldId::content_location);
  if (exchange.request.method() != "DELETE" || response->status / 100 != 2 || field.size() != 1) return;
  const auto target = exchange.request.target_uri();
  if (!target || syntax::resolve(syntax::split_uri_reference(field.value()), *target) != *target) return;
  report.at(field.first()).remove(0, field);
}

void check_accept_types_syntax(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view member : field.members()) {
    std::string_view type = member;
    // A member of Accept-Query is a String or a Token of structured fields (RFC 10008 section 3).
    if (field.id() == FieldId::accept_query && type.starts_with('"'))
      type = type.substr(1, std::max<std::size_t>(syntax::quoted_string_length(type), 2) - 2);
    if (type.empty() || syntax::parse_media_type(type)) continue;
    report.at(member).with("field", field.name()).with("value", member);
    return;
  }
}

}  // namespace statuslab::lint::checks
