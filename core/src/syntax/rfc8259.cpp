#include "syntax/rfc8259.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/sort.h"
#include "base/utf8.h"

namespace statuslab::syntax {
namespace {

constexpr std::size_t notes_of_a_kind = 4;
constexpr std::size_t customary_depth = 100;
// There is room for as many from the beginning.
constexpr std::size_t customary_levels = 8;
constexpr std::size_t customary_names = 16;
// RFC 8259 section 9: "An implementation may set limits on the maximum depth of nesting."
constexpr std::size_t deepest = 100000;

constexpr std::array<bool, 256> word_table = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c) table[c] = c >= 0x80 || ascii::is_alpha(static_cast<char>(c)) || ascii::is_digit(static_cast<char>(c));
  table['_'] = table['$'] = true;
  return table;
}();
bool is_word(char c) { return word_table[ascii::byte(c)]; }

// The code unit of four hexadecimal digits; -1 where there are not four.
int code_unit(std::string_view s, std::size_t at) {
  if (at > s.size() || s.size() - at < 4) return -1;
  int unit = 0;
  for (std::size_t i = 0; i < 4; ++i) {
    const int digit = ascii::hex_value(s[at + i]);
    if (digit < 0) return -1;
    unit = unit << 4 | digit;
  }
  return unit;
}

