"""Every public and applicant's page in four looks and three languages; none is forgotten."""

import pytest

from tests.addresses import Page, every_state, examples, named, only_posts, shown
from tests.browser.walking import Looker, walk
from tests.served import Served

PAGES = [page for page in every_state() if not page.is_staff]


def forgotten(pages: list[Page], known: set[str]) -> list[str]:
    """A sentence about each page of which there is no example."""
    return [
        f"{page.name} ({page.route}) has no example: add to tests/examples/"
        f"{page.name.rpartition(':')[0] or 'home'}.py a line like "
        f'"{page.name}": lambda world: (who_looks, {{"ref": world.submitted.reference}}).'
        for page in pages
        if page.name not in known
    ]


def test_every_page_of_the_urlconf_has_an_example() -> None:
    missing = forgotten(shown(), {name.partition("?")[0] for name in examples()})
    assert not missing, "\n".join(missing)


def test_a_forgotten_page_is_named_with_what_to_write() -> None:
    said = forgotten([Page("reports:new", "desk/reports/new/")], {"home:home"})
    assert len(said) == 1
    assert said[0].startswith("reports:new (desk/reports/new/) has no example")
    assert "tests/examples/reports.py" in said[0]


def test_every_example_belongs_to_an_address_that_exists() -> None:
    known = {page.name for page, _view in named()}
    assert sorted({name.partition("?")[0] for name in examples()} - known) == []


def test_what_only_takes_posts_is_no_page() -> None:
    views = {page.name: view for page, view in named()}
    assert only_posts(views["people:sign-out"])
    assert not only_posts(views["people:sign-in"])


@pytest.mark.parametrize("turn", range(len(PAGES)), ids=[page.example for page in PAGES])
def test_a_page_stands(served: Served, lookers: list[Looker], turn: int) -> None:
    complaints = walk(lookers, served, PAGES[turn], turn)
    assert not complaints, "\n".join(complaints)
