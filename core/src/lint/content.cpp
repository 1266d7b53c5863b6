#include "lint/content.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/utf8.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint {
namespace {

struct KindOfType {
  std::string_view type;
  ContentKind kind;
};

constexpr std::array<KindOfType, 11> kinds{{
    {"application/json", ContentKind::json},
    {"text/json", ContentKind::json},
    {"application/xml", ContentKind::xml},
    {"text/xml", ContentKind::xml},
    {"text/html", ContentKind::html},
    {"application/x-www-form-urlencoded", ContentKind::form},
    {"text/event-stream", ContentKind::event_stream},
    {"application/x-ndjson", ContentKind::ndjson},
    {"application/ndjson", ContentKind::ndjson},
    {"application/jsonl", ContentKind::ndjson},
    {"application/x-jsonlines", ContentKind::ndjson},
}};

// As it stands: content that tools print without its chunk framing has no chunks.
bool is_chunked_on_wire(const MessageView& message) {
  return message->framing == Framing::chunked && !message->chunks.empty();
}

bool has_content(const MessageView& message) {
  return message->framing == Framing::content_length || message->framing == Framing::chunked ||
         message->framing == Framing::close;
}

// Tools print the content with the chunk framing taken off: there is no last chunk either.
bool is_shown_without_chunks(const MessageView& message) {
  const std::string_view text = message.text(message->content);
  return message->framing == Framing::chunked && message->chunks.empty() &&
         message.has_problem(ProblemKind::chunk_size_malformed) && text.find("\n0\r\n") == std::string_view::npos &&
         text.find("\n0\n") == std::string_view::npos;
}

// A transfer coding that compresses is still in the bytes.
bool is_transfer_coded(const MessageView& message) {
  for (const std::string_view coding : message.field(FieldId::transfer_encoding).members())
    if (!coding.empty() && !ascii::equals_ignoring_case(coding.substr(0, 7), "chunked")) return true;
  return false;
}

bool is_of_known_length(const MessageView& message) {
  return message.complete() && !message.has_problem(ProblemKind::excess_content) &&
         !message.has_problem(ProblemKind::chunk_data_overrun) &&
         !message.has_problem(ProblemKind::chunk_size_overflow) &&
         (!message.has_problem(ProblemKind::chunk_size_malformed) || is_shown_without_chunks(message));
}

// A part (206, or a partial PUT: RFC 9110 section 14.5), or a delta (RFC 3229).
bool is_partial(const MessageView& message, std::string_view type) {
  if (message->status == 206) return !type.starts_with("multipart/");
  return message.has(FieldId::content_range) || message.has(FieldId::im);
}

// gzip and zstd, whether Content-Encoding says so or not.
bool begins_compressed(std::string_view text) { return text.starts_with("\x1F\x8B\x08") || text.starts_with("\x28\xB5\x2F\xFD"); }

std::string hex(std::size_t number) {
  std::string digits;
  do {
    digits.insert(digits.begin(), "0123456789abcdef"[number % 16]);
    number /= 16;
  } while (number != 0);
  return digits;
}

}  // namespace

ContentKind content_kind(std::string_view essence) {
  for (const KindOfType& row : kinds)
    if (row.type == essence) return row.kind;
  if (essence.ends_with("+json")) return ContentKind::json;
  if (essence.ends_with("+xml")) return ContentKind::xml;
  return essence.starts_with("multipart/") ? ContentKind::multipart : ContentKind::any;
}

std::string media_type_essence(std::string_view value) {
  std::string essence(ascii::trim(value.substr(0, value.find(';'))));
  std::transform(essence.begin(), essence.end(), essence.begin(), ascii::lower);
  return essence;
}

