// Prints what the proof of snippets runs, as JSON: for every target its project with all routes, and for every cell (code x
// column) the verdict, the files of its own, and what to ask and expect. Cells "hostile-N" hold what would break out of a string
// in one of the languages. Bytes that need not be UTF-8 are in hexadecimal.
//
//   statuslab_matrix [TARGET]...
#include <cstdio>
#include <string>
#include <vector>

#include "json/writer.h"
#include "statuslab/snippet.h"

namespace {

namespace http = statuslab::http;
using namespace statuslab::snippet;
using statuslab::json::Writer;

std::string hex(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const char c : bytes) {
    const auto byte = static_cast<unsigned char>(c);
    text += {digits[byte >> 4U], digits[byte & 15U]};
  }
  return text;
}

template <class Values, class Each>
void list(Writer& out, std::string_view name, const Values& values, Each each) {
  out.key(name);
  out.begin_array();
  for (const auto& value : values) each(value);
  out.end_array();
}

void fields(Writer& out, const http::Fields& given) {
  list(out, "fields", given, [&](const http::Field& field) {
    out.begin_array();
    out.value(std::string_view(field.name));
    out.value(std::string_view(hex(field.value)));
    out.end_array();
  });
}

void note(Writer& out, const Note& given) {
  out.begin_object();
  out.member("id", note_info(given.id).id);
  list(out, "args", given.args, [&](const std::string& arg) { out.value(std::string_view(arg)); });
  out.end_object();
}

void files(Writer& out, const Snippet& made) {
  list(out, "files", made.files, [&](const File& file) {
    out.begin_object();
    out.member("path", std::string_view(file.path));
    out.member("text", std::string_view(file.text));
    out.end_object();
  });
  out.member("main", std::string_view(made.main));
  list(out, "install", made.install, [&](const std::string& command) { out.value(std::string_view(command)); });
  out.member("start", std::string_view(made.start));
}

void probe(Writer& out, const Probe& given) {
  out.begin_object();
  out.key("request");
  out.begin_object();
  out.member("method", std::string_view(given.request.method));
  out.member("target", std::string_view(given.request.target));
  fields(out, given.request.fields);
  out.member("content", std::string_view(hex(given.request.content)));
  out.end_object();
  out.key("expected");
  out.begin_object();
  out.member("status", given.expected.status);
  out.member("reason", std::string_view(given.expected.reason));
  fields(out, given.expected.fields);
  out.member("content", std::string_view(hex(given.expected.content)));
  list(out, "interim", given.expected.interim, [&](const http::Interim& one) {
    out.begin_object();
    out.member("status", one.status);
    fields(out, one.fields);
    out.end_object();
  });
  out.end_object();
  out.member("exact_content", given.exact_content);
  out.member("exact_fields", given.exact_fields);
  out.end_object();
}

constexpr std::string_view name_of(Verdict verdict) {
  switch (verdict) {
    case Verdict::possible: return "possible";
    case Verdict::cannot: return "cannot";
    case Verdict::not_applicable: return "not_applicable";
  }
  return "";
}

struct Cell {
  std::uint16_t code;
  std::string column;
  Answer answer;
};

// What would end a string, begin an escape or an expression, or a comment, in one of the languages.
constexpr std::string_view hostile_texts[] = {
    "\"", "'", "`", "\\", "\\\\", "a\\", "\\n", "\\\"", "${1 + 1}", "#{1 + 1}", "{0}", "{{ a }}", "%s %d %%", "$(id)", "\\u0022 + \\u000a",
    "\\x41 \\N{DASH} \\101", "\"\"\"", "'''", "*/ // # <!-- -->", "</script><script>", "\"); //", "'); #", "a, b; c=\"d\"",
};
// Only content can hold these.
constexpr std::string_view hostile_contents[] = {
    "line\nline\n", "a\r\nb\rc", "\ttab", std::string_view("nul\0end", 7), "\x01\x1b[31m\x7f", "caf\xC3\xA9 \xE2\x98\x83 \xF0\x9F\x98\x80",
    "\xE2\x80\xA8\xE2\x80\xA9", "\xEF\xBB\xBF", "\xC3", "\xED\xA0\x80", " ", "0", "null",
};

