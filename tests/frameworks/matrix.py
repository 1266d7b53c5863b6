#!/usr/bin/env python3
"""Proves the snippets: every code x column x target, generated, formatted, compiled, started, asked, compared with the answer.

    tests/frameworks/matrix.py [--accept] [--from FILE] [TARGET]...

For each target one project with all routes runs as one process, the way its snippet says it is started. Each cell is asked over
one connection what statuslab::snippet::probes() says, then the first question once more. What came is compared with the answer,
and our own validator reads it. core/data/snippet_proofs.tsv holds the states and the bytes; a run fails where it differs from
them, --accept writes them. --from reads what build/native/tests/statuslab_matrix would print.
"""

import argparse
import collections
import json
import os
import re
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import form
import installed
import servers
import wire
from installed import BUILD, DATA, ROOT, read_table

TABLE = DATA / "snippet_proofs.tsv"
COLUMNS = ["target", "server", "code", "case", "state", "reason", "request", "wire"]
PROVEN, CANNOT, NOT_APPLICABLE, FAILED = "proven", "cannot", "not-applicable", "failed"


@dataclass
class Cell:
    """One code in one column of one target, and what became of it."""

    code: int
    case: str
    verdict: str
    reason: str
    probes: list[dict]
    faults: list[str] = field(default_factory=list)
    asked: list[wire.Exchange] = field(default_factory=list)

    @property
    def state(self) -> str:
        if self.verdict != "possible":
            return CANNOT if self.verdict == "cannot" else NOT_APPLICABLE
        return FAILED if self.faults else PROVEN

    @property
    def is_hostile(self) -> bool:
        """Input that would break out of a string: proven or refused like the others, but no cell of the matrix."""
        return self.case.startswith("hostile-")

    @property
    def telling(self) -> wire.Exchange | None:
        """The exchange with the code of the cell; the first one where none has it. In a form that is the same in every run."""
        if not self.asked:
            return None
        at = next((i for i, one in enumerate(self.asked) if re.search(rb"HTTP/1\.1 %d " % self.code, one.wire)), 0)
        expected = bytes.fromhex(self.probes[at]["expected"]["content"])
        request = self.asked[at].request
        return wire.Exchange(request, in_order(wire.steady(self.asked[at].wire), request, expected), wire.KEPT)


def cells(target: dict) -> list[Cell]:
    made = []
    for one in target["cells"]:
        reason = one.get("reason")
        words = " ".join([reason["id"], *(json.dumps(arg) for arg in reason["args"])]) if reason else ""
        made.append(Cell(one["code"], one["case"], one["verdict"], words, one.get("probes", [])))
    return made


# --- asking ----------------------------------------------------------------------------------------------------------------------


def fields_of(side: dict) -> list[tuple[str, bytes]]:
    return [(name, bytes.fromhex(value)) for name, value in side["fields"]]


def request_of(probe: dict) -> bytes:
    request = probe["request"]
    lines = [f"{name}: {value.decode('latin-1')}" for name, value in fields_of(request)]
    content = bytes.fromhex(request["content"])
    if not content and request["method"] in ("POST", "PUT", "PATCH"):
        lines.append("Content-Length: 0")  # RFC 9110 section 8.6
    return wire.request_bytes(request["method"], request["target"], lines, content)


def ask(port: int, cell: Cell, persistent: bool) -> None:
    """All probes over one connection, and the first one again: a response that was framed wrongly shows in the next."""
    probes = [*cell.probes, cell.probes[0]]
    connection = wire.Connection(port, patience=10)
    try:
        for at, probe in enumerate(probes):
            if connection.ended and (not persistent or wire.says_close(cell.asked[-1].wire)):
                connection.close()
                connection = wire.Connection(port, patience=10)
            begin = len(connection.received)
            request = request_of(probe)
            connection.send(request)
            if probe["expected"]["status"] == 101:
                cell.faults += upgrade(connection, probe)
                cell.asked.append(wire.Exchange(request, connection.received.partition(b"\r\n\r\n")[0] + b"\r\n\r\n", wire.KEPT))
                return
            end, unframed = connection.response_end(probe["request"]["method"], begin)
            got = connection.received[begin : end if end >= 0 else None]
            if at < len(cell.probes):
                cell.asked.append(wire.Exchange(request, got, wire.KEPT))
            if end < 0:
                cell.faults.append(f"{_name(probe)}: no complete response, {'closed' if connection.ended else 'silent'} after {got!r}")
                return
            if unframed and persistent:
                cell.faults.append(f"{_name(probe)}: only the end of the connection ends the response")
            cell.faults += compare(probe, got)
            if wire.says_close(got):
                connection.ended = True
    finally:
        connection.close()


