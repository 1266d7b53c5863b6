// What delimits a message: Content-Length and Transfer-Encoding, RFC 9110 section 8.6 and RFC 9112 section 6.
#include <algorithm>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "base/sort.h"
#include "checks/framing.h"
#include "lint/transfer_coding.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// A line without its line ending.
bool answers_connect(const MessageView& message) {
  return message->is_response() && message->status / 100 == 2 && message.method() == "CONNECT";
}

// Responses in which neither Content-Length nor Transfer-Encoding has a place: each has rules of its own.
bool has_no_framing_fields(const MessageView& message) {
  return message->is_response() && (message->status / 100 == 1 || message->status == 204 || answers_connect(message));
}

// --- Content-Length ---

bool all_digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), ascii::is_digit); }

// Content-Length that has to go altogether is not judged for what it says.
bool is_to_go(const FieldView& length) {
  const MessageView& message = length.message();
  return length.in_trailer() || has_no_framing_fields(message) ||
         (message->is_http1() && message.has(FieldId::transfer_encoding));
}

std::string_view without_leading_zeros(std::string_view digits) {
  while (digits.size() > 1 && digits.front() == '0') digits.remove_prefix(1);
  return digits;
}

std::optional<std::uint64_t> parse_hexadecimal(std::string_view s) {
  if (s.empty() || s.size() > 15) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : s) {
    if (ascii::hex_value(c) < 0) return std::nullopt;
    number = number << 4 | static_cast<std::uint64_t>(ascii::hex_value(c));
  }
  return number;
}

// The number behind a sign, quotes, digit separators, a fraction of zero, or a prefix for hexadecimal.
std::optional<std::uint64_t> meant_length(std::string_view s) {
  if (s.size() > 1 && s.front() == '"' && s.back() == '"') s = s.substr(1, s.size() - 2);
  if (s.starts_with('+')) s.remove_prefix(1);
  if (s.starts_with("0x") || s.starts_with("0X")) return parse_hexadecimal(s.substr(2));
  if (const std::size_t point = s.find('.'); point != std::string_view::npos) {
    if (s.find_first_not_of('0', point + 1) != std::string_view::npos) return std::nullopt;
    s = s.substr(0, point);
  }
  std::string digits;
  std::copy_if(s.begin(), s.end(), std::back_inserter(digits), [](char c) { return c != '_'; });
  return syntax::parse_decimal(digits);
}

bool agrees_with_content(const MessageView& message, std::uint64_t length) {
  return message->content.empty() || message.content_size() == length;
}

// Tools print content with its Content-Encoding taken off, next to the length that it had with it. Compressed bytes
// have control characters among the first ones; text has not.
bool is_shown_decoded(const MessageView& message) {
  const FieldView coding = message.field(FieldId::content_encoding);
  if (coding.empty() || coding.value().empty() || coding.lists("identity")) return false;
  const std::string_view start = message.text(message->content).substr(0, 32);
  return !start.empty() && std::all_of(start.begin(), start.end(), [](char c) {
    return ascii::byte(c) >= 0x20 || c == '\t' || c == '\r' || c == '\n';
  });
}

std::uint64_t size_on_wire(const MessageView& message) { return message->content.size() + message->excess.size(); }

// --- Transfer-Encoding ---

// HTTP/1.1 messages whose Transfer-Encoding is to be judged for what it says.
bool judges_codings(const FieldView& field) {
  const MessageView& message = field.message();
  return !field.in_trailer() && message->is_http1() && !message->is_http_1_0() &&
         !has_no_framing_fields(message);
}

bool is_registered(const TransferCoding& coding) { return is_chunked(coding) || is_compression(coding); }

bool is_odd(const TransferCoding& coding) { return !is_registered(coding); }

bool is_unknown(const TransferCoding& coding) { return is_odd(coding) && !is_identity(coding); }

bool any(const std::vector<TransferCoding>& codings, bool (*holds)(const TransferCoding&)) {
  return std::any_of(codings.begin(), codings.end(), holds);
}

bool all(const std::vector<TransferCoding>& codings, bool (*holds)(const TransferCoding&)) {
  return std::all_of(codings.begin(), codings.end(), holds);
}

// The server closes the connection after the response, and says so.
bool ends_with_connection(const MessageView& message) { return message->is_response() && message.has_connection_option("close"); }