bool is_high(int unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low(int unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// The unit of "\uXXXX" at `at`; -1 where something else is there.
int escaped_unit(std::string_view s, std::size_t at) {
  return at + 2 <= s.size() && s[at] == '\\' && s[at + 1] == 'u' ? code_unit(s, at + 2) : -1;
}

// FNV-1a: equal names have equal hashes, and names of equal hash are compared.
std::uint32_t hash(std::string_view name) {
  std::uint32_t h = 2166136261U;
  for (const char c : name) h = (h ^ ascii::byte(c)) * 16777619U;
  return h;
}

struct Name {
  std::uint32_t hash;
  std::size_t begin;
  std::size_t end;
};

struct Level {
  char close;
  std::size_t open;   // where it opens
  std::size_t names;  // where its names begin in the stack of names
};

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(text) {}

  JsonText run() {
    if (text_.starts_with("\xEF\xBB\xBF")) at_ = 3;
    levels_.reserve(customary_levels);
    names_.reserve(customary_names);
    skip();
    result_.begin = at_;
    if (value() && finish_levels()) {
      skip();
      if (at_ != text_.size()) note(JsonFault::trailing, at_, text_.size());
    }
    return std::move(result_);
  }

 private:
  bool done() const { return at_ == text_.size(); }

  void note(JsonFault fault, std::size_t begin, std::size_t end, std::size_t other = 0) {
    std::uint8_t& count = counts_[static_cast<std::size_t>(fault)];
    if (count == notes_of_a_kind) return;
    ++count;
    result_.notes.push_back({fault, begin, end, other});
  }

  bool fail(JsonFault fault, std::size_t begin, std::size_t end) { return note(fault, begin, end), false; }

  bool fail_here() {
    if (done()) {
      const std::size_t open = levels_.empty() ? at_ : levels_.back().open;
      return fail(JsonFault::unterminated, open, std::min(open + 1, at_));
    }
    std::size_t end = at_ + std::max<std::size_t>(utf8::length_at(text_, at_), 1);
    while (end - at_ < 32 && is_word(text_[at_]) && end < text_.size() && is_word(text_[end])) ++end;
    return fail(JsonFault::unexpected, at_, end);
  }

  template <class Predicate>
  std::size_t skip_while(std::size_t at, Predicate goes_on) const {
    const std::string_view text = text_;
    while (at < text.size() && goes_on(text[at])) ++at;
    return at;
  }

  // ws = *( %x20 / %x09 / %x0A / %x0D ), and comments.
  void skip() {
    for (;;) {
      at_ = skip_while(at_, [](char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; });
      if (done() || (text_[at_] != '/' && text_[at_] != '#') || !comment(text_[at_])) return;
    }
  }

  bool comment(char c) {
    const std::string_view rest = text_.substr(at_, 2);
    std::size_t end = 0;
    if (rest == "/*") {
      end = text_.find("*/", at_ + 2);
      end = end == std::string_view::npos ? text_.size() : end + 2;
    } else if (rest == "//" || c == '#') {
      end = std::min(text_.find('\n', at_), text_.size());
    } else {
      return false;
    }
    note(JsonFault::comment, at_, end);
    at_ = end;
    return true;
  }

  void type(JsonType type) {
    if (levels_.empty()) result_.type = type;
    last_ = type;
  }

  // Reads one value that is no array or object, or opens one.
  bool value() {
    if (done()) return fail_here();
    const char c = text_[at_];
    if (c == '{' || c == '[') {
      type(c == '{' ? JsonType::object : JsonType::array);
      levels_.push_back({c == '{' ? '}' : ']', at_, names_.size()});
      if (levels_.size() == customary_depth + 1) note(JsonFault::depth, at_, at_ + 1);
      if (levels_.size() == deepest) return false;
      ++at_;
      opened_ = true;
      return true;
    }
    if (c == '"' || c == '\'') return type(JsonType::string), string();
    if (ascii::is_digit(c) || c == '-' || c == '+' || c == '.') return type(JsonType::number), number();
    if (ascii::is_alpha(c)) return literal();
    return fail_here();
  }

  // Everything after the first value's opening, without recursion.
  bool finish_levels() {
    while (!levels_.empty()) {
      const bool first = opened_;
      opened_ = false;
      const std::size_t before = at_;
      skip();
      if (done()) return fail_here();
      if (text_[at_] == levels_.back().close) {
        close();
        continue;
      }
      if (!first && !separator(before)) return false;
      if (!levels_.empty() && text_.size() > at_ && text_[at_] == levels_.back().close) {
        close();
        continue;
      }
      const std::size_t depth = levels_.size();
      if (levels_.back().close == '}' && !name()) return false;
      const std::size_t begin = at_;
      if (!value()) return false;
      if (depth == 1 && levels_.size() == 1) add_member(begin, at_);
      if (depth == 1 && levels_.size() == 2) member_begin_ = begin, member_type_ = last_;
    }
    return true;
  }

  // The comma before the next member; notes one that is missing, or one too many.
  bool separator(std::size_t before) {
    if (text_[at_] != ',') {
      // A value that begins in the same place as the last one ended is no missing comma.
      const char c = text_[at_];
      const bool starts = c == '"' || c == '{' || c == '[' || ascii::is_digit(c) || c == '-' || ascii::is_alpha(c);
      if (!starts || at_ == before) return fail_here();
      note(JsonFault::comma_missing, before, before);
      return true;
    }
    const std::size_t comma = at_++;
    skip();
    if (done()) return fail_here();
    if (text_[at_] == levels_.back().close) note(JsonFault::trailing_comma, comma, comma + 1);
    return true;
  }

  void close() {
    find_duplicates(levels_.back().names);
    names_.resize(levels_.back().names);
    levels_.pop_back();
    ++at_;
    if (levels_.size() == 1) {
      last_ = member_type_;
      add_member(member_begin_, at_);
    }
  }

  void add_member(std::size_t begin, std::size_t end) {
    if (levels_[0].close != '}' || names_.empty()) return;
    const Name& name = names_.back();
    if (result_.members.empty()) result_.members.reserve(customary_names);
    result_.members.push_back({text_.substr(name.begin, name.end - name.begin), text_.substr(begin, end - begin), last_});
  }

  // name-separator included
  bool name() {
    const char c = text_[at_];
    std::size_t begin = at_ + 1;
    std::size_t end = begin;
    if (c == '"' || c == '\'') {
      if (!string()) return false;
      end = at_ - 1;
    } else if (is_word(c)) {
      begin = at_;
      end = at_ = skip_while(at_, is_word);
      note(JsonFault::name_unquoted, begin, end);
    } else {
      return fail_here();
    }
    const std::string_view raw = text_.substr(begin, end - begin);
    names_.push_back({raw.find('\\') == std::string_view::npos ? hash(raw) : hash(unescape_json(raw)), begin, end});
    skip();
    if (done() || text_[at_] != ':') return fail_here();
    ++at_;
    skip();
    return true;
  }

  // Few names are compared with each other, which is faster than to sort them.
  bool may_repeat(std::size_t from) const {
    if (names_.size() - from > customary_names) return true;
    for (std::size_t i = from; i < names_.size(); ++i)
      for (std::size_t j = from; j < i; ++j)
        if (names_[i].hash == names_[j].hash) return true;
    return false;
  }

  void find_duplicates(std::size_t from) {
    if (!may_repeat(from)) return;
    std::vector<Name> names(names_.begin() + static_cast<std::ptrdiff_t>(from), names_.end());
    sort(names, [](const Name& a, const Name& b) { return a.hash < b.hash; });
    for (std::size_t i = 1; i < names.size(); ++i) {
      const auto decoded = [&](const Name& n) { return unescape_json(text_.substr(n.begin, n.end - n.begin)); };
      if (names[i].hash == names[i - 1].hash && decoded(names[i]) == decoded(names[i - 1]))
        note(JsonFault::duplicate_name, names[i].begin - 1, names[i].end + 1, names[i - 1].begin);
    }
  }

  bool string() {
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    while (true) {
      at_ = skip_while(at_, [quote](char c) { return ascii::byte(c) >= 0x20 && c != quote && c != '\\'; });
      if (done()) return fail(JsonFault::unterminated, begin, begin + 1);
      const char c = text_[at_];
      if (c == quote) break;
      if (c == '\\') {
        if (!escape()) return fail(JsonFault::unterminated, begin, begin + 1);
      } else {
        note(JsonFault::control_character, at_, at_ + 1);
        ++at_;
      }
    }
    ++at_;
    if (quote == '\'') note(JsonFault::single_quotes, begin, at_);
    return true;
  }

  // False where the text ends.
  bool escape() {
    const std::size_t begin = at_;
    if (text_.size() - at_ < 2) return at_ = text_.size(), false;
    const char c = text_[at_ + 1];
    at_ += 2;
    if (c != 'u') {
      if (std::string_view("\"\\/bfnrt").find(c) == std::string_view::npos) note(JsonFault::escape, begin, at_);
      return true;
    }
    const int unit = code_unit(text_, at_);
    if (unit < 0) return note(JsonFault::escape, begin, at_), true;
    at_ += 4;
    if (is_high(unit) && is_low(escaped_unit(text_, at_)))
      at_ += 6;
    else if (is_high(unit) || is_low(unit))
      note(JsonFault::lone_surrogate, begin, at_);
    return true;
  }

  // number = [ minus ] int [ frac ] [ exp ]
  bool number() {
    const std::size_t begin = at_;
    if (text_[at_] == '-' || text_[at_] == '+') ++at_;
    if (!done() && (text_[at_] == 'I' || text_[at_] == 'N')) {
      at_ = begin;
      return word(text_[begin] == '+' || text_[begin] == '-' ? begin + 1 : begin);
    }
    const std::size_t digits = at_;
    while (!done() && (is_word(text_[at_]) || text_[at_] == '.' ||
                       ((text_[at_] == '+' || text_[at_] == '-') && ascii::lower(text_[at_ - 1]) == 'e')))
      ++at_;
    const std::string_view written = text_.substr(begin, at_ - begin);
    if (at_ == digits) return fail(JsonFault::unexpected, begin, std::max(at_, begin + 1));
    judge_number(written, begin);
    return true;
  }

  static std::size_t count_digits(std::string_view s, std::size_t at) {
    std::size_t n = 0;
    while (at + n < s.size() && ascii::is_digit(s[at + n])) ++n;
    return n;
  }

  void judge_number(std::string_view s, std::size_t begin) {
    std::size_t at = s[0] == '-' ? 1 : 0;
    const std::size_t whole = count_digits(s, at);
    const std::string_view integer = s.substr(at, whole);
    bool good = whole > 0 && (whole == 1 || s[at] != '0');
    at += whole;
    bool is_integer = true;
    if (at < s.size() && s[at] == '.') {
      const std::size_t fraction = count_digits(s, at + 1);
      good = good && fraction > 0;
      at += 1 + fraction;
      is_integer = false;
    }
    std::string_view exponent;
    if (at < s.size() && ascii::lower(s[at]) == 'e') {
      ++at;
      const bool is_negative = at < s.size() && s[at] == '-';
      if (at < s.size() && (s[at] == '+' || s[at] == '-')) ++at;
      const std::size_t digits = count_digits(s, at);
      good = good && digits > 0;
      if (!is_negative) exponent = s.substr(at, digits);
      at += digits;
      is_integer = false;
    }
    if (!good || at != s.size()) return note(JsonFault::number, begin, begin + s.size());
    if ((is_integer && is_above_2_53(integer)) || is_above_308(exponent))
      note(JsonFault::number_precision, begin, begin + s.size());
  }

  // RFC 8259 section 6: "numbers that are integers and are in the range [-(2**53)+1, (2**53)-1] are interoperable".
  static bool is_above_2_53(std::string_view digits) {
    constexpr std::string_view limit = "9007199254740991";
    return digits.size() > limit.size() || (digits.size() == limit.size() && digits > limit);
  }

  // binary64 ends at about 1.8E308.
  static bool is_above_308(std::string_view exponent) {
    while (!exponent.empty() && exponent[0] == '0') exponent.remove_prefix(1);
    return exponent.size() > 3 || (exponent.size() == 3 && exponent > "308");
  }

  // A word that stands for a value; `begin` is where its letters begin.
  bool word(std::size_t begin) {
    std::size_t end = begin;
    while (end < text_.size() && is_word(text_[end])) ++end;
    const std::string_view word = text_.substr(begin, end - begin);
    type(JsonType::literal);
    const auto is = [&](std::string_view other) { return ascii::equals_ignoring_case(word, other); };
    if (word == "true" || word == "false" || word == "null") {
    } else if (is("NaN") || is("Infinity") || is("inf")) {
      note(JsonFault::not_a_number, at_, end);
    } else if (is("true") || is("false") || is("null") || word == "None" || word == "undefined" || is("nil")) {
      note(JsonFault::literal, at_, end);
    } else {
      return fail_here();
    }
    at_ = end;
    return true;
  }

  bool literal() { return word(at_); }

  std::string_view text_;
  std::size_t at_ = 0;
  bool opened_ = false;
  JsonType last_ = JsonType::none;
  std::size_t member_begin_ = 0;
  JsonType member_type_ = JsonType::none;
  std::vector<Level> levels_;
  std::vector<Name> names_;
  std::array<std::uint8_t, 32> counts_{};
  JsonText result_;
};

}  // namespace

