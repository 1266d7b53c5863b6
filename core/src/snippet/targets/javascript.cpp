#include "snippet/targets/javascript.h"

#include <algorithm>

#include "base/digest.h"

namespace statuslab::snippet {
namespace {

constexpr Language js = Language::javascript;

// { link: "...", "x-name": ["...", "..."] }
Expression members_of(const http::Fields& fields) {
  std::vector<Expression> members;
  for (const http::Field& field : fields) {
    if (!is_first_line(fields, field)) continue;
    const std::string name = lower(field.name);
    const std::string key = (name.find('-') == std::string::npos ? name : quoted(name, js)) + ": ";
    members.push_back(assigned(key, javascript_values(fields, name)));
  }
  return bracket('{', std::move(members), '}');
}

// Node.js has functions of their own for 102 without fields and for 103; the latter sends nothing without a Link.
bool needs_information(const http::Interim& one) {
  return one.status == 103 ? !http::has(one.fields, "Link") : one.status != 102 || !one.fields.empty();
}

}  // namespace

Expression javascript_string(std::string_view text) { return quoted(text, js); }

Expression javascript_content(const Plan& plan, std::string_view content) {
  if (plan.is_text) return javascript_string(content);
  return call("Buffer.from", {javascript_string(base64(content)), javascript_string("base64")});
}

Expression javascript_buffer(const Plan& plan) {
  return plan.is_text ? call("Buffer.from", {javascript_string(plan.content)}) : javascript_content(plan, plan.content);
}

Expression javascript_values(const http::Fields& fields, std::string_view name) {
  std::vector<Expression> values;
  for (const http::Field& field : fields)
    if (http::same_name(field.name, name)) values.push_back(javascript_string(field.value));
  return values.size() == 1 ? values[0] : bracket('[', std::move(values), ']');
}

bool is_first_line(const http::Fields& fields, const http::Field& field) { return http::find(fields, field.name) == &field.value; }

Plan plan_as(Plan plan, std::uint16_t status, bool with_content) {
  plan.status = status;
  plan.phrase.clear();
  if (!with_content) plan.content_kind = ContentKind::none;
  return plan;
}

void javascript_status(Code& code, const JavascriptWords& words, const Plan& plan) {
  if (plan.status != 200) code.line("// " + code_and_phrase(plan));
  if (!plan.reason.empty()) code.statement(std::string(words.node) + ".statusMessage = ", assigned("", javascript_string(plan.reason)), ";");
}

std::string javascript_sender(const JavascriptWords& words, std::uint16_t status) {
  const std::string response(words.response);
  return status == 200 ? response : response + "." + std::string(words.status) + "(" + number(status) + ")";
}

void javascript_send(Code& code, const JavascriptWords& words, std::uint16_t status, const Expression& last, bool ends_in_object) {
  const Expression whole = Expression(javascript_sender(words, status)) + last;
  // prettier takes a chain apart that is too long, unless it ends in an object.
  if (status == 200 || code.fits_line(whole, 1) || ends_in_object) {
    code.statement("", whole, ";");
    return;
  }
  code.line(javascript_sender(words, status) + ";");
  code.statement(words.response, last, ";");
}

void javascript_hints(Code& code, const JavascriptWords& words, const Plan& plan) {
  for (const http::Interim& one : plan.interim) {
    std::vector<Expression> arguments;
    if (needs_information(one)) arguments.emplace_back(number(one.status));
    if (!one.fields.empty()) arguments.push_back(members_of(one.fields));
    const char* const function = needs_information(one) ? ".writeInformation" : one.status == 102 ? ".writeProcessing" : ".writeEarlyHints";
    code.statement("", call(std::string(words.node) + function, std::move(arguments)), ";");
  }
}

void javascript_route(Code& code, const JavascriptWords& words, std::string_view method, const Plan& plan, JavascriptBody write) {
  const std::string function = "(" + std::string(words.request) + ", " + std::string(words.response) + ") => {";
  const std::string begin = "app." + lower(method) + "(";
  const std::string line = begin + quoted(plan.path, js) + ", " + function;
  if (width(line) <= 80) {
    code.open(line);
    write(code, plan);
    code.close("});");
    return;
  }
  code.open(begin);
  code.line(quoted(plan.path, js) + ",");
  code.open(function);
  write(code, plan);
  code.close("},");
  code.close(");");
}

bool is_switch(const Plan& plan) { return plan.kind == Kind::upgrade && plan.status == 101; }

void javascript_switch(Code& code, const JavascriptWords& words, const Plan& plan) {
  const std::string request(words.request);
  code.open(std::string(words.server) + ".on(\"upgrade\", (" + request + ", socket) => {");
  code.open("if (" + request + ".url !== " + quoted(plan.path, js) + ") {");
  code.line("socket.end(\"HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n\");");
  code.line("return;");
  code.close("}");
  code.line("// 101 Switching Protocols");
  code.line("socket.write(\"HTTP/1.1 101 Switching Protocols\\r\\n\");");
  for (const http::Field& field : plan.fields)
    code.statement("", call("socket.write", {javascript_string(field.name + ": " + field.value + "\r\n")}), ";");
  code.line("socket.write(\"\\r\\n\");");
  code.line("socket.pipe(socket);");
  code.close("});");
}

void add_javascript_project(Snippet& made, const JavascriptWords& words, const Target& target) {
  made.files.push_back({"package.json",
      "{\n  \"name\": \"answer\",\n  \"private\": true,\n  \"type\": \"module\",\n  \"scripts\": {\n    \"start\": \"node app.js\"\n  },\n"
      "  \"dependencies\": {\n    \"" + std::string(words.package) + "\": \"" + std::string(target.version) + "\"\n  }\n}\n"});
  made.install = {"npm install"};
  made.start = "node app.js";
}

void add_node_notes(Snippet& made, const JavascriptWords& words, const Plan& plan) {
  if (plan.reason.empty() && constant_of(words.package, plan.status).empty())
    made.notes.push_back({NoteId::phrase_unknown, {"Node.js", number(plan.status), "unknown"}});
  if (std::any_of(plan.interim.begin(), plan.interim.end(), needs_information))
    made.notes.push_back({NoteId::since_runtime, {std::string(words.node) + ".writeInformation", "Node.js 24.18"}});
}

}  // namespace statuslab::snippet
