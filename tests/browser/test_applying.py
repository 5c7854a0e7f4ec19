"""Somebody new applies without a script, from the letter to the receipt; the last step by keyboard."""

import re
import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta

from playwright.sync_api import Browser, Page, expect

from tests.grants.applications.filling import budget_page, page_of
from tests.served import Served

SECTIONS = ("project", "organisation", "narrative", "gba", "attachments")


def code_for(served: Served, email: str) -> str:
    """The six digits of the newest letter to this mailbox."""
    with closing(sqlite3.connect(served.home / "monarca.sqlite3")) as database:
        rows = database.execute(
            'SELECT body FROM letters_letter WHERE "to" = ? ORDER BY id DESC', [email]
        )
        found = re.search(r"\b\d{6}\b", rows.fetchone()[0])
    assert found
    return found[0]


def answers(key: str) -> dict[str, str | list[str]]:
    """What a section would post, with days in the open call's own time."""
    starts = (datetime.now(UTC) + timedelta(days=90)).date()
    ends = starts + timedelta(days=30)
    changes = {}
    if key == "project":
        for name, day in (("starts_on", starts), ("ends_on", ends)):
            parts = {"day": day.day, "month": day.month, "year": day.year}
            changes |= {f"{name}_{part}": str(value) for part, value in parts.items()}
    sent = page_of(key, **changes)
    months = (name for name, value in sent.items() if value == "2024-10")
    return {**sent, **dict.fromkeys(months, f"{starts:%Y-%m}")}


def fill(page: Page, values: dict[str, str | list[str]]) -> None:
    """Put each value where a person would: typed, chosen or ticked. Rows keep the page's own ids."""
    for name, value in values.items():
        controls = page.locator(f'main [name="{on_page(page, name)}"]:not([type=hidden])')
        if not controls.count() or not controls.first.is_visible():
            continue  # a question that follows from another's answer
        kind = controls.first.evaluate("e => e.type")
        if kind in {"radio", "checkbox"}:
            for one in value if isinstance(value, list) else [value]:
                controls.and_(page.locator(f'[value="{one}"]')).check()
        elif kind == "select-one":
            controls.first.select_option(str(value))
        else:
            controls.first.fill(str(value))


def on_page(page: Page, name: str) -> str:
    """A row of our answers is called r1; on the page it has the name it was given there."""
    before, row, after = name.partition("-r1-")
    if not row:
        return name
    here = page.locator(f'main [name="{before}-ids"]')
    return f"{before}-{here.first.input_value()}-{after}" if here.count() else name


def onward(page: Page) -> None:
    page.locator("main form button.button:not(.second):not(.quiet)").first.click()


def tab_to(page: Page, css: str, limit: int = 150) -> None:
    """Press Tab until this has the focus, as somebody without a mouse does."""
    for _press in range(limit):
        page.keyboard.press("Tab")
        if page.locator(f"{css}:focus").count():
            return
    raise AssertionError(f"{css} was not reached with {limit} tabs")


def by_keyboard(page: Page, name: str, value: str) -> None:
    """Reach a control with Tab, and tick it or type."""
    tab_to(page, f"[name={name}]")
    if page.locator(f"[name={name}]").first.get_attribute("type") == "checkbox":
        page.keyboard.press("Space")
    else:
        page.keyboard.type(value)


def fill_budget(page: Page, here: str) -> None:
    """Two lines that add up to what the first section asks."""
    page.goto(f"{here}budget/")
    ids = [row.input_value() for row in page.locator('main [name="line-ids"]').all()]
    prices = {"line-r1-unit": "49,815.00", "line-r2-unit": "55,350.00"}
    for name, value in budget_page(**prices).items():
        row = {"r1": ids[0], "r2": ids[1]}.get(name.split("-")[1])
        if row:
            fill(page, {f"line-{row}-{name.split('-')[2]}": value})
    onward(page)


def come_in(page: Page, served: Served, email: str) -> None:
    page.goto(f"{served.url}/es/sign-in/")
    page.locator("[name=email]").fill(email)
    page.keyboard.press("Enter")
    expect(page.locator("[name=code]")).to_be_visible()
    page.locator("[name=code]").fill(code_for(served, email))
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{served.url}/es/mine/")


def test_somebody_applies_without_scripts_and_submits_with_the_keyboard(
    served: Served, browser: Browser
) -> None:
    context = browser.new_context(
        java_script_enabled=False, viewport={"width": 360, "height": 740}, locale="es-MX"
    )
    context.set_default_timeout(20_000)
    page = context.new_page()
    come_in(page, served, "nueva@example.org")
    page.goto(served.address("applications:start", "es"))
    fill(page, {"legal_name": "Tejedoras del Agua A.C.", "language": "es"})
    onward(page)
    here = re.match(r".*/applications/[^/]+/", page.url)
    assert here, page.url

    for key in SECTIONS:
        for _turn in range(2):  # a municipality can be chosen once its state is saved
            page.goto(f"{here[0]}{key}/")
            fill(page, answers(key))
            onward(page)
        assert not page.url.endswith(f"/{key}/"), page.locator(".summary").all_inner_texts()
    fill_budget(page, here[0])

    page.goto(f"{here[0]}check/")
    for name, value in answers("declaration").items():
        by_keyboard(page, name, str(value))
    tab_to(page, "main form button[type=submit]")
    page.keyboard.press("Enter")
    expect(page).to_have_url(f"{here[0]}receipt/")
    assert page.locator("main").inner_text().count("UTC")
    context.close()
