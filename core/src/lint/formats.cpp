// Forms, multipart content, event streams, CSV and gRPC: content whose grammar is its own.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "checks/formats.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

std::string_view unquoted(std::string_view value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

std::string_view boundary_of(const ContentView& content) { return unquoted(content.message().text(content.parameter("boundary"))); }

bool is_multipart(const FieldView& field) {
  return !field.in_trailer() && field.size() == 1 && media_type_essence(field.value()).starts_with("multipart/");
}

// boundary := 0*69<bchars> bcharsnospace (RFC 2046 section 5.1.1)
bool is_boundary(std::string_view s) {
  if (s.empty() || s.size() > 70 || s.back() == ' ') return false;
  return std::all_of(s.begin(), s.end(), [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
  });
}

// Delimiter lines: "--" and the boundary at the beginning of a line.
struct Delimiters {
  std::size_t count = 0;
  std::size_t first = std::string_view::npos;
  std::size_t bare_lf = std::string_view::npos;  // a line feed without carriage return that ends or precedes a delimiter
  bool closed = false;
  std::size_t last_end = 0;
};

Delimiters delimiters_of(std::string_view text, std::string_view boundary) {
  Delimiters result;
  const std::string delimiter = "--" + std::string(boundary);
  for (std::size_t at = text.find(delimiter); at != std::string_view::npos; at = text.find(delimiter, at + delimiter.size())) {
    if (at != 0 && text[at - 1] != '\n') continue;
    std::size_t end = at + delimiter.size();
    const bool closes = text.substr(end, 2) == "--";
    if (closes) end += 2;
    const std::size_t rest = std::min(text.find_first_not_of(" \t", end), text.size());
    if (rest < text.size() && text[rest] != '\r' && text[rest] != '\n') continue;
    if (result.count++ == 0) result.first = at;
    if (result.bare_lf == std::string_view::npos) {
      if (at > 1 && text[at - 2] != '\r') result.bare_lf = at - 1;
      if (rest < text.size() && text[rest] == '\n') result.bare_lf = rest;
    }
    result.last_end = end;
    if (closes) {
      result.closed = true;
      break;
    }
  }
  return result;
}

// application/x-www-form-urlencoded byte serialiser: alphanumerics, "*-._", "+" and percent-encoded bytes; "&" and "="
// between them.
bool is_form_byte(char c) {
  return ascii::is_alpha(c) || ascii::is_digit(c) || std::string_view("*-._+&=%").find(c) != std::string_view::npos;
}

// Punctuation that URLSearchParams escapes and many libraries do not; everybody reads it.
bool is_lenient_form_byte(char c) { return is_form_byte(c) || std::string_view("~!'(),:;/?@$[]|").find(c) != std::string_view::npos; }

std::string percent(char c) {
  if (c == ' ') return "+";
  return {'%', "0123456789ABCDEF"[ascii::byte(c) >> 4], "0123456789ABCDEF"[ascii::byte(c) & 15]};
}

// A line of an event stream: "field: value", ":comment", or nothing.
bool is_event_field(std::string_view line) {
  if (line.empty() || line.front() == ':') return true;
  const std::string_view name = line.substr(0, line.find(':'));
  return name == "data" || name == "event" || name == "id" || name == "retry";
}

// The columns of the record that begins at `at`, which moves behind it (RFC 4180 section 2).
std::size_t read_record(std::string_view text, std::size_t& at) {
  std::size_t columns = 1;
  bool quoted = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '"') quoted = !quoted;
    if (quoted) continue;
    if (c == ',') ++columns;
    if (c == '\n') {
      ++at;
      break;
    }
  }
  return columns;
}

}  // namespace

void check_form_byte(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  std::size_t at = 0;
  while (at < text.size() && is_lenient_form_byte(text[at])) ++at;
  // A line ending after the last pair is what an editor leaves.
  if (text.find_first_not_of("\r\n", at) == std::string_view::npos) return;
  Report& finding = report.at(content.span(at, at + 1));
  finding.with("found", text.substr(at, 1));
  if (text[at] == '{' || text[at] == '<') return;
  std::vector<ContentEdit> edits;
  for (std::size_t i = at; i < text.size() && edits.size() < 1000; ++i)
    if (!is_lenient_form_byte(text[i])) edits.push_back({i, i + 1, percent(text[i])});
  finding.fix(0, content.edit(edits));
}

