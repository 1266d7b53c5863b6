#include "statuslab/cache.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "cache_scene.h"

namespace statuslab::tests {
namespace {

constexpr const char* kept = "200|Cache-Control: max-age=60|ETag: \"a\"||hello";

TEST_CASE("a cache passes on what it does not have, and answers what it has") {
  Scene scene;
  CHECK(scene.ask("GET") == "forward GET");
  CHECK(scene.reply(kept) == "forwarded 200 hello");
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.ask("OPTIONS") == "forward OPTIONS");
}

TEST_CASE("only-if-cached is answered from the store or with 504") {
  Scene scene;
  CHECK(scene.ask("GET|Cache-Control: only-if-cached") == "generated 504");
  scene.fill("GET", kept);
  CHECK(scene.ask("GET|Cache-Control: only-if-cached") == "stored 200 hello");
  scene.wait(61);
  CHECK(scene.ask("GET|Cache-Control: only-if-cached") == "generated 504");
}

TEST_CASE("equal requests wait for the one that is on its way") {
  Scene scene;
  (void)scene.ask("GET");
  const CacheTicket first = scene.last.ticket;
  CHECK(scene.ask("GET") == "wait");
  CHECK(scene.last.ticket == first);
  CHECK(scene.ask("GET|Cookie: c") == "wait");
  CHECK(scene.ask("GET|Authorization: x") == "forward GET");
  CHECK(scene.ask("GET https://a.example/y") == "forward GET");
  (void)scene.cache.response(first, response_of(kept), scene.now);
  CHECK(scene.ask("GET") == "stored 200 hello");
}

// Plays lines: a request, "< " and a response to it, "+ " and seconds that pass, "!" for no response. What came of the last one;
// `named` gets what else was allowed.
std::string play(Scene& scene, std::initializer_list<std::string_view> lines, std::vector<Alternative>& named) {
  std::string came;
  for (const std::string_view line : lines) {
    if (line.starts_with("+ ")) {
      scene.wait(std::atoi(line.data() + 2));
      continue;
    }
    came = line.starts_with("< ") ? scene.reply(line.substr(2)) : line == "!" ? scene.fail() : scene.ask(line);
    for (const Decision& decision : scene.last.decisions)
      named.insert(named.end(), decision.alternatives.begin(), decision.alternatives.end());
  }
  return came;
}

TEST_CASE("what else was allowed is an option of the cache, and leads elsewhere") {
  struct Story {
    std::string_view setting;
    void (*change)(CacheOptions&);
    std::initializer_list<std::string_view> lines;
  };
  static constexpr auto no_ranges = [](CacheOptions& options) { options.ranges = false; };
  const Story stories[] = {
      {"collapse=false", [](CacheOptions& options) { options.collapse = false; }, {"GET", "GET"}},
      {"ranges=false", no_ranges, {"GET", "< 200|Cache-Control: max-age=60||hello", "GET|Range: bytes=0-1"}},
      {"ranges=false", no_ranges, {"GET", "< 200|Cache-Control: max-age=60||hello", "GET|Range: bytes=99-"}},
      {"heuristic_percent=0", [](CacheOptions& options) { options.heuristic_percent = 0; },
       {"GET", "< 200|Last-Modified: Mon, 05 Jan 2025 10:00:00 GMT||hello", "GET"}},
      {"stale_while_revalidate=false", [](CacheOptions& options) { options.stale_while_revalidate = false; },
       {"GET", "< 200|Cache-Control: max-age=1, stale-while-revalidate=9||hello", "+ 5", "GET"}},
      {"stale_if_error=false", [](CacheOptions& options) { options.stale_if_error = false; },
       {"GET", "< 200|Cache-Control: max-age=1, stale-if-error=9||hello", "+ 5", "GET", "< 503"}},
      {"stale_when_disconnected=false", [](CacheOptions& options) { options.stale_when_disconnected = false; },
       {"GET", "< 200|Cache-Control: max-age=1||hello", "+ 5", "GET", "!"}},
  };
  for (const Story& story : stories) {
    INFO(story.setting);
    std::vector<Alternative> named;
    Scene scene;
    const std::string came = play(scene, story.lines, named);
    REQUIRE(named.size() == 1);
    CHECK(named.front().policy == story.setting);
    CacheOptions options;
    story.change(options);
    const std::uint16_t gives = named.front().gives;
    Scene other(options);
    CHECK(play(other, story.lines, named) != came);
    if (gives != 0) CHECK(other.last.response.status == gives);
  }
}

TEST_CASE("each response that the cache makes has one decision that made it, and forwarded ones have none") {
  const auto terminals = [](const CacheAnswer& answer) {
    return std::count_if(answer.decisions.begin(), answer.decisions.end(), [](const Decision& d) { return d.terminal; });
  };
  Scene scene;
  for (const char* request : {"GET", "GET|If-None-Match: \"a\"", "GET|Range: bytes=0-1", "GET|Range: bytes=99-", "HEAD",
                              "GET https://a.example/y|Cache-Control: only-if-cached", "POST"}) {
    INFO(request);
    scene.fill("GET", kept);
    CHECK(terminals(scene.last) == (scene.last.source == CacheSource::forwarded ? 0 : 1));
    (void)scene.ask(request);
    CHECK(terminals(scene.last) == (scene.last.action == CacheAction::respond ? 1 : 0));
    for (const Decision& decision : scene.last.decisions)
      if (decision.terminal) CHECK(decision.gives == scene.last.response.status);
  }
}

TEST_CASE("a cache that does not explain answers the same") {
  CacheOptions options;
  options.explain = false;
  Scene scene(options);
  scene.fill("GET", kept);
  CHECK(scene.last.changes.empty());
  CHECK(scene.ask("GET") == "stored 200 hello");
  CHECK(scene.last.decisions.empty());
}

TEST_CASE("the store shows what is in it, and forgets it when told") {
  Scene scene;
  scene.fill("GET|Foo: 1", "200|Last-Modified: Mon, 05 Jan 2026 09:00:00 GMT|Vary: Foo||hello");
  CHECK(scene.last.changes.front().key == "GET https://a.example/x Foo=1");
  scene.wait(1.5);
  const std::vector<StoredResponse> stored = scene.cache.stored(scene.now);
  REQUIRE(stored.size() == 1);
  CHECK(stored[0].heuristic);
  CHECK(stored[0].fresh);
  CHECK(stored[0].lifetime_ms == 360'000);
  CHECK(stored[0].age_ms == 1500);
  CHECK(stored[0].bytes == 5);
  scene.cache.clear();
  CHECK(scene.ask("GET") == "forward GET");
}

TEST_CASE("a ticket that is not known passes its response on") {
  Scene scene;
  const CacheAnswer answer = scene.cache.response(7, response_of(kept), scene.now);
  CHECK(answer.response.content == "hello");
  CHECK(scene.cache.stored(scene.now).empty());
  CHECK(scene.cache.failed(7, scene.now).response.status == 504);
}

TEST_CASE("a CDN obeys its targeted field, another cache passes it on") {
  const char* const response = "200|Cache-Control: no-store|CDN-Cache-Control: max-age=60||hello";
  Scene cdn(CacheKind::cdn);
  cdn.fill("GET", response);
  CHECK(cdn.decided(DecisionId::cache_targeted) == "yes");
  CHECK(cdn.ask("GET") == "stored 200 hello");
  CHECK(cdn.field("CDN-Cache-Control") == "max-age=60");
  Scene shared;
  shared.fill("GET", response);
  CHECK(shared.ask("GET") == "forward GET");
}

// Nothing that comes in may leave the machine in a state that the next call stumbles over.
TEST_CASE("any messages in any order are dealt with") {
  std::uint32_t state = 1;
  const auto next = [&](std::size_t below) {
    state = state * 1'664'525U + 1'013'904'223U;
    return (state >> 8) % below;
  };
  constexpr const char* requests[] = {
      "GET", "HEAD", "POST", "GET|Range: bytes=0-2", "GET|Range: bytes=-3", "GET|Range: bytes=2-", "GET|Foo: 1", "GET|Foo: 2",
      "GET|If-None-Match: \"a\"", "GET|If-Modified-Since: Mon, 05 Jan 2026 10:00:00 GMT", "GET|Cache-Control: no-cache",
      "GET|Cache-Control: max-stale, only-if-cached", "GET|If-Range: \"a\"|Range: bytes=1-1", "|:", "GET \xFF|\xFF: \xFF",
  };
  constexpr const char* responses[] = {
      "200|Cache-Control: max-age=1|ETag: \"a\"||01234", "200|Cache-Control: max-age=1|Vary: Foo|ETag: \"b\"||abc",
      "304|ETag: \"a\"", "304|ETag: \"b\"", "304", "206|Content-Range: bytes 0-2/5|ETag: \"a\"|Cache-Control: max-age=9||012",
      "206|Content-Range: bytes 3-4/5|ETag: \"a\"|Cache-Control: max-age=9||34",
      "206|Content-Range: bytes 2-4/5|ETag: \"b\"|Cache-Control: max-age=9||cde", "206|Content-Range: \xFF", "416", "500",
      "200|Cache-Control: stale-while-revalidate=9, max-age=0|ETag: \"a\"||01234", "200|Content-Length: 5|ETag: \"a\"|Cache-Control: max-age=1||01",
      "000|\xFF: \xFF", "200|Cache-Control: no-store||x", "200|Vary: *|ETag: \"a\"|Cache-Control: max-age=1||q", "200|Expires: 0|Date: \xFF",
  };
  for (const CacheKind kind : {CacheKind::private_, CacheKind::shared, CacheKind::cdn}) {
    Scene scene(kind);
    std::vector<CacheTicket> open;
    for (int step = 0; step < 20'000; ++step) {
      const std::size_t what = next(10);
      CacheAnswer answer;
      if (what < 5 || open.empty()) {
        answer = scene.cache.request(request_of(requests[next(std::size(requests))]), scene.now);
        if (answer.background) open.push_back(answer.background->ticket);
      } else {
        const std::size_t which = next(open.size());
        const CacheTicket ticket = open[which];
        open.erase(open.begin() + static_cast<std::ptrdiff_t>(which));
        answer = what == 9 ? scene.cache.failed(ticket, scene.now)
                           : scene.cache.response(ticket, response_of(responses[next(std::size(responses))]), scene.now);
      }
      if (answer.action == CacheAction::forward) open.push_back(answer.ticket);
      REQUIRE((answer.action != CacheAction::respond || answer.source != CacheSource::none));
      scene.now += static_cast<Instant>(next(1500));
    }
    CHECK(scene.cache.stored(scene.now).size() < 10);
  }
}

}  // namespace
}  // namespace statuslab::tests
