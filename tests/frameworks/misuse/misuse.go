// What net/http puts on the wire when asked for the wrong things. The form of the `case` lines is that of express.mjs.
// Run as: misuse PORT
package main

import (
	"bytes"
	"fmt"
	"net/http"
	"os"
	"time"
)

func main() {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /probe", func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, "alive") })

	// case: 204-empty
	mux.HandleFunc("GET /204-empty", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	})
	// case: 204-text
	mux.HandleFunc("GET /204-text", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
		fmt.Fprint(w, "hello")
	})
	// case: 204-json
	mux.HandleFunc("GET /204-json", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(http.StatusNoContent)
		fmt.Fprint(w, `{"a":1}`)
	})
	// case: 204-content-length
	mux.HandleFunc("GET /204-content-length", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "5")
		w.WriteHeader(http.StatusNoContent)
	})
	// case: 204-chunked
	mux.HandleFunc("GET /204-chunked", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Transfer-Encoding", "chunked")
		w.WriteHeader(http.StatusNoContent)
	})
	// case: 205-empty
	mux.HandleFunc("GET /205-empty", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusResetContent)
	})
	// case: 205-text
	mux.HandleFunc("GET /205-text", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusResetContent)
		fmt.Fprint(w, "hello")
	})
	// case: 304-empty
	mux.HandleFunc("GET /304-empty", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNotModified)
	})
	// case: 304-text
	mux.HandleFunc("GET /304-text", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/plain")
		w.WriteHeader(http.StatusNotModified)
		fmt.Fprint(w, "hello")
	})
	// case: final-100
	mux.HandleFunc("GET /final-100", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusContinue)
		fmt.Fprint(w, "hello")
	})
	// case: final-101
	mux.HandleFunc("GET /final-101", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusSwitchingProtocols)
	})
	// case: final-103
	mux.HandleFunc("GET /final-103", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusEarlyHints)
	})
	// case: final-199
	mux.HandleFunc("GET /final-199", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(199)
	})
	// case: early-hints
	mux.HandleFunc("GET /early-hints", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Add("Link", "</style.css>; rel=preload; as=style")
		w.WriteHeader(http.StatusEarlyHints)
		fmt.Fprint(w, "hello")
	})
	// case: processing
	mux.HandleFunc("GET /processing", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusProcessing)
		fmt.Fprint(w, "hello")
	})
	// case: code-299
	mux.HandleFunc("GET /code-299", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(299)
		fmt.Fprint(w, "hello")
	})
	// case: code-499
	mux.HandleFunc("GET /code-499", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(499)
		fmt.Fprint(w, "hello")
	})
	// case: code-520
	mux.HandleFunc("GET /code-520", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(520)
		fmt.Fprint(w, "hello")
	})
	// case: code-599
	mux.HandleFunc("GET /code-599", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(599)
		fmt.Fprint(w, "hello")
	})
	// case: code-600
	mux.HandleFunc("GET /code-600", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(600)
		fmt.Fprint(w, "hello")
	})
	// case: code-999
	mux.HandleFunc("GET /code-999", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(999)
		fmt.Fprint(w, "hello")
	})
	// case: code-0
	mux.HandleFunc("GET /code-0", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(0)
	})
	// case: code-99
	mux.HandleFunc("GET /code-99", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(99)
	})
	// case: code-1000
	mux.HandleFunc("GET /code-1000", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(1000)
	})
	// case: status-after-content
	mux.HandleFunc("GET /status-after-content", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello")
		w.WriteHeader(http.StatusInternalServerError)
	})
	// case: field-after-status
	mux.HandleFunc("GET /field-after-status", func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusOK)
		w.Header().Set("X-Name", "late")
		fmt.Fprint(w, "hello")
	})
	// case: length-too-long
	mux.HandleFunc("GET /length-too-long", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "10")
		fmt.Fprint(w, "abc")
	})
	// case: length-too-short
	mux.HandleFunc("GET /length-too-short", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "2")
		fmt.Fprint(w, "abcde")
	})
	// case: length-not-a-number
	mux.HandleFunc("GET /length-not-a-number", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "many")
		fmt.Fprint(w, "abc")
	})
	// case: length-and-chunked
	mux.HandleFunc("GET /length-and-chunked", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Length", "3")
		w.Header().Set("Transfer-Encoding", "chunked")
		fmt.Fprint(w, "abc")
	})
	// case: text
	mux.HandleFunc("GET /text", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello")
	})
	// case: head HEAD /text
	// case: wrong-method POST /text
	// case: unknown-method BREW /text
	// case: options OPTIONS /text
	// case: no-such-path GET /no-such-path
	// case: trailing-slash GET /folder
	mux.HandleFunc("GET /folder/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprint(w, "hello")
	})
	// case: crlf-in-value
	mux.HandleFunc("GET /crlf-in-value", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Name", "a\r\nX-Injected: 1")
		fmt.Fprint(w, "hello")
	})
	// case: crlf-in-location
	mux.HandleFunc("GET /crlf-in-location", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/x\r\nX-Injected: 1", http.StatusFound)
	})
	// case: crlf-in-name
	mux.HandleFunc("GET /crlf-in-name", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Name\r\nX-Injected", "1")
		fmt.Fprint(w, "hello")
	})
	// case: latin-in-value
	mux.HandleFunc("GET /latin-in-value", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Name", "café")
		fmt.Fprint(w, "hello")
	})
	// case: unicode-in-value
	mux.HandleFunc("GET /unicode-in-value", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("X-Name", "☃")
		fmt.Fprint(w, "hello")
	})
	// case: json-null
	mux.HandleFunc("GET /json-null", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		fmt.Fprint(w, "null")
	})
	// case: redirect
	mux.HandleFunc("GET /redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/x", http.StatusFound)
	})
	// case: redirect-200
	mux.HandleFunc("GET /redirect-200", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/x", http.StatusOK)
	})
	// case: range-one GET /range | Range: bytes=2-5
	mux.HandleFunc("GET /range", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("ETag", `"v1"`)
		http.ServeContent(w, r, "ten.txt", time.Time{}, bytes.NewReader([]byte("0123456789")))
	})
	// case: range-beyond GET /range | Range: bytes=50-60
	// case: range-two GET /range | Range: bytes=0-1,4-5
	// case: 304-serve-content GET /range | If-None-Match: "v1"
	// case: 412-serve-content GET /range | If-Match: "v2"
	// case: error-500
	mux.HandleFunc("GET /error-500", func(w http.ResponseWriter, r *http.Request) {
		panic("broken")
	})
	// end

	if err := http.ListenAndServe("127.0.0.1:"+os.Args[1], mux); err != nil {
		panic(err)
	}
}
