// One request on its way through an origin: what the checks of origin*.cpp share.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "statuslab/origin.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc9110_ranges.h"

namespace statuslab::origin {

// Bytes of the content, both ends included.
struct Part {
  std::uint64_t first;
  std::uint64_t last;
};

struct Turn {
  Config& config;
  const http::Request& request;
  const Arrival& arrival;
  Instant now;
  std::uint32_t& writes;
  RateRefusal refusal;
  const Kept* kept;  // the answer to the request with the same Idempotency-Key; null where there is none

  std::string method{};  // without the "M-" of RFC 2774
  syntax::HttpUri target{};
  bool asterisk = false;          // OPTIONS *
  Resource* resource = nullptr;   // of the target; null where the origin knows none
  std::optional<std::size_t> pinned{};    // the variant that the target names by itself
  std::optional<std::size_t> selected{};  // "selected representation" (RFC 9110 section 3.2), an index
  bool range_counts = false;
  bool grants_origin = false;  // CORS
  bool reached_processing = false;  // stage 5: the content, if there is some, is read
  std::vector<Part> parts{};   // the satisfiable ranges, in the order of the request

  Answer answer{};
  http::Fields fields{};             // of the final response, before those that every response has
  std::vector<std::string> vary{};
  std::string content{};
  bool describes_representation = false;  // the fields of the selected representation belong into the response
  bool repeats_kept = false;
  bool has_content = false;               // `content` was decided on, even if it is empty

  [[nodiscard]] bool is(std::string_view name) const { return method == name; }
  [[nodiscard]] bool reads() const { return is("GET") || is("HEAD"); }
  [[nodiscard]] bool present() const { return resource != nullptr && resource->exists && !resource->history.gone; }
  [[nodiscard]] const Representation* representation() const {
    return present() && selected ? &resource->representations[*selected] : nullptr;
  }
  [[nodiscard]] std::optional<std::string> field(std::string_view name) const {
    return http::combined(request.fields, name);
  }
  // How much content the request announces; absent where there is no telling before it ends.
  [[nodiscard]] std::optional<std::uint64_t> announced_length() const;
  [[nodiscard]] bool has_request_content() const;
  [[nodiscard]] bool speaks_http11() const;  // or later
  [[nodiscard]] bool speaks_http1() const;   // 1.0 or 1.1

  void add(std::string_view name, std::string value) { fields.push_back({std::string(name), std::move(value)}); }
  void give(std::string media, std::string text);
};

// What a check says. Not asked: it has nothing to look at in this exchange, and the trace does not speak of it.
struct Said {
  bool asked = false;
  bool answer = false;
  std::uint16_t gives = 0;  // the final status, where it `ends`; else of an interim response, or 0
  bool ends = false;
  std::vector<DecisionInput> inputs{};
  std::vector<Alternative> alternatives{};

  [[nodiscard]] Said&& with(std::string_view name, std::optional<std::string> value) && {
    const bool present = value.has_value();
    inputs.push_back({name, present ? std::move(*value) : std::string(), present});
    return std::move(*this);
  }
  // `policy` outlives all. It is no English: the id of another check, the phrase of another status, or a member of the
  // scenario with the value that leads there.
  [[nodiscard]] Said&& or_else(std::string_view policy, std::uint16_t status) && {
    alternatives.push_back({policy, status});
    return std::move(*this);
  }
};

inline Said not_asked() { return {}; }
inline Said no() { return {true, false}; }
inline Said yes(std::uint16_t interim = 0) { return {true, true, interim}; }
inline Said yes_final(std::uint16_t status) { return {true, true, status, true}; }
inline Said no_final(std::uint16_t status) { return {true, false, status, true}; }
inline Said answer_or_pass(bool answer, std::uint16_t status) { return answer ? yes_final(status) : no(); }

// --- shared by several checks ---------------------------------------------------------------------------------------

[[nodiscard]] bool contains(const Names& names, std::string_view name);
[[nodiscard]] bool contains_ignoring_case(const Names& names, std::string_view name);
[[nodiscard]] std::string join(const Names& names);
[[nodiscard]] std::string number(std::uint64_t value);
[[nodiscard]] bool is_safe(std::string_view method);

// "W/" and opaque-tag, as ETag has it; empty where there is none.
[[nodiscard]] std::string etag_of(const Representation& representation);
// The content, made up where the representation has no text; at most 1 MiB of it.
[[nodiscard]] std::string content_of(const Representation& representation);
[[nodiscard]] std::string content_type_of(const Representation& representation);
// Where a variant is to be had by itself.
[[nodiscard]] std::string variant_path(const Resource& resource, const Representation& representation);
// Methods that the resource allows, DAV's and TRACE among them.
[[nodiscard]] Names methods_of(const Config& config, const Resource& resource);
[[nodiscard]] Resource* find_resource(Config& config, std::string_view path);
// A copy of a resource that stands for many paths, for this one alone; the resource itself otherwise.
Resource& own_resource(Turn& turn);
// A new ETag, and Last-Modified now.
void touch(Representation& representation, std::uint32_t& writes, Instant now);
[[nodiscard]] std::string escape_markup(std::string_view text);
// "text/html" of "text/html; charset=utf-8".
[[nodiscard]] std::string media_of(std::string_view content_type);
[[nodiscard]] bool is_json(std::string_view media);
[[nodiscard]] bool is_xml(std::string_view media);

// The fields of the selected representation (RFC 9110 section 8), Vary among them.
void describe(Turn& turn);
// Completes the response: Date, default content, framing.
void finish(Turn& turn);

}  // namespace statuslab::origin
