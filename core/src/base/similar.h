// "Did you mean": how far a word is from those that have a meaning in its place.
#pragma once

#include <initializer_list>
#include <span>
#include <string_view>

namespace statuslab {

// Letters to add, drop, change or exchange with their neighbour, whatever their case; `limit` + 1 where it is more.
// Words above 64 bytes are not compared.
[[nodiscard]] unsigned edit_distance(std::string_view a, std::string_view b, unsigned limit);

// Whatever the case.
[[nodiscard]] bool is_one_of(std::string_view word, std::span<const std::string_view> words);
[[nodiscard]] inline bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return is_one_of(word, std::span(words.begin(), words.size()));
}

[[nodiscard]] bool is_exactly_one_of(std::string_view word, std::span<const std::string_view> words);
[[nodiscard]] inline bool is_exactly_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return is_exactly_one_of(word, std::span(words.begin(), words.size()));
}

// The word of `words` that was meant: one slip away, two for words of eight letters and more; empty where none is near
// or the word is one of them.
[[nodiscard]] std::string_view meant(std::string_view word, std::span<const std::string_view> words);

}  // namespace statuslab