void check_form_percent(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (text.size() - at >= 3 && ascii::hex_value(text[at + 1]) >= 0 && ascii::hex_value(text[at + 2]) >= 0) continue;
    const std::size_t end = std::min(at + 3, text.size());
    report.at(content.span(at, end)).with("found", text.substr(at, end - at)).fix(0, content.edit(at, at + 1, "%25"));
    return;
  }
}

void check_multipart_boundary_missing(const FieldView& field, Reporter& report) {
  if (!is_multipart(field)) return;
  const MessageView& message = field.message();
  // A 206 has a rule of its own.
  if (message->status == 206 || !syntax::parse_media_type(field.value())) return;
  const ContentView& content = message.content();
  if (!content.parameter("boundary").empty()) return;
  Report& finding = report.at(field);
  finding.with("type", content.type());
  const std::string_view text = content.text();
  const std::string_view line = text.substr(0, std::min(text.find_first_of("\r\n"), text.size()));
  if (line.starts_with("--") && is_boundary(line.substr(2))) {
    const std::uint32_t end = field.value_span().end;
    finding.fix(0, {end, end}, "; boundary=\"" + std::string(line.substr(2)) + '"');
  }
}

void check_multipart_boundary_syntax(const FieldView& field, Reporter& report) {
  if (!is_multipart(field)) return;
  const ContentView& content = field.message().content();
  const Span place = content.parameter("boundary");
  const std::string_view boundary = boundary_of(content);
  if (!place.empty() && !is_boundary(boundary)) report.at(place).with("boundary", boundary);
}

void check_multipart_boundary_absent(const ContentView& content, Reporter& report) {
  const std::string_view boundary = boundary_of(content);
  if (boundary.empty() || delimiters_of(content.text(), boundary).count != 0) return;
  report.at(content.parameter("boundary")).with("boundary", boundary);
}

void check_multipart_not_closed(const ContentView& content, Reporter& report) {
  const std::string_view boundary = boundary_of(content);
  // Parts that replace one another come until the connection ends.
  if (boundary.empty() || content.type() == "multipart/x-mixed-replace") return;
  const Delimiters found = delimiters_of(content.text(), boundary);
  if (found.count == 0 || found.closed) return;
  const std::string_view text = content.text();
  const std::string_view ending = text.ends_with('\n') ? "" : "\r\n";
  report.at(content.span(found.last_end - boundary.size() - 2, found.last_end))
      .with("boundary", boundary)
      .fix(0, content.edit(text.size(), text.size(), std::string(ending) + "--" + std::string(boundary) + "--\r\n"));
}

// The text may have been pasted: then all line ends are bare, and that of a head, too.
void check_multipart_bare_lf(const ContentView& content, Reporter& report) {
  const std::string_view boundary = boundary_of(content);
  if (boundary.empty() || content.message().has_problem(ProblemKind::bare_lf)) return;
  const Delimiters found = delimiters_of(content.text(), boundary);
  if (found.bare_lf != std::string_view::npos) report.at(content.span(found.bare_lf, found.bare_lf + 1));
}

void check_form_data_part_without_name(const ContentView& content, Reporter& report) {
  const std::string_view boundary = boundary_of(content);
  if (boundary.empty() || content.type() != "multipart/form-data") return;
  const std::string delimiter = "--" + std::string(boundary);
  const std::string_view text = content.text();
  std::size_t parts = 0;
  for (std::size_t at = text.find(delimiter); at != std::string_view::npos && parts < 1000; at = text.find(delimiter, at + delimiter.size())) {
    if (at != 0 && text[at - 1] != '\n') continue;
    ++parts;
    const std::size_t begin = at + delimiter.size();
    if (text.substr(begin, 2) == "--") return;
    const std::string_view rest = text.substr(begin, 4096);
    const std::size_t end = std::min({rest.find("\r\n\r\n"), rest.find("\n\n"), rest.size()});
    const std::string_view head = rest.substr(0, end);
    bool named = false;
    for (std::size_t i = 0; i < head.size() && !named; ++i)
      named = (i == 0 || head[i - 1] == ' ' || head[i - 1] == ';') && head.substr(i, 5) == "name=";
    if (named) continue;
    report.at(content.span(at, begin));
    return;
  }
}

