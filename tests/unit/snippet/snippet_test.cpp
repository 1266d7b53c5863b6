#include "statuslab/snippet.h"

#include <catch2/catch_test_macros.hpp>
#include <string>

#include "statuslab/parse.h"

using namespace statuslab;
using namespace statuslab::snippet;

namespace {

std::string handler(const Answer& answer, std::string_view target) {
  const Snippet made = snippet::snippet(answer, *find_target(target), Form::handler);
  return made.files.empty() ? "" : made.files[0].text;
}

std::string handler(std::uint16_t code, std::string_view name, std::string_view target) {
  return handler(example(code, *find_case(name)), target);
}

std::string reason(const Answer& answer, std::string_view target) {
  const Snippet made = snippet::snippet(answer, *find_target(target), Form::complete);
  return made.reason ? std::string(note_info(made.reason->id).id) : "";
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

Answer with(http::Fields fields) {
  Answer answer;
  answer.fields = std::move(fields);
  return answer;
}

}  // namespace

TEST_CASE("a target is found by its id, a framework by its newest version", "[snippet]") {
  CHECK(find_target("express-4")->version.substr(0, 2) == "4.");
  CHECK(find_target("express")->id == "express-5");
  CHECK(find_target("spring")->id == "spring-4.0");
  CHECK(find_target("nonsense") == nullptr);
}

TEST_CASE("404 with JSON, as each framework says it", "[snippet]") {
  CHECK(handler(404, "json", "express") == R"(app.get("/404/json", (req, res) => {
  // 404 Not Found
  res.status(404).json({ code: 404, message: "Not Found" });
});
)");
  CHECK(handler(404, "json", "go") == R"(// mux.HandleFunc("GET /404/json", getAnswer404Json)
func getAnswer404Json(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(http.StatusNotFound)
	json.NewEncoder(w).Encode(map[string]any{"code": 404, "message": "Not Found"})
}
)");
  CHECK(handler(404, "json", "fastapi") == R"(from fastapi import status
from fastapi.responses import JSONResponse


@app.get("/404/json")
async def get_answer_404_json():
    return JSONResponse(
        {"code": 404, "message": "Not Found"}, status_code=status.HTTP_404_NOT_FOUND
    )
)");
  CHECK(handler(404, "json", "flask") == R"(from http import HTTPStatus


@app.get("/404/json")
def get_answer_404_json():
    return {"code": 404, "message": "Not Found"}, HTTPStatus.NOT_FOUND
)");
  CHECK(handler(404, "json", "fastify") == R"(app.get("/404/json", (request, reply) => {
  // 404 Not Found
  reply.code(404).send({ code: 404, message: "Not Found" });
});
)");
  CHECK(handler(404, "json", "django") == R"(from http import HTTPStatus

from django.http import JsonResponse
from django.views.decorators.http import require_safe


# urls.py: path("404/json", views.answer_404_json_view)
@require_safe
def answer_404_json_view(request):
    return JsonResponse(
        {"code": 404, "message": "Not Found"}, status=HTTPStatus.NOT_FOUND
    )
)");
  CHECK(handler(404, "json", "drf") == R"(from rest_framework import status
from rest_framework.decorators import api_view
from rest_framework.response import Response


# urls.py: path("404/json", views.answer_404_json_view)
@api_view(["GET"])
def answer_404_json_view(request):
    return Response(
        {"code": 404, "message": "Not Found"}, status=status.HTTP_404_NOT_FOUND
    )
)");
  CHECK(handler(404, "json", "spring") == R"(@GetMapping("/404/json")
ResponseEntity<Map<String, Object>> getAnswer404Json() {
  return ResponseEntity.status(HttpStatus.NOT_FOUND)
      .body(Map.of("code", 404, "message", "Not Found"));
}
)");
}

TEST_CASE("the version decides the name of a code", "[snippet]") {
  CHECK(has(handler(413, "none", "spring-3.5"), "HttpStatus.PAYLOAD_TOO_LARGE"));
  CHECK(has(handler(413, "none", "spring-4.0"), "HttpStatus.CONTENT_TOO_LARGE"));
  CHECK(has(handler(413, "none", "drf"), "status.HTTP_413_REQUEST_ENTITY_TOO_LARGE"));
  CHECK(has(handler(413, "none", "fastapi"), "status.HTTP_413_CONTENT_TOO_LARGE"));
  CHECK(has(handler(413, "none", "go"), "http.StatusRequestEntityTooLarge"));
}

