// The one place that writes JSON (nlohmann/json).
#include "statuslab/json.h"

#include <nlohmann/json.hpp>

#include "statuslab/registry.h"

namespace statuslab {
namespace {

using Json = nlohmann::ordered_json;

// Never throws: what is not UTF-8 becomes U+FFFD.
std::string dump(const Json& json) { return json.dump(-1, ' ', false, Json::error_handler_t::replace); }

Json to_value(Span span) { return Json::array({span.begin, span.end}); }

constexpr const char* name(Severity severity) {
  constexpr const char* names[] = {"error", "warning", "info", "hint", "fine"};
  return names[static_cast<std::size_t>(severity)];
}
constexpr const char* name(Side side) { return side == Side::request ? "request" : "response"; }
constexpr const char* name(MessageKind kind) { return kind == MessageKind::request ? "request" : "response"; }
constexpr const char* name(Dialect dialect) { return dialect == Dialect::http1 ? "http1" : "curl"; }
constexpr const char* name(Framing framing) {
  constexpr const char* names[] = {"none", "content-length", "chunked", "close", "tunnel", "unknown", "shown"};
  return names[static_cast<std::size_t>(framing)];
}
constexpr const char* name(StatusKind kind) {
  constexpr const char* names[] = {"registered", "reserved", "temporary", "draft", "unofficial", "invalid"};
  return names[static_cast<std::size_t>(kind)];
}
constexpr const char* name(ContentRule content) {
  constexpr const char* names[] = {"forbidden", "empty", "allowed", "expected", "none"};
  return names[static_cast<std::size_t>(content)];
}

Json to_value(const std::vector<Edit>& edits) {
  Json list = Json::array();
  for (const Edit& edit : edits)
    list.push_back({{"begin", edit.span.begin}, {"end", edit.span.end}, {"text", edit.text}});
  return list;
}

Json to_value(const Fix& fix) { return {{"label", fix.label}, {"safe", fix.safe}, {"edits", to_value(fix.edits)}}; }

Json to_value(const std::vector<Argument>& arguments) {
  Json args = Json::object();
  for (const Argument& argument : arguments) args[std::string(argument.name)] = argument.value;
  return args;
}

Json to_value(const Finding& finding) {
  Json fixes = Json::array();
  for (const Fix& fix : finding.fixes) fixes.push_back(to_value(fix));
  return {{"rule", rule_id(finding.rule)},
          {"severity", name(finding.severity)},
          {"on", name(finding.on)},
          {"index", finding.index},
          {"begin", finding.span.begin},
          {"end", finding.span.end},
          {"args", to_value(finding.args)},
          {"fixes", std::move(fixes)}};
}

Json to_value(const std::vector<FieldLine>& lines) {
  Json fields = Json::array();
  for (const FieldLine& line : lines)
    fields.push_back({{"name", to_value(line.name)}, {"value", to_value(line.value)}});
  return fields;
}

Json to_value(const Message& message, std::string_view text) {
  Json json{{"kind", name(message.kind)},
            {"format", name(message.dialect)},
            {"begin", message.whole.begin},
            {"end", message.whole.end}};
  const std::string_view version = slice(text, message.version);
  json["version"] = version.starts_with("HTTP/") ? version.substr(5) : std::string_view{};
  if (message.is_request()) {
    json["method"] = slice(text, message.method);
    json["methodSpan"] = to_value(message.method);
    json["target"] = slice(text, message.target);
    json["targetSpan"] = to_value(message.target);
  } else {
    json["status"] = message.status;
    json["statusSpan"] = to_value(message.status_code);
    json["reason"] = slice(text, message.reason);
    json["reasonSpan"] = to_value(message.reason);
  }
  json["fields"] = to_value(message.fields);
  json["trailers"] = to_value(message.trailers);
  json["content"] = to_value(message.content);
  json["excess"] = to_value(message.excess);
  json["framing"] = name(message.framing);
  return json;
}

Json to_value(const std::vector<Message>& messages, std::string_view text) {
  Json list = Json::array();
  for (const Message& message : messages) list.push_back(to_value(message, text));
  return list;
}

Json to_list(std::string_view comma_separated) {
  Json list = Json::array();
  while (!comma_separated.empty()) {
    const std::size_t comma = comma_separated.find(',');
    std::string_view name = comma_separated.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    list.push_back(name);
    comma_separated.remove_prefix(comma == std::string_view::npos ? comma_separated.size() : comma + 1);
  }
  return list;
}

Json to_value(const StatusInfo& row) {
  return {{"key", row.key},
          {"code", row.code},
          {"phrase", row.phrase},
          {"kind", name(row.kind)},
          {"vendor", row.vendor},
          {"reference", row.reference},
          {"content", name(row.content)},
          {"heuristicallyCacheable", row.heuristically_cacheable},
          {"logOnly", row.log_only},
          {"required", to_list(row.required)},
          {"customary", to_list(row.customary)}};
}

}  // namespace

std::string to_json(const LintResult& result, const Exchange& exchange) {
  Json findings = Json::array();
  for (const Finding& finding : result.findings) findings.push_back(to_value(finding));
  return dump({{"findings", std::move(findings)},
               {"request", to_value(result.request, exchange.request.value_or(std::string_view{}))},
               {"response", to_value(result.response, exchange.response.value_or(std::string_view{}))},
               {"checks", result.checks}});
}

std::string to_json(const std::vector<Message>& messages, std::string_view text) {
  return dump(to_value(messages, text));
}

std::string status_json(std::uint16_t code) {
  Json rows = Json::array();
  for (const StatusInfo& row : find_status(code)) rows.push_back(to_value(row));
  return dump({{"code", code}, {"treatedAs", treated_as(code)}, {"rows", std::move(rows)}});
}

std::string to_json(const FixResult& result) {
  Json rounds = Json::array();
  for (const FixRound& round : result.rounds) {
    Json applied = Json::array();
    for (const AppliedFix& fix : round.applied)
      applied.push_back(
          {{"rule", rule_id(fix.rule)}, {"on", name(fix.on)}, {"label", fix.label}, {"args", to_value(fix.args)}});
    rounds.push_back(
        {{"request", to_value(round.request)}, {"response", to_value(round.response)}, {"applied", std::move(applied)}});
  }
  return dump({{"rounds", std::move(rounds)}});
}

std::string rules_json() {
  Json rows = Json::array();
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule)
    rows.push_back({{"id", rule_id(rule)}, {"family", rule_family(rule)}, {"severity", name(rule_severity(rule))}});
  return dump(rows);
}

}  // namespace statuslab
