#include "syntax/xml10.h"

#include <catch2/catch_test_macros.hpp>

#include <string>
#include <string_view>

namespace statuslab::tests {
namespace {

using syntax::parse_xml;
using syntax::XmlFault;

XmlFault fault_of(std::string_view text) { return parse_xml(text).fault; }

}  // namespace

TEST_CASE("XML 1.0: well-formed documents have no fault") {
  for (const char* text :
       {"<a/>", "<?xml version=\"1.0\" encoding='utf-8'?>\n<a><b x=\"1\" y='2'/>t &amp; &#10;<!-- c --></a>\n",
        "<a><![CDATA[ < & ]]></a >", "<d:a xmlns:d=\"DAV:\"><d:b xml:lang='en'/></d:a>", "<!DOCTYPE a><a>&b;</a>",
        "\xEF\xBB\xBF<?xml version=\"1.0\"?><a/>"}) {
    INFO(text);
    CHECK(fault_of(text) == XmlFault::none);
  }
}

TEST_CASE("XML 1.0: faults and their places") {
  CHECK(fault_of("<a><b></a>") == XmlFault::end_mismatch);
  CHECK(fault_of("<a>") == XmlFault::unclosed);
  CHECK(fault_of("<a b=\"") == XmlFault::unclosed);
  CHECK(fault_of("</a>") == XmlFault::end_without_start);
  CHECK(fault_of("<a/><b/>") == XmlFault::after_root);
  CHECK(fault_of("<a/>text") == XmlFault::after_root);
  CHECK(fault_of("") == XmlFault::no_root);
  CHECK(fault_of("<a b=1/>") == XmlFault::attribute_value);
  CHECK(fault_of("<a b/>") == XmlFault::attribute_value);
  CHECK(fault_of("<a b='1' b='2'/>") == XmlFault::attribute_repeated);
  CHECK(fault_of("<a>1 < 2</a>") == XmlFault::less_than);
  CHECK(fault_of("<a>b & c</a>") == XmlFault::ampersand);
  CHECK(fault_of("<a>&nbsp;</a>") == XmlFault::entity);
  CHECK(fault_of("\n<?xml version='1.0'?><a/>") == XmlFault::declaration_late);
  CHECK(fault_of("<a><!-- -- --></a>") == XmlFault::comment_dashes);
  CHECK(fault_of(std::string_view("<a>\x01</a>")) == XmlFault::character);
  CHECK(fault_of("<a:b/>") == XmlFault::prefix);
  const syntax::XmlText xml = parse_xml("<a><b></c></a>");
  CHECK(xml.begin == 6);
  CHECK(xml.end == 10);
  CHECK(xml.other == "b");
}

TEST_CASE("XML 1.0: root, encoding and document type") {
  const syntax::XmlText xml = parse_xml(
      "<?xml version=\"1.0\" encoding=\"latin1\"?><!DOCTYPE p SYSTEM \"a.dtd\" [<!ENTITY e 'x'>]><p:r xmlns:p=\"urn:x\">&e;</p:r>");
  CHECK(xml.is_well_formed());
  CHECK(xml.root == "r");
  CHECK(xml.root_namespace == "urn:x");
  CHECK(xml.encoding == "latin1");
  CHECK(xml.system_id == "SYSTEM \"a.dtd\"");
  CHECK(xml.entity == "<!ENTITY e 'x'");
}

}  // namespace statuslab::tests
