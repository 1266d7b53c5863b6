#include "snippet/code.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace statuslab::snippet {
namespace {

struct Layout {
  std::size_t columns;
  std::string_view unit;  // of indentation
  int continuation;       // units that the items in opened brackets are further in
  bool closes_alone;      // the closing bracket has a line of its own
  bool one_line_first;    // before one line each, the items are tried on one line together
};

constexpr std::array<Layout, 4> layouts{{
    {80, "  ", 1, true, false},     // prettier: printWidth
    {88, "    ", 1, true, true},    // black: line-length
    {100, "  ", 2, false, true},    // google-java-format
    {100000, "\t", 1, true, false}, // gofmt has no width
}};

const Layout& layout_of(Language language) { return layouts[static_cast<std::size_t>(language)]; }

// prettier writes { a: 1 }, all others {"a": 1}.
bool is_padded(const Part& part, Language language) { return language == Language::javascript && part.open == '{'; }

void append_flat(std::string& to, const Expression& expression, Language language) {
  for (const Part& part : expression.parts) {
    to += part.text;
    if (part.open == 0) continue;
    const std::string_view pad = is_padded(part, language) && !part.items.empty() ? " " : "";
    to += part.open;
    to += pad;
    for (std::size_t i = 0; i < part.items.size(); ++i) {
      if (i != 0) to += ", ";
      append_flat(to, part.items[i], language);
    }
    to += pad;
    to += part.close;
  }
}

bool must_open(const Expression& expression) {
  return std::any_of(expression.parts.begin(), expression.parts.end(), [](const Part& part) {
    return part.opened || std::any_of(part.items.begin(), part.items.end(), must_open);
  });
}

bool is_literal_collection(const Expression& expression) {
  return expression.parts.size() == 1 && expression.parts[0].text.empty() &&
         (expression.parts[0].open == '{' || expression.parts[0].open == '[');
}

bool is_string(const Expression& expression) {
  if (expression.parts.size() != 1 || expression.parts[0].open != 0) return false;
  const std::string& text = expression.parts[0].text;
  return text.size() > 1 && text.front() == '"' && text.back() == '"';
}

// The source of a string up to and with the next space or line ending.
std::string_view word_of(std::string_view source) {
  std::size_t at = 0;
  while (at < source.size()) {
    if (source[at] == ' ') return source.substr(0, at + 1);
    if (source[at] != '\\') {
      ++at;
      continue;
    }
    const char escaped = at + 1 < source.size() ? source[at + 1] : ' ';
    at += 2;
    if (escaped == 'n' || escaped == 'r' || escaped == 't') return source.substr(0, at);
  }
  return source;
}

// Of words only: whether the last escape of the last one is a line ending.
bool ends_line(std::string_view words) { return words.ends_with("\\n") || words.ends_with("\\r"); }

std::uint32_t decode(std::string_view bytes) {
  if (bytes.size() == 1) return ascii::byte(bytes[0]);
  std::uint32_t code = ascii::byte(bytes[0]) & (0xFFU >> (bytes.size() + 1));
  for (const char c : bytes.substr(1)) code = code << 6 | (ascii::byte(c) & 0x3FU);
  return code;
}

struct Range {
  std::uint32_t first;
  std::uint32_t last;
};
// Unicode Standard Annex 11, the blocks that are Wide or Fullwidth as a whole.
constexpr std::array<Range, 13> wide{{
    {0x1100, 0x115F}, {0x2E80, 0x303E}, {0x3041, 0x33FF}, {0x3400, 0x4DBF}, {0x4E00, 0x9FFF}, {0xA000, 0xA4CF},
    {0xA960, 0xA97C}, {0xAC00, 0xD7A3}, {0xF900, 0xFAFF}, {0xFE30, 0xFE6F}, {0xFF00, 0xFF60}, {0x1F300, 0x1F64F},
    {0x20000, 0x3FFFD},
}};

bool is_wide(std::uint32_t code) {
  return std::any_of(wide.begin(), wide.end(), [=](Range range) { return code >= range.first && code <= range.last; });
}

}  // namespace

Expression& Expression::operator+=(Expression more) {
  for (Part& part : more.parts) parts.push_back(std::move(part));
  return *this;
}

Expression operator+(Expression left, Expression right) {
  left += std::move(right);
  return left;
}

Expression bracket(char open, std::vector<Expression> items, char close) {
  Expression made;
  made.parts.push_back({"", open, close, std::move(items)});
  return made;
}

