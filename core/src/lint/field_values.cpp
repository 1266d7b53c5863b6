// What values of fields share whatever the field is: the grammar of its row in core/data/field_grammars.tsv, the words
// of field_keywords.tsv, parameters (RFC 9110 section 5.6.6) and their extended values (RFC 8187).
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/field_values.h"
#include "lint/reporter.h"
#include "syntax/field_grammar.h"
#include "syntax/rfc8187.h"
#include "syntax/rfc9110.h"
#include "syntax/spelling.h"

namespace statuslab::lint::checks {
namespace {

template <class Use>
void for_each_field(const MessageView& message, Use use) {
  for (const MessageView::Group& group : message.headers().groups) use(message.view(group, false));
  for (const MessageView::Group& group : message.trailers().groups) use(message.view(group, true));
}

// ---- Grammar

bool is_current(FieldStatus status) { return status == FieldStatus::permanent; }

// Dates and structured dates have rules that can tell more.
bool is_date(const FieldInfo& info) { return info.grammar == "HTTP-date"; }

// Calls `use` with each line that does not fit the grammar of the field's row, and where it stops fitting.
template <class Wanted, class Use>
void for_each_misfit(const MessageView& message, Wanted is_wanted, Use use) {
  for_each_field(message, [&](const FieldView& field) {
    const FieldInfo& info = field_info(field.id());
    if (info.grammar.empty() || !is_wanted(info.status) || is_date(info) || structured_type(field.id())) return;
    for (std::size_t i = 0; i < field.size(); ++i) {
      const std::string_view value = field.value(i);
      const std::size_t length = syntax::length_that_fits(value, info.grammar);
      if (value.empty() || length == value.size()) continue;
      // What does not fit goes on to the next space or delimiter.
      const std::size_t end = std::min(value.find_first_of(" \t,;", length + 1), value.size());
      use(field, value.substr(length, end - length));
    }
  });
}

void report_misfit(const FieldView& field, std::string_view found, Reporter& report) {
  std::string_view expected = field_info(field.id()).grammar;
  report.at(found).with("name", field.name()).with("found", found).with("expected", expected);
}

// ---- Parameters

struct ParameterView {
  std::string_view name;
  std::string_view value;
  bool first_of_member;  // the first one after a comma or at the beginning
};

// Calls `use` with whatever looks like "; name=value", also where the rest of the value has faults.
template <class Use>
void for_each_parameter(std::string_view text, Use use) {
  bool first = true;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '"') {
      const std::size_t length = syntax::quoted_string_length(text.substr(i));
      if (length == 0) return;
      i += length - 1;
    } else if (c == '<') {
      const std::size_t close = text.find('>', i);
      if (close == std::string_view::npos) return;
      i = close;
    } else if (c == ',') {
      first = true;
    } else if (c == ';') {
      std::size_t begin = i + 1;
      while (begin < text.size() && ascii::is_space(text[begin])) ++begin;
      std::size_t end = begin;
      while (end < text.size() && ascii::is_tchar(text[end])) ++end;
      if (end == begin || end == text.size() || text[end] != '=') continue;
      std::size_t value_end = end + 1;
      if (value_end < text.size() && text[value_end] == '"')
        value_end += syntax::quoted_string_length(text.substr(value_end));
      else
        value_end = std::min(text.find_first_of(";, \t", value_end), text.size());
      use(ParameterView{text.substr(begin, end - begin), text.substr(end + 1, value_end - end - 1), first});
      first = false;
      i = std::max(i, value_end - 1);
    }
  }
}

template <class Use>
void for_each_ext_value(const FieldView& field, Use use) {
  for (std::size_t i = 0; i < field.size(); ++i)
    if (field.value(i).find("*=") != std::string_view::npos) for_each_parameter(field.value(i), [&](const ParameterView& parameter) {
      if (parameter.name.ends_with('*') && parameter.name.size() > 1) use(parameter);
    });
}

