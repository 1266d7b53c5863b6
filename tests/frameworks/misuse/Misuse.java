package org.example;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Map;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.core.io.Resource;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/**
 * What Spring MVC on Tomcat puts on the wire when asked for the wrong things. The form of the `case` lines is that of express.mjs;
 * those with -servlet in their name go past Spring to the response of the servlet.
 */
@SpringBootApplication
@RestController
public class Misuse {
  public static void main(String[] arguments) {
    SpringApplication.run(Misuse.class, arguments);
  }

  @GetMapping("/probe")
  ResponseEntity<String> probe() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).body("alive");
  }

  // case: 204-empty
  @GetMapping("/204-empty")
  ResponseEntity<Void> empty204() {
    return ResponseEntity.noContent().build();
  }

  // case: 204-text
  @GetMapping("/204-text")
  ResponseEntity<String> text204() {
    return ResponseEntity.status(HttpStatus.NO_CONTENT).body("hello");
  }

  // case: 204-json
  @GetMapping("/204-json")
  ResponseEntity<Map<String, Integer>> json204() {
    return ResponseEntity.status(HttpStatus.NO_CONTENT).body(Map.of("a", 1));
  }

  // case: 204-annotated
  @GetMapping("/204-annotated")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  Map<String, Integer> annotated204() {
    return Map.of("a", 1);
  }

  // case: 204-content-length
  @GetMapping("/204-content-length")
  ResponseEntity<Void> contentLength204() {
    return ResponseEntity.noContent().header("Content-Length", "5").build();
  }

  // case: 204-raw-servlet
  @GetMapping("/204-raw-servlet")
  void raw204(HttpServletResponse response) throws IOException {
    response.setStatus(204);
    response.getWriter().write("hello");
  }

  // case: 205-empty
  @GetMapping("/205-empty")
  ResponseEntity<Void> empty205() {
    return ResponseEntity.status(HttpStatus.RESET_CONTENT).build();
  }

  // case: 205-text
  @GetMapping("/205-text")
  ResponseEntity<String> text205() {
    return ResponseEntity.status(HttpStatus.RESET_CONTENT).body("hello");
  }

  // case: 205-json
  @GetMapping("/205-json")
  ResponseEntity<Map<String, Integer>> json205() {
    return ResponseEntity.status(HttpStatus.RESET_CONTENT).body(Map.of("a", 1));
  }

  // case: 304-empty
  @GetMapping("/304-empty")
  ResponseEntity<Void> empty304() {
    return ResponseEntity.status(HttpStatus.NOT_MODIFIED).build();
  }

  // case: 304-text
  @GetMapping("/304-text")
  ResponseEntity<String> text304() {
    return ResponseEntity.status(HttpStatus.NOT_MODIFIED).body("hello");
  }

  // case: 304-json
  @GetMapping("/304-json")
  ResponseEntity<Map<String, Integer>> json304() {
    return ResponseEntity.status(HttpStatus.NOT_MODIFIED).body(Map.of("a", 1));
  }

  // case: 304-condition GET /304-condition | If-None-Match: "v1"
  @GetMapping("/304-condition")
  ResponseEntity<String> condition304() {
    return ResponseEntity.ok().eTag("v1").contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: final-100
  @GetMapping("/final-100")
  ResponseEntity<Void> final100() {
    return ResponseEntity.status(HttpStatus.CONTINUE).build();
  }

  // case: final-101
  @GetMapping("/final-101")
  ResponseEntity<Void> final101() {
    return ResponseEntity.status(HttpStatus.SWITCHING_PROTOCOLS).build();
  }

  // case: final-103
  @GetMapping("/final-103")
  ResponseEntity<String> final103() {
    return ResponseEntity.status(103).body("hello");
  }

  // case: early-hints-servlet
  @GetMapping("/early-hints-servlet")
  String earlyHints(HttpServletResponse response) throws IOException {
    response.addHeader("Link", "</style.css>; rel=preload; as=style");
    response.sendError(103);
    return "hello";
  }

  // case: code-299
  @GetMapping("/code-299")
  ResponseEntity<String> code299() {
    return ResponseEntity.status(299).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-499
  @GetMapping("/code-499")
  ResponseEntity<String> code499() {
    return ResponseEntity.status(499).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-520
  @GetMapping("/code-520")
  ResponseEntity<String> code520() {
    return ResponseEntity.status(520).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-520-value-of
  @GetMapping("/code-520-value-of")
  ResponseEntity<String> code520ValueOf() {
    return ResponseEntity.status(HttpStatus.valueOf(520)).body("hello");
  }

  // case: code-599
  @GetMapping("/code-599")
  ResponseEntity<String> code599() {
    return ResponseEntity.status(599).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-600
  @GetMapping("/code-600")
  ResponseEntity<String> code600() {
    return ResponseEntity.status(600).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-999
  @GetMapping("/code-999")
  ResponseEntity<String> code999() {
    return ResponseEntity.status(999).contentType(MediaType.TEXT_PLAIN).body("hello");
  }

  // case: code-99
  @GetMapping("/code-99")
  ResponseEntity<String> code99() {
    return ResponseEntity.status(99).body("hello");
  }

  // case: code-1000
  @GetMapping("/code-1000")
  ResponseEntity<String> code1000() {
    return ResponseEntity.status(1000).body("hello");
  }

  // case: code-0-servlet
  @GetMapping("/code-0-servlet")
  void code0(HttpServletResponse response) {
    response.setStatus(0);
  }

  // case: code-99-servlet
  @GetMapping("/code-99-servlet")
  void code99(HttpServletResponse response) {
    response.setStatus(99);
  }

  // case: code-1000-servlet
  @GetMapping("/code-1000-servlet")
  void code1000(HttpServletResponse response) {
    response.setStatus(1000);
  }

  // case: code-minus-servlet
  @GetMapping("/code-minus-servlet")
  void codeMinus(HttpServletResponse response) {
    response.setStatus(-1);
  }

  // case: status-after-content-servlet
  @GetMapping("/status-after-content-servlet")
  void statusAfterContent(HttpServletResponse response) throws IOException {
    response.getWriter().write("hello");
    response.flushBuffer();
    response.setStatus(500);
  }

  // case: length-too-long
  @GetMapping("/length-too-long")
  ResponseEntity<String> lengthTooLong() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).contentLength(10).body("abc");
  }

  // case: length-too-short
  @GetMapping("/length-too-short")
  ResponseEntity<String> lengthTooShort() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).contentLength(2).body("abcde");
  }

  // case: length-not-a-number
  @GetMapping("/length-not-a-number")
  ResponseEntity<String> lengthNotANumber() {
    return ResponseEntity.ok().header("Content-Length", "many").body("abc");
  }

  // case: length-and-chunked
  @GetMapping("/length-and-chunked")
  ResponseEntity<String> lengthAndChunked() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .header("Transfer-Encoding", "chunked")
        .contentLength(3)
        .body("abc");
  }

  // case: text
  @GetMapping(path = "/text", produces = "text/plain")
  String text() {
    return "hello";
  }

  // case: head HEAD /text
  // case: wrong-method POST /text
  // case: unknown-method BREW /text
  // case: options OPTIONS /text
  // case: no-such-path GET /no-such-path
  // case: not-acceptable GET /text | Accept: application/json
  // case: crlf-in-value
  @GetMapping("/crlf-in-value")
  ResponseEntity<String> crlfInValue() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .header("X-Name", "a\r\nX-Injected: 1")
        .body("hello");
  }

  // case: crlf-in-location-servlet
  @GetMapping("/crlf-in-location-servlet")
  void crlfInLocation(HttpServletResponse response) throws IOException {
    response.sendRedirect("/x\r\nX-Injected: 1");
  }

  // case: crlf-in-name
  @GetMapping("/crlf-in-name")
  ResponseEntity<String> crlfInName() {
    return ResponseEntity.ok().header("X-Name\r\nX-Injected", "1").body("hello");
  }

  // case: latin-in-value
  @GetMapping("/latin-in-value")
  ResponseEntity<String> latinInValue() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).header("X-Name", "café").body("hello");
  }

  // case: unicode-in-value
  @GetMapping("/unicode-in-value")
  ResponseEntity<String> unicodeInValue() {
    return ResponseEntity.ok().contentType(MediaType.TEXT_PLAIN).header("X-Name", "☃").body("hello");
  }

  // case: json-null
  @GetMapping(path = "/json-null", produces = "application/json")
  Map<String, Integer> jsonNull() {
    return null;
  }

  // case: redirect
  @GetMapping("/redirect")
  ResponseEntity<Void> redirect() {
    return ResponseEntity.status(HttpStatus.FOUND).location(URI.create("/x")).build();
  }

  // case: redirect-servlet
  @GetMapping("/redirect-servlet")
  void redirect(HttpServletResponse response) throws IOException {
    response.sendRedirect("/x");
  }

  // case: range-one GET /range | Range: bytes=2-5
  @GetMapping("/range")
  ResponseEntity<Resource> range() {
    return ResponseEntity.ok()
        .contentType(MediaType.TEXT_PLAIN)
        .body(new ByteArrayResource("0123456789".getBytes()));
  }

  // case: range-beyond GET /range | Range: bytes=50-60
  // case: range-two GET /range | Range: bytes=0-1,4-5
  // case: error-204
  @GetMapping("/error-204")
  String error204() {
    throw new ResponseStatusException(HttpStatus.NO_CONTENT);
  }

  // case: error-500
  @GetMapping("/error-500")
  String error500() {
    throw new IllegalStateException("broken");
  }
  // end
}
