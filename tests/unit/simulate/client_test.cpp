#include "statuslab/client.h"

#include <catch2/catch_test_macros.hpp>

#include <algorithm>
#include <tuple>

#include "base/digest.h"

namespace statuslab::client::tests {
namespace {

constexpr Instant now = 1767607200000;  // 2026-01-05T10:00:00Z
constexpr Instant second = 1000;

http::Request request(std::string method = "GET", std::string target = "https://a.example/x", http::Fields fields = {}, std::string content = {}) {
  return {.method = std::move(method), .target = std::move(target), .fields = std::move(fields), .content = std::move(content)};
}

Incoming response(std::uint16_t status, http::Fields fields = {}, std::string content = {}) {
  Incoming incoming;
  incoming.response.status = status;
  incoming.response.fields = std::move(fields);
  if (!http::has(incoming.response.fields, "Content-Length")) incoming.response.fields.push_back({"Content-Length", std::to_string(content.size())});
  incoming.response.content = std::move(content);
  return incoming;
}

Incoming failure(Failure kind) {
  Incoming incoming;
  incoming.failure = kind;
  return incoming;
}

Client client_of(std::string_view profile, Config config = {}) { return Client(*find_profile(profile), std::move(config)); }

const Outgoing& sent(const Step& step) {
  REQUIRE(step.requests.size() == 1);
  return step.requests.front();
}

const Outcome& outcome(const Step& step) {
  REQUIRE(step.outcome);
  return *step.outcome;
}

const Decision* find(const Step& step, DecisionId id) {
  const auto found = std::find_if(step.decisions.begin(), step.decisions.end(), [id](const Decision& d) { return d.id == id; });
  return found == step.decisions.end() ? nullptr : &*found;
}

std::string field(const Outgoing& outgoing, std::string_view name) {
  const std::string* value = http::find(outgoing.request.fields, name);
  return value ? *value : "-";
}

bool changed(const Step& step, ChangeKind kind) {
  return std::any_of(step.changes.begin(), step.changes.end(), [kind](const Change& change) { return change.kind == kind; });
}

std::string hex(const std::string& bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789abcdef"[(static_cast<unsigned char>(c) >> 4) & 15];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

}  // namespace

TEST_CASE("a response reaches its caller") {
  Client client = client_of("by-the-book");
  const Step first = client.start(request(), now);
  CHECK(sent(first).request.target == "https://a.example/x");
  CHECK_FALSE(sent(first).reused);
  const Step step = client.receive(response(200, {}, "hello"), now);
  CHECK(outcome(step).status == 200);
  CHECK(outcome(step).content == "hello");
  CHECK(changed(step, ChangeKind::connection_kept));
  CHECK(sent(client.start(request(), now)).reused);
}

TEST_CASE("a target that is no http URI goes nowhere") {
  CHECK(outcome(client_of("curl").start(request("GET", "ftp://a.example/"), now)).error == Error::network);
  CHECK(outcome(client_of("curl").start(request("GET", ""), now)).error == Error::network);
}

TEST_CASE("a POST through 301 becomes a GET, through 308 it stays") {
  for (const char* profile : {"by-the-book", "curl", "undici7-fetch", "py-requests", "chromium"}) {
    CAPTURE(profile);
    Client client = client_of(profile);
    (void)client.start(request("POST", "https://a.example/x", {{"Content-Type", "text/plain"}}, "abc"), now);
    const Step moved = client.receive(response(301, {{"Location", "/y?q"}}), now);
    CHECK(sent(moved).request.method == "GET");
    CHECK(sent(moved).request.content.empty());
    CHECK(sent(moved).request.target == "https://a.example/y?q");
    CHECK(sent(moved).purpose == Purpose::redirect);

    Client other = client_of(profile);
    (void)other.start(request("POST", "https://a.example/x", {{"Content-Type", "text/plain"}}, "abc"), now);
    const Step permanent = other.receive(response(308, {{"Location", "/y"}}), now);
    CHECK(sent(permanent).request.method == "POST");
    CHECK(sent(permanent).request.content == "abc");
  }
}

TEST_CASE("a redirect to another origin leaves credentials behind, but Wget takes them along") {
  const http::Fields fields{{"Authorization", "Bearer t"}, {"X-Custom", "c"}};
  const auto redirected = [&](std::string_view profile, const char* location) {
    Client client = client_of(profile);
    (void)client.start(request("GET", "https://a.example/x", fields), now);
    return sent(client.receive(response(302, {{"Location", location}}), now));
  };
  CHECK(field(redirected("curl", "https://b.example/"), "Authorization") == "-");
  CHECK(field(redirected("curl", "https://b.example/"), "X-Custom") == "c");
  CHECK(field(redirected("curl", "https://a.example/y"), "Authorization") == "Bearer t");
  CHECK(field(redirected("wget", "https://b.example/"), "Authorization") == "Bearer t");
}

TEST_CASE("redirects in a circle end") {
  for (const auto& [profile, requests, error] : {std::tuple{"curl", 51, true}, {"undici7-fetch", 21, true}, {"py-urllib", 11, false}}) {
    CAPTURE(profile);
    Client client = client_of(profile);
    Step step = client.start(request(), now);
    int count = 0;
    while (!step.outcome && count < 100) {
      ++count;
      step = client.receive(response(302, {{"Location", "/" + std::to_string(count % 2)}}), now);
    }
    CHECK(count == requests);
    CHECK((outcome(step).error == Error::redirect_limit) == error);
    CHECK(find(step, DecisionId::redirect_limit_reached) != nullptr);
  }
}

TEST_CASE("the fragment of the first target outlives a redirect without one") {
  Client client = client_of("by-the-book");
  (void)client.start(request("GET", "https://a.example/x#part"), now);
  (void)client.receive(response(301, {{"Location", "/y"}}), now);
  CHECK(outcome(client.receive(response(200), now)).url == "https://a.example/y#part");
}

TEST_CASE("bytes behind a 204: closed, discarded, or the answer to the next request") {
  const std::string next = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\nPOISON";
  const auto after = [&](std::string_view profile) {
    Client client = client_of(profile);
    (void)client.start(request(), now);
    Incoming late = response(204);
    late.response.fields.clear();
    late.excess = next;
    late.late = true;
    Step step = client.receive(late, now);
    CHECK(outcome(step).status == 204);
    const bool poisoned = changed(step, ChangeKind::connection_poisoned);
    (void)client.start(request("GET", "https://a.example/private"), now);
    return std::pair{poisoned, outcome(client.receive(response(200, {}, "mine"), now)).content};
  };
  CHECK(after("curl") == std::pair{true, std::string("POISON")});
  CHECK(after("by-the-book") == std::pair{false, std::string("mine")});
  CHECK(after("undici7-fetch") == std::pair{false, std::string("mine")});
}

TEST_CASE("interim responses are passed over, but http.client takes 103 for the answer") {
  const auto status = [](std::string_view profile, std::uint16_t interim) {
    Client client = client_of(profile);
    (void)client.start(request(), now);
    Incoming incoming = response(200, {}, "final");
    incoming.response.interim.push_back({interim, {}});
    const Step step = client.receive(incoming, now);
    return outcome(step).error == Error::none ? outcome(step).status : 0;
  };
  CHECK(status("curl", 103) == 200);
  CHECK(status("py-requests", 103) == 103);
  CHECK(status("curl", 100) == 200);
  CHECK(status("undici7-fetch", 100) == 0);
  CHECK(status("by-the-book", 101) == 0);
  CHECK(status("chromium", 101) == 200);
}

TEST_CASE("a navigation acts on early hints, a program that shows no page does not") {
  const auto hinted = [](std::string_view profile, Mode mode, http::Fields fields) {
    Client client = client_of(profile, {.mode = mode});
    (void)client.start(request(), now);
    Incoming incoming = response(200, {}, "final");
    incoming.response.interim.push_back({103, std::move(fields)});
    const Step step = client.receive(incoming, now);
    const Decision* used = find(step, DecisionId::early_hints_used);
    return used == nullptr ? "not asked" : !used->inputs.back().present ? "not measured" : used->answer ? "yes" : "no";
  };
  const http::Fields links{{"Link", "</a.css>; rel=preload; as=style"}};
  CHECK(hinted("by-the-book", Mode::navigate, links) == std::string("yes"));
  CHECK(hinted("chromium", Mode::navigate, links) == std::string("yes"));
  CHECK(hinted("firefox", Mode::navigate, links) == std::string("not measured"));
  CHECK(hinted("chromium", Mode::navigate, {}) == std::string("not asked"));
  CHECK(hinted("curl", Mode::plain, links) == std::string("not asked"));
}

TEST_CASE("a connection in use that closes without a response: idempotent methods go again") {
  const auto requests = [](std::string_view profile, const char* method) {
    Client client = client_of(profile);
    (void)client.start(request(), now);
    (void)client.receive(response(200), now);
    REQUIRE(sent(client.start(request(method), now)).reused);
    return client.receive(failure(Failure::closed), now).requests.size();
  };
  CHECK(requests("by-the-book", "PUT") == 1);
  CHECK(requests("by-the-book", "POST") == 0);
  CHECK(requests("curl", "POST") == 1);
  CHECK(requests("axios", "GET") == 0);
}

TEST_CASE("what a caller asked to be retried waits as Retry-After says") {
  const auto wait = [](std::string_view profile, std::string after) {
    Client client = client_of(profile, {.retries = 1});
    (void)client.start(request(), now);
    http::Fields fields;
    if (!after.empty()) fields.push_back({"Retry-After", std::move(after)});
    const Step step = client.receive(response(503, fields), now);
    return step.requests.empty() ? -1 : step.requests.front().at - now;
  };
  CHECK(wait("curl", "7") == 7 * second);
  CHECK(wait("curl", "") == 1 * second);
  CHECK(wait("curl", "soon") == 1 * second);
  CHECK(wait("curl", "Mon, 05 Jan 2026 10:00:30 GMT") == 30 * second);
  CHECK(wait("undici7-retry", "") == 500);
  CHECK(wait("by-the-book", "0") == 0);
  CHECK(wait("curl", "Mon, 05 Jan 2026 09:00:00 GMT") == -1);  // for ever
}

TEST_CASE("nothing is retried that nobody asked for, nor a POST by the book") {
  Client plain = client_of("curl");
  (void)plain.start(request(), now);
  CHECK(outcome(plain.receive(response(503), now)).status == 503);
  Client post = client_of("by-the-book", {.retries = 2});
  (void)post.start(request("POST", "https://a.example/x", {}, "abc"), now);
  CHECK(outcome(post.receive(response(503), now)).status == 503);
}

TEST_CASE("421 goes again over another connection") {
  Client client = client_of("by-the-book");
  const std::uint32_t first = sent(client.start(request(), now)).connection;
  const Step again = client.receive(response(421), now);
  CHECK(sent(again).connection != first);
  CHECK(outcome(client.receive(response(421), now)).status == 421);
  Client curl = client_of("curl");
  (void)curl.start(request(), now);
  CHECK(outcome(curl.receive(response(421), now)).status == 421);
}

TEST_CASE("425 to early data goes again after the handshake, once; unsafe methods never go early") {
  Client client = client_of("by-the-book", {.early_data = true});
  CHECK(sent(client.start(request(), now)).early_data);
  const Step again = client.receive(response(425), now);
  CHECK_FALSE(sent(again).early_data);
  CHECK(outcome(client.receive(response(425), now)).status == 425);
  CHECK_FALSE(sent(client_of("by-the-book", {.early_data = true}).start(request("POST"), now)).early_data);
}

TEST_CASE("Expect: 100-continue is withdrawn after 417") {
  Client client = client_of("by-the-book", {.expect_continue = true});
  const Step first = client.start(request("PUT", "https://a.example/x", {}, "abc"), now);
  CHECK(field(sent(first), "Expect") == "100-continue");
  CHECK(sent(first).content_wait_ms == 1000U);
  const Step again = client.receive(response(417), now);
  CHECK(field(sent(again), "Expect") == "-");
  CHECK_FALSE(sent(again).content_wait_ms);
  // Also where the caller wrote it.
  (void)client.start(request("PUT", "https://a.example/x", {{"Expect", "100-continue"}}, "abc"), now);
  CHECK(field(sent(client.receive(response(417), now)), "Expect") == "-");
  // curl withdraws only what it added itself.
  Client curl = client_of("curl");
  (void)curl.start(request("PUT", "https://a.example/x", {{"Expect", "100-continue"}}, "abc"), now);
  CHECK(field(sent(curl.receive(response(417), now)), "Expect") == "100-continue");
}

TEST_CASE("417 to another expectation, or where no content waits, is not answered with a repetition") {
  Client client = client_of("by-the-book");
  CHECK_FALSE(sent(client.start(request("PUT", "https://a.example/x", {{"Expect", "tea"}}, "abc"), now)).content_wait_ms);
  CHECK(outcome(client.receive(response(417), now)).status == 417);
  (void)client.start(request("GET", "https://a.example/x", {{"Expect", "100-continue"}}), now);
  CHECK(outcome(client.receive(response(417), now)).status == 417);
}

TEST_CASE("Basic is answered once, Digest with what RFC 7616 computes") {
  const Account account{.user = "u", .password = "p", .token = {}, .digest = true};
  Client client = client_of("by-the-book", {.account = account});
  CHECK(field(sent(client.start(request(), now)), "Authorization") == "-");
  const Step answer = client.receive(response(401, {{"WWW-Authenticate", "Basic realm=\"r\""}}), now);
  CHECK(field(sent(answer), "Authorization") == "Basic dTpw");
  CHECK(outcome(client.receive(response(401, {{"WWW-Authenticate", "Basic realm=\"r\""}}), now)).status == 401);
  CHECK(changed(answer, ChangeKind::credentials_stored));
  CHECK(field(sent(client.start(request("GET", "https://a.example/y"), now)), "Authorization") == "Basic dTpw");
  CHECK(field(sent(client.start(request("GET", "https://b.example/y"), now)), "Authorization") == "-");

  // Without qop: H(H(A1) ":" nonce ":" H(A2)).
  const std::string expected = hex(md5(hex(md5("u:r:p")) + ":n:" + hex(md5("GET:/x"))));
  Client digest = client_of("by-the-book", {.account = account});
  (void)digest.start(request(), now);
  const Step digested = digest.receive(response(401, {{"WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\""}}), now);
  CHECK(field(sent(digested), "Authorization").find("response=\"" + expected + "\"") != std::string::npos);
}

TEST_CASE("Digest takes a protection that the server offers") {
  const auto authorization = [](const std::string& challenge, std::string user = "u") {
    Client client = client_of("by-the-book", {.account = Account{.user = std::move(user), .password = "p", .token = {}, .digest = true}});
    (void)client.start(request("PUT", "https://a.example/x", {}, "abc"), now);
    const Step step = client.receive(response(401, {{"WWW-Authenticate", "Digest nonce=\"n\", " + challenge}}), now);
    return step.requests.empty() ? "-" : field(sent(step), "Authorization");
  };
  const auto part = [](const std::string& text, const std::string& name) {
    const std::size_t begin = text.find(name + "=") + name.size() + 1;
    return text.substr(begin, text.find(',', begin) - begin);
  };
  CHECK(part(authorization("realm=\"r\", qop=\"auth, auth-int\""), "qop") == "auth");
  CHECK(part(authorization("realm=\"r\", qop=\"token, AUTH\""), "qop") == "auth");
  CHECK(authorization("realm=\"r\", qop=\"token\"") == "-");

  // H(A2) has the content in it: Method ":" request-uri ":" H(entity-body).
  const std::string whole = authorization("realm=\"r\", qop=\"auth-int\"");
  CHECK(part(whole, "qop") == "auth-int");
  const std::string cnonce = part(whole, "cnonce");
  const std::string a2 = hex(md5("PUT:/x:" + hex(md5("abc"))));
  CHECK(part(whole, "response") == "\"" + hex(md5(hex(md5("u:r:p")) + ":n:00000001:" + cnonce.substr(1, cnonce.size() - 2) + ":auth-int:" + a2)) + "\"");

  // Quotes and backslashes stay what they are.
  CHECK(authorization("realm=\"a \\\"b\\\" \\\\\"", "u\"v").starts_with("Digest username=\"u\\\"v\", realm=\"a \\\"b\\\" \\\\\", nonce=\"n\""));
}

TEST_CASE("cookies go back to where they came from, until they are over") {
  Client client = client_of("by-the-book");
  (void)client.start(request("GET", "https://a.example/shop/x"), now);
  const Step stored = client.receive(response(200, {{"Set-Cookie", "a=1; Path=/; Max-Age=10"}, {"Set-Cookie", "b=2"}, {"Set-Cookie", "c=3; Domain=b.example"}}), now);
  CHECK(changed(stored, ChangeKind::cookie_stored));
  CHECK(client.cookies().size() == 2);
  const auto cookie = [&](const char* target, Instant at) {
    const std::string text = field(sent(client.start(request("GET", target), at)), "Cookie");
    (void)client.receive(response(200), at);
    return text;
  };
  CHECK(cookie("https://a.example/shop/y", now) == "b=2; a=1");  // longer paths first
  CHECK(cookie("https://a.example/", now) == "a=1");
  CHECK(cookie("https://a.example/", now + 11 * second) == "-");
  CHECK(cookie("https://b.example/", now) == "-");
}

TEST_CASE("CORS: a simple request is checked afterwards, another one asks first") {
  const Config config{.mode = Mode::cors, .origin = "https://page.example"};
  Client simple = client_of("by-the-book", config);
  CHECK(field(sent(simple.start(request(), now)), "Origin") == "https://page.example");
  CHECK(outcome(simple.receive(response(200, {}, "secret"), now)).error == Error::cors);

  Client put = client_of("by-the-book", config);
  const Step asks = put.start(request("PUT", "https://a.example/x", {{"X-Custom", "1"}}), now);
  CHECK(sent(asks).purpose == Purpose::preflight);
  CHECK(sent(asks).request.method == "OPTIONS");
  CHECK(field(sent(asks), "Access-Control-Request-Headers") == "x-custom");
  const http::Fields leave{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}, {"Access-Control-Allow-Headers", "X-Custom"}};
  CHECK(sent(put.receive(response(204, leave), now)).request.method == "PUT");
  const Step done = put.receive(response(200, {{"Access-Control-Allow-Origin", "*"}, {"X-Secret", "1"}}), now);
  CHECK(outcome(done).type == Type::cors);
  CHECK_FALSE(http::has(outcome(done).fields, "X-Secret"));
  // The leave holds for five seconds where nothing is said about that.
  CHECK(sent(put.start(request("PUT", "https://a.example/x", {{"X-Custom", "1"}}), now + 4 * second)).purpose == Purpose::first);
  (void)put.receive(response(200, {{"Access-Control-Allow-Origin", "*"}}), now + 4 * second);
  CHECK(sent(put.start(request("PUT", "https://a.example/x", {{"X-Custom", "1"}}), now + 6 * second)).purpose == Purpose::preflight);
}

TEST_CASE("a preflight that says no ends it: nothing else is sent") {
  const Config config{.mode = Mode::cors, .origin = "https://page.example"};
  for (const Incoming& refusal : {response(404, {{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}}), response(204, {{"Access-Control-Allow-Origin", "*"}})}) {
    Client client = client_of("by-the-book", config);
    (void)client.start(request("PUT"), now);
    const Step step = client.receive(refusal, now);
    CHECK(step.requests.empty());
    CHECK(outcome(step).error == Error::cors);
  }
}

TEST_CASE("a preflight is read as a whole") {
  // Whether `fields` let a PUT with one field and these credentials pass.
  const auto passes = [](http::Fields fields, std::string_view name = "X-Custom", Credentials credentials = Credentials::omit) {
    Client client = client_of("by-the-book", {.mode = Mode::cors, .origin = "https://page.example", .credentials = credentials});
    (void)client.start(request("PUT", "https://a.example/x", {{std::string(name), "1"}}), now);
    fields.push_back({"Access-Control-Allow-Origin", credentials == Credentials::include ? "https://page.example" : "*"});
    return !client.receive(response(204, std::move(fields)), now).requests.empty();
  };
  const http::Field put{"Access-Control-Allow-Methods", "PUT"};
  CHECK(passes({put, {"Access-Control-Allow-Headers", "x-custom, , a"}}));
  CHECK(passes({put, {"Access-Control-Allow-Headers", "a"}, {"Access-Control-Allow-Headers", "x-custom"}}));
  CHECK_FALSE(passes({put, {"Access-Control-Allow-Headers", "x-custom, a b"}}));
  CHECK_FALSE(passes({put, {"Access-Control-Allow-Headers", "\"x-custom\", x-custom"}}));
  CHECK_FALSE(passes({{"Access-Control-Allow-Methods", "PUT, /"}, {"Access-Control-Allow-Headers", "x-custom"}}));
  CHECK(passes({put, {"Access-Control-Allow-Headers", "*"}}));
  CHECK_FALSE(passes({put, {"Access-Control-Allow-Headers", "*"}}, "Authorization"));
  // One line that says "true", not two.
  const http::Field credentials{"Access-Control-Allow-Credentials", "true"};
  CHECK(passes({put, {"Access-Control-Allow-Headers", "x-custom"}, credentials}, "X-Custom", Credentials::include));
  CHECK_FALSE(passes({put, {"Access-Control-Allow-Headers", "x-custom"}, credentials, credentials}, "X-Custom", Credentials::include));
}

TEST_CASE("a page cannot set every field") {
  const auto sends = [](Mode mode, const char* name, const char* value, const char* profile = "chromium") {
    Client client = client_of(profile, {.mode = mode, .origin = "https://a.example"});
    const Step step = client.start(request("GET", "https://a.example/x", {{name, value}}), now);
    const bool sent_it = field(sent(step), name) != "-";
    CHECK((find(step, DecisionId::page_fields_dropped) != nullptr) == !sent_it);
    return sent_it;
  };
  CHECK(sends(Mode::cors, "X-Custom", "1"));
  CHECK_FALSE(sends(Mode::no_cors, "X-Custom", "1"));
  CHECK_FALSE(sends(Mode::no_cors, "Range", "bytes=0-4"));
  CHECK_FALSE(sends(Mode::no_cors, "Content-Type", "application/json"));
  CHECK(sends(Mode::no_cors, "content-type", "text/plain"));
  for (const Mode mode : {Mode::cors, Mode::no_cors, Mode::same_origin}) {
    CHECK(sends(mode, "Accept-Language", "en"));
    CHECK_FALSE(sends(mode, "Cookie", "a=1"));
    CHECK_FALSE(sends(mode, "Sec-Custom", "1"));
  }
  CHECK(sends(Mode::navigate, "Cookie", "a=1"));
  CHECK(sends(Mode::plain, "Cookie", "a=1", "curl"));
}

TEST_CASE("fields that are fine one by one may be too many together") {
  const auto purpose = [](std::size_t lines) {
    const http::Fields fields(lines, {"Accept", std::string(128, 'a')});
    return sent(client_of("by-the-book", {.mode = Mode::cors, .origin = "https://page.example"}).start(request("GET", "https://a.example/x", fields), now)).purpose;
  };
  CHECK(purpose(8) == Purpose::first);
  CHECK(purpose(9) == Purpose::preflight);
}

TEST_CASE("what a preflight allowed is remembered") {
  // Whether a second request asks again.
  const auto asks = [](http::Fields allowed, http::Field first, http::Field second_field, Credentials before = Credentials::omit, Credentials after = Credentials::omit,
                       Instant later = second) {
    Config config{.mode = Mode::cors, .origin = "https://page.example", .credentials = before};
    Client client = client_of("by-the-book", config);
    (void)client.start(request("GET", "https://a.example/x", {std::move(first)}), now);
    allowed.push_back({"Access-Control-Allow-Origin", before == Credentials::include ? "https://page.example" : "*"});
    allowed.push_back({"Access-Control-Allow-Credentials", "true"});
    REQUIRE(client.receive(response(204, allowed), now).requests.size() == 1);
    (void)client.receive(response(200, allowed), now);
    config.credentials = after;
    client.configure(config);
    return sent(client.start(request("GET", "https://a.example/x", {std::move(second_field)}), now + later)).purpose == Purpose::preflight;
  };
  const http::Field a{"X-A", "1"}, b{"X-B", "1"}, authorization{"Authorization", "Bearer t"};
  const http::Fields some{{"Access-Control-Allow-Headers", "x-a"}}, all{{"Access-Control-Allow-Headers", "*"}};
  CHECK_FALSE(asks(some, a, a));
  CHECK(asks(some, a, b));
  CHECK_FALSE(asks(all, a, b));
  CHECK(asks(all, a, authorization));
  // What holds with credentials holds without them, too.
  CHECK_FALSE(asks(some, a, a, Credentials::include, Credentials::omit));
  CHECK(asks(some, a, a, Credentials::omit, Credentials::include));
  // For how long: five seconds where that cannot be read.
  const auto asks_later = [&](const char* age, Instant later) {
    return asks({{"Access-Control-Allow-Headers", "x-a"}, {"Access-Control-Max-Age", age}}, a, a, Credentials::omit, Credentials::omit, later);
  };
  CHECK_FALSE(asks_later("10", 9 * second));
  CHECK(asks_later("10", 10 * second));
  CHECK(asks_later("0", 0));
  CHECK(asks_later("-1", 0));
  CHECK_FALSE(asks_later("soon", 4 * second));
  CHECK(asks_later("soon", 5 * second));
}

TEST_CASE("a page sees the fields that a list names, where it is one") {
  const auto sees = [](http::Fields fields) {
    Client client = client_of("by-the-book", {.mode = Mode::cors, .origin = "https://page.example"});
    (void)client.start(request(), now);
    fields.push_back({"Access-Control-Allow-Origin", "*"});
    fields.push_back({"X-A", "1"});
    return http::has(outcome(client.receive(response(200, std::move(fields)), now)).fields, "X-A");
  };
  const auto name = std::string("Access-Control-Expose-Headers");
  CHECK(sees({{name, "x-a"}}));
  CHECK(sees({{name, ",X-A"}}));
  CHECK(sees({{name, "b"}, {name, "x-a"}}));
  CHECK_FALSE(sees({{name, "x-a, b c"}}));
  CHECK_FALSE(sees({{name, "x-a"}, {name, "b c"}}));
  CHECK_FALSE(sees({{name, "\"x-a\", x-a"}}));
}

TEST_CASE("a redirect across origins has no user name where CORS is asked for") {
  const auto error = [](Mode mode, const char* origin, const char* location) {
    Client client = client_of("by-the-book", {.mode = mode, .origin = origin});
    (void)client.start(request(), now);
    const Step step = client.receive(response(302, {{"Location", location}, {"Access-Control-Allow-Origin", "*"}}), now);
    return step.outcome ? step.outcome->error : Error::none;
  };
  CHECK(error(Mode::cors, "https://a.example", "https://u@b.example/") == Error::bad_redirect);
  CHECK(error(Mode::cors, "https://p.example", "https://u:p@a.example/") == Error::bad_redirect);
  CHECK(error(Mode::cors, "https://p.example", "https://a.example/y") == Error::none);
  CHECK(error(Mode::no_cors, "https://a.example", "https://u@b.example/") == Error::none);
  CHECK(error(Mode::navigate, "https://a.example", "https://u@b.example/") == Error::none);
}

TEST_CASE("a navigation stays on the page for 204, and 404 without content is Chromium's own page") {
  const auto page = [](std::string_view profile, std::uint16_t status, std::string content) {
    Client client = client_of(profile, {.mode = Mode::navigate});
    (void)client.start(request(), now);
    return outcome(client.receive(response(status, {}, std::move(content)), now)).page;
  };
  CHECK(page("chromium", 204, "") == Page::stays);
  CHECK(page("chromium", 404, "") == Page::error);
  CHECK(page("firefox", 404, "") == Page::blank);
  CHECK(page("chromium", 404, "gone") == Page::shown);
}

TEST_CASE("a decision tells what was measured, what was not, and what else is done") {
  Client client = client_of("curl", {.early_data = true});
  (void)client.start(request(), now);
  const Step step = client.receive(response(425), now);
  const Decision* unmeasured = find(step, DecisionId::too_early_repeated);
  REQUIRE(unmeasured);
  REQUIRE(unmeasured->inputs.back().name == "repeat-early");
  CHECK_FALSE(unmeasured->inputs.back().present);
  CHECK(unmeasured->inputs.back().value == "not measured");

  Client other = client_of("curl");
  (void)other.start(request(), now);
  const Step moved = other.receive(response(302, {{"Location", "http://[bad"}}), now);
  const Decision* measured = find(moved, DecisionId::location_usable);
  REQUIRE(measured);
  CHECK(measured->inputs.back().present);
  REQUIRE(measured->alternatives.size() == 1);
  CHECK(measured->alternatives.front().policy == "response");
}

TEST_CASE("the contract of a 204 with content, one row a client") {
  Incoming incoming = response(204, {}, "hello");
  const auto contracts = client_contract(request(), incoming, now);
  REQUIRE(contracts.size() == all_profiles().size());
  for (const Contract& contract : contracts) {
    CAPTURE(contract.profile->id);
    REQUIRE(contract.step.outcome);
    CHECK(contract.step.outcome->content.empty());
  }
  CHECK(std::any_of(contracts.begin(), contracts.end(), [](const Contract& c) { return c.step.outcome->error == Error::bad_message; }));
}

TEST_CASE("any bytes end in requests or in an outcome") {
  const char* texts[] = {"", "\xFF\r\n", "http://", "//", "HTTP/1.1 200 OK\r\n\r\n", ",,,=\"", "Digest", "Basic realm=\"", "0"};
  for (const Profile& profile : all_profiles())
    for (const char* text : texts)
      for (const std::uint16_t status : {0, 99, 100, 204, 302, 401, 425, 999, 2000}) {
        Client client(profile, {.mode = Mode::cors, .origin = "https://p.example", .retries = 1});
        (void)client.start(request("PATCH", "https://a.example/x", {{"X", text}}, "c"), now);
        Incoming incoming = response(status, {{"Location", text}, {"WWW-Authenticate", text}, {"Set-Cookie", text}, {"Retry-After", text}, {"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", text}}, text);
        incoming.status_text = text;
        incoming.excess = text;
        const Step step = client.receive(incoming, now);
        CHECK(step.requests.empty() == step.outcome.has_value());
      }
}

TEST_CASE("a length that can be read in two ways is no length") {
  const auto received = [](const char* profile, http::Fields fields) {
    Client client = client_of(profile);
    (void)client.start(request(), now);
    return outcome(client.receive(response(200, std::move(fields), "hello!"), now));
  };
  // RFC 9112 section 6.3, rule 5.
  CHECK(received("by-the-book", {{"Content-Length", "5"}, {"Content-Length", "6"}}).error == Error::bad_message);
  CHECK(received("by-the-book", {{"Content-Length", "five"}}).error == Error::bad_message);
  CHECK(received("chromium", {{"Content-Length", "five"}}).content == "hello!");
  CHECK(received("by-the-book", {{"Content-Length", "6"}, {"Content-Length", "6"}}).content == "hello!");
  CHECK(received("by-the-book", {{"Content-Length", "6, 6"}}).content == "hello!");
  CHECK(received("curl", {{"Content-Length", "5"}, {"Content-Length", "6"}}).content == "hello!");
  CHECK(received("undici7-fetch", {{"Content-Length", "6"}, {"Content-Length", "6"}}).error == Error::bad_message);
  // Rule 3.
  CHECK(received("by-the-book", {{"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}).content == "hello!");
  CHECK(received("undici7-fetch", {{"Content-Length", "3"}, {"Transfer-Encoding", "chunked"}}).error == Error::bad_message);
}

TEST_CASE("a redirect whose length cannot be read is not followed") {
  Client client = client_of("by-the-book");
  (void)client.start(request(), now);
  CHECK(outcome(client.receive(response(302, {{"Location", "/y"}, {"Content-Length", "1, 2"}}), now)).error == Error::bad_message);
}

TEST_CASE("a message that ends too early is not whole") {
  Incoming incoming = response(200, {{"Transfer-Encoding", "chunked"}}, "hello");
  http::remove(incoming.response.fields, "Content-Length");
  incoming.chunks_cut = true;
  incoming.end = End::closed;
  Client client = client_of("by-the-book");
  (void)client.start(request(), now);
  CHECK(outcome(client.receive(incoming, now)).error == Error::content);

  Incoming head = response(200);
  head.head_cut = true;
  head.end = End::closed;
  (void)client.start(request(), now);
  CHECK(outcome(client.receive(head, now)).error == Error::network);
  Client curl = client_of("curl");
  (void)curl.start(request(), now);
  CHECK(outcome(curl.receive(head, now)).status == 200);
}

TEST_CASE("bytes behind content cost curl the connection, behind 204 they do not") {
  for (const std::uint16_t status : {std::uint16_t{200}, std::uint16_t{204}}) {
    CAPTURE(status);
    Client curl = client_of("curl");
    (void)curl.start(request(), now);
    Incoming incoming = response(status, {{"Content-Length", status == 200 ? "2" : "0"}}, status == 200 ? "ok" : "");
    incoming.excess = "more";
    CHECK(changed(curl.receive(incoming, now), ChangeKind::connection_closed) == (status == 200));
  }
}

TEST_CASE("a program that does not want redirects followed gets them, a page does not") {
  for (const Mode mode : {Mode::plain, Mode::cors}) {
    Client client = client_of("by-the-book", {.mode = mode, .redirect = OnRedirect::manual});
    (void)client.start(request(), now);
    CHECK(outcome(client.receive(response(302, {{"Location", "/y"}}), now)).status == (mode == Mode::plain ? 302 : 0));
  }
}

TEST_CASE("Digest is answered once more where the nonce was too old") {
  Client client = client_of("by-the-book", {.account = Account{.user = "u", .password = "p", .token = {}, .digest = true}});
  const auto challenge = [](const std::string& more) { return response(401, {{"WWW-Authenticate", "Digest realm=\"r\", nonce=\"n\", qop=\"auth\"" + more}}); };
  (void)client.start(request(), now);
  (void)client.receive(challenge(""), now);
  CHECK(field(sent(client.receive(challenge(", stale=true"), now)), "Authorization").starts_with("Digest"));
  CHECK(outcome(client.receive(challenge(", stale=true"), now)).status == 401);
}

TEST_CASE("across sites a page gets and sends only cookies that are for all sites") {
  const auto cookies = [](const char* origin, const char* cookie, Mode mode = Mode::no_cors) {
    Client client = client_of("chromium", {.mode = mode, .origin = origin, .credentials = Credentials::include});
    (void)client.start(request(), now);
    (void)client.receive(response(200, {{"Set-Cookie", cookie}}), now);
    return field(sent(client.start(request(), now)), "Cookie");
  };
  CHECK(cookies("https://www.a.example", "a=1") == "a=1");
  CHECK(cookies("https://b.example", "a=1") == "-");
  CHECK(cookies("http://a.example", "a=1") == "-");
  CHECK(cookies("https://b.example", "a=1; SameSite=None; Secure") == "a=1");
  CHECK(cookies("https://b.example", "a=1; SameSite=None") == "-");
  // A navigation brings any, and takes those that are not strict.
  CHECK(cookies("https://b.example", "a=1", Mode::navigate) == "a=1");
  CHECK(cookies("https://b.example", "a=1; SameSite=Strict", Mode::navigate) == "-");
}

TEST_CASE("a jar takes cookies as draft-ietf-httpbis-rfc6265bis section 5.7 says") {
  // What goes to `target` after one response to a request for `from` that has the Set-Cookie lines.
  const auto cookies = [](const char* from, std::vector<const char*> lines, const char* target) {
    Client client = client_of("by-the-book");
    (void)client.start(request("GET", from), now);
    http::Fields fields;
    for (const char* line : lines) fields.push_back({"Set-Cookie", line});
    (void)client.receive(response(200, fields), now);
    return field(sent(client.start(request("GET", target), now)), "Cookie");
  };
  const auto here = [&](std::vector<const char*> lines) { return cookies("https://a.example/x", std::move(lines), "https://a.example/x"); };

  // A cookie that is set again keeps its place: "cookies with earlier creation-times are listed before".
  CHECK(here({"a=1", "b=2", "a=3"}) == "a=3; b=2");
  CHECK(here({"a=1", "b=2", "a=; Max-Age=0", "a=3"}) == "b=2; a=3");
  // Whether it goes to subdomains is part of what it is.
  CHECK(here({"a=1", "a=2; Domain=a.example"}) == "a=1; a=2");
  CHECK(here({"a=1; Domain=a.example", "a=2; Domain=.A.EXAMPLE"}) == "a=2");

  // "__Secure-" and "__Host-", in any case.
  CHECK(here({"__Secure-a=1"}) == "-");
  CHECK(here({"__sEcUrE-a=1; Secure; Domain=a.example"}) == "__sEcUrE-a=1");
  CHECK(here({"__Host-a=1; Secure; Path=/"}) == "__Host-a=1");
  CHECK(here({"__Host-a=1; Path=/", "__host-b=1; Secure", "__HOST-c=1; Secure; Path=/x", "__Host-d=1; Secure; Path=/; Domain=a.example"}) == "-");
  CHECK(here({"__Secure=1", "Host-a=1"}) == "__Secure=1; Host-a=1");
  // Without a name, the value would look like one.
  CHECK(here({"=__Secure-a=1; Secure"}) == "-");
  CHECK(here({"__Host-a; Secure; Path=/"}) == "-");

  // Nothing is left of a dot, nor of a domain without one that is the host.
  CHECK(here({"a=1; Domain=."}) == "a=1");
  CHECK(cookies("https://localhost/", {"a=1; Domain=localhost"}, "https://localhost/") == "a=1");
  CHECK(cookies("https://localhost/", {"a=1; Domain=localhost"}, "https://b.localhost/") == "-");
  CHECK(cookies("https://b.localhost/", {"a=1; Domain=localhost"}, "https://b.localhost/") == "-");

  // "CTL characters excluding HTAB".
  CHECK(here({"a=1\x01", "b=2; Comment=\x7F", "c=1\t2"}) == "c=1\t2");
}

TEST_CASE("how long a cookie is kept") {
  const auto expires = [](const char* line) {
    Client client = client_of("by-the-book");
    (void)client.start(request(), now);
    (void)client.receive(response(200, {{"Set-Cookie", line}}), now);
    REQUIRE(client.cookies().size() == 1);
    return client.cookies()[0].expires;
  };
  CHECK_FALSE(expires("a=1"));
  CHECK(expires("a=1; Max-Age=60; Expires=Mon, 05 Jan 2026 10:00:05 GMT") == now + 60 * second);
  // What cannot be read is as good as absent, even behind what can.
  CHECK(expires("a=1; Max-Age=60; Max-Age=1h") == now + 60 * second);
  CHECK(expires("a=1; Max-Age=1h; Expires=Mon, 05 Jan 2026 10:00:05 GMT") == now + 5 * second);
  CHECK(expires("a=1; Expires=Mon, 05 Jan 2026 10:00:05 GMT; Expires=soon") == now + 5 * second);
  // "MUST be reduced to the limit"
  CHECK(expires("a=1; Max-Age=999999999") == now + 34560000 * second);
  CHECK(expires("a=1; Expires=Fri, 31 Dec 9999 23:59:59 GMT") == now + 34560000 * second);
}

TEST_CASE("a cookie from a connection that is not secure does not hide a secure one") {
  const auto cookies = [](const char* from, const char* line) {
    Client client = client_of("by-the-book");
    (void)client.start(request("GET", "https://a.example/"), now);
    (void)client.receive(response(200, {{"Set-Cookie", "a=safe; Secure; Path=/login; Max-Age=60"}}), now);
    (void)client.start(request("GET", from), now + 1);
    (void)client.receive(response(200, {{"Set-Cookie", line}}), now + 1);
    return client.cookies().size();
  };
  CHECK(cookies("http://a.example/", "a=1; Path=/login") == 1);
  CHECK(cookies("http://a.example/", "a=1; Path=/login/en") == 1);
  CHECK(cookies("http://b.a.example/", "a=1; Path=/login; Domain=a.example") == 1);
  CHECK(cookies("http://b.a.example/", "a=1; Path=/login") == 1);
  // Another path, name or host, or a connection that is secure.
  CHECK(cookies("http://a.example/", "a=1; Path=/") == 2);
  CHECK(cookies("http://a.example/", "b=1; Path=/login") == 2);
  CHECK(cookies("http://b.example/", "a=1; Path=/login") == 2);
  CHECK(cookies("https://a.example/", "a=1; Path=/login/en") == 2);
}

TEST_CASE("a form tells where it comes from") {
  Client client = client_of("chromium", {.mode = Mode::navigate});
  CHECK(field(sent(client.start(request("POST", "https://a.example/x", {}, "a=1"), now)), "Origin") == "https://a.example");
  CHECK(field(sent(client_of("chromium", {.mode = Mode::navigate}).start(request(), now)), "Origin") == "-");
}

}  // namespace statuslab::client::tests
