#include "support/picture.h"

#include <algorithm>
#include <iterator>

namespace statuslab::tests {
namespace {

constexpr std::string_view names[] = {
    "leading_empty_line",   "bare_lf",
    "bare_cr",              "start_line_malformed",
    "start_line_whitespace", "version_malformed",
    "status_malformed",     "reason_separator_missing",
    "reason_invalid_byte",  "method_invalid",
    "target_invalid",       "whitespace_before_fields",
    "field_colon_missing",  "field_name_empty",
    "field_name_invalid",   "field_name_whitespace",
    "field_value_control",  "field_value_nul",
    "field_value_obs_text", "obs_fold",
    "head_unterminated",    "content_absent",
    "content_truncated",    "excess_newline",
    "excess_content",       "chunk_size_malformed",
    "chunk_size_overflow",  "chunk_data_overrun",
    "chunk_extension",      "chunked_truncated",
};
static_assert(std::size(names) == static_cast<std::size_t>(ProblemKind::count_));

std::string visible(char c) {
  constexpr char digits[] = "0123456789ABCDEF";
  switch (c) {
    case '\r': return "\\r";
    case '\n': return "\\n";
    case '\t': return "\\t";
    default: break;
  }
  const auto byte = static_cast<unsigned char>(c);
  if (byte >= 0x20 && byte < 0x7F) return {c};
  return {'\\', 'x', digits[byte >> 4], digits[byte & 15]};
}

std::string visible(std::string_view text) {
  std::string shown;
  for (const char c : text) shown += visible(c);
  return shown;
}

std::string carets(std::string_view line, std::size_t begin, std::size_t end) {
  const std::string indent(visible(line.substr(0, begin)).size(), ' ');
  if (begin == end) return indent + "|";
  return indent + std::string(visible(line.substr(begin, end - begin)).size(), '^');
}

}  // namespace

std::string_view name_of(ProblemKind kind) { return names[static_cast<std::size_t>(kind)]; }

std::string picture(std::string_view text, const std::vector<Message>& messages) {
  std::string drawn;
  for (std::size_t begin = 0; begin <= text.size();) {
    const std::size_t lf = text.find('\n', begin);
    const std::size_t end = lf == std::string_view::npos ? text.size() : lf + 1;
    const std::string_view line = text.substr(begin, end - begin);
    if (!line.empty()) drawn += visible(line) + "\n";
    for (const Message& message : messages) {
      for (const Problem& problem : message.problems) {
        const bool here = problem.span.begin >= begin && (problem.span.begin < end || (end == text.size() && problem.span.begin == end));
        if (!here) continue;
        const std::size_t to = std::min<std::size_t>(problem.span.end, end);
        drawn += carets(line, problem.span.begin - begin, to - begin) + " " + std::string(name_of(problem.kind)) + "\n";
      }
    }
    if (end == text.size()) break;
    begin = end;
  }
  return drawn;
}

std::string problems_in(std::string_view text, const ParseOptions& options) {
  return picture(text, parse(text, options));
}

}  // namespace statuslab::tests
