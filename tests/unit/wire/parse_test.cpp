#include "statuslab/parse.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/picture.h"

namespace statuslab::tests {
namespace {

const std::string head = "HTTP/1.1 200 OK\r\n";

Message only(std::string_view text, const ParseOptions& options = {}) {
  auto messages = parse(text, options);
  REQUIRE(messages.size() == 1);
  return messages.front();
}

}  // namespace

TEST_CASE("a clean response has no problems and exact spans") {
  const std::string text = "HTTP/1.1 404 Not Found\r\nServer:  a b \t\r\nContent-Length: 2\r\n\r\nhi";
  const Message message = only(text);
  CHECK(problems_in(text) == "HTTP/1.1 404 Not Found\\r\\n\nServer:  a b \\t\\r\\n\nContent-Length: 2\\r\\n\n\\r\\n\nhi\n");
  CHECK(message.is_response());
  CHECK(message.status == 404);
  CHECK(slice(text, message.version) == "HTTP/1.1");
  CHECK(slice(text, message.status_code) == "404");
  CHECK(slice(text, message.reason) == "Not Found");
  REQUIRE(message.fields.size() == 2);
  CHECK(slice(text, message.fields[0].name) == "Server");
  CHECK(slice(text, message.fields[0].value) == "a b");
  CHECK(slice(text, message.fields[0].line) == "Server:  a b \t\r\n");
  CHECK(slice(text, message.content) == "hi");
  CHECK(message.framing == Framing::content_length);
}

TEST_CASE("a clean request has no problems and exact spans") {
  const std::string text = "GET /a?b=c HTTP/1.1\r\nHost: example.com\r\n\r\n";
  const Message message = only(text, {.expect = MessageKind::request, .answers = {}});
  CHECK(message.problems.empty());
  CHECK(message.is_request());
  CHECK(slice(text, message.method) == "GET");
  CHECK(slice(text, message.target) == "/a?b=c");
  CHECK(slice(text, message.version) == "HTTP/1.1");
  CHECK(message.framing == Framing::none);
}

TEST_CASE("start lines: what is wrong and where") {
  CHECK(problems_in("HTTP/1.1 204\r\n\r\n") ==
        "HTTP/1.1 204\\r\\n\n"
        "         ^^^ reason_separator_missing\n"
        "\\r\\n\n");
  CHECK(problems_in("HTTP/2 204 \r\n\r\n") == "HTTP/2 204 \\r\\n\n\\r\\n\n");
  CHECK(problems_in("HTTP/1.1  20x Fine\r\n\r\n") ==
        "HTTP/1.1  20x Fine\\r\\n\n"
        "        ^^ start_line_whitespace\n"
        "          ^^^ status_malformed\n"
        "\\r\\n\n");
  CHECK(problems_in("http/1 200 OK\r\n\r\n") ==
        "http/1 200 OK\\r\\n\n"
        "^^^^^^ version_malformed\n"
        "\\r\\n\n");
  CHECK(problems_in(std::string("HTTP/1.1 200 O\0K\r\n\r\n", 20)) ==
        "HTTP/1.1 200 O\\x00K\\r\\n\n"
        "              ^^^^ reason_invalid_byte\n"
        "\\r\\n\n");
  const ParseOptions request{.expect = MessageKind::request, .answers = {}};
  CHECK(problems_in("G@T / HTTP/1.1\r\n\r\n", request) ==
        "G@T / HTTP/1.1\\r\\n\n"
        "^^^ method_invalid\n"
        "\\r\\n\n");
  CHECK(problems_in("GET /a b HTTP/1.1\r\n\r\n", request) ==
        "GET /a b HTTP/1.1\\r\\n\n"
        "    ^^^^ target_invalid\n"
        "\\r\\n\n");
  CHECK(problems_in("GET /\r\n\r\n", request) ==
        "GET /\\r\\n\n"
        "^^^^^ version_malformed\n"
        "\\r\\n\n");
}

TEST_CASE("a request line is one by its version, whatever its method begins with") {
  const std::string text = "{\"a\":1}GET /a HTTP/1.1\r\nHost: example.com\r\n\r\n";
  const Message message = only(text, {.expect = MessageKind::request, .answers = {}});
  REQUIRE(message.problems.size() == 1);
  CHECK(message.problems[0].kind == ProblemKind::method_invalid);
  CHECK(slice(text, message.target) == "/a");
}

TEST_CASE("fields copied without their start line are still fields") {
  const std::string text = "Content-Type: text/html\r\nServer: a\r\n\r\n";
  const Message message = only(text);
  CHECK(message.fields.size() == 2);
  CHECK(problems_in(text) ==
        "Content-Type: text/html\\r\\n\n"
        "^^^^^^^^^^^^^^^^^^^^^^^ start_line_malformed\n"
        "Server: a\\r\\n\n"
        "\\r\\n\n");
}

TEST_CASE("field lines: what is wrong and where") {
  CHECK(problems_in(head + "Server : a\r\nno colon\r\n: x\r\nS(r: b\r\n\r\n") ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "Server : a\\r\\n\n"
        "      ^ field_name_whitespace\n"
        "no colon\\r\\n\n"
        "^^^^^^^^ field_colon_missing\n"
        ": x\\r\\n\n"
        "^^^ field_name_empty\n"
        "S(r: b\\r\\n\n"
        "^^^ field_name_invalid\n"
        "\\r\\n\n");
  CHECK(problems_in(head + std::string("A: x\0y\x01z\rw\x7F \xC3\xA9 \xFF\r\n\r\n", 20)) ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "A: x\\x00y\\x01z\\rw\\x7F \\xC3\\xA9 \\xFF\\r\\n\n"
        "    ^^^^ field_value_nul\n"
        "         ^^^^ field_value_control\n"
        "              ^^ bare_cr\n"
        "                 ^^^^ field_value_control\n"
        "                      ^^^^^^^^^^^^^ field_value_obs_text\n"
        "\\r\\n\n");
}

TEST_CASE("a name ends where a byte is no tchar, wherever it stands in 16 bytes") {
  for (std::size_t length = 1; length < 40; ++length) {
    for (const char* odd : {"", "9", "_", "`", "~", "Z", "z", "a", "A", "-"}) {
      const std::string name = std::string(length, 'n') + odd;
      const Message message = only(head + name + ": v\r\n\r\n");
      REQUIRE(message.fields.size() == 1);
      CHECK(message.fields[0].name.size() == name.size());
      CHECK(message.problems.empty());
    }
    for (const char* odd : {"@", "[", "{", "/", "(", "\xC3", "\x7F", "\xFF"}) {
      const Message message = only(head + std::string(length, 'n') + odd + ": v\r\n\r\n");
      REQUIRE(message.problems.size() == 1);
      CHECK(message.problems[0].kind == ProblemKind::field_name_invalid);
    }
  }
}

TEST_CASE("a folded line continues the value before it") {
  const std::string text = head + "X: a,\r\n\tb\r\nY: c\r\n\r\n";
  const Message message = only(text);
  REQUIRE(message.fields.size() == 2);
  CHECK(slice(text, message.fields[0].value) == "a,\r\n\tb");
  CHECK(problems_in(text) ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "X: a,\\r\\n\n"
        "\\tb\\r\\n\n"
        "^^ obs_fold\n"
        "Y: c\\r\\n\n"
        "\\r\\n\n");
}

TEST_CASE("a value that begins with a fold has no white space in front") {
  const std::string text = head + "X:\r\n  a\r\nY: \r\n \r\n\r\n";
  const Message message = only(text);
  REQUIRE(message.fields.size() == 2);
  CHECK(slice(text, message.fields[0].value) == "a");
  CHECK(message.fields[1].value.empty());
}

TEST_CASE("folds become spaces, byte for byte") {
  const auto unfolded = [](std::string_view text) { return unfold(text, parse(text)).value_or("nothing is folded"); };
  CHECK(unfolded(head + "X: a,\r\n\tb\r\nY: c\r\n\r\n\r\n b") == head + "X: a,   b\r\nY: c\r\n\r\n\r\n b");
  CHECK(unfolded("HTTP/1.1 204 No Content\nX: a\n  b\n c\n\n") == "HTTP/1.1 204 No Content\nX: a   b  c\n\n");
  CHECK(unfolded("< HTTP/1.1 204 No Content\n< X: a\n* note\n<   b\n< \n") == "< HTTP/1.1 204 No Content\n< X: a            b\n< \n");
  CHECK(unfolded(head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a\r\n b\r\n\r\n") ==
        head + "Transfer-Encoding: chunked\r\n\r\n0\r\nX: a   b\r\n\r\n");
  CHECK(unfolded(head + "X: a\r\n\r\n b") == "nothing is folded");
}

TEST_CASE("framing reads folded values") {
  CHECK(only(head + "Content-Length:\r\n 2\r\n\r\nhi").framing == Framing::content_length);
  CHECK(only(head + "Content-Length: 2,\r\n 2\r\n\r\nhi").content_length == 2);
  CHECK(only(head + "Transfer-Encoding: gzip,\r\n chunked\r\n\r\n0\r\n\r\n").framing == Framing::chunked);
}

TEST_CASE("a request line with a colon in its method is no field") {
  for (const char* line : {"GET: /x HTTP/1.1", "a:b /x HTTP/1.0"}) {
    CAPTURE(line);
    const Message message = only(std::string(line) + "\r\nHost: a\r\n\r\n", {.expect = MessageKind::request, .answers = {}});
    REQUIRE(message.problems.size() == 1);
    CHECK(message.problems[0].kind == ProblemKind::method_invalid);
    CHECK(message.fields.size() == 1);
  }
  for (const char* line : {"Upgrade: websocket, HTTP/2.0", "Via: HTTP/1.1 a", "User-Agent: a HTTP/1.1", "Link: /x HTTP/1.1 a"}) {
    CAPTURE(line);
    const Message message = only(std::string(line) + "\r\nHost: a\r\n\r\n", {.expect = MessageKind::request, .answers = {}});
    CHECK(message.fields.size() == 2);
  }
}

TEST_CASE("LF alone is one problem a message") {
  CHECK(problems_in("HTTP/1.1 200 OK\nA: b\nContent-Length: 0\n\n") ==
        "HTTP/1.1 200 OK\\n\n"
        "               ^^ bare_lf\n"
        "A: b\\n\n"
        "Content-Length: 0\\n\n"
        "\\n\n");
}

TEST_CASE("a head without the empty line has ended all the same") {
  const std::string text = head + "A: b";
  const Message message = only(text);
  CHECK_FALSE(message.head_terminated);
  CHECK(message.fields.size() == 1);
  CHECK(problems_in(text) ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "A: b\n"
        "    | head_unterminated\n");
}

TEST_CASE("interim responses and the final one are messages of their own") {
  const std::string text =
      "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  const auto messages = parse(text);
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].status == 103);
  CHECK(messages[0].framing == Framing::none);
  CHECK(messages[1].status == 200);
  CHECK(messages[0].whole.end == messages[1].whole.begin);
}

