// Representation metadata beside Content-Type (RFC 9110 section 8): codings, languages, Content-Location, and
// Content-Disposition (RFC 6266); Date and Server.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "base/utf8.h"
#include "checks/representation.h"
#include "lint/content.h"
#include "lint/freshness.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

using namespace std::string_view_literals;

// --- content codings -----------------------------------------------------------------------------------------------

// IANA HTTP Content Coding Registry; below the line what storage services use in requests.
constexpr std::array<std::string_view, 15> registered_codings{
    "gzip", "br", "zstd", "deflate", "identity", "dcb", "dcz", "compress", "x-gzip", "x-compress", "aes128gcm", "exi", "pack200-gzip",
    "aws-chunked", "amz-1.0"};

bool is_registered_coding(std::string_view name) {
  return is_one_of(name, registered_codings);
}

struct CodingMagic {
  std::string_view coding;
  std::string_view bytes;
};

constexpr std::array<CodingMagic, 7> coding_magics{{
    {"gzip", "\x1F\x8B\x08"sv},
    {"x-gzip", "\x1F\x8B\x08"sv},
    {"compress", "\x1F\x9D"sv},
    {"x-compress", "\x1F\x9D"sv},
    {"zstd", "\x28\xB5\x2F\xFD"sv},
    {"dcb", "\xFF\x44\x43\x42"sv},
    {"dcz", "\x5E\x2A\x4D\x18\x20\0\0\0"sv},
}};

// The coding whose data begins like this; empty for others.
std::string_view coding_of(std::string_view text) {
  for (const CodingMagic& magic : coding_magics)
    if (text.starts_with(magic.bytes)) return magic.coding;
  return {};
}

// RFC 1950 section 2.2: CM is 8, and CMF and FLG, "when viewed as a 16-bit unsigned integer stored in MSB order
// (CMF*256 + FLG), is a multiple of 31."
bool is_zlib(std::string_view text) {
  return text.size() >= 2 && (text[0] & 0x0F) == 8 && (ascii::byte(text[0]) * 256U + ascii::byte(text[1])) % 31 == 0;
}

bool is_skippable_zstd(std::string_view text) {
  return text.size() >= 4 && (ascii::byte(text[0]) & 0xF0) == 0x50 && text.substr(1, 3) == "\x2A\x4D\x18"sv;
}

// The bytes cannot be data of the coding. Brotli has no magic number: then only what others begin with tells.
bool contradicts(std::string_view coding, std::string_view text) {
  if (ascii::equals_ignoring_case(coding, "deflate")) return !is_zlib(text);
  if (ascii::equals_ignoring_case(coding, "br")) return !coding_of(text).empty() || (text.size() > 16 && looks_like_text(text.substr(0, 64)));
  if (ascii::equals_ignoring_case(coding, "zstd") && is_skippable_zstd(text)) return false;
  for (const CodingMagic& magic : coding_magics)
    if (ascii::equals_ignoring_case(magic.coding, coding)) return !text.starts_with(magic.bytes);
  return false;
}

// Data of such types is compressed already.
bool is_compressed_type(std::string_view type) {
  if (type.starts_with("video/") || type == "application/zip" || type == "application/gzip") return true;
  for (const std::string_view other : {"image/jpeg", "image/png", "image/webp", "image/avif", "image/gif", "font/woff", "font/woff2",
                                       "audio/mpeg", "audio/ogg", "audio/mp4", "application/zstd"})
    if (type == other) return true;
  return false;
}

bool is_textual(const ContentView& content) {
  const std::string_view type = content.type();
  return type.starts_with("text/") || content.kind() != ContentKind::any || type == "application/javascript";
}

// Window_Size of the first frame, 0 where it cannot be read (RFC 8878 section 3.1.1.1).
std::uint64_t zstd_window(std::string_view text) {
  if (text.size() < 6 || !text.starts_with("\x28\xB5\x2F\xFD"sv)) return 0;
  const unsigned descriptor = ascii::byte(text[4]);
  if ((descriptor & 0x20) == 0) {
    const unsigned window = ascii::byte(text[5]);
    const std::uint64_t base = std::uint64_t{1} << (10 + (window >> 3));
    return base + base / 8 * (window & 7);
  }
  // Single_Segment_flag: the window is the size of the content.
  const std::size_t begin = 5 + std::array<std::size_t, 4>{0, 1, 2, 4}[descriptor & 3];
  const std::size_t length = std::size_t{1} << (descriptor >> 6);
  if (text.size() < begin + length) return 0;
  std::uint64_t size = length == 2 ? 256 : 0;
  for (std::size_t i = 0; i < length; ++i) size += std::uint64_t{ascii::byte(text[begin + i])} << 8 * i;
  return size;
}

