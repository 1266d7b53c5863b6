// Fields by which a response tells browsers what may be done with it: X-Content-Type-Options, X-Frame-Options,
// Referrer-Policy, Permissions-Policy, the cross-origin policies, Clear-Site-Data.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/browser_policy.h"
#include "lint/reporter.h"
#include "syntax/csp3.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9651.h"

namespace statuslab::lint::checks {
namespace {

using structured::ItemType;

bool is_html(const MessageView& message) {
  const FieldView type = message.field(FieldId::content_type);
  if (type.empty()) return false;
  const auto media = syntax::parse_media_type(type.value());
  return media && ascii::equals_ignoring_case(media->type, "text") && ascii::equals_ignoring_case(media->subtype, "html");
}

// One of the bytes stands in the field: most rules need not read the dictionary any closer.
bool has_any_of(const FieldView& field, std::string_view bytes) {
  for (std::size_t i = 0; i < field.size(); ++i)
    for (const char byte : bytes)
      if (field.value(i).find(byte) != std::string_view::npos) return true;
  return false;
}

std::vector<std::string_view> words_of(const FieldView& field) {
  std::vector<std::string_view> words;
  for (const std::string_view member : field.members())
    if (!member.empty()) words.push_back(member);
  return words;
}

Span place_of(const FieldView& field) {
  return field.value().empty() ? field.first().name : field.value_span();
}

// ---- Tables

constexpr std::array<std::string_view, 2> frame_options{"DENY", "SAMEORIGIN"};

// Referrer Policy section 3, without the empty string.
constexpr std::array<std::string_view, 8> referrer_policies{
    "no-referrer", "no-referrer-when-downgrade", "origin", "origin-when-cross-origin",
    "same-origin", "strict-origin", "strict-origin-when-cross-origin", "unsafe-url"};

constexpr std::array<std::string_view, 3> resource_policies{"same-origin", "same-site", "cross-origin"};
constexpr std::array<std::string_view, 3> embedder_policies{"unsafe-none", "require-corp", "credentialless"};
constexpr std::array<std::string_view, 5> opener_policies{"unsafe-none", "same-origin", "same-origin-allow-popups",
                                                          "noopener-allow-popups", "same-origin-plus-coep"};

constexpr std::array<std::string_view, 8> site_data{"cache",       "cookies",       "storage",        "executionContexts",
                                                    "clientHints", "prefetchCache", "prerenderCache", "*"};

// Features of the registry (features.md of the Permissions Policy repository) and of the browsers.
constexpr auto features = std::to_array<std::string_view>({
    "accelerometer", "all-screens-capture", "ambient-light-sensor", "aria-notify", "attribution-reporting", "autofill",
    "autoplay", "battery", "bluetooth", "browsing-topics", "camera", "captured-surface-control", "clipboard-read",
    "clipboard-write", "compute-pressure", "controlled-frame", "cross-origin-isolated", "deferred-fetch",
    "deferred-fetch-minimal", "digital-credentials-create", "digital-credentials-get", "direct-sockets",
    "direct-sockets-private", "display-capture", "encrypted-media", "execution-while-not-rendered",
    "execution-while-out-of-viewport", "focus-without-user-activation", "fullscreen", "gamepad", "geolocation",
    "gyroscope", "hid", "identity-credentials-get", "idle-detection", "join-ad-interest-group", "keyboard-lock",
    "keyboard-map", "language-detector", "language-model", "local-fonts", "local-network", "local-network-access",
    "loopback-network", "magnetometer", "manual-text", "mediasession", "microphone", "midi", "monetization",
    "navigation-override", "on-device-speech-recognition", "otp-credentials", "payment", "picture-in-picture", "popins",
    "private-aggregation", "private-state-token-issuance", "private-state-token-redemption",
    "publickey-credentials-create", "publickey-credentials-get", "record-ad-auction-events", "rewriter",
    "run-ad-auction", "screen-wake-lock", "serial", "shared-storage", "shared-storage-select-url", "smart-card",
    "speaker-selection", "storage-access", "sub-apps", "summarizer", "sync-script", "sync-xhr", "top-level-storage-access",
    "translator", "unload", "usb", "usb-unrestricted", "vertical-scroll", "web-app-installation", "web-share",
    "window-management", "writer", "xr-spatial-tracking"});

constexpr auto sensitive_features = std::to_array<std::string_view>(
    {"accelerometer", "bluetooth", "camera", "display-capture", "geolocation", "gyroscope", "hid", "magnetometer",
     "microphone", "midi", "payment", "serial", "screen-wake-lock", "usb"});

bool is_feature(std::string_view name) { return name.starts_with("ch-") || is_one_of(name, features); }

std::span<const std::string_view> policies_for(FieldId field) {
  if (field == FieldId::cross_origin_resource_policy) return resource_policies;
  const bool embedder =
      field == FieldId::cross_origin_embedder_policy || field == FieldId::cross_origin_embedder_policy_report_only;
  return embedder ? std::span<const std::string_view>(embedder_policies) : opener_policies;
}

// The token before the parameters.
std::string_view policy_of(const FieldView& field) {
  const std::string_view value = field.value(field.size() - 1);
  return ascii::trim(value.substr(0, std::min(value.find(';'), value.size())));
}

bool is_allow_from(std::string_view value) {
  return value.size() >= 10 && ascii::equals_ignoring_case(value.substr(0, 10), "ALLOW-FROM");
}

bool is_loopback(std::string_view host) {
  return ascii::equals_ignoring_case(host, "localhost") || host.ends_with(".localhost") || host.starts_with("127.") ||
         host == "[::1]";
}

}  // namespace

// ---- X-Content-Type-Options

void check_x_content_type_options_value(const FieldView& field, Reporter& report) {
  // Fetch Standard, determine nosniff: "If values[0] is an ASCII case-insensitive match for "nosniff", then return true."
  const std::vector<std::string_view>& members = field.members();
  const std::string_view value = members.empty() ? field.value() : members.front();
  if (ascii::equals_ignoring_case(value, "nosniff")) return;
  report.at(value.empty() ? field.first().name : field.message().span_of(value))
      .with("value", value)
      .fix(0, set_field(field.message(), field.id(), "nosniff"));
}

// ---- X-Frame-Options

void check_x_frame_options_value(const FieldView& field, Reporter& report) {
  for (const std::string_view value : field.members()) {
    if (is_one_of(value, frame_options) || is_allow_from(value)) continue;
    Report& finding = report.at(value.empty() ? field.first().name : field.message().span_of(value)).with("value", value);
    std::string letters;
    for (const char c : value)
      if (ascii::is_alpha(c)) letters += c;
    const std::string_view right = is_one_of(letters, frame_options)
                                       ? (ascii::lower(letters[0]) == 'd' ? frame_options[0] : frame_options[1])
                                       : meant(letters, frame_options);
    if (!right.empty()) finding.with("right", right).fix(0, value, right);
  }
}

void check_x_frame_options_allow_from(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  for (const std::string_view value : field.members()) {
    if (!is_allow_from(value)) continue;
    std::string_view origin = ascii::trim(value.substr(10));
    if (origin.starts_with('=') || origin.starts_with(':')) origin = ascii::trim(origin.substr(1));
    while (origin.ends_with('/')) origin.remove_suffix(1);
    Report& finding = report.at(value).with("origin", origin);
    if (field.size() == 1 && field.members().size() == 1 && !message.has(FieldId::content_security_policy) &&
        syntax::classify_csp_source(origin) == syntax::CspSource::host)
      finding.fix(0, field.first().visible(), "Content-Security-Policy: frame-ancestors " + std::string(origin));
  }
}

void check_x_frame_options_conflict(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  for (std::size_t i = 1; i < members.size(); ++i) {
    const std::string_view first = members[0];
    const std::string_view other = members[i];
    if (ascii::equals_ignoring_case(first, other)) continue;
    if (!is_one_of(first, frame_options) && !is_one_of(other, frame_options)) continue;
    report.at(members[i]).with("first", first).with("other", other);
    return;
  }
}

void check_x_frame_options_overridden(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view> words = words_of(field);
  if (words.empty() || !is_one_of(words.front(), frame_options)) return;
  const std::string_view wanted = ascii::equals_ignoring_case(words.front(), "DENY") ? "'none'" : "'self'";
  const FieldView csp = field.message().field(FieldId::content_security_policy);
  for (const syntax::CspPolicy& policy : csp.policies()) {
    const syntax::CspDirective* const ancestors = policy.find("frame-ancestors");
    if (ancestors == nullptr) continue;
    if (ancestors->values.size() == 1 && ascii::equals_ignoring_case(ancestors->values[0], wanted)) continue;
    report.at(field).with("value", words.front()).with("ancestors", ancestors->whole);
    return;
  }
}

// ---- Cross-origin policies

void check_cross_origin_policy_value(const FieldView& field, Reporter& report) {
  const std::string_view value = policy_of(field);
  const auto known = policies_for(field.id());
  if (is_exactly_one_of(value, known)) return;
  const MessageView& message = field.message();
  const Span place = value.empty() ? field.last().name : message.span_of(value);
  Report& finding = report.at(place).with("name", field.name()).with("value", value);
  std::string_view word = value;
  for (const char quote : {'"', '\''}) {
    if (word.starts_with(quote)) word.remove_prefix(1);
    if (word.ends_with(quote)) word.remove_suffix(1);
  }
  std::string_view right = meant(word, known);
  for (const std::string_view policy : known)
    if (ascii::equals_ignoring_case(policy, word)) right = policy;
  if (!right.empty()) finding.with("right", right).fix(0, right);
}

void check_cross_origin_policy_unsafe_none(const FieldView& field, Reporter& report) {
  if (policy_of(field) != "unsafe-none") return;
  report.at(policy_of(field)).with("name", field.name());
}

void check_cross_origin_policy_both_modes(const FieldView& field, Reporter& report) {
  const FieldId other = field.id() == FieldId::cross_origin_opener_policy_report_only
                            ? FieldId::cross_origin_opener_policy
                            : FieldId::cross_origin_embedder_policy;
  const FieldView enforced = field.message().field(other);
  if (enforced.empty() || policy_of(enforced) != policy_of(field)) return;
  report.at(field.first().name).with("name", field.name()).with("value", policy_of(field)).remove(0, field);
}

void check_cross_origin_isolation_incomplete(const FieldView& field, Reporter& report) {
  const std::string_view embedder = policy_of(field);
  const MessageView& message = field.message();
  if ((embedder != "require-corp" && embedder != "credentialless") || !is_html(message)) return;
  const FieldView opener = message.field(FieldId::cross_origin_opener_policy);
  if (!opener.empty() && (policy_of(opener) == "same-origin" || !is_exactly_one_of(policy_of(opener), opener_policies))) return;
  report.at(embedder)
      .with("value", embedder)
      .fix(0, set_field(message, FieldId::cross_origin_opener_policy, "same-origin"));
}

void check_policy_over_http(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (message.scheme() != Scheme::http) return;
  const MessageView* const request = message.request();
  const FieldView host = request == nullptr ? FieldView(message, FieldId::host, {}, false) : request->field(FieldId::host);
  if (!host.empty() && is_loopback(syntax::host_of(host.value()))) return;
  report.at(field.first().name).with("name", field.name()).remove(0, field);
}

// ---- Clear-Site-Data

void check_clear_site_data_unquoted(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    std::string_view word = member;
    if (word.starts_with('"')) continue;
    if (word.starts_with('\'')) word.remove_prefix(1);
    if (word.ends_with('\'')) word.remove_suffix(1);
    if (!is_exactly_one_of(word, site_data)) continue;
    const std::string right = "\"" + std::string(word) + "\"";
    report.at(member).with("value", word).with("right", right).fix(0, right);
  }
}

