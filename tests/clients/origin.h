// The scripted origin that the clients were measured against: what it answers to each target, as a client would receive it.
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "statuslab/client.h"

namespace statuslab::tests {

class ScriptedOrigin {
 public:
  // The nth request for a target gets what was scripted for it: some are answered differently the second time.
  client::Incoming answer(const client::Outgoing& outgoing, Instant now);

 private:
  std::map<std::string, int> visits_;
};

// "/x/U" of "http://127.0.0.1:9101/x/U".
std::string path_of(const std::string& target);
client::Incoming plain(int status, const std::string& content, http::Fields fields = {});
// One case of the sections about content, interim responses, challenges and Location, by its name: "204-cl5-body".
client::Incoming scripted_case(const std::string& name);
// A response with the status as it is on the wire: "2000", "abc".
client::Incoming with_status_text(const std::string& status, const std::string& content);

}  // namespace statuslab::tests
