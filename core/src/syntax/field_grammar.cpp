#include "syntax/field_grammar.h"

#include <algorithm>
#include <array>
#include <limits>

#include "base/ascii.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::syntax {
namespace {

// ---- Productions: how many bytes from the front fit.

template <class Class>
std::size_t run(std::string_view s, Class is) {
  return static_cast<std::size_t>(std::find_if_not(s.begin(), s.end(), is) - s.begin());
}
std::size_t spaces(std::string_view s) { return run(s, ascii::is_space); }
// A production that is judged as a whole.
std::size_t whole(std::string_view s, bool fits) { return fits ? s.size() : 0; }

std::size_t token(std::string_view s) { return run(s, ascii::is_tchar); }
std::size_t digits(std::string_view s) { return run(s, ascii::is_digit); }

// token / quoted-string
std::size_t word(std::string_view s) { return s.starts_with('"') ? quoted_string_length(s) : token(s); }

// name [ BWS "=" BWS word ]; up to the "=" where no value follows it.
std::size_t assignment(std::string_view s) {
  const std::size_t name = token(s);
  const std::size_t equals = name + spaces(s.substr(name));
  if (name == 0 || equals == s.size() || s[equals] != '=') return name;
  const std::size_t begin = equals + 1 + spaces(s.substr(equals + 1));
  const std::size_t value = word(s.substr(begin));
  return value == 0 ? equals : begin + value;
}

// *( OWS ";" OWS [ name [ "=" word ] ] )
std::size_t parameters(std::string_view s) {
  std::size_t at = 0;
  while (true) {
    std::size_t next = at + spaces(s.substr(at));
    if (next == s.size() || s[next] != ';') return at;
    ++next;
    next += spaces(s.substr(next));
    at = next + assignment(s.substr(next));
  }
}

std::size_t parameterized_token(std::string_view s) {
  const std::size_t name = token(s);
  return name == 0 ? 0 : name + parameters(s.substr(name));
}

// preference = token [ BWS "=" BWS word ] *( OWS ";" [ OWS parameter ] ) (RFC 7240 section 2)
std::size_t preference(std::string_view s) {
  const std::size_t length = assignment(s);
  return length == 0 ? 0 : length + parameters(s.substr(length));
}

// cdn-info = cdn-id *( OWS ";" OWS parameter ), cdn-id = ( uri-host [ ":" port ] ) / pseudonym (RFC 8586 section 2)
std::size_t parameterized_host(std::string_view s) {
  const std::size_t host = std::min(s.find_first_of("; \t"), s.size());
  return parse_host_port(s.substr(0, host)) ? host + parameters(s.substr(host)) : 0;
}

// 1*DIGIT [ "." 1*DIGIT ]
std::size_t number(std::string_view s) {
  const std::size_t integer = digits(s);
  if (integer == 0 || integer == s.size() || s[integer] != '.') return integer;
  const std::size_t fraction = digits(s.substr(integer + 1));
  return fraction == 0 ? integer : integer + 1 + fraction;
}

// 1*DIGIT "." 1*DIGIT
std::size_t version(std::string_view s) {
  const std::size_t length = number(s);
  return s.substr(0, length).find('.') == std::string_view::npos ? std::min(length, s.size() - 1) : length;
}

// token68 (RFC 9110 section 11.2)
std::size_t token68(std::string_view s) {
  const std::size_t length = run(s, [](char c) {
    return ascii::is_digit(c) || ascii::is_alpha(c) || std::string_view("-._~+/").find(c) != std::string_view::npos;
  });
  return length == 0 ? 0 : length + run(s.substr(length), [](char c) { return c == '='; });
}

// base64 with padding (RFC 4648 section 4): groups of four.
std::size_t base64(std::string_view s) {
  const std::size_t length =
      run(s, [](char c) { return ascii::is_digit(c) || ascii::is_alpha(c) || c == '+' || c == '/'; });
  const std::size_t padded = length + run(s.substr(length), [](char c) { return c == '='; });
  return padded % 4 == 0 && padded - length <= 2 ? padded : length - length % 4;
}

bool is_base64url(char c) { return ascii::is_digit(c) || ascii::is_alpha(c) || c == '-' || c == '_'; }
std::size_t base64url(std::string_view s) { return run(s, is_base64url); }

// BASE64URL "." BASE64URL "." BASE64URL (RFC 7515 section 3.1)
std::size_t jws(std::string_view s) {
  std::size_t at = 0;
  for (int part = 0; part < 3; ++part) {
    if (part > 0) {
      if (at == s.size() || s[at] != '.') return at == s.size() && at > 0 ? at - 1 : at;
      ++at;
    }
    at += base64url(s.substr(at));
  }
  return at;
}

std::size_t http_date(std::string_view s) {
  return whole(s, parse_http_date(s).has_value() || parse_http_date_of_any_weekday(s).has_value());
}
std::size_t uri_reference(std::string_view s) { return find_non_uri_byte(s); }

// Coded-URL = "<" absolute-URI ">" (RFC 4918 section 10.1)
std::size_t coded_url(std::string_view s) {
  if (s.size() < 3 || s.front() != '<') return 0;
  const std::string_view uri = s.substr(1, s.size() - 2);
  return s.back() == '>' && has_scheme(uri) && find_non_uri_byte(uri) == uri.size() ? s.size() : 0;
}

std::size_t host_and_port(std::string_view s) { return whole(s, parse_host_port(s).has_value()); }
std::size_t entity_tag(std::string_view s) { return whole(s, is_entity_tag(s)); }

// mailbox = name-addr / addr-spec (RFC 5322 section 3.4), as far as a local part and a domain are there.
std::size_t mailbox(std::string_view s) {
  const std::size_t at = s.rfind('@');
  return whole(s, at != std::string_view::npos && at > 0 && at + 1 < s.size());
}

// serialized-origin = scheme "://" host [ ":" port ] (RFC 6454 section 6.2)
std::size_t origin(std::string_view s) {
  const auto parts = parse_uri_with_authority(s);
  return whole(s, parts && parts->rest.empty() && parse_host_port(parts->authority).has_value());
}

// comment = "(" *( ctext / quoted-pair / comment ) ")" (RFC 9110 section 5.6.5)
std::size_t comment(std::string_view s) {
  std::size_t depth = 0;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (s[i] == '\\') ++i;
    else if (s[i] == '(') ++depth;
    else if (s[i] == ')' && --depth == 0) return i + 1;
  }
  return 0;
}

