// The Link field (RFC 8288), and what browsers do with the links in it (HTML, Fetch).
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "base/words.h"
#include "checks/links.h"
#include "lint/reporter.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc8288.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

using syntax::LinkParameter;
using syntax::LinkValue;

// One link of the field, and how to point into its line.
struct LinkView {
  const FieldView& field;
  std::size_t line;
  const LinkValue& link;

  [[nodiscard]] Span place(std::string_view part) const { return field.message().span_of(part); }
  [[nodiscard]] const LinkParameter* find(std::string_view name) const { return link.find(name); }
  [[nodiscard]] std::string value(std::string_view name) const {
    const LinkParameter* parameter = find(name);
    return parameter == nullptr ? std::string() : syntax::unquoted(parameter->value);
  }
  [[nodiscard]] bool has_relation(std::string_view relation) const {
    return syntax::has_relation(value("rel"), relation);
  }
};

// By line.
std::vector<syntax::Links> read_links(const FieldView& field) {
  std::vector<syntax::Links> lines;
  for (std::size_t i = 0; i < field.size(); ++i) lines.push_back(syntax::parse_links(field.value(i)));
  return lines;
}

const std::vector<syntax::Links>& links_of(const FieldView& field) { return field.once<read_links>(); }

template <class Use>
void for_each_link(const FieldView& field, Use use) {
  const std::vector<syntax::Links>& lines = links_of(field);
  for (std::size_t i = 0; i < lines.size(); ++i)
    for (const LinkValue& link : lines[i].values) use(LinkView{field, i, link});
}

std::string_view scheme_of(std::string_view uri) {
  return syntax::has_scheme(uri) ? uri.substr(0, uri.find(':')) : std::string_view{};
}

bool is_fetchable(std::string_view target) {
  const std::string_view scheme = scheme_of(target);
  return scheme.empty() || ascii::equals_ignoring_case(scheme, "http") || ascii::equals_ignoring_case(scheme, "https");
}

constexpr std::array<std::string_view, 6> hints{"dns-prefetch", "modulepreload", "preconnect",
                                                "prefetch",     "preload",       "prerender"};

std::string_view hint_of(const LinkView& link) {
  const std::string relations = link.value("rel");
  const auto found = std::find_if(hints.begin(), hints.end(),
                                  [&](std::string_view hint) { return syntax::has_relation(relations, hint); });
  return found == hints.end() ? std::string_view{} : *found;
}

// Fetch Standard, "destination", without the empty one and those that no element asks for.
bool is_destination(std::string_view name) {
  constexpr std::array<std::string_view, 22> names{
      "audio",  "audioworklet", "document", "embed",  "fetch", "font",         "frame", "iframe",
      "image",  "json",         "manifest", "object", "paintworklet", "report", "script", "serviceworker",
      "sharedworker", "style", "track", "video", "worker", "xslt"};
  return is_one_of(name, names);
}

// The IANA registry of link relations, November 2026, and those that HTML and microformats define beside it.
bool is_known_relation(std::string_view name) {
  constexpr std::string_view names =
      " about acl alternate amphtml api-catalog appendix apple-touch-icon archives author blocked-by bookmark c2pa-manifest "
      "canonical chapter cite-as collection compression-dictionary contents convertedfrom copyright create-form current "
      "deprecation describedby describes disclosure dns-prefetch duplicate edit edit-form edit-media enclosure external "
      "first geofeed glossary help hosts hub ice-server icon index intervalafter intervalbefore intervalcontains "
      "intervaldisjoint intervalduring intervalequals intervalfinishedby intervalfinishes intervalin intervalmeets "
      "intervalmetby intervaloverlappedby intervaloverlaps intervalstartedby intervalstarts item last latest-version "
      "license linkset lrdd manifest mask-icon me media-feed memento micropub modulepreload monitor monitor-group next "
      "next-archive nofollow noopener noreferrer opener openid2.local_id openid2.provider original p3pv1 payment pingback "
      "preconnect predecessor-version prefetch preload prerender prev prev-archive preview previous privacy-policy profile "
      "publication rdap-active rdap-bottom rdap-down rdap-top rdap-up related replies restconf ruleinput search section "
      "self service service-desc service-doc service-meta sip-trunking-capability sponsored start status stylesheet "
      "subsection successor-version sunset tag terms-of-service timegate timemap type ugc up version-history via webmention "
      "working-copy working-copy-of ";
  static_assert(is_sorted_list(names));
  return has_word(names, name);
}

