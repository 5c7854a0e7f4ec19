"""What every page of HTML says about itself, in three languages; no browser is needed."""

import urllib.error
import urllib.request
from functools import cache

import pytest
from lxml import html

from tests.addresses import every_state
from tests.browser.checks import LANGUAGES
from tests.served import Served

PAGES = [page for page in every_state() if page.name not in {"healthz", "readyz"}]
HOUSE = " · Monarca"
NAMED = {"applications:intake"}  # whose title is the name that a person gave a file


@cache
def fetched(url: str, session: str) -> tuple[int, str, bytes]:
    """Status, type and body of an address."""
    request = urllib.request.Request(url, headers={"Cookie": f"sessionid={session}"})
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers["Content-Type"], answer.read()
    except urllib.error.HTTPError as refusal:
        return refusal.code, refusal.headers["Content-Type"], refusal.read()


def read(served: Served, example: str, language: str) -> html.HtmlElement | None:
    """The page, or nothing when it is a paper."""
    assert not served.missing(example), served.missing(example)
    url = served.address(example, language)
    _status, kind, body = fetched(url, served.session(example))
    return html.document_fromstring(body.decode()) if "text/html" in kind else None


def links(page: html.HtmlElement) -> dict[str, str]:
    found = page.xpath("//nav//a[@hreflang]")
    return {link.get("hreflang"): link.get("href").partition("?")[0] for link in found}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.example)
def test_a_page_says_what_it_is_and_where_its_translations_are(served: Served, page) -> None:
    titles = set()
    one_address = len({served.pages[page.example].get(each) for each in LANGUAGES}) == 1
    for language, tag in LANGUAGES.items():
        seen = read(served, page.example, language)
        if seen is None:
            return
        assert len(seen.xpath("//h1")) == 1, seen.xpath("//h1/text()")
        assert seen.xpath("string(//h1)").strip()
        title(seen)
        if one_address:  # outside the languages: the reader's own, by Accept-Language
            return
        assert seen.get("lang") == tag
        assert links(seen) == {
            each: served.pages[page.example][each].partition("?")[0] for each in LANGUAGES
        }
        assert seen.xpath("//a[@class='skip']/@href") == ["#main"]
        titles.add(title(seen))
    assert len(titles) > 1 or page.name in NAMED, f"one title in three languages: {titles}"


def title(page: html.HtmlElement) -> str:
    words = page.xpath("string(//title)").strip()
    assert words.endswith(HOUSE), words
    return words.removesuffix(HOUSE).strip()


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_two_pages_have_the_same_title(served: Served, language: str) -> None:
    seen: dict[str, set[str]] = {}
    for page in PAGES:
        found = read(served, page.example, language)
        if found is not None:
            seen.setdefault(title(found), set()).add(page.name)
    assert {words: sorted(names) for words, names in seen.items() if len(names) > 1} == {}
