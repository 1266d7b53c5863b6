// 1xx (Informational), RFC 9110 section 15.2.
#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "checks/informational.h"
#include "lint/reporter.h"
#include "syntax/rfc6455.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// protocol = protocol-name ["/" protocol-version]; "recipients SHOULD use case-insensitive comparison when matching
// each protocol-name to supported protocols". A version that only one side names is no contradiction.
bool same_protocol(std::string_view a, std::string_view b) {
  const std::size_t slash_a = a.find('/');
  const std::size_t slash_b = b.find('/');
  if (slash_a != std::string_view::npos && slash_b != std::string_view::npos) return ascii::equals_ignoring_case(a, b);
  return ascii::equals_ignoring_case(a.substr(0, slash_a), b.substr(0, slash_b));
}

bool offers(const MessageView& request, std::string_view protocol) {
  const std::vector<std::string_view>& offered = request.field(FieldId::upgrade).members();
  return std::any_of(offered.begin(), offered.end(),
                     [&](std::string_view member) { return same_protocol(member, protocol); });
}

// The request of a WebSocket handshake that the response completes, with one key to answer; null where it is none.
const MessageView* websocket_request(const MessageView& response) {
  const MessageView* request = response.request();
  if (request == nullptr || !response->is_http1()) return nullptr;
  if (!response.field(FieldId::upgrade).lists("websocket")) return nullptr;
  return request->field(FieldId::sec_websocket_key).size() == 1 ? request : nullptr;
}

std::string_view without_parameters(std::string_view member) { return ascii::trim(member.substr(0, member.find(';'))); }

}  // namespace

void check_interim_to_http_1_0(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || !request->message().is_http_1_0() || !response->is_http1()) return;
  report.at(response).with("status", response->status);
}

void check_interim_without_final(const MessageView& response, Reporter& report) {
  if (response->status == 101 || !response->head_terminated) return;
  if (response.text().find("HTTP/", response->whole.end) != std::string_view::npos) return;
  report.at(response).with("status", response->status);
}

void check_interim_connection_close(const MessageView& response, Reporter& report) {
  const FieldView connection = response.field(FieldId::connection);
  const std::string_view option = connection.find_member("close");
  if (option.empty() || !response->is_http1()) return;
  Report& finding = report.at(option).with("status", response->status);
  if (connection.members().size() == 1) finding.remove(0, connection);
}

void check_interim_representation_metadata(const MessageView& response, Reporter& report) {
  // The fields of a 103 foretell those of the final response.
  if (response->status == 103) return;
  constexpr std::array metadata{FieldId::content_type, FieldId::content_encoding, FieldId::content_language,
                                FieldId::etag};
  for (const FieldId id : metadata) {
    const FieldView field = response.field(id);
    if (field.empty()) continue;
    report.at(field.first())
        .with("status", response->status)
        .with("field", field.name())
        .remove(0, field);
  }
}

void check_continue_without_expect(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || request->message().is_http_1_0()) return;
  if (request->field(FieldId::expect).lists("100-continue")) return;
  report.at(response);
}

void check_switching_protocols_in_http2(const MessageView& response, Reporter& report) {
  if (response->is_http1()) return;
  report.at(response).with("version", response.text(response->version));
}

void check_switching_protocols_without_upgrade(const MessageView& response, Reporter& report) {
  if (!response->is_http1() || response.has(FieldId::upgrade)) return;
  Report& finding = report.at(response);
  if (response.request() == nullptr) return;
  const std::vector<std::string_view>& offered = response.request()->field(FieldId::upgrade).members();
  if (offered.size() != 1) return;
  const std::string_view protocol = offered.front();
  finding.with("protocol", protocol).fix(0, add_field(response, "Upgrade", protocol));
}

void check_switching_protocols_not_offered(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || !response->is_http1() || request->message().is_http_1_0()) return;
  for (const std::string_view protocol : response.field(FieldId::upgrade).members()) {
    // RFC 2817 section 3.3 answers "TLS/1.0" with "TLS/1.0, HTTP/1.1": the layers that are in effect afterwards.
    if (protocol.empty() || same_protocol(protocol, "HTTP") || offers(*request, protocol)) continue;
    report.at(protocol).with("protocol", protocol);
  }
}

void check_switching_protocols_before_continue(const MessageView& response, Reporter& report) {
  const MessageView* request = response.request();
  if (request == nullptr || !response->is_http1() || response.index() != 0) return;
  if (!request->has(FieldId::upgrade) || !request->field(FieldId::expect).lists("100-continue")) return;
  report.at(response);
}

