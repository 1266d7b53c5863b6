#include "statuslab/snippet_json.h"

#include <array>

#include "base/digest.h"
#include "base/utf8.h"
#include "json/reader.h"
#include "json/writer.h"
#include "statuslab/parse.h"
#include "statuslab/snippet.h"
#include "syntax/rfc4648.h"

namespace statuslab {
namespace {

using json::In;
using json::Object;
using json::Writer;
using snippet::Answer;
using snippet::Note;

constexpr std::array<std::string_view, 13> kind_names{
    "plain", "redirect", "created", "conditional", "ranges", "preflight", "challenge", "retry", "interim", "upgrade", "head",
    "method", "negotiation",
};
constexpr std::array<std::string_view, 8> content_names{"none", "text", "json", "problem", "html", "bytes", "stream", "events"};
constexpr std::array<std::string_view, 3> verdict_names{"possible", "cannot", "not-applicable"};
constexpr std::array<std::string_view, 2> form_names{"handler", "complete"};

template <class Enum, std::size_t size>
std::string_view name_of(Enum value, const std::array<std::string_view, size>& names) {
  return names[static_cast<std::size_t>(value)];
}

// --- reading -----------------------------------------------------------------------------------------------------------

struct AnswerRequest {
  Answer answer{};
  std::string base64{};
};

struct SnippetRequest {
  AnswerRequest answer{};
  std::string target = "express-5";
  snippet::Form form = snippet::Form::handler;
};

struct ProjectRequest {
  std::vector<AnswerRequest> answers{};
  std::string target = "express-5";
};

}  // namespace

namespace http {

static void read(In in, Field& field) {
  Object object(in);
  object.member("name", field.name);
  object.member("value", field.value);
}

static void read(In in, Interim& interim) {
  Object object(in);
  object.member("status", interim.status, 100, 199);
  object.member("fields", interim.fields);
}

}  // namespace http

namespace {

void read(In in, AnswerRequest& request) {
  Answer& answer = request.answer;
  Object object(in);
  object.choice("kind", answer.kind, kind_names);
  object.member("status", answer.status, 0, 999);
  object.member("reason", answer.reason);
  object.member("fields", answer.fields);
  object.choice("contentKind", answer.content_kind, content_names);
  object.member("content", answer.content);
  object.member("base64", request.base64);
  object.member("method", answer.method);
  object.member("path", answer.path);
  object.member("interim", answer.interim);
}

void read(In in, SnippetRequest& request) {
  Object object(in);
  object.member("answer", request.answer);
  object.member("target", request.target);
  object.choice("form", request.form, form_names);
}

void read(In in, ProjectRequest& request) {
  Object object(in);
  object.member("answers", request.answers);
  object.member("target", request.target);
}

// False: not base64.
bool take_bytes(AnswerRequest& request) {
  if (request.base64.empty()) return true;
  const std::optional<std::string> bytes = syntax::decode_base64(request.base64);
  if (bytes) request.answer.content = *bytes;
  return bytes.has_value();
}

std::string mistake(std::string pointer, std::string_view value, std::string expected) {
  Writer text;
  text.value(value);
  return json::mistakes_json({{std::move(pointer), text.take(), std::move(expected)}});
}

std::string unknown_target(std::string_view given) {
  std::string expected;
  for (const snippet::Target& target : snippet::targets()) {
    if (!expected.empty()) expected += ", ";
    expected += target.id;
  }
  return mistake("/target", given, std::move(expected));
}

// --- writing -----------------------------------------------------------------------------------------------------------

void write(Writer& json, const http::Fields& fields) {
  json.begin_array();
  for (const http::Field& field : fields) {
    json.begin_object();
    json.member("name", std::string_view(field.name));
    json.member("value", std::string_view(field.value));
    json.end_object();
  }
  json.end_array();
}

void write_content(Writer& json, std::string_view content) {
  if (utf8::first_invalid(content) == content.size())
    json.member("content", content);
  else
    json.member("base64", std::string_view(base64(content)));
}

void write_interim(Writer& json, const std::vector<http::Interim>& interim) {
  json.key("interim");
  json.begin_array();
  for (const http::Interim& one : interim) {
    json.begin_object();
    json.member("status", one.status);
    json.key("fields");
    write(json, one.fields);
    json.end_object();
  }
  json.end_array();
}

void write(Writer& json, const Answer& answer) {
  json.begin_object();
  json.member("kind", name_of(answer.kind, kind_names));
  json.member("status", answer.status);
  json.member("reason", std::string_view(answer.reason));
  json.key("fields");
  write(json, answer.fields);
  json.member("contentKind", name_of(answer.content_kind, content_names));
  write_content(json, answer.content);
  json.member("method", std::string_view(answer.method));
  json.member("path", std::string_view(answer.path));
  write_interim(json, answer.interim);
  json.end_object();
}

void write(Writer& json, const Note& note) {
  json.begin_object();
  json.member("id", snippet::note_info(note.id).id);
  json.key("args");
  json.begin_array();
  for (const std::string& arg : note.args) json.value(std::string_view(arg));
  json.end_array();
  json.end_object();
}

void write_reason(Writer& json, const std::optional<Note>& reason) {
  json.key("reason");
  if (reason)
    write(json, *reason);
  else
    json.raw("null");
}

void write_members(Writer& json, const snippet::Snippet& made, const snippet::Target& target) {
  json.member("verdict", name_of(made.verdict, verdict_names));
  write_reason(json, made.reason);
  json.member("target", target.id);
  json.member("language", target.language);
  json.member("main", std::string_view(made.main));
  json.key("files");
  json.begin_array();
  for (const snippet::File& file : made.files) {
    json.begin_object();
    json.member("path", std::string_view(file.path));
    json.member("text", std::string_view(file.text));
    json.end_object();
  }
  json.end_array();
  json.key("install");
  json.begin_array();
  for (const std::string& command : made.install) json.value(std::string_view(command));
  json.end_array();
  json.member("start", std::string_view(made.start));
  json.key("notes");
  json.begin_array();
  for (const Note& note : made.notes) write(json, note);
  json.end_array();
}

void write(Writer& json, const snippet::Probe& probe) {
  json.begin_object();
  json.key("request");
  json.begin_object();
  json.member("method", std::string_view(probe.request.method));
  json.member("target", std::string_view(probe.request.target));
  json.key("fields");
  write(json, probe.request.fields);
  write_content(json, probe.request.content);
  json.end_object();
  json.key("expected");
  json.begin_object();
  json.member("status", probe.expected.status);
  json.key("fields");
  write(json, probe.expected.fields);
  write_content(json, probe.expected.content);
  write_interim(json, probe.expected.interim);
  json.end_object();
  json.member("exactContent", probe.exact_content);
  json.member("exactFields", probe.exact_fields);
  json.end_object();
}

void write_packages(Writer& json, std::string_view packages) {
  json.key("packages");
  json.begin_array();
  while (!packages.empty()) {
    const std::size_t end = std::min(packages.find(' '), packages.size());
    json.value(packages.substr(0, end));
    packages.remove_prefix(std::min(packages.size(), end + 1));
  }
  json.end_array();
}

std::string answer_alone(const Answer& answer) {
  Writer json;
  json.begin_object();
  json.key("answer");
  write(json, answer);
  json.end_object();
  return json.take();
}

void write_row(Writer& json, std::uint16_t code, const snippet::Case& column) {
  const Answer answer = snippet::example(code, column);
  json.begin_object();
  json.member("code", code);
  json.member("case", column.name);
  json.key("answer");
  write(json, answer);
  json.key("probes");
  json.begin_array();
  for (const snippet::Probe& probe : snippet::probes(answer)) write(json, probe);
  json.end_array();
  json.key("cells");
  json.begin_array();
  for (const snippet::Target& target : snippet::targets()) {
    const snippet::Snippet made = snippet::snippet(answer, target, snippet::Form::handler);
    json.begin_object();
    json.member("target", target.id);
    json.member("verdict", name_of(made.verdict, verdict_names));
    write_reason(json, made.reason);
    json.end_object();
  }
  json.end_array();
  json.end_object();
}

}  // namespace

std::string snippet_json(std::string_view text) {
  SnippetRequest request;
  if (const auto mistakes = json::from_json(text, request); !mistakes.empty()) return json::mistakes_json(mistakes);
  if (!take_bytes(request.answer)) return mistake("/answer/base64", request.answer.base64, "base64 (RFC 4648 section 4)");
  const snippet::Target* target = snippet::find_target(request.target);
  if (target == nullptr) return unknown_target(request.target);
  Writer json;
  json.begin_object();
  write_members(json, snippet::snippet(request.answer.answer, *target, request.form), *target);
  json.end_object();
  return json.take();
}

std::string snippet_project_json(std::string_view text) {
  ProjectRequest request;
  if (const auto mistakes = json::from_json(text, request); !mistakes.empty()) return json::mistakes_json(mistakes);
  const snippet::Target* target = snippet::find_target(request.target);
  if (target == nullptr) return unknown_target(request.target);
  std::vector<Answer> answers;
  for (AnswerRequest& one : request.answers) {
    if (!take_bytes(one)) return mistake("/answers", one.base64, "base64 (RFC 4648 section 4)");
    answers.push_back(std::move(one.answer));
  }
  const snippet::Project made = snippet::project(answers, *target);
  Writer json;
  json.begin_object();
  write_members(json, made.app, *target);
  json.key("verdicts");
  json.begin_array();
  for (const snippet::Verdict verdict : made.verdicts) json.value(name_of(verdict, verdict_names));
  json.end_array();
  json.end_object();
  return json.take();
}

std::string snippet_facts_json() {
  Writer json;
  json.begin_object();
  json.key("targets");
  json.begin_array();
  for (const snippet::Target& target : snippet::targets()) {
    json.begin_object();
    json.member("id", target.id);
    json.member("framework", target.framework);
    json.member("name", target.name);
    json.member("version", target.version);
    json.member("language", target.language);
    json.member("runtime", target.runtime);
    json.member("server", target.server);
    write_packages(json, target.packages);
    json.member("verified", target.verified);
    json.end_object();
  }
  json.end_array();
  json.key("cases");
  json.begin_array();
  for (const snippet::Case& column : snippet::cases()) {
    json.begin_object();
    json.member("name", column.name);
    json.member("kind", name_of(column.kind, kind_names));
    json.member("contentKind", name_of(column.content, content_names));
    json.end_object();
  }
  json.end_array();
  json.key("codes");
  json.begin_array();
  for (const std::uint16_t code : snippet::matrix_codes()) json.value(code);
  json.end_array();
  json.end_object();
  return json.take();
}

std::string snippet_matrix_json() {
  Writer json;
  json.begin_object();
  json.key("answers");
  json.begin_array();
  for (const std::uint16_t code : snippet::matrix_codes())
    for (const snippet::Case& column : snippet::cases()) write_row(json, code, column);
  json.end_array();
  json.end_object();
  return json.take();
}

std::string answer_json(std::string_view response, std::string_view request) {
  const std::vector<Message> requests = parse(request, {.expect = MessageKind::request, .answers = {}});
  const Message* asked = requests.empty() ? nullptr : &requests[0];
  const std::array<AnswerTo, 1> answers{asked == nullptr ? AnswerTo::unknown : answer_to(*asked, request)};
  const std::vector<Message> responses = parse(response, {.expect = MessageKind::response, .answers = answers});
  if (responses.empty()) return answer_alone(Answer{});
  std::vector<http::Interim> interim;
  for (const Message& message : responses) {
    const bool is_interim = message.status >= 100 && message.status < 200 && message.status != 101;
    if (!is_interim || &message == &responses.back()) {
      Answer answer = snippet::answer_of(message, response, asked, request);
      if (!interim.empty()) {
        answer.kind = snippet::Kind::interim;
        answer.interim = std::move(interim);
      }
      return answer_alone(answer);
    }
    if (message.status > 101) interim.push_back(snippet::answer_of(message, response, asked, request).interim[0]);
  }
  return answer_alone(Answer{});
}

std::string example_answer_json(unsigned status, std::string_view case_name) {
  const snippet::Case* column = snippet::find_case(case_name);
  if (column != nullptr) return answer_alone(snippet::example(static_cast<std::uint16_t>(status), *column));
  std::string expected;
  for (const snippet::Case& one : snippet::cases()) {
    if (!expected.empty()) expected += ", ";
    expected += one.name;
  }
  return mistake("/case", case_name, std::move(expected));
}

}  // namespace statuslab
