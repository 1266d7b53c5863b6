// Express 5 and 4 on Node's own server. Express sets an ETag of its own on what send() and json() send, answers HEAD from the
// GET and OPTIONS from the routes of a path.
#include <algorithm>

#include "base/digest.h"
#include "snippet/literal.h"
#include "snippet/target.h"

namespace statuslab::snippet {
namespace {

constexpr Language js = Language::javascript;

Expression string(std::string_view text) { return quoted(text, js); }

// Content, or a part of it, as an argument of send() or write(): text, or bytes.
Expression bytes_or_text(const Plan& plan, std::string_view content) {
  if (plan.is_text) return string(content);
  return call("Buffer.from", {string(base64(content)), string("base64")});
}

void set_fields(Code& code, const http::Fields& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool again = std::any_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const http::Field& other) { return http::same_name(other.name, fields[i].name); });
    code.statement("", call(again ? "res.append" : "res.set", {string(fields[i].name), string(fields[i].value)}), ";");
  }
}

// res, or res.status(404): what the last call of a response hangs on.
std::string sender(const Plan& plan) {
  return plan.status == 200 ? "res" : "res.status(" + number(plan.status) + ")";
}

void comment(Code& code, const Plan& plan) {
  if (plan.status != 200) code.line("// " + code_and_phrase(plan));
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
    if (plan.status != 200) code.line(sender(plan) + ";");
    for (const std::string& part : plan.parts) code.statement("", call("res.write", {bytes_or_text(plan, part)}), ";");
    code.line("res.end();");
    return;
  }
  if (!plan.has_content()) {
    code.line(sender(plan) + ".end();");
    return;
  }
  const std::optional<Expression> value = plan.is_json() ? json_value(plan.content, js) : std::nullopt;
  const Expression last = value ? call(".json", {*value}) : call(".send", {bytes_or_text(plan, plan.content)});
  const Expression whole = Expression(sender(plan)) + last;
  // prettier takes a chain apart that is too long, unless it ends in an object.
  if (plan.status == 200 || code.fits_line(whole, 1) || (value && flat(*value, js)[0] == '{')) {
    code.statement("", whole, ";");
    return;
  }
  code.line(sender(plan) + ";");
  code.statement("res", last, ";");
}

void respond(Code& code, const Plan& plan) {
  comment(code, plan);
  if (!plan.reason.empty()) code.statement("res.statusMessage = ", string(plan.reason), ";");
  set_fields(code, plan.fields);
  set_type(code, plan);
  send(code, plan);
}

Plan as(Plan plan, std::uint16_t status, bool with_content) {
  plan.status = status;
  plan.phrase.clear();
  if (!with_content) plan.content_kind = ContentKind::none;
  return plan;
}

void redirect(Code& code, const Plan& plan) {
  http::Fields others = plan.fields;
  http::remove(others, "Location");
  comment(code, plan);
  if (!plan.reason.empty()) code.statement("res.statusMessage = ", string(plan.reason), ";");
  set_fields(code, others);
  const Expression location = string(plan.field("Location"));
  code.statement("", plan.status == 302 ? call("res.redirect", {location})
                                        : call("res.redirect", {number(plan.status), location}), ";");
}

// { link: "...", "x-name": ["...", "..."] }
Expression members_of(const http::Fields& fields) {
  std::vector<Expression> members;
  for (const http::Field& field : fields) {
    if (http::find(fields, field.name) != &field.value) continue;  // it went with the first line of its name
    const std::string name = lower(field.name);
    std::vector<Expression> values;
    for (const http::Field& other : fields)
      if (http::same_name(other.name, name)) values.push_back(string(other.value));
    const bool bare = name.find('-') == std::string::npos;
    const std::string key = (bare ? name : quoted(name, js)) + ": ";
    members.push_back(values.size() == 1 ? assigned(key, string(field.value)) : Expression(key) + bracket('[', std::move(values), ']'));
  }
  return bracket('{', std::move(members), '}');
}

// Node.js has functions of their own for 102 without fields and for 103; the latter sends nothing without a Link.
bool needs_information(const http::Interim& one) {
  return one.status == 103 ? !http::has(one.fields, "Link") : one.status != 102 || !one.fields.empty();
}

void interim(Code& code, const Plan& plan) {
  for (const http::Interim& one : plan.interim) {
    std::vector<Expression> arguments;
    if (needs_information(one)) arguments.push_back(number(one.status));
    if (!one.fields.empty()) arguments.push_back(members_of(one.fields));
    const char* const function = needs_information(one) ? "res.writeInformation" : one.status == 102 ? "res.writeProcessing" : "res.writeEarlyHints";
    code.statement("", call(function, std::move(arguments)), ";");
  }
  respond(code, plan);
}

