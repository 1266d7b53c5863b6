// The parts of a scenario that are read elsewhere too.
#pragma once

#include "json/reader.h"
#include "statuslab/simulate.h"

namespace statuslab::json {

void read(In in, http::Field& out);
void read(In in, http::Request& out);
void read(In in, origin::Config& out);
void read(In in, simulate::ClientPlan& out);
void read_cache(In in, CacheOptions& out, bool with_kind);
// Text, {"base64":"..."} or so many bytes of filling: {"bytes":1000}.
void read_bytes(In in, std::string& out);

}  // namespace statuslab::json
