#include "snippet/plan.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/ascii.h"
#include "base/utf8.h"
#include "statuslab/registry.h"
#include "syntax/rfc8259.h"
#include "syntax/rfc9110.h"

namespace statuslab::snippet {
namespace {

struct ConstantRow {
  std::string_view table;
  std::uint16_t code;
  std::string_view name;
};
constexpr ConstantRow constants[] = {
#include "snippet_constant_table.inc"
};

constexpr std::array<std::string_view, 7> routable{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};

bool is_routable(std::string_view method) { return std::find(routable.begin(), routable.end(), method) != routable.end(); }

// Message framing and what each hop does by itself (RFC 9110 sections 6.6.1, 7.6.1, 8.6, RFC 9112 section 6.1).
constexpr std::array<std::string_view, 9> sent_by_servers{
    "connection", "content-length", "date", "keep-alive", "proxy-connection", "server", "te", "trailer", "transfer-encoding",
};

constexpr std::array<std::string_view, 8> medias{
    "", "text/plain; charset=utf-8", "application/json", "application/problem+json", "text/html; charset=utf-8",
    "application/octet-stream", "text/plain; charset=utf-8", "text/event-stream",
};

bool is_visible_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return (c >= ' ' && c <= '~') || c == '\t'; });
}

bool has_control(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return (ascii::byte(c) < 0x20 && c != '\t') || c == 0x7F; });
}

std::optional<Note> field_fault(const http::Field& field) {
  if (field.name.empty() || !std::all_of(field.name.begin(), field.name.end(), ascii::is_tchar))
    return Note{NoteId::field_name_invalid, {field.name}};
  // RFC 9110 section 5.5: "Field values containing CR, LF, or NUL characters are invalid and dangerous".
  if (has_control(field.value)) return Note{NoteId::field_line_break, {field.name}};
  if (!is_visible_ascii(field.value)) return Note{NoteId::field_not_ascii, {field.name}};
  return std::nullopt;
}

std::optional<Note> fields_fault(const http::Fields& fields) {
  for (const http::Field& field : fields)
    if (auto fault = field_fault(field)) return fault;
  return std::nullopt;
}

// Segments of unreserved characters (RFC 3986 section 2.3), none of them empty but the last, none "." or "..".
bool is_plain_path(std::string_view path) {
  if (path.empty() || path[0] != '/') return false;
  std::string_view rest = path.substr(1);
  while (!rest.empty()) {
    const std::string_view segment = rest.substr(0, rest.find('/'));
    if (segment.empty() || segment == "." || segment == "..") return false;
    const bool plain = std::all_of(segment.begin(), segment.end(), [](char c) {
      return ascii::is_alpha(c) || ascii::is_digit(c) || c == '-' || c == '.' || c == '_' || c == '~';
    });
    if (!plain) return false;
    rest.remove_prefix(std::min(rest.size(), segment.size() + 1));
  }
  return true;
}

// Words of the path, as many as leave a declaration in one line.
std::string name_of(std::string_view path) {
  constexpr std::size_t most = 40;
  std::string name;
  for (const char c : path) {
    if (ascii::is_alpha(c) || ascii::is_digit(c))
      name += ascii::lower(c);
    else if (!name.empty() && name.back() != '_')
      name += '_';
  }
  if (name.size() > most) name.resize(name.rfind('_', most) == std::string::npos ? most : name.rfind('_', most));
  while (!name.empty() && name.back() == '_') name.pop_back();
  if (name.empty()) return "index";
  return ascii::is_digit(name[0]) ? "answer_" + name : name;
}

// Each part with the empty line (or the line ending) that ends it.
std::vector<std::string> split(std::string_view text, std::string_view end) {
  std::vector<std::string> parts;
  while (!text.empty()) {
    const std::size_t found = text.find(end);
    const std::size_t size = found == std::string_view::npos ? text.size() : found + end.size();
    parts.emplace_back(text.substr(0, size));
    text.remove_prefix(size);
  }
  return parts;
}

// Text goes out as UTF-8; another charset, or bytes that are none, go out as bytes.
bool is_utf8_text(const Plan& plan) {
  const std::string media = lower(plan.media);
  const std::size_t charset = media.find("charset=");
  const bool named = charset == std::string::npos || media.find("utf-8", charset) != std::string::npos;
  return named && utf8::first_invalid(plan.content) == plan.content.size();
}

