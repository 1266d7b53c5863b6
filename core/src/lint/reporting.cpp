// Reports that browsers send: Reporting-Endpoints, Report-To and NEL, who names its endpoints, and speculation rules, which are fetched.
#include <algorithm>
#include <array>
#include <span>
#include <string>

#include "base/ascii.h"
#include "checks/reporting.h"
#include "lint/reporter.h"
#include "syntax/csp3.h"
#include "syntax/rfc8259.h"

namespace statuslab::lint::checks {
namespace {

using structured::ItemType;

// An endpoint that the response defines: a key of Reporting-Endpoints, or the name of a group of Report-To.
bool is_defined(const MessageView& response, std::string_view endpoint) {
  const FieldView endpoints = response.field(FieldId::reporting_endpoints);
  if (!endpoints.empty()) {
    const StructuredView& view = endpoints.structured();
    if (view.value().members.empty()) return true;  // not readable: another rule tells
    for (const structured::Member& member : view.value().members)
      if (member.key == endpoint) return true;
  }
  const FieldView groups = response.field(FieldId::report_to);
  const std::string name = "\"" + std::string(endpoint) + "\"";
  for (std::size_t i = 0; i < groups.size(); ++i)
    if (groups.value(i).find(name) != std::string_view::npos ||
        (endpoint == "default" && groups.value(i).find("\"group\"") == std::string_view::npos))
      return true;
  return false;
}

struct Reference {
  std::string_view field;
  std::string_view endpoint;
};

// `report-to` with an endpoint, in policies and as a parameter.
std::vector<Reference> references_of(const MessageView& response) {
  std::vector<Reference> references;
  for (const FieldId id : {FieldId::content_security_policy, FieldId::content_security_policy_report_only}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    for (const syntax::CspPolicy& policy : field.policies())
      if (const syntax::CspDirective* const directive = policy.find("report-to"); directive && !directive->values.empty())
        references.push_back({field.name(), directive->values.front()});
  }
  for (const FieldId id : {FieldId::cross_origin_embedder_policy, FieldId::cross_origin_embedder_policy_report_only,
                           FieldId::cross_origin_opener_policy, FieldId::cross_origin_opener_policy_report_only}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    const StructuredView& view = field.structured();
    for (const structured::Member& member : view.value().members)
      if (const structured::Parameter* const to = structured::find(member.parameters, "report-to"); to && to->value.type == ItemType::string && !to->value.text.empty()) {
        std::string_view text = response.text(view.place(to->value.span));
        references.push_back({field.name(), text.substr(1, text.size() - 2)});
      }
  }
  return references;
}

}  // namespace

void check_reporting_endpoint_undefined(const MessageView& response, Reporter& report) {
  std::vector<Reference> references = references_of(response);
  if (references.size() > 16) references.resize(16);  // each looks through the endpoints: the time stays linear
  for (const Reference& reference : references) {
    if (is_defined(response, reference.endpoint)) continue;
    report.at(reference.endpoint).with("name", reference.field).with("endpoint", reference.endpoint);
  }
}

void check_reporting_endpoint_over_http(const FieldView& field, Reporter& report) {
  const StructuredView& view = field.structured();
  for (const structured::Member& member : view.value().members) {
    if (member.is_inner_list || member.value.type != ItemType::string || !member.value.text.starts_with("http://")) continue;
    const std::string_view host = std::string_view(member.value.text).substr(7);
    if (host.starts_with("localhost") || host.starts_with("127.")) continue;
    const Span place = view.place(member.value.span);
    report.at(place)
        .with("name", field.name())
        .with("url", member.value.text)
        .fix(0, {place.begin + 5, place.begin + 5}, "s");
  }
}

// ---- NEL and Report-To: JSON

namespace {

// Up to the next comma outside strings, arrays and objects.
std::size_t json_value_length(std::string_view s) {
  int depth = 0;
  bool in_string = false;
  for (std::size_t i = 0; i < s.size(); ++i) {
    if (in_string) {
      if (s[i] == '\\') ++i;
      else if (s[i] == '"') in_string = false;
    } else if (s[i] == '"') in_string = true;
    else if (s[i] == '{' || s[i] == '[') ++depth;
    else if (s[i] == '}' || s[i] == ']') --depth;
    else if (s[i] == ',' && depth <= 0) return i;
  }
  return s.size();
}

// "The header's value is interpreted as a JSON-formatted array of objects without the outer [ and ]".
template <class Check>
void for_each_json_value(std::string_view text, Check check) {
  for (;;) {
    const std::size_t length = json_value_length(text);
    if (const std::string_view value = ascii::trim(text.substr(0, length)); !value.empty()) check(value);
    if (length == text.size()) return;
    text.remove_prefix(length + 1);
  }
}

struct JsonValue {
  std::string_view text;
  syntax::JsonText json;
  bool is_valid;
  std::vector<JsonValue> endpoints;  // the elements of a group's "endpoints"
};

std::vector<JsonValue> read_endpoints(const syntax::JsonText& group) {
  std::vector<JsonValue> values;
  const syntax::JsonMember* const endpoints = group.member("endpoints");
  if (endpoints == nullptr || endpoints->type != syntax::JsonType::array) return values;
  const std::string_view inside = endpoints->value.substr(1, endpoints->value.size() - 2);
  for_each_json_value(inside, [&](std::string_view text) {
    JsonValue& value = values.emplace_back(JsonValue{text, syntax::parse_json(text), false, {}});
    value.is_valid = value.json.is_valid();
  });
  return values;
}

std::vector<JsonValue> read_json_values(const FieldView& field) {
  std::vector<JsonValue> values;
  for (std::size_t i = 0; i < field.size(); ++i)
    for_each_json_value(field.value(i), [&](std::string_view text) {
      JsonValue& value = values.emplace_back(JsonValue{text, syntax::parse_json(text), false, {}});
      value.is_valid = value.json.is_valid();
      if (value.is_valid) value.endpoints = read_endpoints(value.json);
    });
  return values;
}

const std::vector<JsonValue>& json_values_of(const FieldView& field) { return field.once<read_json_values>(); }

template <class Check>
void for_each_json_object(const FieldView& field, Check check) {
  for (const JsonValue& value : json_values_of(field))
    if (value.is_valid && value.json.type == syntax::JsonType::object) check(value);
}

enum class JsonWant : std::uint8_t { text, seconds, fraction, boolean, array };

struct JsonMemberRow {
  std::string_view name;
  JsonWant want;
  bool required;
};

constexpr auto nel_members = std::to_array<JsonMemberRow>({{"report_to", JsonWant::text, true},
                                                           {"max_age", JsonWant::seconds, true},
                                                           {"include_subdomains", JsonWant::boolean, false},
                                                           {"success_fraction", JsonWant::fraction, false},
                                                           {"failure_fraction", JsonWant::fraction, false},
                                                           {"request_headers", JsonWant::array, false},
                                                           {"response_headers", JsonWant::array, false}});
constexpr auto group_members = std::to_array<JsonMemberRow>({{"group", JsonWant::text, false},
                                                             {"max_age", JsonWant::seconds, true},
                                                             {"endpoints", JsonWant::array, true},
                                                             {"include_subdomains", JsonWant::boolean, false}});
constexpr auto endpoint_members = std::to_array<JsonMemberRow>(
    {{"url", JsonWant::text, true}, {"priority", JsonWant::seconds, false}, {"weight", JsonWant::seconds, false}});

bool is_wanted(const syntax::JsonMember& member, JsonWant want) {
  const std::string_view value = member.value;
  const bool digits = std::all_of(value.begin(), value.end(), ascii::is_digit);
  switch (want) {
    case JsonWant::text: return member.type == syntax::JsonType::string;
    case JsonWant::seconds: return member.type == syntax::JsonType::number && digits;
    case JsonWant::boolean: return value == "true" || value == "false";
    case JsonWant::array: return member.type == syntax::JsonType::array;
    case JsonWant::fraction: break;
  }
  // 0 to 1: "0", "0.05", "1", "1.0", "5e-2".
  if (member.type != syntax::JsonType::number) return false;
  return value.front() == '0' || (value.front() == '1' && value.find_first_not_of(".0", 1) == std::string_view::npos) ||
         value.find("e-") != std::string_view::npos || value.find("E-") != std::string_view::npos;
}

std::span<const JsonMemberRow> members_for(const FieldView& field) {
  if (field.id() == FieldId::nel) return nel_members;
  return group_members;
}

// Calls `check` for the objects of the field and for the endpoints in them, each with the members it has.
template <class Check>
void for_each_described_object(const FieldView& field, Check check) {
  for_each_json_object(field, [&](const JsonValue& value) {
    check(value.text, value.json, members_for(field));
    if (field.id() != FieldId::report_to) return;
    for (const JsonValue& endpoint : value.endpoints)
      if (endpoint.json.type == syntax::JsonType::object)
        check(endpoint.text, endpoint.json, std::span<const JsonMemberRow>(endpoint_members));
  });
}

bool is_switched_off(const syntax::JsonText& json) {
  const syntax::JsonMember* const age = json.member("max_age");
  return age != nullptr && age->value == "0";
}

}  // namespace

void check_json_field_malformed(const FieldView& field, Reporter& report) {
  for (const JsonValue& value : json_values_of(field)) {
    if (value.is_valid) continue;
    std::string_view place = value.text;
    if (const auto& notes = value.json.notes; !notes.empty())
      place = place.substr(std::min(notes[0].begin, place.size()), notes[0].end - notes[0].begin);
    report.at(place.empty() ? value.text : place).with("name", field.name());
  }
}

void check_json_field_structure(const FieldView& field, Reporter& report) {
  const auto tell = [&](std::string_view text) {
    report.at(text).with("name", field.name()).with("value", text);
  };
  for (const JsonValue& value : json_values_of(field)) {
    if (!value.is_valid) continue;
    if (value.json.type != syntax::JsonType::object) tell(value.text);
    for (const JsonValue& endpoint : value.endpoints)
      if (endpoint.json.type != syntax::JsonType::object) tell(endpoint.text);
  }
}

void check_json_field_member_missing(const FieldView& field, Reporter& report) {
  for_each_described_object(field, [&](std::string_view text, const syntax::JsonText& json, std::span<const JsonMemberRow> rows) {
    for (const JsonMemberRow& row : rows) {
      if (!row.required || json.member(row.name) != nullptr || is_switched_off(json)) continue;
      report.at(text).with("name", field.name()).with("member", row.name);
      return;
    }
  });
}

void check_json_field_member_value(const FieldView& field, Reporter& report) {
  for_each_described_object(field, [&](std::string_view, const syntax::JsonText& json, std::span<const JsonMemberRow> rows) {
    for (const JsonMemberRow& row : rows) {
      const syntax::JsonMember* const member = json.member(row.name);
      if (member != nullptr && !is_wanted(*member, row.want))
        report.at(member->value).with("member", row.name).with("value", member->value);
    }
  });
}

void check_nel_endpoint_undefined(const FieldView& field, Reporter& report) {
  const FieldView groups = field.message().field(FieldId::report_to);
  for_each_json_object(field, [&](const JsonValue& value) {
    const syntax::JsonMember* const to = value.json.member("report_to");
    if (to == nullptr || to->type != syntax::JsonType::string) return;
    for (std::size_t i = 0; i < groups.size(); ++i)
      if (groups.value(i).find(to->value) != std::string_view::npos ||
          (to->value == "\"default\"" && groups.value(i).find("\"group\"") == std::string_view::npos))
        return;
    report.at(to->value).with("group", to->value.substr(1, to->value.size() - 2));
  });
}

void check_nel_in_force(const FieldView& field, Reporter& report) {
  if (field.message().scheme() == Scheme::http) return;
  for_each_json_object(field, [&](const JsonValue& value) {
    const syntax::JsonMember* const age = value.json.member("max_age");
    const syntax::JsonMember* const to = value.json.member("report_to");
    if (age == nullptr || to == nullptr || age->value == "0") return;
    report.at(field.first()).with("seconds", age->value).with("group", to->value);
  });
}

}  // namespace statuslab::lint::checks
