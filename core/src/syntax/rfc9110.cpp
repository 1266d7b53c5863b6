#include "syntax/rfc9110.h"

#include <algorithm>
#include <array>
#include <limits>
#include <span>

#include "base/ascii.h"

namespace statuslab::syntax {

using ascii::is_digit;

bool is_token(std::string_view s) { return !s.empty() && std::all_of(s.begin(), s.end(), ascii::is_tchar); }

std::optional<std::uint64_t> parse_decimal(std::string_view s) {
  constexpr std::uint64_t limit = std::numeric_limits<std::int64_t>::max();
  if (s.empty()) return std::nullopt;
  std::uint64_t number = 0;
  for (const char c : s) {
    if (!is_digit(c)) return std::nullopt;
    const auto digit = static_cast<std::uint64_t>(c - '0');
    if (number > (limit - digit) / 10) return std::nullopt;
    number = number * 10 + digit;
  }
  return number;
}

std::size_t quoted_string_length(std::string_view s) {
  if (s.empty() || s[0] != '"') return 0;
  for (std::size_t i = 1; i < s.size(); ++i) {
    if (s[i] == '\\') {
      ++i;
    } else if (s[i] == '"') {
      return i + 1;
    }
  }
  return 0;
}

std::string unquoted(std::string_view value) {
  if (value.size() < 2 || value.front() != '"' || value.back() != '"') return std::string(value);
  std::string text;
  for (std::size_t i = 1; i + 1 < value.size(); ++i) {
    if (value[i] == '\\' && i + 2 < value.size()) ++i;
    text += value[i];
  }
  return text;
}

void append_list_members(std::string_view value, std::vector<std::string_view>& members) {
  if (members.empty()) members.reserve(static_cast<std::size_t>(std::count(value.begin(), value.end(), ',')) + 1);
  std::size_t quote = value.find('"');
  for (std::size_t begin = 0;;) {
    std::size_t comma = std::min(value.find(',', begin), value.size());
    while (quote < comma) {
      const std::size_t length = quoted_string_length(value.substr(quote));
      // What follows a quote that is never closed are only quotes behind a backslash, which do not close either.
      const std::size_t end = quote + length;
      quote = length == 0 ? std::string_view::npos : value.find('"', end);
      if (end > comma) comma = std::min(value.find(',', end), value.size());
    }
    members.push_back(ascii::trim(value.substr(begin, comma - begin)));
    if (comma == value.size()) return;
    begin = comma + 1;
  }
}

std::vector<std::string_view> list_members(std::string_view value) {
  std::vector<std::string_view> members;
  append_list_members(value, members);
  return members;
}

std::vector<std::string> list_members(const http::Fields& fields, std::string_view name) {
  std::vector<std::string> members;
  const auto value = http::combined(fields, name);
  if (!value) return members;
  for (const std::string_view member : list_members(*value))
    if (!member.empty()) members.emplace_back(member);
  return members;
}

// There is room for as many at once.
constexpr std::size_t customary_parameters = 4;

std::optional<std::vector<Parameter>> parse_parameters(std::string_view s, AroundEquals around) {
  std::vector<Parameter> parameters;
  while (true) {
    s = ascii::trim(s);
    if (s.empty()) return parameters;
    if (s[0] != ';') return std::nullopt;
    s = ascii::trim(s.substr(1));
    if (s.empty() || s[0] == ';') continue;
    const std::size_t equals = s.find('=');
    if (equals == std::string_view::npos) return std::nullopt;
    Parameter parameter{s.substr(0, equals), {}};
    s.remove_prefix(equals + 1);
    if (around == AroundEquals::spaces) {
      parameter.name = ascii::trim(parameter.name);
      s = ascii::trim(s);
    }
    if (!is_token(parameter.name)) return std::nullopt;
    std::size_t length = quoted_string_length(s);
    if (length == 0) {
      length = static_cast<std::size_t>(std::find_if_not(s.begin(), s.end(), ascii::is_tchar) - s.begin());
      if (length == 0) return std::nullopt;
    }
    parameter.value = s.substr(0, length);
    if (parameters.empty()) parameters.reserve(customary_parameters);
    s.remove_prefix(length);
    parameters.push_back(parameter);
  }
}

std::optional<MediaType> parse_media_type(std::string_view s) {
  const std::size_t semicolon = std::min(s.find(';'), s.size());
  const std::string_view essence = ascii::trim(s.substr(0, semicolon));
  const std::size_t slash = essence.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  MediaType media{essence.substr(0, slash), essence.substr(slash + 1), {}};
  if (!is_token(media.type) || !is_token(media.subtype)) return std::nullopt;
  auto parameters = parse_parameters(s.substr(semicolon));
  if (!parameters) return std::nullopt;
  media.parameters = std::move(*parameters);
  return media;
}

// etagc = %x21 / %x23-7E / obs-text
bool is_entity_tag(std::string_view s) {
  if (s.starts_with("W/")) s.remove_prefix(2);
  if (s.size() < 2 || s.front() != '"' || s.back() != '"') return false;
  s = s.substr(1, s.size() - 2);
  return std::all_of(s.begin(), s.end(), [](char c) {
    const unsigned char b = ascii::byte(c);
    return b == 0x21 || (b >= 0x23 && b <= 0x7E) || b >= 0x80;
  });
}

namespace {

constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                  "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
constexpr std::array<std::string_view, 7> days{"Sunday",   "Monday", "Tuesday", "Wednesday",
                                               "Thursday", "Friday", "Saturday"};

struct Fields {
  int weekday = 0;
  int day = 0;
  int month = 0;  // 1 to 12
  int year = 0;
  int hour = 0;
  int minute = 0;
  int second = 0;
};

// Reads the parts of a date one after the other; after the first part that is not there, nothing matches any more.
class DateReader {
 public:
  explicit DateReader(std::string_view text) : rest_(text) {}

