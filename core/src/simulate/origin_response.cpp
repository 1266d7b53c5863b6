// What the checks share, and the response that leaves: representation fields, content, framing.
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_turn.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {

// --- the request -------------------------------------------------------------------------------------------------------

std::optional<std::uint64_t> Turn::announced_length() const {
  if (const auto length = field("Content-Length")) return syntax::parse_decimal(*length);
  if (http::has(request.fields, "Transfer-Encoding")) return std::nullopt;
  return request.content.size();  // HTTP/2 and values that were made by hand say it by their end
}

bool Turn::has_request_content() const { return announced_length().value_or(1) > 0; }
bool Turn::speaks_http1() const { return arrival.http_version.starts_with("1."); }
bool Turn::speaks_http11() const { return arrival.http_version != "1.0" && arrival.http_version != "0.9"; }

void Turn::give(std::string media, std::string text) {
  add("Content-Type", std::move(media));
  content = std::move(text);
  has_content = true;
}

// --- small things --------------------------------------------------------------------------------------------------------

bool contains(const Names& names, std::string_view name) { return std::find(names.begin(), names.end(), name) != names.end(); }

bool contains_ignoring_case(const Names& names, std::string_view name) {
  return std::any_of(names.begin(), names.end(), [name](const std::string& n) { return ascii::equals_ignoring_case(n, name); });
}

std::string join(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "" : ", ") + name;
  return text;
}

std::string number(std::uint64_t value) { return std::to_string(value); }

bool is_safe(std::string_view method) {
  const MethodInfo* info = find_method(method);
  return info != nullptr && info->safe;
}

std::string media_of(std::string_view content_type) {
  return std::string(ascii::trim(content_type.substr(0, content_type.find(';'))));
}

bool is_json(std::string_view media) { return media == "application/json" || media.ends_with("+json"); }
bool is_xml(std::string_view media) { return media == "application/xml" || media == "text/xml" || media.ends_with("+xml"); }

std::string escape_markup(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else if (c == '"')
      escaped += "&quot;";
    else
      escaped += c;
  }
  return escaped;
}

// --- representations --------------------------------------------------------------------------------------------------

std::string etag_of(const Representation& representation) {
  if (!representation.etag) return {};
  return (representation.etag_weak ? "W/" : "") + *representation.etag;
}

namespace {

struct Shell {
  std::string_view before;
  std::string_view after;
};

Shell shell_of(std::string_view media) {
  if (media == "text/html") return {"<!doctype html>\n<html lang=\"en\">\n<title>Example</title>\n<p>", "</p>\n</html>\n"};
  if (is_json(media)) return {"{\"text\":\"", "\"}"};
  if (is_xml(media)) return {"<text>", "</text>"};
  if (media == "text/css" || media == "text/javascript") return {"/* ", " */\n"};
  return {};
}

}  // namespace

std::string content_of(const Representation& representation) {
  if (representation.text) return *representation.text;
  constexpr std::uint64_t most = 1 << 20;
  const std::size_t length = static_cast<std::size_t>(std::min(representation.bytes, most));
  Shell shell = representation.coding.empty() ? shell_of(representation.media) : Shell{};
  if (shell.before.size() + shell.after.size() > length) shell = {};
  std::string text(shell.before);
  while (text.size() + shell.after.size() < length) text += static_cast<char>('0' + text.size() % 10);
  return text.append(shell.after);
}

std::string content_type_of(const Representation& representation) {
  const bool has_charset = representation.media.starts_with("text/") && !representation.charset.empty();
  return representation.media + (has_charset ? "; charset=" + representation.charset : "");
}

std::string variant_path(const Resource& resource, const Representation& representation) {
  const std::string_view media = representation.media;
  const std::string subtype(media.substr(std::min(media.size(), media.find('/') + 1)));
  return resource.path + "." + (representation.lang.empty() ? subtype : representation.lang + "." + subtype);
}

void touch(Representation& representation, std::uint32_t& writes, Instant now) {
  if (representation.etag) representation.etag = "\"v" + number(++writes + 1) + "\"";
  representation.last_modified = now;
}

// --- resources -----------------------------------------------------------------------------------------------------------

