#include "syntax/csp3.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/similar.h"

namespace statuslab::syntax {
namespace {

// Fetch, document, navigation and reporting directives of CSP Level 3; upgrade-insecure-requests, require-trusted-types-for
// and trusted-types of their own specifications; below them those that were taken out again.
constexpr std::array directive_table{
    CspDirectiveInfo{"base-uri", CspValue::sources, false},
    CspDirectiveInfo{"block-all-mixed-content", CspValue::none, true},
    CspDirectiveInfo{"child-src", CspValue::sources, false},
    CspDirectiveInfo{"connect-src", CspValue::sources, false},
    CspDirectiveInfo{"default-src", CspValue::sources, false},
    CspDirectiveInfo{"fenced-frame-src", CspValue::sources, false},
    CspDirectiveInfo{"font-src", CspValue::sources, false},
    CspDirectiveInfo{"form-action", CspValue::sources, false},
    CspDirectiveInfo{"frame-ancestors", CspValue::ancestors, false},
    CspDirectiveInfo{"frame-src", CspValue::sources, false},
    CspDirectiveInfo{"img-src", CspValue::sources, false},
    CspDirectiveInfo{"manifest-src", CspValue::sources, false},
    CspDirectiveInfo{"media-src", CspValue::sources, false},
    CspDirectiveInfo{"navigate-to", CspValue::sources, true},
    CspDirectiveInfo{"object-src", CspValue::sources, false},
    CspDirectiveInfo{"plugin-types", CspValue::other, true},
    CspDirectiveInfo{"prefetch-src", CspValue::sources, true},
    CspDirectiveInfo{"referrer", CspValue::other, true},
    CspDirectiveInfo{"reflected-xss", CspValue::other, true},
    CspDirectiveInfo{"report-to", CspValue::endpoint, false},
    CspDirectiveInfo{"report-uri", CspValue::uris, false},
    CspDirectiveInfo{"require-sri-for", CspValue::other, true},
    CspDirectiveInfo{"require-trusted-types-for", CspValue::sinks, false},
    CspDirectiveInfo{"sandbox", CspValue::sandbox, false},
    CspDirectiveInfo{"script-src", CspValue::sources, false},
    CspDirectiveInfo{"script-src-attr", CspValue::sources, false},
    CspDirectiveInfo{"script-src-elem", CspValue::sources, false},
    CspDirectiveInfo{"style-src", CspValue::sources, false},
    CspDirectiveInfo{"style-src-attr", CspValue::sources, false},
    CspDirectiveInfo{"style-src-elem", CspValue::sources, false},
    CspDirectiveInfo{"trusted-types", CspValue::trusted_types, false},
    CspDirectiveInfo{"upgrade-insecure-requests", CspValue::none, false},
    CspDirectiveInfo{"webrtc", CspValue::webrtc, false},
    CspDirectiveInfo{"worker-src", CspValue::sources, false},
};

// keyword-source, 'none', and the keywords browsers and Trusted Types have beside them. Without apostrophes.
constexpr auto keywords = std::to_array<std::string_view>(
    {"inline-speculation-rules", "none", "report-sample", "report-sha256", "report-sha384", "report-sha512", "self",
     "strict-dynamic", "trusted-types-eval", "unsafe-allow-redirects", "unsafe-eval", "unsafe-hashes", "unsafe-inline",
     "wasm-unsafe-eval"});

// Values of the sandbox attribute (HTML Standard, attr-iframe-sandbox).
constexpr auto sandbox_flags = std::to_array<std::string_view>(
    {"allow-downloads", "allow-downloads-without-user-activation", "allow-forms", "allow-modals", "allow-orientation-lock",
     "allow-pointer-lock", "allow-popups", "allow-popups-to-escape-sandbox", "allow-presentation", "allow-same-origin",
     "allow-scripts", "allow-storage-access-by-user-activation", "allow-top-navigation",
     "allow-top-navigation-by-user-activation", "allow-top-navigation-to-custom-protocols"});

// Deliberate: what lies beyond is not judged, so that the time stays linear. Browsers and servers refuse fields of that
// size, and there are some thirty names.
constexpr std::size_t most_bytes = 65'536;
constexpr std::size_t most_directives = 256;

// ASCII whitespace of the Infra Standard.
constexpr bool is_whitespace(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r'; }

std::string_view next_token(std::string_view& text) {
  while (!text.empty() && is_whitespace(text.front())) text.remove_prefix(1);
  const auto length = static_cast<std::size_t>(std::find_if(text.begin(), text.end(), is_whitespace) - text.begin());
  const std::string_view token = text.substr(0, length);
  text.remove_prefix(length);
  return token;
}

CspDirective parse_directive(std::string_view text) {
  CspDirective directive;
  directive.name = next_token(text);
  directive.values.reserve(static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_whitespace)));
  directive.whole = directive.name;
  for (std::string_view token = next_token(text); !token.empty(); token = next_token(text)) {
    directive.values.push_back(token);
    const char* const begin = directive.name.data();
    directive.whole = {begin, static_cast<std::size_t>(token.data() + token.size() - begin)};
  }
  return directive;
}

CspPolicy parse_policy(std::string_view text, bool first) {
  CspPolicy policy;
  for (;;) {
    const std::size_t length = std::min(text.find(';'), text.size());
    CspDirective directive = parse_directive(text.substr(0, length));
    if (!directive.name.empty() && policy.directives.size() < most_directives) {
      directive.info = find_csp_directive(directive.name);
      directive.repeats = policy.find(directive.name) != nullptr;
      directive.begins_policy = !first && policy.directives.empty();
      policy.directives.push_back(std::move(directive));
    }
    if (length == text.size()) return policy;
    text.remove_prefix(length + 1);
  }
}

bool is_scheme(std::string_view s) {
  const auto is_scheme_char = [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || c == '+' || c == '-' || c == '.';
  };
  return !s.empty() && ascii::is_alpha(s.front()) && std::all_of(s.begin(), s.end(), is_scheme_char);
}

// host-part = "*" / [ "*." ] 1*host-char *( "." 1*host-char ) [ "." ]; names with "_" exist and browsers take them.
bool is_host_part(std::string_view s) {
  if (s == "*") return true;
  if (s.starts_with("*.")) s.remove_prefix(2);
  char last = '.';
  for (const char c : s) {
    if (c == '.' && last == '.') return false;
    if (c != '.' && c != '-' && c != '_' && !ascii::is_alpha(c) && !ascii::is_digit(c)) return false;
    last = c;
  }
  return !s.empty();
}

// host-source = [ scheme-part "://" ] host-part [ ":" port-part ] [ path-part ]
bool is_host_source(std::string_view s) {
  if (const std::size_t scheme = s.find("://"); scheme != std::string_view::npos) {
    if (!is_scheme(s.substr(0, scheme))) return false;
    s.remove_prefix(scheme + 3);
  }
  const std::size_t path = std::min(s.find('/'), s.size());
  const std::string_view path_part = s.substr(path);
  s = s.substr(0, path);
  if (const std::size_t colon = s.rfind(':'); colon != std::string_view::npos) {
    const std::string_view port = s.substr(colon + 1);
    if (port != "*" && (port.empty() || !std::all_of(port.begin(), port.end(), ascii::is_digit))) return false;
    s = s.substr(0, colon);
  }
  const auto is_path_char = [](char c) {
    return c > ' ' && c < 0x7F && std::string_view("?#\"<>").find(c) == std::string_view::npos;
  };
  return is_host_part(s) && !path_part.starts_with("//") && std::all_of(path_part.begin(), path_part.end(), is_path_char);
}

// base64-value = 1*( ALPHA / DIGIT / "+" / "/" / "-" / "_" )*2( "=" )
bool is_base64_value(std::string_view s) {
  for (int padding = 0; padding < 2 && s.ends_with('='); ++padding) s.remove_suffix(1);
  return !s.empty() && std::all_of(s.begin(), s.end(), [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || c == '+' || c == '/' || c == '-' || c == '_';
  });
}

// hash-algorithm "-" base64-value, where the value has as many bytes as the algorithm gives.
bool is_hash(std::string_view s) {
  constexpr std::array<std::pair<std::string_view, std::size_t>, 3> algorithms{
      {{"sha256-", 32}, {"sha384-", 48}, {"sha512-", 64}}};
  for (const auto& [prefix, bytes] : algorithms) {
    if (!ascii::starts_with_ignoring_case(s, prefix)) continue;
    std::string_view value = s.substr(prefix.size());
    if (!is_base64_value(value)) return false;
    while (value.ends_with('=')) value.remove_suffix(1);
    return value.size() == (bytes * 8 + 5) / 6;
  }
  return false;
}

bool looks_like_hash(std::string_view s) {
  return ascii::starts_with_ignoring_case(s, "sha256-") || ascii::starts_with_ignoring_case(s, "sha384-") ||
         ascii::starts_with_ignoring_case(s, "sha512-");
}

bool is_quoted(std::string_view s) { return s.size() >= 2 && s.front() == '\'' && s.back() == '\''; }

}  // namespace

