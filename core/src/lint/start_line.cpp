// Start lines, and Host, which belongs to the target: RFC 9112 sections 2.2 to 4, RFC 9110 sections 2.5, 7.2, 9.1, 15.
#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/ascii.h"
#include "checks/start_line.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"

namespace statuslab::lint::checks {
namespace {

bool is_registered(const StatusInfo& row) { return row.kind == StatusKind::registered; }

// A response whose status line has three digits.
bool has_status(const MessageView& response) {
  return response->status_code.size() == 3 && !response.has_problem(ProblemKind::status_malformed);
}

// The registered row of the code; null where the code is not registered.
const StatusInfo* registered(std::uint16_t code) {
  const auto rows = find_status(code);
  return !rows.empty() && is_registered(rows[0]) ? &rows[0] : nullptr;
}

// Each vendor once, separated by "; ".
std::string vendors(std::span<const StatusInfo> rows) {
  std::string text;
  for (const StatusInfo& row : rows) {
    if (row.vendor.empty() || text.find(row.vendor) != std::string::npos) continue;
    if (!text.empty()) text += "; ";
    text += row.vendor;
  }
  return text;
}

// Phrases that earlier specifications registered; servers that still send them are not wrong about anything.
constexpr std::array<std::pair<std::uint16_t, std::string_view>, 12> former_phrases{{
    {302, "Moved Temporarily"},
    {408, "Request Time-out"},
    {413, "Payload Too Large"},
    {413, "Request Entity Too Large"},
    {414, "Request-URI Too Large"},
    {414, "Request-URI Too Long"},
    {416, "Requested Range Not Satisfiable"},
    {422, "Unprocessable Entity"},
    {503, "Service Temporarily Unavailable"},
    {504, "Gateway Time-out"},
    {505, "HTTP Version not supported"},
    {510, "Not extended"},
}};

bool is_former_phrase(std::uint16_t code, std::string_view reason) {
  return std::any_of(former_phrases.begin(), former_phrases.end(), [&](const auto& row) {
    return row.first == code && ascii::equals_ignoring_case(row.second, reason);
  });
}

bool is_phrase_of(std::uint16_t code, std::string_view reason) {
  const auto rows = find_status(code);
  return is_former_phrase(code, reason) || std::any_of(rows.begin(), rows.end(), [&](const StatusInfo& row) {
           return ascii::equals_ignoring_case(row.phrase, reason);
         });
}

const StatusInfo* find_phrase(std::string_view reason) {
  const auto rows = all_statuses();
  const auto row = std::find_if(rows.begin(), rows.end(), [&](const StatusInfo& info) {
    return is_registered(info) && ascii::equals_ignoring_case(info.phrase, reason);
  });
  return row == rows.end() ? nullptr : &*row;
}

// The reason phrase of an HTTP/1.x response with a registered status code; empty where there is nothing to compare.
std::string_view comparable_reason(const MessageView& response) {
  if (!has_status(response) || !response->is_http1() || registered(response->status) == nullptr) return {};
  return ascii::trim(response.text(response->reason));
}

Span reason_span(const MessageView& response) {
  const std::string_view reason = response.text(response->reason);
  const std::string_view phrase = ascii::trim(reason);
  const auto begin = response->reason.begin + static_cast<std::uint32_t>(phrase.data() - reason.data());
  return {begin, begin + static_cast<std::uint32_t>(phrase.size())};
}

std::string upper(std::string_view text) {
  std::string result(text);
  for (char& c : result)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return result;
}

std::string_view line_ending(const MessageView& message) {
  return message.has_problem(ProblemKind::bare_lf) ? "\n" : "\r\n";
}

// A request whose request line could be read, with its target.
std::string_view target(const MessageView& request) {
  if (request->version.empty()) return {};
  return request.text(request->target);
}

std::string percent_encoded(std::string_view text, bool (*stays)(char)) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string result;
  for (const char c : text) {
    if (stays(c)) {
      result += c;
      continue;
    }
    result += '%';
    result += digits[ascii::byte(c) >> 4];
    result += digits[ascii::byte(c) & 15];
  }
  return result;
}

bool is_visible_ascii(char c) { return c > 0x20 && c < 0x7F; }

// What origin-form and absolute-form are made of, with the "#" and "%" that rules of their own look at, and the
// brackets of an IPv6 address.
bool is_target_character(char c) {
  return syntax::is_pchar(c) || std::string_view("/?#%[]").find(c) != std::string_view::npos;
}

Span sub_span(Span whole, std::size_t begin, std::size_t size) {
  const auto from = whole.begin + static_cast<std::uint32_t>(begin);
  return {from, from + static_cast<std::uint32_t>(size)};
}

bool is_authority_form(std::string_view text) {
  const auto parts = syntax::parse_host_port(text);
  return parts && !parts->port.empty();
}

// origin-form, absolute-form or asterisk-form. "example.com:80" would also be a URI of a scheme "example.com".
bool is_form_of_most_methods(std::string_view text) {
  return text.starts_with('/') || text == "*" || (syntax::has_scheme(text) && !is_authority_form(text));
}

// The host and port that a CONNECT for `text` is about; empty where `text` tells no host.
std::string tunnel_destination(std::string_view text) {
  std::string_view port = ":443";
  if (const auto parts = syntax::parse_uri_with_authority(text)) {
    if (ascii::equals_ignoring_case(parts->scheme, "http")) port = ":80";
    text = parts->authority;
  }
  const auto host = syntax::parse_host_port(text);
  if (!host) return {};
  return std::string(host->host) + (host->port.empty() ? std::string(port) : ":" + std::string(host->port));
}

// The authority in the target of a request to a proxy; empty for other forms.
std::string_view target_authority(const MessageView& request) {
  const auto parts = syntax::parse_uri_with_authority(target(request));
  return parts ? parts->authority : std::string_view{};
}

std::string_view without_default_port(std::string_view authority, std::string_view scheme) {
  if (ascii::equals_ignoring_case(scheme, "http") && authority.ends_with(":80")) authority.remove_suffix(3);
  if (ascii::equals_ignoring_case(scheme, "https") && authority.ends_with(":443")) authority.remove_suffix(4);
  return authority;
}

bool needs_host(const MessageView& request) {
  return request->version_major == 1 && request->version_minor >= 1 && !request->version.empty();
}

}  // namespace

