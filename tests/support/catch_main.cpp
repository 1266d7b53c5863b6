// main() of the test programs under Node with Catch2 v2, whose package has it for the host only.
#define CATCH_CONFIG_MAIN
#include <catch2/catch.hpp>
