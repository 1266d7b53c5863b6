// One repair may open the next (without its content a 204 needs no Content-Type any more), so each round is judged anew.
#include "statuslab/fix.h"

#include <algorithm>

#include "base/sort.h"

namespace statuslab {
namespace {

constexpr std::size_t most_rounds = 24;

// Spans that do not touch, by place.
class Taken {
 public:
  [[nodiscard]] bool is_free(const Edit& edit) const {
    const auto next = std::lower_bound(spans_.begin(), spans_.end(), edit.span.begin,
                                       [](Span span, std::uint32_t begin) { return span.end < begin; });
    // A neighbour on the left, and the first one that can overlap.
    const auto last = next + std::min<std::ptrdiff_t>(2, spans_.end() - next);
    return std::none_of(next, last, [&](Span span) { return touch(span, edit.span); });
  }

  void add(const Edit& edit) {
    const auto at = std::upper_bound(spans_.begin(), spans_.end(), edit.span.begin,
                                     [](std::uint32_t begin, Span span) { return begin < span.begin; });
    spans_.insert(at, edit.span);
  }

 private:
  // Neighbours are apart, unless one of them is an insertion: its place among what replaces the other is anyone's guess.
  static bool touch(Span a, Span b) {
    if (a.empty() || b.empty()) return a.begin <= b.end && b.begin <= a.end;
    return a.begin < b.end && b.begin < a.end;
  }

  std::vector<Span> spans_;
};

const Fix* chosen(const Finding& finding, FixChoice choice) {
  const auto safe = std::find_if(finding.fixes.begin(), finding.fixes.end(), [](const Fix& fix) { return fix.safe; });
  if (safe != finding.fixes.end()) return &*safe;
  return choice == FixChoice::any && !finding.fixes.empty() ? &finding.fixes.front() : nullptr;
}

// The fixes of one verdict that can be made at once, for the gravest findings first.
FixRound pick(const LintResult& result, FixChoice choice) {
  std::vector<const Finding*> findings;
  for (const Finding& finding : result.findings)
    if (chosen(finding, choice) != nullptr) findings.push_back(&finding);
  sort(findings, [](const Finding* a, const Finding* b) { return a->severity < b->severity; });
  FixRound round;
  Taken taken[2];
  for (const Finding* finding : findings) {
    const Fix& fix = *chosen(*finding, choice);
    Taken& side = taken[static_cast<std::size_t>(finding->on)];
    if (!std::all_of(fix.edits.begin(), fix.edits.end(), [&](const Edit& edit) { return side.is_free(edit); })) continue;
    std::vector<Edit>& edits = finding->on == Side::request ? round.request : round.response;
    for (const Edit& edit : fix.edits) {
      side.add(edit);
      edits.push_back(edit);
    }
    round.applied.push_back({finding->rule, finding->on, fix.label, finding->args});
  }
  for (std::vector<Edit>* const edits : {&round.request, &round.response})
    sort(*edits, [](const Edit& a, const Edit& b) { return a.span.begin < b.span.begin; });
  return round;
}

// FNV-1a.
std::uint64_t hash(const std::optional<std::string>& text, std::uint64_t state) {
  state = (state ^ static_cast<std::uint64_t>(text.has_value())) * 0x100000001B3;
  if (text)
    for (const char c : *text) state = (state ^ static_cast<unsigned char>(c)) * 0x100000001B3;
  return state;
}

}  // namespace

FixResult fix_all(const Exchange& exchange, const LintOptions& options, FixChoice choice) {
  FixResult result;
  if (exchange.request) result.request = std::string(*exchange.request);
  if (exchange.response) result.response = std::string(*exchange.response);
  const auto state = [&] { return hash(result.response, hash(result.request, 0xCBF29CE484222325)); };
  std::vector<std::uint64_t> seen{state()};
  while (result.rounds.size() < most_rounds) {
    FixRound round = pick(lint_exchange({result.request, result.response, exchange.scheme, exchange.content, exchange.decoded}, options), choice);
    if (round.applied.empty()) break;
    FixResult before = result;
    if (result.request) result.request = apply_edits(*result.request, round.request);
    if (result.response) result.response = apply_edits(*result.response, round.response);
    // Two fixes that undo each other would go round for ever.
    if (std::find(seen.begin(), seen.end(), state()) != seen.end()) return before;
    seen.push_back(state());
    result.rounds.push_back(std::move(round));
  }
  return result;
}

}  // namespace statuslab
