// Any bytes through the grammars of core/src/syntax, one of them an input (the first byte says which), so that all share
// the time of one target: views lie inside the text, what is written is read again, numbers are in their range.
#include <cstddef>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "fuzz/require.h"
#include "statuslab/structured_field.h"
#include "syntax/csp3.h"
#include "syntax/fetch_cors.h"
#include "syntax/rfc3986.h"
#include "syntax/rfc4648.h"
#include "syntax/rfc6265bis.h"
#include "syntax/rfc6455.h"
#include "syntax/rfc6797.h"
#include "syntax/rfc8259.h"
#include "syntax/rfc9110.h"
#include "syntax/rfc9110_auth.h"
#include "syntax/rfc9110_negotiation.h"
#include "syntax/rfc9110_ranges.h"
#include "syntax/rfc9651.h"

namespace {

using namespace statuslab;
using namespace statuslab::syntax;

// Views of nothing may stand anywhere.
void require_inside(std::string_view part, std::string_view text) {
  if (part.empty()) return;
  require(part.data() >= text.data() && part.data() + part.size() <= text.data() + text.size());
}

void lists(std::string_view text) {
  for (const std::string_view member : list_members(text)) require_inside(member, text);
  require(quoted_string_length(text) <= text.size());
  static_cast<void>(is_token(text));
  static_cast<void>(parse_decimal(text));
}

void media_types(std::string_view text) {
  static_cast<void>(is_entity_tag(text));
  if (const auto media = parse_media_type(text))
    for (const Parameter& parameter : media->parameters) require_inside(parameter.value, text);
  if (const auto parameters = parse_parameters(text))
    for (const Parameter& parameter : *parameters) require_inside(parameter.name, text);
}

void dates(std::string_view text) {
  static_cast<void>(parse_http_date(text));
  static_cast<void>(parse_http_date_of_any_weekday(text));
  if (const auto seconds = parse_foreign_date(text)) require(parse_http_date(format_http_date(*seconds)).has_value());
  static_cast<void>(parse_cookie_date(text));
}

void negotiation(std::string_view text) {
  const std::vector<Preference> preferences = parse_preferences(text);
  for (const Preference& preference : preferences) {
    require_inside(preference.range, text);
    require(preference.weight() >= 0 && preference.weight() <= 1000);
  }
  static_cast<void>(weight_of_type(preferences, text, {}));
  static_cast<void>(weight_of_coding(preferences, text));
  static_cast<void>(is_media_range(text));
  static_cast<void>(is_language_range(text));
}

void authentication(std::string_view text) {
  if (const auto challenges = parse_challenges(text)) {
    for (const Challenge& challenge : *challenges) {
      require_inside(challenge.whole, text);
      static_cast<void>(challenge.value_of("realm"));
    }
  }
  static_cast<void>(parse_auth_params(text));
  static_cast<void>(split_credentials(text));
  static_cast<void>(unquote(text));
  static_cast<void>(is_token68(text));
}

void ranges(std::string_view text) {
  static_cast<void>(parse_ranges_specifier(text));
  static_cast<void>(parse_byte_range(text));
  if (const auto range = parse_content_range(text)) static_cast<void>(range->is_valid());
}

void uris(std::string_view text) {
  const UriReference reference = split_uri_reference(text);
  require_inside(reference.path, text);
  if (reference.authority) {
    static_cast<void>(userinfo_of(*reference.authority));
    require_inside(host_of(*reference.authority), text);
    static_cast<void>(parse_host_port(*reference.authority));
  }
  static_cast<void>(resolve(reference, make_http_uri("https", "a.example", "/b/c", std::nullopt)));
  static_cast<void>(parse_uri_with_authority(text));
  static_cast<void>(find_non_uri_byte(text));
  static_cast<void>(origin_of(text));
  static_cast<void>(is_serialized_origin(text));
  static_cast<void>(is_forbidden_request_header(text));
}

void cookies(std::string_view text) {
  const SetCookie cookie = parse_set_cookie(text);
  require_inside(cookie.pair, text);
  for (const CookieAttribute& attribute : cookie.attributes) require_inside(attribute.whole, text);
  for (const std::string_view pair : cookie_pairs(text)) require_inside(pair, text);
  static_cast<void>(parse_cookie_max_age(text));
  static_cast<void>(domain_matches(text, text));
  static_cast<void>(is_ip_address(text));
}

void policies(std::string_view text) {
  for (const CspPolicy& policy : parse_csp(text)) {
    for (const CspDirective& directive : policy.directives) {
      require_inside(directive.whole, text);
      static_cast<void>(meant_csp_directive(directive.name));
      for (const std::string_view value : directive.values) {
        static_cast<void>(classify_csp_source(value));
        static_cast<void>(meant_csp_keyword(value));
      }
    }
  }
  const HstsPolicy hsts = parse_hsts(text);
  for (const HstsDirective& directive : hsts.directives) require_inside(directive.whole, text);
  static_cast<void>(parse_hsts_max_age(text));
}

void base64(std::string_view text) {
  require(decode_base64(encode_base64(text)) == std::string(text));
  static_cast<void>(decode_base64(text));
  require(websocket_accept(text).size() == 28);
}

void json(std::string_view text) {
  const JsonText parsed = parse_json(text);
  for (const JsonMember& member : parsed.members) require_inside(member.name, text);
  for (const JsonNote& note : parsed.notes) require(note.begin <= note.end && note.end <= text.size());
  static_cast<void>(unescape_json(text));
}

// RFC 9651: what is parsed can be serialised, and that is read as the same.
void structured_fields(std::string_view text) {
  for (const auto type : {structured::FieldType::item, structured::FieldType::list, structured::FieldType::dictionary}) {
    const structured::Parsed parsed = structured::parse(text, type);
    if (parsed.error) {
      require(parsed.error->span.begin <= parsed.error->span.end && parsed.error->span.end <= text.size());
      continue;
    }
    const auto written = structured::serialise(parsed.value);
    require(written.has_value());
    const structured::Parsed again = structured::parse(*written, type);
    require(!again.error.has_value());
    require(structured::serialise(again.value) == written);
  }
}

constexpr void (*grammars[])(std::string_view) = {
    lists, media_types, dates, negotiation, authentication, ranges, uris, cookies, policies, base64, json, structured_fields,
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  grammars[data[0] % std::size(grammars)]({reinterpret_cast<const char*>(data) + 1, size - 1});
  return 0;
}