def upgrade(connection: wire.Connection, probe: dict) -> list[str]:
    """After a 101 the bytes of the connection are those of the other protocol: here it sends back what it gets."""
    end = connection.find(b"\r\n\r\n", 0)
    if end < 0:
        return [f"{_name(probe)}: {connection.received!r} instead of a 101"]
    faults = compare(probe, connection.received[:end])
    connection.send(b"hello\n")
    return faults + ([] if connection.find(b"hello\n", end) >= 0 else ["after the 101 nothing comes back"])


# --- comparing -------------------------------------------------------------------------------------------------------------------

# Values that are lists in any order (RFC 9110 section 5.6.1): more members than asked for may come where that says nothing else.
LISTS = {"allow", "vary", "connection", "upgrade", "accept", "access-control-allow-methods", "access-control-allow-headers"}


def _name(probe: dict) -> str:
    return f"{probe['request']['method']} {probe['request']['target']}"


def compare(probe: dict, response: bytes) -> list[str]:
    expected = probe["expected"]
    heads, content = wire.take_apart(response, probe["request"]["method"])
    *interim, final = heads
    faults = []
    if final.status != expected["status"]:
        return [f"{_name(probe)}: {final.status} instead of {expected['status']}: {response[:200]!r}"]
    if [one.status for one in interim] != [one["status"] for one in expected["interim"]]:
        faults.append(f"interim {[one.status for one in interim]} instead of {[one['status'] for one in expected['interim']]}")
    else:
        for got, wanted in zip(interim, expected["interim"], strict=True):
            faults += compare_fields(got, fields_of(wanted))
    if probe["exact_fields"]:
        faults += compare_fields(final, fields_of(expected))
    if probe["exact_content"] and not same_content(final, content, bytes.fromhex(expected["content"])):
        faults.append(f"content {content!r} instead of {bytes.fromhex(expected['content'])!r}")
    return [f"{_name(probe)}: {fault}" for fault in faults]


def same_content(head: wire.Head, got: bytes, wanted: bytes) -> bool:
    """JSON is compared as a value: what stands between its tokens means nothing, nor does the order of members (RFC 8259 sections 2
    and 4)."""
    if got == wanted:
        return True
    if not any(b"json" in value for value in head.all(b"content-type")):
        return False
    try:
        return _json(got) == _json(wanted)
    except ValueError:
        return False


def _json(text: bytes) -> object:
    return json.loads(text.decode(), object_pairs_hook=lambda pairs: ("object", sorted(pairs, key=repr)), parse_int=lambda digits: ("int", digits))


def in_order(response: bytes, request: bytes, expected: bytes) -> bytes:
    """With the members of JSON in the order of the answer: those of Java's Map.of come in another one in every run."""
    try:
        content = wire.take_apart(response, request.split(b" ", 1)[0].decode())[1]
        ordered = json.dumps(_as_asked(json.loads(content), json.loads(expected)), separators=(",", ":"), ensure_ascii=False).encode()
    except ValueError:
        return response
    # The same bytes in another order, or it is not only the order.
    return response.replace(content, ordered) if sorted(ordered) == sorted(content) else response


def _as_asked(value: object, asked: object) -> object:
    if isinstance(value, dict) and isinstance(asked, dict) and value.keys() == asked.keys():
        return {name: _as_asked(value[name], asked[name]) for name in asked}
    if isinstance(value, list) and isinstance(asked, list) and len(value) == len(asked):
        return [_as_asked(one, other) for one, other in zip(value, asked, strict=True)]
    return value


def compare_fields(head: wire.Head, expected: list[tuple[str, bytes]]) -> list[str]:
    faults = []
    for name in dict.fromkeys(name.lower() for name, _ in expected):
        wanted = [value for other, value in expected if other.lower() == name]
        got = head.all(name.encode())
        if name in LISTS:
            missing = members(wanted) - members(got)
            if missing:
                faults.append(f"{name} {got} without {sorted(missing)}")
        elif name == "content-type":
            if not got or not same_media(got[0], wanted[0]):
                faults.append(f"content-type {got} instead of {wanted}")
        elif got != wanted:
            faults.append(f"{name} {got} instead of {wanted}")
    return faults


def members(values: list[bytes]) -> set[bytes]:
    return {member.strip().lower() for value in values for member in value.split(b",")}


