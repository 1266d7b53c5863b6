// Chunked content and trailer fields: RFC 9112 section 7.1, RFC 9110 sections 6.5 and 6.6.2.
#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.h"
#include "checks/chunked.h"
#include "lint/transfer_coding.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

std::string_view line_at(std::string_view text, std::size_t at) {
  const std::size_t end = std::min(text.find('\n', at), text.size());
  std::string_view line = text.substr(at, end - at);
  if (line.ends_with('\r')) line.remove_suffix(1);
  return line;
}

std::string_view chunk_size_of(std::string_view line) {
  const auto* end = std::find_if(line.begin(), line.end(), [](char c) { return ascii::hex_value(c) < 0; });
  return line.substr(0, static_cast<std::size_t>(end - line.begin()));
}

// chunk-size [ chunk-ext ]
bool is_chunk_head(std::string_view line) {
  const std::string_view size = chunk_size_of(line);
  const std::string_view rest = ascii::trim(line.substr(size.size()));
  return !size.empty() && (rest.empty() || rest.front() == ';');
}

bool is_last_chunk_head(std::string_view line) {
  return is_chunk_head(line) && chunk_size_of(line).find_first_not_of('0') == std::string_view::npos;
}

std::string hexadecimal(std::uint64_t number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[number & 15]);
    number >>= 4;
  } while (number != 0);
  return digits;
}

std::uint64_t parse_hexadecimal(std::string_view digits) {
  std::uint64_t number = 0;
  for (const char c : digits) number = number << 4 | static_cast<std::uint64_t>(ascii::hex_value(c));
  return number;
}

bool is_first(const ProblemView& problem) {
  const std::vector<Problem>& all = problem.message->problems;
  return std::none_of(all.begin(), all.end(), [&](const Problem& other) {
    return other.kind == problem.kind && other.span.begin < problem.span.begin;
  });
}

// --- content that only looks chunked ---

bool has_last_chunk(std::string_view content) {
  for (std::size_t at = content.find('\n'); at != std::string_view::npos; at = content.find('\n', at + 1))
    if (is_last_chunk_head(line_at(content, at + 1))) return true;
  return false;
}

// curl -i, browsers and most other tools print content with the chunk framing already taken off. It is told by its
// first line, which is no chunk size, and by a last chunk being nowhere.
bool is_decoded(const MessageView& message) {
  if (message->framing != Framing::chunked) return false;
  const std::string_view content = message.text(message->content);
  if (!is_chunk_head(line_at(content, 0))) return !has_last_chunk(content);
  return message->chunks.size() == 1 && message->chunks[0].data.empty() && content.find('\n') == std::string_view::npos;
}

// --- sizes in decimal ---

// Offsets are into the whole text. The place after the line ending at `at`; empty where there is none.
std::optional<std::size_t> after_line_ending(std::string_view text, std::size_t at) {
  if (text.substr(std::min(at, text.size())).starts_with("\r\n")) return at + 2;
  if (text.substr(std::min(at, text.size())).starts_with('\n')) return at + 1;
  return std::nullopt;
}

struct DecimalSizes {
  Span first;
  std::uint64_t length = 0;
  std::vector<Edit> edits;  // empty where the rest does not follow either
};

