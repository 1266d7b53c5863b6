// Django views, and those of Django REST framework, on gunicorn. Views are functions; Django's decorators answer 405, those of
// REST framework also 406. Early hints are gunicorn's. CommonMiddleware would add Content-Length: 0 to a 304, so the project goes without.
#include <algorithm>

#include "snippet/target.h"
#include "snippet/targets/python.h"

namespace statuslab::snippet {
namespace {

constexpr Language py = Language::python;
constexpr PythonWords django_words{
    .constants = "django",
    .constant_owner = "HTTPStatus",
    .constant_module = "http",
    .status = "status",
    .media = "content_type",
    .module = "django.http",
    .response = "HttpResponse",
    .streaming = "StreamingHttpResponse",
    .streaming_module = "django.http",
    .default_media = "text/html; charset=utf-8",
    .drop_media = "del response[\"Content-Type\"]",
};
constexpr PythonWords drf_words{
    .constants = "drf",
    .constant_owner = "status",
    .constant_module = "rest_framework",
    .status = "status",
    .media = "content_type",
    .module = "rest_framework.response",
    .response = "Response",
    .streaming = "StreamingHttpResponse",
    .streaming_module = "django.http",
    .default_media = "",
    .drop_media = "",
};

std::string string(std::string_view text) { return quoted(text, py); }

struct View {
  PythonModule& module;
  const PythonWords& words;

