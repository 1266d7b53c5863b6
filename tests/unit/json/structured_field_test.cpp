// engine.structuredField, as text: the form of the public test vectors for structured fields.
#include <catch2/catch_test_macros.hpp>

#include <string_view>
#include <vector>

#include "statuslab/json.h"

namespace statuslab::tests {

using enum structured::FieldType;

std::string json(structured::FieldType type, const std::vector<std::string_view>& lines) {
  return structured_field_json(lines, type);
}

TEST_CASE("structured fields as JSON: Items") {
  CHECK(json(item, {"1"}) == R"({"ok":true,"value":[1,[]],"serialised":"1"})");
  CHECK(json(item, {"-1.50"}) == R"({"ok":true,"value":[-1.5,[]],"serialised":"-1.5"})");
  CHECK(json(item, {"1.0"}) == R"({"ok":true,"value":[1.0,[]],"serialised":"1.0"})");
  CHECK(json(item, {"\"a\\\"b\""}) == R"({"ok":true,"value":["a\"b",[]],"serialised":"\"a\\\"b\""})");
  CHECK(json(item, {"?0"}) == R"({"ok":true,"value":[false,[]],"serialised":"?0"})");
  CHECK(json(item, {"a;b=:aGVsbG8=:;c"}) ==
        R"({"ok":true,"value":[{"__type":"token","value":"a"},[["b",{"__type":"binary","value":"NBSWY3DP"}],["c",true]]],)"
        R"("serialised":"a;b=:aGVsbG8=:;c"})");
  CHECK(json(item, {":AA==:"}) == R"({"ok":true,"value":[{"__type":"binary","value":"AA======"},[]],"serialised":":AA==:"})");
  CHECK(json(item, {"@1659578233"}) ==
        R"({"ok":true,"value":[{"__type":"date","value":1659578233},[]],"serialised":"@1659578233"})");
  CHECK(json(item, {"%\"f%c3%bc\""}) ==
        "{\"ok\":true,\"value\":[{\"__type\":\"displaystring\",\"value\":\"f\xC3\xBC\"},[]],\"serialised\":\"%\\\"f%c3%bc\\\"\"}");
}

TEST_CASE("structured fields as JSON: Lists and Dictionaries of several lines") {
  CHECK(json(list, {"a, (1 2);x", "3"}) ==
        R"({"ok":true,"value":[[{"__type":"token","value":"a"},[]],[[[1,[]],[2,[]]],[["x",true]]],[3,[]]],"serialised":"a, (1 2);x, 3"})");
  CHECK(json(dictionary, {"a=1", "b;c=2"}) == R"({"ok":true,"value":[["a",[1,[]]],["b",[true,[["c",2]]]]],"serialised":"a=1, b;c=2"})");
  CHECK(json(list, {""}) == R"({"ok":true,"value":[],"serialised":null})");
  CHECK(json(dictionary, {}) == R"({"ok":true,"value":[],"serialised":null})");
}

TEST_CASE("structured fields as JSON: the error and its line") {
  CHECK(json(list, {"a", "b,"}) == R"({"ok":false,"error":{"kind":"trailing-comma","line":1,"begin":1,"end":2}})");
  CHECK(json(item, {}) == R"({"ok":false,"error":{"kind":"item-expected","line":0,"begin":0,"end":0}})");
  CHECK(json(dictionary, {"a=1, B=2"}) == R"({"ok":false,"error":{"kind":"key-expected","line":0,"begin":5,"end":6}})");
  CHECK(json(item, {"%\"%c3\""}) == R"({"ok":false,"error":{"kind":"display-utf8","line":0,"begin":0,"end":6}})");
}

}  // namespace statuslab::tests