void check_websocket_accept_missing(const MessageView& response, Reporter& report) {
  const MessageView* request = websocket_request(response);
  if (request == nullptr || response.has(FieldId::sec_websocket_accept)) return;
  const std::string accept = syntax::websocket_accept(request->field(FieldId::sec_websocket_key).value());
  report.at(response).with("accept", accept).fix(0, add_field(response, "Sec-WebSocket-Accept", accept));
}

void check_websocket_accept_wrong(const MessageView& response, Reporter& report) {
  const MessageView* request = websocket_request(response);
  const FieldView field = response.field(FieldId::sec_websocket_accept);
  if (request == nullptr || field.size() != 1) return;
  const std::string accept = syntax::websocket_accept(request->field(FieldId::sec_websocket_key).value());
  if (field.value() == accept) return;
  report.at(field.value_span().empty() ? field.first().name : field.value_span())
      .with("value", field.value())
      .with("accept", accept)
      .fix(0, set_field(response, FieldId::sec_websocket_accept, accept));
}

void check_websocket_protocol_not_offered(const MessageView& response, Reporter& report) {
  const MessageView* request = websocket_request(response);
  const FieldView chosen = response.field(FieldId::sec_websocket_protocol);
  if (request == nullptr || chosen.empty()) return;
  const std::vector<std::string_view>& offered = request->field(FieldId::sec_websocket_protocol).members();
  const bool known = std::any_of(offered.begin(), offered.end(),
                                 [&](std::string_view member) { return member == chosen.value(); });
  if (known || chosen.value().empty()) return;
  report.at(chosen).with("protocol", chosen.value());
}

void check_websocket_extension_not_offered(const MessageView& response, Reporter& report) {
  const MessageView* request = websocket_request(response);
  if (request == nullptr) return;
  const std::vector<std::string_view>& offered = request->field(FieldId::sec_websocket_extensions).members();
  for (const std::string_view member : response.field(FieldId::sec_websocket_extensions).members()) {
    const std::string_view name = without_parameters(member);
    const bool known = std::any_of(offered.begin(), offered.end(), [&](std::string_view other) {
      return ascii::equals_ignoring_case(without_parameters(other), name);
    });
    if (!known && !name.empty()) report.at(member).with("extension", name);
  }
}

void check_early_hints_without_link(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::link) || !response->head_terminated) return;
  report.at(response);
}

void check_early_hints_over_http_1_1(const MessageView& response, Reporter& report) {
  if (response->version_major != 1 || response->version_minor != 1) return;
  // Only browsers send it, and they read every interim response.
  if (response.request() != nullptr && response.request()->has(FieldId::sec_fetch_mode)) return;
  report.at(response);
}

void check_early_hints_with_set_cookie(const MessageView& response, Reporter& report) {
  const FieldView field = response.field(FieldId::set_cookie);
  if (!field.empty()) report.at(field.first());
}

void check_processing_obsolete(const MessageView& response, Reporter& report) { report.at(response); }

void check_upload_resumption_without_interop_version(const MessageView& response, Reporter& report) {
  if (response.has(FieldId::upload_draft_interop_version)) return;
  report.at(response);
}

void check_early_hints_dropped(const MessageView& response, Reporter& report) {
  const FieldView link = response.field(FieldId::link);
  const std::string_view after = response.text().substr(response->whole.end);
  // Deliberate: before longer texts nothing is told, so that many hints in a row are read in linear time.
  constexpr std::size_t most = 32'768;
  if (after.size() > most) return;
  // A final response has to be there, as text.
  if (!after.starts_with("HTTP/") || after.find("\n\n") == std::string_view::npos) {
    if (after.find("\r\n\r\n") == std::string_view::npos) return;
  }
  const bool is_coded = ascii::find_ignoring_case(after, "content-encoding:") != std::string_view::npos;
  if (is_coded || after.find("<") == std::string_view::npos) return;
  for (std::size_t i = 0; i < link.size(); ++i) {
    const std::string_view value = link.value(i);
    const std::size_t open = value.find('<');
    const std::size_t close = value.find('>');
    if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 1) continue;
    const std::string_view target = value.substr(open + 1, close - open - 1);
    if (value.find("preconnect") != std::string_view::npos || after.find(target) != std::string_view::npos) continue;
    const std::uint32_t begin = link.value_span(i).begin + static_cast<std::uint32_t>(open) + 1;
    report.at({begin, begin + static_cast<std::uint32_t>(target.size())}).with("target", target);
    return;
  }
}

}  // namespace statuslab::lint::checks
