// What a check sees: views of one message in its exchange. They borrow from the runner and live as long as the call.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <new>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/lint.h"
#include "statuslab/registry.h"
#include "statuslab/structured_field.h"
#include "syntax/csp3.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc6265bis.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9111.h"

namespace statuslab::lint {

class ContentView;
class MessageView;
class StructuredView;

// "http" or "https"; empty for an unknown scheme.
[[nodiscard]] std::string_view name_of(Scheme scheme);

// All lines of one field in one section, in order.
class FieldView {
 public:
  FieldView(const MessageView& message, FieldId id, std::span<const std::uint16_t> lines, bool trailer)
      : message_(&message), id_(id), lines_(lines), trailer_(trailer) {}

  [[nodiscard]] bool empty() const { return lines_.empty(); }
  [[nodiscard]] std::size_t size() const { return lines_.size(); }
  [[nodiscard]] const FieldLine& line(std::size_t i) const;
  [[nodiscard]] const FieldLine& first() const { return line(0); }
  [[nodiscard]] const FieldLine& last() const { return line(size() - 1); }
  // The value of line i.
  [[nodiscard]] std::string_view value(std::size_t i = 0) const;
  [[nodiscard]] Span value_span(std::size_t i = 0) const { return line(i).value; }
  // The list members of all lines (RFC 9110 section 5.3: the lines of a field may be joined by commas).
  [[nodiscard]] const std::vector<std::string_view>& members() const;
  // The first member that is `token`, in any case; empty where there is none.
  [[nodiscard]] std::string_view find_member(const std::string_view& token) const;
  [[nodiscard]] bool lists(const std::string_view& token) const { return !find_member(token).empty(); }

  // The first line as an HTTP-date.
  [[nodiscard]] const std::optional<syntax::HttpDate>& date() const;
  // Its lines as one structured field.
  [[nodiscard]] const StructuredView& structured() const;
  // The policies of all lines, for the fields of Content Security Policy.
  [[nodiscard]] const std::vector<syntax::CspPolicy>& policies() const;

  // What `Read`, a function of a FieldView, makes of this field: made when it is first asked for, then shared by all
  // checks of the message.
  template <auto Read>
  [[nodiscard]] const auto& once() const;

  [[nodiscard]] FieldId id() const { return id_; }
  [[nodiscard]] std::string_view name() const { return field_info(id_).name; }
  [[nodiscard]] bool in_trailer() const { return trailer_; }
  [[nodiscard]] const MessageView& message() const { return *message_; }

 private:
  const MessageView* message_;
  FieldId id_;
  std::span<const std::uint16_t> lines_;
  bool trailer_;
};

// Values made of fields, with the function that makes each.
class Memo {
 public:
  // Makes the value in the room that is there for it.
  using Make = void (*)(const FieldView&, void* room);
  using Destroy = void (*)(void*);

  Memo() = default;
  ~Memo();
  Memo(const Memo&) = delete;
  Memo& operator=(const Memo&) = delete;

  [[nodiscard]] const void* get(const FieldView& field, std::size_t size, Make make, Destroy destroy);

 private:
  void* room(std::size_t size);

  struct Entry {
    Make make;
    FieldId id;
    bool trailer;
    void* value;
    Destroy destroy;
  };
  std::vector<Entry> entries_;
  std::vector<std::unique_ptr<std::byte[]>> blocks_;
  std::byte* at_ = nullptr;  // what is left of the last block
  std::byte* end_ = nullptr;
};

// A text as it was given, and with its folds undone, where values are read from (`unfold`). Where nothing is folded they are one.
struct Texts {
  std::string_view given;
  std::string_view unfolded;
};

class MessageView {
 public:
  // `texts` and `message` outlive the view. `request`: what a response answers, null where that is not known.
  MessageView(const Texts& texts, const Message& message, Side side, std::uint32_t index, Scheme scheme,
              const MessageView* request, std::optional<std::int64_t> now = std::nullopt, bool unasked = false);
  ~MessageView();
  MessageView(const MessageView&) = delete;
  MessageView& operator=(const MessageView&) = delete;

