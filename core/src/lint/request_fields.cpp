// What a request says about itself and its wishes: RFC 9110 sections 4.1, 7.2, 8.2 and 10.1, RFC 7239, RFC 7240,
// RFC 8470 section 4.
#include <algorithm>
#include <array>
#include <string>
#include <vector>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/request_fields.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

bool is_safe(std::string_view method) {
  const MethodInfo* info = find_method(method);
  return info != nullptr && info->safe;
}

// --- Referer ---

struct Referring {
  syntax::UriReference page;
  syntax::HttpUri target;
};

// An https page, and the target it refers to, where both are known.
std::optional<Referring> referring_https_page(const FieldView& referer) {
  if (referer.in_trailer() || referer.size() != 1) return std::nullopt;
  const auto page = syntax::split_uri_reference(referer.value());
  const auto target = referer.message().target_uri();
  if (!page.scheme || !page.authority || !target) return std::nullopt;
  if (!ascii::equals_ignoring_case(*page.scheme, "https")) return std::nullopt;
  return Referring{page, *target};
}

// --- Prefer ---

// preference = token [ BWS "=" BWS word ] *( OWS ";" [ OWS parameter ] ) (RFC 7240 section 2); "Empty or zero-length
// values ... are equivalent to no value being specified at all."
struct Preference {
  std::string_view whole;
  std::string_view name;
  std::string_view value;  // without quotes
};

Preference preference_of(std::string_view member) {
  const std::string_view head = ascii::trim(member.substr(0, member.find(';')));
  const std::size_t equals = head.find('=');
  Preference preference{member, ascii::trim(head.substr(0, equals)), {}};
  if (equals == std::string_view::npos) return preference;
  preference.value = ascii::trim(head.substr(equals + 1));
  if (preference.value.size() >= 2 && preference.value.front() == '"' && preference.value.back() == '"')
    preference.value = preference.value.substr(1, preference.value.size() - 2);
  return preference;
}

std::vector<Preference> preferences(const FieldView& field) {
  std::vector<Preference> all;
  for (const std::string_view member : field.members())
    if (!member.empty()) all.push_back(preference_of(member));
  return all;
}

// "For both preference token names and parameter names, comparison is case insensitive while values are case
// sensitive".
bool same_name(const Preference& a, const Preference& b) { return ascii::equals_ignoring_case(a.name, b.name); }

// RFC 7240 sections 4.2 and 4.4: two values of these "are mutually exclusive directives".
bool contradicts(const Preference& a, const Preference& b) {
  const bool exclusive = ascii::equals_ignoring_case(a.name, "return") || ascii::equals_ignoring_case(a.name, "handling");
  return exclusive && same_name(a, b) && a.value != b.value;
}

// Calls `found` with the first two preferences of one name. In lists of more than a few dozen nobody looks for pairs.
template <class Found>
void find_repeated(const FieldView& field, Found found) {
  const std::vector<Preference> all = preferences(field);
  for (std::size_t i = 1; i < std::min<std::size_t>(all.size(), 64); ++i)
    for (std::size_t earlier = 0; earlier < i; ++earlier)
      if (same_name(all[earlier], all[i])) return found(all[earlier], all[i]);
}

// --- Forwarded ---

// The parts between semicolons outside quoted strings.
std::vector<std::string_view> pairs_of(std::string_view element) {
  std::vector<std::string_view> pairs;
  std::size_t begin = 0;
  for (std::size_t i = 0; i <= element.size(); ++i) {
    if (i < element.size() && element[i] == '"') {
      const std::size_t length = syntax::quoted_string_length(element.substr(i));
      if (length == 0) return pairs;
      i += length - 1;
    } else if (i == element.size() || element[i] == ';') {
      pairs.push_back(ascii::trim(element.substr(begin, i - begin)));
      begin = i + 1;
    }
  }
  return pairs;
}

std::string_view name_of(std::string_view pair) { return ascii::trim(pair.substr(0, pair.find('='))); }

}  // namespace

// --- who asks -----------------------------------------------------------------------------------------------------

// A request of a few fields is written by hand, to show something; what a program sent has more.
void check_user_agent_missing(const MessageView& request, Reporter& report) {
  constexpr std::size_t fields_of_a_program = 5;
  if (request->head_terminated && request->fields.size() >= fields_of_a_program && !request.has(FieldId::user_agent))
    report.at(request);
}

void check_user_agent_library_only(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 18> libraries{
      "aiohttp", "Apache-HttpClient", "axios", "Dart", "Go-http-client", "got", "GuzzleHttp", "hackney", "Java",
      "libwww-perl", "node", "node-fetch", "okhttp", "python-httpx", "python-requests", "Python-urllib", "Ruby", "undici"};
  const std::string_view value = field.value();
  const std::string_view name = value.substr(0, value.find('/'));
  // "Apache-HttpClient/4.5 (Java/17)" names the library and what it runs on; another product would name the program.
  const std::string_view rest = ascii::trim(value.substr(std::min(value.find(' '), value.size())));
  if (field.in_trailer() || !(rest.empty() || rest.starts_with('('))) return;
  if (std::find(libraries.begin(), libraries.end(), name) == libraries.end()) return;
  report.at(field).with("value", value);
}

void check_referer_from_https(const FieldView& referer, Reporter& report) {
  const auto referring = referring_https_page(referer);
  if (!referring || referring->target.scheme != "http") return;
  report.at(referer).with("value", referer.value()).remove(0, referer);
}

