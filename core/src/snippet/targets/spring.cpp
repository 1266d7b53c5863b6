// Spring Boot with annotated MVC controllers on embedded Tomcat. Spring answers HEAD from the GET, compares validators of a
// ResponseEntity by itself, cuts ranges out of a Resource, and answers 405, 406, 415 and preflights before a controller is
// asked. Tomcat sends no reason phrase.
#include <algorithm>
#include <array>
#include <set>

#include "base/ascii.h"
#include "base/digest.h"
#include "snippet/literal.h"
#include "snippet/target.h"

namespace statuslab::snippet {
namespace {

constexpr Language java = Language::java;

Expression string(std::string_view text) { return quoted(text, java); }

struct Imported {
  std::string_view name;
  std::string_view package;
};
constexpr std::array<Imported, 36> known{{
    {"Base64", "java.util"},
    {"Bean", "org.springframework.context.annotation"},
    {"ByteArrayResource", "org.springframework.core.io"},
    {"Configuration", "org.springframework.context.annotation"},
    {"CorsConfiguration", "org.springframework.web.cors"},
    {"CorsFilter", "org.springframework.web.filter"},
    {"CorsUtils", "org.springframework.web.cors"},
    {"CrossOrigin", "org.springframework.web.bind.annotation"},
    {"DateTimeFormatter", "java.time.format"},
    {"DefaultCorsProcessor", "org.springframework.web.cors"},
    {"DeleteMapping", "org.springframework.web.bind.annotation"},
    {"FilterRegistration", "org.springframework.boot.web.servlet"},
    {"GetMapping", "org.springframework.web.bind.annotation"},
    {"HttpServletRequest", "jakarta.servlet.http"},
    {"HttpServletResponse", "jakarta.servlet.http"},
    {"HttpStatus", "org.springframework.http"},
    {"HttpUpgradeHandler", "jakarta.servlet.http"},
    {"IOException", "java.io"},
    {"List", "java.util"},
    {"Map", "java.util"},
    {"MediaType", "org.springframework.http"},
    {"PatchMapping", "org.springframework.web.bind.annotation"},
    {"PostMapping", "org.springframework.web.bind.annotation"},
    {"PutMapping", "org.springframework.web.bind.annotation"},
    {"RequestMapping", "org.springframework.web.bind.annotation"},
    {"RequestMethod", "org.springframework.web.bind.annotation"},
    {"Resource", "org.springframework.core.io"},
    {"ResponseEntity", "org.springframework.http"},
    {"RestController", "org.springframework.web.bind.annotation"},
    {"ServletException", "jakarta.servlet"},
    {"StandardCharsets", "java.nio.charset"},
    {"StreamingResponseBody", "org.springframework.web.servlet.mvc.method.annotation"},
    {"URI", "java.net"},
    {"WebConnection", "jakarta.servlet.http"},
    {"WebRequest", "org.springframework.web.context.request"},
    {"ZonedDateTime", "java.time"},
}};

// A class under way: its members and what they import.
struct Controller {
  const Target& target;
  Code code{java, 1};
  std::set<std::string> imports{};

