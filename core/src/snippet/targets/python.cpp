#include "snippet/targets/python.h"

#include <algorithm>
#include <array>

namespace statuslab::snippet {
namespace {

constexpr Language py = Language::python;
constexpr std::array<std::string_view, 5> standard{"email.utils", "http", "os", "re", "sys"};

bool is_standard(std::string_view module) { return std::find(standard.begin(), standard.end(), module) != standard.end(); }

std::string string(std::string_view text) { return quoted(text, py); }

// Classes before functions, and then by their letters, as isort has them.
std::vector<std::string> in_order(const std::set<std::string>& names) {
  std::vector<std::string> sorted(names.begin(), names.end());
  const auto key = [](const std::string& name) { return std::pair(lower(name.substr(0, 1)) == name.substr(0, 1), lower(name)); };
  std::sort(sorted.begin(), sorted.end(), [&](const std::string& a, const std::string& b) { return key(a) < key(b); });
  return sorted;
}

// from a import b, c - in parentheses and one a line where it is too long.
std::string import_line(const std::string& module, const std::set<std::string>& unsorted) {
  const std::vector<std::string> names = in_order(unsorted);
  std::string line = "from " + module + " import ";
  std::string lines = line + "(\n";
  for (const std::string& name : names) {
    if (name != names.front()) line += ", ";
    line += name;
    lines += "    " + name + ",\n";
  }
  return line.size() <= 88 ? line + "\n" : lines + ")\n";
}

}  // namespace

void PythonModule::use(std::string_view module, std::string_view name) {
  std::set<std::string>& names = used_[std::string(module)];
  if (!name.empty()) names.emplace(name);
}

std::string PythonModule::imports() const {
  std::string plain;
  std::string library;
  std::string others;
  for (const auto& [module, names] : used_) {
    if (names.empty())
      plain += "import " + module + "\n";
    else
      (is_standard(module) ? library : others) += import_line(module, names);
  }
  std::string text = plain + library;
  if (!text.empty() && !others.empty()) text += "\n";
  return text + others;
}

std::string python_content(const Plan& plan) {
  return plan.is_text ? string(plan.content) : quoted_bytes(plan.content, py);
}

std::string python_status(PythonModule& module, const PythonWords& words, std::uint16_t status) {
  const std::string_view name = constant_of(words.constants, status);
  if (name.empty()) return number(status);
  module.use(words.constant_module, words.constant_owner);
  return std::string(words.constant_owner) + "." + std::string(name);
}

Expression python_fields(const http::Fields& fields) {
  std::vector<Expression> members;
  for (const http::Field& field : fields) {
    if (http::find(fields, field.name) != &field.value) continue;  // it went with the first line of its name
    members.push_back(assigned(string(field.name) + ": ", string(*http::combined(fields, field.name))));
  }
  return bracket('{', std::move(members), '}');
}

Expression python_call(PythonModule& module, const PythonWords& words, const PythonResponse& response) {
  std::vector<Expression> arguments = response.content;
  if (response.status != 200) arguments.push_back(std::string(words.status) + "=" + python_status(module, words, response.status));
  if (!response.fields.empty()) arguments.push_back(Expression("headers=") + python_fields(response.fields));
  if (!response.media.empty()) arguments.push_back(std::string(words.media) + "=" + string(response.media));
  arguments.insert(arguments.end(), response.more.begin(), response.more.end());
  return call(response.class_name, std::move(arguments));
}

void python_return(PythonModule& module, const PythonWords& words, const Plan& plan, const PythonResponse& response) {
  if (constant_of(words.constants, response.status).empty() && !plan.phrase.empty())
    module.code.line("# " + number(response.status) + " " + plan.phrase);
  PythonResponse made = response;
  http::Fields cookies;
  for (const http::Field& field : response.fields)
    if (http::same_name(field.name, "Set-Cookie")) cookies.push_back(field);
  const bool loose = cookies.size() > 1;
  if (loose) http::remove(made.fields, "Set-Cookie");
  // Django judges the argument of its constructor; the attribute is documented as one to set.
  const bool beyond = made.status > 599;
  if (beyond) made.status = 200;
  // RFC 9110 section 8.3: without content there is no media type to tell.
  const bool bare = !words.drop_media.empty() && made.content.empty() && made.class_name == words.response &&
                    (made.status == 204 || made.status == 205 || made.status == 304);
  if (!loose && !bare && !beyond && made.after.empty()) {
    module.code.statement("return ", python_call(module, words, made));
    return;
  }
  module.code.statement("response = ", python_call(module, words, made));
  const bool django = words.module == "django.http";
  for (const http::Field& cookie : loose ? cookies : http::Fields{})
    module.code.statement("", django ? call("response.cookies.load", {string(cookie.value)})
                                     : call("response.headers.append", {string("Set-Cookie"), string(cookie.value)}));
  if (bare) module.code.line(words.drop_media);
  if (beyond) module.code.line("response.status_code = " + number(response.status));
  for (const std::string& one : made.after) module.code.line(one);
  module.code.line("return response");
}

void python_return_empty(PythonModule& module, const PythonWords& words, std::uint16_t status, const http::Fields& fields) {
  module.use(words.module, words.response);
  PythonResponse response{std::string(words.response), {}, status, fields};
  python_return(module, words, Plan{}, response);
}

std::string python_requirements(const Target& target) {
  std::string lines;
  for (const char c : target.packages) lines += c == ' ' ? '\n' : c;
  return lines + "\n";
}

std::optional<Note> wsgi_limit(const Plan& plan) {
  for (const http::Interim& one : plan.interim)
    if (one.status != 103) return Note{NoteId::no_interim, {"WSGI", number(one.status)}};
  if (plan.kind == Kind::upgrade && plan.status == 101) return Note{NoteId::no_upgrade, {"WSGI"}};
  const std::string_view protocol = plan.field("Upgrade");
  if (!protocol.empty() && lower(protocol) != "websocket") return Note{NoteId::upgrade_dropped, {std::string(protocol)}};
  return std::nullopt;
}

// Not of WSGI itself: a server that can do it puts the function among the variables of a request.
void python_early_hints(PythonModule& module, const Plan& plan, std::string_view variables) {
  Code& code = module.code;
  code.line("# 103 Early Hints");
  code.open("if early_hints := " + std::string(variables) + ".get(\"wsgi.early_hints\"):");
  for (const http::Interim& one : plan.interim) {
    std::vector<Expression> fields;
    for (const http::Field& field : one.fields)
      fields.push_back(bracket('(', {string(field.name), string(field.value)}, ')'));
    code.statement("", call("early_hints", {bracket('[', std::move(fields), ']')}));
  }
  code.close();
}

void python_parts(PythonModule& module, const Plan& plan, bool is_async) {
  module.code.open(is_async ? "async def parts():" : "def parts():");
  for (const std::string& part : plan.parts)
    module.code.line("yield " + (plan.is_text ? string(part) : quoted_bytes(part, py)));
  module.code.close();
  module.code.blank();
}

void python_conditions(PythonModule& module, const PythonWords& words, const Plan& plan) {
  Code& code = module.code;
  const std::string_view etag = plan.field("ETag");
  const bool reads = plan.status == 304;
  if (!etag.empty()) {
    module.use("re");
    const std::string_view opaque = reads && etag.starts_with("W/") ? etag.substr(2) : etag;
    code.statement("wanted = ", call("request.headers.get", reads ? std::vector<Expression>{string("If-None-Match"), "\"\""}
                                                                  : std::vector<Expression>{string("If-Match"), "\"*\""}));
    // RFC 9110 section 13.1.1: "An origin server MUST use the strong comparison function"; 13.1.2: the weak one.
    code.statement("tags = ", call("re.findall", {reads ? "r'\"[^\"]*\"'" : "r'(?:W/)?\"[^\"]*\"'", "wanted"}));
    code.statement("etag = ", string(opaque));
    code.open(reads ? "if wanted == \"*\" or etag in tags:" : "if wanted != \"*\" and etag not in tags:");
  } else {
    module.use("email.utils", "parsedate");
    const std::string_view name = reads ? "If-Modified-Since" : "If-Unmodified-Since";
    code.statement("modified = ", call("parsedate", {string(plan.field("Last-Modified"))}));
    code.statement("seen = ", call("parsedate", {call("request.headers.get", {string(name), "\"\""})}));
    code.open(reads ? "if seen and seen >= modified:" : "if seen and seen < modified:");
  }
  http::Fields kept = plan.fields;
  if (!reads) kept.clear();
  python_return_empty(module, words, plan.status, kept);
  code.close();
}

void python_ranges(PythonModule& module, const PythonWords& words, const Plan& plan) {
  Code& code = module.code;
  module.use("re");
  module.use(words.module, words.response);
  const std::string name(words.response);
  const std::string response = "return " + name;
  http::Fields fields = plan.fields;
  http::set(fields, "Accept-Ranges", "bytes");
  code.statement("content = ", quoted_bytes(plan.content, py));
  code.statement("headers = ", python_fields(fields));
  code.line("wanted = request.headers.get(\"Range\", \"\")");
  // RFC 9110 section 13.1.5: where the validator of If-Range is not the current one, Range is ignored.
  const std::string current = plan.field("ETag").empty() ? "None" : "headers[\"ETag\"]";
  code.line("condition = request.headers.get(\"If-Range\", " + current + ")");
  code.line("match = re.fullmatch(r\"bytes=(\\d{0,15})-(\\d{0,15})\", wanted)");
  code.line("first, last = match.groups() if match else (\"\", \"\")");
  code.line("backwards = first and last and int(first) > int(last)");
  code.open("if condition != " + current + " or not (first or last) or backwards:");
  const std::string media = std::string(words.media) + "=" + string(plan.media);
  code.statement("return ", call(name, {"content", "headers=headers", media}));
  code.close();
  code.line("start = int(first) if first else max(0, len(content) - int(last))");
  code.line("end = min(int(last), len(content) - 1) if first and last else len(content) - 1");
  code.open("if start >= len(content):");
  code.line("headers[\"Content-Range\"] = f\"bytes */{len(content)}\"");
  code.statement("return ", call(name, {std::string(words.status) + "=" + python_status(module, words, 416), "headers=headers"}));
  code.close();
  code.line("headers[\"Content-Range\"] = f\"bytes {start}-{end}/{len(content)}\"");
  code.statement("return ", call(name, {"content[start : end + 1]",
                                        std::string(words.status) + "=" + python_status(module, words, 206),
                                        "headers=headers", media}));
}

void python_media_type(PythonModule& module, const PythonWords& words, const Plan& plan) {
  Code& code = module.code;
  code.line("given = request.headers.get(\"Content-Type\", \"\").partition(\";\")[0].strip()");
  code.open("if given.lower() != " + string(lower(plan.field("Accept"))) + ":");
  python_return_empty(module, words, 415, plan.fields);
  code.close();
  python_return_empty(module, words, 204, {});
}

}  // namespace statuslab::snippet
