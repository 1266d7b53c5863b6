// Reads JSON (RFC 8259) into structs by functions that name each member once, and says of every mistake where it is (a JSON
// pointer, RFC 6901), what stands there and what would be valid. The same functions, given no text, describe what they
// read: `describe` makes a JSON schema of them, with the defaults that the structs have.
//
//     void read(In in, Point& point) {
//       Object object(in);                       // a mistake unless the value is an object
//       object.member("x", point.x, 0, 100);     // absent: x keeps what it has
//       object.choice("kind", point.kind, kinds);
//     }                                          // members that were not named are mistakes
//
//     Point point;
//     const std::vector<Mistake> mistakes = from_json(text, point);
#pragma once

#include <cstddef>
#include <cstdint>
#include <nlohmann/json_fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "json/writer.h"

namespace statuslab::json {

struct Mistake {
  std::string pointer;   // "/client/request/method"; empty: the whole text
  std::string value;     // as JSON; "{…}" and "[…]" for what has members, empty where something is missing
  std::string expected;  // what would be valid
};

// At most so many are told of one text.
inline constexpr std::size_t max_mistakes = 20;

// What is read or described at the moment.
struct Reading {
  std::vector<Mistake> mistakes{};
  Writer* schema = nullptr;  // not null: describing
};

// The way from the whole text to a value; a chain of frames on the stack.
struct Path {
  const Path* up = nullptr;
  std::string_view key{};
  std::size_t index = 0;
  bool in_array = false;
};

// A value in the text, or the place of one that is described. Borrows from the text's tree; to be passed on, not kept.
class In {
 public:
  In(Reading& reading, const nlohmann::json* value, const Path& path) : reading_(&reading), value_(value), path_(&path) {}
  [[nodiscard]] bool describing() const { return reading_->schema != nullptr; }
  [[nodiscard]] Writer& schema() const { return *reading_->schema; }
  [[nodiscard]] const nlohmann::json& value() const { return *value_; }
  [[nodiscard]] bool is_null() const;
  [[nodiscard]] bool is_string() const;
  [[nodiscard]] bool is_object() const;
  // Describing: null is as good as what `use` describes.
  template <class Use>
  void or_null(Use use) const {
    if (!describing()) return use();
    schema().begin_object();
    schema().key("anyOf");
    schema().begin_array();
    use();
    schema().raw(R"({"type":"null"})");
    schema().end_array();
    schema().end_object();
  }
  // The value is not what it should be; to be said in terms of what it should be.
  void mistake(std::string expected) const;
  // Null unless it is an object, an array, which is a mistake.
  [[nodiscard]] const nlohmann::json* as_object() const;
  [[nodiscard]] const nlohmann::json* as_array() const;
  [[nodiscard]] std::size_t size() const;
  // Of an object with any names.
  template <class Use>
  void for_each_member(Use use) const {
    each_member(&use, [](void* given, std::string_view name, In value) { (*static_cast<Use*>(given))(name, value); });
  }
  [[nodiscard]] In element(std::size_t index, Path& path) const;
  [[nodiscard]] Reading& reading() const { return *reading_; }
  [[nodiscard]] const Path& path() const { return *path_; }

 private:
  void each_member(void* use, void (*call)(void*, std::string_view, In)) const;

  Reading* reading_;
  const nlohmann::json* value_;
  const Path* path_;
};

void read(In in, bool& out);
void read(In in, std::string& out);
void read_whole(In in, std::int64_t& out, std::int64_t least, std::int64_t most);
void read_number(In in, double& out, double least, double most);
// `names` by value; the mistake names them all, and the nearest one.
void read_choice(In in, std::size_t& out, std::span<const std::string_view> names);

template <class T>
void read(In in, std::vector<T>& out);
template <class T>
void read(In in, std::optional<T>& out);

// An object's members, each named once. What is left over is told at the end of its life.
class Object {
 public:
  explicit Object(In in);
  ~Object();
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;

