// What an answer means, whatever sends it: which kinds go with which codes, the model answers of the matrix, what to ask a
// handler and what must come back.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "snippet/plan.h"
#include "statuslab/registry.h"
#include "statuslab/snippet.h"

namespace statuslab::snippet {
namespace {

constexpr std::array<Case, 20> columns{{
    {"none", Kind::plain, ContentKind::none},
    {"text", Kind::plain, ContentKind::text},
    {"json", Kind::plain, ContentKind::json},
    {"problem", Kind::plain, ContentKind::problem},
    {"html", Kind::plain, ContentKind::html},
    {"bytes", Kind::plain, ContentKind::bytes},
    {"stream", Kind::plain, ContentKind::stream},
    {"events", Kind::plain, ContentKind::events},
    {"redirect", Kind::redirect, ContentKind::none},
    {"created", Kind::created, ContentKind::json},
    {"conditional", Kind::conditional, ContentKind::text},
    {"ranges", Kind::ranges, ContentKind::text},
    {"preflight", Kind::preflight, ContentKind::none},
    {"challenge", Kind::challenge, ContentKind::problem},
    {"retry", Kind::retry, ContentKind::problem},
    {"interim", Kind::interim, ContentKind::text},
    {"upgrade", Kind::upgrade, ContentKind::none},
    {"head", Kind::head, ContentKind::json},
    {"method", Kind::method, ContentKind::text},
    {"negotiation", Kind::negotiation, ContentKind::json},
}};

// Codes that a kind goes with, and the fields it cannot do without: all, or one of them.
struct KindRow {
  Kind kind;
  std::string_view codes;  // separated by spaces; empty: any
  std::string_view field;
  std::string_view other;  // instead of `field`
};
constexpr std::array<KindRow, 12> kinds{{
    {Kind::redirect, "301 302 303 307 308", "Location", ""},
    {Kind::created, "201", "Location", ""},
    {Kind::conditional, "304 412", "ETag", "Last-Modified"},
    {Kind::ranges, "206 416", "", ""},
    {Kind::preflight, "200 204", "Access-Control-Allow-Origin", ""},
    {Kind::challenge, "401", "WWW-Authenticate", ""},
    {Kind::retry, "429 503", "Retry-After", ""},
    {Kind::interim, "", "", ""},
    {Kind::upgrade, "101 426", "Upgrade", ""},
    {Kind::head, "", "", ""},
    {Kind::method, "405", "Allow", ""},
    {Kind::negotiation, "406 415", "", ""},
}};

const KindRow* row_of(Kind kind) {
  const auto* row = std::find_if(kinds.begin(), kinds.end(), [=](const KindRow& one) { return one.kind == kind; });
  return row == kinds.end() ? nullptr : row;
}

// "301 302 303" -> "301, 302, 303"
std::string with_commas(std::string_view codes) {
  std::string text;
  for (const char c : codes) text += c == ' ' ? std::string(", ") : std::string(1, c);
  return text;
}

bool is_bodiless(std::uint16_t status) {
  // RFC 9110 sections 15.3.5, 15.3.6 and 15.4.5.
  return status == 204 || status == 205 || status == 304;
}

bool is_never_sent(std::uint16_t status) {
  const auto rows = find_status(status);
  return !rows.empty() && std::all_of(rows.begin(), rows.end(), [](const StatusInfo& row) {
    return row.log_only || (row.kind == StatusKind::unofficial && row.content == ContentRule::none);
  });
}

std::optional<Note> plain_fault(const Answer& answer) {
  const std::string code = number(answer.status);
  if (answer.status == 100) return Note{NoteId::server_sends_continue, {}};
  if (answer.status == 101) return Note{NoteId::code_needs_kind, {code, "upgrade"}};
  if (answer.status < 200) return Note{NoteId::interim_not_final, {code}};
  if (answer.status == 206) return Note{NoteId::code_needs_kind, {code, "ranges"}};
  if (is_bodiless(answer.status) && answer.content_kind != ContentKind::none) return Note{NoteId::no_content_allowed, {code}};
  if (answer.content_kind == ContentKind::problem && answer.status < 400) return Note{NoteId::problem_of_success, {code}};
  if (answer.content_kind == ContentKind::events && answer.status != 200) return Note{NoteId::events_need_200, {}};
  return std::nullopt;
}

std::optional<Note> kind_fault(const Answer& answer, const KindRow& row) {
  if (!row.codes.empty() && row.codes.find(number(answer.status)) == std::string_view::npos)
    return Note{NoteId::kind_needs_code, {with_commas(row.codes)}};
  const bool has = row.field.empty() || http::has(answer.fields, row.field) ||
                   (!row.other.empty() && http::has(answer.fields, row.other));
  if (!has) return Note{NoteId::field_missing, {std::string(row.field)}};
  if (answer.kind == Kind::negotiation && answer.status == 415 && !http::has(answer.fields, "Accept"))
    return Note{NoteId::field_missing, {"Accept"}};
  if (answer.kind == Kind::interim) {
    const bool hints = !answer.interim.empty() && std::all_of(answer.interim.begin(), answer.interim.end(), [](const auto& one) {
      return one.status >= 102 && one.status < 200;
    });
    if (!hints) return Note{NoteId::kind_needs_code, {"102, 103, 104"}};
    return plain_fault(answer);
  }
  if (answer.kind != Kind::head) return std::nullopt;
  if (answer.content_kind == ContentKind::none || is_bodiless(answer.status))
    return Note{NoteId::head_needs_content, {number(answer.status)}};
  return plain_fault(answer);
}

// --- the model answers ------------------------------------------------------------------------------------------------

struct Required {
  std::uint16_t status;
  std::string_view name;
  std::string_view value;
};
// What the definition of a code requires in every response with it, and where a redirection leads.
constexpr std::array<Required, 15> required{{
    {300, "Location", "/target"},
    {301, "Location", "/target"},
    {302, "Location", "/target"},
    {303, "Location", "/target"},
    {305, "Location", "/target"},
    {307, "Location", "/target"},
    {308, "Location", "/target"},
    {304, "ETag", "\"v1\""},
    {401, "WWW-Authenticate", "Basic realm=\"example\""},
    {405, "Allow", "GET, HEAD"},
    {407, "Proxy-Authenticate", "Basic realm=\"example\""},
    {416, "Content-Range", "bytes */26"},
    {426, "Upgrade", "websocket"},
    {201, "Location", "/target"},
    {226, "IM", "feed"},
}};

struct KindField {
  Kind kind;
  std::uint16_t status;  // 0: any
  std::string_view name;
  std::string_view value;
};
constexpr std::array<KindField, 12> kind_fields{{
    {Kind::conditional, 0, "ETag", "\"v1\""},
    {Kind::conditional, 0, "Last-Modified", "Wed, 21 Oct 2026 07:28:00 GMT"},
    {Kind::ranges, 0, "ETag", "\"v1\""},
    {Kind::preflight, 0, "Access-Control-Allow-Origin", "https://app.example.org"},
    {Kind::preflight, 0, "Access-Control-Allow-Methods", "GET, PUT"},
    {Kind::preflight, 0, "Access-Control-Allow-Headers", "content-type"},
    {Kind::preflight, 0, "Access-Control-Max-Age", "600"},
    {Kind::retry, 0, "Retry-After", "30"},
    {Kind::upgrade, 101, "Upgrade", "echo"},
    {Kind::negotiation, 415, "Accept", "application/json"},
    {Kind::plain, 511, "Cache-Control", "no-store"},
    {Kind::plain, 226, "ETag", "\"v2\""},
}};

std::string title_of(std::uint16_t status) {
  const auto rows = find_status(status);
  return rows.empty() || rows[0].phrase.starts_with('(') ? "Status " + number(status) : std::string(rows[0].phrase);
}

std::string content_of(std::uint16_t status, ContentKind kind) {
  const std::string title = title_of(status);
  switch (kind) {
    case ContentKind::none: return "";
    case ContentKind::text: return title + "\n";
    case ContentKind::json: return "{\"code\": " + number(status) + ", \"message\": \"" + title + "\"}";
    case ContentKind::problem: return "{\"title\": \"" + title + "\", \"status\": " + number(status) + "}";
    case ContentKind::html: return "<!doctype html>\n<html lang=\"en\">\n<title>" + title + "</title>\n<p>" + title + "</p>\n</html>\n";
    case ContentKind::bytes: return std::string("\x89\x00\x01\xFE\xFF\r\n", 7);
    case ContentKind::stream: return "one\ntwo\nthree\n";
    case ContentKind::events: return "data: one\n\ndata: two\n\n";
  }
  return "";
}

constexpr std::string_view alphabet = "abcdefghijklmnopqrstuvwxyz";

// --- probes -----------------------------------------------------------------------------------------------------------

http::Fields without(http::Fields fields, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) http::remove(fields, name);
  return fields;
}

struct Prober {
  const Answer& answer;
  const Plan& plan;
  std::vector<Probe> made{};

