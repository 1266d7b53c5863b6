// What a successful unsafe request does to the store (RFC 9111 section 4.4).
#include "simulate/cache_parts.h"

namespace statuslab::caching {
bool is_non_error(std::uint16_t status) { return status >= 200 && status < 400; }

std::vector<std::string> other_invalidated(const std::string& key, const http::Fields& response) {
  std::vector<std::string> keys;
  for (const std::string_view name : {"Location", "Content-Location"}) {
    const std::string* const value = http::find(response, name);
    if (value == nullptr) continue;
    std::string other = key_of_reference(*value, key);
    // "MUST NOT trigger an invalidation under these conditions if the origin ... of the URI to be invalidated differs from
    // that of the target URI".
    if (other != key && origin_of(other) == origin_of(key)) keys.push_back(std::move(other));
  }
  return keys;
}

}  // namespace statuslab::caching