TEST_CASE("a code without a name is a number with a comment", "[snippet]") {
  CHECK(has(handler(520, "none", "go"), "w.WriteHeader(520) // Web Server Returned an Unknown Error"));
  CHECK(has(handler(520, "none", "fastapi"), "    # 520 Web Server Returned an Unknown Error\n"));
  CHECK(has(handler(520, "none", "spring"), "  // 520 Web Server Returned an Unknown Error\n  return ResponseEntity.status(520).build();"));
}

TEST_CASE("no content: no media type with it", "[snippet]") {
  CHECK(has(handler(204, "none", "express"), "res.status(204).end();"));
  CHECK(has(handler(204, "none", "django"), "del response[\"Content-Type\"]"));
  CHECK(has(handler(204, "none", "flask"), "del response.headers[\"Content-Type\"]"));
  CHECK(has(handler(204, "none", "spring"), "return ResponseEntity.noContent().build();"));
}

TEST_CASE("frameworks' own ways", "[snippet]") {
  CHECK(has(handler(303, "redirect", "express"), "res.redirect(303, \"/target\");"));
  CHECK(has(handler(303, "redirect", "go"), "http.Redirect(w, r, \"/target\", http.StatusSeeOther)"));
  CHECK(has(handler(308, "redirect", "django"), "HttpResponsePermanentRedirect(\"/target\", preserve_request=True)"));
  CHECK(has(handler(201, "created", "spring"), "ResponseEntity.created(URI.create(\"/target\"))"));
  CHECK(has(handler(206, "ranges", "go"), "http.ServeContent("));
  CHECK(has(handler(206, "ranges", "spring"), "new ByteArrayResource("));
  CHECK(has(handler(103, "interim", "express"), "res.writeEarlyHints({ link: "));
  CHECK(has(handler(104, "interim", "express"), "res.writeInformation(104);"));
  CHECK(has(handler(103, "interim", "django"), "early_hints([(\"Link\", "));
  CHECK(has(handler(103, "interim", "spring"), "response.sendError(HttpStatus.EARLY_HINTS.value());"));
  CHECK(has(handler(101, "upgrade", "spring"), "request.upgrade(EchoAnswer101Upgrade.class);"));
  CHECK(has(handler(204, "preflight", "spring"), "@FilterRegistration(urlPatterns = \"/204/preflight\")"));
  CHECK(has(handler(405, "none", "drf"), "@api_view([\"GET\", \"HEAD\"])"));
  CHECK(has(handler(200, "html", "spring"), "new MediaType(MediaType.TEXT_HTML, StandardCharsets.UTF_8)"));
  CHECK(has(handler(406, "negotiation", "spring"), "produces = MediaType.APPLICATION_JSON_VALUE"));
  CHECK(has(handler(303, "redirect", "flask"), "return redirect(\"/target\", HTTPStatus.SEE_OTHER)"));
  CHECK(has(handler(304, "conditional", "flask"), "response.make_conditional(request)\n"));
  CHECK(has(handler(405, "method", "flask"), "@app.route(\"/405/method\", methods=[\"GET\", \"HEAD\"])"));
  CHECK(has(handler(415, "negotiation", "flask"), "if request.mimetype != \"application/json\":"));
  CHECK(has(handler(303, "redirect", "fastify"), "reply.redirect(\"/target\", 303);"));
  CHECK(has(handler(405, "method", "fastify"), "method: [\"DELETE\", \"OPTIONS\", \"PATCH\", \"POST\", \"PUT\"],"));
  CHECK(has(handler(405, "method", "django"), "@require_http_methods([\"GET\", \"HEAD\"])"));
}