  [[nodiscard]] const Message& message() const { return *message_; }
  [[nodiscard]] const Message* operator->() const { return message_; }
  [[nodiscard]] Side side() const { return side_; }
  [[nodiscard]] std::uint32_t index() const { return index_; }
  [[nodiscard]] Scheme scheme() const { return scheme_; }
  [[nodiscard]] const MessageView* request() const { return request_; }
  // Requests are known, and all of them have their final response already: this one answers nobody.
  [[nodiscard]] bool is_unasked() const { return unasked_; }
  // The time the caller gave, in seconds since 1970-01-01T00:00:00Z; absent where it gave none.
  [[nodiscard]] std::optional<std::int64_t> now() const { return now_; }
  // The request's method, empty where the request is not known. For a request: its own.
  [[nodiscard]] std::string_view method() const;
  // RFC 9110 section 7.1: the target URI of this request, as far as it is known; empty for the asterisk-form and the
  // authority-form.
  [[nodiscard]] std::optional<syntax::HttpUri> target_uri() const;

  [[nodiscard]] std::string_view text(const Span& span) const { return slice(texts_.given, span); }
  [[nodiscard]] std::string_view text() const { return texts_.given; }
  [[nodiscard]] std::string_view value(const FieldLine& line) const { return slice(texts_.unfolded, line.value); }
  // The place of a part of text(), or of a value: of what a grammar found in it.
  [[nodiscard]] Span span_of(const std::string_view& part) const {
    const auto address = [](const char* p) { return reinterpret_cast<std::uintptr_t>(p); };
    const std::string_view& whole = texts_.unfolded;
    const bool is_of_value = address(part.data()) - address(whole.data()) <= whole.size();
    const auto begin = static_cast<std::uint32_t>(part.data() - (is_of_value ? whole : texts_.given).data());
    return {begin, begin + static_cast<std::uint32_t>(part.size())};
  }
  // The header field; empty() where the message has none. Views of absent fields have no first line.
  [[nodiscard]] FieldView field(FieldId id) const { return find(headers_, id, false); }
  [[nodiscard]] FieldView trailer(FieldId id) const { return find(trailers_, id, true); }
  [[nodiscard]] bool has(FieldId id) const { return headers_.has(id); }
  // RFC 9110 section 7.6.1: "Connection options are case-insensitive."
  [[nodiscard]] bool has_connection_option(const std::string_view& option) const {
    return field(FieldId::connection).lists(option);
  }

  // lint/content.h; made when it is first asked for.
  [[nodiscard]] const ContentView& content() const;
  // What the caller made of its content; null where it did not decode it.
  [[nodiscard]] const DecodedContent* decoded() const { return decoded_; }
  void set_decoded(const DecodedContent& decoded) { decoded_ = &decoded; }
  // All lines of Cache-Control in the header section; read when first asked for.
  [[nodiscard]] const syntax::CacheControl& cache_control() const;

  // Content as the recipient gets it, without chunk framing.
  [[nodiscard]] std::uint64_t content_size() const;
  // Nothing was cut off: the head ended, and content is there as far as its framing says. Where Framing::shown, content
  // says what was sent, but not in which bytes: what depends on codings, lengths or digests stays silent.
  [[nodiscard]] bool complete() const;
  // Where to point when something is missing: the status code, the method, or the first line.
  [[nodiscard]] Span anchor() const;
  [[nodiscard]] bool has_problem(ProblemKind kind) const;

  // Its Set-Cookie header lines taken apart, in order; parsed once.
  [[nodiscard]] const std::vector<syntax::SetCookie>& set_cookies() const;

  // Field line number -> FieldId, in message order, for the runner.
  struct Group {
    FieldId id;
    std::uint16_t begin;  // into `order`
    std::uint16_t end;
  };
  struct Section {
    std::vector<std::uint16_t> order;  // line numbers, grouped by field
    std::vector<Group> groups;         // sorted by id
    std::vector<std::uint16_t> unknown;  // line numbers of names that the registry does not have
    std::array<std::uint64_t, 8> present{};  // a bit for each id: most questions are about fields that are not there

