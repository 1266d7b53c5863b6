// Web Linking: the Link field (RFC 8288 section 3).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

// link-param = token BWS [ "=" BWS ( token / quoted-string ) ]
struct LinkParameter {
  std::string_view name;
  std::string_view value;  // with the quotes, if quoted; a null view where there is no "="
  std::string_view before_value;  // from the end of the name to the value: "=" and the space around it
};

// link-value = "<" URI-Reference ">" *( OWS ";" OWS link-param )
struct LinkValue {
  std::string_view whole;
  std::string_view target;  // without the angle brackets
  std::vector<LinkParameter> parameters;

  // The first parameter of the name in any case; null where there is none.
  [[nodiscard]] const LinkParameter* find(std::string_view name) const;
};

struct Links {
  std::vector<LinkValue> values;  // those before the error
  std::size_t error;              // where the text stops following the grammar; its size where it never does
};

// Link = #link-value; the views borrow from the text.
[[nodiscard]] Links parse_links(std::string_view text);

// relation-type *( 1*SP relation-type ): whether the value of "rel" has the relation, in any case.
[[nodiscard]] bool has_relation(std::string_view rel, std::string_view relation);

// reg-rel-type = LOALPHA *( LOALPHA / DIGIT / "." / "-" ) (section 3.3), read in any case
[[nodiscard]] bool is_relation_name(std::string_view s);

}  // namespace statuslab::syntax
