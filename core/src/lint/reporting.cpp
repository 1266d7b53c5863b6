// Reports that browsers send: Reporting-Endpoints, who names its endpoints, and speculation rules, which are fetched.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/reporting.h"
#include "lint/reporter.h"
#include "lint/structured_view.h"
#include "syntax/csp3.h"

namespace statuslab::lint::checks {
namespace {

using structured::ItemType;

structured::FieldType type_of(FieldId field) {
  return field == FieldId::speculation_rules ? structured::FieldType::list : structured::FieldType::dictionary;
}

// An endpoint that the response defines: a key of Reporting-Endpoints, or the name of a group of Report-To.
bool is_defined(const MessageView& response, std::string_view endpoint) {
  const FieldView endpoints = response.field(FieldId::reporting_endpoints);
  if (!endpoints.empty()) {
    const StructuredView view(endpoints, structured::FieldType::dictionary);
    if (view.members().empty()) return true;  // not readable: another rule tells
    for (const structured::Member& member : view.members())
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
    for (std::size_t i = 0; i < field.size(); ++i)
      for (const syntax::CspPolicy& policy : syntax::parse_csp(field.value(i)))
        if (const syntax::CspDirective* const directive = policy.find("report-to"); directive && !directive->values.empty())
          references.push_back({field.name(), directive->values.front()});
  }
  for (const FieldId id : {FieldId::cross_origin_embedder_policy, FieldId::cross_origin_embedder_policy_report_only,
                           FieldId::cross_origin_opener_policy, FieldId::cross_origin_opener_policy_report_only}) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    const StructuredView view(field, structured::FieldType::item);
    for (const structured::Member& member : view.members())
      if (const structured::Parameter* const to = structured::find(member.parameters, "report-to"); to && to->value.type == ItemType::string && !to->value.text.empty()) {
        std::string_view text = response.text(view.place(to->value.span));
        references.push_back({field.name(), text.substr(1, text.size() - 2)});
      }
  }
  return references;
}

}  // namespace

void check_reporting_endpoint_undefined(const MessageView& response, Reporter& report) {
  for (const Reference& reference : references_of(response)) {
    if (is_defined(response, reference.endpoint)) continue;
    report.at(response.span_of(reference.endpoint)).with("name", reference.field).with("endpoint", reference.endpoint);
  }
}

void check_structured_member_not_a_string(const FieldView& field, Reporter& report) {
  const StructuredView view(field, type_of(field.id()));
  for (const structured::Member& member : view.members()) {
    if (!member.is_inner_list && member.value.type == ItemType::string) continue;
    const Span span = member.span.empty() ? member.key_span : member.span;
    const Span place = view.place(span);
    Report finding = report.at(place).with("name", field.name()).with("value", field.message().text(place));
    if (member.value.type == ItemType::token && !member.is_inner_list && member.parameters.empty())
      finding.fix(0, replace(place, "\"" + member.value.text + "\""));
  }
}

void check_reporting_endpoint_over_http(const FieldView& field, Reporter& report) {
  const StructuredView view(field, type_of(field.id()));
  for (const structured::Member& member : view.members()) {
    if (member.is_inner_list || member.value.type != ItemType::string || !member.value.text.starts_with("http://")) continue;
    const std::string_view host = std::string_view(member.value.text).substr(7);
    if (host.starts_with("localhost") || host.starts_with("127.")) continue;
    const Span place = view.place(member.value.span);
    report.at(place)
        .with("name", field.name())
        .with("url", member.value.text)
        .fix(0, replace({place.begin + 5, place.begin + 5}, "s"));
  }
}

}  // namespace statuslab::lint::checks
