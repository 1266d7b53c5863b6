#include "lint/transfer_coding.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

#include "statuslab/parse.h"

namespace statuslab::tests {
namespace {

// Names and parameters in order: "gzip|;q=1 chunked|".
std::string codings_of(const std::string& fields) {
  const std::string text = "HTTP/1.1 200 OK\r\n" + fields + "\r\n";
  const std::vector<Message> messages = parse(text);
  REQUIRE(messages.size() == 1);
  const lint::MessageView view({text, text}, messages[0], Side::response, 0, Scheme::unknown, nullptr);
  std::string found;
  for (const lint::TransferCoding& coding : lint::transfer_codings(view)) {
    CHECK(view.text(view.span_of(coding.whole)) == std::string(coding.name).append(coding.parameters));
    found.append(coding.name).append("|").append(coding.parameters).append(" ");
  }
  return found;
}

}  // namespace

TEST_CASE("transfer codings are read over all lines, in order") {
  CHECK(codings_of("Transfer-Encoding: gzip, chunked\r\n") == "gzip| chunked| ");
  CHECK(codings_of("Transfer-Encoding: gzip\r\nDate: x\r\ntransfer-encoding: chunked\r\n") == "gzip| chunked| ");
  CHECK(codings_of("Date: x\r\n").empty());
}

TEST_CASE("a transfer coding keeps its parameters apart; empty members are none") {
  CHECK(codings_of("Transfer-Encoding: gzip ;a=\"b,c\" , chunked;q=1\r\n") == "gzip| ;a=\"b,c\" chunked|;q=1 ");
  CHECK(codings_of("Transfer-Encoding: , chunked,\r\n") == "chunked| ");
}

}  // namespace statuslab::tests
