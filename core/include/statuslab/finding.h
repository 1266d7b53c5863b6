// What a rule has to say about a place, and the edits that would repair it. Words live in the message catalogues.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/span.h"

namespace statuslab {

// `fine`: nothing is wrong; a positive note such as "cacheable for 60 s", made in explain mode only.
enum class Severity : std::uint8_t { error, warning, info, hint, fine };

// Which of the two texts of an exchange an offset belongs to.
enum class Side : std::uint8_t { request, response };

// Replaces the bytes of `span` by `text`.
struct Edit {
  Span span;
  std::string text;
};

// `label` numbers the rule's `fix` lines; the edits of one fix do not overlap and belong to the finding's side.
struct Fix {
  std::uint8_t label = 0;
  bool safe = false;
  std::vector<Edit> edits;
};

// Fills {name} in the rule's message. The value is bytes from the wire.
struct Argument {
  std::string_view name;
  std::string value;
};

struct Finding {
  std::uint16_t rule = 0;  // index into the rule table, see rule_id()
  Severity severity = Severity::error;
  Side on = Side::response;
  std::uint32_t index = 0;  // of the message on that side
  Span span;
  std::vector<Argument> args;
  std::vector<Fix> fixes;
};

}  // namespace statuslab