def same_media(got: bytes, wanted: bytes) -> bool:
    """The same type; the charset that was asked for, or UTF-8 where none was: JSON has none, events are UTF-8."""
    essence, charset = media(got)
    return (essence, charset) == media(wanted) or (essence == media(wanted)[0] and not media(wanted)[1] and charset == b"utf-8")


def media(value: bytes) -> tuple[bytes, bytes]:
    essence, *parameters = (part.strip().lower() for part in value.split(b";"))
    return essence, next((p.split(b"=")[1].strip(b'"') for p in parameters if p.startswith(b"charset=")), b"")


# --- our own validator -----------------------------------------------------------------------------------------------------------

def ideal(probe: dict) -> bytes:
    """The answer as it was asked for, on the wire of a server without faults. What is found in it is the answer's own."""
    expected = probe["expected"]
    content = bytes.fromhex(expected["content"])
    lines = [b"HTTP/1.1 %d %s" % (expected["status"], REASONS.get(expected["status"], "Unknown").encode())]
    lines += [name.encode() + b": " + value for name, value in fields_of(expected)]
    lines.append(b"Date: Wed, 25 Nov 2026 08:00:00 GMT")
    if expected["status"] not in (101, 204, 304):
        lines.append(b"Content-Length: %d" % len(content))
    interim = [b"HTTP/1.1 %d Interim\r\n" % one["status"] + b"".join(name.encode() + b": " + value + b"\r\n" for name, value in fields_of(one)) + b"\r\n"
               for one in expected["interim"]]  # fmt: skip
    return b"".join(interim) + b"\r\n".join(lines) + b"\r\n\r\n" + content


REASONS = {int(row["code"]): row["phrase"] for row in read_table(DATA / "status_codes.tsv") if row["code"].isdigit() and row["phrase"].isascii()}


def lint(all_cells: list[Cell]) -> None:
    """Adds what is found at warning or above in a response, and not in the ideal one, to the faults of its cell."""
    exchanges = [(cell, (one.request, ideal(probe)), one) for cell in all_cells for probe, one in zip(cell.probes, cell.asked, strict=False)]
    ideals = list(dict.fromkeys(pair for _, pair, _ in exchanges))
    own = {pair: {rule_of(one) for one in found} for pair, found in zip(ideals, validate(ideals), strict=True)}
    answers = validate([(one.request, one.wire) for *_, one in exchanges])
    for (cell, pair, _), found in zip(exchanges, answers, strict=True):
        cell.faults += [f"validator: {one}" for one in found if rule_of(one) not in own[pair]]


def rule_of(finding: str) -> str:
    return finding.split(" ")[1]


def validate(exchanges: list[tuple[bytes, bytes]]) -> list[list[str]]:
    """Of each exchange, what our validator says of the response at warning or above: "error content-length-in-204 at 25-41"."""
    lines = "".join(f"{request.hex()} {response.hex()}\n" for request, response in exchanges)
    done = subprocess.run([ROOT / "build/native/tests/statuslab_validate"], input=lines, capture_output=True, text=True, check=True)  # noqa: S603
    return [[one for one in line.split(", ") if one] for line in done.stdout.splitlines()]


# --- what a server cannot -------------------------------------------------------------------------------------------------------

@dataclass(frozen=True)
class Limit:
    """One row of server_limits.tsv: a field, a code, or a range of codes that a server does not send."""

    where: str
    what: str

    @property
    def reason(self) -> str:
        return f'server-limit "{self.where}" "{self.what}"'

    def concerns(self, probe: dict) -> bool:
        if not self.what[0].isdigit():
            return self.what.lower() in (name.lower() for name, _ in fields_of(probe["expected"]))
        first, _, last = self.what.partition("-")
        sent = [probe["expected"]["status"], *(one["status"] for one in probe["expected"]["interim"])]
        return any(int(first) <= code <= int(last or first) for code in sent)


LIMITS = [Limit(row["where"], row["field"]) for row in read_table(DATA / "server_limits.tsv")]


def limit(server: str, all_cells: list[Cell]) -> None:
    """A cell that fails on what its server does not let through is one that cannot be sent there. One that is proven all the same
    shows that the table is wrong."""
    for cell in all_cells:
        refused = [one for one in LIMITS if one.where == server and any(one.concerns(probe) for probe in cell.probes)]
        if refused and cell.state == FAILED:
            cell.verdict, cell.reason = "cannot", refused[0].reason
        elif refused and cell.state == PROVEN:
            cell.faults.append(f"proven, although {refused[0].reason} in core/data/server_limits.tsv")