// ---- Start line

void check_start_line_malformed(const ProblemView& problem, Reporter& report) {
  if (problem.message->start_line.empty()) return;
  report.at(problem.span).with("line", problem.message.text(problem.span));
}

void check_start_line_missing(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (!message->start_line.empty() || message->fields.empty()) return;
  const std::string_view line = message->is_response() ? "HTTP/1.1 200 OK" : "GET / HTTP/1.1";
  const std::uint32_t begin = message->start_line.begin;
  report.at(message->fields.front().name)
      .with("name", message.text(message->fields.front().name))
      .with("line", line)
      .fix(0, {begin, begin}, std::string(line).append(line_ending(message)));
}

void check_start_line_whitespace(const ProblemView& problem, Reporter& report) {
  const bool at_end = problem.span.end == problem.message->start_line.end;
  report.at(problem.span).fix(0, at_end ? "" : " ");
}

void check_leading_empty_line(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).fix(0, "");
}

void check_whitespace_before_fields(const ProblemView& problem, Reporter& report) {
  const Message& message = problem.message.message();
  // A trailer section may begin like this too.
  if (message.head_terminated && problem.span.begin >= message.fields_end.end) return;
  const std::string_view line = problem.message.text(problem.span);
  const std::size_t indent = std::min(line.find_first_not_of(" \t"), line.size());
  const bool only_space = line.find_first_not_of(" \t\r\n") == std::string_view::npos;
  const Span space = sub_span(problem.span, 0, indent);
  report.at(space).fix(0, only_space ? problem.span : space, "");
}

// ---- Version

void check_version_malformed(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (message->version.empty()) return;
  const std::string_view version = message.text(problem.span);
  Report& finding = report.at(problem.span).with("version", version);
  const std::string right = upper(version);
  if (right != version && (right == "HTTP/1.1" || right == "HTTP/1.0" || right == "HTTP/2" || right == "HTTP/3"))
    finding.with("right", right).fix(0, problem.span, right);
}

