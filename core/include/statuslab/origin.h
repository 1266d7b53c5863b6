// The origin server of the simulator: what it is made of, and the status it answers a request with. Sources: RFC 9110
// sections 9, 10, 12 to 15; RFC 9112 for what never becomes a request; others at the decisions that they back
// (core/data/decisions/origin.tsv). A scenario's `origin` object has the same members under the same names.
//
// Every member has a default: Origin({}) answers GET of any path with 200. Sizes are bytes, spans of time seconds where
// a name ends with _s; instants are Instant.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/decision.h"
#include "statuslab/http.h"

namespace statuslab::origin {

using Names = std::vector<std::string>;

struct Representation {
  std::string media = "text/html";
  std::string charset = "utf-8";  // of a text type
  std::string lang{};
  std::string coding{};  // content coding; empty: none
  double qs = 1;       // how good the server thinks it is, 0 to 1
  std::optional<std::string> etag = "\"a\"";  // opaque-tag with its quotes, without W/; absent: none is sent
  bool etag_weak = false;
  std::optional<Instant> last_modified{};
  std::uint64_t bytes = 1000;        // made up in the media type's form; the length of `text` where there is one
  std::optional<std::string> text{};
  Names instance_history{};            // entity tags of older instances the server can make a delta from
};

struct Auth {
  Names schemes = {"Basic realm=\"example\""};  // challenges as they are sent
  Names allow{};                                  // user names or bearer tokens
  Names deny{};                                   // known, but not allowed
};

struct Moved {
  std::uint16_t status = 301;
  std::string to{};
};

struct History {
  bool gone = false;
  std::optional<Moved> moved{};
};

struct LegalBlock {
  std::string by{};  // URI of who blocks
};

struct Ranges {
  std::string unit = "bytes";  // "none": ranges are not supported
  std::uint32_t max_parts = 8;
};

enum class Outcome : std::uint8_t { automatic, created, updated, accepted, no_content, reset, see_other };

struct Write {
  Outcome outcome = Outcome::automatic;
  bool conflict = false;
  bool storage_full = false;
  bool async = false;  // accepted, done later
  // A POST or PATCH whose Idempotency-Key was seen gets the answer of the first one again
  // (draft-ietf-httpapi-idempotency-key-header).
  bool idempotency_keys = false;
};

struct CacheFields {
  http::Fields fields{};
  std::optional<Names> vary{};  // absent: what the representations differ in
};

enum class AllowOrigin : std::uint8_t { none, any, echo, list };

struct Cors {
  AllowOrigin allow_origin = AllowOrigin::none;  // "none", "*", "echo", or a list of origins in `origins`
  Names origins{};
  bool allow_credentials = false;
  Names allow_methods{};
  Names allow_headers{};
  Names expose{};
  std::optional<std::uint32_t> max_age{};
  std::uint16_t preflight_status = 204;
};

struct InterimPlan {
  std::uint16_t status = 103;
  http::Fields fields{};
  std::uint32_t every_ms = 0;  // sent again and again while the request is processed; 0: once
};

struct Lock {
  std::string token = "urn:uuid:00000000-0000-0000-0000-000000000001";
  std::string depth = "infinity";
};

struct Member {
  std::string path{};
  std::uint16_t status = 200;  // what becomes of it in a 207
};

struct Dav {
  std::optional<Lock> lock{};
  std::vector<Member> members{};
  bool bindings_loop = false;
  bool dependency_failed = false;      // a property of PROPPATCH that cannot be set; for others, another action failed
  std::optional<std::uint64_t> quota{};  // bytes that are left
};

enum class Choices : std::uint8_t { none, status_300, list };
enum class Framing : std::uint8_t { content_length, chunked, close };

struct Resource {
  std::string path = "/*";  // "/x" is that path, "/a/*" all below, where no other resource is nearer
  bool exists = true;
  bool collection = false;
  Names methods = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"};
  std::optional<Auth> auth{};
  bool payment_required = false;
  std::optional<LegalBlock> legal_block{};
  History history{};
  std::vector<Representation> representations = {Representation{}};
  Choices multiple_choices = Choices::none;  // `list`: a Link to each alternative in the 200, no 300
  std::optional<std::string> see_other{};      // where the answer to a POST is; for GET, what describes the resource
  std::map<std::string, Names> accepts{};      // media types by method; a method without an entry takes all
  std::optional<Names> accept_encoding_request{};  // content codings of requests; absent: the origin's content_codings
  bool schema_valid = true;                      // whether content that is well-formed can be processed
  Names require_preconditions{};                   // methods
  Ranges ranges{};
  Write write{};
  CacheFields cache{};
  Cors cors{};
  std::vector<InterimPlan> interim{};
  std::uint32_t takes_ms = 0;  // how long the request is processed
  std::optional<Dav> dav{};
  http::Fields trailers{};
  Framing framing = Framing::content_length;
};

struct Limits {
  std::uint64_t target_bytes = 8000;
  std::uint64_t method_bytes = 64;
  std::uint64_t field_bytes = 8000;
  std::uint64_t fields_total_bytes = 32000;
  std::uint64_t content_bytes = 1048576;
  std::uint32_t header_timeout_ms = 10000;
  std::uint32_t concurrency = 100;
};

struct Maintenance {
  std::optional<Instant> until{};  // absent: no end is known
  std::optional<std::uint32_t> retry_after{};  // seconds; absent: the end, where one is known
};

struct State {
  bool overloaded = false;
  std::optional<Maintenance> maintenance{};
  std::optional<std::string> bug{};  // what fails, for the trace
};

enum class EarlyData : std::uint8_t { accept, refuse, safe };  // "accept", "425", "safe": 425 for methods that are not safe

struct Extensions {
  Names delta_im{};   // instance manipulations: "vcdiff"
  Names http_ext{};   // extensions of RFC 2774
  bool tcn = false;  // transparent negotiation; a variant that negotiates again
  Names upgrade{};    // protocols: "websocket"
  std::optional<std::string> upgrade_required{};
  bool length_required = false;
  EarlyData early_data = EarlyData::accept;
  bool client_cert = false;       // a client certificate is required
  bool resumable_upload = false;  // draft-ietf-httpbis-resumable-upload
};

enum class RateKey : std::uint8_t { ip, token };

struct RateLimit {
  RateKey key = RateKey::ip;
  std::uint32_t limit = 10;
  std::uint32_t window_s = 60;
  std::uint32_t used = 0;                // in the window that runs when the origin is first asked
  std::optional<std::uint32_t> reset_s{};  // how long that window still runs; absent: all of it
  bool retry_after = true;               // whether a 429 says when
};

enum class NotAcceptable : std::uint8_t { status_406, serve_default };
enum class UnsatisfiableRange : std::uint8_t { status_416, ignore };  // "416", "ignore"
enum class FramingConflict : std::uint8_t { status_400, coding_wins };  // Content-Length and Transfer-Encoding in one request

struct Policy {
  bool hide_existence = false;  // 404 instead of 403
  Names order{};                  // ids of checks that may change places within their stage; see order_fault
  NotAcceptable not_acceptable = NotAcceptable::status_406;
  std::uint16_t post_redirect = 303;  // the status of see_other for POST
  UnsatisfiableRange large_range = UnsatisfiableRange::status_416;
  FramingConflict framing_conflict = FramingConflict::status_400;
  bool trace = false;
  bool expectations_ignored = false;  // instead of 417
};

struct Config {
  Names authorities{};  // hosts with port where it is not the default; empty: all
  bool tls = true;  // false: only http targets are served
  Names http_versions = {"1.0", "1.1", "2", "3"};
  Limits limits{};
  State state{};
  Names methods_implemented = {"GET",   "HEAD",     "POST",      "PUT",   "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND",
                               "PROPPATCH", "MKCOL", "COPY",  "MOVE",   "LOCK",    "UNLOCK"};
  Names transfer_codings = {"chunked"};
  Names content_codings = {"gzip"};
  Names expectations = {"100-continue"};
  Extensions extensions{};
  std::vector<RateLimit> rate_limits{};
  Policy policy{};
  std::vector<Resource> resources = {Resource{}};
};

// What a request value cannot hold because it is no longer a well-formed message.
enum class Malformed : std::uint8_t { no_host, two_hosts, length_and_coding, space_before_colon, bare_cr, bad_length, bad_target };

// What is known of a request besides its value.
struct Arrival {
  std::string http_version = "1.1";  // as in the request line: "1.0", "1.1", "2", "3", "3.0", "0.9"
  bool early_data = false;
  std::optional<std::string> tls_authority{};  // what the connection was opened for; absent: the target's own
  std::vector<Malformed> malformed{};
  bool incomplete = false;  // it stops in the middle, and header_timeout_ms go by
  std::string client_ip = "192.0.2.1";
  std::uint32_t concurrent = 0;  // other requests in work
  bool client_cert = false;
};

// A limit that a request ran into; null where none.
struct RateRefusal {
  const RateLimit* limit = nullptr;
  std::uint32_t used = 0;
  std::uint32_t seconds = 0;  // until the window ends
};

struct Answer {
  http::Response response{};  // complete but for what framing a version adds; with all interim responses
  Decisions decisions{};      // in the order in which they fell; exactly one is terminal, the last
  bool closes = false;        // the connection ends behind it
  bool content_read = false;  // false: the status came from the header section, and the content was not needed
  std::uint32_t takes_ms = 0;
};

// What was answered to a request with an Idempotency-Key.
struct Kept {
  std::string content;  // of the request
  http::Response response;
};

}  // namespace statuslab::origin

