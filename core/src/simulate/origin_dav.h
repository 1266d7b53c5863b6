// WebDAV (RFC 4918): the If field, and what a Multi-Status says.
#pragma once

#include <string>
#include <string_view>

#include "simulate/origin_turn.h"

namespace statuslab::origin {

// Whether a list of the If field (section 10.4) matches: each condition names the lock's token or the current ETag.
// Deliberate: lists for other resources count as if they were for this one.
[[nodiscard]] bool if_holds(const Resource& resource, std::string_view etag, std::string_view value);
// Whether the request submits the token of the resource's lock (section 10.4.1).
[[nodiscard]] bool submits_token(const Turn& turn, const Lock& lock);

// Depth (section 10.2); "infinity" where the field is absent, which is the default for PROPFIND, COPY, MOVE and LOCK.
[[nodiscard]] std::string depth_of(const Turn& turn);
// The client says "DAV: bind" (RFC 5842 section 8.2), so it knows 208.
[[nodiscard]] bool knows_bindings(const Turn& turn);

[[nodiscard]] std::string multistatus(const Turn& turn);
[[nodiscard]] std::string dav_error(std::string_view condition, std::string_view path);
[[nodiscard]] std::string lock_discovery(const Turn& turn, const Lock& lock);
// The path that Destination names; empty where there is none.
[[nodiscard]] std::string destination_of(const Turn& turn);
[[nodiscard]] bool destination_exists(const Turn& turn);

}  // namespace statuslab::origin
