"""No desk of a programme opens to who has no part in it; what is not public leaves no trace."""

from datetime import UTC, datetime

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from monarca.ground.people import actions as people
from tests.addresses import examples, shown
from tests.world import DAWN
from tests.world_screening import make_officer
from tests.world_year import make_year

ROOMS = ("commitments", "dialogues", "consultations", "youthlab", "climate", "shares")
PAGES = [page for page in shown() if page.name.split(":")[0] in ROOMS]
DESKS = [page for page in PAGES if page.is_staff]
FOR_ALL = {"climate:desk", "youthlab:desk", "youthlab:answers"}
"""Desk pages that everybody with a role may open, because each sees only their own there."""

LOOKED_AT = datetime.now(UTC).replace(microsecond=0)


@pytest.fixture
def year(db, settings, tmp_path):
    settings.STAFF_NEED_SECOND_FACTOR = False
    settings.STATIC_ROOT = tmp_path
    return make_year(LOOKED_AT)


def strangers():
    """Nobody, somebody with no role, a reviewer, and a counterpart with whom nothing is shared."""
    yield None
    yield people.join("nadie@example.org", by=None, at=DAWN, name="Nadie", language="es")
    yield make_officer("reviewer", "lejos@example.org")
    yield make_officer("counterpart", "otra-parte@example.org")


def entered(client, address):
    """Is the page shown? Not when it is unknown, forbidden, or leads to the door."""
    answer = client.get(address)
    return answer.status_code == 200


def test_every_programme_has_pages_to_look_at():
    assert {page.name.split(":")[0] for page in PAGES} == set(ROOMS)
    assert len(DESKS) > 20


def test_no_desk_opens_to_who_has_no_part_in_it(year):
    known, opened = examples(), []
    places = {}
    for page in DESKS:
        user, kwargs = known[page.example](year)
        with override("en"):
            places[page.name] = (user, reverse(page.name, kwargs=kwargs))
    for stranger in strangers():
        client = Client()
        if stranger is not None:
            client.force_login(stranger)
        for name, (user, address) in places.items():
            if user == stranger or name in FOR_ALL:
                continue
            if entered(client, address):
                opened.append((str(stranger), name))
    assert sorted(opened) == []
