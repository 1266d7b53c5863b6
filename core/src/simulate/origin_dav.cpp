#include "simulate/origin_dav.h"

#include <algorithm>

#include "base/ascii.h"
#include "statuslab/registry.h"
#include "syntax/rfc9110.h"

namespace statuslab::origin {
namespace {

constexpr std::string_view declaration = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

std::string status_line(std::uint16_t status) {
  const auto rows = find_status(status);
  return "HTTP/1.1 " + number(status) + " " + (rows.empty() ? std::string() : std::string(rows[0].phrase));
}

std::string status_element(std::uint16_t status) { return "<D:status>" + status_line(status) + "</D:status>"; }

std::string propstat(std::string_view property, std::uint16_t status) {
  return "<D:propstat><D:prop>" + std::string(property) + "</D:prop>" + status_element(status) + "</D:propstat>";
}

std::string response(std::string_view path, const std::string& inside) {
  return "<D:response><D:href>" + escape_markup(path) + "</D:href>" + inside + "</D:response>\n";
}

// Without properties that the request names, all that there are: here one.
std::string properties(bool collection) {
  return propstat(collection ? "<D:resourcetype><D:collection/></D:resourcetype>" : "<D:resourcetype/>", 200);
}

// RFC 4918 section 9.2.2: all properties or none; the others fail with 424.
std::string patched(const Turn& turn) {
  const bool fails = turn.resource->dav && turn.resource->dav->dependency_failed;
  if (!fails) return propstat("<D:displayname/>", 200);
  return propstat("<D:getetag/>", 403) + propstat("<D:displayname/>", 424);
}

// Section 9.6.1: the members that stay, with why; their parent gets 424 only where that helps, so it is left out.
std::string member(const Turn& turn, const Member& member) {
  if (!turn.is("PROPFIND")) return response(member.path, status_element(member.status));
  if (member.status == 208) return response(member.path, propstat("<D:resourcetype/>", 208));
  return response(member.path, member.status < 300 ? properties(member.path.ends_with('/')) : status_element(member.status));
}

bool holds(const std::string_view condition, const Resource& resource, std::string_view etag) {
  if (condition.front() == '[') return condition.substr(1, condition.size() - 2) == etag;
  return resource.dav && resource.dav->lock && condition.substr(1, condition.size() - 2) == resource.dav->lock->token;
}

// The conditions of one list, without its parentheses.
bool list_holds(std::string_view list, const Resource& resource, std::string_view etag) {
  bool negated = false;
  while (!(list = ascii::trim(list)).empty()) {
    if (list.size() > 3 && ascii::equals_ignoring_case(list.substr(0, 3), "Not")) {
      negated = true;
      list.remove_prefix(3);
      continue;
    }
    const std::size_t end = list.find(list.front() == '[' ? ']' : '>');
    if (end == std::string_view::npos || (list.front() != '[' && list.front() != '<')) return false;
    if (holds(list.substr(0, end + 1), resource, etag) == negated) return false;
    negated = false;
    list.remove_prefix(end + 1);
  }
  return true;
}

}  // namespace

bool if_holds(const Resource& resource, std::string_view etag, std::string_view value) {
  while (true) {
    const std::size_t begin = value.find('('), end = value.find(')', begin == std::string_view::npos ? 0 : begin);
    if (begin == std::string_view::npos || end == std::string_view::npos) return false;
    if (list_holds(value.substr(begin + 1, end - begin - 1), resource, etag)) return true;
    value.remove_prefix(end + 1);
  }
}

bool submits_token(const Turn& turn, const Lock& lock) {
  const std::string coded = "<" + lock.token + ">";
  return turn.field("If").value_or("").find(coded) != std::string::npos;
}

std::string depth_of(const Turn& turn) {
  const auto depth = turn.field("Depth");
  return depth ? std::string(ascii::trim(*depth)) : "infinity";
}

bool knows_bindings(const Turn& turn) {
  const auto dav = turn.field("DAV");
  if (!dav) return false;
  const auto members = syntax::list_members(*dav);
  return std::find(members.begin(), members.end(), "bind") != members.end();
}

std::string multistatus(const Turn& turn) {
  std::string text(declaration);
  text += "<D:multistatus xmlns:D=\"DAV:\">\n";
  if (turn.is("PROPPATCH"))
    text += response(turn.target.path, patched(turn));
  else if (turn.is("PROPFIND"))
    text += response(turn.target.path, properties(turn.resource->collection));
  const bool deep = !turn.is("PROPPATCH") && depth_of(turn) != "0";
  if (deep && turn.resource->dav)
    for (const Member& one : turn.resource->dav->members)
      if (turn.is("PROPFIND") || one.status >= 400) text += member(turn, one);
  if (deep && turn.is("PROPFIND") && turn.resource->dav && turn.resource->dav->bindings_loop)
    text += response(turn.target.path + (turn.target.path.ends_with('/') ? "again/" : "/again/"), propstat("<D:resourcetype/>", 208));
  return text + "</D:multistatus>\n";
}

std::string dav_error(std::string_view condition, std::string_view path) {
  const std::string name(condition);
  return std::string(declaration) + "<D:error xmlns:D=\"DAV:\"><D:" + name + "><D:href>" + escape_markup(path) + "</D:href></D:" +
         name + "></D:error>\n";
}

std::string lock_discovery(const Turn& turn, const Lock& lock) {
  return std::string(declaration) +
         "<D:prop xmlns:D=\"DAV:\"><D:lockdiscovery><D:activelock><D:locktype><D:write/></D:locktype>"
         "<D:lockscope><D:exclusive/></D:lockscope><D:depth>" +
         escape_markup(lock.depth) + "</D:depth><D:locktoken><D:href>" + escape_markup(lock.token) +
         "</D:href></D:locktoken><D:lockroot><D:href>" + escape_markup(turn.target.path) +
         "</D:href></D:lockroot></D:activelock></D:lockdiscovery></D:prop>\n";
}

std::string destination_of(const Turn& turn) {
  const auto destination = turn.field("Destination");
  if (!destination) return {};
  return syntax::resolve(syntax::split_uri_reference(*destination), turn.target).path;
}

bool destination_exists(const Turn& turn) {
  const Resource* there = find_resource(turn.config, destination_of(turn));
  return there != nullptr && there->exists && !there->history.gone;
}

}  // namespace statuslab::origin
