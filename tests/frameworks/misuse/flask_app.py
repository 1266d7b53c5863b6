"""What Flask puts on the wire under two servers when asked for the wrong things. Each part between two `case` lines is a row of
core/data/framework_behaviour.tsv: `case: ID [METHOD PATH [| Field: value]...]`, GET /ID where nothing else is said."""

import os
import tempfile

from flask import Flask, Response, abort, jsonify, make_response, redirect, request, send_file

app = wsgi = Flask(__name__)

handle, TEN_BYTES = tempfile.mkstemp(suffix=".txt")
os.write(handle, b"0123456789")
os.close(handle)
os.utime(TEN_BYTES, (1_700_000_000, 1_700_000_000))  # Last-Modified is made of it


@app.get("/probe")
def probe():
    return Response("alive", mimetype="text/plain")


# case: 204-empty
@app.get("/204-empty")
def case_204_empty():
    return "", 204


# case: 204-text
@app.get("/204-text")
def case_204_text():
    return "hello", 204


# case: 204-json
@app.get("/204-json")
def case_204_json():
    return {"a": 1}, 204


# case: 204-content-length
@app.get("/204-content-length")
def case_204_content_length():
    return "", 204, {"Content-Length": "5"}


# case: 204-stream
@app.get("/204-stream")
def case_204_stream():
    return iter(["hel", "lo"]), 204


# case: 205-empty
@app.get("/205-empty")
def case_205_empty():
    return "", 205


# case: 205-text
@app.get("/205-text")
def case_205_text():
    return "hello", 205


# case: 205-json
@app.get("/205-json")
def case_205_json():
    return {"a": 1}, 205


# case: 304-empty
@app.get("/304-empty")
def case_304_empty():
    return "", 304


# case: 304-condition GET /304-condition | If-None-Match: "v1"
@app.get("/304-condition")
def case_304_condition():
    response = make_response("hello", {"ETag": '"v1"'})
    return response.make_conditional(request)


# case: 304-text
@app.get("/304-text")
def case_304_text():
    return "hello", 304


# case: 304-json
@app.get("/304-json")
def case_304_json():
    return {"a": 1}, 304


# case: final-100
@app.get("/final-100")
def case_final_100():
    return "hello", 100


# case: final-101
@app.get("/final-101")
def case_final_101():
    return "hello", 101


# case: final-103
@app.get("/final-103")
def case_final_103():
    return "hello", 103


# case: final-199
@app.get("/final-199")
def case_final_199():
    return "", 199


# case: code-299
@app.get("/code-299")
def case_code_299():
    return "hello", 299


# case: code-499
@app.get("/code-499")
def case_code_499():
    return "hello", 499


# case: code-520
@app.get("/code-520")
def case_code_520():
    return "hello", 520


# case: code-599
@app.get("/code-599")
def case_code_599():
    return "hello", 599


# case: code-600
@app.get("/code-600")
def case_code_600():
    return "hello", 600


# case: code-999
@app.get("/code-999")
def case_code_999():
    return "hello", 999


# case: code-0
@app.get("/code-0")
def case_code_0():
    return "hello", 0


# case: code-99
@app.get("/code-99")
def case_code_99():
    return "hello", 99


# case: code-1000
@app.get("/code-1000")
def case_code_1000():
    return "hello", 1000


# case: code-digits
@app.get("/code-digits")
def case_code_digits():
    return "hello", "200"


# case: code-fraction
@app.get("/code-fraction")
def case_code_fraction():
    return "hello", 200.5


# case: code-word
@app.get("/code-word")
def case_code_word():
    return "hello", "abc"


# case: send-number
@app.get("/send-number")
def case_send_number():
    return 404


# case: length-too-long
@app.get("/length-too-long")
def case_length_too_long():
    return "abc", {"Content-Length": "10"}


# case: length-too-short
@app.get("/length-too-short")
def case_length_too_short():
    return "abcde", {"Content-Length": "2"}


# case: length-not-a-number
@app.get("/length-not-a-number")
def case_length_not_a_number():
    return "abc", {"Content-Length": "many"}


# case: length-and-chunked
@app.get("/length-and-chunked")
def case_length_and_chunked():
    return "abc", {"Content-Length": "3", "Transfer-Encoding": "chunked"}


# case: text
@app.get("/text")
def case_text():
    return Response("hello", mimetype="text/plain")


# case: head HEAD /text
# case: wrong-method POST /text
# case: unknown-method BREW /text
# case: options OPTIONS /text
# case: no-such-path GET /no-such-path
# case: crlf-in-value
@app.get("/crlf-in-value")
def case_crlf_in_value():
    return "hello", {"X-Name": "a\r\nX-Injected: 1"}


# case: crlf-in-location
@app.get("/crlf-in-location")
def case_crlf_in_location():
    return redirect("/x\r\nX-Injected: 1")


# case: crlf-in-name
@app.get("/crlf-in-name")
def case_crlf_in_name():
    return "hello", {"X-Name\r\nX-Injected": "1"}


# case: latin-in-value
@app.get("/latin-in-value")
def case_latin_in_value():
    return "hello", {"X-Name": "café"}


# case: unicode-in-value
@app.get("/unicode-in-value")
def case_unicode_in_value():
    return "hello", {"X-Name": "☃"}


# case: json-null
@app.get("/json-null")
def case_json_null():
    return jsonify(None)


# case: json-nothing
@app.get("/json-nothing")
def case_json_nothing():
    return None


# case: json-list
@app.get("/json-list")
def case_json_list():
    return [1]


# case: reason-phrase
@app.get("/reason-phrase")
def case_reason_phrase():
    return "hello", "200 Custom Words"


# case: reason-crlf
@app.get("/reason-crlf")
def case_reason_crlf():
    return "hello", "200 OK\r\nX-Injected: 1"


# case: redirect
@app.get("/redirect")
def case_redirect():
    return redirect("/x")


# case: redirect-200
@app.get("/redirect-200")
def case_redirect_200():
    return redirect("/x", 200)


# case: redirect-permanent
@app.get("/redirect-permanent")
def case_redirect_permanent():
    return redirect("/x", 301)


# case: range-one GET /range | Range: bytes=2-5
@app.get("/range")
def case_range():
    return send_file(TEN_BYTES, mimetype="text/plain", download_name="ten.txt", etag="ten")


# case: range-beyond GET /range | Range: bytes=50-60
# case: range-two GET /range | Range: bytes=0-1,4-5
# case: error-500
@app.get("/error-500")
def case_error_500():
    raise RuntimeError("broken")


# case: error-204
@app.get("/error-204")
def case_error_204():
    abort(204)


# case: error-999
@app.get("/error-999")
def case_error_999():
    abort(999)


# end

if __name__ == "__main__":
    import sys

    app.run("127.0.0.1", int(sys.argv[1]))
