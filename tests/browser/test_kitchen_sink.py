"""Every component, in a browser, in every look and language."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.browser.checks import (
    FEWEST,
    axe_complaints,
    check_page,
    frame_complaints,
    sideways_complaints,
    visit,
)

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.urls("tests.browser.addresses"),
]


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_every_component_stands_in_every_look(
    page: Page, live_server: LiveServer, lang: str
) -> None:
    seen = check_page(page, f"{live_server.url}/{lang}/kitchen-sink/", requests=FEWEST + 1)
    names = sorted(response.url.split("/")[-1] for response in seen.responses)
    # The mark is fetched as picture and as icon; the second style sheet is this page's alone.
    assert names == ["", "kitchen-sink.css", "mark.svg", "mark.svg", "monarca.css", "monarca.js"]


def test_a_page_that_does_not_exist_stands_too(page: Page, live_server: LiveServer) -> None:
    check_page(page, f"{live_server.url}/es/no-such-page/", status=404)


def test_the_first_tab_offers_to_skip_to_the_content(
    desk_page: Page, live_server: LiveServer
) -> None:
    desk_page.goto(f"{live_server.url}/en/no-such-page/")
    desk_page.keyboard.press("Tab")
    assert desk_page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    desk_page.keyboard.press("Enter")
    assert desk_page.evaluate("document.activeElement.id") == "main"


def test_the_error_summary_takes_the_focus_and_leads_to_each_field(
    desk_page: Page, live_server: LiveServer
) -> None:
    desk_page.goto(f"{live_server.url}/en/kitchen-sink/")
    assert desk_page.evaluate("document.activeElement.className") == "summary"
    desk_page.get_by_role("link", name="if none, write 0").click()
    assert desk_page.evaluate("document.activeElement.id") == "spoken"


def test_a_dialog_opens_asks_and_gives_the_focus_back(
    desk_page: Page, live_server: LiveServer
) -> None:
    desk_page.goto(f"{live_server.url}/en/kitchen-sink/")
    desk_page.get_by_role("link", name="Withdraw").click()
    assert desk_page.locator("dialog#ask").is_visible()
    desk_page.keyboard.press("Escape")
    assert not desk_page.locator("dialog#ask").is_visible()
    assert desk_page.evaluate("document.activeElement.textContent") == "Withdraw"


def test_cancel_closes_the_dialog_and_sends_nothing(
    desk_page: Page, live_server: LiveServer
) -> None:
    desk_page.goto(f"{live_server.url}/en/kitchen-sink/")
    sent: list[str] = []
    desk_page.on("request", lambda request: sent.append(request.method))
    desk_page.get_by_role("link", name="Withdraw").click()
    desk_page.locator("dialog#ask").get_by_role("button", name="Cancel").click()
    assert not desk_page.locator("dialog#ask").is_visible()
    assert "POST" not in sent


def test_words_are_counted_while_a_person_types(desk_page: Page, live_server: LiveServer) -> None:
    desk_page.goto(f"{live_server.url}/en/kitchen-sink/")
    desk_page.locator("#harm").fill("one two three")
    expect(desk_page.locator("#harm-count")).to_have_text("3 of 10 words")
    assert desk_page.locator("#harm-count").get_attribute("data-over") is None


@pytest.mark.parametrize(
    ("lang", "typed", "total", "whole"),
    [
        ("es", "8,500.50", "102,006.00", "255,006.00"),
        ("fr", "8 500,50", "102 006,00", "255 006,00"),
        ("en", "9000", "108,000.00", "261,000.00"),
    ],
)
def test_a_budget_adds_up_while_a_person_types(
    desk_page: Page, live_server: LiveServer, lang: str, typed: str, total: str, whole: str
) -> None:
    desk_page.goto(f"{live_server.url}/{lang}/kitchen-sink/")
    desk_page.get_by_label("Unit cost of item 1").fill(typed)
    shown = [
        text.replace("\u00a0", " ").replace("\u202f", " ")
        for text in desk_page.locator("[data-total], [data-sum]").all_inner_texts()
    ]
    assert [shown[0], shown[-1]] == [total, whole]
    assert desk_page.locator("form[data-save] .saved").get_attribute("data-state") == "unsaved"


def test_without_scripts_the_same_words_are_there(
    browser: Browser, live_server: LiveServer
) -> None:
    address = f"{live_server.url}/es/kitchen-sink/"
    with_scripts = browser.new_context()
    without = browser.new_context(java_script_enabled=False)
    texts = []
    for opened in (with_scripts, without):
        page = opened.new_page()
        page.goto(address)
        texts.append(page.locator("main").locator("h1, h2, label, legend").all_inner_texts())
        opened.close()
    assert texts[0] == texts[1]
    assert len(texts[0]) > 30


@pytest.mark.parametrize(
    ("theme", "paper"), [("dark", "rgb(25, 21, 18)"), ("light", "rgb(250, 246, 239)")]
)
def test_a_chosen_theme_beats_the_system(
    browser: Browser, live_server: LiveServer, theme: str, paper: str
) -> None:
    opened = browser.new_context(color_scheme="light" if theme == "dark" else "dark")
    opened.add_cookies([{"name": "theme", "value": theme, "url": live_server.url}])
    page = opened.new_page()
    visit(page, f"{live_server.url}/es/no-such-page/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == paper
    opened.close()


def test_a_page_too_wide_and_without_a_heading_is_found_out(desk_page: Page) -> None:
    """The checks themselves bite: one fault of each kind is seen and named."""
    desk_page.set_content(
        '<html lang="es-MX"><title> · Monarca</title><main><p style="width: 500px">x</p>'
        '<img src="data:,"></main></html>'
    )
    assert len(sideways_complaints(desk_page)) == 2
    assert frame_complaints(desk_page, "http://localhost/en/calls/") == [
        "0 <h1> instead of one",
        "the title says only the name of the house",
        '<html lang="es-MX"> at an address in en',
    ]
    assert [c.split(":")[0] for c in axe_complaints(desk_page)] == ["axe image-alt"]
