// Strict-Transport-Security: RFC 6797, and what the preload list of browsers asks for.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/transport_security.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc6797.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

constexpr std::array<std::string_view, 3> known_directives{"includeSubDomains", "max-age", "preload"};
constexpr std::uint64_t a_year = 31'536'000;

// RFC 6797 section 8.1: "the UA MUST process only the first such header field". A value that does not follow the
// grammar is ignored as a whole; hsts-syntax tells, and the other rules see no directives in it.
syntax::HstsPolicy read_policy(const FieldView& field) {
  syntax::HstsPolicy policy = syntax::parse_hsts(field.value());
  if (!policy.fault.empty()) policy.directives.clear();
  return policy;
}

const syntax::HstsPolicy& policy_of(const FieldView& field) { return field.once<read_policy>(); }
const std::vector<syntax::HstsDirective>& directives_of(const FieldView& field) { return policy_of(field).directives; }

const syntax::HstsDirective* find(const std::vector<syntax::HstsDirective>& directives, std::string_view name) {
  const auto found = std::find_if(directives.begin(), directives.end(), [name](const syntax::HstsDirective& directive) {
    return ascii::equals_ignoring_case(directive.name, name);
  });
  return found == directives.end() ? nullptr : &*found;
}

std::optional<std::uint64_t> max_age_of(const std::vector<syntax::HstsDirective>& directives) {
  const syntax::HstsDirective* const directive = find(directives, "max-age");
  return directive == nullptr || !directive->value ? std::nullopt : syntax::parse_hsts_max_age(*directive->value);
}

// The directive with the semicolon before it, or with the one after it where it is the first.
Edit remove_directive(const FieldView& field, std::string_view directive) {
  const std::string_view value = field.value();
  auto begin = static_cast<std::size_t>(directive.data() - value.data());
  std::size_t end = begin + directive.size();
  if (const std::size_t semicolon = value.substr(0, begin).rfind(';'); semicolon != std::string_view::npos) {
    begin = semicolon;
    while (begin > 0 && ascii::is_space(value[begin - 1])) --begin;
  } else if (const std::size_t next = value.find(';', end); next != std::string_view::npos) {
    end = std::min(value.find_first_not_of(" \t", next + 1), value.size());
  }
  return replace(field.message().span_of(value.substr(begin, end - begin)), "");
}

// The host that the request was sent to, as far as it is known.
std::string_view host_asked(const MessageView& response) {
  const MessageView* const request = response.request();
  if (request == nullptr) return {};
  if (const auto uri = syntax::parse_uri_with_authority(request->text((*request)->target)))
    return syntax::host_of(uri->authority);
  const FieldView host = request->field(FieldId::host);
  return host.empty() ? std::string_view{} : syntax::host_of(host.value());
}

// IP-literal / IPv4address (RFC 3986 section 3.2.2).
bool is_ip_address(std::string_view host) {
  if (host.starts_with('[')) return true;
  const auto dots = std::count(host.begin(), host.end(), '.');
  return dots == 3 && std::all_of(host.begin(), host.end(), [](char c) { return c == '.' || ascii::is_digit(c); });
}

}  // namespace

void check_hsts_syntax(const FieldView& field, Reporter& report) {
  const std::string_view value = field.value();
  const std::string_view fault = policy_of(field).fault;
  if (fault.empty()) return;
  Report& finding = report.at(fault);
  finding.with("part", fault);
  std::string right(value);
  std::replace(right.begin(), right.end(), ',', ';');
  const syntax::HstsPolicy repaired = syntax::parse_hsts(right);
  if (repaired.fault.empty() && find(repaired.directives, "max-age") != nullptr)
    finding.fix(0, field.value_span(), right);
}

void check_hsts_max_age_missing(const FieldView& field, Reporter& report) {
  const syntax::HstsPolicy& policy = policy_of(field);
  if (!policy.fault.empty() || find(policy.directives, "max-age") != nullptr) return;
  for (const syntax::HstsDirective& directive : policy.directives)
    if (meant(directive.name, known_directives) == "max-age") return;
  const Span value = field.value_span();
  const std::string_view separator = policy.directives.empty() ? "" : "; ";
  report.at(value.empty() ? field.first().name : value)
      .fix(0, {value.begin, value.begin}, "max-age=31536000" + std::string(separator));
}

void check_hsts_max_age_value(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  const syntax::HstsDirective* const directive = find(directives, "max-age");
  if (directive == nullptr || (directive->value && syntax::parse_hsts_max_age(*directive->value))) return;
  report.at(directive->whole).with("directive", directive->whole);
}

void check_hsts_max_age_zero(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  if (max_age_of(directives) != 0U) return;
  report.at(find(directives, "max-age")->whole);
}

void check_hsts_subdomains_without_effect(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  const syntax::HstsDirective* const directive = find(directives, "includeSubDomains");
  if (max_age_of(directives) != 0U || directive == nullptr) return;
  report.at(directive->whole).fix(0, remove_directive(field, directive->whole));
}

