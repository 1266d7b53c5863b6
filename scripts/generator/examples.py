r"""Wire examples in a rule file.

    ```http response scheme=https
    HTTP/1.1 204 No Content
    Content-Length: 0
    ^^^^^^^^^^^^^^^^^
    ```

* `http`, `http request`, `http response` (`http` alone is a response), then optionally `scheme=http|https` and the time
  of the check, `now=2026-11-22T09:30:00Z`.
  A response that follows a request directly belongs to it: together they are one case. `---` keeps them apart.
* Lines of a head end in CRLF, lines of content in LF; the last line of content has no line end. A head that the
  fence does not close with an empty line is closed. A start line right after the empty line, or after a line of content
  without line end, begins the next head.
* \r \n \t \0 \xNN \\ are what they look like; a `\` at the end of a line: no line end here (and no closing).
* A line of spaces and `^` marks bytes of the line above; the mark reaches from the first caret to the last one, also
  over several lines. The two columns after a line are its line end.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timezone

FENCE = re.compile(r"(?P<ticks>`{3,})http(?P<info>(?:\s.*)?)")
CARETS = re.compile(r" *\^[ ^]*")
START_LINE = re.compile(r"(?:[<>] )?(?:HTTP/\d|[!#$%&'*+.^_`|~0-9A-Za-z-]+ \S+ HTTP/\d)")
ESCAPE = re.compile(r"\\(?:x(?P<hex>[0-9A-Fa-f]{2})|(?P<letter>[rnt0\\]))")
LETTERS = {"r": b"\r", "n": b"\n", "t": b"\t", "0": b"\0", "\\": b"\\"}
CLOSES_HEAD = {"", "<", "< ", ">", "> "}


class Mistake(Exception):
    def __init__(self, line: int, text: str):
        super().__init__(text)
        self.line = line


@dataclass(frozen=True)
class Mark:
    on: str
    begin: int
    end: int


@dataclass
class Fence:
    """One fence: the bytes of one side."""

    line: int
    side: str
    scheme: str | None
    now: int | None
    data: bytes
    mark: Mark | None


@dataclass
class Case:
    """What is linted at once: a request, a response, or both."""

    line: int
    request: bytes | None = None
    response: bytes | None = None
    scheme: str | None = None
    now: int | None = None  # seconds since 1970-01-01T00:00:00Z
    mark: Mark | None = None

    def add(self, fence: Fence) -> None:
        setattr(self, fence.side, fence.data)
        if self.mark and fence.mark:
            raise Mistake(fence.line, "request and response of one case are both marked; a finding has one place")
        if self.scheme and fence.scheme and self.scheme != fence.scheme:
            raise Mistake(fence.line, f"scheme={fence.scheme}, but the request of this case has scheme={self.scheme}")
        if self.now is not None and fence.now is not None and self.now != fence.now:
            raise Mistake(fence.line, "now= differs from that of the request of this case")
        self.mark = self.mark or fence.mark
        self.scheme = self.scheme or fence.scheme
        self.now = fence.now if self.now is None else self.now


def decode(text: str, line: int) -> tuple[bytes, list[tuple[int, int]], bool]:
    """Bytes of a source line, the byte range of each of its columns, and whether a line end follows."""
    data = bytearray()
    columns: list[tuple[int, int]] = []
    at = 0
    while at < len(text):
        begin = len(data)
        if text[at] != "\\":
            data += text[at].encode("utf-8")
            width = 1
        elif at == len(text) - 1:
            return bytes(data), columns, False
        else:
            escape = ESCAPE.match(text, at)
            if not escape:
                raise Mistake(line, f"'{text[at:at + 2]}' is not an escape; they are \\r \\n \\t \\0 \\xNN \\\\")
            data += bytes.fromhex(escape["hex"]) if escape["hex"] else LETTERS[escape["letter"]]
            width = len(escape[0])
        columns += [(begin, len(data))] * width
        at += width
    return bytes(data), columns, True


def parse_fence(info: str, lines: list[str], line: int) -> Fence:
    """`line` is the number of the opening line; `lines` stand between the fences."""
    side, scheme, now = _parse_info(info, line)
    data = bytearray()
    columns: list[tuple[int, int]] | None = None
    marked: tuple[int, int] | None = None
    in_head, closed, after_empty = True, False, False
    last_text = max((i for i, text in enumerate(lines) if not CARETS.fullmatch(text)), default=-1)

    for i, text in enumerate(lines):
        number = line + 1 + i
        if CARETS.fullmatch(text):
            if columns is None:
                raise Mistake(number, "there is no line above these carets")
            marked = _widen(marked, text, columns, number)
            columns = None
            continue
        if after_empty and START_LINE.match(text):
            in_head, closed = True, False
        after_empty = False
        offset = len(data)
        piece, ranges, has_end = decode(text, number)
        data += piece
        if in_head and has_end:
            end = b"\r\n"
        elif has_end and i != last_text:
            end = b"\n"
        else:
            end = b""
        columns = [(offset + a, offset + b) for a, b in ranges]
        columns += [(len(data) + k, len(data) + k + 1) for k in range(len(end))]
        data += end
        if not has_end:
            closed = True
            after_empty = not in_head
        elif text in CLOSES_HEAD:
            in_head, closed, after_empty = False, True, True
        elif in_head:
            closed = False
    if lines and in_head and not closed:
        data += b"\r\n"
    return Fence(line, side, scheme, now, bytes(data), Mark(side, *marked) if marked else None)


def _parse_info(info: str, line: int) -> tuple[str, str | None, int | None]:
    side, scheme, now = "response", None, None
    for word in info.split():
        if word in ("request", "response"):
            side = word
        elif word in ("scheme=http", "scheme=https"):
            scheme = word.split("=")[1]
        elif word.startswith("now="):
            now = _seconds(word[4:], line)
        else:
            raise Mistake(line, f"'{word}' after ```http; known are: request response scheme=http scheme=https now=TIME")
    return side, scheme, now


def _seconds(text: str, line: int) -> int:
    try:
        time = datetime.strptime(text, "%Y-%m-%dT%H:%M:%SZ")
    except ValueError:
        raise Mistake(line, f"now={text}: a time reads like 2026-11-22T09:30:00Z") from None
    return int(time.replace(tzinfo=timezone.utc).timestamp())


def _widen(
    marked: tuple[int, int] | None, carets: str, columns: list[tuple[int, int]], line: int
) -> tuple[int, int]:
    first, last = carets.index("^"), carets.rindex("^")
    if last >= len(columns):
        raise Mistake(line, f"the caret in column {last + 1} is beyond the end of the line above ({len(columns)} columns)")
    begin, end = columns[first][0], columns[last][1]
    return (begin, end) if marked is None else (marked[0], end)


def parse_cases(lines: list[tuple[int, str]]) -> list[Case]:
    """Cases of one section (`## Bad`, ...): `lines` are numbered source lines below the heading."""
    cases: list[Case] = []
    joinable = False
    at = 0
    while at < len(lines):
        number, text = lines[at]
        at += 1
        if not text.strip():
            continue
        if text.strip() == "---":
            joinable = False
            continue
        opening = FENCE.fullmatch(text)
        if not opening:
            raise Mistake(number, "only ```http fences stand in this section (and --- between cases)")
        inside: list[str] = []
        while at < len(lines) and lines[at][1].rstrip() != opening["ticks"]:
            inside.append(lines[at][1])
            at += 1
        if at == len(lines):
            raise Mistake(number, "this fence is not closed")
        at += 1
        fence = parse_fence(opening["info"], inside, number)
        if fence.side == "request" or not joinable:
            cases.append(Case(number))
        cases[-1].add(fence)
        joinable = fence.side == "request"
    return cases
