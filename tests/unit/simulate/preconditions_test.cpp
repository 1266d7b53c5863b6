// The origin against a second reading of RFC 9110 sections 13.1, 13.2.2 and 14.2 that shares nothing with it: the full
// product of six fields and two methods.
#include "statuslab/origin.h"

#include <catch2/catch_test_macros.hpp>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>

#include <nlohmann/json.hpp>

namespace statuslab::tests {
namespace {

// What each field says of the representation, not how it is spelt.
enum class Tag { absent, match, other, any };
enum class Date { absent, holds, fails };
enum class Part { absent, inside, outside };
enum class Same { absent, match, other };

struct Combination {
  bool head;
  Tag if_match;
  Date if_unmodified_since;
  Tag if_none_match;
  Date if_modified_since;
  Part range;
  Same if_range;
};

// Section 13.2.2, from top to bottom. 0 where two sentences disagree: the If-Range holds and the range is unsatisfiable,
// which step 5 answers with 200 and section 14.2 with 416.
int oracle(const Combination& c) {
  int step = 1;
  if (step == 1) {
    if (c.if_match == Tag::other) return 412;
    step = c.if_match == Tag::absent ? 2 : 3;
  }
  if (step == 2) {
    if (c.if_unmodified_since == Date::fails) return 412;
    step = 3;
  }
  if (step == 3 && c.if_none_match != Tag::absent) {
    if (c.if_none_match == Tag::match || c.if_none_match == Tag::any) return 304;  // GET and HEAD alike
    step = 5;
  } else {
    step = 4;
  }
  if (step == 4) {
    if (c.if_modified_since == Date::fails) return 304;
    step = 5;
  }
  if (c.head || c.range == Part::absent) return 200;
  if (c.if_range == Same::other) return 200;
  if (c.range == Part::inside) return 206;
  return c.if_range == Same::match ? 0 : 416;
}

constexpr Instant now = 1767607200000;            // 2026-01-05T10:00:00Z
constexpr const char* modified = "Thu, 01 Jan 2026 00:00:00 GMT";
constexpr const char* before = "Wed, 31 Dec 2025 00:00:00 GMT";
constexpr Instant modified_at = 1767225600000;

OriginConfig ten_bytes() {
  OriginConfig config;
  origin::Representation& file = config.resources[0].representations[0];
  file.text = "0123456789";
  file.last_modified = modified_at;
  return config;
}

void add_tag(http::Fields& fields, const char* name, Tag tag) {
  constexpr std::array spelt = {"", "\"a\"", "\"b\"", "*"};
  if (tag != Tag::absent) fields.push_back({name, spelt[static_cast<std::size_t>(tag)]});
}

http::Request request_of(const Combination& c) {
  http::Request request;
  request.method = c.head ? "HEAD" : "GET";
  request.target = "https://a.example/x";
  add_tag(request.fields, "If-Match", c.if_match);
  if (c.if_unmodified_since != Date::absent)
    request.fields.push_back({"If-Unmodified-Since", c.if_unmodified_since == Date::holds ? modified : before});
  add_tag(request.fields, "If-None-Match", c.if_none_match);
  if (c.if_modified_since != Date::absent)
    request.fields.push_back({"If-Modified-Since", c.if_modified_since == Date::holds ? before : modified});
  if (c.range != Part::absent) request.fields.push_back({"Range", c.range == Part::inside ? "bytes=0-4" : "bytes=50-"});
  if (c.if_range != Same::absent) request.fields.push_back({"If-Range", c.if_range == Same::match ? "\"a\"" : "\"b\""});
  return request;
}

template <class F>
void for_all(F&& f) {
  for (const bool head : {false, true})
    for (const Tag im : {Tag::absent, Tag::match, Tag::other, Tag::any})
      for (const Date ius : {Date::absent, Date::holds, Date::fails})
        for (const Tag inm : {Tag::absent, Tag::match, Tag::other, Tag::any})
          for (const Date ims : {Date::absent, Date::holds, Date::fails})
            for (const Part range : {Part::absent, Part::inside, Part::outside})
              for (const Same if_range : {Same::absent, Same::match, Same::other})
                f(Combination{head, im, ius, inm, ims, range, if_range});
}

std::string told(const http::Request& request) {
  std::string text = request.method;
  for (const http::Field& field : request.fields) text += "\n" + field.name + ": " + field.value;
  return text;
}

TEST_CASE("2,592 combinations of conditions and ranges come out as a second reading of RFC 9110 says") {
  Origin server(ten_bytes());
  int all = 0, equal = 0, undecided = 0;
  for_all([&](const Combination& c) {
    const http::Request request = request_of(c);
    const int status = server.respond(request, now).response.status;
    const int expected = oracle(c);
    ++all;
    if (expected == 0) {
      ++undecided;
      INFO(told(request));
      CHECK((status == 200 || status == 416));
      return;
    }
    if (status == expected) {
      ++equal;
      return;
    }
    INFO(told(request));
    CHECK(status == expected);
  });
  CHECK(all == 2592);
  CHECK(undecided == 40);
  CHECK(equal == all - undecided);
}

TEST_CASE("each of those answers has one terminal decision, the last one, and it gives the status") {
  Origin server(ten_bytes());
  for_all([&](const Combination& c) {
    const origin::Answer answer = server.respond(request_of(c), now);
    int terminal = 0;
    for (const Decision& decision : answer.decisions) terminal += decision.terminal ? 1 : 0;
    const bool is_fine = terminal == 1 && answer.decisions.back().terminal && answer.decisions.back().gives == answer.response.status;
    if (is_fine) return;
    INFO(told(request_of(c)));
    CHECK(is_fine);
  });
}

// What a server was seen to answer; the file may not be copied, so it is named by STATUSLAB_OBSERVED_ORIGINS.
nlohmann::json observed_cases() {
  const char* path = std::getenv("STATUSLAB_OBSERVED_ORIGINS");
  std::FILE* file = path != nullptr ? std::fopen(path, "rb") : nullptr;
  if (file == nullptr) return nullptr;
  nlohmann::json data = nlohmann::json::parse(file, nullptr, false);
  std::fclose(file);
  return data.is_discarded() ? nlohmann::json(nullptr) : data["preconditions"]["cases"];
}

template <std::size_t n>
std::size_t place_of(const nlohmann::json& value, const std::array<const char*, n>& words) {
  if (value.is_null()) return 0;
  for (std::size_t i = 1; i < n; ++i)
    if (value == words[i]) return i;
  FAIL("no such value: " << value.dump());
  return 0;
}

Combination combination_of(const nlohmann::json& row) {
  constexpr std::array<const char*, 4> tags = {"", "match", "nomatch", "*"};
  return {row["method"] == "HEAD",
          static_cast<Tag>(place_of(row["if_match"], tags)),
          static_cast<Date>(place_of(row["if_unmodified_since"], std::array<const char*, 3>{"", "true", "false"})),
          static_cast<Tag>(place_of(row["if_none_match"], tags)),
          static_cast<Date>(place_of(row["if_modified_since"], std::array<const char*, 3>{"", "mod", "notmod"})),
          static_cast<Part>(place_of(row["range"], std::array<const char*, 3>{"", "ok", "unsat"})),
          static_cast<Same>(place_of(row["if_range"], std::array<const char*, 3>{"", "match", "nomatch"}))};
}

TEST_CASE("Caddy was seen to answer the same, but for ranges on HEAD, which RFC 9110 section 14.2 leaves to GET") {
  const nlohmann::json cases = observed_cases();
  if (cases.is_null()) {
    std::puts("skipped: observed origins (STATUSLAB_OBSERVED_ORIGINS names no file)");
    return;
  }
  Origin server(ten_bytes());
  int equal = 0, head_with_range = 0, other = 0;
  for (const nlohmann::json& row : cases) {
    const Combination c = combination_of(row);
    const int status = server.respond(request_of(c), now).response.status;
    const int seen = row["got"]["caddy 2.6.2 (Go net/http)"].get<int>();
    if (seen == status)
      ++equal;
    else if (c.head && c.range != Part::absent)
      ++head_with_range;
    else
      ++other;
  }
  CHECK(equal == 2432);
  CHECK(head_with_range == 160);
  CHECK(other == 0);
}

}  // namespace
}  // namespace statuslab::tests
