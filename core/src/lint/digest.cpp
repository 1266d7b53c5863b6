// Digest fields (RFC 9530) and those they replace: RFC 3230, Content-MD5.
#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.h"
#include "base/digest.h"
#include "checks/digest.h"
#include "lint/content.h"
#include "lint/reporter.h"
#include "statuslab/structured_field.h"
#include "syntax/rfc9110.h"

namespace statuslab::lint::checks {
namespace {

struct Algorithm {
  std::string_view key;
  std::size_t size;  // of the digest in bytes, 0 where it is not fixed
  bool active;       // RFC 9530 section 7.2; the others are deprecated
  std::string (*compute)(std::string_view);
};

constexpr std::array<Algorithm, 8> algorithms{{
    {"sha-512", 64, true, sha512},
    {"sha-256", 32, true, sha256},
    {"md5", 16, false, md5},
    {"sha", 20, false, nullptr},
    {"unixsum", 0, false, nullptr},
    {"unixcksum", 0, false, nullptr},
    {"adler", 4, false, nullptr},
    {"crc32c", 4, false, nullptr},
}};

const Algorithm* find_algorithm(std::string_view key) {
  for (const Algorithm& algorithm : algorithms)
    if (ascii::equals_ignoring_case(algorithm.key, key)) return &algorithm;
  return nullptr;
}

// A member of an integrity field, with its place on the wire.
struct Digest {
  std::string key;
  structured::BareItem value;
  Span key_span;
  Span value_span;
};

// Empty where the field is no dictionary.
std::vector<Digest> read_digests(const FieldView& field) {
  std::vector<std::string_view> lines;
  for (std::size_t i = 0; i < field.size(); ++i) lines.push_back(field.value(i));
  const structured::Parsed parsed = structured::parse(structured::join(lines), structured::FieldType::dictionary);
  std::vector<Digest> result;
  if (parsed.error) return result;
  const auto place = [&](Span span) {
    const structured::LinePlace at = structured::place_in_lines(span, lines);
    const std::uint32_t begin = field.line(at.line).value.begin;
    return Span{begin + at.span.begin, begin + at.span.end};
  };
  for (const structured::Member& member : parsed.value.members)
    if (!member.is_inner_list) result.push_back({member.key, member.value, place(member.key_span), place(member.value.span)});
  return result;
}

const std::vector<Digest>& digests(const FieldView& field) { return field.once<read_digests>(); }

void compare(const FieldView& field, Reporter& report) {
  const std::string_view content = field.message().content().text();
  for (const Digest& digest : digests(field)) {
    const Algorithm* algorithm = find_algorithm(digest.key);
    if (algorithm == nullptr || algorithm->compute == nullptr || digest.value.type != structured::ItemType::binary ||
        digest.value.text.size() != algorithm->size)
      continue;
    const std::string computed = algorithm->compute(content);
    if (computed == digest.value.text) continue;
    const std::string right = ':' + base64(computed) + ':';
    report.at(digest.value_span)
        .with("algorithm", algorithm->key)
        .with("digest", right)
        .fix(0, right);
  }
}

// What stands here is what the sender computed its digest of.
bool is_comparable(const MessageView& message) {
  return message.method() != "HEAD" && message.content().is_as_sent() && !message.content().is_coded_in_name_only();
}

// The content is the representation that Repr-Digest speaks of: of the target of a GET, or of what a PUT or POST brings
// (section 3.1). Other responses may speak of the resource that Content-Location names (section 3.2).
bool has_whole_representation(const MessageView& message) {
  if (!message.content().is_whole()) return false;
  if (message->is_request()) return message.method() == "PUT" || message.method() == "POST";
  return message->status == 200 && (message.method() == "GET" || message.method().empty());
}

bool is_base64(std::string_view s) {
  return std::all_of(s.begin(), s.end(), [](char c) {
    return ascii::is_alpha(c) || ascii::is_digit(c) || c == '+' || c == '/' || c == '=';
  });
}

std::string_view trimmed(std::string_view s) { return ascii::trim(s); }

}  // namespace

void check_content_digest_mismatch(const FieldView& field, Reporter& report) {
  if (is_comparable(field.message())) compare(field, report);
}

void check_repr_digest_mismatch(const FieldView& field, Reporter& report) {
  if (is_comparable(field.message()) && has_whole_representation(field.message())) compare(field, report);
}

void check_digest_not_bytes(const FieldView& field, Reporter& report) {
  // As the Digest field had it: base64 without colons.
  for (const std::string_view text : field.members()) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos || find_algorithm(text.substr(0, equals)) == nullptr) continue;
    const std::string_view value = text.substr(equals + 1);
    if (value.size() < 8 || !is_base64(value)) continue;
    report.at(value).with("algorithm", text.substr(0, equals)).fix(0, ':' + std::string(value) + ':');
    return;
  }
  for (const Digest& digest : digests(field)) {
    if (digest.value.type == structured::ItemType::binary) continue;
    report.at(digest.value_span.empty() ? digest.key_span : digest.value_span).with("algorithm", digest.key);
    return;
  }
}

