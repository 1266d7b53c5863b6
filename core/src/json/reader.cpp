#include "json/reader.h"

#include <algorithm>
#include <cmath>
#include <nlohmann/json.hpp>

#include "base/similar.h"
#include "syntax/rfc8259.h"

namespace statuslab::json {
namespace {

using Tree = nlohmann::json;

// RFC 6901 section 3: "~" and "/" are "~0" and "~1".
void append_escaped(std::string& to, std::string_view key) {
  for (const char c : key) {
    if (c == '~') {
      to += "~0";
    } else if (c == '/') {
      to += "~1";
    } else {
      to += c;
    }
  }
}

std::string pointer_of(const Path& path) {
  if (path.up == nullptr) return {};
  std::string pointer = pointer_of(*path.up) + "/";
  if (path.in_array) return pointer + std::to_string(path.index);
  append_escaped(pointer, path.key);
  return pointer;
}

// Short, so that a mistake stays one line; never goes down into what is nested.
std::string shown(const Tree& value) {
  constexpr std::size_t longest = 80;
  if (value.is_object()) return value.empty() ? "{}" : "{…}";
  if (value.is_array()) return value.empty() ? "[]" : "[…]";
  std::string text = value.dump(-1, ' ', false, Tree::error_handler_t::replace);
  if (text.size() <= longest) return text;
  std::size_t end = longest;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end) + "…";
}

std::string list_of(std::span<const std::string_view> names) {
  std::string list;
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (i > 0) list += i + 1 == names.size() ? " or " : ", ";
    list.append(1, '"').append(names[i]).append(1, '"');
  }
  return list;
}

std::string with_guess(std::string expected, std::string_view word, std::span<const std::string_view> names) {
  const std::string_view near = meant(word, names);
  return near.empty() ? expected : expected + "; \"" + std::string(near) + "\" is near";
}

void append(Reading& reading, Mistake mistake) {
  if (reading.mistakes.size() < max_mistakes) reading.mistakes.push_back(std::move(mistake));
}

std::string whole_text(double number) {
  return std::abs(number) < 1e15 ? std::to_string(static_cast<std::int64_t>(number)) : "any";
}

std::string_view fault_text(syntax::JsonFault fault) {
  using enum syntax::JsonFault;
  constexpr std::pair<syntax::JsonFault, std::string_view> texts[] = {
      {comment, "JSON has no comments"},
      {trailing_comma, "no comma before the end of a list"},
      {comma_missing, "a comma between two members"},
      {single_quotes, "strings in double quotes"},
      {name_unquoted, "names in double quotes"},
      {not_a_number, "a number, or a string in double quotes"},
      {literal, "true, false or null"},
      {number, "a number as JSON writes it"},
      {control_character, "control characters as escapes"},
      {escape, "one of the escapes that JSON has"},
      {lone_surrogate, "both halves of a surrogate pair"},
      {unterminated, "the end of what begins here"},
      {trailing, "nothing after the value"},
  };
  const auto* found = std::find_if(std::begin(texts), std::end(texts), [fault](const auto& row) { return row.first == fault; });
  return found == std::end(texts) ? "a value" : found->second;
}

bool ends_it(syntax::JsonFault fault) {
  using enum syntax::JsonFault;
  return fault != duplicate_name && fault != number_precision && fault != depth;
}

Mistake not_json(std::string_view text) {
  const syntax::JsonText parsed = syntax::parse_json(text);
  const auto note = std::find_if(parsed.notes.begin(), parsed.notes.end(), [](const auto& n) { return ends_it(n.fault); });
  if (note == parsed.notes.end()) return {{}, {}, "JSON in UTF-8"};
  std::string value(text.substr(note->begin, std::min<std::size_t>(note->end - note->begin, 40)));
  return {{}, std::move(value), "JSON: " + std::string(fault_text(note->fault)) + ", at byte " + std::to_string(note->begin)};
}

void describe_scalar(Writer& schema, std::string_view type) {
  schema.begin_object();
  schema.member("type", type);
}

}  // namespace

bool In::is_null() const { return value_->is_null(); }
bool In::is_string() const { return value_ != nullptr && value_->is_string(); }
bool In::is_object() const { return value_ != nullptr && value_->is_object(); }

void In::mistake(std::string expected) const {
  append(*reading_, {pointer_of(*path_), shown(*value_), std::move(expected)});
}

const Tree* In::as_object() const {
  if (value_->is_object()) return value_;
  mistake("an object");
  return nullptr;
}

const Tree* In::as_array() const {
  if (value_->is_array()) return value_;
  mistake("an array");
  return nullptr;
}

std::size_t In::size() const { return value_->size(); }

void In::each_member(void* use, void (*call)(void*, std::string_view, In)) const {
  for (const auto& [name, value] : value_->items()) {
    const Path path{path_, name};
    call(use, name, In(*reading_, &value, path));
  }
}

In In::element(std::size_t index, Path& path) const {
  path = {path_, {}, index, true};
  return {*reading_, &(*value_)[index], path};
}

