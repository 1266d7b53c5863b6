// Field grammars of RFC 9110. Each function names the production it reads.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/http.h"

namespace statuslab::syntax {

// token = 1*tchar (section 5.6.2)
[[nodiscard]] bool is_token(std::string_view s);

// 1*DIGIT (sections 8.6, 10.2.3 ...); empty where it is something else or above 2^63-1: "recipients MUST anticipate
// potentially large decimal numerals and prevent parsing errors due to integer conversion overflows".
[[nodiscard]] std::optional<std::uint64_t> parse_decimal(std::string_view s);

// quoted-string (section 5.6.4) from its opening quote: the length with both quotes, 0 where it is not closed.
[[nodiscard]] std::size_t quoted_string_length(std::string_view s);

// A token as it is, a quoted-string without its quotes and escapes.
[[nodiscard]] std::string unquoted(std::string_view value);

// #element (section 5.6.1): the members between commas outside quoted strings, trimmed; empty members are kept, since
// "a sender MUST NOT generate empty list elements" and a recipient has to ignore them.
// The views borrow from `value`.
[[nodiscard]] std::vector<std::string_view> list_members(std::string_view value);
void append_list_members(std::string_view value, std::vector<std::string_view>& members);
// Of all lines with the name, without the empty ones.
[[nodiscard]] std::vector<std::string> list_members(const http::Fields& fields, std::string_view name);

// parameters = *( OWS ";" OWS [ parameter ] ), parameter = parameter-name "=" ( token / quoted-string )
struct Parameter {
  std::string_view name;
  std::string_view value;  // with the quotes, if quoted
};
// Reads from the first ";" on; empty optional where the text does not follow the grammar. White space around "="
// belongs only to fields with the implied white space of RFC 2616 section 2.1.
enum class AroundEquals : std::uint8_t { nothing, spaces };
[[nodiscard]] std::optional<std::vector<Parameter>> parse_parameters(std::string_view s, AroundEquals around = AroundEquals::nothing);

// media-type = type "/" subtype parameters (section 8.3.1)
struct MediaType {
  std::string_view type;
  std::string_view subtype;
  std::vector<Parameter> parameters;
};
[[nodiscard]] std::optional<MediaType> parse_media_type(std::string_view s);

// entity-tag = [ weak ] opaque-tag (section 8.8.3)
[[nodiscard]] bool is_entity_tag(std::string_view s);

// HTTP-date (section 5.6.7): seconds since 1970-01-01T00:00:00Z, and in which of the three forms it is written.
// The weekday has to be the right one.
enum class DateForm : std::uint8_t { imf_fixdate, rfc850, asctime };
struct HttpDate {
  std::int64_t seconds;
  DateForm form;
};
[[nodiscard]] std::optional<HttpDate> parse_http_date(std::string_view s);
// The same for an IMF-fixdate or asctime-date whatever its weekday says.
[[nodiscard]] std::optional<HttpDate> parse_http_date_of_any_weekday(std::string_view s);
// One of the three forms, though there is no such day or time: Feb 30, 25:00:00.
[[nodiscard]] bool is_date_outside_calendar(std::string_view s);
// The instant that another notation means: ISO 8601, or the Internet Message Format with its liberties (numeric zone,
// "UTC", one digit for the day, no seconds). Empty where no zone is named: then there is no telling.
[[nodiscard]] std::optional<std::int64_t> parse_foreign_date(std::string_view s);
// IMF-fixdate of an instant of the years 1970 to 9999.
[[nodiscard]] std::string format_http_date(std::int64_t seconds);

// Seconds since 1970-01-01T00:00:00Z of a day and time in UTC; empty where the calendar has no such day, or the day no
// such time.
[[nodiscard]] std::optional<std::int64_t> instant_of(int year, int month, int day, int hour, int minute, int second);

}  // namespace statuslab::syntax
