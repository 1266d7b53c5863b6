"""Starts a server as a process of its own on a free port of loopback, waits until it answers, and ends it with all its children."""

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import installed

START = 60  # seconds, on a machine that is busy


def free_port() -> int:
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


@contextmanager
def running(command: list[str | Path], cwd: Path, log: Path, port: int, environment: dict[str, str] | None = None) -> Iterator[int]:
    log.parent.mkdir(parents=True, exist_ok=True)
    with open(log, "wb") as out:
        process = subprocess.Popen(  # noqa: S603
            [str(part) for part in command],
            cwd=cwd,
            env=installed.environment() | (environment or {}),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait(process, port, log)
        yield port
    finally:
        _end(process)


def _wait(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.05)
    raise RuntimeError(f"{process.args} does not answer:\n{log.read_text(errors='replace')[-3000:]}")


def _end(process: subprocess.Popen[bytes]) -> None:
    for how in (signal.SIGTERM, signal.SIGKILL):
        try:
            os.killpg(process.pid, how)
        except ProcessLookupError:
            break
        try:
            process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            continue
    process.wait(timeout=5)


def python_command(server: str, application: str, folder: Path, port: int) -> list[str | Path]:
    """`application` is a module; development servers run the module itself, the others its `wsgi`, `asgi` or `app`."""
    bind = f"127.0.0.1:{port}"
    venv = installed.VENV
    return {
        "runserver": [venv / "python", folder / f"{application}.py", str(port)],
        "Werkzeug": [venv / "python", folder / f"{application}.py", str(port)],
        "gunicorn": [venv / "gunicorn", "--bind", bind, "--workers", "1", "--worker-class", "gthread", "--threads", "4", "--log-level", "warning", f"{application}:wsgi"],
        "uvicorn": [venv / "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--http", "h11", "--log-level", "warning", f"{application}:asgi"],
        "uvicorn (httptools)": [venv / "uvicorn", "--host", "127.0.0.1", "--port", str(port), "--http", "httptools", "--log-level", "warning", f"{application}:asgi"],
    }[server]  # fmt: skip