Expression call(std::string function, std::vector<Expression> arguments) {
  Expression made;
  made.parts.push_back({std::move(function), '(', ')', std::move(arguments)});
  return made;
}

Expression assigned(std::string left, Expression right) {
  Expression made(std::move(left));
  for (Part& part : right.parts) {
    part.operand = part.open == 0;
    made.parts.push_back(std::move(part));
  }
  return made;
}

std::size_t width(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t length = std::max<std::size_t>(1, utf8::length_at(text, at));
    columns += length > 2 && is_wide(decode(text.substr(at, length))) ? 2 : 1;
    at += length;
  }
  return columns;
}

std::string flat(const Expression& expression, Language language) {
  std::string text;
  append_flat(text, expression, language);
  return text;
}

void Code::start(int level) {
  for (int i = 0; i < level; ++i) text_ += layout_of(language_).unit;
}

std::size_t Code::column() const {
  const std::size_t newline = text_.rfind('\n');
  return width(std::string_view(text_).substr(newline == std::string::npos ? 0 : newline + 1));
}

void Code::line(std::string_view text) {
  start(level_);
  text_ += text;
  text_ += '\n';
}

void Code::open(std::string_view text) {
  line(text);
  ++level_;
}

void Code::close(std::string_view text) {
  --level_;
  if (!text.empty()) line(text);
}

void Code::reopen(std::string_view text) {
  --level_;
  open(text);
}

void Code::statement(std::string_view before, const Expression& expression, std::string_view after) {
  start(level_);
  text_ += before;
  int level = level_;
  // google-java-format: what is assigned goes to the next line before it is taken apart.
  if (language_ == Language::java && before.ends_with("= ") && !fits(expression, after.size())) {
    level += layout_of(language_).continuation;
    text_.back() = '\n';
    start(level);
  }
  print(expression, level, after.size());
  text_ += after;
  text_ += '\n';
}

void Code::chain(std::string_view before, const Expression& head, const std::vector<Expression>& calls,
                 std::string_view after) {
  Expression whole = head;
  for (const Expression& one : calls) whole += one;
  start(level_);
  text_ += before;
  if (language_ != Language::java || fits(whole, after.size())) {
    print(whole, level_, after.size());
    text_ += after;
    text_ += '\n';
    return;
  }
  print(head, level_, 0);
  const int inner = level_ + layout_of(language_).continuation;
  for (std::size_t i = 0; i < calls.size(); ++i) {
    text_ += '\n';
    start(inner);
    print(calls[i], inner, i + 1 == calls.size() ? after.size() : 0);
  }
  text_ += after;
  text_ += '\n';
}

bool Code::fits_line(const Expression& expression, std::size_t after) const {
  const Layout& layout = layout_of(language_);
  const std::size_t indentation = static_cast<std::size_t>(level_) * layout.unit.size();
  return !must_open(expression) && indentation + width(flat(expression, language_)) + after <= layout.columns;
}

bool Code::fits(const Expression& expression, std::size_t after) const {
  return !must_open(expression) && column() + width(flat(expression, language_)) + after <= layout_of(language_).columns;
}

// google-java-format: a long string goes on in the next line behind each \n, and where words do not fit.
void Code::print_wrapped(std::string_view literal, std::size_t after) {
  const std::size_t left = column();
  std::size_t room = layout_of(language_).columns - std::min(layout_of(language_).columns - 2, left + 2);
  std::string_view rest = literal.substr(1, literal.size() - 2);
  const std::string next = "\"\n" + std::string(left + 4, ' ') + "+ \"";
  text_ += '"';
  bool first = true;
  while (!rest.empty()) {
    if (!first) text_ += next;
    if (width(rest) <= room) room -= std::min(room, after);
    std::size_t taken = 0;
    do {
      const std::string_view piece = word_of(rest.substr(taken));
      if (taken != 0 && width(rest.substr(0, taken + piece.size())) > room) break;
      taken += piece.size();
    } while (taken < rest.size() && !ends_line(rest.substr(0, taken)));
    text_ += rest.substr(0, taken);
    rest.remove_prefix(taken);
    if (first) room -= std::min<std::size_t>(room, 6);
    first = false;
  }
  text_ += '"';
}

