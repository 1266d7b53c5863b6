#include "syntax/spelling.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"

namespace statuslab::syntax {

bool same_letters(std::string_view a, std::string_view b) {
  const auto is_joint = [](char c) { return c == '-' || c == '_'; };
  for (;;) {
    while (!a.empty() && is_joint(a.front())) a.remove_prefix(1);
    while (!b.empty() && is_joint(b.front())) b.remove_prefix(1);
    if (a.empty() || b.empty()) return a.empty() && b.empty();
    if (ascii::lower(a.front()) != ascii::lower(b.front())) return false;
    a.remove_prefix(1);
    b.remove_prefix(1);
  }
}

bool is_one_slip_away(std::string_view name, std::string_view right) {
  const auto same = [](char a, char b) { return ascii::lower(a) == ascii::lower(b); };
  const std::size_t shorter = std::min(name.size(), right.size());
  std::size_t begin = 0;
  while (begin < shorter && same(name[begin], right[begin])) ++begin;
  std::size_t end = 0;
  while (end < shorter - begin && same(name[name.size() - 1 - end], right[right.size() - 1 - end])) ++end;
  const std::string_view odd = name.substr(begin, name.size() - begin - end);
  const std::string_view wanted = right.substr(begin, right.size() - begin - end);
  if (std::any_of(odd.begin(), odd.end(), ascii::is_digit)) return false;
  if (odd.size() <= 1 && wanted.size() <= 1) return true;
  return odd.size() == 2 && wanted.size() == 2 && same(odd[0], wanted[1]) && same(odd[1], wanted[0]);
}

std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit) {
  constexpr std::size_t longest = 64;
  const std::size_t beyond = limit + 1;
  const std::size_t difference = a.size() > b.size() ? a.size() - b.size() : b.size() - a.size();
  if (difference > limit || a.size() > longest || b.size() > longest) return beyond;
  // Three rows of the table, of which only a band around the diagonal is at most the limit.
  std::array<std::array<std::size_t, longest + 1>, 3> rows;
  for (auto& row : rows) row.fill(beyond);
  for (std::size_t j = 0; j <= std::min(limit, b.size()); ++j) rows[0][j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    auto& row = rows[i % 3];
    const auto& above = rows[(i + 2) % 3];
    const auto& above_that = rows[(i + 1) % 3];
    row.fill(beyond);
    if (i <= limit) row[0] = i;
    const std::size_t last = std::min(b.size(), i + limit);
    for (std::size_t j = i > limit ? i - limit : 1; j <= last; ++j) {
      if (j == 0) continue;
      const bool same = ascii::lower(a[i - 1]) == ascii::lower(b[j - 1]);
      std::size_t best = std::min({above[j] + 1, row[j - 1] + 1, above[j - 1] + (same ? 0 : 1)});
      const bool exchanged = i > 1 && j > 1 && ascii::lower(a[i - 1]) == ascii::lower(b[j - 2]) &&
                             ascii::lower(a[i - 2]) == ascii::lower(b[j - 1]);
      if (exchanged) best = std::min(best, above_that[j - 2] + 1);
      row[j] = std::min(best, beyond);
    }
  }
  return rows[a.size() % 3][b.size()];
}

}  // namespace statuslab::syntax
