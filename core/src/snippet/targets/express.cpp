// Express 5 and 4 on Node's own server. Express sets an ETag of its own on what send() and json() send, answers HEAD from the
// GET and OPTIONS from the routes of a path.
#include <algorithm>

#include "snippet/targets/javascript.h"

namespace statuslab::snippet {
namespace {

constexpr Language js = Language::javascript;
constexpr JavascriptWords words{.package = "express", .request = "req", .response = "res", .node = "res", .status = "status", .server = "server"};

Expression string(std::string_view text) { return javascript_string(text); }

void set_fields(Code& code, const http::Fields& fields) {
  for (const http::Field& field : fields)
    code.statement("", call(is_first_line(fields, field) ? "res.set" : "res.append", {string(field.name), string(field.value)}), ";");
}

// The phrase of the code as text is what sendStatus() sends.
bool is_phrase(const Plan& plan) {
  return plan.content_kind == ContentKind::text && plan.media == "text/plain; charset=utf-8" && !plan.content.empty() &&
         plan.content == constant_of("express", plan.status);
}

void set_type(Code& code, const Plan& plan) {
  if (!plan.has_content() || is_phrase(plan)) return;
  const bool by_itself = (plan.content_kind == ContentKind::json && plan.media == "application/json") ||
                         (plan.content_kind == ContentKind::html && plan.is_text && plan.media == "text/html; charset=utf-8");
  if (by_itself && json_value(plan.content_kind == ContentKind::json ? plan.content : "0", js)) return;
  // type() and send() add charset=utf-8 to text by themselves.
  const bool short_form = plan.is_text && plan.media == std::string(plan.essence()) + "; charset=utf-8";
  code.statement("", call("res.type", {string(short_form ? plan.essence() : std::string_view(plan.media))}), ";");
}

void send(Code& code, const Plan& plan) {
  if (is_phrase(plan)) {
    code.line("res.sendStatus(" + number(plan.status) + ");");
    return;
  }
  if (plan.is_streamed()) {
    if (plan.status != 200) code.line(javascript_sender(words, plan.status) + ";");
    for (const std::string& part : plan.parts) code.statement("", call("res.write", {javascript_content(plan, part)}), ";");
    code.line("res.end();");
    return;
  }
  if (!plan.has_content()) {
    code.line(javascript_sender(words, plan.status) + ".end();");
    return;
  }
  const std::optional<Expression> value = plan.is_json() ? json_value(plan.content, js) : std::nullopt;
  const Expression last = value ? call(".json", {*value}) : call(".send", {javascript_content(plan, plan.content)});
  javascript_send(code, words, plan.status, last, value && flat(*value, js)[0] == '{');
}

void respond(Code& code, const Plan& plan) {
  javascript_status(code, words, plan);
  set_fields(code, plan.fields);
  set_type(code, plan);
  send(code, plan);
}

void redirect(Code& code, const Plan& plan) {
  http::Fields others = plan.fields;
  http::remove(others, "Location");
  javascript_status(code, words, plan);
  set_fields(code, others);
  const Expression location = string(plan.field("Location"));
  code.statement("", plan.status == 302 ? call("res.redirect", {location})
                                        : call("res.redirect", {number(plan.status), location}), ";");
}

void interim(Code& code, const Plan& plan) {
  javascript_hints(code, words, plan);
  respond(code, plan);
}

void conditional(Code& code, const Plan& plan) {
  if (plan.status == 304) {
    // Express compares by itself when it sends.
    code.line("// A GET with If-None-Match or If-Modified-Since that holds no news becomes 304 Not Modified");
    respond(code, plan_as(plan, 200, true));
    return;
  }
  const std::string_view etag = plan.field("ETag");
  if (!etag.empty()) {
    code.statement("const etag = ", string(etag), ";");
    code.line("const wanted = req.get(\"If-Match\") ?? \"*\";");
    code.line("const tags = wanted.match(/(?:W\\/)?\"[^\"]*\"/g) ?? [];");
    code.open("if (wanted !== \"*\" && !tags.includes(etag)) {");
  } else {
    code.statement("const modified = ", call("Date.parse", {string(plan.field("Last-Modified"))}), ";");
    code.line("const seen = Date.parse(req.get(\"If-Unmodified-Since\") ?? \"\");");
    code.open("if (seen < modified) {");
  }
  code.line("// 412 Precondition Failed");
  code.line("res.status(412).end();");
  code.line("return;");
  code.close("}");
  code.line("res.status(204).end();");
}

void ranges(Code& code, const Plan& plan) {
  const std::string_view etag = plan.field("ETag");
  code.statement("const content = ", javascript_buffer(plan), ";");
  set_fields(code, plan.fields);
  code.line("res.set(\"Accept-Ranges\", \"bytes\");");
  code.statement("", call("res.type", {string(plan.media)}), ";");
  code.line("const condition = req.get(\"If-Range\");");
  if (etag.empty()) {
    code.line("const ranges = condition ? undefined : req.range(content.length);");
  } else {
    code.line("const current = !condition || condition === res.get(\"ETag\");");
    code.line("const ranges = current ? req.range(content.length) : undefined;");
  }
  code.open("if (ranges === -1) {");
  code.line("// 416 Range Not Satisfiable");
  code.line("res.set(\"Content-Range\", `bytes */${content.length}`);");
  code.line("res.status(416).end();");
  code.line("return;");
  code.close("}");
  code.open("if (!Array.isArray(ranges) || ranges.length > 1) {");
  code.line("res.send(content);");
  code.line("return;");
  code.close("}");
  code.line("// 206 Partial Content");
  code.line("const { start, end } = ranges[0];");
  code.line("res.set(\"Content-Range\", `bytes ${start}-${end}/${content.length}`);");
  code.line("res.status(206).send(content.subarray(start, end + 1));");
}

void negotiation(Code& code, const Plan& plan) {
  if (plan.status == 406) {
    code.open("res.format({");
    code.open(quoted(plan.essence(), js) + ": () => {");
    Plan whole = plan_as(plan, 200, true);
    respond(code, whole);
    code.close("},");
    code.open("default: () => {");
    code.line("// 406 Not Acceptable");
    code.line("res.status(406).end();");
    code.close("},");
    code.close("});");
    return;
  }
  code.statement("if (!", call("req.is", {string(plan.field("Accept"))}), ") {");
  Code inner(js, code.level() + 1);
  respond(inner, plan);
  inner.line("return;");
  code.append(inner.take());
  code.line("}");
  code.line("res.status(204).end();");
}

// The function of a route, its body at the level of `code`.
void body(Code& code, const Plan& plan) {
  switch (plan.kind) {
    case Kind::redirect: return redirect(code, plan);
    case Kind::interim: return interim(code, plan);
    case Kind::conditional: return conditional(code, plan);
    case Kind::ranges: return ranges(code, plan);
    case Kind::negotiation: return negotiation(code, plan);
    default: return respond(code, plan);
  }
}

void no_content(Code& code, const Plan&) { code.line("res.status(204).end();"); }

void methods(Code& code, const Plan& plan) {
  Plan served = plan_as(plan, 200, true);
  http::remove(served.fields, "Allow");
  for (const std::string& method : plan.methods) {
    if (method == "HEAD" || method == "OPTIONS") continue;
    javascript_route(code, words, method, served, method == "GET" ? respond : no_content);
    code.blank();
  }
  javascript_route(code, words, "all", plan_as(plan, 405, false), respond);
}

void handler(Code& code, const Plan& plan) {
  if (plan.kind == Kind::method) return methods(code, plan);
  if (is_switch(plan)) return javascript_switch(code, words, plan);
  javascript_route(code, words, plan.kind == Kind::head ? "GET" : plan.method, plan, body);
}

std::string app(std::span<const Plan> plans) {
  Code code(js);
  code.line("import express from \"express\";");
  code.blank();
  code.line("const app = express();");
  code.line("app.disable(\"x-powered-by\");");
  code.blank();
  for (const Plan& plan : plans) {
    if (is_switch(plan)) continue;
    handler(code, plan);
    code.blank();
  }
  const bool upgrades = std::any_of(plans.begin(), plans.end(), is_switch);
  code.line(std::string(upgrades ? "const server = " : "") + "app.listen(process.env.PORT ?? 8000, \"127.0.0.1\");");
  for (const Plan& plan : plans) {
    if (!is_switch(plan)) continue;
    code.blank();
    handler(code, plan);
  }
  return code.take();
}

std::optional<Note> refuse(const Plan&, const Target&) { return std::nullopt; }

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "app.js";
  if (plans.size() == 1) add_node_notes(made, words, plans[0]);
  if (form == Form::handler) {
    Code code(js);
    handler(code, plans[0]);
    made.files.push_back({made.main, code.take()});
    return made;
  }
  add_javascript_project(made, words, target);
  made.files.push_back({made.main, app(plans)});
  return made;
}

}  // namespace

const Framework express_framework{"express", refuse, write};

}  // namespace statuslab::snippet