// Calls `use` with each relation of rel and its place.
template <class Use>
void for_each_relation(const LinkView& link, Use use) {
  const LinkParameter* rel = link.find("rel");
  if (rel == nullptr) return;
  std::string_view rest = rel->value;
  if (rest.starts_with('"') && rest.size() >= 2) rest = rest.substr(1, rest.size() - 2);
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(' '), rest.size());
    if (end > 0) use(rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
}

bool is_language_tag(std::string_view s) {
  bool first = true;
  while (true) {
    const std::size_t end = std::min(s.find('-'), s.size());
    const std::string_view part = s.substr(0, end);
    const bool fits = !part.empty() && part.size() <= 8 && std::all_of(part.begin(), part.end(), [first](char c) {
      return ascii::is_alpha(c) || (!first && ascii::is_digit(c));
    });
    if (!fits) return false;
    if (end == s.size()) return true;
    first = false;
    s.remove_prefix(end + 1);
  }
}

Edit add_parameter(const LinkView& link, std::string_view text) {
  const std::uint32_t end = link.place(link.link.whole).end;
  return replace({end, end}, text);
}

// With the semicolon before it and the space around that.
Edit remove_parameter(const LinkView& link, const LinkParameter& parameter) {
  const std::string_view line = link.field.value(link.line);
  const auto name = static_cast<std::size_t>(parameter.name.data() - line.data());
  const std::size_t semicolon = line.rfind(';', name);
  std::size_t begin = semicolon == std::string_view::npos ? name : semicolon;
  while (begin > 0 && ascii::is_space(line[begin - 1])) --begin;
  const char* const end = parameter.value.data() == nullptr ? parameter.name.data() + parameter.name.size()
                                                            : parameter.value.data() + parameter.value.size();
  return replace(link.place({line.data() + begin, static_cast<std::size_t>(end - line.data()) - begin}), "");
}

}  // namespace

void check_link_malformed(const FieldView& field, Reporter& report) {
  for (std::size_t i = 0; i < field.size(); ++i) {
    const std::string_view text = field.value(i);
    const std::size_t error = links_of(field)[i].error;
    if (error == text.size()) continue;
    const auto at = field.value_span(i).begin + static_cast<std::uint32_t>(error);
    // A link ends at its parameters or at the next one.
    const std::size_t end = std::min(text.find_first_of(";,", error + 1), text.size());
    std::string_view found = ascii::trim(text.substr(error, end - error));
    if (found.empty()) found = text.substr(error, 1);
    const Span span{at, at + static_cast<std::uint32_t>(found.size())};
    Report& finding = report.at(span).with("found", found);
    const std::string bracketed = "<" + std::string(found) + ">";
    const bool is_target = (syntax::has_scheme(found) || found.starts_with('/')) && syntax::find_non_uri_byte(found) == found.size();
    std::string right = std::string(text.substr(0, error)) + bracketed + std::string(text.substr(error + found.size()));
    if (is_target && syntax::parse_links(right).error == right.size()) finding.fix(0, bracketed);
  }
}

void check_link_without_relation(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    if (link.find("rel") != nullptr || link.find("rev") != nullptr) return;
    report.at(link.link.whole).with("target", link.link.target);
  });
}

void check_link_parameter_repeated(const FieldView& field, Reporter& report) {
  constexpr std::array<std::string_view, 5> single{"rel", "media", "title", "title*", "type"};
  for_each_link(field, [&](const LinkView& link) {
    for (const LinkParameter& parameter : link.link.parameters) {
      const bool may_repeat = std::none_of(single.begin(), single.end(), [&](std::string_view name) {
        return ascii::equals_ignoring_case(name, parameter.name);
      });
      if (may_repeat || link.find(parameter.name) == &parameter) continue;
      report.at(parameter.name).with("name", parameter.name).fix(0, remove_parameter(link, parameter));
    }
  });
}