// Where a chunk's size only fits its data when it is read as decimal: that size, and all sizes as hexadecimal.
std::optional<DecimalSizes> find_decimal_sizes(const MessageView& message) {
  const bool breaks = message.has_problem(ProblemKind::chunk_data_overrun) ||
                      message.has_problem(ProblemKind::chunked_truncated) ||
                      message.has_problem(ProblemKind::chunk_size_malformed);
  if (!breaks || message->framing != Framing::chunked) return std::nullopt;
  const std::string_view text = message.text();
  for (const Chunk& chunk : message->chunks) {
    const auto length = syntax::parse_decimal(message.text(chunk.size));
    if (!length || *length < 10 || *length >= text.size()) continue;
    const auto next = after_line_ending(text, chunk.data.begin + *length);
    if (!next || *next >= text.size() || !is_chunk_head(line_at(text, *next))) continue;
    DecimalSizes found{chunk.size, *length, {}};
    found.edits.push_back(replace(chunk.size, hexadecimal(*length)));
    std::size_t at = *next;
    while (true) {
      const std::string_view line = line_at(text, at);
      const std::string_view size = chunk_size_of(line);
      const auto number = syntax::parse_decimal(size);
      if (!number || !is_chunk_head(line)) return found.edits.clear(), found;
      if (*number == 0) return found;
      const auto begin = static_cast<std::uint32_t>(at);
      if (*number >= 10)
        found.edits.push_back(replace({begin, begin + static_cast<std::uint32_t>(size.size())}, hexadecimal(*number)));
      const auto data = after_line_ending(text, at + line.size());
      if (!data || *number >= text.size() - *data) return found.edits.clear(), found;
      const auto following = after_line_ending(text, *data + *number);
      if (!following) return found.edits.clear(), found;
      at = *following;
    }
  }
  return std::nullopt;
}

bool is_explained(const MessageView& message) { return is_decoded(message) || find_decimal_sizes(message); }

// --- broken chunks ---

// The size with which another chunk follows this one: up to the end of the line that its data ends in, or up to the
// last line ending inside its data.
std::optional<std::uint64_t> length_that_fits(const MessageView& message, const Chunk& chunk, Span rest_of_line) {
  const std::string_view text = message.text();
  const auto fits = [&](std::size_t end) {
    const auto next = after_line_ending(text, end);
    return next && *next < text.size() && is_chunk_head(line_at(text, *next));
  };
  if (fits(rest_of_line.end)) return rest_of_line.end - chunk.data.begin;
  const std::string_view data = message.text(chunk.data);
  std::size_t last = data.rfind('\n');
  if (last == std::string_view::npos || last == 0) return std::nullopt;
  if (data[last - 1] == '\r') --last;
  if (last == 0 || !fits(chunk.data.begin + last)) return std::nullopt;
  return last;
}

// Digits with nothing but white space after them.
bool is_only_padded(std::string_view line) {
  const std::string_view size = chunk_size_of(line);
  return !size.empty() && size.size() < line.size() && ascii::trim(line.substr(size.size())).empty();
}

// --- trailers ---

// RFC 9110 section 6.5.1: "those that describe message framing, routing, authentication, request modifiers, response
// controls, or content format".
constexpr std::array forbidden_fields{
    FieldId::transfer_encoding, FieldId::content_length, FieldId::trailer, FieldId::te, FieldId::connection,
    FieldId::upgrade, FieldId::keep_alive,
    FieldId::host, FieldId::max_forwards,
    FieldId::authorization, FieldId::proxy_authorization, FieldId::www_authenticate, FieldId::proxy_authenticate,
    FieldId::cookie, FieldId::set_cookie,
    FieldId::expect, FieldId::range, FieldId::if_match, FieldId::if_none_match, FieldId::if_modified_since,
    FieldId::if_unmodified_since, FieldId::if_range, FieldId::pragma,
    FieldId::cache_control, FieldId::age, FieldId::date, FieldId::expires, FieldId::location, FieldId::retry_after,
    FieldId::vary,
    FieldId::content_encoding, FieldId::content_type, FieldId::content_range,
};

bool is_forbidden(FieldId id) {
  return std::find(forbidden_fields.begin(), forbidden_fields.end(), id) != forbidden_fields.end();
}
bool is_forbidden(std::string_view name) { return is_forbidden(find_field(name)); }

// Moved to the header section these would frame the message anew.
bool frames(FieldId id) {
  return id == FieldId::transfer_encoding || id == FieldId::content_length || id == FieldId::trailer ||
         id == FieldId::te || id == FieldId::connection || id == FieldId::upgrade || id == FieldId::keep_alive;
}