// --- languages -------------------------------------------------------------------------------------------------------

// Subtags of RFC 5646 section 2.1 by their shape: 1*8alphanum, the first without digits.
bool is_language_tag(std::string_view tag) {
  bool first = true;
  while (true) {
    const std::size_t end = std::min(tag.find('-'), tag.size());
    if (end == 0 || end > 8) return false;
    for (const char c : tag.substr(0, end))
      if (!ascii::is_alpha(c) && (first || !ascii::is_digit(c))) return false;
    if (first && end == 1 && ascii::lower(tag[0]) != 'x' && ascii::lower(tag[0]) != 'i') return false;
    if (end == tag.size()) return true;
    tag.remove_prefix(end + 1);
    first = false;
  }
}

// --- Content-Disposition ---------------------------------------------------------------------------------------------

struct Disposition {
  std::string_view type;
  std::vector<syntax::Parameter> parameters;
  const syntax::Parameter* find(std::string_view name) const {
    for (const syntax::Parameter& parameter : parameters)
      if (ascii::equals_ignoring_case(parameter.name, name)) return &parameter;
    return nullptr;
  }
};

// Empty optional where the value does not follow the grammar (section 4.1). "Note that due to the rules for implied linear
// whitespace (Section 2.1 of [RFC2616]), OPTIONAL whitespace can appear between words (token or quoted-string) and separator
// characters."
std::optional<Disposition> disposition_of(const FieldView& field) {
  if (field.in_trailer() || field.size() != 1) return std::nullopt;
  const std::string_view value = field.value();
  const std::size_t semicolon = std::min(value.find(';'), value.size());
  const std::string_view type = ascii::trim(value.substr(0, semicolon));
  auto parameters = syntax::parse_parameters(value.substr(semicolon), syntax::AroundEquals::spaces);
  if (!syntax::is_token(type) || !parameters || parameters->size() > 64) return std::nullopt;
  return Disposition{type, std::move(*parameters)};
}

std::string_view unquoted(std::string_view value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

// filename=name with spaces.txt: the last parameter, without quotes.
Span bare_filename(const FieldView& field) {
  const std::string_view value = field.value();
  constexpr std::string_view name = "filename=";
  for (std::size_t at = 0; at + name.size() < value.size(); ++at) {
    if (!ascii::equals_ignoring_case(value.substr(at, name.size()), name)) continue;
    const std::string_view rest = value.substr(at + name.size());
    if (rest.find_first_of("\";\\=") != std::string_view::npos) return {};
    return field.message().span_of(rest);
  }
  return {};
}

// ext-value = charset "'" [ language ] "'" value-chars (RFC 8187 section 3.2.1)
bool is_ext_value(std::string_view s) {
  const std::size_t first = s.find('\'');
  const std::size_t second = first == std::string_view::npos ? first : s.find('\'', first + 1);
  if (second == std::string_view::npos || !syntax::is_token(s.substr(0, first))) return false;
  const std::string_view value = s.substr(second + 1);
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value[i] == '%') {
      if (value.size() - i < 3 || ascii::hex_value(value[i + 1]) < 0 || ascii::hex_value(value[i + 2]) < 0) return false;
    } else if (!ascii::is_tchar(value[i]) || value[i] == '*' || value[i] == '\'') {
      return false;
    }
  }
  return true;
}

std::string percent_encoded(std::string_view bytes) {
  std::string result;
  for (const char c : bytes) {
    if (ascii::is_alpha(c) || ascii::is_digit(c) || c == '.' || c == '-' || c == '_') {
      result += c;
    } else {
      result += '%';
      result += "0123456789ABCDEF"[ascii::byte(c) >> 4];
      result += "0123456789ABCDEF"[ascii::byte(c) & 15];
    }
  }
  return result;
}

