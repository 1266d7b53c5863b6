// The exchanges of cache_pairs.txt: a request, its response, and a later request that the cache might answer. "--" parts the
// three, "==" one exchange from the next.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "statuslab/cache.h"

namespace statuslab::bench {

struct CachePair {
  http::Request request;
  http::Response response;
  http::Request later;
};

inline constexpr Instant pairs_start = 1'767'607'200'000;  // their Date

inline std::string_view take_line(std::string_view& text) {
  const std::size_t end = std::min(text.find('\n'), text.size());
  const std::string_view line = text.substr(0, end);
  text.remove_prefix(std::min(end + 1, text.size()));
  return line;
}

inline void read_lines(std::string_view& text, std::string& start, http::Fields& fields) {
  start = take_line(text);
  while (!text.empty()) {
    const std::string_view line = take_line(text);
    if (line == "--" || line == "==") return;
    const std::size_t colon = line.find(": ");
    fields.push_back({std::string(line.substr(0, colon)), std::string(line.substr(colon + 2))});
  }
}

inline http::Request read_request(std::string_view& text) {
  http::Request request;
  std::string start;
  read_lines(text, start, request.fields);
  request.method = start.substr(0, start.find(' '));
  request.target = start.substr(start.find(' ') + 1);
  return request;
}

inline std::vector<CachePair> read_pairs(std::string_view text) {
  std::vector<CachePair> pairs;
  while (!text.empty()) {
    CachePair pair;
    pair.request = read_request(text);
    std::string status;
    read_lines(text, status, pair.response.fields);
    pair.response.status = static_cast<std::uint16_t>(std::atoi(status.c_str()));
    pair.later = read_request(text);
    pairs.push_back(std::move(pair));
  }
  return pairs;
}

// Each response judged by itself: may it be stored, may it answer the later request. Returns how often yes.
inline std::uint32_t judge(const std::vector<CachePair>& pairs, std::uint32_t rounds, const CacheOptions& options) {
  std::uint32_t yes = 0;
  for (std::uint32_t round = 0; round < rounds; ++round)
    for (const CachePair& pair : pairs) {
      const CachePolicy policy(pair.request, pair.response, pairs_start, pairs_start + 50, options);
      yes += (policy.may_be_stored() ? 1U : 0U) + (policy.may_answer(pair.later, pairs_start + 10'000) ? 1U : 0U);
    }
  return yes;
}

// Through a cache with its store: three calls an exchange, with their messages. Returns how many were answered from it.
inline std::uint32_t exchange(const std::vector<CachePair>& pairs, std::uint32_t rounds, const CacheOptions& options) {
  std::uint32_t answered = 0;
  Cache cache(options);
  for (std::uint32_t round = 0; round < rounds; ++round) {
    for (const CachePair& pair : pairs) {
      CacheAnswer answer = cache.request(pair.request, pairs_start);
      (void)cache.response(answer.ticket, pair.response, pairs_start + 50);
      answer = cache.request(pair.later, pairs_start + 10'000);
      answered += answer.action == CacheAction::respond ? 1U : 0U;
    }
    cache.clear();
  }
  return answered;
}

}  // namespace statuslab::bench
