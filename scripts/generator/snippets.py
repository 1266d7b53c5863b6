"""What snippets are written for: targets, their names of status codes, and the words of notes."""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from .errors import Errors
from .tables import Row, index_by, read_table

TARGETS = {
    "id": None, "framework": None, "name": None, "version": None, "language": {"javascript", "python", "java", "go"},
    "runtime": None, "server": None, "packages": None, "verified": {"y", "n"},
}  # fmt: skip
CONSTANTS = dict.fromkeys(["framework", "library", "version", "code", "name", "deprecated", "since"])
FRAMEWORKS = dict.fromkeys(
    ["id", "framework", "version", "language", "server", "server_version", "runtime", "runtime_version", "verified"]
)
PROOFS = dict.fromkeys(["target", "server", "code", "case", "state", "reason", "request", "wire"])
NOTES = dict.fromkeys(["id", "en", "zh"])
OUTCOMES = {"kept", "closed", "until-close", "desync", "hangs", "truncated", "nothing"}
BEHAVIOUR = {"framework": None, "case": None, "code": None, "request": None, "wire": None, "outcome": OUTCOMES}
CASES = dict.fromkeys(["case", "code", "reference", "en", "zh"])
LIMITS = dict.fromkeys(["where", "field", "reference", "en", "zh"])


@dataclass
class Snippets:
    targets: list[Row]
    runs: list[Row]  # a target on one of its servers
    constants: list[Row]
    all_constants: list[Row]
    notes: list[Row]
    limits: list[Row]
    cases: list[Row]
    behaviour: list[Row]
    proofs: list[Row]  # empty where no run is on record

    def target_of(self, run: Row) -> Row:
        return next(row for row in self.targets if _runs(run["id"], row["id"]))

    @cached_property
    def runs_by_server(self) -> dict[tuple[str, str], Row]:
        return {(row["id"], run["server"]): run for run in self.runs for row in self.targets if _runs(run["id"], row["id"])}

    def run_of(self, proof: Row) -> Row:
        return self.runs_by_server[proof["target"], proof["server"]]


def _runs(run: str, target: str) -> bool:
    return run == target or run.startswith(target + "-")


def read_snippets(data: Path, errors: Errors, inputs: list[Path]) -> Snippets:
    def table(name: str, words: dict) -> list[Row]:
        inputs.append(data / name)
        return read_table(data / name, words, errors)

    targets, notes = table("snippet_targets.tsv", TARGETS), table("snippet_notes.tsv", NOTES)
    constants, proven = table("framework_constants.tsv", CONSTANTS), table("frameworks.tsv", FRAMEWORKS)
    proofs = table("snippet_proofs.tsv", PROOFS) if (data / "snippet_proofs.tsv").exists() else []
    limits, cases = table("server_limits.tsv", LIMITS), table("framework_cases.tsv", CASES)
    behaviour = table("framework_behaviour.tsv", BEHAVIOUR)
    index_by(targets, "id", errors)
    index_by(notes, "id", errors)
    for row in targets:
        versions = {one["version"] for one in proven if _runs(one["id"], row["id"])}
        if versions != {row["version"]}:
            known = ", ".join(sorted(versions)) or "none"
            errors.add(row.path, row.line, f"version {row['version']} is not what frameworks.tsv proves with: {known}")
    for row in notes:
        if placeholders(row["en"]) != placeholders(row["zh"]):
            errors.add(row.path, row.line, f"the two languages of '{row['id']}' have different placeholders")
    known_cases, known_runs = index_by(cases, "case", errors), index_by(proven, "id", errors)
    for row in behaviour:
        if row["framework"] not in known_runs:
            errors.add(row.path, row.line, f"framework '{row['framework']}' is not in frameworks.tsv")
        if row["case"] not in known_cases:
            errors.add(row.path, row.line, f"case '{row['case']}' has no words in framework_cases.tsv")
    snippets = Snippets(targets, proven, usable(constants), constants, notes, limits, cases, behaviour, proofs)
    for row in proofs:
        if row["target"] != "*" and (row["target"], row["server"]) not in snippets.runs_by_server:
            errors.add(row.path, row.line, f"'{row['target']}' on '{row['server']}' is not in frameworks.tsv")
    return snippets


def usable(constants: list[Row]) -> list[Row]:
    """One name a code and framework, none that is deprecated. Sorted for a search."""
    chosen: dict[tuple[str, int], Row] = {}
    for row in constants:
        for framework in row["framework"].split(" ") if row["deprecated"] != "y" else []:
            chosen.setdefault((framework, int(row["code"])), row | {"framework": framework})
    return [chosen[key] for key in sorted(chosen)]


def placeholders(text: str) -> set[str]:
    return set(re.findall(r"\{\d\}", text))