  Probe& ask(std::string_view method, std::uint16_t status) {
    Probe& probe = made.emplace_back();
    probe.request.method = method;
    probe.request.target = answer.path;
    probe.expected.status = status;
    return probe;
  }
  // The response with the content and the fields of the answer, under any status.
  Probe& whole(std::string_view method, std::uint16_t status) {
    Probe& probe = ask(method, status);
    probe.expected.fields = plan.fields;
    if (plan.has_content()) probe.expected.fields.push_back({"Content-Type", plan.media});
    if (method != "HEAD") probe.expected.content = plan.content;
    return probe;
  }
};

void probe_conditions(Prober& prober) {
  const std::string_view etag = prober.plan.field("ETag");
  const std::string_view modified = prober.plan.field("Last-Modified");
  if (prober.answer.status == 412) {
    const std::string_view name = etag.empty() ? "If-Unmodified-Since" : "If-Match";
    Probe& stale = prober.ask("PUT", 412);
    stale.request.fields.push_back({std::string(name), etag.empty() ? "Thu, 01 Jan 1970 00:00:00 GMT" : "\"another\""});
    stale.exact_content = false;
    prober.ask("PUT", 204).request.fields.push_back({std::string(name), std::string(etag.empty() ? modified : etag)});
    return;
  }
  prober.whole("GET", 200);
  const std::string_view name = etag.empty() ? "If-Modified-Since" : "If-None-Match";
  Probe& same = prober.ask("GET", 304);
  same.request.fields.push_back({std::string(name), std::string(etag.empty() ? modified : etag)});
  if (!etag.empty()) same.expected.fields.push_back({"ETag", std::string(etag)});
  if (!etag.empty()) prober.whole("GET", 200).request.fields.push_back({"If-None-Match", "\"another\""});
}

void probe_ranges(Prober& prober) {
  const std::size_t size = prober.plan.content.size();
  prober.whole("GET", 200);
  const std::string all = number(size);
  if (size > 1) {
    const std::size_t last = std::min<std::size_t>(5, size - 1);
    Probe& part = prober.whole("GET", 206);
    part.request.fields.push_back({"Range", "bytes=1-" + number(last)});
    part.expected.fields.push_back({"Content-Range", "bytes 1-" + number(last) + "/" + all});
    part.expected.content = prober.plan.content.substr(1, last);
  }
  Probe& beyond = prober.ask("GET", 416);
  beyond.request.fields.push_back({"Range", "bytes=" + all + "-"});
  beyond.expected.fields.push_back({"Content-Range", "bytes */" + all});
  beyond.exact_content = false;
}

std::string first_of(std::string_view list) { return std::string(ascii::trim(list.substr(0, list.find(',')))); }

void probe_preflight(Prober& prober) {
  Probe& probe = prober.whole("OPTIONS", prober.answer.status);
  http::Fields& fields = probe.request.fields;
  const std::string_view origin = prober.plan.field("Access-Control-Allow-Origin");
  fields.push_back({"Origin", origin == "*" ? "https://app.example.org" : std::string(origin)});
  fields.push_back({"Access-Control-Request-Method", first_of(prober.plan.field("Access-Control-Allow-Methods"))});
  const std::string_view headers = prober.plan.field("Access-Control-Allow-Headers");
  if (!headers.empty()) fields.push_back({"Access-Control-Request-Headers", std::string(headers)});
  probe.exact_content = false;
}

void probe_methods(Prober& prober) {
  const std::vector<std::string>& allowed = prober.plan.methods;
  const auto allows = [&](std::string_view method) { return std::find(allowed.begin(), allowed.end(), method) != allowed.end(); };
  const http::Fields fields = without(prober.plan.fields, {"Allow"});
  for (const std::string& method : allowed) {
    if (method == "OPTIONS") continue;
    const bool serves = method == "GET" || method == "HEAD";
    Probe& probe = serves ? prober.whole(method, 200) : prober.ask(method, 204);
    http::remove(probe.expected.fields, "Allow");
  }
  for (const std::string_view method : {"DELETE", "PATCH", "PUT", "POST", "GET"}) {
    if (allows(method)) continue;
    Probe& refused = prober.ask(method, 405);
    refused.expected.fields.push_back({"Allow", std::string(prober.plan.field("Allow"))});
    refused.exact_content = false;
    return;
  }
}

void probe_negotiation(Prober& prober) {
  if (prober.answer.status == 406) {
    prober.whole("GET", 200).request.fields.push_back({"Accept", std::string(prober.plan.essence())});
    Probe& refused = prober.ask("GET", 406);
    refused.request.fields.push_back({"Accept", "image/x-nothing"});
    refused.exact_content = false;
    return;
  }
  Probe& taken = prober.ask("POST", 204);
  taken.request.fields.push_back({"Content-Type", first_of(prober.plan.field("Accept"))});
  taken.request.content = "{}";
  Probe& refused = prober.ask("POST", 415);
  refused.request.fields.push_back({"Content-Type", "image/x-nothing"});
  refused.request.content = "{}";
  refused.expected.fields.push_back({"Accept", std::string(prober.plan.field("Accept"))});
  refused.exact_content = false;
}

void probe_upgrade(Prober& prober) {
  Probe& probe = prober.whole(prober.answer.method, prober.answer.status);
  if (prober.answer.status != 101) return;
  probe.request.fields.push_back({"Connection", "Upgrade"});
  probe.request.fields.push_back({"Upgrade", std::string(prober.plan.field("Upgrade"))});
}

void probe_plain(Prober& prober) {
  Probe& probe = prober.whole(prober.answer.method, prober.answer.status);
  probe.expected.interim = prober.answer.interim;
  probe.exact_content = prober.answer.kind != Kind::redirect;
}

void probe_head(Prober& prober) {
  prober.whole("GET", prober.answer.status);
  prober.whole("HEAD", prober.answer.status);
}

using Probing = void (*)(Prober&);
Probing probing_of(Kind kind) {
  switch (kind) {
    case Kind::conditional: return probe_conditions;
    case Kind::ranges: return probe_ranges;
    case Kind::preflight: return probe_preflight;
    case Kind::upgrade: return probe_upgrade;
    case Kind::head: return probe_head;
    case Kind::method: return probe_methods;
    case Kind::negotiation: return probe_negotiation;
    default: return probe_plain;
  }
}

}  // namespace

