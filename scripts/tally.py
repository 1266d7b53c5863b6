#!/usr/bin/env python3
"""Reads what a test runner printed and prints `PASSED FAILED SKIPPED`.

    scripts/tally.py LOG

Knows Catch2, Python's unittest, node --test, Vitest, Playwright, and a line of ours: `tally: 3 passed, 0 failed,
1 skipped`. Several of them in one log add up.
"""

import re
import sys

ANSI = re.compile(r"\x1b\[[0-9;]*[A-Za-z]")


def tally(log: str) -> tuple[int, int, int]:
    log = ANSI.sub("", log)
    passed = failed = skipped = 0
    for counted in (_catch, _unittest, _node, _vitest, _playwright, _ours):
        p, f, s = counted(log)
        passed, failed, skipped = passed + p, failed + f, skipped + s
    return passed, failed, skipped


def _sum(pattern: str, log: str) -> int:
    return sum(int(number) for number in re.findall(pattern, log, re.MULTILINE))


def _catch(log: str) -> tuple[int, int, int]:
    passed = _sum(r"^All tests passed \(.* in (\d+) test cases?\)", log)
    failed = skipped = 0
    for line in re.findall(r"^test cases: +\d+(.*)$", log, re.MULTILINE):
        passed += _sum(r"(\d+) passed", line)
        failed += _sum(r"(\d+) failed", line)
        skipped += _sum(r"(\d+) skipped", line)
    # Catch2 v2 cannot skip: such a case ends early and counts as passed.
    early = len(re.findall(r"^ *SKIPPED: ", log, re.MULTILINE))
    return passed - early, failed, skipped + early


def _unittest(log: str) -> tuple[int, int, int]:
    ran = _sum(r"^Ran (\d+) tests? in ", log)
    ends = re.findall(r"^(?:OK|FAILED)(?: \((.*)\))?$", log, re.MULTILINE) if ran else []
    failed = sum(_sum(r"(?:failures|errors)=(\d+)", end) for end in ends)
    skipped = sum(_sum(r"skipped=(\d+)", end) for end in ends)
    return max(ran - failed - skipped, 0), failed, skipped


def _node(log: str) -> tuple[int, int, int]:
    return (
        _sum(r"^(?:#|ℹ) pass (\d+)$", log),
        _sum(r"^(?:#|ℹ) (?:fail|cancelled) (\d+)$", log),
        _sum(r"^(?:#|ℹ) (?:skipped|todo) (\d+)$", log),
    )


def _vitest(log: str) -> tuple[int, int, int]:
    lines = "\n".join(re.findall(r"^ +Tests  .*$", log, re.MULTILINE))
    return _sum(r"(\d+) passed", lines), _sum(r"(\d+) failed", lines), _sum(r"(\d+) (?:skipped|todo)", lines)


def _playwright(log: str) -> tuple[int, int, int]:
    return (
        _sum(r"^  (\d+) (?:passed|flaky)\b", log),
        _sum(r"^  (\d+) (?:failed|interrupted|did not run)\b", log),
        _sum(r"^  (\d+) skipped\b", log),
    )


def _ours(log: str) -> tuple[int, int, int]:
    found = re.findall(r"^tally: (\d+) passed, (\d+) failed, (\d+) skipped$", log, re.MULTILINE)
    return sum(int(p) for p, _, _ in found), sum(int(f) for _, f, _ in found), sum(int(s) for _, _, s in found)


if __name__ == "__main__":
    with open(sys.argv[1], encoding="utf-8", errors="replace") as file:
        print(*tally(file.read()))
