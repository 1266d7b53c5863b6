// Content as the recipient gets it: without chunk framing, in one piece, with a way back to the bytes on the wire.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "lint/context.h"
#include "syntax/rfc8259.h"
#include "syntax/xml10.h"

namespace statuslab::lint {

// What `on: content` dispatches by; which media types belong to a kind is a table in content.cpp.
enum class ContentKind : std::uint8_t { any, json, xml, html, form, multipart, event_stream, ndjson };

// Replaces the bytes [begin, end) of the content by `text`.
struct ContentEdit {
  std::size_t begin;
  std::size_t end;
  std::string text;
};

class ContentView {
 public:
  explicit ContentView(const MessageView& message);

  [[nodiscard]] const MessageView& message() const { return *message_; }
  // All of it. It borrows from the message's text, or from this view where chunks had to be joined.
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::size_t size() const { return text_.size(); }
  // Where bytes [begin, end) of the content stand in the message's text. Over the border of two chunks the framing
  // between them is inside. Of decoded content, all of what it was decoded from.
  [[nodiscard]] Span span(std::size_t begin, std::size_t end) const;
  // The same for a part of text().
  [[nodiscard]] Span span(std::string_view part) const;

  // Neither cut off nor of doubtful length, and not a part or a delta of the representation.
  [[nodiscard]] bool is_whole() const { return whole_; }
  // The bytes are in some content coding, whether a field says so or not, or in a transfer coding.
  [[nodiscard]] bool is_coded() const { return coded_; }
  // Content-Encoding names a coding, but the bytes are text: tools show them decoded, or they never were coded.
  [[nodiscard]] bool is_coded_in_name_only() const { return !codings_.empty() && !coded_; }
  // The places of its bytes in the message's text: one, or the data of each chunk.
  [[nodiscard]] std::vector<Span> parts() const;
  // The content without its codings: this one where it has none, another one where the caller decoded it, else null.
  [[nodiscard]] const ContentView* opened() const;
  // The caller found that the bytes are no data of the codings.
  [[nodiscard]] bool is_damaged() const { return message_->decoded() != nullptr && message_->decoded()->damaged; }
  // Where a length that is known from elsewhere agrees with it: what stands here is what was sent.
  [[nodiscard]] bool is_as_sent() const;
  // Members of Content-Encoding other than identity, in the order in which they were applied.
  [[nodiscard]] const std::vector<std::string_view>& codings() const { return codings_; }

  // type/subtype in lower case, empty where Content-Type is missing or repeated.
  [[nodiscard]] const std::string& type() const { return type_; }
  // ContentKind::any for a type of no particular kind.
  [[nodiscard]] ContentKind kind() const { return kind_; }
  // The value of a parameter of Content-Type, with its quotes; an empty span where there is none.
  [[nodiscard]] Span parameter(std::string_view name) const;

  // The content as JSON, whatever its type says; read when it is first asked for.
  [[nodiscard]] const syntax::JsonText& json() const;
  // The same as XML.
  [[nodiscard]] const syntax::XmlText& xml() const;
  // The content is in UTF-8; its first byte that is not.
  [[nodiscard]] bool is_utf8() const { return invalid_at() == size(); }
  [[nodiscard]] std::size_t invalid_at() const;

  // Edits on the wire that make `edits` in the content (in order, apart from each other), and keep the framing right:
  // Content-Length, or the sizes of the chunks. Empty where that cannot be done, as in decoded content.
  [[nodiscard]] std::vector<Edit> edit(const std::vector<ContentEdit>& edits) const;
  [[nodiscard]] std::vector<Edit> edit(std::size_t begin, std::size_t end, std::string_view text) const;

 private:
  ContentView(const ContentView& coded, std::string_view decoded);
  [[nodiscard]] std::size_t chunk_of(std::size_t at) const;

  const MessageView* message_;
  std::string joined_;
  std::string_view text_;
  std::vector<std::size_t> starts_;  // of each chunk in the content; empty without chunks
  std::vector<std::string_view> codings_;
  std::string type_;
  ContentKind kind_ = ContentKind::any;
  bool whole_ = false;
  bool coded_ = false;
  const ContentView* coded_form_ = nullptr;  // what this was decoded from
  mutable std::unique_ptr<ContentView> opened_;
  mutable std::unique_ptr<syntax::JsonText> json_;
  mutable std::unique_ptr<syntax::XmlText> xml_;
  mutable std::size_t invalid_at_ = std::string_view::npos;  // not known yet
};

// type/subtype -> kind.
[[nodiscard]] ContentKind content_kind(std::string_view essence);
// "text/html" of "Text/HTML; charset=utf-8".
[[nodiscard]] std::string media_type_essence(std::string_view value);
// Begins like a page: "<!doctype html", "<html" and the like.
[[nodiscard]] bool looks_like_html(std::string_view text);
// UTF-8 without control characters, as far as `start` goes; a character may be cut off at its end.
[[nodiscard]] bool looks_like_text(std::string_view start);

}  // namespace statuslab::lint
