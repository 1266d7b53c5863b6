// A response by itself: the questions of storing and of use, asked without a store.
#include <utility>

#include "simulate/cache_parts.h"
#include "statuslab/cache.h"

namespace statuslab {

using namespace caching;

struct CachePolicy::State {
  CacheOptions options;
  std::string key;
  Entry entry;  // without its response
  bool storable = false;
};

CachePolicy::CachePolicy(const http::Request& request, const http::Response& response, Instant requested, Instant received,
                         const CacheOptions& options)
    : state_(std::make_unique<State>()) {
  State& state = *state_;
  Notes silent(nullptr);
  state.options = options;
  state.key = key_of(request.target);
  state.entry.policy = read_policy(response.fields, options.targeted_fields);
  state.storable = may_store({request, response, requested, received}, state.entry.policy, options, silent);
  nominate(state.entry, response.fields, request.fields);
  derive(state.entry, response.fields, requested, received, options);
}

CachePolicy::~CachePolicy() = default;
CachePolicy::CachePolicy(CachePolicy&&) noexcept = default;
CachePolicy& CachePolicy::operator=(CachePolicy&&) noexcept = default;

bool CachePolicy::may_be_stored() const { return state_->storable; }

bool CachePolicy::may_answer(const http::Request& request, Instant now) const {
  if (!state_->storable || (request.method != "GET" && request.method != "HEAD")) return false;
  if (request.target != state_->key && key_of(request.target) != state_->key) return false;
  if (!matches(state_->entry, request.fields)) return false;
  Notes silent(nullptr);
  const Use use = use_without_validation(state_->entry, read_wishes(request.fields), now, state_->options, silent);
  return use == Use::fresh || use == Use::stale_by_client;
}

std::int64_t CachePolicy::lifetime_ms() const { return state_->entry.lifetime.ms; }
std::int64_t CachePolicy::age_ms(Instant now) const { return state_->entry.age(now); }

}  // namespace statuslab