bool is_announced(const MessageView& message, std::string_view name) {
  const std::vector<std::string_view>& members = message.field(FieldId::trailer).members();
  return std::any_of(members.begin(), members.end(),
                     [&](std::string_view member) { return ascii::equals_ignoring_case(member, name); });
}

bool is_sent(const MessageView& message, std::string_view name) {
  return std::any_of(message->trailers.begin(), message->trailers.end(), [&](const FieldLine& line) {
    return ascii::equals_ignoring_case(message.text(line.name), name);
  });
}

// Trailer without this name.
std::vector<Edit> retract(const MessageView& message, std::string_view name) {
  const FieldView field = message.field(FieldId::trailer);
  std::string value;
  for (const std::string_view text : field.members()) {
    if (text.empty() || ascii::equals_ignoring_case(text, name)) continue;
    if (!value.empty()) value += ", ";
    value += text;
  }
  return value.empty() ? remove_lines(field) : set_field(message, FieldId::trailer, value);
}

bool is_whole(const MessageView& message) {
  return message->framing == Framing::chunked && message.complete() &&
         !message.has_problem(ProblemKind::chunk_size_malformed) &&
         !message.has_problem(ProblemKind::chunk_size_overflow) &&
         !message.has_problem(ProblemKind::chunk_data_overrun);
}

}  // namespace

// --- chunks -------------------------------------------------------------------------------------------------------

void check_chunked_content_decoded(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (!is_first(problem) || !is_decoded(message)) return;
  const FieldView coding = message.field(FieldId::transfer_encoding);
  Report& finding = report.at(coding.value_span(coding.size() - 1));
  const std::uint64_t size = message->content.size();
  finding.with("size", size);
  if (coding.size() > 1 || transfer_codings(message).size() > 1) return;
  const FieldLine& line = coding.first();
  std::vector<Edit> edits = remove_lines(message.field(FieldId::content_length));
  for (Edit& edit : remove_lines(message.field(FieldId::trailer))) edits.push_back(std::move(edit));
  edits.push_back(replace(line.visible(), "Content-Length: " + std::to_string(size)));
  finding.fix(0, std::move(edits));
}

void check_chunk_size_malformed(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view line = message.text(problem.span);
  const bool consequence = message.has_problem(ProblemKind::chunk_data_overrun);
  if (is_only_padded(line) || consequence || is_explained(message)) return;
  const std::string_view size = ascii::trim(line.substr(0, line.find(';')));
  if (size.empty()) {
    report.at({problem.span.begin, std::max(problem.span.end, problem.span.begin + 1)}).with("size", size);
    return;
  }
  const auto begin = problem.span.begin + static_cast<std::uint32_t>(size.data() - line.data());
  report.at({begin, begin + static_cast<std::uint32_t>(size.size())}).with("size", size);
}

void check_chunk_size_whitespace(const ProblemView& problem, Reporter& report) {
  const std::string_view line = problem.message.text(problem.span);
  if (!is_only_padded(line) || is_decoded(problem.message)) return;
  const std::string_view size = chunk_size_of(line);
  const Span padding{problem.span.begin + static_cast<std::uint32_t>(size.size()), problem.span.end};
  report.at(padding).with("size", size).fix(0, "");
}

void check_chunk_size_overflow(const ProblemView& problem, Reporter& report) {
  report.at(problem.span).with("size", problem.message.text(problem.span));
}

void check_chunk_size_decimal(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::vector<Problem>& problems = message->problems;
  const auto first = std::find_if(problems.begin(), problems.end(), [](const Problem& p) {
    return p.kind == ProblemKind::chunk_data_overrun || p.kind == ProblemKind::chunked_truncated ||
           p.kind == ProblemKind::chunk_size_malformed;
  });
  if (first->kind != problem.kind || !(first->span == problem.span)) return;
  std::optional<DecimalSizes> decimal = find_decimal_sizes(message);
  if (!decimal || is_decoded(message)) return;
  const std::string_view size = message.text(decimal->first);
  Report& finding = report.at(decimal->first);
  finding.with("size", size).with("bytes", parse_hexadecimal(size)).with("hex", hexadecimal(decimal->length));
  if (!decimal->edits.empty()) finding.fix(0, std::move(decimal->edits));
}

