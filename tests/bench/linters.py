"""The same messages through httplint and HTTPolice, each as its own command line does it, without a report.

    linters.py CORPUS SECONDS      prints {"httplint": messages a second, "HTTPolice": ...}
"""

import io
import json
import struct
import sys
import time

import httpolice
from httplint import HttpResponseLinter
from httpolice.framing1 import parse_streams
from httpolice.stream import Stream


def read_corpus(path):
    with open(path, "rb") as file:
        data = file.read()
    messages, at = [], 0
    while at < len(data):
        (size,) = struct.unpack_from("<I", data, at)
        messages.append(data[at + 4 : at + 4 + size])
        at += 4 + size
    return messages


def with_httplint(message):
    head, _, content = message.partition(b"\r\n\r\n")
    lines = head.split(b"\r\n")
    version, code, phrase = lines[0].split(b" ", 2)
    fields = [tuple(line.split(b":", 1)) for line in lines[1:]]
    linter = HttpResponseLinter()
    linter.process_response_topline(version, code, phrase)
    linter.process_headers([(name, value.strip()) for name, value in fields])
    linter.feed_content(content)
    linter.finish_content(True)
    return len(linter.notes)


def with_httpolice(message):
    found = 0
    for exchange in parse_streams(None, Stream(io.BufferedReader(io.BytesIO(message)), "corpus")):
        httpolice.check_exchange(exchange)
        found += sum(len(response.notices) for response in exchange.responses)
    return found


def rate(lint, messages, seconds):
    """Messages a second of processor time, after one round to warm up."""
    for message in messages:
        lint(message)
    begin, done = time.process_time(), 0
    while time.process_time() - begin < seconds:
        for message in messages:
            lint(message)
        done += len(messages)
    return done / (time.process_time() - begin)


def main(corpus, seconds):
    messages = read_corpus(corpus)
    linters = {"httplint": with_httplint, "HTTPolice": with_httpolice}
    print(json.dumps({name: rate(lint, messages, float(seconds)) for name, lint in linters.items()}))


if __name__ == "__main__":
    main(*sys.argv[1:])
