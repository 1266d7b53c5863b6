"""The profiles of clients: what each does, one column a profile."""

import re
from dataclasses import dataclass
from pathlib import Path

from .citations import Citations, Unresolved
from .errors import Errors
from .tables import Row, index_by, read_table

COLUMNS = dict.fromkeys(["id", "values", "cite", "by-the-book", "label_en", "label_zh"])
FACTS = ["name", "version", "measured"]  # the first rows of client_profiles.tsv are about the client itself
UNKNOWN = "?"

STATUSES = r"!?(?:[1-9]\d\d|[1-9]xx)"
SHAPES = {
    "statuses": rf"{STATUSES}(?: {STATUSES})*|",
    "methods": r"[A-Z]+(?: [A-Z]+)*|\*|",
    "fields": r"[a-z-]+(?: [a-z-]+)*|",
    "schemes": r"[a-z]+(?: [a-z]+)*|",
    "number": r"\d+",
    "rules": r"(?:[0-9a-z,*]+:[A-Za-z.>,/*]+)(?: [0-9a-z,*]+:[A-Za-z.>,/*]+)*|",
}


@dataclass
class Clients:
    behaviours: list[Row]
    profiles: list[dict[str, str]]  # id, the FACTS, and one value a behaviour; "?" was not measured


def read_clients(data: Path, citations: Citations, errors: Errors, inputs: list[Path]) -> Clients:
    inputs += [data / "client_behaviours.tsv", data / "client_profiles.tsv"]
    behaviours = read_table(data / "client_behaviours.tsv", COLUMNS, errors)
    measured = read_table(data / "client_profiles.tsv", {"behaviour": None}, errors)
    index_by(behaviours, "id", errors)
    rows = index_by(measured, "behaviour", errors)
    if not behaviours or not measured:
        return Clients([], [])

    names = [name for name in measured[0] if name != "behaviour"]
    for fact in FACTS:
        if fact not in rows:
            errors.add(measured[0].path, 1, f"no row '{fact}'")
            return Clients([], [])
    for row in measured:
        if row["behaviour"] not in FACTS and all(row["behaviour"] != known["id"] for known in behaviours):
            errors.add(row.path, row.line, f"behaviour '{row['behaviour']}' is not in client_behaviours.tsv")
    for row in behaviours:
        _check(row, rows.get(row["id"]), names, citations, errors)

    def value(row: Row, name: str) -> str:
        return rows[row["id"]][name] if row["id"] in rows else UNKNOWN

    by_the_book = {"id": "by-the-book", "name": "By the book", "version": "", "measured": ""}
    profiles = [by_the_book | {row["id"]: row["by-the-book"] for row in behaviours}]
    for name in names:
        facts = {"id": name} | {fact: rows[fact][name] for fact in FACTS}
        profiles.append(facts | {row["id"]: value(row, name) for row in behaviours})
    return Clients(behaviours, profiles)


def _check(row: Row, measured: Row | None, names: list[str], citations: Citations, errors: Errors) -> None:
    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
        errors.add(row.path, row.line, f"id '{row['id']}' is not a slug such as redirect-limit")
    for column in ("label_en", "label_zh", "cite"):
        if not row[column]:
            errors.add(row.path, row.line, f"{column} is empty")
    for cite in row.items_of("cite"):
        try:
            citations.url(cite)
        except Unresolved as problem:
            errors.add(row.path, row.line, f"cite: {problem}")
    shape = SHAPES.get(row["values"]) or "|".join(map(re.escape, row["values"].split()))
    if not re.fullmatch(shape, row["by-the-book"]):
        errors.add(row.path, row.line, f"by-the-book is '{row['by-the-book']}', which is none of: {row['values']}")
    for name in names if measured else []:
        if measured[name] != UNKNOWN and not re.fullmatch(shape, measured[name]):
            errors.add(measured.path, measured.line, f"{name} is '{measured[name]}', which is none of: {row['values']}")
