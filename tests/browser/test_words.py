"""No page in Spanish or French has a word of English left on it; no browser is needed."""

import re
from collections.abc import Iterator

import pytest
from lxml import html

from tests.browser.test_html import PAGES, read
from tests.served import Served

ENGLISH = re.compile(
    r"\b(the|and|your|you|with|this|that|from|has|have|was|were|yet|what|who|when|which|is|of|be"
    r"|been|it|they|are|cannot|there|here|why|how)\b",
    re.IGNORECASE,
)
NAMES = re.compile(r"Bank of Canada|https?://\S+")
SAID = ("aria-label", "title", "alt", "placeholder", "value")
SILENT = {"script", "style", "textarea", "template"}


def said(page: html.HtmlElement, lang: str) -> Iterator[str]:
    """Every text that is not marked as another language's, and every name that is read out."""
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag in SILENT:
            continue
        if spoken(element) == lang:
            yield from (element.text or "", *(element.get(name) or "" for name in labels(element)))
        parent = element.getparent()
        if parent is not None and spoken(parent) == lang:
            yield element.tail or ""


def labels(element: html.HtmlElement) -> tuple[str, ...]:
    """What a person typed into a box is theirs; the words of a button are ours."""
    return SAID if element.tag == "button" else SAID[:-1]


def spoken(element: html.HtmlElement) -> str:
    marked = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return str(marked[0])[:2] if marked else ""


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.example)
def test_a_page_speaks_one_language(served: Served, page, lang: str) -> None:
    seen = read(served, page.example, lang)
    if seen is None:
        return
    words = {NAMES.sub("", " ".join(each.split())) for each in said(seen, lang)}
    assert {each for each in words if ENGLISH.search(each)} == set()


def test_the_search_finds_english_and_leaves_what_is_marked() -> None:
    page = html.document_fromstring(
        '<html lang="es-MX"><body><p>Send it to the embassy</p><p>Envíelo</p>'
        '<blockquote lang="en">We asked the women</blockquote>'
        '<a href="/" title="Read the call">Leer</a></body></html>'
    )
    found = [each for each in said(page, "es") if ENGLISH.search(each)]
    assert found == ["Send it to the embassy", "Read the call"]
