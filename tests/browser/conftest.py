"""A real Chromium, four ways of looking: light and dark, a phone and a desk."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import override_settings
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright

from tests.browser.walking import LOOKS as WALKED
from tests.browser.walking import Looker, window
from tests.served import Served, build, once, serving

CHROMIUM = Path("/usr/bin/chromium")
ARGUMENTS = [
    "--no-sandbox",  # only because tests may run as root
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
]
LOOKS = [("light", 360), ("dark", 360), ("light", 1280), ("dark", 1280)]

# Playwright's synchronous interface keeps a loop in this thread; Django would refuse its database.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not CHROMIUM.exists():
        pytest.skip(f"No {CHROMIUM}: pages were not looked at (apt-get install chromium).")
    with sync_playwright() as player:
        chromium = player.chromium.launch(executable_path=str(CHROMIUM), args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture(params=LOOKS, ids=lambda look: f"{look[0]}-{look[1]}")
def context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
    """A cold browser of one look: nothing cached, nobody signed in."""
    theme, width = request.param
    opened = browser.new_context(
        viewport={"width": width, "height": 740 if width < 800 else 900},
        color_scheme=theme,
        locale="es-MX",
        timezone_id="America/Mexico_City",
        has_touch=width < 800,
    )
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Page:
    return context.new_page()


@pytest.fixture
def desk_page(browser: Browser) -> Iterator[Page]:
    """One light page at 1280 px, for what does not depend on the look."""
    opened = browser.new_context(viewport={"width": 1280, "height": 900}, locale="es-MX")
    yield opened.new_page()
    opened.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A real installation with its year, made once for all workers, served by `monarca serve`."""
    folder = tmp_path_factory.getbasetemp()
    if "PYTEST_XDIST_WORKER" in os.environ:
        folder = folder.parent
    with serving(once(folder, build)) as installation:
        yield installation


@pytest.fixture(scope="session")
def lookers(browser: Browser, served: Served) -> Iterator[list[Looker]]:
    """Four windows that stay open and warm."""
    opened = [window(browser, served.url, *look) for look in WALKED]
    yield opened
    for looker in opened:
        looker.page.context.close()


@pytest.fixture(scope="session", autouse=True)
def plain_static_files(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Static files straight from the source: nothing collected, names without a digest."""
    plain = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
    with override_settings(
        STATIC_ROOT=tmp_path_factory.mktemp("static"),
        STORAGES={**settings.STORAGES, "staticfiles": plain},
    ):
        yield