  DateReader& literal(std::string_view expected) {
    if (ok_ && rest_.starts_with(expected))
      rest_.remove_prefix(expected.size());
    else
      ok_ = false;
    return *this;
  }
  DateReader& number(std::size_t digits, int& out) {
    if (!ok_ || rest_.size() < digits || !std::all_of(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(digits), is_digit)) {
      ok_ = false;
      return *this;
    }
    out = 0;
    for (std::size_t i = 0; i < digits; ++i) out = out * 10 + (rest_[i] - '0');
    rest_.remove_prefix(digits);
    return *this;
  }
  // date3 = 2( DIGIT ) / ( SP DIGIT )
  DateReader& padded_number(int& out) {
    if (ok_ && rest_.starts_with(' ')) return literal(" ").number(1, out);
    return number(2, out);
  }
  DateReader& month(int& out) {
    out = 1 + one_of_three_letters(months);
    return *this;
  }
  DateReader& weekday(int& out) {
    out = one_of_three_letters(days);
    return *this;
  }
  DateReader& whole_weekday(int& out) {
    weekday(out);
    return ok_ ? literal(days[static_cast<std::size_t>(out)].substr(3)) : *this;
  }
  DateReader& time(Fields& f) {
    return number(2, f.hour).literal(":").number(2, f.minute).literal(":").number(2, f.second);
  }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }

 private:
  // Names differ in their first three letters.
  int one_of_three_letters(std::span<const std::string_view> names) {
    for (std::size_t i = 0; ok_ && rest_.size() >= 3 && i < names.size(); ++i) {
      const std::string_view name = names[i];
      if (rest_[0] != name[0] || rest_[1] != name[1] || rest_[2] != name[2]) continue;
      rest_.remove_prefix(3);
      return static_cast<int>(i);
    }
    ok_ = false;
    return 0;
  }

