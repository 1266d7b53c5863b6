// Redirects: RFC 9110 section 15.4 and the Fetch Standard's HTTP-redirect fetch.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "syntax/rfc3986.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

// Section 15.4, step 5: "If the request method has been changed to GET or HEAD, remove content-specific header fields".
constexpr std::array<std::string_view, 8> content_fields{
    "Content-Type", "Content-Encoding", "Content-Language", "Content-Location", "Content-Length", "Transfer-Encoding", "Digest",
    "Last-Modified"};

// All lines with the name; two that are the same count as one.
std::vector<std::string> values_of(const http::Fields& fields, std::string_view name) {
  std::vector<std::string> values;
  for (const http::Field& field : fields)
    if (http::same_name(field.name, name) && std::find(values.begin(), values.end(), field.value) == values.end()) values.push_back(field.value);
  return values;
}

// What a client does to a Location that has bytes no URI has.
std::string encoded(std::string_view location, std::string_view non_ascii) {
  const std::string_view digits = non_ascii == "utf-8-lower" ? "0123456789abcdef" : "0123456789ABCDEF";
  std::string uri;
  const auto percent = [&](unsigned char byte) {
    uri += '%';
    uri += digits[byte >> 4];
    uri += digits[byte & 15];
  };
  for (const char c : location) {
    const unsigned char byte = ascii::byte(c);
    if (byte > ' ' && byte < 0x7F) {
      uri += c;
    } else if (byte >= 0x80 && non_ascii == "latin-1") {  // each byte taken for a character, which UTF-8 writes with two
      percent(static_cast<unsigned char>(0xC0 | (byte >> 6)));
      percent(static_cast<unsigned char>(0x80 | (byte & 0x3F)));
    } else {
      percent(byte);
    }
  }
  return uri;
}

bool is_valid(const syntax::UriReference& reference) {
  if (!reference.authority) return true;
  const auto userinfo = syntax::userinfo_of(*reference.authority);
  return syntax::parse_host_port(userinfo ? reference.authority->substr(userinfo->size() + 1) : *reference.authority).has_value();
}

bool is_http(const syntax::UriReference& reference) {
  return !reference.scheme || http::same_name(*reference.scheme, "http") || http::same_name(*reference.scheme, "https");
}

}  // namespace

// Where the redirect leads. Absent where that ends it: then either the outcome is there already, or the response is one that
// the caller gets.
std::optional<std::string> Exchange::location_of(const http::Response& response) {
  const std::vector<std::string> values = values_of(response.fields, "Location");
  const auto refuse = [&](Behaviour behaviour, const std::string& text) {
    decide(location_usable, false, behaviour, {{"Location", text}});
    if (is(behaviour, "error")) finish_with_error(Error::bad_redirect, response.status);
  };
  std::string text = values.front();
  if (values.size() > 1) {
    const Behaviour several = Behaviour::location_several;
    if (is(several, "error")) return refuse(several, text + ", " + values[1]), std::nullopt;
    if (is(several, "last")) text = values.back();
    if (is(several, "joined")) text = text + ", " + values[1];
  } else if (text.empty() && !is(Behaviour::location_empty, "follow")) {
    return refuse(Behaviour::location_empty, text), std::nullopt;
  }
  if (is(Behaviour::location_several, "joined") && values.size() == 1 && std::count_if(response.fields.begin(), response.fields.end(), [](const auto& f) { return http::same_name(f.name, "Location"); }) > 1)
    text = text + ", " + text;

  text = encoded(ascii::trim(text), value(Behaviour::location_non_ascii).text);
  const syntax::UriReference reference = syntax::split_uri_reference(text);
  if (!is_http(reference)) return refuse(Behaviour::location_foreign, text), std::nullopt;
  if (!is_valid(reference)) return refuse(Behaviour::location_invalid, text), std::nullopt;

  const syntax::UriReference base = syntax::split_uri_reference(current_.request.target);
  const syntax::HttpUri from = syntax::make_http_uri(base.scheme.value_or(""), base.authority.value_or(""), base.path, base.query);
  const syntax::HttpUri to = syntax::resolve(reference, from);
  std::string target = to.scheme + "://" + to.authority + to.path;
  if (to.query) target.append("?").append(*to.query);
  // HTTP-redirect fetch: with "cors", no URL that "includes credentials" across origins.
  const bool crosses = current_.type == Type::cors || (config().mode == Mode::cors && origin_of_target(target) != current_.page_origin);
  if (is_browser() && crosses && syntax::userinfo_of(to.authority)) {
    decide(location_usable, false, {{"Location", text}});
    finish_with_error(Error::bad_redirect, response.status);
    return std::nullopt;
  }
  // RFC 9110 section 10.2.2: "If the Location value provided in a 3xx (Redirection) response does not have a fragment
  // component, a user agent MUST process the redirection as if the value inherits the fragment component of the URI reference
  // used to generate the target URI".
  if (reference.fragment) current_.fragment = "#" + std::string(*reference.fragment);
  else if (!is(Behaviour::fragment_inherited, "y")) current_.fragment.clear();
  decide(location_usable, true, {{"Location", text}});
  return target;
}

