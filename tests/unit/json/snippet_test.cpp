#include "statuslab/snippet_json.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>
#include <string>

namespace statuslab::tests {
namespace {

nlohmann::json parsed(const std::string& text) { return nlohmann::json::parse(text, nullptr, false); }

}  // namespace

TEST_CASE("an answer as JSON gives code; what is left out has its default", "[snippet]") {
  const auto made = parsed(snippet_json(R"({"answer":{"status":404,"contentKind":"json","content":"{\"a\":1}"},"target":"go"})"));
  CHECK(made["verdict"] == "possible");
  CHECK(made["reason"].is_null());
  CHECK(made["language"] == "go");
  CHECK(made["files"][0]["text"].get<std::string>().find("func getIndex(") != std::string::npos);
}

TEST_CASE("content that is no UTF-8 comes as base64", "[snippet]") {
  const auto made = parsed(snippet_json(R"({"answer":{"contentKind":"bytes","base64":"iQD/"},"target":"go"})"));
  CHECK(made["files"][0]["text"].get<std::string>().find(R"("\x89\x00\xff")") != std::string::npos);
  const auto wrong = parsed(snippet_json(R"({"answer":{"base64":"*"}})"));
  CHECK(wrong["mistakes"][0]["pointer"] == "/answer/base64");
}

TEST_CASE("mistakes in a request have their place", "[snippet]") {
  const auto target = parsed(snippet_json(R"({"target":"expres"})"));
  CHECK(target["mistakes"][0]["pointer"] == "/target");
  CHECK(target["mistakes"][0]["expected"].get<std::string>().find("express-5, express-4") != std::string::npos);
  const auto kind = parsed(snippet_json(R"({"answer":{"kind":"redirection"}})"));
  CHECK(kind["mistakes"][0]["pointer"] == "/answer/kind");
}

TEST_CASE("every target is told with its versions", "[snippet]") {
  const auto facts = parsed(snippet_facts_json());
  CHECK(facts["targets"].size() == 10);
  CHECK(facts["cases"].size() == 20);
  CHECK(facts["targets"][0]["packages"][0] == "express@5.3.0");
}

TEST_CASE("the matrix has no cell missing, and its answers can be read again", "[snippet]") {
  const auto facts = parsed(snippet_facts_json());
  const auto matrix = parsed(snippet_matrix_json());
  REQUIRE(matrix["answers"].size() == facts["cases"].size() * facts["codes"].size());
  for (const auto& row : matrix["answers"]) {
    if (row["cells"].size() != facts["targets"].size()) FAIL(row.dump());
    for (const auto& cell : row["cells"])
      if (cell["reason"].is_null() != (cell["verdict"] == "possible")) FAIL(row.dump());
  }
  const auto& row = matrix["answers"][100];
  const nlohmann::json request{{"answer", row["answer"]}, {"target", "django"}};
  CHECK(parsed(snippet_json(request.dump()))["verdict"] == row["cells"][2]["verdict"]);
}

TEST_CASE("a response that was seen, with the hints before it", "[snippet]") {
  const auto made = parsed(answer_json(
      "HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 2\r\n\r\nok",
      "GET /page HTTP/1.1\r\nHost: a.example\r\n\r\n"))["answer"];
  CHECK(made["kind"] == "interim");
  CHECK(made["interim"][0]["fields"][0]["name"] == "Link");
  CHECK(made["content"] == "ok");
  CHECK(made["path"] == "/page");
}

TEST_CASE("a project of several answers", "[snippet]") {
  const auto made = parsed(snippet_project_json(R"({"answers":[{"path":"/a"},{"path":"/b","status":204,"contentKind":"text"}],"target":"express"})"));
  CHECK(made["verdicts"] == nlohmann::json::parse(R"(["possible","not-applicable"])"));
  CHECK(made["files"].size() == 2);
  CHECK(made["start"] == "node app.js");
}

}  // namespace statuslab::tests