bool has_percent_escape(std::string_view s) {
  for (std::size_t i = 0; i + 2 < s.size(); ++i)
    if (s[i] == '%' && ascii::hex_value(s[i + 1]) >= 0 && ascii::hex_value(s[i + 2]) >= 0) return true;
  return false;
}

bool has_non_ascii(std::string_view s) {
  return std::any_of(s.begin(), s.end(), [](char c) { return ascii::byte(c) >= 0x80; });
}

// --- dates ---------------------------------------------------------------------------------------------------------

// Clocks differ a little, and a paste is not made at once.
constexpr std::int64_t tolerance = 60;

}  // namespace

void check_content_encoding_identity(const FieldView& field, Reporter& report) {
  const std::string_view member = field.find_member("identity");
  if (member.empty()) return;
  Report& finding = report.at(member);
  if (field.members().size() == 1) finding.remove(0, field);
}

void check_content_coding_unknown(const FieldView& field, Reporter& report) {
  for (const std::string_view name : field.members()) {
    if (name.empty() || is_registered_coding(name) || !syntax::is_token(name)) continue;
    Report& finding = report.at(name);
    finding.with("coding", name);
    if (field.members().size() == 1) finding.remove(0, field);
    return;
  }
}

void check_content_coding_mismatch(const ContentView& content, Reporter& report) {
  if (content.codings().empty() || !content.is_as_sent() || !content.is_whole()) return;
  const std::string_view coding = content.codings().back();
  if (!contradicts(coding, content.text()) && !content.is_damaged()) return;
  Report& finding = report.at(coding).with("coding", coding);
  if (content.codings().size() == 1 && content.is_coded_in_name_only())
    finding.remove(0, content.message().field(FieldId::content_encoding));
}

void check_content_coding_missing(const ContentView& content, Reporter& report) {
  if (content.message().has(FieldId::content_encoding) || !content.is_whole() || !is_textual(content)) return;
  const std::string_view coding = coding_of(content.text());
  // Data of a transfer coding looks the same.
  const FieldView transfer = content.message().field(FieldId::transfer_encoding);
  if (coding.empty() || (!transfer.empty() && (transfer.members().size() > 1 || !transfer.lists("chunked")))) return;
  report.at(content.message().field(FieldId::content_type))
      .with("coding", coding)
      .with("type", content.type())
      .fix(0, add_field(content.message(), "Content-Encoding", coding));
}

void check_content_coding_repeated(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  for (std::size_t i = 1; i < members.size(); ++i) {
    const std::string_view name = members[i];
    if (name.empty() || !ascii::equals_ignoring_case(name, members[i - 1])) continue;
    report.at(members[i]).with("coding", name);
    return;
  }
}

void check_content_coding_of_nothing(const MessageView& message, Reporter& report) {
  const FieldView field = message.field(FieldId::content_encoding);
  if (field.empty() || field.value().empty() || message->framing != Framing::content_length || message->content_length != 0) return;
  if (message.method() == "HEAD") return;
  report.at(field.first()).with("coding", field.value()).remove(0, field);
}

void check_content_coding_of_compressed(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  const FieldView type = message.field(FieldId::content_type);
  if (field.in_trailer() || type.size() != 1 || !is_compressed_type(media_type_essence(type.value()))) return;
  for (const std::string_view coding : {"gzip", "br", "zstd", "deflate"}) {
    const std::string_view member = field.find_member(coding);
    if (!member.empty()) report.at(member).with("coding", coding).with("type", media_type_essence(type.value()));
  }
}

void check_zstd_window(const ContentView& content, Reporter& report) {
  if (content.codings().empty()) return;
  const std::string_view last = content.codings().back();
  if (!ascii::equals_ignoring_case(last, "zstd")) return;
  const std::uint64_t window = zstd_window(content.text());
  if (window > std::uint64_t{8} << 20) report.at(last).with("size", window);
}

void check_content_language_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view tag : field.members()) {
    if (tag.empty() || is_language_tag(tag)) continue;
    Report& finding = report.at(tag);
    finding.with("tag", tag);
    std::string hyphens(tag.substr(0, tag.find('.')));
    std::replace(hyphens.begin(), hyphens.end(), '_', '-');
    if (is_language_tag(hyphens)) finding.fix(0, hyphens);
    return;
  }
}

