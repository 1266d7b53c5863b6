#include "base/similar.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace statuslab {

unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit) {
  constexpr std::size_t longest = 64;
  if (a.size() > longest || b.size() > longest) return limit + 1;
  if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) > limit) return limit + 1;
  std::array<unsigned char, longest + 1> before_last{}, last{}, row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = static_cast<unsigned char>(j);
  for (std::size_t i = 1; i <= a.size(); ++i) {
    before_last = last;
    last = row;
    row[0] = static_cast<unsigned char>(i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const char x = ascii::lower(a[i - 1]), y = ascii::lower(b[j - 1]);
      unsigned best = std::min({last[j] + 1U, row[j - 1] + 1U, last[j - 1] + (x == y ? 0U : 1U)});
      const bool exchanged = i > 1 && j > 1 && x == ascii::lower(b[j - 2]) && y == ascii::lower(a[i - 2]);
      if (exchanged) best = std::min(best, before_last[j - 2] + 1U);
      row[j] = static_cast<unsigned char>(best);
    }
  }
  return std::min<unsigned>(row[b.size()], limit + 1);
}

bool is_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::any_of(words.begin(), words.end(), [word](std::string_view w) { return ascii::equals_ignoring_case(w, word); });
}

bool is_exactly_one_of(std::string_view word, std::span<const std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

std::string_view meant(std::string_view word, std::span<const std::string_view> words) {
  const unsigned limit = word.size() < 4 ? 0 : word.size() < 8 ? 1 : 2;
  if (limit == 0 || is_one_of(word, words)) return {};
  std::string_view nearest;
  unsigned least = limit + 1;
  for (const std::string_view candidate : words) {
    const unsigned distance = edit_distance(word, candidate, limit);
    if (distance < least) {
      least = distance;
      nearest = candidate;
    }
  }
  return nearest;
}

}  // namespace statuslab
