// What FastAPI, Django and Django REST framework have in common: a module with imports, a response class that takes content,
// status, fields and media type, and the conditions and ranges that none of them judges for a view.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "snippet/literal.h"
#include "snippet/plan.h"

namespace statuslab::snippet {

class PythonModule {
 public:
  explicit PythonModule(int level = 0) : code(Language::python, level) {}

  // `from module import name`, once. An empty name: `import module`.
  void use(std::string_view module, std::string_view name = "");
  // The import lines, the standard library before the rest, then two empty lines.
  [[nodiscard]] std::string imports() const;

  Code code;

 private:
  std::map<std::string, std::set<std::string>> used_{};
};

// How a framework names things.
struct PythonWords {
  std::string_view constants;       // table of framework_constants.tsv
  std::string_view constant_owner;  // "HTTPStatus", "status"
  std::string_view constant_module; // "http", "fastapi"
  std::string_view status;          // argument: "status_code"
  std::string_view media;           // argument: "media_type"
  std::string_view module;          // of the class of all responses
  std::string_view response;        // the class: "Response"
  std::string_view streaming;       // "StreamingResponse"
  std::string_view streaming_module;
  std::string_view default_media;   // of the class; empty: none
  std::string_view drop_media;      // the statement that takes the default media type from a `response` without content; empty: none
};

// Text, bytes or JSON text as a literal.
[[nodiscard]] std::string python_content(const Plan& plan);
// HTTPStatus.NOT_FOUND, or 520.
[[nodiscard]] std::string python_status(PythonModule& module, const PythonWords& words, std::uint16_t status);
// {"Retry-After": "30"}; lines of one name are combined, but for Set-Cookie.
[[nodiscard]] Expression python_fields(const http::Fields& fields);

struct PythonResponse {
  std::string class_name;
  std::vector<Expression> content{};  // none or one
  std::uint16_t status = 200;
  http::Fields fields{};
  std::string media{};                // empty: that of the class
  std::vector<Expression> more{};     // arguments at the end
  std::vector<std::string> after{};   // statements about `response`, before it is returned
};
[[nodiscard]] Expression python_call(PythonModule& module, const PythonWords& words, const PythonResponse& response);

// `return ...`, with a comment where the code has no name.
void python_return(PythonModule& module, const PythonWords& words, const Plan& plan, const PythonResponse& response);
// The same for an empty response.
void python_return_empty(PythonModule& module, const PythonWords& words, std::uint16_t status, const http::Fields& fields);

// A package of Target::packages a line.
[[nodiscard]] std::string python_requirements(const Target& target);

// What no WSGI application on gunicorn can send.
[[nodiscard]] std::optional<Note> wsgi_limit(const Plan& plan);
// if early_hints := ...: early_hints(...), where `variables` are those of a WSGI request.
void python_early_hints(PythonModule& module, const Plan& plan, std::string_view variables);

// def parts(): yield ...
void python_parts(PythonModule& module, const Plan& plan, bool is_async);

// if ...: return 304 / 412. What follows is the answer to a request whose conditions hold.
void python_conditions(PythonModule& module, const PythonWords& words, const Plan& plan);
// A whole body: 206, 416, or everything.
void python_ranges(PythonModule& module, const PythonWords& words, const Plan& plan);
// if not ...: return 415.
void python_media_type(PythonModule& module, const PythonWords& words, const Plan& plan);

}  // namespace statuslab::snippet
