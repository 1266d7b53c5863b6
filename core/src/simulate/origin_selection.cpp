// Stage 3: the selected representation, since validators belong to one (RFC 9110 section 8.8).
#include <algorithm>

#include "base/ascii.h"
#include "simulate/origin_checks.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_negotiation.h"

namespace statuslab::origin {
namespace {

using Preferences = std::vector<syntax::Preference>;

// Thousandths. What becomes of a language that no range covers is the server's affair (RFC 9110 section 12.5.4); here it
// counts as not wanted. A range covers the tags that begin with it: "Basic Filtering" (RFC 4647 section 3.3.1).
int weight_of_language(const Preferences& wanted, std::string_view tag) {
  if (tag.empty()) return 1000;
  int weight = 0;
  std::size_t longest = 0;
  for (const syntax::Preference& preference : wanted) {
    const std::string_view range = preference.range;
    const bool covers = range == "*" || ascii::equals_ignoring_case(range, tag) ||
                        (tag.size() > range.size() && tag[range.size()] == '-' &&
                         ascii::equals_ignoring_case(range, tag.substr(0, range.size())));
    const std::size_t specific = range == "*" ? 1 : range.size() + 1;
    if (covers && specific > longest) longest = specific, weight = preference.weight();
  }
  return weight;
}

// "any content coding is considered acceptable" without the field (section 12.5.3), yet a client that names none may know
// none. With it, an identity that is not listed is acceptable, yet anything listed is better.
int weight_of_coding(const std::optional<Preferences>& wanted, const std::string& coding) {
  if (!wanted) return coding.empty() ? 1000 : 1;
  if (!coding.empty()) return syntax::weight_of_coding(*wanted, coding).value_or(0);
  return syntax::weight_of_coding(*wanted, "identity").value_or(1);
}

struct Wishes {
  std::optional<std::string> accept, language, coding;
};

Wishes wishes_of(const Turn& turn) {
  return {turn.field("Accept"), turn.field("Accept-Language"), turn.field("Accept-Encoding")};
}

double score(const Wishes& wishes, const Representation& representation) {
  double score = representation.qs;
  if (wishes.accept) {
    const auto weight = syntax::weight_of_type(syntax::parse_preferences(*wishes.accept), representation.media, {});
    score *= weight.value_or(0);
  }
  if (wishes.language) score *= weight_of_language(syntax::parse_preferences(*wishes.language), representation.lang);
  const auto codings = wishes.coding ? std::optional(syntax::parse_preferences(*wishes.coding)) : std::nullopt;
  return score * weight_of_coding(codings, representation.coding);
}

struct Choice {
  std::optional<std::size_t> best;
  bool suits = false;
};

// The best, the first of the best ones; where none suits, the one the server likes best.
Choice choose(const Turn& turn) {
  if (!turn.present() || turn.resource->representations.empty()) return {};
  if (turn.pinned) return {turn.pinned, true};
  const std::vector<Representation>& all = turn.resource->representations;
  const Wishes wishes = wishes_of(turn);
  Choice choice{0, false};
  double best = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const double s = score(wishes, all[i]);
    if (s > best) best = s, choice = {i, true};
  }
  if (choice.suits) return choice;
  for (std::size_t i = 1; i < all.size(); ++i)
    if (all[i].qs > all[*choice.best].qs) choice.best = i;
  return choice;
}

Said ask_variants_loop(const Turn& turn) {
  if (!turn.config.extensions.tcn || !turn.reads() || !turn.present() || turn.pinned) return not_asked();
  return answer_or_pass(turn.resource->representations.size() > 1, 506).with("Negotiate", turn.field("Negotiate"));
}

Said ask_choices(const Turn& turn) {
  if (!turn.present() || !turn.reads() || turn.pinned || turn.resource->multiple_choices != Choices::status_300) return not_asked();
  return yes_final(300).or_else("origin.resources.multiple_choices=none", 200);
}

// RFC 9110 section 15.4.1: "For request methods other than HEAD, the server SHOULD generate content in the 300 response
// containing a list of representation metadata and URI reference(s)"
void act_choices(Turn& turn, bool answer) {
  if (!answer) return;
  std::string list = "<!doctype html>\n<html lang=\"en\">\n<title>Choices</title>\n<ul>\n";
  for (const Representation& representation : turn.resource->representations) {
    const std::string path = variant_path(*turn.resource, representation);
    const std::string what = representation.media + (representation.lang.empty() ? "" : ", " + representation.lang);
    list += "<li><a href=\"" + escape_markup(path) + "\">" + escape_markup(what) + "</a></li>\n";
    turn.add("Link", "<" + path + ">; rel=\"alternate\"; type=\"" + representation.media + "\"" +
                         (representation.lang.empty() ? "" : "; hreflang=\"" + representation.lang + "\""));
  }
  turn.give("text/html; charset=utf-8", list + "</ul>\n</html>\n");
}

// Section 12.4.1: "the origin server can either honor the header field by sending a 406 (Not Acceptable) response or
// disregard the header field by treating the response as if it is not subject to content negotiation".
Said ask_acceptable(const Turn& turn) {
  if (!turn.present() || turn.resource->representations.empty()) return not_asked();
  const Wishes wishes = wishes_of(turn);
  const bool asked = turn.reads() && (wishes.accept || wishes.language || wishes.coding);
  if (!asked) return not_asked();
  const bool refused = !choose(turn).suits;
  const bool honours = turn.config.policy.not_acceptable == NotAcceptable::status_406;
  Said said = refused ? (honours ? yes_final(406) : yes()) : no();
  if (refused) said = honours ? std::move(said).or_else("origin.policy.not_acceptable=default", 200)
                              : std::move(said).or_else("origin.policy.not_acceptable=406", 406);
  return std::move(said)
      .with("Accept", wishes.accept)
      .with("Accept-Language", wishes.language)
      .with("Accept-Encoding", wishes.coding);
}

Said ask_precondition_required(const Turn& turn) {
  if (turn.resource == nullptr || !contains(turn.resource->require_preconditions, turn.method)) return not_asked();
  constexpr std::string_view names[] = {"If-Match", "If-Unmodified-Since", "If-None-Match", "If"};
  const bool there = std::any_of(std::begin(names), std::end(names),
                                 [&](std::string_view name) { return http::has(turn.request.fields, name); });
  return answer_or_pass(!there, 428)
      .with("If-Match", turn.field("If-Match"))
      .with("If-Unmodified-Since", turn.field("If-Unmodified-Since"));
}

constexpr Check checks[] = {
    {DecisionId::variants_loop, Place::fixed, ask_variants_loop, nullptr},
    {DecisionId::choices_offered, Place::fixed, ask_choices, act_choices},
    {DecisionId::not_acceptable, Place::fixed, ask_acceptable, nullptr},
    {DecisionId::precondition_missing, Place::fixed, ask_precondition_required, nullptr},
};

}  // namespace

std::span<const Check> selection_checks() { return checks; }

void select_representation(Turn& turn) { turn.selected = choose(turn).best; }

}  // namespace statuslab::origin
