// Problem Details for HTTP APIs (RFC 9457).
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/problem_details.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"

namespace statuslab::lint::checks {
namespace {

using syntax::JsonMember;
using syntax::JsonText;
using syntax::JsonType;

// The text of a problem that can be read at all; null for other content.
const JsonText* problem_of(const ContentView& content) {
  if (content.type() != "application/problem+json" || !content.json().is_valid()) return nullptr;
  return &content.json();
}

std::string_view inside(const JsonMember& member) { return member.value.substr(1, member.value.size() - 2); }

std::string string_of(const JsonMember* member) {
  return member == nullptr || member->type != JsonType::string ? std::string() : syntax::unescape_json(inside(*member));
}

std::string_view registered_phrase(std::uint16_t status) {
  const auto rows = find_status(status);
  return rows.empty() || rows.front().kind != StatusKind::registered ? std::string_view{} : rows.front().phrase;
}

// type, title, detail and instance are strings, status is a number.
constexpr std::array<std::string_view, 5> standard_members{"type", "title", "status", "detail", "instance"};

bool is_standard(std::string_view name) {
  return std::find(standard_members.begin(), standard_members.end(), name) != standard_members.end();
}

std::vector<Edit> replace_value(const ContentView& content, const JsonMember& member, std::string_view value) {
  const auto begin = static_cast<std::size_t>(member.value.data() - content.text().data());
  return content.edit(begin, begin + member.value.size(), value);
}

bool is_status_number(const JsonMember& member) {
  return member.type == JsonType::number && member.value.size() == 3 && member.value[0] >= '1' && member.value[0] <= '5' &&
         ascii::is_digit(member.value[1]) && ascii::is_digit(member.value[2]);
}

}  // namespace

void check_problem_not_an_object(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  if (problem == nullptr || problem->type == JsonType::object) return;
  report.at(content.span(problem->begin, problem->begin + 1));
}

void check_problem_status_mismatch(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  const MessageView& message = content.message();
  if (problem == nullptr || message->is_request() || message->status == 0) return;
  const JsonMember* status = problem->member("status");
  if (status == nullptr || !is_status_number(*status)) return;
  const std::string_view code = message.text(message->status_code);
  if (status->value == code) return;
  report.at(content.span(status->value))
      .with("member", status->value)
      .with("code", code)
      .fix(0, replace_value(content, *status, code));
}

void check_problem_member_type(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  if (problem == nullptr) return;
  for (const JsonMember& member : problem->members) {
    if (!is_standard(member.name)) continue;
    const bool is_status = member.name == "status";
    if (is_status ? is_status_number(member) : member.type == JsonType::string) continue;
    Report& finding = report.at(content.span(member.value));
    finding.with("name", member.name);
    if (is_status && member.type == JsonType::string && member.value.size() == 5)
      finding.fix(0, replace_value(content, member, inside(member)));
  }
}

void check_problem_type_not_a_uri(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  if (problem == nullptr) return;
  for (const std::string_view name : {"type", "instance"}) {
    const JsonMember* member = problem->member(name);
    const std::string uri = string_of(member);
    if (syntax::find_non_uri_byte(uri) < uri.size()) report.at(content.span(inside(*member))).with("name", name).with("value", uri);
  }
}

void check_problem_type_relative(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  if (problem == nullptr) return;
  const JsonMember* member = problem->member("type");
  const std::string uri = string_of(member);
  if (uri.empty() || syntax::has_scheme(uri) || syntax::find_non_uri_byte(uri) < uri.size()) return;
  report.at(content.span(inside(*member))).with("value", uri);
}

void check_problem_with_success(const ContentView& content, Reporter& report) {
  const MessageView& message = content.message();
  if (problem_of(content) == nullptr || message->is_request() || message->status / 100 != 2) return;
  report.at(message->status_code).with("code", message.text(message->status_code));
}

void check_problem_title_not_phrase(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  const MessageView& message = content.message();
  if (problem == nullptr || message->is_request() || message->status < 400) return;
  const std::string type = string_of(problem->member("type"));
  const JsonMember* title = problem->member("title");
  const std::string_view phrase = registered_phrase(message->status);
  if ((!type.empty() && type != "about:blank") || title == nullptr || phrase.empty()) return;
  const std::string text = string_of(title);
  // "it MAY be localized": only titles in ASCII are compared.
  if (text.empty() || ascii::equals_ignoring_case(text, phrase)) return;
  if (std::any_of(text.begin(), text.end(), [](char c) { return ascii::byte(c) >= 0x80; })) return;
  report.at(content.span(inside(*title))).with("title", text).with("phrase", phrase);
}

void check_problem_extension_name(const ContentView& content, Reporter& report) {
  const JsonText* problem = problem_of(content);
  if (problem == nullptr) return;
  for (const JsonMember& member : problem->members) {
    const std::string_view name = member.name;
    const bool fits = name.size() >= 3 && ascii::is_alpha(name[0]) && std::all_of(name.begin(), name.end(), [](char c) {
                        return ascii::is_alpha(c) || ascii::is_digit(c) || c == '_';
                      });
    if (is_standard(name) || fits) continue;
    report.at(content.span(name)).with("name", name);
    return;
  }
}

void check_problem_as_json(const ContentView& content, Reporter& report) {
  const MessageView& message = content.message();
  if (message->is_request() || message->status < 400 || content.type() != "application/json") return;
  const JsonText& json = content.json();
  if (!json.is_valid() || json.type != JsonType::object) return;
  const JsonMember* title = json.member("title");
  const JsonMember* status = json.member("status");
  if (title == nullptr || title->type != JsonType::string || status == nullptr || !is_status_number(*status)) return;
  const Span type = message.field(FieldId::content_type).value_span();
  report.at(type).fix(0, "application/problem+json");
}

}  // namespace statuslab::lint::checks
