// Content-Type against the bytes, the charset, and what browsers do with both (RFC 9110 section 8.3, MIME Sniffing, HTML).
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/content_type.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// --- names of types ------------------------------------------------------------------------------------------------

struct Renamed {
  std::string_view from;
  std::string_view to;
};

// Types that nobody registered and that name a registered one in other words.
constexpr std::array<Renamed, 24> misnamed{{
    {"application/text", "text/plain"},
    {"plain/text", "text/plain"},
    {"text/text", "text/plain"},
    {"text/json", "application/json"},
    {"application/x-json", "application/json"},
    {"json/application", "application/json"},
    {"application/html", "text/html"},
    {"html/text", "text/html"},
    {"application/xhtml", "application/xhtml+xml"},
    {"application/css", "text/css"},
    {"text/js", "text/javascript"},
    {"application/js", "text/javascript"},
    {"image/jpg", "image/jpeg"},
    {"image/svg", "image/svg+xml"},
    {"text/svg", "image/svg+xml"},
    {"application/csv", "text/csv"},
    {"text/md", "text/markdown"},
    {"application/yml", "application/yaml"},
    {"application/rss", "application/rss+xml"},
    {"audio/mp3", "audio/mpeg"},
    {"video/mpg", "video/mpeg"},
    {"application/binary", "application/octet-stream"},
    {"application/x-www-form-urlencode", "application/x-www-form-urlencoded"},
    {"multipart/formdata", "multipart/form-data"},
}};

// Registered as obsolete (RFC 9239, RFC 8081), or experiments that a registration has overtaken.
constexpr std::array<Renamed, 16> superseded{{
    {"application/javascript", "text/javascript"},
    {"application/x-javascript", "text/javascript"},
    {"application/ecmascript", "text/javascript"},
    {"text/ecmascript", "text/javascript"},
    {"text/x-javascript", "text/javascript"},
    {"application/font-woff", "font/woff"},
    {"application/x-font-woff", "font/woff"},
    {"application/font-woff2", "font/woff2"},
    {"application/x-font-ttf", "font/ttf"},
    {"application/x-gzip", "application/gzip"},
    {"application/x-zip-compressed", "application/zip"},
    {"application/x-yaml", "application/yaml"},
    {"text/yaml", "application/yaml"},
    {"text/x-yaml", "application/yaml"},
    {"image/x-png", "image/png"},
    {"text/x-csv", "text/csv"},
}};

// What misspelt names are compared with.
constexpr std::array<std::string_view, 16> common{
    "text/html", "text/plain", "text/css", "text/javascript", "text/csv", "text/event-stream", "application/json",
    "application/xml", "application/pdf", "application/octet-stream", "application/problem+json", "image/png",
    "image/jpeg", "image/webp", "multipart/form-data", "application/x-www-form-urlencoded"};

template <std::size_t size>
std::string_view renamed(const std::array<Renamed, size>& table, std::string_view type) {
  for (const Renamed& row : table)
    if (row.from == type) return row.to;
  return {};
}

// The common type this one is a slip of; empty where it is that type, or none is near. One letter more or less can be
// another type ("text/xml"), so the name has to be long.
std::string_view slip_of(std::string_view type) {
  if (std::find(common.begin(), common.end(), type) != common.end()) return {};
  for (const std::string_view other : common)
    if (other.size() >= 9 && type.find('+') == std::string_view::npos && type != "application/jsonl" && edit_distance(type, other, 1) == 1) return other;
  return {};
}

Span essence_span(const FieldView& field) {
  const std::string_view value = field.value();
  return field.message().span_of(ascii::trim(value.substr(0, value.find(';'))));
}

// --- what the bytes are ---------------------------------------------------------------------------------------------

struct Magic {
  std::string_view bytes;
  std::size_t at;
  std::string_view type;
  std::string_view fits;  // other types that such bytes are sent with, separated by spaces; "x/" stands for all of x
};

