// Messages as HTTP/1.1 writes them, and responses out of a text. Sources: RFC 9112 sections 3 to 7.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "statuslab/client.h"
#include "statuslab/http.h"
#include "statuslab/message.h"
#include "statuslab/origin.h"

namespace statuslab::simulate {

struct Wire {
  std::string head;
  std::string content;  // in chunks, if so framed
  Framing framing = Framing::none;
};

// What the version in use adds to a message before it goes out, so that it says where it ends.
void frame(http::Request& request, std::string_view version);
void frame(http::Response& response, std::string_view method, bool closes);

[[nodiscard]] Wire wire_of(const http::Request& request, std::string_view version, bool to_proxy,
                           const std::vector<origin::Malformed>& malformed);
// `method`: of the request that it answers.
[[nodiscard]] Wire wire_of(const http::Response& response, std::string_view method, std::string_view version);
[[nodiscard]] std::string wire_of(const http::Interim& interim, std::string_view version);

// What a text of the wire comes to for whoever reads it as the answer to `method`.
struct Read {
  client::Incoming incoming;
  bool malformed = false;  // no status line
  Framing framing = Framing::none;
  std::vector<std::size_t> ends{};  // where each interim response ends in the text
};
[[nodiscard]] Read read_response(std::string_view text, std::string_view method);

}  // namespace statuslab::simulate