TEST_CASE("what answers HEAD or CONNECT has no content") {
  const std::string text = head + "Content-Length: 5\r\n\r\nhello";
  const AnswerTo to_head[] = {AnswerTo::head};
  const Message answer = only(text, {.expect = MessageKind::response, .answers = to_head});
  CHECK(answer.framing == Framing::none);
  CHECK(slice(text, answer.excess) == "hello");
  const AnswerTo to_connect[] = {AnswerTo::connect};
  CHECK(only(text, {.expect = MessageKind::response, .answers = to_connect}).framing == Framing::tunnel);
}

TEST_CASE("bytes after the end belong to nobody") {
  CHECK(problems_in("HTTP/1.1 204 No Content\r\n\r\n{}") ==
        "HTTP/1.1 204 No Content\\r\\n\n"
        "\\r\\n\n"
        "{}\n"
        "^^ excess_content\n");
  CHECK(problems_in("HTTP/1.1 304 Not Modified\r\n\r\n\n") ==
        "HTTP/1.1 304 Not Modified\\r\\n\n"
        "\\r\\n\n"
        "\\n\n"
        "^^ excess_newline\n");
  CHECK(problems_in(head + "Content-Length: 2\r\n\r\nhello") ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "Content-Length: 2\\r\\n\n"
        "\\r\\n\n"
        "hello\n"
        "  ^^^ excess_content\n");
}

