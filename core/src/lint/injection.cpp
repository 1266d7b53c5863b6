// What an attacker put into a message, as far as the message shows it: bytes that two recipients count to different
// messages, markup that comes back, a redirect to where the request says.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "checks/injection.h"
#include "lint/reporter.h"
#include "lint/transfer_coding.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// What is looked through, so that the time stays with the size of the message.
constexpr std::size_t most_content = 32'768;
constexpr std::size_t most_value = 256;
constexpr int most_parameters = 32;

std::string decoded(std::string_view value) {
  std::string text;
  for (std::size_t i = 0; i < value.size(); ++i) {
    const int high = value[i] == '%' && i + 2 < value.size() ? ascii::hex_value(value[i + 1]) : -1;
    const int low = high >= 0 ? ascii::hex_value(value[i + 2]) : -1;
    if (low >= 0) i += 2;
    text += low >= 0 ? static_cast<char>(high * 16 + low) : value[i] == '+' ? ' ' : value[i];
  }
  return text;
}

// Calls `check` with the values of the target's query, as written and decoded.
template <class Check>
void for_each_query_value(const MessageView& request, Check check) {
  const std::string_view target = request.text(request->target);
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return;
  std::string_view query = target.substr(question + 1);
  for (int i = 0; i < most_parameters; ++i) {
    const std::size_t length = std::min(query.find('&'), query.size());
    const std::string_view parameter = query.substr(0, length);
    const std::string_view value = parameter.substr(std::min(parameter.find('=') + 1, parameter.size()));
    if (!value.empty() && value.size() <= most_value) check(value, decoded(value));
    if (length == query.size()) return;
    query.remove_prefix(length + 1);
  }
}

// "<" with a letter or "/" or "!" after it: an HTML parser begins a tag there.
bool has_markup(std::string_view text) {
  for (std::size_t at = text.find('<'); at != std::string_view::npos && at + 1 < text.size(); at = text.find('<', at + 1))
    if (ascii::is_alpha(text[at + 1]) || text[at + 1] == '/' || text[at + 1] == '!') return true;
  return false;
}

}  // namespace

void check_reflected_markup(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView type = response.field(FieldId::content_type);
  if (type.empty() || response.has(FieldId::content_encoding)) return;
  const auto media = syntax::parse_media_type(type.value());
  if (!media || !ascii::equals_ignoring_case(media->subtype, "html")) return;
  const std::string_view content = response.text(response->content).substr(0, most_content);
  bool told = false;
  for_each_query_value(exchange.request, [&](std::string_view, const std::string& value) {
    if (told || value.size() < 4 || !has_markup(value)) return;
    const std::size_t at = content.find(value);
    if (at == std::string_view::npos) return;
    report.at(content.substr(at, value.size())).with("value", value);
    told = true;
  });
}

void check_redirect_target_from_query(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView location = response.field(FieldId::location);
  if (response->status / 100 != 3 || location.empty()) return;
  const auto uri = syntax::split_uri_reference(location.value());
  const FieldView host = exchange.request.field(FieldId::host);
  if (!uri.authority || host.empty()) return;
  const std::string_view other = syntax::host_of(*uri.authority);
  if (ascii::equals_ignoring_case(other, syntax::host_of(host.value()))) return;
  bool told = false;
  for_each_query_value(exchange.request, [&](std::string_view written, const std::string& value) {
    if (told || (value != location.value() && written != location.value())) return;
    report.at(location).with("host", other);
    told = true;
  });
}

void check_message_end_ambiguous(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  const Span between = bytes_of_two_messages(field);
  if (!between.empty()) report.at(between).with("size", between.size()).with("value", field.value());
}

}  // namespace statuslab::lint::checks
