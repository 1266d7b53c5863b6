#!/usr/bin/env python3
"""Compares core/data/framework_behaviour.tsv with an earlier, independent measurement of the same frameworks.

    tests/frameworks/reference.py [FILE]     default: STATUSLAB_FRAMEWORK_MATRIX, or ../shared/reference/framework_matrix.tsv

The earlier one is prose, one row a finding, and not the project's to publish. reference.tsv says for each of its rows which rows of
ours show the same, and what must be seen there: a pattern over the response, written as "204 No Content | ETag: ... || content ->
outcome". With a `reason` the two differ, or nothing of ours is about it; a pattern that matches all the same then is a failure.
"""

import os
import re
import sys
from pathlib import Path

import installed
import wire

HERE = Path(__file__).resolve().parent


def shown(row: dict[str, str]) -> str:
    """A row of ours on one line."""
    response = "" if row["wire"] == "-" else installed.unescaped(row["wire"]).decode("latin-1")
    return response.replace("HTTP/1.1 ", "").replace("\r\n\r\n", " || ").replace("\r\n", " | ") + f" -> {row['outcome']}"


def faults_of(entry: dict[str, str], ours: dict[tuple[str, str], dict[str, str]], theirs: list[dict[str, str]]) -> list[str]:
    name = f"row {entry['row']}: {entry['framework']} {entry['case']}"
    if not 1 <= int(entry["row"]) <= len(theirs):
        return [f"{name}: no such row"]
    if entry["framework"] == "-":
        return [] if entry["reason"] != "-" else [f"{name}: nothing of ours, and no reason"]
    framework = re.split(r"[ 0-9(]", theirs[int(entry["row"]) - 1]["framework"])[0]
    if not entry["framework"].startswith(framework):
        return [f"{name}: that row is about {framework}"]
    if (mine := ours.get((entry["framework"], entry["case"]))) is None:
        return [f"{name}: not in framework_behaviour.tsv"]
    same = re.search(entry["shows"], shown(mine), re.IGNORECASE | re.DOTALL) is not None
    if same == (entry["reason"] == "-"):
        return []
    how = "agrees, although there is a reason why it should not" if same else "differs"
    return [f"{name} {how}: {entry['shows']}\n  {shown(mine)[:300]}"]


def main(arguments: list[str]) -> int:
    default = os.environ.get("STATUSLAB_FRAMEWORK_MATRIX") or installed.ROOT.parent / "shared/reference/framework_matrix.tsv"
    path = Path(arguments[0] if arguments else default)
    entries = installed.read_table(HERE / "reference.tsv")
    rows = {int(entry["row"]) for entry in entries}
    if not path.exists():
        print(f"reference: skipped, the earlier measurement is not here: {len(rows)} rows")
        print(f"tally: 0 passed, 0 failed, {len(rows)} skipped")
        return 0
    theirs = installed.read_table(path)
    ours = {(row["framework"], row["case"]): row for row in installed.read_table(installed.DATA / "framework_behaviour.tsv")}
    faults = {row: [fault for entry in entries if int(entry["row"]) == row for fault in faults_of(entry, ours, theirs)] for row in rows}
    for row in range(1, len(theirs) + 1):
        faults.setdefault(row, [f"row {row}: {theirs[row - 1]['framework']}: nothing in reference.tsv"])
    print("".join(f"{fault}\n" for row in sorted(faults) for fault in faults[row]), end="")
    failed = {row for row, told in faults.items() if told}
    elsewhere = {int(entry["row"]) for entry in entries if entry["framework"] == "-"} - failed
    differ = {int(entry["row"]) for entry in entries if entry["framework"] != "-" and entry["reason"] != "-"} - failed
    equal = rows - elsewhere - differ - failed
    print(f"reference: {len(theirs)} rows: {len(equal)} equal, {len(differ)} differ with a reason, {len(elsewhere)} about what is not measured here, "
          f"{len(failed)} failed; {sum(entry['framework'] != '-' for entry in entries)} comparisons")  # fmt: skip
    print(f"tally: {len(equal) + len(differ)} passed, {len(failed)} failed, {len(elsewhere)} skipped")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
