#include "checks/ranges.h"
#include "lint/reporter.h"

namespace statuslab::lint::checks {

}  // namespace statuslab::lint::checks