bool is_chunked_too_early(const MessageView& message, const std::vector<TransferCoding>& codings) {
  return any(codings, is_chunked) && !is_chunked(codings.back()) && !any(codings, is_unknown) &&
         !ends_with_connection(message);
}

// TE accepts the coding: it is listed there, and not with a weight of zero.
bool is_accepted(const MessageView& request, std::string_view coding) {
  if (coding.starts_with("x-")) coding.remove_prefix(2);
  for (const std::string_view text : request.field(FieldId::te).members()) {
    std::string_view name = ascii::trim(text.substr(0, text.find(';')));
    if (name.starts_with("x-")) name.remove_prefix(2);
    if (!ascii::equals_ignoring_case(name, coding)) continue;
    const auto parameters = syntax::parse_parameters(text.substr(std::min(text.find(';'), text.size())));
    if (!parameters) return true;
    return std::none_of(parameters->begin(), parameters->end(), [](const syntax::Parameter& p) {
      return ascii::equals_ignoring_case(p.name, "q") && p.value.find_first_not_of("0.") == std::string_view::npos;
    });
  }
  return false;
}

// The content without chunk framing, where it came whole and nothing is lost with the framing.
std::optional<std::string> unchunked(const MessageView& message) {
  const std::vector<TransferCoding> codings = transfer_codings(message);
  const bool whole = message->dialect == Dialect::http1 && message->framing == Framing::chunked && message.complete() &&
                     message->trailers.empty() && message->excess.empty() && codings.size() == 1 &&
                     !message.has_problem(ProblemKind::chunk_size_malformed) &&
                     !message.has_problem(ProblemKind::chunk_size_overflow) &&
                     !message.has_problem(ProblemKind::chunk_data_overrun);
  if (!whole) return std::nullopt;
  std::string content;
  for (const Chunk& chunk : message->chunks) content += message.text(chunk.data);
  return content;
}

// Content-Length in the place of Transfer-Encoding; empty where the content is not known.
std::vector<Edit> frame_by_length(const MessageView& message) {
  const FieldView coding = message.field(FieldId::transfer_encoding);
  if (message->framing == Framing::none && message->content.empty() && message->excess.empty())
    return remove_lines(coding);
  const std::optional<std::string> content = unchunked(message);
  if (!content) return {};
  std::vector<Edit> edits{replace(coding.first().visible(), "Content-Length: " + std::to_string(content->size()))};
  for (std::size_t i = 1; i < coding.size(); ++i) edits.push_back(remove_line(coding.line(i), message));
  for (const FieldId other : {FieldId::content_length, FieldId::trailer})
    for (Edit& edit : remove_lines(message.field(other))) edits.push_back(std::move(edit));
  edits.push_back(replace(message->content, *content));
  return edits;
}

// --- responses that end with their header section ---

Edit remove_excess(const MessageView& message) { return replace(message->excess, {}); }

void report_excess(const ProblemView& problem, Reporter& report) {
  report.at(problem.span)
      .with("size", problem.message->excess.size())
      .fix(0, remove_excess(problem.message));
}

bool has_excess_after_head(const ProblemView& problem) {
  return problem.message->is_response() && problem.message->framing == Framing::none;
}

// --- responses that end with the connection ---

bool is_undelimited(const MessageView& response) {
  return response->is_http1() && response->framing == Framing::close && !response->content.empty() &&
         response->status != 204 && response->status != 304 && !response.has(FieldId::content_length) &&
         !response.has(FieldId::transfer_encoding);
}

void report_undelimited(const MessageView& response, Span place, Reporter& report) {
  Report& finding = report.at(place);
  if (response->dialect == Dialect::curl) return;
  const std::string length = std::to_string(response->content.size());
  finding.with("size", response->content.size()).fix(0, add_field(response, "Content-Length", length));
}

}  // namespace

// --- Content-Length -----------------------------------------------------------------------------------------------

void check_content_length_syntax(const FieldView& field, Reporter& report) {
  if (is_to_go(field)) return;
  const MessageView& message = field.message();
  for (const std::string_view text : field.members()) {
    if (all_digits(text)) continue;
    Report& finding = report.at(text.empty() ? field.first().visible() : message.span_of(text));
    finding.with("value", text.empty() ? field.value() : text);
    if (const auto length = meant_length(text); length && agrees_with_content(message, *length)) {
      const std::string digits = std::to_string(*length);
      finding.with("length", digits).fix(0, set_field(message, FieldId::content_length, digits));
    }
    return;
  }
}

