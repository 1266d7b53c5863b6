// FastAPI on uvicorn. A GET route takes no HEAD, the server chooses the reason phrase, and ASGI as uvicorn has it knows no
// interim response and no upgrade but that to WebSocket.
#include "snippet/target.h"
#include "snippet/targets/python.h"

namespace statuslab::snippet {
namespace {

constexpr Language py = Language::python;
constexpr PythonWords words{
    .constants = "fastapi",
    .constant_owner = "status",
    .constant_module = "fastapi",
    .status = "status_code",
    .media = "media_type",
    .module = "fastapi",
    .response = "Response",
    .streaming = "StreamingResponse",
    .streaming_module = "fastapi.responses",
    .default_media = "",
    .drop_media = "",
};
constexpr std::string_view responses = "fastapi.responses";

std::string string(std::string_view text) { return quoted(text, py); }

// The class whose default media type it is.
PythonResponse response_of(PythonModule& module, const Plan& plan, std::uint16_t status) {
  PythonResponse response{std::string(words.response), {}, status, plan.fields};
  if (!plan.has_content()) {
    module.use(words.module, words.response);
    return response;
  }
  response.media = plan.media;
  if (plan.is_streamed()) {
    response.class_name = words.streaming;
    response.content = {"parts()"};
    if (response.media.ends_with("; charset=utf-8") && response.media.starts_with("text/")) response.media = plan.essence();
  } else if (const auto value = plan.is_json() ? json_value(plan.content, py) : std::nullopt; value) {
    response.class_name = "JSONResponse";
    response.content = {*value};
    if (plan.media == "application/json") response.media.clear();
  } else {
    response.content = {python_content(plan)};
    if (plan.is_text && plan.media == "text/plain; charset=utf-8") response.class_name = "PlainTextResponse";
    if (plan.is_text && plan.media == "text/html; charset=utf-8") response.class_name = "HTMLResponse";
    if (response.class_name != words.response) response.media.clear();
  }
  module.use(response.class_name == words.response ? words.module : responses, response.class_name);
  return response;
}

// {"detail": "..."} with an error is what raising HTTPException sends. The literal; empty where it is something else.
std::string detail_of(const Plan& plan, std::uint16_t status) {
  if (status < 400 || plan.content_kind != ContentKind::json || plan.media != "application/json") return "";
  const auto value = json_value(plan.content, py);
  if (!value || value->parts[0].open != '{' || value->parts[0].items.size() != 1) return "";
  const std::vector<Part>& member = value->parts[0].items[0].parts;
  const bool is_detail = member.size() == 2 && member[0].text == "\"detail\": " && member[1].open == 0;
  const bool is_string = is_detail && (member[1].text[0] == '"' || member[1].text[0] == '\'');
  return is_string ? member[1].text : "";
}

void raise(PythonModule& module, const Plan& plan, std::uint16_t status, const std::string& detail) {
  module.use("fastapi", "HTTPException");
  if (constant_of(words.constants, status).empty() && !plan.phrase.empty()) module.code.line("# " + code_and_phrase(plan));
  std::vector<Expression> arguments{"status_code=" + python_status(module, words, status), "detail=" + detail};
  if (!plan.fields.empty()) arguments.push_back(Expression("headers=") + python_fields(plan.fields));
  module.code.statement("raise ", call("HTTPException", std::move(arguments)));
}

void respond(PythonModule& module, const Plan& plan, std::uint16_t status) {
  const std::string detail = detail_of(plan, status);
  const bool cookies = http::has(plan.fields, "Set-Cookie");
  if (!detail.empty() && !cookies) return raise(module, plan, status, detail);
  if (plan.is_streamed()) python_parts(module, plan, true);
  python_return(module, words, plan, response_of(module, plan, status));
}

void redirect(PythonModule& module, const Plan& plan) {
  module.use(responses, "RedirectResponse");
  PythonResponse response{"RedirectResponse", {string(plan.field("Location"))}, plan.status, plan.fields};
  http::remove(response.fields, "Location");
  // 307 is what the class sends by itself: left out, as a 200 is elsewhere.
  if (plan.status == 307) response.status = 200;
  module.code.statement("return ", python_call(module, words, response));
}

void write_accepts(PythonModule& module) {
  Code& code = module.code;
  code.open("def accepts(accept, media_type):");
  code.line("\"\"\"Whether a value of Accept lets media_type through: the most specific range decides.\"\"\"");
  code.line("ranks = {\"*/*\": 0, media_type.partition(\"/\")[0] + \"/*\": 1, media_type: 2}");
  code.line("accepted, best = False, -1");
  code.open("for item in accept.split(\",\"):");
  code.line("pattern, _, parameters = item.replace(\" \", \"\").partition(\";\")");
  code.open("if ranks.get(pattern, -1) > best:");
  code.line("best = ranks[pattern]");
  code.line("accepted = \";q=0;\" not in f\";{parameters};\"");
  code.close();
  code.close();
  code.line("return accepted");
  code.close();
}

void body(PythonModule& module, const Plan& plan) {
  switch (plan.kind) {
    case Kind::redirect: return redirect(module, plan);
    case Kind::conditional:
      python_conditions(module, words, plan);
      if (plan.status == 304) return respond(module, plan, 200);
      return python_return_empty(module, words, 204, {});
    case Kind::ranges: return python_ranges(module, words, plan);
    case Kind::negotiation:
      if (plan.status == 415) return python_media_type(module, words, plan);
      module.code.open("if not accepts(request.headers.get(\"Accept\", \"*/*\"), " + string(plan.essence()) + "):");
      python_return_empty(module, words, 406, {});
      module.code.close();
      return respond(module, plan, 200);
    default: return respond(module, plan, plan.status);
  }
}

bool reads_request(const Plan& plan) {
  return plan.kind == Kind::conditional || plan.kind == Kind::ranges || plan.kind == Kind::negotiation;
}

void methods_body(PythonModule& module, const Plan& plan) {
  Plan served = plan;
  http::remove(served.fields, "Allow");
  bool others = false;
  for (const std::string& method : plan.methods) others = others || (method != "GET" && method != "HEAD");
  if (others) {
    module.code.open("if request.method not in (\"GET\", \"HEAD\"):");
    python_return_empty(module, words, 204, {});
    module.code.close();
  }
  respond(module, served, 200);
}

void handler(PythonModule& module, const Plan& plan) {
  std::vector<std::string> methods = plan.kind == Kind::head ? std::vector<std::string>{"GET", "HEAD"} : plan.methods;
  Code& code = module.code;
  if (methods.empty()) {
    code.statement("@", call("app." + lower(plan.method), {string(plan.path)}));
  } else {
    std::vector<Expression> names;
    for (const std::string& method : methods) names.push_back(string(method));
    code.statement("@", call("app.api_route", {string(plan.path), Expression("methods=") + bracket('[', std::move(names), ']')}));
  }
  const bool several = plan.kind == Kind::method && methods.size() > 2;
  const bool request = reads_request(plan) || several;
  if (request) module.use("fastapi", "Request");
  const std::string name = (methods.empty() ? lower(plan.method) : std::string("get")) + "_" + plan.name;
  code.open("async def " + name + (request ? "(request: Request):" : "():"));
  if (plan.kind == Kind::method)
    methods_body(module, plan);
  else
    body(module, plan);
  code.close();
}

bool negotiates(const Plan& plan) { return plan.kind == Kind::negotiation && plan.status == 406; }

std::string module_text(std::span<const Plan> plans, Form form) {
  PythonModule module;
  if (form == Form::complete) {
    module.use("fastapi", "FastAPI");
    module.code.line("app = FastAPI()");
  }
  bool helper = false;
  for (const Plan& plan : plans) helper = helper || negotiates(plan);
  if (helper) {
    if (form == Form::complete) {
      module.code.blank();
      module.code.blank();
    }
    write_accepts(module);
  }
  bool first = form == Form::handler && !helper;
  for (const Plan& plan : plans) {
    if (!first) {
      module.code.blank();
      module.code.blank();
    }
    first = false;
    handler(module, plan);
  }
  // Two empty lines before a function, one before the app.
  const std::string between = form == Form::complete ? "\n" : "\n\n";
  return module.imports() + between + module.code.take();
}

std::optional<Note> refuse(const Plan& plan, const Target&) {
  if (plan.status > 599) return Note{NoteId::code_beyond_599, {"uvicorn", number(plan.status)}};
  if (!plan.interim.empty()) return Note{NoteId::no_interim, {"uvicorn", number(plan.interim[0].status)}};
  if (plan.kind == Kind::upgrade && plan.status == 101) return Note{NoteId::no_upgrade, {"FastAPI"}};
  return std::nullopt;
}

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "main.py";
  if (plans.size() == 1 && !plans[0].reason.empty()) made.notes.push_back({NoteId::reason_not_sent, {"uvicorn"}});
  if (form == Form::complete) {
    made.files.push_back({"requirements.txt", python_requirements(target)});
    made.install = {"python3 -m venv .venv", ". .venv/bin/activate", "pip install -r requirements.txt"};
    made.start = "uvicorn main:app --host 127.0.0.1 --port ${PORT:-8000}";
  }
  made.files.push_back({made.main, module_text(plans, form)});
  return made;
}

}  // namespace

const Framework fastapi_framework{"fastapi", refuse, write};

}  // namespace statuslab::snippet
