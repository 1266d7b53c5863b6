// 5xx (Server Error), RFC 9110 section 15.6, RFC 6585 section 6.
#include "checks/server_error.h"
#include "lint/reporter.h"

namespace statuslab::lint::checks {

void check_not_implemented_for_general_method(const MessageView& response, Reporter& report) {
  const std::string_view method = response.method();
  if (method == "GET" || method == "HEAD") report.at(response.anchor()).with("method", method);
}

void check_service_unavailable_without_retry_after(const MessageView& response, Reporter& report) {
  if (!response.has(FieldId::retry_after)) report.at(response.anchor());
}

void check_network_authentication_with_challenge(const MessageView& response, Reporter& report) {
  for (const FieldId id : {FieldId::www_authenticate, FieldId::proxy_authenticate}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    const FieldLine& line = field.first();
    report.at(line.visible()).with("field", field.name()).fix(0, remove_lines(field));
  }
}

void check_not_extended_obsolete(const MessageView& response, Reporter& report) { report.at(response.anchor()); }

}  // namespace statuslab::lint::checks
