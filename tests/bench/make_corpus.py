#!/usr/bin/env python3
"""Makes the corpus of the parse bench: 200 distinct response heads of 300 to 1,200 bytes with 8 to 25 fields.

    make_corpus.py OUT              one file: for each head its length (4 bytes, little endian) and its bytes
    make_corpus.py OUT --content    the same responses with content of the length they declare, as linters get them

The heads are drawn with a fixed seed from what servers, frameworks and CDNs usually send, in their usual spelling.
"""

import gzip
import random
import string
import struct
import sys

STATUSES = ["200 OK"] * 8 + [
    "201 Created", "204 No Content", "206 Partial Content", "301 Moved Permanently", "302 Found", "304 Not Modified",
    "400 Bad Request", "401 Unauthorized", "403 Forbidden", "404 Not Found", "429 Too Many Requests",
    "500 Internal Server Error", "503 Service Unavailable",
]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
WORDS = "app static assets img api v1 v2 users orders items search main vendor theme font report feed node edge".split()


class Draw(random.Random):
    def text(self, size: int, letters: str = string.ascii_lowercase + string.digits) -> str:
        return "".join(self.choice(letters) for _ in range(size))

    def hexadecimal(self, size: int) -> str:
        return self.text(size, "0123456789abcdef")

    def date(self) -> str:
        clock = f"{self.randrange(24):02}:{self.randrange(60):02}:{self.randrange(60):02}"
        return f"{self.choice(DAYS)}, {self.randint(1, 28):02} {self.choice(MONTHS)} {self.randint(2019, 2026)} {clock} GMT"

    def path(self) -> str:
        return "/" + "/".join(self.choice(WORDS) for _ in range(self.randint(1, 4)))


FIELDS = [
    lambda r: ("Date", r.date()),
    lambda r: ("Server", r.choice(["nginx", "Apache/2.4.62 (Debian)", "cloudflare", "AmazonS3", "envoy", "Caddy", "gws"])),
    lambda r: ("Content-Type", r.choice(["text/html; charset=utf-8", "application/json", "text/css", "image/webp",
                                         "application/javascript; charset=UTF-8", "application/problem+json"])),
    lambda r: ("Content-Length", str(r.randrange(1, 2_000_000))),
    lambda r: ("Cache-Control", r.choice(["no-cache, no-store, must-revalidate", "public, max-age=31536000, immutable",
                                          "private, max-age=0", f"public, max-age={r.randrange(60, 90000)}, s-maxage=600"])),
    lambda r: ("ETag", r.choice(['"%s"', 'W/"%s"']) % r.hexadecimal(r.choice([16, 32, 40]))),
    lambda r: ("Last-Modified", r.date()),
    lambda r: ("Expires", r.date()),
    lambda r: ("Vary", r.choice(["Accept-Encoding", "Accept-Encoding, Origin", "Origin, Accept-Encoding, Cookie"])),
    lambda r: ("Set-Cookie", f"{r.choice(['sid', 'session', '_csrf', 'AWSALB'])}={r.text(r.randint(24, 96), string.ascii_letters + string.digits)}; Path=/; HttpOnly; Secure; SameSite=Lax"),
    lambda r: ("Strict-Transport-Security", "max-age=31536000; includeSubDomains; preload"),
    lambda r: ("X-Content-Type-Options", "nosniff"),
    lambda r: ("X-Frame-Options", r.choice(["DENY", "SAMEORIGIN"])),
    lambda r: ("Referrer-Policy", "strict-origin-when-cross-origin"),
    lambda r: ("Content-Security-Policy", f"default-src 'self'; script-src 'self' 'nonce-{r.text(22)}'; img-src 'self' data: https://{r.text(8)}.example"),
    lambda r: ("Permissions-Policy", "camera=(), microphone=(), geolocation=()"),
    lambda r: ("Access-Control-Allow-Origin", r.choice(["*", "https://app.example.com"])),
    lambda r: ("Access-Control-Expose-Headers", "ETag, Link, X-Request-Id"),
    lambda r: ("Link", f"<{r.path()}.css>; rel=preload; as=style, <{r.path()}.js>; rel=preload; as=script"),
    lambda r: ("Location", f"https://www.example.com{r.path()}?next={r.text(12)}"),
    lambda r: ("Age", str(r.randrange(86400))),
    lambda r: ("Via", f"1.1 {r.hexadecimal(32)}.cdn.example (CDN)"),
    lambda r: ("Alt-Svc", 'h3=":443"; ma=86400'),
    lambda r: ("Accept-Ranges", "bytes"),
    lambda r: ("Content-Encoding", r.choice(["gzip", "br", "zstd"])),
    lambda r: ("Connection", r.choice(["keep-alive", "close"])),
    lambda r: ("Keep-Alive", "timeout=5"),
    lambda r: ("Report-To", '{"group":"default","max_age":604800,"endpoints":[{"url":"https://report.example/r?s=%s"}]}' % r.text(30)),
    lambda r: ("NEL", '{"success_fraction":0,"report_to":"default","max_age":604800}'),
    lambda r: ("Server-Timing", f"cache;desc=HIT, edge;dur={r.randrange(1, 90)}, origin;dur=0"),
    lambda r: ("X-Request-Id", "-".join(r.hexadecimal(n) for n in (8, 4, 4, 4, 12))),
    lambda r: ("X-Cache", r.choice(["HIT", "MISS from edge", "Hit from cdn"])),
    lambda r: ("X-Powered-By", r.choice(["Express", "PHP/8.3.6", "ASP.NET"])),
    lambda r: ("X-RateLimit-Remaining", str(r.randrange(5000))),
    lambda r: ("Timing-Allow-Origin", "*"),
    lambda r: ("Retry-After", str(r.randrange(1, 3600))),
]


