// CORS as servers do it: what is right for one request is wrong for another.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {
namespace {

std::string findings(const std::string& request, const std::string& fields, std::string_view status = "204 No Content") {
  std::string response = "HTTP/1.1 " + std::string(status) + "\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\n" + fields + "\r\n";
  std::string names;
  for (const Finding& finding : lint_exchange({request, response, Scheme::https}).findings)
    if (rule_id(finding.rule).find("cors") == 0) names.append(rule_id(finding.rule)).append(" ");
  return names;
}

std::string request(std::string_view method, std::string_view fields, std::string_view origin = "https://app.example.com") {
  std::string text(method);
  text.append(" /items HTTP/1.1\r\nHost: api.example.com\r\nOrigin: ").append(origin).append("\r\n");
  return text.append(fields).append("\r\n");
}

const std::string allow = "Access-Control-Allow-Origin: https://app.example.com\r\nVary: Origin\r\n";

}  // namespace

TEST_CASE("preflights that pass") {
  const std::string put = request("OPTIONS", "Access-Control-Request-Method: PUT\r\nAccess-Control-Request-Headers: x-a,content-type\r\n");
  for (const char* fields : {"Access-Control-Allow-Methods: PUT\r\nAccess-Control-Allow-Headers: X-A, Content-Type\r\n",
                             "Access-Control-Allow-Methods: GET,PUT\r\nAccess-Control-Allow-Headers: *\r\n",
                             "Access-Control-Allow-Methods: *\r\nAccess-Control-Allow-Headers: content-type\r\nAccess-Control-Allow-Headers: x-a\r\n"}) {
    INFO(fields);
    CHECK(findings(put, allow + fields).empty());
    CHECK(findings(put, std::string("Access-Control-Allow-Origin: *\r\n") + fields, "200 OK").empty());
  }
  // GET, HEAD and POST need no permission.
  CHECK(findings(request("OPTIONS", "Access-Control-Request-Method: POST\r\n"), allow).empty());
  // Refused on purpose: nothing says that the origin may.
  CHECK(findings(put, "", "403 Forbidden") == "cors-not-shared ");
}

TEST_CASE("preflights that fail") {
  const std::string put = request("OPTIONS", "Access-Control-Request-Method: PUT\r\n");
  CHECK(findings(put, allow) == "cors-preflight-method-refused ");
  CHECK(findings(put, allow + "Access-Control-Allow-Methods: Put\r\n") == "cors-preflight-method-refused ");
  CHECK(findings(put, allow + "Access-Control-Allow-Methods: PUT\r\n", "302 Found") == "cors-preflight-status ");
  CHECK(findings(put, "", "401 Unauthorized") == "cors-preflight-status ");
  const std::string token = request("OPTIONS", "Access-Control-Request-Method: GET\r\nAccess-Control-Request-Headers: authorization\r\n");
  CHECK(findings(token, "Access-Control-Allow-Origin: *\r\nAccess-Control-Allow-Headers: *\r\n") == "cors-preflight-header-refused ");
  CHECK(findings(token, allow + "Access-Control-Allow-Headers: AUTHORIZATION\r\n").empty());
}

TEST_CASE("origins that differ a little") {
  const std::string get = request("GET", "");
  const std::string rest = "\r\nVary: Origin\r\n";
  const char* field = "Access-Control-Allow-Origin: ";
  for (const char* near : {"http://app.example.com", "https://app.example.com:8443"})
    CHECK(findings(get, field + std::string(near) + rest) == "cors-allow-origin-nearly ");
  for (const char* wrong : {"https://app.example.com/", "https://app.example.com:443", "HTTPS://app.example.com", "https://APP.example.com",
                            "app.example.com", "https://*.example.com"}) {
    INFO(wrong);
    CHECK(findings(get, field + std::string(wrong) + rest) == "cors-allow-origin-syntax ");
  }
  CHECK(findings(get, field + std::string("https://example.org") + rest) == "cors-allow-origin-mismatch ");
  CHECK(findings(get, field + std::string("https://app.example.com") + rest).empty());
}

TEST_CASE("requests that are not CORS") {
  // The same origin; a form; a handshake of WebSocket.
  CHECK(findings(request("DELETE", "", "https://api.example.com"), "").empty());
  CHECK(findings(request("POST", "Content-Length: 0\r\n"), "").empty());
  CHECK(findings(request("POST", "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: navigate\r\nContent-Length: 0\r\n"), "").empty());
  CHECK(findings(request("GET", "Upgrade: websocket\r\nConnection: Upgrade\r\n"), "").empty());
  CHECK(findings(request("GET", "", "null"), "").empty());
  CHECK(findings(request("DELETE", ""), "") == "cors-not-shared ");
}

}  // namespace statuslab::tests
