// What a response tells about the inside of a server: versions, addresses, secrets, traces of errors.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/similar.h"
#include "checks/disclosure.h"
#include "lint/reporter.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

// As much of the content as is looked through.
constexpr std::size_t looked_through = 65'536;

std::string_view beginning_of_content(const MessageView& message) {
  return message.text(message->content).substr(0, looked_through);
}

// Text that a person reads: HTML, plain text, JSON, XML. Coded content is not looked into.
bool is_readable(const MessageView& message) {
  const FieldView type = message.field(FieldId::content_type);
  if (type.empty() || message.has(FieldId::content_encoding)) return false;
  const auto media = syntax::parse_media_type(type.value());
  if (!media) return false;
  const std::string_view subtype = media->subtype;
  return ascii::equals_ignoring_case(media->type, "text") || subtype.find("json") != std::string_view::npos ||
         subtype.find("xml") != std::string_view::npos;
}

// product-version with a dot in it, from the slash on: "/1.24.0" of "nginx/1.24.0".
std::string_view exact_version(std::string_view value) {
  for (std::size_t at = value.find('/'); at != std::string_view::npos; at = value.find('/', at + 1)) {
    std::size_t end = at + 1;
    bool dot = false;
    while (end < value.size() && ascii::is_tchar(value[end])) dot |= value[end++] == '.';
    if (at > 0 && end > at + 1 && ascii::is_digit(value[at + 1]) && dot) return value.substr(at, end - at);
  }
  return {};
}

// An IPv4 address of RFC 1918, or of the loopback and link-local networks; empty where there is none.
std::string_view private_address(std::string_view value) {
  if (value.find('.') == std::string_view::npos) return {};
  for (std::size_t begin = 0; begin < value.size(); ++begin) {
    if (!ascii::is_digit(value[begin])) continue;
    std::size_t end = begin;
    while (end < value.size() && (ascii::is_digit(value[end]) || value[end] == '.')) ++end;
    std::string_view address = value.substr(begin, end - begin);
    const bool alone = begin == 0 || (!ascii::is_alpha(value[begin - 1]) && value[begin - 1] != '-' && value[begin - 1] != '_');
    begin = end;
    while (address.ends_with('.')) address.remove_suffix(1);
    if (!alone || std::count(address.begin(), address.end(), '.') != 3 || address.size() > 15 || address.find("..") != std::string_view::npos) continue;
    if (address.starts_with("10.") || address.starts_with("192.168.") || address.starts_with("169.254.")) return address;
    if (!address.starts_with("172.") || address.size() < 7 || address[6] != '.') continue;
    const int second = (address[4] - '0') * 10 + (address[5] - '0');
    if (second >= 16 && second <= 31) return address;
  }
  return {};
}

struct Marker {
  std::string_view text;
  std::string_view what;
};

// The first of the markers in the content; null where none is there.
template <std::size_t N>
const Marker* find_marker(std::string_view content, const std::array<Marker, N>& markers, std::size_t& place) {
  const Marker* first = nullptr;
  place = content.size();
  for (const Marker& marker : markers)
    if (const std::size_t at = content.substr(0, place).find(marker.text); at != std::string_view::npos) {
      place = at;
      first = &marker;
    }
  return first;
}

template <std::size_t N>
void report_marker(const MessageView& response, const std::array<Marker, N>& markers, Reporter& report) {
  if (!is_readable(response)) return;
  const std::string_view content = beginning_of_content(response);
  std::size_t at = 0;
  const Marker* const marker = find_marker(content, markers, at);
  if (marker != nullptr) report.at(content.substr(at, marker->text.size())).with("what", marker->what);
}

}  // namespace

// ---- Fields

void check_server_version_disclosed(const FieldView& field, Reporter& report) {
  const std::string_view version = exact_version(field.value());
  if (version.empty()) return;
  report.at(version).with("name", field.name()).with("value", field.value()).fix(0, "");
}

void check_technology_disclosed(const FieldView& field, Reporter& report) {
  if (field.id() == FieldId::x_powered_by && !exact_version(field.value()).empty()) return;
  report.at(field.first().name).with("name", field.name()).with("value", field.value()).remove(0, field);
}

void check_debug_field_disclosed(const FieldView& field, Reporter& report) {
  report.at(field.first().name).with("name", field.name()).remove(0, field);
}

