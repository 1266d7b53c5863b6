// The JSON of whole exchanges, byte for byte: tests/golden/<name>/{request.http, response.http, scheme} -> lint.json.
// Accept a change that is meant with scripts/accept. tests/wasm holds the WebAssembly build to the same files.
// How many checks ran changes with every rule; the files have 0 there.
#include <catch2/catch_test_macros.hpp>

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>

#include "statuslab/statuslab.h"

namespace statuslab::tests {
namespace {

constexpr const char* names[] = {
    "bytes-that-are-not-utf-8",   "chunked-with-trailer",  "curl-transcript",
    "delete-204-with-content",    "early-hints-then-ok",   "head-answered-with-content",
    "lengths-that-disagree",      "lines-that-are-no-fields", "nothing",
    "request-alone",
};

std::string path(const std::string& name, const char* file) {
  return std::string(STATUSLAB_SOURCE_DIR "/tests/golden/") + name + "/" + file;
}

std::optional<std::string> read(const std::string& file) {
  std::FILE* stream = std::fopen(file.c_str(), "rb");
  if (stream == nullptr) return std::nullopt;
  std::string text;
  char buffer[4096];
  while (const std::size_t size = std::fread(buffer, 1, sizeof buffer, stream)) text.append(buffer, size);
  std::fclose(stream);
  return text;
}

void write(const std::string& file, const std::string& text) {
  std::FILE* stream = std::fopen(file.c_str(), "wb");
  REQUIRE(stream != nullptr);
  std::fwrite(text.data(), 1, text.size(), stream);
  std::fclose(stream);
}

Scheme scheme_of(const std::optional<std::string>& text) {
  if (!text) return Scheme::unknown;
  return text->starts_with("https") ? Scheme::https : Scheme::http;
}

std::string lint_golden(const std::string& name) {
  const auto request = read(path(name, "request.http"));
  const auto response = read(path(name, "response.http"));
  REQUIRE((request || response));
  Exchange exchange{request, response, scheme_of(read(path(name, "scheme")))};
  LintResult result = lint_exchange(exchange);
  result.checks = 0;
  return to_json(result, exchange) + "\n";
}

}  // namespace

TEST_CASE("the JSON of an exchange is what its golden file says") {
  const bool accept = std::getenv("STATUSLAB_ACCEPT") != nullptr;
  for (const char* name : names) {
    INFO("tests/golden/" << name);
    const std::string json = lint_golden(name);
    if (accept) write(path(name, "lint.json"), json);
    CHECK(read(path(name, "lint.json")) == json);
  }
}

TEST_CASE("status facts as JSON") {
  CHECK(status_json(204) ==
        R"({"code":204,"treatedAs":204,"rows":[{"key":"204","code":204,"phrase":"No Content","kind":"registered",)"
        R"("vendor":"","reference":"RFC 9110 section 15.3.5","content":"forbidden","heuristicallyCacheable":true,)"
        R"("logOnly":false,"required":[],"customary":["ETag"]}]})");
  CHECK(status_json(299) == R"({"code":299,"treatedAs":200,"rows":[]})");
}

}  // namespace statuslab::tests