void check_content_language_duplicate(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  for (std::size_t i = 1; i < members.size() && i < 64; ++i)
    for (std::size_t k = 0; k < i; ++k) {
      const std::string_view tag = members[i];
      if (tag.empty() || !ascii::equals_ignoring_case(tag, members[k])) continue;
      report.at(members[i]).with("tag", tag);
      return;
    }
}

void check_content_location_redundant(const ExchangeView& exchange, Reporter& report) {
  const FieldView field = exchange.response.field(FieldId::content_location);
  const auto target = exchange.request.target_uri();
  const std::string_view method = exchange.request.method();
  if (field.size() != 1 || !target || exchange.response->status / 100 != 2 || (method != "GET" && method != "HEAD")) return;
  if (syntax::resolve(syntax::split_uri_reference(field.value()), *target) == *target)
    report.at(field.first()).with("value", field.value()).remove(0, field);
}

// Another scheme or port may well be of the same owner, and so may a sister of the same domain: only hosts that share no
// domain of two labels are told.
void check_content_location_of_another(const ExchangeView& exchange, Reporter& report) {
  const FieldView field = exchange.response.field(FieldId::content_location);
  const auto target = exchange.request.target_uri();
  if (field.size() != 1 || !target || exchange.response->status / 100 != 2) return;
  const syntax::HttpUri other = syntax::resolve(syntax::split_uri_reference(field.value()), *target);
  const auto domain = [](const std::string& authority) {
    const std::string host(syntax::host_of(authority));
    const std::size_t dot = host.rfind('.');
    const std::size_t before = dot == std::string::npos || dot == 0 ? std::string::npos : host.rfind('.', dot - 1);
    return before == std::string::npos ? host : host.substr(before + 1);
  };
  if (other.authority.empty() || target->authority.empty() || domain(other.authority) == domain(target->authority)) return;
  report.at(field).with("host", other.authority).with("target", target->authority);
}

void check_disposition_syntax(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1 || disposition_of(field) || field.value().size() > 4096) return;
  Report& finding = report.at(field.value().empty() ? field.first().visible() : field.value_span());
  finding.with("value", field.value());
  const Span name = bare_filename(field);
  if (!name.empty()) finding.fix(0, name, '"' + std::string(field.message().text(name)) + '"');
}

void check_disposition_parameter_repeated(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (!disposition) return;
  for (const syntax::Parameter& parameter : disposition->parameters)
    if (disposition->find(parameter.name) != &parameter) {
      report.at(parameter.name).with("name", parameter.name);
      return;
    }
}

void check_disposition_type_unknown(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (!disposition || ascii::equals_ignoring_case(disposition->type, "inline") ||
      ascii::equals_ignoring_case(disposition->type, "attachment"))
    return;
  report.at(disposition->type).with("type", disposition->type);
}

void check_disposition_without_filename(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (disposition && ascii::equals_ignoring_case(disposition->type, "attachment") && disposition->find("filename") == nullptr &&
      disposition->find("filename*") == nullptr)
    report.at(field);
}

void check_disposition_filename_percent(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  const syntax::Parameter* name = disposition ? disposition->find("filename") : nullptr;
  if (name == nullptr || !has_percent_escape(unquoted(name->value))) return;
  Report& finding = report.at(name->value);
  finding.with("name", name->value);
  const std::string extended = "UTF-8''" + std::string(unquoted(name->value));
  if (disposition->find("filename*") == nullptr && is_ext_value(extended))
    finding.fix(0, {field.message().span_of(name->name).begin, field.message().span_of(name->value).end}, "filename*=" + extended);
}

void check_disposition_filename_path(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (!disposition) return;
  const syntax::Parameter* name = disposition->find("filename");
  const syntax::Parameter* extended = disposition->find("filename*");
  const auto is_path = [](std::string_view s) { return s.find('/') != std::string_view::npos || s.find("..\\") != std::string_view::npos; };
  const auto is_coded_path = [](std::string_view s) {
    return s.find("%2F") != std::string_view::npos || s.find("%2f") != std::string_view::npos || s.find("%5C") != std::string_view::npos ||
           s.find("%5c") != std::string_view::npos;
  };
  if (name != nullptr && is_path(unquoted(name->value))) {
    const std::string_view path = unquoted(name->value);
    const std::string_view last = path.substr(path.find_last_of("/\\") + 1);
    Report& finding = report.at(path);
    finding.with("name", path);
    if (!last.empty()) finding.fix(0, path, last);
  } else if (extended != nullptr && is_coded_path(extended->value)) {
    report.at(extended->value).with("name", extended->value);
  }
}

