// What a client makes of the bytes on a connection (RFC 9112 sections 6 and 9): which responses it passes over, where a
// message ends for it, and what becomes of the bytes behind that end. Here clients differ most, and here a response whose
// sender and recipient disagree about its end poisons the next one.
#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "statuslab/parse.h"
#include "syntax/rfc9110.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr std::uint16_t continue_status = 100;
constexpr std::uint16_t switching_protocols = 101;
constexpr std::uint16_t early_hints = 103;
constexpr std::uint16_t ok = 200;

bool has_token(const http::Fields& fields, std::string_view name, std::string_view token) {
  const auto value = http::combined(fields, name);
  if (!value) return false;
  const auto members = syntax::list_members(*value);
  return std::any_of(members.begin(), members.end(), [&](std::string_view member) { return http::same_name(member, token); });
}

bool is_chunked(const http::Response& response) { return has_token(response.fields, "Transfer-Encoding", "chunked"); }

// Every length that Content-Length declares, also in a list; `valid`: all of them are numbers.
struct Lengths {
  std::vector<std::uint64_t> all;
  bool valid = true;

  [[nodiscard]] std::optional<std::uint64_t> first() const { return all.empty() ? std::nullopt : std::optional(all.front()); }
  [[nodiscard]] bool differ() const { return std::any_of(all.begin(), all.end(), [this](std::uint64_t one) { return one != all.front(); }); }
};

Lengths declared_lengths(const http::Response& response) {
  Lengths lengths;
  const auto value = http::combined(response.fields, "Content-Length");
  if (!value) return lengths;
  for (const std::string_view member : syntax::list_members(*value)) {
    const auto length = syntax::parse_decimal(member);
    if (length) lengths.all.push_back(*length);
    lengths.valid = lengths.valid && length.has_value();
  }
  return lengths;
}

std::string text_at(const std::string& text, Span span) { return text.substr(span.begin, span.end - span.begin); }

// The first message of bytes that were meant to be something else.
std::optional<Incoming> response_in(const std::string& bytes) {
  const std::vector<Message> messages = parse(bytes);
  if (messages.empty() || messages.front().status == 0 || !messages.front().head_terminated) return std::nullopt;
  const Message& message = messages.front();
  Incoming incoming;
  incoming.response.status = message.status;
  incoming.response.reason = text_at(bytes, message.reason);
  for (const FieldLine& line : message.fields) incoming.response.fields.push_back({text_at(bytes, line.name), text_at(bytes, line.value)});
  incoming.response.content = text_at(bytes, message.content);
  return incoming;
}

bool all_digits(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), ascii::is_digit); }

// Which row of the table speaks of this status; none for one of three digits from 100 on.
std::optional<Behaviour> oddity_of(std::string_view status) {
  if (!all_digits(status)) return Behaviour::status_not_a_number;
  if (status.size() == 4) return status.front() == '1' ? Behaviour::status_four_digits_low : Behaviour::status_four_digits;
  if (status.size() != 3) return Behaviour::status_two_digits;
  return status.front() == '0' ? std::optional(Behaviour::status_below_100) : std::nullopt;
}

std::string status_text_of(const Incoming& incoming) {
  if (!incoming.status_text.empty()) return incoming.status_text;
  std::string text = std::to_string(incoming.response.status);
  return text.size() < 3 ? std::string(3 - text.size(), '0') + text : text;
}

// Who speaks of an interim response that nobody asked for.
Behaviour behaviour_about(std::uint16_t status, bool is_last, Failure failure) {
  if (status == continue_status) return Behaviour::interim_100;
  if (status != switching_protocols) return Behaviour::interim_other;
  return is_last && failure != Failure::none ? Behaviour::interim_101_closed : Behaviour::interim_101;
}

// Who speaks of the bytes behind a message that ends with its header section.
Behaviour excess_behind_head(std::string_view bytes, bool is_late) {
  if (is_late) return Behaviour::excess_late;
  return bytes.starts_with("HTTP/1.1") ? Behaviour::excess_whole_response : Behaviour::excess_at_once;
}

}  // namespace

// --- connections ----------------------------------------------------------------------------------------------------

