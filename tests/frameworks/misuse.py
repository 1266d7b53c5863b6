#!/usr/bin/env python3
"""Has every framework do the wrong things, reads the bytes that come, and compares them with core/data/framework_behaviour.tsv.

    tests/frameworks/misuse.py [--accept] [ID...]     ids of frameworks.tsv; --accept writes what was seen into the table
"""

import os
import re
import shutil
import sys
import textwrap
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import installed
import servers
import wire
from installed import BUILD, DATA, VENV, Target, run

HERE = Path(__file__).resolve().parent / "misuse"
TABLE = DATA / "framework_behaviour.tsv"
COLUMNS = ["framework", "case", "code", "request", "wire", "outcome"]


@dataclass(frozen=True)
class Case:
    id: str
    request: bytes
    code: str


CASE = re.compile(r"^[ \t]*(?://|#) (?:case: (?P<id>[a-z0-9-]+)(?: (?P<method>[A-Z]+) (?P<path>/\S*))?(?P<fields>(?: \| [^|\n]+)*)|end)$", re.MULTILINE)


def cases(source: Path) -> list[Case]:
    """The parts of a program between its `case` lines. A case without code of its own shows that of the case before it."""
    text = source.read_text(encoding="utf-8")
    marks = list(CASE.finditer(text))
    found: list[Case] = []
    routes: dict[str, str] = {}  # path -> code, for cases that ask something else of the same route
    for mark, following in zip(marks, marks[1:], strict=False):
        path = mark["path"] or f"/{mark['id']}"
        code = textwrap.dedent(text[mark.end() : following.start()].strip("\n")).strip()
        code = code or routes.get(path, "")
        routes.setdefault(path, code)
        fields = [part for part in (mark["fields"] or "").split(" | ") if part]
        found.append(Case(mark["id"], wire.request_bytes(mark["method"] or "GET", path, fields), code))
    return found


# --- how each is started: (its program, its folder, its command) ------------------------------------------------------------------


def folder(target: Target) -> Path:
    path = BUILD / "misuse" / target.id
    path.mkdir(parents=True, exist_ok=True)
    return path


def javascript(target: Target, port: int):
    there = BUILD / target.id  # where the package is found
    shutil.copy(HERE / PROGRAMS[target.id.split("-")[0]][0], there / "misuse.mjs")
    return [installed.node(), there / "misuse.mjs", str(port)]


def python(module: str):
    return lambda target, port: servers.python_command(target.server, module, HERE, port)


def go(target: Target, port: int):
    program = folder(target) / "misuse"
    run(VENV / "go", "build", "-o", program, HERE / "misuse.go")
    return [program, str(port)]


def spring(target: Target, port: int):
    classes, jars = folder(target), installed.class_path(target.id)
    run("javac", "-parameters", "-encoding", "UTF-8", "-cp", jars, "-d", classes, HERE / "Misuse.java")
    return ["java", "-XX:TieredStopAtLevel=1", "-cp", f"{classes}:{jars}", "org.example.Misuse", f"--server.port={port}",
            "--server.address=127.0.0.1", "--spring.main.banner-mode=off"]  # fmt: skip


PROGRAMS = {
    "express": ("express.mjs", javascript),
    "fastify": ("fastify.mjs", javascript),
    "django": ("django_app.py", python("django_app")),
    "drf": ("drf_app.py", python("drf_app")),
    "flask": ("flask_app.py", python("flask_app")),
    "fastapi": ("fastapi_app.py", python("fastapi_app")),
    "go": ("misuse.go", go),
    "spring": ("Misuse.java", spring),
}


def measure(target: Target) -> list[dict[str, str]]:
    source, command = PROGRAMS[target.id.split("-")[0]]
    port = servers.free_port()
    log = BUILD / "log" / f"misuse-{target.id}.log"
    with servers.running(command(target, port), HERE, log, port), ThreadPoolExecutor(8) as pool:
        _warm_up(port)
        found = list(pool.map(lambda case: (case, wire.exchange(port, case.request)), cases(HERE / source)))
    return [row(target, case, seen) for case, seen in found]


def _warm_up(port: int) -> None:
    """The first answer of a server may take long."""
    wire.exchange(port, wire.PROBE, patience=20)


def row(target: Target, case: Case, seen: wire.Exchange) -> dict[str, str]:
    code = case.code.replace("\\", "\\\\").replace("\n", "\\n").replace("\t", "\\t")
    return {
        "framework": target.id,
        "case": case.id,
        "code": code,
        "request": installed.escaped(case.request),
        "wire": installed.escaped(wire.steady(seen.wire)),
        "outcome": seen.outcome,
    }


def differences(known: dict[tuple[str, str], dict[str, str]], found: list[dict[str, str]]) -> list[str]:
    told = []
    for seen in found:
        key = (seen["framework"], seen["case"])
        was = known.pop(key, None)
        told += [f"{key[0]} {key[1]}: {column}\n  table  {was[column] if was else 'no such row'}\n  seen   {seen[column] or '-'}"
                 for column in COLUMNS[2:] if not was or was[column] != (seen[column] or "-")]  # fmt: skip
    return told + [f"{' '.join(key)}: only in the table" for key in known]


def main(arguments: list[str]) -> int:
    accept = "--accept" in arguments
    measured = [target for target in installed.targets() if target.id.split("-")[0] in PROGRAMS]
    chosen = [target for target in measured if not set(arguments) - {"--accept"} or target.id in arguments]
    known = {(row["framework"], row["case"]): row for row in installed.read_table(TABLE)} if TABLE.exists() else {}
    passed = failed = skipped = 0
    here = []
    for target in chosen:
        if why := installed.missing(target.language, target.id):
            cases_of_it = sum(key[0] == target.id for key in known)
            print(f"misuse: skipped, {why}: {cases_of_it} cases")
            skipped += cases_of_it
        else:
            here.append(target)
    # Most of the time is waiting for what never comes.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        accepted = dict(zip([target.id for target in here], pool.map(measure, here), strict=True))
    for target in here:
        seen = accepted[target.id]
        recorded = {key: row for key, row in known.items() if key[0] == target.id}
        differ = differences(dict(recorded), seen)
        if differ and not accept:
            # A server that answers and closes may win or lose a race on a busy machine; what differs twice is different.
            print(f"misuse: {target.id}: {len(differ)} lines differ, measured once more")
            seen = measure(target)
            differ = differences(dict(recorded), seen)
        wrong = len({line.split(":")[0] for line in differ})
        passed, failed = passed + max(len(seen) - wrong, 0), failed + wrong
        print(f"misuse: {target.id} {target.framework} {target.version} on {target.server} {target.server_version}: {len(seen)} cases, {wrong} differ")
        if not accept:
            print("".join(f"{line}\n" for line in differ), end="")
    if accept:
        rows = [row for target in installed.targets() for row in accepted.get(target.id) or [r for k, r in known.items() if k[0] == target.id]]
        installed.write_table(TABLE, COLUMNS, rows)
        installed.recorded(accepted.keys())
        print(f"misuse: {len(rows)} rows written")
        return 0
    print(f"tally: {passed} passed, {failed} failed, {skipped} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
