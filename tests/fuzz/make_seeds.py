#!/usr/bin/env python3
"""Seeds for the fuzz targets: the examples of all rules.

    make_seeds.py RULES_JSON OUT      OUT/parse: one text a file; OUT/lint, OUT/fix: as exchange.h takes one apart;
                                      OUT/syntax: the values of fields, for each grammar;
                                      OUT/structured_field, OUT/field_grammars: the same for these targets;
                                      OUT/origin: the requests, as origin.cpp takes them apart;
                                      OUT/scenario: the scenarios of the site and of tests/traces
"""

import base64
import hashlib
import json
import sys
from pathlib import Path

SCHEMES = [None, "http", "https"]


def decode(side):
    return None if side is None else base64.b64decode(side["base64"])


def lint_seed(request, response, scheme):
    """The first byte: modulo 3 the scheme, 4 a request before the NUL, 8 a request alone."""
    wanted = SCHEMES.index(scheme)
    if request is not None and response is not None:
        return bytes([next(m for m in (4, 5, 6) if m % 3 == wanted)]) + request + b"\0" + response
    if request is not None:
        return bytes([next(m for m in (8, 9, 10) if m % 3 == wanted)]) + request
    return bytes([wanted]) + response


def syntax_seeds(message):
    """Each value goes to the grammar that its name's length picks; the fuzzer tries the others."""
    for line in (message or b"").partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            yield "syntax", bytes([len(name) % 12]) + value.strip()


def value_seeds(text):
    """The values of the fields, after a byte for the type and two for the field."""
    for line in text.partition(b"\r\n\r\n")[0].split(b"\r\n")[1:]:
        name, colon, value = line.partition(b":")
        if colon:
            digest = hashlib.sha256(name.lower()).digest()
            yield "structured_field", digest[:1] + value.strip()
            yield "field_grammars", digest[:2] + value.strip()


def origin_seeds(request):
    """Method, target and fields a line each, after three bytes for the origin's settings."""
    head, _, content = (request or b"").partition(b"\r\n\r\n")
    start, *fields = head.split(b"\r\n")
    parts = start.split(b" ")
    if len(parts) == 3:
        settings = hashlib.sha256(head).digest()[:3]
        lines = [parts[0], b"https://a.example" + parts[1], *fields, b"", content.partition(b"\n")[0]]
        yield "origin", settings + b"\n".join(lines)


def main(rules_json, out):
    for rule in json.loads(Path(rules_json).read_text(encoding="utf-8"))["rules"]:
        for case in [*rule["bad"], *rule["good"]]:
            request, response = decode(case["request"]), decode(case["response"])
            seeds = [("parse", text) for text in (request, response) if text is not None]
            exchange = lint_seed(request, response, case["scheme"])
            seeds += [("lint", exchange), ("fix", exchange), *syntax_seeds(request), *syntax_seeds(response)]
            seeds += [seed for text in (request, response) if text is not None for seed in value_seeds(text)]
            seeds += origin_seeds(request)
            for target, data in seeds:
                path = Path(out) / target / hashlib.sha256(data).hexdigest()[:16]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(data)

    root = Path(__file__).resolve().parents[2]
    scenarios = [json.loads(path.read_text(encoding="utf-8"))["scenario"] for path in root.glob("web/src/content/scenarios/*.json")]
    scenarios += [json.loads(path.read_text(encoding="utf-8")) for path in root.glob("tests/traces/*/scenario.json")]
    for index, scenario in enumerate(scenarios):
        path = Path(out) / "scenario" / str(index)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(scenario), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
