"""A home in a temporary folder, commands in it, and the web server as people run it."""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from time import monotonic, sleep
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
TICK = os.sysconf("SC_CLK_TCK")
LONGEST = 240


@dataclass(frozen=True, slots=True)
class Home:
    """One installation that nothing else uses."""

    folder: Path

    @property
    def env(self) -> dict[str, str]:
        kept = {key: value for key, value in os.environ.items() if not key.startswith("MONARCA_")}
        return {
            **kept,
            "MONARCA_HOME": str(self.folder),
            "MONARCA_SECRET_KEY": "bench-only",
            "MONARCA_SECOND_FACTOR": "0",
            "MONARCA_HOSTS": "127.0.0.1,localhost,testserver",
            "MONARCA_EMAIL_URL": f"file://{self.folder}/post",
            "DJANGO_SETTINGS_MODULE": "monarca.config.settings",
            "PYTHONPATH": str(ROOT),
        }

    def monarca(self, *words: str, seconds: float = LONGEST) -> "subprocess.CompletedProcess[str]":
        """Run one command of ours to its end."""
        return self.run([sys.executable, "-m", "monarca.config.cli", *words], seconds)

    def made(self, module: str, *words: str, seconds: float = LONGEST) -> Any:
        """What a module of bench prints as JSON, run in this home. Raises `RuntimeError`."""
        done = self.run([sys.executable, "-m", module, *words], seconds)
        if done.returncode:
            raise RuntimeError(f"{module}: {last_line(done.stderr)}")
        return json.loads(done.stdout)

    def run(self, words: Sequence[str], seconds: float) -> "subprocess.CompletedProcess[str]":
        try:
            return subprocess.run(
                words,
                env=self.env,
                cwd=ROOT,
                capture_output=True,
                text=True,
                timeout=seconds,
                check=False,
            )
        except subprocess.TimeoutExpired:
            raise RuntimeError(f"{words[2]} took longer than {seconds:.0f} s") from None


def last_line(text: str) -> str:
    return (text.strip().splitlines() or [""])[-1][:200]


@contextmanager
def home() -> Iterator[Home]:
    folder = Path(tempfile.mkdtemp(prefix="monarca-bench-"))
    try:
        yield Home(folder)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True, slots=True)
class Served:
    """A running `monarca serve`: where it listens, and the process that began it."""

    port: int
    pid: int

    def processes(self) -> list[int]:
        """It and everything it began."""
        found, todo = [], [self.pid]
        while todo:
            pid = todo.pop()
            found.append(pid)
            for path in Path(f"/proc/{pid}/task").glob("*/children"):
                todo += map(int, path.read_text().split())
        return found

    def cpu_seconds(self) -> float:
        """User and system time of all its processes, now."""
        return sum(map(ticks, self.processes())) / TICK

    def pss_bytes(self) -> int:
        """Memory of all its processes; what they share is divided among them."""
        return sum(map(pss, self.processes()))


def ticks(pid: int) -> int:
    after_name = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(after_name[11]) + int(after_name[12])


def pss(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0


@contextmanager
def serving(place: Home, workers: int = 1) -> Iterator[Served]:
    """The server on loopback, stopped afterwards by its own process group."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = ["serve", "--port", str(port), "--workers", str(workers)]
    with subprocess.Popen(
        [sys.executable, "-m", "monarca.config.cli", *words],
        env=place.env,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            wait(port, process)
            yield Served(port, process.pid)
        finally:
            stop(process)


def wait(port: int, process: "subprocess.Popen[bytes]") -> None:
    until = monotonic() + 60
    while monotonic() < until and process.poll() is None:
        try:
            connection = HTTPConnection("127.0.0.1", port, timeout=5)
            connection.request("GET", "/healthz")
            if connection.getresponse().status == 200:
                return
        except (OSError, HTTPException):
            sleep(0.1)
    raise RuntimeError("the server did not start")


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is None:
        process.send_signal(signal.SIGTERM)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
