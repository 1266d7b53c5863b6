// Well-formedness of XML (Extensible Markup Language 1.0, fifth edition), as far as it shows without reading a DTD:
// nesting, attributes, references, prolog. One pass; it ends with the first fault.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace statuslab::syntax {

enum class XmlFault : std::uint8_t {
  none,
  no_root,           // no element at all
  end_mismatch,      // </b> where <a> is open; `other` is the open start tag
  unclosed,          // the text ends inside this element, tag, comment ...
  end_without_start,
  after_root,        // something else than comments and processing instructions after the root
  attribute_value,   // no value, or one without quotes
  attribute_repeated,
  less_than,         // "<" in an attribute's value, or before something that is no name
  ampersand,         // "&" that begins no reference
  entity,            // a reference to an entity that XML does not define and no DTD can
  declaration_late,  // "<?xml" not at the very beginning
  comment_dashes,    // "--" inside a comment
  character,         // a control character
  prefix,            // a prefix that no xmlns declares (Namespaces in XML)
};

struct XmlText {
  XmlFault fault = XmlFault::none;
  std::size_t begin = 0;  // of the fault
  std::size_t end = 0;
  std::string_view other;  // what the fault is about besides: the open element
  // The root element's local name and the namespace it is in; empty where there is none.
  std::string_view root;
  std::string_view root_namespace;
  std::string_view encoding;   // of the XML declaration
  std::string_view doctype;    // the whole declaration
  std::string_view system_id;  // an external identifier in it: SYSTEM or PUBLIC and what follows
  std::string_view entity;     // the first entity it declares
  [[nodiscard]] bool is_well_formed() const { return fault == XmlFault::none; }
};

[[nodiscard]] XmlText parse_xml(std::string_view text);

}  // namespace statuslab::syntax
