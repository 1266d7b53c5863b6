#include "lint/context.h"

#include <algorithm>
#include <utility>

#include "base/ascii.h"
#include "lint/content.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint {
namespace {

// There is room for as many at once.
constexpr std::size_t customary_memos = 32;

// The set of fields that are present tells their order: nothing is sorted.
MessageView::Section group(std::string_view text, const std::vector<FieldLine>& lines) {
  MessageView::Section section;
  const std::size_t count = std::min<std::size_t>(lines.size(), 0xFFFF);
  std::vector<std::uint16_t> ids(count);
  std::array<std::uint16_t, field_count + 1> places{};  // by field: how many lines it has, then where the next one goes
  for (std::size_t i = 0; i < count; ++i) {
    const auto id = static_cast<std::uint16_t>(find_field(slice(text, lines[i].name)));
    ids[i] = id;
    if (id == 0) {
      section.unknown.push_back(static_cast<std::uint16_t>(i));
      continue;
    }
    ++places[id];
    section.present[id / 64] |= std::uint64_t{1} << (id % 64);
  }
  section.groups.reserve(count - section.unknown.size());
  std::uint16_t end = 0;
  for (std::size_t word = 0; word < section.present.size(); ++word)
    for (std::uint64_t bits = section.present[word]; bits != 0; bits &= bits - 1) {
      const std::size_t id = word * 64 + static_cast<std::size_t>(__builtin_ctzll(bits));
      const std::uint16_t begin = end;
      end = static_cast<std::uint16_t>(end + places[id]);
      section.groups.push_back({static_cast<FieldId>(id), begin, end});
      places[id] = begin;
    }
  section.order.resize(end);
  for (std::size_t i = 0; i < count; ++i)
    if (ids[i] != 0) section.order[places[ids[i]]++] = static_cast<std::uint16_t>(i);
  return section;
}

}  // namespace

std::string_view name_of(Scheme scheme) {
  return scheme == Scheme::https ? "https" : scheme == Scheme::http ? "http" : "";
}

namespace {

std::vector<std::string_view> read_members(const FieldView& field) {
  std::vector<std::string_view> members;
  for (std::size_t i = 0; i < field.size(); ++i)
    syntax::append_list_members(field.value(i), members);
  return members;
}

std::optional<syntax::HttpDate> read_date(const FieldView& field) { return syntax::parse_http_date(field.value()); }

StructuredView read_structured(const FieldView& field) { return StructuredView(field); }

std::vector<syntax::CspPolicy> read_policies(const FieldView& field) {
  std::vector<syntax::CspPolicy> policies;
  for (std::size_t i = 0; i < field.size(); ++i)
    for (syntax::CspPolicy& policy : syntax::parse_csp(field.value(i))) policies.push_back(std::move(policy));
  return policies;
}

}  // namespace

const std::vector<std::string_view>& FieldView::members() const { return once<read_members>(); }
const std::optional<syntax::HttpDate>& FieldView::date() const { return once<read_date>(); }
const StructuredView& FieldView::structured() const { return once<read_structured>(); }
const std::vector<syntax::CspPolicy>& FieldView::policies() const { return once<read_policies>(); }

std::string_view FieldView::find_member(const std::string_view& token) const {
  for (const std::string_view member : members())
    if (ascii::equals_ignoring_case(member, token)) return member;
  return {};
}

std::optional<structured::FieldType> structured_type(FieldId id) {
  switch (field_info(id).shape) {
    case FieldShape::structured_item: return structured::FieldType::item;
    case FieldShape::structured_list: return structured::FieldType::list;
    case FieldShape::structured_dictionary: return structured::FieldType::dictionary;
    default: return std::nullopt;
  }
}

StructuredView::StructuredView(const FieldView& field) : field_(field) {
  for (std::size_t i = 0; i < field.size(); ++i) lines_.push_back(field.value(i));
  text_ = structured::join(lines_);
  parsed_ = structured::parse(text_, *structured_type(field.id()));
}

Span StructuredView::place(Span span) const {
  const structured::LinePlace place = structured::place_in_lines(span, lines_);
  const Span value = field_.value_span(place.line);
  if (value.empty()) return field_.line(place.line).name;
  Span result{value.begin + place.span.begin, value.begin + place.span.end};
  if (result.empty()) result = result.begin == value.end ? Span{value.end - 1, value.end} : Span{result.begin, result.begin + 1};
  return result;
}