bool looks_like_text(std::string_view start) {
  for (std::size_t at = 0; at < start.size();) {
    const unsigned char c = ascii::byte(start[at]);
    if (c < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f') return false;
    const std::size_t length = utf8::length_at(start, at);
    if (length == 0) return at > 0 && start.size() - at < 4 && c >= 0xC2;
    at += length;
  }
  return true;
}

ContentView::ContentView(const MessageView& message) : message_(&message) {
  if (!has_content(message)) return;
  if (is_chunked_on_wire(message)) {
    std::size_t size = 0;
    for (const Chunk& chunk : message->chunks) {
      starts_.push_back(size);
      size += chunk.data.size();
    }
    if (starts_.size() == 1) {
      text_ = message.text(message->chunks[0].data);
    } else {
      joined_.reserve(size);
      for (const Chunk& chunk : message->chunks) joined_.append(message.text(chunk.data));
      text_ = joined_;
    }
  } else if (message->framing != Framing::chunked || is_shown_without_chunks(message)) {
    text_ = message.text(message->content);
  }
  for (const std::string_view coding : message.field(FieldId::content_encoding).members())
    if (!coding.empty() && !ascii::equals_ignoring_case(coding, "identity")) codings_.push_back(coding);
  coded_ = is_transfer_coded(message) || begins_compressed(text_) || (!codings_.empty() && !looks_like_text(text_.substr(0, 64)));
  const FieldView type = message.field(FieldId::content_type);
  if (type.size() == 1) type_ = media_type_essence(type.value());
  kind_ = content_kind(type_);
  whole_ = is_of_known_length(message) && !is_partial(message, type_);
}

ContentView::ContentView(const ContentView& coded, std::string_view decoded)
    : message_(coded.message_), text_(decoded), type_(coded.type_), kind_(coded.kind_), whole_(true), coded_form_(&coded) {}

const ContentView* ContentView::opened() const {
  if (!coded_) return this;
  const DecodedContent* decoded = message_->decoded();
  if (decoded == nullptr || decoded->damaged || decoded->text.empty() || !whole_) return nullptr;
  if (opened_ == nullptr) opened_.reset(new ContentView(*this, decoded->text));
  return opened_.get();
}

bool looks_like_html(std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  while (!text.empty() && (ascii::is_space(text[0]) || text[0] == '\r' || text[0] == '\n')) text.remove_prefix(1);
  for (const std::string_view start : {"<!doctype html", "<html", "<head", "<body"})
    if (ascii::equals_ignoring_case(text.substr(0, start.size()), start)) return true;
  return false;
}

const syntax::JsonText& ContentView::json() const {
  if (json_ == nullptr) json_ = std::make_unique<syntax::JsonText>(syntax::parse_json(text_));
  return *json_;
}

const syntax::XmlText& ContentView::xml() const {
  if (xml_ == nullptr) xml_ = std::make_unique<syntax::XmlText>(syntax::parse_xml(text_));
  return *xml_;
}

std::size_t ContentView::invalid_at() const {
  if (invalid_at_ == std::string_view::npos) invalid_at_ = utf8::first_invalid(text_);
  return invalid_at_;
}

bool ContentView::is_as_sent() const {
  if (!is_of_known_length(*message_)) return false;
  if ((*message_)->framing == Framing::content_length || is_chunked_on_wire(*message_)) return true;
  const FieldView length = message_->field(FieldId::content_length);
  return length.size() == 1 && syntax::parse_decimal(length.value()) == text_.size();
}

Span ContentView::parameter(std::string_view name) const {
  const FieldView field = message_->field(FieldId::content_type);
  if (field.size() != 1) return {};
  const auto media = syntax::parse_media_type(field.value());
  if (!media) return {};
  for (const syntax::Parameter& parameter : media->parameters) {
    if (!ascii::equals_ignoring_case(parameter.name, name)) continue;
    const auto begin = field.value_span().begin + static_cast<std::uint32_t>(parameter.value.data() - field.value().data());
    return {begin, begin + static_cast<std::uint32_t>(parameter.value.size())};
  }
  return {};
}

// The chunk that holds byte `at`, or the last one.
std::size_t ContentView::chunk_of(std::size_t at) const {
  return static_cast<std::size_t>(std::upper_bound(starts_.begin(), starts_.end(), at) - starts_.begin()) - 1;
}

Span ContentView::span(std::size_t begin, std::size_t end) const {
  if (coded_form_ != nullptr) return coded_form_->span(0, coded_form_->size());
  const Message& message = message_->message();
  begin = std::min(begin, size());
  end = std::clamp(end, begin, size());
  if (starts_.empty()) {
    const std::uint32_t base = message.content.begin;
    return {base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)};
  }
  const auto place = [&](std::size_t at, std::size_t chunk) {
    return message.chunks[chunk].data.begin + static_cast<std::uint32_t>(at - starts_[chunk]);
  };
  const std::uint32_t first = place(begin, chunk_of(begin));
  return {first, end == begin ? first : place(end - 1, chunk_of(end - 1)) + 1};
}

std::vector<Span> ContentView::parts() const {
  if (starts_.empty()) return {span(0, size())};
  std::vector<Span> data;
  for (const Chunk& chunk : (*message_)->chunks) data.push_back(chunk.data);
  return data;
}

Span ContentView::span(std::string_view part) const {
  const auto begin = static_cast<std::size_t>(part.data() - text_.data());
  return span(begin, begin + part.size());
}

std::vector<Edit> ContentView::edit(const std::vector<ContentEdit>& edits) const {
  if (coded_form_ != nullptr) return {};
  std::vector<Edit> result;
  std::size_t after = size();
  std::vector<std::size_t> sizes;
  for (const Chunk& chunk : (*message_)->chunks) sizes.push_back(chunk.data.size());
  for (const ContentEdit& edit : edits) {
    if (edit.begin > edit.end || edit.end > size()) return {};
    after = after - (edit.end - edit.begin) + edit.text.size();
    if (!starts_.empty()) {
      const std::size_t chunk = chunk_of(edit.begin);
      // Over a border the framing would have to be moved; a chunk without data would be the last one.
      if (edit.end > edit.begin && chunk_of(edit.end - 1) != chunk) return {};
      sizes[chunk] = sizes[chunk] - (edit.end - edit.begin) + edit.text.size();
    }
    result.push_back({span(edit.begin, edit.end), edit.text});
  }
  for (std::size_t i = 0; i < starts_.size(); ++i) {
    if (sizes[i] == 0) return {};
    if (sizes[i] != (*message_)->chunks[i].data.size()) result.push_back({(*message_)->chunks[i].size, hex(sizes[i])});
  }
  if (starts_.empty() && after != size() && message_->has(FieldId::content_length))
    for (Edit& length : set_field(*message_, FieldId::content_length, std::to_string(after)))
      result.push_back(std::move(length));
  return result;
}

std::vector<Edit> ContentView::edit(std::size_t begin, std::size_t end, std::string_view text) const {
  std::vector<ContentEdit> edits;
  edits.push_back({begin, end, std::string(text)});
  return edit(edits);
}

}  // namespace statuslab::lint
