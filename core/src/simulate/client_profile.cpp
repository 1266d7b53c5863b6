// Profiles of clients as rows of core/data/client_profiles.tsv and client_behaviours.tsv.
#include "simulate/client_profile.h"

#include "base/ascii.h"
#include "statuslab/client.h"
#include "syntax/rfc9110.h"

namespace statuslab::client {
namespace {

constexpr BehaviourInfo behaviours[] = {
#include "client_behaviour_table.inc"
};

#include "client_profile_table.inc"

constexpr std::string_view not_measured = "?";
constexpr std::size_t by_the_book = 0;

// Takes the part before `separator` off the front of `s`; all of it where there is none.
std::string_view take(std::string_view& s, char separator) {
  const std::size_t end = s.find(separator);
  const std::string_view part = s.substr(0, end);
  s.remove_prefix(end == std::string_view::npos ? s.size() : end + 1);
  return part;
}

// "204", "2xx", "*".
bool status_matches(std::string_view pattern, std::string_view status) {
  if (pattern == "*") return true;
  if (pattern.ends_with("xx")) return status.size() == 3 && pattern.front() == status.front();
  return pattern == status;
}

bool list_has(std::string_view list, std::string_view wanted) {
  while (!list.empty()) {
    const std::string_view item = take(list, ',');
    if (item == "*" || item == wanted) return true;
  }
  return false;
}

bool list_has_status(std::string_view list, std::string_view status) {
  while (!list.empty())
    if (status_matches(take(list, ','), status)) return true;
  return false;
}

// One letter for each Freshness, in its order.
std::optional<CacheUse> use_of(char letter) {
  if (letter == 'r') return CacheUse::reuse;
  if (letter == 'v') return CacheUse::validate;
  if (letter == 'f') return CacheUse::fetch;
  return std::nullopt;
}

}  // namespace

const BehaviourInfo& behaviour_info(Behaviour behaviour) { return behaviours[static_cast<std::size_t>(behaviour)]; }
std::span<const BehaviourInfo> all_behaviours() { return behaviours; }
std::span<const Profile> all_profiles() { return profiles; }

const Profile* find_profile(std::string_view id) {
  for (const Profile& profile : profiles)
    if (profile.id == id) return &profile;
  return nullptr;
}

BehaviourValue Profile::value(Behaviour behaviour) const {
  const auto index = static_cast<std::size_t>(behaviour);
  const std::string_view own = values[index];
  if (own == not_measured) return {profiles[by_the_book].values[index], false};
  return {own, true};
}

bool has_word(std::string_view words, std::string_view wanted) {
  while (!words.empty())
    if (take(words, ' ') == wanted) return true;
  return false;
}

bool has_status(std::string_view words, std::uint16_t status) {
  const std::string text = std::to_string(status);
  bool found = false;
  while (!words.empty()) {
    std::string_view pattern = take(words, ' ');
    const bool spared = pattern.starts_with('!');
    if (spared) pattern.remove_prefix(1);
    if (status_matches(pattern, text)) found = !spared;
  }
  return found;
}

std::uint32_t number_of(std::string_view text) {
  return static_cast<std::uint32_t>(syntax::parse_decimal(text).value_or(0));
}

Rewrite rewrite_of(std::string_view rules, std::uint16_t status, std::string_view method) {
  const std::string code = std::to_string(status);
  while (!rules.empty()) {
    std::string_view outcome = take(rules, ' ');
    const std::string_view statuses = take(outcome, ':');
    const std::string_view methods = take(outcome, '>');
    if (!list_has_status(statuses, code)) continue;
    // "303 ... Use GET": a rule for every method says nothing new to GET and HEAD (Fetch Standard, HTTP-redirect fetch).
    if (methods == "*" && (method == "GET" || method == "HEAD")) continue;
    if (!list_has(methods, method)) continue;
    if (outcome == "stop") return {.follow = false};
    const std::string_view changed = take(outcome, '/');
    Rewrite rewrite{.method = changed == "same" ? method : changed};
    rewrite.kept = outcome == "none" ? Kept::none : outcome == "type" ? Kept::type : Kept::content;
    return rewrite;
  }
  return {.method = method};
}

std::optional<CacheUse> cache_use(const Profile& profile, std::uint16_t status, Freshness freshness) {
  std::string_view rules = profile.value(Behaviour::cache_use).text;
  const std::string code = std::to_string(status);
  while (!rules.empty()) {
    std::string_view letters = take(rules, ' ');
    if (!list_has_status(take(letters, ':'), code)) continue;
    const auto index = static_cast<std::size_t>(freshness);
    return index < letters.size() ? use_of(letters[index]) : std::nullopt;
  }
  return std::nullopt;
}

}  // namespace statuslab::client