std::string json_string(std::string_view text) {
  Writer out;
  out.value(text);
  return out.take();
}

// Each at a path of its own: in a field, in text, in HTML, as bytes, in JSON as a value and as a name, in a stream.
std::vector<Cell> hostile_cells() {
  std::vector<Cell> cells;
  const auto add = [&](ContentKind kind, std::string content, http::Fields fields = {}) {
    Answer answer;
    answer.content_kind = kind;
    answer.content = std::move(content);
    answer.fields = std::move(fields);
    answer.path = "/hostile/" + std::to_string(cells.size());
    cells.push_back({200, "hostile-" + std::to_string(cells.size()), std::move(answer)});
  };
  const auto add_content = [&](std::string_view text) {
    for (const ContentKind kind : {ContentKind::text, ContentKind::html, ContentKind::bytes, ContentKind::stream}) add(kind, std::string(text));
    const std::string quoted = json_string(text);
    add(ContentKind::json, "{" + quoted + ": [" + quoted + ", {\"a\": " + quoted + "}]}");
    add(ContentKind::problem, "{\"title\": " + quoted + "}");
  };
  for (const std::string_view text : hostile_texts) {
    add(ContentKind::text, "hello", {{"X-Name", std::string(text)}});
    add_content(text);
  }
  for (const std::string_view text : hostile_contents) add_content(text);
  return cells;
}

std::vector<Cell> all_cells() {
  std::vector<Cell> cells;
  for (const std::uint16_t code : matrix_codes())
    for (const Case& column : cases()) cells.push_back({code, std::string(column.name), example(code, column)});
  for (Cell& one : hostile_cells()) cells.push_back(std::move(one));
  return cells;
}

void cell(Writer& out, const Cell& given, Verdict in_project, const Target& target) {
  const Snippet alone = statuslab::snippet::snippet(given.answer, target, Form::complete);
  out.begin_object();
  out.member("code", given.code);
  out.member("case", std::string_view(given.column));
  out.member("verdict", name_of(alone.verdict));
  out.member("in_project", name_of(in_project));
  if (alone.reason) {
    out.key("reason");
    note(out, *alone.reason);
  }
  list(out, "notes", alone.notes, [&](const Note& one) { note(out, one); });
  if (alone.verdict == Verdict::possible) {
    files(out, alone);
    out.member("handler", std::string_view(statuslab::snippet::snippet(given.answer, target, Form::handler).files.front().text));
    list(out, "probes", probes(given.answer), [&](const Probe& one) { probe(out, one); });
  }
  out.end_object();
}

void target(Writer& out, const Target& given, const std::vector<Cell>& cells) {
  std::vector<Answer> answers;
  for (const Cell& one : cells) answers.push_back(one.answer);
  const Project all = project(answers, given);
  out.begin_object();
  out.member("id", given.id);
  out.member("framework", given.framework);
  out.member("name", given.name);
  out.member("version", given.version);
  out.member("language", given.language);
  out.member("runtime", given.runtime);
  out.member("server", given.server);
  files(out, all.app);
  out.key("cells");
  out.begin_array();
  for (std::size_t i = 0; i < cells.size(); ++i) cell(out, cells[i], all.verdicts[i], given);
  out.end_array();
  out.end_object();
}

}  // namespace

int main(int count, char** words) {
  const std::vector<std::string_view> chosen(words + 1, words + count);
  const std::vector<Cell> cells = all_cells();
  Writer out;
  out.begin_array();
  for (const Target& one : targets()) {
    bool wanted = chosen.empty();
    for (const std::string_view word : chosen) wanted = wanted || word == one.id;
    if (wanted) target(out, one, cells);
  }
  out.end_array();
  const std::string text = out.take();
  return std::fwrite(text.data(), 1, text.size(), stdout) == text.size() ? 0 : 1;
}
