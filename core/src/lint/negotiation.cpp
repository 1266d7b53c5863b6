// Proactive negotiation (RFC 9110 section 12): what a request prefers, what the response is, and Vary.
#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "checks/negotiation.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "statuslab/structured_field.h"
#include "syntax/rfc9110_negotiation.h"

namespace statuslab::lint::checks {
namespace {

using syntax::Preference;

// What is compared with each other stays few, so that a field of any size takes linear time.
constexpr std::size_t most_members = 64;

// All lines of the field; a list may be spread over several (section 5.3).
std::vector<Preference> preferences(const FieldView& field) {
  std::vector<Preference> all;
  for (const std::string_view member : field.members())
    if (!member.empty() && all.size() < most_members) all.push_back(syntax::parse_preference(member));
  return all;
}

// The response may be stored and used again without asking the origin: then Vary matters.
bool is_reusable(const MessageView& response) {
  if (response.method() != "" && response.method() != "GET" && response.method() != "HEAD") return false;
  for (const std::string_view directive : response.field(FieldId::cache_control).members()) {
    for (const std::string_view limit : {"no-store", "private", "no-cache", "max-age=0", "s-maxage=0"})
      if (ascii::equals_ignoring_case(directive.substr(0, limit.size()), limit)) return false;
  }
  return response->status == 200 || response->status == 203 || response->status == 206 || response->status == 404 ||
         response->status == 410;
}

bool varies_by(const MessageView& response, std::string_view name) {
  const FieldView vary = response.field(FieldId::vary);
  return vary.lists(name) || vary.lists("*");
}

std::vector<Edit> add_to_vary(const MessageView& response, std::string_view name) {
  const FieldView vary = response.field(FieldId::vary);
  std::vector<Edit> edits;
  if (vary.empty())
    edits.push_back(add_field(response, "Vary", name));
  else
    edits.push_back(replace({vary.last().value.end, vary.last().value.end}, (vary.value().empty() ? "" : ", ") + std::string(name)));
  return edits;
}

// The field without the member; its line removed where nothing is left.
std::vector<Edit> line_without_member(const FieldView& field, const std::string_view& member) {
  std::vector<Edit> edits;
  std::string rest;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const std::string_view line = field.value(i);
    if (member.data() < line.data() || member.data() > line.data() + line.size()) continue;
    for (const std::string_view other : syntax::list_members(line)) {
      if (other.empty() || other.data() == member.data()) continue;
      if (!rest.empty()) rest += ", ";
      rest += other;
    }
    if (rest.empty())
      edits.push_back(remove_line(field.line(i), field.message()));
    else
      edits.push_back(replace(field.line(i).value, rest));
  }
  return edits;
}

// No request has it, or none of this method: a GET has no content to describe.
bool is_of_responses(FieldId id, const MessageView& response) {
  if (field_info(id).direction == FieldDirection::response) return true;
  const std::string_view method = response.method();
  if (method != "GET" && method != "HEAD" && !method.empty()) return false;
  return id == FieldId::content_encoding || id == FieldId::content_type || id == FieldId::content_language ||
         id == FieldId::content_length || id == FieldId::etag;
}

// What the qvalue can only have meant; empty where there is no telling.
std::string repaired_weight(std::string_view q) {
  std::string text(q);
  if (text.size() >= 2 && text.front() == '"') text = text.substr(1, text.size() - 2);
  if (text.starts_with('.')) text.insert(text.begin(), '0');
  const std::size_t point = text.find('.');
  if (point != std::string::npos && text.size() > point + 4) text.resize(point + 4);
  return syntax::parse_qvalue(text) ? text : std::string();
}

bool is_compression(std::string_view name) {
  for (const std::string_view coding : {"gzip", "x-gzip", "deflate", "br", "zstd", "compress", "x-compress", "dcb", "dcz"})
    if (ascii::equals_ignoring_case(name, coding)) return true;
  return false;
}

}  // namespace

void check_accept_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    if (member.empty()) continue;
    const Preference preference = syntax::parse_preference(member);
    if (preference.is_well_formed && syntax::is_media_range(preference.range)) continue;
    Report& finding = report.at(preference.is_well_formed ? preference.range : member);
    finding.with("member", member);
    if (preference.range == "*") finding.fix(0, preference.range, "*/*");
    return;
  }
}