TEST_CASE("Content-Length: what it promises against what is there") {
  CHECK(problems_in(head + "Content-Length: 9\r\n\r\nhello") ==
        "HTTP/1.1 200 OK\\r\\n\n"
        "Content-Length: 9\\r\\n\n"
        "\\r\\n\n"
        "hello\n"
        "^^^^^ content_truncated\n");
  CHECK(only(head + "Content-Length: 9\r\n\r\n").problems.back().kind == ProblemKind::content_absent);
  for (const char* value : {"x", "-1", "+5", "5, 6", "0x5", "5 5", "99999999999999999999", ""}) {
    INFO(value);
    CHECK(only(head + "Content-Length: " + value + "\r\n\r\nhello").framing == Framing::unknown);
  }
  CHECK(only(head + "Content-Length: 5, 5\r\nContent-Length: 5\r\n\r\nhello").framing == Framing::content_length);
  CHECK(only(head + "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello!").framing == Framing::unknown);
}

TEST_CASE("Transfer-Encoding overrides Content-Length") {
  const std::string text =
      head + "Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n";
  const Message message = only(text);
  CHECK(message.framing == Framing::chunked);
  CHECK(message.problems.empty());
  REQUIRE(message.chunks.size() == 1);
  CHECK(slice(text, message.chunks[0].data) == "hello");
  REQUIRE(message.trailers.size() == 1);
  CHECK(slice(text, message.trailers[0].name) == "X");
  CHECK(only(head + "Transfer-Encoding: gzip\r\n\r\nabc").framing == Framing::close);
  CHECK(only("POST / HTTP/1.1\r\nTransfer-Encoding: gzip\r\n\r\nabc").framing == Framing::unknown);
}

