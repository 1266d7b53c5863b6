"""Mistakes in the sources, gathered so that one run shows them all."""

from pathlib import Path


class Stop(Exception):
    """Going on would only repeat mistakes already gathered."""


class Errors:
    def __init__(self, root: Path):
        self._root = root
        self._found: set[tuple[str, int, str]] = set()

    def add(self, path: Path, line: int, text: str) -> None:
        shown = path.relative_to(self._root) if path.is_relative_to(self._root) else path
        self._found.add((str(shown), line, text))

    @property
    def count(self) -> int:
        return len(self._found)

    def stop_if_any(self) -> None:
        if self._found:
            raise Stop

    def __str__(self) -> str:
        return "\n".join(f"{path}:{line}: {text}" for path, line, text in sorted(self._found))
