"""Valid exchanges: tests/valid/*.md. A file is a topic, a `## heading` names one exchange, fences as in rule files."""

from dataclasses import dataclass
from pathlib import Path

from .errors import Errors
from .examples import Case, Mistake, parse_cases


@dataclass(frozen=True)
class ValidExchange:
    name: str
    place: str
    case: Case


def read_corpus(root: Path, errors: Errors, inputs: list[Path]) -> list[ValidExchange]:
    folder = root / "tests" / "valid"
    if not folder.is_dir():
        return []
    inputs.append(folder)
    exchanges: list[ValidExchange] = []
    for path in sorted(folder.glob("*.md")):
        inputs.append(path)
        if path.name != "README.md":
            exchanges += _read_topic(path, root, errors)
    return exchanges


def _read_topic(path: Path, root: Path, errors: Errors) -> list[ValidExchange]:
    exchanges: list[ValidExchange] = []
    for name, number, lines in _sections(path.read_text(encoding="utf-8").split("\n")):
        place = f"{path.relative_to(root).as_posix()}:{number}"
        try:
            cases = parse_cases(lines)
        except Mistake as mistake:
            errors.add(path, mistake.line, str(mistake))
            continue
        if len(cases) != 1:
            errors.add(path, number, f"'## {name}' has {len(cases)} exchanges; it names one")
            continue
        if cases[0].mark:
            errors.add(path, cases[0].line, "nothing is wrong here, so nothing is marked")
        exchanges.append(ValidExchange(name, place, cases[0]))
    return exchanges


def _sections(lines: list[str]) -> list[tuple[str, int, list[tuple[int, str]]]]:
    """Heading, its line, and the numbered lines from the first fence on: what stands before that is prose."""
    sections: list[tuple[str, int, list[tuple[int, str]]]] = []
    ticks = ""
    for number, line in enumerate(lines, start=1):
        if line.startswith("## ") and not ticks:
            sections.append((line[3:].strip(), number, []))
            continue
        if line.startswith("```"):
            run = line[: len(line) - len(line.lstrip("`"))]
            ticks = run if not ticks else "" if line.rstrip() == ticks else ticks
        if sections and (ticks or line.startswith("```") or (sections[-1][2] and not line.strip())):
            sections[-1][2].append((number, line))
    return sections
