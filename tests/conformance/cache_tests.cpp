// The public HTTP cache test suite, played with the cache machine on a virtual clock: no sockets, no waiting.
//
//   statuslab_cache_tests SUITE.json EXPECTED.tsv [--list]
//
// The suite's data is not part of this repository; without it the program says so and counts one skip. Each step of a test
// is a request by the client, what the origin would answer, and assertions. Three caches are tested: a private one (as the
// suite tests browsers), a shared one, and a CDN. A test whose dependency has not passed says nothing and is not counted.
// EXPECTED.tsv lists the tests that do not pass, each with its reason; one of them that passes is a failure as well. The
// data may be a part of the suite: what it lacks is not asked about.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "statuslab/cache.h"
#include "syntax/rfc9110.h"

namespace statuslab::tests {
namespace {

using nlohmann::json;

constexpr Instant start = 1'767'607'200'000;  // 2026-01-05T10:00:00Z
constexpr Instant hop = 5;                    // milliseconds from one party to the next
const std::string uuid = "5d2c1a7e-3b0f-4c55-9b1d-0c7f3a1e2b64";
const std::string base_url = "https://a.example/test/" + uuid;

enum class Outcome { pass, setup, fail };
struct Result {
  Outcome outcome = Outcome::pass;
  std::string why;
};

// What a test is run with. Without a cache, the client talks to the origin: the check of the checks.
struct Configuration {
  std::string name;
  std::optional<CacheKind> kind;
  bool browser;
  bool cdn;
};
const std::vector<Configuration> configurations = {
    {"private", CacheKind::private_, true, false},
    {"shared", CacheKind::shared, false, false},
    {"cdn", CacheKind::cdn, false, true},
    {"no cache", std::nullopt, false, true},
};

std::string date_at(Instant instant, std::int64_t delta) { return syntax::format_http_date(instant / 1000 + delta); }

// A value of the data: a text, or a date relative to a clock, or a place below the target.
std::string resolved(const json& value, Instant base, const std::string& target) {
  if (value.is_string()) return value;
  if (value.contains("date_delta")) {
    std::string text = date_at(base, value["date_delta"].get<std::int64_t>());
    if (value.value("format", "imf") == "imf") return text;
    // "Mon, 05 Jan 2026 10:00:00 GMT" -> "Monday, 05-Jan-26 10:00:00 GMT"
    static const std::map<std::string, std::string> days = {{"Mon", "Monday"}, {"Tue", "Tuesday"}, {"Wed", "Wednesday"},
                                                            {"Thu", "Thursday"}, {"Fri", "Friday"}, {"Sat", "Saturday"},
                                                            {"Sun", "Sunday"}};
    return days.at(text.substr(0, 3)) + ", " + text.substr(5, 2) + "-" + text.substr(8, 3) + "-" + text.substr(14);
  }
  if (value.contains("location_suffix")) return target + value["location_suffix"].get<std::string>();
  return value.dump();
}

// --- the origin ----------------------------------------------------------------------------------------------------------

struct Logged {
  int step;
  http::Request request;
  http::Fields scripted;  // the fields of the data, with their dates filled in
};

class Origin {
 public:
  explicit Origin(const json& steps) : steps_(steps) {}

