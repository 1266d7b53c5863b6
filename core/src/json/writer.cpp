#include "json/writer.h"

#include "base/ascii.h"
#include "base/utf8.h"

namespace statuslab::json {
namespace {

// How many bytes at `s[at]`, where there is no character, one U+FFFD stands for: those that begin one, at least one
// (Unicode 15 section 3.9, "U+FFFD Substitution of Maximal Subparts").
std::size_t subpart_at(std::string_view s, std::size_t at) {
  const unsigned char lead = ascii::byte(s[at]);
  if (lead < 0xC2 || lead > 0xF4) return 1;
  const std::size_t length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
  std::size_t count = 1;
  while (count < length && at + count < s.size()) {
    const unsigned char next = ascii::byte(s[at + count]);
    unsigned char low = 0x80;
    unsigned char high = 0xBF;
    if (count == 1) {
      if (lead == 0xE0) low = 0xA0;
      if (lead == 0xED) high = 0x9F;
      if (lead == 0xF0) low = 0x90;
      if (lead == 0xF4) high = 0x8F;
    }
    if (next < low || next > high) break;
    ++count;
  }
  return count;
}

bool is_plain(char c) { return ascii::byte(c) >= 0x20 && ascii::byte(c) < 0x80 && c != '"' && c != '\\'; }

void escape(std::string& to, char c) {
  constexpr std::string_view named = "\b\f\n\r\t\"\\";
  constexpr std::string_view letters = "bfnrt\"\\";
  constexpr std::string_view digits = "0123456789abcdef";
  to += '\\';
  if (const std::size_t i = named.find(c); i != std::string_view::npos) {
    to += letters[i];
  } else {
    to += "u00";
    to += digits[ascii::byte(c) >> 4];
    to += digits[ascii::byte(c) & 15];
  }
}

}  // namespace

void Writer::separate() {
  if (needs_comma_) text_ += ',';
  needs_comma_ = true;
}

void Writer::begin(char bracket) {
  separate();
  text_ += bracket;
  needs_comma_ = false;
}

void Writer::end(char bracket) {
  text_ += bracket;
  needs_comma_ = true;
}

void Writer::key(std::string_view name) {
  separate();
  text_.append(1, '"').append(name).append("\":");
  needs_comma_ = false;
}

void Writer::value(std::string_view bytes) {
  separate();
  text_ += '"';
  std::size_t at = 0;
  while (at < bytes.size()) {
    std::size_t end = at;
    while (end < bytes.size() && is_plain(bytes[end])) ++end;
    text_.append(bytes.substr(at, end - at));
    at = end;
    if (at == bytes.size()) break;
    if (ascii::byte(bytes[at]) < 0x80) {
      escape(text_, bytes[at++]);
    } else if (const std::size_t length = utf8::length_at(bytes, at); length > 0) {
      text_.append(bytes.substr(at, length));
      at += length;
    } else {
      text_ += "\xEF\xBF\xBD";
      at += subpart_at(bytes, at);
    }
  }
  text_ += '"';
}

void Writer::value(std::uint64_t number) {
  separate();
  char digits[20];
  char* p = digits + sizeof digits;
  do {
    *--p = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  text_.append(p, digits + sizeof digits);
}

void Writer::raw(std::string_view json) {
  separate();
  text_ += json;
  needs_comma_ = true;
}

void Writer::value(bool flag) {
  separate();
  text_ += flag ? "true" : "false";
}

}  // namespace statuslab::json
