// What Express and Fastify have in common: Node's own server below them, and code as prettier lays it out.
#pragma once

#include <string>
#include <string_view>

#include "snippet/literal.h"
#include "snippet/target.h"

namespace statuslab::snippet {

// How a framework names things.
struct JavascriptWords {
  std::string_view package;   // "express"
  std::string_view request;   // parameters of a route: "req"
  std::string_view response;  // "res"
  std::string_view node;      // the response of Node.js: "res", "reply.raw"
  std::string_view status;    // the method that sets the code: "status"
  std::string_view server;    // what emits "upgrade": "app.server"
};

[[nodiscard]] Expression javascript_string(std::string_view text);
// Content, or a part of it, as an argument: text, or bytes.
[[nodiscard]] Expression javascript_content(const Plan& plan, std::string_view content);
// Buffer.from(...): the content as bytes, whatever it is.
[[nodiscard]] Expression javascript_buffer(const Plan& plan);
// The values of all lines of a name: one, or a list.
[[nodiscard]] Expression javascript_values(const http::Fields& fields, std::string_view name);
// The line is the first of its name.
[[nodiscard]] bool is_first_line(const http::Fields& fields, const http::Field& field);

// Another status, with or without the content.
[[nodiscard]] Plan plan_as(Plan plan, std::uint16_t status, bool with_content);

// A comment that tells the code, and a reason phrase that is not the customary one.
void javascript_status(Code& code, const JavascriptWords& words, const Plan& plan);
// res, or res.status(404): what the last call of a response hangs on.
[[nodiscard]] std::string javascript_sender(const JavascriptWords& words, std::uint16_t status);
// The sender with its last call, such as ".json(...)".
void javascript_send(Code& code, const JavascriptWords& words, std::uint16_t status, const Expression& last, bool ends_in_object);
// The interim responses.
void javascript_hints(Code& code, const JavascriptWords& words, const Plan& plan);

// app.get("/path", (req, res) => { ... });
using JavascriptBody = void (*)(Code& code, const Plan& plan);
void javascript_route(Code& code, const JavascriptWords& words, std::string_view method, const Plan& plan, JavascriptBody write);

[[nodiscard]] bool is_switch(const Plan& plan);  // to another protocol, with 101
// On the server, since a route never sees the connection.
void javascript_switch(Code& code, const JavascriptWords& words, const Plan& plan);

// package.json, and how it is installed and started.
void add_javascript_project(Snippet& made, const JavascriptWords& words, const Target& target);
// What is to be said of one answer on Node.js.
void add_node_notes(Snippet& made, const JavascriptWords& words, const Plan& plan);

}  // namespace statuslab::snippet
