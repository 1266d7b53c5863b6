// Challenges and credentials: RFC 9110 section 11, Basic (RFC 7617), Digest (RFC 7616), Bearer (RFC 6750), DPoP (RFC 9449).
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/authentication.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc4648.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_auth.h"

namespace statuslab::lint::checks {
namespace {

using ascii::equals_ignoring_case;
using syntax::AuthParam;
using syntax::Challenge;

// One challenge of a WWW-Authenticate or Proxy-Authenticate line.
struct ChallengeView {
  const Challenge& challenge;
  const FieldView& field;
  std::size_t line;

  [[nodiscard]] Span at(std::string_view part) const { return message().span_of(part); }
  [[nodiscard]] const MessageView& message() const { return field.message(); }
  // Behind the last parameter, or behind the scheme.
  [[nodiscard]] Edit add(std::string_view param) const {
    const std::uint32_t end = at(challenge.whole).end;
    std::string text(challenge.params.empty() ? " " : ", ");
    return {{end, end}, text.append(param)};
  }
  // With the comma before or behind it.
  [[nodiscard]] Edit remove(const AuthParam& param) const {
    const std::string_view text = field.value(line);
    auto begin = static_cast<std::size_t>(param.whole.data() - text.data());
    std::size_t end = begin + param.whole.size();
    if (&param == &challenge.params.front()) {
      while (end < text.size() && (text[end] == ',' || ascii::is_space(text[end]))) ++end;
    } else {
      while (begin > 0 && (text[begin - 1] == ',' || ascii::is_space(text[begin - 1]))) --begin;
    }
    const std::uint32_t base = field.line(line).value.begin;
    return {{base + static_cast<std::uint32_t>(begin), base + static_cast<std::uint32_t>(end)}, {}};
  }
};

template <class Function>
void for_each_challenge(const FieldView& field, Function function) {
  for (std::size_t i = 0; i < field.size(); ++i)
    if (const auto challenges = syntax::parse_challenges(field.value(i)))
      for (const Challenge& challenge : *challenges) function(ChallengeView{challenge, field, i});
}

template <class Function>
void for_each_challenge(const FieldView& field, std::string_view scheme, Function function) {
  for_each_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.is(scheme)) function(view);
  });
}

// Bearer, and DPoP, which reports errors in the same way.
template <class Function>
void for_each_token_challenge(const FieldView& field, Function function) {
  for_each_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.is("Bearer") || view.challenge.is("DPoP")) function(view);
  });
}

// Traffic that does not leave the machine.
bool is_loopback(const MessageView& request) {
  const FieldView field = request.field(FieldId::host);
  std::string_view host = field.empty() ? std::string_view{} : syntax::host_of(field.value());
  if (const auto uri = syntax::parse_uri_with_authority(request.text(request->target))) host = syntax::host_of(uri->authority);
  return equals_ignoring_case(host, "localhost") || host.starts_with("127.") || host == "[::1]" ||
         (host.size() > 10 && equals_ignoring_case(host.substr(host.size() - 10), ".localhost"));
}

bool is_over_plain_http(const MessageView& message) {
  if (message.scheme() != Scheme::http) return false;
  const MessageView* request = message->is_request() ? &message : message.request();
  return request == nullptr || !is_loopback(*request);
}

// "access_token=..." among the parameters of a query or form; empty where there is none.
std::string_view access_token_in(std::string_view parameters) {
  constexpr std::string_view name = "access_token=";
  for (std::size_t begin = 0; begin < parameters.size();) {
    const std::size_t end = std::min(parameters.find('&', begin), parameters.size());
    const std::string_view parameter = parameters.substr(begin, end - begin);
    if (parameter.starts_with(name) && parameter.size() > name.size()) return parameter;
    begin = end + 1;
  }
  return {};
}

std::string_view access_token_in_query(const MessageView& request) {
  const std::string_view target = request.text(request->target);
  const std::size_t question = target.find('?');
  if (question == std::string_view::npos) return {};
  const std::string_view query = target.substr(question + 1);
  return access_token_in(query.substr(0, query.find('#')));
}

std::string_view access_token_in_form(const MessageView& request) {
  const FieldView type = request.field(FieldId::content_type);
  constexpr std::string_view form = "application/x-www-form-urlencoded";
  if (type.empty() || !equals_ignoring_case(type.value().substr(0, form.size()), form)) return {};
  return access_token_in(request.text(request->content).substr(0, 65536));
}