  std::string_view rest_;
  bool ok_ = true;
};

// Days since 1970-01-01 in the proleptic Gregorian calendar (civil-from-days, computed by eras of 400 years).
constexpr std::int64_t days_since_epoch(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = (year >= 0 ? year : year - 399) / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int64_t>(era) * 146097 + day_of_era - 719468;
}

constexpr int days_in_month(int year, int month) {
  constexpr std::array<int, 12> lengths{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return lengths[static_cast<std::size_t>(month - 1)] + (month == 2 && leap ? 1 : 0);
}

constexpr int weekday_of(std::int64_t day) { return static_cast<int>(((day + 4) % 7 + 7) % 7); }

std::optional<HttpDate> make_date_of_any_weekday(const Fields& f, DateForm form) {
  // second = 2DIGIT, 60 for a leap second
  if (f.hour > 23 || f.minute > 59 || f.second > 60 || f.day < 1 || f.day > days_in_month(f.year, f.month))
    return std::nullopt;
  const std::int64_t day = days_since_epoch(f.year, f.month, f.day);
  return HttpDate{day * 86400 + f.hour * 3600 + f.minute * 60 + f.second, form};
}

std::optional<HttpDate> make_date(const Fields& f, DateForm form) {
  const auto date = make_date_of_any_weekday(f, form);
  if (!date || weekday_of(days_since_epoch(f.year, f.month, f.day)) != f.weekday) return std::nullopt;
  return date;
}

// IMF-fixdate = day-name "," SP date1 SP time-of-day SP GMT
bool read_imf_fixdate(std::string_view s, Fields& f) {
  return DateReader(s).weekday(f.weekday).literal(", ").number(2, f.day).literal(" ").month(f.month).literal(" ")
      .number(4, f.year).literal(" ").time(f).literal(" GMT").done();
}

// rfc850-date = day-name-l "," SP date2 SP time-of-day SP GMT
bool read_rfc850_date(std::string_view s, Fields& f) {
  return DateReader(s).whole_weekday(f.weekday).literal(", ").number(2, f.day).literal("-").month(f.month).literal("-")
      .number(2, f.year).literal(" ").time(f).literal(" GMT").done();
}

// asctime-date = day-name SP date3 SP time-of-day SP year
bool read_asctime_date(std::string_view s, Fields& f) {
  return DateReader(s).weekday(f.weekday).literal(" ").month(f.month).literal(" ").padded_number(f.day).literal(" ")
      .time(f).literal(" ").number(4, f.year).done();
}

}  // namespace

std::optional<HttpDate> parse_http_date(std::string_view s) {
  Fields f;
  if (read_imf_fixdate(s, f)) return make_date(f, DateForm::imf_fixdate);
  if (read_rfc850_date(s, f)) {
    // The engine has no clock for the 50 years' rule of section 5.6.7; the weekday tells the century.
    for (const int century : {1900, 2000}) {
      Fields g = f;
      g.year += century;
      if (const auto date = make_date(g, DateForm::rfc850)) return date;
    }
    return std::nullopt;
  }
  if (read_asctime_date(s, f)) return make_date(f, DateForm::asctime);
  return std::nullopt;
}

std::optional<HttpDate> parse_http_date_of_any_weekday(std::string_view s) {
  Fields f;
  if (read_imf_fixdate(s, f)) return make_date_of_any_weekday(f, DateForm::imf_fixdate);
  if (read_asctime_date(s, f)) return make_date_of_any_weekday(f, DateForm::asctime);
  return std::nullopt;
}

bool is_date_outside_calendar(std::string_view s) {
  Fields f;
  if (read_imf_fixdate(s, f) || read_asctime_date(s, f)) return !make_date_of_any_weekday(f, DateForm::imf_fixdate);
  if (!read_rfc850_date(s, f)) return false;
  // Of the years that two digits can mean, a leap year is the most lenient.
  f.year += f.year % 4 == 0 ? 2000 : 1900;
  return !make_date_of_any_weekday(f, DateForm::rfc850);
}

namespace {

// Reads what other date notations are made of, each part if it is there.
class ForeignDateReader {
 public:
  explicit ForeignDateReader(std::string_view text) : rest_(text) {}

  bool skip(std::string_view any_of) {
    const std::size_t end = std::min(rest_.find_first_not_of(any_of), rest_.size());
    rest_.remove_prefix(end);
    return end > 0;
  }
  std::string_view letters() {
    const auto end = std::find_if_not(rest_.begin(), rest_.end(), ascii::is_alpha);
    const std::string_view word = rest_.substr(0, static_cast<std::size_t>(end - rest_.begin()));
    rest_.remove_prefix(word.size());
    return word;
  }
  bool number(std::size_t least, std::size_t most, int& out) {
    std::size_t digits = 0;
    out = 0;
    while (digits < most && digits < rest_.size() && is_digit(rest_[digits])) out = out * 10 + (rest_[digits++] - '0');
    rest_.remove_prefix(digits);
    return digits >= least;
  }
  bool month(int& out) {
    const std::string_view word = letters();
    for (std::size_t i = 0; i < months.size(); ++i) {
      if (!ascii::equals_ignoring_case(word.substr(0, 3), months[i])) continue;
      out = static_cast<int>(i) + 1;
      return true;
    }
    return false;
  }
  // hour ":" minute [ ":" second ]
  bool time(Fields& f) {
    if (!number(1, 2, f.hour) || !skip(":") || !number(2, 2, f.minute)) return false;
    return !skip(":") || number(2, 2, f.second);
  }
  // "GMT", "UTC", "UT", "Z", or ("+" / "-") 2DIGIT [ ":" ] 2DIGIT; nothing may follow.
  bool zone(int& minutes_east) {
    const int sign = rest_.starts_with('-') ? -1 : 1;
    if (skip("+-")) {
      int hours = 0;
      int minutes = 0;
      if (!number(2, 2, hours)) return false;
      skip(":");
      if (!number(2, 2, minutes) || hours > 14 || minutes > 59) return false;
      minutes_east = sign * (hours * 60 + minutes);
      return rest_.empty();
    }
    const std::string_view name = letters();
    const bool utc = std::any_of(utc_names.begin(), utc_names.end(),
                                 [name](std::string_view known) { return ascii::equals_ignoring_case(name, known); });
    return utc && rest_.empty();
  }
  [[nodiscard]] bool at_digit() const { return !rest_.empty() && is_digit(rest_[0]); }