const CspDirective* CspPolicy::find(std::string_view name) const {
  const auto found = std::find_if(directives.begin(), directives.end(), [name](const CspDirective& directive) {
    return ascii::equals_ignoring_case(directive.name, name);
  });
  return found == directives.end() ? nullptr : &*found;
}

std::vector<CspPolicy> parse_csp(std::string_view value) {
  std::vector<CspPolicy> policies;
  if (value.size() > most_bytes) value = value.substr(0, value.substr(0, most_bytes).find_last_of(";,") + 1);
  for (bool first = true;; first = false) {
    const std::size_t length = std::min(value.find(','), value.size());
    CspPolicy policy = parse_policy(value.substr(0, length), first);
    if (!policy.directives.empty()) policies.push_back(std::move(policy));
    if (length == value.size()) return policies;
    value.remove_prefix(length + 1);
  }
}

const CspDirectiveInfo* find_csp_directive(std::string_view name) {
  for (const CspDirectiveInfo& info : directive_table)
    if (ascii::equals_ignoring_case(info.name, name)) return &info;
  return nullptr;
}

std::string_view meant_csp_directive(std::string_view name) {
  while (!name.empty() && (name.back() == ':' || name.back() == '=')) name.remove_suffix(1);
  if (const CspDirectiveInfo* const info = find_csp_directive(name)) return info->name;
  std::array<std::string_view, directive_table.size()> names;
  std::transform(directive_table.begin(), directive_table.end(), names.begin(), [](const auto& info) { return info.name; });
  return meant(name, names);
}

