// One call of a client: what is under way, what it does with it, and the step that comes of it. The parts are in files of
// their own: client.cpp (the order of questions), client_reading.cpp (bytes), client_redirect.cpp, client_retry.cpp,
// client_auth.cpp, client_cookies.cpp, client_cors.cpp.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>

#include "simulate/client_profile.h"
#include "statuslab/client.h"

namespace statuslab::client {

// What the client made of the bytes: the response as it sees it.
struct Reading {
  http::Response response;
  Error error = Error::none;
  bool keep = true;       // the connection can go on
  std::string waiting = {};  // bytes that stay on it
};

class Exchange {
 public:
  Exchange(Client& client, Instant now) : client_(client), current_(client.current_), now_(now) {}

  void start(http::Request request);
  void receive(const Incoming& incoming);
  [[nodiscard]] Step take() { return std::move(step_); }

 private:
  // --- what everybody needs (client.cpp)
  [[nodiscard]] BehaviourValue value(Behaviour behaviour) const { return client_.profile_->value(behaviour); }
  [[nodiscard]] bool is(Behaviour behaviour, std::string_view word) const { return value(behaviour).text == word; }
  [[nodiscard]] bool has(Behaviour behaviour, std::uint16_t status) const { return has_status(value(behaviour).text, status); }
  [[nodiscard]] std::uint32_t number(Behaviour behaviour) const { return number_of(value(behaviour).text); }
  [[nodiscard]] const Config& config() const { return client_.config_; }
  [[nodiscard]] bool is_browser() const { return config().mode != Mode::plain; }
  [[nodiscard]] bool includes_credentials() const;
  [[nodiscard]] bool is_cross_origin() const;
  [[nodiscard]] bool is_cross_site() const;

  Decision& decide(DecisionId id, bool answer, std::initializer_list<DecisionInput> inputs = {}, std::uint16_t gives = 0);
  // The same, where the profile decides: the behaviour is an input, its other words are the alternatives.
  Decision& decide(DecisionId id, bool answer, Behaviour behaviour, std::initializer_list<DecisionInput> inputs = {}, std::uint16_t gives = 0);
  void change(ChangeKind kind, std::uint32_t connection, std::string subject = {}, std::string text = {});

  void send(Purpose purpose, Instant at);
  void finish(Outcome outcome);
  void finish_with_error(Error error, std::uint16_t status = 0);
  void finish_with(const http::Response& response, Error error = Error::none);
  void give(const Reading& reading);  // nothing more is to be done: to the caller
  [[nodiscard]] Page page_of(const http::Response& response, Error error);

  // --- connections and bytes (client_reading.cpp)
  [[nodiscard]] Client::Connection& connect(const std::string& origin);
  void release(bool keep, const std::string& waiting);
  [[nodiscard]] bool fail(const Incoming& incoming);  // true: dealt with
  [[nodiscard]] std::optional<Reading> read(const Incoming& incoming);
  [[nodiscard]] std::optional<std::uint16_t> read_status(const Incoming& incoming);
  [[nodiscard]] bool read_interim(const Incoming& incoming);  // false: dealt with
  void read_hints(const http::Interim& interim);
  // False: the exchange is over, for nobody knows where the message ends.
  [[nodiscard]] bool read_content(const Incoming& incoming, Reading& reading);
  [[nodiscard]] std::optional<std::uint64_t> read_length(const http::Response& response, Reading& reading);
  void read_excess(std::string_view bytes, Behaviour behaviour, Reading& reading);

  // --- repeating (client_retry.cpp)
  [[nodiscard]] bool repeat_unasked(const http::Response& response);
  [[nodiscard]] bool repeat_without_expect(const http::Response& response);
  [[nodiscard]] bool retry(const http::Response& response);
  [[nodiscard]] std::optional<std::int64_t> wait_for(const http::Response& response);

  // --- authentication (client_auth.cpp)
  void add_credentials(http::Request& request);
  [[nodiscard]] bool answer_challenge(const http::Response& response);
  [[nodiscard]] bool refuse_407(const http::Response& response);

  // --- cookies (client_cookies.cpp)
  void add_cookies(http::Request& request);
  void store_cookies(const http::Response& response);

  // --- CORS (client_cors.cpp)
  [[nodiscard]] bool may_start();
  void drop_page_fields();
  [[nodiscard]] bool needs_preflight();
  [[nodiscard]] http::Request preflight() const;
  [[nodiscard]] bool passes_preflight(const http::Response& response);
  [[nodiscard]] bool passes_cors(const http::Response& response);
  [[nodiscard]] bool star_covers(std::string_view name) const;
  [[nodiscard]] std::string request_origin() const;
  void expose(http::Fields& fields);

  // --- redirects (client_redirect.cpp)
  [[nodiscard]] bool redirect(const http::Response& response);
  [[nodiscard]] std::optional<std::string> location_of(const http::Response& response);

  Client& client_;
  Client::Current& current_;
  Instant now_;
  Step step_;
};

// "https://a.example:8443" of a target that has been checked; empty for another one.
[[nodiscard]] std::string origin_of_target(std::string_view target);

}  // namespace statuslab::client