void check_digest_length(const FieldView& field, Reporter& report) {
  for (const Digest& digest : digests(field)) {
    const Algorithm* algorithm = find_algorithm(digest.key);
    if (algorithm == nullptr || algorithm->size == 0 || digest.value.type != structured::ItemType::binary) continue;
    if (digest.value.text.size() == algorithm->size || !algorithm->active) continue;
    Report& finding = report.at(digest.value_span);
    finding.with("algorithm", algorithm->key)
        .with("size", std::uint64_t{digest.value.text.size()})
        .with("expected", std::uint64_t{algorithm->size});
    // The hexadecimal digits instead of the bytes they stand for.
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digest.value.text.size(); i += 2) {
      const int high = ascii::hex_value(digest.value.text[i]);
      const int low = ascii::hex_value(digest.value.text[i + 1]);
      if (high < 0 || low < 0) break;
      bytes += static_cast<char>(high << 4 | low);
    }
    if (bytes.size() == algorithm->size && digest.value.text.size() == 2 * bytes.size())
      finding.fix(0, digest.value_span, ':' + base64(bytes) + ':');
    return;
  }
}

void check_digest_deprecated_algorithm(const FieldView& field, Reporter& report) {
  const std::vector<Digest>& all = digests(field);
  const Digest* weak = nullptr;
  for (const Digest& digest : all) {
    const Algorithm* algorithm = find_algorithm(digest.key);
    if (algorithm == nullptr || algorithm->active) return;
    if (weak == nullptr) weak = &digest;
  }
  if (weak != nullptr) report.at(weak->key_span).with("algorithm", weak->key);
}

void check_digest_unknown_algorithm(const FieldView& field, Reporter& report) {
  for (const Digest& digest : digests(field)) {
    if (find_algorithm(digest.key) != nullptr) continue;
    Report& finding = report.at(digest.key_span);
    finding.with("algorithm", digest.key);
    if (digest.key == "sha256" || digest.key == "sha512")
      finding.fix(0, digest.key_span, "sha-" + digest.key.substr(3));
    return;
  }
}

// Section 4: "It must be in the range 0 to 10 inclusive. 1 is the least preferred, 10 is the most preferred, and a value of
// 0 means "not acceptable"."
void check_digest_preference(const FieldView& field, Reporter& report) {
  for (const Digest& digest : digests(field)) {
    if (digest.value.type == structured::ItemType::integer && digest.value.number >= 0 && digest.value.number <= 10) continue;
    report.at(digest.value_span.empty() ? digest.key_span : digest.value_span)
        .with("algorithm", digest.key)
        .with("value", field.message().text(digest.value_span));
    return;
  }
}

void check_content_md5_mismatch(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  // Storage services answer an upload with the digest of what they stored.
  const bool of_upload = message->is_response() && message.content().text().empty();
  if (field.size() != 1 || !is_comparable(message) || of_upload) return;
  const std::string right = base64(md5(message.content().text()));
  if (trimmed(field.value()) != right) report.at(field).with("digest", right).fix(0, right);
}

// Digest: SHA-256=base64 of the instance (RFC 3230): the whole of it, in its content coding.
void check_legacy_digest_mismatch(const FieldView& field, Reporter& report) {
  const MessageView& message = field.message();
  if (!is_comparable(message) || !has_whole_representation(message)) return;
  for (const std::string_view text : field.members()) {
    const std::size_t equals = text.find('=');
    if (equals == std::string_view::npos) continue;
    const Algorithm* algorithm = find_algorithm(text.substr(0, equals));
    if (algorithm == nullptr || algorithm->compute == nullptr) continue;
    const std::string right = base64(algorithm->compute(message.content().text()));
    const std::string_view value = text.substr(equals + 1);
    if (value == right) continue;
    report.at(value).with("algorithm", algorithm->key).with("digest", right).fix(0, right);
  }
}

}  // namespace statuslab::lint::checks
