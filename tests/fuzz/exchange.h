// An exchange and options out of any bytes. The first byte says what is known: modulo 3 the scheme, 4 a request before the
// first NUL, 8 a request alone, 16 the time, 32 explain mode, 64 content as shown, 128 levels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "statuslab/statuslab.h"

namespace statuslab::fuzz {

struct Input {
  Exchange exchange;
  LintOptions options;
  std::vector<Level> levels;
};

inline void read(const std::uint8_t* data, std::size_t size, Input& input) {
  const std::uint8_t mode = data[0];
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  const std::size_t split = text.find('\0');
  input.exchange = {std::nullopt, text, static_cast<Scheme>(mode % 3)};
  if ((mode & 4) != 0 && split != std::string_view::npos) {
    input.exchange.request = text.substr(0, split);
    input.exchange.response = text.substr(split + 1);
  } else if ((mode & 8) != 0) {
    input.exchange.request = text;
    input.exchange.response.reset();
  }
  if ((mode & 16) != 0) input.options.now = 1'795'600'000;
  input.options.explain = (mode & 32) != 0;
  if ((mode & 64) != 0) input.exchange.content = ContentForm::shown;
  if ((mode & 128) == 0) return;
  for (std::size_t rule = 0; rule < rule_count(); ++rule) input.levels.push_back(static_cast<Level>((rule + size) % 6));
  input.options.levels = input.levels;
}

}  // namespace statuslab::fuzz
