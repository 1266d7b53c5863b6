// The version of the engine and of its package.
#pragma once

#include <string_view>

namespace statuslab {

inline constexpr std::string_view version = "0.1.0";

}  // namespace statuslab
