"""What Django puts on the wire under three servers when asked for the wrong things. Each part between two `case` lines is a row of
core/data/framework_behaviour.tsv: `case: ID [METHOD PATH [| Field: value]...]`, GET /ID where nothing else is said."""

import os
import tempfile

from django.conf import settings
from django.core.asgi import get_asgi_application
from django.core.wsgi import get_wsgi_application
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseNotModified,
    HttpResponseRedirect,
    JsonResponse,
    StreamingHttpResponse,
)
from django.shortcuts import redirect
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import condition, require_http_methods

if not settings.configured:
    settings.configure(
        ROOT_URLCONF=__name__,
        SECRET_KEY="only-for-this-run",  # noqa: S106
        ALLOWED_HOSTS=["*"],
        DEBUG=False,
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # as every project that startproject made
        WSGI_APPLICATION=f"{__name__}.wsgi",
        LOGGING_CONFIG=None,
    )

handle, TEN_BYTES = tempfile.mkstemp(suffix=".txt")
os.write(handle, b"0123456789")
os.close(handle)
os.utime(TEN_BYTES, (1_700_000_000, 1_700_000_000))  # an ETag is made of it


def case_probe(request):
    return HttpResponse("alive", content_type="text/plain")


# case: 204-empty
def case_204_empty(request):
    return HttpResponse(status=204)


# case: 204-text
def case_204_text(request):
    return HttpResponse("hello", status=204)


# case: 204-json
def case_204_json(request):
    return JsonResponse({"a": 1}, status=204)


# case: 204-content-length
def case_204_content_length(request):
    return HttpResponse(status=204, headers={"Content-Length": "5"})


# case: 204-stream
def case_204_stream(request):
    return StreamingHttpResponse(["hel", "lo"], status=204)


# case: 205-empty
def case_205_empty(request):
    return HttpResponse(status=205)


# case: 205-text
def case_205_text(request):
    return HttpResponse("hello", status=205)


# case: 205-json
def case_205_json(request):
    return JsonResponse({"a": 1}, status=205)


# case: 304-empty
def case_304_empty(request):
    return HttpResponse(status=304)


# case: 304-helper
def case_304_helper(request):
    return HttpResponseNotModified()


# case: 304-condition GET /304-condition | If-None-Match: "v1"
@condition(etag_func=lambda request: '"v1"')
def case_304_condition(request):
    return HttpResponse("hello", content_type="text/plain")


# case: 304-text
def case_304_text(request):
    return HttpResponse("hello", status=304)


# case: final-100
def case_final_100(request):
    return HttpResponse("hello", status=100)


# case: final-101
def case_final_101(request):
    return HttpResponse("hello", status=101)


# case: final-103
def case_final_103(request):
    return HttpResponse("hello", status=103)


# case: final-199
def case_final_199(request):
    return HttpResponse(status=199)


# case: code-299
def case_code_299(request):
    return HttpResponse("hello", status=299, content_type="text/plain")


# case: code-499
def case_code_499(request):
    return HttpResponse("hello", status=499, content_type="text/plain")


# case: code-520
def case_code_520(request):
    return HttpResponse("hello", status=520, content_type="text/plain")


# case: code-599
def case_code_599(request):
    return HttpResponse("hello", status=599, content_type="text/plain")


# case: code-600
def case_code_600(request):
    return HttpResponse("hello", status=600)


# case: code-999
def case_code_999(request):
    return HttpResponse("hello", status=999)


# case: code-99
def case_code_99(request):
    return HttpResponse("hello", status=99)


# case: code-1000
def case_code_1000(request):
    return HttpResponse("hello", status=1000)


# case: code-digits
def case_code_digits(request):
    return HttpResponse("hello", status="200", content_type="text/plain")


# case: code-fraction
def case_code_fraction(request):
    return HttpResponse("hello", status=200.5, content_type="text/plain")


# case: code-word
def case_code_word(request):
    return HttpResponse("hello", status="abc")


# case: length-too-long
def case_length_too_long(request):
    return HttpResponse("abc", headers={"Content-Length": "10"})


# case: length-too-short
def case_length_too_short(request):
    return HttpResponse("abcde", headers={"Content-Length": "2"})


# case: length-not-a-number
def case_length_not_a_number(request):
    return HttpResponse("abc", headers={"Content-Length": "many"})


# case: length-and-chunked
def case_length_and_chunked(request):
    return HttpResponse("abc", headers={"Content-Length": "3", "Transfer-Encoding": "chunked"})


# case: text
@csrf_exempt
@require_http_methods(["GET", "HEAD"])
def case_text(request):
    return HttpResponse("hello", content_type="text/plain")


# case: head HEAD /text
# case: wrong-method POST /text
# case: unknown-method BREW /text
# case: options OPTIONS /text
# case: no-such-path GET /no-such-path
# case: crlf-in-value
def case_crlf_in_value(request):
    return HttpResponse("hello", headers={"X-Name": "a\r\nX-Injected: 1"})


# case: crlf-in-location
def case_crlf_in_location(request):
    return HttpResponseRedirect("/x\r\nX-Injected: 1")


# case: crlf-in-name
def case_crlf_in_name(request):
    return HttpResponse("hello", headers={"X-Name\r\nX-Injected": "1"})


# case: latin-in-value
def case_latin_in_value(request):
    return HttpResponse("hello", content_type="text/plain", headers={"X-Name": "café"})


# case: unicode-in-value
def case_unicode_in_value(request):
    return HttpResponse("hello", content_type="text/plain", headers={"X-Name": "☃"})


# case: json-null
def case_json_null(request):
    return JsonResponse(None, safe=False)


# case: json-list
def case_json_list(request):
    return JsonResponse([1])


# case: reason-phrase
def case_reason_phrase(request):
    return HttpResponse("hello", content_type="text/plain", reason="Custom Words")


# case: reason-crlf
def case_reason_crlf(request):
    return HttpResponse("hello", content_type="text/plain", reason="OK\r\nX-Injected: 1")


# case: redirect
def case_redirect(request):
    return redirect("/x")


# case: redirect-permanent
def case_redirect_permanent(request):
    return redirect("/x", permanent=True)


# case: redirect-preserve
def case_redirect_preserve(request):
    return redirect("/x", preserve_request=True)


# case: range-one GET /range | Range: bytes=2-5
def case_range(request):
    return FileResponse(open(TEN_BYTES, "rb"), content_type="text/plain", filename="ten.txt")


# case: error-500
def case_error_500(request):
    raise RuntimeError("broken")


# end


def route(name):
    return name.removeprefix("case_").replace("_", "-")


urlpatterns = [path(route(name), view) for name, view in list(globals().items()) if name.startswith("case_")]
wsgi = get_wsgi_application()
asgi = get_asgi_application()

if __name__ == "__main__":
    import sys

    from django.core.management import execute_from_command_line

    sys.modules["django_app"] = sys.modules["__main__"]
    execute_from_command_line(["manage", "runserver", "--noreload", f"127.0.0.1:{sys.argv[1]}"])