void check_content_length_list(const FieldView& field, Reporter& report) {
  if (is_to_go(field)) return;
  const MessageView& message = field.message();
  const std::vector<std::string_view>& members = field.members();
  if (members.size() < 2) return;
  const auto length = syntax::parse_decimal(members[0]);
  const bool same = length && std::all_of(members.begin(), members.end(), [&](std::string_view member) {
    return syntax::parse_decimal(member) == length;
  });
  if (!same) return;
  report.at(members[1])
      .with("length", *length)
      .fix(0, set_field(message, FieldId::content_length, std::to_string(*length)));
}

void check_content_length_conflict(const FieldView& field, Reporter& report) {
  if (is_to_go(field)) return;
  const MessageView& message = field.message();
  const std::vector<std::string_view>& members = field.members();
  const bool numbers = std::all_of(members.begin(), members.end(),
                                   [&](std::string_view member) { return all_digits(member); });
  if (!numbers) return;
  const std::string_view first = without_leading_zeros(members[0]);
  const auto other = std::find_if(members.begin(), members.end(), [&](std::string_view member) {
    return without_leading_zeros(member) != first;
  });
  if (other == members.end()) return;
  Report& finding = report.at(*other);
  finding.with("first", members[0]).with("second", *other);
  const std::string size = std::to_string(message.content_size());
  const bool one_is_right = std::any_of(members.begin(), members.end(), [&](std::string_view member) {
    return without_leading_zeros(member) == size;
  });
  if (!message->content.empty() && one_is_right)
    finding.with("size", size).fix(0, set_field(message, FieldId::content_length, size));
}

void check_content_length_overflow(const FieldView& field, Reporter& report) {
  if (is_to_go(field)) return;
  const std::vector<std::string_view>& members = field.members();
  for (const std::string_view text : members) {
    if (!all_digits(text) || syntax::parse_decimal(text)) continue;
    const bool agree = std::all_of(members.begin(), members.end(), [&](std::string_view other) {
      return without_leading_zeros(text) == without_leading_zeros(other);
    });
    if (agree) report.at(text).with("value", text);
    return;
  }
}

void check_content_length_with_transfer_encoding(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || !judges_codings(message.field(FieldId::transfer_encoding))) return;
  const std::vector<TransferCoding> codings = transfer_codings(message);
  if (!message.has(FieldId::transfer_encoding) || (!codings.empty() && all(codings, is_identity))) return;
  if (!bytes_of_two_messages(field).empty()) return;
  report.at(field.first())
      .with("value", field.value())
      .with("coding", message.field(FieldId::transfer_encoding).value())
      .remove(0, field);
}

void check_content_length_in_1xx(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_length);
  if (field.empty()) return;
  report.at(field.first())
      .with("status", response->status)
      .with("value", field.value())
      .remove(0, field);
}

void check_content_length_in_connect_2xx(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_length);
  if (field.empty() || !answers_connect(response) || response->status == 204) return;
  report.at(field.first()).with("value", field.value()).remove(0, field);
}

void check_content_shown_decoded(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (message->framing != Framing::content_length || !is_shown_decoded(message)) return;
  const FieldView coding = message.field(FieldId::content_encoding);
  std::vector<Edit> edits = set_field(message, FieldId::content_length, std::to_string(size_on_wire(message)));
  for (Edit& edit : remove_lines(coding)) edits.push_back(std::move(edit));
  report.at(coding)
      .with("coding", coding.value())
      .with("size", size_on_wire(message))
      .fix(0, std::move(edits));
}

void check_content_truncated(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (is_shown_decoded(message)) return;
  const std::uint64_t size = message->content.size();
  report.at(message.field(FieldId::content_length))
      .with("length", message->content_length)
      .with("size", size)
      .fix(0, set_field(message, FieldId::content_length, std::to_string(size)));
}

void check_content_absent(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const FieldView coding = message.field(FieldId::transfer_encoding);
  report.at(coding.empty() ? message.field(FieldId::content_length).value_span() : coding.value_span());
}

void check_content_length_short(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (message->framing != Framing::content_length || is_shown_decoded(message)) return;
  const std::uint64_t size = size_on_wire(message);
  report.at(message.field(FieldId::content_length))
      .with("length", message->content_length)
      .with("size", size)
      .fix(0, set_field(message, FieldId::content_length, std::to_string(size)));
}