std::optional<Note> inapplicable(const Answer& answer) {
  if (answer.status < 100 || answer.status > 999) return Note{NoteId::status_invalid, {number(answer.status)}};
  if (is_never_sent(answer.status)) return Note{NoteId::log_only, {number(answer.status)}};
  const KindRow* row = row_of(answer.kind);
  return row == nullptr ? plain_fault(answer) : kind_fault(answer, *row);
}

std::span<const Case> cases() { return columns; }

const Case* find_case(std::string_view name) {
  const auto* found = std::find_if(columns.begin(), columns.end(), [=](const Case& one) { return one.name == name; });
  return found == columns.end() ? nullptr : found;
}

Answer example(std::uint16_t status, const Case& column) {
  Answer answer;
  answer.kind = column.kind;
  answer.status = status;
  answer.content_kind = column.content;
  answer.path = "/" + number(status) + "/" + std::string(column.name);
  if (column.kind == Kind::upgrade && status == 426) answer.content_kind = ContentKind::text;
  if (column.kind == Kind::negotiation && status == 415) answer.content_kind = ContentKind::none;
  if (column.kind == Kind::interim && (status == 102 || status == 103 || status == 104)) {
    http::Interim& interim = answer.interim.emplace_back();
    interim.status = status;
    if (status == 103) interim.fields.push_back({"Link", "</style.css>; rel=preload; as=style"});
    answer.status = 200;
  }
  answer.content = column.kind == Kind::ranges ? std::string(alphabet) : content_of(answer.status, answer.content_kind);
  // Content of these is that of the 200.
  if (column.kind == Kind::conditional || column.kind == Kind::method || column.kind == Kind::negotiation)
    answer.content = content_of(200, answer.content_kind);
  for (const Required& field : required) {
    const bool is_of_part = column.kind == Kind::ranges || column.kind == Kind::conditional;
    if (field.status == status && !is_of_part) http::set(answer.fields, field.name, std::string(field.value));
  }
  for (const KindField& field : kind_fields)
    if (field.kind == column.kind && (field.status == 0 || field.status == status))
      http::set(answer.fields, field.name, std::string(field.value));
  if (column.kind == Kind::created) answer.method = "POST";
  if (column.kind == Kind::conditional && status == 412) {
    answer.method = "PUT";
    answer.content_kind = ContentKind::none;
    answer.content.clear();
  }
  if (column.kind == Kind::preflight) answer.method = "OPTIONS";
  if (column.kind == Kind::negotiation && status == 415) answer.method = "POST";
  return answer;
}

std::vector<std::uint16_t> matrix_codes() {
  std::vector<std::uint16_t> codes;
  for (const StatusInfo& row : all_statuses())
    if (row.code >= 100 && (codes.empty() || codes.back() != row.code)) codes.push_back(row.code);
  return codes;
}

std::vector<Probe> probes(const Answer& answer) {
  const std::variant<Plan, Note> planned = plan_of(answer);
  const Plan* plan = std::get_if<Plan>(&planned);
  if (plan == nullptr || inapplicable(answer)) return {};
  Prober prober{answer, *plan};
  probing_of(answer.kind)(prober);
  return std::move(prober.made);
}

}  // namespace statuslab::snippet