  // Absent: the connection was closed without a response.
  std::optional<http::Response> answer(const http::Request& request, Instant& now) {
    const std::string* const number = http::find(request.fields, "Req-Num");
    const int step = number == nullptr ? 0 : std::stoi(*number);
    if (step < 1 || step > static_cast<int>(steps_.size())) return std::nullopt;
    const json& script = steps_[static_cast<std::size_t>(step - 1)]["origin"];
    now += static_cast<Instant>(script["delay_s"].get<double>() * 1000);
    log.push_back({step, request, {}});
    if (script["disconnect"].get<bool>()) return std::nullopt;
    for (const json& field : script["headers"])
      log.back().scripted.push_back({field[0], resolved(field[1], now, path_of(request))});
    http::Response response;
    choose_status(response, script, request);
    response.fields = {{"Server-Base-Url", path_of(request)},
                       {"Server-Request-Count", std::to_string(log.size())},
                       {"Client-Request-Count", std::to_string(step)},
                       {"Server-Now", std::to_string(now)}};
    response.fields.insert(response.fields.end(), log.back().scripted.begin(), log.back().scripted.end());
    std::string numbers;
    for (const Logged& one : log) numbers += (numbers.empty() ? "" : " ") + std::to_string(one.step);
    response.fields.push_back({"Request-Numbers", numbers});
    add_missing(response.fields, "Content-Type", "text/plain");
    add_missing(response.fields, "Date", date_at(now, 0));
    for (const json& interim : script["interim"]) {
      Interim one;
      one.status = interim["status"];
      for (const json& field : interim["headers"]) one.fields.push_back({field[0], field[1]});
      response.interim.push_back(one);
    }
    const json& body = script["body"];
    const bool has_body = response.status != 204 && response.status != 304;
    if (has_body) response.content = body.is_string() ? body.get<std::string>() : body.is_null() ? "" : uuid;
    if (has_body) add_missing(response.fields, "Content-Length", std::to_string(response.content.size()));
    if (request.method == "HEAD") response.content.clear();
    return response;
  }

  std::vector<Logged> log;

 private:
  using Interim = http::Interim;

  static std::string path_of(const http::Request& request) { return request.target.substr(request.target.find("/test/")); }
  static void add_missing(http::Fields& fields, const char* name, const std::string& value) {
    if (!http::has(fields, name)) fields.push_back({name, value});
  }
  static std::string last_value(const http::Fields& fields, const char* name) {
    std::string value;
    for (const http::Field& field : fields)
      if (http::same_name(field.name, name)) value = field.value;
    return value;
  }

  // A step that expects a validation answers 304 where the validators that the step before it scripts come back, whether or
  // not the origin was asked for that step; otherwise 999.
  void choose_status(http::Response& response, const json& script, const http::Request& request) const {
    const json& status = script["status"];
    response.reason = script["reason"].is_string() ? script["reason"].get<std::string>() : "";
    if (status.is_number()) {
      response.status = status;
      return;
    }
    response.status = status["otherwise"];
    const json validators = script.value("previous_validators", json::object());
    for (const auto& [condition, name] : {std::pair("If-None-Match", "etag"), {"If-Modified-Since", "last-modified"}}) {
      if (!validators.contains(name)) continue;
      const std::string known = validator(validators[name], name, status["validate_against_step"]);
      if (!known.empty() && http::combined(request.fields, condition) == known) response.status = status["match"];
    }
  }
  // A date that is relative to a response is known once that response was made.
  std::string validator(const json& value, const char* name, int step) const {
    if (value.is_string()) return value;
    const auto of = std::find_if(log.begin(), log.end(), [&](const Logged& one) { return one.step == step; });
    return of == log.end() ? "" : last_value(of->scripted, name);
  }

  const json& steps_;
};

// --- the parties together --------------------------------------------------------------------------------------------------

class Exchange {
 public:
  Exchange(const json& steps, const Configuration& configuration) : origin(steps) {
    if (!configuration.kind) return;
    CacheOptions options;
    options.kind = *configuration.kind;
    options.explain = false;
    cache_.emplace(options);
  }

  // Absent: the client got no response.
  std::optional<http::Response> play(const http::Request& request) {
    now += hop;
    if (!cache_) return ask_origin(request);
    CacheAnswer answer = cache_->request(request, now);
    const std::optional<BackgroundRequest> background = answer.background;
    while (answer.action == CacheAction::forward) answer = settle(answer.ticket, answer.request);
    if (background) (void)settle(background->ticket, background->request);
    now += hop;
    return answer.response;
  }

  Origin origin;
  Instant now = start;

 private:
  std::optional<http::Response> ask_origin(const http::Request& request) {
    now += hop;
    std::optional<http::Response> response = origin.answer(request, now);
    now += hop;
    return response;
  }
  CacheAnswer settle(CacheTicket ticket, const http::Request& request) {
    const std::optional<http::Response> response = ask_origin(request);
    return response ? cache_->response(ticket, *response, now) : cache_->failed(ticket, now);
  }

