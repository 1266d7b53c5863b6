// Secrets in a message that is about to be shown to others. A fix puts an "x" for each byte, so that lengths and framing
// stay as they are.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/secrets.h"
#include "lint/credentials.h"
#include "lint/reporter.h"
#include "syntax/rfc4648.h"
#include "syntax/rfc6265bis.h"
#include "syntax/rfc9110_auth.h"

namespace statuslab::lint::checks {
namespace {

using ascii::equals_ignoring_case;

constexpr std::array<bool, 256> word_table = [] {
  std::array<bool, 256> table{};
  for (int c = 0; c < 256; ++c) table[c] = ascii::is_alpha(static_cast<char>(c)) || ascii::is_digit(static_cast<char>(c));
  table['_'] = table['-'] = true;
  return table;
}();
bool is_word(char c) { return word_table[ascii::byte(c)]; }

// Letters and digits become "x"; what gives the secret its form stays.
std::string masked(std::string_view secret) {
  std::string text(secret);
  for (char& c : text)
    if (ascii::is_alpha(c) || ascii::is_digit(c) || ascii::byte(c) >= 0x80) c = 'x';
  return text;
}

bool is_masked(std::string_view secret) { return masked(secret) == secret; }

// What people and documentation write in place of a secret.
bool is_placeholder(std::string_view value) {
  if (value.size() < 4 || is_masked(value)) return true;
  if (value.front() == '<' || value.front() == '$' || value.front() == '{' || value.front() == '*' || value.front() == '[') return true;
  for (const std::string_view word : {"null", "true", "false", "none", "redacted", "undefined", "string"})
    if (equals_ignoring_case(value, word)) return true;
  return value.find("***") != std::string_view::npos || value.find("...") != std::string_view::npos;
}

void report_secret(const MessageView& message, Span place, Reporter& report) {
  const std::string_view secret = message.text(place);
  if (!is_placeholder(secret)) report.at(place).fix(0, masked(secret));
}

// Keys of services that mark them by their first letters, so that scanners find them; and how many letters follow.
struct KeyForm {
  std::string_view prefix;
  std::uint8_t rest;
};
constexpr std::array<KeyForm, 20> key_forms{{{"AIza", 35},      {"AKIA", 16},   {"ASIA", 16},   {"SG.", 40},     {"dop_v1_", 64},
                                             {"gho_", 36},      {"ghp_", 36},   {"ghr_", 36},   {"ghs_", 36},    {"ghu_", 36},
                                             {"github_pat_", 40}, {"glpat-", 20}, {"hf_", 30},  {"npm_", 36},    {"pypi-", 40},
                                             {"rk_live_", 16},  {"sk-", 32},    {"sk_live_", 16}, {"xoxb-", 20}, {"xoxp-", 20}}};

std::size_t key_length(std::string_view s) {
  for (const KeyForm& form : key_forms) {
    if (!s.starts_with(form.prefix)) continue;
    std::size_t i = form.prefix.size();
    while (i < s.size() && (is_word(s[i]) || (form.prefix == "SG." && s[i] == '.'))) ++i;
    if (i >= form.prefix.size() + form.rest) return i;
  }
  return 0;
}

// Names that stand before a secret, in JSON, in a form, in a query.
bool names_secret(std::string_view word) {
  constexpr std::array<std::string_view, 16> names{
      "access_token", "accesstoken", "api_key",  "apikey",        "client_secret", "clientsecret",  "code_verifier", "id_token",
      "passwd",       "password",    "private_key", "refresh_token", "refreshtoken", "secret", "secret_key",    "x-amz-signature"};
  if (word.size() < 6 || word.size() > 15) return false;
  return is_one_of(word, names);
}

// Behind such a name: `": "value"` or `=value`; empty where no value follows.
std::string_view value_behind(std::string_view s) {
  std::size_t i = 0;
  const auto skip = [&](std::string_view any_of) {
    while (i < s.size() && any_of.find(s[i]) != std::string_view::npos) ++i;
  };
  if (i < s.size() && s[i] == '=') {
    const std::size_t end = std::min(s.find_first_of("&; ,\"'\r\n\t#<", i + 1), s.size());
    return s.substr(i + 1, end - i - 1);
  }
  skip("\"");
  skip(" \t\r\n");
  if (i == s.size() || s[i] != ':') return {};
  ++i;
  skip(" \t\r\n");
  if (i == s.size() || s[i] != '"') return {};
  const std::size_t begin = i + 1;
  for (i = begin; i < s.size() && s[i] != '"'; ++i)
    // What has spaces is a sentence about the member, not a secret.
    if (s[i] == ' ' || s[i] == '\\' || ascii::byte(s[i]) < 0x20) return {};
  return i == s.size() ? std::string_view{} : s.substr(begin, i - begin);
}

// -----BEGIN PRIVATE KEY----- and its kin: what stands between that line and the last one.
std::string_view private_key_body(std::string_view s) {
  constexpr std::string_view begin = "-----BEGIN ";
  constexpr std::string_view key = "PRIVATE KEY-----";
  if (!s.starts_with(begin)) return {};
  const std::size_t label = s.substr(0, 64).find(key);
  if (label == std::string_view::npos) return {};
  const std::size_t from = label + key.size();
  const std::size_t to = s.substr(0, 16384).find("-----END", from);
  return to == std::string_view::npos ? std::string_view{} : s.substr(from, to - from);
}

// One way through the text, word by word; each finding moves on behind its secret.
// The only rule that reads every byte of a message, which is why it has about a twentieth of the whole time, more than any other.
void scan(const MessageView& message, Span where, Reporter& report) {
  // Links, for which secrets are taken out, do not hold more.
  constexpr std::uint32_t most = 65536;
  where.end = std::min(where.end, where.begin + most);
  const std::string_view text = message.text(where);
  // The shortest of what is looked for, save one.
  constexpr std::size_t shortest = 6;
  int found = 0;
  for (std::size_t i = 0; found < 20;) {
    while (i < text.size() && !is_word(text[i])) ++i;
    if (i == text.size()) return;
    std::size_t end = i;
    while (end < text.size() && is_word(text[end])) ++end;
    const std::string_view word = text.substr(i, end - i);
    if (word.size() < shortest && word != "SG") {
      i = end;
      continue;
    }
    const auto tell = [&](std::string_view secret) {
      report_secret(message, message.span_of(secret), report);
      i = static_cast<std::size_t>(secret.data() - text.data()) + secret.size();
      ++found;
    };
    const std::string_view rest = text.substr(i);
    if (rest[0] == '-') {
      if (const std::string_view body = private_key_body(rest); !body.empty()) {
        tell(body);
        continue;
      }
    }
    const bool assigned = end < text.size() && (text[end] == '=' || text[end] == '"' || text[end] == ':');
    if (const std::size_t length = word.size() >= 10 ? jwt_length(rest) : 0; length > 0) {
      tell(rest.substr(0, length));
    } else if (const std::size_t key = word.size() >= 20 || (word == "SG") ? key_length(rest) : 0; key > 0) {
      tell(rest.substr(0, key));
    } else if (const std::string_view value = assigned && names_secret(word) ? value_behind(text.substr(end)) : std::string_view{};
               !value.empty()) {
      tell(value);
    } else {
      i = end;
    }
  }
}

// X-API-Key, X-Auth-Token, Private-Token, Ocp-Apim-Subscription-Key ...
bool names_secret_field(std::string_view name) {
  constexpr std::array<std::string_view, 9> endings{"api-key",    "apikey", "auth-token", "access-token", "security-token",
                                                    "private-token", "subscription-key", "functions-key", "client-secret"};
  return std::any_of(endings.begin(), endings.end(), [name](std::string_view ending) {
    return name.size() >= ending.size() && equals_ignoring_case(name.substr(name.size() - ending.size()), ending);
  });
}

}  // namespace

void check_secret_in_credentials(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    const syntax::Credentials credentials = syntax::split_credentials(field.value(i));
    if (credentials.rest.empty()) continue;
    const Span place = field.message().span_of(credentials.rest);
    if (!credentials.is("Basic")) {
      // Of Digest and its like the parameters stay readable; a response can be tried against passwords.
      if (syntax::is_token68(credentials.rest)) report_secret(field.message(), place, report);
      continue;
    }
    const auto decoded = syntax::decode_base64(credentials.rest);
    if (!decoded || decoded->find(':') == std::string::npos) continue;
    const std::string hidden = masked(*decoded);
    if (hidden != *decoded) report.at(place).fix(0, syntax::encode_base64(hidden));
  }
}