syntax::Credentials credentials_of(const MessageView& request) {
  const FieldView field = request.field(FieldId::authorization);
  return field.empty() ? syntax::Credentials{} : syntax::split_credentials(field.value());
}

bool has_token(const MessageView& request) {
  const syntax::Credentials credentials = credentials_of(request);
  return ((credentials.is("Bearer") || credentials.is("DPoP")) && !credentials.rest.empty()) ||
         !access_token_in_query(request).empty() || !access_token_in_form(request).empty();
}

bool has_credentials(const MessageView& request) {
  return request.has(FieldId::authorization) || has_token(request);
}

// What a Bearer challenge says at least, and that a token was refused, if one was.
std::string bearer_params(const MessageView& response) {
  const bool refused = response->status == 401 && response.request() != nullptr && has_token(*response.request());
  return refused ? "realm=\"api\", error=\"invalid_token\"" : "realm=\"api\"";
}

std::string quoted(std::string_view token) {
  std::string text("\"");
  return text.append(token).append("\"");
}

}  // namespace

// ---- Challenges

void check_unauthorized_without_challenge(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::www_authenticate)) return;
  Report& finding = report.at(response);
  // No challenge that is known to every client may be sent over plain http.
  if (!is_over_plain_http(response)) finding.fix(0, add_field(response, "WWW-Authenticate", "Bearer " + bearer_params(response)));
}

void check_proxy_authentication_without_challenge(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::proxy_authenticate)) return;
  report.at(response).fix(0, add_field(response, "Proxy-Authenticate", "Basic realm=\"proxy\""));
}

void check_challenge_syntax(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    const auto challenges = syntax::parse_challenges(field.value(i));
    if (challenges && !challenges->empty()) continue;
    const Span place = field.value(i).empty() ? field.line(i).name : field.value_span(i);
    report.at(place).with("field", field.name()).with("value", field.value(i));
  }
}

void check_challenge_realm_unquoted(const FieldView& field, Reporter& report) {
  for_each_challenge(field, [&](const ChallengeView& view) {
    const AuthParam* realm = view.challenge.find("realm");
    if (realm == nullptr || realm->value.starts_with('"')) return;
    const Span place = view.at(realm->value);
    report.at(place).with("value", realm->value).fix(0, quoted(realm->value));
  });
}

void check_challenge_parameter_repeated(const FieldView& field, Reporter& report) {
  for_each_challenge(field, [&](const ChallengeView& view) {
    const std::vector<AuthParam>& params = view.challenge.params;
    for (std::size_t i = 1; i < params.size() && i < 64; ++i) {
      const AuthParam* first = view.challenge.find(params[i].name);
      if (first == &params[i]) continue;
      Report& finding = report.at(params[i].whole);
      finding.with("name", params[i].name).with("scheme", view.challenge.scheme);
      if (syntax::unquote(first->value) == syntax::unquote(params[i].value)) finding.fix(0, view.remove(params[i]));
    }
  });
}

void check_auth_scheme_unregistered(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 14> registered{
      "Basic", "Bearer", "Concealed", "Digest", "DPoP", "GNAP", "HOBA", "Mutual", "Negotiate",
      "OAuth", "PrivateToken", "SCRAM-SHA-1", "SCRAM-SHA-256", "vapid"};
  for_each_challenge(field, [&](const ChallengeView& view) {
    if (!is_one_of(view.challenge.scheme, registered))
      report.at(view.challenge.scheme).with("scheme", view.challenge.scheme);
  });
}

void check_challenge_order(const FieldView& field, Reporter& report) {
  // What the first challenge known to a client gives it: a password, a digest of it, or nothing of the password.
  const auto strength = [](const Challenge& challenge) {
    if (challenge.is("Basic")) return 1;
    if (!challenge.is("Digest")) return 0;
    const std::string algorithm = challenge.value_of("algorithm");
    return algorithm.empty() || equals_ignoring_case(std::string_view(algorithm).substr(0, 3), "MD5") ? 2 : 3;
  };
  int weakest = 0;
  std::string before;
  for_each_challenge(field, [&](const ChallengeView& view) {
    const int here = strength(view.challenge);
    if (here == 0) return;
    if (weakest != 0 && here > weakest) report.at(view.challenge.scheme).with("before", before);
    weakest = here;
    before = view.challenge.scheme;
    if (here > 1) before += here == 2 ? " MD5" : " SHA-256";
  });
}