void Code::print(const Expression& expression, int level, std::size_t after) {
  if (fits(expression, after)) {
    append_flat(text_, expression, language_);
    return;
  }
  if (language_ == Language::java && is_string(expression)) return print_wrapped(expression.parts[0].text, after);
  const std::vector<Part>& parts = expression.parts;
  std::size_t last = parts.size();
  for (std::size_t i = 0; i < parts.size(); ++i)
    if (parts[i].open != 0 && !parts[i].items.empty()) last = i;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const Part& part = parts[i];
    if (part.operand) {
      print_operand(part, level, after);
      continue;
    }
    // google-java-format: a call on what stands before goes to the next line.
    if (language_ == Language::java && i != 0 && part.text.starts_with('.')) {
      level += i == 1 ? layout_of(language_).continuation : 0;
      text_ += '\n';
      start(level);
    }
    text_ += part.text;
    if (part.open == 0) continue;
    // What stands behind these brackets on their line, up to where the next ones may open.
    std::size_t behind = 0;
    for (std::size_t next = i + 1; next < parts.size(); ++next) {
      behind += width(parts[next].text);
      if (parts[next].open != 0) {
        ++behind;
        break;
      }
    }
    if (i + 1 == parts.size()) behind = after;
    Expression alone;
    alone.parts.push_back({"", part.open, part.close, part.items});
    alone.parts[0].opened = part.opened;
    // black opens the last brackets, the others open those that do not fit.
    const bool stays = language_ == Language::python ? i != last : part.items.empty() || fits(alone, behind);
    if (stays)
      append_flat(text_, alone, language_);
    else
      print_opened(part, level, behind);
  }
}

void Code::print_operand(const Part& part, int level, std::size_t after) {
  const Layout& layout = layout_of(language_);
  const std::size_t unit = layout.unit.size();
  const std::size_t size = width(part.text);
  const int inner = level + layout.continuation;
  const bool alone_fits = static_cast<std::size_t>(inner) * unit + size + after <= layout.columns;
  const std::size_t left = column() - static_cast<std::size_t>(level) * unit;
  const bool pair = text_.ends_with(": ");
  // prettier: a key that is hardly longer than the indentation gains nothing by a break. black: pairs stay.
  const bool breaks = language_ == Language::java || (language_ == Language::javascript && (!pair || left >= unit + 5)) ||
                      (language_ == Language::python && !pair && alone_fits);
  if (!breaks) {
    text_ += part.text;
    return;
  }
  if (language_ == Language::python) {
    text_ += "(\n";
    start(inner);
    text_ += part.text;
    text_ += '\n';
    start(level);
    text_ += ')';
    return;
  }
  text_.pop_back();
  text_ += '\n';
  start(inner);
  text_ += part.text;
}

void Code::print_opened(const Part& part, int level, std::size_t after) {
  const Layout& layout = layout_of(language_);
  const int inner = level + layout.continuation;
  // prettier: f({ ... }) keeps the two brackets together.
  if (language_ == Language::javascript && part.open == '(' && is_literal_collection(part.items.back())) {
    const bool only_text = std::all_of(part.items.begin(), part.items.end() - 1, [](const Expression& item) {
      return item.parts.size() == 1 && item.parts[0].open == 0;
    });
    if (only_text) {
      text_ += part.open;
      for (std::size_t i = 0; i + 1 < part.items.size(); ++i) {
        append_flat(text_, part.items[i], language_);
        text_ += ", ";
      }
      print_opened(part.items.back().parts[0], level, after + 1);
      text_ += part.close;
      return;
    }
  }
  text_ += part.open;
  text_ += '\n';
  const Expression together = [&] {
    Expression all;
    for (std::size_t i = 0; i < part.items.size(); ++i) {
      if (i != 0) all += Expression(", ");
      all += part.items[i];
    }
    return all;
  }();
  start(inner);
  // black: only arguments may share a line.
  const bool shares = layout.one_line_first && !part.opened && (language_ != Language::python || !part.text.empty() || part.items.size() < 2);
  if (shares && fits(together, layout.closes_alone ? 0 : 1 + after)) {
    append_flat(text_, together, language_);
  } else {
    const bool comma = layout.closes_alone && (language_ == Language::javascript || part.items.size() > 1);
    for (std::size_t i = 0; i < part.items.size(); ++i) {
      if (i != 0) start(inner);
      const bool is_last = i + 1 == part.items.size();
      print(part.items[i], inner, is_last && !layout.closes_alone ? 1 + after : 1);
      if (!is_last || comma) text_ += ',';
      if (!is_last) text_ += '\n';
    }
  }
  if (layout.closes_alone) {
    text_ += '\n';
    start(level);
  }
  text_ += part.close;
}

}  // namespace statuslab::snippet