using namespace std::string_view_literals;

// MIME Sniffing sections 6.1 to 6.4, and WebAssembly.
constexpr std::array<Magic, 15> magics{{
    {"\x89PNG\r\n\x1A\n"sv, 0, "image/png", "image/apng image/vnd.mozilla.apng"},
    {"\xFF\xD8\xFF"sv, 0, "image/jpeg", "image/jpg image/pjpeg"},
    {"GIF87a"sv, 0, "image/gif", ""},
    {"GIF89a"sv, 0, "image/gif", ""},
    {"WEBPVP"sv, 8, "image/webp", ""},
    {"ftypavif"sv, 4, "image/avif", "image/avif-sequence"},
    {"ftyp"sv, 4, "video/mp4", "video/ audio/ image/ application/mp4 application/vnd.apple.mpegurl"},
    {"\x1A\x45\xDF\xA3"sv, 0, "video/webm", "video/ audio/ application/"},
    {"OggS\0"sv, 0, "audio/ogg", "audio/ video/ application/"},
    {"ID3\x03"sv, 0, "audio/mpeg", "audio/"},
    {"%PDF-"sv, 0, "application/pdf", "application/x-pdf application/acrobat application/illustrator"},
    {"PK\x03\x04"sv, 0, "application/zip", "application/ model/ font/ image/openraster"},
    {"wOFF"sv, 0, "font/woff", "application/font-woff application/x-font-woff"},
    {"wOF2"sv, 0, "font/woff2", "application/font-woff2"},
    {"\0asm\x01\0\0\0"sv, 0, "application/wasm", ""},
}};

const Magic* magic_of(std::string_view text) {
  for (const Magic& magic : magics)
    if (text.size() >= magic.at + magic.bytes.size() && text.substr(magic.at, magic.bytes.size()) == magic.bytes) return &magic;
  return nullptr;
}

bool fits(const Magic& magic, const ContentView& content) {
  const std::string_view type = content.type();
  if (type == magic.type || type == "application/octet-stream" || type == "binary/octet-stream") return true;
  if (content.kind() != ContentKind::any) return false;
  std::string_view list = magic.fits;
  while (!list.empty()) {
    const std::size_t end = std::min(list.find(' '), list.size());
    const std::string_view entry = list.substr(0, end);
    if (entry.ends_with('/') ? type.starts_with(entry) : type == entry) return true;
    list.remove_prefix(std::min(end + 1, list.size()));
  }
  return false;
}

// --- charset ---------------------------------------------------------------------------------------------------------

std::string_view unquoted(std::string_view value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

std::string_view charset_of(const ContentView& content) {
  return unquoted(content.message().text(content.parameter("charset")));
}

bool is_utf8_name(std::string_view charset) { return is_one_of(charset, {"utf-8", "utf8"}); }

// Families of names that IANA has registered or browsers know.
bool is_known_charset(std::string_view charset) {
  if (ascii::starts_with_ignoring_case(charset, "utf")) {
    std::string_view rest = charset.substr(3);
    if (rest.starts_with('-')) rest.remove_prefix(1);
    return is_one_of(rest, {"7", "8", "16", "16le", "16be", "32", "32le", "32be"});
  }
  if (is_one_of(charset, {"us-ascii", "ascii", "sjis", "macintosh", "viscii"})) return true;
  for (const std::string_view family : {"iso", "latin", "windows-", "cp", "ibm", "cs", "gb", "big5", "euc-", "koi8", "shift", "x-",
                                        "ks_c", "hz-", "tis-", "mac", "scsu", "bocu", "ebcdic", "jis_", "ansi_x3", "dec-mcs"})
    if (ascii::starts_with_ignoring_case(charset, family)) return true;
  return false;
}

// HTML: "The element containing the character encoding declaration must be serialized completely within the first 1024
// bytes of the document." Empty where there is none.
std::string_view meta_charset(std::string_view html) {
  const std::string_view start = html.substr(0, 1024);
  for (std::size_t at = ascii::find_ignoring_case(start, "<meta"); at != std::string_view::npos;
       at = ascii::find_ignoring_case(start, "<meta", at + 1)) {
    const std::size_t end = std::min(start.find('>', at), start.size());
    const std::size_t charset = ascii::find_ignoring_case(start.substr(0, end), "charset=", at);
    if (charset == std::string_view::npos) continue;
    std::size_t begin = charset + 8;
    while (begin < end && (start[begin] == '"' || start[begin] == '\'')) ++begin;
    const std::size_t stop = std::min(start.find_first_of("\"' />;", begin), end);
    return start.substr(begin, stop - begin);
  }
  return {};
}

bool is_text_to_judge(const ContentView& content) {
  return content.is_whole() && !content.is_coded() && content.kind() != ContentKind::json && magic_of(content.text()) == nullptr;
}

bool is_javascript(std::string_view type) {
  return is_one_of(type, {"text/javascript", "application/javascript", "application/x-javascript", "application/ecmascript",
                          "application/x-ecmascript", "text/ecmascript", "text/jscript", "text/livescript", "text/x-ecmascript",
                          "text/x-javascript"}) ||
         ascii::starts_with_ignoring_case(type, "text/javascript1.");
}

}  // namespace

