// Challenges: RFC 9110 section 11.
#include "base/ascii.h"
#include "checks/authentication.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {

void check_unauthorized_without_challenge(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::www_authenticate)) return;
  report.at(response.anchor()).fix(0, add_field(response, "WWW-Authenticate", "Bearer"));
}

void check_proxy_authentication_without_challenge(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::proxy_authenticate)) return;
  report.at(response.anchor()).fix(0, add_field(response, "Proxy-Authenticate", "Basic realm=\"proxy\""));
}

void check_challenge_syntax(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    const auto challenges = syntax::count_challenges(field.value(i));
    if (challenges.value_or(0) > 0) continue;
    const Span place = field.value(i).empty() ? field.line(i).name : field.value_span(i);
    report.at(place).with("field", field.name()).with("value", field.value(i));
  }
}

// "Basic" on its own, or followed by the next challenge of a list.
void check_basic_without_realm(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    if (ascii::equals_ignoring_case(field.value(i), "Basic")) report.at(field.value_span(i));
  }
}

}  // namespace statuslab::lint::checks
