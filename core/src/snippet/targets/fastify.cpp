// Fastify on Node's own server. A GET route takes HEAD; a path that has other methods only is 404, so 405 has a route of its own.
// Conditions, ranges and Accept are left to plugins or to the handler. Content of a media type without a parser is refused before
// the handler is asked.
#include <algorithm>
#include <array>

#include "snippet/targets/javascript.h"

namespace statuslab::snippet {
namespace {

constexpr Language js = Language::javascript;
constexpr JavascriptWords words{.package = "fastify", .request = "request", .response = "reply", .node = "reply.raw", .status = "code", .server = "app.server"};

Expression string(std::string_view text) { return javascript_string(text); }

void set_fields(Code& code, const http::Fields& fields) {
  for (const http::Field& field : fields)
    if (is_first_line(fields, field)) code.statement("", call("reply.header", {string(field.name), javascript_values(fields, field.name)}), ";");
}

void send_empty(Code& code, std::uint16_t status) { code.line(javascript_sender(words, status) + ".send();"); }

void send(Code& code, const Plan& plan) {
  if (!plan.has_content()) return send_empty(code, plan.status);
  if (plan.is_streamed()) {
    std::vector<Expression> parts;
    for (const std::string& part : plan.parts) parts.push_back(javascript_content(plan, part));
    code.statement("reply.type(", string(plan.media), ");");
    code.statement("const parts = ", bracket('[', std::move(parts), ']'), ";");
    code.line(javascript_sender(words, plan.status) + ".send(Readable.from(parts));");
    return;
  }
  // A string, null or a number would not be sent as JSON.
  std::optional<Expression> value = plan.is_json() ? json_value(plan.content, js) : std::nullopt;
  if (value && flat(*value, js)[0] != '{' && flat(*value, js)[0] != '[') value.reset();
  const bool by_itself = value ? plan.media == "application/json" : plan.is_text && plan.media == "text/plain; charset=utf-8";
  if (!by_itself) code.statement("", call("reply.type", {string(plan.media)}), ";");
  const Expression last = call(".send", {value ? *value : javascript_content(plan, plan.content)});
  javascript_send(code, words, plan.status, last, value && flat(*value, js)[0] == '{');
}

void respond(Code& code, const Plan& plan) {
  javascript_status(code, words, plan);
  set_fields(code, plan.fields);
  send(code, plan);
}

void redirect(Code& code, const Plan& plan) {
  http::Fields others = plan.fields;
  http::remove(others, "Location");
  javascript_status(code, words, plan);
  set_fields(code, others);
  std::vector<Expression> arguments{string(plan.field("Location"))};
  if (plan.status != 302) arguments.emplace_back(number(plan.status));
  code.statement("", call("reply.redirect", std::move(arguments)), ";");
}

void interim(Code& code, const Plan& plan) {
  javascript_hints(code, words, plan);
  respond(code, plan);
}

void refuse_with(Code& code, std::string_view condition, std::uint16_t status, std::string_view phrase) {
  code.open("if (" + std::string(condition) + ") {");
  code.line("// " + number(status) + " " + std::string(phrase));
  send_empty(code, status);
  code.line("return;");
  code.close("}");
}

void conditional(Code& code, const Plan& plan) {
  const std::string_view etag = plan.field("ETag");
  const bool reads = plan.status == 304;
  std::string condition;
  if (etag.empty()) {
    code.statement("const modified = ", call("Date.parse", {string(plan.field("Last-Modified"))}), ";");
    code.line(std::string("const since = request.headers[\"if-") + (reads ? "modified" : "unmodified") + "-since\"];");
    code.line("const seen = Date.parse(since ?? \"\");");
    condition = reads ? "seen >= modified" : "seen < modified";
  } else {
    // RFC 9110 section 13.1.1: "An origin server MUST use the strong comparison function"; 13.1.2: the weak one.
    code.statement("const etag = ", string(reads && etag.starts_with("W/") ? etag.substr(2) : etag), ";");
    code.line(reads ? "const wanted = request.headers[\"if-none-match\"] ?? \"\";" : "const wanted = request.headers[\"if-match\"] ?? \"*\";");
    code.line(reads ? "const tags = wanted.match(/\"[^\"]*\"/g) ?? [];" : "const tags = wanted.match(/(?:W\\/)?\"[^\"]*\"/g) ?? [];");
    condition = reads ? "wanted === \"*\" || tags.includes(etag)" : "wanted !== \"*\" && !tags.includes(etag)";
  }
  if (!reads) {
    refuse_with(code, condition, 412, "Precondition Failed");
    return send_empty(code, 204);
  }
  set_fields(code, plan.fields);
  refuse_with(code, condition, 304, "Not Modified");
  send(code, plan_as(plan, 200, true));
}

void ranges(Code& code, const Plan& plan) {
  const bool has_etag = !plan.field("ETag").empty();
  code.statement("const content = ", javascript_buffer(plan), ";");
  code.line("const size = content.length;");
  set_fields(code, plan.fields);
  code.line("reply.header(\"Accept-Ranges\", \"bytes\");");
  code.statement("", call("reply.type", {string(plan.media)}), ";");
  code.line("const wanted = request.headers.range ?? \"\";");
  code.line("const match = /^bytes=(\\d{0,15})-(\\d{0,15})$/.exec(wanted);");
  code.line("const [, first, last] = match ?? [];");
  code.line("const backwards = first && last && Number(first) > Number(last);");
  // RFC 9110 section 13.1.5: where the validator of If-Range is not the current one, Range is ignored.
  code.line("const condition = request.headers[\"if-range\"];");
  code.line(has_etag ? "const changed = condition && condition !== reply.getHeader(\"ETag\");" : "const changed = condition !== undefined;");
  code.open("if (changed || backwards || !(first || last)) {");
  code.line("reply.send(content);");
  code.line("return;");
  code.close("}");
  code.line("const start = first ? Number(first) : Math.max(0, size - Number(last));");
  code.line("const end = first && last ? Math.min(Number(last), size - 1) : size - 1;");
  code.open("if (start >= size) {");
  code.line("// 416 Range Not Satisfiable");
  code.line("reply.header(\"Content-Range\", `bytes */${size}`);");
  send_empty(code, 416);
  code.line("return;");
  code.close("}");
  code.line("// 206 Partial Content");
  code.line("reply.header(\"Content-Range\", `bytes ${start}-${end}/${size}`);");
  code.line("reply.code(206).send(content.subarray(start, end + 1));");
}

void write_accepts(Code& code) {
  code.line("// Whether a value of Accept lets a media type through: the most specific range decides.");
  code.open("function accepts(accept, mediaType) {");
  code.line("const ranks = [\"*/*\", `${mediaType.split(\"/\")[0]}/*`, mediaType];");
  code.line("let accepted = false;");
  code.line("let best = -1;");
  code.open("for (const item of accept.split(\",\")) {");
  code.line("const [range, ...parameters] = item.replaceAll(\" \", \"\").split(\";\");");
  code.open("if (ranks.indexOf(range) > best) {");
  code.line("best = ranks.indexOf(range);");
  code.line("accepted = !parameters.includes(\"q=0\");");
  code.close("}");
  code.close("}");
  code.line("return accepted;");
  code.close("}");
}

bool negotiates(const Plan& plan) { return plan.kind == Kind::negotiation && plan.status == 406; }

void not_acceptable(Code& code, const Plan& plan) {
  code.line("const accept = request.headers.accept ?? \"*/*\";");
  code.statement("if (!", call("accepts", {"accept", string(plan.essence())}), ") {");
  Code inner(js, code.level() + 1);
  inner.line("// 406 Not Acceptable");
  send_empty(inner, 406);
  inner.line("return;");
  code.append(inner.take());
  code.line("}");
  respond(code, plan_as(plan, 200, true));
}

// The function of a route, its body at the level of `code`.
void body(Code& code, const Plan& plan) {
  switch (plan.kind) {
    case Kind::redirect: return redirect(code, plan);
    case Kind::interim: return interim(code, plan);
    case Kind::conditional: return conditional(code, plan);
    case Kind::ranges: return ranges(code, plan);
    case Kind::negotiation: return not_acceptable(code, plan);
    default: return respond(code, plan);
  }
}

// Before the parsers, which would refuse by themselves, and without Accept.
void media_type(Code& code, const Plan& plan) {
  code.open("app.route({");
  code.line("method: " + quoted(plan.method, js) + ",");
  code.line("url: " + quoted(plan.path, js) + ",");
  code.open("onRequest: (request, reply, done) => {");
  code.line("const given = request.headers[\"content-type\"] ?? \"\";");
  code.statement("const wanted = ", string(lower(plan.field("Accept"))), ";");
  code.open("if (given.split(\";\")[0].trim().toLowerCase() === wanted) {");
  code.line("done();");
  code.line("return;");
  code.close("}");
  respond(code, plan);
  code.close("},");
  code.open("handler: (request, reply) => {");
  send_empty(code, 204);
  code.close("},");
  code.close("});");
}

constexpr std::array<std::string_view, 7> all_methods{"DELETE", "GET", "HEAD", "OPTIONS", "PATCH", "POST", "PUT"};

void no_content(Code& code, const Plan&) { send_empty(code, 204); }

void methods(Code& code, const Plan& plan) {
  Plan served = plan_as(plan, 200, true);
  http::remove(served.fields, "Allow");
  const auto allows = [&](std::string_view method) { return std::find(plan.methods.begin(), plan.methods.end(), method) != plan.methods.end(); };
  std::vector<Expression> others;
  for (const std::string_view method : all_methods) {
    if (method == "HEAD" && allows("GET")) continue;
    if (!allows(method)) {
      others.push_back(string(method));
      continue;
    }
    javascript_route(code, words, method, served, method == "GET" || method == "HEAD" ? respond : no_content);
    code.blank();
  }
  code.open("app.route({");
  code.statement("method: ", bracket('[', std::move(others), ']'), ",");
  code.line("url: " + quoted(plan.path, js) + ",");
  code.open("handler: (request, reply) => {");
  Plan refused = plan;
  refused.content_kind = ContentKind::none;
  respond(code, refused);
  code.close("},");
  code.close("});");
}

void handler(Code& code, const Plan& plan) {
  if (plan.kind == Kind::method) return methods(code, plan);
  if (is_switch(plan)) return javascript_switch(code, words, plan);
  if (plan.kind == Kind::negotiation && plan.status == 415) return media_type(code, plan);
  javascript_route(code, words, plan.kind == Kind::head ? "GET" : plan.method, plan, body);
}

// The helper that some handlers need, and the handlers.
std::string handlers(std::span<const Plan> plans) {
  Code code(js);
  if (std::any_of(plans.begin(), plans.end(), negotiates)) {
    write_accepts(code);
    code.blank();
  }
  for (const Plan& plan : plans) {
    if (&plan != plans.data()) code.blank();
    handler(code, plan);
  }
  return code.take();
}

std::string_view import_of(std::span<const Plan> plans) {
  const bool streams = std::any_of(plans.begin(), plans.end(), [](const Plan& plan) { return plan.is_streamed(); });
  return streams ? "import { Readable } from \"node:stream\";\n" : "";
}

std::string app(std::span<const Plan> plans) {
  return std::string(import_of(plans)) + "import Fastify from \"fastify\";\n\nconst app = Fastify();\n\n" + handlers(plans) +
         "\nawait app.listen({ host: \"127.0.0.1\", port: process.env.PORT ?? 8000 });\n";
}

std::optional<Note> refuse(const Plan& plan, const Target&) {
  if (plan.status > 599) return Note{NoteId::code_beyond_599, {"Fastify", number(plan.status)}};
  const std::string taken = lower(plan.field("Accept"));
  const bool is_parsed = taken == "application/json" || taken == "text/plain";
  if (plan.kind == Kind::negotiation && plan.status == 415 && !is_parsed) return Note{NoteId::parser_needed, {"Fastify", taken}};
  return std::nullopt;
}

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "app.js";
  if (plans.size() == 1) add_node_notes(made, words, plans[0]);
  if (form == Form::handler) {
    const std::string imports(import_of(plans));
    made.files.push_back({made.main, imports + (imports.empty() ? "" : "\n") + handlers(plans)});
    return made;
  }
  add_javascript_project(made, words, target);
  made.files.push_back({made.main, app(plans)});
  return made;
}

}  // namespace

const Framework fastify_framework{"fastify", refuse, write};

}  // namespace statuslab::snippet