void check_weight_syntax(const FieldView& field, Reporter& report) {
  for (const Preference& preference : preferences(field)) {
    if (preference.qvalue.empty() || syntax::parse_qvalue(preference.qvalue)) continue;
    const Span place = field.message().span_of(preference.qvalue);
    Report& finding = report.at(place);
    finding.with("value", preference.qvalue).with("range", preference.range);
    const std::string repaired = repaired_weight(preference.qvalue);
    if (!repaired.empty()) finding.fix(0, repaired);
    return;
  }
}

void check_accept_language_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    if (member.empty()) continue;
    const Preference preference = syntax::parse_preference(member);
    const bool only_weight = preference.parameters.empty() && member.find(';') == member.rfind(';');
    if (preference.is_well_formed && only_weight && syntax::is_language_range(preference.range)) continue;
    const bool range_is_bad = !syntax::is_language_range(preference.range);
    Report& finding = report.at(range_is_bad ? preference.range : member);
    finding.with("member", member);
    std::string hyphens(preference.range);
    std::replace(hyphens.begin(), hyphens.end(), '_', '-');
    if (range_is_bad && syntax::is_language_range(hyphens)) finding.fix(0, preference.range, hyphens);
    return;
  }
}

void check_accept_wildcard_equal(const FieldView& field, Reporter& report) {
  const std::vector<Preference> all = preferences(field);
  for (const Preference& wildcard : all) {
    if (!wildcard.range.ends_with('*') || wildcard.weight() == 0) continue;
    for (const Preference& other : all) {
      const std::string_view prefix = wildcard.range.substr(0, wildcard.range.size() - 1);
      const bool covers = wildcard.range == "*/*" || wildcard.range == "*" || other.range.starts_with(prefix);
      if (!covers || other.range.ends_with('*') || !other.parameters.empty() || other.weight() != wildcard.weight()) continue;
      report.at(wildcard.range).with("wildcard", wildcard.range).with("range", other.range);
      return;
    }
  }
}

// Section 12.5.3: "If no Accept-Encoding header field is in the request, any content coding is considered acceptable".
void check_content_coding_not_accepted(const ExchangeView& exchange, Reporter& report) {
  const FieldView accepted = exchange.request.field(FieldId::accept_encoding);
  if (accepted.empty()) return;
  const std::vector<Preference> all = preferences(accepted);
  for (const std::string_view name : exchange.response.content().codings()) {
    if (all.size() == most_members) return;
    // "aes128gcm" and the like are no compression that could be left out.
    if (!is_compression(name) || syntax::weight_of_coding(all, name).value_or(0) > 0) continue;
    report.at(name).with("coding", name).with("accepted", accepted.value());
    return;
  }
}

void check_content_coding_without_vary(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::content_encoding);
  if (field.empty() || !is_reusable(response) || varies_by(response, "Accept-Encoding")) return;
  if (response.request() != nullptr && !response.request()->has(FieldId::accept_encoding)) return;
  for (const std::string_view coding : response.content().codings()) {
    if (!is_compression(coding)) continue;
    report.at(coding).with("coding", coding).fix(0, add_to_vary(response, "Accept-Encoding"));
    return;
  }
}

void check_dictionary_coding_without_vary(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || !is_reusable(response)) return;
  for (const std::string_view coding : {"dcb", "dcz"}) {
    const std::string_view member = field.find_member(coding);
    if (member.empty() || varies_by(response, "Available-Dictionary")) continue;
    report.at(member).with("coding", coding).fix(0, add_to_vary(response, "Available-Dictionary"));
  }
}

void check_content_language_without_vary(const ExchangeView& exchange, Reporter& report) {
  const FieldView language = exchange.response.field(FieldId::content_language);
  if (language.empty() || !exchange.request.has(FieldId::accept_language) || !is_reusable(exchange.response)) return;
  if (varies_by(exchange.response, "Accept-Language")) return;
  report.at(language)
      .with("language", language.value())
      .fix(0, add_to_vary(exchange.response, "Accept-Language"));
}

void check_content_type_not_accepted(const ExchangeView& exchange, Reporter& report) {
  const FieldView accept = exchange.request.field(FieldId::accept);
  const FieldView type = exchange.response.field(FieldId::content_type);
  if (accept.empty() || accept.value().empty() || type.size() != 1 || exchange.response->status / 100 != 2) return;
  const auto media = syntax::parse_media_type(type.value());
  if (!media || exchange.response.method() == "CONNECT") return;
  const std::string essence = media_type_essence(type.value());
  if (syntax::weight_of_type(preferences(accept), essence, media->parameters).value_or(0) > 0) return;
  report.at(type).with("type", essence).with("accepted", accept.value());
}

