// Response heads into spans and problems, beside http_parser collecting spans and a scan for LF as the limit.
//   bench_parse CORPUS
#include "statuslab/parse.h"

#include <http_parser.h>

#include "bench/corpus.h"

namespace {

using namespace statuslab;

struct Collected {
  const char* base = nullptr;
  std::vector<Span> spans;  // name, value, name, value, ...
  bool in_value = false;
};

// http_parser may give a name or value in pieces.
void add_piece(Collected& collected, const char* at, std::size_t size, bool value) {
  const auto begin = static_cast<std::uint32_t>(at - collected.base);
  if (collected.in_value != value || collected.spans.empty()) {
    collected.spans.push_back({begin, begin});
    collected.in_value = value;
  }
  collected.spans.back().end = begin + static_cast<std::uint32_t>(size);
}

int on_field(http_parser* parser, const char* at, std::size_t size) {
  add_piece(*static_cast<Collected*>(parser->data), at, size, false);
  return 0;
}
int on_value(http_parser* parser, const char* at, std::size_t size) {
  add_piece(*static_cast<Collected*>(parser->data), at, size, true);
  return 0;
}

std::uint64_t run_http_parser(const std::vector<std::string>& heads, Collected& collected) {
  static const http_parser_settings settings = [] {
    http_parser_settings s;
    http_parser_settings_init(&s);
    s.on_header_field = on_field;
    s.on_header_value = on_value;
    return s;
  }();
  std::uint64_t sum = 0;
  for (const std::string& head : heads) {
    http_parser parser;
    http_parser_init(&parser, HTTP_RESPONSE);
    parser.data = &collected;
    collected.base = head.data();
    collected.spans.clear();
    collected.in_value = false;
    http_parser_execute(&parser, &settings, head.data(), head.size());
    sum += parser.status_code + collected.spans.size() / 2;
  }
  return sum;
}

std::uint64_t run_statuslab(const std::vector<std::string>& heads, std::vector<Message>& messages) {
  std::uint64_t sum = 0;
  for (const std::string& head : heads) {
    parse_into(head, {}, messages);
    sum += messages[0].status + messages[0].fields.size();
  }
  return sum;
}

std::uint64_t run_scan(const std::vector<std::string>& heads) {
  std::uint64_t lines = 0;
  for (const std::string& head : heads) {
    const char* p = head.data();
    const char* const end = p + head.size();
    while ((p = static_cast<const char*>(std::memchr(p, '\n', static_cast<std::size_t>(end - p)))) != nullptr) {
      ++lines;
      ++p;
    }
  }
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  using namespace statuslab::bench;
  if (argc != 2) return std::fprintf(stderr, "usage: bench_parse CORPUS\n"), 2;
  const std::vector<std::string> heads = read_corpus(argv[1]);
  Collected collected;
  std::vector<Message> messages;
  std::vector<Contender> contenders{
      {"statuslab", [&] { return run_statuslab(heads, messages); }},
      {"http_parser", [&] { return run_http_parser(heads, collected); }},
      {"memchr(LF)", [&] { return run_scan(heads); }},
  };
  if (contenders[0].run() != contenders[1].run()) {
    std::fprintf(stderr, "statuslab and http_parser do not agree on statuses and field counts\n");
    return 1;
  }
  measure(contenders, heads.size(), 15, 60);
  const double own = median(contenders[0].nanoseconds);
  std::printf("native: %zu heads\n", heads.size());
  for (const Contender& contender : contenders) {
    const double time = median(contender.nanoseconds);
    std::printf("  %-12s %8.1f ns a head (median)   statuslab / it = %.3f\n", contender.name.c_str(), time, own / time);
  }
  return 0;
}