bool is_csp_keyword(std::string_view expression) {
  return is_quoted(expression) && is_one_of(expression.substr(1, expression.size() - 2), keywords);
}

CspSource classify_csp_source(std::string_view expression) {
  if (is_quoted(expression)) {
    const std::string_view inside = expression.substr(1, expression.size() - 2);
    if (is_one_of(inside, keywords)) return CspSource::keyword;
    if (ascii::starts_with_ignoring_case(inside, "nonce-"))
      return is_base64_value(inside.substr(6)) ? CspSource::nonce : CspSource::malformed;
    return is_hash(inside) ? CspSource::hash : CspSource::malformed;
  }
  if (expression.ends_with(':') && is_scheme(expression.substr(0, expression.size() - 1))) return CspSource::scheme;
  return is_host_source(expression) ? CspSource::host : CspSource::malformed;
}

std::string_view unquoted_csp_keyword(std::string_view expression) {
  // Hosts have dots, keywords, nonces and hashes have none.
  if (is_quoted(expression) || expression.find('.') != std::string_view::npos) return {};
  // U+2018, U+2019, U+201C, U+201D and U+00B4 in UTF-8.
  constexpr std::array<std::string_view, 8> marks{"'", "\"", "`", "\xE2\x80\x98", "\xE2\x80\x99", "\xE2\x80\x9C",
                                                  "\xE2\x80\x9D", "\xC2\xB4"};
  for (const std::string_view mark : marks)
    if (expression.starts_with(mark)) expression.remove_prefix(mark.size());
  for (const std::string_view mark : marks)
    if (expression.ends_with(mark)) expression.remove_suffix(mark.size());
  const bool is_nonce = ascii::starts_with_ignoring_case(expression, "nonce-") && is_base64_value(expression.substr(6));
  return is_one_of(expression, keywords) || is_nonce || is_hash(expression) ? expression : std::string_view{};
}

std::string_view meant_csp_keyword(std::string_view expression) {
  if (!is_quoted(expression)) return {};
  const std::string_view inside = expression.substr(1, expression.size() - 2);
  return looks_like_hash(inside) || ascii::starts_with_ignoring_case(inside, "nonce-") ? std::string_view{} : meant(inside, keywords);
}

bool is_sandbox_flag(std::string_view token) { return is_one_of(token, sandbox_flags); }
std::string_view meant_sandbox_flag(std::string_view token) { return meant(token, sandbox_flags); }

}  // namespace statuslab::syntax
