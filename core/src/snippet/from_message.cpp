// "Write this in ...": a response as it was seen, as an answer. What a 304, a 405 or a HEAD does not show, the content of the
// GET, is made up as a short text.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "snippet/plan.h"
#include "statuslab/parse.h"
#include "statuslab/registry.h"
#include "statuslab/snippet.h"
#include "syntax/rfc8259.h"

namespace statuslab::snippet {
namespace {

std::string content_of(const Message& message, std::string_view text) {
  if (message.framing != Framing::chunked) return std::string(slice(text, message.content));
  std::string content;
  for (const Chunk& chunk : message.chunks) content += slice(text, chunk.data);
  return content;
}

http::Fields fields_of(const Message& message, std::string_view text) {
  const std::optional<std::string> unfolded = unfold(text, {&message, 1});
  if (unfolded) text = *unfolded;
  http::Fields fields;
  for (const FieldLine& line : message.fields)
    fields.push_back({std::string(slice(text, line.name)), std::string(slice(text, line.value))});
  return fields;
}

struct MediaKind {
  std::string_view essence;
  ContentKind kind;
  std::string_view usual;  // what the kind means by itself
};
constexpr std::array<MediaKind, 5> medias{{
    {"application/json", ContentKind::json, "application/json"},
    {"application/problem+json", ContentKind::problem, "application/problem+json"},
    {"text/event-stream", ContentKind::events, "text/event-stream"},
    {"text/html", ContentKind::html, "text/html; charset=utf-8"},
    {"text/plain", ContentKind::text, "text/plain; charset=utf-8"},
}};

bool is_json(std::string_view content) { return syntax::parse_json(content).is_valid(); }

// The kind of the content, and Content-Type out of the fields where the kind says it already.
void take_content(Answer& answer) {
  const std::string media = lower(http::combined(answer.fields, "Content-Type").value_or(""));
  const std::string essence(ascii::trim(std::string_view(media).substr(0, media.find(';'))));
  const bool coded = http::has(answer.fields, "Content-Encoding");
  const bool is_text = utf8::first_invalid(answer.content) == answer.content.size();
  const auto* row = std::find_if(medias.begin(), medias.end(), [&](const MediaKind& one) { return one.essence == essence; });
  answer.content_kind = !is_text || coded ? ContentKind::bytes : row != medias.end() ? row->kind : ContentKind::text;
  if (essence.ends_with("+json") && row == medias.end() && is_text && !coded) answer.content_kind = ContentKind::json;
  const bool wants_json = answer.content_kind == ContentKind::json || answer.content_kind == ContentKind::problem;
  if (wants_json && !is_json(answer.content)) answer.content_kind = ContentKind::text;
  if (answer.content_kind == ContentKind::events && answer.status != 200) answer.content_kind = ContentKind::text;
  if (answer.content_kind == ContentKind::problem && answer.status < 400) answer.content_kind = ContentKind::json;
  const bool said = row != medias.end() && row->kind == answer.content_kind && (media == row->essence || media == row->usual);
  if (said) http::remove(answer.fields, "Content-Type");
}

struct KindRow {
  std::uint16_t status;
  std::string_view field;  // that has to be there
  Kind kind;
};
constexpr std::array<KindRow, 15> kinds{{
    {101, "Upgrade", Kind::upgrade},
    {201, "Location", Kind::created},
    {206, "", Kind::ranges},
    {301, "Location", Kind::redirect},
    {302, "Location", Kind::redirect},
    {303, "Location", Kind::redirect},
    {304, "ETag", Kind::conditional},
    {304, "Last-Modified", Kind::conditional},
    {307, "Location", Kind::redirect},
    {308, "Location", Kind::redirect},
    {401, "WWW-Authenticate", Kind::challenge},
    {405, "Allow", Kind::method},
    {426, "Upgrade", Kind::upgrade},
    {429, "Retry-After", Kind::retry},
    {503, "Retry-After", Kind::retry},
}};

// A kind that would need routes for other methods than there are gives way to the fields alone.
Kind kind_with_routes(Kind kind, const Answer& answer) {
  return unroutable_method(kind, answer.fields).empty() ? kind : Kind::plain;
}

Kind kind_of(const Answer& answer) {
  const bool preflight = answer.method == "OPTIONS" && http::has(answer.fields, "Access-Control-Allow-Origin") &&
                         (answer.status == 200 || answer.status == 204);
  if (preflight) return kind_with_routes(Kind::preflight, answer);
  const auto* row = std::find_if(kinds.begin(), kinds.end(), [&](const KindRow& one) {
    return one.status == answer.status && (one.field.empty() || http::has(answer.fields, one.field));
  });
  if (row != kinds.end()) return kind_with_routes(row->kind, answer);
  return answer.method == "HEAD" ? Kind::head : Kind::plain;
}

// The GET that belongs to it has content.
void make_up_content(Answer& answer) {
  answer.method = "GET";
  http::remove(answer.fields, "Content-Range");
  if (!answer.content.empty() && answer.kind == Kind::ranges) return;
  http::remove(answer.fields, "Content-Type");
  answer.content_kind = ContentKind::text;
  answer.content = "content\n";
}

std::string path_of(std::string_view target) {
  if (const std::size_t scheme = target.find("://"); scheme != std::string_view::npos && !target.starts_with('/')) {
    const std::size_t slash = target.find('/', scheme + 3);
    target = slash == std::string_view::npos ? "/" : target.substr(slash);
  }
  return std::string(target.substr(0, target.find_first_of("?#")));
}

}  // namespace

Answer answer_of(const Message& response, std::string_view text, const Message* request, std::string_view request_text) {
  Answer answer;
  answer.status = response.status;
  answer.fields = fields_of(response, text);
  const auto rows = find_status(response.status);
  const std::string_view reason = slice(text, response.reason);
  if (rows.empty() || rows[0].phrase != reason) answer.reason = reason;
  if (request != nullptr && request->is_request()) {
    answer.method = slice(request_text, request->method);
    answer.path = path_of(slice(request_text, request->target));
  }
  if (answer.path.empty() || answer.path[0] != '/') answer.path = "/";
  if (response.status >= 102 && response.status < 200) {
    answer.kind = Kind::interim;
    answer.interim.push_back({response.status, std::move(answer.fields)});
    answer.fields.clear();
    answer.reason.clear();
    answer.status = 200;
    answer.content_kind = ContentKind::text;
    answer.content = "content\n";
    return answer;
  }
  answer.content = content_of(response, text);
  answer.kind = kind_of(answer);
  // RFC 9110 section 6.4.1: these have no content, whatever follows their header section.
  const bool bodiless = response.status == 204 || response.status == 205 || response.status == 304 || response.status == 101;
  if (bodiless) answer.content.clear();
  if (!answer.content.empty()) take_content(answer);
  const bool of_another = answer.kind == Kind::ranges || answer.kind == Kind::conditional || answer.kind == Kind::method ||
                          answer.kind == Kind::head;
  if (of_another) make_up_content(answer);
  if (answer.content_kind == ContentKind::none) http::remove(answer.fields, "Content-Type");
  return answer;
}

}  // namespace statuslab::snippet
