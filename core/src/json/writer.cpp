#include "json/writer.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "base/utf8.h"

namespace statuslab::json {
namespace {

bool is_plain(char c) { return ascii::byte(c) >= 0x20 && ascii::byte(c) < 0x80 && c != '"' && c != '\\'; }

constexpr std::uint64_t eight(unsigned char c) { return c * std::uint64_t{0x0101010101010101}; }

// Whether eight bytes all stand for themselves. "No" is sometimes said of those that do.
bool are_plain(std::uint64_t bytes) {
  const std::uint64_t odd = (bytes - eight(0x20)) | ((bytes ^ eight('"')) - eight(1)) | ((bytes ^ eight('\\')) - eight(1)) | bytes;
  return (odd & eight(0x80)) == 0;
}

// The longest form of a byte is "\u001f".
constexpr std::size_t longest = 6;

char* escape(char* to, char c) {
  constexpr std::string_view named = "\b\f\n\r\t\"\\";
  constexpr std::string_view letters = "bfnrt\"\\";
  constexpr std::string_view digits = "0123456789abcdef";
  *to++ = '\\';
  if (const std::size_t i = named.find(c); i != std::string_view::npos) {
    *to++ = letters[i];
    return to;
  }
  to = std::copy_n("u00", 3, to);
  *to++ = digits[ascii::byte(c) >> 4];
  *to++ = digits[ascii::byte(c) & 15];
  return to;
}

}  // namespace

void Writer::grow(std::size_t size) {
  const std::size_t written = static_cast<std::size_t>(at_ - text_.get());
  const std::size_t room = std::max(2 * static_cast<std::size_t>(end_ - text_.get()), written + size);
  std::unique_ptr<char[]> larger(new char[room]);
  std::memcpy(larger.get(), text_.get(), written);
  text_ = std::move(larger);
  at_ = text_.get() + written;
  end_ = text_.get() + room;
}

void Writer::put(char c) {
  *room(1) = c;
  ++at_;
}

void Writer::put(std::string_view text) {
  at_ = std::copy(text.begin(), text.end(), room(text.size()));
}

void Writer::separate() {
  if (needs_comma_) put(',');
  needs_comma_ = true;
}

void Writer::begin(char bracket) {
  separate();
  put(bracket);
  needs_comma_ = false;
}

void Writer::end(char bracket) {
  put(bracket);
  needs_comma_ = true;
}

void Writer::key(std::string_view name) {
  char* to = room(name.size() + 4);
  if (needs_comma_) *to++ = ',';
  *to++ = '"';
  to = std::copy(name.begin(), name.end(), to);
  *to++ = '"';
  *to++ = ':';
  at_ = to;
  needs_comma_ = false;
}

void Writer::value(std::string_view bytes) {
  constexpr std::size_t piece = 1024;
  separate();
  put('"');
  std::size_t at = 0;
  while (at < bytes.size()) {
    const std::size_t stop = std::min(at + piece, bytes.size());
    char* to = room(longest * (stop - at));
    while (at < stop) {
      if (std::uint64_t eight_bytes = 0; stop - at >= sizeof eight_bytes) {
        std::memcpy(&eight_bytes, bytes.data() + at, sizeof eight_bytes);
        if (are_plain(eight_bytes)) {
          std::memcpy(to, &eight_bytes, sizeof eight_bytes);
          to += sizeof eight_bytes;
          at += sizeof eight_bytes;
          continue;
        }
      }
      const char c = bytes[at];
      if (is_plain(c)) {
        *to++ = c;
        ++at;
      } else if (ascii::byte(c) < 0x80) {
        to = escape(to, c);
        ++at;
      } else if (const std::size_t length = utf8::length_at(bytes, at); length > 0) {
        to = std::copy_n(bytes.data() + at, length, to);
        at += length;
      } else {
        to = std::copy_n("\xEF\xBF\xBD", 3, to);
        at += utf8::subpart_at(bytes, at);
      }
    }
    at_ = to;
  }
  put('"');
}

void Writer::value(std::uint64_t number) {
  separate();
  char digits[20];
  char* p = digits + sizeof digits;
  do {
    *--p = static_cast<char>('0' + number % 10);
    number /= 10;
  } while (number != 0);
  put(std::string_view(p, static_cast<std::size_t>(digits + sizeof digits - p)));
}

void Writer::raw(std::string_view json) {
  separate();
  put(json);
  needs_comma_ = true;
}

void Writer::value(bool flag) {
  separate();
  put(flag ? std::string_view("true") : std::string_view("false"));
}

std::string Writer::take() const { return {text_.get(), at_}; }

}  // namespace statuslab::json