void check_negotiate_over_http2(const FieldView& field, Reporter& report) {
  if (field.message()->is_http1()) return;
  for_each_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.is("Negotiate") || view.challenge.is("NTLM"))
      report.at(view.challenge.scheme).with("scheme", view.challenge.scheme);
  });
}

void check_proxy_authentication_to_origin_form(const ExchangeView& exchange, Reporter& report) {
  if (exchange.response->status != 407 || !exchange.request->is_http1()) return;
  const std::string_view target = exchange.request.text(exchange.request->target);
  if (!target.starts_with('/') || exchange.request.has(FieldId::proxy_authorization)) return;
  report.at(exchange.response).with("target", target);
}

void check_authentication_info_without_scheme(const FieldView& field, Reporter& report) {
  const MessageView* request = field.message().request();
  if (request == nullptr) return;
  const bool proxy = field.id() == FieldId::proxy_authentication_info;
  const FieldView sent = request->field(proxy ? FieldId::proxy_authorization : FieldId::authorization);
  const syntax::Credentials credentials = sent.empty() ? syntax::Credentials{} : syntax::split_credentials(sent.value());
  if (!sent.empty() && !credentials.is("Basic") && !credentials.is("Bearer") && !credentials.is("DPoP")) return;
  report.at(field.first().name).with("field", field.name()).with("scheme", sent.empty() ? "-" : credentials.scheme);
}

// ---- Basic

void check_basic_without_realm(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Basic", [&](const ChallengeView& view) {
    if (view.challenge.token68.empty() && view.challenge.find("realm") == nullptr) report.at(view.challenge.scheme);
  });
}

void check_basic_parameter_unknown(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Basic", [&](const ChallengeView& view) {
    for (const AuthParam& param : view.challenge.params)
      if (!equals_ignoring_case(param.name, "realm") && !equals_ignoring_case(param.name, "charset"))
        report.at(param.whole).with("name", param.name).fix(0, view.remove(param));
  });
}

void check_basic_charset(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Basic", [&](const ChallengeView& view) {
    const AuthParam* charset = view.challenge.find("charset");
    if (charset == nullptr || equals_ignoring_case(syntax::unquote(charset->value), "UTF-8")) return;
    const Span place = view.at(charset->value);
    report.at(place).with("value", charset->value).fix(0, "\"UTF-8\"");
  });
}

void check_basic_challenge_form(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Basic", [&](const ChallengeView& view) {
    if (!view.challenge.token68.empty()) report.at(view.challenge.token68).with("value", view.challenge.token68);
  });
}

void check_basic_over_http(const MessageView& message, Reporter& report) {
  if (!is_over_plain_http(message)) return;
  if (message->is_request()) {
    if (credentials_of(message).is("Basic")) report.at(message.field(FieldId::authorization));
    return;
  }
  for_each_challenge(message.field(FieldId::www_authenticate), "Basic",
                     [&](const ChallengeView& view) { report.at(view.challenge.scheme); });
}

namespace {

// The decoded user-pass of Basic credentials.
std::optional<std::string> user_pass(std::string_view token) {
  auto decoded = syntax::decode_base64(token);
  return decoded && decoded->find(':') != std::string::npos ? decoded : std::nullopt;
}

}  // namespace

void check_basic_credentials_syntax(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  if (!credentials.is("Basic") || user_pass(credentials.rest)) return;
  const std::string_view rest = credentials.rest;
  const Span place = rest.empty() ? field.value_span() : field.message().span_of(rest);
  Report& finding = report.at(place).with("value", rest);
  // "user:password" as it is: only the encoding was forgotten.
  if (rest.find(':') != std::string_view::npos && rest.find_first_of(" \",=") == std::string_view::npos)
    finding.fix(0, syntax::encode_base64(rest));
}

