#include "json/reader.h"

#include <catch2/catch_test_macros.hpp>
#include <nlohmann/json.hpp>

namespace statuslab::tests {

enum class Colour { red, green };
constexpr std::string_view colours[] = {"red", "green"};

struct Leaf {
  std::string name = "oak";
  Colour colour = Colour::green;
};
struct Tree {
  int height = 3;
  bool alive = true;
  std::vector<Leaf> leaves{};
  std::optional<std::string> owner{};
};

static void read(json::In in, Leaf& leaf) {
  json::Object object(in);
  object.member("name", leaf.name);
  object.choice("colour", leaf.colour, colours);
}

static void read(json::In in, Tree& tree) {
  json::Object object(in);
  object.member("height", tree.height, 0, 100);
  object.member("alive", tree.alive);
  object.member("leaves", tree.leaves);
  object.member("owner", tree.owner);
}

namespace {

std::string told(std::string_view text) {
  Tree tree;
  std::string lines;
  for (const json::Mistake& mistake : json::from_json(text, tree))
    lines += mistake.pointer + " | " + mistake.value + " | " + mistake.expected + "\n";
  return lines;
}

}  // namespace

TEST_CASE("what a text does not say keeps its default", "[reader]") {
  Tree tree;
  CHECK(json::from_json(R"({"leaves":[{"colour":"red"},{}],"owner":"me"})", tree).empty());
  CHECK(tree.height == 3);
  REQUIRE(tree.leaves.size() == 2);
  CHECK(tree.leaves[0].name == "oak");
  CHECK(tree.leaves[0].colour == Colour::red);
  CHECK(tree.leaves[1].colour == Colour::green);
  CHECK(tree.owner == "me");
  CHECK(json::from_json(R"({"owner":null})", tree).empty());
  CHECK_FALSE(tree.owner);
}

TEST_CASE("every mistake is told with its place, its value and what would be valid", "[reader]") {
  CHECK(told("{}").empty());
  CHECK(told(R"({"height":101})") == "/height | 101 | a whole number from 0 to 100\n");
  CHECK(told(R"({"height":100})").empty());
  CHECK(told(R"({"height":1.5})") == "/height | 1.5 | a whole number from 0 to 100\n");
  CHECK(told(R"({"height":18446744073709551615})") == "/height | 18446744073709551615 | a whole number from 0 to 100\n");
  CHECK(told(R"({"alive":"yes"})") == "/alive | \"yes\" | true or false\n");
  CHECK(told(R"({"leaves":{"name":"a"}})") == "/leaves | {…} | an array\n");
  CHECK(told(R"({"leaves":[{},[]]})") == "/leaves/1 | [] | an object\n");
  CHECK(told(R"({"leaves":[{"colour":"reed"}]})") == "/leaves/0/colour | \"reed\" | \"red\" or \"green\"; \"red\" is near\n");
  CHECK(told(R"({"hieght":3,"alive":1})") ==
        "/alive | 1 | true or false\n"
        "/hieght | 3 | only the members \"height\", \"alive\", \"leaves\" or \"owner\"; \"height\" is near\n");
  CHECK(told(R"({"a/b~c":3})").starts_with("/a~1b~0c | 3 | "));
  CHECK(told("[]") == " | [] | an object\n");
}

TEST_CASE("a text that is no JSON is told with the byte where it goes wrong", "[reader]") {
  CHECK(told(R"({"height":3,})") == " | , | JSON: no comma before the end of a list, at byte 11\n");
  CHECK(told("{'height':3}").find("strings in double quotes, at byte 1") != std::string::npos);
  CHECK(told("").find("JSON") != std::string::npos);
  CHECK(told("{\"height\":\"\xff\"}").find("JSON") != std::string::npos);
}

TEST_CASE("neither depth nor length of a value does harm", "[reader]") {
  CHECK(told(std::string(100000, '[') + std::string(100000, ']')) == " | […] | an object\n");
  CHECK(told(R"({"height":")" + std::string(1000, 'x') + "\"}").size() < 150);
  std::string many = "{";
  for (int i = 0; i < 50; ++i) many += (i > 0 ? ",\"u" : "\"u") + std::to_string(i) + "\":1";
  Tree tree;
  CHECK(json::from_json(many + "}", tree).size() == json::max_mistakes);
}

TEST_CASE("the functions that read describe what they read", "[reader]") {
  CHECK(json::describe<Tree>() ==
        R"({"type":"object","additionalProperties":false,"properties":{)"
        R"("height":{"type":"integer","minimum":0,"maximum":100,"default":3},)"
        R"("alive":{"type":"boolean","default":true},)"
        R"("leaves":{"type":"array","items":{"type":"object","additionalProperties":false,"properties":{)"
        R"("name":{"type":"string","default":"oak"},"colour":{"enum":["red","green"],"default":"green"}}}},)"
        R"("owner":{"anyOf":[{"type":"string"},{"type":"null"}]}}})");
}

TEST_CASE("mistakes as JSON", "[reader]") {
  CHECK(json::mistakes_json({{"/a", "1", "true or false"}}) ==
        R"({"mistakes":[{"pointer":"/a","value":"1","expected":"true or false"}]})");
}

}  // namespace statuslab::tests