void check_chunk_data_overrun(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (!is_first(problem) || is_explained(message)) return;
  const auto chunk = std::find_if(message->chunks.begin(), message->chunks.end(),
                                  [&](const Chunk& c) { return c.data.end == problem.span.begin; });
  if (chunk == message->chunks.end()) return;
  Report& finding = report.at(chunk->size);
  finding.with("size", message.text(chunk->size)).with("bytes", chunk->data.size());
  if (const auto length = length_that_fits(message, *chunk, problem.span))
    finding.with("hex", hexadecimal(*length)).fix(0, chunk->size, hexadecimal(*length));
}

namespace {

bool is_long_extension(const ProblemView& problem) { return problem.span.size() >= 256; }

// The first byte that neither a token nor a quoted-string may contain.
std::size_t control_of(std::string_view extension) {
  const auto found = std::find_if(extension.begin(), extension.end(), [](char c) {
    return (ascii::byte(c) < 0x20 && c != '\t') || c == '\x7F';
  });
  return found == extension.end() ? std::string_view::npos : static_cast<std::size_t>(found - extension.begin());
}

}  // namespace

void check_chunk_extension(const ProblemView& problem, Reporter& report) {
  if (is_long_extension(problem) || control_of(problem.message.text(problem.span)) != std::string_view::npos) return;
  if (is_first(problem)) report.at(problem.span).with("extension", problem.message.text(problem.span));
}

void check_chunked_truncated(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view rest = message.text({problem.span.begin, problem.span.end});
  if (message->chunks.empty() || is_last_chunk_head(line_at(rest, 0)) || is_explained(message)) return;
  if (message.has_problem(ProblemKind::chunk_data_overrun)) return;
  const Chunk& last = message->chunks.back();
  Report& finding = report.at(last.size);
  finding.with("size", message.content_size());
  if (last.data.empty()) return;
  const std::string_view ending = message.has_problem(ProblemKind::bare_lf) ? "\n" : "\r\n";
  std::string end = "0";
  end.append(ending).append(ending);
  if (last.data.end == message->content.end) end.insert(0, ending);
  std::vector<Edit> edits{replace({message->content.end, message->content.end}, end)};
  if (parse_hexadecimal(message.text(last.size)) != last.data.size())
    edits.push_back(replace(last.size, hexadecimal(last.data.size())));
  finding.fix(0, std::move(edits));
}

void check_chunked_final_line_missing(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  const std::string_view line = line_at(message.text(problem.span), 0);
  if (!is_last_chunk_head(line) || is_decoded(message)) return;
  const auto size = static_cast<std::uint32_t>(chunk_size_of(line).size());
  const std::string_view ending = message.has_problem(ProblemKind::bare_lf) ? "\n" : "\r\n";
  std::string missing(ending);
  if (!message.text(message->content).ends_with('\n')) missing += ending;
  report.at({problem.span.begin, problem.span.begin + size})
      .fix(0, {message->content.end, message->content.end}, missing);
}

void check_content_after_last_chunk(const ProblemView& problem, Reporter& report) {
  const MessageView& message = problem.message;
  if (message->framing != Framing::chunked) return;
  report.at(problem.span).with("size", message->excess.size()).fix(0, message->excess, {});
}

// --- trailers -----------------------------------------------------------------------------------------------------