// product *( RWS ( product / comment ) ), product = token ["/" token] (RFC 9110 section 10.1.5)
std::size_t product_list(std::string_view s) {
  std::size_t at = 0;
  while (at < s.size()) {
    if (s[at] == '(' && at > 0) {
      const std::size_t length = comment(s.substr(at));
      if (length == 0) return at;
      at += length;
    } else {
      const std::size_t name = token(s.substr(at));
      if (name == 0) return at;
      at += name;
      if (at < s.size() && s[at] == '/') {
        const std::size_t version_length = token(s.substr(at + 1));
        if (version_length == 0) return at;
        at += 1 + version_length;
      }
    }
    const std::size_t space = spaces(s.substr(at));
    if (space == 0 && at < s.size() && s[at] != '(') return at;
    at += space;
  }
  return at;
}

// TimeType = ( "Second-" DAVTimeOutVal / "Infinite" ) (RFC 4918 section 10.7)
std::size_t timeout(std::string_view s) {
  if (ascii::equals_ignoring_case(s, "infinite")) return s.size();
  constexpr std::string_view prefix = "second-";
  if (!ascii::equals_ignoring_case(s.substr(0, prefix.size()), prefix)) return 0;
  return prefix.size() + digits(s.substr(prefix.size()));
}

// version "-" trace-id "-" parent-id "-" trace-flags (Trace Context, section traceparent-header)
std::size_t trace_parent(std::string_view s) {
  std::size_t at = 0;
  for (const std::size_t length : {2, 32, 16, 2}) {
    if (at > 0) {
      if (at == s.size() || s[at] != '-') return at;
      ++at;
    }
    const std::size_t part = run(s.substr(at, length), [](char c) { return ascii::is_digit(c) || (c >= 'a' && c <= 'f'); });
    at += part;
    if (part < length) return at;
  }
  // A later version may have more.
  return s.starts_with("00-") || at == s.size() || s[at] != '-' ? at : s.size();
}

