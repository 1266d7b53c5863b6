// What is said about the connection and the way a message took: Connection, Upgrade, Alt-Svc, Via, Forwarded.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/connection.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc7239.h"
#include "syntax/rfc7838.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// ---- Alt-Svc

template <class Check>
void for_each_alternative(const FieldView& field, Check check) {
  for (const std::string_view member : field.members())
    if (const auto value = syntax::parse_alt_value(member)) check(*value);
}

bool is_draft_protocol(std::string_view protocol) {
  if (protocol.starts_with("h3-") || protocol.starts_with("hq") || protocol.starts_with("spdy")) return true;
  return protocol == "quic" || protocol.starts_with("h2-");
}

// h3=:443 and h3=example.com:443; everything up to the first ";".
std::string with_quoted_authority(std::string_view member) {
  const std::size_t equals = member.find('=');
  if (equals == std::string_view::npos) return {};
  const std::size_t end = std::min(member.find(';', equals), member.size());
  std::string_view authority = ascii::trim(member.substr(equals + 1, end - equals - 1));
  while (!authority.empty() && (authority.front() == '\'' || authority.front() == '"')) authority.remove_prefix(1);
  while (!authority.empty() && (authority.back() == '\'' || authority.back() == '"')) authority.remove_suffix(1);
  std::string right(ascii::trim(member.substr(0, equals)));
  right.append("=\"").append(authority).append("\"").append(member.substr(end));
  const auto value = syntax::parse_alt_value(right);
  return value && syntax::is_alt_authority(value->authority) ? right : std::string{};
}

// ---- Via

// Up to the next comma outside a comment.
std::size_t via_member_length(std::string_view s) {
  int depth = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\' && depth > 0) ++i;
    else if (s[i] == '(') ++depth;
    else if (s[i] == ')' && depth > 0) --depth;
    else if (s[i] == ',' && depth == 0) return i;
  }
  return s.size();
}

template <class Check>
void for_each_via_member(const FieldView& via, Check check) {
  for (std::size_t i = 0; i < via.size(); ++i) {
    std::string_view rest = via.value(i);
    for (;;) {
      const std::size_t length = via_member_length(rest);
      if (const std::string_view member = ascii::trim(rest.substr(0, length)); !member.empty()) check(member);
      if (length == rest.size()) break;
      rest.remove_prefix(length + 1);
    }
  }
}

std::string_view next_word(std::string_view& text) {
  const auto length = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), ascii::is_space) - text.begin());
  const std::string_view word = text.substr(0, length);
  text = ascii::trim(text.substr(length));
  return word;
}

// received-protocol RWS received-by [ RWS comment ]
bool is_via_member(std::string_view member) {
  const std::string_view protocol = next_word(member);
  const std::size_t slash = std::min(protocol.find('/'), protocol.size());
  const bool named = slash < protocol.size();
  if (!syntax::is_token(protocol.substr(0, slash)) || (named && !syntax::is_token(protocol.substr(slash + 1)))) return false;
  const std::string_view host = next_word(member);
  // received-by = pseudonym [ ":" port ], pseudonym = token
  const std::size_t colon = std::min(host.find(':'), host.size());
  if (!syntax::is_token(host.substr(0, colon)) && !syntax::parse_host_port(host)) return false;
  return member.empty() || (member.front() == '(' && member.back() == ')');
}

}  // namespace

// ---- Connection and Upgrade

void check_connection_close_and_keep_alive(const FieldView& connection, Reporter& report) {
  const std::string_view keep_alive = connection.find_member("keep-alive");
  if (keep_alive.empty() || !connection.lists("close") || !connection.message()->is_http1()) return;
  report.at(keep_alive).fix(0, set_field(connection.message(), FieldId::connection, [&] {
    std::string rest;
    for (const std::string_view text : connection.members())
      if (!text.empty() && !ascii::equals_ignoring_case(text, "keep-alive"))
        rest += (rest.empty() ? "" : ", ") + std::string(text);
    return rest;
  }()));
}

void check_upgrade_to_h2(const FieldView& upgrade, Reporter& report) {
  if (!upgrade.message()->is_http1()) return;
  const std::string_view h2 = upgrade.find_member("h2");
  if (!h2.empty()) report.at(h2);
}

void check_upgrade_to_h2c(const FieldView& upgrade, Reporter& report) {
  if (!upgrade.message()->is_http1()) return;
  const std::string_view h2c = upgrade.find_member("h2c");
  if (!h2c.empty()) report.at(h2c);
}

void check_upgrade_not_taken(const ExchangeView& exchange, Reporter& report) {
  const FieldView offered = exchange.request.field(FieldId::upgrade);
  const FieldView advertised = exchange.response.field(FieldId::upgrade);
  if (exchange.response->status / 100 != 2 || offered.empty() || advertised.empty()) return;
  for (const std::string_view protocol : advertised.members()) {
    if (protocol.empty() || !offered.lists(protocol)) continue;
    report.at(protocol).with("protocol", protocol);
    return;
  }
}

// ---- Alt-Svc

void check_alt_svc_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view text : field.members()) {
    if (text.empty() || text == "clear" || syntax::parse_alt_value(text)) continue;
    Report& finding = report.at(text).with("value", text);
    if (ascii::equals_ignoring_case(text, "clear")) finding.fix(0, "clear");
    else if (const std::string right = with_quoted_authority(text); !right.empty()) finding.fix(0, right);
  }
}

void check_alt_svc_clear_with_others(const FieldView& field, Reporter& report) {
  const std::vector<std::string_view>& members = field.members();
  if (members.size() < 2) return;
  for (const std::string_view member : members)
    if (member == "clear") {
      report.at(member).fix(0, set_field(field.message(), field.id(), "clear"));
      return;
    }
}

