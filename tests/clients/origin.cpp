#include "clients/origin.h"

#include <algorithm>
#include <cstdlib>

namespace statuslab::tests {
namespace {

using client::End;
using client::Failure;
using client::Incoming;

const std::string smuggled = "HTTP/1.1 200 OK\r\nContent-Length: 6\r\nContent-Type: text/plain\r\n\r\nPOISON";

Incoming without_length(int status, const std::string& content, End end) {
  Incoming incoming;
  incoming.response.status = static_cast<std::uint16_t>(status);
  incoming.response.content = content;
  incoming.end = end;
  return incoming;
}

// What follows the status in the names of the section about 204, 205 and 304.
Incoming content_case(int status, const std::string& name) {
  const bool late = name.ends_with("-delayed");
  const std::string kind = late ? name.substr(0, name.size() - 8) : name;
  Incoming incoming = without_length(status, "", End::whole);
  http::Fields& fields = incoming.response.fields;
  incoming.late = late;
  if (kind == "nocl-nobody") incoming.end = End::silent;
  if (kind == "cl0") fields = {{"Content-Length", "0"}};
  if (kind == "cl5-body") incoming = plain(status, "hello");
  if (kind == "cl5-nobody") {
    fields = {{"Content-Length", "5"}};
    incoming.end = End::silent;
  }
  if (kind == "chunked-body") {
    fields = {{"Transfer-Encoding", "chunked"}};
    incoming.response.content = "hello";
  }
  if (kind == "nocl-body") incoming = without_length(status, "hello", End::silent);
  if (kind == "cl-smuggled-response") incoming = plain(status, smuggled);
  if (kind == "close-cl5-body") {
    incoming = plain(status, "hello", {{"Connection", "close"}});
    incoming.end = End::closed;
  }
  if (kind == "nocl-body-close") {
    incoming = without_length(status, "hello", End::closed);
    incoming.response.fields = {{"Connection", "close"}};
  }
  incoming.late = late;
  return incoming;
}

// "103-103-200", "100-then-silence-close", "103x60-200", "103-cl5-body-200".
Incoming interim_case(const std::string& name) {
  const int first = std::atoi(name.c_str());
  Incoming incoming = plain(200, "final");
  auto& interim = incoming.response.interim;
  const auto add = [&](int status) {
    http::Fields fields;
    if (status == 103) fields = {{"Link", "</hint.css>; rel=preload; as=style"}};
    if (status == 101) fields = {{"Connection", "upgrade"}, {"Upgrade", "websocket"}};
    interim.push_back({static_cast<std::uint16_t>(status), fields});
  };
  const int repeats = name.starts_with("103x60") ? 60 : 1;
  for (int i = 0; i < repeats; ++i) add(first);
  if (name.starts_with("103-103") || name.starts_with("100-100") || name.starts_with("100-103")) add(std::atoi(name.c_str() + 4));
  if (name.find("cl5-body") != std::string::npos) incoming.stray = "hello";
  if (name == "103-204") incoming.response.status = 204, incoming.response.content.clear(), incoming.response.fields.clear();
  if (name.ends_with("-close")) incoming.failure = Failure::closed;
  return incoming;
}

Incoming location_case(const std::string& name) {
  const int status = std::atoi(name.c_str());
  const std::string kind = name.substr(4);
  Incoming incoming = plain(status, "hello");
  const auto add = [&](const char* value) { incoming.response.fields.push_back({"Location", value}); };
  if (kind == "empty-location") add("");
  if (kind == "invalid-location") add("http://[bad");
  if (kind == "two-different-locations") add("/t/one"), add("/t/two");
  if (kind == "two-same-locations") add("/t/one"), add("/t/one");
  if (kind == "scheme-relative") add("//127.0.0.1:9101/t/sr");
  if (kind == "data-url") add("data:text/plain,hi");
  if (kind == "ftp") add("ftp://127.0.0.1:9/x");
  if (kind == "space-in-path") add("/t/a b");
  if (kind == "utf8-in-path") add("/t/\xC3\xA9");
  if (kind == "fragment") add("/t/frag#zzz");
  return incoming;
}

Incoming other_case(const std::string& name) {
  const int status = std::atoi(name.c_str() + 2);
  Incoming incoming = plain(status, "hello");
  const auto add = [&](const char* field, const char* value) { incoming.response.fields.push_back({field, value}); };
  if (name == "f-401-basic") add("WWW-Authenticate", "Basic realm=\"x\"");
  if (name == "f-401-unknown-scheme") add("WWW-Authenticate", "Newscheme realm=\"x\"");
  if (name == "f-401-digest") add("WWW-Authenticate", "Digest realm=\"x\", nonce=\"n\", qop=\"auth\"");
  if (name == "g-206-no-range") add("Content-Range", "bytes 0-4/10");
  if (name == "g-206-wrong-range") {
    incoming = plain(status, "world");
    incoming.response.fields.push_back({"Content-Range", "bytes 5-9/10"});
  }
  if (name == "g-200-for-range") return plain(status, "helloworld");
  if (name == "j-407-basic") add("Proxy-Authenticate", "Basic realm=\"x\"");
  return incoming;
}

bool starts(std::string_view s, std::string_view prefix) { return s.starts_with(prefix); }

}  // namespace

std::string path_of(const std::string& target) {
  const std::size_t slash = target.find('/', target.find("//") + 2);
  return slash == std::string::npos ? "/" : target.substr(slash);
}

Incoming plain(int status, const std::string& content, http::Fields fields) {
  Incoming incoming = without_length(status, content, End::whole);
  incoming.response.fields = std::move(fields);
  incoming.response.fields.push_back({"Content-Length", std::to_string(content.size())});
  incoming.response.fields.push_back({"Content-Type", "text/plain"});
  return incoming;
}

Incoming scripted_case(const std::string& name) {
  if (starts(name, "i-")) return interim_case(name.substr(2));
  if (starts(name, "h-")) return location_case(name.substr(2));
  if (starts(name, "f-") || starts(name, "g-") || starts(name, "j-")) return other_case(name);
  const std::string kind = name.substr(4, name.find(' ') == std::string::npos ? std::string::npos : name.find(' ') - 4);
  return content_case(std::atoi(name.c_str()), kind);
}

Incoming with_status_text(const std::string& status, const std::string& content) {
  Incoming incoming = plain(std::atoi(status.c_str()), content);
  incoming.status_text = status;
  return incoming;
}

Incoming ScriptedOrigin::answer(const client::Outgoing& outgoing, Instant) {
  const std::string path = path_of(outgoing.request.target);
  const bool first = visits_[path]++ == 0;
  const http::Fields open{{"Access-Control-Allow-Origin", "*"}, {"Access-Control-Allow-Headers", "*"}, {"Access-Control-Allow-Methods", "*"}};
  const auto within = [&](std::size_t from) { return path.substr(from, path.find('/', from) - from); };
  if (starts(path, "/probe/")) return plain(200, "probe-U");
  if (starts(path, "/t/")) return plain(200, "target");
  if (starts(path, "/echo/")) {
    http::Fields fields = open;
    // The page that asked sets Authorization, for which "*" is not enough everywhere.
    if (outgoing.request.method == "OPTIONS") http::set(fields, "Access-Control-Allow-Headers", "authorization, x-custom, content-type");
    return plain(200, "echo", fields);
  }
  if (starts(path, "/loop")) {
    return plain(302, "", {{"Location", "/loop/" + std::to_string(visits_.size()) + "/U"}});
  }
  if (starts(path, "/r/")) return plain(std::atoi(path.c_str() + 3), "rbody", {{"Location", "/t/U"}});
  if (starts(path, "/xo/")) {
    http::Fields fields = open;
    fields.push_back({"Location", "http://127.0.0.1:9102/echo/U"});
    return plain(std::atoi(path.c_str() + 4), "", fields);
  }
  if (starts(path, "/once/")) {
    if (!first) return plain(200, "again");
    http::Fields fields;
    if (path.find("ra=1") != std::string::npos) fields.push_back({"Retry-After", "1"});
    if (path.find("close=1") != std::string::npos) fields.push_back({"Connection", "close"});
    return plain(std::atoi(path.c_str() + 6), "first", fields);
  }
  if (starts(path, "/dead/") || starts(path, "/deadalways")) {
    if (!first && starts(path, "/dead/")) return plain(200, "again");
    Incoming incoming;
    incoming.failure = path.find("/rst/") == std::string::npos ? Failure::closed : Failure::reset;
    return incoming;
  }
  if (starts(path, "/code/")) return with_status_text(within(6), "hello");
  if (starts(path, "/x/")) return scripted_case(within(3));
  return plain(200, "page");
}

}  // namespace statuslab::tests