void take_fields(const Answer& answer, Plan& plan) {
  for (const http::Field& field : answer.fields) {
    const std::string name = lower(field.name);
    const std::string value(ascii::trim(field.value));
    if (name == "content-type") {
      plan.media = value;
    } else if (std::find(sent_by_servers.begin(), sent_by_servers.end(), name) != sent_by_servers.end()) {
      // RFC 9110 section 7.8: "A sender of Upgrade MUST also send an 'Upgrade' connection option"; it is added below.
      if (name != "connection" || !http::has(answer.fields, "Upgrade")) plan.notes.push_back({NoteId::server_sets_field, {field.name}});
    } else {
      plan.fields.push_back({field.name, value});
    }
  }
  if (http::has(answer.fields, "Upgrade")) plan.fields.push_back({"Connection", "Upgrade"});
}

void take_content(const Answer& answer, Plan& plan) {
  if (!plan.has_content()) return;
  plan.content = answer.content;
  if (plan.media.empty()) plan.media = medias[static_cast<std::size_t>(plan.content_kind)];
  plan.is_text = plan.content_kind != ContentKind::bytes && is_utf8_text(plan);
  if (plan.is_streamed()) plan.parts = split(plan.content, plan.content_kind == ContentKind::events ? "\n\n" : "\n");
  if (plan.is_streamed() && plan.parts.empty()) plan.parts.emplace_back();
}

std::string phrase_of(std::uint16_t status) {
  const auto rows = find_status(status);
  if (rows.empty() || rows[0].phrase.starts_with('(')) return "";
  return std::string(rows[0].phrase);
}

}  // namespace

std::string_view Plan::field(std::string_view wanted) const {
  const std::string* value = http::find(fields, wanted);
  return value == nullptr ? std::string_view{} : std::string_view(*value);
}

std::vector<std::string> Plan::list(std::string_view wanted) const { return syntax::list_members(fields, wanted); }

std::string_view Plan::essence() const {
  return ascii::trim(std::string_view(media).substr(0, media.find(';')));
}

std::string unroutable_method(Kind kind, const http::Fields& fields) {
  if (kind != Kind::method && kind != Kind::preflight) return {};
  for (std::string& method : syntax::list_members(fields, kind == Kind::method ? "Allow" : "Access-Control-Allow-Methods"))
    if (!is_routable(method)) return std::move(method);
  return {};
}

std::variant<Plan, Note> plan_of(const Answer& answer) {
  if (auto fault = fields_fault(answer.fields)) return *fault;
  for (const http::Interim& interim : answer.interim)
    if (auto fault = fields_fault(interim.fields)) return *fault;
  if (has_control(answer.reason) || !is_visible_ascii(answer.reason)) return Note{NoteId::reason_invalid, {}};
  if (!is_plain_path(answer.path)) return Note{NoteId::path_unusable, {answer.path}};
  if (!is_routable(answer.method)) return Note{NoteId::method_unusable, {answer.method}};
  if (std::string method = unroutable_method(answer.kind, answer.fields); !method.empty())
    return Note{NoteId::method_unusable, {std::move(method)}};
  const bool is_json = answer.content_kind == ContentKind::json || answer.content_kind == ContentKind::problem;
  if (is_json && !syntax::parse_json(answer.content).is_valid()) return Note{NoteId::json_invalid, {}};

  Plan plan;
  plan.kind = answer.kind;
  plan.content_kind = answer.content_kind;
  plan.status = answer.status;
  plan.phrase = phrase_of(answer.status);
  if (answer.reason != plan.phrase) plan.reason = answer.reason;
  plan.method = answer.method;
  plan.path = answer.path;
  plan.name = name_of(answer.path);
  plan.interim = answer.interim;
  take_fields(answer, plan);
  take_content(answer, plan);
  if (plan.kind == Kind::method) plan.methods = plan.list("Allow");
  if (plan.status >= 600) plan.notes.push_back({NoteId::class_undefined, {number(plan.status)}});
  return plan;
}

std::string camel(std::string_view snake, bool upper) {
  std::string text;
  for (const char c : snake) {
    if (c == '_') {
      upper = true;
      continue;
    }
    text += upper && c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    upper = false;
  }
  return text;
}

std::string lower(std::string_view text) {
  std::string made(text);
  std::transform(made.begin(), made.end(), made.begin(), ascii::lower);
  return made;
}

std::string number(std::size_t value) {
  std::array<char, 24> digits{};
  return {digits.data(), std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr};
}

std::string_view constant_of(std::string_view table, std::uint16_t code) {
  const auto before = [](const ConstantRow& row, const ConstantRow& key) {
    return row.table != key.table ? row.table < key.table : row.code < key.code;
  };
  const ConstantRow wanted{table, code, {}};
  const auto* row = std::lower_bound(std::begin(constants), std::end(constants), wanted, before);
  return row != std::end(constants) && row->table == table && row->code == code ? row->name : std::string_view{};
}

std::string code_and_phrase(const Plan& plan) {
  return plan.phrase.empty() ? number(plan.status) : number(plan.status) + " " + plan.phrase;
}

}  // namespace statuslab::snippet
