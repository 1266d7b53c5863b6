// Preferences in Accept, Accept-Encoding and Accept-Language (RFC 9110 sections 12.4 and 12.5).
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "syntax/rfc9110.h"

namespace statuslab::syntax {

// weight = OWS ";" OWS "q=" qvalue; qvalue = ( "0" [ "." 0*3DIGIT ] ) / ( "1" [ "." 0*3("0") ] ) (section 12.4.2), in
// thousandths.
[[nodiscard]] std::optional<int> parse_qvalue(std::string_view s);

// One member of such a list.
struct Preference {
  std::string_view range;
  std::vector<Parameter> parameters;  // without q
  std::string_view qvalue;            // as written, with its quotes if it has some; empty without q
  bool is_well_formed = true;         // what follows the range are parameters
  // "If no "q" parameter is present, the default weight is 1." A weight that cannot be read counts as 1, too.
  [[nodiscard]] int weight() const { return qvalue.empty() ? 1000 : parse_qvalue(qvalue).value_or(1000); }
};
[[nodiscard]] Preference parse_preference(std::string_view member);
[[nodiscard]] std::vector<Preference> parse_preferences(std::string_view value);

// The weight of the most specific range that covers a media type; empty where none does (section 12.5.1).
[[nodiscard]] std::optional<int> weight_of_type(const std::vector<Preference>& accept, std::string_view type,
                                                const std::vector<Parameter>& parameters);
// The weight of a coding or "identity": its own, or that of "*"; empty where neither is listed (section 12.5.3).
[[nodiscard]] std::optional<int> weight_of_coding(const std::vector<Preference>& accept_encoding, std::string_view coding);

// media-range = "*/*" / type "/*" / type "/" subtype, without parameters (section 12.5.1)
[[nodiscard]] bool is_media_range(std::string_view s);
// language-range = 1*8ALPHA *( "-" 1*8alphanum ) / "*" (RFC 4647 section 2.1)
[[nodiscard]] bool is_language_range(std::string_view s);

}  // namespace statuslab::syntax
