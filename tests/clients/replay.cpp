// Replays measurements of real clients against their profiles: the origin says what it said, the machine says what it does,
// and both are compared: requests that went out, status and content that came back, connections that were used again.
//
//   statuslab_clients OBSERVED_CLIENTS.json DEVIATIONS.tsv
//
// The measurements are not part of this project; without them nothing is replayed, and that is said. Every record that is
// not reproduced has to be listed with its reason; a listed one that is reproduced after all is a mistake too.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <set>
#include <sstream>

#include <nlohmann/json.hpp>

#include "clients/origin.h"
#include "statuslab/client.h"
#include "syntax/rfc9110.h"

namespace statuslab::tests {
namespace {

using client::Client;
using client::Config;
using client::Error;
using client::Incoming;
using client::Mode;
using client::Outcome;
using client::Outgoing;
using client::Profile;
using nlohmann::json;

const std::string here = "http://127.0.0.1:9101";
constexpr Instant noon = 1'763'812'800'000;

// --- running a client -----------------------------------------------------------------------------------------------

struct Sent {
  std::string method, path;
  std::size_t content = 0;
  bool has_type = false, has_custom = false, has_authorization = false;
  std::string authorization;
  std::uint32_t connection = 0;
  Instant at = 0;
  std::optional<std::uint32_t> content_wait = {};
  bool expects = false;
  std::string origin = {};
};

struct Run {
  std::vector<Sent> wire;
  std::vector<Outcome> outcomes;
};

using Answers = std::function<Incoming(const Outgoing&, Instant)>;

struct Player {
  Client client;
  Answers answers;
  Instant now = noon;
  Run run{};

  void play(http::Request request) {
    client::Step step = client.start(std::move(request), now);
    for (int i = 0; i < 80 && !step.outcome && !step.requests.empty(); ++i) {
      const Outgoing outgoing = step.requests.front();
      now = std::max(now, outgoing.at);
      const http::Request& r = outgoing.request;
      const std::string* authorization = http::find(r.fields, "Authorization");
      run.wire.push_back({r.method, path_of(r.target), r.content.size(), http::has(r.fields, "Content-Type"), http::has(r.fields, "X-Custom"),
                          authorization != nullptr, authorization ? *authorization : "", outgoing.connection, now, outgoing.content_wait_ms,
                          http::has(r.fields, "Expect"), r.target.substr(0, r.target.size() - path_of(r.target).size())});
      step = client.receive(answers(outgoing, now), now);
    }
    run.outcomes.push_back(step.outcome ? *step.outcome : Outcome{.error = Error::timeout});
  }
};

Answers scripted() {
  return [origin = std::make_shared<ScriptedOrigin>()](const Outgoing& outgoing, Instant now) { return origin->answer(outgoing, now); };
}

http::Request get(const std::string& path, const std::string& method = "GET", const std::string& content = "", http::Fields fields = {}) {
  if (!content.empty() && !http::has(fields, "Content-Type")) fields.push_back({"Content-Type", "text/plain"});
  return {method, here + path, std::move(fields), content};
}

// --- comparing --------------------------------------------------------------------------------------------------------

struct Seen {
  bool error = false, hung = false, partial = false, raised = false;
  int status = 0;
  std::string body;
};

bool mentions(const json& value, const char* word) {
  std::string text = value.dump();
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text.find(word) != std::string::npos;
}

Seen observed(const json& outcome) {
  Seen seen;
  const int exit = outcome.contains("exit") && outcome["exit"].is_number() ? outcome["exit"].get<int>() : 0;
  const bool is_wget = outcome.contains("statuses");
  seen.status = outcome.contains("status") && outcome["status"].is_number() ? outcome["status"].get<int>() : 0;
  seen.body = outcome.contains("body") && outcome["body"].is_string() ? outcome["body"].get<std::string>() : "";
  seen.error = is_wget ? exit != 0 && exit != 6 && exit != 8 : outcome.contains("error") || exit != 0;
  seen.hung = mentions(outcome, "timeout") || mentions(outcome, "timed out") || mentions(outcome, "abort");
  seen.partial = outcome.contains("bodyError") || outcome.contains("body_error");
  if (seen.partial && mentions(outcome, "was aborted")) seen.error = true, seen.partial = false;
  if (mentions(outcome, "connection aborted")) seen.hung = false;
  seen.raised = outcome.contains("raised") || (is_wget && (exit == 6 || exit == 8));
  return seen;
}

Seen played(const Outcome& outcome) {
  Seen seen;
  seen.error = outcome.error != Error::none && outcome.error != Error::content;
  seen.hung = outcome.error == Error::timeout || outcome.error == Error::prompt;
  seen.partial = outcome.error == Error::content;
  seen.raised = outcome.raised;
  seen.status = outcome.status;
  seen.body = outcome.content;
  return seen;
}

std::string shown(const Seen& seen) {
  if (seen.error) return seen.hung ? "waits" : "error";
  return std::to_string(seen.status) + (seen.partial ? " in part" : "") + (seen.raised ? " raised" : "") + " '" + seen.body.substr(0, 20) + "'";
}

std::string difference(const json& outcome, const Outcome& mine) {
  const std::string a = shown(observed(outcome)), b = shown(played(mine));
  return a == b ? "" : "observed " + a + ", played " + b;
}

struct WireOptions {
  bool connections = false;
  bool fields = false;
};

// "GET /x/U 0 #1"; connections in the order in which they appear.
std::string line(const std::string& method, const std::string& path, std::size_t content, const std::string& rest) {
  return method + " " + path + (content ? " +" + std::to_string(content) : "") + rest;
}

std::string wire_of(const json& messages, WireOptions options) {
  std::map<int, int> numbers;
  std::string text;
  for (const json& message : messages) {
    const int number = numbers.try_emplace(message.value("conn", 0), static_cast<int>(numbers.size()) + 1).first->second;
    std::string rest;
    if (options.fields) rest += std::string(message.contains("authorization") ? " auth" : "") + (message.contains("x-custom") ? " custom" : "") + (message.contains("content-type") ? " type" : "");
    if (options.connections) rest += " #" + std::to_string(number);
    text += line(message["method"], message["target"], message.value("body_len", 0U), rest) + "; ";
  }
  return text;
}

std::string wire_of(const std::vector<Sent>& messages, WireOptions options) {
  std::map<std::uint32_t, int> numbers;
  std::string text;
  for (const Sent& sent : messages) {
    const int number = numbers.try_emplace(sent.connection, static_cast<int>(numbers.size()) + 1).first->second;
    std::string rest;
    if (options.fields) rest += std::string(sent.has_authorization ? " auth" : "") + (sent.has_custom ? " custom" : "") + (sent.has_type ? " type" : "");
    if (options.connections) rest += " #" + std::to_string(number);
    text += line(sent.method, sent.path, sent.content, rest) + "; ";
  }
  return text;
}

// --- the sections -------------------------------------------------------------------------------------------------------

struct Case {
  const json& record;
  const Profile& profile;
  std::string client;  // as the record names it
  std::string name;

