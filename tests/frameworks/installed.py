"""What tests/frameworks/setup installed, and where; read from core/data/frameworks.tsv and build/frameworks."""

import os
import subprocess
import sys
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "scripts"))

from generator.tables import escaped as escaped  # noqa: E402  how bytes stand in a cell
from generator.tables import unescaped as unescaped  # noqa: E402

BUILD = ROOT / "build/frameworks"
DATA = ROOT / "core/data"
VENV = BUILD / "venv/bin"
NODE = ROOT / "build/node/node_modules/.bin/node"
JAVA_FORMAT = BUILD / "google-java-format-all-deps.jar"


@dataclass(frozen=True)
class Target:
    """One row of frameworks.tsv: a framework on a server."""

    id: str
    framework: str
    version: str
    language: str
    server: str
    server_version: str
    runtime: str
    runtime_version: str
    verified: str


def read_table(path: Path) -> list[dict[str, str]]:
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    names = header.split("\t")
    return [dict(zip(names, row.split("\t"), strict=True)) for row in rows]


def write_table(path: Path, columns: list[str], rows: list[dict[str, str]]) -> None:
    lines = ["\t".join(columns)] + ["\t".join(row[column] or "-" for column in columns) for row in rows]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def targets() -> list[Target]:
    return [Target(**row) for row in read_table(DATA / "frameworks.tsv")]


def recorded(ids: AbstractSet[str]) -> None:
    """What the tables say of these rows of frameworks.tsv was seen today."""
    path, today = DATA / "frameworks.tsv", datetime.now(UTC).date().isoformat()
    rows = read_table(path)
    write_table(path, list(rows[0]), [row | {"verified": today} if row["id"] in ids else row for row in rows])


def go_root() -> Path:
    return next(BUILD.glob("venv/lib/python*/site-packages/go"))


def class_path(version: str) -> str:
    return (BUILD / version / "classpath.txt").read_text().strip()


def node() -> str:
    return str(NODE) if NODE.exists() else "node"


def environment() -> dict[str, str]:
    """For everything that is started: nothing of the caller's settings that would change an answer."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "JAVA_HOME", "GOPROXY", "GOFLAGS", "GOSUMDB") if name in os.environ}
    return kept | {"NODE_ENV": "production", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUNBUFFERED": "1", "PYTHONHASHSEED": "0", "GOTOOLCHAIN": "local",
                   "GOCACHE": str(BUILD / "go-cache"), "PATH": f"{VENV}:{NODE.parent}:{os.environ['PATH']}"}  # fmt: skip


def run(*command: str | Path, cwd: Path = ROOT, check: bool = True) -> subprocess.CompletedProcess[str]:
    return subprocess.run([str(c) for c in command], cwd=cwd, env=environment(), check=check, capture_output=True, text=True)  # noqa: S603


# What of tests/frameworks/setup a language needs; NAME is the target.
STEPS = {"javascript": ["npm"], "python": ["python"], "java": ["NAME", "google-java-format"], "go": ["python"]}


def missing(language: str, name: str) -> str:
    """Why nothing in this language can be run here, or nothing."""
    absent = [step for step in STEPS[language] if not (BUILD / "stamps" / step.replace("NAME", name)).exists()]
    if absent:
        return f"{name}: not installed here by tests/frameworks/setup: {', '.join(absent).replace('NAME', name)}"
    # Names of codes, reason phrases and framing differ between versions of these.
    asked = {"javascript": (node(), "--version"), "python": (VENV / "python", "--version")}.get(language)
    wanted = next(target.runtime_version for target in targets() if target.language == language)
    found = run(*asked).stdout.split()[-1].removeprefix("v") if asked else wanted
    return "" if f"{found}.".startswith(f"{wanted}.") else f"{name}: the {language} runtime here is {found}, not {wanted}"