void check_secret_in_cookie(const FieldView& field, Reporter& report) {
  const bool sets = field.id() == FieldId::set_cookie;
  for (std::size_t i = 0; i < field.size(); ++i) {
    const std::string_view line = field.value(i);
    // Behind its pair, Set-Cookie has attributes.
    for (const std::string_view pair : syntax::cookie_pairs(sets ? line.substr(0, line.find(';')) : line)) {
      const std::size_t equals = pair.find('=');
      if (equals != std::string_view::npos) {
        const std::string_view value = pair.substr(equals + 1);
        const bool secret = (names_session(pair.substr(0, equals)) && value.size() >= 8) || is_jwt(value);
        if (secret) report_secret(field.message(), field.message().span_of(value), report);
      }
    }
  }
}

void check_secret_in_message(const MessageView& message, Reporter& report) {
  if (message->is_request()) scan(message, message->target, report);
  // Most fields have a meaning that leaves no room for a secret. Looked at are those with a URI, and those without a row
  // in the registry; credentials and cookies have rules of their own.
  for (const FieldId id : {FieldId::location, FieldId::content_location, FieldId::referer, FieldId::link, FieldId::refresh}) {
    const FieldView field = message.field(id);
    for (std::size_t i = 0; i < field.size(); ++i) scan(message, field.value_span(i), report);
  }
  if (const FieldView key = message.field(FieldId::x_api_key); !key.empty()) report_secret(message, key.value_span(), report);
  for (const std::uint16_t number : message.headers().unknown) {
    const FieldLine& line = message->fields[number];
    if (names_secret_field(message.text(line.name)))
      report_secret(message, line.value, report);
    else if (line.value.size() >= 16)
      scan(message, line.value, report);
  }
  scan(message, message->content, report);
}

}  // namespace statuslab::lint::checks
