// Conditional requests and validators, RFC 9110 sections 8.8 and 13, in one exchange and over several.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/conditional.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

bool is_full_answer(const ExchangeView& exchange) {
  return exchange.response->status == 200 && exchange.response.method() == "GET";
}

// The field as the earlier 200 has it, missing in the 304 or 206 that has to repeat it.
void report_omitted(const ExchangeView& exchange, Reporter& report) {
  const ExchangeView* const full = exchange.find_previous(is_full_answer);
  if (full == nullptr || exchange.response.method() != "GET") return;
  for (const FieldId id : {FieldId::cache_control, FieldId::content_location, FieldId::etag, FieldId::expires,
                           FieldId::vary}) {
    const FieldView before = full->response.field(id);
    if (before.empty() || exchange.response.has(id)) continue;
    // Without the entity tag that was asked for, another rule speaks.
    if (id == FieldId::etag && exchange.request.has(FieldId::if_none_match)) continue;
    Report finding = report.at(exchange.response.anchor()).with("field", before.name()).with("value", before.value());
    // What Expires would say now is not what it said then.
    if (id != FieldId::expires && before.size() == 1)
      finding.fix(0, add_field(exchange.response, before.name(), before.value()));
    return;
  }
}

}  // namespace

// --- several exchanges -------------------------------------------------------------------------------------------

void check_not_modified_omits_field(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status == 304) report_omitted(exchange, report);
}

}  // namespace statuslab::lint::checks