TEST_CASE("early hints of Node.js want a Link; two of them are a list", "[snippet]") {
  Answer answer = example(103, *find_case("interim"));
  answer.interim[0].fields.push_back({"Link", "</b.js>; rel=preload; as=script"});
  CHECK(has(handler(answer, "express"), "res.writeEarlyHints({\n    link: [\n"));
  answer.interim[0].fields = {{"X-Name", "b"}};
  CHECK(has(handler(answer, "express"), "res.writeInformation(103, { \"x-name\": \"b\" });"));
}

TEST_CASE("errors as frameworks raise them, where that sends just the answer", "[snippet]") {
  Answer answer;
  answer.status = 404;
  answer.content_kind = ContentKind::json;
  answer.content = R"({"detail": "no such order"})";
  CHECK(has(handler(answer, "fastapi"), "raise HTTPException(status_code=status.HTTP_404_NOT_FOUND, detail=\"no such order\")"));
  answer.content = R"({"detail": "no such order", "id": 7})";
  CHECK(has(handler(answer, "fastapi"), "JSONResponse"));
  answer.content_kind = ContentKind::text;
  answer.content = "Not Found";
  CHECK(has(handler(answer, "express"), "res.sendStatus(404);"));
  CHECK(has(handler(answer, "go"), "io.WriteString(w, \"Not Found\")"));
}

TEST_CASE("Flask: a tuple that is too long has each part on a line of its own; cookies are pairs", "[snippet]") {
  Answer answer = example(429, *find_case("problem"));
  answer.fields.push_back({"Retry-After", "30"});
  CHECK(has(handler(answer, "flask"), "    return (\n        {\"title\": \"Too Many Requests\", \"status\": 429},\n"));
  CHECK(has(handler(answer, "flask"), "        HTTPStatus.TOO_MANY_REQUESTS,\n"));
  answer = Answer{};
  answer.fields = {{"Set-Cookie", "a=1"}, {"Set-Cookie", "b=2"}};
  CHECK(has(handler(answer, "flask"), "return \"\", [(\"Set-Cookie\", \"a=1\"), (\"Set-Cookie\", \"b=2\")]"));
}

TEST_CASE("Fastify: what it has no parser for is refused before the handler", "[snippet]") {
  Answer answer = example(415, *find_case("negotiation"));
  CHECK(has(handler(answer, "fastify"), "onRequest: (request, reply, done) => {"));
  answer.fields = {{"Accept", "application/xml"}};
  CHECK(reason(answer, "fastify") == "parser-needed");
  CHECK(handler(200, "stream", "fastify").starts_with("import { Readable } from \"node:stream\";\n\napp.get("));
}

TEST_CASE("a stream of nothing is a stream all the same", "[snippet]") {
  Answer answer;
  answer.content_kind = ContentKind::stream;
  CHECK(has(handler(answer, "fastapi"), "    async def parts():\n        yield \"\"\n"));
}

TEST_CASE("what cannot be sent is refused with a reason, and the nearest thing is given", "[snippet]") {
  const Answer hint = example(103, *find_case("interim"));
  CHECK(reason(hint, "go").empty());
  CHECK(reason(hint, "fastapi") == "no-interim");
  CHECK(has(handler(hint, "fastapi"), "\"Link\": \"</style.css>; rel=preload; as=style\""));
  const Answer beyond = example(999, *find_case("text"));
  CHECK(reason(beyond, "express").empty());
  CHECK(has(handler(beyond, "django"), "response.status_code = 999\n"));
  CHECK(reason(beyond, "fastify") == "code-beyond-599");
  CHECK(reason(beyond, "flask").empty());
  CHECK(reason(beyond, "fastapi") == "code-beyond-599");
  CHECK(has(handler(beyond, "fastapi"), "status.HTTP_500_INTERNAL_SERVER_ERROR"));
  const Answer processing = example(102, *find_case("interim"));
  CHECK(reason(processing, "express").empty());
  CHECK(reason(processing, "django") == "no-interim");
  CHECK(reason(processing, "spring") == "no-interim");
}

