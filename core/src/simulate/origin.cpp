#include "statuslab/origin.h"

#include <algorithm>

namespace statuslab {

Origin::Origin(OriginConfig config) : config_(std::move(config)) {}

origin::Answer Origin::respond(const http::Request&, const origin::Arrival&, Instant) {
  origin::Answer answer;
  answer.response.reason = "OK";
  answer.decisions.push_back({DecisionId::if_none_match, false, 200, true});
  return answer;
}

bool Origin::change(std::string_view path, Instant) {
  return std::any_of(config_.resources.begin(), config_.resources.end(),
                     [path](const origin::Resource& resource) { return resource.path == path; });
}

std::vector<std::string_view> movable_origin_checks() { return {}; }
std::optional<std::string> order_fault(const origin::Names&) { return std::nullopt; }

}  // namespace statuslab