void check_version_missing(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (!message->version.empty() || message->method.empty()) return;
  const Span last = message->target.empty() ? message->method : message->target;
  const std::string_view text = message->target.empty() ? " / HTTP/1.1" : " HTTP/1.1";
  report.at(last).fix(0, {last.end, message->start_line.end}, text);
}

void check_version_unknown(const MessageView& message, Reporter& report) {
  if (message->version.empty() || message.has_problem(ProblemKind::version_malformed)) return;
  const int version = message->version_major * 10 + message->version_minor;
  constexpr std::array published{10, 11, 20, 30};
  if (std::find(published.begin(), published.end(), version) != published.end()) return;
  report.at(message->version)
      .with("version", message.text(message->version))
      .fix(0, "HTTP/1.1");
}

void check_version_with_minor(const MessageView& message, Reporter& report) {
  if (message->version_major < 2 || message->version_minor != 0 || message->version.size() != 8) return;
  // The connection preface of HTTP/2 (RFC 9113 section 3.4) is this line on purpose.
  if (message->is_request() && message.method() == "PRI") return;
  const std::string_view right = message.text(message->version).substr(0, 6);
  report.at(message->version)
      .with("version", message.text(message->version))
      .with("right", right)
      .fix(0, right);
}

void check_response_version_above_request(const ExchangeView& exchange, Reporter& report) {
  const MessageView& request = exchange.request;
  const MessageView& response = exchange.response;
  const bool known = !request->version.empty() && !response->version.empty() &&
                     !request.has_problem(ProblemKind::version_malformed) &&
                     !response.has_problem(ProblemKind::version_malformed);
  // A request with Upgrade may be answered in the version it offers.
  if (!known || response->version_major <= request->version_major || request.has(FieldId::upgrade)) return;
  report.at(response->version)
      .with("version", response.text(response->version))
      .with("asked", request.text(request->version));
}

// ---- Status code

void check_status_malformed(const ProblemView& problem, Reporter& report) {
  const MessageView& response = problem.message;
  if (response->status_code.empty())
    report.at(response->version).with("code", response.text(response->start_line));
  else
    report.at(problem.span).with("code", response.text(problem.span));
}

void check_status_out_of_range(const MessageView& response, Reporter& report) {
  if (!has_status(response) || (response->status >= 100 && response->status <= 599)) return;
  report.at(response->status_code).with("code", response.text(response->status_code));
}

void check_status_unregistered(const MessageView& response, Reporter& report) {
  const std::uint16_t status = response->status;
  if (status < 100 || status > 599 || !find_status(status).empty()) return;
  report.at(response->status_code).with("code", status).with("class", treated_as(status));
}

void check_status_unofficial(const MessageView& response, Reporter& report) {
  const auto rows = find_status(response->status);
  if (response->status < 100 || response->status > 599 || rows.empty()) return;
  const bool unofficial =
      std::all_of(rows.begin(), rows.end(), [](const StatusInfo& row) { return row.kind == StatusKind::unofficial; });
  const bool in_logs = std::all_of(rows.begin(), rows.end(), [](const StatusInfo& row) { return row.log_only; });
  if (!unofficial || in_logs) return;
  report.at(response->status_code).with("code", response->status).with("vendor", vendors(rows));
}

void check_status_log_only(const MessageView& response, Reporter& report) {
  const auto rows = find_status(response->status);
  if (response->status < 100 || response->status > 599 || rows.empty()) return;
  if (!std::all_of(rows.begin(), rows.end(), [](const StatusInfo& row) { return row.log_only; })) return;
  report.at(response->status_code).with("code", response->status).with("vendor", vendors(rows));
}

void check_status_reserved(const MessageView& response, Reporter& report) {
  report.at(response->status_code).with("code", response->status);
}

void check_status_temporary(const MessageView& response, Reporter& report) {
  const auto rows = find_status(response->status);
  if (rows.empty() || rows[0].kind != StatusKind::temporary) return;
  report.at(response->status_code).with("code", response->status).with("phrase", rows[0].phrase);
}

