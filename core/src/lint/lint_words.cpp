#include "statuslab/lint_words.h"

#include <algorithm>

#include "base/utf8.h"

namespace statuslab {
namespace {

class Writer {
 public:
  explicit Writer(LintWords& to) : to_(to) {}

  void word(std::uint32_t number) { to_.words.push_back(number); }

  template <class Enumerator>
  void enumerator(Enumerator value) {
    word(static_cast<std::uint32_t>(value));
  }

  void span(Span span) {
    word(span.begin);
    word(span.end);
  }

  void text(std::string_view bytes) { word(static_cast<std::uint32_t>(utf8::append_repaired(to_.text, bytes))); }

  template <class List, class Write>
  void list(const List& items, Write write) {
    word(static_cast<std::uint32_t>(items.size()));
    for (const auto& item : items) write(item);
  }

  void finding(const Finding& finding) {
    text(rule_id(finding.rule));
    enumerator(finding.severity);
    enumerator(finding.on);
    word(finding.index);
    span(finding.span);
    list(finding.args, [this](const Argument& argument) {
      text(argument.name);
      text(argument.value);
    });
    list(finding.fixes, [this](const Fix& fix) {
      word(fix.label);
      word(fix.safe);
      list(fix.edits, [this](const Edit& edit) {
        span(edit.span);
        text(edit.text);
      });
    });
  }

  void message(const Message& message, std::string_view all) {
    const auto part = [&](Span place) {
      text(slice(all, place));
      span(place);
    };
    const auto fields = [this](const std::vector<FieldLine>& lines) {
      list(lines, [this](const FieldLine& line) {
        span(line.name);
        span(line.value);
      });
    };
    enumerator(message.kind);
    enumerator(message.dialect);
    span(message.whole);
    const std::string_view version = slice(all, message.version);
    text(version.starts_with("HTTP/") ? version.substr(5) : std::string_view());
    if (message.is_request()) {
      part(message.method);
      part(message.target);
    } else {
      word(message.status);
      span(message.status_code);
      part(message.reason);
    }
    fields(message.fields);
    fields(message.trailers);
    span(message.content);
    span(message.excess);
    enumerator(message.framing);
  }

  void messages(const std::vector<Message>& list_of_them, std::string_view all) {
    list(list_of_them, [&](const Message& one) { message(one, all); });
  }

 private:
  LintWords& to_;
};

}  // namespace

LintWords to_words(const LintResult& result, const Exchange& exchange) {
  LintWords to;
  to.words.reserve(512);
  to.text.reserve(2048);
  Writer writer(to);
  writer.word(result.checks);
  writer.list(result.findings, [&](const Finding& finding) { writer.finding(finding); });
  writer.messages(result.request, exchange.request.value_or(std::string_view()));
  writer.messages(result.response, exchange.response.value_or(std::string_view()));
  return to;
}

}  // namespace statuslab
