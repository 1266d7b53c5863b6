"""What Django REST framework puts on the wire when asked for the wrong things. The form of the `case` lines is that of django_app.py."""

import sys

from django.conf import settings

settings.configure(
    ROOT_URLCONF=__name__,
    SECRET_KEY="only-for-this-run",  # noqa: S106
    ALLOWED_HOSTS=["*"],
    DEBUG=False,
    INSTALLED_APPS=["rest_framework"],
    MIDDLEWARE=["django.middleware.common.CommonMiddleware"],  # as every project that startproject made
    REST_FRAMEWORK={
        "UNAUTHENTICATED_USER": None,
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    },
    WSGI_APPLICATION=f"{__name__}.wsgi",
    LOGGING_CONFIG=None,
)

from django.core.asgi import get_asgi_application  # noqa: E402
from django.core.wsgi import get_wsgi_application  # noqa: E402

wsgi = get_wsgi_application()
asgi = get_asgi_application()

from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402
from rest_framework.decorators import api_view  # noqa: E402
from rest_framework.exceptions import NotAuthenticated, Throttled, ValidationError  # noqa: E402
from rest_framework.response import Response  # noqa: E402


def case_probe(request):
    return HttpResponse("alive", content_type="text/plain")


# case: 204-empty
@api_view(["GET"])
def case_204_empty(request):
    return Response(status=204)


# case: 204-json
@api_view(["GET"])
def case_204_json(request):
    return Response({"a": 1}, status=204)


# case: 205-empty
@api_view(["GET"])
def case_205_empty(request):
    return Response(status=205)


# case: 205-json
@api_view(["GET"])
def case_205_json(request):
    return Response({"a": 1}, status=205)


# case: 304-empty
@api_view(["GET"])
def case_304_empty(request):
    return Response(status=304)


# case: 304-json
@api_view(["GET"])
def case_304_json(request):
    return Response({"a": 1}, status=304)


# case: final-103
@api_view(["GET"])
def case_final_103(request):
    return Response({"a": 1}, status=103)


# case: code-499
@api_view(["GET"])
def case_code_499(request):
    return Response({"a": 1}, status=499)


# case: code-600
@api_view(["GET"])
def case_code_600(request):
    return Response({"a": 1}, status=600)


# case: json-null
@api_view(["GET"])
def case_json_null(request):
    return Response(None)


# case: text
@api_view(["GET"])
def case_text(request):
    return Response("hello")


# case: head HEAD /text
# case: wrong-method POST /text
# case: options OPTIONS /text
# case: not-acceptable GET /text | Accept: application/xml
# case: crlf-in-value
@api_view(["GET"])
def case_crlf_in_value(request):
    return Response("hello", headers={"X-Name": "a\r\nX-Injected: 1"})


# case: not-authenticated
@api_view(["GET"])
def case_not_authenticated(request):
    raise NotAuthenticated


# case: throttled
@api_view(["GET"])
def case_throttled(request):
    raise Throttled(wait=30)


# case: validation
@api_view(["GET"])
def case_validation(request):
    raise ValidationError({"name": ["missing"]})


# case: error-500
@api_view(["GET"])
def case_error_500(request):
    raise RuntimeError("broken")


# end


def route(name):
    return name.removeprefix("case_").replace("_", "-")


urlpatterns = [path(route(name), view) for name, view in list(globals().items()) if name.startswith("case_")]

if __name__ == "__main__":
    from django.core.management import execute_from_command_line

    sys.modules["drf_app"] = sys.modules["__main__"]
    execute_from_command_line(["manage", "runserver", "--noreload", f"127.0.0.1:{sys.argv[1]}"])