void check_clear_site_data_unknown(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    std::string_view word = member;
    if (word.empty()) continue;
    for (const char quote : {'"', '\''}) {
      if (word.starts_with(quote)) word.remove_prefix(1);
      if (word.ends_with(quote)) word.remove_suffix(1);
    }
    if (is_exactly_one_of(word, site_data)) continue;
    std::string_view right = meant(word, site_data);
    for (const std::string_view data : site_data)
      if (ascii::equals_ignoring_case(data, word)) right = data;
    Report& finding = report.at(member).with("value", word);
    if (!right.empty()) finding.with("right", right).fix(0, "\"" + std::string(right) + "\"");
  }
}

void check_clear_site_data_empty(const FieldView& field, Reporter& report) {
  if (!words_of(field).empty()) return;
  report.at(field.first().name);
}

// ---- Permissions-Policy

void check_permissions_policy_old_syntax(const FieldView& field, Reporter& report) {
  if (field.size() != 1 || field.value().find('=') != std::string_view::npos) return;
  // Feature-Policy: features between semicolons, each with its origins after a space.
  std::string right;
  std::string_view rest = field.value();
  bool is_old = false;
  for (;;) {
    const std::size_t length = std::min(rest.find(';'), rest.size());
    std::string_view part = ascii::trim(rest.substr(0, length));
    const std::size_t name = std::min(part.find_first_of(" \t"), part.size());
    if (!part.empty()) {
      if (!syntax::is_structured_key(part.substr(0, name))) return;
      right += (right.empty() ? "" : ", ") + std::string(part.substr(0, name)) + "=";
      part = ascii::trim(part.substr(name));
      std::string list;
      while (!part.empty()) {
        const std::size_t size = std::min(part.find_first_of(" \t"), part.size());
        const std::string_view origin = part.substr(0, size);
        is_old = is_old || origin.find_first_of("'/*") != std::string_view::npos;
        if (origin.find('"') != std::string_view::npos || origin.find(',') != std::string_view::npos) return;
        if (origin == "*") list = "*";
        else if (origin == "'self'" || origin == "self") list += list.empty() ? "self" : " self";
        else if (origin != "'none'" && origin != "none" && origin != "'src'")
          list += (list.empty() ? "\"" : " \"") + std::string(origin) + "\"";
        part = ascii::trim(part.substr(size));
      }
      right += list == "*" ? list : "(" + list + ")";
    }
    if (length == rest.size()) break;
    rest.remove_prefix(length + 1);
  }
  if (is_old) report.at(field).fix(0, right);
}