void report_ext_error(const FieldView& field, syntax::ExtError error, Reporter& report) {
  for_each_ext_value(field, [&](const ParameterView& parameter) {
    const syntax::ExtValue value = syntax::parse_ext_value(parameter.value);
    if (value.error != error || parameter.value.empty()) return;
    Report& finding = report.at(parameter.value)
                         .with("name", parameter.name)
                         .with("value", parameter.value)
                         .with("charset", value.charset);
    const std::string unquoted = syntax::unquoted(parameter.value);
    std::string right;
    if (error == syntax::ExtError::quoted)
      right = syntax::parse_ext_value(unquoted).error == syntax::ExtError::none ? unquoted : std::string();
    else if (error == syntax::ExtError::structure && syntax::is_utf8(parameter.value) &&
             parameter.value.find('%') == std::string_view::npos)
      right = syntax::format_ext_value(parameter.value);
    if (!right.empty()) finding.with("right", right).fix(0, right);
  });
}

// ---- Quoted strings

// Calls `use` with each quoted-string of the line, its quotes included.
template <class Use>
void for_each_quoted_string(const FieldView& field, Use use) {
  for (std::size_t line = 0; line < field.size(); ++line) {
    const std::string_view text = field.value(line);
    for (std::size_t i = text.find('"'); i < text.size(); i = text.find('"', i)) {
      const std::size_t length = syntax::quoted_string_length(text.substr(i));
      if (length == 0) break;
      use(text.substr(i, length));
      i += length;
    }
  }
}

void report_quoted(const FieldView& field, char delimiter, Reporter& report) {
  for_each_quoted_string(field, [&](std::string_view quoted) {
    const std::size_t at = quoted.find(delimiter);
    if (at == std::string_view::npos) return;
    report.at(quoted.substr(at, 1)).with("name", field.name()).with("value", quoted);
  });
}

// ---- Words

// The word that was meant by another one; empty where none is near or the word itself is known.
std::string_view meant_word(std::string_view word, std::string_view keywords) {
  std::string_view meant;
  std::string_view rest = keywords;
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    const std::string_view known = rest.substr(0, end);
    rest.remove_prefix(std::min(end + 1, rest.size()));
    if (ascii::equals_ignoring_case(word, known)) return {};
    if (!meant.empty() || std::min(word.size(), known.size()) < 4) continue;
    const std::string_view& shorter = word.size() < known.size() ? word : known;
    const std::string_view& longer = word.size() < known.size() ? known : word;
    const bool is_beginning = longer.size() - shorter.size() <= 2 &&
                              ascii::equals_ignoring_case(longer.substr(0, shorter.size()), shorter) &&
                              std::all_of(longer.begin() + static_cast<std::ptrdiff_t>(shorter.size()), longer.end(), ascii::is_alpha);
    if (syntax::same_letters(word, known) || syntax::is_one_slip_away(word, known) || is_beginning) meant = known;
  }
  return meant;
}

// ---- Preferences (RFC 7240 section 4)

enum class Argument : std::uint8_t { none, seconds, word };
struct Preference {
  std::string_view name;
  Argument argument;
  std::string_view words;
};
constexpr std::array preferences{
    Preference{"respond-async", Argument::none, ""},
    Preference{"return", Argument::word, " minimal representation "},
    Preference{"wait", Argument::seconds, ""},
    Preference{"handling", Argument::word, " strict lenient "},
};

bool has_right_argument(const Preference& preference, std::string_view argument) {
  if (preference.argument == Argument::none) return argument.empty();
  if (preference.argument == Argument::seconds)
    return !argument.empty() && std::all_of(argument.begin(), argument.end(), ascii::is_digit);
  return !argument.empty() && preference.words.find(" " + std::string(argument) + " ") != std::string_view::npos;
}

// restricted-name-chars = ALPHA / DIGIT / "!" / "#" / "$" / "&" / "-" / "^" / "_" / "." / "+" (RFC 6838 section 4.2)
bool is_restricted_name(std::string_view name) {
  const auto fits = [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || std::string_view("!#$&-^_.+").find(c) != std::string_view::npos;
  };
  return name.size() <= 127 && (ascii::is_alpha(name[0]) || ascii::is_digit(name[0])) &&
         std::all_of(name.begin(), name.end(), fits);
}

}  // namespace

