"""The figures of the issue: each measures one promise and says it beside its goal."""

import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path
from time import perf_counter
from typing import Any
from urllib.parse import urlencode

from bench.places import Served, home, last_line, serving
from monarca.engines import packs
from monarca.engines.documents import intake as reader

PACKAGE = Path(reader.__file__).parents[2]
FORMS = 500
LOADED = 200
CROWD = 10_000


@dataclass(frozen=True, slots=True)
class Figure:
    """One number beside its goal; `value` None when it could not be measured, `note` why."""

    name: str
    goal: float
    unit: str
    value: float | None = None
    more_is_better: bool = False
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """Above one is missed."""
        if not self.value:
            return None if self.value is None else 0.0
        return self.goal / self.value if self.more_is_better else self.value / self.goal


def demo() -> Iterator[Figure]:
    """The sample year, made from nothing and then found as it was."""
    names = (("demo, the first time", 60.0), ("demo again", 5.0))
    with home() as place:
        for name, goal in names:
            start = perf_counter()
            done = place.monarca("demo", "--no-serve", seconds=150)
            spent = perf_counter() - start
            if done.returncode:
                note = f"not yet: {last_line(done.stderr)}"
                yield Figure(name, goal, "s", note=note)
                return
            yield Figure(name, goal, "s", spent)


def intake() -> Iterator[Figure]:
    """The example inbox: by the engine alone, and by the command that keeps what it read."""
    folder = PACKAGE / "examples" / "inbox"
    definition = packs.read(PACKAGE / "packs" / "cfli-mexico").definition
    reader.read_all([folder / "Las Amapolas"], definition)
    start = perf_counter()
    read = reader.read_all([folder], definition)
    spent = perf_counter() - start
    forms = sum(one.is_form for one in read)
    yield Figure("intake, the engine", 15, "forms/s", forms / spent, more_is_better=True)
    yield intake_command(folder, forms)


def intake_command(folder: Path, forms: int) -> Figure:
    blank = Figure("intake, the command", 15, "forms/s", more_is_better=True)
    with home() as place:
        place.monarca("init", "--admin", "ana@example.org")
        pack = str(PACKAGE / "packs" / "cfli-mexico")
        window = ("--opens", "2020-01-02T15:00:00Z", "--closes", "2099-12-31T06:00:00Z")
        loaded = place.monarca("pack", "load", pack, "--publish", "--json", *window)
        if loaded.returncode:
            return Figure(blank.name, 15, blank.unit, note=last_line(loaded.stderr))
        code = json.loads(loaded.stdout)["call"]
        start = perf_counter()
        done = place.monarca("intake", str(folder), "--call", code)
        spent = perf_counter() - start
    if done.returncode not in {0, 1}:
        return Figure(blank.name, 15, blank.unit, note=f"not yet: {last_line(done.stderr)}")
    note = "with starting Python and writing every row"
    return Figure(blank.name, 15, blank.unit, forms / spent, more_is_better=True, note=note)


def pages() -> Iterator[Figure]:
    """Processor time of the server for an applicant's pages, and for saved sections."""
    with home() as place:
        given = place.made("bench.applicant")
        with serving(place) as served:
            browser = Browser(served, given["session"])
            looks = [("GET", url, "") for url in given["pages"]]
            yield Figure("an applicant page", 8, "ms", browser.cost(looks, FORMS))
            saves = [("POST", url, browser.filled(sent)) for url, sent in given["saves"]]
            yield Figure("a saved section", 10, "ms", browser.cost(saves, FORMS))


def memory() -> Iterator[Figure]:
    """What two workers hold after two hundred pages."""
    with home() as place:
        given = place.made("bench.applicant")
        with serving(place, workers=2) as served:
            for number in range(4):
                browser = Browser(served, given["session"])
                browser.cost([("GET", url, "") for url in given["pages"]], LOADED // 4)
                del browser, number
            used = served.pss_bytes() / 1_000_000
    yield Figure("two workers after 200 pages", 200, "MB PSS", used)


class Browser:
    """One signed-in person on one connection."""

    def __init__(self, served: Served, session: str) -> None:
        self.served = served
        self.token = "b" * 32
        self.headers = {
            "Cookie": f"sessionid={session}; csrftoken={self.token}",
            "Accept-Encoding": "gzip",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        self.connection = HTTPConnection("127.0.0.1", served.port, timeout=30)

    def filled(self, sent: dict[str, Any]) -> str:
        return urlencode({**sent, "csrfmiddlewaretoken": self.token}, doseq=True)

    def ask(self, method: str, url: str, sent: str) -> None:
        self.connection.request(method, url, body=sent or None, headers=self.headers)
        answer = self.connection.getresponse()
        answer.read()
        wanted = {200} if method == "GET" else {200, 302, 422}
        if answer.status not in wanted:
            raise RuntimeError(f"{method} {url} answered {answer.status}")

    def cost(self, wanted: list[tuple[str, str, str]], count: int) -> float:
        """Milliseconds of user and system time a request, once every page has been seen."""
        for each in wanted:
            self.ask(*each)
        before = self.served.cpu_seconds()
        for number in range(count):
            self.ask(*wanted[number % len(wanted)])
        return (self.served.cpu_seconds() - before) * 1000 / count


def desk() -> Iterator[Figure]:
    """The slowest list of the desk, and the one that asks most, of ten thousand applications."""
    with home() as place:
        found = place.made("bench.desk", str(CROWD))
    slowest = max(found, key=lambda name: found[name][0])
    yield Figure("the slowest list of 10,000", 60, "ms", found[slowest][0], note=slowest)
    most = max(found, key=lambda name: found[name][1])
    yield Figure("queries of a list of 10,000", 10, "", found[most][1], note=most)
    over = sorted(name for name in found if found[name][0] > 60)
    print("\n".join(f"  {found[name][0]:7.1f} ms  {name}" for name in over), file=sys.stderr)


FIGURES: dict[str, Callable[[], Iterator[Figure]]] = {
    "demo": demo,
    "intake": intake,
    "pages": pages,
    "desk": desk,
    "memory": memory,
}