void check_content_type_misnamed(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  const std::string type = media_type_essence(field.value());
  std::string_view right = renamed(misnamed, type);
  if (right.empty()) right = slip_of(type);
  if (right.empty()) return;
  report.at(essence_span(field)).with("type", type).with("right", right).fix(0, right);
}

void check_content_type_superseded(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  const std::string type = media_type_essence(field.value());
  const std::string_view right = renamed(superseded, type);
  if (!right.empty())
    report.at(essence_span(field)).with("type", type).with("right", right).fix(0, right);
}

void check_content_type_contradicts_bytes(const ContentView& content, Reporter& report) {
  if (content.type().empty() || !content.is_whole() || content.is_coded()) return;
  const Magic* magic = magic_of(content.text());
  if (magic == nullptr || fits(*magic, content)) return;
  const Span place = essence_span(content.message().field(FieldId::content_type));
  report.at(place).with("type", content.type()).with("actual", magic->type).fix(0, magic->type);
}

void check_charset_unknown(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  const ContentView& content = field.message().content();
  const std::string_view charset = charset_of(content);
  if (!syntax::is_token(charset) || charset.find('\'') != std::string_view::npos || is_known_charset(charset)) return;
  Report& finding = report.at(charset);
  finding.with("charset", charset);
  if (ascii::starts_with_ignoring_case(charset, "utf") || is_one_of(charset, {"unicode"})) finding.fix(0, "utf-8");
}

void check_charset_contradicts_bytes(const ContentView& content, Reporter& report) {
  const std::string_view charset = charset_of(content);
  if (!is_text_to_judge(content)) return;
  if (!is_utf8_name(charset) && !is_one_of(charset, {"us-ascii", "ascii"})) return;
  if (content.is_utf8()) return;
  report.at(content.span(content.invalid_at(), content.invalid_at() + 1)).with("charset", charset);
}

void check_charset_is_utf_8(const ContentView& content, Reporter& report) {
  const std::string_view charset = charset_of(content);
  if (charset.empty() || is_utf8_name(charset) || !is_text_to_judge(content) || !content.is_utf8()) return;
  if (!ascii::starts_with_ignoring_case(charset, "iso-8859-") && !ascii::starts_with_ignoring_case(charset, "windows-125") && !ascii::starts_with_ignoring_case(charset, "latin") &&
      !is_one_of(charset, {"us-ascii", "ascii"}))
    return;
  const std::string_view text = content.text();
  if (std::none_of(text.begin(), text.end(), [](char c) { return ascii::byte(c) >= 0x80; })) return;
  report.at(charset).with("charset", charset).fix(0, "utf-8");
}