  std::optional<Cache> cache_;
};

http::Request make_request(const json& step, const Configuration& configuration, Instant previous_server_now,
                           const std::string& id) {
  const json& given = step["request"];
  http::Request request;
  request.method = given["method"];
  const std::string path = given["path"];
  request.target = base_url + path;
  for (const json& field : given["headers"])
    request.fields.push_back({field[0], resolved(field[1], previous_server_now, request.target)});
  if (given["body"].is_string()) request.content = given["body"];
  request.fields.push_back({"Test-ID", id});
  request.fields.push_back({"Req-Num", std::to_string(step["n"].get<int>())});
  if (!configuration.browser) {
    request.fields.push_back({"Pragma", "foo"});
    const std::optional<std::string> control = http::combined(request.fields, "Cache-Control");
    http::set(request.fields, "Cache-Control", "nothing-to-see-here" + (control ? ", " + *control : ""));
  }
  // Fetch, "HTTP-network-or-cache fetch": with cache mode "no-cache", Cache-Control: max-age=0 is appended.
  if (given["fetch"].value("cache", "") == "no-cache" && !http::has(request.fields, "Cache-Control"))
    request.fields.push_back({"Cache-Control", "max-age=0"});
  return request;
}

// --- assertions --------------------------------------------------------------------------------------------------------

std::int64_t number_in(const http::Fields& fields, const char* name, std::int64_t otherwise) {
  const std::string* const value = http::find(fields, name);
  if (value == nullptr || value->empty() || !std::all_of(value->begin(), value->end(), ::isdigit)) return otherwise;
  return std::stoll(*value);
}

struct Received {
  int step;
  std::string method;
  http::Response response;
};

bool holds_at_client(const json& assertion, const Received& got, const std::string& target) {
  const std::string check = assertion["check"];
  const http::Response& response = got.response;
  const http::Fields& fields = response.fields;
  const auto name = [&] { return assertion["name"].get<std::string>(); };
  const auto value = [&](const char* key) {
    return resolved(assertion[key], number_in(fields, "Server-Now", start), target);
  };
  const std::int64_t count = number_in(fields, "Server-Request-Count", -1);
  if (check == "no_duplicate_origin_requests") {
    std::istringstream numbers(http::combined(fields, "Request-Numbers").value_or(""));
    std::set<std::string> seen;
    for (std::string one; numbers >> one;)
      if (!seen.insert(one).second) return false;
    return true;
  }
  if (check == "from_cache") return count >= 0 ? count < got.step : response.status == 304;
  if (check == "from_origin") return count == got.step;
  if (check == "status") return response.status == assertion["status"].get<int>();
  if (check == "response_header_present") return http::has(fields, name());
  if (check == "response_header_absent") return !http::has(fields, name());
  if (check == "response_header_not_containing") return true;  // the suite's own check never fails
  if (check == "response_header_equals") return http::combined(fields, name()) == value("value");
  if (check == "response_header_same_as" || check == "response_header_equals_header")
    return http::combined(fields, name()) == http::combined(fields, assertion.value("other", ""));
  if (check == "response_header_greater") return number_in(fields, name().c_str(), -1) > assertion["value"].get<std::int64_t>();
  if (check == "interim_responses") {
    const json& wanted = assertion["value"];
    if (wanted.size() != response.interim.size()) return false;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
      if (wanted[i]["status"] != response.interim[i].status) return false;
      for (const json& field : wanted[i]["headers_present"])
        if (!http::has(response.interim[i].fields, field.get<std::string>())) return false;
    }
    return true;
  }
  if (check == "body") {
    if (got.method == "HEAD") return true;
    for (const json& status : assertion.value("unless_status", json::array()))
      if (status == response.status) return true;
    return response.content == (assertion["value"].is_string() ? assertion["value"].get<std::string>() : uuid);
  }
  throw std::runtime_error("an assertion that is not known: " + check);
}

bool holds_at_origin(const json& assertion, const Logged* entry, const Received& got) {
  const std::string check = assertion["check"];
  // A step that the origin has not seen: what the client got says it all.
  if (check == "origin_headers_reach_client") {
    if (entry == nullptr) return true;
    for (const json& name : assertion["names"]) {
      const std::string text = name;
      if (http::combined(entry->scripted, text) != http::combined(got.response.fields, text)) return false;
    }
    return true;
  }
  if (entry == nullptr) return false;
  const http::Fields& fields = entry->request.fields;
  const auto name = [&] { return assertion["name"].get<std::string>(); };
  if (check == "origin_saw_request") return entry->step == got.step;
  if (check == "method") return entry->request.method == assertion["value"].get<std::string>();
  if (check == "request_header_present") return http::has(fields, name());
  if (check == "request_header_absent") return !http::has(fields, name());
  if (check == "request_header_equals") return http::combined(fields, name()) == assertion["value"].get<std::string>();
  throw std::runtime_error("an assertion that is not known: " + check);
}

Result failed(const json& assertion, int step, const Received* got) {
  const bool by_999 = got != nullptr && got->response.status == 999 && assertion.contains("on_999");
  const bool setup = by_999 ? assertion["on_999"]["setup"].get<bool>() : assertion["setup"].get<bool>();
  return {setup ? Outcome::setup : Outcome::fail,
          "step " + std::to_string(step) + ": " + assertion["check"].get<std::string>() +
              (got == nullptr ? "" : ", status " + std::to_string(got->response.status))};
}

Result run(const json& test, const Configuration& configuration) {
  const json& steps = test["steps"];
  Exchange exchange(steps, configuration);
  std::vector<Received> received;
  Instant server_now = start;
  for (const json& step : steps) {
    const http::Request request = make_request(step, configuration, server_now, test["id"]);
    std::optional<http::Response> response = exchange.play(request);
    const int number = step["n"];
    if (!response) return {Outcome::fail, "step " + std::to_string(number) + ": no response"};
    server_now = number_in(response->fields, "Server-Now", server_now);
    received.push_back({number, request.method, *std::move(response)});
    for (const json& assertion : step["assertions"])
      if (assertion["at"] == "client" && !holds_at_client(assertion, received.back(), request.target))
        return failed(assertion, number, &received.back());
    exchange.now += static_cast<Instant>(step["pause_after_s"].get<double>() * 1000);
  }
  std::size_t next = 0;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const json& expected = test["requests"][i].value("expected_type", json());
    if (expected == "cached") continue;
    const Logged* const entry = next < exchange.origin.log.size() ? &exchange.origin.log[next++] : nullptr;
    for (const json& assertion : steps[i]["assertions"])
      if (assertion["at"] == "server" && !holds_at_origin(assertion, entry, received[i]))
        return failed(assertion, received[i].step, nullptr);
  }
  return {};
}