void check_permissions_policy_value(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  for (const structured::Member& member : view.value().members) {
    if (member.is_inner_list || member.value.type == ItemType::string) continue;
    const bool token = member.value.type == ItemType::token;
    if (token && (member.value.text == "*" || member.value.text == "self")) continue;
    // A member without value ends where its key does.
    const Span place = member.span.empty() ? member.key_span : member.span;
    Report& finding = report.at(view.place(place)).with("feature", member.key);
    if (token && member.value.text == "none") finding.fix(0, view.place(place), "()");
  }
}

void check_permissions_policy_member_ignored(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  for (const structured::Member& member : view.value().members)
    for (const structured::Item& item : member.items) {
      if (item.value.type == ItemType::string) continue;
      const bool token = item.value.type == ItemType::token;
      if (token && (item.value.text == "*" || item.value.text == "self" || item.value.text == "none")) continue;
      const Span place = view.place(item.value.span);
      Report& finding = report.at(place).with("feature", member.key).with("value", field.message().text(place));
      if (!token) continue;
      const bool absolute = syntax::parse_uri_with_authority(item.value.text).has_value();
      const bool host = syntax::classify_csp_source(item.value.text) == syntax::CspSource::host;
      if (absolute || (host && item.value.text.find('.') != std::string::npos))
        finding.fix(0, (absolute ? "\"" : "\"https://") + item.value.text + "\"");
    }
}

