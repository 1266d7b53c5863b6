"""A raw HTTP/1.1 client: sends the bytes it is given, reads the bytes that come, and tells how the connection fared.

The framing is that of RFC 9112 section 6.3 and nothing is repaired: what a lenient client would hide is what is looked for.
"""

import re
import socket
import time
from dataclasses import dataclass

PATIENCE = 3  # seconds without a byte, after which a client is said to hang
PROBE = b"GET /probe HTTP/1.1\r\nHost: a.example\r\n\r\n"
ALIVE = b"alive"

# How the connection fared:
KEPT = "kept"  # the response is complete, the next one on the same connection is right
CLOSED = "closed"  # the response is complete, the connection ends after it
UNFRAMED = "until-close"  # only the end of the connection ends the response
DESYNC = "desync"  # bytes are left over: the next response on the connection would be misread
HANGS = "hangs"  # the response is not complete, and nothing more comes
TRUNCATED = "truncated"  # the connection ends before the response is complete
NOTHING = "nothing"  # the connection ends without a single byte


@dataclass(frozen=True)
class Exchange:
    request: bytes
    wire: bytes  # all responses to the request: interim ones, the final one, and what is left over
    outcome: str


@dataclass(frozen=True)
class Head:
    status: int | None
    fields: list[tuple[bytes, bytes]]

    def all(self, name: bytes) -> list[bytes]:
        return [value for field, value in self.fields if field.lower() == name]


def request_bytes(method: str, path: str, fields: list[str] | None = None, content: bytes = b"") -> bytes:
    lines = [f"{method} {path} HTTP/1.1", "Host: a.example", *(fields or [])]
    if content:
        lines.append(f"Content-Length: {len(content)}")
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + content


def parse_head(head: bytes) -> Head:
    first, *lines = head.split(b"\r\n")
    status = re.match(rb"HTTP/1\.[01] (\d{3})(?: |$)", first)
    fields = [tuple(part.strip(b" \t") for part in line.split(b":", 1)) for line in lines if b":" in line]
    return Head(int(status[1]) if status else None, fields)


class Connection:
    def __init__(self, port: int, patience: float = PATIENCE) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=patience)
        self.received = b""  # everything, from the first byte on
        self.ended = False
        self.patient = True  # until the peer was silent for too long

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        self._socket.close()

    def send(self, request: bytes) -> None:
        try:
            self._socket.sendall(request)
        except OSError:
            self.ended = True

    def more(self) -> bool:
        """Waits for bytes; false when the peer closed or is silent."""
        if self.ended:
            return False
        try:
            got = self._socket.recv(65536)
        except TimeoutError:
            self.patient = False
            return False
        except OSError:
            got = b""
        self.ended = not got
        self.received += got
        return bool(got)

    def until(self, end: int) -> bool:
        while len(self.received) < end:
            if not self.more():
                return False
        return True

    def find(self, what: bytes, start: int) -> int:
        """Where `what` ends, or -1."""
        while (at := self.received.find(what, start)) < 0:
            if not self.more():
                return -1
        return at + len(what)

    def response_end(self, method: str, start: int) -> tuple[int, bool]:
        """Where the responses to one request end (interim ones are part of them), -1 if they do not; whether only closing ends them."""
        while True:
            head_end = self.find(b"\r\n\r\n", start)
            if head_end < 0:
                return -1, False
            head = parse_head(self.received[start : head_end - 4])
            if head.status is None or not 100 <= head.status < 200 or head.status == 101:
                break
            start = head_end
        return self._content_end(method, head, head_end)

    def _content_end(self, method: str, head: Head, start: int) -> tuple[int, bool]:
        if method == "HEAD" or head.status in (204, 304):
            return start, False
        if head.status == 101:
            while self.more():
                pass
            return -1, False  # the other protocol never speaks here
        if any(b"chunked" in value.lower() for value in head.all(b"transfer-encoding")):
            return self._chunks_end(start), False
        lengths = {value for value in head.all(b"content-length")}
        if len(lengths) == 1 and (length := lengths.pop()).isdigit():
            end = start + int(length)
            return (end if self.until(end) else -1), False
        while self.more():
            pass
        return (len(self.received) if self.ended else -1), True

    def _chunks_end(self, at: int) -> int:
        while True:
            line_end = self.find(b"\r\n", at)
            if line_end < 0:
                return -1
            size = self.received[at : line_end - 2].split(b";")[0].strip()
            if not re.fullmatch(rb"[0-9A-Fa-f]+", size):
                return -1
            if int(size, 16) == 0:
                return self.find(b"\r\n", line_end)
            at = line_end + int(size, 16) + 2
            if not self.until(at):
                return -1


