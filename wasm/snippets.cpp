// Snippets for JavaScript hosts. Requests come as UTF-8 JSON, messages as bytes through the heap, results go as one JSON
// string. No logic here.
#include <emscripten/bind.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "statuslab/snippet_json.h"
#include "statuslab/version.h"

namespace {

using Pointer = std::uintptr_t;

Pointer allocate(std::size_t size) { return reinterpret_cast<Pointer>(std::malloc(size == 0 ? 1 : size)); }
void release(Pointer pointer) { std::free(reinterpret_cast<void*>(pointer)); }

std::string_view text_at(Pointer pointer, std::size_t size) {
  return pointer == 0 ? std::string_view{} : std::string_view(reinterpret_cast<const char*>(pointer), size);
}

std::string snippet(Pointer pointer, std::size_t size) { return statuslab::snippet_json(text_at(pointer, size)); }
std::string project(Pointer pointer, std::size_t size) { return statuslab::snippet_project_json(text_at(pointer, size)); }
std::string example(unsigned status, Pointer pointer, std::size_t size) {
  return statuslab::example_answer_json(status, text_at(pointer, size));
}
std::string answer(Pointer response, std::size_t response_size, Pointer request, std::size_t request_size) {
  return statuslab::answer_json(text_at(response, response_size), text_at(request, request_size));
}
std::string version() { return std::string(statuslab::version); }

}  // namespace

EMSCRIPTEN_BINDINGS(statuslab_snippets) {
  emscripten::function("allocate", &allocate);
  emscripten::function("release", &release);
  emscripten::function("snippet", &snippet);
  emscripten::function("project", &project);
  emscripten::function("example", &example);
  emscripten::function("answer", &answer);
  emscripten::function("facts", &statuslab::snippet_facts_json);
  emscripten::function("version", &version);
}