TEST_CASE("nothing breaks out of a field line", "[snippet]") {
  for (const Target& target : targets()) {
    INFO(target.id);
    CHECK(reason(with({{"Location", "/a\r\nSet-Cookie: b"}}), target.id) == "field-line-break");
    CHECK(reason(with({{"X-A", std::string("a\0b", 3)}}), target.id) == "field-line-break");
    CHECK(reason(with({{"X A", "a"}}), target.id) == "field-name-invalid");
    CHECK(reason(with({{"X-A", "caf\xC3\xA9"}}), target.id) == "field-not-ascii");
    CHECK(reason(with({{"X-A", "\"${a}\" 'b' \\ %s"}}), target.id).empty());
    Answer answer;
    answer.reason = "OK\r\nX: y";
    CHECK(reason(answer, target.id) == "reason-invalid");
  }
}

TEST_CASE("paths that mean something else in routes are refused", "[snippet]") {
  for (const std::string_view path : {"", "a", "/a b", "/:id", "/{id}", "/a/../b", "//a", "/*", "/a\"", "/a?b"}) {
    Answer answer;
    answer.path = path;
    INFO(path);
    CHECK(reason(answer, "express") == "path-unusable");
  }
  Answer answer;
  answer.path = "/a-b/c.d/~e_f/";
  CHECK(reason(answer, "express").empty());
}

TEST_CASE("a long path gives a name of its first words", "[snippet]") {
  Answer answer;
  answer.path = "/articles/2026/december/about-status-codes/and-what-they-mean/to-those-who-read-them";
  CHECK(has(handler(answer, "django"), "def articles_2026_december_about_status_view(request):\n"));
  answer.path = "/" + std::string(90, 'a');
  CHECK(has(handler(answer, "django"), "def " + std::string(40, 'a') + "_view(request):\n"));
}

TEST_CASE("methods that have no route in a framework are no kind of their own", "[snippet]") {
  CHECK(reason(example(405, *find_case("method")), "spring").empty());
  Answer odd = example(405, *find_case("method"));
  http::set(odd.fields, "Allow", "GET, PROPFIND");
  CHECK(reason(odd, "spring") == "method-unusable");
  const auto kind = [](std::string_view allowed) {
    const std::string request = "OPTIONS /x HTTP/1.1\r\nHost: a.example\r\n\r\n";
    const std::string response = "HTTP/1.1 204 No Content\r\nAccess-Control-Allow-Origin: *\r\nAccess-Control-Allow-Methods: " + std::string(allowed) + "\r\n\r\n";
    return answer_of(parse(response)[0], response, &parse(request)[0], request).kind;
  };
  CHECK(kind("GET, PUT") == Kind::preflight);
  CHECK(kind("*") == Kind::plain);
  CHECK(kind("GET, PROPFIND") == Kind::plain);
}

TEST_CASE("every cell of the matrix is possible, or it says why not; code is whole and ends in one line ending", "[snippet]") {
  for (const Target& target : targets())
    for (const std::uint16_t code : matrix_codes())
      for (const Case& column : cases()) {
        const Answer answer = example(code, column);
        for (const Form form : {Form::handler, Form::complete}) {
          const Snippet made = snippet::snippet(answer, target, form);
          if (made.reason.has_value() == (made.verdict == Verdict::possible)) FAIL(target.id << answer.path);
          if (made.verdict == Verdict::possible && made.files.empty()) FAIL(target.id << answer.path);
          for (const File& file : made.files) {
            if (file.text.empty() ? file.path != "config/__init__.py" : file.text.back() != '\n') FAIL(target.id << file.path);
            if (file.text.size() > 1 && file.text.ends_with("\n\n")) FAIL(target.id << answer.path << file.text);
          }
        }
      }
  SUCCEED();
}

TEST_CASE("a project has all that is possible, each handler with a name of its own", "[snippet]") {
  std::vector<Answer> answers{example(404, *find_case("json")), example(404, *find_case("json")), example(204, *find_case("json"))};
  answers[1].path = "/404-json";
  const Project made = project(answers, *find_target("go"));
  CHECK(made.verdicts == std::vector<Verdict>{Verdict::possible, Verdict::possible, Verdict::not_applicable});
  const std::string& text = made.app.files[1].text;
  CHECK(has(text, "func getAnswer404Json("));
  CHECK(has(text, "func getAnswer404JsonAgain2("));
}
