// Runs every exchange of tests/valid: nothing is found in them at warning or above.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdio>
#include <string>
#include <vector>

#include "statuslab/statuslab.h"
#include "valid_exchanges.h"

namespace statuslab::tests {
namespace {

constexpr std::size_t least = 300;

// All that is sent, with its scheme: what two entries of the corpus may not have in common.
std::string identity(const ValidExchange& exchange) {
  return std::string(exchange.scheme) + '\0' + std::string(exchange.request.value_or("\x01")) + '\0' +
         std::string(exchange.response.value_or("\x01"));
}

std::string grave_findings(const ValidExchange& exchange) {
  const Scheme scheme = exchange.scheme == "http"    ? Scheme::http
                        : exchange.scheme == "https" ? Scheme::https
                                                     : Scheme::unknown;
  const LintResult result = lint_exchange({exchange.request, exchange.response, scheme});
  std::string text;
  for (const Finding& finding : result.findings) {
    if (finding.severity != Severity::error && finding.severity != Severity::warning) continue;
    const bool on_request = finding.on == Side::request;
    const std::string_view side = on_request ? *exchange.request : *exchange.response;
    text += "  " + std::string(rule_id(finding.rule)) + (on_request ? " on request at \"" : " on response at \"") +
            std::string(side.substr(finding.span.begin, finding.span.size())) + "\"\n";
  }
  return text;
}

}  // namespace

TEST_CASE("nothing at warning or above is found in valid exchanges") {
  for (const ValidExchange& exchange : valid_exchanges) {
    INFO(exchange.place << ": " << exchange.name);
    CHECK(grave_findings(exchange) == "");
  }
}

TEST_CASE("there are enough valid exchanges, and no two are the same") {
  std::vector<std::string> distinct;
  for (const ValidExchange& exchange : valid_exchanges) distinct.push_back(identity(exchange));
  std::sort(distinct.begin(), distinct.end());
  distinct.erase(std::unique(distinct.begin(), distinct.end()), distinct.end());
  std::printf("valid exchanges: %zu distinct of %zu\n", distinct.size(), valid_exchanges.size());
  CHECK(distinct.size() == valid_exchanges.size());
  CHECK(distinct.size() >= least);
}

}  // namespace statuslab::tests