void check_field_value_malformed(const MessageView& message, Reporter& report) {
  const auto report_each = [&](const FieldView& field, std::string_view found) { report_misfit(field, found, report); };
  for_each_misfit(message, is_current, report_each);
}

void check_field_value_unusual(const MessageView& message, Reporter& report) {
  const auto report_each = [&](const FieldView& field, std::string_view found) { report_misfit(field, found, report); };
  for_each_misfit(message, [](FieldStatus status) { return !is_current(status); }, report_each);
}

void check_field_value_empty(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    const FieldInfo& info = field_info(field.id());
    const auto structured = structured_type(field.id());
    const bool needs_value = structured ? *structured == structured::FieldType::item
                                        : !info.grammar.empty() && !syntax::may_be_empty(info.grammar) && !is_date(info);
    if (!needs_value || info.status != FieldStatus::permanent) return;
    if (field.size() == 1 && field.value().empty())
      report.at(field.first().name).with("name", field.name()).remove(0, field);
  });
}

void check_date_outside_calendar(const FieldView& field, Reporter& report) {
  if (syntax::is_date_outside_calendar(field.value()))
    report.at(field).with("name", field.name()).with("value", field.value());
}

void check_field_keyword_misspelt(const MessageView& message, Reporter& report) {
  for_each_field(message, [&](const FieldView& field) {
    const std::string_view keywords = field_info(field.id()).keywords;
    if (keywords.empty()) return;
    for (std::size_t line = 0; line < field.size(); ++line) {
      const std::string_view text = field.value(line);
      for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(',', begin), text.size());
        std::string_view word = ascii::trim(text.substr(begin, end - begin));
        word = word.substr(0, std::min(word.find_first_of("=; \t\""), word.size()));
        begin = end + 1;
        const std::string_view meant = word.size() < 4 ? std::string_view{} : meant_word(word, keywords);
        if (meant.empty()) continue;
        report.at(word).with("name", field.name()).with("word", word).with("right", meant).fix(0, meant);
      }
    }
  });
}

void check_whitespace_around_equals(const FieldView& field, Reporter& report) {
  for (std::size_t line = 0; line < field.size(); ++line) {
    const std::string_view text = field.value(line);
    for (std::size_t i = 0; i < text.size(); ++i) {
      if (text[i] == '"') i += std::max<std::size_t>(syntax::quoted_string_length(text.substr(i)), 1) - 1;
      if (text[i] == '<') i = std::min(text.find('>', i), text.size() - 1);
      if (text[i] != '=') continue;
      std::size_t begin = i;
      while (begin > 0 && ascii::is_space(text[begin - 1])) --begin;
      std::size_t end = i + 1;
      while (end < text.size() && ascii::is_space(text[end])) ++end;
      const bool joins = begin > 0 && end < text.size() && ascii::is_tchar(text[begin - 1]) &&
                         (ascii::is_tchar(text[end]) || text[end] == '"');
      if (!joins || end - begin == 1) continue;
      report.at(text.substr(begin, end - begin)).with("name", field.name()).fix(0, "=");
    }
  }
}

void check_whitespace_not_single(const FieldView& field, Reporter& report) {
  for (std::size_t line = 0; line < field.size(); ++line) {
    const std::string_view text = field.value(line);
    for (std::size_t i = 0, depth = 0; i < text.size(); ++i) {
      if (text[i] == '(') ++depth;
      if (text[i] == ')' && depth > 0) --depth;
      if (!ascii::is_space(text[i])) continue;
      const std::size_t end = std::min(text.find_first_not_of(" \t", i), text.size());
      if (depth == 0 && (end - i > 1 || text[i] == '\t'))
        return (void)report.at(text.substr(i, end - i)).with("name", field.name()).fix(0, " ");
      i = end - 1;
    }
  }
}

