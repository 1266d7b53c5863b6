#include <catch2/catch_test_macros.hpp>
#include <set>
#include <string>

#include "statuslab/parse.h"
#include "statuslab/snippet.h"

using namespace statuslab;
using namespace statuslab::snippet;

namespace {

std::string why(const Answer& answer) {
  const std::optional<Note> note = inapplicable(answer);
  return note ? std::string(note_info(note->id).id) : "";
}

Answer model(std::uint16_t code, std::string_view name) { return example(code, *find_case(name)); }

Answer answer_in(std::string_view response, std::string_view request = "") {
  const std::vector<Message> requests = parse(request, {.expect = MessageKind::request, .answers = {}});
  const std::vector<Message> responses = parse(response, {.expect = MessageKind::response, .answers = {}});
  REQUIRE(!responses.empty());
  return answer_of(responses[0], response, requests.empty() ? nullptr : &requests[0], request);
}

}  // namespace

TEST_CASE("a kind goes with its codes and with no other", "[snippet]") {
  CHECK(why(model(404, "json")).empty());
  CHECK(why(model(204, "none")).empty());
  CHECK(why(model(204, "json")) == "no-content-allowed");
  CHECK(why(model(205, "text")) == "no-content-allowed");
  CHECK(why(model(304, "html")) == "no-content-allowed");
  CHECK(why(model(303, "redirect")).empty());
  CHECK(why(model(304, "redirect")) == "kind-needs-code");
  CHECK(why(model(206, "ranges")).empty());
  CHECK(why(model(206, "bytes")) == "code-needs-kind");
  CHECK(why(model(100, "none")) == "server-sends-continue");
  CHECK(why(model(103, "none")) == "interim-not-final");
  CHECK(why(model(103, "interim")).empty());
  CHECK(why(model(404, "interim")) == "kind-needs-code");
  CHECK(why(model(200, "problem")) == "problem-of-success");
  CHECK(why(model(422, "problem")).empty());
  CHECK(why(model(404, "events")) == "events-need-200");
  CHECK(why(model(204, "head")) == "head-needs-content");
  CHECK(why(model(444, "none")) == "log-only");
  CHECK(why(model(520, "none")).empty());
}

TEST_CASE("a kind without its field is told which", "[snippet]") {
  Answer answer = model(303, "redirect");
  answer.fields.clear();
  CHECK(why(answer) == "field-missing");
  CHECK(inapplicable(answer)->args == std::vector<std::string>{"Location"});
}

TEST_CASE("the matrix has every registered code, and each model answer a path of its own", "[snippet]") {
  std::set<std::string> paths;
  std::size_t count = 0;
  for (const std::uint16_t code : matrix_codes())
    for (const Case& column : cases()) {
      paths.insert(example(code, column).path);
      ++count;
    }
  CHECK(paths.size() == count);
  const std::vector<std::uint16_t> codes = matrix_codes();
  for (const std::uint16_t code : {100, 103, 200, 308, 418, 451, 511, 520}) CHECK(std::set<std::uint16_t>(codes.begin(), codes.end()).count(code) == 1);
}

TEST_CASE("every applicable model answer can be asked for, and its own status comes back", "[snippet]") {
  for (const std::uint16_t code : matrix_codes())
    for (const Case& column : cases()) {
      const Answer answer = example(code, column);
      const std::vector<Probe> asked = probes(answer);
      INFO(answer.path);
      CHECK(asked.empty() == inapplicable(answer).has_value());
      bool seen = asked.empty();
      for (const Probe& probe : asked) {
        seen = seen || probe.expected.status == answer.status;
        CHECK(probe.request.target == answer.path);
      }
      CHECK(seen);
    }
}

TEST_CASE("ranges: the whole, a part, and what lies beyond", "[snippet]") {
  const std::vector<Probe> asked = probes(model(206, "ranges"));
  REQUIRE(asked.size() == 3);
  CHECK(asked[0].expected.content == "abcdefghijklmnopqrstuvwxyz");
  CHECK(*http::find(asked[1].request.fields, "Range") == "bytes=1-5");
  CHECK(asked[1].expected.content == "bcdef");
  CHECK(*http::find(asked[1].expected.fields, "Content-Range") == "bytes 1-5/26");
  CHECK(*http::find(asked[2].expected.fields, "Content-Range") == "bytes */26");
}

TEST_CASE("a response that was seen becomes an answer of the kind it shows", "[snippet]") {
  const Answer json = answer_in("HTTP/1.1 422 Unprocessable Content\r\nContent-Type: application/json\r\nContent-Length: 7\r\nX-A: b\r\n\r\n{\"a\":1}",
                                "POST https://a.example/orders?x=1 HTTP/1.1\r\nHost: a.example\r\n\r\n");
  CHECK(json.kind == Kind::plain);
  CHECK(json.content_kind == ContentKind::json);
  CHECK(json.content == "{\"a\":1}");
  CHECK(json.method == "POST");
  CHECK(json.path == "/orders");
  CHECK(json.reason.empty());
  CHECK(!http::has(json.fields, "Content-Type"));
  CHECK(*http::find(json.fields, "X-A") == "b");

  CHECK(answer_in("HTTP/1.1 302 Found\r\nLocation: /a\r\n\r\n").kind == Kind::redirect);
  CHECK(answer_in("HTTP/1.1 302 Found\r\n\r\n").kind == Kind::plain);
  CHECK(answer_in("HTTP/1.1 304 Not Modified\r\nETag: \"a\"\r\n\r\n").kind == Kind::conditional);
  CHECK(answer_in("HTTP/1.1 405 Method Not Allowed\r\nAllow: GET\r\n\r\n").kind == Kind::method);
  CHECK(answer_in("HTTP/1.1 429 Slow\r\nRetry-After: 3\r\n\r\n").reason == "Slow");
  CHECK(answer_in("HTTP/1.1 103 Early Hints\r\nLink: </a>; rel=preload\r\n\r\n").interim.size() == 1);
}

TEST_CASE("content that is no JSON is text, content under a coding is bytes, chunks are put together", "[snippet]") {
  CHECK(answer_in("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1\r\n\r\n{").content_kind == ContentKind::text);
  CHECK(answer_in("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: br\r\nContent-Length: 1\r\n\r\nx").content_kind == ContentKind::bytes);
  CHECK(answer_in("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n1\r\nc\r\n0\r\n\r\n").content == "abc");
  CHECK(answer_in("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n\xFF\xFE").content_kind == ContentKind::bytes);
}

TEST_CASE("whatever the text, the answer is one that a snippet can be asked for", "[snippet]") {
  for (const std::string_view text : {"", "HTTP/1.1", "HTTP/1.1 999 \r\n\r\n", "HTTP/1.1 101 x\r\nUpgrade: a\r\n\r\n", "HTTP/1.1 206 x\r\n\r\nabc"}) {
    const std::vector<Message> responses = parse(text, {.expect = MessageKind::response, .answers = {}});
    for (const Message& message : responses)
      for (const Target& target : targets()) CHECK(snippet::snippet(answer_of(message, text), target, Form::complete).files.size() < 20);
  }
}
