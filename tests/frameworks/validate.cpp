// Has our own validator read what came. Lines of "<request> <response>" in hexadecimal come in; for each, a line goes out with what
// was found in the response at warning or above: "error content-length-in-204 at 25-41", separated by ", ".
#include <algorithm>
#include <cstdio>
#include <string>
#include <string_view>

#include "statuslab/lint.h"

namespace {

using namespace statuslab;

int digit(char c) { return c <= '9' ? c - '0' : c - 'a' + 10; }

std::string bytes(std::string_view hex) {
  std::string made;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2) made += static_cast<char>(digit(hex[i]) * 16 + digit(hex[i + 1]));
  return made;
}

std::string read_all() {
  std::string text;
  char part[65536];
  while (const std::size_t got = std::fread(part, 1, sizeof part, stdin)) text.append(part, got);
  return text;
}

std::string told(const LintResult& result) {
  std::string line;
  for (const Finding& one : result.findings) {
    if (one.on != Side::response || one.severity > Severity::warning) continue;
    if (!line.empty()) line += ", ";
    line += one.severity == Severity::error ? "error " : "warning ";
    line += rule_id(one.rule);
    line += " at " + std::to_string(one.span.begin) + "-" + std::to_string(one.span.end);
  }
  return line;
}

}  // namespace

int main() {
  const std::string input = read_all();
  std::string_view rest = input;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(rest.size(), line.size() + 1));
    const std::size_t space = line.find(' ');
    if (space == std::string_view::npos) return 1;
    const std::string request = bytes(line.substr(0, space));
    const std::string response = bytes(line.substr(space + 1));
    Exchange exchange;
    exchange.request = request;
    exchange.response = response;
    exchange.scheme = Scheme::http;
    std::puts(told(lint_exchange(exchange)).c_str());
  }
  return 0;
}