  void use(std::string_view name) {
    const auto* found = std::find_if(known.begin(), known.end(), [=](const Imported& one) { return one.name == name; });
    if (found != known.end()) imports.insert(std::string(found->package) + "." + std::string(name));
  }
};

std::string status_of(Controller& controller, std::uint16_t status) {
  const std::string_view name = constant_of(controller.target.id, status);
  if (name.empty()) return number(status);
  controller.use("HttpStatus");
  return "HttpStatus." + std::string(name);
}

struct MediaConstant {
  std::string_view media;
  std::string_view name;
};
constexpr std::array<MediaConstant, 6> media_constants{{
    {"text/plain", "TEXT_PLAIN"},
    {"text/html", "TEXT_HTML"},
    {"application/json", "APPLICATION_JSON"},
    {"application/problem+json", "APPLICATION_PROBLEM_JSON"},
    {"application/octet-stream", "APPLICATION_OCTET_STREAM"},
    {"text/event-stream", "TEXT_EVENT_STREAM"},
}};

std::string_view media_constant(std::string_view media) {
  const auto* found = std::find_if(media_constants.begin(), media_constants.end(),
                                   [=](const MediaConstant& one) { return one.media == media; });
  return found == media_constants.end() ? std::string_view{} : found->name;
}

Expression media_of(Controller& controller, const Plan& plan) {
  controller.use("MediaType");
  const std::string_view name = media_constant(plan.media);
  if (!name.empty()) return "MediaType." + std::string(name);
  // The constants have no charset, and nothing puts one there.
  const std::string_view bare = plan.media.ends_with("; charset=utf-8") ? media_constant(plan.essence()) : std::string_view{};
  if (bare.empty()) return call("MediaType.parseMediaType", {string(plan.media)});
  controller.use("StandardCharsets");
  return call("new MediaType", {"MediaType." + std::string(bare), "StandardCharsets.UTF_8"});
}

// What URI.create takes without an exception, as far as it is certain.
bool is_plain_uri(std::string_view location) {
  constexpr std::string_view others = "-._~/?#&=+,;:@!$'()*";
  return !location.empty() && std::all_of(location.begin(), location.end(), [&](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || others.find(c) != std::string_view::npos;
  }) && std::count(location.begin(), location.end(), '#') < 2 && location.find(':') == location.find("://");
}

Expression uri(Controller& controller, std::string_view location) {
  controller.use("URI");
  return call("URI.create", {string(location)});
}

// ResponseEntity.ok() and the like, or .status(HttpStatus.CONFLICT).
Expression head_of(Controller& controller, std::uint16_t status, bool with_content) {
  controller.use("ResponseEntity");
  switch (status) {
    case 200: return "ResponseEntity.ok()";
    case 202: return "ResponseEntity.accepted()";
    case 204: return "ResponseEntity.noContent()";
    case 400: return "ResponseEntity.badRequest()";
    case 404:
      if (!with_content) return "ResponseEntity.notFound()";
      break;
    default: break;
  }
  return call("ResponseEntity.status", {status_of(controller, status)});
}

struct Body {
  std::string type;        // of the ResponseEntity
  std::string before;      // statements, complete lines
  Expression last;         // .body(...) or .build()
};

Body stream(Controller& controller, const Plan& plan) {
  for (const std::string_view name : {"List", "StandardCharsets", "StreamingResponseBody"}) controller.use(name);
  std::vector<Expression> parts;
  for (const std::string& part : plan.parts) parts.push_back(string(part));
  Code code(java, controller.code.level());
  code.statement("List<String> parts = ", call("List.of", std::move(parts)), ";");
  code.line("StreamingResponseBody body =");
  code.line("    out -> {");
  code.line("      for (String part : parts) {");
  code.line("        out.write(part.getBytes(StandardCharsets.UTF_8));");
  code.line("        out.flush();");
  code.line("      }");
  code.line("    };");
  return {"StreamingResponseBody", code.take(), call(".body", {"body"})};
}

Expression bytes(Controller& controller, const Plan& plan) {
  if (plan.is_text) {
    controller.use("StandardCharsets");
    return string(plan.content) + Expression(".getBytes(StandardCharsets.UTF_8)");
  }
  controller.use("Base64");
  return Expression("Base64.getDecoder()") + call(".decode", {string(base64(plan.content))});
}

Body body_of(Controller& controller, const Plan& plan) {
  if (!plan.has_content()) return {"Void", "", ".build()"};
  if (plan.is_streamed() && plan.is_text) return stream(controller, plan);
  if (!plan.is_text) return {"byte[]", "", call(".body", {bytes(controller, plan)})};
  const std::optional<Expression> value = plan.is_json() ? json_value(plan.content, java) : std::nullopt;
  if (!value) return {"String", "", call(".body", {string(plan.content)})};
  const bool is_map = value->parts[0].text == "Map.of";
  controller.use(is_map ? "Map" : "List");
  const std::string text = flat(*value, java);
  if (text.find("Map.of") != std::string::npos) controller.use("Map");
  if (text.find("List.of") != std::string::npos) controller.use("List");
  return {is_map ? "Map<String, Object>" : "List<Object>", "", call(".body", {*value})};
}

std::vector<Expression> field_calls(const http::Fields& fields) {
  std::vector<Expression> calls;
  for (const http::Field& field : fields)
    calls.push_back(http::same_name(field.name, "ETag") && (field.value.starts_with('"') || field.value.starts_with("W/\""))
                        ? call(".eTag", {string(field.value)})
                        : call(".header", {string(field.name), string(field.value)}));
  return calls;
}

void comment(Controller& controller, std::uint16_t status, const Plan& plan) {
  if (constant_of(controller.target.id, status).empty() && !plan.phrase.empty())
    controller.code.line("// " + number(status) + " " + plan.phrase);
}

void respond(Controller& controller, const Plan& plan, std::uint16_t status, const Body& body) {
  Code& code = controller.code;
  comment(controller, status, plan);
  code.append(body.before);
  http::Fields fields = plan.fields;
  std::vector<Expression> calls;
  const std::string location(plan.field("Location"));
  const bool typed_location = !location.empty() && is_plain_uri(location);
  if (typed_location) http::remove(fields, "Location");
  const bool created = typed_location && status == 201;
  if (created) controller.use("ResponseEntity");
  const Expression head = created ? call("ResponseEntity.created", {uri(controller, location)})
                                  : head_of(controller, status, plan.has_content());
  if (typed_location && !created) calls.push_back(call(".location", {uri(controller, location)}));
  for (Expression& one : field_calls(fields)) calls.push_back(std::move(one));
  // JSON is what Spring makes of a value by itself.
  const bool by_itself = plan.media == "application/json" && (body.type.starts_with("Map<") || body.type.starts_with("List<"));
  // The builder of notFound() and noContent() takes no content type.
  if (plan.has_content() && !by_itself) calls.push_back(call(".contentType", {media_of(controller, plan)}));
  calls.push_back(body.last);
  code.chain("return ", head, calls, ";");
}

std::string mapping_of(std::string_view method) {
  return std::string(1, method[0]) + lower(method.substr(1)) + "Mapping";
}

Expression methods_array(Controller& controller, const std::vector<std::string>& methods) {
  controller.use("RequestMethod");
  std::vector<Expression> items;
  for (const std::string& method : methods) items.push_back("RequestMethod." + method);
  if (items.size() == 1) return items[0];
  return bracket('{', std::move(items), '}');
}

// @GetMapping("/path"), with more arguments where the kind has them.
void map(Controller& controller, const Plan& plan, std::string_view method, std::vector<Expression> more = {}) {
  const bool named = method == "GET" || method == "POST" || method == "PUT" || method == "PATCH" || method == "DELETE";
  const std::string name = named ? mapping_of(method) : "RequestMapping";
  controller.use(name);
  if (!named) more.insert(more.begin(), Expression("method = ") + methods_array(controller, {std::string(method)}));
  if (more.empty()) {
    controller.code.statement("@", call(name, {string(plan.path)}));
    return;
  }
  more.insert(more.begin(), assigned("path = ", string(plan.path)));
  controller.code.statement("@", call(name, std::move(more)));
}

// Members of an annotation; with an array among them google-java-format gives each a line.
Expression annotation(std::string_view name, std::vector<Expression> members) {
  const auto holds_array = [](const Expression& member) {
    return std::any_of(member.parts.begin(), member.parts.end(), [](const Part& part) { return part.open == '{'; });
  };
  const bool opened = members.size() > 1 && std::any_of(members.begin(), members.end(), holds_array);
  Expression made = call(std::string(name), std::move(members));
  made.parts[0].opened = opened;
  return made;
}

void map_several(Controller& controller, const Plan& plan, const std::vector<std::string>& methods) {
  controller.use("RequestMapping");
  controller.code.statement("@", annotation("RequestMapping", {assigned("path = ", string(plan.path)),
                                                        Expression("method = ") + methods_array(controller, methods)}));
}

std::string method_name(std::string_view method, const Plan& plan) {
  std::string name = camel(lower(method) + "_" + plan.name, false);
  return name == "getClass" ? name + "Answer" : name;  // Object has that one
}

// google-java-format breaks before `throws`, and then before the parameters.
void begin_throwing(Controller& controller, std::string_view type, const std::string& name, std::string_view parameters,
                    std::string_view exceptions) {
  Code& code = controller.code;
  controller.use("ResponseEntity");
  const std::string named = "ResponseEntity<" + std::string(type) + "> " + name + "(";
  const std::string end = std::string(parameters) + ")";
  const std::string throwing = "throws " + std::string(exceptions) + " {";
  if (code.fits_line(named + end + " " + throwing, 0)) return code.open(named + end + " " + throwing);
  if (code.fits_line(named + end, 0)) {
    code.line(named + end);
  } else {
    code.line(named);
    code.line("    " + end);
  }
  code.open("    " + throwing);
}

void begin(Controller& controller, std::string_view type, const std::string& name, std::string_view parameters = "") {
  controller.use("ResponseEntity");
  controller.code.open("ResponseEntity<" + std::string(type) + "> " + name + "(" + std::string(parameters) + ") {");
}

void simple(Controller& controller, const Plan& plan, std::string_view method, std::uint16_t status,
            std::vector<Expression> more = {}) {
  map(controller, plan, method, std::move(more));
  // Statements of the body are at the level of the method's block.
  Controller inner{controller.target, Code(java, controller.code.level() + 1)};
  const Body body = body_of(inner, plan);
  controller.imports.merge(inner.imports);
  begin(controller, body.type, method_name(method, plan));
  respond(controller, plan, status, body);
  controller.code.close("}");
}

void no_content(Controller& controller, const Plan& plan, std::string_view method, std::vector<Expression> more = {}) {
  map(controller, plan, method, std::move(more));
  begin(controller, "Void", method_name(method, plan));
  controller.code.line("return ResponseEntity.noContent().build();");
  controller.code.close("}");
}

void conditional(Controller& controller, const Plan& plan) {
  if (plan.status == 304) return simple(controller, plan, "GET", 200);
  map(controller, plan, plan.method);
  controller.use("WebRequest");
  begin(controller, "Void", method_name(plan.method, plan), "WebRequest request");
  Code& code = controller.code;
  const std::string_view etag = plan.field("ETag");
  if (!etag.empty()) {
    code.open("if (request.checkNotModified(" + quoted(etag, java) + ")) {");
  } else {
    controller.use("ZonedDateTime");
    controller.use("DateTimeFormatter");
    code.line("DateTimeFormatter format = DateTimeFormatter.RFC_1123_DATE_TIME;");
    code.statement("ZonedDateTime modified = ", call("ZonedDateTime.parse", {string(plan.field("Last-Modified")), "format"}), ";");
    code.open("if (request.checkNotModified(modified.toInstant().toEpochMilli())) {");
  }
  code.line("// Spring has set 412 Precondition Failed");
  code.line("return null;");
  code.close("}");
  code.line("return ResponseEntity.noContent().build();");
  code.close("}");
}

void ranges(Controller& controller, const Plan& plan) {
  map(controller, plan, "GET");
  controller.use("Resource");
  controller.use("ByteArrayResource");
  begin(controller, "Resource", method_name("GET", plan));
  const Body body{"Resource", "", call(".body", {call("new ByteArrayResource", {bytes(controller, plan)})})};
  respond(controller, plan, 200, body);
  controller.code.close("}");
}

// Servlet 6.2 calls it sendEarlyHints(); Tomcat has it before that under another name.
void interim(Controller& controller, const Plan& plan) {
  map(controller, plan, plan.method);
  for (const std::string_view name : {"HttpServletResponse", "HttpStatus", "IOException"}) controller.use(name);
  Controller inner{controller.target, Code(java, controller.code.level() + 1)};
  const Body body = body_of(inner, plan);
  controller.imports.merge(inner.imports);
  begin_throwing(controller, body.type, method_name(plan.method, plan), "HttpServletResponse response", "IOException");
  Plan after = plan;
  for (const http::Interim& one : plan.interim) {
    http::Fields seen;
    for (const http::Field& field : one.fields) {
      const std::string_view set = http::has(seen, field.name) ? "response.addHeader" : "response.setHeader";
      controller.code.statement("", call(std::string(set), {string(field.name), string(field.value)}), ";");
      seen.push_back(field);
    }
    controller.code.line("// Tomcat sends 103 Early Hints, and the method goes on");
    controller.code.line("response.sendError(HttpStatus.EARLY_HINTS.value());");
    // They stay, and go with the final response as well.
    std::erase_if(after.fields, [&](const http::Field& field) {
      return std::any_of(seen.begin(), seen.end(), [&](const http::Field& hint) {
        return http::same_name(hint.name, field.name) && hint.value == field.value;
      });
    });
  }
  respond(controller, after, plan.status, body);
  controller.code.close("}");
}

// Tomcat hands the connection over when the method has returned.
void upgrade(Controller& controller, const Plan& plan) {
  Code& code = controller.code;
  for (const std::string_view name : {"HttpServletRequest", "HttpServletResponse", "HttpStatus", "HttpUpgradeHandler",
                                      "IOException", "ServletException", "WebConnection"})
    controller.use(name);
  const std::string echo = camel("echo_" + plan.name, true);
  map(controller, plan, plan.method);
  begin_throwing(controller, "Void", method_name(plan.method, plan), "HttpServletRequest request, HttpServletResponse response",
                 "IOException, ServletException");
  code.statement("if (!", string(plan.field("Upgrade")) + call(".equalsIgnoreCase", {"request.getHeader(\"Upgrade\")"}), ") {");
  Controller refused{controller.target, Code(java, code.level() + 1)};
  respond(refused, plan, 426, {"Void", "", ".build()"});
  controller.imports.merge(refused.imports);
  code.append(refused.code.take());
  code.line("}");
  for (const http::Field& field : plan.fields)
    code.statement("", call("response.setHeader", {string(field.name), string(field.value)}), ";");
  code.line("// Sets 101 Switching Protocols");
  code.line("request.upgrade(" + echo + ".class);");
  code.line("return null;");
  code.close("}");
  code.blank();
  code.open("public static class " + echo + " implements HttpUpgradeHandler {");
  code.line("@Override");
  code.open("public void init(WebConnection connection) {");
  code.open("try (connection) {");
  code.line("byte[] buffer = new byte[8192];");
  code.line("int size;");
  code.open("while ((size = connection.getInputStream().read(buffer)) > 0) {");
  code.line("connection.getOutputStream().write(buffer, 0, size);");
  code.line("connection.getOutputStream().flush();");
  code.close("}");
  code.reopen("} catch (Exception exception) {");
  code.line("// The client has closed the connection");
  code.close("}");
  code.close("}");
  code.blank();
  code.line("@Override");
  code.line("public void destroy() {}");
  code.close("}");
}

struct CrossOriginMember {
  std::string_view field;
  std::string_view member;  // of @CrossOrigin
  std::string_view setter;  // of CorsConfiguration
  bool is_list;
  bool is_number;
};
constexpr std::array<CrossOriginMember, 3> cross_origin{{
    {"Access-Control-Allow-Headers", "allowedHeaders", "setAllowedHeaders", true, false},
    {"Access-Control-Allow-Credentials", "allowCredentials", "setAllowCredentials", false, false},
    {"Access-Control-Max-Age", "maxAge", "setMaxAge", false, true},
}};

std::vector<std::string> allowed_methods(const Plan& plan) {
  std::vector<std::string> methods = plan.list("Access-Control-Allow-Methods");
  if (methods.empty()) methods.push_back("GET");
  return methods;
}

void preflight(Controller& controller, const Plan& plan) {
  controller.use("CrossOrigin");
  const std::vector<std::string> methods = allowed_methods(plan);
  std::vector<Expression> members{assigned("origins = ", string(plan.field("Access-Control-Allow-Origin"))),
                                  Expression("methods = ") + methods_array(controller, methods)};
  for (const CrossOriginMember& one : cross_origin) {
    std::vector<Expression> values;
    for (const std::string& item : plan.list(one.field)) values.push_back(one.is_number ? Expression(item) : string(item));
    if (values.empty()) continue;
    members.push_back(Expression(std::string(one.member) + " = ") +
                      (values.size() == 1 ? values[0] : bracket('{', values, '}')));
  }
  controller.code.statement("@", annotation("CrossOrigin", std::move(members)));
  map_several(controller, plan, methods);
  begin(controller, "Void", method_name(methods[0], plan));
  controller.code.line("return ResponseEntity.noContent().build();");
  controller.code.close("}");
}

// Spring answers a preflight with 200, unless the status is another one before it does.
bool needs_filter(const Plan& plan) { return plan.kind == Kind::preflight && plan.status != 200; }

void preflight_filter(Controller& controller, const Plan& plan) {
  Code& code = controller.code;
  for (const std::string_view name : {"Bean", "CorsConfiguration", "CorsFilter", "CorsUtils", "DefaultCorsProcessor", "FilterRegistration",
                                      "HttpServletRequest", "HttpServletResponse", "IOException", "List"})
    controller.use(name);
  code.line("@Bean");
  code.statement("@", call("FilterRegistration", {assigned("urlPatterns = ", string(plan.path))}));
  code.open("CorsFilter " + method_name("OPTIONS", plan) + "() {");
  code.line("CorsConfiguration cors = new CorsConfiguration();");
  const auto list = [](const std::vector<std::string>& items) {
    std::vector<Expression> values;
    for (const std::string& item : items) values.push_back(string(item));
    return call("List.of", std::move(values));
  };
  code.statement("", call("cors.setAllowedOrigins", {list(plan.list("Access-Control-Allow-Origin"))}), ";");
  code.statement("", call("cors.setAllowedMethods", {list(allowed_methods(plan))}), ";");
  for (const CrossOriginMember& one : cross_origin) {
    const std::string value(plan.field(one.field));
    if (value.empty()) continue;
    code.statement("", call("cors." + std::string(one.setter), {one.is_list ? list(plan.list(one.field)) : one.is_number ? value + "L" : value}), ";");
  }
  code.line("CorsFilter filter = new CorsFilter(request -> cors);");
  code.line("filter.setCorsProcessor(");
  code.line("    new DefaultCorsProcessor() {");
  code.line("      @Override");
  code.line("      public boolean processRequest(");
  code.line("          CorsConfiguration given, HttpServletRequest request, HttpServletResponse response)");
  code.line("          throws IOException {");
  code.line("        if (CorsUtils.isPreFlightRequest(request)) {");
  code.line("          response.setStatus(" + status_of(controller, plan.status) + ".value());");
  code.line("        }");
  code.line("        return super.processRequest(given, request, response);");
  code.line("      }");
  code.line("    });");
  code.line("return filter;");
  code.close("}");
}

void methods(Controller& controller, const Plan& plan) {
  Plan served = plan;
  http::remove(served.fields, "Allow");
  std::vector<std::string> reads;
  bool first = true;
  for (const std::string& method : plan.methods)
    if (method == "GET" || method == "HEAD") reads.push_back(method);
  if (!reads.empty()) {
    map_several(controller, plan, reads);
    Controller inner{controller.target, Code(java, controller.code.level() + 1)};
    const Body body = body_of(inner, served);
    controller.imports.merge(inner.imports);
    begin(controller, body.type, method_name("GET", plan));
    respond(controller, served, 200, body);
    controller.code.close("}");
    first = false;
  }
  for (const std::string& method : plan.methods) {
    if (method == "GET" || method == "HEAD" || method == "OPTIONS") continue;
    if (!first) controller.code.blank();
    first = false;
    no_content(controller, plan, method);
  }
}

Expression media_value(Controller& controller, std::string_view member, std::string_view media) {
  const std::string_view name = media_constant(media);
  const std::string left = std::string(member) + " = ";
  if (name.empty()) return assigned(left, string(media));
  controller.use("MediaType");
  return left + "MediaType." + std::string(name) + "_VALUE";
}

void handler(Controller& controller, const Plan& plan) {
  if (needs_filter(plan)) return preflight_filter(controller, plan);
  switch (plan.kind) {
    case Kind::interim: return interim(controller, plan);
    case Kind::conditional: return conditional(controller, plan);
    case Kind::ranges: return ranges(controller, plan);
    case Kind::preflight: return preflight(controller, plan);
    case Kind::method: return methods(controller, plan);
    case Kind::head: return simple(controller, plan, "GET", plan.status);
    case Kind::upgrade: return plan.status == 101 ? upgrade(controller, plan) : simple(controller, plan, plan.method, plan.status);
    case Kind::negotiation:
      if (plan.status == 406) return simple(controller, plan, "GET", 200, {media_value(controller, "produces", plan.essence())});
      return no_content(controller, plan, plan.method, {media_value(controller, "consumes", plan.field("Accept"))});
    default: return simple(controller, plan, plan.method, plan.status);
  }
}

struct Class {
  std::string_view name;
  std::string_view annotation;
};
constexpr std::array<Class, 2> classes{{{"AnswerController", "RestController"}, {"AnswerConfiguration", "Configuration"}}};

const Class& class_of(const Plan& plan) { return classes[needs_filter(plan) ? 1 : 0]; }

std::string path_of(const Class& one) { return "src/main/java/org/example/" + std::string(one.name) + ".java"; }

// The class with its members; nothing where it has none.
std::string class_file(std::span<const Plan> plans, const Target& target, const Class& one) {
  Controller controller{target};
  controller.use(one.annotation);
  bool first = true;
  for (const Plan& plan : plans) {
    if (&class_of(plan) != &one) continue;
    if (!first) controller.code.blank();
    first = false;
    handler(controller, plan);
  }
  if (first) return "";
  std::string text = "package org.example;\n\n";
  for (const std::string& imported : controller.imports) text += "import " + imported + ";\n";
  return text + "\n@" + std::string(one.annotation) + "\nclass " + std::string(one.name) + " {\n" + controller.code.take() + "}\n";
}

constexpr std::string_view application =
    "package org.example;\n\nimport org.springframework.boot.SpringApplication;\n"
    "import org.springframework.boot.autoconfigure.SpringBootApplication;\n\n@SpringBootApplication\n"
    "public class Application {\n  public static void main(String[] args) {\n"
    "    SpringApplication.run(Application.class, args);\n  }\n}\n";

std::string manifest(const Target& target) {
  const std::string version(target.version);
  return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
         "<project xmlns=\"http://maven.apache.org/POM/4.0.0\"\n"
         "         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"
         "         xsi:schemaLocation=\"http://maven.apache.org/POM/4.0.0 https://maven.apache.org/xsd/maven-4.0.0.xsd\">\n"
         "  <modelVersion>4.0.0</modelVersion>\n"
         "  <parent>\n"
         "    <groupId>org.springframework.boot</groupId>\n"
         "    <artifactId>spring-boot-starter-parent</artifactId>\n"
         "    <version>" + version + "</version>\n"
         "    <relativePath/>\n"
         "  </parent>\n"
         "  <groupId>org.example</groupId>\n"
         "  <artifactId>answer</artifactId>\n"
         "  <version>1.0.0</version>\n"
         "  <properties>\n"
         "    <java.version>17</java.version>\n"
         "  </properties>\n"
         "  <dependencies>\n"
         "    <dependency>\n"
         "      <groupId>org.springframework.boot</groupId>\n"
         "      <artifactId>" + std::string(target.packages) + "</artifactId>\n"
         "    </dependency>\n"
         "  </dependencies>\n"
         "  <build>\n"
         "    <plugins>\n"
         "      <plugin>\n"
         "        <groupId>org.springframework.boot</groupId>\n"
         "        <artifactId>spring-boot-maven-plugin</artifactId>\n"
         "      </plugin>\n"
         "    </plugins>\n"
         "  </build>\n"
         "</project>\n";
}

std::optional<Note> refuse(const Plan& plan, const Target&) {
  for (const http::Interim& one : plan.interim)
    if (one.status != 103) return Note{NoteId::no_interim, {"Tomcat", number(one.status)}};
  return std::nullopt;
}

// A member of a class, as it stands in one.
std::string without_indentation(std::string_view code) {
  std::string text;
  while (!code.empty()) {
    const std::size_t end = code.find('\n') + 1;
    std::string_view line = code.substr(0, end);
    code.remove_prefix(end);
    if (line.starts_with("  ")) line.remove_prefix(2);
    text += line;
  }
  return text;
}

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  const Class& main = plans.size() == 1 ? class_of(plans[0]) : classes[0];
  made.main = path_of(main);
  if (plans.size() == 1) {
    if (!plans[0].interim.empty()) made.notes.push_back({NoteId::hints_stay, {}});
    if (!plans[0].reason.empty()) made.notes.push_back({NoteId::reason_not_sent, {"Tomcat"}});
    if (plans[0].kind == Kind::ranges) made.notes.push_back({NoteId::if_range_ignored, {}});
  }
  if (form == Form::handler) {
    Controller controller{target};
    handler(controller, plans[0]);
    made.main = std::string(main.name) + ".java";
    made.files.push_back({made.main, without_indentation(controller.code.take())});
    return made;
  }
  made.files = {
      {"pom.xml", manifest(target)},
      {"src/main/java/org/example/Application.java", std::string(application)},
  };
  for (const Class& one : classes)
    if (std::string text = class_file(plans, target, one); !text.empty()) made.files.push_back({path_of(one), std::move(text)});
  made.files.push_back({"src/main/resources/application.properties", "server.address=127.0.0.1\nserver.port=${PORT:8000}\n"});
  made.start = "mvn spring-boot:run";
  return made;
}

}  // namespace

const Framework spring_framework{"spring", refuse, write};

}  // namespace statuslab::snippet