// "according to the proactive negotiation header fields received in the request" (section 15.5.7)
void check_not_acceptable_without_preference(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status != 406) return;
  const MessageView& request = exchange.request;
  if (request.has(FieldId::accept_language) || request.has(FieldId::accept_charset)) return;
  for (const Preference& p : preferences(request.field(FieldId::accept_encoding)))
    if (p.weight() == 0) return;
  const FieldView accept = request.field(FieldId::accept);
  const std::vector<Preference> all = preferences(accept);
  const bool anything = std::any_of(all.begin(), all.end(), [](const Preference& p) { return p.range == "*/*" && p.weight() > 0; }) &&
                        std::none_of(all.begin(), all.end(), [](const Preference& p) { return p.weight() == 0; });
  if (!accept.empty() && !anything) return;
  report.at(exchange.response).with("accepted", accept.empty() ? std::string_view("*/*") : accept.value());
}

void check_accept_ch_over_http(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (response.scheme() == Scheme::http) report.at(field.first()).remove(0, field);
}

void check_accept_ch_not_in_vary(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || !is_reusable(response) || response.scheme() == Scheme::http) return;
  const std::vector<std::string_view>& hints = field.members();
  if (hints.size() > most_members) return;
  for (const std::string_view hint : hints) {
    if (!syntax::is_token(hint) || varies_by(response, hint)) continue;
    report.at(hint).with("hint", hint).fix(0, add_to_vary(response, hint));
    return;
  }
}

void check_accept_ch_not_tokens(const FieldView& field, Reporter& report) {
  if (field.in_trailer() || field.size() != 1) return;
  const structured::Parsed parsed = structured::parse(field.value(), structured::FieldType::list);
  if (parsed.error) return;
  for (const structured::Member& member : parsed.value.members) {
    if (!member.is_inner_list && member.value.type == structured::ItemType::token) continue;
    const std::uint32_t begin = field.value_span().begin;
    const Span place{begin + member.span.begin, begin + member.span.end};
    Report& finding = report.at(place);
    finding.with("member", field.message().text(place));
    if (!member.is_inner_list && member.value.type == structured::ItemType::string && syntax::is_token(member.value.text))
      finding.fix(0, member.value.text);
    return;
  }
}

void check_vary_star(const FieldView& field, Reporter& report) {
  const std::string_view star = field.find_member("*");
  if (!star.empty()) report.at(star);
}

void check_vary_user_agent(const FieldView& field, Reporter& report) {
  const std::string_view member = field.find_member("User-Agent");
  if (!member.empty()) report.at(member);
}

// The target URI, and with it the host, is part of the cache key already; a response to one user is not reused for another.
void check_vary_needless(const FieldView& field, Reporter& report) {
  for (const std::string_view name : {"Host", "Authorization"}) {
    const std::string_view member = field.find_member(name);
    if (!member.empty()) report.at(member).with("name", name).fix(0, line_without_member(field, member));
  }
}

void check_vary_response_field(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    const FieldId id = find_field(member);
    if (id == FieldId::unknown || !is_of_responses(id, field.message())) continue;
    report.at(member).with("name", field_info(id).name).fix(0, line_without_member(field, member));
    return;
  }
}

void check_vary_obsolete_field(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    const FieldId id = find_field(member);
    if (id == FieldId::unknown || field_info(id).direction == FieldDirection::response) continue;
    const FieldStatus status = field_info(id).status;
    if (status != FieldStatus::deprecated && status != FieldStatus::obsoleted && status != FieldStatus::historic &&
        id != FieldId::negotiate && id != FieldId::dnt)
      continue;
    report.at(member).with("name", field_info(id).name).fix(0, line_without_member(field, member));
    return;
  }
}

void check_vary_duplicate(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  for (std::size_t i = 1; i < members.size() && i < most_members; ++i) {
    const std::string_view name = members[i];
    for (std::size_t k = 0; k < i; ++k) {
      if (name.empty() || !ascii::equals_ignoring_case(name, members[k])) continue;
      report.at(members[i]).with("name", name).fix(0, line_without_member(field, members[i]));
      return;
    }
  }
}

void check_vary_complex(const FieldView& field, Reporter& report) {
  const std::size_t count = field.members().size();
  if (count > 4 && !field.lists("*")) report.at(field.first()).with("count", std::uint64_t{count});
}

void check_preference_applied_without_vary(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (field.in_trailer() || response.method() != "GET" || !is_reusable(response) || varies_by(response, "Prefer")) return;
  report.at(field.first()).fix(0, add_to_vary(response, "Prefer"));
}

}  // namespace statuslab::lint::checks