TEST_CASE("chunks: what is wrong and where") {
  const std::string chunked = head + "Transfer-Encoding: chunked\r\n\r\n";
  const std::string drawn = "HTTP/1.1 200 OK\\r\\n\nTransfer-Encoding: chunked\\r\\n\n\\r\\n\n";
  CHECK(problems_in(chunked + "5;a=b\r\nhello\r\n0\r\n\r\n") ==
        drawn + "5;a=b\\r\\n\n ^^^^ chunk_extension\nhello\\r\\n\n0\\r\\n\n\\r\\n\n");
  CHECK(problems_in(chunked + "xyz\r\n0\r\n\r\n") == drawn + "xyz\\r\\n\n^^^ chunk_size_malformed\n0\\r\\n\n\\r\\n\n");
  // Tools print content with the chunk framing taken off; its lines are not lines of HTTP.
  CHECK(problems_in(chunked + "xyz\nabc") == drawn + "xyz\\n\n^^^ chunk_size_malformed\nabc\n");
  CHECK(problems_in(chunked + "ffffffffffffffffff\r\n") ==
        drawn + "ffffffffffffffffff\\r\\n\n^^^^^^^^^^^^^^^^^^ chunk_size_overflow\n");
  CHECK(problems_in(chunked + "4\r\nhello\r\n0\r\n\r\n") ==
        drawn + "4\\r\\n\nhello\\r\\n\n    ^ chunk_data_overrun\n0\\r\\n\n\\r\\n\n");
  CHECK(problems_in(chunked + "5\r\nhel") == drawn + "5\\r\\n\n^^^^^ chunked_truncated\nhel\n");
}

