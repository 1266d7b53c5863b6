// JSON content (RFC 8259).
#include "checks/json.h"
#include "lint/content.h"
#include "lint/reporter.h"

namespace statuslab::lint::checks {

void check_json_bom(const ContentView& content, Reporter& report) {
  if (content.text().starts_with("\xEF\xBB\xBF")) report.at(content.span(0, 3)).fix(0, content.edit(0, 3, ""));
}

}  // namespace statuslab::lint::checks