Names methods_of(const Config& config, const Resource& resource) {
  Names methods = resource.methods;
  // RFC 9110 section 9.1: "All general-purpose servers MUST support the methods GET and HEAD."
  const auto get = std::find(methods.begin(), methods.end(), "GET");
  if (get != methods.end() && !contains(methods, "HEAD")) methods.insert(get + 1, "HEAD");
  if (config.policy.trace && !contains(methods, "TRACE")) methods.push_back("TRACE");
  if (!resource.dav && !resource.collection) return methods;
  for (const std::string_view method : {"PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK"})
    if (!contains(methods, method)) methods.emplace_back(method);
  // RFC 4918 section 9.3.1: MKCOL of something that is there is 405.
  if (resource.exists && !resource.history.gone) methods.erase(std::remove(methods.begin(), methods.end(), "MKCOL"), methods.end());
  return methods;
}

Resource* find_resource(Config& config, std::string_view path) {
  Resource* nearest = nullptr;
  for (Resource& resource : config.resources) {
    if (resource.path == path) return &resource;
    const bool below = resource.path.ends_with('*') && path.starts_with(std::string_view(resource.path).substr(0, resource.path.size() - 1));
    if (below && (nearest == nullptr || resource.path.size() > nearest->path.size())) nearest = &resource;
  }
  return nearest;
}

Resource& own_resource(Turn& turn) {
  if (!turn.resource->path.ends_with('*')) return *turn.resource;
  Resource copy = *turn.resource;
  copy.path = turn.target.path;
  turn.config.resources.push_back(std::move(copy));
  turn.resource = &turn.config.resources.back();
  return *turn.resource;
}

// --- the response --------------------------------------------------------------------------------------------------------

namespace {

bool differ(const std::vector<Representation>& all, std::string Representation::*member) {
  return std::any_of(all.begin(), all.end(), [&](const Representation& one) { return one.*member != all[0].*member; });
}

// RFC 9110 section 12.5.5: "An origin server SHOULD generate a Vary header field on a cacheable response when it wishes that
// response to be selectively reused".
void vary_by_negotiation(Turn& turn) {
  if (turn.resource->cache.vary) {
    for (const std::string& name : *turn.resource->cache.vary) turn.vary.push_back(name);
    return;
  }
  const auto& all = turn.resource->representations;
  if (all.size() < 2 || turn.pinned) return;
  if (differ(all, &Representation::media)) turn.vary.push_back("Accept");
  if (differ(all, &Representation::lang)) turn.vary.push_back("Accept-Language");
  if (differ(all, &Representation::coding)) turn.vary.push_back("Accept-Encoding");
}

void add_cors(Turn& turn) {
  if (turn.resource == nullptr || turn.resource->cors.allow_origin == AllowOrigin::none) return;
  const Cors& cors = turn.resource->cors;
  // The response depends on who asks (Fetch Standard, "CORS protocol and HTTP caches").
  if (cors.allow_origin != AllowOrigin::any) turn.vary.push_back("Origin");
  if (!turn.grants_origin) return;
  turn.add("Access-Control-Allow-Origin", cors.allow_origin == AllowOrigin::any ? "*" : turn.field("Origin").value_or("*"));
  if (cors.allow_credentials) turn.add("Access-Control-Allow-Credentials", "true");
  if (!cors.expose.empty() && turn.method != "OPTIONS") turn.add("Access-Control-Expose-Headers", join(cors.expose));
}

std::string reason_of(std::uint16_t status) {
  const auto rows = find_status(status);
  return rows.empty() ? std::string() : std::string(rows[0].phrase);
}

// RFC 9110 section 15.5: "the server SHOULD send a representation containing an explanation of the error situation"; of a
// redirect "a short hypertext note with a hyperlink" (section 15.4.2).
void explain(Turn& turn, std::uint16_t status) {
  if (turn.has_content) return;
  if (status >= 400)
    return turn.give("application/problem+json", "{\"title\":\"" + reason_of(status) + "\",\"status\":" + number(status) + "}\n");
  const std::string* location = http::find(turn.fields, "Location");
  if (status >= 300 && location != nullptr) {
    const std::string to = escape_markup(*location);
    turn.give("text/html; charset=utf-8", "<!doctype html>\n<html lang=\"en\">\n<title>" + reason_of(status) + "</title>\n<p>See <a href=\"" +
                                              to + "\">" + to + "</a>.</p>\n</html>\n");
  }
}

void frame(Turn& turn, http::Response& response) {
  const std::uint16_t status = response.status;
  const bool never = status < 200 || status == 204 || status == 304;
  if (never) return;
  const Framing framing = turn.resource != nullptr && status == 200 ? turn.resource->framing : Framing::content_length;
  const bool chunks = framing == Framing::chunked && turn.arrival.http_version == "1.1";
  const bool ends = framing == Framing::close && turn.speaks_http1();
  if (chunks)
    response.fields.push_back({"Transfer-Encoding", "chunked"});
  else if (!ends)
    response.fields.push_back({"Content-Length", number(turn.content.size())});
  turn.answer.closes |= ends;
  if (!turn.is("HEAD")) response.content = std::move(turn.content);
}

void add_trailers(Turn& turn, http::Response& response) {
  if (response.status != 200 || turn.resource == nullptr || turn.resource->trailers.empty() || turn.is("HEAD")) return;
  if (!http::has(response.fields, "Transfer-Encoding") && turn.speaks_http1()) return;
  Names names;
  for (const http::Field& field : turn.resource->trailers) names.push_back(field.name);
  response.fields.push_back({"Trailer", join(names)});
  response.trailers = turn.resource->trailers;
}

}  // namespace

