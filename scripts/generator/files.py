"""Writing the outputs: only what changed, and never half a file."""

import os
from pathlib import Path


def write_changed(out: Path, contents: dict[str, str]) -> int:
    """Writes the texts below `out`; returns how many differed from what was there."""
    changed = 0
    for name, text in contents.items():
        path = out / name
        data = text.encode("utf-8")
        if path.is_file() and path.read_bytes() == data:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_name(f"{path.name}.{os.getpid()}")
        unfinished.write_bytes(data)
        unfinished.replace(path)
        changed += 1
    return changed


def write_depfile(path: Path, target: Path, inputs: list[Path]) -> None:
    """Make syntax. Folders are among the inputs: a new file in one of them counts as a change."""
    escaped = [str(item).replace("$", "$$").replace("#", "\\#").replace(" ", "\\ ") for item in [target, *inputs]]
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"{escaped[0]}: " + " \\\n  ".join(escaped[1:]) + "\n", encoding="utf-8")