void conditional(Code& code, const Plan& plan) {
  if (plan.status == 304) {
    // Express compares by itself when it sends.
    code.line("// A GET with If-None-Match or If-Modified-Since that holds no news becomes 304 Not Modified");
    respond(code, as(plan, 200, true));
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
  code.statement("const content = ", call("Buffer.from", plan.is_text ? std::vector<Expression>{string(plan.content)}
                                                                      : std::vector<Expression>{string(base64(plan.content)), string("base64")}), ";");
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
    Plan whole = as(plan, 200, true);
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

using Body = void (*)(Code& code, const Plan& plan);

void route(Code& code, std::string_view method, const Plan& plan, Body write) {
  const std::string function = "(req, res) => {";
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

void no_content(Code& code, const Plan&) { code.line("res.status(204).end();"); }

void methods(Code& code, const Plan& plan) {
  Plan served = as(plan, 200, true);
  http::remove(served.fields, "Allow");
  for (const std::string& method : plan.methods) {
    if (method == "HEAD" || method == "OPTIONS") continue;
    route(code, method, served, method == "GET" ? respond : no_content);
    code.blank();
  }
  route(code, "all", as(plan, 405, false), respond);
}

bool is_upgrade(const Plan& plan) { return plan.kind == Kind::upgrade && plan.status == 101; }

// On the server, not on the app: an Express route never sees the connection.
void upgrade(Code& code, const Plan& plan) {
  code.open("server.on(\"upgrade\", (req, socket) => {");
  code.open("if (req.url !== " + quoted(plan.path, js) + ") {");
  code.line("socket.end(\"HTTP/1.1 404 Not Found\\r\\nContent-Length: 0\\r\\n\\r\\n\");");
  code.line("return;");
  code.close("}");
  code.line("// 101 Switching Protocols");
  code.line("socket.write(\"HTTP/1.1 101 Switching Protocols\\r\\n\");");
  for (const http::Field& field : plan.fields)
    code.statement("", call("socket.write", {string(field.name + ": " + field.value + "\r\n")}), ";");
  code.line("socket.write(\"\\r\\n\");");
  code.line("socket.pipe(socket);");
  code.close("});");
}

void handler(Code& code, const Plan& plan) {
  if (plan.kind == Kind::method) return methods(code, plan);
  if (is_upgrade(plan)) return upgrade(code, plan);
  route(code, plan.kind == Kind::head ? "GET" : plan.method, plan, body);
}

std::string manifest(const Target& target) {
  return "{\n  \"name\": \"answer\",\n  \"private\": true,\n  \"type\": \"module\",\n  \"scripts\": {\n    \"start\": \"node app.js\"\n  },\n"
         "  \"dependencies\": {\n    \"express\": \"" + std::string(target.version) + "\"\n  }\n}\n";
}

std::string app(std::span<const Plan> plans) {
  Code code(js);
  code.line("import express from \"express\";");
  code.blank();
  code.line("const app = express();");
  code.line("app.disable(\"x-powered-by\");");
  code.blank();
  for (const Plan& plan : plans) {
    if (is_upgrade(plan)) continue;
    handler(code, plan);
    code.blank();
  }
  const bool upgrades = std::any_of(plans.begin(), plans.end(), is_upgrade);
  code.line(std::string(upgrades ? "const server = " : "") + "app.listen(process.env.PORT ?? 8000, \"127.0.0.1\");");
  for (const Plan& plan : plans) {
    if (!is_upgrade(plan)) continue;
    code.blank();
    handler(code, plan);
  }
  return code.take();
}

std::optional<Note> refuse(const Plan&, const Target&) { return std::nullopt; }

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "app.js";
  for (const Plan& plan : plans)
    if (plans.size() == 1 && plan.reason.empty() && constant_of("express", plan.status).empty())
      made.notes.push_back({NoteId::phrase_unknown, {"Node.js", number(plan.status), "unknown"}});
  if (plans.size() == 1 && std::any_of(plans[0].interim.begin(), plans[0].interim.end(), needs_information))
    made.notes.push_back({NoteId::since_runtime, {"res.writeInformation", "Node.js 24.18"}});
  if (form == Form::handler) {
    Code code(js);
    handler(code, plans[0]);
    made.files.push_back({made.main, code.take()});
    return made;
  }
  made.files.push_back({"package.json", manifest(target)});
  made.files.push_back({made.main, app(plans)});
  made.install = {"npm install"};
  made.start = "node app.js";
  return made;
}

}  // namespace

const Framework express_framework{"express", refuse, write};

}  // namespace statuslab::snippet
