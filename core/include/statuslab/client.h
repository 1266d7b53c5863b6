// A client: what a program that sends requests makes of the answers. It redirects, repeats, authenticates, keeps
// cookies and connections, checks CORS; how, is the data of its profile (core/data/client_profiles.tsv: curl, Node, browsers ...
// as measured, and "by-the-book" as RFC 9110 and the Fetch Standard say). No sockets and no clock: `start` and `receive`
// return the requests to be sent, or the outcome. Sources: RFC 9110 sections 9.2.2, 10.2, 11, 15; Fetch Standard; RFC 6265bis.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "client_behaviour.h"
#include "statuslab/decision.h"
#include "statuslab/http.h"

namespace statuslab::client {

// --- profiles -------------------------------------------------------------------------------------------------------

// What one client does about one thing. Where nothing was measured, `text` is what the documents say.
struct BehaviourValue {
  std::string_view text;  // "301 302 303 307 308", "close" ...: what it may be is `values` of the behaviour
  bool measured = false;  // always true for "by-the-book"
};

struct BehaviourInfo {
  std::string_view id;      // "redirect-followed"
  std::string_view values;  // the words that it can be, or "statuses", "methods", "fields", "number", "rules"
  std::string_view cite;
};
[[nodiscard]] const BehaviourInfo& behaviour_info(Behaviour);
[[nodiscard]] std::span<const BehaviourInfo> all_behaviours();

struct Profile {
  std::string_view id;        // "curl"
  std::string_view name;      // "curl"
  std::string_view version;   // "7.88.1 (Debian 7.88.1-10+deb12u14)"; empty for "by-the-book"
  std::string_view measured;  // "2026-11-22"; empty for "by-the-book"
  std::span<const std::string_view> values;  // one a Behaviour; "?": not measured

  [[nodiscard]] BehaviourValue value(Behaviour) const;
};
[[nodiscard]] std::span<const Profile> all_profiles();
[[nodiscard]] const Profile* find_profile(std::string_view id);  // null: no such profile

// --- what the caller chose --------------------------------------------------------------------------------------------

// `plain`: a program without pages and origins. The others are the request modes of the Fetch Standard.
enum class Mode : std::uint8_t { plain, cors, no_cors, same_origin, navigate };
enum class Credentials : std::uint8_t { omit, same_origin, include };
enum class OnRedirect : std::uint8_t { follow, manual, error };

struct Account {
  std::string user;
  std::string password;
  std::string token{};       // for Bearer (RFC 6750); sent without being asked
  bool basic = true;         // which schemes may be answered
  bool digest = false;
  bool preemptive = false;   // Basic goes with the first request
  bool withhold_content = false;  // the first request of a Digest exchange goes without its content, as curl --digest does
};

struct Config {
  Mode mode = Mode::plain;
  std::string origin = {};  // of the page that asks: "https://a.example"; empty: the origin of the target
  Credentials credentials = Credentials::same_origin;
  OnRedirect redirect = OnRedirect::follow;
  std::optional<Account> account = {};
  std::uint32_t retries = 0;  // what the caller asked for, as in curl --retry; what a client repeats unasked is its profile's
  std::optional<std::uint32_t> retry_delay_ms = {};  // instead of waits that double
  std::optional<std::uint32_t> retry_time_ms = {};   // no retry that would begin later than this
  bool expect_continue = false;
  bool cookies = true;        // there is a jar
  bool early_data = false;    // the first request goes as TLS early data (RFC 8470)
  bool http2 = false;
  std::uint32_t resume_at = 0;  // bytes of the content that are here already (RFC 9110 section 14.2)
};

// --- what goes out ----------------------------------------------------------------------------------------------------

enum class Purpose : std::uint8_t { first, preflight, redirect, retry, authentication };

struct Outgoing {
  http::Request request;
  Purpose purpose = Purpose::first;
  Instant at = 0;                // not before
  std::uint32_t connection = 0;  // counted from 1 for each client
  bool reused = false;           // the connection has carried a response before
  bool early_data = false;
  // The content follows once 100 (Continue) is there, or after this time; absent: with the header section.
  std::optional<std::uint32_t> content_wait_ms = {};
};

// --- what comes back --------------------------------------------------------------------------------------------------

// `none`: a response came. The others tell what came instead of it, after `response.interim`.
enum class Failure : std::uint8_t { none, closed, reset, unreachable, timeout };

// How the bytes on the connection end. `whole`: where the sender meant the message to end. `silent`: nothing more comes
// and the connection stays open, whatever the framing promised. `closed`: the connection is closed after them.
enum class End : std::uint8_t { whole, silent, closed };

struct Incoming {
  Failure failure = Failure::none;
  http::Response response;  // `content`: what followed the header section, also where the status allows none (204, 304)
  End end = End::whole;
  std::string status_text;  // the status as on the wire, where it is not the three digits of response.status: "2000", "abc"
  std::string excess;       // bytes behind the end of the message that its framing tells
  bool late = false;        // content and excess came after the header section, in packets of their own
  std::string stray;        // bytes between the last interim response and the final one that belong to neither
  bool head_cut = false;    // the header section ends too early
  bool chunks_cut = false;  // the chunked coding ends too early, or cannot be read
};

// --- what came of it --------------------------------------------------------------------------------------------------

enum class Error : std::uint8_t {
  none,
  network,        // no connection, or no response on it
  bad_message,    // what came is no HTTP to this client
  bad_redirect,   // Location leads nowhere it would go
  redirect_limit,
  cors,           // the Fetch Standard forbids the page to see it
  content,        // the status is known, its content is not whole
  timeout,        // waits for bytes that do not come
  prompt,         // waits for a person to enter a password
  too_many_retries,
  resume,         // the bytes that came do not continue those that are there
};

// The type of a response in the Fetch Standard; `basic` for all plain programs.
enum class Type : std::uint8_t { basic, cors, opaque, opaque_redirect };
// Where a navigation ends.
enum class Page : std::uint8_t { none, shown, blank, stays, error };

struct Outcome {
  Error error = Error::none;
  std::uint16_t status = 0;  // as the caller sees it; 0: sees none
  bool raised = false;       // the caller gets the status as an error: exception, exit code
  http::Fields fields = {};  // those that the caller may read
  std::string content = {};  // what the caller reads
  std::string url = {};      // where the last response came from; with the fragment that is in force
  bool redirected = false;
  Type type = Type::basic;
  Page page = Page::none;
};

enum class ChangeKind : std::uint8_t {
  connection_opened, connection_reused, connection_kept, connection_closed, connection_poisoned,
  cookie_stored, cookie_removed, preflight_stored, credentials_stored,
};
struct Change {
  ChangeKind kind{};
  std::uint32_t connection = 0;  // for those about connections
  std::string subject = {};      // origin, cookie name, method or field that the preflight allowed
  std::string value = {};
};

// Either requests to be sent, or an outcome.
struct Step {
  std::vector<Outgoing> requests;  // one, today
  std::optional<Outcome> outcome;
  Decisions decisions;
  std::vector<Change> changes;
};

// --- the machine ------------------------------------------------------------------------------------------------------

struct Cookie {
  std::string name;
  std::string value;
  std::string domain;  // in lower case
  std::string path;
  bool host_only = true;
  bool secure = false;
  std::string same_site = {};  // "strict", "lax", "none"; empty: nothing was said
  std::optional<Instant> expires = {};  // absent: for the session
};

// One request at a time; connections, cookies, credentials and preflight results stay between requests.
class Client {
 public:
  explicit Client(const Profile& profile, Config config = {});