# --- one target ------------------------------------------------------------------------------------------------------------------


@dataclass
class Proof:
    """What became of one target on one server."""

    target: str
    server: str
    cells: list[Cell]
    fault: str = ""  # why nothing could be asked


def prove(target: dict) -> list[Proof]:
    """Makes the project, starts it under one server after the other, asks all cells."""
    begin = time.monotonic()
    proofs = []
    for server in SERVERS[target["id"]]:
        try:
            folder = form.write_project(target) if server == SERVERS[target["id"]][0] else folder
            proofs.append(Proof(target["id"], server, ask_all(target, folder, server)))
        except (RuntimeError, OSError, subprocess.CalledProcessError) as error:
            proofs.append(Proof(target["id"], server, [], f"{error} {getattr(error, 'stderr', '')}"))
            break
        say(f"{target['id']} on {server}: asked", begin)
    return proofs


def ask_all(target: dict, folder: Path, server: str) -> list[Cell]:
    all_cells = cells(target)
    port = servers.free_port()
    log = BUILD / "log" / f"matrix-{target['id']}-{server.split(' ')[0]}.log"
    command, environment = form.start(target, folder, server, port)
    with servers.running(command, folder, log, port, environment), ThreadPoolExecutor(6) as pool:
        wire.exchange(port, wire.request_bytes("GET", "/"), patience=20)  # the first answer may take long
        persistent = server not in ("runserver", "Werkzeug")  # they close after responses without a length, or after all
        list(pool.map(lambda cell: ask(port, cell, persistent), [cell for cell in all_cells if cell.verdict == "possible"]))
    return all_cells


def say(what: str, begin: float) -> None:
    print(f"matrix: {what}, {time.monotonic() - begin:.0f} s", flush=True)


def rows_of(target: str, server: str, all_cells: list[Cell]) -> list[dict[str, str]]:
    """What does not apply is so everywhere, and is told once. The bytes are those of the usual server; of the others only those of
    the plain answers without content, which show how they differ."""
    usual = server == SERVERS[target][0]
    made = []
    for cell in (one for one in all_cells if not one.is_hostile):
        if cell.state == NOT_APPLICABLE:
            made.append(row("*", "*", cell, None))
        else:
            shown = cell.state == PROVEN and (usual or cell.case == "none")
            made.append(row(target, server, cell, cell.telling if shown else None))
    return made


def row(target: str, server: str, cell: Cell, telling: wire.Exchange | None) -> dict[str, str]:
    return {
        "target": target,
        "server": server,
        "code": str(cell.code),
        "case": cell.case,
        "state": cell.state,
        "reason": cell.reason,
        "request": installed.escaped(telling.request) if telling else "",
        "wire": installed.escaped(telling.wire) if telling else "",
    }


# The usual server of a target first; the others it was also proven under.
SERVERS = {
    "django": ["gunicorn", "runserver", "uvicorn"],
    "drf": ["gunicorn", "runserver", "uvicorn"],
    "fastapi": ["uvicorn"],
    "flask": ["gunicorn", "Werkzeug"],
    "express-5": ["node:http"],
    "express-4": ["node:http"],
    "fastify": ["node:http"],
    "spring-3.5": ["Tomcat"],
    "spring-4.0": ["Tomcat"],
    "go": ["net/http"],
}


def read_targets(options: argparse.Namespace) -> list[dict]:
    if options.source:
        text = options.source.read_text(encoding="utf-8")
    else:
        text = installed.run(ROOT / "build/native/tests/statuslab_matrix").stdout
    return [target for target in json.loads(text) if not options.targets or target["id"] in options.targets]


def differences(known: dict[tuple[str, ...], dict[str, str]], rows: list[dict[str, str]], ran: set[tuple[str, str]]) -> list[str]:
    told = []
    for seen in rows:
        key = tuple(seen[name] for name in COLUMNS[:4])
        was = known.pop(key, None)
        for column in COLUMNS[4:]:
            if was is None or was[column] != (seen[column] or "-"):
                told.append(f"{' '.join(key)}: {column}\n  table  {was[column] if was else 'no such row'}\n  seen   {seen[column] or '-'}")
                break
    return told + [f"{' '.join(key)}: only in the table" for key in known if key[:2] in ran]


# --- all of it -------------------------------------------------------------------------------------------------------------------


def hold(language: str, targets: list[dict]) -> list[str]:
    begin = time.monotonic()
    count, faults = form.check(language, targets)
    say(f"{language}: {count} files, {len(faults)} faults of form", begin)
    return faults


