"""Writes the projects of snippets below build/frameworks, holds them to the formatter, linter and compiler of their language, and
knows how each is started."""

import os
import re
import shutil
from pathlib import Path

import installed
from installed import BUILD, VENV

HERE = Path(__file__).resolve().parent
COMPILED = 4  # cells of a column that are compiled alone; all are formatted, and all are compiled together in the project


def write_files(folder: Path, files: list[dict[str, str]]) -> None:
    for file in files:
        path = folder / file["path"]
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(file["text"].encode())


def write_project(target: dict) -> Path:
    """The project with all routes, and what its `install` commands would bring, from what is installed already."""
    folder = BUILD / "matrix" / target["id"]
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    write_files(folder, target["files"])
    if target["language"] == "javascript":
        os.symlink(BUILD / target["id"] / "node_modules", folder / "node_modules")
    if target["language"] == "java":
        installed.run("mvn", "-B", "-q", "compile", cwd=folder)
    if target["language"] == "go":
        installed.run(VENV / "go", "build", "-o", "answer", ".", cwd=folder)
    return folder


def start(target: dict, folder: Path, server: str, port: int) -> tuple[list[str | Path], dict[str, str]]:
    """The command that the snippet tells where the server is its usual one. What is compiled already is not compiled again."""
    environment = {"PORT": str(port)}
    if target["language"] == "go":
        return [folder / "answer"], environment
    if target["language"] == "java":
        main = next(path for path in folder.rglob("*.java") if "SpringApplication.run" in path.read_text())
        name = ".".join(main.relative_to(folder / "src/main/java").with_suffix("").parts)
        classes = f"{folder / 'target/classes'}:{installed.class_path(target['id'])}"
        return ["java", "-XX:TieredStopAtLevel=1", "-cp", classes, name, "--spring.main.banner-mode=off"], environment
    # Without threads gunicorn closes after every response, and a wrong framing would not show.
    environment["GUNICORN_CMD_ARGS"] = "--threads 4 --log-level warning"
    if target["language"] == "python" and server != target["server"].split(" ")[0]:
        return {
            "runserver": [VENV / "python", "manage.py", "runserver", "--noreload", f"127.0.0.1:{port}"],
            "uvicorn": [VENV / "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", "config.asgi:application"],
        }[server], environment  # fmt: skip
    return ["sh", "-c", f"exec {target['start']}"], environment


# --- form ------------------------------------------------------------------------------------------------------------------------


def check(target: dict) -> list[str]:
    """Every file of every cell as the formatter would write it, and some of every column without a word from linter and compiler."""
    alone = BUILD / "cells" / target["id"]
    some = BUILD / "cells-compiled" / target["id"]
    for folder in (alone, some):
        shutil.rmtree(folder, ignore_errors=True)
    project = BUILD / "cells" / target["id"] / "all"
    write_files(project, target["files"])
    for cell in (possible := [cell for cell in target["cells"] if cell["verdict"] == "possible"]):
        write_files(alone / name(cell), cell["files"])
    for cell in sample(possible):
        write_files(some / name(cell), cell["files"])
    return {"javascript": javascript, "python": python, "java": java, "go": go}[target["language"]](target["id"], alone, some)


def name(cell: dict) -> str:
    return f"c{cell['code']}-{cell['case']}"


def sample(possible: list[dict]) -> list[dict]:
    columns: dict[str, list[dict]] = {}
    for cell in possible:
        columns.setdefault(cell["case"], []).append(cell)
    chosen = []
    for column in columns.values():
        step = max(1, (len(column) - 1) // (COMPILED - 1))
        chosen += column[::step][:COMPILED]
    return chosen


def said(command: list[str | Path], folder: Path) -> list[str]:
    """What a tool printed, each line one fault; a tool that fails without a word is a fault as well."""
    done = installed.run(*command, cwd=folder, check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode and not lines:
        lines = [f"{command[0]} ended with status {done.returncode}"]
    return [f"{Path(command[0]).name}: {line}" for line in lines] if done.returncode or lines else []


def javascript(_id: str, alone: Path, _some: Path) -> list[str]:
    prettier = BUILD / "npm/node_modules/prettier/bin/prettier.cjs"
    return said([installed.node(), prettier, "--list-different", "--no-config", "--ignore-path", "/dev/null", "**/*.js", "all/package.json"], alone)


def python(_id: str, alone: Path, some: Path) -> list[str]:
    black = [line for line in said([VENV / "black", "--check", "."], alone) if "would reformat" in line or "error" in line]
    ruff = said([VENV / "ruff", "check", "--no-cache", "--isolated", "--quiet", "--output-format", "concise", "."], alone)
    compiled = said([VENV / "python", "-m", "compileall", "-q", "."], some)
    return black + ruff + compiled


def go(_id: str, alone: Path, some: Path) -> list[str]:
    found = said([installed.go_root() / "bin/gofmt", "-l", "."], alone)
    # One module of many programs.
    for inner in some.glob("*/go.mod"):
        (some / "go.mod").write_text(re.sub(r"^module .*", "module example.org/cells", inner.read_text(), flags=re.MULTILINE))
        inner.unlink()
    return found + said([VENV / "go", "vet", "./..."], some)


def java(id: str, alone: Path, some: Path) -> list[str]:
    files = sorted(str(path) for path in alone.rglob("*.java"))
    exports = [f"--add-exports=jdk.compiler/com.sun.tools.javac.{part}=ALL-UNNAMED" for part in ("api", "code", "file", "parser", "tree", "util")]
    jar = BUILD / "google-java-format-all-deps.jar"
    listed = BUILD / "cells" / f"{id}-files.txt"
    listed.write_text("\n".join(files))
    found = said(["java", *exports, "-jar", jar, "--dry-run", f"@{listed}"], alone)
    compiler = HERE / "ask/CompileAll.java"
    return found + said(["java", compiler, some, installed.class_path(id), BUILD / "cells-compiled" / f"{id}-classes"], some)