void check_quoted_pair_needless(const FieldView& field, Reporter& report) {
  for_each_quoted_string(field, [&](std::string_view quoted) {
    for (std::size_t i = 1; i + 2 < quoted.size(); ++i) {
      if (quoted[i] != '\\') continue;
      const char escaped = quoted[i + 1];
      const std::string_view pair = quoted.substr(i, 2);
      if (escaped != '"' && escaped != '\\') return (void)report.at(pair).with("pair", pair).fix(0, pair.substr(1));
      ++i;
    }
  });
}

void check_quoted_comma(const FieldView& field, Reporter& report) { report_quoted(field, ',', report); }

void check_quoted_semicolon(const FieldView& field, Reporter& report) { report_quoted(field, ';', report); }

void check_parameter_repeated(const FieldView& field, Reporter& report) {
  for (std::size_t line = 0; line < field.size(); ++line) {
    std::vector<std::string_view> names;
    for_each_parameter(field.value(line), [&](const ParameterView& parameter) {
      if (parameter.first_of_member) names.clear();
      const bool repeated = names.size() < 32 && is_one_of(parameter.name, names);
      names.push_back(parameter.name);
      if (repeated) report.at(parameter.name).with("name", field.name()).with("key", parameter.name);
    });
  }
}

void check_parameter_apostrophes(const FieldView& field, Reporter& report) {
  for (std::size_t line = 0; line < field.size(); ++line)
    if (field.value(line).find('\'') != std::string_view::npos) for_each_parameter(field.value(line), [&](const ParameterView& parameter) {
      const std::string_view value = parameter.value;
      if (value.size() < 3 || value.front() != '\'' || value.back() != '\'') return;
      const std::string_view inner = value.substr(1, value.size() - 2);
      const std::string right = syntax::is_token(inner) ? std::string(inner) : "\"" + std::string(inner) + "\"";
      report.at(value).with("key", parameter.name).with("value", value).with("right", right).fix(0, right);
    });
}

void check_ext_value_quoted(const FieldView& field, Reporter& report) {
  report_ext_error(field, syntax::ExtError::quoted, report);
}

void check_ext_value_structure(const FieldView& field, Reporter& report) {
  report_ext_error(field, syntax::ExtError::structure, report);
}

void check_ext_value_charset(const FieldView& field, Reporter& report) {
  report_ext_error(field, syntax::ExtError::charset, report);
}

void check_ext_value_undecodable(const FieldView& field, Reporter& report) {
  report_ext_error(field, syntax::ExtError::encoding, report);
}

void check_ext_value_misplaced(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 12> plain{"anchor*", "as*",       "boundary*", "charset*", "crossorigin*", "hreflang*",
                                                   "media*",  "q*",        "rel*",      "rev*",     "type*",        "version*"};
  for_each_ext_value(field, [&](const ParameterView& parameter) {
    const bool is_plain = is_one_of(parameter.name, plain);
    if (is_plain) report.at(parameter.name).with("name", field.name()).with("key", parameter.name);
  });
}

void check_preference_argument(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    const std::string_view text = ascii::trim(member.substr(0, member.find(';')));
    const std::size_t equals = std::min(text.find('='), text.size());
    const std::string_view name = ascii::trim(text.substr(0, equals));
    const auto known = std::find_if(preferences.begin(), preferences.end(), [name](const Preference& preference) {
      return ascii::equals_ignoring_case(preference.name, name);
    });
    if (known == preferences.end()) continue;
    const std::string argument =
        syntax::unquoted(ascii::trim(text.substr(std::min(equals + 1, text.size()))));
    if (has_right_argument(*known, argument)) continue;
    report.at(text).with("name", known->name).with("value", argument);
  }
}

void check_media_type_name_unregistrable(const FieldView& field, Reporter& report) {
  const auto media = syntax::parse_media_type(field.value());
  if (!media) return;
  for (const std::string_view name : {media->type, media->subtype})
    if (!is_restricted_name(name)) return (void)report.at(name).with("name", name);
}

}  // namespace statuslab::lint::checks
