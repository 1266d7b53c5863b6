// The scenarios of the gallery: each leads where its file says, by a decision that names its source.
#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

#include "statuslab/lint.h"
#include "statuslab/registry.h"
#include "statuslab/simulate_json.h"

namespace statuslab::tests {
namespace {

using nlohmann::json;

struct Preset {
  std::string id;
  json file;
  json trace;
};

std::vector<Preset> play_all() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(STATUSLAB_SOURCE_DIR "/web/src/content/scenarios")) paths.push_back(entry.path());
  std::sort(paths.begin(), paths.end());
  std::vector<Preset> presets;
  for (const auto& path : paths) {
    std::ifstream in(path, std::ios::binary);
    const std::string text((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
    Preset preset{path.stem().string(), json::parse(text, nullptr, false), {}};
    INFO(preset.id);
    REQUIRE(preset.file.is_object());
    const json result = json::parse(simulate_json(preset.file["scenario"].dump()), nullptr, false);
    INFO(result.dump().substr(0, 2000));
    REQUIRE(result.contains("events"));
    preset.trace = result;
    presets.push_back(std::move(preset));
  }
  return presets;
}

const std::vector<Preset>& presets() {
  static const std::vector<Preset> all = play_all();
  return all;
}

bool is_response(const json& event, int status) {
  return event["kind"] == "message" && event["side"] == "response" && event["status"] == status;
}

// 208 never stands in a status line, 424 not always.
bool is_inside_207(const json& event, int status) {
  return is_response(event, 207) && event["wire"].get<std::string>().find("<D:status>HTTP/1.1 " + std::to_string(status)) != std::string::npos;
}

// Nobody correct sends these.
const std::set<int> given_only = {305, 306, 418};

// Why the scenario fails to reach its status, empty where it does.
std::string fault_of(const Preset& preset) {
  const int code = preset.file["code"];
  const json& events = preset.trace["events"];
  const auto message = std::find_if(events.begin(), events.end(), [code](const json& e) { return is_response(e, code) || is_inside_207(e, code); });
  if (message == events.end()) return "no response has the status";
  if (given_only.count(code) != 0) return preset.file["scenario"].contains("given") ? "" : "a correct origin sends it";
  for (const json& event : events) {
    if (event["kind"] != "decision" || event["gives"] != code) continue;
    if (event["cite"].empty()) return "the decision cites nothing";
    return "";
  }
  return "no decision gives it";
}

TEST_CASE("each scenario of a code reaches it, by a decision with a citation") {
  for (const Preset& preset : presets()) {
    if (preset.file["code"].is_null()) continue;
    INFO(preset.id);
    CHECK(fault_of(preset) == "");
  }
}

TEST_CASE("there is a scenario for every code that is registered, reserved or registered for now") {
  std::set<int> wanted, there;
  for (const StatusInfo& info : all_statuses())
    if (info.kind == StatusKind::registered || info.kind == StatusKind::reserved || info.kind == StatusKind::temporary) wanted.insert(info.code);
  for (const Preset& preset : presets())
    if (!preset.file["code"].is_null()) there.insert(preset.file["code"].get<int>());
  CHECK(there == wanted);
}

// What the caller of each story gets, step by step; 0: no response.
const std::map<std::string, std::vector<int>> stories = {
    {"double-submit", {201, 201, 200}},
    {"idempotency-key", {201, 201, 404}},
    {"put-twice", {201, 204, 200}},
    {"lost-update", {200, 200, 204, 204, 200}},
    {"lost-update-prevented", {200, 200, 204, 412, 200}},
    {"vary-missing", {200, 200}},
    {"vary-there", {200, 200, 200}},
    {"retry-storm", {503, 503, 503, 200}},
    {"retry-after", {200, 200, 200}},
    {"post-through-301", {200}},
    {"post-through-308", {200}},
    {"204-with-content", {204, 200}},
    {"preflight-refused", {0}},
    {"preflight-granted", {204}},
    {"stale-while-revalidate", {200, 200, 200}},
    {"stale-if-error", {200, 200}},
    {"range-resume", {200, 206}},
    {"range-changed", {200, 200}},
    {"captive-portal", {511, 200}},
    {"rate-limit-window", {200, 200, 429, 200}},
    {"feed-twice", {200, 200}},
};

std::vector<int> outcomes_of(const Preset& preset) {
  std::vector<json> outcomes = preset.trace["outcomes"].get<std::vector<json>>();
  std::stable_sort(outcomes.begin(), outcomes.end(), [](const json& a, const json& b) { return a["step"] < b["step"]; });
  std::vector<int> statuses;
  for (const json& outcome : outcomes) statuses.push_back(outcome["status"]);
  return statuses;
}

TEST_CASE("each story ends as it is told") {
  for (const Preset& preset : presets()) {
    if (!preset.file["code"].is_null()) continue;
    INFO(preset.id);
    const auto told = stories.find(preset.id);
    REQUIRE(told != stories.end());
    CHECK(outcomes_of(preset) == told->second);
  }
}

// --- what the stories are about -----------------------------------------------------------------------------------------

const Preset& find(const std::string& id) {
  const auto found = std::find_if(presets().begin(), presets().end(), [&id](const Preset& preset) { return preset.id == id; });
  REQUIRE(found != presets().end());
  return *found;
}

// What the first client gets in a step: the wire of its last response.
std::string received(const Preset& preset, int step) {
  std::string wire;
  for (const json& event : preset.trace["events"])
    if (event["kind"] == "message" && event["side"] == "response" && event["to"] == "client" && event["step"] == step) wire = event["wire"];
  return wire;
}

// Start lines of the requests that reach the origin.
std::vector<std::string> asked(const Preset& preset) {
  std::vector<std::string> lines;
  for (const json& event : preset.trace["events"])
    if (event["kind"] == "message" && event["side"] == "request" && event["to"] == "origin")
      lines.push_back(event["method"].get<std::string>() + " " + event["target"].get<std::string>());
  return lines;
}

TEST_CASE("without Vary the French reader gets English, with it French") {
  CHECK(received(find("vary-missing"), 1).find("Content-Language: en") != std::string::npos);
  CHECK(received(find("vary-there"), 1).find("Content-Language: fr") != std::string::npos);
}

TEST_CASE("the first editor's words are gone, or the second is told") {
  CHECK(received(find("lost-update"), 4).find("<p>second</p>") != std::string::npos);
  CHECK(received(find("lost-update-prevented"), 4).find("<p>first</p>") != std::string::npos);
}

TEST_CASE("POST arrives as GET through 301, as POST through 308") {
  CHECK(asked(find("post-through-301")) == std::vector<std::string>{"POST https://a.example/old", "GET https://a.example/new"});
  CHECK(asked(find("post-through-308")) == std::vector<std::string>{"POST https://a.example/old", "POST https://a.example/new"});
}

TEST_CASE("Retry-After saves the origin requests") {
  CHECK(asked(find("retry-after")).size() == 6);
  CHECK(asked(find("retry-storm")).size() > 6);
}

TEST_CASE("a preflight that is refused keeps PUT from being sent") {
  const auto refused = asked(find("preflight-refused")), granted = asked(find("preflight-granted"));
  CHECK(refused.size() == 1);
  CHECK(granted.back() == "PUT https://a.example/api/1");
}

TEST_CASE("the linter finds nothing to warn about in what the origins of the gallery decide to send") {
  for (const Preset& preset : presets()) {
    // Here others had a hand in what is on the wire.
    if (preset.file["scenario"].contains("given") || preset.file["scenario"].contains("network")) continue;
    std::map<int, std::string> requests;
    for (const json& event : preset.trace["events"]) {
      if (event["kind"] != "message") continue;
      const int exchange = event["exchange"];
      if (event["side"] == "request") requests[exchange] += event["wire"].get<std::string>();
      if (event["side"] == "request" || event["actor"] != "origin" || event["decision"].is_null()) continue;
      const std::string response = event["wire"];
      const Scheme scheme = requests[exchange].find("http:") != std::string::npos ? Scheme::http : Scheme::https;
      const LintResult result = lint_exchange({requests[exchange], response, scheme}, {});
      for (const Finding& finding : result.findings) {
        if (finding.on != Side::response || finding.severity > Severity::warning) continue;
        // Its story: an origin that asks a preflight to log in.
        if (preset.id == "preflight-refused" && rule_id(finding.rule) == "cors-preflight-status") continue;
        INFO(preset.id << ": " << rule_id(finding.rule) << "\n" << requests[exchange] << response);
        CHECK(false);
      }
    }
  }
}

}  // namespace
}  // namespace statuslab::tests
