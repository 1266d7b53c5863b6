// Content Security Policy Level 3: how a browser takes a field value apart (sections 2.2 and 2.3), and what the parts are.
// All views borrow from the value.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// What stands behind the name.
enum class CspValue : std::uint8_t { sources, ancestors, sandbox, none, endpoint, uris, trusted_types, sinks, webrtc, other };
struct CspDirectiveInfo {
  std::string_view name;
  CspValue value;
  bool retired;  // no browser acts on it any more, or it is about to go
};

struct CspDirective {
  std::string_view whole;  // name to last token
  std::string_view name;   // compared whatever its case
  std::vector<std::string_view> values;
  const CspDirectiveInfo* info = nullptr;  // null for a name that no specification has
  bool begins_policy = false;  // the first one after a comma
  bool repeats = false;        // an earlier one of the same name: it does not count
};

// serialized-policy-list = 1#serialized-policy. Directives that repeat an earlier one are there too.
struct CspPolicy {
  std::vector<CspDirective> directives;

  // "If policy's directive set contains a directive whose name is directive name, continue": the first one counts.
  [[nodiscard]] const CspDirective* find(std::string_view name) const;
};
// "Parse a serialized CSP list": policies between commas, directives between semicolons, tokens between white space.
// Policies without directives are left out.
[[nodiscard]] std::vector<CspPolicy> parse_csp(std::string_view value);

// Null for a name that no specification has.
[[nodiscard]] const CspDirectiveInfo* find_csp_directive(std::string_view name);
[[nodiscard]] std::string_view meant_csp_directive(std::string_view name);

// source-expression = scheme-source / host-source / keyword-source / nonce-source / hash-source
enum class CspSource : std::uint8_t { scheme, host, keyword, nonce, hash, malformed };
[[nodiscard]] CspSource classify_csp_source(std::string_view expression);

// 'none' included; with their apostrophes.
[[nodiscard]] bool is_csp_keyword(std::string_view expression);
// The keyword, nonce or hash without apostrophes, or in other quotation marks: what stands between them.
[[nodiscard]] std::string_view unquoted_csp_keyword(std::string_view expression);
[[nodiscard]] std::string_view meant_csp_keyword(std::string_view expression);

[[nodiscard]] bool is_sandbox_flag(std::string_view token);
[[nodiscard]] std::string_view meant_sandbox_flag(std::string_view token);

}  // namespace statuslab::syntax
