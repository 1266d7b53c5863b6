"""What FastAPI puts on the wire under uvicorn when asked for the wrong things. The form of the `case` lines is that of django_app.py."""

import os
import tempfile

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.responses import (
    FileResponse,
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    StreamingResponse,
)

app = FastAPI()

handle, TEN_BYTES = tempfile.mkstemp(suffix=".txt")
os.write(handle, b"0123456789")
os.close(handle)
os.utime(TEN_BYTES, (1_700_000_000, 1_700_000_000))  # an ETag is made of it


@app.get("/probe")
def probe():
    return PlainTextResponse("alive")


# case: 204-empty
@app.get("/204-empty")
def case_204_empty():
    return Response(status_code=204)


# case: 204-text
@app.get("/204-text")
def case_204_text():
    return PlainTextResponse("hello", status_code=204)


# case: 204-json
@app.get("/204-json")
def case_204_json():
    return JSONResponse({"a": 1}, status_code=204)


# case: 204-declared-none
@app.get("/204-declared-none", status_code=204)
def case_204_declared_none():
    return None


# case: 204-declared-dict
@app.get("/204-declared-dict", status_code=204)
def case_204_declared_dict():
    return {"a": 1}


# case: 204-content-length
@app.get("/204-content-length")
def case_204_content_length():
    return Response(status_code=204, headers={"Content-Length": "5"})


# case: 204-stream
@app.get("/204-stream")
def case_204_stream():
    return StreamingResponse(iter(["hel", "lo"]), status_code=204)


# case: 204-exception
@app.get("/204-exception")
def case_204_exception():
    raise HTTPException(204)


# case: 205-empty
@app.get("/205-empty")
def case_205_empty():
    return Response(status_code=205)


# case: 205-text
@app.get("/205-text")
def case_205_text():
    return PlainTextResponse("hello", status_code=205)


# case: 205-json
@app.get("/205-json")
def case_205_json():
    return JSONResponse({"a": 1}, status_code=205)


# case: 205-declared-none
@app.get("/205-declared-none", status_code=205)
def case_205_declared_none():
    return None


# case: 205-injected-dict
@app.get("/205-injected-dict")
def case_205_injected_dict(response: Response):
    response.status_code = 205
    return {"a": 1}


# case: 205-exception
@app.get("/205-exception")
def case_205_exception():
    raise HTTPException(205)


# case: 304-empty
@app.get("/304-empty")
def case_304_empty():
    return Response(status_code=304)


# case: 304-text
@app.get("/304-text")
def case_304_text():
    return PlainTextResponse("hello", status_code=304)


# case: 304-json
@app.get("/304-json")
def case_304_json():
    return JSONResponse({"a": 1}, status_code=304)


# case: 304-exception
@app.get("/304-exception")
def case_304_exception():
    raise HTTPException(304)


# case: final-100
@app.get("/final-100")
def case_final_100():
    return PlainTextResponse("hello", status_code=100)


# case: final-101
@app.get("/final-101")
def case_final_101():
    return PlainTextResponse("hello", status_code=101)


# case: final-103
@app.get("/final-103")
def case_final_103():
    return PlainTextResponse("hello", status_code=103)


# case: early-hints
@app.get("/early-hints")
async def case_early_hints(request: Request):
    await request.send_early_hints("</style.css>; rel=preload; as=style")
    return PlainTextResponse("hello")


# case: code-299
@app.get("/code-299")
def case_code_299():
    return PlainTextResponse("hello", status_code=299)


# case: code-499
@app.get("/code-499")
def case_code_499():
    return PlainTextResponse("hello", status_code=499)


# case: code-520
@app.get("/code-520")
def case_code_520():
    return PlainTextResponse("hello", status_code=520)


# case: code-599
@app.get("/code-599")
def case_code_599():
    return PlainTextResponse("hello", status_code=599)


# case: code-600
@app.get("/code-600")
def case_code_600():
    return PlainTextResponse("hello", status_code=600)


# case: code-999
@app.get("/code-999")
def case_code_999():
    return PlainTextResponse("hello", status_code=999)


# case: code-0
@app.get("/code-0")
def case_code_0():
    return PlainTextResponse("hello", status_code=0)


# case: code-99
@app.get("/code-99")
def case_code_99():
    return PlainTextResponse("hello", status_code=99)


# case: code-1000
@app.get("/code-1000")
def case_code_1000():
    return PlainTextResponse("hello", status_code=1000)


# case: code-digits
@app.get("/code-digits")
def case_code_digits():
    return PlainTextResponse("hello", status_code="200")


# case: length-too-long
@app.get("/length-too-long")
def case_length_too_long():
    return PlainTextResponse("abc", headers={"Content-Length": "10"})


# case: length-too-short
@app.get("/length-too-short")
def case_length_too_short():
    return PlainTextResponse("abcde", headers={"Content-Length": "2"})


# case: length-not-a-number
@app.get("/length-not-a-number")
def case_length_not_a_number():
    return PlainTextResponse("abc", headers={"Content-Length": "many"})


# case: length-and-chunked
@app.get("/length-and-chunked")
def case_length_and_chunked():
    return PlainTextResponse("abc", headers={"Content-Length": "3", "Transfer-Encoding": "chunked"})


# case: text
@app.get("/text")
def case_text():
    return PlainTextResponse("hello")


# case: head HEAD /text
# case: wrong-method POST /text
# case: unknown-method BREW /text
# case: options OPTIONS /text
# case: no-such-path GET /no-such-path
# case: crlf-in-value
@app.get("/crlf-in-value")
def case_crlf_in_value():
    return PlainTextResponse("hello", headers={"X-Name": "a\r\nX-Injected: 1"})


# case: crlf-in-location
@app.get("/crlf-in-location")
def case_crlf_in_location():
    return RedirectResponse("/x\r\nX-Injected: 1")


# case: crlf-in-name
@app.get("/crlf-in-name")
def case_crlf_in_name():
    return PlainTextResponse("hello", headers={"X-Name\r\nX-Injected": "1"})


# case: latin-in-value
@app.get("/latin-in-value")
def case_latin_in_value():
    return PlainTextResponse("hello", headers={"X-Name": "café"})


# case: unicode-in-value
@app.get("/unicode-in-value")
def case_unicode_in_value():
    return PlainTextResponse("hello", headers={"X-Name": "☃"})


# case: json-null
@app.get("/json-null")
def case_json_null():
    return None


# case: redirect
@app.get("/redirect")
def case_redirect():
    return RedirectResponse("/x")


# case: redirect-200
@app.get("/redirect-200")
def case_redirect_200():
    return RedirectResponse("/x", status_code=200)


# case: range-one GET /range | Range: bytes=2-5
@app.get("/range")
def case_range():
    return FileResponse(TEN_BYTES, media_type="text/plain")


# case: range-beyond GET /range | Range: bytes=50-60
# case: range-two GET /range | Range: bytes=0-1,4-5
# case: validation
@app.get("/validation")
def case_validation(number: int):
    return number


# case: error-500
@app.get("/error-500")
def case_error_500():
    raise RuntimeError("broken")


# end

asgi = app