void check_html_charset_missing(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  if (!content.parameter("charset").empty() || text.starts_with("\xEF\xBB\xBF") || !meta_charset(text).empty()) return;
  const bool is_ascii = std::all_of(text.begin(), text.end(), [](char c) { return ascii::byte(c) < 0x80; });
  if (is_ascii && ascii::find_ignoring_case(text.substr(0, 1024), "<head") == std::string_view::npos) return;
  const Span type = content.message().field(FieldId::content_type).value_span();
  Report& finding = report.at(type);
  if (content.is_utf8()) finding.fix(0, {type.end, type.end}, "; charset=utf-8");
}

void check_html_charset_conflict(const ContentView& content, Reporter& report) {
  const std::string_view declared = charset_of(content);
  const std::string_view meta = meta_charset(content.text());
  if (declared.empty() || meta.empty() || ascii::equals_ignoring_case(declared, meta) ||
      (is_utf8_name(declared) && is_utf8_name(meta)))
    return;
  Report& finding = report.at(content.span(meta));
  finding.with("meta", meta).with("charset", declared);
  const auto begin = static_cast<std::size_t>(meta.data() - content.text().data());
  finding.fix(0, content.edit(begin, begin + meta.size(), declared));
}

void check_html_mixed_content(const ContentView& content, Reporter& report) {
  if (content.message().scheme() != Scheme::https) return;
  const std::string_view text = content.text();
  for (std::size_t at = text.find("http://"); at != std::string_view::npos; at = text.find("http://", at + 1)) {
    const std::string_view before = text.substr(at > 512 ? at - 512 : 0, at > 512 ? 512 : at);
    const std::size_t open = before.rfind('<');
    if (open == std::string_view::npos) continue;
    std::string_view tag = before.substr(open);
    const bool is_quoted = tag.ends_with('"') || tag.ends_with('\'');
    const std::size_t end = std::min(text.find_first_of(is_quoted ? tag.substr(tag.size() - 1) : " >", at), text.size());
    if (is_quoted) tag.remove_suffix(1);
    const bool loads = ascii::starts_with_ignoring_case(tag, "<script") || ascii::starts_with_ignoring_case(tag, "<img") || ascii::starts_with_ignoring_case(tag, "<iframe") ||
                       (ascii::starts_with_ignoring_case(tag, "<link") && ascii::find_ignoring_case(tag, "stylesheet") != std::string_view::npos);
    const bool is_address = ascii::ends_with_ignoring_case(tag, "src=") || ascii::ends_with_ignoring_case(tag, "href=");
    if (!loads || !is_address || tag.find('>') != std::string_view::npos) continue;
    report.at(content.span(at, end))
        .with("address", text.substr(at, end - at))
        .fix(0, content.edit(at, at + 7, "https://"));
    return;
  }
}

// Fetch, "should response to request be blocked due to nosniff?" Sec-Fetch-Dest tells the destination.
void check_nosniff_blocks(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView type = response.field(FieldId::content_type);
  const FieldView options = response.field(FieldId::x_content_type_options);
  const FieldView dest = exchange.request.field(FieldId::sec_fetch_dest);
  if (options.empty() || dest.empty() || type.size() != 1 || response->status / 100 != 2) return;
  const std::string_view first = options.value().substr(0, options.value().find(','));
  if (!ascii::equals_ignoring_case(ascii::trim(first), "nosniff")) return;
  const std::string_view destination = dest.value();
  const bool script = is_one_of(destination, {"script", "worker", "sharedworker", "serviceworker", "audioworklet", "paintworklet"});
  const std::string essence = media_type_essence(type.value());
  if (script ? is_javascript(essence) : (destination != "style" || essence == "text/css")) return;
  report.at(essence_span(type))
      .with("type", essence)
      .with("destination", destination)
      .fix(0, script ? "text/javascript" : "text/css");
}

}  // namespace statuslab::lint::checks
