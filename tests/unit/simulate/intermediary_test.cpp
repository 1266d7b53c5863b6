#include "statuslab/intermediary.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>

namespace statuslab::intermediary::tests {
namespace {

Incoming request(std::string method, http::Fields fields = {}, std::string content = {}) {
  return {.request = {.method = std::move(method), .target = "https://a.example/x", .fields = std::move(fields), .content = std::move(content)}};
}

const Forwarded& forwarded(const Step& step) {
  REQUIRE(step.forward);
  CHECK_FALSE(step.respond);
  return *step.forward;
}

std::uint16_t responded(const Step& step) {
  REQUIRE(step.respond);
  return step.respond->status;
}

std::string field(const http::Fields& fields, std::string_view name) {
  const std::string* value = http::find(fields, name);
  return value ? *value : "-";
}

Answer answer(std::uint16_t status, http::Fields fields = {}, std::string content = {}) {
  return {.response = {.status = status, .fields = std::move(fields), .content = std::move(content)}};
}

int terminals(const Step& step) {
  return static_cast<int>(std::count_if(step.decisions.begin(), step.decisions.end(), [](const Decision& d) { return d.terminal; }));
}

}  // namespace

TEST_CASE("fields of the connection go no further, and those that Connection names") {
  const Step step = receive({}, request("GET", {{"Connection", "close, X-Hop"}, {"X-Hop", "1"}, {"Keep-Alive", "timeout=5"}, {"TE", "trailers"}, {"X-End", "2"}}));
  const http::Fields& fields = forwarded(step).request.fields;
  for (const char* name : {"Connection", "X-Hop", "Keep-Alive", "TE"}) CHECK_FALSE(http::has(fields, name));
  CHECK(field(fields, "X-End") == "2");
}

TEST_CASE("Via grows by one, and names who has been there") {
  CHECK(field(forwarded(receive({.name = "p1"}, request("GET"))).request.fields, "Via") == "1.1 p1");
  CHECK(field(forwarded(receive({.name = "p2"}, request("GET", {{"Via", "1.0 p1"}}))).request.fields, "Via") == "1.0 p1, 1.1 p2");
  const Step loop = receive({.name = "p1"}, request("GET", {{"Via", "1.1 p1 (cache), 1.1 p2"}}));
  CHECK(responded(loop) == 508);
  CHECK(terminals(loop) == 1);
}

TEST_CASE("Max-Forwards counts down for TRACE and OPTIONS only") {
  CHECK(field(forwarded(receive({}, request("OPTIONS", {{"Max-Forwards", "2"}}))).request.fields, "Max-Forwards") == "1");
  CHECK(field(forwarded(receive({}, request("GET", {{"Max-Forwards", "0"}}))).request.fields, "Max-Forwards") == "0");
  const Step trace = receive({}, request("TRACE", {{"Max-Forwards", "0"}, {"Cookie", "secret"}, {"X-A", "1"}}));
  CHECK(responded(trace) == 200);
  CHECK(trace.respond->content.find("X-A: 1") != std::string::npos);
  CHECK(trace.respond->content.find("secret") == std::string::npos);
}

TEST_CASE("a proxy asks for credentials and keeps them to itself") {
  const Config config{.challenge = "Basic realm=\"p\"", .credentials = "Basic dTpw"};
  const Step refused = receive(config, request("GET"));
  CHECK(responded(refused) == 407);
  CHECK(field(refused.respond->fields, "Proxy-Authenticate") == "Basic realm=\"p\"");
  CHECK_FALSE(http::has(forwarded(receive(config, request("GET", {{"Proxy-Authorization", "Basic dTpw"}}))).request.fields, "Proxy-Authorization"));
}

TEST_CASE("early data is marked or held back") {
  Incoming early = request("GET");
  early.early_data = true;
  const Step marked = receive({}, early);
  CHECK(field(forwarded(marked).request.fields, "Early-Data") == "1");
  CHECK(forwarded(marked).early_data);
  const Step held = receive({.forward_early_data = false}, early);
  CHECK(field(forwarded(held).request.fields, "Early-Data") == "-");
  CHECK_FALSE(forwarded(held).early_data);
  CHECK(field(forwarded(receive({}, request("GET", {{"Early-Data", "1"}}))).request.fields, "Early-Data") == "1");
}

TEST_CASE("425 goes back where Early-Data came in, and may be tried again where early data did") {
  const Config config{.repeats_425 = true};
  const Incoming marked = request("GET", {{"Early-Data", "1"}});
  CHECK(responded(respond(config, marked, forwarded(receive(config, marked)), answer(425))) == 425);
  Incoming early = request("GET");
  early.early_data = true;
  const Step again = respond(config, early, forwarded(receive(config, early)), answer(425));
  CHECK_FALSE(forwarded(again).early_data);
  CHECK(field(forwarded(again).request.fields, "Early-Data") == "-");
  CHECK(responded(respond({}, early, forwarded(receive({}, early)), answer(425))) == 425);
}

TEST_CASE("no response: 504 for one that is late, 502 for all others") {
  const Incoming incoming = request("GET");
  const Forwarded sent = forwarded(receive({}, incoming));
  for (const Failure failure : {Failure::unreachable, Failure::closed, Failure::malformed}) {
    const Step step = respond({}, incoming, sent, {.failure = failure});
    CHECK(responded(step) == 502);
    CHECK(terminals(step) == 1);
  }
  CHECK(responded(respond({}, incoming, sent, {.failure = Failure::timeout})) == 504);
}

TEST_CASE("interim responses pass, but not to a client of HTTP/1.0") {
  Incoming incoming = request("GET");
  const Forwarded sent = forwarded(receive({}, incoming));
  Answer hints = answer(200);
  hints.response.interim.push_back({103, {{"Link", "</a.css>; rel=preload"}, {"Connection", "x"}}});
  const Step step = respond({}, incoming, sent, hints);
  REQUIRE(step.respond->interim.size() == 1);
  CHECK_FALSE(http::has(step.respond->interim[0].fields, "Connection"));
  incoming.version = "1.0";
  CHECK(respond({}, incoming, sent, hints).respond->interim.empty());
  Answer upgrade = answer(200);
  upgrade.response.interim.push_back({101, {}});
  CHECK(responded(respond({}, incoming, sent, upgrade)) == 502);
}

TEST_CASE("content is framed anew for the next connection") {
  const Incoming chunked = request("POST", {{"Transfer-Encoding", "chunked"}}, "abc");
  CHECK(field(forwarded(receive({}, chunked)).request.fields, "Transfer-Encoding") == "chunked");
  const Step old = receive({.upstream_version = "1.0"}, chunked);
  CHECK(field(forwarded(old).request.fields, "Content-Length") == "3");
  CHECK(field(forwarded(old).request.fields, "Transfer-Encoding") == "-");
  CHECK(field(forwarded(receive({.upstream_version = "2"}, chunked)).request.fields, "Transfer-Encoding") == "-");
  Incoming client = request("GET");
  client.version = "1.0";
  const Step back = respond({}, client, forwarded(receive({}, client)), answer(200, {{"Transfer-Encoding", "chunked"}}, "abc"));
  CHECK(field(back.respond->fields, "Transfer-Encoding") == "-");
  CHECK(field(back.respond->fields, "Connection") == "close");
}

TEST_CASE("a proxy that changes the content says 203, unless no-transform forbids it") {
  const Config config{.transform = true};
  const Incoming incoming = request("GET");
  const Forwarded sent = forwarded(receive(config, incoming));
  const Step changed = respond(config, incoming, sent, answer(200, {{"ETag", "\"a\""}}, "abc"));
  CHECK(responded(changed) == 203);
  CHECK_FALSE(http::has(changed.respond->fields, "ETag"));
  CHECK(responded(respond(config, incoming, sent, answer(200, {{"Cache-Control", "no-transform"}}, "abc"))) == 200);
}

TEST_CASE("an expectation that the next server cannot know of") {
  CHECK(responded(receive({.upstream_version = "1.0"}, request("PUT", {{"Expect", "100-continue"}}, "a"))) == 417);
  CHECK(field(forwarded(receive({}, request("PUT", {{"Expect", "100-continue"}}, "a"))).request.fields, "Expect") == "100-continue");
}

}  // namespace statuslab::intermediary::tests
