// 5xx (Server Error), RFC 9110 section 15.6, RFC 6585 section 6.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "checks/server_error.h"
#include "lint/reporter.h"

namespace statuslab::lint::checks {

void check_not_implemented_for_general_method(const MessageView& response, Reporter& report) {
  const std::string_view method = response.method();
  if (method == "GET" || method == "HEAD") report.at(response).with("method", method);
}

void check_service_unavailable_without_retry_after(const MessageView& response, Reporter& report) {
  if (!response.has(FieldId::retry_after)) report.at(response);
}

void check_network_authentication_with_challenge(const MessageView& response, Reporter& report) {
  for (const FieldId id : {FieldId::www_authenticate, FieldId::proxy_authenticate}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    const FieldLine& line = field.first();
    report.at(line).with("field", field.name()).remove(0, field);
  }
}

void check_not_extended_obsolete(const MessageView& response, Reporter& report) { report.at(response); }

void check_not_implemented_for_known_method(const MessageView& response, Reporter& report) {
  constexpr std::array<std::string_view, 4> known{"POST", "PUT", "DELETE", "OPTIONS"};
  const std::string_view method = response.method();
  if (std::find(known.begin(), known.end(), method) != known.end()) report.at(response).with("method", method);
}

void check_gateway_error_unattributed(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::via) || response.has(FieldId::proxy_status)) return;
  report.at(response).with("status", response->status);
}

void check_version_refused_in_itself(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || (*request)->version.empty() || (*request)->version_major != response->version_major) return;
  report.at(response).with("version", response.text(response->version));
}

void check_variant_negotiates_without_negotiation(const MessageView& response, Reporter& report) {
  if (response.request() == nullptr || response.request()->has(FieldId::negotiate)) return;
  report.at(response);
}

void check_loop_detected_without_depth(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || response.method().empty()) return;
  const FieldView depth = request->field(FieldId::depth);
  // The methods whose Depth is infinity where it is left out.
  constexpr std::array<std::string_view, 5> deep{"COPY", "DELETE", "LOCK", "MOVE", "PROPFIND"};
  const bool is_deep = depth.empty() ? std::find(deep.begin(), deep.end(), response.method()) != deep.end()
                                     : ascii::equals_ignoring_case(depth.value(), "infinity");
  if (!is_deep) report.at(response).with("method", response.method());
}

void check_network_authentication_over_https(const MessageView& response, Reporter& report) {
  if (response.scheme() == Scheme::https) report.at(response);
}

void check_network_authentication_with_form(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::content_encoding)) return;
  const std::string_view content = response.text(response->content);
  for (const std::string_view input : {"<input type=\"password\"", "<input type=password"}) {
    const std::size_t at = content.find(input);
    if (at == std::string_view::npos) continue;
    const std::uint32_t begin = response->content.begin + static_cast<std::uint32_t>(at);
    report.at({begin, begin + static_cast<std::uint32_t>(input.size())});
    return;
  }
}

}  // namespace statuslab::lint::checks
