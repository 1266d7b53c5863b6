// What the examples of this family's rules leave out: other forms of the same defect, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

const std::string hints = "HTTP/1.1 103 Early Hints\r\nLink: </a.css>; rel=preload; as=style\r\n\r\n";
const std::string done = "HTTP/1.1 204 No Content\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n\r\n";

std::string handshake(std::string_view fields) {
  return "GET /chat HTTP/1.1\r\nHost: example.com\r\nConnection: Upgrade\r\n" + std::string(fields) + "\r\n\r\n";
}

std::string switching(std::string_view fields) {
  return "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\n" + std::string(fields) + "\r\n\r\n";
}

std::string in_exchange(std::string_view rule, const std::string& request, const std::string& response) {
  for (const Finding& finding : lint_exchange({request, response, Scheme::unknown}).findings)
    if (rule_id(finding.rule) == rule) return response.substr(finding.span.begin, finding.span.size());
  return {};
}

}  // namespace

TEST_CASE("only the last interim response of a text lacks a final one") {
  CHECK(marked("interim-without-final", hints) == "103");
  CHECK(marked("interim-without-final", hints + hints + done).empty());
  CHECK(marked("interim-without-final", switching("Upgrade: websocket")).empty());
  CHECK(marked("interim-without-final", "HTTP/1.1 103 Early Hints\r\nLink: </a.css>").empty());
  const std::string transcript =
      "> GET / HTTP/1.1\r\n> Host: example.com\r\n> \r\n"
      "< HTTP/1.1 103 Early Hints\r\n< Link: </a>; rel=preload\r\n< \r\n";
  CHECK(marked("interim-without-final", transcript + "* Empty reply from server\r\n") == "103");
  CHECK(marked("interim-without-final", transcript + "< HTTP/1.1 204 No Content\r\n< \r\n").empty());
}

TEST_CASE("protocols are compared without regard to case, versions where both name one") {
  const char* rule = "switching-protocols-not-offered";
  CHECK(in_exchange(rule, handshake("Upgrade: websocket"), switching("Upgrade: WebSocket")).empty());
  CHECK(in_exchange(rule, handshake("Upgrade: a/1, b"), switching("Upgrade: A")).empty());
  CHECK(in_exchange(rule, handshake("Upgrade: a/1, b"), switching("Upgrade: b/2")).empty());
  CHECK(in_exchange(rule, handshake("Upgrade: a/1, b"), switching("Upgrade: a/2")) == "a/2");
  CHECK(in_exchange(rule, handshake("Accept: */*"), switching("Upgrade: h2c")) == "h2c");
}

TEST_CASE("a WebSocket handshake is judged where the key is known") {
  const std::string request = handshake("Upgrade: websocket\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==");
  CHECK(in_exchange("websocket-accept-missing", request, switching("Upgrade: websocket")) == "101");
  CHECK(in_exchange("websocket-accept-missing", request, switching("Upgrade: h2c")).empty());
  const std::string keyless = handshake("Upgrade: websocket");
  CHECK(in_exchange("websocket-accept-missing", keyless, switching("Upgrade: websocket")).empty());
  const std::string empty = switching("Upgrade: websocket\r\nSec-WebSocket-Accept:");
  CHECK(in_exchange("websocket-accept-wrong", request, empty) == "Sec-WebSocket-Accept");
}

TEST_CASE("close is found among the options of an interim response") {
  const std::string response = "HTTP/1.1 100 Continue\r\nConnection: foo, Close\r\n\r\n" + done;
  CHECK(marked("interim-connection-close", response) == "Close");
  CHECK(fixed("interim-connection-close", response).empty());
}

}  // namespace statuslab::tests
