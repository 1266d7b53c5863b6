// Requests and responses as values, for machines that make and pass on messages; `Message` is one that was found in a
// text. Source: RFC 9110 sections 5 and 6. They own what they hold.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace statuslab::http {

// One field line. The name keeps the case it was given; comparisons ignore it (RFC 9110 section 5.1).
struct Field {
  std::string name;
  std::string value;
  friend bool operator==(const Field&, const Field&) = default;
};
// In the order of the wire.
using Fields = std::vector<Field>;

// The value of the first line with the name; null where there is none.
[[nodiscard]] const std::string* find(const Fields& fields, std::string_view name);
[[nodiscard]] inline bool has(const Fields& fields, std::string_view name) { return find(fields, name) != nullptr; }
// All lines with the name, "combined into one ... by appending each subsequent field line value ... separated by a comma"
// (section 5.2). Absent where there is no line.
[[nodiscard]] std::optional<std::string> combined(const Fields& fields, std::string_view name);
void remove(Fields& fields, std::string_view name);
// In the place of the first line with the name, the others gone; at the end where there is none.
void set(Fields& fields, std::string_view name, std::string value);
[[nodiscard]] bool same_name(std::string_view a, std::string_view b);

struct Request {
  std::string method = "GET";
  std::string target{};  // an absolute URI, whatever form it takes on the wire: "https://a.example/x?q"
  Fields fields{};
  std::string content{};
};

// An interim response (section 15.2) that comes before the final one.
struct Interim {
  std::uint16_t status = 103;
  Fields fields{};
};

struct Response {
  std::uint16_t status = 200;
  std::string reason{};  // as on the wire; empty: none was sent
  Fields fields{};
  std::string content{};  // without chunks; as it was coded
  Fields trailers{};
  std::vector<Interim> interim{};
};

}  // namespace statuslab::http