// --- verdicts ------------------------------------------------------------------------------------------------------------

using Results = std::map<std::string, Result>;
using Tests = std::map<std::string, json>;

bool is_run(const json& test, const Configuration& configuration) {
  if (configuration.browser) return !test["browser_skip"].get<bool>() && !test["cdn_only"].get<bool>();
  return !test["browser_only"].get<bool>() && (configuration.cdn || !test["cdn_only"].get<bool>());
}

// A dependency that is not part of the data cannot be asked and does not stand in the way.
bool is_applicable(const json& test, const Tests& tests, const Results& results) {
  for (const json& id : test["depends_on"]) {
    const auto found = tests.find(id);
    if (found == tests.end()) continue;
    const auto result = results.find(id);
    if (result == results.end() || result->second.outcome != Outcome::pass) return false;
    if (!is_applicable(found->second, tests, results)) return false;
  }
  return true;
}

struct Counts {
  int passed = 0, failed = 0, not_applicable = 0;
};

struct Deviation {
  std::string reason;
  bool seen = false;
};
using Deviations = std::map<std::pair<std::string, std::string>, Deviation>;

std::optional<Deviations> read_deviations(const char* path) {
  std::ifstream file(path);
  if (!file) return std::nullopt;
  Deviations deviations;
  std::string line;
  std::getline(file, line);  // the names of the columns
  while (std::getline(file, line)) {
    std::istringstream columns(line);
    std::string configuration, id, reason;
    std::getline(columns, configuration, '\t');
    std::getline(columns, id, '\t');
    std::getline(columns, reason);
    if (!id.empty()) deviations[{configuration, id}] = {reason};
  }
  return deviations;
}