void check_link_rev(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    if (const LinkParameter* rev = link.find("rev")) report.at(rev->name).with("value", rev->value);
  });
}

void check_link_parameter_form(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    for (const LinkParameter& parameter : link.link.parameters) {
      const bool quoted = parameter.value.starts_with('"');
      std::string right;
      if (ascii::equals_ignoring_case(parameter.name, "title") && !quoted && !parameter.value.empty())
        right = "\"" + std::string(parameter.value) + "\"";
      else if (ascii::equals_ignoring_case(parameter.name, "hreflang") && quoted)
        right = syntax::unquoted(parameter.value);
      else
        continue;
      if (quoted && !syntax::is_token(right)) continue;
      const Span span = link.place(parameter.value);
      report.at(span).with("name", parameter.name).with("right", right).fix(0, right);
    }
  });
}

void check_link_target_malformed(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const std::string_view target = link.link.target;
    const std::size_t at = syntax::find_non_uri_byte(target);
    if (at < target.size()) report.at(target.substr(at, 1)).with("target", target);
  });
}

void check_link_anchor_malformed(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const std::string anchor = link.value("anchor");
    if (syntax::find_non_uri_byte(anchor) < anchor.size())
      report.at(link.find("anchor")->value).with("value", anchor);
  });
}

void check_link_type_malformed(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const LinkParameter* type = link.find("type");
    if (type == nullptr || syntax::parse_media_type(syntax::unquoted(type->value))) return;
    report.at(type->value.empty() ? type->name : type->value).with("value", syntax::unquoted(type->value));
  });
}

void check_link_language_malformed(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const LinkParameter* language = link.find("hreflang");
    if (language == nullptr || is_language_tag(syntax::unquoted(language->value))) return;
    report.at(language->value.empty() ? language->name : language->value)
        .with("value", syntax::unquoted(language->value));
  });
}

void check_link_relation_unregistered(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    for_each_relation(link, [&](std::string_view relation) {
      if (syntax::has_scheme(relation) || is_known_relation(relation)) return;
      report.at(relation).with("relation", relation);
    });
  });
}

void check_link_preload_without_as(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    if (link.has_relation("preload") && link.find("as") == nullptr)
      report.at(link.link.whole).with("target", link.link.target);
  });
}

void check_link_as_unknown(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const LinkParameter* as = link.find("as");
    if (as == nullptr || is_destination(syntax::unquoted(as->value)) ||
        !(link.has_relation("preload") || link.has_relation("modulepreload")))
      return;
    report.at(as->value.empty() ? as->name : as->value).with("value", syntax::unquoted(as->value));
  });
}

void check_link_font_without_crossorigin(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    if (!link.has_relation("preload") || !ascii::equals_ignoring_case(link.value("as"), "font") ||
        link.find("crossorigin") != nullptr)
      return;
    report.at(link.link.whole)
        .with("target", link.link.target)
        .fix(0, add_parameter(link, "; crossorigin"));
  });
}

void check_link_preconnect_with_path(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    if (!link.has_relation("preconnect") && !link.has_relation("dns-prefetch")) return;
    const syntax::UriReference target = syntax::split_uri_reference(link.link.target);
    if (!target.authority || (target.path.size() <= 1 && !target.query)) return;
    const auto begin = static_cast<std::size_t>(target.path.data() - link.link.target.data());
    const Span span = link.place(link.link.target.substr(begin));
    report.at(span).with("relation", hint_of(link)).fix(0, "");
  });
}

void check_link_hint_scheme(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const std::string_view hint = hint_of(link);
    if (hint.empty() || is_fetchable(link.link.target)) return;
    report.at(link.link.target).with("relation", hint).with("scheme", scheme_of(link.link.target));
  });
}

void check_link_hints(const FieldView& field, Reporter& report) {
  for_each_link(field, [&](const LinkView& link) {
    const std::string_view hint = hint_of(link);
    if (!hint.empty() && is_fetchable(link.link.target))
      report.at(link.link.target).with("relation", hint).with("target", link.link.target);
  });
}

}  // namespace statuslab::lint::checks