// ---- Reason phrase

void check_reason_separator_missing(const ProblemView& problem, Reporter& report) {
  const MessageView& response = problem.message;
  const std::uint32_t end = problem.span.end;
  Report& finding = report.at(problem.span).with("code", response->status);
  finding.fix(0, {end, end}, " ");
  if (const StatusInfo* row = registered(response->status))
    finding.with("phrase", row->phrase).fix(1, {end, end}, " " + std::string(row->phrase));
}

void check_reason_invalid_byte(const ProblemView& problem, Reporter& report) {
  const std::string_view byte = problem.message.text(problem.span);
  report.at(problem.span)
      .with("byte", percent_encoded(byte, [](char) { return false; }).replace(0, 1, "0x"))
      .fix(0, problem.span, "");
}

void check_reason_of_another_status(const MessageView& response, Reporter& report) {
  const std::string_view reason = comparable_reason(response);
  if (reason.empty() || is_phrase_of(response->status, reason)) return;
  const StatusInfo* other = find_phrase(reason);
  if (other == nullptr) return;
  const StatusInfo* own = registered(response->status);
  std::string code;
  code += static_cast<char>('0' + other->code / 100);
  code += static_cast<char>('0' + other->code / 10 % 10);
  code += static_cast<char>('0' + other->code % 10);
  report.at(reason_span(response))
      .with("code", response->status)
      .with("reason", reason)
      .with("other", other->code)
      .with("phrase", own->phrase)
      .fix(0, own->phrase)
      .fix(1, response->status_code, code);
}

void check_reason_differs_from_registry(const MessageView& response, Reporter& report) {
  const std::string_view reason = comparable_reason(response);
  if (reason.empty() || is_phrase_of(response->status, reason) || find_phrase(reason) != nullptr) return;
  const std::string_view phrase = registered(response->status)->phrase;
  report.at(reason_span(response))
      .with("code", response->status)
      .with("reason", reason)
      .with("phrase", phrase)
      .fix(0, phrase);
}

void check_reason_in_http2(const MessageView& response, Reporter& report) {
  if (response->is_http1() || ascii::trim(response.text(response->reason)).empty()) return;
  report.at(reason_span(response))
      .with("version", response.text(response->version))
      .with("reason", response.text(reason_span(response)))
      .fix(0, response->reason, "");
}

// ---- Method

void check_method_invalid(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).with("method", problem.message.text(problem.span));
}

void check_method_lowercase(const MessageView& request, Reporter& report) {
  const std::string_view method = request.method();
  const std::string right = upper(method);
  if (find_method(method) != nullptr || find_method(right) == nullptr) return;
  report.at(request->method).with("method", method).with("right", right).fix(0, right);
}

void check_method_unregistered(const MessageView& request, Reporter& report) {
  const std::string_view method = request.method();
  if (method.empty() || request->version.empty() || request.has_problem(ProblemKind::method_invalid)) return;
  if (find_method(method) != nullptr || find_method(upper(method)) != nullptr) return;
  report.at(request->method).with("method", method);
}

// ---- Target

void check_target_invalid(const ProblemView& problem, Reporter& report) {
  const std::string_view text = problem.message.text(problem.span);
  const auto first = std::find_if_not(text.begin(), text.end(), is_visible_ascii);
  const auto last = std::find_if(first, text.end(), is_visible_ascii);
  report
      .at(sub_span(problem.span, static_cast<std::size_t>(first - text.begin()),
                   static_cast<std::size_t>(last - first)))
      .fix(0, problem.span, percent_encoded(text, is_visible_ascii));
}

void check_target_character(const MessageView& request, Reporter& report) {
  const std::string_view text = target(request);
  if (text.empty() || request.has_problem(ProblemKind::target_invalid)) return;
  const auto odd = std::find_if_not(text.begin(), text.end(), is_target_character);
  if (odd == text.end()) return;
  const Span span = sub_span(request->target, static_cast<std::size_t>(odd - text.begin()), 1);
  report.at(span)
      .with("character", request.text(span))
      .fix(0, request->target, percent_encoded(text, is_target_character));
}

