// The engine for JavaScript hosts. Texts come as pointers into the heap, since a std::string parameter would garble
// bytes that are not UTF-8; results go as one JSON string, or as words. No logic here.
#include <emscripten/bind.h>

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <span>
#include <string>
#include <vector>

#include "statuslab/statuslab.h"

namespace {

using Pointer = std::uintptr_t;

std::optional<std::string_view> text_at(Pointer pointer, std::size_t size) {
  if (pointer == 0) return std::nullopt;
  return std::string_view(reinterpret_cast<const char*>(pointer), size);
}

Pointer allocate(std::size_t size) { return reinterpret_cast<Pointer>(std::malloc(size == 0 ? 1 : size)); }
void release(Pointer pointer) { std::free(reinterpret_cast<void*>(pointer)); }

// now: seconds since 1970, NaN where the time is not known. levels: one byte a rule.
statuslab::LintOptions options_of(double now, bool explain, Pointer levels, std::size_t level_count) {
  statuslab::LintOptions options{.explain = explain};
  if (!std::isnan(now)) options.now = static_cast<std::int64_t>(now);
  if (levels != 0) options.levels = {reinterpret_cast<const statuslab::Level*>(levels), level_count};
  return options;
}

// Five words a content: side (0 request, 1 response), index of the message, 1 if its bytes are damaged, pointer and size of
// what it is without its codings.
std::vector<statuslab::DecodedContent> decoded_at(Pointer records, std::size_t count) {
  const auto* word = reinterpret_cast<const std::uint32_t*>(records);
  std::vector<statuslab::DecodedContent> decoded;
  for (; decoded.size() < count; word += 5)
    decoded.push_back({static_cast<statuslab::Side>(word[0]), word[1], word[2] != 0, text_at(word[3], word[4]).value_or(std::string_view{})});
  return decoded;
}

// A pointer of 0: that side is not known. scheme: 0 unknown, 1 http, 2 https.
statuslab::Exchange exchange_of(Pointer request, std::size_t request_size, Pointer response, std::size_t response_size,
                                int scheme, bool shown, std::span<const statuslab::DecodedContent> decoded = {}) {
  return {text_at(request, request_size), text_at(response, response_size), static_cast<statuslab::Scheme>(scheme),
          shown ? statuslab::ContentForm::shown : statuslab::ContentForm::sent, decoded};
}

// Returns a block to be released: the number of words and of bytes of the text, then those of to_words(). 0: no memory.
Pointer lint(Pointer request, std::size_t request_size, Pointer response, std::size_t response_size, int scheme,
             bool shown, Pointer decoded, std::size_t decoded_count, double now, bool explain, Pointer levels,
             std::size_t level_count) {
  const std::vector<statuslab::DecodedContent> contents = decoded_at(decoded, decoded_count);
  const statuslab::Exchange exchange = exchange_of(request, request_size, response, response_size, scheme, shown, contents);
  const statuslab::LintWords found =
      statuslab::to_words(statuslab::lint_exchange(exchange, options_of(now, explain, levels, level_count)), exchange);
  auto* block = static_cast<std::uint32_t*>(std::malloc((found.words.size() + 2) * sizeof(std::uint32_t) + found.text.size()));
  if (block == nullptr) return 0;
  block[0] = static_cast<std::uint32_t>(found.words.size());
  block[1] = static_cast<std::uint32_t>(found.text.size());
  std::copy(found.text.begin(), found.text.end(), reinterpret_cast<char*>(std::copy(found.words.begin(), found.words.end(), block + 2)));
  return reinterpret_cast<Pointer>(block);
}

// Arguments as those of lint().
std::string coded_contents(Pointer request, std::size_t request_size, Pointer response, std::size_t response_size, int scheme,
                           bool shown) {
  return statuslab::to_json(statuslab::coded_contents(exchange_of(request, request_size, response, response_size, scheme, shown)));
}

// Arguments as those of lint(). fixes: 0 safe ones, 1 any.
std::string fix_all(Pointer request, std::size_t request_size, Pointer response, std::size_t response_size, int scheme,
                    bool shown, Pointer decoded, std::size_t decoded_count, double now, bool explain, Pointer levels,
                    std::size_t level_count, int fixes) {
  const std::vector<statuslab::DecodedContent> contents = decoded_at(decoded, decoded_count);
  const statuslab::Exchange exchange = exchange_of(request, request_size, response, response_size, scheme, shown, contents);
  return statuslab::to_json(statuslab::fix_all(exchange, options_of(now, explain, levels, level_count),
                                               static_cast<statuslab::FixChoice>(fixes)));
}

// Six words an exchange: pointer and size of the request, of the response, scheme (and 256 for content that is shown), time
// in seconds; absence and schemes as in lint(), a time of 0 is not known. Returns a block to be released: the number of words that follow, then those of
// lint_batch(). 0: no memory.
Pointer lint_batch(Pointer records, std::size_t count, bool explain, Pointer levels, std::size_t level_count) {
  const auto* word = reinterpret_cast<const std::uint32_t*>(records);
  std::vector<statuslab::BatchItem> items;
  items.reserve(count);
  for (std::size_t i = 0; i < count; ++i, word += 6) {
    statuslab::BatchItem& item = items.emplace_back();
    item.exchange = exchange_of(word[0], word[1], word[2], word[3], static_cast<int>(word[4] & 255), word[4] >> 8 != 0);
    if (word[5] != 0) item.now = word[5];
  }
  const std::vector<std::uint32_t> found =
      statuslab::lint_batch(items, options_of(std::nan(""), explain, levels, level_count));
  auto* block = static_cast<std::uint32_t*>(std::malloc((found.size() + 1) * sizeof(std::uint32_t)));
  if (block == nullptr) return 0;
  block[0] = static_cast<std::uint32_t>(found.size());
  std::copy(found.begin(), found.end(), block + 1);
  return reinterpret_cast<Pointer>(block);
}

// side: 0 request, 1 response.
std::string parse(Pointer pointer, std::size_t size, int side) {
  const std::string_view text = text_at(pointer, size).value_or(std::string_view{});
  return statuslab::to_json(
      statuslab::parse(text, {.expect = static_cast<statuslab::MessageKind>(side), .answers = {}}), text);
}

// The lines of a field one after the other, and how long each is. type: 0 item, 1 list, 2 dictionary.
std::string structured_field(Pointer bytes, std::size_t size, Pointer lengths, std::size_t count, int type) {
  std::string_view rest = text_at(bytes, size).value_or(std::string_view{});
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t length = reinterpret_cast<const std::uint32_t*>(lengths)[i];
    lines.push_back(rest.substr(0, length));
    rest.remove_prefix(lines.back().size());
  }
  return statuslab::structured_field_json(lines, static_cast<statuslab::structured::FieldType>(type));
}

std::string version() { return std::string(statuslab::version); }

}  // namespace

EMSCRIPTEN_BINDINGS(statuslab) {
  emscripten::function("allocate", &allocate);
  emscripten::function("release", &release);
  emscripten::function("lint", &lint);
  emscripten::function("codedContents", &coded_contents);
  emscripten::function("lintBatch", &lint_batch);
  emscripten::function("fixAll", &fix_all);
  emscripten::function("parse", &parse);
  emscripten::function("status", &statuslab::status_json);
  emscripten::function("structuredField", &structured_field);
  emscripten::function("rules", &statuslab::rules_json);
  emscripten::function("version", &version);
}