void check_request_content_without_length(const ProblemView& problem, Reporter& report) {
  const MessageView& request = problem.message;
  // After CONNECT come the first bytes for the tunnel.
  if (!request->is_request() || request->framing != Framing::none || request.method() == "CONNECT") return;
  const std::uint64_t size = request->excess.size();
  report.at(problem.span)
      .with("size", size)
      .fix(0, add_field(request, "Content-Length", std::to_string(size)));
}

void check_excess_newline(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).fix(0, remove_excess(problem.message));
}

// --- responses that end with their header section -----------------------------------------------------------------

void check_content_in_204(const ProblemView& problem, Reporter& report) {
  const MessageView& response = problem.message;
  if (!has_excess_after_head(problem) || response->status != 204) return;
  std::vector<Edit> as_200{replace(response->status_code, "200")};
  if (!response->reason.empty()) as_200.push_back(replace(response->reason, "OK"));
  std::vector<Edit> framing;
  if (response.has(FieldId::transfer_encoding))
    framing = remove_lines(response.field(FieldId::content_length));
  else
    framing = set_field(response, FieldId::content_length, std::to_string(response->excess.size()));
  for (Edit& edit : framing) as_200.push_back(std::move(edit));
  report.at(problem.span)
      .with("size", response->excess.size())
      .fix(0, remove_excess(response))
      .fix(1, std::move(as_200));
}

void check_content_in_304(const ProblemView& problem, Reporter& report) {
  if (has_excess_after_head(problem) && problem.message->status == 304) report_excess(problem, report);
}

void check_content_in_1xx(const ProblemView& problem, Reporter& report) {
  const MessageView& response = problem.message;
  if (!has_excess_after_head(problem) || response->status / 100 != 1) return;
  report.at(problem.span)
      .with("status", response->status)
      .with("size", response->excess.size())
      .fix(0, remove_excess(response));
}

void check_content_in_head_response(const ProblemView& problem, Reporter& report) {
  const MessageView& response = problem.message;
  const bool narrower = response->status / 100 == 1 || response->status == 204 || response->status == 304;
  if (has_excess_after_head(problem) && !narrower && response.method() == "HEAD") report_excess(problem, report);
}

// --- responses that end with the connection -----------------------------------------------------------------------

void check_close_delimited(const MessageView& response, Reporter& report) {
  if (!is_undelimited(response) || response->is_http_1_0() || !response.has_connection_option("close")) return;
  report_undelimited(response, response.anchor(), report);
}

void check_close_delimited_without_connection_close(const MessageView& response, Reporter& report) {
  if (!is_undelimited(response) || response->is_http_1_0()) return;
  if (response.has_connection_option("close") || response.has_connection_option("keep-alive")) return;
  report_undelimited(response, response.anchor(), report);
}

void check_close_delimited_with_keep_alive(const MessageView& response, Reporter& report) {
  if (!is_undelimited(response) || !response.has_connection_option("keep-alive") || response.has_connection_option("close")) return;
  report_undelimited(response, response.field(FieldId::connection).first().visible(), report);
}

void check_close_not_confirmed(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (!exchange.request.has_connection_option("close") || !exchange.request->is_http1()) return;
  if (!response->is_http1() || response->is_http_1_0() || response.has_connection_option("close")) return;
  if (response->framing == Framing::tunnel) return;
  Report& finding = report.at(response);
  const FieldView connection = response.field(FieldId::connection);
  if (connection.empty()) {
    finding.fix(0, add_field(response, "Connection", "close"));
  } else if (connection.size() == 1 && ascii::equals_ignoring_case(connection.value(), "keep-alive")) {
    finding.fix(0, connection.value_span(), "close");
  }
}

// --- Transfer-Encoding --------------------------------------------------------------------------------------------

void check_transfer_encoding_in_1xx(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::transfer_encoding);
  if (field.empty() || !response->is_http1()) return;
  report.at(field.first())
      .with("status", response->status)
      .with("coding", field.value())
      .remove(0, field);
}

void check_transfer_encoding_in_204(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::transfer_encoding);
  if (field.empty() || !response->is_http1()) return;
  report.at(field.first()).with("coding", field.value()).remove(0, field);
}

void check_transfer_encoding_in_connect_2xx(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::transfer_encoding);
  if (field.empty() || !response->is_http1() || !answers_connect(response) || response->status == 204) return;
  report.at(field.first()).with("coding", field.value()).remove(0, field);
}

