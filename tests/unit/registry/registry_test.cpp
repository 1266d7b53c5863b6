#include "statuslab/registry.h"

#include <catch2/catch_test_macros.hpp>

namespace statuslab::tests {

TEST_CASE("codes are found with all their meanings, the registered one first") {
  const auto no_content = find_status(204);
  REQUIRE(no_content.size() == 1);
  CHECK(no_content[0].phrase == "No Content");
  CHECK(no_content[0].content == ContentRule::forbidden);
  CHECK(no_content[0].heuristically_cacheable);
  const auto early_hints = find_status(103);
  REQUIRE(early_hints.size() > 1);
  CHECK(early_hints[0].kind == StatusKind::registered);
  CHECK(early_hints[1].kind == StatusKind::unofficial);
  CHECK(find_status(299).empty());
}

TEST_CASE("an unknown code is treated as x00 of its class") {
  CHECK(treated_as(204) == 204);
  CHECK(treated_as(299) == 200);
  CHECK(treated_as(499) == 400);
  CHECK(treated_as(599) == 500);
  CHECK(treated_as(306) == 300);
  CHECK(treated_as(999) == 500);
  CHECK(treated_as(99) == 500);
}

TEST_CASE("every field is found by its name in any case") {
  for (const FieldInfo& field : all_fields()) CHECK(find_field(field.name) == field.id);
  CHECK(find_field("content-LENGTH") == FieldId::content_length);
  CHECK(find_field("Content-Lengt") == FieldId::unknown);
  CHECK(find_field("") == FieldId::unknown);
  CHECK(field_info(FieldId::etag).name == "ETag");
}

TEST_CASE("methods are found by their exact name") {
  REQUIRE(find_method("GET") != nullptr);
  CHECK(find_method("GET")->safe);
  CHECK(find_method("DELETE")->idempotent);
  CHECK_FALSE(find_method("POST")->idempotent);
  CHECK(find_method("get") == nullptr);
}

}  // namespace statuslab::tests
