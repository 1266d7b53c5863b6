"""Writes the projects of snippets below build/frameworks, holds them to the formatter, linter and compiler of their language, and
knows how each is started."""

import hashlib
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import installed
from installed import BUILD, VENV

ASK = Path(__file__).resolve().parent / "ask"


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
            "Werkzeug": [VENV / "flask", "--app", "app", "run", "--host", "127.0.0.1", "--port", str(port)],
            "uvicorn": [VENV / "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--log-level", "warning", "config.asgi:application"],
        }[server], environment  # fmt: skip
    return ["sh", "-c", f"exec {target['start']}"], environment


# --- form ------------------------------------------------------------------------------------------------------------------------


def check(language: str, targets: list[dict]) -> tuple[int, list[str]]:
    """Every file of every cell and of the projects with all routes, as formatter, compiler and linter of the language want it: how
    many files there are, and the faults. The same file in many cells, or in two versions, is read once."""
    folder = BUILD / "cells" / language
    shutil.rmtree(folder, ignore_errors=True)
    owners: dict[str, str] = {}  # folder of a file -> the first cell it stands in
    for target in targets:
        for owner, file in files(target):
            # What is compiled against another version is another file, but for its form.
            place = hashlib.sha256(f"{file['path']} {file['text']}".encode()).hexdigest()[:16]
            if place not in owners:
                owners[place] = f"{target['id']} {owner}"
                write_files(folder / place, [file])
    faults = [fault for target in targets for fault in apart(target)]
    faults += {"javascript": javascript, "python": python, "java": java, "go": go}[language](folder, targets)
    return len(owners), [_with_owner(fault, owners) for fault in faults]


def files(target: dict) -> Iterator[tuple[str, dict[str, str]]]:
    for file in target["files"]:
        yield "all", file
    for cell in target["cells"]:
        for file in cell.get("files", []) if cell["verdict"] == "possible" else []:
            yield f"{cell['code']} {cell['case']}", file


def _with_owner(fault: str, owners: dict[str, str]) -> str:
    return next((f"{fault} ({owner})" for place, owner in owners.items() if place in fault), fault)


def apart(target: dict) -> list[str]:
    """A handler alone is no program in most of the languages. It is held to the same all the same: it is a part of its project."""
    return [f"{target['id']}: the handler of {cell['code']} {cell['case']} is no part of its project: {cell['handler']!r}"
            for cell in target["cells"]
            if cell["verdict"] == "possible" and not any(part_of(target["language"], cell["handler"]) in file["text"] for file in cell["files"])]  # fmt: skip


def part_of(language: str, handler: str) -> str:
    """What a handler has in common with a project: not its imports, nor the comment that says where its route goes."""
    lines = handler.splitlines(keepends=True)
    if language == "java":
        return "".join("  " + line if line.strip() else line for line in lines)
    if language == "go":
        return "".join(line for line in lines if not line.startswith("// mux.HandleFunc(")).lstrip("\n")
    if language == "python":
        lines = [line for line in lines if not line.startswith("# urls.py: ")]
        first = next(at for at, line in enumerate(lines) if line.startswith(("@", "def ", "async def ")))
        return "".join(lines[first:])
    return "".join(line for line in lines if not line.startswith("import ")).lstrip("\n")


def said(command: list[str | Path], folder: Path) -> list[str]:
    """What a tool printed, each line one fault; a tool that fails without a word is a fault as well."""
    done = installed.run(*command, cwd=folder, check=False)
    lines = [line for line in (done.stdout + done.stderr).splitlines() if line.strip()]
    if done.returncode and not lines:
        lines = [f"{command[0]} ended with status {done.returncode}"]
    return [f"{Path(command[0]).name}: {line}" for line in lines]


def javascript(folder: Path, _targets: list[dict]) -> list[str]:
    prettier = BUILD / "npm/node_modules/prettier/bin/prettier.cjs"
    formed = said([installed.node(), prettier, "--list-different", "--no-config", "--ignore-path", "/dev/null", "**/*.{js,json}"], folder)
    return formed + said([installed.node(), "--experimental-vm-modules", "--no-warnings", ASK / "compile.mjs", folder], folder)


def python(folder: Path, _targets: list[dict]) -> list[str]:
    black = [line for line in said([VENV / "black", "--check", "."], folder) if "would reformat" in line or "error" in line]
    # Files stand apart here; in their project `config` is the package they belong to.
    own = 'lint.isort.known-first-party=["config"]'
    ruff = said([VENV / "ruff", "check", "--no-cache", "--isolated", "--config", own, "--quiet", "--output-format", "concise", "."], folder)
    return black + ruff + said([VENV / "python", "-m", "compileall", "-q", "."], folder)


def go(folder: Path, targets: list[dict]) -> list[str]:
    formed = said([installed.go_root() / "bin/gofmt", "-l", "."], folder)
    checked = said([VENV / "go", "run", ASK / "typecheck.go", folder], folder)
    vetted = []
    for target in targets:
        write_files(mine := BUILD / "cells" / target["id"], target["files"])
        vetted += said([VENV / "go", "vet", "."], mine)
    return formed + checked + vetted


def java(folder: Path, targets: list[dict]) -> list[str]:
    """google-java-format once for all versions; the compiler with all its warnings for each, with its own libraries."""
    sources = sorted(str(path) for path in folder.rglob("*.java"))
    exports = [f"--add-exports=jdk.compiler/com.sun.tools.javac.{part}=ALL-UNNAMED" for part in ("api", "code", "file", "parser", "tree", "util")]
    listed = folder / "files.txt"
    listed.write_text("\n".join(sources))
    faults = said(["java", *exports, "-jar", installed.JAVA_FORMAT, "--dry-run", f"@{listed}"], folder)
    for target in targets:
        mine = BUILD / "cells" / target["id"]
        shutil.rmtree(mine, ignore_errors=True)
        for owner, file in files(target):
            if file["path"].endswith(".java") and not file["path"].endswith("/Application.java"):
                write_files(mine / owner.replace(" ", "-"), [file])
        faults += said(["java", ASK / "CompileAll.java", mine, installed.class_path(target["id"]), BUILD / "cells" / f"{target['id']}-classes"], mine)
    return faults