void check_transfer_encoding_in_http_1_0_message(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || !message->is_http_1_0() || has_no_framing_fields(message)) return;
  Report& finding = report.at(field.first());
  finding.with("coding", field.value());
  if (std::vector<Edit> edits = frame_by_length(message); !edits.empty()) finding.fix(0, std::move(edits));
}

void check_transfer_encoding_to_http_1_0(const ExchangeView& exchange, Reporter& report) {
  const FieldView field = exchange.response.field(FieldId::transfer_encoding);
  if (field.empty() || !judges_codings(field) || !exchange.request->is_http_1_0()) return;
  Report& finding = report.at(field.first());
  finding.with("coding", field.value());
  if (std::vector<Edit> edits = frame_by_length(exchange.response); !edits.empty()) finding.fix(0, std::move(edits));
}

void check_request_transfer_encoding_without_chunked(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const std::vector<TransferCoding> codings = transfer_codings(field.message());
  if (codings.empty() || any(codings, is_chunked) || any(codings, is_odd)) return;
  report.at(codings.back().name).with("coding", codings.back().name);
}

void check_response_transfer_encoding_without_chunked(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (!judges_codings(field) || response->framing != Framing::close || ends_with_connection(response)) return;
  const std::vector<TransferCoding> codings = transfer_codings(response);
  if (codings.empty() || any(codings, is_chunked) || any(codings, is_odd)) return;
  Report& finding = report.at(codings.back().name);
  finding.with("coding", codings.back().name);
  if (!response.has(FieldId::connection)) finding.fix(0, add_field(response, "Connection", "close"));
}

void check_chunked_not_last(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const MessageView& message = field.message();
  std::vector<TransferCoding> codings = transfer_codings(message);
  if (!is_chunked_too_early(message, codings)) return;
  const TransferCoding last = codings.back();
  Report& finding = report.at(last.name);
  finding.with("coding", last.name);
  sort(codings, [](const TransferCoding& a, const TransferCoding& b) { return is_chunked(a) < is_chunked(b); });
  const auto kept = std::remove_if(codings.begin(), codings.end(), is_identity);
  codings.erase(kept, codings.end());
  finding.fix(0, set_transfer_codings(message, codings));
}

void check_chunked_repeated(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const MessageView& message = field.message();
  std::vector<TransferCoding> codings = transfer_codings(message);
  const auto first = std::find_if(codings.begin(), codings.end(), is_chunked);
  if (first == codings.end()) return;
  const auto second = std::find_if(first + 1, codings.end(), is_chunked);
  if (second == codings.end()) return;
  Report& finding = report.at(second->name);
  const TransferCoding chunked = *first;
  codings.erase(std::remove_if(first, codings.end(), is_chunked), codings.end());
  codings.push_back(chunked);
  finding.fix(0, set_transfer_codings(message, codings));
}

void check_transfer_coding_unknown(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const MessageView& message = field.message();
  for (const TransferCoding& coding : transfer_codings(message)) {
    if (!is_unknown(coding)) continue;
    if (message.request() != nullptr && is_accepted(*message.request(), coding.name)) continue;
    Report& finding = report.at(coding.name);
    finding.with("coding", coding.name);
    if (coding.name.find("hunk") != std::string_view::npos) finding.fix(0, "chunked");
  }
}

void check_transfer_coding_identity(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const MessageView& message = field.message();
  std::vector<TransferCoding> codings = transfer_codings(message);
  const auto identity = std::find_if(codings.begin(), codings.end(), is_identity);
  if (identity == codings.end() || is_chunked_too_early(message, codings)) return;
  Report& finding = report.at(identity->name);
  codings.erase(std::remove_if(codings.begin(), codings.end(), is_identity), codings.end());
  finding.fix(0, set_transfer_codings(message, codings));
}

void check_chunked_parameters(const FieldView& field, Reporter& report) {
  if (!judges_codings(field)) return;
  const MessageView& message = field.message();
  for (const TransferCoding& coding : transfer_codings(message)) {
    if (!is_chunked(coding) || coding.parameters.empty()) continue;
    report.at(coding.parameters)
        .with("parameters", ascii::trim(coding.parameters))
        .fix(0, "");
  }
}

void check_transfer_coding_not_requested(const ExchangeView& exchange, Reporter& report) {
  const FieldView field = exchange.response.field(FieldId::transfer_encoding);
  if (field.empty() || !judges_codings(field) || exchange.request->is_http_1_0()) return;
  for (const TransferCoding& coding : transfer_codings(exchange.response))
    if (is_compression(coding) && !is_accepted(exchange.request, coding.name))
      report.at(coding.name).with("coding", coding.name);
}