int all(const json& data, Deviations deviations, bool list) {
  Tests tests;
  for (const json& suite : data["suites"])
    for (const json& test : suite["tests"]) tests[test["id"]] = test;
  int passed = 0, failures = 0;
  const auto fail = [&](const std::string& text) {
    ++failures;
    std::printf("FAIL %s\n", text.c_str());
  };
  for (const Configuration& configuration : configurations) {
    Results results;
    for (const auto& [id, test] : tests)
      if (is_run(test, configuration)) results[id] = run(test, configuration);
    std::map<std::string, Counts> counts;
    for (const auto& [id, test] : tests) {
      const std::string kind = test["kind"];
      Counts& count = counts[kind];
      const auto result = results.find(id);
      if (result == results.end() || result->second.outcome == Outcome::setup || !is_applicable(test, tests, results)) {
        ++count.not_applicable;
        if (list && result != results.end())
          std::printf("%s\t%s\t%s\tn.a.\t%s\n", configuration.name.c_str(), kind.c_str(), id.c_str(), result->second.why.c_str());
        continue;
      }
      const bool pass = result->second.outcome == Outcome::pass;
      ++(pass ? count.passed : count.failed);
      if (list)
        std::printf("%s\t%s\t%s\t%s\t%s\n", configuration.name.c_str(), kind.c_str(), id.c_str(), pass ? "pass" : "fail",
                    result->second.why.c_str());
      if (kind == "check" || !configuration.kind) continue;  // these only inform
      const auto deviation = deviations.find({configuration.name, id});
      if (deviation != deviations.end()) {
        deviation->second.seen = !pass;
        if (pass) fail(configuration.name + ": " + id + " passes, though it is listed as a deviation");
      } else if (!pass) {
        fail(configuration.name + ": " + id + " (" + kind + "): " + result->second.why);
      } else {
        ++passed;
      }
    }
    std::printf("%-8s", configuration.name.c_str());
    for (const char* kind : {"required", "optimal", "check"}) {
      const Counts& count = counts[kind];
      std::printf("  %s %d %s, %d %s, %d n.a.", kind, count.passed, kind == std::string("check") ? "yes" : "passed",
                  count.failed, kind == std::string("check") ? "no" : "failed", count.not_applicable);
    }
    std::printf("\n");
    // Without a cache nothing comes from one. Would such tests pass all the same, the checks would prove nothing.
    if (!configuration.kind && counts["optimal"].passed > 1) fail("optimal tests pass without a cache");
  }
  for (const auto& [key, deviation] : deviations) {
    if (deviation.seen) std::printf("deviation: %s: %s: %s\n", key.first.c_str(), key.second.c_str(), deviation.reason.c_str());
  }
  std::printf("tally: %d passed, %d failed, 0 skipped\n", passed, failures);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace statuslab::tests

int main(int count, char** arguments) {
  if (count < 3) {
    std::fprintf(stderr, "usage: statuslab_cache_tests SUITE.json EXPECTED.tsv [--list]\n");
    return 2;
  }
  std::ifstream file(arguments[1]);
  if (!file) {
    std::printf("cache tests: skipped, because there is no %s\ntally: 0 passed, 0 failed, 1 skipped\n", arguments[1]);
    return 0;
  }
  const auto deviations = statuslab::tests::read_deviations(arguments[2]);
  if (!deviations) {
    std::fprintf(stderr, "there is no %s\n", arguments[2]);
    return 2;
  }
  return statuslab::tests::all(nlohmann::json::parse(file), *deviations, count > 3);
}