 private:
  static constexpr std::array<std::string_view, 4> utc_names{"GMT", "UTC", "UT", "Z"};
  std::string_view rest_;
};

// 2026-11-22T09:30:00.5+01:00
bool read_iso_date(ForeignDateReader reader, Fields& f, int& minutes_east) {
  if (!reader.number(4, 4, f.year) || !reader.skip("-") || !reader.number(2, 2, f.month) || !reader.skip("-") ||
      !reader.number(2, 2, f.day) || !reader.skip("Tt ") || !reader.time(f))
    return false;
  int fraction = 0;
  if (reader.skip(".") && !reader.number(1, 9, fraction)) return false;
  reader.skip(" ");
  return reader.zone(minutes_east);
}

// [ day-name [ "," ] ] day month year time zone, with spaces or hyphens in the date
bool read_message_date(ForeignDateReader reader, Fields& f, int& minutes_east) {
  if (!reader.at_digit()) {
    if (reader.letters().empty() || !reader.skip(", ")) return false;
  }
  if (!reader.number(1, 2, f.day) || !reader.skip(" -") || !reader.month(f.month) || !reader.skip(" -") ||
      !reader.number(4, 4, f.year) || !reader.skip(" ") || !reader.time(f) || !reader.skip(" "))
    return false;
  return reader.zone(minutes_east);
}

void append_number(std::string& text, int number, int digits) {
  text.append(static_cast<std::size_t>(digits), '0');
  for (auto digit = text.rbegin(); number > 0 && digits > 0; --digits, ++digit, number /= 10)
    *digit = static_cast<char>('0' + number % 10);
}

}  // namespace

std::optional<std::int64_t> parse_foreign_date(std::string_view s) {
  Fields iso;
  Fields message;
  int minutes_east = 0;
  const bool is_iso = read_iso_date(ForeignDateReader(s), iso, minutes_east);
  if (!is_iso && !read_message_date(ForeignDateReader(s), message, minutes_east)) return std::nullopt;
  const Fields& f = is_iso ? iso : message;
  if (f.month < 1 || f.month > 12 || f.year < 1970) return std::nullopt;
  const auto date = make_date_of_any_weekday(f, DateForm::imf_fixdate);
  if (!date) return std::nullopt;
  const std::int64_t seconds = date->seconds - minutes_east * 60;
  return seconds < 0 ? std::nullopt : std::optional(seconds);
}

std::optional<std::int64_t> instant_of(int year, int month, int day, int hour, int minute, int second) {
  if (month < 1 || month > 12 || hour < 0 || minute < 0 || second < 0) return std::nullopt;
  const auto date = make_date_of_any_weekday({0, day, month, year, hour, minute, second}, DateForm::imf_fixdate);
  return date ? std::optional(date->seconds) : std::nullopt;
}

std::string format_http_date(std::int64_t seconds) {
  const std::int64_t days_passed = seconds / 86400;
  int year = 1970 + static_cast<int>(days_passed / 366);  // or a later one
  std::int64_t left = days_passed - days_since_epoch(year, 1, 1);
  for (int length; left >= (length = days_in_month(year, 2) == 29 ? 366 : 365); ++year) left -= length;
  int month = 1;
  for (; left >= days_in_month(year, month); ++month) left -= days_in_month(year, month);
  const int second_of_day = static_cast<int>(seconds % 86400);

  std::string text(days[static_cast<std::size_t>(weekday_of(days_passed))].substr(0, 3));
  text += ", ";
  append_number(text, static_cast<int>(left) + 1, 2);
  text.append(" ").append(months[static_cast<std::size_t>(month - 1)]).append(" ");
  append_number(text, year, 4);
  text += ' ';
  append_number(text, second_of_day / 3600, 2);
  text += ':';
  append_number(text, second_of_day / 60 % 60, 2);
  text += ':';
  append_number(text, second_of_day % 60, 2);
  text += " GMT";
  return text;
}

}  // namespace statuslab::syntax