MessageView::MessageView(const Texts& texts, const Message& message, Side side, std::uint32_t index, Scheme scheme,
                         const MessageView* request, std::optional<std::int64_t> now, bool unasked)
    : texts_(texts),
      message_(&message),
      side_(side),
      index_(index),
      scheme_(scheme),
      request_(request),
      now_(now),
      unasked_(unasked),
      headers_(group(texts.given, message.fields)),
      trailers_(group(texts.given, message.trailers)) {}

MessageView::~MessageView() = default;

const ContentView& MessageView::content() const {
  if (content_ == nullptr) content_ = std::make_unique<ContentView>(*this);
  return *content_;
}

std::string_view MessageView::method() const {
  if (message_->is_request()) return text(message_->method);
  return request_ == nullptr ? std::string_view{} : request_->method();
}

std::optional<syntax::HttpUri> MessageView::target_uri() const {
  const syntax::UriReference target = syntax::split_uri_reference(text(message_->target));
  if (target.scheme && target.authority)
    return syntax::make_http_uri(*target.scheme, *target.authority, target.path, target.query);
  if (target.scheme || !target.path.starts_with('/')) return std::nullopt;
  const FieldView host = field(FieldId::host);
  return syntax::make_http_uri(name_of(scheme_), host.size() == 1 ? host.value() : "", target.path, target.query);
}

FieldView MessageView::find_present(const Section& section, FieldId id, bool trailer) const {
  return view(*std::lower_bound(section.groups.begin(), section.groups.end(), id,
                                [](const Group& g, FieldId wanted) { return g.id < wanted; }),
              trailer);
}

Memo::~Memo() {
  for (const Entry& entry : entries_) entry.destroy(entry.value);
}

// The rules of a field run one after the other: what one asks for was nearly always made last.
const void* Memo::get(const FieldView& field, std::size_t size, Make make, Destroy destroy) {
  for (auto entry = entries_.rbegin(); entry != entries_.rend(); ++entry)
    if (entry->make == make && entry->id == field.id() && entry->trailer == field.in_trailer()) return entry->value;
  void* const value = room(size);
  make(field, value);
  if (entries_.empty()) entries_.reserve(customary_memos);
  entries_.push_back({make, field.id(), field.in_trailer(), value, destroy});
  return value;
}

void* Memo::room(std::size_t size) {
  constexpr std::size_t block = 2048;
  constexpr std::size_t unit = alignof(std::max_align_t);
  size = (size + unit - 1) / unit * unit;
  if (static_cast<std::size_t>(end_ - at_) < size) {
    const std::size_t room = std::max(block, size);
    at_ = blocks_.emplace_back(new std::byte[room]).get();
    end_ = at_ + room;
  }
  return std::exchange(at_, at_ + size);
}

const syntax::CacheControl& MessageView::cache_control() const {
  if (cache_control_) return *cache_control_;
  syntax::CacheControl& control = cache_control_.emplace();
  const FieldView lines = field(FieldId::cache_control);
  for (std::size_t i = 0; i < lines.size(); ++i) control.add(lines.value(i));
  return control;
}

std::uint64_t MessageView::content_size() const {
  if (message_->framing != Framing::chunked) return message_->content.size();
  // What tools print without the chunk framing has no chunks.
  if (message_->chunks.empty() && has_problem(ProblemKind::chunk_size_malformed)) return message_->content.size();
  std::uint64_t size = 0;
  for (const Chunk& chunk : message_->chunks) size += chunk.data.size();
  return size;
}

bool MessageView::complete() const {
  // What a tool shows none of may have been there.
  if (message_->framing == Framing::shown && message_->content.empty()) return false;
  return message_->head_terminated && !has_problem(ProblemKind::content_absent) &&
         !has_problem(ProblemKind::content_truncated) && !has_problem(ProblemKind::chunked_truncated);
}

const std::vector<syntax::SetCookie>& MessageView::set_cookies() const {
  if (set_cookies_) return *set_cookies_;
  set_cookies_.emplace();
  const FieldView field = this->field(FieldId::set_cookie);
  for (std::size_t i = 0; i < field.size(); ++i) set_cookies_->push_back(syntax::parse_set_cookie(field.value(i)));
  return *set_cookies_;
}

bool MessageView::has_problem(ProblemKind kind) const {
  return std::any_of(message_->problems.begin(), message_->problems.end(),
                     [kind](const Problem& problem) { return problem.kind == kind; });
}

Span MessageView::anchor() const {
  const Span preferred = message_->is_response() ? message_->status_code : message_->method;
  if (!preferred.empty()) return preferred;
  if (!message_->start_line.empty()) return message_->start_line;
  return message_->fields.empty() ? message_->whole : message_->fields.front().name;
}

}  // namespace statuslab::lint
