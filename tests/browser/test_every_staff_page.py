"""Every page of the desk in four looks and three languages."""

import pytest

from tests.addresses import every_state
from tests.browser.walking import Looker, walk
from tests.served import Served

PAGES = [page for page in every_state() if page.is_staff]


@pytest.mark.parametrize("turn", range(len(PAGES)), ids=[page.example for page in PAGES])
def test_a_page_of_the_desk_stands(served: Served, lookers: list[Looker], turn: int) -> None:
    complaints = walk(lookers, served, PAGES[turn], turn)
    assert not complaints, "\n".join(complaints)
