#include "statuslab/client.h"

namespace statuslab::client {

Client::Client(const Profile& profile, Config config) : profile_(&profile), config_(std::move(config)) {}

Step Client::start(http::Request request, Instant now) {
  Step step;
  step.requests.push_back({.request = std::move(request), .at = now, .connection = ++last_connection_});
  return step;
}

Step Client::receive(const Incoming& incoming, Instant) {
  Step step;
  step.outcome = Outcome{.status = incoming.response.status, .fields = incoming.response.fields, .content = incoming.response.content};
  return step;
}

std::vector<Contract> client_contract(const http::Request& request, const Incoming& incoming, Instant now, Mode) {
  std::vector<Contract> contracts;
  for (const Profile& profile : all_profiles()) {
    Client client(profile);
    (void)client.start(request, now);
    contracts.push_back({&profile, client.receive(incoming, now)});
  }
  return contracts;
}

}  // namespace statuslab::client
