#include "base/digest.h"

#include <catch2/catch_test_macros.hpp>

#include <string>

namespace statuslab::tests {
namespace {

// Of so many letters "a", around the sizes where padding takes another block. The last column is the beginning.
struct Case {
  std::size_t size;
  const char* md5;
  const char* sha256;
  const char* sha512;
};

constexpr Case cases[] = {
    {0, "1B2M2Y8AsgTpgAmY7PhCfg==", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=", "z4PhNX7vuL3xVChQ1m2AB9Yg"},
    {1, "DMF1ucDxtqgxw5niaXcmYQ==", "ypeBEsobvcr6wjGzmiPcTaeG7/gUfE5yuYB3ha/uSLs=", "H0D8ktokFpR1CXnubPWC8tXX"},
    {55, "7xdytt/5oSI1hVKVStDfZQ==", "n0OQ+NMMLdkuyfCVtl4rmumwqSWlJY4kHJ8ekQ9zQxg=", "sCIMdyy/bBgi4ss4pDfQ4dWH"},
    {56, "OwyKxwP4KLBMbBlwBtFyGA==", "s1Q5pKxvCUi21vnjxq8PX1kM4g8b3nCQ73lwaG7Gc4o=", "litkquNX0qT+497YtTm9ydMl"},
    {63, "sGUh85FT1hhVBga+KXRm1Q==", "fT50oF19sVvOStnsBljqmOPwbu7PFrTG//LaRX3cLzQ=", "wbD1xtOwPf5KJgLmckL1TjRA"},
    {64, "AUhC1IC1cUlaSgNjeT9zZw==", "/+BU/nrgy23GXDr5th1SCfQ5hR20PQulmXM33xVGaOs=", "AdNcEMbDjC3PSPfuuzI1+1rX"},
    {111, "CJ8kPR6DHFh5qjde42Sgbg==", "Y3T3MgiFRHOCf29qP0Ox9T6qO4LCHBptaaIRCyp5uq0=", "+pEhx7MrngFzPQNM/HjL9n+S"},
    {112, "kUbvNSfHz8xm3GFcOYbjkQ==", "9UNTAIolUyYuzcSjR0lWO6CVDosPyGUngLCmFLmWg8E=", "wB0IDv1JJ3ahxDvSPdmdCi5i"},
    {119, "invQcy7WooznX22ryQ4WEw==", "MeulHDE6XAgiat8Y1KNZz9/Y0ugWsT9K+VL36mWE3Ps=", "EwOWp1y0g/Lu6MVtimaLs9Jk"},
    {127, "AgQG4dBc3Cqih2QfeuLMOQ==", "xX6SeK94+jyrOGZ770zinXg3h6L3MdThIgAnDwwyMgo=", "goYTlotQHcAKl+CMc7EYqoh2"},
    {128, "5RBoOz9f/kCT0CGAi8b/cA==", "aDbPE7rEAOkQUHHNavRwhN+srU5eMCyUv+0k4BOvtz4=", "tz0ZKaphWTTmGocVlrPzszNZ"},
    {1000, "yr5F3MmuW2a6hmAMymuLqA==", "Qe3s5C1j6Nm/UVqbppMuHCDLyfWl0TRkWttdsblzfqM=", "Z7pVNaRuP4bb++2Mu68BJcdu"},
};

}  // namespace

TEST_CASE("digests of texts around the size of a block") {
  for (const Case& c : cases) {
    INFO(c.size);
    const std::string text(c.size, 'a');
    CHECK(base64(md5(text)) == c.md5);
    CHECK(base64(sha256(text)) == c.sha256);
    CHECK(base64(sha512(text)).substr(0, 24) == c.sha512);
  }
}

TEST_CASE("base64 pads to four") {
  CHECK(base64("") == "");
  CHECK(base64("f") == "Zg==");
  CHECK(base64("fo") == "Zm8=");
  CHECK(base64("foo") == "Zm9v");
  CHECK(base64("\xFF\xFE") == "//4=");
}

}  // namespace statuslab::tests
