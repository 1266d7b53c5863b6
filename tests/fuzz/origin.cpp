// Any requests, one after the other, at an origin with any settings: each gets one answer with one terminal decision, whose
// fields are lines and whose length is that of its content.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/origin.h"

namespace {

using namespace statuslab;

// Bits of the first two bytes switch on what an origin may have.
OriginConfig config_of(unsigned bits) {
  OriginConfig config;
  origin::Resource& resource = config.resources[0];
  const auto has = [&bits] {
    const bool set = (bits & 1U) != 0;
    bits >>= 1U;
    return set;
  };
  if (has()) resource.auth.emplace().deny = {"v"};
  if (has()) resource.dav.emplace().lock.emplace();
  if (has()) resource.representations = {{.lang = "en", .bytes = 30}, {.media = "text/plain", .etag = "\"b\"", .etag_weak = true, .bytes = 0}};
  if (has()) resource.representations.clear();
  if (has()) resource.representations.assign(1, {.last_modified = 1'000'000'000'000, .instance_history = {"\"o\""}});
  if (has()) resource.write.outcome = origin::Outcome::created;
  if (has()) resource.path = "/x";
  if (has()) resource.exists = false;
  if (has()) resource.cors.allow_origin = origin::AllowOrigin::echo;
  if (has()) config.policy.trace = config.policy.expectations_ignored = true;
  if (has()) config.extensions = {.delta_im = {"vcdiff"}, .upgrade = {"websocket"}, .resumable_upload = true};
  if (has()) resource.framing = origin::Framing::chunked;
  return config;
}

std::string_view line(std::string_view& rest) {
  const std::size_t end = std::min(rest.find('\n'), rest.size());
  const std::string_view first = rest.substr(0, end);
  rest.remove_prefix(std::min(end + 1, rest.size()));
  return first;
}

// Method, target, fields as "name:value", an empty line; what follows up to the next empty line is content.
http::Request request_of(std::string_view& rest) {
  http::Request request{std::string(line(rest)), std::string(line(rest))};
  while (!rest.empty()) {
    const std::string_view field = line(rest);
    if (field.empty()) break;
    const std::size_t colon = std::min(field.find(':'), field.size());
    request.fields.push_back({std::string(field.substr(0, colon)), std::string(field.substr(std::min(colon + 1, field.size())))});
  }
  request.content = line(rest);
  return request;
}

void check(const origin::Answer& answer, const http::Request& request) {
  const auto terminal = std::count_if(answer.decisions.begin(), answer.decisions.end(), [](const Decision& d) { return d.terminal; });
  require(terminal == 1 && answer.decisions.back().terminal);
  const http::Response& response = answer.response;
  require(answer.decisions.back().gives == response.status && response.status >= 101 && response.status < 600);
  for (const http::Field& field : response.fields) require(!field.name.empty());
  const std::string* length = http::find(response.fields, "Content-Length");
  if (length != nullptr && request.method != "HEAD" && request.method != "M-HEAD") require(*length == std::to_string(response.content.size()));
  if (response.status == 204 || response.status == 304 || response.status == 101) require(response.content.empty() && length == nullptr);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size < 3) return 0;
  Origin server(config_of(data[0] | static_cast<unsigned>(data[1]) << 8U));
  constexpr const char* versions[] = {"1.1", "1.0", "2", "3.0"};
  const origin::Arrival arrival{.http_version = versions[data[2] % 4], .early_data = (data[2] & 4U) != 0};
  std::string_view rest(reinterpret_cast<const char*>(data) + 3, size - 3);
  for (Instant now = 1'767'607'200'000; !rest.empty(); now += 1000) {
    const http::Request request = request_of(rest);
    check(server.respond(request, arrival, now), request);
  }
  return 0;
}
