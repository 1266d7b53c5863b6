#!/usr/bin/env python3
"""Asks the installed frameworks which status code has which name.

    tests/frameworks/constants.py            compares with core/data/framework_constants.tsv
    tests/frameworks/constants.py --accept   writes it
"""

import re
import sys

import installed
from installed import DATA, VENV, run

HERE = installed.ROOT / "tests/frameworks/ask"
COLUMNS = ["framework", "library", "version", "code", "name", "deprecated"]


def jar_version(spring: str, jar: str) -> str:
    return re.search(rf"/{jar}-([0-9.]+)\.jar", installed.class_path(spring))[1]


def python_version(package: str) -> str:
    return run(VENV / "python", "-c", f"import importlib.metadata as m; print(m.version('{package}'))").stdout.strip()


def spring(version: str):
    jars = installed.class_path(version)
    return "Spring Framework", jar_version(version, "spring-web"), run("java", "-cp", jars, HERE / "Constants.java").stdout


def python():
    version = run(VENV / "python", "-c", "import sys; print('%d.%d' % sys.version_info[:2])").stdout.strip()
    return "Python", version, run(VENV / "python", HERE / "constants.py", "http").stdout


def module(library: str, package: str, name: str):
    return library, python_version(package), run(VENV / "python", HERE / "constants.py", name).stdout


def go():
    version = run(VENV / "go", "env", "GOVERSION").stdout.strip().removeprefix("go")
    return "Go", version, run(VENV / "go", "run", HERE / "constants.go", installed.go_root()).stdout


def node():
    version = run(installed.node(), "--version").stdout.strip().removeprefix("v")
    return "Node.js", version, run(installed.node(), HERE / "constants.mjs").stdout


SOURCES = {
    "express": node,
    "django": python,
    "drf": lambda: module("Django REST framework", "djangorestframework", "rest_framework.status"),
    "fastapi": lambda: module("Starlette", "starlette", "starlette.status"),
    "spring-3.5": lambda: spring("spring-3.5"),
    "spring-4.0": lambda: spring("spring-4.0"),
    "go": go,
}


def ask() -> list[dict[str, str]]:
    rows = []
    for framework, source in SOURCES.items():
        library, version, printed = source()
        for line in sorted(printed.splitlines(), key=lambda line: (int(line.split("\t")[0]), line.split("\t")[2], line)):
            code, name, deprecated = line.split("\t")
            rows.append(dict(zip(COLUMNS, (framework, library, version, code, name, deprecated), strict=True)))
    return rows


def differences(known: list[dict[str, str]], found: list[dict[str, str]]) -> list[str]:
    def lines(rows):
        return {" ".join(row.values()) for row in rows}

    return [f"gone: {line}" for line in sorted(lines(known) - lines(found))] + [f"new: {line}" for line in sorted(lines(found) - lines(known))]


def main(arguments: list[str]) -> int:
    table = DATA / "framework_constants.tsv"
    found = ask()
    if "--accept" in arguments:
        installed.write_table(table, COLUMNS, found)
        print(f"{len(found)} constants written")
        return 0
    differ = differences(installed.read_table(table), found)
    print("\n".join(differ))
    print(f"constants: {len(found)} asked, {len(differ)} differ from the table")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
