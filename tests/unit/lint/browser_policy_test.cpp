// Other forms of what the rules' examples show, and what must stay silent.
#include <catch2/catch_test_macros.hpp>

#include <string>

#include "support/findings.h"

namespace statuslab::tests {

TEST_CASE("browser policies: words that are nearly right") {
  CHECK(fixed("x-frame-options-value", in_204("X-Frame-Options: \"DENY\"")) == in_204("X-Frame-Options: DENY"));
  CHECK(fixed("x-content-type-options-value", in_204("X-Content-Type-Options: nosnif")) == in_204("X-Content-Type-Options: nosniff"));
  CHECK(marked("x-content-type-options-value", in_204("X-Content-Type-Options: nosniff, nosniff")).empty());
  CHECK(fixed("cross-origin-policy-value", in_204("Cross-Origin-Resource-Policy: same_site")) == in_204("Cross-Origin-Resource-Policy: same-site"));
  CHECK(fixed("clear-site-data-unquoted", in_204("Clear-Site-Data: \"cache\", *")) == in_204("Clear-Site-Data: \"cache\", \"*\""));
  CHECK(fixed("clear-site-data-unknown", in_204("Clear-Site-Data: \"Cookies\"")) == in_204("Clear-Site-Data: \"cookies\""));
  CHECK(fixed("structured-member-type", in_204("Origin-Agent-Cluster: 0")) == in_204("Origin-Agent-Cluster: ?0"));
  CHECK(marked("referrer-policy-without-effect", in_204("Referrer-Policy: origin,")).empty());
}

TEST_CASE("Permissions-Policy: lists of origins") {
  const auto policy = [](const std::string& value) { return in_204("Permissions-Policy: " + value); };
  CHECK(fixed("permissions-policy-old-syntax", policy("fullscreen *; usb 'none'")) == policy("fullscreen=*, usb=()"));
  CHECK(marked("permissions-policy-old-syntax", policy("fullscreen=*")).empty());
  CHECK(marked("permissions-policy-value", policy("camera")) == "camera");
  CHECK(marked("permissions-policy-value", policy("camera=\"https://a.example\", usb=self")).empty());
  CHECK(fixed("permissions-policy-keyword-quoted", policy("camera=(\"none\")")) == policy("camera=()"));
  CHECK(fixed("permissions-policy-member-ignored", policy("camera=(https://a.example)")) == policy("camera=(\"https://a.example\")"));
  CHECK(marked("permissions-policy-member-ignored", policy("camera=(none)")).empty());
  CHECK(marked("permissions-policy-origin", policy("camera=(\"https://a.example/\")")) == "\"https://a.example/\"");
  CHECK(marked("permissions-policy-feature-misspelt", policy("web-shar=()")) == "web-shar");
}

}  // namespace statuslab::tests