bool JsonText::has(JsonFault fault) const {
  return std::any_of(notes.begin(), notes.end(), [fault](const JsonNote& note) { return note.fault == fault; });
}

bool JsonText::is_valid() const {
  return std::all_of(notes.begin(), notes.end(), [](const JsonNote& note) {
    return note.fault == JsonFault::lone_surrogate || note.fault == JsonFault::duplicate_name ||
           note.fault == JsonFault::number_precision || note.fault == JsonFault::depth;
  });
}

const JsonMember* JsonText::member(std::string_view name) const {
  for (const JsonMember& member : members)
    if (member.name == name) return &member;
  return nullptr;
}

JsonText parse_json(std::string_view text) { return Parser(text).run(); }

std::string unescape_json(std::string_view inside) {
  std::string result;
  for (std::size_t at = 0; at < inside.size();) {
    if (inside[at] != '\\' || at + 1 == inside.size()) {
      result += inside[at++];
      continue;
    }
    const char c = inside[at + 1];
    const int unit = c == 'u' ? code_unit(inside, at + 2) : -1;
    if (unit < 0) {
      constexpr std::string_view letters = "bfnrt";
      constexpr std::string_view means = "\b\f\n\r\t";
      const std::size_t letter = letters.find(c);
      result += letter == std::string_view::npos ? c : means[letter];
      at += 2;
      continue;
    }
    at += 6;
    const int low = is_high(unit) ? escaped_unit(inside, at) : -1;
    if (is_low(low)) {
      utf8::append(result, 0x10000U + (static_cast<std::uint32_t>(unit - 0xD800) << 10) + static_cast<std::uint32_t>(low - 0xDC00));
      at += 6;
    } else {
      utf8::append(result, is_high(unit) || is_low(unit) ? 0xFFFDU : static_cast<std::uint32_t>(unit));
    }
  }
  return result;
}

}  // namespace statuslab::syntax
