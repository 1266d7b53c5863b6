// Server code that sends a given response, for a framework of a certain version. Every snippet of a `complete` form is a
// project that runs; the proof harness (tests/frameworks) runs them all. The words of notes are rows of
// core/data/snippet_notes.tsv; targets are rows of core/data/frameworks.tsv.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "snippet_note_id.h"
#include "statuslab/http.h"
#include "statuslab/message.h"

namespace statuslab::snippet {

// What follows the header section.
enum class ContentKind : std::uint8_t {
  none,
  text,     // text/plain; UTF-8
  json,     // `content` is JSON text
  problem,  // the same, as application/problem+json (RFC 9457)
  html,
  bytes,
  stream,   // sent in parts: each line with its ending is one
  events,   // text/event-stream, sent in parts: each event with its empty line is one
};

// For what a framework has a way of its own. The data of a kind are fields of the answer.
enum class Kind : std::uint8_t {
  plain,
  redirect,     // 301 302 303 307 308: Location
  created,      // 201: Location
  conditional,  // 304 or 412: ETag, Last-Modified (one or both). The handler serves the content as 200 and judges conditions:
                // 304 on the path's GET, 412 on a PUT
  ranges,       // 206 or 416: the handler serves the whole content as 200, and parts of it
  preflight,    // 204 or 200 to OPTIONS: Access-Control-Allow-Origin, -Methods, and optionally -Headers, -Max-Age, -Credentials
  challenge,    // 401: WWW-Authenticate
  retry,        // 429, 503: Retry-After
  interim,      // 102, 103: `interim` before a final 200
  upgrade,      // 101, 426: Upgrade. 101 ends in an echo of bytes (protocol "echo") or of WebSocket
  head,         // HEAD: the header section of the GET
  method,       // 405: Allow. GET is answered with the content as 200, the other methods of Allow with 204
  negotiation,  // 406: the content, as 200, is all there is. 415: the media type in Accept is all that is taken, with 204
                // (RFC 9110 section 15.5.16)
};

struct Answer {
  Kind kind = Kind::plain;
  std::uint16_t status = 200;
  std::string reason;    // empty: the usual one
  http::Fields fields;   // without those that servers set by themselves (Date, Content-Length, Transfer-Encoding, Connection)
  ContentKind content_kind = ContentKind::none;
  std::string content;   // any bytes
  std::string method = "GET";
  std::string path = "/";
  std::vector<http::Interim> interim;
};

// One version of one framework. All views live as long as the program.
struct Target {
  std::string_view id;         // "express-5"
  std::string_view framework;  // "express"
  std::string_view name;       // "Express"
  std::string_view version;    // exact: "5.3.0"
  std::string_view language;   // "javascript", "python", "java", "go"
  std::string_view runtime;    // "Node 20"
  std::string_view server;     // its usual server, on which it was proven: "gunicorn 27.0.1"
  std::string_view packages;   // what its manifest pins, separated by spaces: "django==5.2.19 gunicorn==27.0.1"
  bool verified;               // every applicable cell was run
};

[[nodiscard]] std::span<const Target> targets();
// By id, or the newest of a framework. Null for an unknown word.
[[nodiscard]] const Target* find_target(std::string_view word);

enum class Form : std::uint8_t { handler, complete };

enum class Verdict : std::uint8_t {
  possible,
  cannot,          // the framework or its usual server cannot send it; files hold the nearest right thing, if there is one
  not_applicable,  // nothing to be sent from there: the answer contradicts itself or HTTP
};

struct Note {
  NoteId id{};
  std::vector<std::string> args{};  // {0}, {1} of its words
};

struct NoteInfo {
  std::string_view id;
};
[[nodiscard]] const NoteInfo& note_info(NoteId id);

struct File {
  std::string path;  // "src/main/java/example/Application.java"
  std::string text;
};

struct Snippet {
  Verdict verdict = Verdict::possible;
  std::optional<Note> reason{};         // present unless possible
  std::vector<File> files{};            // handler: one. complete: all that is needed
  std::string main{};                   // path of the file that holds the handlers
  std::vector<std::string> install{};   // shell commands, in the folder of the files
  std::string start{};                  // shell command; listens on 127.0.0.1:8000, or on PORT where that is set
  std::vector<Note> notes{};            // limits: what reaches the wire differently, or depends
};

[[nodiscard]] Snippet snippet(const Answer& answer, const Target& target, Form form);

// Many answers in one app: those that are possible, each at its own method and path (the caller keeps them apart).
// verdicts: one an answer, in their order.
struct Project {
  Snippet app;
  std::vector<Verdict> verdicts;
};
[[nodiscard]] Project project(std::span<const Answer> answers, const Target& target);

// What to ask of a handler, and what must come back. Fields not named here may come in any number and with any value; Allow
// may list more methods (OPTIONS), Content-Type may have a charset of its own.
struct Probe {
  http::Request request;    // target: the path
  http::Response expected;  // fields: those the answer has; compared as RFC 9110 does (lists as lists)
  bool exact_content = true;  // false: the framework's own words may follow (a redirect, a 405)
  bool exact_fields = true;   // false: only the status counts (a 412, a 406)
};
// In the order in which they are sent over one connection.
[[nodiscard]] std::vector<Probe> probes(const Answer& answer);

// --- the matrix -----------------------------------------------------------------------------------------------------

// A column: "none", "text", "json", "problem", "html", "bytes", "stream", "events" (plain, with that content), then the kinds
// "redirect" ... "negotiation".
struct Case {
  std::string_view name;
  Kind kind;
  ContentKind content;
};
[[nodiscard]] std::span<const Case> cases();
// Null for an unknown name.
[[nodiscard]] const Case* find_case(std::string_view name);

// The model answer of a code and a column, at a path of its own ("/404/json"), with all fields that the code requires.
[[nodiscard]] Answer example(std::uint16_t status, const Case& column);
// Why the column makes no sense for the code, whatever the framework. Absent where it does.
[[nodiscard]] std::optional<Note> inapplicable(const Answer& answer);

// All codes that the matrix has as rows: registered, and those that were seen on the wire.
[[nodiscard]] std::vector<std::uint16_t> matrix_codes();

// --- from the editors ---------------------------------------------------------------------------------------------

// "Write this in ...": a response that was parsed from `text`, and the request it answers, where that is known.
[[nodiscard]] Answer answer_of(const Message& response, std::string_view text, const Message* request = nullptr,
                               std::string_view request_text = {});

}  // namespace statuslab::snippet
