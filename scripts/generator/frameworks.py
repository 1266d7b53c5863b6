"""What the site's pages of frameworks are made of: what they put on the wire, their names of codes, the proof of snippets."""

import base64
import json
import re

from .project import Project
from .tables import Row, unescaped

# Its arguments are the key of a row in server_limits.tsv; those of notes stand in their words.
LIMIT = "server-limit"
LANGUAGES = {"en": "en", "zh-CN": "zh"}


def outputs(project: Project) -> dict[str, dict]:
    return {"frameworks": _frameworks(project), "matrix": _matrix(project), "proofs": _proofs(project)}


def _frameworks(project: Project) -> dict:
    snippets = project.snippets
    names = {row["framework"]: row["name"] for row in snippets.targets}
    return {
        "frameworks": [
            {"id": id, "name": name, "targets": [row["id"] for row in snippets.targets if row["framework"] == id]}
            for id, name in names.items()
        ],
        "runs": [_run(row, snippets.target_of(row)) for row in snippets.runs],
        "cases": [
            {
                "id": row["case"],
                "code": row["code"] or None,
                "reference": row["reference"] or None,
                "referenceUrl": project.reference_url(row),
                "words": _words(row),
            }
            for row in snippets.cases
        ],
        "behaviour": [
            {
                "run": row["framework"],
                "case": row["case"],
                "code": unescaped(row["code"]).decode(),
                "request": _base64(row["request"]),
                "wire": _base64(row["wire"]),
                "outcome": row["outcome"],
            }
            for row in snippets.behaviour
        ],
        "constants": [
            {
                "of": row["framework"].split(" "),
                "library": row["library"],
                "version": row["version"],
                "code": row["code"],
                "name": row["name"],
                "deprecated": row["deprecated"] == "y",
                "since": row["since"] or None,
            }
            for row in snippets.all_constants
        ],
    }


def _run(row: Row, target: Row) -> dict:
    return {
        "id": row["id"],
        "framework": target["framework"],
        "target": target["id"],
        "name": row["framework"],
        "version": row["version"],
        "language": row["language"],
        "server": row["server"],
        "serverVersion": row["server_version"],
        "runtime": row["runtime"],
        "runtimeVersion": row["runtime_version"],
        "measured": row["verified"],
    }


def _matrix(project: Project) -> dict:
    """Counts of cells by run and by code and column; reasons with the cells that have them."""
    snippets, rows = project.snippets, project.snippets.proofs
    columns = list(dict.fromkeys(row["case"] for row in rows))
    counts: dict[str, dict[str, int]] = {}
    runs: dict[str, dict] = {}
    cells: dict[str, dict[str, int | None]] = {}
    reasons: dict[tuple[str, str], dict] = {}
    for row in rows:
        code = cells.setdefault(row["code"], dict.fromkeys(columns))
        if row["target"] == "*":
            _add_reason(reasons, row, project)
            continue
        run = snippets.run_of(row)
        runs[run["id"]] = _run(run, snippets.target_of(run))
        states = counts.setdefault(run["id"], {})
        states[row["state"]] = states.get(row["state"], 0) + 1
        code[row["case"]] = (code[row["case"]] or 0) + (row["state"] == "proven")
        if row["state"] != "proven":
            _add_reason(reasons, row, project)
    return {
        "columns": columns,
        "runs": [
            {"run": runs[id], **{state: states.get(state, 0) for state in ("proven", "cannot", "failed")}}
            for id, states in counts.items()
        ],
        # null: makes no sense whatever the framework; otherwise in how many of the runs it is proven.
        "rows": [{"code": code, "proven": [found[column] for column in columns]} for code, found in sorted(cells.items())],
        "reasons": list(reasons.values()),
    }


def _add_reason(reasons: dict, row: Row, project: Project) -> None:
    """Under its words: sentences that differ in nothing but the code of the cell are one."""
    id, _, rest = row["reason"].partition(" ")
    args = re.findall(r'"((?:[^"\\]|\\.)*)"', rest)
    if id != LIMIT:
        args = ["{code}" if arg == row["code"] else arg for arg in args]
    run = None if row["target"] == "*" else project.snippets.run_of(row)["id"]
    found = reasons.setdefault((row["state"], id, *args), {"state": row["state"], "words": _reason_words(project, id, args), "cells": []})
    found["cells"].append({"run": run, "code": row["code"], "column": row["case"]})


def _reason_words(project: Project, id: str, args: list[str]) -> dict[str, str]:
    if id == LIMIT:
        return _words(next(row for row in project.snippets.limits if [row["where"], row["field"]] == args))
    note = next(row for row in project.snippets.notes if row["id"] == id)
    return {language: re.sub(r"\{(\d)\}", lambda place: args[int(place[1])], note[column]) for language, column in LANGUAGES.items()}


def _proofs(project: Project) -> dict:
    """What each target put on the wire, where the bytes are on record: by target, then by "204 none", one a server."""
    snippets = project.snippets
    proofs: dict[str, dict] = {row["id"]: {"runs": [], "cells": {}} for row in snippets.targets}
    for row in snippets.proofs:
        if row["state"] != "proven" or not row["wire"]:
            continue
        run, proof = snippets.run_of(row), proofs[row["target"]]
        known = {
            "framework": f"{run['framework']} {run['version']}",
            "server": f"{run['server']} {run['server_version']}",
            "measured": run["verified"],
        }
        if known not in proof["runs"]:
            proof["runs"].append(known)
        wire = unescaped(row["wire"]).decode("utf-8", "replace")
        proof["cells"].setdefault(f"{row['code']} {row['case']}", []).append([proof["runs"].index(known), wire])
    return proofs


def _words(row: Row) -> dict[str, str]:
    return {language: row[column] for language, column in LANGUAGES.items()}


def _base64(text: str) -> str:
    return base64.b64encode(unescaped(text)).decode("ascii")


def as_json(value: dict) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")) + "\n"
