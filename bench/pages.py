"""Which pages there are, from the URLconf, and what one look at a page costs."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import unescape
from time import process_time
from typing import Any

from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils.translation import override

from bench.crowd import Crowd
from monarca.grants.applications import queries as applications
from monarca.grants.screening.models import Check

TABS = re.compile(r'href="(/[^"?]*)?(\?[^"]+)"')
UNASKED = frozenset({"people", "demo", ""})
"""Pages of signing in, and plain signs of life: nothing in them counts applications."""
BESIDE = frozenset(
    {
        "commitments",
        "dialogues",
        "consultations",
        "youthlab",
        "climate",
        "climate-portal",
        "shares",
    }
)
"""Rooms beside the fund: no application stands in them; their own tests count their questions."""
READERS = {
    "screening": ("coordinator", "applicant"),
    "reviews": ("manager", "reviewer"),
    "decisions": ("manager", "head_of_mission"),
    "agreements": ("coordinator", "applicant"),
    "reports": ("coordinator", "applicant"),
    "payments": ("coordinator", "certifier", "finance"),
    "": ("manager", "head_of_mission", "finance", "applicant"),
}
"""Who reads the pages of a room; for all rooms at once, those who between them see every page."""


@dataclass(frozen=True, slots=True)
class Page:
    """One address as one person reads it; `name` stays the same however many files there are."""

    name: str
    reader: str
    url: str

    @property
    def is_list(self) -> bool:
        return "/desk/" in self.url and "C" not in self.url.partition("/desk/")[2].partition("?")[0]


@dataclass(frozen=True, slots=True)
class Cost:
    """Queries, bytes before compression, and the least processor time in milliseconds."""

    queries: int
    size: int
    ms: float


def named(resolver: URLResolver | None = None, space: str = "") -> Iterator[tuple[str, list[str]]]:
    """Every named address with the names of its parts."""
    for each in (resolver or get_resolver()).url_patterns:
        if isinstance(each, URLResolver):
            yield from named(each, each.namespace or space)
        elif isinstance(each, URLPattern) and each.name:
            yield f"{space}:{each.name}", list(each.pattern.regex.groupindex)


def parts(crowd: Crowd) -> dict[str, Any]:
    """What stands for each part of an address: of the one file, of its call."""
    file, call = crowd.file, crowd.call
    attached = applications.attached_to(file).first()
    rule = Check.objects.filter(screening__application=file).order_by("pk").first()
    return {
        "ref": file.reference,
        "reference": file.reference,
        "other": crowd.files[0].reference,
        "code": call.code,
        "mission": call.mission.code,
        "year": call.fiscal_year,
        "number": 1,
        "receipt": 1,
        "digest": attached.file.sha256[:16] if attached else "0" * 16,
        "rule": rule.rule if rule else "E01",
        "party": "canada",
        "part": "narrative",
        "section": "organisation",
        "kind": "docx",
        "report": 1,
        "marker": "ge_code",
        "field": "title",
        "language": "fr",
    }


def addresses(crowd: Crowd) -> Iterator[tuple[str, str]]:
    """Name and address of every page that this crowd has an example for."""
    known = parts(crowd)
    for name, wanted in named():
        if name.partition(":")[0] not in UNASKED | BESIDE and set(wanted) <= set(known):
            with override("en"):
                yield name, reverse(name, kwargs={part: known[part] for part in wanted})


def unknown(crowd: Crowd) -> list[str]:
    """Names of addresses whose parts nothing stands for: a new one must be given in `parts`."""
    known = set(parts(crowd))
    return sorted(
        name
        for name, wanted in named()
        if name.partition(":")[0] not in BESIDE and not set(wanted) <= known
    )


def readers(crowd: Crowd, room: str) -> dict[str, Client]:
    """One signed-in browser a person who works there."""
    found = {}
    for role in READERS[room]:
        found[role] = Client()
        found[role].force_login(crowd.people[role])
    return found


def body(client: Client, url: str) -> tuple[int, bytes]:
    answer = client.get(url)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    answer.close()
    return answer.status_code, content


def pages(crowd: Crowd, clients: Mapping[str, Client], room: str = "") -> list[Page]:
    """Every page that answers, as the person reads it who is shown most; with its tabs.

    With a room: its lists and its pages of the one file; without, of every room.
    """
    found = []
    for name, url in addresses(crowd):
        if not room or name.partition(":")[0] == room:
            found += with_tabs(name, url, clients)
    return found


def with_tabs(name: str, url: str, clients: Mapping[str, Client]) -> Iterator[Page]:
    shown = [(role, body(client, url)) for role, client in clients.items()]
    read = [(len(text), role, text) for role, (status, text) in shown if status == 200]
    if not read:
        return
    _size, role, text = max(read, key=lambda each: (each[0], each[1]))
    yield Page(name, role, url)
    for path, tab in dict.fromkeys(TABS.findall(text.decode(errors="replace"))):
        query = unescape(tab)
        if path in {"", url} and "page=" not in query:
            best = max(clients, key=lambda who: (seen(clients[who], url + query), who))
            yield Page(f"{name}{without_code(query)}", best, url + query)


def seen(client: Client, url: str) -> int:
    status, text = body(client, url)
    return len(text) if status == 200 else 0


def without_code(query: str) -> str:
    return re.sub(r"&?call=[^&]*", "", query)


def look(page: Page, clients: Mapping[str, Client], times: int = 0) -> Cost:
    """One look that counts, then `times` looks that are timed; the best time is kept."""
    client = clients[page.reader]
    asked: list[str] = []
    with connection.execute_wrapper(counting(asked)):
        status, text = body(client, page.url)
    if status != 200:
        raise AssertionError(f"{page.url} answered {status} to {page.reader}")
    spent = [timed(client, page.url) for _ in range(times)]
    return Cost(len(asked), len(text), min(spent, default=0.0))


def counting(asked: list[str]) -> Callable[..., Any]:
    """A wrapper of the connection that keeps every statement."""

    def keep(execute: Callable[..., Any], sql: str, *given: Any) -> Any:
        asked.append(sql)
        return execute(sql, *given)

    return keep


def timed(client: Client, url: str) -> float:
    start = process_time()
    client.get(url)
    return (process_time() - start) * 1000


def costs(seen: Sequence[Page], clients: Mapping[str, Client], times: int = 0) -> dict[str, Cost]:
    return {page.name: look(page, clients, times) for page in seen}
