// Writes JSON (RFC 8259) as one line, from values as they come. For answers of a few kilobytes this takes a tenth of the
// time that a tree of values takes, and nothing of the engine's size.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace statuslab::json {

class Writer {
 public:
  Writer() { text_.reserve(4096); }

  void begin_object() { begin('{'); }
  void end_object() { end('}'); }
  void begin_array() { begin('['); }
  void end_array() { end(']'); }
  // Keys need no escapes.
  void key(std::string_view name);
  // Bytes that are not UTF-8 become U+FFFD, one for each longest beginning of a character.
  void value(std::string_view bytes);
  void value(const char* text) { value(std::string_view(text)); }
  void value(std::uint64_t number);
  void value(bool flag);
  // What is JSON already: a number, null.
  void raw(std::string_view json);
  template <class Value>
  void member(std::string_view name, const Value& given) {
    key(name);
    value(given);
  }
  void value(std::uint32_t number) { value(static_cast<std::uint64_t>(number)); }
  void value(std::uint16_t number) { value(static_cast<std::uint64_t>(number)); }
  void value(std::uint8_t number) { value(static_cast<std::uint64_t>(number)); }

  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void separate();
  void begin(char bracket);
  void end(char bracket);

  std::string text_;
  bool needs_comma_ = false;
};

}  // namespace statuslab::json
