"""How one page is walked: four looks, three languages by rotation, and all that is wrong at once."""

from dataclasses import dataclass, field

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response
from playwright.sync_api import Error as Stopped

from tests.addresses import Page as Address
from tests.browser.checks import axe_complaints, frame_complaints, sideways_complaints
from tests.served import LANGUAGES, Served

LOOKS = (("light", 360), ("dark", 1280), ("dark", 360), ("light", 1280))
NARROWEST = {True: 360, False: 320}  # staff, everybody else
DOWNLOADS = ("Download is starting", "ERR_ABORTED")


@dataclass
class Looker:
    """One warm window of one look, used for page after page; it hears all that goes wrong."""

    page: Page
    home: str
    width: int
    heard: list[str] = field(default_factory=list)

    def open(self, url: str, session: str) -> Response | None:
        """The page's answer; None when it is a paper to download instead."""
        self.heard.clear()
        self.sign_in(session)
        try:
            return self.page.goto(url, wait_until="load")
        except Stopped as why:
            if any(word in str(why) for word in DOWNLOADS):
                return None
            raise

    def sign_in(self, session: str) -> None:
        context = self.page.context
        context.clear_cookies()
        if session:
            context.add_cookies([{"name": "sessionid", "value": session, "url": self.home}])

    def complaints(self, address: Address) -> list[str]:
        widths = (NARROWEST[address.is_staff],) if self.width < 800 else (self.width,)
        return [
            *self.heard,
            *frame_complaints(self.page, self.page.url),
            *axe_complaints(self.page),
            *sideways_complaints(self.page, widths),
        ]


def window(browser: Browser, home: str, theme: str, width: int) -> Looker:
    """Open a window of this look that listens from the first byte."""
    context = browser.new_context(
        viewport={"width": width, "height": 740 if width < 800 else 900},
        color_scheme=theme,  # type: ignore[arg-type]
        locale="es-MX",
        timezone_id="America/Mexico_City",
        has_touch=width < 800,
    )
    context.set_default_timeout(20_000)
    return listening(context, home, width)


def listening(context: BrowserContext, home: str, width: int) -> Looker:
    looker = Looker(context.new_page(), home, width)

    def console(message: ConsoleMessage) -> None:
        # A page that answers 403 or 422 on purpose makes Chromium say so about its own address.
        if message.location.get("url", "") != looker.page.url or "status of" not in message.text:
            looker.heard.append(f"the console says {message.type}: {message.text}")

    def asked(url: str) -> None:
        if not url.startswith((home, "data:")):
            looker.heard.append(f"asked a third party: {url}")

    looker.page.on("console", console)
    looker.page.on("pageerror", lambda error: looker.heard.append(f"script error: {error}"))
    looker.page.on("request", lambda request: asked(request.url))
    return looker


def walk(lookers: list[Looker], served: Served, address: Address, turn: int) -> list[str]:
    """Everything wrong with a page, over its four looks; its languages begin at this turn."""
    assert not served.missing(address.example), served.missing(address.example)
    session = served.session(address.example)
    complaints = []
    for place, looker in enumerate(lookers):
        language = LANGUAGES[(turn + place) % len(LANGUAGES)]
        url = served.address(address.example, language)
        answer = looker.open(url, session)
        if answer is None or "text/html" not in answer.headers.get("content-type", ""):
            continue
        found = looker.complaints(address)
        if answer.status != address.status:
            found.insert(0, f"answered {answer.status}, not {address.status}: {looker.page.url}")
        if address.status == 200 and looker.page.url.split("#")[0] != url:
            found.insert(0, f"led to {looker.page.url}")
        complaints += [f"{LOOKS[place]} {language}: {each}" for each in found]
    return complaints