void check_alt_svc_protocol(const FieldView& field, Reporter& report) {
  for_each_alternative(field, [&](const syntax::AltValue& value) {
    const auto right = syntax::canonical_protocol_id(value.protocol);
    if (right && *right == value.protocol) return;
    Report& finding = report.at(value.protocol).with("protocol", value.protocol);
    if (right) finding.with("right", *right).fix(0, *right);
  });
}

void check_alt_svc_authority(const FieldView& field, Reporter& report) {
  for_each_alternative(field, [&](const syntax::AltValue& value) {
    if (syntax::is_alt_authority(value.authority)) return;
    const Span inside = field.message().span_of(value.authority);
    Report& finding = report.at({inside.begin - 1, inside.end + 1}).with("authority", value.authority);
    const std::string with_colon = ":" + std::string(value.authority);
    if (syntax::is_alt_authority(with_colon)) finding.fix(0, inside, with_colon);
    const std::string with_port = std::string(value.authority) + ":443";
    if (syntax::is_alt_authority(with_port) && value.authority.find('.') != std::string_view::npos)
      finding.fix(1, inside, with_port);
  });
}

void check_alt_svc_draft_protocol(const FieldView& field, Reporter& report) {
  for_each_alternative(field, [&](const syntax::AltValue& value) {
    if (is_draft_protocol(value.protocol))
      report.at(value.protocol).with("protocol", value.protocol);
  });
}

void check_alt_svc_parameter(const FieldView& field, Reporter& report) {
  for_each_alternative(field, [&](const syntax::AltValue& value) {
    for (const syntax::Parameter& parameter : value.parameters) {
      const std::string text = syntax::unquoted(parameter.value);
      const bool ma = ascii::equals_ignoring_case(parameter.name, "ma");
      const bool persist = ascii::equals_ignoring_case(parameter.name, "persist");
      const bool fine = ma ? !text.empty() && std::all_of(text.begin(), text.end(), ascii::is_digit) : !persist || text == "1";
      if (!fine)
        report.at(parameter.value).with("name", parameter.name).with("value", parameter.value);
    }
  });
}

// ---- Via

void check_via_syntax(const FieldView& via, Reporter& report) {
  bool told = false;
  for_each_via_member(via, [&](std::string_view member) {
    if (told || is_via_member(member)) return;
    report.at(member).with("value", member);
    told = true;
  });
}

void check_via_missing(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response.has(FieldId::via) || exchange.response->status / 100 != 2) return;
  const std::string_view target = exchange.request.text(exchange.request->target);
  const auto uri = syntax::parse_uri_with_authority(target);
  const bool forwarded = uri && exchange.request.method() != "CONNECT";
  const bool transformed = exchange.response->status == 203;
  if (forwarded || transformed) report.at(exchange.response);
}

void check_via_path(const FieldView& via, Reporter& report) {
  std::size_t count = 0;
  std::string_view last;
  for_each_via_member(via, [&](std::string_view member) {
    ++count;
    last = member;
  });
  if (count == 0) return;
  next_word(last);
  report.at(via.first()).with("count", count).with("last", next_word(last));
}

// ---- Forwarded

void check_forwarded_syntax(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members())
    for (const syntax::ForwardedPair& pair : syntax::parse_forwarded_element(member).pairs) {
      if (pair.well_formed) continue;
      Report& finding = report.at(pair.whole).with("pair", pair.whole);
      const bool quotable = syntax::is_token(pair.name) && !pair.value.empty() &&
                            pair.value.find_first_of("\"\\") == std::string_view::npos;
      if (!quotable) continue;
      std::string value(pair.value);
      if (syntax::looks_like_bare_ipv6(value) && is_one_of(pair.name, {"for", "by"})) value = "[" + value + "]";
      finding.fix(0, std::string(pair.name) + "=\"" + value + "\"");
    }
}

void check_forwarded_space(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members()) {
    const syntax::ForwardedElement element = syntax::parse_forwarded_element(member);
    if (!element.has_space) continue;
    std::string right;
    for (const syntax::ForwardedPair& pair : element.pairs) {
      if (!pair.well_formed) return;
      if (!right.empty()) right += ';';
      right.append(pair.name).append("=").append(pair.value);
    }
    report.at(member).fix(0, right);
  }
}

void check_forwarded_node(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members())
    for (const syntax::ForwardedPair& pair : syntax::parse_forwarded_element(member).pairs) {
      if (!pair.well_formed || !is_one_of(pair.name, {"for", "by"})) continue;
      const std::string node = syntax::unquoted(pair.value);
      if (syntax::is_forwarded_node(node)) continue;
      Report& finding = report.at(pair.value).with("name", pair.name).with("value", node);
      if (syntax::looks_like_bare_ipv6(node)) finding.fix(0, "\"[" + node + "]\"");
    }
}

void check_forwarded_host_or_proto(const FieldView& field, Reporter& report) {
  for (const std::string_view member : field.members())
    for (const syntax::ForwardedPair& pair : syntax::parse_forwarded_element(member).pairs) {
      if (!pair.well_formed) continue;
      const std::string value = syntax::unquoted(pair.value);
      const bool wrong = ascii::equals_ignoring_case(pair.name, "host")    ? !syntax::parse_host_port(value)
                         : ascii::equals_ignoring_case(pair.name, "proto") ? !syntax::has_scheme(value + ":")
                                                                           : false;
      if (wrong) report.at(pair.value).with("name", pair.name).with("value", value);
    }
}

}  // namespace statuslab::lint::checks