  bool is_browser() const { return profile.id == "chromium" || profile.id == "firefox"; }
  Config config() const {
    Config config;
    if (is_browser()) config.mode = Mode::cors, config.origin = here;
    return config;
  }
  bool has(const char* word) const { return name.find(word) != std::string::npos; }
};

// Absent: this record is about something that the machine does not have; then `why` says so.
using Verdict = std::optional<std::string>;

// A connection that a browser has loaded the page over is in use already.
void warm(Player& player, const json& wire) {
  if (wire.empty() || !wire[0].contains("nth_on_conn") || wire[0]["nth_on_conn"].get<int>() < 2) return;
  player.play(get("/page"));
  player.run = {};
}

// One or two requests, an outcome each.
Verdict replay_requests(const Case& c, std::vector<http::Request> requests, WireOptions options) {
  Player player{Client(c.profile, c.config()), scripted()};
  const json& wire = c.record.contains("wire") ? c.record["wire"] : json::array();
  if (c.is_browser()) warm(player, wire);
  const json& outcomes = c.record["outcome"];
  requests.resize(std::min(requests.size(), outcomes.size()));
  for (http::Request& request : requests) {
    if (c.profile.id == "wget") player.client = Client(c.profile, c.config());  // a process each
    player.play(std::move(request));
  }
  for (std::size_t i = 0; i < player.run.outcomes.size(); ++i)
    if (std::string text = difference(outcomes[i], player.run.outcomes[i]); !text.empty()) return text;
  if (c.record.contains("requests_seen")) {
    const auto seen = c.record["requests_seen"].get<std::size_t>();
    return seen == player.run.wire.size() ? "" : "observed " + std::to_string(seen) + " requests, played " + std::to_string(player.run.wire.size());
  }
  const std::string a = wire_of(wire, options), b = wire_of(player.run.wire, options);
  return a == b ? "" : "observed " + a + "played " + b;
}

bool numbers_connections(const Case& c) { return c.client != "undici6-fetch" && c.profile.id != "wget"; }

Verdict replay_case(const Case& c) {
  http::Fields fields;
  if (c.has("If-None-Match")) fields.push_back({"If-None-Match", "\"x\""});
  if (c.name == "redirect-loop-limit") return replay_requests(c, {get("/loop/0/U")}, {});
  const std::string target = c.record["wire"][0]["target"];
  const bool connections = c.record["section"] != "redirect-location" && numbers_connections(c);
  return replay_requests(c, {get(target, "GET", "", fields), get("/probe/U")}, {.connections = connections});
}

Verdict replay_status(const Case& c) {
  const std::string status = c.name.substr(0, c.name.find(' '));
  return replay_requests(c, {get("/code/" + status + "/5/U"), get("/probe/U")}, {.connections = numbers_connections(c) && !c.is_browser()});
}

Verdict replay_retry_status(const Case& c) {
  const std::string status = c.name.substr(0, 3);
  const std::string method = c.has("POST") ? "POST" : "GET";
  const std::string target = "/once/" + status + "/U" + (c.has("Retry-After") ? "?ra=1&close=1" : "");
  std::vector<http::Request> requests;
  if (c.has("reused")) requests.push_back(get("/probe/U"));
  requests.push_back(get(target, method, method == "POST" ? "abc" : ""));
  return replay_requests(c, requests, {});
}

Verdict replay_closed(const Case& c) {
  const std::string method = c.name.substr(0, c.name.find(':'));
  const std::string target = c.has("always") ? "/deadalways/U" : c.has("reset") ? "/dead/rst/U" : "/dead/close/U";
  std::vector<http::Request> requests;
  if (c.has("reused")) requests.push_back(get("/probe/U"));
  requests.push_back(get(target, method, method == "POST" || method == "PUT" ? "abc" : ""));
  return replay_requests(c, requests, {.connections = c.client != "undici6-fetch" && c.profile.id != "wget"});
}

Verdict replay_cross_origin(const Case& c) {
  const std::string method = c.has("POST") ? "POST" : "GET";
  const http::Fields fields{{"Authorization", "Bearer t"}, {"X-Custom", "c"}};
  return replay_requests(c, {get("/xo/" + c.name.substr(0, 3) + "/U", method, method == "POST" ? "abc" : "", fields)}, {.fields = true});
}

Verdict replay_redirect_method(const Case& c) {
  const json& r = c.record;
  const std::string code = std::to_string(r["code"].get<int>());
  Player player{Client(c.profile, c.config()), scripted()};
  player.play(get("/r/" + code + "/U", r["method"], r["body"].get<bool>() ? "abc" : "", {{"X-Custom", "c"}}));
  json outcome = r["outcome"];
  if (c.profile.id.starts_with("curl") && r["method"] == "HEAD") outcome["body"] = "";  // `curl -I` prints the header section
  if (std::string text = difference(outcome, player.run.outcomes[0]); !text.empty()) return text;
  const auto describe = [](const std::string& method, bool content, bool type, bool custom) {
    return method + (content ? " +content" : "") + (type ? " +type" : "") + (custom ? " +custom" : "");
  };
  std::string a = std::to_string(r["n_requests"].get<int>()), b = std::to_string(player.run.wire.size());
  if (const json& second = r["second"]; second.is_object())
    a += " " + describe(second["method"], second["body_len"].get<int>() != 0, second["content_type"].is_string(), second["x_custom"].is_string());
  if (player.run.wire.size() > 1) {
    const Sent& second = player.run.wire[1];
    b += " " + describe(second.method, second.content != 0, second.has_type, second.has_custom);
  }
  return a == b ? "" : "observed " + a + ", played " + b;
}

// --- pages

std::string page_of(const json& record) {
  const json& page = record["page"];
  const std::string href = page.value("href", ""), text = page.value("text", "");
  if (record.value("stayed_on_previous_page", false) || page.value("title", "") == "form") return "stays";
  if (href.starts_with("chrome-error")) return "error";
  return text.empty() ? "blank" : "shown";
}

std::string page_of(const Outcome& outcome) {
  constexpr const char* names[] = {"none", "shown", "blank", "stays", "error"};
  return names[static_cast<std::size_t>(outcome.page)];
}

Verdict replay_navigation(const Case& c) {
  const int status = std::atoi(c.name.c_str());
  const std::string first = c.record["requests"][0];
  const std::string target = first.substr(first.find(' ') + 1);
  Player player{Client(c.profile, {.mode = Mode::navigate}), [&](const Outgoing& outgoing, Instant) {
                  const std::string path = path_of(outgoing.request.target);
                  if (path.starts_with("/nav/")) {
                    http::Fields fields;
                    if (c.has("Location")) fields.push_back({"Location", "/t/U"});
                    if (c.has("WWW-Authenticate")) fields.push_back({"WWW-Authenticate", "Basic realm=\"x\""});
                    return plain(status, c.has("empty body") ? "" : "<title>T</title>BODY", fields);
                  }
                  return plain(200, path == "/page" ? "base" : "target");
                }};
  player.play(get("/page"));
  player.run = {};
  player.play(get(target));
  const std::string a = page_of(c.record) + ", " + std::to_string(c.record["requests"].size()) + " requests";
  const std::string b = page_of(player.run.outcomes[0]) + ", " + std::to_string(player.run.wire.size()) + " requests";
  return a == b ? "" : "observed " + a + "; played " + b;
}

Verdict replay_form(const Case& c) {
  const std::string code = c.name.substr(0, 3);
  const bool post = c.has("POST");
  const json& r = c.record;
  Player player{Client(c.profile, {.mode = Mode::navigate}), scripted()};
  player.play(get("/form"));
  player.run = {};
  player.play(get("/r/" + code + "/U" + (post ? "" : "?a=1"), post ? "POST" : "GET", post ? "a=1" : ""));
  std::string a = page_of(r) + " " + std::to_string(r["n_requests"].get<int>());
  std::string b = page_of(player.run.outcomes[0]) + " " + std::to_string(player.run.wire.size());
  if (const json& second = r["second"]; second.is_object())
    a += " " + second["method"].get<std::string>() + " " + std::to_string(second["body_len"].get<int>());
  if (player.run.wire.size() > 1) b += " " + player.run.wire[1].method + " " + std::to_string(player.run.wire[1].content);
  return a == b ? "" : "observed " + a + ", played " + b;
}

// --- CORS

http::Fields fields_of(const json& pairs, const std::string& origin) {
  http::Fields fields;
  for (const json& pair : pairs) fields.push_back({pair[0], pair[1] == "$origin" ? origin : pair[1].get<std::string>()});
  return fields;
}

Verdict replay_cors(const Case& c) {
  const json &init = c.record["init"], &server = c.record["server"];
  const std::string page = "http://127.0.0.1:9201", other = "http://127.0.0.1:9202";
  const auto word = [&](const char* key, const char* standard) { return init.value(key, std::string(standard)); };
  Config config{.mode = Mode::cors, .origin = page};
  if (word("mode", "cors") == "no-cors") config.mode = Mode::no_cors;
  if (word("mode", "cors") == "same-origin") config.mode = Mode::same_origin;
  if (word("credentials", "") == "include") config.credentials = client::Credentials::include;
  if (word("redirect", "") == "manual") config.redirect = client::OnRedirect::manual;
  if (word("redirect", "") == "error") config.redirect = client::OnRedirect::error;

  const std::string target_page = "<!doctype html><title>target</title>targ";
  Player player{Client(c.profile, config), [&](const Outgoing& outgoing, Instant) {
                  const std::string path = path_of(outgoing.request.target);
                  const bool asks = outgoing.request.method == "OPTIONS";
                  if (path.starts_with("/t/")) return plain(200, asks ? "" : target_page, asks ? http::Fields{} : http::Fields{{"Cache-Control", "no-store"}, {"Access-Control-Allow-Origin", "*"}});
                  json from = server;
                  if (path.starts_with("/c/U?p=")) from = json::parse(R"({"ph":[["Access-Control-Allow-Origin","*"],["Access-Control-Allow-Headers","*"]],"ah":[["Access-Control-Allow-Origin","*"]]})");
                  const char* status = asks ? "ps" : "as";
                  http::Fields fields = fields_of(from.value(asks ? "ph" : "ah", json::array()), page);
                  fields.push_back({"Cache-Control", "no-store"});
                  const int code = from.value(status, asks ? 204 : 200);
                  Incoming incoming = plain(code, code == 204 || code == 304 ? "" : "data", fields);
                  if (code == 204 || code == 304) http::remove(incoming.response.fields, "Content-Length");
                  return incoming;
                }};
  http::Request request{word("method", "GET"), other + "/c/U", {}, word("body", "")};
  if (init.contains("headers"))
    for (const auto& [name, value] : init["headers"].items()) request.fields.push_back({name, value});
  player.play(request);

  const Outcome& mine = player.run.outcomes[0];
  const json& outcome = c.record["outcome"];
  constexpr const char* types[] = {"basic", "cors", "opaque", "opaqueredirect"};
  std::string a, b;
  if (outcome.contains("error")) {
    a = "error";
  } else {
    a = std::to_string(outcome["status"].get<int>()) + " " + outcome["type"].get<std::string>() + " " + outcome["body"].get<std::string>();
    for (const json& name : outcome["headers"]) a += " " + name.get<std::string>();
  }
  if (mine.error != Error::none) {
    b = "error";
  } else {
    b = std::to_string(mine.status) + " " + types[static_cast<std::size_t>(mine.type)] + " " + mine.content;
    std::set<std::string> names;
    for (const http::Field& field : mine.fields) {
      std::string name = field.name;
      std::transform(name.begin(), name.end(), name.begin(), [](unsigned char ch) { return static_cast<char>(std::tolower(ch)); });
      names.insert(name);
    }
    for (const std::string& name : names) b += " " + name;
  }
  a += "; ", b += "; ";
  for (const json& message : c.record["wire"]) a += message["method"].get<std::string>() + " " + message["port"].get<std::string>() + message["target"].get<std::string>() + " ";
  for (const Sent& sent : player.run.wire) b += sent.method + " " + (sent.origin == page ? "A" : "B") + (sent.path.starts_with("/c/U?p=") ? "/c/xU" : sent.path) + " ";
  return a == b ? "" : "observed " + a + ", played " + b;
}

Verdict replay_cache(const Case& c) {
  constexpr const char* variants[] = {"no freshness, no validator", "Last-Modified 10 days ago", "ETag only", "max-age=600",
                                      "Expires in 10 min", "public", "max-age=600, no-store", "no-cache + ETag"};
  const auto variant = std::find(std::begin(variants), std::end(variants), c.record["variant"].get<std::string>()) - std::begin(variants);
  const auto use = client::cache_use(c.profile, c.record["status"].get<std::uint16_t>(), static_cast<client::Freshness>(variant));
  constexpr const char* words[] = {"reused", "revalidated", "fetched"};
  const std::string a = c.record["second"], b = use ? words[static_cast<std::size_t>(*use)] : "nothing";
  return a.starts_with(b) ? "" : "observed " + a + ", played " + b;
}

// --- repeating

Verdict replay_first_request(const Case& c) {
  const bool once = c.has(" once");
  const std::string method = c.has("POST") ? "POST" : c.has("HEAD") ? "HEAD" : "GET";
  int visits = 0;
  Config config{.mode = Mode::cors, .origin = "http://127.0.0.1:9201"};
  Player player{Client(c.profile, config), [&](const Outgoing&, Instant) {
                  const http::Fields open{{"Access-Control-Allow-Origin", "*"}};
                  if (once && visits++ > 0) return plain(200, "again", open);
                  if (c.has("Content-Length 10")) {
                    Incoming incoming = plain(200, "first", open);
                    http::set(incoming.response.fields, "Content-Length", "10");
                    incoming.end = client::End::closed;
                    return incoming;
                  }
                  if (c.name[0] != 'c' && c.name[0] != 'e') return plain(std::atoi(c.name.c_str()), "first", open);
                  Incoming incoming;
                  incoming.failure = c.has("reset") ? client::Failure::reset : client::Failure::closed;
                  return incoming;
                }};
  player.play(get("/f/U", method, method == "POST" ? "abc" : ""));
  const Seen theirs = observed(c.record["outcome"]), mine = played(player.run.outcomes[0]);
  const auto text = [](const Seen& seen, std::size_t requests) {
    return std::string(seen.error ? "error" : std::to_string(seen.status)) + (seen.partial ? " in part" : "") + ", " + std::to_string(requests) + " requests";
  };
  const std::string a = text(theirs, c.record["requests"].size()), b = text(mine, player.run.wire.size());
  return a == b ? "" : "observed " + a + "; played " + b;
}

Verdict replay_http2(const Case& c) {
  if (c.has("navigation") || c.has("103")) return std::nullopt;  // what a browser preloads is not part of the machine
  int visits = 0;
  Config config{.mode = Mode::cors, .http2 = true};
  Player player{Client(c.profile, config), [&](const Outgoing&, Instant) {
                  if (c.has("100 + 102")) {
                    Incoming incoming = plain(200, "final");
                    incoming.response.interim = {{100, {}}, {102, {}}};
                    return incoming;
                  }
                  const int status = c.has("421") ? 421 : 408;
                  if (c.has("once") && visits++ > 0) return plain(200, "again");
                  return plain(status, c.has("once") ? "first" : "always");
                }};
  player.play(get("/h2"));
  std::string text = difference(c.record["outcome"], player.run.outcomes[0]);
  if (text.empty() && c.record["requests"].size() != player.run.wire.size()) text = "played " + std::to_string(player.run.wire.size()) + " requests";
  return text;
}

std::uint32_t option(const std::string& text, const char* name, std::uint32_t otherwise) {
  const std::size_t at = text.find(name);
  return at == std::string::npos ? otherwise : static_cast<std::uint32_t>(std::atoi(text.c_str() + at + std::string_view(name).size()));
}

Verdict replay_retry_after(const Case& c) {
  Config config{.retries = option(c.name, "--retry ", option(c.name, "maxRetries ", 0))};
  if (c.has("--retry-delay")) config.retry_delay_ms = option(c.name, "--retry-delay ", 0) * 1000;
  if (c.has("--retry-max-time")) config.retry_time_ms = option(c.name, "--retry-max-time ", 0) * 1000;
  const auto status = static_cast<int>(option(c.name, "always ", 0));
  const std::string after = c.name.substr(c.name.find("Retry-After ") + 12);
  Player player{Client(c.profile, config), [&](const Outgoing&, Instant now) {
                  http::Fields fields;
                  if (after == "date3") fields.push_back({"Retry-After", syntax::format_http_date(now / 1000 + 3)});
                  else if (after.find("in the past") != std::string::npos) fields.push_back({"Retry-After", syntax::format_http_date(now / 1000 - 10)});
                  else if (after != "absent") fields.push_back({"Retry-After", after});
                  return plain(status, "", fields);
                }};
  player.play(get("/retry", c.has("POST") ? "POST" : "GET", c.has("POST") ? "a=1" : ""));

  const json& requests = c.record["requests"];
  if (requests.size() != player.run.wire.size()) return "observed " + std::to_string(requests.size()) + " requests, played " + std::to_string(player.run.wire.size());
  constexpr std::int64_t tolerance = 160;  // a date has whole seconds, and a machine has other work
  for (std::size_t i = 1; i < requests.size(); ++i) {
    const std::int64_t gap = player.run.wire[i].at - player.run.wire[i - 1].at, seen = requests[i]["gap_ms"];
    if (std::abs(gap - seen) > tolerance) return "observed a wait of " + std::to_string(seen) + " ms, played " + std::to_string(gap);
  }
  const bool waits = c.record.contains("exit") && c.record["exit"] == "SIGTERM";
  const bool error = c.record.contains("outcome") || waits || c.record["exit"] == 22;
  const Outcome& mine = player.run.outcomes[0];
  return error == (mine.error != Error::none) ? "" : std::string("observed ") + (error ? "an error" : "a response");
}

Verdict replay_retry_statuses(const Case& c) {
  const int status = std::atoi(c.name.c_str());
  Player player{Client(c.profile, {.retries = 1}), [&](const Outgoing&, Instant) { return plain(status, ""); }};
  player.play(get("/retry"));
  const bool retried = player.run.wire.size() > 1;
  return retried == c.record["retried"].get<bool>() ? "" : std::string("played ") + (retried ? "a retry" : "none");
}

// --- curl and wget

Verdict replay_auth(const Case& c) {
  client::Account account{.user = "u", .password = "p", .token = {}};
  if (c.has("--digest")) account.basic = false, account.digest = true, account.withhold_content = true;
  else if (c.has("--anyauth")) account.digest = true;
  else account.preemptive = true;
  const std::string challenge = c.has("always refused") ? "basic" : c.name.substr(10, c.name.find(';') - 10);
  const bool refuses = c.has("always refused");
  const auto offers = [&](const std::string& word) { return ("+" + challenge + "+").find("+" + word + "+") != std::string::npos; };
  Config config;
  config.account = account;
  Player player{Client(c.profile, config), [&](const Outgoing& outgoing, Instant) {
                  const std::string* sent = http::find(outgoing.request.fields, "Authorization");
                  const bool digest256 = sent && sent->find("algorithm=SHA-256") != std::string::npos;
                  const bool fits = sent && ((sent->starts_with("Basic") && offers("basic")) ||
                                             (sent->starts_with("Digest") && offers(digest256 ? "digest256" : "digest")));
                  if (fits && !refuses) return plain(200, "ok");
                  http::Fields fields;
                  if (offers("unknown")) fields.push_back({"WWW-Authenticate", "Newscheme realm=\"x\""});
                  if (offers("basic")) fields.push_back({"WWW-Authenticate", "Basic realm=\"x\""});
                  if (offers("digest")) fields.push_back({"WWW-Authenticate", "Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=MD5"});
                  if (offers("digest256")) fields.push_back({"WWW-Authenticate", "Digest realm=\"x\", nonce=\"n\", qop=\"auth\", algorithm=SHA-256"});
                  return plain(401, "", fields);
                }};
  player.play(get("/auth", c.has("POST") ? "POST" : "GET", c.has("POST") ? "abc" : ""));
  std::string a = std::to_string(c.record["status"].get<int>()), b = std::to_string(player.run.outcomes[0].status);
  for (const json& request : c.record["requests"])
    a += "; " + request["method"].get<std::string>() + " " + std::to_string(request["body_len"].get<int>()) + " " + request.value("authorization", "-");
  for (const Sent& sent : player.run.wire) {
    std::string scheme = sent.authorization.empty() ? "-" : sent.authorization.substr(0, sent.authorization.find(' '));
    if (scheme == "Digest") scheme += sent.authorization.find("SHA-256") == std::string::npos ? " MD5" : " SHA-256";
    b += "; " + sent.method + " " + std::to_string(sent.content) + " " + scheme;
  }
  return a == b ? "" : "observed " + a + ", played " + b;
}

Verdict replay_range(const Case& c) {
  const std::string whole = "0123456789";
  const std::uint32_t have = c.has("with 5 of 10") ? 5 : c.has("with 10 of 10") ? 10 : 0;
  Player player{Client(c.profile, {.resume_at = have}), [&](const Outgoing& outgoing, Instant) {
                  if (c.has("server ignore")) return plain(200, whole);
                  if (c.has("server 416")) return plain(416, "");
                  const std::string* range = http::find(outgoing.request.fields, "Range");
                  const std::size_t first = range ? static_cast<std::size_t>(std::atoi(range->c_str() + 6)) : 0;
                  if (first >= whole.size()) return plain(416, "");
                  const std::size_t dash = range->find('-') + 1;
                  const std::size_t last = dash < range->size() ? static_cast<std::size_t>(std::atoi(range->c_str() + dash)) : whole.size() - 1;
                  if (c.has("server wrong")) return plain(206, whole.substr(0, 5), {{"Content-Range", "bytes 0-4/10"}});
                  return plain(206, whole.substr(first, last - first + 1), {{"Content-Range", "bytes " + std::to_string(first) + "-" + std::to_string(last) + "/10"}});
                }};
  http::Fields fields;
  if (const std::size_t at = c.name.find("curl -r "); at != std::string::npos) fields.push_back({"Range", "bytes=" + c.name.substr(at + 8)});
  player.play(get("/range", "GET", "", fields));
  const Outcome& mine = player.run.outcomes[0];
  const bool error = c.record["exit"].get<int>() != 0;
  std::string a = error ? "error" : "fine", b = mine.error != Error::none ? "error" : "fine";
  if (c.record.contains("status") && c.record["status"].is_number()) a += " " + std::to_string(c.record["status"].get<int>()), b += " " + std::to_string(mine.status);
  if (c.record.contains("file_after")) {
    const bool appends = mine.error == Error::none && mine.status == 206;
    const bool replaces = mine.error == Error::none && mine.status == 200;
    a += " " + c.record["file_after"].get<std::string>();
    b += " " + (replaces ? mine.content : whole.substr(0, have) + (appends ? mine.content : ""));
  } else {
    a += " " + c.record.value("body", ""), b += " " + mine.content;
  }
  return a == b ? "" : "observed " + a + ", played " + b;
}

Verdict replay_expect(const Case& c) {
  const bool large = c.has("2 MiB");
  const bool by_user = !c.has("no Expect given") && !c.has("curl-added");
  Player player{Client(c.profile, {}), [&](const Outgoing& outgoing, Instant now) {
                  const bool asks = http::has(outgoing.request.fields, "Expect");
                  Incoming incoming = plain(200, "ok");
                  if (c.has("417")) return now == noon && asks ? plain(417, "ok") : incoming;
                  if (c.has("413")) return plain(413, "ok", {{"Connection", "close"}});
                  if (c.has("401")) return plain(401, "ok");
                  if (c.has("sends 100") || (large && asks)) incoming.response.interim = {{100, {}}};
                  return incoming;
                }};
  int tries = 0;
  const Answers answers = player.answers;
  player.answers = [&](const Outgoing& outgoing, Instant now) { return answers(outgoing, now + tries++); };
  http::Fields fields;
  if (by_user) fields.push_back({"Expect", "100-continue"});
  player.play(get("/", "POST", large ? std::string(2 << 20, 'x') : "abcdef", fields));
  std::string a = std::to_string(c.record["status"].get<int>()), b = std::to_string(player.run.outcomes[0].status);
  for (const json& request : c.record["requests"]) a += request.contains("expect") ? " expects" : " sends";
  for (const Sent& sent : player.run.wire) b += sent.expects ? " expects" : " sends";
  if (c.has("never sends 100")) {
    a += " " + std::to_string(c.record["requests"][0]["body_after_ms"].get<int>() / 100);
    b += " " + std::to_string(player.run.wire[0].content_wait.value_or(0) / 100);
  }
  return a == b ? "" : "observed " + a + ", played " + b;
}

Verdict replay_preflight_cache(const Case& c) {
  const std::string age = c.record["max_age"].is_string() ? c.record["max_age"].get<std::string>() : std::to_string(c.record["max_age"].get<int>());
  Player player{Client(c.profile, {.mode = Mode::cors, .origin = "http://127.0.0.1:9201"}), [&](const Outgoing&, Instant) {
                  http::Fields fields{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Methods", "PUT"}};
                  if (age != "absent") fields.push_back({"Access-Control-Max-Age", age});
                  return plain(200, "", fields);
                }};
  player.play(get("/put", "PUT"));
  player.now += c.record["gap_ms"].get<int>();
  player.play(get("/put", "PUT"));
  const auto asked = std::count_if(player.run.wire.begin(), player.run.wire.end(), [](const Sent& sent) { return sent.method == "OPTIONS"; });
  const auto seen = c.record["preflights"].get<long>();
  return asked == seen ? "" : "observed " + std::to_string(seen) + " preflights, played " + std::to_string(asked);
}

struct Section {
  const char* name;
  Verdict (*replay)(const Case&);
};
constexpr Section sections[] = {
    {"redirect-method", replay_redirect_method}, {"redirect-location", replay_case}, {"redirect-cross-origin", replay_cross_origin},
    {"bodiless-status", replay_case}, {"interim", replay_case}, {"auth-range-407", replay_case}, {"status-codes", replay_status},
    {"retry-status", replay_retry_status}, {"closed-without-response", replay_closed}, {"first-request-on-a-connection", replay_first_request},
    {"retry-after", replay_retry_after}, {"retry-statuses", replay_retry_statuses}, {"form-navigation", replay_form},
    {"navigation", replay_navigation}, {"cors", replay_cors}, {"preflight-cache", replay_preflight_cache}, {"browser-cache-by-status", replay_cache},
    {"http2", replay_http2}, {"curl-auth", replay_auth}, {"curl-range", replay_range}, {"expect-100", replay_expect},
};

const Profile* profile_of(const std::string& client) {
  constexpr std::pair<const char*, const char*> names[] = {
      {"curl-X", "curl-x"}, {"curl", "curl"}, {"wget", "wget"}, {"chromium", "chromium"}, {"firefox", "firefox"}, {"undici7 RetryAgent", "undici7-retry"},
      {"undici6-fetch", "undici6-fetch"}, {"undici7-fetch", "undici7-fetch"}, {"undici7-request", "undici7-request"}, {"axios", "axios"},
      {"py-requests", "py-requests"}, {"py-urllib", "py-urllib"}};
  for (const auto& [prefix, id] : names)
    if (client.starts_with(prefix)) return client::find_profile(id);
  return nullptr;
}

// --- what is known to differ -----------------------------------------------------------------------------------------------

struct Deviation {
  std::string client, section, name, reason;  // a "*" at the end of the name stands for any rest
  int differs = 0, agrees = 0;
  bool about(const std::string& c, const std::string& s, const std::string& n) const {
    if (client != c || section != s) return false;
    return name.ends_with('*') ? n.starts_with(name.substr(0, name.size() - 1)) : name == n;
  }
};

std::vector<Deviation> read_deviations(const char* path) {
  std::vector<Deviation> all;
  std::ifstream file(path);
  std::string text;
  std::getline(file, text);
  while (std::getline(file, text)) {
    std::istringstream cells(text);
    Deviation deviation;
    std::getline(cells, deviation.client, '\t');
    std::getline(cells, deviation.section, '\t');
    std::getline(cells, deviation.name, '\t');
    std::getline(cells, deviation.reason, '\t');
    if (deviation.reason.empty()) std::cout << path << ": no reason for " << text << "\n", std::exit(1);
    all.push_back(deviation);
  }
  return all;
}

struct Count {
  int replayed = 0, agrees = 0;
};

int replay_all(const json& data, std::vector<Deviation> deviations) {
  std::vector<std::pair<std::string, json>> records;
  for (const json& record : data["records"]) records.emplace_back(record["section"], record);
  std::map<std::string, int> runs;
  for (const json& record : data["preflight_cache_repeats"]) {
    json whole = record;
    whole["client"] = record["browser"];
    const std::string title = "Access-Control-Max-Age " + record["max_age"].dump() + ", gap " + record["gap_ms"].dump() + " ms";
    const int run = ++runs[whole["client"].get<std::string>() + title];
    whole["case"] = title + ", run " + std::to_string(run);
    records.emplace_back("preflight-cache", whole);
  }
  std::map<std::string, std::map<std::string, Count>> table;
  std::map<std::string, int> apart;
  int failures = 0;
  apart["early hints that a navigation acts on"] += static_cast<int>(data["early_hints_repeats"].size());
  for (const auto& entry : records) {
    const std::string& section = entry.first;
    const json& record = entry.second;
    const std::string name = record["client"], title = record["case"];
    const Profile* profile = profile_of(name);
    const auto known = std::find_if(std::begin(sections), std::end(sections), [&](const Section& one) { return section == one.name; });
    if (!profile || known == std::end(sections)) {
      std::cout << "no replay for " << section << " of " << name << "\n";
      ++failures;
      continue;
    }
    if (section == "cors" && record["outcome"].is_array()) {  // repeated, and counted, in preflight_cache_repeats
      ++apart["two requests in a row, which section preflight-cache has again"];
      continue;
    }
    Verdict verdict;
    try {
      verdict = known->replay({record, *profile, name, title});
    } catch (const json::exception& problem) {  // not the shape that this expects
      verdict = problem.what();
    }
    if (!verdict) {
      ++apart["early hints that a navigation acts on"];
      continue;
    }
    Count& count = table[std::string(profile->id)][section];
    ++count.replayed;
    count.agrees += verdict->empty();
    const auto deviation = std::find_if(deviations.begin(), deviations.end(), [&](const Deviation& d) { return d.about(std::string(profile->id), section, title); });
    if (deviation != deviations.end()) ++(verdict->empty() ? deviation->agrees : deviation->differs);
    else if (!verdict->empty()) {
      ++failures;
      std::cout << "not listed: " << profile->id << "\t" << section << "\t" << title << "\t" << *verdict << "\n";
    }
  }

  Count all;
  std::printf("%-16s %-30s %8s %8s\n", "profile", "section", "replayed", "agree");
  for (const auto& [profile, by_section] : table) {
    Count sum;
    for (const auto& [section, count] : by_section) {
      std::printf("%-16s %-30s %8d %8d\n", profile.c_str(), section.c_str(), count.replayed, count.agrees);
      sum.replayed += count.replayed, sum.agrees += count.agrees;
    }
    std::printf("%-16s %-30s %8d %8d\n", profile.c_str(), "all", sum.replayed, sum.agrees);
    all.replayed += sum.replayed, all.agrees += sum.agrees;
  }
  int listed = 0;
  for (const Deviation& deviation : deviations) {
    listed += deviation.differs;
    if (deviation.agrees == 0 && deviation.differs > 0) continue;
    ++failures;
    std::cout << "listed, but " << (deviation.agrees ? "it agrees" : "there is no such record") << ": " << deviation.client << "\t" << deviation.section << "\t" << deviation.name << "\n";
  }
  int skipped = 0;
  for (const auto& [what, count] : apart) {
    skipped += count;
    std::printf("not replayed: %d records about %s\n", count, what.c_str());
  }
  std::fflush(stdout);
  std::printf("%d of %d records agree, %d differ for %zu reasons listed\n", all.agrees, all.replayed, listed, deviations.size());
  std::printf("tally: %d passed, %d failed, %d skipped\n", all.agrees + listed, failures, skipped);
  return failures == 0 ? 0 : 1;
}

}  // namespace
}  // namespace statuslab::tests

namespace {

// What can be said about the list without the measurements: it names profiles and sections that there are.
int check_list(const char* path) {
  using namespace statuslab;
  int passed = 0, failed = 0;
  for (const tests::Deviation& deviation : tests::read_deviations(path)) {
    const bool known = client::find_profile(deviation.client) && std::any_of(std::begin(tests::sections), std::end(tests::sections), [&](const tests::Section& one) { return deviation.section == one.name; });
    if (!known) std::cout << "no such profile or section: " << deviation.client << " " << deviation.section << "\n";
    ++(known ? passed : failed);
  }
  std::cout << "tally: " << passed << " passed, " << failed << " failed, 1 skipped\n";
  return failed == 0 ? 0 : 1;
}

}  // namespace

int main(int count, char** arguments) {
  if (count < 3) return std::fprintf(stderr, "statuslab_clients OBSERVED_CLIENTS.json DEVIATIONS.tsv\n"), 2;
  std::ifstream file(arguments[1]);
  if (!file) {
    std::cout << "skipped: the measurements are not here: " << arguments[1] << "\n";
    return check_list(arguments[2]);
  }
  return statuslab::tests::replay_all(nlohmann::json::parse(file), statuslab::tests::read_deviations(arguments[2]));
}
