"""Data tables: UTF-8, tab separated, the first line names the columns, no quoting, `-` for empty."""

import re
from pathlib import Path

from .errors import Errors


class Row(dict):
    """One line of a table: column -> text. Knows where it stands."""

    def __init__(self, path: Path, line: int, values: dict[str, str]):
        super().__init__(values)
        self.path = path
        self.line = line

    def items_of(self, column: str) -> list[str]:
        return [item.strip() for item in self[column].split(",") if item.strip()]


def read_table(path: Path, words: dict[str, set[str] | None], errors: Errors) -> list[Row]:
    """Rows of the table. `words` has the columns it must have; a set restricts a column to these words."""
    if not path.is_file():
        errors.add(path, 1, "this table is missing")
        return []
    lines = path.read_text(encoding="utf-8").split("\n")
    header = lines[0].split("\t")
    for column in words:
        if column not in header:
            errors.add(path, 1, f"column '{column}' is missing; the columns are: {' '.join(words)}")
            return []
    rows = []
    for number, line in enumerate(lines[1:], start=2):
        if not line:
            continue
        cells = line.split("\t")
        if len(cells) != len(header):
            errors.add(path, number, f"{len(cells)} cells, but {len(header)} columns")
            continue
        row = Row(path, number, {column: "" if cell == "-" else cell for column, cell in zip(header, cells)})
        for column, allowed in words.items():
            if allowed is not None and row[column] not in allowed:
                errors.add(path, number, f"{column} is '{row[column]}'; it is one of: {' '.join(sorted(allowed))}")
        rows.append(row)
    return rows


def index_by(rows: list[Row], column: str, errors: Errors) -> dict[str, Row]:
    """Rows by their key; a key that comes twice is a mistake."""
    found: dict[str, Row] = {}
    for row in rows:
        if row[column] in found:
            errors.add(row.path, row.line, f"{column} '{row[column]}' is already on line {found[row[column]].line}")
        else:
            found[row[column]] = row
    return found


# --- bytes in a cell --------------------------------------------------------------------------------------------------------------

_NAMES = {b"\\": b"\\", b"\r": b"r", b"\n": b"n", b"\t": b"t"}
_BYTES = {name: byte for byte, name in _NAMES.items()}


def escaped(data: bytes) -> str:
    """Printable ASCII as it is, the rest as \\r \\n \\t \\\\ \\xNN."""
    return re.sub(rb"[^ -\[\]-~]", lambda found: b"\\" + (_NAMES.get(found[0]) or b"x%02x" % ord(found[0])), data).decode("ascii")


def unescaped(text: str) -> bytes:
    """Code may hold any character; bytes are ASCII."""
    return re.sub(rb"\\([rnt\\]|x[0-9a-f]{2})", lambda found: _BYTES.get(found[1]) or bytes.fromhex(found[1][1:].decode()), text.encode())