void describe(Turn& turn) {
  const Representation* representation = turn.representation();
  if (representation == nullptr) return;
  const std::uint16_t status = turn.answer.response.status;
  // Section 15.4.5: "a sender SHOULD NOT generate representation metadata other than the above listed fields" in a 304;
  // section 15.3.7: nor in a 206 to an If-Range.
  const bool short_form = status == 304 || (status == 206 && turn.field("If-Range"));
  const std::string etag = etag_of(*representation);
  if (!short_form && !http::has(turn.fields, "Content-Type")) turn.add("Content-Type", content_type_of(*representation));
  if (!short_form && !representation->lang.empty()) turn.add("Content-Language", representation->lang);
  if (!short_form && !representation->coding.empty()) turn.add("Content-Encoding", representation->coding);
  if (!etag.empty()) turn.add("ETag", etag);
  if (representation->last_modified && (!short_form || etag.empty()))
    turn.add("Last-Modified", syntax::format_http_date(std::min(*representation->last_modified, turn.now) / 1000));
  if (turn.resource->representations.size() > 1 && !turn.pinned)
    turn.add("Content-Location", variant_path(*turn.resource, *representation));
  if (!short_form && turn.resource->ranges.unit != "none") turn.add("Accept-Ranges", turn.resource->ranges.unit);
  if (turn.resource->multiple_choices == Choices::list && status == 200)
    for (const Representation& other : turn.resource->representations)
      turn.add("Link", "<" + variant_path(*turn.resource, other) + ">; rel=\"alternate\"; type=\"" + other.media + "\"");
  vary_by_negotiation(turn);
  for (const http::Field& field : turn.resource->cache.fields) turn.fields.push_back(field);
}

void finish(Turn& turn) {
  http::Response& response = turn.answer.response;
  if (turn.repeats_kept) {
    response = turn.kept->response;
    http::set(response.fields, "Date", syntax::format_http_date(turn.now / 1000));
    turn.answer.content_read = turn.has_request_content();
    return;
  }
  const std::uint16_t status = response.status;
  if (turn.describes_representation) describe(turn);
  // What was negotiated away depends on the same fields.
  if ((status == 406 || status == 300) && turn.resource != nullptr) vary_by_negotiation(turn);
  add_cors(turn);
  explain(turn, status);
  if (turn.speaks_http1() || turn.arrival.http_version == "0.9") response.reason = reason_of(status);
  // Section 6.6.1: an origin server with a clock "MUST generate a Date header field in all 2xx (Successful), 3xx
  // (Redirection), and 4xx (Client Error) responses".
  if (status >= 200) response.fields.push_back({"Date", syntax::format_http_date(turn.now / 1000)});
  for (http::Field& field : turn.fields) response.fields.push_back(std::move(field));
  if (!turn.vary.empty()) http::set(response.fields, "Vary", join(turn.vary));
  if (status == 101) return;
  turn.answer.content_read = turn.has_request_content() && turn.reached_processing;
  frame(turn, response);
  add_trailers(turn, response);
  if (turn.answer.closes && turn.speaks_http1() && !http::has(response.fields, "Connection"))
    response.fields.push_back({"Connection", "close"});
  if (turn.resource != nullptr && turn.answer.takes_ms == 0) turn.answer.takes_ms = turn.resource->takes_ms;
}

}  // namespace statuslab::origin
