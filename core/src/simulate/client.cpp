// The order in which a client asks its questions. A request passes: may it go at all (Fetch: modes), is the other origin to
// be asked first (preflight), what is added (cookies, credentials, Expect), over which connection. What comes back passes:
//
//   bytes        connection closed without a response, interim responses, status line, content, what is left over
//   connection   425, 408, 421, 417: the same request once more; 407 that no proxy sent; 401 with credentials at hand
//   page         the CORS check, then redirects: in this order, since a response that may not be read may not redirect
//   caller       retries that it asked for, then what it gets to see
//
// Each question is a row of core/data/decisions/client.tsv, each answer that differs from client to client a row of
// core/data/client_behaviours.tsv.
#include "statuslab/client.h"

#include <algorithm>

#include "base/ascii.h"
#include "simulate/client_exchange.h"
#include "statuslab/registry.h"
#include "syntax/fetch_cors.h"
#include "syntax/rfc3986.h"

namespace statuslab::client {
namespace {

using enum DecisionId;

constexpr std::uint16_t first_error_status = 400;
constexpr std::uint16_t last_error_status = 599;

struct Target {
  std::string url;  // without fragment
  std::string fragment;
};
Target without_fragment(const std::string& target) {
  const std::size_t hash = target.find('#');
  if (hash == std::string::npos) return {target, {}};
  return {target.substr(0, hash), target.substr(hash)};
}

}  // namespace

std::string origin_of_target(std::string_view target) {
  const auto parts = syntax::parse_uri_with_authority(target);
  if (!parts || parts->authority.empty()) return {};
  const syntax::HttpUri uri = syntax::make_http_uri(parts->scheme, parts->authority, "/", std::nullopt);
  if (uri.scheme != "http" && uri.scheme != "https") return {};
  return uri.scheme + "://" + uri.authority;
}

// --- what everybody needs -------------------------------------------------------------------------------------------

bool Exchange::is_cross_origin() const { return origin_of_target(current_.request.target) != current_.page_origin; }

bool Exchange::includes_credentials() const {
  if (!is_browser() || config().mode == Mode::navigate) return true;
  if (config().credentials == Credentials::include) return true;
  return config().credentials == Credentials::same_origin && current_.type == Type::basic;
}

Decision& Exchange::decide(DecisionId id, bool answer, std::initializer_list<DecisionInput> inputs, std::uint16_t gives) {
  return step_.decisions.emplace_back(Decision{.id = id, .answer = answer, .gives = gives, .inputs = inputs});
}

// The tables have letters for answers.
static std::string_view in_words(std::string_view value) { return value == "y" ? "yes" : value == "n" ? "no" : value; }

Decision& Exchange::decide(DecisionId id, bool answer, Behaviour behaviour, std::initializer_list<DecisionInput> inputs,
                           std::uint16_t gives) {
  const BehaviourInfo& info = behaviour_info(behaviour);
  const BehaviourValue found = value(behaviour);
  Decision& decision = decide(id, answer, inputs, gives);
  decision.inputs.push_back({info.id, std::string(found.measured ? in_words(found.text) : std::string_view("not measured")), found.measured});
  std::string_view words = info.values;
  if (words.find(' ') == std::string_view::npos) return decision;
  while (!words.empty()) {
    const std::size_t end = std::min(words.find(' '), words.size());
    if (words.substr(0, end) != found.text) decision.alternatives.push_back({in_words(words.substr(0, end))});
    words.remove_prefix(std::min(end + 1, words.size()));
  }
  return decision;
}

void Exchange::change(ChangeKind kind, std::uint32_t connection, std::string subject, std::string text) {
  step_.changes.push_back({kind, connection, std::move(subject), std::move(text)});
}

// --- what goes out --------------------------------------------------------------------------------------------------

void Exchange::start(http::Request request) {
  auto [url, fragment] = without_fragment(request.target);
  current_ = {};
  current_.active = true;
  current_.began = now_;
  current_.early = config().early_data;
  current_.fragment = std::move(fragment);
  request.target = std::move(url);
  current_.request = std::move(request);

  const std::string origin = origin_of_target(current_.request.target);
  decide(target_reachable, !origin.empty(), {{"target", current_.request.target}});
  if (origin.empty()) return finish_with_error(Error::network);
  current_.page_origin = config().origin.empty() ? origin : config().origin;
  if (!may_start()) return finish_with_error(Error::network);
  drop_page_fields();
  send(Purpose::first, now_);
}

void Exchange::send(Purpose purpose, Instant at) {
  const std::string origin = origin_of_target(current_.request.target);
  current_.preflighting = needs_preflight();
  http::Request request = current_.preflighting ? preflight() : current_.request;
  if (!current_.preflighting) {
    if (is_browser() && (current_.type == Type::cors || !syntax::is_cors_safelisted_method(request.method) || request.method == "POST"))
      http::set(request.fields, "Origin", request_origin());
    add_cookies(request);
    add_credentials(request);
    if (config().resume_at != 0) http::set(request.fields, "Range", "bytes=" + std::to_string(config().resume_at) + "-");
  }

  Outgoing outgoing{.request = std::move(request), .purpose = current_.preflighting ? Purpose::preflight : purpose, .at = at};
  const std::uint32_t over = number(Behaviour::expect_over);
  const std::size_t size = outgoing.request.content.size();
  const bool keeps = current_.expects || is(Behaviour::expect_417, "repeat-own");  // what its caller wants
  if (!keeps) http::remove(outgoing.request.fields, "Expect");
  const std::string* expectation = http::find(outgoing.request.fields, "Expect");
  // RFC 9110 section 10.1.1: "A client MUST NOT generate a 100-continue expectation in a request that does not include content."
  // The caller who writes one nevertheless, or another one, waits for nothing.
  const bool asked = size != 0 && expectation && ascii::equals_ignoring_case(*expectation, "100-continue");
  const bool wants = (config().expect_continue && keeps) || (over != 0 && size >= over && current_.expects);
  const bool adds = wants && !expectation && size != 0;
  if (size != 0)
    decide(expect_added, adds || asked, Behaviour::expect_over, {{"content", std::to_string(size)}});
  if (adds) http::set(outgoing.request.fields, "Expect", "100-continue");
  if (adds || asked) outgoing.content_wait_ms = number(Behaviour::expect_wait);

  const Client::Connection& connection = connect(origin);
  outgoing.connection = connection.number;
  outgoing.reused = connection.used;
  // RFC 8470 section 4: clients "MUST NOT send unsafe methods (or methods whose safety is not known) in early data". A
  // connection in use has its handshake behind it.
  const MethodInfo* method = find_method(outgoing.request.method);
  outgoing.early_data = current_.early && !connection.used && method && method->safe;
  if (current_.early) decide(early_data_sent, outgoing.early_data);
  current_.outgoing = outgoing;
  step_.requests.push_back(std::move(outgoing));
}

// --- what comes back ------------------------------------------------------------------------------------------------

void Exchange::receive(const Incoming& incoming) {
  if (!current_.active) return;
  if (fail(incoming)) return;
  const std::optional<Reading> reading = read(incoming);
  if (!reading) return;
  const http::Response& response = reading->response;
  release(reading->keep, reading->waiting);

  if (current_.preflighting) {
    if (has(Behaviour::preflight_repeats, response.status) && current_.repeats++ == 0) return send(Purpose::retry, now_);
    if (!passes_preflight(response)) return finish_with_error(Error::cors);
    current_.preflighted = true;
    return send(Purpose::first, now_);
  }
  if (includes_credentials()) store_cookies(response);
  if (repeat_unasked(response) || repeat_without_expect(response)) return;
  if (refuse_407(response) || answer_challenge(response)) return;
  if (current_.type == Type::cors && !passes_cors(response)) return finish_with_error(Error::cors);
  if (redirect(response)) return;
  if (retry(response)) return;
  give(*reading);
}

// --- what the caller sees -------------------------------------------------------------------------------------------

void Exchange::finish(Outcome outcome) {
  current_.active = false;
  outcome.url = current_.request.target + current_.fragment;
  outcome.redirected = current_.redirects != 0;
  step_.outcome = std::move(outcome);
}

void Exchange::finish_with_error(Error error, std::uint16_t status) {
  Outcome outcome{.error = error, .status = status};
  if (config().mode == Mode::navigate) outcome.page = error == Error::prompt ? Page::stays : Page::error;
  finish(std::move(outcome));
}

void Exchange::finish_with(const http::Response& response, Error error) { give({.response = response, .error = error}); }

// A navigation ends on a page; which one, browsers do not agree upon.
Page Exchange::page_of(const http::Response& response, Error error) {
  if (config().mode != Mode::navigate) return Page::none;
  const bool stays = has(Behaviour::navigation_stays, response.status);
  decide(navigation_leaves_page, !stays, Behaviour::navigation_stays, {{"status", std::to_string(response.status)}});
  if (stays) return Page::stays;
  if (error != Error::none && error != Error::content) return Page::error;
  if (has(Behaviour::navigation_blank, response.status)) return Page::blank;
  if (!response.content.empty()) return Page::shown;
  const bool is_error = response.status >= first_error_status && response.status <= last_error_status;
  return is_error && is(Behaviour::navigation_empty_error, "error") ? Page::error : Page::blank;
}

void Exchange::give(const Reading& reading) {
  const http::Response& response = reading.response;
  // Bytes behind the message that are no HTTP: what the header section asked for, a redirect say, has been done by now.
  if (reading.error == Error::bad_message) return finish_with_error(Error::bad_message);
  Outcome outcome{.error = reading.error, .status = response.status, .fields = response.fields};
  outcome.page = page_of(response, reading.error);

  if (config().mode == Mode::no_cors && current_.type != Type::basic) {
    // An opaque filtered response: its status is 0, and it has no fields and no content.
    finish({.error = reading.error == Error::content ? Error::none : reading.error, .type = Type::opaque});
    return;
  }
  const bool hidden = has(Behaviour::content_hidden, response.status);
  if (!response.content.empty()) decide(content_given, !hidden, Behaviour::content_hidden, {{"status", std::to_string(response.status)}});
  if (!hidden) outcome.content = response.content;
  // A caller that is given a null body with the header section never learns what becomes of the content.
  if (hidden && !has(Behaviour::content_unread, response.status)) outcome.error = Error::none;
  outcome.raised = has(Behaviour::error_status, response.status);
  if (outcome.raised) decide(status_raised, true, Behaviour::error_status, {}, response.status);
  outcome.type = current_.type;
  if (is_browser()) expose(outcome.fields);

  if (config().resume_at != 0 && outcome.error == Error::none && (response.status == 200 || response.status == 206)) {
    const std::string* range = http::find(response.fields, "Content-Range");
    const std::string wanted = "bytes " + std::to_string(config().resume_at) + "-";
    // As many bytes as are here already: there is nothing to be resumed.
    const bool complete = response.status == 200 && response.content.size() == config().resume_at;
    const bool fits = complete || (response.status == 206 && range && range->starts_with(wanted));
    const Behaviour behaviour = response.status == 200 ? Behaviour::resume_full : Behaviour::resume_wrong;
    decide(resume_fits, fits, behaviour, {{"Content-Range", range ? *range : "", range != nullptr}}, response.status);
    if (!fits && is(behaviour, "error")) {
      outcome.error = Error::resume;
      outcome.content.clear();
    }
  }
  finish(std::move(outcome));
}

// --- the public face ------------------------------------------------------------------------------------------------

Client::Client(const Profile& profile, Config config) : profile_(&profile), config_(std::move(config)) {}

Step Client::start(http::Request request, Instant now) {
  Exchange exchange(*this, now);
  exchange.start(std::move(request));
  return exchange.take();
}

Step Client::receive(const Incoming& incoming, Instant now) {
  Exchange exchange(*this, now);
  exchange.receive(incoming);
  return exchange.take();
}

std::vector<Contract> client_contract(const http::Request& request, const Incoming& incoming, Instant now, Mode mode) {
  std::vector<Contract> contracts;
  for (const Profile& profile : all_profiles()) {
    const bool is_browser = profile.value(Behaviour::cors).measured;
    Client client(profile, {.mode = is_browser ? mode : Mode::plain});
    (void)client.start(request, now);
    contracts.push_back({&profile, client.receive(incoming, now)});
  }
  return contracts;
}

}  // namespace statuslab::client