void check_permissions_policy_keyword_quoted(const FieldView& field, Reporter& report) {
  if (!has_any_of(field, "\"")) return;
  const StructuredView& view = field.structured();
  const auto judge = [&](const structured::Member& member, const structured::BareItem& item) {
    if (item.type != ItemType::string) return;
    std::string_view word = item.text;
    if (word.size() > 2 && word.front() == '\'' && word.back() == '\'') word = word.substr(1, word.size() - 2);
    if (word != "self" && word != "*" && word != "none" && word != "src") return;
    const Span place = view.place(item.span);
    Report& finding = report.at(place).with("feature", member.key).with("value", field.message().text(place));
    if (word == "self" || (word == "*" && !member.is_inner_list)) finding.with("right", word).fix(0, word);
    if (word == "none" && member.items.size() <= 1) finding.with("right", "()").fix(0, view.place(member.span), "()");
  };
  for (const structured::Member& member : view.value().members) {
    if (!member.is_inner_list) judge(member, member.value);
    for (const structured::Item& item : member.items) judge(member, item.value);
  }
}

void check_permissions_policy_origin(const FieldView& field, Reporter& report) {
  if (!has_any_of(field, "\"")) return;
  const StructuredView& view = field.structured();
  const auto judge = [&](const structured::Member& member, const structured::BareItem& item) {
    if (item.type != ItemType::string || item.text.find_first_of("'*") == 0) return;
    if (item.text == "self" || item.text == "none" || item.text == "src") return;
    const auto uri = syntax::parse_uri_with_authority(item.text);
    const syntax::CspSource kind = syntax::classify_csp_source(item.text);
    if (kind != syntax::CspSource::malformed && (!uri || uri->rest.empty())) return;
    const Span place = view.place(item.span);
    Report& finding = report.at(place).with("feature", member.key).with("value", item.text);
    if (uri && !uri->authority.empty())
      finding.fix(0, "\"" + std::string(uri->scheme) + "://" + std::string(uri->authority) + "\"");
  };
  for (const structured::Member& member : view.value().members) {
    if (!member.is_inner_list) judge(member, member.value);
    for (const structured::Item& item : member.items) judge(member, item.value);
  }
}

