// Content-Security-Policy and its report-only twin: CSP Level 3.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/content_security_policy.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/csp3.h"

namespace statuslab::lint::checks {
namespace {

using syntax::CspDirective;
using syntax::CspPolicy;
using syntax::CspSource;
using syntax::CspValue;

// Two letters, whatever their case, as a number below 512; some pairs share one.
std::size_t pair_at(std::string_view s, std::size_t at) { return (ascii::byte(s[at]) & 31u) << 4 ^ (ascii::byte(s[at + 1]) & 31u); }

struct Pairs {
  std::array<std::uint64_t, 8> bits{};
  [[nodiscard]] bool has(std::size_t pair) const { return (bits[pair / 64] >> (pair % 64) & 1) != 0; }
};

Pairs read_pairs(const FieldView& field) {
  Pairs pairs;
  for (std::size_t line = 0; line < field.size(); ++line) {
    const std::string_view value = field.value(line);
    for (std::size_t at = 0; at + 1 < value.size(); ++at) {
      const std::size_t pair = pair_at(value, at);
      pairs.bits[pair / 64] |= std::uint64_t{1} << (pair % 64);
    }
  }
  return pairs;
}

// The word stands somewhere in the field, whatever its case: most rules need not read the policy any closer. Mostly a pair
// of its letters is nowhere.
bool mentions(const FieldView& field, std::string_view word) {
  const Pairs& pairs = field.once<read_pairs>();
  for (std::size_t at = 0; at + 1 < word.size(); ++at)
    if (!pairs.has(pair_at(word, at))) return false;
  for (std::size_t line = 0; line < field.size(); ++line)
    if (ascii::find_ignoring_case(field.value(line), word) != std::string_view::npos) return true;
  return false;
}

// Calls `check` for the directives that count: the first of each name.
template <class Check>
void for_each_directive(const FieldView& field, Check check) {
  for (const CspPolicy& policy : field.policies())
    for (const CspDirective& directive : policy.directives)
      if (!directive.repeats) check(directive);
}

// Calls `check` for each member of a source list or an ancestor source list.
template <class Check>
void for_each_source(const FieldView& field, Check check) {
  for_each_directive(field, [&](const CspDirective& directive) {
    const syntax::CspDirectiveInfo* const info = directive.info;
    if (info == nullptr || (info->value != CspValue::sources && info->value != CspValue::ancestors)) return;
    for (const std::string_view source : directive.values) check(directive, source);
  });
}

bool lists(const CspDirective& directive, std::string_view expression) {
  return std::any_of(directive.values.begin(), directive.values.end(),
                     [expression](std::string_view value) { return ascii::equals_ignoring_case(value, expression); });
}

std::string_view find_kind(const CspDirective& directive, CspSource kind) {
  for (const std::string_view value : directive.values)
    if (syntax::classify_csp_source(value) == kind) return value;
  return {};
}

bool has_nonce_or_hash(const CspDirective& directive) {
  return !find_kind(directive, CspSource::nonce).empty() || !find_kind(directive, CspSource::hash).empty();
}

// What rules over scripts: script-src, or default-src in its place (section 6.8.4, fetch directive fallback list).
const CspDirective* script_directive(const CspPolicy& policy) {
  const CspDirective* const own = policy.find("script-src");
  return own != nullptr ? own : policy.find("default-src");
}

// The weakness `find_in` sees in what rules over scripts. Several policies are enforced together, so one without the
// weakness is enough: then nothing is told.
template <class FindIn>
std::string_view weakness_of_scripts(const FieldView& field, FindIn find_in) {
  // No script runs in what browsers show of JSON.
  if (field.message().content().kind() == ContentKind::json) return {};
  std::string_view weakness;
  for (const CspPolicy& policy : field.policies()) {
    const CspDirective* const directive = script_directive(policy);
    if (directive == nullptr) continue;
    const std::string_view found = find_in(*directive);
    if (found.empty()) return {};
    if (weakness.empty()) weakness = found;
  }
  return weakness;
}

std::string_view find_value(const CspDirective& directive, std::string_view expression) {
  for (const std::string_view value : directive.values)
    if (ascii::equals_ignoring_case(value, expression)) return value;
  return {};
}

// Any server at all.
std::string_view find_any_host(const CspDirective& directive) {
  for (const std::string_view open : {"*", "https:", "http:"})
    if (const std::string_view found = find_value(directive, open); !found.empty()) return found;
  return {};
}

// The directive with the semicolon before it, or with the one after it where it is the first.
Edit remove_directive(const MessageView& message, const CspDirective& directive) {
  const std::string_view text = message.text();
  Span span = message.span_of(directive.whole);
  std::uint32_t before = span.begin;
  while (before > 0 && ascii::is_space(text[before - 1])) --before;
  if (before > 0 && text[before - 1] == ';') return replace({before - 1, span.end}, "");
  std::uint32_t after = span.end;
  while (after < text.size() && (ascii::is_space(text[after]) || text[after] == ';')) ++after;
  return replace({span.begin, after}, "");
}

// The member with the white space before it.
Edit remove_source(const MessageView& message, std::string_view source) {
  Span span = message.span_of(source);
  while (span.begin > 0 && ascii::is_space(message.text()[span.begin - 1])) --span.begin;
  return replace(span, "");
}

bool is_quoted(std::string_view s) { return s.size() >= 2 && s.front() == '\'' && s.back() == '\''; }

bool is_nonce_or_hash_shaped(std::string_view source) {
  for (const std::string_view prefix : {"'nonce-", "'sha256-", "'sha384-", "'sha512-"})
    if (source.size() >= prefix.size() && ascii::equals_ignoring_case(source.substr(0, prefix.size()), prefix)) return true;
  return false;
}

// A directive's name among the sources of another: names with a hyphen only, since the others are words.
bool is_misplaced_directive(std::string_view source) {
  return source.find('-') != std::string_view::npos && syntax::find_csp_directive(source) != nullptr;
}

}  // namespace

// ---- Directives

void check_csp_without_directives(const FieldView& field, Reporter& report) {
  if (!field.policies().empty()) return;
  report.at(field.value().empty() ? field.first().name : field.value_span()).with("name", field.name());
}

void check_csp_directive_misspelt(const FieldView& field, Reporter& report) {
  for_each_directive(field, [&](const CspDirective& directive) {
    if (directive.info != nullptr) return;
    const std::string_view right = syntax::meant_csp_directive(directive.name);
    if (right.empty()) return;
    const Span name = field.message().span_of(directive.name);
    report.at(name).with("name", directive.name).with("right", right).fix(0, right);
  });
}

void check_csp_directive_unknown(const FieldView& field, Reporter& report) {
  for_each_directive(field, [&](const CspDirective& directive) {
    if (directive.begins_policy || directive.info != nullptr) return;
    if (!syntax::meant_csp_directive(directive.name).empty()) return;
    report.at(directive.name).with("name", directive.name);
  });
}

void check_csp_comma(const FieldView& field, Reporter& report) {
  if (!mentions(field, ",")) return;
  for_each_directive(field, [&](const CspDirective& directive) {
    if (!directive.begins_policy || directive.info != nullptr) return;
    if (!syntax::meant_csp_directive(directive.name).empty()) return;
    const MessageView& message = field.message();
    const std::uint32_t name = message.span_of(directive.name).begin;
    std::uint32_t comma = name - 1;
    while (message.text()[comma] != ',') --comma;
    std::uint32_t begin = comma;
    while (ascii::is_space(message.text()[begin - 1])) --begin;
    report.at({comma, comma + 1}).with("name", directive.name).fix(0, {begin, name}, " ");
  });
}

void check_csp_semicolon_missing(const FieldView& field, Reporter& report) {
  for_each_directive(field, [&](const CspDirective& directive) {
    std::string_view before = directive.name;
    for (const std::string_view value : directive.values) {
      const MessageView& message = field.message();
      const Span place = message.span_of(value);
      if (is_misplaced_directive(value)) {
        const std::string_view separator = before.ends_with(';') ? " " : "; ";
        report.at(place)
            .with("name", value)
            .with("directive", directive.name)
            .fix(0, {message.span_of(before).end, place.begin}, separator);
      }
      before = value;
    }
  });
}

void check_csp_directive_repeated(const FieldView& field, Reporter& report) {
  for (const CspPolicy& policy : field.policies())
    for (const CspDirective& directive : policy.directives) {
      if (!directive.repeats) continue;
      const MessageView& message = field.message();
      report.at(directive.whole)
          .with("name", directive.name)
          .fix(0, remove_directive(message, directive));
    }
}

void check_csp_directive_retired(const FieldView& field, Reporter& report) {
  for_each_directive(field, [&](const CspDirective& directive) {
    const syntax::CspDirectiveInfo* const info = directive.info;
    if (info == nullptr || !info->retired) return;
    const MessageView& message = field.message();
    report.at(directive.name).with("name", info->name).fix(0, remove_directive(message, directive));
  });
}

void check_csp_value_without_meaning(const FieldView& field, Reporter& report) {
  if (!mentions(field, "upgrade-insecure-requests") && !mentions(field, "block-all-mixed-content")) return;
  for_each_directive(field, [&](const CspDirective& directive) {
    const syntax::CspDirectiveInfo* const info = directive.info;
    if (info == nullptr || info->value != CspValue::none || directive.values.empty()) return;
    if (std::any_of(directive.values.begin(), directive.values.end(), is_misplaced_directive)) return;
    const MessageView& message = field.message();
    const Span whole = message.span_of(directive.whole);
    const Span values{message.span_of(directive.values.front()).begin, whole.end};
    report.at(values)
        .with("name", info->name)
        .with("value", message.text(values))
        .fix(0, whole, message.text(message.span_of(directive.name)));
  });
}

void check_csp_sandbox_flag_unknown(const FieldView& field, Reporter& report) {
  if (!mentions(field, "sandbox")) return;
  for_each_directive(field, [&](const CspDirective& directive) {
    if (!ascii::equals_ignoring_case(directive.name, "sandbox")) return;
    for (const std::string_view flag : directive.values) {
      if (syntax::is_sandbox_flag(flag) || is_misplaced_directive(flag)) continue;
      Report& finding = report.at(flag).with("flag", flag);
      const std::string_view right = syntax::meant_sandbox_flag(flag);
      if (!right.empty()) finding.with("right", right).fix(0, right);
    }
  });
}

void check_csp_trusted_types_value(const FieldView& field, Reporter& report) {
  if (!mentions(field, "trusted-types")) return;
  for_each_directive(field, [&](const CspDirective& directive) {
    const syntax::CspDirectiveInfo* const info = directive.info;
    if (info == nullptr || (info->value != CspValue::sinks && info->value != CspValue::trusted_types)) return;
    for (const std::string_view value : directive.values) {
      const bool sinks = info->value == CspValue::sinks;
      const bool known = sinks ? ascii::equals_ignoring_case(value, "'script'")
                               : !value.starts_with('\'') || ascii::equals_ignoring_case(value, "'none'") ||
                                     ascii::equals_ignoring_case(value, "'allow-duplicates'");
      if (known || is_misplaced_directive(value)) continue;
      Report& finding = report.at(value).with("value", value).with("name", info->name);
      if (sinks && directive.values.size() == 1) finding.fix(0, "'script'");
    }
  });
}

// ---- Source lists

void check_csp_keyword_unquoted(const FieldView& field, Reporter& report) {
  for_each_source(field, [&](const CspDirective& directive, std::string_view source) {
    const std::string_view keyword = syntax::unquoted_csp_keyword(source);
    if (keyword.empty()) return;
    const std::string right = "'" + std::string(keyword) + "'";
    report.at(source)
        .with("value", source)
        .with("directive", directive.name)
        .with("right", right)
        .fix(0, right);
  });
}

void check_csp_keyword_misspelt(const FieldView& field, Reporter& report) {
  for_each_source(field, [&](const CspDirective&, std::string_view source) {
    if (!is_quoted(source) || syntax::classify_csp_source(source) != CspSource::malformed) return;
    const std::string_view keyword = syntax::meant_csp_keyword(source);
    if (keyword.empty()) return;
    const std::string right = "'" + std::string(keyword) + "'";
    report.at(source).with("value", source).with("right", right).fix(0, right);
  });
}

void check_csp_nonce_or_hash_malformed(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'nonce-") && !mentions(field, "'sha")) return;
  for_each_source(field, [&](const CspDirective&, std::string_view source) {
    if (!is_nonce_or_hash_shaped(source) || syntax::classify_csp_source(source) != CspSource::malformed) return;
    if (!is_quoted(source) && !syntax::unquoted_csp_keyword(source).empty()) return;
    report.at(source).with("value", source);
  });
}

void check_csp_source_malformed(const FieldView& field, Reporter& report) {
  for_each_source(field, [&](const CspDirective& directive, std::string_view source) {
    if (syntax::classify_csp_source(source) != CspSource::malformed || is_nonce_or_hash_shaped(source)) return;
    if (!syntax::meant_csp_keyword(source).empty() || !syntax::unquoted_csp_keyword(source).empty()) return;
    const std::size_t query = source.find_first_of("?#");
    Report& finding = report.at(source).with("value", source).with("directive", directive.name);
    if (query != std::string_view::npos && syntax::classify_csp_source(source.substr(0, query)) == CspSource::host)
      finding.fix(0, source.substr(0, query));
  });
}

void check_csp_none_with_others(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'none'")) return;
  for_each_source(field, [&](const CspDirective& directive, std::string_view source) {
    if (!ascii::equals_ignoring_case(source, "'none'") || directive.values.size() < 2) return;
    if (directive.values.size() == 2 && lists(directive, "'report-sample'")) return;
    if (std::any_of(directive.values.begin(), directive.values.end(), is_misplaced_directive)) return;
    const MessageView& message = field.message();
    report.at(source).with("directive", directive.name).fix(0, remove_source(message, source));
  });
}

void check_csp_http_source(const FieldView& field, Reporter& report) {
  if (!mentions(field, "http:")) return;
  for_each_source(field, [&](const CspDirective& directive, std::string_view source) {
    const bool scheme = ascii::equals_ignoring_case(source, "http:");
    const bool host = source.size() > 7 && ascii::equals_ignoring_case(source.substr(0, 7), "http://");
    if (!scheme && !host) return;
    const std::string_view rest = host ? source.substr(7) : std::string_view{};
    if (rest.starts_with("localhost") || rest.starts_with("127.0.0.1")) return;
    const Span place = field.message().span_of(source);
    report.at(place)
        .with("value", source)
        .with("directive", directive.name)
        .fix(0, {place.begin + 4, place.begin + 4}, "s");
  });
}

// ---- What the policy does about scripts

void check_csp_scripts_uncontrolled(const FieldView& field, Reporter& report) {
  const CspDirective* fetch = nullptr;
  const std::vector<CspPolicy>& policies = field.policies();
  for (const CspPolicy& policy : policies)
    for (const CspDirective& directive : policy.directives) {
      const std::string_view right = syntax::meant_csp_directive(directive.name);
      if (right == "default-src" || right.starts_with("script-src")) return;
      if (std::any_of(directive.values.begin(), directive.values.end(), is_misplaced_directive)) return;
      if (fetch == nullptr && ascii::ends_with_ignoring_case(directive.name, "-src") &&
          directive.info != nullptr)
        fetch = &directive;
    }
  if (fetch == nullptr) return;
  report.at(fetch->name).with("directive", fetch->name);
}

void check_csp_unsafe_inline(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'unsafe-inline'")) return;
  const std::string_view found = weakness_of_scripts(field, [](const CspDirective& directive) {
    const bool inert = has_nonce_or_hash(directive) || lists(directive, "'strict-dynamic'");
    return inert ? std::string_view{} : find_value(directive, "'unsafe-inline'");
  });
  if (!found.empty()) report.at(found);
}

void check_csp_unsafe_eval(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'unsafe-eval'")) return;
  const std::string_view found = weakness_of_scripts(
      field, [](const CspDirective& directive) { return find_value(directive, "'unsafe-eval'"); });
  if (!found.empty()) report.at(found);
}

void check_csp_data_in_scripts(const FieldView& field, Reporter& report) {
  if (!mentions(field, "data:")) return;
  const std::string_view found = weakness_of_scripts(field, [](const CspDirective& directive) {
    return lists(directive, "'strict-dynamic'") ? std::string_view{} : find_value(directive, "data:");
  });
  if (!found.empty()) report.at(found);
}

void check_csp_wide_open(const FieldView& field, Reporter& report) {
  const std::string_view found = weakness_of_scripts(field, [](const CspDirective& directive) {
    return lists(directive, "'strict-dynamic'") ? std::string_view{} : find_any_host(directive);
  });
  if (!found.empty()) {
    report.at(found).with("value", found);
    return;
  }
  for (const CspPolicy& policy : field.policies()) {
    const CspDirective* const objects = policy.find("object-src");
    const std::string_view open = objects == nullptr ? std::string_view{} : find_any_host(*objects);
    if (!open.empty()) report.at(open).with("value", open);
  }
}

void check_csp_styles_open(const FieldView& field, Reporter& report) {
  if (!mentions(field, "style-src")) return;
  for (const CspPolicy& policy : field.policies()) {
    const CspDirective* const styles = policy.find("style-src");
    if (styles == nullptr || has_nonce_or_hash(*styles)) continue;
    std::string_view open = find_value(*styles, "'unsafe-inline'");
    if (open.empty()) open = find_any_host(*styles);
    if (!open.empty()) report.at(open).with("value", open);
  }
}

void check_csp_strict_dynamic_alone(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'strict-dynamic'")) return;
  for (const CspPolicy& policy : field.policies()) {
    const CspDirective* const directive = script_directive(policy);
    if (directive == nullptr || has_nonce_or_hash(*directive)) continue;
    if (std::any_of(directive->values.begin(), directive->values.end(), is_nonce_or_hash_shaped)) continue;
    const std::string_view found = find_value(*directive, "'strict-dynamic'");
    if (!found.empty()) report.at(found).with("directive", directive->name);
  }
}

void check_csp_base_uri_missing(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'nonce-")) return;
  std::string_view nonce;
  for (const CspPolicy& policy : field.policies()) {
    if (policy.find("base-uri") != nullptr) return;
    const CspDirective* const directive = script_directive(policy);
    if (nonce.empty() && directive != nullptr) nonce = find_kind(*directive, CspSource::nonce);
  }
  if (nonce.empty()) return;
  const std::uint32_t end = field.value_span(field.size() - 1).end;
  const std::string_view separator = field.value(field.size() - 1).ends_with(';') ? " " : "; ";
  report.at(nonce).fix(0, {end, end}, std::string(separator) + "base-uri 'none'");
}

void check_csp_nonce_short(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'nonce-")) return;
  for_each_source(field, [&](const CspDirective&, std::string_view source) {
    if (syntax::classify_csp_source(source) != CspSource::nonce) return;
    std::string_view value = source.substr(7, source.size() - 8);
    while (value.ends_with('=')) value.remove_suffix(1);
    if (value.size() * 6 >= 128) return;
    report.at(source).with("value", value).with("bits", value.size() * 6);
  });
}

void check_csp_nonce_cacheable(const FieldView& field, Reporter& report) {
  if (!mentions(field, "'nonce-")) return;
  const MessageView& message = field.message();
  const FieldView cache_control = message.field(FieldId::cache_control);
  if (cache_control.empty()) return;
  for (const std::string_view forbids : {"no-store", "no-cache", "private"})
    if (cache_control.lists(forbids)) return;
  std::string_view shared = cache_control.find_member("public");
  for (const std::string_view text : cache_control.members()) {
    if (text.size() > 9 && ascii::equals_ignoring_case(text.substr(0, 9), "s-maxage=") && text.substr(9) != "0") shared = text;
  }
  if (shared.empty()) return;
  std::string_view nonce;
  for_each_source(field, [&](const CspDirective&, std::string_view source) {
    if (syntax::classify_csp_source(source) == CspSource::nonce) nonce = source;
  });
  if (!nonce.empty())
    report.at(nonce)
        .with("directive", shared)
        .fix(0, set_field(message, FieldId::cache_control, "private, no-cache"));
}

// ---- Reports

void check_csp_report_uri(const FieldView& field, Reporter& report) {
  if (!mentions(field, "report-uri")) return;
  for (const CspPolicy& policy : field.policies()) {
    const CspDirective* const directive = policy.find("report-uri");
    if (directive != nullptr && policy.find("report-to") == nullptr)
      report.at(directive->name);
  }
}

void check_csp_report_only_without_reports(const FieldView& field, Reporter& report) {
  for (const CspPolicy& policy : field.policies()) {
    const auto reports = [](const CspDirective& directive) {
      return syntax::meant_csp_directive(directive.name).starts_with("report-") ||
             std::any_of(directive.values.begin(), directive.values.end(), is_misplaced_directive);
    };
    if (std::any_of(policy.directives.begin(), policy.directives.end(), reports)) continue;
    report.at(field.first().name);
    return;
  }
}

void check_csp_report_only_without_effect(const FieldView& field, Reporter& report) {
  if (!mentions(field, "sandbox") && !mentions(field, "upgrade-insecure-requests")) return;
  for_each_directive(field, [&](const CspDirective& directive) {
    for (const std::string_view name : {"sandbox", "upgrade-insecure-requests"}) {
      if (!ascii::equals_ignoring_case(directive.name, name)) continue;
      const MessageView& message = field.message();
      report.at(directive.name).with("name", name).fix(0, remove_directive(message, directive));
    }
  });
}

void check_csp_repeated(const FieldView& field, Reporter& report) {
  if (field.size() < 2) return;
  report.at(field.line(1)).with("name", field.name()).with("count", field.size());
}

void check_csp_in_force(const FieldView& field, Reporter& report) {
  std::string names;
  std::size_t count = 0;
  for_each_directive(field, [&](const CspDirective& directive) {
    const syntax::CspDirectiveInfo* const info = directive.info;
    if (info == nullptr || info->retired) return;
    ++count;
    names.append(names.empty() ? "" : ", ").append(info->name);
  });
  if (count != 0) report.at(field.first()).with("count", count).with("names", names);
}

// ---- Between messages, and in the content

void check_csp_nonce_repeated(const ExchangeView& exchange, Reporter& report) {
  const MessageView& response = exchange.response;
  const FieldView field = response.field(FieldId::content_security_policy);
  if (field.empty() || response->status == 304) return;
  for_each_source(field, [&](const CspDirective& directive, std::string_view source) {
    if (syntax::classify_csp_source(source) != CspSource::nonce || directive.name.starts_with("style")) return;
    const ExchangeView* const earlier = exchange.find_previous([&](const ExchangeView& other) {
      const FieldView before = other.response.field(FieldId::content_security_policy);
      for (std::size_t i = 0; i < before.size(); ++i)
        if (before.value(i).find(source) != std::string_view::npos) return true;
      return false;
    });
    if (earlier != nullptr) report.at(source).with("value", source);
  });
}

void check_csp_meta_without_effect(const ContentView& page, Reporter& report) {
  constexpr std::size_t looked_through = 65'536;  // policies stand at the beginning of the head
  std::string_view text = page.text().substr(0, looked_through);
  for (std::size_t at; (at = ascii::find_ignoring_case(text, "<meta")) != std::string_view::npos;) {
    text.remove_prefix(at);
    const std::string_view element = text.substr(0, text.find('>'));
    text.remove_prefix(element.size());
    if (ascii::find_ignoring_case(element, "content-security-policy") == std::string_view::npos) continue;
    for (const std::string_view name : {"frame-ancestors", "report-uri", "sandbox"})
      if (const std::size_t place = ascii::find_ignoring_case(element, name); place != std::string_view::npos)
        report.at(page.span(element.substr(place, name.size()))).with("name", name);
  }
}

}  // namespace statuslab::lint::checks