def run_all(targets: list[dict]) -> tuple[list[str], list[Proof]]:
    """Formatters and compilers of each language once, and every target, as many side by side as there are processors; what takes
    longest goes first."""
    languages = [language for language in ("java", "go", "javascript", "python") if any(target["language"] == language for target in targets)]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        proofs = [pool.submit(prove, target) for target in targets if target["language"] == "java"]
        forms = [pool.submit(hold, language, [target for target in targets if target["language"] == language]) for language in languages]
        proofs += [pool.submit(prove, target) for target in targets if target["language"] != "java"]
        faults = [fault for done in forms for fault in done.result()]
        return faults, [proof for done in proofs for proof in done.result()]


def print_counts(proofs: list[Proof]) -> None:
    print(f"{'matrix':<12} {'server':<10} {'proven':>7} {'cannot':>7} {'n/a':>7} {'failed':>7}   hostile input: proven  n/a  failed")
    for proof in proofs:
        counts = {what: collections.Counter(cell.state for cell in proof.cells if cell.is_hostile == what) for what in (False, True)}
        of_cells = " ".join(f"{counts[False][state]:>7}" for state in (PROVEN, CANNOT, NOT_APPLICABLE, FAILED))
        hostile = counts[True]
        print(f"{proof.target:<12} {proof.server:<10} {of_cells} {hostile[PROVEN]:>23} {hostile[NOT_APPLICABLE] + hostile[CANNOT]:>5} {hostile[FAILED]:>6}")
    reasons = collections.Counter((proof.target, proof.server, cell.reason.split(" ")[0]) for proof in proofs for cell in proof.cells if cell.state == CANNOT)
    for (target, server, reason), count in reasons.items():
        print(f"matrix: {target} on {server}: {count} cannot, {reason}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--accept", action="store_true")
    parser.add_argument("--from", dest="source", type=Path)
    parser.add_argument("targets", nargs="*")
    options = parser.parse_args()
    begin = time.monotonic()
    known = {tuple(r[name] for name in COLUMNS[:4]): r for r in read_table(TABLE)} if TABLE.exists() else {}

    runnable = []
    skipped = 0
    for target in read_targets(options):
        if why := installed.missing(target["language"], target["id"]):
            count = sum(cell["verdict"] == "possible" for cell in target["cells"]) * len(SERVERS[target["id"]])
            print(f"matrix: skipped, {why}: {count} cells")
            skipped += count
        else:
            runnable.append(target)
    ill, proofs = run_all(runnable)
    lint([cell for proof in proofs for cell in proof.cells])
    for proof in proofs:
        limit(proof.server, proof.cells)

    print("".join(f"  {fault}\n" for fault in ill[:60]), end="")
    rows: dict[tuple[str, ...], dict[str, str]] = {}
    for proof in proofs:
        if proof.fault:
            print(f"matrix: {proof.target} on {proof.server} could not run: {proof.fault}")
        for cell in [cell for cell in proof.cells if cell.state == FAILED][:40]:
            print(f"  {proof.target} on {proof.server}: {cell.code} {cell.case}: {'; '.join(cell.faults)[:400]}")
        for one in rows_of(proof.target, proof.server, proof.cells):
            rows.setdefault(tuple(one.values()), one)
    print_counts(proofs)
    every = collections.Counter(cell.state for proof in proofs for cell in proof.cells)
    failed = len(ill) + every[FAILED] + sum(bool(proof.fault) for proof in proofs)

    ran = {(proof.target, proof.server) for proof in proofs if not proof.fault}
    ran |= {("*", "*")} if ran else set()
    if options.accept:
        kept = [r for key, r in known.items() if key[:2] not in ran]
        order = {pair: at for at, pair in enumerate([("*", "*"), *((name, server) for name, all_servers in SERVERS.items() for server in all_servers)])}
        installed.write_table(TABLE, COLUMNS, sorted([*rows.values(), *kept], key=lambda r: order[r["target"], r["server"]]))
        installed.recorded({id for target, server in ran for id in (target, f"{target}-{server}")})
        print(f"matrix: {len(rows)} rows written")
    else:
        differ = differences(known, list(rows.values()), ran)
        print("".join(f"{line}\n" for line in differ[:60]), end="")
        print(f"matrix: {len(differ)} cells differ from the table")
        failed += len(differ)
    say("all targets", begin)
    print(f"tally: {every[PROVEN]} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