Client::Connection& Exchange::connect(const std::string& origin) {
  auto& all = client_.connections_;
  const auto idle = std::find_if(all.begin(), all.end(), [&](const auto& connection) { return connection.origin == origin; });
  decide(connection_reused, idle != all.end(), Behaviour::connection_kept, {{"origin", origin}});
  if (idle != all.end()) {
    change(ChangeKind::connection_reused, idle->number, origin);
    return *idle;
  }
  all.push_back({.origin = origin, .number = ++client_.last_connection_, .used = false, .poison = {}});
  change(ChangeKind::connection_opened, all.back().number, origin);
  return all.back();
}

void Exchange::release(bool keep, const std::string& waiting) {
  auto& all = client_.connections_;
  const auto connection = std::find_if(all.begin(), all.end(), [&](const auto& one) { return one.number == current_.outgoing.connection; });
  if (connection == all.end()) return;
  decide(connection_kept_open, keep, {{"connection", std::to_string(connection->number)}});
  if (!keep) {
    change(ChangeKind::connection_closed, connection->number, connection->origin);
    all.erase(connection);
    return;
  }
  connection->used = true;
  connection->poison = waiting;
  change(waiting.empty() ? ChangeKind::connection_kept : ChangeKind::connection_poisoned, connection->number, connection->origin, waiting);
}

// RFC 9110 section 9.2.2: "A client SHOULD NOT automatically retry a request with a non-idempotent method unless it has some
// means to know that the request semantics are actually idempotent ... or some means to detect that the original request was
// never applied." RFC 9112 section 9.3.1 has the case of a connection that was in use.
bool Exchange::fail(const Incoming& incoming) {
  if (incoming.failure == Failure::none) return false;
  if (!incoming.response.interim.empty()) {
    if (!read_interim(incoming)) return true;
    const bool fakes = is(Behaviour::interim_closed, "empty-200");
    decide(final_response_came, false, Behaviour::interim_closed, {}, fakes ? ok : 0);
    release(false, {});
    if (fakes) finish_with({.status = ok});
    else finish_with_error(Error::network);
    return true;
  }
  const bool reused = current_.outgoing.reused;
  const Behaviour methods = reused ? Behaviour::closed_reused : Behaviour::closed_fresh;
  const std::uint32_t tries = ++current_.sent_in_vain;
  const bool closed = incoming.failure == Failure::closed || incoming.failure == Failure::reset;
  const bool willing = tries > 1 || has_word(value(methods).text, current_.outgoing.request.method);
  const bool repeats = closed && willing && tries < number(Behaviour::closed_limit);
  release(false, {});
  if (closed) decide(closed_repeated, repeats, methods, {{"method", current_.outgoing.request.method}});
  if (repeats) send(Purpose::retry, now_);
  else finish_with_error(incoming.failure == Failure::timeout ? Error::timeout : Error::network);
  return true;
}

// --- the response ---------------------------------------------------------------------------------------------------

std::optional<Reading> Exchange::read(const Incoming& incoming) {
  const auto connection = std::find_if(client_.connections_.begin(), client_.connections_.end(),
                                       [&](const auto& one) { return one.number == current_.outgoing.connection; });
  if (connection != client_.connections_.end() && !connection->poison.empty()) {
    const std::string bytes = std::move(connection->poison);
    connection->poison.clear();
    decide(connection_poisoned, true, Behaviour::excess_late, {{"bytes", bytes}});
    if (const auto stale = response_in(bytes)) return read(*stale);
    release(false, {});
    finish_with_error(Error::bad_message);
    return std::nullopt;
  }
  if (!read_interim(incoming)) return std::nullopt;
  const auto status = read_status(incoming);
  if (!status) {
    release(false, {});
    finish_with_error(Error::bad_message);
    return std::nullopt;
  }
  // RFC 9112 section 8: "If a response terminates in the middle of the header section ... and the status code might rely on header
  // fields to convey the full meaning of the response, then the client cannot assume that meaning has been conveyed".
  const bool whole = !incoming.head_cut || is(Behaviour::head_cut, "as-is");
  if (incoming.head_cut) decide(head_usable, whole, Behaviour::head_cut);
  if (!whole) {
    release(false, {});
    finish_with_error(Error::network);
    return std::nullopt;
  }
  Reading reading{.response = incoming.response};
  reading.response.status = *status;
  if (!read_content(incoming, reading)) return std::nullopt;
  return reading;
}