void check_basic_credentials_control(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  if (!credentials.is("Basic")) return;
  const auto decoded = user_pass(credentials.rest);
  if (!decoded) return;
  std::string clean;
  for (const char c : *decoded)
    if (ascii::byte(c) >= 0x20 && c != 0x7F) clean += c;
  if (clean.size() == decoded->size()) return;
  Report& finding = report.at(credentials.rest);
  // A newline at the end comes from `echo` without -n.
  if (decoded->compare(0, clean.size(), clean) == 0) finding.fix(0, credentials.rest, syntax::encode_base64(clean));
}

// ---- Digest

void check_digest_challenge_incomplete(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Digest", [&](const ChallengeView& view) {
    for (const std::string_view name : {"nonce", "realm", "qop"}) {
      if (view.challenge.find(name) != nullptr) continue;
      report.at(view.challenge.scheme).with("name", name);
      return;
    }
  });
}

void check_digest_md5_only(const FieldView& field, Reporter& report) {
  Span first{};
  bool other = false;
  for_each_challenge(field, "Digest", [&](const ChallengeView& view) {
    const AuthParam* algorithm = view.challenge.find("algorithm");
    const std::string name = view.challenge.value_of("algorithm");
    // "If this is not present, it is assumed to be "MD5"."
    if (!name.empty() && !equals_ignoring_case(name, "MD5") && !equals_ignoring_case(name, "MD5-sess")) other = true;
    if (first.empty()) first = view.at(algorithm != nullptr ? algorithm->whole : view.challenge.scheme);
  });
  if (!first.empty() && !other) report.at(first);
}

namespace {

// "For historical reasons, a sender MUST only generate the quoted string syntax values for the following parameters ..."
void check_quoting(const std::vector<AuthParam>& params, bool challenge, Reporter& report) {
  constexpr std::array<std::string_view, 9> always{"realm", "domain", "nonce", "opaque", "qop", "username", "uri", "response", "cnonce"};
  constexpr std::array<std::string_view, 4> never{"stale", "algorithm", "qop", "nc"};
  for (const AuthParam& param : params) {
    const bool is_quoted = param.value.starts_with('"');
    // qop is a list in quotes in a challenge, and one token in credentials.
    const bool is_qop = equals_ignoring_case(param.name, "qop");
    const bool wants = is_qop ? challenge : is_one_of(param.name, always);
    const bool refuses = is_qop ? !challenge : is_one_of(param.name, never);
    if ((is_quoted && !refuses) || (!is_quoted && !wants)) continue;
    // An unquoted realm has its own rule.
    if (challenge && equals_ignoring_case(param.name, "realm")) continue;
    const std::string right = is_quoted ? syntax::unquote(param.value) : quoted(param.value);
    report.at(param.value).with("name", param.name).with("right", right).fix(0, right);
  }
}

}  // namespace

void check_digest_parameter_quoting(const FieldView& field, Reporter& report) {
  if (field.message()->is_response()) {
    for_each_challenge(field, "Digest", [&](const ChallengeView& view) {
      check_quoting(view.challenge.params, true, report);
    });
    return;
  }
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  if (!credentials.is("Digest")) return;
  if (const auto params = syntax::parse_auth_params(credentials.rest)) check_quoting(*params, false, report);
}

namespace {

// Path and query of a URI or an origin-form.
std::string_view path_of(std::string_view target) {
  const auto uri = syntax::parse_uri_with_authority(target);
  if (!uri) return target;
  return uri->rest.empty() ? std::string_view("/") : uri->rest;
}

const AuthParam* find_param(const std::vector<AuthParam>& params, std::string_view name) {
  const auto found = std::find_if(params.begin(), params.end(),
                                  [name](const AuthParam& param) { return equals_ignoring_case(param.name, name); });
  return found == params.end() ? nullptr : &*found;
}

}  // namespace

void check_digest_credentials_incomplete(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  const auto params = credentials.is("Digest") ? syntax::parse_auth_params(credentials.rest) : std::nullopt;
  if (!params) return;
  for (const std::string_view name : {"username", "realm", "nonce", "uri", "response", "qop", "nc", "cnonce"}) {
    if (find_param(*params, name) != nullptr || (name == "username" && find_param(*params, "username*") != nullptr)) continue;
    report.at(credentials.scheme).with("name", name);
    return;
  }
}