void check_form_data_in_response(const ContentView& content, Reporter& report) {
  if (content.message()->is_response() && content.type() == "multipart/form-data")
    report.at(content.message().field(FieldId::content_type));
}

void check_event_stream_field(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  for (std::size_t begin = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; begin < text.size();) {
    const std::size_t end = std::min(text.find_first_of("\r\n", begin), text.size());
    const std::string_view line = text.substr(begin, end - begin);
    if (!is_event_field(line)) {
      report.at(content.span(begin, end)).with("line", line);
      return;
    }
    begin = end + 1;
  }
}

// "Once the end of the file is reached, any pending data must be discarded." Streams that are still open just go on.
void check_event_stream_incomplete(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  if (content.message()->framing == Framing::close || text.ends_with("\n\n") || text.ends_with("\r\n\r\n") || text.ends_with("\r\r")) return;
  const std::size_t last = text.find_last_not_of("\r\n");
  if (last == std::string_view::npos) return;
  const std::size_t begin = text.find_last_of("\r\n", last) + 1;
  const std::string_view line = text.substr(begin, last + 1 - begin);
  if (line.starts_with(':')) return;
  report.at(content.span(begin, last + 1)).with("line", line).fix(0, content.edit(text.size(), text.size(), text.ends_with('\n') ? "\n" : "\n\n"));
}

void check_event_stream_not_utf_8(const ContentView& content, Reporter& report) {
  if (!content.is_utf8()) report.at(content.span(content.invalid_at(), content.invalid_at() + 1));
}

void check_event_stream_stored(const ContentView& content, Reporter& report) {
  const FieldView field = content.message().field(FieldId::cache_control);
  for (const std::string_view directive : {"no-store", "no-cache", "private"})
    if (field.lists(directive)) return;
  // RFC 9110 section 9.3.3: "Responses to POST requests are only cacheable when they include explicit freshness information".
  if (content.message().method() == "POST" && field.empty()) return;
  report.at(content.message().field(FieldId::content_type))
      .fix(0, set_field(content.message(), FieldId::cache_control, "no-store"));
}

void check_csv_ragged(const ContentView& content, Reporter& report) {
  if (content.type() != "text/csv" || !content.is_whole() || content.is_coded()) return;
  const std::string_view text = content.text();
  std::size_t at = 0;
  const std::size_t columns = read_record(text, at);
  for (std::uint64_t line = 2; at < text.size(); ++line) {
    const std::size_t begin = at;
    const std::size_t found = read_record(text, at);
    if (found == columns) continue;
    std::size_t end = at;
    while (end > begin && (text[end - 1] == '\n' || text[end - 1] == '\r')) --end;
    if (end == begin) continue;
    report.at(content.span(begin, end)).with("line", line).with("found", std::uint64_t{found}).with("columns", std::uint64_t{columns});
    return;
  }
}

// "Status must be sent in Trailers even if the status code is OK." For a response without content in the head.
void check_grpc_status_missing(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || field.size() != 1 || !response.complete() || response->status != 200) return;
  const std::string type = media_type_essence(field.value());
  if (type != "application/grpc" && !type.starts_with("application/grpc+")) return;
  // Over HTTP/2 tools show trailers behind the content, if at all.
  const std::string_view content = response.content().text();
  if (!response->is_http1() && (content.empty() || content.find("grpc-status") != std::string_view::npos)) return;
  if (response.has(FieldId::grpc_status) || !response.trailer(FieldId::grpc_status).empty()) return;
  report.at(field);
}

}  // namespace statuslab::lint::checks