namespace statuslab {

using OriginConfig = origin::Config;

class Origin {
 public:
  explicit Origin(OriginConfig config);

  // Writes change the resources, and rate limits count: the next request meets what this one left.
  [[nodiscard]] origin::Answer respond(const http::Request& request, const origin::Arrival& arrival, Instant now);
  [[nodiscard]] origin::Answer respond(const http::Request& request, Instant now) { return respond(request, {}, now); }

  // The resource gets a new ETag and Last-Modified, as if somebody else had written it. False: there is none.
  bool change(std::string_view path, Instant now);

  // As they are now.
  [[nodiscard]] const OriginConfig& config() const { return config_; }
  // For what happens without a request: an overload begins, a lock ends.
  [[nodiscard]] OriginConfig& config() { return config_; }

 private:
  // A limit's window, and what each key has used in it.
  struct Window {
    bool begun = false;
    Instant ends = 0;
    std::uint32_t used_before = 0;  // by every key
    std::map<std::string, std::uint32_t> used;
  };
  origin::RateRefusal count(const http::Request& request, const origin::Arrival& arrival, Instant now);

  OriginConfig config_;
  std::vector<Window> windows_{};
  std::map<std::string, origin::Kept> kept_{};  // by key
  std::uint32_t writes_ = 0;
};

// The checks that `policy.order` may name, as ids of decisions; those of one stage stand together. Within a stage they may
// change places, since no document orders them; stages never do (RFC 9110 sections 13.2.1 and 13.2.2).
[[nodiscard]] std::vector<std::string_view> movable_origin_checks();
// The first id that is not one of them; empty where all are.
[[nodiscard]] std::optional<std::string> order_fault(const origin::Names& order);

}  // namespace statuslab
