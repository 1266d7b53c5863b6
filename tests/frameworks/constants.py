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
COLUMNS = ["framework", "library", "version", "code", "name", "deprecated", "since"]


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


# By the frameworks that use the names.
SOURCES = {
    "express fastify": node,
    "django flask": python,
    "drf": lambda: module("Django REST framework", "djangorestframework", "rest_framework.status"),
    "fastapi": lambda: module("Starlette", "starlette", "starlette.status"),
    "spring-3.5": lambda: spring("spring-3.5"),
    "spring-4.0": lambda: spring("spring-4.0"),
    "go": go,
}


LANGUAGES = {"express": "javascript", "go": "go", "spring-3.5": "java", "spring-4.0": "java"}  # python otherwise


def ask(known: list[dict[str, str]]) -> tuple[list[dict[str, str]], int]:
    """What is installed; of what is not, the rows of the table, and how many those are."""
    rows = []
    skipped = 0
    since = {(row["framework"], row["code"], row["name"]): row["since"] for row in known}  # history.py writes it
    for framework, source in SOURCES.items():
        if why := installed.missing(LANGUAGES.get(framework.split()[0], "python"), framework):
            kept = [row for row in known if row["framework"] == framework]
            print(f"constants: skipped, {why}: {len(kept)} names")
            rows += kept
            skipped += len(kept)
            continue
        library, version, printed = source()
        for line in sorted(printed.splitlines(), key=lambda line: (int(line.split("\t")[0]), line.split("\t")[2], line)):
            code, name, deprecated = line.split("\t")
            known_since = since.get((framework, code, name), "-")
            rows.append(dict(zip(COLUMNS, (framework, library, version, code, name, deprecated, known_since), strict=True)))
    return rows, skipped


def differences(known: list[dict[str, str]], found: list[dict[str, str]]) -> list[str]:
    def lines(rows):
        return {" ".join(row.values()) for row in rows}

    return [f"gone: {line}" for line in sorted(lines(known) - lines(found))] + [f"new: {line}" for line in sorted(lines(found) - lines(known))]


def main(arguments: list[str]) -> int:
    table = DATA / "framework_constants.tsv"
    known = installed.read_table(table) if table.exists() else []
    found, skipped = ask(known)
    if "--accept" in arguments:
        installed.write_table(table, COLUMNS, found)
        print(f"{len(found)} constants written")
        return 0
    differ = differences(known, found)
    print("".join(f"{line}\n" for line in differ), end="")
    print(f"constants: {len(found)} names asked for, {len(differ)} differ from the table")
    print(f"tally: {max(len(found) - skipped - len(differ), 0)} passed, {len(differ)} failed, {skipped} skipped")
    return 1 if differ else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
