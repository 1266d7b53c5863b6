// Names of fields that are no misspelling of others: what happens to them on the way, and names nobody listens to.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "checks/field_names.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"
#include "syntax/spelling.h"

namespace statuslab::lint::checks {
namespace {

struct Replacement {
  std::string_view name;
  std::string_view instead;
};

// Names into which load balancers turn fields that they want gone without moving the bytes after them.
constexpr std::array mangled{
    Replacement{"Cneonction", "Connection"},     Replacement{"Connectiox", "Connection"},
    Replacement{"Cteonnt-Length", "Content-Length"}, Replacement{"Cteonnt_Length", "Content-Length"},
    Replacement{"nnCoection", "Connection"},     Replacement{"ntCoent-Length", "Content-Length"},
    Replacement{"X-Cnection", "Connection"},     Replacement{"X_Cnection", "Connection"},
    Replacement{"_onnection", "Connection"},     Replacement{"X-Pad", "-"},
    Replacement{"X-Pad-For-Netscape-Bug", "-"},  Replacement{"XX-Pad", "-"},
    Replacement{"X-BrowserAlignment", "-"},      Replacement{"xxxxxxxxxx", "-"},
    Replacement{"yyyyyyyyyy", "-"},
};

// Fields that current clients ignore although no registry calls them obsolete.
constexpr std::array<std::string_view, 16> retired{
    "Accept-CH-Lifetime", "Content-DPR", "Content-Transfer-Encoding", "DNT", "DPR",
    "Feature-Policy", "MIME-Version", "Report-To", "Tk", "Viewport-Width", "Width",
    "X-Content-Security-Policy", "X-Download-Options", "X-Meta-MSSmartTagsPreventParsing",
    "X-UA-Compatible", "X-WebKit-CSP",
};

template <class Table>
const Replacement* find(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(),
                                  [name](const Replacement& r) { return ascii::equals_ignoring_case(r.name, name); });
  return found == table.end() ? nullptr : &*found;
}

// UTF-8 of what word processors put for "-", quotes, the colon and the space: U+2000 to U+203F, U+2212, U+00A0, U+FF1A,
// U+FEFF.
std::string_view typographic_character(std::string_view s) {
  if (s.starts_with("\xE2\x80")) return s.substr(0, 3);
  for (const std::string_view one : {"\xE2\x88\x92", "\xC2\xA0", "\xEF\xBC\x9A", "\xEF\xBB\xBF"})
    if (s.starts_with(one)) return s.substr(0, one.size());
  return {};
}

bool is_dash(std::string_view character) {
  return character == "\xE2\x88\x92" || (character.size() == 3 && character.starts_with("\xE2\x80") && ascii::byte(character[2]) >= 0x90 &&
                                         ascii::byte(character[2]) <= 0x95);
}

}  // namespace

void check_field_name_mangled(const MessageView& message, Reporter& report) {
  const auto check = [&](const FieldLine& line) {
    if (const Replacement* known = find(mangled, message.text(line.name)))
      report.at(line.name)
          .with("name", message.text(line.name))
          .with("original", known->instead)
          .fix(0, remove_line(line, message));
  };
  for (const std::uint16_t line : message.headers().unknown) check(message->fields[line]);
  const FieldView pad = message.field(FieldId::x_pad);
  for (std::size_t i = 0; i < pad.size(); ++i) check(pad.line(i));
}

void check_field_retired(const MessageView& message, Reporter& report) {
  // A bit for each length.
  constexpr std::uint64_t lengths = [] {
    std::uint64_t bits = 0;
    for (const std::string_view name : retired) bits |= std::uint64_t{1} << name.size();
    return bits;
  }();
  for (const FieldLine& line : message->fields) {
    if (line.name.size() >= 64 || (lengths >> line.name.size() & 1) == 0) continue;
    const std::string_view name = message.text(line.name);
    const bool is_retired = std::any_of(retired.begin(), retired.end(), [name](std::string_view one) { return ascii::equals_ignoring_case(one, name); });
    // NEL knows no other endpoints than those of Report-To.
    if (is_retired && !(ascii::equals_ignoring_case(name, "Report-To") && message.has(FieldId::nel)))
      report.at(line.name).with("name", name).fix(0, remove_line(line, message));
  }
}

void check_field_name_underscore(const MessageView& message, Reporter& report) {
  // No name of the registry has one.
  for (const std::uint16_t number : message.headers().unknown) {
    const FieldLine& line = message->fields[number];
    const std::string_view name = message.text(line.name);
    const std::size_t at = name.find('_');
    if (at == std::string_view::npos || !syntax::is_token(name) || find(mangled, name) != nullptr) continue;
    // With hyphens it is a field that is known: then the name is misspelt, and another rule tells that.
    std::string hyphens(name);
    std::replace(hyphens.begin(), hyphens.end(), '_', '-');
    if (const FieldId id = find_field(hyphens); id != FieldId::unknown && field_info(id).status == FieldStatus::permanent) continue;
    report.at(line.name).with("name", name).with("right", hyphens).fix(0, hyphens);
  }
}

void check_field_name_case_variants(const MessageView& message, Reporter& report) {
  const auto compare = [&](const FieldLine& before, const FieldLine& line) {
    const std::string_view first = message.text(before.name), other = message.text(line.name);
    if (first != other) report.at(line.name).with("first", first).with("other", other).fix(0, first);
  };
  for (const MessageView::Group& group : message.headers().groups) {
    const FieldView field = message.view(group, false);
    for (std::size_t i = 1; i < field.size(); ++i) compare(field.first(), field.line(i));
  }
  // Deliberate: of names that the registry does not have the first few, so that the time stays linear.
  const std::size_t count = std::min<std::size_t>(message.headers().unknown.size(), 64);
  const auto unknown = [&](std::size_t i) -> const FieldLine& { return message->fields[message.headers().unknown[i]]; };
  for (std::size_t i = 1; i < count; ++i)
    for (std::size_t before = 0; before < i; ++before) {
      if (!ascii::equals_ignoring_case(message.text(unknown(before).name), message.text(unknown(i).name))) continue;
      compare(unknown(before), unknown(i));
      break;
    }
}

void check_field_name_typographic(const ProblemView& problem, Reporter& report) {
  const std::string_view name = problem.message.text(problem.span);
  std::string right;
  Span odd{};
  for (std::size_t i = 0; i < name.size();) {
    const std::string_view character = typographic_character(name.substr(i));
    if (character.empty()) {
      right += name[i++];
      continue;
    }
    if (odd.empty()) {
      odd.begin = problem.span.begin + static_cast<std::uint32_t>(i);
      odd.end = odd.begin + static_cast<std::uint32_t>(character.size());
    }
    if (is_dash(character)) right += '-';
    i += character.size();
  }
  if (odd.empty()) return;
  Report& finding = report.at(odd).with("name", name).with("right", right);
  if (syntax::is_token(right)) finding.fix(0, problem.span, right);
}

}  // namespace statuslab::lint::checks
