// The machines of the simulator one by one, JSON in and JSON out: a cache, an origin, a client that are kept between calls.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace statuslab {

class Machine {
 public:
  virtual ~Machine() = default;
  // One member, which names what happens. Times ("now") are milliseconds since 1970, and never go back.
  //   cache   {"request":{"method","target","fields","content","now"}}, {"response":{"ticket","status","reason","fields","content",
  //           "trailers","interim","now"}}, {"failed":{"ticket","now"}}, {"stored":{"now"}}, {"clear":{}}
  //   origin  {"respond":{"method","target","fields","content","now","http_version","early_data","ip"}}, {"change":{"path","now"}}
  //   client  {"start":{"method","target","fields","content","now"}}, {"receive":{"status",...,"failure","end","excess","now"}}
  // What cannot be read is answered with {"mistakes":[...]}.
  [[nodiscard]] virtual std::string call(std::string_view json) = 0;
};

// Absent where `settings`, a JSON object, cannot be read: then `mistakes` is {"mistakes":[...]}.
// A cache's are CacheOptions, an origin's the `origin` of a scenario, a client's its `client`.
struct Opened {
  std::unique_ptr<Machine> machine{};
  std::string mistakes{};
};
[[nodiscard]] Opened open_cache(std::string_view settings);
[[nodiscard]] Opened open_origin(std::string_view settings);
[[nodiscard]] Opened open_client(std::string_view settings);

// Who a client can be: [{"id":"curl","name":"curl","version":"7.88.1","measured":"2026-11-22"},...].
[[nodiscard]] std::string client_profiles_json();
// What each profile makes of one response, with nobody to answer further requests.
// {"request":{"method","target","fields"},"response":"HTTP/1.1 ...","mode":"navigate","now":0} to [{"profile":"curl","requests":[...],
// "outcome":...,"decisions":[...],"changes":[...]},...]
[[nodiscard]] std::string client_contract_json(std::string_view json);

}  // namespace statuslab
