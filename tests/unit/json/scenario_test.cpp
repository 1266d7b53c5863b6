// Scenarios as JSON: what is read, what is told, and whole traces beside their golden files (scripts/accept makes them).
#include "statuslab/simulate_json.h"

#include <catch2/catch_test_macros.hpp>
#include <cstdio>
#include <cstdlib>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

namespace statuslab::tests {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* names[] = {
    "captive-portal",  "early-hints", "expect-continue", "given-204-with-content", "not-modified", "origin-goes-silent",
    "redirect-through-proxy", "shared-cache-goes-stale", "smallest",
};

std::string path(const std::string& name, const char* file) { return std::string(STATUSLAB_SOURCE_DIR "/tests/traces/") + name + "/" + file; }

std::optional<std::string> read_file(const std::string& file) {
  std::FILE* stream = std::fopen(file.c_str(), "rb");
  if (stream == nullptr) return std::nullopt;
  std::string text;
  char buffer[65536];
  for (std::size_t count; (count = std::fread(buffer, 1, sizeof buffer, stream)) > 0;) text.append(buffer, count);
  std::fclose(stream);
  return text;
}

void write_file(const std::string& file, const std::string& text) {
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  REQUIRE(stream != nullptr);
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fclose(stream);
}

// One line a mistake.
std::string told(const std::string& scenario) {
  const Json answer = Json::parse(simulate_json(scenario));
  if (!answer.contains("mistakes")) return "";
  std::string lines;
  for (const Json& mistake : answer["mistakes"])
    lines += mistake["pointer"].get<std::string>() + " | " + mistake["value"].get<std::string>() + " | " + mistake["expected"].get<std::string>() + "\n";
  return lines;
}

}  // namespace

TEST_CASE("the trace of a scenario is what its golden file says", "[simulate]") {
  const bool accept = std::getenv("STATUSLAB_ACCEPT") != nullptr;
  for (const char* name : names) {
    INFO("tests/traces/" << name);
    const auto scenario = read_file(path(name, "scenario.json"));
    REQUIRE(scenario);
    const std::string trace = Json::parse(simulate_json(*scenario)).dump(1) + "\n";
    if (accept) write_file(path(name, "trace.json"), trace);
    CHECK(read_file(path(name, "trace.json")) == trace);
  }
}

TEST_CASE("everything in a scenario has a default", "[simulate]") {
  for (const char* scenario : {"{}", R"({"client":{}})", R"({"steps":[]})", R"({"shared_cache":{},"proxy":{},"client":{"private_cache":{}}})"}) {
    INFO(scenario);
    CHECK(told(scenario).empty());
    const Json trace = Json::parse(simulate_json(scenario));
    REQUIRE(trace["outcomes"].size() == 1);
    CHECK(trace["outcomes"][0]["status"] == 200);
  }
}

TEST_CASE("mistakes in a scenario are told with their place", "[simulate]") {
  CHECK(told(R"({"client":{"request":{"method":"GE T"}}})") == "/client/request/method | \"GE T\" | a method (RFC 9110 section 9.1: a token)\n");
  CHECK(told(R"({"client":{"request":{"method":"GET"}}})").empty());
  CHECK(told(R"({"client":{"request":{"target":"/x"}}})").starts_with("/client/request/target | \"/x\" | an absolute http or https URI"));
  CHECK(told(R"({"client":{"request":{"fields":[["A"]]}}})").starts_with("/client/request/fields/0 | […] | a name and a value"));
  CHECK(told(R"({"client":{"request":{"fields":[["A","b\r\nC: d"]]}}})").starts_with("/client/request/fields/0/1 | \"b\\r\\nC: d\" | a field value"));
  CHECK(told(R"({"clock":{"start":"2026-02-30T10:00:00Z"}})") == "/clock/start | \"2026-02-30T10:00:00Z\" | a time like \"2026-01-05T10:00:00Z\"\n");
  CHECK(told(R"({"clock":{"start":"2028-02-29T10:00:00Z"}})").empty());
  CHECK(told(R"({"orgin":{}})").find("\"origin\" is near") != std::string::npos);
  CHECK(told(R"({"origin":{"resources":[{"history":{"moved":{"status":301}}}]}})") ==
        "/origin/resources/0/history/moved/to |  | this member has to be there\n");
  CHECK(told(R"({"origin":{"policy":{"order":["if-none-match"]}}})").starts_with("/origin/policy/order | "));
  CHECK(told(R"({"client":{"profile":"lynx"}})").starts_with("/client/profile |  | one of \"by-the-book\""));
  CHECK(told(R"({"client":{"malformed":["no-host"]},"proxy":{}})").starts_with("/client/malformed | "));
  CHECK(told(R"({"client":{"malformed":["no-host"]}})").empty());
}

TEST_CASE("the schema names every member that can be read", "[simulate]") {
  const Json schema = Json::parse(scenario_schema());
  CHECK(schema["properties"]["client"]["properties"]["request"]["properties"].contains("method"));
  CHECK(schema["properties"]["origin"]["properties"]["resources"]["items"]["properties"]["write"]["properties"]["outcome"]["enum"].size() == 7);
  CHECK(schema["properties"]["steps"]["items"]["properties"]["do"]["default"] == "request");
  CHECK(schema["additionalProperties"] == false);
}

}  // namespace statuslab::tests
