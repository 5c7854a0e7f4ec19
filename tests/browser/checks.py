"""What every page must stand in a browser; a walk over all addresses calls `check_page`."""

import gzip
from dataclasses import dataclass, field
from pathlib import Path

import axe_playwright_python
from playwright.sync_api import ConsoleMessage, Page, Response

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = """rules => axe.run(document, {
    runOnly: {type: "tag", values: rules}, resultTypes: ["violations"],
}).then(found => found.violations)"""
WIDTHS = (320, 360, 1280)
LIGHTEST = 30 * 1024  # bytes on the wire of one cold page, uploads apart
FEWEST = 5  # requests of one cold page
LANGUAGES = {"es": "es-MX", "en": "en-CA", "fr": "fr-CA"}
TEXTUAL = ("text/", "application/javascript", "image/svg+xml", "application/json")


@dataclass
class Visit:
    """One page opened in a cold browser, with all that came over the wire."""

    page: Page
    url: str
    status: int = 0
    messages: list[str] = field(default_factory=list)
    responses: list[Response] = field(default_factory=list)

    def bytes(self) -> int:
        return sum(wire_bytes(response) for response in self.responses)


def visit(page: Page, url: str) -> Visit:
    """Open the address; listens from the first byte, so call it with a page that is still cold."""
    seen = Visit(page, url)

    def hear(message: ConsoleMessage) -> None:
        where = message.location.get("url", "")
        seen.messages.append(f"{message.type} at {where}: {message.text}")

    def keep(response: Response) -> None:
        seen.responses.append(response)

    page.on("console", hear)
    page.on("pageerror", lambda error: seen.messages.append(f"script error: {error}"))
    page.on("response", keep)
    answer = page.goto(url, wait_until="load")
    page.wait_for_load_state("networkidle")
    seen.status = answer.status if answer else 0
    return seen


def wire_bytes(response: Response) -> int:
    """Head and body as sent; a text that the test server sent plain counts as gzip would send it.

    The live server of the tests serves static files without compression; whitenoise compresses.
    """
    sizes = response.request.sizes()
    body = sizes["responseBodySize"]
    headers = response.headers
    plain = "content-encoding" not in headers
    if plain and headers.get("content-type", "").startswith(TEXTUAL) and response.ok:
        body = len(gzip.compress(response.body(), 6))
    return int(sizes["responseHeadersSize"] + body)


def axe_complaints(page: Page) -> list[str]:
    """Violations of WCAG 2.2 A and AA; evaluated, because the pages' policy forbids injection."""
    page.evaluate(AXE)
    found = page.evaluate(RUN, RULES)
    return [
        f"axe {violation['id']}: {node['html'][:160]} {node['failureSummary']}"
        for violation in found
        for node in violation["nodes"]
    ]


def sideways_complaints(page: Page, widths: tuple[int, ...] = WIDTHS) -> list[str]:
    """The widths at which the page must be scrolled sideways, with the widest culprit."""
    before = page.viewport_size or {"width": 1280, "height": 800}
    complaints = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": before["height"]})
        overflow = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        if overflow > 0:
            complaints.append(f"{overflow} px too wide at {width}: {widest(page)}")
    page.set_viewport_size(before)
    return complaints


def widest(page: Page) -> str:
    """The element that sticks out furthest, to be found without guessing."""
    return str(
        page.evaluate(
            """() => [...document.querySelectorAll("body *")]
            .filter(e => e.getBoundingClientRect().right > innerWidth)
            .sort((a, b) => b.getBoundingClientRect().right - a.getBoundingClientRect().right)
            .slice(0, 1).map(e => e.outerHTML.slice(0, 160)).join("")"""
        )
    )


def frame_complaints(page: Page, url: str) -> list[str]:
    """One h1, a title of its own, one main, and the language of the address on <html>."""
    complaints = []
    for selector in ("h1", "main", "title"):
        count = page.locator(selector).count()
        if count != 1:
            complaints.append(f"{count} <{selector}> instead of one")
    if not page.title().removesuffix("· Monarca").strip():
        complaints.append("the title says only the name of the house")
    code = url.split("://")[-1].split("/")[1] if url.count("/") > 3 else ""
    tongue = page.locator("html").get_attribute("lang")
    if code in LANGUAGES and tongue != LANGUAGES[code]:
        complaints.append(f'<html lang="{tongue}"> at an address in {code}')
    return complaints


def weight_complaints(seen: Visit, requests: int = FEWEST) -> list[str]:
    """Too many bytes or requests, or a request to someone else's machine."""
    complaints = []
    home = "/".join(seen.url.split("/")[:3]) + "/"
    if seen.bytes() > LIGHTEST:
        listing = ", ".join(f"{r.url.split('/')[-1]} {wire_bytes(r)}" for r in seen.responses)
        complaints.append(f"{seen.bytes()} bytes cold, {LIGHTEST} allowed: {listing}")
    if len(seen.responses) > requests:
        asked = ", ".join(r.url for r in seen.responses)
        complaints.append(f"{len(seen.responses)} requests cold, {requests} allowed: {asked}")
    away = [r.url for r in seen.responses if not r.url.startswith(home)]
    return complaints + [f"asked a third party: {url}" for url in away]


def complaints_of(seen: Visit, *, requests: int = FEWEST) -> list[str]:
    """Everything wrong with an opened page."""
    heard = [m for m in seen.messages if not (seen.status >= 400 and seen.url in m)]
    return [
        *(f"the console says {message}" for message in heard),
        *frame_complaints(seen.page, seen.url),
        *weight_complaints(seen, requests),
        *axe_complaints(seen.page),
        *sideways_complaints(seen.page),
    ]


def check_page(page: Page, url: str, *, status: int = 200, requests: int = FEWEST) -> Visit:
    """Open a cold page and fail with every complaint at once.

    `status` is the answer expected; its own line in the console is forgiven when it is an error.
    """
    seen = visit(page, url)
    assert seen.status == status, f"{url} answered {seen.status}, not {status}"
    complaints = complaints_of(seen, requests=requests)
    assert not complaints, f"{url}\n" + "\n".join(complaints)
    return seen