void check_trailer_forbidden_field(const MessageView& message, Reporter& report) {
  for (const FieldLine& line : message->trailers) {
    const std::string_view name = message.text(line.name);
    const FieldId id = find_field(name);
    if (!is_forbidden(id)) continue;
    Report& finding = report.at(line.name);
    finding.with("name", name);
    std::vector<Edit> removal = retract(message, name);
    removal.push_back(remove_line(line, message));
    if (!frames(id) && !message.has(id) && message.trailer(id).size() == 1 && message->framing == Framing::chunked) {
      std::vector<Edit> move = removal;
      move.push_back(add_field(message, name, message.value(line)));
      finding.fix(0, std::move(move));
    }
    finding.fix(1, std::move(removal));
  }
}

void check_trailer_not_announced(const MessageView& message, Reporter& report) {
  std::vector<Span> names;
  for (const FieldLine& line : message->trailers) {
    const std::string_view name = message.text(line.name);
    const bool seen = std::any_of(names.begin(), names.end(), [&](Span other) {
      return ascii::equals_ignoring_case(message.text(other), name);
    });
    if (seen || !syntax::is_token(name) || is_announced(message, name) || is_forbidden(name)) continue;
    names.push_back(line.name);
  }
  if (names.empty()) return;
  const FieldView field = message.field(FieldId::trailer);
  std::string value;
  if (!field.empty()) value = std::string(field.value());
  for (const Span name : names) {
    if (!value.empty()) value += ", ";
    value += message.text(name);
  }
  Report& finding = report.at(names.front());
  finding.with("name", message.text(names.front()));
  if (field.empty())
    finding.fix(0, add_field(message, "Trailer", value));
  else
    finding.fix(0, field.value_span(), value);
}

void check_trailer_announced_missing(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || !is_whole(message)) return;
  for (const std::string_view name : field.members()) {
    if (!name.empty() && !is_sent(message, name) && !is_forbidden(name)) report.at(name).with("name", name);
  }
}

void check_trailer_without_chunked(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer() || !message->is_http1() || message.has(FieldId::transfer_encoding)) return;
  // A response to HEAD, or a 304, may carry what the response to GET would have carried.
  const bool without_content = message->is_response() && (message->status == 304 || message.method() == "HEAD");
  const bool maybe_to_head = message->is_response() && message.request() == nullptr && message->content.empty() &&
                             !message.has(FieldId::content_length);
  if (without_content || maybe_to_head) return;
  const FieldLine& line = field.first();
  report.at(line).with("names", field.value()).remove(0, field);
}

void check_trailer_names_forbidden_field(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (field.in_trailer()) return;
  for (const std::string_view name : field.members()) {
    if (!is_forbidden(name) || is_sent(message, name)) continue;
    report.at(name).with("name", name).fix(0, retract(message, name));
  }
}

void check_trailers_without_te_trailers(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  if (response->trailers.empty()) return;
  const FieldView te = exchange.request.field(FieldId::te);
  const std::vector<std::string_view>& members = te.members();
  const bool accepts = std::any_of(members.begin(), members.end(), [&](std::string_view member) {
    return ascii::equals_ignoring_case(member, "trailers");
  });
  if (!accepts) report.at(response->trailers.front().name).with("name", response.text(response->trailers.front().name));
}

// --- extensions ---------------------------------------------------------------------------------------------------

void check_chunk_extension_long(const ProblemView& problem, Reporter& report) {
  if (!is_long_extension(problem) || control_of(problem.message.text(problem.span)) != std::string_view::npos) return;
  report.at(problem.span).with("size", problem.span.size()).fix(0, "");
}

void check_chunk_extension_control(const ProblemView& problem, Reporter& report) {
  const std::string_view extension = problem.message.text(problem.span);
  const std::size_t at = control_of(extension);
  if (at == std::string_view::npos) return;
  const std::uint32_t begin = problem.span.begin + static_cast<std::uint32_t>(at);
  report.at({begin, begin + 1}).with("byte", "0x" + hexadecimal(ascii::byte(extension[at]))).fix(0, problem.span, "");
}

}  // namespace statuslab::lint::checks
