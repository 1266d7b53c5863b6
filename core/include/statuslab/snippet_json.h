// Snippets as JSON: one compact UTF-8 line. What cannot be read is answered with {"mistakes":[...]} (reader.h).
//
// An answer: {"kind":"plain","status":404,"reason":"","fields":[{"name":"Vary","value":"Accept"}],"contentKind":"json",
// "content":"{}","method":"GET","path":"/","interim":[{"status":103,"fields":[]}]}; all members may be left out. Content that is
// no UTF-8 stands in "base64" instead.
// A note: {"id":"no-interim","args":["uvicorn","103"]}; the words are in the catalogue `snippets.<language>.json`.
#pragma once

#include <string>
#include <string_view>

namespace statuslab {

// {"answer":{},"target":"express-5","form":"handler"} ->
// {"verdict":"possible","reason":null,"target":"express-5","language":"javascript","main":"app.js",
//  "files":[{"path":"app.js","text":"..."}],"install":[],"start":"","notes":[]}
[[nodiscard]] std::string snippet_json(std::string_view request);
// {"answers":[{}],"target":"express-5"} -> the same of the whole app, and "verdicts":["possible"], one an answer.
[[nodiscard]] std::string snippet_project_json(std::string_view request);
// {"targets":[{"id":...,"framework":...,"name":...,"version":...,"language":...,"runtime":...,"server":...,"packages":[],
// "verified":false}],"cases":[{"name":"json","kind":"plain","contentKind":"json"}],"codes":[100,...]}
[[nodiscard]] std::string snippet_facts_json();
// {"answers":[{"code":404,"case":"json","answer":{},"probes":[{"request":{},"expected":{},"exactContent":true,
// "exactFields":true}],"cells":[{"target":"express-5","verdict":"possible","reason":null}]}]}: each code with each case.
[[nodiscard]] std::string snippet_matrix_json();
// {"answer":{}}: "write this in ..." for the first final response of a text; `request` may be empty.
[[nodiscard]] std::string answer_json(std::string_view response, std::string_view request);
// The model answer of a code and a case: {"answer":{}}.
[[nodiscard]] std::string example_answer_json(unsigned status, std::string_view case_name);

}  // namespace statuslab