  // Anything that has a `read`.
  template <class T>
  void member(std::string_view name, T& out) {
    with(name, [&out](In in) { read(in, out); });
  }
  // A whole number, both ends included.
  template <class Whole>
  void member(std::string_view name, Whole& out, std::int64_t least, std::int64_t most) {
    with(name, [&](In in) {
      std::int64_t number = static_cast<std::int64_t>(out);
      read_whole(in, number, least, most);
      out = static_cast<Whole>(number);
    });
  }
  template <class Whole>
  void member(std::string_view name, std::optional<Whole>& out, std::int64_t least, std::int64_t most) {
    with(name, [&](In in) {
      if (null_or(in)) return out.reset();
      std::int64_t number = out ? static_cast<std::int64_t>(*out) : least - 1;  // no default
      in.or_null([&] { read_whole(in, number, least, most); });
      out = static_cast<Whole>(number);
    });
  }
  void number(std::string_view name, double& out, double least, double most) {
    with(name, [&](In in) { read_number(in, out, least, most); });
  }
  // An enumeration that counts from 0, by the names of its values.
  template <class Enum>
  void choice(std::string_view name, Enum& out, std::span<const std::string_view> names) {
    with(name, [&](In in) {
      std::size_t chosen = static_cast<std::size_t>(out);
      read_choice(in, chosen, names);
      out = static_cast<Enum>(chosen);
    });
  }
  // Calls `use` with the member's value, if it is there; when describing, always.
  template <class Use>
  void with(std::string_view name, Use use) {
    Path path{&in_.path(), name};
    if (in_.describing()) {
      in_.schema().key(name);
      use(In(in_.reading(), nullptr, path));
      return;
    }
    if (const nlohmann::json* value = find(name)) use(In(in_.reading(), value, path));
  }
  // The member has to be there.
  void required(std::string_view name);
  [[nodiscard]] bool has(std::string_view name) const;

 private:
  // Describing: null is as good. Reading: whether it is null.
  static bool null_or(In in) { return !in.describing() && in.is_null(); }
  const nlohmann::json* find(std::string_view name);

  In in_;
  const nlohmann::json* object_;  // null: there is none
  std::vector<std::string_view> known_{};
};

template <class T>
void read(In in, std::vector<T>& out) {
  if (in.describing()) {
    Writer& schema = in.schema();
    schema.begin_object();
    schema.member("type", "array");
    schema.key("items");
    T item{};
    Path path{&in.path(), {}, 0, true};
    read(In(in.reading(), nullptr, path), item);
    schema.end_object();
    return;
  }
  if (in.as_array() == nullptr) return;
  out.clear();
  out.reserve(in.size());
  for (std::size_t i = 0; i < in.size(); ++i) {
    Path path;
    read(in.element(i, path), out.emplace_back());
  }
}

// Null is the absent value.
template <class T>
void read(In in, std::optional<T>& out) {
  if (!in.describing() && in.is_null()) return out.reset();
  if (!out) out.emplace();
  in.or_null([&] { read(in, *out); });
}

// The text as a tree, or what is wrong with it as JSON. Owns the tree.
class Text {
 public:
  explicit Text(std::string_view text);
  ~Text();
  Text(const Text&) = delete;
  Text& operator=(const Text&) = delete;
  [[nodiscard]] const nlohmann::json* root() const { return root_; }
  [[nodiscard]] const std::vector<Mistake>& mistakes() const { return mistakes_; }

 private:
  nlohmann::json* root_ = nullptr;
  std::vector<Mistake> mistakes_{};
};

// Reads `text` into `out`; empty where all is in order. `out` is of no use otherwise.
template <class T>
[[nodiscard]] std::vector<Mistake> from_json(std::string_view text, T& out) {
  const Text tree(text);
  if (tree.root() == nullptr) return tree.mistakes();
  Reading reading;
  const Path path;
  read(In(reading, tree.root(), path), out);
  return std::move(reading.mistakes);
}

// The JSON schema (draft 2020-12) of what `read(In, T&)` reads.
template <class T>
[[nodiscard]] std::string describe() {
  Writer schema;
  Reading reading{.schema = &schema};
  const Path path;
  T value{};
  read(In(reading, nullptr, path), value);
  return schema.take();
}

// {"mistakes":[{"pointer":...,"value":...,"expected":...}]}
[[nodiscard]] std::string mistakes_json(const std::vector<Mistake>& mistakes);

}  // namespace statuslab::json
