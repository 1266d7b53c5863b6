#include "simulate/wire.h"

#include <algorithm>
#include <array>

#include "statuslab/parse.h"
#include "statuslab/registry.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::simulate {
namespace {

constexpr std::string_view crlf = "\r\n";

bool any(const std::vector<origin::Malformed>& list, origin::Malformed kind) {
  return std::find(list.begin(), list.end(), kind) != list.end();
}

bool is_chunked(const http::Fields& fields) {
  const auto codings = http::combined(fields, "Transfer-Encoding");
  return codings && codings->ends_with("chunked");
}

void append(std::string& to, const http::Fields& fields) {
  for (const http::Field& field : fields) to.append(field.name).append(": ").append(field.value).append(crlf);
}

std::string hex(std::size_t number) {
  std::string digits;
  do digits.insert(digits.begin(), "0123456789abcdef"[number & 15]);
  while ((number >>= 4) != 0);
  return digits;
}

// RFC 9112 section 7.1.
std::string chunks(const std::string& content, const http::Fields& trailers) {
  std::string text;
  if (!content.empty()) text.append(hex(content.size())).append(crlf).append(content).append(crlf);
  text.append("0\r\n");
  append(text, trailers);
  return text.append(crlf);
}

// RFC 9110 section 8.6: "A user agent SHOULD send Content-Length in a request when the method defines a meaning for enclosed
// content and it is not sending Transfer-Encoding."
bool defines_content(std::string_view method) {
  constexpr std::array<std::string_view, 3> methods = {"POST", "PUT", "PATCH"};
  return std::find(methods.begin(), methods.end(), method) != methods.end();
}

// RFC 9110 section 6.4.1 and RFC 9112 section 6.3: no content after HEAD, in 1xx, 204 and 304, nor in 2xx to CONNECT.
bool has_no_content(std::uint16_t status, std::string_view method) {
  return method == "HEAD" || status < 200 || status == 204 || status == 304 || (method == "CONNECT" && status < 300);
}

std::string version_text(std::string_view version) { return "HTTP/" + std::string(version); }

// RFC 9112 section 3.2: absolute-form to a proxy, authority-form for CONNECT, asterisk-form for OPTIONS, else origin-form.
std::string target_text(const http::Request& request, const syntax::UriReference& uri, bool to_proxy) {
  if (!uri.authority) return request.target;
  if (request.method == "CONNECT") return std::string(*uri.authority);
  if (to_proxy && uri.scheme == "http") return request.target;
  if (request.method == "OPTIONS" && uri.path == "/*") return "*";
  std::string text = uri.path.empty() ? "/" : std::string(uri.path);
  if (uri.query) text.append("?").append(*uri.query);
  return text;
}

http::Fields fields_of(std::string_view text, const std::vector<FieldLine>& lines) {
  http::Fields fields;
  for (const FieldLine& line : lines) fields.push_back({std::string(slice(text, line.name)), std::string(slice(text, line.value))});
  return fields;
}

// Without the chunks (RFC 9112 section 7.1.3).
std::string content_of(std::string_view text, const Message& message) {
  if (message.framing != Framing::chunked) return std::string(slice(text, message.content));
  std::string content;
  for (const Chunk& chunk : message.chunks) content.append(slice(text, chunk.data));
  return content;
}

bool has_problem(const Message& message, std::initializer_list<ProblemKind> kinds) {
  return std::any_of(message.problems.begin(), message.problems.end(), [&](const Problem& problem) {
    return std::find(kinds.begin(), kinds.end(), problem.kind) != kinds.end();
  });
}

// RFC 9112 section 9.3: "If the received protocol is HTTP/1.0, the "keep-alive" connection option is present", and its recipient
// wishes so, "the connection will persist after the current response"; otherwise it "will close after the current response".
bool ends_connection(const Message& message, const http::Fields& fields) {
  if (!message.is_http_1_0()) return false;
  const std::vector<std::string> options = syntax::list_members(fields, "Connection");
  return std::none_of(options.begin(), options.end(), [](const std::string& option) { return http::same_name(option, "keep-alive"); });
}

}  // namespace

void frame(http::Request& request, std::string_view version) {
  if (http::has(request.fields, "Content-Length") || http::has(request.fields, "Transfer-Encoding")) return;
  if (request.content.empty() && !defines_content(request.method)) return;
  static_cast<void>(version);
  http::set(request.fields, "Content-Length", std::to_string(request.content.size()));
}

void frame(http::Response& response, std::string_view method, bool closes) {
  if (has_no_content(response.status, method)) return;
  if (http::has(response.fields, "Content-Length") || http::has(response.fields, "Transfer-Encoding")) return;
  if (closes && !response.content.empty()) return;
  http::set(response.fields, "Content-Length", std::to_string(response.content.size()));
}

