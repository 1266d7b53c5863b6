// Authentication: RFC 9110 section 11, with Basic (RFC 7617), Digest (RFC 7616) and Bearer (RFC 6750).
#include <algorithm>
#include <optional>

#include "base/digest.h"
#include "simulate/client_exchange.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_auth.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr std::uint16_t unauthorized = 401;
constexpr std::uint16_t proxy_authentication_required = 407;

std::string hexadecimal(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    text += "0123456789abcdef"[(static_cast<unsigned char>(c) >> 4) & 15];
    text += "0123456789abcdef"[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

// RFC 7616 section 3.3: "If the algorithm is not understood, the challenge should be ignored".
struct Algorithm {
  std::string_view name;
  std::string (*digest)(std::string_view);
  int strength;
};
constexpr Algorithm algorithms[] = {{"MD5", md5, 1}, {"SHA-256", sha256, 2}};
const Algorithm* algorithm_of(const syntax::Challenge& challenge) {
  const std::string name = challenge.find("algorithm") ? challenge.value_of("algorithm") : "MD5";
  for (const Algorithm& algorithm : algorithms)
    if (http::same_name(algorithm.name, name)) return &algorithm;
  return nullptr;
}

// Section 3.3: "Unrecognized options MUST be ignored". Of the others "auth" comes first; "auth-int" covers the content, too.
// Absent where the server offers nothing of the kind, empty where it offers nothing that is known.
std::optional<std::string_view> qop_of(const syntax::Challenge& challenge) {
  if (!challenge.find("qop")) return std::nullopt;
  const std::string offered = challenge.value_of("qop");
  const std::vector<std::string_view> options = syntax::list_members(offered);
  for (const std::string_view known : {"auth", "auth-int"})
    if (std::any_of(options.begin(), options.end(), [&](std::string_view option) { return http::same_name(option, known); })) return known;
  return "";
}

// quoted-string (RFC 9110 section 5.6.4)
std::string quoted(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') result += '\\';
    result += c;
  }
  return result += '"';
}

std::string path_and_query(std::string_view target) {
  const auto parts = syntax::parse_uri_with_authority(target);
  std::string text(parts ? parts->rest : target);
  return text.starts_with('/') ? text : "/" + text;
}

// "removing all characters after the last slash ("/") character of the path component"
std::string scope_of(const std::string& target) {
  const std::string path = target.substr(0, target.find('?'));
  const std::size_t slash = path.rfind('/');
  return slash < path.find("//") + 2 ? path + "/" : path.substr(0, slash + 1);
}

std::string basic(const Account& account) { return "Basic " + base64(account.user + ":" + account.password); }

// Section 3.4.1: response = KD ( H(A1), unq(nonce) ":" nc ":" unq(cnonce) ":" unq(qop) ":" H(A2) ). A cnonce has to be
// unpredictable for servers; this one follows from the challenge and the time, so that a trace can be told again.
std::string digest(const syntax::Challenge& challenge, const Algorithm& algorithm, const Account& account,
                   const http::Request& request, Instant now) {
  const auto h = [&](const std::string& text) { return hexadecimal(algorithm.digest(text)); };
  const std::string realm = challenge.value_of("realm");
  const std::string nonce = challenge.value_of("nonce");
  const std::string uri = path_and_query(request.target);
  const std::string cnonce = hexadecimal(sha256(nonce + std::to_string(now))).substr(0, 16);
  const std::string a1 = h(account.user + ":" + realm + ":" + account.password);
  const std::optional<std::string_view> qop = qop_of(challenge);
  const std::string a2 = h(request.method + ":" + uri + (qop == "auth-int" ? ":" + h(request.content) : ""));
  const std::string between = qop ? ":00000001:" + cnonce + ":" + std::string(*qop) + ":" : ":";
  const std::string response = h(a1 + ":" + nonce + between + a2);

  std::string text = "Digest username=" + quoted(account.user) + ", realm=" + quoted(realm) + ", nonce=" + quoted(nonce) + ", uri=" + quoted(uri);
  if (qop) text += ", cnonce=\"" + cnonce + "\", nc=00000001, qop=" + std::string(*qop);
  text += ", response=\"" + response + "\"";
  if (challenge.find("opaque")) text += ", opaque=" + quoted(challenge.value_of("opaque"));
  if (challenge.find("algorithm")) text += ", algorithm=" + std::string(algorithm.name);
  return text;
}

}  // namespace

