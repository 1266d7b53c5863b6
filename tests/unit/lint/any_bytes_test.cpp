// Texts that a fuzzer found to step outside of a view. The sanitizers and the library's own assertions judge them.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "statuslab/statuslab.h"

namespace statuslab::tests {
namespace {

void lint_all(std::string_view text) {
  for (const Scheme scheme : {Scheme::unknown, Scheme::http, Scheme::https}) {
    const LintResult alone = lint_exchange({std::nullopt, text, scheme}, {.now = 1'795'600'000, .explain = true});
    for (const Finding& finding : alone.findings) CHECK(finding.span.end <= text.size());
    const LintResult request = lint_exchange({text, std::nullopt, scheme}, {.now = 1'795'600'000, .explain = true});
    for (const Finding& finding : request.findings) CHECK(finding.span.end <= text.size());
  }
}

}  // namespace

TEST_CASE("an empty member beside a Content-Length that overflows") {
  lint_all("HTTP/1.1 200 OK\r\nContent-Type: application/octet-stream\r\nContent-Length: 18446744073709551615,\r\n\r\n");
  lint_all("HTTP/1.1 200 OK\r\nContent-Length: ,18446744073709551616\r\n\r\n");
}

}  // namespace statuslab::tests
