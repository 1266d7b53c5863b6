#include "simulate/client_profile.h"

#include <catch2/catch_test_macros.hpp>

#include "statuslab/client.h"

namespace statuslab::client::tests {
namespace {

std::string rewritten(std::string_view rules, std::uint16_t status, std::string_view method) {
  const Rewrite rewrite = rewrite_of(rules, status, method);
  constexpr const char* kept[] = {"content", "type", "none"};
  return rewrite.follow ? std::string(rewrite.method) + "/" + kept[static_cast<std::size_t>(rewrite.kept)] : "stop";
}

}  // namespace

TEST_CASE("statuses of a cell: codes, classes, exceptions") {
  CHECK(has_status("301 302", 302));
  CHECK_FALSE(has_status("301 302", 303));
  CHECK(has_status("3xx !304", 305));
  CHECK_FALSE(has_status("3xx !304", 304));
  CHECK_FALSE(has_status("", 200));
  CHECK_FALSE(has_status("1xx", 1000));
}

TEST_CASE("words and numbers of a cell") {
  CHECK(has_word("GET HEAD", "HEAD"));
  CHECK_FALSE(has_word("GET HEAD", "HE"));
  CHECK(number_of("20") == 20);
  CHECK(number_of("?") == 0);
}

TEST_CASE("rules for redirects: the first that fits, and none leaves the request as it is") {
  constexpr std::string_view fetch = "301,302:POST>GET/none 303:*>GET/none";
  CHECK(rewritten(fetch, 301, "POST") == "GET/none");
  CHECK(rewritten(fetch, 307, "POST") == "POST/content");
  CHECK(rewritten(fetch, 301, "PUT") == "PUT/content");
  CHECK(rewritten(fetch, 303, "PUT") == "GET/none");
  // "*" is about methods that are neither GET nor HEAD
  CHECK(rewritten(fetch, 303, "HEAD") == "HEAD/content");
  CHECK(rewritten("307,308:*>stop", 308, "PUT") == "stop");
  CHECK(rewritten("301:PUT>same/type", 301, "PUT") == "PUT/type");
}

TEST_CASE("every profile answers every question, and says what was not measured") {
  REQUIRE(all_profiles().size() > 10);
  CHECK(all_profiles().front().id == "by-the-book");
  CHECK(find_profile("curl") != nullptr);
  CHECK(find_profile("nobody") == nullptr);
  for (const Profile& profile : all_profiles()) {
    CAPTURE(profile.id);
    REQUIRE(profile.values.size() == all_behaviours().size());
    CHECK(profile.version.empty() == (profile.id == "by-the-book"));
    CHECK(profile.value(Behaviour::redirect_followed).measured);
  }
  const BehaviourValue cors = find_profile("curl")->value(Behaviour::cors);
  CHECK_FALSE(cors.measured);
  CHECK(cors.text == find_profile("by-the-book")->value(Behaviour::cors).text);
}

TEST_CASE("what a browser does with a stored response") {
  const Profile& chromium = *find_profile("chromium");
  CHECK(cache_use(chromium, 200, Freshness::max_age) == CacheUse::reuse);
  CHECK(cache_use(chromium, 200, Freshness::entity_tag) == CacheUse::validate);
  CHECK(cache_use(chromium, 200, Freshness::max_age_no_store) == CacheUse::fetch);
  CHECK(cache_use(chromium, 404, Freshness::max_age) == CacheUse::reuse);
  CHECK(cache_use(*find_profile("firefox"), 404, Freshness::max_age) == CacheUse::fetch);
  CHECK_FALSE(cache_use(*find_profile("curl"), 200, Freshness::max_age));
}

}  // namespace statuslab::client::tests