void Exchange::add_credentials(http::Request& request) {
  if (!includes_credentials()) return;
  if (!current_.authorization.empty()) {
    http::set(request.fields, "Authorization", current_.authorization);
    return;
  }
  const auto& account = config().account;
  if (!account || http::has(request.fields, "Authorization") || is_cross_origin()) return;
  // RFC 7617 section 2.2: "A client MAY preemptively send the corresponding Authorization header field with requests for
  // resources in that space without receipt of another challenge from the server."
  const auto& scopes = client_.scopes_;
  const bool answered = std::any_of(scopes.begin(), scopes.end(), [&](const std::string& scope) { return request.target.starts_with(scope); });
  const bool unasked = answered || !account->token.empty() || (account->basic && account->preemptive);
  decide(credentials_unasked, unasked, {{"answered before", "", answered}});
  if (unasked) http::set(request.fields, "Authorization", account->token.empty() ? basic(*account) : "Bearer " + account->token);
  if (!unasked && account->withhold_content) request.content.clear();
}

// RFC 9110 section 15.5.2: "If the request included authentication credentials, then the 401 response indicates that
// authorization has been refused for those credentials": one answer a challenge.
bool Exchange::answer_challenge(const http::Response& response) {
  const auto field = http::combined(response.fields, "WWW-Authenticate");
  if (response.status != unauthorized || !includes_credentials()) return false;
  const auto parsed = field ? syntax::parse_challenges(*field) : std::nullopt;
  const std::vector<syntax::Challenge> challenges = parsed.value_or(std::vector<syntax::Challenge>{});
  const auto& account = config().account;

  const syntax::Challenge* chosen = nullptr;
  const Algorithm* with = nullptr;
  for (const syntax::Challenge& challenge : challenges) {
    // RFC 7616 section 3.3, on `stale`: "If stale is true, the client may wish to simply retry the request with a new encrypted
    // response, without re-prompting the user for a new username and password."
    const bool stale = !current_.stale_nonce && challenge.is("Digest") && http::same_name(challenge.value_of("stale"), "true");
    if (!account || (current_.authenticated && !stale)) continue;
    const bool may_digest = challenge.is("Digest") && account->digest && qop_of(challenge) != "";
    const Algorithm* algorithm = may_digest ? algorithm_of(challenge) : nullptr;
    const bool stronger = with && is(Behaviour::auth_digest_order, "strongest") && algorithm && algorithm->strength > with->strength;
    if (algorithm && (!with || stronger)) {
      chosen = &challenge;
      with = algorithm;
    } else if (challenge.is("Basic") && account->basic && !account->preemptive && !chosen) {
      chosen = &challenge;
    }
  }
  const std::string_view scheme = !chosen ? "" : with ? "digest" : "basic";
  const bool answers = chosen && has_word(value(Behaviour::auth_answers).text, scheme);
  decide(credentials_answered, answers, Behaviour::auth_answers, {{"WWW-Authenticate", field.value_or(""), field.has_value()}});
  if (answers) {
    current_.stale_nonce = current_.authenticated;
    current_.authenticated = true;
    current_.authorization = with ? digest(*chosen, *with, *account, current_.request, now_) : basic(*account);
    if (!with) {
      const std::string& target = current_.request.target;
      client_.scopes_.push_back(scope_of(target));
      change(ChangeKind::credentials_stored, 0, client_.scopes_.back(), chosen->value_of("realm"));
    }
    send(Purpose::authentication, now_);
    return true;
  }
  if (account) return false;
  const std::string_view prompts = value(Behaviour::auth_prompt).text;
  const bool opens = std::any_of(challenges.begin(), challenges.end(), [&](const syntax::Challenge& challenge) {
                       return (challenge.is("Basic") && has_word(prompts, "basic")) || (challenge.is("Digest") && has_word(prompts, "digest"));
                     });
  if (!is_browser()) return false;
  decide(prompt_opened, opens, Behaviour::auth_prompt);
  if (!opens) return false;
  finish_with_error(Error::prompt);
  if (config().mode == Mode::navigate) step_.outcome->page = is(Behaviour::navigation_prompt, "stays") ? Page::stays : Page::error;
  return true;
}

bool Exchange::refuse_407(const http::Response& response) {
  if (response.status != proxy_authentication_required) return false;
  const Behaviour behaviour = current_.type == Type::cors ? Behaviour::cors_407 : Behaviour::auth_407;
  const bool accepts = is(behaviour, "response");
  decide(proxy_challenge_accepted, accepts, behaviour);
  if (!accepts) finish_with_error(Error::network);
  return !accepts;
}

}  // namespace statuslab::client