struct Production {
  std::string_view name;
  std::size_t (*length)(std::string_view);
};
constexpr std::array productions{
    Production{"token", token},
    Production{"parameterized-token", parameterized_token},
    Production{"parameterized-host", parameterized_host},
    Production{"preference", preference},
    Production{"quoted-string", quoted_string_length},
    Production{"digits", digits},
    Production{"number", number},
    Production{"version", version},
    Production{"token68", token68},
    Production{"base64", base64},
    Production{"base64url", base64url},
    Production{"JWS", jws},
    Production{"HTTP-date", http_date},
    Production{"URI-reference", uri_reference},
    Production{"coded-URL", coded_url},
    Production{"host-and-port", host_and_port},
    Production{"entity-tag", entity_tag},
    Production{"mailbox", mailbox},
    Production{"origin", origin},
    Production{"product-list", product_list},
    Production{"timeout", timeout},
    Production{"trace-parent", trace_parent},
};

std::size_t length_of(std::string_view value, std::string_view alternative) {
  if (alternative.starts_with('"'))
    return whole(value, ascii::equals_ignoring_case(value, alternative.substr(1, alternative.size() - 2)));
  const auto production = std::find_if(productions.begin(), productions.end(),
                                       [alternative](const Production& p) { return p.name == alternative; });
  return production == productions.end() ? value.size() : std::min(production->length(value), value.size());
}

// Calls `use` with the parts between the separators.
template <class Use>
void split(std::string_view s, std::string_view separator, Use use) {
  while (true) {
    const std::size_t at = s.find(separator);
    use(s.substr(0, at));
    if (at == std::string_view::npos) return;
    s.remove_prefix(at + separator.size());
  }
}

// The most that one of the alternatives takes.
std::size_t best_length(std::string_view value, std::string_view alternatives) {
  std::size_t best = 0;
  split(alternatives, " / ", [&](std::string_view one) { best = std::max(best, length_of(value, one)); });
  return best;
}

}  // namespace

bool may_be_empty(std::string_view grammar) { return grammar.starts_with('#') || grammar == "URI-reference" || grammar == "quoted-string"; }

std::size_t length_that_fits(std::string_view value, std::string_view grammar) {
  const std::size_t hash = grammar.find('#');
  if (hash > 1) return best_length(value, grammar);
  const std::string_view element = grammar.substr(hash + 1);
  for (const std::string_view member : list_members(value)) {
    if (member.empty()) continue;
    const std::size_t length = best_length(member, element);
    if (length < member.size()) return static_cast<std::size_t>(member.data() - value.data()) + length;
  }
  return value.size();
}

// ---- Structured fields

