// An answer made ready for code: checked, its fields sorted by who sends them, its content in the form that code needs. What
// follows from HTTP is decided here, once; a target decides only how its framework says it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "snippet/code.h"
#include "statuslab/snippet.h"

namespace statuslab::snippet {

struct Plan {
  Kind kind{};
  ContentKind content_kind{};
  std::uint16_t status = 200;
  std::string phrase;       // of the registry, or of a vendor; empty for a code nobody uses
  std::string reason;       // asked for; empty where it is the usual one
  http::Fields fields;      // to be set by code; without Content-Type
  std::string media;        // Content-Type; empty where there is no content
  std::string content;
  bool is_text = true;      // the content is UTF-8 and is to be sent as that
  std::vector<std::string> parts;  // of stream and events
  std::string method;
  std::string path;
  std::vector<std::string> methods;  // Kind::method: those of Allow
  std::string name;         // of the handler: "orders_7"
  std::vector<http::Interim> interim;
  std::vector<Note> notes;

  [[nodiscard]] bool has_content() const { return content_kind != ContentKind::none; }
  [[nodiscard]] bool is_json() const { return content_kind == ContentKind::json || content_kind == ContentKind::problem; }
  [[nodiscard]] bool is_streamed() const { return content_kind == ContentKind::stream || content_kind == ContentKind::events; }
  // The value of a field to be set; empty where there is none.
  [[nodiscard]] std::string_view field(std::string_view name) const;
  // The members of such a field.
  [[nodiscard]] std::vector<std::string> list(std::string_view name) const;
  // The media type without its parameters.
  [[nodiscard]] std::string_view essence() const;
};

// The plan, or why there is none.
[[nodiscard]] std::variant<Plan, Note> plan_of(const Answer& answer);

// Of the methods that a kind makes routes for, as its field lists them, the first that not all frameworks have; empty: none.
[[nodiscard]] std::string unroutable_method(Kind kind, const http::Fields& fields);

// "orders_7" -> "orders7", "Orders7" with `upper`.
[[nodiscard]] std::string camel(std::string_view snake, bool upper);
[[nodiscard]] std::string lower(std::string_view text);
[[nodiscard]] std::string number(std::size_t value);

// The name of a code in a framework's table (core/data/framework_constants.tsv); empty where it has none.
[[nodiscard]] std::string_view constant_of(std::string_view table, std::uint16_t code);

// "404 Not Found", for a comment.
[[nodiscard]] std::string code_and_phrase(const Plan& plan);

}  // namespace statuslab::snippet