void check_digest_uri_mismatch(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  const auto params = credentials.is("Digest") ? syntax::parse_auth_params(credentials.rest) : std::nullopt;
  const AuthParam* uri = params ? find_param(*params, "uri") : nullptr;
  if (uri == nullptr) return;
  const std::string value = syntax::unquote(uri->value);
  const std::string_view target = field.message().text(field.message()->target);
  if (path_of(value) != path_of(target)) report.at(uri->value).with("value", value).with("target", target);
}

// ---- Bearer

void check_bearer_over_http(const MessageView& request, Reporter& report) {
  if (!is_over_plain_http(request)) return;
  if (credentials_of(request).is("Bearer")) {
    report.at(request.field(FieldId::authorization));
  } else if (const std::string_view query = access_token_in_query(request); !query.empty()) {
    report.at(query);
  } else if (const std::string_view form = access_token_in_form(request); !form.empty()) {
    report.at(form);
  }
}

void check_bearer_challenge_over_http(const FieldView& field, Reporter& report) {
  if (!is_over_plain_http(field.message())) return;
  for_each_challenge(field, "Bearer", [&](const ChallengeView& view) { report.at(view.challenge.scheme); });
}

void check_bearer_credentials_syntax(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  if (!credentials.is("Bearer") || syntax::is_token68(credentials.rest)) return;
  const std::string_view rest = credentials.rest;
  Report& finding = report.at(rest.empty() ? field.value_span() : field.message().span_of(rest)).with("value", rest);
  // "Bearer Bearer abc", "Bearer \"abc\"", "Bearer token=abc" are seen; what is left is the token.
  std::string_view token = rest;
  if (const syntax::Credentials again = syntax::split_credentials(token); again.is("Bearer")) token = again.rest;
  if (token.size() > 2 && token.front() == '"' && token.back() == '"') token = token.substr(1, token.size() - 2);
  if (token.size() != rest.size() && syntax::is_token68(token)) finding.fix(0, rest, token);
}

void check_bearer_challenge_form(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "Bearer", [&](const ChallengeView& view) {
    if (!view.challenge.params.empty()) return;
    Report& finding = report.at(view.challenge.whole);
    if (view.challenge.token68.empty()) finding.fix(0, view.add(bearer_params(view.message())));
  });
}

void check_bearer_parameter_syntax(const FieldView& field, Reporter& report) {
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    for (const AuthParam& param : view.challenge.params) {
      const bool spaces = equals_ignoring_case(param.name, "scope") || equals_ignoring_case(param.name, "error") ||
                          equals_ignoring_case(param.name, "error_description");
      if (!spaces && !equals_ignoring_case(param.name, "error_uri")) continue;
      const std::string value = syntax::unquote(param.value);
      // %x21 / %x23-5B / %x5D-7E, and %x20 where there may be spaces
      const bool right = std::all_of(value.begin(), value.end(), [spaces](char c) {
        return (c > 0x20 && c < 0x7F && c != '"' && c != '\\') || (spaces && c == ' ');
      });
      const bool double_space = equals_ignoring_case(param.name, "scope") &&
                                (value.find("  ") != std::string::npos || value.starts_with(' ') || value.ends_with(' '));
      if (!right || double_space || value.empty()) report.at(param.value).with("name", param.name).with("value", value);
    }
  });
}

void check_bearer_error_missing(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (response->status != 401 || response.request() == nullptr || !has_token(*response.request())) return;
  bool told = false;
  for_each_token_challenge(field, [&](const ChallengeView& view) { told = told || view.challenge.find("error") != nullptr; });
  if (told) return;
  bool first = true;
  for_each_challenge(field, "Bearer", [&](const ChallengeView& view) {
    // A bare "Bearer" has its own rule.
    if (!first || view.challenge.params.empty()) return;
    first = false;
    report.at(view.challenge.whole).fix(0, view.add("error=\"invalid_token\""));
  });
}

void check_bearer_error_status(const FieldView& field, Reporter& report) {
  struct Row {
    std::string_view error;
    std::uint16_t status;
  };
  constexpr std::array<Row, 3> rows{{{"insufficient_scope", 403}, {"invalid_request", 400}, {"invalid_token", 401}}};
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    const std::string error = view.challenge.value_of("error");
    for (const Row& row : rows)
      if (row.error == error && row.status != view.message()->status)
        report.at(view.challenge.find("error")->whole)
            .with("error", error)
            .with("right", row.status)
            .with("status", view.message()->status);
  });
}