namespace {

using structured::BareItem;
using structured::ItemType;
using structured::Member;

constexpr std::array<std::string_view, 8> type_names{"Integer",      "Decimal", "String", "Token",
                                                     "ByteSequence", "Boolean", "Date",   "DisplayString"};

bool is_of_type(const BareItem& item, std::string_view name) {
  if (name == "Any") return true;
  if (name == "Number") return item.type == ItemType::integer || item.type == ItemType::decimal;
  return type_names[static_cast<std::size_t>(item.type)] == name;
}

// 0..7, 0.., ..7
bool is_in_range(std::int64_t number, std::string_view range) {
  const std::size_t dots = range.find("..");
  const auto least = parse_decimal(range.substr(0, dots));
  const auto most = parse_decimal(range.substr(dots + 2));
  return (!least || number >= static_cast<std::int64_t>(*least)) && (!most || number <= static_cast<std::int64_t>(*most));
}

bool is_one_of(std::string_view text, std::string_view words) {
  bool found = false;
  split(words, ",", [&](std::string_view one) { found = found || one == text; });
  return found;
}

struct Verdict {
  bool fits = false;
  MismatchKind kind = MismatchKind::type;
  std::string_view expected;
};

// One type with its argument: Token(a,b)
void judge(const BareItem& item, std::string_view type, Verdict& verdict) {
  const std::size_t open = std::min(type.find('('), type.size());
  if (verdict.fits || !is_of_type(item, type.substr(0, open))) return;
  if (open == type.size()) return (void)(verdict.fits = true);
  const std::string_view argument = type.substr(open + 1, type.size() - open - 2);
  const bool is_range = argument.find("..") != std::string_view::npos;
  verdict.fits = is_range ? is_in_range(item.number, argument) : is_one_of(item.text, argument);
  verdict.kind = is_range ? MismatchKind::range : MismatchKind::word;
  verdict.expected = argument;
}

Verdict judge(const BareItem& item, std::string_view types) {
  Verdict verdict{false, MismatchKind::type, types};
  split(types, "|", [&](std::string_view type) {
    if (!type.starts_with("InnerList")) judge(item, type, verdict);
  });
  return verdict;
}

class Judge {
 public:
  Judge(const structured::Value& value, std::string_view grammar) : value_(value) {
    const std::size_t semicolon = grammar.find("; ");
    members_ = grammar.substr(0, semicolon);
    if (semicolon != std::string_view::npos) parameters_ = grammar.substr(semicolon + 2);
    closed_ = parameters_.ends_with(" !");
    if (closed_) parameters_.remove_suffix(2);
  }

  std::vector<Mismatch> run() {
    for (const Member& member : value_.members) {
      const bool has_key = value_.type == structured::FieldType::dictionary;
      const std::string_view types = has_key ? types_of(members_, member.key) : members_;
      if (!types.empty()) judge_member(member, types);
      for (const structured::Parameter& parameter : member.parameters) judge_parameter(parameter);
    }
    return std::move(mismatches_);
  }

 private:
  // The types that an entry list gives a key: "a=T b=T *=T".
  static std::string_view types_of(std::string_view entries, std::string_view key) {
    std::string_view found;
    std::string_view other;
    split(entries, " ", [&](std::string_view entry) {
      const std::size_t equals = entry.find('=');
      if (equals == std::string_view::npos) return;
      if (entry.substr(0, equals) == key) found = entry.substr(equals + 1);
      if (entry.starts_with("*=")) other = entry.substr(2);
    });
    return found.empty() ? other : found;
  }

  void judge_member(const Member& member, std::string_view types) {
    if (!member.is_inner_list) return judge_item(member.value, types, member.key, false);
    const std::size_t inner = types.find("InnerList(");
    if (inner == std::string_view::npos) {
      if (types != "Any") mismatches_.push_back({MismatchKind::type, false, member.key, types, nullptr, member.span});
      return;
    }
    const std::size_t begin = inner + std::string_view("InnerList(").size();
    const std::string_view type = types.substr(begin, types.find(')', begin) - begin);
    for (const structured::Item& item : member.items) judge_item(item.value, type, member.key, false);
  }

  void judge_parameter(const structured::Parameter& parameter) {
    const std::string_view types = types_of(parameters_, parameter.key);
    if (!types.empty()) return judge_item(parameter.value, types, parameter.key, true);
    if (closed_) mismatches_.push_back({MismatchKind::key, true, parameter.key, {}, nullptr, parameter.key_span});
  }

  void judge_item(const BareItem& item, std::string_view types, std::string_view key, bool in_parameter) {
    const Verdict verdict = judge(item, types);
    if (!verdict.fits) mismatches_.push_back({verdict.kind, in_parameter, key, verdict.expected, &item, item.span});
  }

  const structured::Value& value_;
  std::string_view members_;
  std::string_view parameters_;
  bool closed_ = false;
  std::vector<Mismatch> mismatches_;
};

}  // namespace

std::vector<Mismatch> find_mismatches(const structured::Value& value, std::string_view grammar) {
  return grammar.empty() ? std::vector<Mismatch>{} : Judge(value, grammar).run();
}

}  // namespace statuslab::syntax
