/*
 * Preset dictionary of link format 1: what exchanges are mostly made of, the most frequent last.
 * Frozen. Every link in the world that starts with "1" is read with exactly these bytes; a better
 * dictionary is a new format with its own file.
 */
export const DICTIONARY_V1 = [
  "Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n", "Sec-WebSocket-Version: 13\r\n", "Connection: Upgrade\r\nUpgrade: websocket\r\n",
  "Proxy-Authenticate: Basic realm=\"", "WWW-Authenticate: Bearer realm=\"", "Authorization: Bearer ",
  "Accept-Ranges: bytes\r\n", "Content-Range: bytes 0-", "If-Range: ", "Range: bytes=0-", "multipart/byteranges; boundary=",
  "If-Unmodified-Since: ", "If-Modified-Since: ", "If-None-Match: \"", "If-Match: \"", "Last-Modified: ", "Expires: ", "Pragma: no-cache\r\n",
  "Access-Control-Allow-Origin: *\r\n", "Access-Control-Request-Method: ", "Access-Control-Allow-Methods: ", "Access-Control-Allow-Headers: ", "Origin: https://",
  "Strict-Transport-Security: max-age=31536000; includeSubDomains\r\n", "X-Content-Type-Options: nosniff\r\n", "Content-Security-Policy: default-src 'self'",
  "Set-Cookie: session=", "; Path=/; Secure; HttpOnly; SameSite=Lax\r\n", "Cookie: ",
  "Link: </style.css>; rel=preload; as=style\r\n", "Content-Language: en\r\n", "Content-Disposition: attachment; filename=\"",
  "Accept-Language: en\r\n", "Accept-Encoding: gzip, deflate, br\r\n", "Content-Encoding: gzip\r\n", "Vary: Accept-Encoding\r\n",
  "Trailer: ", "Expect: 100-continue\r\n", "Via: 1.1 ", "Age: ", "Warning: ", "Server: nginx\r\n", "Keep-Alive: timeout=5\r\n", "Connection: keep-alive\r\n", "Connection: close\r\n",
  "Retry-After: 120\r\n", "Allow: GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS\r\n", "Location: https://", "ETag: \"", "ETag: W/\"",
  "{\"type\":\"about:blank\",\"title\":\"", "\",\"status\":", ",\"detail\":\"", "{\"error\":\"", "\"message\":\"", "\",\"id\":", "<!doctype html><html><head><title>", "</title></head><body><h1>", "</h1></body></html>",
  "application/problem+json", "application/x-www-form-urlencoded", "application/octet-stream", "text/event-stream",
  "* Connected to ", "* Connection #0 to host ", " left intact\r\n", "> \r\n", "< \r\n", "< HTTP/2 200 \r\n< ", "> GET / HTTP/1.1\r\n> Host: ", "> User-Agent: curl/8.14.1\r\n> Accept: */*\r\n",
  "HTTP/1.1 100 Continue\r\n\r\n", "HTTP/1.1 101 Switching Protocols\r\n", "HTTP/1.1 103 Early Hints\r\n", "HTTP/1.1 201 Created\r\n", "HTTP/1.1 202 Accepted\r\n", "HTTP/1.1 205 Reset Content\r\n",
  "HTTP/1.1 206 Partial Content\r\n", "HTTP/1.1 301 Moved Permanently\r\n", "HTTP/1.1 302 Found\r\n", "HTTP/1.1 303 See Other\r\n", "HTTP/1.1 304 Not Modified\r\n",
  "HTTP/1.1 307 Temporary Redirect\r\n", "HTTP/1.1 308 Permanent Redirect\r\n", "HTTP/1.1 400 Bad Request\r\n", "HTTP/1.1 401 Unauthorized\r\n", "HTTP/1.1 403 Forbidden\r\n",
  "HTTP/1.1 404 Not Found\r\n", "HTTP/1.1 405 Method Not Allowed\r\n", "HTTP/1.1 407 Proxy Authentication Required\r\n", "HTTP/1.1 409 Conflict\r\n", "HTTP/1.1 412 Precondition Failed\r\n",
  "HTTP/1.1 416 Range Not Satisfiable\r\n", "HTTP/1.1 422 Unprocessable Content\r\n", "HTTP/1.1 426 Upgrade Required\r\n", "HTTP/1.1 429 Too Many Requests\r\n", "HTTP/1.1 451 Unavailable For Legal Reasons\r\n",
  "HTTP/1.1 500 Internal Server Error\r\n", "HTTP/1.1 502 Bad Gateway\r\n", "HTTP/1.1 503 Service Unavailable\r\n", "HTTP/1.1 504 Gateway Timeout\r\n",
  "OPTIONS / HTTP/1.1\r\n", "HEAD / HTTP/1.1\r\n", "PATCH / HTTP/1.1\r\n", "PUT / HTTP/1.1\r\n", "DELETE / HTTP/1.1\r\n", "POST / HTTP/1.1\r\n",
  "Transfer-Encoding: chunked\r\n", "\r\n0\r\n\r\n", "Cache-Control: public, max-age=3600, must-revalidate\r\n", "Cache-Control: no-store\r\n", "Cache-Control: private, no-cache\r\n",
  "Content-Type: text/plain; charset=utf-8\r\n", "Content-Type: text/html; charset=utf-8\r\n", "Content-Type: application/json\r\n", "Content-Length: 0\r\n",
  "Accept: application/json\r\n", "GET / HTTP/1.1\r\nHost: api.example\r\n", "Host: www.example.com\r\n",
  "HTTP/1.1 204 No Content\r\n", "HTTP/1.1 200 OK\r\nDate: Sun, 22 Nov 2026 09:30:00 GMT\r\nContent-Length: 16\r\n\r\n",
].join("");