void check_permissions_policy_wildcard(const FieldView& field, Reporter& report) {
  if (!has_any_of(field, "*")) return;
  const StructuredView& view = field.structured();
  const auto is_star = [](const structured::BareItem& item) { return item.type == ItemType::token && item.text == "*"; };
  for (const structured::Member& member : view.value().members) {
    if (!is_exactly_one_of(member.key, sensitive_features)) continue;
    const bool open = member.is_inner_list ? std::any_of(member.items.begin(), member.items.end(),
                                                         [&](const structured::Item& item) { return is_star(item.value); })
                                           : is_star(member.value);
    if (open) report.at(view.place(member.span)).with("feature", member.key).fix(0, "(self)");
  }
}

void check_permissions_policy_feature_misspelt(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  for (const structured::Member& member : view.value().members) {
    if (is_feature(member.key)) continue;
    const std::string_view right = meant(member.key, features);
    if (right.empty()) continue;
    const Span place = view.place(member.key_span);
    report.at(place).with("feature", member.key).with("right", right).fix(0, right);
  }
}

void check_permissions_policy_feature_unknown(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  for (const structured::Member& member : view.value().members)
    if (!is_feature(member.key) && meant(member.key, features).empty())
      report.at(view.place(member.key_span)).with("feature", member.key);
}

// ---- Referrer-Policy

