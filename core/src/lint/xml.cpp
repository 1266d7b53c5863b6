// XML content: well-formedness, its encoding, and what a DTD brings in; problems in XML.
#include <algorithm>

#include "base/ascii.h"
#include "checks/xml.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "syntax/xml10.h"

namespace statuslab::lint::checks {
namespace {

using syntax::XmlFault;
using syntax::XmlText;

// In UTF-8, so that bytes are characters of XML's grammar; other encodings are not read.
bool is_readable(const ContentView& content) {
  const std::string_view text = content.text();
  return text.find('\0') == std::string_view::npos && !looks_like_html(text);
}

std::string_view unquoted(std::string_view value) {
  return value.size() >= 2 && value.front() == '"' ? value.substr(1, value.size() - 2) : value;
}

Report& at_fault(const ContentView& content, const XmlText& xml, Reporter& report) {
  return report.at(content.span(xml.begin, xml.end));
}

std::string_view found(const ContentView& content, const XmlText& xml) { return content.text().substr(xml.begin, xml.end - xml.begin); }

void report_fault(const ContentView& content, XmlFault fault, Reporter& report) {
  if (!is_readable(content)) return;
  const XmlText& xml = content.xml();
  if (xml.fault == fault) at_fault(content, xml, report).with("found", found(content, xml));
}

bool same_encoding(std::string_view a, std::string_view b) {
  const auto plain = [](std::string_view name) { return ascii::equals_ignoring_case(name, "utf8") ? std::string_view("utf-8") : name; };
  return ascii::equals_ignoring_case(plain(a), plain(b));
}

}  // namespace

void check_xml_end_tag_mismatch(const ContentView& content, Reporter& report) {
  if (!is_readable(content) || content.xml().fault != XmlFault::end_mismatch) return;
  at_fault(content, content.xml(), report).with("found", found(content, content.xml())).with("open", content.xml().other);
}

void check_xml_unclosed(const ContentView& content, Reporter& report) { report_fault(content, XmlFault::unclosed, report); }

void check_xml_structure(const ContentView& content, Reporter& report) {
  report_fault(content, XmlFault::end_without_start, report);
  report_fault(content, XmlFault::after_root, report);
  report_fault(content, XmlFault::no_root, report);
}

void check_xml_attribute(const ContentView& content, Reporter& report) {
  report_fault(content, XmlFault::attribute_value, report);
  report_fault(content, XmlFault::attribute_repeated, report);
}

void check_xml_unescaped(const ContentView& content, Reporter& report) {
  const XmlText& xml = content.xml();
  if (!is_readable(content) || (xml.fault != XmlFault::ampersand && xml.fault != XmlFault::less_than)) return;
  at_fault(content, xml, report)
      .with("found", found(content, xml))
      .fix(0, content.edit(xml.begin, xml.begin + 1, xml.fault == XmlFault::ampersand ? "&amp;" : "&lt;"));
}

void check_xml_entity_unknown(const ContentView& content, Reporter& report) {
  const XmlText& xml = content.xml();
  if (!is_readable(content) || xml.fault != XmlFault::entity) return;
  Report& finding = at_fault(content, xml, report);
  finding.with("found", found(content, xml));
  if (found(content, xml) == "&nbsp;") finding.fix(0, content.edit(xml.begin, xml.end, "&#160;"));
}

void check_xml_declaration_late(const ContentView& content, Reporter& report) {
  const XmlText& xml = content.xml();
  if (!is_readable(content) || xml.fault != XmlFault::declaration_late) return;
  Report& finding = at_fault(content, xml, report);
  const std::string_view before = content.text().substr(0, xml.begin);
  if (before.find_first_not_of(" \t\r\n") == std::string_view::npos) finding.fix(0, content.edit(0, xml.begin, ""));
}

void check_xml_character(const ContentView& content, Reporter& report) {
  report_fault(content, XmlFault::character, report);
  report_fault(content, XmlFault::comment_dashes, report);
}

void check_xml_prefix_undeclared(const ContentView& content, Reporter& report) { report_fault(content, XmlFault::prefix, report); }

void check_xml_is_html(const ContentView& content, Reporter& report) {
  if (content.type() == "application/xhtml+xml" || !looks_like_html(content.text())) return;
  const std::size_t begin = content.text().find('<');
  if (content.xml().is_well_formed() && content.xml().root_namespace == "http://www.w3.org/1999/xhtml") return;
  const std::size_t end = std::min(content.text().find_first_of("> \n", begin + 2), content.size());
  report.at(content.span(begin, end)).with("type", content.type());
}

void check_xml_encoding_conflict(const ContentView& content, Reporter& report) {
  const std::string_view charset = unquoted(content.message().text(content.parameter("charset")));
  const std::string_view encoding = content.xml().encoding;
  if (charset.empty() || encoding.empty() || same_encoding(charset, encoding)) return;
  const auto begin = static_cast<std::size_t>(encoding.data() - content.text().data());
  report.at(content.span(encoding))
      .with("encoding", encoding)
      .with("charset", charset)
      .fix(0, content.edit(begin, begin + encoding.size(), charset));
}

void check_xml_not_utf_8(const ContentView& content, Reporter& report) {
  const std::string_view text = content.text();
  if (!content.parameter("charset").empty() || content.is_utf8() || text.starts_with("\xFE\xFF") || text.starts_with("\xFF\xFE")) return;
  if (!content.xml().encoding.empty() && !same_encoding(content.xml().encoding, "utf-8")) return;
  report.at(content.span(content.invalid_at(), content.invalid_at() + 1));
}

void check_xml_entities_declared(const ContentView& content, Reporter& report) {
  if (!content.xml().entity.empty()) report.at(content.span(content.xml().entity));
}

void check_xml_external_dtd(const ContentView& content, Reporter& report) {
  const XmlText& xml = content.xml();
  if (!xml.system_id.empty() && xml.system_id.find("//W3C//DTD XHTML") == std::string_view::npos &&
      xml.system_id.find("//W3C//DTD SVG") == std::string_view::npos)
    report.at(content.span(xml.system_id)).with("identifier", xml.system_id);
}

void check_problem_xml_root(const ContentView& content, Reporter& report) {
  const XmlText& xml = content.xml();
  if (content.type() != "application/problem+xml" || !xml.is_well_formed()) return;
  if (xml.root == "problem" && xml.root_namespace == "urn:ietf:rfc:7807") return;
  report.at(content.span(xml.root)).with("root", xml.root);
}

}  // namespace statuslab::lint::checks
