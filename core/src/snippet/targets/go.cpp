// Go's net/http with the patterns of ServeMux (1.22): a method that no pattern has gives 405 with Allow by itself, a GET
// pattern also takes HEAD, interim responses are written like final ones (1.19).
#include <algorithm>
#include <set>

#include "snippet/literal.h"
#include "snippet/target.h"

namespace statuslab::snippet {
namespace {

constexpr Language go = Language::go;

std::string string(std::string_view text) { return quoted(text, go); }

// A file under way: which packages it imports and which helpers it needs.
struct File_ {
  Code code{go};
  std::set<std::string> packages{};
  bool accepts = false;

  void use(std::string_view package) { packages.insert(std::string(package)); }
};

std::string status_of(std::uint16_t status) {
  const std::string_view name = constant_of("go", status);
  return name.empty() ? number(status) : "http." + std::string(name);
}

std::string comment_of(const Plan& plan) {
  return constant_of("go", plan.status).empty() && !plan.phrase.empty() ? " // " + plan.phrase : "";
}

void set_fields(Code& code, const http::Fields& fields) {
  for (std::size_t i = 0; i < fields.size(); ++i) {
    const bool again = std::any_of(fields.begin(), fields.begin() + static_cast<std::ptrdiff_t>(i),
                                   [&](const http::Field& other) { return http::same_name(other.name, fields[i].name); });
    code.line(std::string("w.Header().") + (again ? "Add(" : "Set(") + string(fields[i].name) + ", " + string(fields[i].value) + ")");
  }
}

std::string literal(const Plan& plan) { return plan.is_text ? string(plan.content) : quoted_bytes(plan.content, go); }

void respond(File_& file, const Plan& plan) {
  Code& code = file.code;
  set_fields(code, plan.fields);
  if (plan.has_content()) code.line("w.Header().Set(\"Content-Type\", " + string(plan.media) + ")");
  code.line("w.WriteHeader(" + status_of(plan.status) + ")" + comment_of(plan));
  if (!plan.has_content()) return;
  if (plan.is_streamed()) {
    code.line("rc := http.NewResponseController(w)");
    for (const std::string& part : plan.parts) {
      file.use("io");
      code.line("io.WriteString(w, " + (plan.is_text ? string(part) : quoted_bytes(part, go)) + ")");
      code.line("rc.Flush()");
    }
    return;
  }
  const std::optional<Expression> value = plan.is_json() ? json_value(plan.content, go) : std::nullopt;
  if (value) {
    file.use("encoding/json");
    code.line("json.NewEncoder(w).Encode(" + flat(*value, go) + ")");
    return;
  }
  file.use("io");
  code.line("io.WriteString(w, " + literal(plan) + ")");
}

Plan as(Plan plan, std::uint16_t status, bool with_content) {
  plan.status = status;
  if (!with_content) plan.content_kind = ContentKind::none;
  return plan;
}

// http.Redirect cleans the path; what it would change is set by hand.
bool stays_as_it_is(std::string_view location) {
  const std::size_t scheme = location.find("://");
  const std::string_view path = location.substr(0, location.find_first_of("?#"));
  if (scheme != std::string_view::npos) return true;
  return path.starts_with('/') && path.find("//") == std::string_view::npos && path.find("/.") == std::string_view::npos;
}

void redirect(File_& file, const Plan& plan) {
  if (!stays_as_it_is(plan.field("Location"))) return respond(file, plan);
  http::Fields others = plan.fields;
  http::remove(others, "Location");
  set_fields(file.code, others);
  file.code.line("http.Redirect(w, r, " + string(plan.field("Location")) + ", " + status_of(plan.status) + ")");
}

void interim(File_& file, const Plan& plan) {
  for (const http::Interim& one : plan.interim) {
    for (const http::Field& field : one.fields)
      file.code.line("w.Header().Add(" + string(field.name) + ", " + string(field.value) + ")");
    const std::string comment = constant_of("go", one.status).empty() ? " // Upload Resumption Supported" : "";
    file.code.line("w.WriteHeader(" + status_of(one.status) + ")" + (one.status == 104 ? comment : ""));
    for (const http::Field& field : one.fields)
      if (!http::has(plan.fields, field.name)) file.code.line("w.Header().Del(" + string(field.name) + ")");
  }
  respond(file, plan);
}

// Conditions and ranges: http.ServeContent knows them all.
void serve(File_& file, const Plan& plan) {
  http::Fields fields = plan.fields;
  const std::string modified(plan.field("Last-Modified"));
  http::remove(fields, "Last-Modified");
  set_fields(file.code, fields);
  file.code.line("w.Header().Set(\"Content-Type\", " + string(plan.media) + ")");
  file.use("strings");
  std::string time = "modified";
  if (modified.empty()) {
    file.use("time");
    time = "time.Time{}";
  } else {
    file.code.line("modified, _ := http.ParseTime(" + string(modified) + ")");
  }
  file.code.line("http.ServeContent(w, r, \"\", " + time + ", strings.NewReader(" + literal(plan) + "))");
}

void conditional(File_& file, const Plan& plan) {
  if (plan.status == 304) return serve(file, plan);
  Code& code = file.code;
  const std::string_view etag = plan.field("ETag");
  if (!etag.empty()) {
    file.use("slices");
    file.use("regexp");
    code.line("etag := " + string(etag));
    code.line("wanted := r.Header.Get(\"If-Match\")");
    code.line("tags := regexp.MustCompile(`(W/)?\"[^\"]*\"`).FindAllString(wanted, -1)");
    code.open("if wanted != \"\" && wanted != \"*\" && !slices.Contains(tags, etag) {");
  } else {
    code.line("modified, _ := http.ParseTime(" + string(plan.field("Last-Modified")) + ")");
    code.line("seen, err := http.ParseTime(r.Header.Get(\"If-Unmodified-Since\"))");
    code.open("if err == nil && seen.Before(modified) {");
  }
  code.line("w.WriteHeader(http.StatusPreconditionFailed)");
  code.line("return");
  code.close("}");
  code.line("w.WriteHeader(http.StatusNoContent)");
}

void negotiation(File_& file, const Plan& plan) {
  Code& code = file.code;
  if (plan.status == 406) {
    file.accepts = true;
    code.open("if !accepts(r.Header.Get(\"Accept\"), " + string(plan.essence()) + ") {");
    code.line("w.WriteHeader(http.StatusNotAcceptable)");
    code.line("return");
    code.close("}");
    return respond(file, as(plan, 200, true));
  }
  file.use("mime");
  code.line("media, _, err := mime.ParseMediaType(r.Header.Get(\"Content-Type\"))");
  code.open("if err != nil || media != " + string(plan.field("Accept")) + " {");
  respond(file, plan);
  code.line("return");
  code.close("}");
  code.line("w.WriteHeader(http.StatusNoContent)");
}

void upgrade(File_& file, const Plan& plan) {
  if (plan.status != 101) return respond(file, plan);
  Code& code = file.code;
  file.use("io");
  code.open("if r.Header.Get(\"Upgrade\") != " + string(plan.field("Upgrade")) + " {");
  set_fields(code, plan.fields);
  code.line("w.WriteHeader(http.StatusUpgradeRequired)");
  code.line("return");
  code.close("}");
  code.line("conn, buffered, err := http.NewResponseController(w).Hijack()");
  code.open("if err != nil {");
  code.line("w.WriteHeader(http.StatusInternalServerError)");
  code.line("return");
  code.close("}");
  code.line("defer conn.Close()");
  code.line("io.WriteString(conn, \"HTTP/1.1 101 Switching Protocols\\r\\n\")");
  for (const http::Field& field : plan.fields)
    code.line("io.WriteString(conn, " + string(field.name + ": " + field.value + "\r\n") + ")");
  code.line("io.WriteString(conn, \"\\r\\n\")");
  code.line("io.Copy(conn, buffered)");
}

void body(File_& file, const Plan& plan) {
  switch (plan.kind) {
    case Kind::redirect: return redirect(file, plan);
    case Kind::interim: return interim(file, plan);
    case Kind::conditional: return conditional(file, plan);
    case Kind::ranges: return serve(file, plan);
    case Kind::negotiation: return negotiation(file, plan);
    case Kind::upgrade: return upgrade(file, plan);
    default: return respond(file, plan);
  }
}

struct Route {
  std::string pattern;
  std::string function;
};

std::string pattern_of(std::string_view method, std::string_view path) {
  // A pattern that ends in "/" takes all paths below it.
  return std::string(method) + " " + std::string(path) + (path.ends_with('/') ? "{$}" : "");
}

void function(File_& file, const std::string& name, const Plan& plan, void (*write)(File_&, const Plan&)) {
  file.code.open("func " + name + "(w http.ResponseWriter, r *http.Request) {");
  write(file, plan);
  file.code.close("}");
}

void no_content(File_& file, const Plan&) { file.code.line("w.WriteHeader(http.StatusNoContent)"); }

std::vector<Route> handler(File_& file, const Plan& plan) {
  if (plan.kind != Kind::method) {
    const std::string method = plan.kind == Kind::head ? "GET" : plan.method;
    const std::string name = camel(lower(method) + "_" + plan.name, false);
    function(file, name, plan, body);
    return {{pattern_of(method, plan.path), name}};
  }
  std::vector<Route> routes;
  Plan served = as(plan, 200, true);
  http::remove(served.fields, "Allow");
  for (const std::string& method : plan.methods) {
    const bool by_get = method == "HEAD" && std::find(plan.methods.begin(), plan.methods.end(), "GET") != plan.methods.end();
    if (by_get) continue;
    if (!routes.empty()) file.code.blank();
    const std::string name = camel(lower(method) + "_" + plan.name, false);
    function(file, name, served, method == "GET" || method == "HEAD" ? respond : no_content);
    routes.push_back({pattern_of(method, plan.path), name});
  }
  return routes;
}

// RFC 9110 section 12.5.1, as far as one representation needs it: the most specific range that names it decides.
void write_accepts(Code& code) {
  code.line("// accepts reports whether a value of Accept lets mediaType through.");
  code.open("func accepts(accept, mediaType string) bool {");
  code.open("if accept == \"\" {");
  code.line("return true");
  code.close("}");
  code.line("kind, _, _ := strings.Cut(mediaType, \"/\")");
  code.line("accepted, best := false, -1");
  code.open("for item := range strings.SplitSeq(accept, \",\") {");
  code.line("pattern, parameters, _ := strings.Cut(strings.TrimSpace(item), \";\")");
  code.line("rank := slices.Index([]string{\"*/*\", kind + \"/*\", mediaType}, strings.TrimSpace(pattern))");
  code.open("if rank > best {");
  code.line("best = rank");
  code.line("accepted = !strings.Contains(\";\"+strings.ReplaceAll(parameters, \" \", \"\")+\";\", \";q=0;\")");
  code.close("}");
  code.close("}");
  code.line("return accepted");
  code.close("}");
}

std::string main_file(std::span<const Plan> plans) {
  File_ file;
  std::vector<Route> routes;
  for (const Plan& plan : plans) {
    file.code.blank();
    for (Route& route : handler(file, plan)) routes.push_back(std::move(route));
  }
  if (file.accepts) {
    file.use("slices");
    file.use("strings");
    file.code.blank();
    write_accepts(file.code);
  }
  for (const std::string_view package : {"cmp", "log", "net/http", "os"}) file.use(package);
  Code code(go);
  code.line("package main");
  code.blank();
  code.open("import (");
  for (const std::string& package : file.packages) code.line(string(package));
  code.close(")");
  code.blank();
  code.open("func main() {");
  code.line("mux := http.NewServeMux()");
  for (const Route& route : routes) code.line("mux.HandleFunc(" + string(route.pattern) + ", " + route.function + ")");
  code.line("address := \"127.0.0.1:\" + cmp.Or(os.Getenv(\"PORT\"), \"8000\")");
  code.line("log.Fatal(http.ListenAndServe(address, mux))");
  code.close("}");
  return code.take() + file.code.take();
}

std::string handler_file(const Plan& plan) {
  File_ file;
  const std::vector<Route> routes = handler(file, plan);
  if (file.accepts) {
    file.code.blank();
    write_accepts(file.code);
  }
  std::string text;
  for (const Route& route : routes) text += "// mux.HandleFunc(" + string(route.pattern) + ", " + route.function + ")\n";
  return text + file.code.take();
}

std::string go_version(const Target& target) {
  return std::string(target.version.substr(0, target.version.rfind('.')));
}

std::optional<Note> refuse(const Plan&, const Target&) { return std::nullopt; }

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "main.go";
  if (plans.size() == 1) {
    if (!plans[0].reason.empty()) made.notes.push_back({NoteId::reason_not_sent, {"net/http"}});
    if (constant_of("go", plans[0].status).empty())
      made.notes.push_back({NoteId::phrase_unknown, {"net/http", number(plans[0].status), "status code " + number(plans[0].status)}});
  }
  if (form == Form::handler) {
    made.files.push_back({made.main, handler_file(plans[0])});
    return made;
  }
  made.files.push_back({"go.mod", "module example.org/answer\n\ngo " + go_version(target) + "\n"});
  made.files.push_back({made.main, main_file(plans)});
  made.start = "go run .";
  return made;
}

}  // namespace

const Framework go_framework{"go", refuse, write};

}  // namespace statuslab::snippet