void check_disposition_filename_escape(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  const syntax::Parameter* name = disposition ? disposition->find("filename") : nullptr;
  if (name == nullptr || name->value.find('\\') == std::string_view::npos || name->value.find("..\\") != std::string_view::npos) return;
  report.at(name->value).with("name", name->value);
}

void check_disposition_filename_non_ascii(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  const syntax::Parameter* name = disposition ? disposition->find("filename") : nullptr;
  if (name == nullptr || !has_non_ascii(name->value)) return;
  const std::string_view value = unquoted(name->value);
  Report& finding = report.at(name->value);
  finding.with("name", name->value);
  if (disposition->find("filename*") != nullptr || utf8::first_invalid(value) != value.size()) return;
  std::string plain;
  for (const char c : value)
    if (ascii::byte(c) < 0x80) plain += c; else if (!plain.ends_with('_')) plain += '_';
  finding.fix(0, name->value, '"' + plain + "\"; filename*=UTF-8''" + percent_encoded(value));
}

void check_disposition_extended_syntax(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  const syntax::Parameter* name = disposition ? disposition->find("filename*") : nullptr;
  if (name == nullptr || is_ext_value(name->value)) return;
  Report& finding = report.at(name->value);
  finding.with("value", name->value);
  std::string_view value = unquoted(name->value);
  if (is_ext_value(value))
    finding.fix(0, name->value, value);
  else if (value.find('\'') == std::string_view::npos && utf8::first_invalid(value) == value.size())
    finding.fix(0, name->value, "UTF-8''" + (has_percent_escape(value) ? std::string(value) : percent_encoded(value)));
}

void check_disposition_extended_alone(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (disposition && disposition->find("filename*") != nullptr && disposition->find("filename") == nullptr)
    report.at(disposition->find("filename*")->name);
}

void check_disposition_extended_first(const FieldView& field, Reporter& report) {
  const auto disposition = disposition_of(field);
  if (!disposition) return;
  const syntax::Parameter* name = disposition->find("filename");
  const syntax::Parameter* extended = disposition->find("filename*");
  if (name == nullptr || extended == nullptr || name < extended) return;
  const MessageView& message = field.message();
  const Span first{message.span_of(extended->name).begin, message.span_of(extended->value).end};
  const Span second{message.span_of(name->name).begin, message.span_of(name->value).end};
  std::vector<Edit> edits;
  edits.push_back(replace(first, message.text(second)));
  edits.push_back(replace(second, message.text(first)));
  report.at(first).fix(0, std::move(edits));
}

// "An origin server with a clock ... MUST generate a Date header field in all 2xx (Successful), 3xx (Redirection), and 4xx
// (Client Error) responses"; whether it has a clock does not show, except where it sends other dates.
void check_date_missing(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::date) || !response->head_terminated || response->status < 200 || response->status > 499) return;
  // What opens a tunnel is a proxy, not an origin server.
  if (response.method() == "CONNECT") return;
  report.at(response);
}

void check_date_in_future(const FieldView& field, Reporter& report) {
  const auto date = date_of(field.message(), FieldId::date);
  if (field.in_trailer() || !date || !field.message().now() || *date <= *field.message().now() + tolerance) return;
  report.at(field).with("seconds", static_cast<std::uint64_t>(*date - *field.message().now()));
}

void check_age_beyond_clock(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  const auto date = date_of(message, FieldId::date);
  if (field.in_trailer() || field.size() != 1 || !date || !message.now() || *date > *message.now() + tolerance) return;
  const std::uint64_t age = syntax::parse_decimal(field.value()).value_or(0);
  if (age > 1ULL << 32) return;
  if (*date + static_cast<std::int64_t>(age) > *message.now() + tolerance) report.at(field).with("age", age);
}

void check_server_long(const FieldView& field, Reporter& report) {
  if (field.value().size() > 64) report.at(field).with("size", std::uint64_t{field.value().size()});
}

void check_transformed_despite_no_transform(const MessageView& response, Reporter& report) {
  const std::string_view directive = response.field(FieldId::cache_control).find_member("no-transform");
  if (!directive.empty()) report.at(directive);
}

}  // namespace statuslab::lint::checks