std::optional<std::uint16_t> Exchange::read_status(const Incoming& incoming) {
  const std::string text = status_text_of(incoming);
  const auto oddity = oddity_of(text);
  if (!oddity) return incoming.response.status;
  const std::string_view word = value(*oddity).text;
  const bool readable = word == "as-is" || word == "200";
  const std::uint16_t status = word == "200" ? ok : static_cast<std::uint16_t>(number_of(text));
  decide(status_readable, readable, *oddity, {{"status", text}}, readable ? status : 0);
  return readable ? std::optional(status) : std::nullopt;
}

// RFC 8297 section 2: "A client can speculatively evaluate the header fields included in a 103 (Early Hints) response while
// waiting for the final response." What it then fetches is no part of this exchange.
void Exchange::read_hints(const http::Interim& interim) {
  if (interim.status != early_hints || config().mode != Mode::navigate) return;
  if (const std::optional<std::string> links = http::combined(interim.fields, "Link"))
    decide(early_hints_used, is(Behaviour::interim_early_hints, "y"), Behaviour::interim_early_hints, {{"Link", *links}});
}

// RFC 9110 section 15.2: "A client MUST be able to parse one or more 1xx responses received prior to a final response, even
// if the client does not expect one. A user agent MAY ignore unexpected 1xx responses."
bool Exchange::read_interim(const Incoming& incoming) {
  const auto& all = incoming.response.interim;
  for (const http::Interim& interim : all) {
    const bool is_last = &interim == &all.back();
    if (interim.status == continue_status) {
      const bool asked = current_.outgoing.content_wait_ms.has_value();
      decide(continue_asked_for, asked);
      if (asked) continue;
    }
    if (interim.status == switching_protocols) {
      const bool asked = http::has(current_.outgoing.request.fields, "Upgrade");
      decide(upgrade_asked_for, asked);
      if (asked) {
        finish_with({.status = switching_protocols, .reason = {}, .fields = interim.fields});
        return false;
      }
    }
    const Behaviour behaviour = behaviour_about(interim.status, is_last, incoming.failure);
    const std::string_view word = value(behaviour).text;
    decide(interim_skipped, word == "skip", behaviour, {{"status", std::to_string(interim.status)}}, word == "final" ? interim.status : 0);
    if (word == "skip") {
      read_hints(interim);
      continue;
    }
    if (word == "final") {
      // The final response is still to come, as bytes that nobody waits for.
      Reading reading{.response = {.status = interim.status, .reason = {}, .fields = interim.fields}};
      if (incoming.failure != Failure::none || interim.status == switching_protocols) reading.keep = false;
      else read_excess("HTTP/1.1", excess_behind_head("HTTP/1.1", incoming.late), reading);
      release(reading.keep, reading.waiting);
      give(reading);
      return false;
    }
    release(false, {});
    if (word == "empty-200") finish_with({.status = ok});
    else finish_with_error(word == "wait" ? Error::timeout : Error::bad_message, word == "wait" ? interim.status : 0);
    return false;
  }
  if (incoming.stray.empty()) return true;
  const bool fatal = !is(Behaviour::interim_stray, "skip");
  decide(bytes_between_responses, fatal, Behaviour::interim_stray, {{"bytes", incoming.stray}});
  if (!fatal) return true;
  release(false, {});
  finish_with_error(Error::bad_message);
  return false;
}

// RFC 9112 section 6.3, rules 3 and 5; absent: nobody says, or they cannot be believed.
std::optional<std::uint64_t> Exchange::read_length(const http::Response& response, Reading& reading) {
  const Lengths lengths = declared_lengths(response);
  const auto judge = [&](Behaviour behaviour) {
    const bool accepts = !is(behaviour, "error");
    decide(length_believed, accepts, behaviour, {{"Content-Length", http::combined(response.fields, "Content-Length").value_or("")}});
    if (!accepts) reading.error = Error::bad_message;
  };
  // "If a message is received with both a Transfer-Encoding and a Content-Length header field, the Transfer-Encoding overrides
  // the Content-Length. Such a message might indicate an attempt to perform request smuggling ... or response splitting".
  if (is_chunked(response)) {
    if (!lengths.all.empty()) judge(Behaviour::length_and_chunked);
    return std::nullopt;
  }
  // "If it is in a response message received by a user agent, the user agent MUST close the connection to the server and discard
  // the received response."
  if (!lengths.valid) {
    judge(Behaviour::length_invalid);
    return std::nullopt;
  }
  if (lengths.differ()) judge(Behaviour::lengths_different);
  else if (lengths.all.size() > 1) judge(Behaviour::lengths_equal);
  if (lengths.all.empty()) return std::nullopt;
  return is(Behaviour::lengths_different, "last") ? lengths.all.back() : lengths.all.front();
}