  // A target that is no absolute http or https URI ends at once with Error::network.
  [[nodiscard]] Step start(http::Request request, Instant now);
  // The answer to the request that was returned last.
  [[nodiscard]] Step receive(const Incoming& incoming, Instant now);

  [[nodiscard]] const Profile& profile() const { return *profile_; }
  [[nodiscard]] const Config& config() const { return config_; }
  [[nodiscard]] std::span<const Cookie> cookies() const { return cookies_; }

  // Between requests: another config for the next one.
  void configure(Config config) { config_ = std::move(config); }

 private:
  friend class Exchange;

  struct Connection {
    std::string origin;
    std::uint32_t number = 0;
    bool used = false;
    std::string poison;  // bytes that wait in front of the next response
  };
  struct PreflightEntry {
    std::string origin = {};  // of the page
    std::string target;
    bool credentials = false;
    std::string method;  // empty for an entry about a field
    std::string field;   // in lower case
    Instant expires = 0;
  };

  // What is under way.
  struct Current {
    http::Request request;         // of this hop, as the caller and redirects made it
    Outgoing outgoing;             // what was sent last
    std::string page_origin;
    std::string fragment;
    Type type = Type::basic;
    Instant began = 0;
    std::uint32_t redirects = 0;
    std::uint32_t same_target = 0;     // redirects in a row to where the request went
    std::uint32_t retries = 0;         // asked for
    std::uint32_t sent_in_vain = 0;    // on connections that closed without a response
    std::uint32_t repeats = 0;         // unasked
    bool tainted_origin = false;       // a redirect from another origin to yet another one: Origin is "null"
    bool preflighting = false;         // what was sent last asks for leave
    bool preflighted = false;          // leave was given for this hop
    bool authenticated = false;
    bool stale_nonce = false;        // a Digest was answered once more, for its nonce was too old
    bool expects = true;               // may ask for 100 (Continue)
    bool early = false;                // may go as early data
    std::string authorization;         // the answer to a challenge
    bool active = false;
  };

  const Profile* profile_;
  Config config_;
  std::vector<Connection> connections_;
  std::vector<Cookie> cookies_;
  std::vector<PreflightEntry> preflights_;
  std::vector<std::string> scopes_;  // where Basic was asked for: targets up to their last "/"
  Current current_;
  std::uint32_t last_connection_ = 0;
};

// What a profile makes of one response to one request, without anybody to answer further requests: the cell of a matrix.
struct Contract {
  const Profile* profile = nullptr;
  Step step;
};
// Every profile, in order. `mode` stands for browsers; the others are plain programs.
[[nodiscard]] std::vector<Contract> client_contract(const http::Request& request, const Incoming& incoming, Instant now,
                                                    Mode mode = Mode::navigate);

// What the cache of a browser does with a stored response when the same request comes again, by status and by what the
// response says about freshness. Absent where it was not measured: for clients without a cache, above all.
enum class Freshness : std::uint8_t {
  unknown, old_last_modified, entity_tag, max_age, expires, public_only, max_age_no_store, no_cache_entity_tag,
};
enum class CacheUse : std::uint8_t { reuse, validate, fetch };
[[nodiscard]] std::optional<CacheUse> cache_use(const Profile& profile, std::uint16_t status, Freshness freshness);

}  // namespace statuslab::client
