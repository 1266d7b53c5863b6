// Retry-After, RFC 9110 section 10.2.3, and the codes that ask for it.
#include <algorithm>

#include "base/ascii.h"
#include "checks/retry.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// Digits, however many: "1*DIGIT" has no upper limit.
bool is_delay_seconds(std::string_view value) {
  return !value.empty() && std::all_of(value.begin(), value.end(), ascii::is_digit);
}

bool is_negative(std::string_view value) { return value.starts_with('-') && is_delay_seconds(value.substr(1)); }

}  // namespace

void check_retry_after_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  if (is_delay_seconds(value) || is_negative(value) || syntax::parse_http_date(value)) return;
  report.at(value.empty() ? field.first().name : field.value_span()).with("value", value);
}

void check_retry_after_negative(const FieldView& field, Reporter& report) {
  if (!is_negative(field.value())) return;
  report.at(field).with("value", field.value()).fix(0, "0");
}

void check_retry_after_before_date(const FieldView& field, Reporter& report) {
  const FieldView date = field.message().field(FieldId::date);
  if (date.empty()) return;
  const auto until = field.date();
  const auto now = date.date();
  if (until && now && until->seconds < now->seconds) report.at(field);
}

void check_retry_after_without_meaning(const FieldView& field, Reporter& report) {
  const Message& response = field.message().message();
  const std::uint16_t status = response.status;
  // RFC 9110 sections 10.2.3 and 15.5.14, RFC 6585 section 4. 202 names it by custom, for its status monitor.
  if (status / 100 == 3 || status == 202 || status == 413 || status == 429 || status == 503 || status == 0) return;
  report.at(field.first().name).with("status", status);
}

void check_too_many_requests_without_retry_after(const MessageView& response, Reporter& report) {
  if (!response.has(FieldId::retry_after)) report.at(response);
}

void check_retry_after_too_long(const FieldView& field, Reporter& report) {
  constexpr std::uint64_t day = 86400;
  const auto seconds = syntax::parse_decimal(field.value());
  if (!seconds || *seconds <= 366 * day) return;
  Report& finding = report.at(field).with("days", *seconds / day);
  // Seconds since 1970 of the years 2017 to 2096.
  if (*seconds < 1'500'000'000 || *seconds > 4'000'000'000) return;
  const std::string date = syntax::format_http_date(static_cast<std::int64_t>(*seconds));
  finding.with("date", date).fix(0, field.value_span(), date);
}

}  // namespace statuslab::lint::checks