// RFC 9112 section 6.3, rules 1 and 6 to 8.
bool Exchange::read_content(const Incoming& incoming, Reading& reading) {
  http::Response& response = reading.response;
  const bool chunked = is_chunked(response);
  const bool closes = incoming.end == End::closed || has_token(response.fields, "Connection", "close") || !is(Behaviour::connection_kept, "y");
  const bool head = current_.outgoing.request.method == "HEAD";
  const bool unread = head || (has(Behaviour::content_unread, response.status) && (!chunked || is(Behaviour::content_unread_chunked, "y")));
  decide(content_on_wire, !unread, Behaviour::content_unread, {{"status", std::to_string(response.status)}, {"method", current_.outgoing.request.method}});

  const auto length = unread ? declared_lengths(response).first() : read_length(response, reading);
  if (reading.error == Error::bad_message) {
    release(false, {});
    finish_with_error(Error::bad_message);
    return false;
  }
  std::string excess = incoming.excess;
  if (!unread && length && *length > response.content.size()) response.content.append(std::exchange(excess, {}));
  if (unread) {
    excess.insert(0, std::exchange(response.content, {}));
    // "A server MUST NOT send a Content-Length header field in any response with a status code of 1xx (Informational) or
    // 204 (No Content)" (RFC 9110 section 8.6); in a 304 it tells the length of what is not sent.
    const bool promised = !head && !chunked && length.value_or(0) != 0;
    if (promised && is(Behaviour::content_missing, "error")) reading.error = Error::content;
    if (promised && excess.empty() && !is(Behaviour::declared_length_unread, "keep")) reading.keep = false;
  } else if (length && !chunked) {
    const std::size_t framed = static_cast<std::size_t>(std::min<std::uint64_t>(*length, response.content.size()));
    excess.insert(0, response.content.substr(framed));
    response.content.resize(framed);
    if (framed < *length) reading.error = incoming.end == End::closed ? Error::content : Error::timeout;
  } else if (incoming.chunks_cut) {
    // Section 8: "A message body that uses the chunked transfer coding is incomplete if the zero-sized chunk that terminates the
    // encoding has not been received."
    reading.error = incoming.end == End::silent ? Error::timeout : Error::content;
  } else if (incoming.end == End::silent) {
    reading.error = Error::timeout;  // nothing says where it ends: "by the server closing the connection"
  } else if (!chunked) {
    reading.keep = false;
  }
  if (!unread) decide(content_whole, reading.error == Error::none, {{"Content-Length", length ? std::to_string(*length) : "", length.has_value()}});
  if (reading.error == Error::timeout) reading.keep = false;
  if (!excess.empty()) {
    if (closes && is(Behaviour::connection_kept, "y")) {
      decide(bytes_behind_message, true, Behaviour::excess_after_close, {{"bytes", excess}});
      if (is(Behaviour::excess_after_close, "error")) reading.error = Error::bad_message;
    } else {
      read_excess(excess, unread ? excess_behind_head(excess, incoming.late) : incoming.late ? Behaviour::excess_late : Behaviour::excess_after_content, reading);
    }
  }
  if (closes || reading.error == Error::content) {
    reading.keep = false;
    reading.waiting.clear();
  }
  return true;
}

void Exchange::read_excess(std::string_view bytes, Behaviour behaviour, Reading& reading) {
  decide(bytes_behind_message, true, behaviour, {{"bytes", std::string(bytes)}});
  const std::string_view word = value(behaviour).text;
  if (word == "close" || word == "error") reading.keep = false;
  if (word == "error") reading.error = Error::bad_message;
  if (word == "poison") reading.waiting = std::string(bytes);
}

}  // namespace statuslab::client