void check_hsts_max_age_short(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  const auto seconds = max_age_of(directives);
  if (!seconds || *seconds == 0 || *seconds >= a_year || find(directives, "preload") != nullptr) return;
  const std::string_view value = *find(directives, "max-age")->value;
  report.at(value)
      .with("seconds", *seconds)
      .with("days", *seconds / 86'400)
      .fix(0, "31536000");
}

void check_hsts_directive_repeated(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  for (std::size_t i = 1; i < directives.size(); ++i) {
    const syntax::HstsDirective* const first = find(directives, directives[i].name);
    if (first == &directives[i]) continue;
    report.at(directives[i].whole)
        .with("name", directives[i].name)
        .fix(ascii::equals_ignoring_case(first->whole, directives[i].whole) ? 0 : 1,
             remove_directive(field, directives[i].whole));
    return;
  }
}

void check_hsts_directive_with_value(const FieldView& field, Reporter& report) {
  for (const syntax::HstsDirective& directive : directives_of(field)) {
    const bool valueless = ascii::equals_ignoring_case(directive.name, "includeSubDomains") ||
                           ascii::equals_ignoring_case(directive.name, "preload");
    if (!valueless || !directive.value) continue;
    const Span whole = field.message().span_of(directive.whole);
    report.at(whole).with("name", directive.name).with("value", *directive.value).fix(0, directive.name);
  }
}

void check_hsts_directive_misspelt(const FieldView& field, Reporter& report) {
  for (const syntax::HstsDirective& directive : directives_of(field)) {
    const std::string_view right = meant(directive.name, known_directives);
    if (right.empty()) continue;
    const Span name = field.message().span_of(directive.name);
    report.at(name).with("name", directive.name).with("right", right).fix(0, right);
  }
}

void check_hsts_directive_unknown(const FieldView& field, Reporter& report) {
  for (const syntax::HstsDirective& directive : directives_of(field)) {
    if (is_one_of(directive.name, known_directives) || !meant(directive.name, known_directives).empty()) continue;
    report.at(directive.whole)
        .with("name", directive.name)
        .fix(0, remove_directive(field, directive.whole));
  }
}

void check_hsts_over_http(const FieldView& field, Reporter& report) {
  if (field.message().scheme() != Scheme::http) return;
  report.at(field.first().name).remove(0, field);
}

void check_hsts_on_ip_address(const FieldView& field, Reporter& report) {
  const std::string_view host = host_asked(field.message());
  if (!is_ip_address(host) || field.message().scheme() == Scheme::http) return;
  report.at(field.first().name).with("host", host).remove(0, field);
}

void check_hsts_empty_directive(const FieldView& field, Reporter& report) {
  const syntax::HstsPolicy& policy = policy_of(field);
  if (!policy.empty_directive || !policy.fault.empty() || policy.directives.empty()) return;
  std::string right;
  for (const syntax::HstsDirective& directive : policy.directives) {
    if (!right.empty()) right += "; ";
    right += directive.whole;
  }
  report.at(field).fix(0, right);
}

void check_hsts_preload_unsuitable(const FieldView& field, Reporter& report) {
  const auto& directives = directives_of(field);
  const auto seconds = max_age_of(directives);
  const syntax::HstsDirective* const preload = find(directives, "preload");
  if (preload == nullptr || !seconds || *seconds == 0) return;
  const bool too_short = *seconds < a_year;
  const syntax::HstsDirective* const subdomains = find(directives, "includeSubDomains");
  if (!too_short && subdomains != nullptr) return;
  const MessageView& message = field.message();
  if (message.scheme() == Scheme::http || is_ip_address(host_asked(message))) return;
  std::vector<Edit> edits;
  if (too_short) edits.push_back(replace(message.span_of(*find(directives, "max-age")->value), "31536000"));
  const Span place = message.span_of(preload->whole);
  if (subdomains == nullptr) edits.push_back(replace({place.begin, place.begin}, "includeSubDomains; "));
  report.at(place)
      .with("missing", !too_short ? "includeSubDomains" : subdomains ? "max-age=31536000" : "max-age=31536000 and includeSubDomains")
      .fix(0, std::move(edits));
}

void check_hsts_missing_on_redirect(const MessageView& response, Reporter& report) {
  if (response.scheme() != Scheme::https || response.has(FieldId::strict_transport_security)) return;
  const FieldView location = response.field(FieldId::location);
  const std::string_view host = host_asked(response);
  if (location.empty() || host.empty() || is_ip_address(host)) return;
  const auto target = syntax::parse_uri_with_authority(location.value());
  if (!target || !ascii::equals_ignoring_case(target->scheme, "https")) return;
  const std::string_view other = syntax::host_of(target->authority);
  if (other.size() != host.size() + 4 || !ascii::equals_ignoring_case(other, "www." + std::string(host))) return;
  report.at(response)
      .with("host", host)
      .with("other", other)
      .fix(0, add_field(response, "Strict-Transport-Security", "max-age=31536000"));
}

// ---- What is in force

namespace {

void report_in_force(const FieldView& field, bool for_subdomains, Reporter& report) {
  const auto& directives = directives_of(field);
  const auto seconds = max_age_of(directives);
  if (!seconds || *seconds == 0 || field.message().scheme() == Scheme::http) return;
  if (is_ip_address(host_asked(field.message()))) return;
  if ((find(directives, "includeSubDomains") != nullptr) == for_subdomains)
    report.at(field.first()).with("days", *seconds / 86'400);
}

}  // namespace

void check_hsts_in_force(const FieldView& field, Reporter& report) { report_in_force(field, false, report); }
void check_hsts_in_force_for_subdomains(const FieldView& field, Reporter& report) { report_in_force(field, true, report); }

}  // namespace statuslab::lint::checks
