// The one place that says how values look as JSON.
#include "statuslab/json.h"

#include <algorithm>

#include "json/writer.h"
#include "statuslab/registry.h"

namespace statuslab {
namespace {

using json::Writer;

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

void write(Writer& json, Span span) {
  json.begin_array();
  json.value(span.begin);
  json.value(span.end);
  json.end_array();
}

void member(Writer& json, std::string_view name, Span span) {
  json.key(name);
  write(json, span);
}

// One value after the other, each through `write_one`.
template <class List, class Write>
void member_list(Writer& json, std::string_view name, const List& list, Write write_one) {
  json.key(name);
  json.begin_array();
  for (const auto& item : list) write_one(json, item);
  json.end_array();
}

void write_edit(Writer& json, const Edit& edit) {
  json.begin_object();
  json.member("begin", edit.span.begin);
  json.member("end", edit.span.end);
  json.member("text", edit.text);
  json.end_object();
}

void write_fix(Writer& json, const Fix& fix) {
  json.begin_object();
  json.member("label", fix.label);
  json.member("safe", fix.safe);
  member_list(json, "edits", fix.edits, write_edit);
  json.end_object();
}

void write_arguments(Writer& json, const std::vector<Argument>& arguments) {
  json.key("args");
  json.begin_object();
  for (auto argument = arguments.begin(); argument != arguments.end(); ++argument) {
    const bool said_again =
        std::any_of(argument + 1, arguments.end(), [&](const Argument& other) { return other.name == argument->name; });
    if (!said_again) json.member(argument->name, argument->value);
  }
  json.end_object();
}

void write_finding(Writer& json, const Finding& finding) {
  json.begin_object();
  json.member("rule", rule_id(finding.rule));
  json.member("severity", name(finding.severity));
  json.member("on", name(finding.on));
  json.member("index", finding.index);
  json.member("begin", finding.span.begin);
  json.member("end", finding.span.end);
  write_arguments(json, finding.args);
  member_list(json, "fixes", finding.fixes, write_fix);
  json.end_object();
}

void write_field(Writer& json, const FieldLine& line) {
  json.begin_object();
  member(json, "name", line.name);
  member(json, "value", line.value);
  json.end_object();
}

void write_message(Writer& json, const Message& message, std::string_view text) {
  json.begin_object();
  json.member("kind", name(message.kind));
  json.member("format", name(message.dialect));
  json.member("begin", message.whole.begin);
  json.member("end", message.whole.end);
  const std::string_view version = slice(text, message.version);
  json.member("version", version.starts_with("HTTP/") ? version.substr(5) : std::string_view{});
  if (message.is_request()) {
    json.member("method", slice(text, message.method));
    member(json, "methodSpan", message.method);
    json.member("target", slice(text, message.target));
    member(json, "targetSpan", message.target);
  } else {
    json.member("status", message.status);
    member(json, "statusSpan", message.status_code);
    json.member("reason", slice(text, message.reason));
    member(json, "reasonSpan", message.reason);
  }
  member_list(json, "fields", message.fields, write_field);
  member_list(json, "trailers", message.trailers, write_field);
  member(json, "content", message.content);
  member(json, "excess", message.excess);
  json.member("framing", name(message.framing));
  json.end_object();
}

void write_messages(Writer& json, const std::vector<Message>& messages, std::string_view text) {
  json.begin_array();
  for (const Message& message : messages) write_message(json, message, text);
  json.end_array();
}

void write_names(Writer& json, std::string_view key, std::string_view comma_separated) {
  json.key(key);
  json.begin_array();
  while (!comma_separated.empty()) {
    const std::size_t comma = comma_separated.find(',');
    std::string_view name = comma_separated.substr(0, comma);
    while (name.starts_with(' ')) name.remove_prefix(1);
    json.value(name);
    comma_separated.remove_prefix(comma == std::string_view::npos ? comma_separated.size() : comma + 1);
  }
  json.end_array();
}

void write_status(Writer& json, const StatusInfo& row) {
  json.begin_object();
  json.member("key", row.key);
  json.member("code", row.code);
  json.member("phrase", row.phrase);
  json.member("kind", name(row.kind));
  json.member("vendor", row.vendor);
  json.member("reference", row.reference);
  json.member("content", name(row.content));
  json.member("heuristicallyCacheable", row.heuristically_cacheable);
  json.member("logOnly", row.log_only);
  write_names(json, "required", row.required);
  write_names(json, "customary", row.customary);
  json.end_object();
}

void write_applied(Writer& json, const AppliedFix& fix) {
  json.begin_object();
  json.member("rule", rule_id(fix.rule));
  json.member("on", name(fix.on));
  json.member("label", fix.label);
  write_arguments(json, fix.args);
  json.end_object();
}

void write_round(Writer& json, const FixRound& round) {
  json.begin_object();
  member_list(json, "request", round.request, write_edit);
  member_list(json, "response", round.response, write_edit);
  member_list(json, "applied", round.applied, write_applied);
  json.end_object();
}

// ---- Structured fields

// RFC 4648 section 6
std::string base32(std::string_view bytes) {
  constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  std::string text;
  std::uint32_t bits = 0;
  int count = 0;
  for (const char c : bytes) {
    bits = (bits << 8) | static_cast<unsigned char>(c);
    for (count += 8; count >= 5; count -= 5) text += alphabet[(bits >> (count - 5)) & 31];
  }
  if (count > 0) text += alphabet[(bits << (5 - count)) & 31];
  while (text.size() % 8 != 0) text += '=';
  return text;
}

template <class Value>
void write_typed(Writer& json, std::string_view type, const Value& value) {
  json.begin_object();
  json.member("__type", type);
  value();
  json.end_object();
}

void write_bare_item(Writer& json, const structured::BareItem& item) {
  using enum structured::ItemType;
  const auto text = [&](std::string value) { return [&json, value] { json.member("value", std::string_view(value)); }; };
  // Integers and Decimals are written as JSON writes them.
  const auto number = [&](structured::BareItem given) { json.raw(structured::serialise(given).value_or("null")); };
  switch (item.type) {
    case integer:
    case decimal: return number(item);
    case string: return json.value(std::string_view(item.text));
    case boolean: return json.value(item.number != 0);
    case token: return write_typed(json, "token", text(item.text));
    case binary: return write_typed(json, "binary", text(base32(item.text)));
    case display_string: return write_typed(json, "displaystring", text(item.text));
    case date:
      return write_typed(json, "date", [&] {
        json.key("value");
        number({integer, item.number, {}, {}});
      });
  }
}

void write_parameters(Writer& json, const structured::Parameters& parameters) {
  json.begin_array();
  for (const structured::Parameter& parameter : parameters) {
    json.begin_array();
    json.value(std::string_view(parameter.key));
    write_bare_item(json, parameter.value);
    json.end_array();
  }
  json.end_array();
}

// An Item, a member of an Inner List, or anything else that is a bare Item with parameters.
template <class WithParameters>
void write_item(Writer& json, const WithParameters& item) {
  json.begin_array();
  write_bare_item(json, item.value);
  write_parameters(json, item.parameters);
  json.end_array();
}

void write_structured_member(Writer& json, const structured::Member& member) {
  if (!member.is_inner_list) return write_item(json, member);
  json.begin_array();
  json.begin_array();
  for (const structured::Item& item : member.items) write_item(json, item);
  json.end_array();
  write_parameters(json, member.parameters);
  json.end_array();
}

void write_structured(Writer& json, const structured::Value& value) {
  if (value.type == structured::FieldType::item) return write_structured_member(json, value.members.front());
  json.begin_array();
  for (const structured::Member& member : value.members) {
    if (value.type == structured::FieldType::list) {
      write_structured_member(json, member);
      continue;
    }
    json.begin_array();
    json.value(std::string_view(member.key));
    write_structured_member(json, member);
    json.end_array();
  }
  json.end_array();
}

const char* name(structured::ErrorKind kind) {
  constexpr const char* names[] = {
      "not-ascii",        "item-expected",    "key-expected",     "comma-expected",      "trailing-comma",
      "text-after-item",  "inner-list-unclosed", "inner-list-separator", "digit-expected", "integer-too-long",
      "decimal-too-long", "fraction-length",  "string-unclosed",  "string-escape",       "string-character",
      "binary-unclosed",  "binary-character", "binary-length",    "boolean-value",       "date-decimal",
      "display-quote",    "display-escape",   "display-utf8"};
  return names[static_cast<std::size_t>(kind)];
}

}  // namespace

std::string to_json(const LintResult& result, const Exchange& exchange) {
  Writer json;
  json.begin_object();
  member_list(json, "findings", result.findings, write_finding);
  json.key("request");
  write_messages(json, result.request, exchange.request.value_or(std::string_view{}));
  json.key("response");
  write_messages(json, result.response, exchange.response.value_or(std::string_view{}));
  json.member("checks", result.checks);
  json.end_object();
  return json.take();
}

std::string to_json(const std::vector<Message>& messages, std::string_view text) {
  Writer json;
  write_messages(json, messages, text);
  return json.take();
}

std::string to_json(const std::vector<CodedContent>& contents) {
  Writer json;
  json.begin_array();
  for (const CodedContent& content : contents) {
    json.begin_object();
    json.member("on", name(content.side));
    json.member("index", content.index);
    member_list(json, "codings", content.codings, [](Writer& out, std::string_view coding) { out.value(coding); });
    member_list(json, "parts", content.parts, [](Writer& out, Span part) { write(out, part); });
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string to_json(const FixResult& result) {
  Writer json;
  json.begin_object();
  member_list(json, "rounds", result.rounds, write_round);
  json.end_object();
  return json.take();
}

std::string status_json(std::uint16_t code) {
  Writer json;
  json.begin_object();
  json.member("code", code);
  json.member("treatedAs", treated_as(code));
  member_list(json, "rows", find_status(code), write_status);
  json.end_object();
  return json.take();
}

std::string rules_json() {
  Writer json;
  json.begin_array();
  for (std::uint16_t rule = 0; rule < rule_count(); ++rule) {
    json.begin_object();
    json.member("id", rule_id(rule));
    json.member("family", rule_family(rule));
    json.member("severity", name(rule_severity(rule)));
    json.end_object();
  }
  json.end_array();
  return json.take();
}

std::string structured_field_json(const std::vector<std::string_view>& lines, structured::FieldType type) {
  const structured::Parsed parsed = structured::parse(structured::join(lines), type);
  Writer json;
  json.begin_object();
  json.member("ok", !parsed.error.has_value());
  if (parsed.error) {
    const auto [line, span] = structured::place_in_lines(parsed.error->span, lines);
    json.key("error");
    json.begin_object();
    json.member("kind", name(parsed.error->kind));
    json.member("line", static_cast<std::uint32_t>(line));
    json.member("begin", span.begin);
    json.member("end", span.end);
    json.end_object();
  } else {
    const std::string serialised = structured::serialise(parsed.value).value_or("");
    json.key("value");
    write_structured(json, parsed.value);
    json.key("serialised");
    if (serialised.empty()) json.raw("null");
    else json.value(std::string_view(serialised));
  }
  json.end_object();
  return json.take();
}

}  // namespace statuslab
