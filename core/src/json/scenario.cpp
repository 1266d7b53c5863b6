// Scenarios out of JSON: one `read` a struct, each member named once; what is not named is no member.
#include <algorithm>
#include <array>
#include <map>

#include "base/ascii.h"
#include "json/reader.h"
#include "json/scenario_reader.h"
#include "json/trace.h"
#include "statuslab/simulate.h"
#include "statuslab/simulate_json.h"
#include "syntax/rfc4648.h"

namespace statuslab::json {

using Word = std::string_view;

constexpr std::int64_t most_ms = 1'000'000'000;
constexpr std::int64_t most_bytes = 1'000'000'000'000;
constexpr std::int64_t most_seconds = 4'294'967'295;

constexpr Word modes[] = {"plain", "cors", "no-cors", "same-origin", "navigate"};
constexpr Word credential_modes[] = {"omit", "same-origin", "include"};
constexpr Word redirect_modes[] = {"follow", "manual", "error"};
constexpr Word versions[] = {"1.1", "1.0", "2", "3", "0.9", "3.0"};
constexpr Word malformations[] = {"no-host", "two-hosts", "length-and-coding", "space-before-colon", "bare-cr", "bad-length", "bad-target"};
constexpr Word reaches[] = {"works", "unreachable", "silent", "closes", "garbled"};
constexpr Word ends[] = {"whole", "silent", "closed"};
constexpr Word doings[] = {"request", "change-resource", "set-origin-state", "set-network"};
constexpr Word cache_kinds[] = {"private", "shared", "cdn"};
constexpr Word roles[] = {"proxy", "gateway"};
constexpr Word outcomes[] = {"automatic", "created", "updated", "accepted", "no-content", "reset", "see-other"};
constexpr Word allow_origins[] = {"none", "*", "echo", "list"};
constexpr Word choices[] = {"none", "300", "list"};
constexpr Word framings[] = {"content-length", "chunked", "close"};
constexpr Word early_datas[] = {"accept", "425", "safe"};
constexpr Word rate_keys[] = {"ip", "token"};
constexpr Word not_acceptables[] = {"406", "default"};
constexpr Word large_ranges[] = {"416", "ignore"};
constexpr Word framing_conflicts[] = {"400", "coding-wins"};

namespace {

// --- values of one kind -----------------------------------------------------------------------------------------------

bool is_token(std::string_view s) {
  return !s.empty() && std::all_of(s.begin(), s.end(), ascii::is_tchar);
}

bool is_field_value(std::string_view s) {
  return s.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos;
}

int digits(std::string_view text, std::size_t at, std::size_t count) {
  int number = 0;
  for (std::size_t i = at; i < at + count; ++i) {
    if (!ascii::is_digit(text[i])) return -1;
    number = number * 10 + (text[i] - '0');
  }
  return number;
}

// Days since 1970-01-01 in the Gregorian calendar; March is the first month, so that the leap day ends the year.
std::int64_t days_from_civil(int year, int month, int day) {
  year -= month <= 2 ? 1 : 0;
  const int era = year / 400;
  const int year_of_era = year - era * 400;
  const int day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  const int day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return static_cast<std::int64_t>(era) * 146097 + day_of_era - 719468;
}

// RFC 3339 section 5.6 in UTC: "2026-01-05T10:00:00Z", perhaps with milliseconds.
std::optional<Instant> parse_instant(std::string_view text) {
  if (text.size() != 20 && text.size() != 24) return std::nullopt;
  if (text[4] != '-' || text[7] != '-' || text[10] != 'T' || text[13] != ':' || text[16] != ':' || text.back() != 'Z') return std::nullopt;
  const int year = digits(text, 0, 4), month = digits(text, 5, 2), day = digits(text, 8, 2);
  const int hour = digits(text, 11, 2), minute = digits(text, 14, 2), second = digits(text, 17, 2);
  const int milli = text.size() == 24 ? (text[19] == '.' ? digits(text, 20, 3) : -1) : 0;
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  constexpr std::array<int, 13> lengths = {0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (year < 1970 || month < 1 || month > 12 || hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59 || milli < 0) return std::nullopt;
  if (day < 1 || day > lengths[static_cast<std::size_t>(month)] + (month == 2 && leap ? 1 : 0)) return std::nullopt;
  return ((days_from_civil(year, month, day) * 24 + hour) * 60 + minute) * 60'000 + second * 1000 + milli;
}

static void read_instant(In in, Instant& out) {
  if (in.describing()) return in.schema().raw(R"({"type":"string","format":"date-time"})");
  std::string text;
  if (in.is_string()) read(in, text);
  const auto instant = parse_instant(text);
  if (!instant) return in.mistake("a time like \"2026-01-05T10:00:00Z\"");
  out = *instant;
}

static void read_instant(Object& object, std::string_view name, std::optional<Instant>& out) {
  object.with(name, [&](In in) {
    if (!in.describing() && in.is_null()) return out.reset();
    Instant instant = 0;
    in.or_null([&] { read_instant(in, instant); });
    out = instant;
  });
}

}  // namespace

// Text, {"base64":"..."} or so many bytes of filling: {"bytes":1000}.
void read_bytes(In in, std::string& out) {
  if (in.describing())
    return in.schema().raw(
        R"({"anyOf":[{"type":"string"},{"type":"object","additionalProperties":false,"properties":{"base64":{"type":"string"},)"
        R"("bytes":{"type":"integer","minimum":0,"maximum":1000000}}}]})");
  if (in.is_string()) return read(in, out);
  if (!in.is_object()) return in.mistake("a string, {\"base64\":\"...\"} or {\"bytes\":1000}");
  Object object(in);
  std::string coded;
  std::int64_t count = -1;
  object.member("base64", coded);
  object.member("bytes", count, 0, 1'000'000);
  if (count >= 0) out.assign(static_cast<std::size_t>(count), 'a');
  if (coded.empty()) return;
  const auto decoded = syntax::decode_base64(coded);
  if (!decoded) return in.mistake("base64 (RFC 4648 section 4)");
  out = *decoded;
}

void read(In in, http::Field& out) {
  if (in.describing()) return in.schema().raw(R"({"type":"array","items":{"type":"string"},"minItems":2,"maxItems":2})");
  if (in.as_array() == nullptr) return;
  if (in.size() != 2) return in.mistake("a name and a value: [\"Accept\",\"text/html\"]");
  Path first, second;
  const In name = in.element(0, first), value = in.element(1, second);
  read(name, out.name);
  read(value, out.value);
  if (name.is_string() && !is_token(out.name)) name.mistake("a field name (RFC 9110 section 5.6.2: a token)");
  if (value.is_string() && !is_field_value(out.value)) value.mistake("a field value: one line, without NUL");
}

static void read(In in, std::map<std::string, origin::Names>& out) {
  if (in.describing()) return in.schema().raw(R"({"type":"object","additionalProperties":{"type":"array","items":{"type":"string"}}})");
  if (in.as_object() == nullptr) return;
  in.for_each_member([&out](std::string_view name, In value) { read(value, out[std::string(name)]); });
}

void read(In in, http::Request& out) {
  Object object(in);
  object.with("method", [&out](In method) {
    read(method, out.method);
    if (!method.describing() && method.is_string() && !is_token(out.method)) method.mistake("a method (RFC 9110 section 9.1: a token)");
  });
  object.with("target", [&out](In target) {
    read(target, out.target);
    if (target.describing() || !target.is_string()) return;
    const bool http = out.target.starts_with("http://") || out.target.starts_with("https://");
    if (!http || out.target.find_first_of(" \r\n\t") != std::string::npos) target.mistake("an absolute http or https URI: \"https://a.example/x\"");
  });
  object.member("fields", out.fields);
  object.with("content", [&out](In content) { read_bytes(content, out.content); });
}

// --- client, network, caches, proxy ------------------------------------------------------------------------------------

static void read(In in, client::Account& out) {
  Object object(in);
  object.member("user", out.user);
  object.member("password", out.password);
  object.member("token", out.token);
  object.member("basic", out.basic);
  object.member("digest", out.digest);
  object.member("preemptive", out.preemptive);
  object.member("withhold_content", out.withhold_content);
}

static void read(In in, origin::Malformed& out) {
  std::size_t chosen = static_cast<std::size_t>(out);
  read_choice(in, chosen, malformations);
  out = static_cast<origin::Malformed>(chosen);
}

void read_cache(In in, CacheOptions& out, bool with_kind) {
  Object object(in);
  if (with_kind) object.choice("kind", out.kind, cache_kinds);
  object.member("targeted_fields", out.targeted_fields);
  object.member("heuristic_percent", out.heuristic_percent, 0, 100);
  object.member("heuristic_limit", out.heuristic_limit, 0, most_seconds);
  object.member("stale_while_revalidate", out.stale_while_revalidate);
  object.member("stale_if_error", out.stale_if_error);
  object.member("stale_when_disconnected", out.stale_when_disconnected);
  object.member("ranges", out.ranges);
  object.member("collapse", out.collapse);
}

static void read_optional_cache(Object& object, std::string_view name, std::optional<CacheOptions>& out, CacheKind kind) {
  object.with(name, [&](In in) {
    if (!in.describing() && in.is_null()) return out.reset();
    CacheOptions options{.kind = kind};
    in.or_null([&] { read_cache(in, options, kind != CacheKind::private_); });
    out = std::move(options);
  });
}

void read(In in, simulate::ClientPlan& out) {
  Object object(in);
  object.member("profile", out.profile);
  object.member("request", out.request);
  object.with("http_version", [&out](In version) {
    std::size_t chosen = 0;
    read_choice(version, chosen, versions);
    if (!version.describing()) out.http_version = versions[chosen];
  });
  object.choice("mode", out.config.mode, modes);
  object.member("origin", out.config.origin);
  object.choice("credentials", out.config.credentials, credential_modes);
  object.choice("redirect", out.config.redirect, redirect_modes);
  object.member("account", out.config.account);
  object.member("retries", out.config.retries, 0, 100);
  object.member("retry_delay_ms", out.config.retry_delay_ms, 0, most_ms);
  object.member("retry_time_ms", out.config.retry_time_ms, 0, most_ms);
  object.member("expect_continue", out.config.expect_continue);
  object.member("cookies", out.config.cookies);
  object.member("early_data", out.config.early_data);
  object.member("resume_at", out.config.resume_at, 0, most_seconds);
  object.member("tls_authority", out.tls_authority);
  object.member("malformed", out.malformed);
  object.member("incomplete", out.incomplete);
  object.member("certificate", out.certificate);
  object.member("ip", out.ip);
  read_optional_cache(object, "private_cache", out.private_cache, CacheKind::private_);
}

static void read(In in, simulate::Network& out) {
  Object object(in);
  object.member("captive_portal", out.captive_portal);
  object.choice("origin", out.origin, reaches);
  object.member("truncate_response_at", out.truncate_response_at, 0, most_bytes);
  object.member("timeout_ms", out.timeout_ms, 0, most_ms);
}

static void read(In in, intermediary::Config& out) {
  Object object(in);
  object.choice("role", out.role, roles);
  object.member("name", out.name);
  object.member("challenge", out.challenge);
  object.member("credentials", out.credentials);
  object.member("forward_early_data", out.forward_early_data);
  object.member("knows_early_data", out.knows_early_data);
  object.member("repeats_425", out.repeats_425);
  object.member("forward_interim", out.forward_interim);
  object.member("transform", out.transform);
  object.with("upstream_version", [&out](In version) {
    std::size_t chosen = 0;
    read_choice(version, chosen, std::span(versions).first(4));
    if (!version.describing()) out.upstream_version = versions[chosen];
  });
  object.member("response_timeout_ms", out.response_timeout_ms, 0, most_ms);
}

// --- origin -------------------------------------------------------------------------------------------------------------

static void read(In in, origin::Representation& out) {
  Object object(in);
  object.member("media", out.media);
  object.member("charset", out.charset);
  object.member("lang", out.lang);
  object.member("coding", out.coding);
  object.number("qs", out.qs, 0, 1);
  object.member("etag", out.etag);
  object.member("etag_weak", out.etag_weak);
  read_instant(object, "last_modified", out.last_modified);
  object.member("bytes", out.bytes, 0, 1'000'000);
  object.member("text", out.text);
  object.member("instance_history", out.instance_history);
}

static void read(In in, origin::Auth& out) {
  Object object(in);
  object.member("schemes", out.schemes);
  object.member("allow", out.allow);
  object.member("deny", out.deny);
}

static void read(In in, origin::Moved& out) {
  Object object(in);
  object.member("status", out.status, 300, 399);
  object.member("to", out.to);
  object.required("to");
}

static void read(In in, origin::History& out) {
  Object object(in);
  object.member("gone", out.gone);
  object.member("moved", out.moved);
}

static void read(In in, origin::LegalBlock& out) {
  Object object(in);
  object.member("by", out.by);
}

static void read(In in, origin::Ranges& out) {
  Object object(in);
  object.member("unit", out.unit);
  object.member("max_parts", out.max_parts, 0, 1000);
}

static void read(In in, origin::Write& out) {
  Object object(in);
  object.choice("outcome", out.outcome, outcomes);
  object.member("conflict", out.conflict);
  object.member("storage_full", out.storage_full);
  object.member("async", out.async);
  object.member("idempotency_keys", out.idempotency_keys);
}

static void read(In in, origin::CacheFields& out) {
  Object object(in);
  object.member("fields", out.fields);
  object.member("vary", out.vary);
}

static void read(In in, origin::Cors& out) {
  Object object(in);
  object.choice("allow_origin", out.allow_origin, allow_origins);
  object.member("origins", out.origins);
  object.member("allow_credentials", out.allow_credentials);
  object.member("allow_methods", out.allow_methods);
  object.member("allow_headers", out.allow_headers);
  object.member("expose", out.expose);
  object.member("max_age", out.max_age, 0, most_seconds);
  object.member("preflight_status", out.preflight_status, 200, 599);
}

static void read(In in, origin::InterimPlan& out) {
  Object object(in);
  object.member("status", out.status, 102, 199);
  object.member("fields", out.fields);
  object.member("every_ms", out.every_ms, 0, most_ms);
}

static void read(In in, origin::Lock& out) {
  Object object(in);
  object.member("token", out.token);
  object.member("depth", out.depth);
}

static void read(In in, origin::Member& out) {
  Object object(in);
  object.member("path", out.path);
  object.member("status", out.status, 200, 599);
}

static void read(In in, origin::Dav& out) {
  Object object(in);
  object.member("lock", out.lock);
  object.member("members", out.members);
  object.member("bindings_loop", out.bindings_loop);
  object.member("dependency_failed", out.dependency_failed);
  object.member("quota", out.quota, 0, most_bytes);
}

static void read(In in, origin::Resource& out) {
  Object object(in);
  object.with("path", [&out](In path) {
    read(path, out.path);
    if (!path.describing() && path.is_string() && !out.path.starts_with('/')) path.mistake("a path: \"/x\", or \"/a/*\" for all below");
  });
  object.member("exists", out.exists);
  object.member("collection", out.collection);
  object.member("methods", out.methods);
  object.member("auth", out.auth);
  object.member("payment_required", out.payment_required);
  object.member("legal_block", out.legal_block);
  object.member("history", out.history);
  object.member("representations", out.representations);
  object.choice("multiple_choices", out.multiple_choices, choices);
  object.member("see_other", out.see_other);
  object.member("accepts", out.accepts);
  object.member("accept_encoding_request", out.accept_encoding_request);
  object.member("schema_valid", out.schema_valid);
  object.member("require_preconditions", out.require_preconditions);
  object.member("ranges", out.ranges);
  object.member("write", out.write);
  object.member("cache", out.cache);
  object.member("cors", out.cors);
  object.member("interim", out.interim);
  object.member("takes_ms", out.takes_ms, 0, most_ms);
  object.member("dav", out.dav);
  object.member("trailers", out.trailers);
  object.choice("framing", out.framing, framings);
}

static void read(In in, origin::Limits& out) {
  Object object(in);
  object.member("target_bytes", out.target_bytes, 0, most_bytes);
  object.member("method_bytes", out.method_bytes, 0, most_bytes);
  object.member("field_bytes", out.field_bytes, 0, most_bytes);
  object.member("fields_total_bytes", out.fields_total_bytes, 0, most_bytes);
  object.member("content_bytes", out.content_bytes, 0, most_bytes);
  object.member("header_timeout_ms", out.header_timeout_ms, 0, most_ms);
  object.member("concurrency", out.concurrency, 0, most_seconds);
}

static void read(In in, origin::Maintenance& out) {
  Object object(in);
  read_instant(object, "until", out.until);
  object.member("retry_after", out.retry_after, 0, most_seconds);
}

static void read(In in, origin::State& out) {
  Object object(in);
  object.member("overloaded", out.overloaded);
  object.member("maintenance", out.maintenance);
  object.member("bug", out.bug);
}

static void read(In in, origin::Extensions& out) {
  Object object(in);
  object.member("delta_im", out.delta_im);
  object.member("http_ext", out.http_ext);
  object.member("tcn", out.tcn);
  object.member("upgrade", out.upgrade);
  object.member("upgrade_required", out.upgrade_required);
  object.member("length_required", out.length_required);
  object.choice("early_data", out.early_data, early_datas);
  object.member("client_cert", out.client_cert);
  object.member("resumable_upload", out.resumable_upload);
}

static void read(In in, origin::RateLimit& out) {
  Object object(in);
  object.choice("key", out.key, rate_keys);
  object.member("limit", out.limit, 0, most_seconds);
  object.member("window_s", out.window_s, 1, most_seconds);
  object.member("used", out.used, 0, most_seconds);
  object.member("reset_s", out.reset_s, 0, most_seconds);
  object.member("retry_after", out.retry_after);
}

static void read(In in, origin::Policy& out) {
  Object object(in);
  object.member("hide_existence", out.hide_existence);
  object.member("order", out.order);
  object.choice("not_acceptable", out.not_acceptable, not_acceptables);
  object.member("post_redirect", out.post_redirect, 300, 399);
  object.choice("large_range", out.large_range, large_ranges);
  object.choice("framing_conflict", out.framing_conflict, framing_conflicts);
  object.member("trace", out.trace);
  object.member("expectations_ignored", out.expectations_ignored);
}

void read(In in, origin::Config& out) {
  Object object(in);
  object.member("authorities", out.authorities);
  object.member("tls", out.tls);
  object.member("http_versions", out.http_versions);
  object.member("limits", out.limits);
  object.member("state", out.state);
  object.member("methods_implemented", out.methods_implemented);
  object.member("transfer_codings", out.transfer_codings);
  object.member("content_codings", out.content_codings);
  object.member("expectations", out.expectations);
  object.member("extensions", out.extensions);
  object.member("rate_limits", out.rate_limits);
  object.member("policy", out.policy);
  object.member("resources", out.resources);
}

// --- the whole ----------------------------------------------------------------------------------------------------------

static void read(In in, simulate::Given& out) {
  if (in.is_string()) return read(in, out.wire);
  if (in.describing()) {
    in.schema().begin_object();
    in.schema().key("anyOf");
    in.schema().begin_array();
    in.schema().raw(R"({"type":"string"})");
  } else if (!in.is_object()) {
    return in.mistake("a response as on the wire, or an object with one");
  }
  {
    Object object(in);
    object.with("response", [&out](In wire) { read_bytes(wire, out.wire); });
    object.required("response");
    object.member("after_ms", out.after_ms, 0, most_ms);
    object.with("end", [&out](In end) {
      std::size_t chosen = 0;
      read_choice(end, chosen, ends);
      out.end = static_cast<client::End>(chosen);
    });
  }
  if (!in.describing()) return;
  in.schema().end_array();
  in.schema().end_object();
}

// What a step's request does not say is as in the client's.
static void read(In in, simulate::StepPlan& out) {
  Object object(in);
  double seconds = 0;
  object.number("at_s", seconds, 0, 1e9);
  out.at_ms = static_cast<Instant>(seconds * 1000 + 0.5);
  object.choice("do", out.what, doings);
  object.member("client", out.client, 0, 9);
  object.member("request", out.request);
  object.member("path", out.path);
  object.member("state", out.state);
  object.member("network", out.network);
}

static void read_steps(In in, simulate::Scenario& out) {
  if (in.describing()) return read(in, out.steps);
  if (in.as_array() == nullptr) return;
  if (in.size() > 10'000) return in.mistake("10000 steps at most");
  for (std::size_t i = 0; i < in.size(); ++i) {
    Path path;
    read(in.element(i, path), out.steps.emplace_back(simulate::StepPlan{.request = out.client.request, .network = out.network}));
  }
}

static void read(In in, simulate::Scenario& out) {
  Object object(in);
  std::string schema;
  object.member("$schema", schema);
  std::int64_t version = 1;
  object.member("version", version, 1, 1);
  object.with("clock", [&out](In clock) {
    Object inside(clock);
    inside.with("start", [&out](In start) { read_instant(start, out.start); });
    inside.member("hop_latency_ms", out.hop_latency_ms, 0, most_ms);
  });
  object.member("client", out.client);
  object.member("network", out.network);
  read_optional_cache(object, "shared_cache", out.shared_cache, CacheKind::shared);
  object.member("proxy", out.proxy);
  object.member("origin", out.origin);
  object.member("given", out.given);
  object.with("steps", [&out](In steps) { read_steps(steps, out); });
}

}  // namespace statuslab::json

namespace statuslab {

std::string simulate_json(std::string_view text) {
  simulate::Scenario scenario;
  const std::vector<json::Mistake> mistakes = json::from_json(text, scenario);
  if (!mistakes.empty()) return json::mistakes_json(mistakes);
  if (const auto fault = simulate::fault(scenario)) return json::mistakes_json({{fault->pointer, {}, fault->expected}});
  return json::trace_json(simulate::simulate(scenario));
}

std::string scenario_schema() { return json::describe<simulate::Scenario>(); }

}  // namespace statuslab
