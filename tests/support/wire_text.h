// Requests and responses as the text of HTTP/1.1, for tests that lint what the simulator sends.
#pragma once

#include <string>

#include "statuslab/http.h"

namespace statuslab::tests {

inline std::string wire_fields(const http::Fields& fields) {
  std::string text;
  for (const http::Field& field : fields) text += field.name + ": " + field.value + "\r\n";
  return text + "\r\n";
}

// In origin-form, with the Host of the target where none is given and the length of content that has none.
inline std::string wire_text(const http::Request& request, const std::string& version = "1.1") {
  const std::size_t authority = request.target.find("://") + 3;
  const std::size_t path = request.target.find('/', authority);
  http::Fields fields = request.fields;
  if (!http::has(fields, "Host")) fields.insert(fields.begin(), {"Host", request.target.substr(authority, path - authority)});
  if (!request.content.empty() && !http::has(fields, "Content-Length") && !http::has(fields, "Transfer-Encoding"))
    fields.push_back({"Content-Length", std::to_string(request.content.size())});
  const std::string form = request.target.ends_with("/*") ? "*" : request.target.substr(path);
  return request.method + " " + form + " HTTP/" + version + "\r\n" + wire_fields(fields) + request.content;
}

// With its interim responses; content as one chunk where it is chunked.
inline std::string wire_text(const http::Response& response) {
  std::string text;
  for (const http::Interim& interim : response.interim)
    text += "HTTP/1.1 " + std::to_string(interim.status) + " Interim\r\n" + wire_fields(interim.fields);
  text += "HTTP/1.1 " + std::to_string(response.status) + " " + response.reason + "\r\n" + wire_fields(response.fields);
  if (!http::has(response.fields, "Transfer-Encoding")) return text + response.content;
  constexpr char digits[] = "0123456789abcdef";
  std::string size;
  for (std::size_t n = response.content.size(); n > 0; n /= 16) size.insert(size.begin(), digits[n % 16]);
  if (!size.empty()) text += size + "\r\n" + response.content + "\r\n";
  return text + "0\r\n" + wire_fields(response.trailers);
}

}  // namespace statuslab::tests
