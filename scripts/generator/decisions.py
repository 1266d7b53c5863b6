"""What the machines of the simulator ask."""

import re
from pathlib import Path

from .citations import Citations, Unresolved
from .errors import Errors
from .tables import Row, index_by, read_table

WORDS = [f"{part}_{language}" for part in ("question", "yes", "no") for language in ("en", "zh")]
COLUMNS = {"id": None, "requirement": {"must", "should", "may", "open"}, "cite": None, **dict.fromkeys(WORDS)}


def read_decisions(folder: Path, citations: Citations, errors: Errors, inputs: list[Path]) -> list[Row]:
    rows: list[Row] = []
    for path in sorted(folder.glob("*.tsv")):
        inputs.append(path)
        rows += read_table(path, COLUMNS, errors)
    inputs.append(folder)
    index_by(rows, "id", errors)
    for row in rows:
        if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", row["id"]):
            errors.add(row.path, row.line, f"id '{row['id']}' is not a slug such as if-none-match")
        if not row["cite"]:
            errors.add(row.path, row.line, "a decision cites at least one section, where it is open too")
        for missing in (column for column in WORDS if not row[column]):
            errors.add(row.path, row.line, f"{missing} is empty")
        for cite in row.items_of("cite"):
            try:
                citations.url(cite)
            except Unresolved as problem:
                errors.add(row.path, row.line, f"cite: {problem}")
    return rows