void check_referrer_policy_without_effect(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view> words = words_of(field);
  if (std::any_of(words.begin(), words.end(), [](std::string_view w) { return is_one_of(w, referrer_policies); })) return;
  Report& finding = report.at(place_of(field)).with("value", field.value());
  if (words.size() != 1) return;
  const std::string_view right = meant(words.front(), referrer_policies);
  if (!right.empty()) finding.with("right", right).fix(0, words.front(), right);
}

void check_referrer_policy_token_unknown(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view> words = words_of(field);
  if (std::none_of(words.begin(), words.end(), [](std::string_view w) { return is_one_of(w, referrer_policies); })) return;
  for (const std::string_view word : words) {
    if (is_one_of(word, referrer_policies)) continue;
    Report& finding = report.at(word).with("value", word);
    const std::string_view right = meant(word, referrer_policies);
    if (!right.empty()) finding.with("right", right).fix(0, right);
  }
}

void check_referrer_policy_unsafe_url(const FieldView& field, Reporter& report) {
  std::string_view effective;
  for (const std::string_view word : words_of(field))
    if (is_one_of(word, referrer_policies)) effective = word;
  if (!ascii::equals_ignoring_case(effective, "unsafe-url")) return;
  report.at(effective).fix(0, "strict-origin-when-cross-origin");
}

// ---- Smaller ones

void check_timing_allow_origin_value(const FieldView& field, Reporter& report) {
  for (const std::string_view value : field.members()) {
    if (value == "*" || value == "null" || value.empty()) continue;
    const auto uri = syntax::parse_uri_with_authority(value);
    if (uri && uri->rest.empty() && syntax::is_uri_host(syntax::host_of(uri->authority))) continue;
    Report& finding = report.at(value).with("value", value);
    if (uri && !uri->authority.empty())
      finding.fix(0, std::string(uri->scheme) + "://" + std::string(uri->authority));
  }
}

void check_x_xss_protection(const FieldView& field, Reporter& report) {
  if (!field.value().starts_with('1')) return;
  report.at(field).with("value", field.value()).fix(0, "0");
}

void check_policy_field_retired(const FieldView& field, Reporter& report) {
  report.at(field.first().name).with("name", field.name()).remove(0, field);
}

void check_feature_policy(const FieldView& field, Reporter& report) { report.at(field.first().name); }

void check_vendor_policy_value(const FieldView& field, Reporter& report) {
  static constexpr auto prefetch = std::to_array<std::string_view>({"on", "off"});
  static constexpr auto domains = std::to_array<std::string_view>(
      {"none", "master-only", "by-content-type", "by-ftp-filename", "all", "none-this-response"});
  static constexpr auto download = std::to_array<std::string_view>({"noopen"});
  std::span<const std::string_view> known = domains;
  if (field.id() == FieldId::x_dns_prefetch_control) known = prefetch;
  if (field.id() == FieldId::x_download_options) known = download;
  const std::string_view value = field.value();
  if (is_one_of(value, known)) return;
  Report& finding = report.at(place_of(field)).with("name", field.name()).with("value", value);
  if (const std::string_view right = meant(value, known); !right.empty())
    finding.with("right", right).fix(0, field.value_span(), right);
}

void check_security_fields_missing(const MessageView& response, Reporter& report) {
  if (response.scheme() != Scheme::https || !response.complete() || !is_html(response) || response.method() == "OPTIONS") return;
  bool framing = response.has(FieldId::x_frame_options);
  const FieldView csp = response.field(FieldId::content_security_policy);
  for (const syntax::CspPolicy& policy : csp.policies())
    framing = framing || policy.find("frame-ancestors") != nullptr;
  std::string missing;
  const auto add = [&](bool there, std::string_view name) {
    if (!there) missing += (missing.empty() ? "" : ", ") + std::string(name);
  };
  add(response.has(FieldId::strict_transport_security), "Strict-Transport-Security");
  add(!csp.empty(), "Content-Security-Policy");
  add(response.has(FieldId::x_content_type_options), "X-Content-Type-Options");
  add(framing, "frame-ancestors");
  add(response.has(FieldId::referrer_policy), "Referrer-Policy");
  if (!missing.empty()) report.at(response).with("missing", missing);
}

