// What a file in targets/ has to say about its framework.
#pragma once

#include <optional>
#include <span>

#include "snippet/plan.h"

namespace statuslab::snippet {

struct Framework {
  std::string_view name;  // Target::framework
  // Why the framework, or its usual server, cannot send it; absent where it can.
  std::optional<Note> (*refuse)(const Plan& plan, const Target& target);
  // Handler form: one plan.
  Snippet (*write)(std::span<const Plan> plans, const Target& target, Form form);
};

extern const Framework express_framework;
extern const Framework fastify_framework;
extern const Framework django_framework;
extern const Framework drf_framework;
extern const Framework fastapi_framework;
extern const Framework flask_framework;
extern const Framework spring_framework;
extern const Framework go_framework;

}  // namespace statuslab::snippet