TEST_CASE("a curl -v transcript is its request and its response") {
  const std::string text =
      "*   Trying 127.0.0.1:8080...\n"
      "> GET /x HTTP/1.1\n"
      "> Host: example.com\n"
      "> \n"
      "* Mark bundle as not supporting multiuse\n"
      "< HTTP/1.1 200 OK\n"
      "< Content-Type: application/json\n"
      "< \n"
      "{\"a\":1}* Connection #0 to host example.com left intact\n";
  const auto messages = parse(text);
  REQUIRE(messages.size() == 2);
  CHECK(messages[0].is_request());
  CHECK(slice(text, messages[0].target) == "/x");
  CHECK(slice(text, messages[0].fields.at(0).value) == "example.com");
  CHECK(messages[1].status == 200);
  CHECK(slice(text, messages[1].fields.at(0).name) == "Content-Type");
  CHECK(slice(text, messages[1].content) == "{\"a\":1}");
  CHECK(messages[0].problems.empty());
  CHECK(messages[1].problems.empty());
}

TEST_CASE("the end of the text may come anywhere") {
  const std::string text =
      "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nA:  b\r\n c\r\n\r\n3;x\r\nabc\r\n0\r\nT: u\r\n\r\n";
  for (std::size_t size = 0; size <= text.size(); ++size) {
    const std::string cut = text.substr(0, size);
    for (const Message& message : parse(cut)) {
      CHECK(message.whole.end <= cut.size());
      for (const Problem& problem : message.problems) CHECK(problem.span.end <= cut.size());
    }
  }
}

TEST_CASE("what is parsed again into the same vector is as new") {
  std::vector<Message> messages;
  parse_into(head + "A: b\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n", {}, messages);
  const std::string text = "HTTP/1.1 204 No Content\r\n\r\n";
  parse_into(text, {}, messages);
  REQUIRE(messages.size() == 1);
  CHECK(messages[0].fields.empty());
  CHECK(messages[0].chunks.empty());
  CHECK(messages[0].problems.empty());
  CHECK(messages[0].status == 204);
}

TEST_CASE("header sections that follow each other directly are messages without their content") {
  const std::string second = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  for (const char* field : {"Content-Length: 7\r\n", "Content-Length: 700\r\n", "Transfer-Encoding: chunked\r\n", ""}) {
    INFO(field);
    const std::string text = "HTTP/1.1 301 Moved Permanently\r\n" + std::string(field) + "\r\n" + second;
    const std::vector<Message> messages = parse(text);
    REQUIRE(messages.size() == 2);
    CHECK(messages[0].content.empty());
    CHECK(messages[0].excess.empty());
    CHECK(slice(text, messages[1].content) == "hi");
  }
  CHECK(parse("HTTP/2 301 \r\nlocation: /a\r\n\r\nHTTP/2 200 \r\n\r\n").size() == 2);
}

TEST_CASE("content that reads like a message is content where its length says so") {
  const std::string inner = "HTTP/1.1 200 OK\r\n\r\n";
  const std::string text = "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner;
  CHECK(slice(text, only(text).content) == inner);
  const std::string twice = text + "HTTP/1.1 204 No Content\r\n\r\n";
  const std::vector<Message> messages = parse(twice);
  REQUIRE(messages.size() == 2);
  CHECK(slice(twice, messages[0].content) == inner);
  CHECK(messages[1].status == 204);
}

}  // namespace statuslab::tests