    [[nodiscard]] bool has(FieldId id) const {
      const auto number = static_cast<std::size_t>(id);
      return (present[number / 64] >> (number % 64) & 1) != 0;
    }
  };
  [[nodiscard]] const Section& headers() const { return headers_; }
  [[nodiscard]] const Section& trailers() const { return trailers_; }
  [[nodiscard]] FieldView view(const Group& group, bool trailer) const {
    const Section& section = trailer ? trailers_ : headers_;
    return {*this, group.id, {section.order.data() + group.begin, static_cast<std::size_t>(group.end - group.begin)}, trailer};
  }
  [[nodiscard]] Memo& memo() const { return memo_; }

 private:
  [[nodiscard]] FieldView find(const Section& section, FieldId id, bool trailer) const {
    return section.has(id) ? find_present(section, id, trailer) : FieldView(*this, id, {}, trailer);
  }
  [[nodiscard]] FieldView find_present(const Section& section, FieldId id, bool trailer) const;

  Texts texts_;
  const Message* message_;
  Side side_;
  std::uint32_t index_;
  Scheme scheme_;
  const MessageView* request_;
  std::optional<std::int64_t> now_;
  bool unasked_;
  const DecodedContent* decoded_ = nullptr;
  Section headers_;
  Section trailers_;
  mutable std::unique_ptr<ContentView> content_;
  mutable std::optional<std::vector<syntax::SetCookie>> set_cookies_;
  mutable std::optional<syntax::CacheControl> cache_control_;
  mutable Memo memo_;
};

inline const FieldLine& FieldView::line(std::size_t i) const {
  const Message& message = message_->message();
  return (trailer_ ? message.trailers : message.fields)[lines_[i]];
}

inline std::string_view FieldView::value(std::size_t i) const { return message_->value(line(i)); }

template <auto Read>
const auto& FieldView::once() const {
  using Value = decltype(Read(*this));
  static_assert(alignof(Value) <= alignof(std::max_align_t));
  return *static_cast<const Value*>(message_->memo().get(
      *this, sizeof(Value), [](const FieldView& field, void* room) { ::new (room) Value(Read(field)); },
      [](void* value) { static_cast<Value*>(value)->~Value(); }));
}

// A structured field (RFC 9651): its lines as one value, parsed once for all checks. Spans in the value count bytes of
// text(); `place` makes spans of the message of them.
class StructuredView {
 public:
  explicit StructuredView(const FieldView& field);

  [[nodiscard]] const FieldView& field() const { return field_; }
  [[nodiscard]] const MessageView& message() const { return field_.message(); }
  [[nodiscard]] FieldId id() const { return field_.id(); }
  [[nodiscard]] std::string_view name() const { return field_.name(); }
  [[nodiscard]] structured::FieldType type() const { return parsed_.value.type; }
  [[nodiscard]] std::string_view text() const { return text_; }
  [[nodiscard]] std::string_view text(Span span) const { return slice(text_, span); }
  // Empty where parsing fails.
  [[nodiscard]] const structured::Value& value() const { return parsed_.value; }
  [[nodiscard]] const std::optional<structured::Error>& error() const { return parsed_.error; }
  // An empty span at the end of the text becomes the last byte, or the field's name where there is no text.
  [[nodiscard]] Span place(Span span) const;

 private:
  FieldView field_;
  std::vector<std::string_view> lines_;
  std::string text_;
  structured::Parsed parsed_;
};

// What the shape of the field in the registry is as a structured field; empty optional for another one.
[[nodiscard]] std::optional<structured::FieldType> structured_type(FieldId id);

// A final response together with the request it answers.
struct ExchangeView {
  const MessageView& request;
  const MessageView& response;
  // The exchange before this one with the same target URI, whatever its method: where the texts hold several requests
  // and several final responses, the n-th belong together. Null where there is none.
  const ExchangeView* previous = nullptr;

  // The nearest earlier exchange of the target that `is_wanted`, among the last few; null where there is none.
  template <class Predicate>
  [[nodiscard]] const ExchangeView* find_previous(Predicate is_wanted) const {
    constexpr int most = 16;  // a text of nothing but requests for one target is still linted in linear time
    int steps = 0;
    for (const ExchangeView* e = previous; e != nullptr && steps < most; e = e->previous, ++steps)
      if (is_wanted(*e)) return e;
    return nullptr;
  }
};

// One thing that only the parser saw.
struct ProblemView {
  ProblemKind kind;
  Span span;
  const MessageView& message;
};

}  // namespace statuslab::lint
