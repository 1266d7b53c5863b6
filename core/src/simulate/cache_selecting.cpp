// Which stored response fits a request: the target URI, and the request fields that Vary names (RFC 9111 sections 2, 4 and
// 4.1). Two values of a field are equal when they are equal texts after `selecting_value`.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/cache_parts.h"
#include "statuslab/registry.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110.h"

namespace statuslab::caching {
namespace {

// "normalizing both header field values in a way that is known to have identical semantics, according to the header
// field's specification"
enum class Meaning : std::uint8_t { ranked_any_case, ranked_types };
struct Ranked {
  std::string_view name;
  Meaning meaning;
};
// Members carry weights, so that their order says nothing (RFC 9110 sections 12.4.2 and 12.5); all but the parameters of
// media types are case-insensitive.
constexpr Ranked ranked[] = {
    {"Accept", Meaning::ranked_types},
    {"Accept-Charset", Meaning::ranked_any_case},
    {"Accept-Encoding", Meaning::ranked_any_case},
    {"Accept-Language", Meaning::ranked_any_case},
};

const Ranked* ranked_row(std::string_view name) {
  const auto* const row =
      std::find_if(std::begin(ranked), std::end(ranked), [name](const Ranked& one) { return http::same_name(one.name, name); });
  return row == std::end(ranked) ? nullptr : row;
}

std::string without_spaces(std::string_view text) {
  std::string kept;
  bool quoted = false;
  for (const char c : text) {
    if (c == '"') quoted = !quoted;
    if (quoted || !ascii::is_space(c)) kept += c;
  }
  return kept;
}

// "no value is the same as q=1"
bool is_full_weight(std::string_view parameter) {
  if (parameter.size() < 3 || ascii::lower(parameter[0]) != 'q' || parameter[1] != '=' || parameter[2] != '1') return false;
  return parameter.substr(3).find_first_not_of(".0") == std::string_view::npos;
}

std::string normalised_member(std::string_view member, Meaning meaning) {
  const std::string compact = without_spaces(member);
  const std::size_t head = std::min(compact.find(';'), compact.size());
  std::string text;
  std::size_t at = 0;
  while (at <= compact.size()) {
    const std::size_t end = std::min(compact.find(';', at), compact.size());
    std::string piece = compact.substr(at, end - at);
    const bool lower = meaning == Meaning::ranked_any_case || at == 0;
    if (lower) std::transform(piece.begin(), piece.end(), piece.begin(), ascii::lower);
    if (at <= head || !is_full_weight(piece)) {
      if (at > 0) text += ';';
      text += piece;
    }
    at = end + 1;
  }
  return text;
}

std::string join(const std::vector<std::string>& members) {
  std::string text;
  for (const std::string& member : members) {
    if (!text.empty()) text += ',';
    text += member;
  }
  return text;
}

std::string normalised_ranked(std::string_view value, Meaning meaning) {
  std::vector<std::string> members;
  for (const std::string_view member : syntax::list_members(value))
    if (!member.empty()) members.push_back(normalised_member(member, meaning));
  std::sort(members.begin(), members.end());
  return join(members);
}

// "adding or removing whitespace, where allowed in the header field's syntax": around commas, unless the field is known to
// be no list.
std::string normalised_list(std::string_view name, std::string_view value) {
  const FieldId id = find_field(name);
  if (id != FieldId::unknown && field_info(id).shape == FieldShape::singleton) return std::string(ascii::trim(value));
  std::vector<std::string> members;
  for (const std::string_view member : syntax::list_members(value)) members.emplace_back(member);
  return join(members);
}

// Most targets are in the right form already: looking is cheaper than taking them apart.
bool is_key(std::string_view target) {
  const std::size_t authority = target.starts_with("https://") ? 8 : target.starts_with("http://") ? 7 : 0;
  if (authority == 0) return false;
  const std::size_t path = target.find('/', authority);
  if (path == std::string_view::npos || path == authority || target.find('#', path) != std::string_view::npos) return false;
  if (target.find("/.", path) != std::string_view::npos) return false;
  const std::string_view host = target.substr(authority, path - authority);
  return std::all_of(host.begin(), host.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || ascii::is_digit(c) || c == '.' || c == '-'; });
}

}  // namespace

std::string key_of(std::string_view target) {
  if (is_key(target)) return std::string(target);
  const syntax::UriReference parts = syntax::split_uri_reference(target);
  if (!parts.scheme || !parts.authority) return std::string(target.substr(0, target.find('#')));
  const syntax::HttpUri uri = syntax::make_http_uri(*parts.scheme, *parts.authority, parts.path, parts.query);
  std::string key = uri.scheme + "://" + uri.authority + uri.path;
  if (uri.query) key += "?" + *uri.query;
  return key;
}

std::string key_of_reference(std::string_view reference, std::string_view key) {
  const syntax::UriReference target = syntax::split_uri_reference(key);
  const syntax::HttpUri base = syntax::make_http_uri(target.scheme.value_or(""), target.authority.value_or(""), target.path,
                                                     target.query);
  const syntax::HttpUri uri = syntax::resolve(syntax::split_uri_reference(reference), base);
  std::string text = uri.scheme + "://" + uri.authority + uri.path;
  if (uri.query) text += "?" + *uri.query;
  return text;
}

std::string_view origin_of(std::string_view key) {
  const std::size_t authority = key.find("://");
  if (authority == std::string_view::npos) return {};
  return key.substr(0, key.find('/', authority + 3));
}

std::optional<std::string> selecting_value(const http::Fields& request, std::string_view name) {
  // "combining multiple header field lines with the same field name"
  const std::optional<std::string> value = http::combined(request, name);
  // "a header field is absent from a request, it can only match another request if it is also absent there."
  if (!value) return std::nullopt;
  if (const Ranked* const row = ranked_row(name)) return normalised_ranked(*value, row->meaning);
  return normalised_list(name, *value);
}

void nominate(Entry& entry, const http::Fields& response, const http::Fields& request) {
  entry.nominated.clear();
  entry.varies_by_anything = false;
  for (const http::Field& field : response) {
    if (!http::same_name(field.name, "Vary")) continue;
    for (const std::string_view member : syntax::list_members(field.value)) {
      if (member.empty()) continue;
      // "A stored response with a Vary header field value containing a member "*" always fails to match."
      if (member == "*") entry.varies_by_anything = true;
      else entry.nominated.push_back({std::string(member), selecting_value(request, member)});
    }
  }
}

bool matches(const Entry& entry, const http::Fields& request) {
  if (entry.varies_by_anything) return false;
  return std::all_of(entry.nominated.begin(), entry.nominated.end(), [&](const Nominated& one) {
    return one.value == selecting_value(request, one.name);
  });
}

}  // namespace statuslab::caching
