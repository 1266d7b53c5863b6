#include "statuslab/intermediary.h"

namespace statuslab::intermediary {

Step receive(const Config& config, const Incoming& incoming) {
  Step step;
  step.forward = Forwarded{.request = incoming.request, .version = config.upstream_version};
  return step;
}

Step respond(const Config&, const Incoming&, const Forwarded&, const Answer& answer) {
  Step step;
  step.respond = answer.response;
  return step;
}

}  // namespace statuslab::intermediary