void check_referer_across_origins(const FieldView& referer, Reporter& report) {
  const auto referring = referring_https_page(referer);
  if (!referring || referring->target.scheme == "http" || referring->target.authority.empty()) return;
  const auto page = syntax::make_http_uri("https", *referring->page.authority, referring->page.path, referring->page.query);
  const bool tells_more = page.path != "/" || page.query;
  if (!tells_more || page.authority == referring->target.authority) return;
  report.at(referer)
      .with("value", referer.value())
      .fix(0, "https://" + page.authority + "/");
}

// --- where to -----------------------------------------------------------------------------------------------------

void check_host_not_first(const FieldView& host, Reporter& report) {
  const MessageView& request = host.message();
  if (host.in_trailer() || host.size() != 1 || request->dialect != Dialect::http1) return;
  const FieldLine& line = host.first();
  const FieldLine& first = request->fields.front();
  if (line.line == first.line) return;
  const std::uint32_t at = first.line.begin;
  report.at(line.name).fix(0, {replace({at, at}, request.text(line.line)), replace(line.line, "")});
}

void check_target_too_long(const MessageView& request, Reporter& report) {
  constexpr std::uint32_t supported = 8000;
  if (request->target.size() > supported) report.at(request->target).with("size", request->target.size());
}

// --- content that is not there ------------------------------------------------------------------------------------

void check_metadata_without_content(const FieldView& field, Reporter& report) {
  const MessageView& request = field.message();
  if (field.in_trailer() || !request->head_terminated || !request->excess.empty()) return;
  if (request.has(FieldId::transfer_encoding) || request.content_size() > 0) return;
  const FieldView length = request.field(FieldId::content_length);
  if (!length.empty() && syntax::parse_decimal(length.value()) != 0) return;
  // Content of HTTP/2 needs no announcement; a method that expects content lacks it, and not the other way round.
  const MethodInfo* method = find_method(request.method());
  if (!request->is_http1() || method == nullptr || method->content != RequestContent::no) return;
  report.at(field.first()).with("name", field.name()).remove(0, field);
}

// --- Prefer -------------------------------------------------------------------------------------------------------

void check_prefer_repeated(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  find_repeated(field, [&](const Preference& first, const Preference& second) {
    if (contradicts(first, second)) return;
    report.at(second.whole).with("name", second.name).fix(0, without_member(field, second.whole));
  });
}

void check_prefer_contradiction(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  find_repeated(field, [&](const Preference& first, const Preference& second) {
    if (!contradicts(first, second)) return;
    report.at(second.whole)
        .with("first", first.whole)
        .with("second", second.whole)
        .fix(0, without_member(field, second.whole));
  });
}

void check_prefer_without_effect(const FieldView& field, Reporter& report) {
  const std::string_view method = field.message().method();
  if (field.in_trailer() || !is_safe(method)) return;
  for (const Preference& preference : preferences(field)) {
    // PROPFIND knows return=minimal (RFC 8144).
    const bool reads_plainly = is_exactly_one_of(method, {"GET", "HEAD", "OPTIONS"});
    if (!reads_plainly || !ascii::equals_ignoring_case(preference.name, "return") || preference.value != "minimal") continue;
    report.at(preference.whole)
        .with("preference", preference.whole)
        .with("method", method);
    return;
  }
}

void check_preference_applied_unasked(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  const MessageView* request = response.request();
  if (field.in_trailer() || request == nullptr || !(*request)->head_terminated) return;
  const std::vector<Preference> asked = preferences(request->field(FieldId::prefer));
  for (const Preference& applied : preferences(field)) {
    const bool known = std::any_of(asked.begin(), asked.begin() + static_cast<std::ptrdiff_t>(std::min<std::size_t>(asked.size(), 64)),
                                   [&](const Preference& p) { return same_name(p, applied); });
    if (known || asked.size() > 64) continue;
    report.at(applied.whole).with("name", applied.whole);
    return;
  }
}

// --- Forwarded ----------------------------------------------------------------------------------------------------

void check_forwarded_parameter_repeated(const FieldView& field, Reporter& report) {
  if (field.in_trailer()) return;
  for (const std::string_view element : field.members()) {
    const std::vector<std::string_view> pairs = pairs_of(element);
    for (std::size_t i = 1; i < std::min<std::size_t>(pairs.size(), 64); ++i)
      for (std::size_t earlier = 0; earlier < i; ++earlier) {
        if (pairs[i].empty() || !ascii::equals_ignoring_case(name_of(pairs[earlier]), name_of(pairs[i]))) continue;
        report.at(pairs[i]).with("name", name_of(pairs[i]));
        return;
      }
  }
}

void check_forwarded_commas_for_semicolons(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  const std::vector<std::string_view>& members = field.members();
  constexpr std::size_t known = 4;  // by, for, host, proto
  if (members.size() < 2 || members.size() > known) return;
  std::string joined;
  for (std::size_t i = 0; i < members.size(); ++i) {
    const std::string_view pair = members[i];
    if (pairs_of(pair).size() != 1 || pair.find('=') == std::string_view::npos) return;
    for (std::size_t earlier = 0; earlier < i; ++earlier)
      if (ascii::equals_ignoring_case(name_of(members[earlier]), name_of(pair))) return;
    if (i > 0) joined += ';';
    joined += pair;
  }
  report.at(field).with("count", members.size()).fix(0, joined);
}

// --- early data ---------------------------------------------------------------------------------------------------

void check_early_data_with_unsafe_method(const FieldView& field, Reporter& report) {
  const MethodInfo* method = find_method(field.message().method());
  if (field.in_trailer() || field.value() != "1" || method == nullptr || method->safe) return;
  report.at(field.first()).with("method", method->name);
}

}  // namespace statuslab::lint::checks