// --- more than one reading ----------------------------------------------------------------------------------------

namespace {

// "%0D%0A" and "%0A", in any case, from `at`; 0 where there is none.
std::size_t encoded_line_break(std::string_view text, std::size_t at) {
  const auto is = [&](std::size_t i, char last) {
    return i + 2 < text.size() && text[i] == '%' && text[i + 1] == '0' && ascii::lower(text[i + 2]) == last;
  };
  if (is(at, 'a')) return 3;
  return is(at, 'd') && is(at + 3, 'a') ? 6 : 0;
}

// A line break in percent-encoding with a field name and a colon after it, the colon encoded or not.
struct EncodedField {
  std::size_t begin;
  std::size_t name;
  std::size_t colon;
  std::size_t value;
};

std::optional<EncodedField> find_encoded_field(std::string_view text) {
  for (std::size_t at = text.find('%'); at != std::string_view::npos; at = text.find('%', at + 1)) {
    const std::size_t length = encoded_line_break(text, at);
    if (length == 0) continue;
    const std::size_t name = at + length;
    std::size_t end = name;
    while (end < text.size() && (ascii::is_alpha(text[end]) || text[end] == '-')) ++end;
    if (end == name || end == text.size()) continue;
    const std::string_view rest = text.substr(end);
    const bool encoded = rest.starts_with("%3A") || rest.starts_with("%3a");
    // "%0Ahttp://" is a link in a text.
    if (encoded || (rest[0] == ':' && !rest.starts_with("://"))) return EncodedField{at, name, end, end + (encoded ? 3 : 1)};
  }
  return std::nullopt;
}

Span part_of(Span whole, std::size_t begin, std::size_t end) {
  return {whole.begin + static_cast<std::uint32_t>(begin), whole.begin + static_cast<std::uint32_t>(end)};
}

}  // namespace

void check_response_unasked(const MessageView& response, Reporter& report) {
  if (response.is_unasked()) report.at(response).with("status", response->status);
}

void check_transfer_encoding_split(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || field.size() < 2) return;
  // Codings that contradict each other have findings of their own.
  const std::vector<TransferCoding> codings = transfer_codings(message);
  const bool plain = std::all_of(codings.begin(), codings.end(), is_registered);
  if (!plain || std::count_if(codings.begin(), codings.end(), is_chunked) > 1) return;
  report.at(field.line(1)).with("count", field.size()).fix(0, set_transfer_codings(message, codings));
}

void check_compression_coding_parameters(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const TransferCoding& coding : transfer_codings(field.message())) {
    if (!is_compression(coding) || ascii::trim(coding.parameters).empty()) continue;
    report.at(coding.whole)
        .with("coding", coding.name)
        .fix(0, coding.parameters, "");
  }
}

void check_line_break_encoded(const MessageView& response, Reporter& report) {
  for (const FieldLine& line : response->fields) {
    const auto found = find_encoded_field(response.value(line));
    if (!found) continue;
    const Span place = part_of(line.value, found->begin, found->value);
    report.at(place).with("text", response.text(place));
    return;
  }
}

void check_line_break_injected(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  std::string_view target = exchange.request.text(exchange.request->target);
  const auto found = find_encoded_field(target);
  if (!found) return;
  const std::string_view name = target.substr(found->name, found->colon - found->name);
  std::string_view wanted = target.substr(found->value);
  while (wanted.starts_with("%20") || wanted.starts_with('+')) wanted.remove_prefix(wanted.front() == '+' ? 1 : 3);
  wanted = wanted.substr(0, wanted.find_first_of("%&+ "));
  for (const FieldLine& line : response->fields) {
    if (!ascii::equals_ignoring_case(response.text(line.name), name)) continue;
    if (wanted.empty() || !response.value(line).starts_with(wanted)) continue;
    report.at(line).with("name", response.text(line.name));
    return;
  }
}

void check_content_length_right(const MessageView& message, Reporter& report) {
  const FieldView field = message.field(FieldId::content_length);
  if (message->framing != Framing::content_length || field.size() != 1 || message->content.empty()) return;
  if (message->content.size() != message->content_length || !message->excess.empty()) return;
  report.at(field).with("length", message->content_length);
}

}  // namespace statuslab::lint::checks
