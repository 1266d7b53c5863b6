// How near a word is to another one, in any case: for names and keywords that were meant to be one that exists.
#pragma once

#include <cstddef>
#include <string_view>

namespace statuslab::syntax {

// The same but for case, hyphens and underscores.
[[nodiscard]] bool same_letters(std::string_view a, std::string_view b);

// One letter more, less or other, or two letters exchanged. Digits count names through and are no slip.
[[nodiscard]] bool is_one_slip_away(std::string_view word, std::string_view right);

// How many letters are to be added, removed, changed, or exchanged with their neighbour (optimal string alignment);
// `limit` + 1 for anything above the limit. The time goes with the length times the limit.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);

}  // namespace statuslab::syntax
