#include "statuslab/origin.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "statuslab/lint.h"
#include "statuslab/registry.h"
#include "support/wire_text.h"

namespace statuslab::tests {
namespace {

constexpr Instant now = 1767607200000;  // 2026-01-05T10:00:00Z

// One exchange: what the origin is, and what it is asked.
struct Scene {
  OriginConfig config{};
  http::Request request{.target = "https://a.example/x"};
  origin::Arrival arrival{};

  [[nodiscard]] origin::Resource& resource() { return config.resources[0]; }
  [[nodiscard]] origin::Representation& file() { return resource().representations[0]; }
  void ask(std::string method, http::Fields fields = {}, std::string content = {}) {
    request.method = std::move(method);
    request.fields = std::move(fields);
    request.content = std::move(content);
  }
  [[nodiscard]] origin::Answer answer() const { return Origin(config).respond(request, arrival, now); }
};

struct Case {
  std::uint16_t status;
  DecisionId decision;
  void (*set)(Scene&);
};

// The smallest change that leads to each status an origin gives, and the decision that gives it.
const Case cases[] = {
    {100, DecisionId::continue_sent,
     [](Scene& s) { s.ask("POST", {{"Content-Type", "text/plain"}, {"Expect", "100-continue"}}, "a=1"); }},
    {101, DecisionId::upgrade_accepted,
     [](Scene& s) {
       s.config.extensions.upgrade = {"websocket"};
       s.ask("GET", {{"Connection", "Upgrade"}, {"Upgrade", "websocket"}, {"Sec-WebSocket-Version", "13"},
                     {"Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ=="}});
     }},
    {102, DecisionId::processing_sent,
     [](Scene& s) {
       s.resource().interim = {{102, {}, 5000}};
       s.resource().takes_ms = 12000;
       s.ask("POST", {{"Content-Type", "text/plain"}}, "a=1");
     }},
    {103, DecisionId::hints_sent,
     [](Scene& s) { s.resource().interim = {{103, {{"Link", "</a.css>; rel=preload; as=style"}}, 0}}; }},
    {104, DecisionId::resumption_offered,
     [](Scene& s) {
       s.config.extensions.resumable_upload = true;
       s.ask("POST", {{"Content-Type", "text/plain"}, {"Upload-Complete", "?1"}, {"Upload-Draft-Interop-Version", "8"}}, "a=1");
     }},
    {200, DecisionId::succeeded, [](Scene&) {}},
    {201, DecisionId::created,
     [](Scene& s) {
       s.resource().exists = false;
       s.ask("PUT", {{"Content-Type", "text/plain"}}, "new");
     }},
    {202, DecisionId::accepted_for_later,
     [](Scene& s) {
       s.resource().write.async = true;
       s.ask("POST", {{"Content-Type", "text/plain"}}, "a=1");
     }},
    {204, DecisionId::nothing_to_send, [](Scene& s) { s.ask("DELETE"); }},
    {205, DecisionId::form_reset,
     [](Scene& s) {
       s.resource().write.outcome = origin::Outcome::reset;
       s.ask("POST", {{"Content-Type", "application/x-www-form-urlencoded"}}, "a=1");
     }},
    {206, DecisionId::range_satisfiable, [](Scene& s) { s.ask("GET", {{"Range", "bytes=0-4"}}); }},
    {207, DecisionId::members_reported,
     [](Scene& s) {
       s.resource().dav.emplace().members = {{"/x/1", 200}, {"/x/2/", 200}};
       s.resource().collection = true;
       s.ask("PROPFIND", {{"Depth", "1"}});
     }},
    {208, DecisionId::already_reported,
     [](Scene& s) {
       s.resource().dav.emplace().bindings_loop = true;
       s.resource().collection = true;
       s.ask("PROPFIND", {{"Depth", "infinity"}, {"DAV", "bind"}});
     }},
    {226, DecisionId::delta_applies,
     [](Scene& s) {
       s.config.extensions.delta_im = {"vcdiff"};
       s.file().instance_history = {"\"a0\""};
       s.ask("GET", {{"A-IM", "vcdiff"}, {"If-None-Match", "\"a0\""}});
     }},
    {300, DecisionId::choices_offered,
     [](Scene& s) {
       s.resource().path = "/x";
       s.resource().representations = {{.lang = "en"}, {.lang = "fr", .etag = "\"b\""}};
       s.resource().multiple_choices = origin::Choices::status_300;
     }},
    {301, DecisionId::moved_permanently, [](Scene& s) { s.resource().history.moved = {301, "/y"}; }},
    {302, DecisionId::moved_for_now, [](Scene& s) { s.resource().history.moved = {302, "/y"}; }},
    {303, DecisionId::answer_elsewhere,
     [](Scene& s) {
       s.resource().see_other = "/result";
       s.ask("POST", {{"Content-Type", "text/plain"}}, "a=1");
     }},
    {304, DecisionId::if_none_match, [](Scene& s) { s.ask("GET", {{"If-None-Match", "\"a\""}}); }},
    {307, DecisionId::moved_for_now, [](Scene& s) { s.resource().history.moved = {307, "/y"}; }},
    {308, DecisionId::moved_permanently, [](Scene& s) { s.resource().history.moved = {308, "/y"}; }},
    {400, DecisionId::host_faulty, [](Scene& s) { s.arrival.malformed = {origin::Malformed::two_hosts}; }},
    {401, DecisionId::credentials_missing, [](Scene& s) { s.resource().auth.emplace(); }},
    {402, DecisionId::payment_due, [](Scene& s) { s.resource().payment_required = true; }},
    {403, DecisionId::access_refused,
     [](Scene& s) {
       s.resource().auth.emplace().deny = {"u"};
       s.ask("GET", {{"Authorization", "Basic dTpw"}});
     }},
    {404, DecisionId::not_found, [](Scene& s) { s.resource().exists = false; }},
    {405, DecisionId::method_not_allowed,
     [](Scene& s) {
       s.resource().methods = {"GET", "HEAD"};
       s.ask("DELETE");
     }},
    {406, DecisionId::not_acceptable, [](Scene& s) { s.ask("GET", {{"Accept", "application/pdf"}}); }},
    {408, DecisionId::request_incomplete, [](Scene& s) { s.arrival.incomplete = true; }},
    {409, DecisionId::write_conflict,
     [](Scene& s) {
       s.resource().write.conflict = true;
       s.ask("PUT", {{"Content-Type", "text/html"}}, "<p>new");
     }},
    {410, DecisionId::gone, [](Scene& s) { s.resource().history.gone = true; }},
    {411, DecisionId::length_required,
     [](Scene& s) {
       s.config.extensions.length_required = true;
       s.ask("POST", {{"Content-Type", "text/plain"}, {"Transfer-Encoding", "chunked"}}, "a=1");
     }},
    {412, DecisionId::if_match,
     [](Scene& s) { s.ask("PUT", {{"Content-Type", "text/html"}, {"If-Match", "\"old\""}}, "<p>new"); }},
    {413, DecisionId::content_too_large,
     [](Scene& s) {
       s.config.limits.content_bytes = 2;
       s.ask("POST", {{"Content-Type", "text/plain"}}, "a=1");
     }},
    {414, DecisionId::target_too_long, [](Scene& s) { s.request.target += std::string(9000, 'x'); }},
    {415, DecisionId::media_type_refused,
     [](Scene& s) {
       s.resource().accepts = {{"PUT", {"text/html"}}};
       s.ask("PUT", {{"Content-Type", "text/csv"}}, "a,b");
     }},
    {416, DecisionId::range_satisfiable, [](Scene& s) { s.ask("GET", {{"Range", "bytes=5000-"}}); }},
    {417, DecisionId::expectation_unknown, [](Scene& s) { s.ask("GET", {{"Expect", "tea"}}); }},
    {421, DecisionId::misdirected,
     [](Scene& s) {
       s.config.authorities = {"a.example"};
       s.request.target = "https://b.example/x";
     }},
    {422, DecisionId::content_unprocessable,
     [](Scene& s) {
       s.resource().schema_valid = false;
       s.ask("POST", {{"Content-Type", "application/json"}}, "{\"age\":-1}");
     }},
    {423, DecisionId::locked,
     [](Scene& s) {
       s.resource().dav.emplace().lock.emplace();
       s.ask("PUT", {{"Content-Type", "text/html"}}, "<p>new");
     }},
    {424, DecisionId::dependency_failed,
     [](Scene& s) {
       s.resource().dav.emplace().dependency_failed = true;
       s.ask("MOVE", {{"Destination", "https://a.example/y"}});
     }},
    {425, DecisionId::early_data_refused,
     [](Scene& s) {
       s.config.extensions.early_data = origin::EarlyData::refuse;
       s.arrival.early_data = true;
       s.ask("POST", {{"Content-Type", "text/plain"}, {"Early-Data", "1"}}, "a=1");
     }},
    {426, DecisionId::upgrade_demanded, [](Scene& s) { s.config.extensions.upgrade_required = "websocket"; }},
    {428, DecisionId::precondition_missing,
     [](Scene& s) {
       s.resource().require_preconditions = {"PUT"};
       s.ask("PUT", {{"Content-Type", "text/html"}}, "<p>new");
     }},
    {429, DecisionId::rate_exceeded, [](Scene& s) { s.config.rate_limits = {{.limit = 10, .window_s = 60, .used = 10, .reset_s = 30}}; }},
    {431, DecisionId::fields_too_large, [](Scene& s) { s.ask("GET", {{"X-Long", std::string(9000, 'x')}}); }},
    {451, DecisionId::legal_block, [](Scene& s) { s.resource().legal_block = {"https://law.example/order"}; }},
    {500, DecisionId::failure, [](Scene& s) { s.config.state.bug = "division by zero"; }},
    {501, DecisionId::method_unknown, [](Scene& s) { s.ask("BREW"); }},
    {501, DecisionId::transfer_coding_unknown,
     [](Scene& s) { s.ask("POST", {{"Content-Type", "text/plain"}, {"Transfer-Encoding", "foo, chunked"}}, "a=1"); }},
    {503, DecisionId::unavailable, [](Scene& s) { s.config.state.maintenance = {now + 120000, std::nullopt}; }},
    {505, DecisionId::version_unsupported, [](Scene& s) { s.arrival.http_version = "3.0"; }},
    {506, DecisionId::variants_loop,
     [](Scene& s) {
       s.config.extensions.tcn = true;
       s.resource().representations = {{.lang = "en"}, {.lang = "fr", .etag = "\"b\""}};
     }},
    {507, DecisionId::storage_full,
     [](Scene& s) {
       s.resource().dav.emplace().quota = 0;
       s.ask("PUT", {{"Content-Type", "text/html"}}, "<p>new");
     }},
    {508, DecisionId::binding_loop,
     [](Scene& s) {
       s.resource().dav.emplace().bindings_loop = true;
       s.resource().collection = true;
       s.ask("PROPFIND", {{"Depth", "infinity"}});
     }},
    {510, DecisionId::extension_unmet, [](Scene& s) { s.ask("M-GET", {{"Man", "\"urn:x\"; ns=10"}, {"10-q", "1"}}); }},
};

Scene scene_of(const Case& c) {
  Scene scene;
  c.set(scene);
  return scene;
}

bool sends(const origin::Answer& answer, std::uint16_t status) {
  const auto& interim = answer.response.interim;
  return answer.response.status == status ||
         std::any_of(interim.begin(), interim.end(), [status](const http::Interim& i) { return i.status == status; });
}

TEST_CASE("every status that an origin gives is reached by a small change, through its decision") {
  for (const Case& c : cases) {
    const origin::Answer answer = scene_of(c).answer();
    INFO(c.status << " " << decision_info(c.decision).id << ": " << answer.response.status);
    const auto decision = std::find_if(answer.decisions.begin(), answer.decisions.end(),
                                       [&c](const Decision& d) { return d.id == c.decision && d.gives == c.status; });
    REQUIRE(decision != answer.decisions.end());
    // 208 stands inside a 207.
    CHECK((c.status == 208 || sends(answer, c.status)));
    CHECK(decision->terminal == (answer.response.status == c.status));
  }
}

TEST_CASE("no registered status is left out but those that others give, or nobody") {
  const std::set<int> others = {203, 305, 306, 407, 418, 502, 504, 511};
  std::set<int> reached, registered;
  for (const Case& c : cases) reached.insert(c.status);
  for (const StatusInfo& info : all_statuses())
    if (info.kind != StatusKind::unofficial && info.kind != StatusKind::draft && info.kind != StatusKind::invalid && others.count(info.code) == 0)
      registered.insert(info.code);
  CHECK(reached == registered);
}

TEST_CASE("each answer has exactly one terminal decision, at its end") {
  for (const Case& c : cases) {
    const origin::Answer answer = scene_of(c).answer();
    INFO(c.status);
    CHECK(std::count_if(answer.decisions.begin(), answer.decisions.end(), [](const Decision& d) { return d.terminal; }) == 1);
    CHECK(answer.decisions.back().terminal);
    CHECK(answer.decisions.back().gives == answer.response.status);
  }
}

// The rules that find something in the response, at warning or above.
std::string complaints(const Scene& scene) {
  const std::string request = wire_text(scene.request, scene.arrival.http_version);
  const std::string response = wire_text(scene.answer().response);
  std::string text;
  const LintResult result = lint_exchange({request, response, Scheme::https}, {.now = now / 1000});
  for (const Finding& finding : result.findings)
    if (finding.on == Side::response && finding.severity <= Severity::warning)
      text += std::string(rule_id(finding.rule)) + " ";
  return text.empty() ? text : text + "\n" + response;
}

TEST_CASE("the linter finds nothing to warn about in what an origin sends") {
  for (const Case& c : cases) {
    INFO(c.status);
    CHECK(complaints(scene_of(c)) == "");
  }
}

TEST_CASE("and it would: a 401 without a challenge is complained about") {
  Scene scene;
  scene.resource().auth.emplace().schemes.clear();
  CHECK(complaints(scene).find("unauthorized-without-challenge") != std::string::npos);
}

// --- conditions come late (RFC 9110 section 13.2.1) ----------------------------------------------------------------------

TEST_CASE("a condition that fails does not hide what the request would have met without it") {
  for (const Case& c : cases) {
    if (c.status < 300 || c.status == 304 || c.status == 412 || c.status == 416) continue;
    Scene scene = scene_of(c);
    // What is found out by processing comes behind the conditions; a demanded condition would be there.
    constexpr std::uint16_t later[] = {303, 409, 422, 423, 424, 428, 500, 507, 508};
    if (std::find(std::begin(later), std::end(later), c.status) != std::end(later)) continue;
    scene.request.fields.push_back({"If-Match", "\"no\""});
    INFO(c.status);
    CHECK(scene.answer().response.status == c.status);
  }
}

TEST_CASE("what cannot be read is not unchanged") {
  Scene scene = scene_of(cases[0]);
  scene.ask("GET", {{"If-None-Match", "*"}});
  CHECK(scene.answer().response.status == 304);
  scene.config.state.bug = "database is gone";
  CHECK(scene.answer().response.status == 500);
}

TEST_CASE("a condition that fails comes before content is looked at") {
  Scene scene;
  scene.resource().schema_valid = false;
  scene.ask("PUT", {{"Content-Type", "application/json"}, {"If-Match", "\"old\""}}, "{");
  CHECK(scene.answer().response.status == 412);
  scene.ask("PUT", {{"Content-Type", "application/json"}, {"If-Match", "\"a\""}}, "{");
  CHECK(scene.answer().response.status == 400);
  scene.ask("PUT", {{"Content-Type", "application/json"}, {"If-Match", "\"a\""}}, "{}");
  CHECK(scene.answer().response.status == 422);
}

TEST_CASE("100 comes only where no final status is known from the header section") {
  Scene scene;
  scene.ask("PUT", {{"Content-Type", "text/html"}, {"Expect", "100-continue"}, {"If-Match", "\"old\""}}, "<p>new");
  CHECK(scene.answer().response.status == 412);
  CHECK(scene.answer().response.interim.empty());
  CHECK_FALSE(scene.answer().content_read);
  http::set(scene.request.fields, "If-Match", "\"a\"");
  CHECK(scene.answer().response.interim.size() == 1);
  CHECK(scene.answer().content_read);
}

TEST_CASE("HTTP/1.0 gets no interim response") {
  Scene scene;
  scene.arrival.http_version = "1.0";
  scene.resource().interim = {{103, {{"Link", "</a.css>; rel=preload"}}, 0}};
  scene.ask("POST", {{"Content-Type", "text/plain"}, {"Expect", "100-continue"}}, "a=1");
  CHECK(scene.answer().response.interim.empty());
}

TEST_CASE("If-Modified-Since is for GET and HEAD, and not heeded beside If-None-Match") {
  Scene scene;
  scene.file().last_modified = now - 1000 * 3600;
  scene.ask("PUT", {{"Content-Type", "text/html"}, {"If-Modified-Since", "Mon, 05 Jan 2026 09:30:00 GMT"}}, "<p>new");
  CHECK(scene.answer().response.status == 204);
  scene.ask("GET", {{"If-Modified-Since", "Mon, 05 Jan 2026 09:30:00 GMT"}});
  CHECK(scene.answer().response.status == 304);
  scene.ask("GET", {{"If-Modified-Since", "Mon, 05 Jan 2026 09:30:00 GMT"}, {"If-None-Match", "\"b\""}});
  CHECK(scene.answer().response.status == 200);
}

TEST_CASE("an https target at a server without TLS is misdirected, an http target is not") {
  Scene scene;
  scene.config.tls = false;
  CHECK(scene.answer().response.status == 421);
  scene.request.target = "http://a.example/x";
  CHECK(scene.answer().response.status == 200);
}

// --- the order that nobody fixed ----------------------------------------------------------------------------------------

Scene refused_twice() {
  Scene scene;
  scene.resource().auth.emplace();
  scene.resource().methods = {"GET"};
  scene.ask("DELETE");
  return scene;
}

TEST_CASE("of two checks that no document orders, the other is an alternative") {
  const origin::Answer answer = refused_twice().answer();
  CHECK(answer.response.status == 401);
  const std::vector<Alternative>& others = answer.decisions.back().alternatives;
  CHECK(std::any_of(others.begin(), others.end(), [](const Alternative& a) { return a.policy == "method-not-allowed" && a.gives == 405; }));
}

TEST_CASE("the policy puts one of them first") {
  Scene scene = refused_twice();
  scene.config.policy.order = {"method-not-allowed"};
  CHECK(scene.answer().response.status == 405);
}

TEST_CASE("an order cannot name what is fixed") {
  CHECK_FALSE(order_fault({"method-not-allowed", "rate-exceeded"}));
  CHECK(order_fault({"method-not-allowed", "if-match"}) == "if-match");
  CHECK(order_fault({"nonsense"}) == "nonsense");
}

// --- requests leave something behind ------------------------------------------------------------------------------------

TEST_CASE("what PUT stores is what GET finds, under a new ETag") {
  Origin server({});
  const http::Request put{"PUT", "https://a.example/x", {{"Content-Type", "text/plain"}}, "new"};
  const http::Request get{.target = "https://a.example/x"};
  CHECK(server.respond(put, now).response.status == 204);
  const http::Response found = server.respond(get, now).response;
  CHECK(found.content == "new");
  CHECK(*http::find(found.fields, "Content-Type") == "text/plain; charset=utf-8");
  CHECK(*http::find(found.fields, "ETag") != "\"a\"");
  // Another path of the same resource stays what it was.
  CHECK(*http::find(server.respond({.target = "https://a.example/y"}, now).response.fields, "ETag") == "\"a\"");
}

TEST_CASE("the second of two updates from the same state is refused, where it says what it saw") {
  Origin server({});
  const http::Request update{"PUT", "https://a.example/x", {{"Content-Type", "text/html"}, {"If-Match", "\"a\""}}, "<p>mine"};
  CHECK(server.respond(update, now).response.status == 204);
  CHECK(server.respond(update, now).response.status == 412);
}

TEST_CASE("what DELETE took away is not found, and PUT brings it back") {
  Origin server({});
  CHECK(server.respond({"DELETE", "https://a.example/x", {}, {}}, now).response.status == 204);
  CHECK(server.respond({"GET", "https://a.example/x", {}, {}}, now).response.status == 404);
  CHECK(server.respond({"PUT", "https://a.example/x", {{"Content-Type", "text/plain"}}, "again"}, now).response.status == 201);
  CHECK(server.respond({"GET", "https://a.example/x", {}, {}}, now).response.status == 200);
}

TEST_CASE("two POSTs make two members") {
  OriginConfig config;
  config.resources[0].write.outcome = origin::Outcome::created;
  Origin server(config);
  const http::Request order{"POST", "https://a.example/orders", {{"Content-Type", "application/json"}}, "{\"book\":1}"};
  const http::Response first = server.respond(order, now).response, second = server.respond(order, now).response;
  CHECK(first.status == 201);
  CHECK(*http::find(first.fields, "Location") != *http::find(second.fields, "Location"));
  const http::Request get{.target = "https://a.example" + *http::find(first.fields, "Location")};
  CHECK(server.respond(get, now).response.content == "{\"book\":1}");
}

TEST_CASE("with an Idempotency-Key the second POST makes nothing new; with other content it is refused") {
  OriginConfig config;
  config.resources[0].write = {.outcome = origin::Outcome::created, .idempotency_keys = true};
  Origin server(config);
  http::Request order{"POST", "https://a.example/orders", {{"Content-Type", "application/json"}, {"Idempotency-Key", "\"k1\""}}, "{\"book\":1}"};
  const http::Response first = server.respond(order, now).response, again = server.respond(order, now).response;
  CHECK(first.status == 201);
  CHECK(again.fields == first.fields);
  order.content = "{\"book\":2}";
  CHECK(server.respond(order, now).response.status == 422);
  http::set(order.fields, "Idempotency-Key", "\"k2\"");
  CHECK(*http::find(server.respond(order, now).response.fields, "Location") != *http::find(first.fields, "Location"));
}

TEST_CASE("a rate limit opens again with its next window") {
  OriginConfig config;
  config.rate_limits = {{.limit = 2, .window_s = 60}};
  Origin server(config);
  const http::Request get{.target = "https://a.example/x"};
  CHECK(server.respond(get, now).response.status == 200);
  CHECK(server.respond(get, now + 10'000).response.status == 200);
  const http::Response refused = server.respond(get, now + 20'000).response;
  CHECK(refused.status == 429);
  CHECK(*http::find(refused.fields, "Retry-After") == "40");
  CHECK(server.respond(get, {.client_ip = "192.0.2.2"}, now + 20'000).response.status == 200);
  CHECK(server.respond(get, now + 60'000).response.status == 200);
}

TEST_CASE("a lock is in the way of whoever does not submit its token") {
  Origin server({});
  const http::Request lock{"LOCK", "https://a.example/x", {{"Content-Type", "application/xml"}}, "<D:lockinfo xmlns:D=\"DAV:\"/>"};
  OriginConfig config;
  config.resources[0].dav.emplace();
  server = Origin(config);
  const http::Response held = server.respond(lock, now).response;
  REQUIRE(held.status == 200);
  http::Request put{"PUT", "https://a.example/x", {{"Content-Type", "text/html"}}, "<p>new"};
  CHECK(server.respond(put, now).response.status == 423);
  put.fields.push_back({"If", "(" + *http::find(held.fields, "Lock-Token") + ")"});
  CHECK(server.respond(put, now).response.status == 204);
}

// --- what stands in the response ----------------------------------------------------------------------------------------

TEST_CASE("HEAD has the fields of GET and no content") {
  Scene scene;
  const http::Response get = scene.answer().response;
  scene.ask("HEAD");
  const http::Response head = scene.answer().response;
  CHECK(head.fields == get.fields);
  CHECK(head.content.empty());
  CHECK(get.content.size() == 1000);
}

TEST_CASE("several ranges come as parts in the order of the request; one of them alone needs no multipart") {
  Scene scene;
  scene.file() = {.media = "text/plain", .text = "0123456789"};
  scene.ask("GET", {{"Range", "bytes=7-8,-1,0-1"}});
  CHECK(scene.answer().response.content ==
        "--next-part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 7-8/10\r\n\r\n78\r\n"
        "--next-part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 9-9/10\r\n\r\n9\r\n"
        "--next-part\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Range: bytes 0-1/10\r\n\r\n01\r\n"
        "--next-part--\r\n");
  scene.ask("GET", {{"Range", "bytes=7-8,50-60"}});
  CHECK(scene.answer().response.content == "78");
  CHECK(*http::find(scene.answer().response.fields, "Content-Range") == "bytes 7-8/10");
}

TEST_CASE("a range that is no range, or of another unit, is ignored") {
  Scene scene;
  for (const char* value : {"bytes=4-2", "pages=1-2", "bytes=a-b", "bytes", "bytes=1-2,3"}) {
    scene.ask("GET", {{"Range", value}});
    INFO(value);
    CHECK(scene.answer().response.status == 200);
  }
}

Scene two_languages() {
  Scene scene;
  scene.resource().path = "/x";
  scene.resource().representations = {{.lang = "en"}, {.lang = "fr", .etag = "\"b\""}};
  return scene;
}

TEST_CASE("the representation that suits best is sent, and Vary tells what it was chosen by") {
  Scene scene = two_languages();
  scene.ask("GET", {{"Accept-Language", "fr-CA, fr;q=0.8, en;q=0.5"}});
  const http::Response response = scene.answer().response;
  CHECK(*http::find(response.fields, "Content-Language") == "fr");
  CHECK(*http::find(response.fields, "ETag") == "\"b\"");
  CHECK(*http::find(response.fields, "Vary") == "Accept-Language");
  CHECK(complaints(scene) == "");
}

TEST_CASE("a variant is to be had by its own path, where nothing is negotiated") {
  Scene scene = two_languages();
  scene.request.target = "https://a.example/x.fr.html";
  const http::Response response = scene.answer().response;
  CHECK(*http::find(response.fields, "Content-Language") == "fr");
  CHECK_FALSE(http::has(response.fields, "Vary"));
}

TEST_CASE("where nothing suits, the policy says 406 or the default") {
  Scene scene = two_languages();
  scene.ask("GET", {{"Accept-Language", "ja"}});
  CHECK(scene.answer().response.status == 406);
  scene.config.policy.not_acceptable = origin::NotAcceptable::serve_default;
  CHECK(scene.answer().response.status == 200);
}

TEST_CASE("a preflight is answered before anybody asks for credentials, unless the policy has it otherwise") {
  Scene scene;
  scene.resource().auth.emplace();
  scene.resource().cors = {.allow_origin = origin::AllowOrigin::list, .origins = {"https://app.example"}, .allow_headers = {"Authorization"}, .max_age = 600};
  scene.ask("OPTIONS", {{"Origin", "https://app.example"}, {"Access-Control-Request-Method", "PUT"}, {"Access-Control-Request-Headers", "authorization"}});
  const http::Response granted = scene.answer().response;
  CHECK(granted.status == 204);
  CHECK(*http::find(granted.fields, "Access-Control-Allow-Origin") == "https://app.example");
  CHECK(*http::find(granted.fields, "Vary") == "Origin");
  CHECK(complaints(scene) == "");
  scene.config.policy.order = {"credentials-missing"};
  CHECK(scene.answer().response.status == 401);
}

TEST_CASE("chunks carry trailers; HTTP/1.0 gets a length instead") {
  Scene scene;
  scene.resource().framing = origin::Framing::chunked;
  scene.resource().trailers = {{"Server-Timing", "db;dur=5"}};
  scene.ask("GET", {{"TE", "trailers"}, {"Connection", "TE"}});
  CHECK(scene.answer().response.trailers.size() == 1);
  CHECK_FALSE(http::has(scene.answer().response.fields, "Content-Length"));
  CHECK(complaints(scene) == "");
  scene.arrival.http_version = "1.0";
  CHECK(http::has(scene.answer().response.fields, "Content-Length"));
}

// --- WebDAV ------------------------------------------------------------------------------------------------------------------

Scene collection() {
  Scene scene;
  scene.resource().path = "/docs/";
  scene.resource().collection = true;
  scene.resource().dav.emplace().members = {{"/docs/a", 200}, {"/docs/b", 423}};
  scene.request.target = "https://a.example/docs/";
  return scene;
}

TEST_CASE("PROPFIND goes as deep as Depth says") {
  Scene scene = collection();
  scene.ask("PROPFIND", {{"Depth", "0"}});
  CHECK(scene.answer().response.content.find("/docs/a") == std::string::npos);
  scene.ask("PROPFIND", {{"Depth", "1"}});
  CHECK(scene.answer().response.content.find("<D:href>/docs/a</D:href>") != std::string::npos);
}

TEST_CASE("DELETE of a collection tells only of the members that stay") {
  Scene scene = collection();
  scene.ask("DELETE");
  const http::Response response = scene.answer().response;
  CHECK(response.status == 207);
  CHECK(response.content.find("/docs/a") == std::string::npos);
  CHECK(response.content.find("<D:href>/docs/b</D:href><D:status>HTTP/1.1 423 Locked</D:status>") != std::string::npos);
  scene.resource().dav->members.pop_back();
  CHECK(scene.answer().response.status == 204);
}

TEST_CASE("a property that cannot be set takes the others with it") {
  Scene scene;
  scene.resource().dav.emplace();
  scene.ask("PROPPATCH");
  CHECK(scene.answer().response.content.find("424") == std::string::npos);
  scene.resource().dav->dependency_failed = true;
  CHECK(scene.answer().response.content.find("HTTP/1.1 424 Failed Dependency") != std::string::npos);
}

TEST_CASE("COPY leaves the source, MOVE does not; a destination that was there makes 204 of 201") {
  OriginConfig config;
  config.resources[0].path = "/a";
  config.resources[0].dav.emplace();
  Origin server(config);
  http::Request carry{"COPY", "https://a.example/a", {{"Destination", "https://a.example/b"}}, {}};
  CHECK(server.respond(carry, now).response.status == 201);
  CHECK(server.respond(carry, now).response.status == 204);
  carry.fields.push_back({"Overwrite", "F"});
  CHECK(server.respond(carry, now).response.status == 412);
  carry = {"MOVE", "https://a.example/a", {{"Destination", "https://a.example/b"}}, {}};
  CHECK(server.respond(carry, now).response.status == 204);
  CHECK(server.respond({.target = "https://a.example/a"}, now).response.status == 404);
  CHECK(server.respond({.target = "https://a.example/b"}, now).response.status == 200);
}

TEST_CASE("COPY without a destination is 400, MKCOL of what is there 405") {
  Scene scene;
  scene.resource().dav.emplace();
  scene.ask("COPY");
  CHECK(scene.answer().response.status == 400);
  scene.ask("MKCOL");
  CHECK(scene.answer().response.status == 405);
  CHECK(http::find(scene.answer().response.fields, "Allow")->find("MKCOL") == std::string::npos);
  scene.resource().exists = false;
  CHECK(scene.answer().response.status == 201);
}

TEST_CASE("who allows GET allows HEAD") {
  Scene scene;
  scene.resource().methods = {"GET"};
  scene.ask("HEAD");
  CHECK(scene.answer().response.status == 200);
  scene.ask("DELETE");
  CHECK(*http::find(scene.answer().response.fields, "Allow") == "GET, HEAD");
}

TEST_CASE("If names tags and tokens; one list that matches is enough") {
  Scene scene;
  scene.resource().dav.emplace().lock = origin::Lock{.token = "urn:x"};
  const auto with = [&scene](const char* value) {
    scene.ask("PUT", {{"Content-Type", "text/plain"}, {"If", value}}, "new");
    return scene.answer().response.status;
  };
  CHECK(with("(<urn:x> [\"a\"])") == 204);
  CHECK(with("(<urn:x> [\"b\"])") == 412);
  CHECK(with("(<urn:y>) (<urn:x>)") == 204);
  CHECK(with("(Not <urn:y> <urn:x>)") == 204);
  CHECK(with("(Not <urn:x>)") == 412);
  CHECK(with("([\"a\"])") == 423);
}

// --- what other versions and framings change ---------------------------------------------------------------------------------

TEST_CASE("HTTP/2 has no reason phrase and no fields of a connection") {
  Scene scene;
  scene.arrival.http_version = "2";
  scene.resource().framing = origin::Framing::close;
  const http::Response response = scene.answer().response;
  CHECK(response.reason.empty());
  CHECK_FALSE(http::has(response.fields, "Connection"));
  CHECK(http::has(response.fields, "Content-Length"));
}

TEST_CASE("a request with a length and a coding ends the connection, whoever wins") {
  Scene scene;
  scene.ask("POST", {{"Content-Type", "text/plain"}, {"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}, "a=1");
  CHECK(scene.answer().response.status == 400);
  CHECK(scene.answer().closes);
  scene.config.policy.framing_conflict = origin::FramingConflict::coding_wins;
  CHECK(scene.answer().response.status == 200);
  CHECK(scene.answer().closes);
}

TEST_CASE("any bytes get an answer with one terminal decision") {
  const char* const bytes[] = {"", "*", "://", "https://", "\xff\xfe", "https://a.example", "?", "#", "https://a.example/x?\r\n"};
  for (const char* target : bytes)
    for (const char* method : {"GET", "", "OPTIONS", "COPY", "PROPFIND", "CONNECT", "M-GET"})
      for (const char* value : {"", "\"", "W/", "*", ",,,", "bytes=-", "(", "<", "Basic ", "99999999999999999999"}) {
        http::Request request{method, target, {}, value};
        for (const char* name : {"If-Match", "If-None-Match", "If-Range", "Range", "If", "Authorization", "Accept", "Expect", "Content-Type", "Destination", "Depth", "A-IM", "Man"})
          request.fields.push_back({name, value});
        OriginConfig config;
        config.resources[0].dav.emplace().lock.emplace();
        const origin::Answer answer = Origin(config).respond(request, now);
        const auto terminal = std::count_if(answer.decisions.begin(), answer.decisions.end(), [](const Decision& d) { return d.terminal; });
        if (terminal != 1) {
          INFO(method << " " << target << " " << value);
          CHECK(terminal == 1);
        }
      }
}

}  // namespace
}  // namespace statuslab::tests