def head(draw: Draw) -> bytes:
    while True:
        chosen = draw.sample(FIELDS, draw.randint(8, 25))
        chosen.sort(key=FIELDS.index)
        lower = draw.random() < 0.25
        lines = ["HTTP/1.1 " + draw.choice(STATUSES)]
        for field in chosen:
            name, value = field(draw)
            lines.append(f"{name.lower() if lower else name}: {value}")
        data = ("\r\n".join(lines) + "\r\n\r\n").encode()
        if 300 <= len(data) <= 1200:
            return data


def with_content(data: bytes, draw: Draw) -> bytes:
    """Content in the coding and of the length that the head declares."""
    lines = data.decode().split("\r\n")[:-2]
    status = lines[0].split()[1]
    fields = [line.split(": ", 1) for line in lines[1:]]
    fields = [[name, value] for name, value in fields if name.lower() != "content-length"]
    if status in ("204", "304"):
        content = b""
    else:
        json = any(name.lower() == "content-type" and "json" in value for name, value in fields)
        text = " ".join(draw.choice(WORDS) for _ in range(draw.randint(20, 200)))
        content = (f'{{"title": "{text}", "status": {status}}}' if json else f"<!doctype html><title>a</title><p>{text}</p>").encode()
    coded = [field for field in fields if field[0].lower() == "content-encoding"]
    if coded and content:
        coded[0][1] = "gzip"
        content = gzip.compress(content, mtime=0)
    if status not in ("204", "304"):
        fields.append(["content-length" if lines[1][0].islower() else "Content-Length", str(len(content))])
    head_lines = [lines[0], *(f"{name}: {value}" for name, value in fields)]
    return ("\r\n".join(head_lines) + "\r\n\r\n").encode() + content


def main() -> None:
    draw = Draw(20261122)
    heads = {head(draw): None for _ in range(200)}
    assert len(heads) == 200
    if "--content" in sys.argv:
        heads = {with_content(data, draw): None for data in heads}
    with open(sys.argv[1], "wb") as out:
        for data in heads:
            out.write(struct.pack("<I", len(data)) + data)


if __name__ == "__main__":
    main()
