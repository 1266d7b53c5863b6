// A sorted list of words as one text, with a blank before and after each: smaller than a table of views.
#pragma once

#include <string_view>

#include "base/ascii.h"

namespace statuslab {

// Below, equal or above zero, as `word` stands before, at or behind the word that begins at `at`; `word` in any case.
[[nodiscard]] constexpr int compare_word(std::string_view word, std::string_view words, std::size_t at) {
  for (const char c : word) {
    const int difference = ascii::byte(ascii::lower(c)) - ascii::byte(words[at]);
    if (difference != 0) return difference;
    ++at;
  }
  return words[at] == ' ' ? 0 : -1;
}

// `words` are in lower case. A word of the list has no blank in it.
[[nodiscard]] constexpr bool has_word(std::string_view words, std::string_view word) {
  if (word.empty() || word.find(' ') != std::string_view::npos) return false;
  std::size_t low = 0;  // at a blank before a word, or at the last one
  std::size_t high = words.size() - 1;
  while (low < high) {
    std::size_t middle = low + (high - low) / 2;
    while (words[middle] != ' ') --middle;
    const int order = compare_word(word, words, middle + 1);
    if (order == 0) return true;
    if (order < 0)
      high = middle;
    else
      low = words.find(' ', middle + 1);
  }
  return false;
}

[[nodiscard]] constexpr bool is_sorted_list(std::string_view words) {
  if (words.empty() || words.front() != ' ' || words.back() != ' ') return false;
  for (std::size_t at = 1, next = 0; at < words.size(); at = next + 1) {
    next = words.find(' ', at);
    if (next + 1 < words.size() && compare_word(words.substr(at, next - at), words, next + 1) >= 0) return false;
  }
  return true;
}

}  // namespace statuslab