void check_target_percent_encoding(const MessageView& request, Reporter& report) {
  const std::string_view text = target(request);
  std::vector<Edit> edits;
  Span first{};
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    if (at + 2 < text.size() && ascii::hex_value(text[at + 1]) >= 0 && ascii::hex_value(text[at + 2]) >= 0) continue;
    if (edits.empty()) first = sub_span(request->target, at, std::min<std::size_t>(3, text.size() - at));
    edits.push_back(replace(sub_span(request->target, at, 1), "%25"));
  }
  if (edits.empty()) return;
  report.at(first).with("triplet", request.text(first)).fix(0, std::move(edits));
}

void check_target_fragment(const MessageView& request, Reporter& report) {
  const std::string_view text = target(request);
  const std::size_t hash = text.find('#');
  if (hash == std::string_view::npos) return;
  const Span fragment = sub_span(request->target, hash, text.size() - hash);
  report.at(fragment).with("fragment", request.text(fragment)).fix(0, "");
}

void check_target_asterisk(const MessageView& request, Reporter& report) {
  const std::string_view method = request.method();
  if (target(request) != "*" || method == "OPTIONS" || method == "PRI" || method == "CONNECT") return;
  report.at(request->target).with("method", method).fix(0, "/");
}

void check_target_form(const MessageView& request, Reporter& report) {
  const std::string_view text = target(request);
  if (text.empty() || request.method() == "CONNECT" || is_form_of_most_methods(text)) return;
  const std::string right = is_authority_form(text) ? "/" : "/" + std::string(text);
  report.at(request->target).with("target", text).with("right", right).fix(0, right);
}

void check_target_of_connect(const MessageView& request, Reporter& report) {
  const std::string_view text = target(request);
  if (text.empty() || is_authority_form(text)) return;
  Report& finding = report.at(request->target).with("target", text);
  if (const std::string right = tunnel_destination(text); !right.empty())
    finding.with("right", right).fix(0, request->target, right);
}

// ---- Host

void check_host_missing(const MessageView& request, Reporter& report) {
  if (!needs_host(request) || request.has(FieldId::host)) return;
  std::string_view host = target_authority(request);
  if (host.empty()) host = request.method() == "CONNECT" ? target(request) : std::string_view("example.com");
  const std::uint32_t at = request->fields.empty() ? request->fields_end.begin : request->fields.front().line.begin;
  Report& finding = report.at(request).with("host", host);
  if (request->dialect != Dialect::http1 || (request->fields.empty() && !request->head_terminated)) return;
  finding.fix(0, {at, at}, std::string("Host: ").append(host).append(line_ending(request)));
}

void check_host_repeated(const FieldView& host, Reporter& report) {
  if (host.size() < 2) return;
  const FieldLine& second = host.line(1);
  std::vector<Edit> edits = remove_lines(host);
  edits.erase(edits.begin());
  report.at({second.name.begin, second.value.end}).with("count", host.size()).fix(0, std::move(edits));
}

void check_host_invalid(const FieldView& host, Reporter& report) {
  const std::string_view value = host.value();
  if (value.empty() || syntax::parse_host_port(value)) return;
  Report& finding = report.at(host).with("value", value);
  std::string_view right = value;
  if (const auto parts = syntax::parse_uri_with_authority(value))
    right = parts->authority;
  else
    right = right.substr(0, right.find('/'));
  if (right != value && syntax::parse_host_port(right))
    finding.with("host", right).fix(0, host.value_span(), right);
}

void check_host_differs_from_target(const FieldView& host, Reporter& report) {
  const MessageView& request = host.message();
  const auto parts = syntax::parse_uri_with_authority(target(request));
  if (!parts || host.size() > 1 || !syntax::parse_host_port(host.value())) return;
  if (ascii::equals_ignoring_case(without_default_port(host.value(), parts->scheme),
                                  without_default_port(parts->authority, parts->scheme)))
    return;
  report.at(host)
      .with("value", host.value())
      .with("authority", parts->authority)
      .fix(0, parts->authority);
}

}  // namespace statuslab::lint::checks