def exchange(port: int, request: bytes, patience: float = PATIENCE) -> Exchange:
    method = request.split(b" ", 1)[0].decode()
    with Connection(port, patience) as connection:
        connection.send(request)
        end, unframed = connection.response_end(method, 0)
        if end < 0:
            if not connection.ended:
                return Exchange(request, connection.received, HANGS)
            return Exchange(request, connection.received, TRUNCATED if connection.received else NOTHING)
        if unframed:
            return Exchange(request, connection.received, UNFRAMED)
        return _probe(connection, request, end)


def _probe(connection: Connection, request: bytes, end: int) -> Exchange:
    """Asks again on the same connection. Sent at once, so that a server that closes is caught; what came before the answer to it is
    the response to the first request."""
    if says_close(connection.received[:end]):
        # RFC 9112 section 9.6: "A client that receives a "close" connection option MUST cease sending requests on that connection".
        # Werkzeug, which reads what comes within a hundredth of a second after it, would wait for more.
        while connection.more():
            pass
    else:
        time.sleep(0.02)
    connection.send(PROBE)
    probe_end = connection.find(ALIVE, end)
    if probe_end < 0:
        leftover = len(connection.received) > end
        outcome = DESYNC if leftover else CLOSED if connection.ended else HANGS
        return Exchange(request, connection.received, outcome)
    begin = connection.received.rfind(b"HTTP/1.", end, probe_end)
    if begin < 0 or parse_head(connection.received[begin:probe_end].split(b"\r\n\r\n")[0]).status != 200:
        return Exchange(request, connection.received[:end], DESYNC)
    return Exchange(request, connection.received[:begin], KEPT if begin == end else DESYNC)


# --- taking apart a complete response -------------------------------------------------------------------------------------------


def final(response: bytes) -> bytes:
    """Without the interim responses before it."""
    while (status := parse_head(response.split(b"\r\n", 1)[0]).status) is not None and 100 <= status < 200 and status != 101:
        response = response.split(b"\r\n\r\n", 1)[1]
    return response


def says_close(response: bytes) -> bool:
    head = parse_head(final(response).split(b"\r\n\r\n")[0])
    return any(b"close" in value.lower() for value in head.all(b"connection"))


def take_apart(response: bytes, method: str) -> tuple[list[Head], bytes]:
    """The heads of all responses to one request, the final one last, and its content without chunks."""
    heads = []
    while True:
        head, _, rest = response.partition(b"\r\n\r\n")
        heads.append(parse_head(head))
        status = heads[-1].status
        if status is None or not 100 <= status < 200 or status == 101 or not rest:
            break
        response = rest
    if any(b"chunked" in value.lower() for value in heads[-1].all(b"transfer-encoding")) and method != "HEAD":
        return heads, _unchunk(rest)
    return heads, rest


def _unchunk(content: bytes) -> bytes:
    out = b""
    while True:
        line, _, content = content.partition(b"\r\n")
        size = int(line.split(b";")[0], 16)
        if size == 0:
            return out
        out, content = out + content[:size], content[size + 2 :]


# --- as text of a table ---------------------------------------------------------------------------------------------------------

# What is another one in every run, in a form of the same length where that is possible.
_VARYING = [
    (re.compile(rb"(?im)^(date): [A-Z][a-z]{2}, [^\r\n]*"), rb"\1: Wed, 25 Nov 2026 08:00:00 GMT"),
    (re.compile(rb"(Python/\d+\.\d+)\.\d+"), rb"\1"),
    # The offset stays as it is written, so that the length does.
    (re.compile(rb'"timestamp":"[^"]{23}([^"]*)"'), rb'"timestamp":"2026-11-25T08:00:00.000\1"'),
]


def steady(wire: bytes) -> bytes:
    for pattern, replacement in _VARYING:
        wire = pattern.sub(replacement, wire)
    return _steady_boundary(wire)


def _steady_boundary(wire: bytes) -> bytes:
    """The boundary of a multipart is a random one, in one server even of a random length: what counts its bytes is counted anew."""
    boundary = re.search(rb"(?i)boundary=([0-9a-z_-]+)", wire)
    if not boundary:
        return wire
    head, content = wire.replace(boundary[1], b"boundary").split(b"\r\n\r\n", 1)
    if only := re.fullmatch(rb"[0-9a-f]+\r\n(.*)\r\n0\r\n\r\n", content, re.DOTALL):
        content = b"%x\r\n%s\r\n0\r\n\r\n" % (len(only[1]), only[1])
    head = re.sub(rb"(?i)(content-length: )\d+", rb"\g<1>%d" % len(content), head)
    return head + b"\r\n\r\n" + content
