// Each function is one algorithm of RFC 9651 section 4.2 (parsing) or 4.1 (serialising) and bears its name.
#include "syntax/rfc9651.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/sort.h"
#include "syntax/rfc8187.h"

namespace statuslab::structured {
namespace {

// There is room for as many at once.
constexpr std::size_t customary_members = 16;

constexpr std::int64_t largest_integer = 999'999'999'999'999;

// lcalpha / "*"
bool starts_key(char c) { return (c >= 'a' && c <= 'z') || c == '*'; }
// lcalpha / DIGIT / "_" / "-" / "." / "*"
bool continues_key(char c) { return starts_key(c) || ascii::is_digit(c) || c == '_' || c == '-' || c == '.'; }
// ALPHA / "*"
bool starts_token(char c) { return ascii::is_alpha(c) || c == '*'; }
// tchar / ":" / "/"
bool continues_token(char c) { return ascii::is_tchar(c) || c == ':' || c == '/'; }
// "in the range %x00-1f or %x7f-ff (i.e., it is not in VCHAR or SP)"
bool is_printable(char c) { return ascii::byte(c) >= 0x20 && ascii::byte(c) < 0x7F; }

int base64_value(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (ascii::is_digit(c)) return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// Few keys are compared with each other, which is faster than to sort them.
template <class Entry>
bool may_repeat(const std::vector<Entry>& entries) {
  if (entries.size() > 8) return true;
  for (std::size_t i = 0; i < entries.size(); ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (entries[i].key == entries[j].key) return true;
  return false;
}

// Of entries with the same key the last one stays, at the place of the first; the keys of the others are told.
template <class Entry>
void overwrite_duplicates(std::vector<Entry>& entries, std::vector<Span>& overwritten) {
  if (!may_repeat(entries)) return;
  const std::vector<std::uint32_t> order =
      sorted_order<Entry>(entries, [](const Entry& a, const Entry& b) { return a.key < b.key; });
  std::vector<bool> gone(entries.size());
  bool any = false;
  for (std::size_t first = 0; first < order.size();) {
    std::size_t last = first;
    while (last + 1 < order.size() && entries[order[last + 1]].key == entries[order[first]].key) ++last;
    for (std::size_t i = first; i < last; ++i) {
      overwritten.push_back(entries[order[i]].key_span);
      gone[order[i + 1]] = any = true;
    }
    if (last != first) std::swap(entries[order[first]], entries[order[last]]);
    first = last + 1;
  }
  if (!any) return;
  std::size_t kept = 0;
  for (std::size_t i = 0; i < entries.size(); ++i) {
    if (gone[i]) continue;
    if (kept != i) entries[kept] = std::move(entries[i]);
    ++kept;
  }
  entries.resize(kept);
}

// Reads from the front. After a failure every function returns false at once; the first error stays.
class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  Parsed run(FieldType type) {
    Parsed parsed;
    parsed.value.type = type;
    if (!field(parsed.value)) {
      parsed.error = error_;
      parsed.value.members.clear();
      parsed.value.overwritten.clear();
    }
    sort(parsed.value.overwritten, [](Span a, Span b) { return a.begin < b.begin; });
    return parsed;
  }

 private:
  // 4.2. Parsing Structured Fields
  bool field(Value& value) {
    // "Convert input_bytes into an ASCII string input_string; if conversion fails, fail parsing."
    for (std::size_t i = 0; i < text_.size(); ++i)
      if (ascii::byte(text_[i]) >= 0x80) return fail(ErrorKind::not_ascii, i, i + 1);
    skip_spaces();
    overwritten_ = &value.overwritten;
    if (value.type != FieldType::item)
      value.members.reserve(std::min<std::size_t>(customary_members, 1 + static_cast<std::size_t>(std::count(text_.begin(), text_.end(), ','))));
    const bool ok = value.type == FieldType::list         ? list(value.members)
                    : value.type == FieldType::dictionary ? dictionary(value.members)
                                                          : item(value.members.emplace_back());
    if (!ok) return false;
    skip_spaces();
    return at_end() || fail(ErrorKind::text_after_item, at_, text_.size());
  }

  // 4.2.1. Parsing a List
  bool list(std::vector<Member>& members) {
    while (!at_end()) {
      if (!item_or_inner_list(members.emplace_back())) return false;
      if (!separator()) return false;
    }
    return true;
  }

  // "Discard any leading OWS characters ... Consume the first character of input_string; if it is not ",", fail parsing
  // ... If input_string is empty, there is a trailing comma; fail parsing."
  bool separator() {
    skip_whitespace();
    if (at_end()) return true;
    const std::size_t comma = at_;
    if (!consume(',')) return fail(ErrorKind::comma_expected, at_, at_ + 1);
    skip_whitespace();
    return !at_end() || fail(ErrorKind::trailing_comma, comma, comma + 1);
  }

  // 4.2.1.1. Parsing an Item or Inner List
  bool item_or_inner_list(Member& member) { return peek() == '(' ? inner_list(member) : item(member); }

  // 4.2.1.2. Parsing an Inner List
  bool inner_list(Member& member) {
    const std::size_t begin = at_++;
    member.is_inner_list = true;
    while (!at_end()) {
      skip_spaces();
      if (consume(')')) {
        if (!parameters(member.parameters)) return false;
        member.span = span_from(begin);
        return true;
      }
      if (at_end()) break;
      Item& item = member.items.emplace_back();
      const std::size_t item_begin = at_;
      if (!bare_item(item.value) || !parameters(item.parameters)) return false;
      item.span = span_from(item_begin);
      if (!at_end() && peek() != ' ' && peek() != ')') return fail(ErrorKind::inner_list_separator, at_, at_ + 1);
    }
    return fail(ErrorKind::inner_list_unclosed, begin, text_.size());
  }

  // 4.2.2. Parsing a Dictionary
  bool dictionary(std::vector<Member>& members) {
    while (!at_end()) {
      Member& member = members.emplace_back();
      if (!key(member.key, member.key_span)) return false;
      if (consume('=')) {
        if (!item_or_inner_list(member)) return false;
      } else {
        const std::size_t begin = at_;
        member.value.span = member.key_span;
        if (!parameters(member.parameters)) return false;
        member.span = span_from(begin);
      }
      if (!separator()) return false;
    }
    overwrite_duplicates(members, *overwritten_);
    return true;
  }

  // 4.2.3. Parsing an Item
  bool item(Member& member) {
    const std::size_t begin = at_;
    if (!bare_item(member.value) || !parameters(member.parameters)) return false;
    member.span = span_from(begin);
    return true;
  }

  // 4.2.3.1. Parsing a Bare Item
  bool bare_item(BareItem& item) {
    const std::size_t begin = at_;
    const char first = peek();
    bool ok = false;
    if (at_end())
      return fail(ErrorKind::item_expected, at_, at_);
    else if (first == '-' || ascii::is_digit(first))
      ok = integer_or_decimal(item);
    else if (first == '"')
      ok = string(item);
    else if (starts_token(first))
      ok = token(item);
    else if (first == ':')
      ok = byte_sequence(item);
    else if (first == '?')
      ok = boolean(item);
    else if (first == '@')
      ok = date(item);
    else if (first == '%')
      ok = display_string(item);
    else
      return fail(ErrorKind::item_expected, at_, at_ + 1);
    item.span = span_from(begin);
    return ok;
  }

  // 4.2.3.2. Parsing Parameters
  bool parameters(Parameters& parameters) {
    while (consume(';')) {
      skip_spaces();
      Parameter& parameter = parameters.emplace_back();
      if (!key(parameter.key, parameter.key_span)) return false;
      parameter.value.span = parameter.key_span;
      if (consume('=') && !bare_item(parameter.value)) return false;
    }
    overwrite_duplicates(parameters, *overwritten_);
    return true;
  }

  // 4.2.3.3. Parsing a Key
  bool key(std::string& key, Span& span) {
    const std::size_t begin = at_;
    if (at_end()) return fail(ErrorKind::key_expected, at_, at_);
    if (!starts_key(peek())) return fail(ErrorKind::key_expected, at_, at_ + 1);
    while (!at_end() && continues_key(peek())) ++at_;
    key = text_.substr(begin, at_ - begin);
    span = span_from(begin);
    return true;
  }

  // 4.2.4. Parsing an Integer or Decimal
  bool integer_or_decimal(BareItem& item) {
    const std::size_t begin = at_;
    const bool negative = consume('-');
    const std::size_t digits_begin = at_;
    if (!ascii::is_digit(peek())) return fail(ErrorKind::digit_expected, begin, std::min(at_ + 1, text_.size()));
    item.type = ItemType::integer;
    item.number = 0;
    while (ascii::is_digit(peek())) {
      if (at_ - digits_begin == 15) return fail(ErrorKind::integer_too_long, begin, end_of_digits());
      item.number = item.number * 10 + (text_[at_++] - '0');
    }
    if (peek() == '.') {
      if (at_ - digits_begin > 12) return fail(ErrorKind::decimal_too_long, begin, at_);
      ++at_;
      item.type = ItemType::decimal;
      const std::size_t fraction = at_;
      // "If the number of characters after "." in input_number is greater than three, fail parsing."
      const std::size_t length = end_of_digits() - fraction;
      if (length == 0 || length > 3) return fail(ErrorKind::fraction_length, begin, fraction + length);
      for (std::size_t i = 0; i < 3; ++i) item.number = item.number * 10 + (i < length ? text_[at_++] - '0' : 0);
    }
    if (negative) item.number = -item.number;
    return true;
  }

  // 4.2.5. Parsing a String
  bool string(BareItem& item) {
    const std::size_t begin = at_++;
    item.type = ItemType::string;
    while (!at_end()) {
      const char c = text_[at_++];
      if (c == '"') return true;
      if (c == '\\') {
        if (at_end()) break;
        if (peek() != '"' && peek() != '\\') return fail(ErrorKind::string_escape, at_ - 1, at_ + 1);
        item.text += text_[at_++];
        continue;
      }
      if (!is_printable(c)) return fail(ErrorKind::string_character, at_ - 1, at_);
      item.text += c;
    }
    return fail(ErrorKind::string_unclosed, begin, text_.size());
  }

  // 4.2.6. Parsing a Token
  bool token(BareItem& item) {
    const std::size_t begin = at_;
    item.type = ItemType::token;
    while (!at_end() && continues_token(peek())) ++at_;
    item.text = text_.substr(begin, at_ - begin);
    return true;
  }

  // 4.2.7. Parsing a Byte Sequence
  bool byte_sequence(BareItem& item) {
    const std::size_t begin = at_++;
    item.type = ItemType::binary;
    const std::size_t end = text_.find(':', at_);
    if (end == std::string_view::npos) return fail(ErrorKind::binary_unclosed, begin, text_.size());
    // "parsers SHOULD NOT fail when "=" padding is not present" and "when non-zero pad bits are present".
    std::size_t data_end = end;
    while (data_end > at_ && text_[data_end - 1] == '=') --data_end;
    const std::size_t padding = end - data_end;
    std::uint32_t bits = 0;
    int count = 0;
    for (std::size_t i = at_; i < data_end; ++i) {
      const int value = base64_value(text_[i]);
      if (value < 0)
        return fail(text_[i] == '=' ? ErrorKind::binary_length : ErrorKind::binary_character, i, i + 1);
      bits = (bits << 6) | static_cast<std::uint32_t>(value);
      count += 6;
      if (count < 8) continue;
      count -= 8;
      item.text += static_cast<char>((bits >> count) & 0xFF);
    }
    const std::size_t left = (data_end - at_) % 4;
    if (left == 1 || padding > (4 - left) % 4) return fail(ErrorKind::binary_length, begin, end + 1);
    at_ = end + 1;
    return true;
  }

  // 4.2.8. Parsing a Boolean
  bool boolean(BareItem& item) {
    const std::size_t begin = at_++;
    item.type = ItemType::boolean;
    item.number = peek() == '1' ? 1 : 0;
    return consume('1') || consume('0') || fail(ErrorKind::boolean_value, begin, std::min(begin + 2, text_.size()));
  }

  // 4.2.9. Parsing a Date
  bool date(BareItem& item) {
    const std::size_t begin = at_++;
    if (!integer_or_decimal(item)) return false;
    if (item.type == ItemType::decimal) return fail(ErrorKind::date_decimal, begin, at_);
    item.type = ItemType::date;
    return true;
  }

  // 4.2.10. Parsing a Display String
  bool display_string(BareItem& item) {
    const std::size_t begin = at_++;
    item.type = ItemType::display_string;
    if (!consume('"')) return fail(ErrorKind::display_quote, begin, std::min(begin + 2, text_.size()));
    while (!at_end()) {
      const char c = text_[at_++];
      if (!is_printable(c)) return fail(ErrorKind::string_character, at_ - 1, at_);
      if (c == '"') return syntax::is_utf8(item.text) || fail(ErrorKind::display_utf8, begin, at_);
      if (c != '%') {
        item.text += c;
        continue;
      }
      const auto lower_hex = [this](std::size_t i) {
        return i < text_.size() && !(text_[i] >= 'A' && text_[i] <= 'F') ? ascii::hex_value(text_[i]) : -1;
      };
      const int high = lower_hex(at_);
      const int low = lower_hex(at_ + 1);
      if (high < 0 || low < 0) return fail(ErrorKind::display_escape, at_ - 1, std::min(at_ + 2, text_.size()));
      item.text += static_cast<char>(high * 16 + low);
      at_ += 2;
    }
    return fail(ErrorKind::string_unclosed, begin, text_.size());
  }

  [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
  [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool consume(char c) {
    if (at_end() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  void skip_spaces() {
    while (consume(' ')) {
    }
  }
  void skip_whitespace() {
    while (consume(' ') || consume('\t')) {
    }
  }
  [[nodiscard]] std::size_t end_of_digits() const {
    std::size_t end = at_;
    while (end < text_.size() && ascii::is_digit(text_[end])) ++end;
    return end;
  }
  [[nodiscard]] Span span_from(std::size_t begin) const {
    return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(at_)};
  }
  bool fail(ErrorKind kind, std::size_t begin, std::size_t end) {
    error_ = {kind, {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}};
    return false;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  Error error_{};
  std::vector<Span>* overwritten_ = nullptr;
};

// Writes to the end of `out`; false where section 4.1 fails.
class Serialiser {
 public:
  std::string out;

  bool field(const Value& value) {
    for (const Member& member : value.members) {
      if (!out.empty()) out += ", ";
      if (!(value.type == FieldType::dictionary ? dictionary_member(member) : item_or_inner_list(member))) return false;
    }
    return true;
  }

  // 4.1.2. Serializing a Dictionary
  bool dictionary_member(const Member& member) {
    if (!key(member.key)) return false;
    if (!member.is_inner_list && is_true(member.value)) return parameters(member.parameters);
    out += '=';
    return item_or_inner_list(member);
  }

  // 4.1.1.1. Serializing an Inner List, 4.1.3. Serializing an Item
  bool item_or_inner_list(const Member& member) {
    if (!member.is_inner_list) return bare_item(member.value) && parameters(member.parameters);
    out += '(';
    for (const Item& item : member.items) {
      if (&item != member.items.data()) out += ' ';
      if (!bare_item(item.value) || !parameters(item.parameters)) return false;
    }
    out += ')';
    return parameters(member.parameters);
  }

  // 4.1.1.2. Serializing Parameters
  bool parameters(const Parameters& parameters) {
    for (const Parameter& parameter : parameters) {
      out += ';';
      if (!key(parameter.key)) return false;
      if (is_true(parameter.value)) continue;
      out += '=';
      if (!bare_item(parameter.value)) return false;
    }
    return true;
  }

  // 4.1.3.1. Serializing a Bare Item
  bool bare_item(const BareItem& item) {
    switch (item.type) {
      case ItemType::integer: return integer(item.number);
      case ItemType::decimal: return decimal(item.number);
      case ItemType::string: return string(item.text);
      case ItemType::token: return token(item.text);
      case ItemType::binary: return byte_sequence(item.text);
      case ItemType::boolean: out += item.number != 0 ? "?1" : "?0"; return true;
      case ItemType::date: out += '@'; return integer(item.number);
      case ItemType::display_string: return display_string(item.text);
    }
    return false;
  }

 private:
  static bool is_true(const BareItem& item) { return item.type == ItemType::boolean && item.number != 0; }

  // 4.1.1.3. Serializing a Key
  bool key(std::string_view key) {
    out += key;
    return syntax::is_structured_key(key);
  }

  void digits(std::uint64_t number) {
    std::array<char, 20> reversed{};
    std::size_t count = 0;
    do reversed[count++] = static_cast<char>('0' + number % 10);
    while ((number /= 10) != 0);
    while (count > 0) out += reversed[--count];
  }

  // 4.1.4. Serializing an Integer
  bool integer(std::int64_t number) {
    if (number < -largest_integer || number > largest_integer) return false;
    if (number < 0) out += '-';
    digits(static_cast<std::uint64_t>(number < 0 ? -number : number));
    return true;
  }

  // 4.1.5. Serializing a Decimal: "more than 12 significant digits to the left of the decimal point after rounding, fail"
  bool decimal(std::int64_t thousandths) {
    if (thousandths < -largest_integer || thousandths > largest_integer) return false;
    if (thousandths < 0) out += '-';
    const auto size = static_cast<std::uint64_t>(thousandths < 0 ? -thousandths : thousandths);
    digits(size / 1000);
    out += '.';
    const std::array<char, 3> fraction{static_cast<char>('0' + size / 100 % 10), static_cast<char>('0' + size / 10 % 10),
                                       static_cast<char>('0' + size % 10)};
    const std::size_t length = fraction[2] != '0' ? 3 : fraction[1] != '0' ? 2 : 1;
    out.append(fraction.data(), length);
    return true;
  }

  // 4.1.6. Serializing a String
  bool string(std::string_view text) {
    out += '"';
    for (const char c : text) {
      if (!is_printable(c)) return false;
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
    return true;
  }

  // 4.1.7. Serializing a Token
  bool token(std::string_view text) {
    out += text;
    return syntax::is_structured_token(text);
  }

  // 4.1.8. Serializing a Byte Sequence
  bool byte_sequence(std::string_view bytes) {
    constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    out += ':';
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
      const std::size_t count = std::min<std::size_t>(3, bytes.size() - i);
      std::uint32_t bits = 0;
      for (std::size_t j = 0; j < 3; ++j) bits = (bits << 8) | (j < count ? ascii::byte(bytes[i + j]) : 0u);
      for (std::size_t j = 0; j < 4; ++j) out += j <= count ? alphabet[(bits >> (18 - 6 * j)) & 63] : '=';
    }
    out += ':';
    return true;
  }

  // 4.1.11. Serializing a Display String
  bool display_string(std::string_view text) {
    if (!syntax::is_utf8(text)) return false;
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    out += "%\"";
    for (const char c : text) {
      if (c == '%' || c == '"' || !is_printable(c)) {
        out += '%';
        out += hexadecimal[ascii::byte(c) >> 4];
        out += hexadecimal[ascii::byte(c) & 15];
      } else {
        out += c;
      }
    }
    out += '"';
    return true;
  }
};

}  // namespace

Parsed parse(std::string_view text, FieldType type) { return Parser(text).run(type); }

std::string join(const std::vector<std::string_view>& lines) {
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (i > 0) text += ", ";
    text += lines[i];
  }
  return text;
}

LinePlace place_in_lines(Span joined, const std::vector<std::string_view>& lines) {
  std::size_t begin = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::size_t end = begin + lines[i].size();
    if (joined.begin <= end + 1 || i + 1 == lines.size()) {
      const auto inside = [&](std::size_t at) {
        return static_cast<std::uint32_t>(std::min(at < begin ? 0 : at - begin, lines[i].size()));
      };
      return {i, {inside(joined.begin), inside(joined.end)}};
    }
    begin = end + 2;
  }
  return {0, {}};
}

std::optional<std::string> serialise(const Value& value) {
  Serialiser serialiser;
  if (!serialiser.field(value)) return std::nullopt;
  return std::move(serialiser.out);
}

std::optional<std::string> serialise(const BareItem& item) {
  Serialiser serialiser;
  if (!serialiser.bare_item(item)) return std::nullopt;
  return std::move(serialiser.out);
}

const Parameter* find(const Parameters& parameters, std::string_view key) {
  const auto found =
      std::find_if(parameters.begin(), parameters.end(), [key](const Parameter& p) { return p.key == key; });
  return found == parameters.end() ? nullptr : &*found;
}

const Member* find(const Value& value, std::string_view key) {
  const auto found =
      std::find_if(value.members.begin(), value.members.end(), [key](const Member& m) { return m.key == key; });
  return found == value.members.end() ? nullptr : &*found;
}

}  // namespace statuslab::structured

namespace statuslab::syntax {

bool is_structured_key(std::string_view s) {
  return !s.empty() && structured::starts_key(s[0]) && std::all_of(s.begin(), s.end(), structured::continues_key);
}

bool is_structured_token(std::string_view s) {
  return !s.empty() && structured::starts_token(s[0]) && std::all_of(s.begin(), s.end(), structured::continues_token);
}

}  // namespace statuslab::syntax