bool Exchange::redirect(const http::Response& response) {
  const bool is_redirect = response.status >= 300 && response.status <= 399 && http::has(response.fields, "Location");
  if (!is_redirect) return false;
  const bool known = has(Behaviour::redirect_followed, response.status);
  const Rewrite rewrite = rewrite_of(value(Behaviour::redirect_rewrite).text, response.status, current_.request.method);
  const bool follows = known && rewrite.follow && config().redirect == OnRedirect::follow;
  decide(redirect_followed, follows, Behaviour::redirect_followed, {{"status", std::to_string(response.status)}, {"method", current_.request.method}});
  if (!follows) {
    if (!known || config().redirect == OnRedirect::follow) return false;
    // Fetch Standard, HTTP fetch: "If request's redirect mode is "error", then set response to a network error", and "manual"
    // gives an opaque-redirect filtered response.
    if (config().redirect == OnRedirect::error) finish_with_error(Error::bad_redirect);
    else if (is_browser()) finish({.type = Type::opaque_redirect});
    else return false;  // other programs hand over the response as it is
    return true;
  }

  const auto target = location_of(response);
  if (!target) return step_.outcome.has_value();

  current_.same_target = *target == current_.request.target ? current_.same_target + 1 : 0;
  const bool circles = current_.same_target > number(Behaviour::redirect_same_limit);
  const bool over = circles || current_.redirects >= number(Behaviour::redirect_limit);
  if (over) {
    decide(redirect_limit_reached, true, circles ? Behaviour::redirect_same_limit : Behaviour::redirect_limit, {{"redirects", std::to_string(current_.redirects)}});
    if (!is(Behaviour::redirect_over_limit, "error")) return false;
    finish_with_error(Error::redirect_limit, response.status);
    return true;
  }
  ++current_.redirects;

  http::Request& next = current_.request;
  const bool changes = rewrite.method != next.method;
  decide(redirect_method_changed, changes, Behaviour::redirect_rewrite, {{"method", next.method}, {"status", std::to_string(response.status)}});
  if (!next.content.empty()) decide(redirect_content_kept, rewrite.kept == Kept::content, Behaviour::redirect_rewrite);
  next.method = std::string(rewrite.method);
  if (rewrite.kept != Kept::content) {
    next.content.clear();
    for (const std::string_view name : content_fields)
      if (rewrite.kept == Kept::none || name != "Content-Type") http::remove(next.fields, name);
  }

  const std::string from = origin_of_target(next.target);
  const std::string to = origin_of_target(*target);
  next.target = *target;
  if (from != to) {
    std::string_view names = value(Behaviour::redirect_drops).text;
    decide(redirect_fields_dropped, !names.empty(), Behaviour::redirect_drops, {{"from", from}, {"to", to}});
    while (!names.empty()) {
      const std::size_t end = std::min(names.find(' '), names.size());
      http::remove(next.fields, names.substr(0, end));
      names.remove_prefix(std::min(end + 1, names.size()));
    }
    http::remove(next.fields, "Host");
    // HTTP-redirect fetch: from here on Origin is "null", where two origins follow one another and neither is the page's.
    if (from != current_.page_origin) current_.tainted_origin = true;
    current_.authorization.clear();
  }
  if (!may_start()) {
    finish_with_error(Error::network);
    return true;
  }
  current_.authenticated = false;
  current_.stale_nonce = false;
  current_.preflighted = false;
  current_.repeats = 0;
  current_.sent_in_vain = 0;
  send(Purpose::redirect, now_);
  return true;
}

}  // namespace statuslab::client
