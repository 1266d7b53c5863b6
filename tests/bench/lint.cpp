// Whole messages through parser and all rules.
//   bench_lint CORPUS            microseconds a message, without and with JSON
//   bench_lint --rate CORPUS     messages a second of processor time, as a number
//   bench_lint --sizes           nanoseconds a byte for texts of 1 KB to 10 MB; fails where the time is not linear
#include <ctime>

#include "bench/corpus.h"
#include "statuslab/statuslab.h"

namespace {

using namespace statuslab;
using namespace statuslab::bench;

// Of this process: what else the machine does is not counted.
double cpu_nanoseconds() {
  timespec time{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e9 + static_cast<double>(time.tv_nsec);
}

int show(const std::vector<std::string>& messages) {
  const auto each = [&](auto&& work) {
    std::uint64_t sum = 0;
    for (const std::string& message : messages) sum += work(Exchange{std::nullopt, message, Scheme::https});
    return sum;
  };
  std::vector<Contender> contenders{
      {"parse + lint", [&] { return each([](const Exchange& e) { return lint_exchange(e).checks; }); }},
      {"... + JSON", [&] { return each([](const Exchange& e) { return to_json(lint_exchange(e), e).size(); }); }},
  };
  measure(contenders, messages.size(), 9, 60);
  std::printf("native: %zu messages, %zu rules\n", messages.size(), rule_count());
  for (const Contender& contender : contenders) {
    const double time = median(contender.nanoseconds);
    std::printf("  %-14s %8.2f us a message (median), %.0f messages/s\n", contender.name.c_str(), time / 1000, 1e9 / time);
  }
  return 0;
}

int rate(const std::vector<std::string>& messages) {
  const double begin = cpu_nanoseconds();
  double done = 0;
  std::uint64_t findings = 0;
  while (cpu_nanoseconds() - begin < 1e9) {
    for (const std::string& message : messages)
      findings += lint_exchange({std::nullopt, message, Scheme::https}).findings.size();
    done += static_cast<double>(messages.size());
  }
  std::printf("%.0f\n", done * 1e9 / (cpu_nanoseconds() - begin));
  return findings == 0 ? 1 : 0;
}

std::string repeated(std::string_view unit, std::size_t size) {
  std::string text;
  while (text.size() < size) text += unit;
  return text;
}

std::string with_content(std::string_view type, std::string content) {
  return "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: " + std::string(type) +
         "\r\nContent-Length: " + std::to_string(content.size()) + "\r\n\r\n" + content;
}

std::string with_fields(const std::string& fields) {
  return "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n" + fields + "\r\n";
}

struct Shape {
  const char* name;
  std::string (*make)(std::size_t size);
};

constexpr Shape shapes[] = {
    {"HTML", [](std::size_t n) { return with_content("text/html; charset=utf-8", repeated("<p>hello, \xC3\xBC</p>\n", n)); }},
    {"JSON", [](std::size_t n) { return with_content("application/json", "[" + repeated("{\"a\":[1,true,\"x\\n\"]},", n) + "null]"); }},
    {"XML", [](std::size_t n) { return with_content("application/xml", "<a>" + repeated("<b c=\"d\">e</b>", n) + "</a>"); }},
    {"form", [](std::size_t n) { return with_content("application/x-www-form-urlencoded", "a=" + repeated("b&c=%20d", n)); }},
    {"event stream", [](std::size_t n) { return with_content("text/event-stream", repeated("data: x\n\n", n)); }},
    {"octets", [](std::size_t n) { return with_content("application/octet-stream", std::string(n, '\0')); }},
    {"chunks", [](std::size_t n) {
       return "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Type: text/plain\r\nTransfer-Encoding: chunked\r\n\r\n" +
              repeated("5\r\nhello\r\n", n) + "0\r\n\r\n";
     }},
    {"unknown fields", [](std::size_t n) { return with_fields(repeated("X-Name: a value of some length\r\n", n)); }},
    {"cookies", [](std::size_t n) { return with_fields(repeated("Set-Cookie: a=b; Path=/; Secure; HttpOnly\r\n", n)); }},
    {"one long list", [](std::size_t n) { return with_fields("Vary: " + repeated("Accept, ", n) + "Accept\r\n"); }},
    {"directives", [](std::size_t n) { return with_fields("Cache-Control: " + repeated("no-cache, ", n) + "a=b\r\n"); }},
    {"links", [](std::size_t n) { return with_fields("Link: " + repeated("</a>; rel=preload; as=style, ", n) + "</b>; rel=next\r\n"); }},
    {"quotes", [](std::size_t n) { return with_fields("Cache-Control: " + repeated("\"\\", n) + "\r\n"); }},
    {"policy", [](std::size_t n) { return with_fields("Content-Security-Policy: " + repeated("img-src 'self'; ", n) + "\r\n"); }},
    {"one long target", [](std::size_t n) { return "GET /" + repeated("a/%20?b=c&", n) + " HTTP/1.1\r\nHost: a.example\r\n\r\n"; }},
    {"early hints", [](std::size_t n) { return repeated("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload; as=style\r\n\r\n", n); }},
    {"line ends", [](std::size_t n) { return std::string(n, '\n'); }},
    {"no message", [](std::size_t n) { return repeated("x: y z\n", n); }},
};

double nanoseconds_a_byte(const std::string& text) {
  double best = 1e30;
  const double stop = cpu_nanoseconds() + 5e7;
  int runs = 0;
  do {
    const double begin = cpu_nanoseconds();
    const bool is_request = text.starts_with("GET");
    const LintResult result = is_request ? lint_exchange({text, std::nullopt, Scheme::https}) : lint_exchange({std::nullopt, text, Scheme::https});
    best = std::min(best, cpu_nanoseconds() - begin);
  } while (++runs < 2 || cpu_nanoseconds() < stop);
  return best / static_cast<double>(text.size());
}

int sizes() {
  constexpr std::size_t all[] = {1'000, 10'000, 100'000, 1'000'000, 10'000'000};
  bool linear = true;
  std::printf("ns a byte          1 KB    10 KB   100 KB     1 MB    10 MB\n");
  for (const Shape& shape : shapes) {
    std::printf("  %-15s", shape.name);
    double at[5] = {};
    for (int i = 0; i < 5; ++i) {
      at[i] = nanoseconds_a_byte(shape.make(all[i]));
      std::printf("%9.2f", at[i]);
      std::fflush(stdout);
      // A text ten times as long may take fifteen times as long before it is given up: caches have an end.
      if (i > 1 && at[i] > 1.5 * std::max(at[i - 1], at[1]) * 2) break;
    }
    const bool is_linear = at[4] > 0 && at[4] <= 3 * at[2];
    std::printf("%s\n", is_linear ? "" : "   not linear");
    linear = linear && is_linear;
  }
  return linear ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  const std::string_view option = argc > 1 ? argv[1] : "";
  if (argc == 2 && option == "--sizes") return sizes();
  if (argc == 3 && option == "--rate") return rate(read_corpus(argv[2]));
  if (argc == 2) return show(read_corpus(argv[1]));
  std::fprintf(stderr, "usage: bench_lint [--rate] CORPUS | bench_lint --sizes\n");
  return 2;
}
