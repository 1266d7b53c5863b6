// Code as a formatter of its language would leave it. An expression is text with brackets in it; where it does not fit on its
// line, the brackets open as the formatter opens them: prettier 3, black 26 and google-java-format 1.28 with their defaults.
// gofmt keeps lines as they are.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace statuslab::snippet {

enum class Language : std::uint8_t { javascript, python, java, go };

struct Expression;

// Text, then brackets with items, if `open` is not 0.
struct Part {
  std::string text;
  char open = 0;
  char close = 0;
  std::vector<Expression> items;
  bool operand = false;  // `text` is a value that follows ": " or " = ": where it is too long it may take a line of its own
  bool opened = false;   // these brackets open even where they would fit
};

struct Expression {
  std::vector<Part> parts{};

  Expression() = default;
  Expression(std::string text) { parts.emplace_back().text = std::move(text); }
  Expression(std::string_view text) : Expression(std::string(text)) {}
  Expression(const char* text) : Expression(std::string(text)) {}
  Expression& operator+=(Expression more);
};
[[nodiscard]] Expression operator+(Expression left, Expression right);

// f(a, b)
[[nodiscard]] Expression call(std::string function, std::vector<Expression> arguments);
[[nodiscard]] Expression bracket(char open, std::vector<Expression> items, char close);
// left is "name: " or "name = ", right a literal.
[[nodiscard]] Expression assigned(std::string left, Expression right);

// Columns that a text takes: East Asian wide characters and emoji take two.
[[nodiscard]] std::size_t width(std::string_view text);

// On one line.
[[nodiscard]] std::string flat(const Expression& expression, Language language);

class Code {
 public:
  explicit Code(Language language, int level = 0) : language_(language), level_(level) {}

  void line(std::string_view text);
  void blank() { text_ += '\n'; }
  // `before` and `after` belong to the statement and never break: "return ", ";".
  void statement(std::string_view before, const Expression& expression, std::string_view after = "");
  // It would stand on one line, with `after` columns behind it.
  [[nodiscard]] bool fits_line(const Expression& expression, std::size_t after) const;
  // Java: an expression and calls on it, ".header(...)", in one line or one line each. Other languages: without breaks.
  void chain(std::string_view before, const Expression& head, const std::vector<Expression>& calls, std::string_view after);
  // A line that opens a block, and one that closes it.
  void open(std::string_view text);
  void close(std::string_view text = "");
  // Between two blocks: "} else {".
  void reopen(std::string_view text);
  void append(std::string_view code) { text_ += code; }

  [[nodiscard]] Language language() const { return language_; }
  [[nodiscard]] int level() const { return level_; }
  [[nodiscard]] std::string take() { return std::move(text_); }

 private:
  void start(int level);  // the indentation of a line
  std::size_t column() const;
  bool fits(const Expression& expression, std::size_t after) const;
  void print(const Expression& expression, int level, std::size_t after);
  void print_array(const Part& part, int level);
  void print_wrapped(std::string_view literal, std::size_t after);
  void print_operand(const Part& part, int level, std::size_t after);
  void print_opened(const Part& part, int level, std::size_t after);

  Language language_;
  int level_;
  std::string text_{};
};

}  // namespace statuslab::snippet
