// Flask on gunicorn. A view gives back content, status and fields as a tuple; dicts and lists become JSON, all else HTML unless it
// says otherwise. Routes of GET take HEAD, and OPTIONS and 405 are answered from the methods of a route.
#include <algorithm>
#include <array>

#include "snippet/target.h"
#include "snippet/targets/python.h"

namespace statuslab::snippet {
namespace {

constexpr Language py = Language::python;
constexpr PythonWords words{
    .constants = "flask",
    .constant_owner = "HTTPStatus",
    .constant_module = "http",
    .status = "status",
    .media = "content_type",
    .module = "flask",
    .response = "Response",
    .streaming = "Response",
    .streaming_module = "flask",
    .default_media = "text/html; charset=utf-8",
    .drop_media = "del response.headers[\"Content-Type\"]",
};

std::string string(std::string_view text) { return quoted(text, py); }

bool is_collection(const Expression& content) { return content.parts.size() == 1 && content.parts[0].open != 0 && content.parts[0].text.empty(); }

// {"Vary": "Accept"}; pairs where a name comes again.
Expression fields_of(const http::Fields& fields) {
  const auto cookies = std::count_if(fields.begin(), fields.end(), [](const http::Field& field) { return http::same_name(field.name, "Set-Cookie"); });
  if (cookies < 2) return python_fields(fields);
  std::vector<Expression> pairs;
  for (const http::Field& field : fields) pairs.push_back(bracket('(', {string(field.name), string(field.value)}, ')'));
  return bracket('[', std::move(pairs), ']');
}

// What a view gives back. With content, its media type is among the fields unless it is what Flask says by itself.
struct Answered {
  Expression content;
  std::uint16_t status = 200;
  http::Fields fields{};
};

Answered answered(PythonModule& module, const Plan& plan, std::uint16_t status) {
  Answered made{assigned("", Expression("\"\"")), status, plan.fields};
  if (!plan.has_content()) return made;
  std::string by_itself = "text/html; charset=utf-8";
  if (plan.is_streamed()) {
    made.content = Expression("parts()");
  } else if (auto value = plan.is_json() ? json_value(plan.content, py) : std::nullopt; value) {
    by_itself = "application/json";
    made.content = std::move(*value);
    if (!is_collection(made.content)) {
      module.use("flask", "jsonify");
      made.content = call("jsonify", {std::move(made.content)});
    }
  } else {
    made.content = assigned("", Expression(python_content(plan)));
  }
  if (plan.media != by_itself) made.fields.push_back({"Content-Type", plan.media});
  return made;
}

// The reason phrase goes with the code.
std::string status_of(PythonModule& module, const Plan& plan, std::uint16_t status) {
  return plan.reason.empty() ? python_status(module, words, status) : string(number(status) + " " + plan.reason);
}

void comment(PythonModule& module, const Plan& plan, std::uint16_t status) {
  if (constant_of(words.constants, status).empty() && !plan.phrase.empty() && plan.reason.empty()) module.code.line("# " + number(status) + " " + plan.phrase);
}

Expression joined(const std::vector<Expression>& items) {
  Expression whole;
  for (const Expression& item : items) {
    if (!whole.parts.empty()) whole += Expression(", ");
    whole += item;
  }
  return whole;
}

// return content, status, fields: as much of it as is needed. Where that is too long, black opens the collection before a
// status, or puts each part on a line of its own.
void give(PythonModule& module, const Plan& plan, const Answered& given) {
  Code& code = module.code;
  comment(module, plan, given.status);
  std::vector<Expression> items{given.content};
  const bool plain = given.status == 200 && plan.reason.empty();
  if (!plain) items.emplace_back(status_of(module, plan, given.status));
  if (!given.fields.empty()) items.push_back(fields_of(given.fields));
  const Expression line = joined(items);
  const bool opens_content = items.size() == 2 && given.fields.empty() && is_collection(given.content);
  Code measure(py, code.level());
  if (items.size() == 1 || opens_content || measure.fits_line(Expression("return ") + line, 0)) {
    code.statement("return ", line);
    return;
  }
  if (plain) items.insert(items.begin() + 1, Expression(python_status(module, words, 200)));
  Expression tuple = bracket('(', std::move(items), ')');
  tuple.parts[0].opened = true;
  code.statement("return ", tuple);
}

void respond(PythonModule& module, const Plan& plan, std::uint16_t status) {
  // RFC 9110 section 8.3: without content there is no media type to tell. Of a 304 Flask takes it away itself.
  if (!plan.has_content() && (status == 204 || status == 205)) {
    module.use("flask", "Response");
    std::vector<Expression> arguments{"status=" + status_of(module, plan, status)};
    if (!plan.fields.empty()) arguments.push_back(Expression("headers=") + fields_of(plan.fields));
    module.code.statement("response = ", call("Response", std::move(arguments)));
    module.code.line(words.drop_media);
    module.code.line("return response");
    return;
  }
  if (plan.is_streamed()) python_parts(module, plan, false);
  give(module, plan, answered(module, plan, status));
}

void respond_empty(PythonModule& module, std::uint16_t status) { respond(module, Plan{}, status); }

void redirect(PythonModule& module, const Plan& plan) {
  Code& code = module.code;
  module.use("flask", "redirect");
  std::vector<Expression> arguments{string(plan.field("Location"))};
  if (plan.status != 302) arguments.emplace_back(python_status(module, words, plan.status));
  http::Fields others = plan.fields;
  http::remove(others, "Location");
  if (others.empty() && plan.reason.empty()) {
    code.statement("return ", call("redirect", std::move(arguments)));
    return;
  }
  code.statement("response = ", call("redirect", std::move(arguments)));
  if (!plan.reason.empty()) code.statement("response.status = ", assigned("", Expression(string(number(plan.status) + " " + plan.reason))));
  for (const http::Field& field : others) code.statement("", call("response.headers.add", {string(field.name), string(field.value)}));
  code.line("return response");
}

void conditional(PythonModule& module, const Plan& plan) {
  module.use("flask", "request");
  if (plan.status == 412) {
    python_conditions(module, words, plan);
    return respond_empty(module, 204);
  }
  module.use("flask", "make_response");
  Answered whole = answered(module, plan, 200);
  std::vector<Expression> arguments{std::move(whole.content)};
  if (!whole.fields.empty()) arguments.push_back(fields_of(whole.fields));
  module.code.statement("response = ", call("make_response", std::move(arguments)));
  module.code.line("response.make_conditional(request)");
  module.code.line("del response.headers[\"Date\"]  # the server sets it, too");
  module.code.line("return response");
}

void negotiation(PythonModule& module, const Plan& plan) {
  Code& code = module.code;
  module.use("flask", "request");
  if (plan.status == 415) {
    code.open("if request.mimetype != " + string(lower(plan.field("Accept"))) + ":");
    respond(module, plan, 415);
    code.close();
    return respond_empty(module, 204);
  }
  code.line("accept = request.accept_mimetypes");
  code.open("if accept and not accept.quality(" + string(plan.essence()) + "):");
  respond_empty(module, 406);
  code.close();
  respond(module, plan, 200);
}

void methods(PythonModule& module, const Plan& plan) {
  Plan served = plan;
  http::remove(served.fields, "Allow");
  const bool others = std::any_of(plan.methods.begin(), plan.methods.end(), [](const std::string& method) { return method != "GET" && method != "HEAD"; });
  if (others) {
    module.use("flask", "request");
    module.code.open("if request.method not in (\"GET\", \"HEAD\"):");
    respond_empty(module, 204);
    module.code.close();
  }
  respond(module, served, 200);
}

void body(PythonModule& module, const Plan& plan) {
  switch (plan.kind) {
    case Kind::redirect: return redirect(module, plan);
    case Kind::conditional: return conditional(module, plan);
    case Kind::ranges:
      module.use("flask", "request");
      return python_ranges(module, words, plan);
    case Kind::negotiation: return negotiation(module, plan);
    case Kind::method: return methods(module, plan);
    case Kind::interim:
      module.use("flask", "request");
      python_early_hints(module, plan, "request.environ");
      return respond(module, plan, plan.status);
    default: return respond(module, plan, plan.status);
  }
}

void decorator(Code& code, const Plan& plan) {
  const bool get = plan.kind == Kind::head || (plan.kind != Kind::method && plan.method == "GET");
  const bool has_own = get || (plan.kind != Kind::method && plan.method != "HEAD" && plan.method != "OPTIONS");
  if (has_own) {
    code.statement("@", call("app." + (get ? std::string("get") : lower(plan.method)), {string(plan.path)}));
    return;
  }
  std::vector<Expression> names;
  for (const std::string& method : plan.kind == Kind::method ? plan.methods : std::vector<std::string>{plan.method}) names.emplace_back(string(method));
  code.statement("@", call("app.route", {string(plan.path), Expression("methods=") + bracket('[', std::move(names), ']')}));
}

void handler(PythonModule& module, const Plan& plan) {
  decorator(module.code, plan);
  const bool get = plan.kind == Kind::head || plan.kind == Kind::method;
  module.code.open("def " + (get ? std::string("get") : lower(plan.method)) + "_" + plan.name + "():");
  body(module, plan);
  module.code.close();
}

std::string module_text(std::span<const Plan> plans, Form form) {
  PythonModule module;
  const bool complete = form == Form::complete;
  if (complete) {
    module.use("flask", "Flask");
    module.code.line("app = Flask(__name__)");
  }
  for (const Plan& plan : plans) {
    if (complete || &plan != plans.data()) {
      module.code.blank();
      module.code.blank();
    }
    handler(module, plan);
  }
  const std::string imports = module.imports();
  const std::string between = imports.empty() ? "" : complete ? "\n" : "\n\n";
  return imports + between + module.code.take();
}

// Those that Werkzeug knows and Python does not.
constexpr std::array<std::uint16_t, 2> named_by_werkzeug{306, 449};

bool has_phrase(std::uint16_t status) {
  return !constant_of(words.constants, status).empty() ||
         std::find(named_by_werkzeug.begin(), named_by_werkzeug.end(), status) != named_by_werkzeug.end();
}

void add_notes(Snippet& made, const Plan& plan) {
  if (!plan.interim.empty()) made.notes.push_back({NoteId::hints_by_gunicorn, {}});
  if (!plan.field("Proxy-Authenticate").empty()) made.notes.push_back({NoteId::field_dropped, {"gunicorn", "Proxy-Authenticate"}});
  if (!has_phrase(plan.status) && plan.reason.empty())
    made.notes.push_back({NoteId::phrase_unknown, {"Flask", number(plan.status), "UNKNOWN"}});
}

std::optional<Note> refuse(const Plan& plan, const Target&) { return wsgi_limit(plan); }

Snippet write(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made;
  made.main = "app.py";
  if (plans.size() == 1) add_notes(made, plans[0]);
  if (form == Form::complete) {
    made.files.push_back({"requirements.txt", python_requirements(target)});
    made.install = {"python3 -m venv .venv", ". .venv/bin/activate", "pip install -r requirements.txt"};
    made.start = "gunicorn --bind 127.0.0.1:${PORT:-8000} app:app";
  }
  made.files.push_back({made.main, module_text(plans, form)});
  return made;
}

}  // namespace

const Framework flask_framework{"flask", refuse, write};

}  // namespace statuslab::snippet