Wire wire_of(const http::Request& request, std::string_view version, bool to_proxy,
             const std::vector<origin::Malformed>& malformed) {
  const syntax::UriReference uri = syntax::split_uri_reference(request.target);
  std::string target = target_text(request, uri, to_proxy);
  if (any(malformed, origin::Malformed::bad_target)) target.append(" with a space");
  Wire wire;
  wire.head.append(request.method).append(" ").append(target).append(" ").append(version_text(version)).append(crlf);
  const bool own_host = http::has(request.fields, "Host");
  if (!own_host && uri.authority && !any(malformed, origin::Malformed::no_host) && version != "1.0" && version != "0.9") {
    // RFC 9112 section 3.2: "excluding any userinfo subcomponent and its "@" delimiter".
    const auto userinfo = syntax::userinfo_of(*uri.authority);
    const std::string host(userinfo ? uri.authority->substr(userinfo->size() + 1) : *uri.authority);
    wire.head.append(any(malformed, origin::Malformed::space_before_colon) ? "Host : " : "Host: ").append(host).append(crlf);
    if (any(malformed, origin::Malformed::two_hosts)) wire.head.append("Host: b.example\r\n");
  }
  append(wire.head, request.fields);
  if (any(malformed, origin::Malformed::length_and_coding)) wire.head.append("Content-Length: 3\r\nTransfer-Encoding: chunked\r\n");
  if (any(malformed, origin::Malformed::bad_length)) wire.head.append("Content-Length: 3, 4\r\n");
  if (any(malformed, origin::Malformed::bare_cr)) wire.head.append("X: a\rb\r\n");
  wire.head.append(crlf);
  const bool chunked = is_chunked(request.fields);
  wire.content = chunked ? chunks(request.content, {}) : request.content;
  wire.framing = chunked ? Framing::chunked : http::has(request.fields, "Content-Length") ? Framing::content_length : Framing::none;
  return wire;
}

Wire wire_of(const http::Response& response, std::string_view method, std::string_view version) {
  Wire wire;
  // RFC 9113 section 8.3.2: the status code is all of the status line that HTTP/2 carries.
  const bool has_reason = version.starts_with("1") || version.starts_with("0");
  wire.head = version_text(version) + " " + std::to_string(response.status) + " " + (has_reason ? response.reason : "") + "\r\n";
  append(wire.head, response.fields);
  wire.head.append(crlf);
  const bool chunked = is_chunked(response.fields);
  const bool none = has_no_content(response.status, method);
  wire.content = none ? std::string{} : chunked ? chunks(response.content, response.trailers) : response.content;
  wire.framing = none                                              ? Framing::none
                 : chunked                                         ? Framing::chunked
                 : http::has(response.fields, "Content-Length") ? Framing::content_length
                                                                   : Framing::close;
  return wire;
}

std::string wire_of(const http::Interim& interim, std::string_view version) {
  const auto rows = find_status(interim.status);
  std::string text = version_text(version) + " " + std::to_string(interim.status) + " ";
  if (!rows.empty()) text.append(rows.front().phrase);
  text.append(crlf);
  append(text, interim.fields);
  return text.append(crlf);
}

Read read_response(std::string_view text, std::string_view method) {
  const std::array answers = {method == "HEAD" ? AnswerTo::head : method == "CONNECT" ? AnswerTo::connect : AnswerTo::other};
  const std::vector<Message> messages = parse(text, {.expect = MessageKind::response, .answers = answers});
  const std::optional<std::string> unfolded = unfold(text, messages);
  const std::string_view head = unfolded ? std::string_view(*unfolded) : text;
  Read read;
  http::Response& response = read.incoming.response;
  response.status = 0;
  for (const Message& message : messages) {
    if (message.status >= 100 && message.status < 200 && message.status != 101) {
      response.interim.push_back({message.status, fields_of(head, message.fields)});
      read.ends.push_back(std::max(message.fields_end.end, message.start_line.end));
      continue;
    }
    response.status = message.status;
    response.reason = slice(text, message.reason);
    response.fields = fields_of(head, message.fields);
    response.trailers = fields_of(head, message.trailers);
    response.content = content_of(text, message);
    read.framing = message.framing;
    read.malformed = message.status == 0 || !message.head_terminated;
    if (message.status == 0) read.incoming.status_text = slice(text, message.status_code);
    const std::size_t head_end = std::max(message.fields_end.end, message.start_line.end);
    const std::size_t end = message.framing == Framing::none ? head_end : std::max<std::size_t>(message.content.end, head_end);
    // A client that takes what follows for content of a 204 is one thing to be shown, so it stands where content stands.
    if (message.framing == Framing::none) {
      response.content = text.substr(std::min(end, text.size()));
    } else {
      read.incoming.excess = text.substr(std::min(end, text.size()));
    }
    read.incoming.head_cut = !message.head_terminated && message.status != 0;
    read.incoming.chunks_cut = message.framing == Framing::chunked && has_problem(message, {ProblemKind::chunked_truncated, ProblemKind::chunk_size_malformed, ProblemKind::chunk_size_overflow,
                                                                                          ProblemKind::chunk_data_overrun});
    const bool cut = !message.head_terminated || read.incoming.chunks_cut ||
                     has_problem(message, {ProblemKind::content_absent, ProblemKind::content_truncated});
    const bool closes = message.framing == Framing::close || cut || ends_connection(message, response.fields);
    read.incoming.end = closes ? client::End::closed : client::End::whole;
    break;
  }
  if (response.status == 0 && read.incoming.status_text.empty()) read.malformed = true;
  return read;
}

}  // namespace statuslab::simulate
