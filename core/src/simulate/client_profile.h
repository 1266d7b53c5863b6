// How the cells of a profile are read: core/data/README.md has their notation. Total on any text.
#pragma once

#include <cstdint>
#include <string_view>

namespace statuslab::client {

// Words between spaces.
[[nodiscard]] bool has_word(std::string_view words, std::string_view wanted);
// Statuses between spaces: "204", "3xx", and "!304" for one that a class before it does not mean.
[[nodiscard]] bool has_status(std::string_view words, std::uint16_t status);
// 0 for what is no number.
[[nodiscard]] std::uint32_t number_of(std::string_view text);

// What a redirect makes of a request. `type`: Content-Type is sent though the content is not.
enum class Kept : std::uint8_t { content, type, none };
struct Rewrite {
  bool follow = true;
  std::string_view method = {};  // borrows from the rules or from the argument
  Kept kept = Kept::content;
};
// By the first rule `statuses:methods>method/kept` that fits, where `*` as methods is all but GET and HEAD; a request that
// no rule is about goes on as it is.
[[nodiscard]] Rewrite rewrite_of(std::string_view rules, std::uint16_t status, std::string_view method);

}  // namespace statuslab::client
