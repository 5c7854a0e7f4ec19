"""A real installation for the browsers: `python -m tests.served HOME` makes it, with its year.

It is made in a process and a database of its own and served by `monarca serve`, so that what a
browser counts is what a person's telephone would receive. `pages.json` in its home says where
each example is and whose session opens it.
"""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
LANGUAGES = ("es", "en", "fr")


@dataclass(frozen=True)
class Served:
    """Where the installation answers, and its pages."""

    url: str
    home: Path
    pages: dict[str, dict[str, str]]

    def address(self, example: str, language: str) -> str:
        return self.url + self.pages[example][language]

    def session(self, example: str) -> str:
        return self.pages[example]["session"]

    def missing(self, example: str) -> str:
        """Why there is no address for this example, if there is none."""
        return self.pages[example].get("wrong", "")


def environment(home: Path) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if not key.startswith("MONARCA_")}
    return {
        **kept,
        "DJANGO_SETTINGS_MODULE": "monarca.config.settings",
        "PYTHONPATH": f"{ROOT}{os.pathsep}{ROOT / 'src'}",
        "MONARCA_HOME": str(home),
        "MONARCA_SECRET_KEY": "tests-only",
        "MONARCA_SECOND_FACTOR": "no",
        "MONARCA_DEMO": "yes",
    }


def build(home: Path) -> None:
    """Make the installation; what went wrong is printed whole."""
    command = [sys.executable, "-m", "tests.served", str(home)]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(home), capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-4000:]


@contextmanager
def serving(home: Path) -> Iterator[Served]:
    """`monarca serve` on a free port, until the tests are done."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    words = [sys.executable, "-m", "monarca.config.cli", "serve", "--port", str(port)]
    log = (home / f"serve-{port}.log").open("w")
    with (
        log,
        subprocess.Popen(words, cwd=ROOT, env=environment(home), stdout=log, stderr=log) as on,
    ):
        try:
            url = f"http://127.0.0.1:{port}"
            wait_for(f"{url}/healthz", log.name)
            yield Served(url, home, json.loads((home / "pages.json").read_text()))
        finally:
            on.terminate()


def wait_for(url: str, log: str, seconds: int = 60) -> None:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answers(url):
            return
        time.sleep(0.1)
    raise AssertionError(f"monarca serve did not answer: {Path(log).read_text()[-2000:]}")


def answers(url: str) -> bool:
    try:
        urllib.request.urlopen(url, timeout=2).close()
    except OSError:
        return False
    return True


def make(home: Path) -> None:
    """Everything, in this process: tables, static files, the year, the list of pages."""
    import django

    django.setup()
    from django.conf import settings
    from django.utils import timezone

    from monarca.portal.home.management.commands.init import prepare
    from tests.world_year import make_year

    settings.ALLOWED_HOSTS = [*settings.ALLOWED_HOSTS, "testserver"]
    prepare()
    year = make_year(timezone.now())
    (home / "pages.json").write_text(json.dumps(list_pages(year)))


def list_pages(year: Any) -> dict[str, dict[str, str]]:
    """Every example's addresses and session; one that fails says why, the others stand."""
    from django.urls import reverse
    from django.utils.translation import override

    from tests.addresses import every_state, examples
    from tests.sessions import session_of

    listed: dict[str, dict[str, str]] = {}
    known = examples()
    for page in every_state():
        try:
            user, kwargs = known[page.example](year)
            row = {"session": session_of(page.name, user)}
            for language in LANGUAGES:
                with override(language):
                    row[language] = reverse(page.name, kwargs=kwargs) + page.query
        except Exception as problem:  # noqa: BLE001 -- told by the test of this page alone
            row = {"wrong": f"its example fails: {type(problem).__name__}: {problem}"}
        listed[page.example] = row
    return listed


def once(folder: Path, act: Callable[[Path], None]) -> Path:
    """The home in this folder, made by whichever worker comes first; the others wait."""
    import fcntl

    home = folder / "served"
    with (folder / "served.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not (home / "pages.json").exists():
            home.mkdir(exist_ok=True)
            act(home)
    return home


if __name__ == "__main__":
    make(Path(sys.argv[1]))