void check_private_address_disclosed(const MessageView& response, Reporter& report) {
  for (const FieldLine& line : response->fields) {
    const std::string_view name = response.text(line.name);
    const bool vendor = name.size() > 2 && ascii::lower(name[0]) == 'x' && name[1] == '-';
    if (!vendor && !ascii::equals_ignoring_case(name, "Via") && !ascii::equals_ignoring_case(name, "Server")) continue;
    const std::string_view address = private_address(response.value(line));
    if (address.empty()) continue;
    report.at(address).with("name", name).with("address", address);
    return;
  }
}

void check_secret_in_response(const FieldView& field, Reporter& report) {
  if (field.value().size() < 8) return;
  report.at(field).with("name", field.name()).remove(0, field);
}

void check_server_timing_disclosed(const FieldView& field, Reporter& report) {
  static constexpr auto markers = std::to_array<std::string_view>({"SELECT ", "INSERT INTO ", "UPDATE ", "DELETE FROM "});
  for (std::size_t i = 0; i < field.size(); ++i)
    for (const std::string_view marker : markers)
      if (const std::size_t at = field.value(i).find(marker); at != std::string_view::npos) {
        report.at(field.value(i).substr(at, marker.size() - 1));
        return;
      }
}

void check_trace_answered(const ExchangeView& exchange, Reporter& report) {
  if (exchange.request.method() != "TRACE" || exchange.response->status / 100 != 2) return;
  report.at(exchange.response);
}

// ---- Content

void check_stack_trace_disclosed(const MessageView& response, Reporter& report) {
  static constexpr auto markers = std::to_array<Marker>({{"Traceback (most recent call last)", "Python"},
                                                         {"\n    at ", "JavaScript, Java or .NET"},
                                                         {"\\n    at ", "JavaScript, Java or .NET"},
                                                         {"\n\tat ", "Java"},
                                                         {"\\n\\tat ", "Java"},
                                                         {"   at System.", ".NET"},
                                                         {"Stack trace:\n#0 ", "PHP"},
                                                         {"Fatal error: Uncaught", "PHP"},
                                                         {"goroutine 1 [", "Go"},
                                                         {"\ngoroutine ", "Go"},
                                                         {".rb:in `", "Ruby"},
                                                         {"thread 'main' panicked at", "Rust"}});
  report_marker(response, markers, report);
}

void check_sql_error_disclosed(const MessageView& response, Reporter& report) {
  static constexpr auto markers = std::to_array<Marker>({{"You have an error in your SQL syntax", "MySQL"},
                                                         {"SQLSTATE[", "PHP"},
                                                         {"ORA-0", "Oracle"},
                                                         {"psycopg2.errors", "PostgreSQL"},
                                                         {"org.postgresql.util.PSQLException", "PostgreSQL"},
                                                         {"PG::SyntaxError", "PostgreSQL"},
                                                         {"sqlite3.OperationalError", "SQLite"},
                                                         {"SQLITE_ERROR", "SQLite"},
                                                         {"Unclosed quotation mark after the character string", "SQL Server"},
                                                         {"java.sql.SQL", "JDBC"}});
  report_marker(response, markers, report);
}

void check_debug_page_disclosed(const MessageView& response, Reporter& report) {
  static constexpr auto markers = std::to_array<Marker>({{"DEBUG = True", "Django"},
                                                         {"Werkzeug Debugger", "Flask"},
                                                         {"Whoops, looks like something went wrong", "Laravel"},
                                                         {"Server Error in '/' Application", "ASP.NET"},
                                                         {"Action Controller: Exception caught", "Rails"},
                                                         {"/_profiler/", "Symfony"}});
  report_marker(response, markers, report);
}

void check_directory_listing(const MessageView& response, Reporter& report) {
  static constexpr auto markers = std::to_array<Marker>({{"<title>Index of /", "Apache or nginx"},
                                                         {"<title>Directory listing for /", "Python"},
                                                         {"<h1>Index of /", "nginx"}});
  report_marker(response, markers, report);
}

void check_secret_in_content(const MessageView& response, Reporter& report) {
  static constexpr auto markers = std::to_array<Marker>({{"-----BEGIN RSA PRIVATE KEY-----", "a private key"},
                                                         {"-----BEGIN PRIVATE KEY-----", "a private key"},
                                                         {"-----BEGIN EC PRIVATE KEY-----", "a private key"},
                                                         {"-----BEGIN OPENSSH PRIVATE KEY-----", "a private key"},
                                                         {"AWS_SECRET_ACCESS_KEY", "a key of AWS"},
                                                         {"DB_PASSWORD", "the password of a database"},
                                                         {"DATABASE_URL", "the address of a database"}});
  report_marker(response, markers, report);
}

}  // namespace statuslab::lint::checks