void check_bearer_error_without_credentials(const FieldView& field, Reporter& report) {
  const MessageView& response = field.message();
  if (response.request() == nullptr || has_credentials(*response.request())) return;
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    const AuthParam* error = view.challenge.find("error");
    if (error == nullptr || view.challenge.value_of("error") == "use_dpop_nonce") return;
    report.at(error->whole).with("error", syntax::unquote(error->value));
  });
}

void check_bearer_scope_missing(const FieldView& field, Reporter& report) {
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.value_of("error") == "insufficient_scope" && view.challenge.find("scope") == nullptr)
      report.at(view.challenge.find("error")->whole);
  });
}

void check_step_up_without_requirement(const FieldView& field, Reporter& report) {
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.value_of("error") == "insufficient_user_authentication" &&
        view.challenge.find("acr_values") == nullptr && view.challenge.find("max_age") == nullptr)
      report.at(view.challenge.find("error")->whole);
  });
}

void check_resource_metadata_not_https(const FieldView& field, Reporter& report) {
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    const AuthParam* metadata = view.challenge.find("resource_metadata");
    if (metadata == nullptr) return;
    const std::string value = syntax::unquote(metadata->value);
    if (!value.starts_with("https://")) report.at(metadata->value).with("value", value);
  });
}

void check_dpop_challenge_without_algs(const FieldView& field, Reporter& report) {
  for_each_challenge(field, "DPoP", [&](const ChallengeView& view) {
    if (view.challenge.find("algs") == nullptr)
      report.at(view.challenge.scheme).fix(0, view.add("algs=\"ES256\""));
  });
}

void check_dpop_nonce_missing(const FieldView& field, Reporter& report) {
  if (field.message().has(FieldId::dpop_nonce)) return;
  for_each_token_challenge(field, [&](const ChallengeView& view) {
    if (view.challenge.value_of("error") == "use_dpop_nonce") report.at(view.challenge.find("error")->whole);
  });
}

// ---- Credentials

void check_credentials_without_scheme(const FieldView& field, Reporter& report) {
  const syntax::Credentials credentials = syntax::split_credentials(field.value());
  constexpr std::array<std::string_view, 8> schemes{"Basic", "Bearer", "DPoP", "Digest", "GNAP", "HOBA", "Negotiate", "NTLM"};
  const std::string_view scheme = credentials.scheme;
  // "Bearer: abc", "eyJhbGciOi.../=="
  if (!scheme.empty() && !syntax::is_token(scheme)) {
    Report& finding = report.at(scheme).with("value", scheme);
    const std::string_view name = scheme.substr(0, scheme.size() - 1);
    if (scheme.ends_with(':') && is_one_of(name, schemes) && syntax::is_token68(credentials.rest))
      finding.fix(0, scheme, name);
    else if (credentials.rest.empty() && syntax::is_token68(scheme) && !is_over_plain_http(field.message()))
      finding.fix(1, scheme, std::string("Bearer ").append(scheme));
    return;
  }
  if (scheme.empty() || !credentials.rest.empty() || is_one_of(scheme, schemes)) return;
  Report& finding = report.at(scheme).with("value", scheme);
  if (syntax::is_token68(scheme) && !is_over_plain_http(field.message()))
    finding.fix(1, scheme, std::string("Bearer ").append(scheme));
}

void check_token_in_query(const MessageView& request, Reporter& report) {
  const std::string_view token = access_token_in_query(request);
  if (token.empty()) return;
  const Span place = request.span_of(token);
  Report& finding = report.at(place);
  const std::string_view value = token.substr(token.find('=') + 1);
  if (request.has(FieldId::authorization) || !syntax::is_token68(value)) return;
  // With the "&" behind it, or with what stands before it.
  const std::string_view text = request.text();
  const bool more = place.end < text.size() && text[place.end] == '&';
  const Span cut = more ? Span{place.begin, place.end + 1} : Span{place.begin - 1, place.end};
  std::vector<Edit> edits;
  edits.push_back(replace(cut, ""));
  edits.push_back(add_field(request, "Authorization", std::string("Bearer ").append(value)));
  finding.fix(0, std::move(edits));
}

}  // namespace statuslab::lint::checks
