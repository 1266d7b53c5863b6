// A client, a cache and an origin in a few words, for pictures of what a cache does:
//
//   Scene scene(CacheKind::private_);
//   scene.fill("GET", "200|Cache-Control: max-age=60||hello");
//   scene.wait(3);
//   CHECK(scene.ask("GET") == "stored 200 hello");
//
// A message is its lines, with "|" for line endings. The target is https://a.example/x unless the first line names one.
#pragma once

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "statuslab/cache.h"

namespace statuslab::tests {

inline constexpr Instant scene_start = 1'767'607'200'000;  // Mon, 05 Jan 2026 10:00:00 GMT

// The lines before the empty one are fields; what follows it is content.
inline void read_fields(std::string_view text, http::Fields& fields, std::string& content) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('|'), text.size());
    const std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    if (line.empty()) {
      content = text;
      return;
    }
    const std::size_t colon = line.find(": ");
    if (colon != std::string_view::npos) fields.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
    else if (line.ends_with(':')) fields.push_back({std::string(line.substr(0, line.size() - 1)), ""});
  }
}

inline http::Request request_of(std::string_view text) {
  http::Request request;
  const std::string_view line = text.substr(0, text.find('|'));
  const std::size_t space = line.find(' ');
  request.method = line.substr(0, space);
  request.target = space == std::string_view::npos ? "https://a.example/x" : std::string(line.substr(space + 1));
  if (line.size() < text.size()) read_fields(text.substr(line.size() + 1), request.fields, request.content);
  return request;
}

inline http::Response response_of(std::string_view text) {
  http::Response response;
  response.status = static_cast<std::uint16_t>(std::atoi(std::string(text.substr(0, 3)).c_str()));
  if (text.size() > 4) read_fields(text.substr(4), response.fields, response.content);
  return response;
}

class Scene {
 public:
  explicit Scene(CacheKind kind = CacheKind::shared) : cache([&] {
    CacheOptions options;
    options.kind = kind;
    return options;
  }()) {}
  explicit Scene(CacheOptions options) : cache(std::move(options)) {}

  // What the cache does with a request.
  std::string ask(std::string_view request) { return tell(cache.request(request_of(request), now)); }
  // What it does with the answer to the last request that it passed on.
  std::string reply(std::string_view response) { return tell(cache.response(last.ticket, response_of(response), now)); }
  std::string fail() { return tell(cache.failed(last.ticket, now)); }
  // Both at once.
  std::string fill(std::string_view request, std::string_view response) {
    (void)ask(request);
    return reply(response);
  }
  void wait(double seconds) { now += static_cast<Instant>(seconds * 1000); }

  [[nodiscard]] std::string field(std::string_view name) const {
    const http::Fields& fields = last.action == CacheAction::forward ? last.request.fields : last.response.fields;
    return http::combined(fields, name).value_or("(absent)");
  }
  // "yes", "no", or "(not asked)": the last answer to the question.
  [[nodiscard]] std::string decided(DecisionId id) const {
    std::string said = "(not asked)";
    for (const Decision& decision : last.decisions)
      if (decision.id == id) said = decision.answer ? "yes" : "no";
    return said;
  }

  Cache cache;
  CacheAnswer last;
  Instant now = scene_start;

 private:
  std::string tell(CacheAnswer answer) {
    static constexpr std::string_view sources[] = {"none", "stored", "validated", "forwarded", "generated"};
    last = std::move(answer);
    if (last.action == CacheAction::wait) return "wait";
    if (last.action == CacheAction::respond) {
      std::string text(sources[static_cast<std::size_t>(last.source)]);
      text += " " + std::to_string(last.response.status);
      return last.response.content.empty() ? text : text + " " + last.response.content;
    }
    std::string text = "forward " + last.request.method;
    for (const std::string_view name : {"If-None-Match", "If-Modified-Since", "Range", "If-Range"})
      if (http::has(last.request.fields, name)) text += " " + std::string(name) + ": " + field(name);
    return text;
  }
};

}  // namespace statuslab::tests
