"""core/rules/COVERAGE.tsv: what becomes of every check that other tools make, or miss.

A row has the rules that stand for the check, or a reason why there is none. The list of checks is not part of this
repository; where it is at hand (STATUSLAB_CHECKS names it, or it lies next to the checkout), every row of it is here.
"""

import os
import re
import tempfile
import unittest
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RULES = ROOT / "core" / "rules"
COVERAGE = RULES / "COVERAGE.tsv"
COLUMNS = ["section", "row", "rules", "reason"]
SECTION = re.compile(r"#+ (\d+b?|25\.\d)\.? ")
CELL_BORDER = re.compile(r"(?<!\\)\|")
HEADINGS = {"rule", "field", "probe"}
# Sections with tables of checks; the others describe.
TABLES = {*map(str, range(1, 23)), "21b", "24", "25.1", "25.2"}
BULLETS = {"23"}


def checks_file() -> Path | None:
    named = os.environ.get("STATUSLAB_CHECKS")
    path = Path(named) if named else ROOT.parent / "shared" / "reference" / "checks.md"
    return path if path.is_file() else None


def rows_of_checks(text: str) -> list[tuple[str, str]]:
    """Section and first cell of every table row; a name that comes again gets #2. Bullets are numbered groups."""
    rows: list[tuple[str, str]] = []
    seen: Counter[tuple[str, str]] = Counter()
    section = ""
    for line in text.split("\n"):
        if heading := SECTION.match(line):
            section = heading[1]
        elif line.startswith("|") and section in TABLES:
            cell = CELL_BORDER.split(line.strip().strip("|"))[0].strip()
            if cell in HEADINGS or not cell.strip("-"):
                continue
            seen[section, cell] += 1
            count = seen[section, cell]
            rows.append((section, cell if count == 1 else f"{cell}#{count}"))
        elif line.startswith("- ") and section in BULLETS:
            seen[section, ""] += 1
            rows.append((section, f"group-{seen[section, '']}"))
    return rows


def mistakes(text: str, known_rules: set[str]) -> list[str]:
    """What is wrong with a coverage table, as `line: what`."""
    lines = text.rstrip("\n").split("\n")
    if lines[0].split("\t") != COLUMNS:
        return [f"1: the columns are {' '.join(COLUMNS)}"]
    found: list[str] = []
    first: dict[tuple[str, str], int] = {}
    for number, line in enumerate(lines[1:], start=2):
        cells = line.split("\t")
        if len(cells) != len(COLUMNS):
            found.append(f"{number}: {len(cells)} cells instead of {len(COLUMNS)}")
            continue
        section, row, rules, reason = cells
        if (section, row) in first:
            found.append(f"{number}: section {section}, {row} is also on line {first[section, row]}")
        first.setdefault((section, row), number)
        names = [] if rules.strip() in ("", "-") else [name.strip() for name in rules.split(",")]
        found += [f"{number}: there is no rule '{name}'" for name in names if name not in known_rules]
        if not names and reason.strip() in ("", "-"):
            found.append(f"{number}: section {section}, {row} has neither a rule nor a reason")
    return found


def rows_of_coverage(text: str) -> list[tuple[str, str]]:
    return [(cells[0], cells[1]) for cells in (line.split("\t") for line in text.rstrip("\n").split("\n")[1:])]


def rule_ids() -> set[str]:
    return {path.stem for path in RULES.glob("*/*.md") if "." not in path.stem and path.stem != "README"}


class Coverage(unittest.TestCase):
    @unittest.skipUnless(COVERAGE.is_file(), "core/rules/COVERAGE.tsv is not there")
    def test_every_row_has_rules_that_exist_or_a_reason(self):
        self.assertEqual(mistakes(COVERAGE.read_text(encoding="utf-8"), rule_ids()), [])

    @unittest.skipUnless(COVERAGE.is_file(), "core/rules/COVERAGE.tsv is not there")
    def test_every_check_has_its_row(self):
        path = checks_file()
        covered = rows_of_coverage(COVERAGE.read_text(encoding="utf-8"))
        if path is None:
            self.skipTest(f"the list of checks is not at hand; {len(covered)} rows of COVERAGE.tsv not compared with it")
        wanted = rows_of_checks(path.read_text(encoding="utf-8"))
        print(f"coverage: {len(covered)} rows for {len(wanted)} checks")
        self.assertEqual(sorted(set(wanted) - set(covered)), [])
        self.assertEqual(sorted(set(covered) - set(wanted)), [])


class Reading(unittest.TestCase):
    """The test's own tools, on tables of their own."""

    HEAD = "\t".join(COLUMNS) + "\n"

    def test_a_good_table(self):
        self.assertEqual(mistakes(self.HEAD + "1\ta\tone, two\t\n1\tb\t-\tobsolete\n", {"one", "two"}), [])

    def test_columns(self):
        self.assertEqual(mistakes("section\trow\n", set()), ["1: the columns are section row rules reason"])
        self.assertEqual(mistakes(self.HEAD + "1\ta\n", set()), ["2: 2 cells instead of 4"])

    def test_unknown_rule(self):
        self.assertEqual(mistakes(self.HEAD + "1\ta\tone,three\t\n", {"one"}), ["2: there is no rule 'three'"])

    def test_neither_rule_nor_reason(self):
        for rules, reason in (("", ""), ("-", ""), ("-", "-")):
            told = mistakes(self.HEAD + f"1\ta\t{rules}\t{reason}\n", set())
            self.assertEqual(told, ["2: section 1, a has neither a rule nor a reason"])

    def test_a_row_twice(self):
        told = mistakes(self.HEAD + "1\ta\tone\t\n2\ta\tone\t\n1\ta\t-\twrong\n", {"one"})
        self.assertEqual(told, ["4: section 1, a is also on line 2"])

    def test_rows_of_the_list_of_checks(self):
        text = (
            "## 1. First\n\n| rule | trigger |\n|---|---|\n| a | b |\n| a | again |\n| c \\| d | e |\n\n"
            "## 23. Bullets\n\n- one\n- two\n\n## 25. GAPS\n\n### 25.1 Probes\n\n| probe | defect |\n|---|---|\n| F01 | x |\n\n"
            "### 25.3 Prose\n\n| tool | weak |\n|---|---|\n| p | q |\n"
        )
        expected = [("1", "a"), ("1", "a#2"), ("1", "c \\| d"), ("23", "group-1"), ("23", "group-2"), ("25.1", "F01")]
        self.assertEqual(rows_of_checks(text), expected)

    def test_where_the_list_is_looked_for(self):
        with tempfile.NamedTemporaryFile(suffix=".md") as file:
            before = os.environ.get("STATUSLAB_CHECKS")
            os.environ["STATUSLAB_CHECKS"] = file.name
            try:
                self.assertEqual(checks_file(), Path(file.name))
                os.environ["STATUSLAB_CHECKS"] = file.name + ".missing"
                self.assertIsNone(checks_file())
            finally:
                del os.environ["STATUSLAB_CHECKS"]
                if before is not None:
                    os.environ["STATUSLAB_CHECKS"] = before


if __name__ == "__main__":
    unittest.main()