void read(In in, bool& out) {
  if (in.describing()) {
    describe_scalar(in.schema(), "boolean");
    in.schema().member("default", out);
    in.schema().end_object();
    return;
  }
  if (!in.value().is_boolean()) return in.mistake("true or false");
  out = in.value().get<bool>();
}

void read(In in, std::string& out) {
  if (in.describing()) {
    describe_scalar(in.schema(), "string");
    if (!out.empty()) in.schema().member("default", std::string_view(out));
    in.schema().end_object();
    return;
  }
  const auto* text = in.value().get_ptr<const Tree::string_t*>();
  if (text == nullptr) return in.mistake("a string");
  out = *text;
}

void read_whole(In in, std::int64_t& out, std::int64_t least, std::int64_t most) {
  if (in.describing()) {
    Writer& schema = in.schema();
    describe_scalar(schema, "integer");
    schema.key("minimum");
    schema.raw(std::to_string(least));
    schema.key("maximum");
    schema.raw(std::to_string(most));
    if (out >= least && out <= most) {
      schema.key("default");
      schema.raw(std::to_string(out));
    }
    schema.end_object();
    return;
  }
  const std::string expected = "a whole number from " + std::to_string(least) + " to " + std::to_string(most);
  const Tree& value = in.value();
  if (!value.is_number_integer()) return in.mistake(expected);
  // Above the signed range there is nothing that anything here counts.
  const bool in_range = !value.is_number_unsigned() || value.get<std::uint64_t>() <= static_cast<std::uint64_t>(INT64_MAX);
  const std::int64_t number = in_range ? value.get<std::int64_t>() : INT64_MAX;
  if (!in_range || number < least || number > most) return in.mistake(expected);
  out = number;
}

void read_number(In in, double& out, double least, double most) {
  if (in.describing()) {
    in.schema().raw(R"({"type":"number"})");
    return;
  }
  if (in.value().is_number()) {
    const double number = in.value().get<double>();
    if (number >= least && number <= most) {
      out = number;
      return;
    }
  }
  in.mistake("a number from " + whole_text(least) + " to " + whole_text(most));
}

void read_choice(In in, std::size_t& out, std::span<const std::string_view> names) {
  if (in.describing()) {
    Writer& schema = in.schema();
    schema.begin_object();
    schema.key("enum");
    schema.begin_array();
    for (const std::string_view name : names) schema.value(name);
    schema.end_array();
    if (out < names.size()) schema.member("default", names[out]);
    schema.end_object();
    return;
  }
  const auto* text = in.value().get_ptr<const Tree::string_t*>();
  if (text == nullptr) return in.mistake(list_of(names));
  const auto found = std::find(names.begin(), names.end(), *text);
  if (found == names.end()) return in.mistake(with_guess(list_of(names), *text, names));
  out = static_cast<std::size_t>(found - names.begin());
}

Object::Object(In in) : in_(in), object_(in.describing() ? nullptr : in.as_object()) {
  if (!in_.describing()) return;
  Writer& schema = in_.schema();
  describe_scalar(schema, "object");
  schema.member("additionalProperties", false);
  schema.key("properties");
  schema.begin_object();
}

Object::~Object() {
  if (in_.describing()) {
    in_.schema().end_object();
    in_.schema().end_object();
    return;
  }
  if (object_ == nullptr) return;
  for (const auto& [name, value] : object_->items()) {
    if (std::find(known_.begin(), known_.end(), name) != known_.end()) continue;
    const Path path{&in_.path(), name};
    std::string expected = known_.empty() ? "no member" : "only the members " + list_of(known_);
    append(in_.reading(), {pointer_of(path), shown(value), with_guess(std::move(expected), name, known_)});
  }
}

const Tree* Object::find(std::string_view name) {
  known_.push_back(name);
  if (object_ == nullptr) return nullptr;
  const auto found = object_->find(std::string(name));
  return found == object_->end() ? nullptr : &*found;
}

bool Object::has(std::string_view name) const { return object_ != nullptr && object_->contains(std::string(name)); }

void Object::required(std::string_view name) {
  if (object_ == nullptr || has(name)) return;
  const Path path{&in_.path(), name};
  append(in_.reading(), {pointer_of(path), {}, "this member has to be there"});
}

Text::Text(std::string_view text) {
  Tree tree = Tree::parse(text.begin(), text.end(), nullptr, false);
  if (tree.is_discarded()) {
    mistakes_.push_back(not_json(text));
    return;
  }
  root_ = new Tree(std::move(tree));
}

Text::~Text() { delete root_; }

std::string mistakes_json(const std::vector<Mistake>& mistakes) {
  Writer writer;
  writer.begin_object();
  writer.key("mistakes");
  writer.begin_array();
  for (const Mistake& mistake : mistakes) {
    writer.begin_object();
    writer.member("pointer", std::string_view(mistake.pointer));
    writer.member("value", std::string_view(mistake.value));
    writer.member("expected", std::string_view(mistake.expected));
    writer.end_object();
  }
  writer.end_array();
  writer.end_object();
  return writer.take();
}

}  // namespace statuslab::json
