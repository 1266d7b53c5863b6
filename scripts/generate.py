#!/usr/bin/env python3
"""Turns the data tables and rule files into what the engine, the tests and the site are built from.

    scripts/generate.py --out build/generated [--root DIR] [--depfile FILE] [--stamp FILE]

Reads   core/data/**/*.tsv, core/rules/**/*.md, core/rules/RETIRED.txt, tests/valid/*.md; from core/include/statuslab the
        version and the order of ProblemKind.
Writes  OUT/core      C++ tables and declarations of the engine
        OUT/tests     every example of every rule and every valid exchange, for Catch2
        OUT/catalog   messages, and the words of decisions, one file a language each
        OUT/site      rules, status codes, fields, methods, frameworks and their proofs as JSON

All mistakes are reported together as `file:line: what is the case`; nothing is written then. A file whose content
did not change is left alone, so that nothing is compiled needlessly.
"""

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from generator import catalog, cpp, files, site  # noqa: E402
from generator.errors import Errors, Stop  # noqa: E402
from generator.project import Project  # noqa: E402


def main(arguments: list[str]) -> int:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--root", type=Path, default=Path(__file__).resolve().parents[1])
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--depfile", type=Path, help="what was read, in make's syntax, for the stamp")
    options.add_argument("--stamp", type=Path, help="touched at the end")
    chosen = options.parse_args(arguments)

    errors = Errors(chosen.root)
    try:
        project = Project.read(chosen.root, errors)
        errors.stop_if_any()
    except Stop:
        print(errors, file=sys.stderr)
        print(f"generate: {errors.count} mistake(s), nothing was written", file=sys.stderr)
        return 1

    written = files.write_changed(chosen.out, {**cpp.outputs(project), **catalog.outputs(project), **site.outputs(project)})
    if chosen.depfile and chosen.stamp:
        files.write_depfile(chosen.depfile, chosen.stamp, project.inputs)
    if chosen.stamp:
        chosen.stamp.parent.mkdir(parents=True, exist_ok=True)
        chosen.stamp.touch()

    print(f"generate: {project.summary()}; {written} file(s) changed")
    for line in project.untranslated():
        print(f"generate: {line}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
