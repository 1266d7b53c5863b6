#include "statuslab/snippet.h"

#include <algorithm>
#include <array>

#include "snippet/target.h"

namespace statuslab::snippet {
namespace {

constexpr Target target_rows[] = {
#include "snippet_target_table.inc"
};

constexpr NoteInfo note_rows[] = {
#include "snippet_note_table.inc"
};

const std::array<const Framework*, 8> frameworks{
    &express_framework, &fastify_framework, &django_framework, &drf_framework, &fastapi_framework, &flask_framework, &spring_framework, &go_framework,
};

// Of the same table as the targets, so that there is one for each.
const Framework& framework_of(const Target& target) {
  return **std::find_if(frameworks.begin(), frameworks.end(),
                        [&](const Framework* framework) { return framework->name == target.framework; });
}

// The nearest thing that can be sent, where one thing is the nearest.
std::optional<Plan> nearest(Plan plan, NoteId reason) {
  switch (reason) {
    case NoteId::code_beyond_599:
      plan.status = 500;
      plan.phrase = "Internal Server Error";
      return plan;
    case NoteId::no_interim:
      for (const http::Interim& interim : plan.interim)
        for (const http::Field& field : interim.fields) plan.fields.push_back(field);
      plan.kind = Kind::plain;
      return plan;
    case NoteId::no_upgrade:
      plan.status = 426;
      plan.phrase = "Upgrade Required";
      plan.kind = Kind::plain;
      return plan;
    default:
      return std::nullopt;
  }
}

Snippet refusal(Verdict verdict, Note reason) {
  Snippet snippet;
  snippet.verdict = verdict;
  snippet.reason = std::move(reason);
  return snippet;
}

Snippet write(const Plan& plan, const Target& target, Form form) {
  Snippet made = framework_of(target).write({&plan, 1}, target, form);
  made.notes.insert(made.notes.begin(), plan.notes.begin(), plan.notes.end());
  return made;
}

// Handlers of one project have names of their own.
void keep_apart(std::vector<Plan>& plans) {
  for (std::size_t i = 0; i < plans.size(); ++i) {
    std::size_t same = 1;
    const std::string name = plans[i].name;
    const auto taken = [&](const std::string& wanted) {
      return std::any_of(plans.begin(), plans.begin() + static_cast<std::ptrdiff_t>(i),
                         [&](const Plan& other) { return other.name == wanted; });
    };
    while (taken(plans[i].name)) plans[i].name = name + "_again_" + number(++same);
  }
}

}  // namespace

std::span<const Target> targets() { return target_rows; }

const Target* find_target(std::string_view word) {
  for (const Target& target : target_rows)
    if (target.id == word) return &target;
  for (const Target& target : target_rows)
    if (target.framework == word) return &target;
  return nullptr;
}

const NoteInfo& note_info(NoteId id) { return note_rows[static_cast<std::size_t>(id)]; }

Snippet snippet(const Answer& answer, const Target& target, Form form) {
  if (auto reason = inapplicable(answer)) return refusal(Verdict::not_applicable, *std::move(reason));
  std::variant<Plan, Note> planned = plan_of(answer);
  if (const Note* reason = std::get_if<Note>(&planned)) return refusal(Verdict::not_applicable, *reason);
  const Plan& plan = std::get<Plan>(planned);
  const std::optional<Note> limit = framework_of(target).refuse(plan, target);
  if (!limit) return write(plan, target, form);
  const std::optional<Plan> instead = nearest(plan, limit->id);
  Snippet made = instead ? write(*instead, target, form) : Snippet{};
  made.verdict = Verdict::cannot;
  made.reason = limit;
  return made;
}

Project project(std::span<const Answer> answers, const Target& target) {
  Project made;
  std::vector<Plan> plans;
  for (const Answer& answer : answers) {
    made.verdicts.push_back(Verdict::not_applicable);
    if (inapplicable(answer)) continue;
    std::variant<Plan, Note> planned = plan_of(answer);
    if (std::holds_alternative<Note>(planned)) continue;
    const bool cannot = framework_of(target).refuse(std::get<Plan>(planned), target).has_value();
    made.verdicts.back() = cannot ? Verdict::cannot : Verdict::possible;
    if (!cannot) plans.push_back(std::get<Plan>(std::move(planned)));
  }
  keep_apart(plans);
  made.app = framework_of(target).write(plans, target, Form::complete);
  return made;
}

}  // namespace statuslab::snippet