  [[nodiscard]] bool is_rest() const { return &words == &drf_words; }
};

// REST framework renders values; text and bytes go through Django's class.
PythonResponse response_of(const View& view, const Plan& plan, std::uint16_t status) {
  PythonModule& module = view.module;
  PythonResponse response{std::string(view.words.response), {}, status, plan.fields};
  if (!plan.has_content()) {
    module.use(view.words.module, view.words.response);
    return response;
  }
  response.media = plan.media;
  if (plan.is_streamed()) {
    module.use("django.http", "StreamingHttpResponse");
    response.class_name = "StreamingHttpResponse";
    response.content = {"parts()"};
    return response;
  }
  const auto value = plan.is_json() ? json_value(plan.content, py) : std::nullopt;
  const bool is_object = value && value->parts.size() == 1 && value->parts[0].open == '{';
  // A Response without data has no content at all, so null is not for it.
  if (value && view.is_rest() && flat(*value, py) != "None") {
    module.use(view.words.module, view.words.response);
    response.content = {*value};
    if (plan.media == "application/json") response.media.clear();
    return response;
  }
  if (value) {
    module.use("django.http", "JsonResponse");
    response.class_name = "JsonResponse";
    response.content = {*value};
    if (plan.media == "application/json") response.media.clear();
    if (!is_object) response.more.push_back("safe=False");
    return response;
  }
  module.use("django.http", "HttpResponse");
  response.class_name = "HttpResponse";
  response.content = {python_content(plan)};
  if (plan.is_text && plan.media == django_words.default_media) response.media.clear();
  return response;
}

void respond(const View& view, const Plan& plan, std::uint16_t status) {
  if (plan.is_streamed()) python_parts(view.module, plan, false);
  PythonResponse response = response_of(view, plan, status);
  if (!plan.reason.empty() && response.class_name != "Response") response.more.push_back("reason=" + string(plan.reason));
  if (!plan.reason.empty() && response.class_name == "Response") response.after.push_back("response.reason_phrase = " + string(plan.reason));
  // REST framework sets it from the methods of the view.
  if (view.is_rest()) http::remove(response.fields, "Allow");
  python_return(view.module, view.words, plan, response);
}

struct RedirectClass {
  std::uint16_t status;
  std::string_view name;
  bool keeps_method;
};
constexpr RedirectClass redirects[] = {
    {301, "HttpResponsePermanentRedirect", false},
    {302, "HttpResponseRedirect", false},
    {307, "HttpResponseRedirect", true},
    {308, "HttpResponsePermanentRedirect", true},
};

void redirect(const View& view, const Plan& plan) {
  const auto* known = std::find_if(std::begin(redirects), std::end(redirects),
                                   [&](const RedirectClass& one) { return one.status == plan.status; });
  // There is no class for 303.
  if (known == std::end(redirects)) return respond(view, plan, plan.status);
  view.module.use("django.http", known->name);
  PythonResponse response{std::string(known->name), {string(plan.field("Location"))}, 200, plan.fields};
  http::remove(response.fields, "Location");
  if (known->keeps_method) response.more.push_back("preserve_request=True");
  if (!plan.reason.empty()) response.more.push_back("reason=" + string(plan.reason));
  python_return(view.module, view.words, plan, response);
}

void interim(const View& view, const Plan& plan) {
  python_early_hints(view.module, plan, "request.META");
  respond(view, plan, plan.status);
}

void body(const View& view, const Plan& plan) {
  switch (plan.kind) {
    case Kind::interim: return interim(view, plan);
    case Kind::redirect: return redirect(view, plan);
    case Kind::conditional:
      python_conditions(view.module, view.words, plan);
      if (plan.status == 304) return respond(view, plan, 200);
      return python_return_empty(view.module, view.words, 204, {});
    case Kind::ranges: return python_ranges(view.module, django_words, plan);
    case Kind::negotiation:
      if (plan.status == 415) return python_media_type(view.module, view.words, plan);
      // REST framework has refused already where the request does not accept JSON.
      if (!view.is_rest()) {
        view.module.code.open("if not request.accepts(" + string(plan.essence()) + "):");
        python_return_empty(view.module, view.words, 406, {});
        view.module.code.close();
      }
      return respond(view, plan, 200);
    case Kind::method: {
      Plan served = plan;
      http::remove(served.fields, "Allow");
      const bool others = std::any_of(plan.methods.begin(), plan.methods.end(),
                                      [](const std::string& method) { return method != "GET" && method != "HEAD"; });
      if (others) {
        view.module.code.open("if request.method not in (\"GET\", \"HEAD\"):");
        python_return_empty(view.module, view.words, 204, {});
        view.module.code.close();
      }
      return respond(view, served, 200);
    }
    default: return respond(view, plan, plan.status);
  }
}

std::vector<std::string> methods_of(const View& view, const Plan& plan) {
  if (plan.kind == Kind::method) return plan.methods;
  std::vector<std::string> methods{plan.method};
  if (plan.kind == Kind::head) methods = {"GET", "HEAD"};
  // What REST framework makes Allow of.
  if (view.is_rest())
    for (std::string& method : plan.list("Allow"))
      if (std::find(methods.begin(), methods.end(), method) == methods.end()) methods.push_back(std::move(method));
  return methods;
}

Expression strings(const std::vector<std::string>& names) {
  std::vector<Expression> items;
  for (const std::string& name : names) items.push_back(string(name));
  return bracket('[', std::move(items), ']');
}

void decorator(const View& view, const Plan& plan) {
  const std::vector<std::string> methods = methods_of(view, plan);
  if (view.is_rest()) {
    view.module.use("rest_framework.decorators", "api_view");
    view.module.code.statement("@", call("api_view", {strings(methods)}));
    return;
  }
  // require_safe is GET and HEAD; require_GET would refuse HEAD.
  const bool safe = plan.kind != Kind::method && (plan.method == "GET" || plan.kind == Kind::head);
  const std::string name = safe ? "require_safe" : methods.size() == 1 && methods[0] == "POST" ? "require_POST" : "require_http_methods";
  view.module.use("django.views.decorators.http", name);
  if (name != "require_http_methods")
    view.module.code.line("@" + name);
  else
    view.module.code.statement("@", call(name, {strings(methods)}));
}

std::string name_of(const Plan& plan) { return plan.name + "_view"; }

void handler(const View& view, const Plan& plan) {
  decorator(view, plan);
  view.module.code.open("def " + name_of(plan) + "(request):");
  body(view, plan);
  view.module.code.close();
}

Expression route(const Plan& plan) {
  return call("path", {string(std::string_view(plan.path).substr(1)), "views." + name_of(plan)});
}

std::string views(std::span<const Plan> plans, const PythonWords& words, Form form) {
  PythonModule module;
  bool first = true;
  for (const Plan& plan : plans) {
    if (!first) {
      module.code.blank();
      module.code.blank();
    }
    first = false;
    if (form == Form::handler) module.code.line("# urls.py: " + flat(route(plan), py));
    handler({module, words}, plan);
  }
  return module.imports() + "\n\n" + module.code.take();
}

std::string urls(std::span<const Plan> plans) {
  std::string text = "from django.urls import path\n\nfrom config import views\n\nurlpatterns = [\n";
  Code code(py, 1);
  for (const Plan& plan : plans) code.statement("", route(plan), ",");
  return text + code.take() + "]\n";
}

std::string settings(bool rest) {
  std::string text =
      "from django.core.management.utils import get_random_secret_key\n\n"
      "SECRET_KEY = get_random_secret_key()\n"
      "ALLOWED_HOSTS = [\"localhost\", \"127.0.0.1\"]\n"
      "ROOT_URLCONF = \"config.urls\"\n";
  if (!rest) return text;
  return text +
         "INSTALLED_APPS = [\"rest_framework\"]\n"
         "REST_FRAMEWORK = {\n"
         "    \"DEFAULT_AUTHENTICATION_CLASSES\": [],\n"
         "    \"DEFAULT_RENDERER_CLASSES\": [\"rest_framework.renderers.JSONRenderer\"],\n"
         "    \"UNAUTHENTICATED_USER\": None,\n"
         "}\n";
}

std::string entry(std::string_view gateway) {
  const std::string name(gateway);
  return "import os\n\nfrom django.core." + name + " import get_" + name +
         "_application\n\nos.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"config.settings\")\n\napplication = get_" + name +
         "_application()\n";
}

constexpr std::string_view manage =
    "import os\nimport sys\n\nfrom django.core.management import execute_from_command_line\n\n"
    "os.environ.setdefault(\"DJANGO_SETTINGS_MODULE\", \"config.settings\")\n\n"
    "if __name__ == \"__main__\":\n    execute_from_command_line(sys.argv)\n";

std::optional<Note> refuse(const Plan& plan, const Target&) { return wsgi_limit(plan); }

void add_notes(Snippet& made, const Plan& plan, Form form) {
  const bool unsafe = plan.method != "GET" && plan.method != "HEAD" && plan.method != "OPTIONS";
  if (unsafe && form == Form::handler) made.notes.push_back({NoteId::csrf, {plan.method}});
  if (plan.status == 304) made.notes.push_back({NoteId::common_middleware, {"304"}});
  if (plan.status == 204) made.notes.push_back({NoteId::development_server, {"204"}});
  if (!plan.interim.empty()) made.notes.push_back({NoteId::hints_by_gunicorn, {}});
  if (!plan.field("Proxy-Authenticate").empty()) made.notes.push_back({NoteId::field_dropped, {"gunicorn", "Proxy-Authenticate"}});
  if (constant_of("django", plan.status).empty() && plan.reason.empty())
    made.notes.push_back({NoteId::phrase_unknown, {"Django", number(plan.status), "Unknown Status Code"}});
}

Snippet write_with(std::span<const Plan> plans, const Target& target, Form form, const PythonWords& words) {
  Snippet made;
  if (plans.size() == 1) add_notes(made, plans[0], form);
  if (form == Form::handler) {
    made.main = "views.py";
    made.files.push_back({made.main, views(plans, words, form)});
    return made;
  }
  made.main = "config/views.py";
  made.files = {
      {"requirements.txt", python_requirements(target)},
      {"manage.py", std::string(manage)},
      {"config/__init__.py", ""},
      {"config/settings.py", settings(&words == &drf_words)},
      {"config/urls.py", urls(plans)},
      {made.main, views(plans, words, form)},
      {"config/wsgi.py", entry("wsgi")},
      {"config/asgi.py", entry("asgi")},
  };
  made.install = {"python3 -m venv .venv", ". .venv/bin/activate", "pip install -r requirements.txt"};
  made.start = "gunicorn --bind 127.0.0.1:${PORT:-8000} config.wsgi";
  return made;
}

Snippet write_django(std::span<const Plan> plans, const Target& target, Form form) {
  return write_with(plans, target, form, django_words);
}

std::optional<Note> refuse_rest(const Plan& plan, const Target& target) {
  const bool renders = plan.is_json() && plan.media == "application/json";
  if (plan.kind == Kind::negotiation && plan.status == 406 && !renders) return Note{NoteId::renderer_needed, {plan.media}};
  return refuse(plan, target);
}

Snippet write_rest(std::span<const Plan> plans, const Target& target, Form form) {
  Snippet made = write_with(plans, target, form, drf_words);
  if (plans.size() == 1 && plans[0].kind != Kind::method && !plans[0].field("Allow").empty())
    made.notes.push_back({NoteId::allow_of_view, {plans[0].method}});
  return made;
}

}  // namespace

const Framework django_framework{"django", refuse, write_django};
const Framework drf_framework{"drf", refuse_rest, write_rest};

}  // namespace statuslab::snippet