void check_integrity_policy_value(const FieldView& field, Reporter& report) {
  struct Key {
    std::string_view key;
    std::array<std::string_view, 2> tokens;
  };
  static constexpr auto keys =
      std::to_array<Key>({{"blocked-destinations", {"script", "style"}}, {"sources", {"inline", "inline"}}});
  const StructuredView& view = field.structured();
  const auto tell = [&](Span span) {
    const Span place = view.place(span);
    report.at(place).with("name", field.name()).with("value", field.message().text(place));
  };
  for (const structured::Member& member : view.value().members) {
    if (member.key == "endpoints") continue;
    const auto key = std::find_if(keys.begin(), keys.end(), [&](const Key& k) { return k.key == member.key; });
    if (key == keys.end()) {
      tell(member.key_span);
      continue;
    }
    for (const structured::Item& item : member.items)
      if (item.value.type == ItemType::token && !is_exactly_one_of(item.value.text, key->tokens)) tell(item.value.span);
  }
}

// ---- What is in force

void check_nosniff_in_force(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  if (!members.empty() && ascii::equals_ignoring_case(members.front(), "nosniff"))
    report.at(field.first());
}

void check_framing_restricted(const MessageView& response, Reporter& report) {
  const FieldView csp = response.field(FieldId::content_security_policy);
  for (const syntax::CspPolicy& policy : csp.policies())
    if (const syntax::CspDirective* const ancestors = policy.find("frame-ancestors")) {
      report.at(ancestors->whole).with("value", ancestors->whole);
      return;
    }
  const FieldView options = response.field(FieldId::x_frame_options);
  if (options.empty() || !is_one_of(options.value(), frame_options)) return;
  report.at(options.first()).with("value", response.text(options.first().visible()));
}

void check_referrer_policy_in_force(const FieldView& field, Reporter& report) {
  std::string_view effective;
  for (const std::string_view word : words_of(field))
    if (is_one_of(word, referrer_policies)) effective = word;
  if (!effective.empty()) report.at(effective).with("value", effective);
}

void check_permissions_policy_in_force(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  std::string names;
  for (const structured::Member& member : view.value().members) names += (names.empty() ? "" : ", ") + member.key;
  if (!names.empty()) report.at(field.first()).with("count", view.value().members.size()).with("names", names);
}

void check_cross_origin_policy_in_force(const FieldView& field, Reporter& report) {
  const std::string_view value = policy_of(field);
  if (value == "unsafe-none" || !is_exactly_one_of(value, policies_for(field.id()))) return;
  report.at(value).with("name", field.name()).with("value", value);
}

void check_cross_origin_isolated(const FieldView& field, Reporter& report) {
  const std::string_view embedder = policy_of(field);
  const FieldView opener = field.message().field(FieldId::cross_origin_opener_policy);
  if (embedder != "require-corp" && embedder != "credentialless") return;
  if (field.message().scheme() == Scheme::http || opener.empty() || policy_of(opener) != "same-origin") return;
  report.at(embedder);
}

void check_clear_site_data_in_force(const FieldView& field, Reporter& report) {
  std::string types;
  for (const std::string_view word : words_of(field)) {
    if (word.size() < 3 || word.front() != '"' || word.back() != '"') continue;
    const std::string_view type = word.substr(1, word.size() - 2);
    if (is_exactly_one_of(type, site_data)) types.append(types.empty() ? "" : ", ").append(type);
  }
  if (!types.empty() && field.message().scheme() != Scheme::http)
    report.at(field.first()).with("types", types);
}

}  // namespace statuslab::lint::checks
