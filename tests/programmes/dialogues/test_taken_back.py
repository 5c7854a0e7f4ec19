"""A meeting that is taken back from the public leaves no trace there, and comes back whole."""

import pytest
from django.urls import reverse

from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments import queries as register
from monarca.ground.commitments.models import Commitment
from monarca.programmes.dialogues import actions, queries
from tests import world_dialogues as world


@pytest.fixture
def held(edition, manager, guest):
    """A meeting that was held, with two public promises and one that is not."""
    text = world.make_text(edition, promises=2)
    owners = (actions.Owed("mexico", "Secretariat"),)
    inner = world.terms(owners=owners, is_public=False)
    words = actions.Paragraphs(world.three("Not for all"), terms=inner)
    actions.add(text, words, by=manager, at=world.NOW)
    world.agree_all(text, manager, guest)
    actions.adopt(text, by=manager, at=world.NOW)
    actions.publish(text, by=manager, at=world.NOW)
    return actions.hold(edition, by=manager, at=world.AFTER)


def take_back(edition, manager):
    return actions.show(edition, public=False, by=manager, at=world.AFTER)


def promised():
    return [row.text["en"] for row in register.public().order_by("pk")]


def test_its_promises_are_taken_back_with_it_and_come_back_with_it(held, manager):
    assert promised() == ["Promise 1 (en)", "Promise 2 (en)"]
    take_back(held, manager)
    assert promised() == []
    take_back(held, manager)
    actions.show(held, public=True, by=manager, at=world.AFTER)
    assert promised() == ["Promise 1 (en)", "Promise 2 (en)"]


def test_a_promise_that_was_withheld_by_itself_stays_withheld(held, manager):
    first = Commitment.objects.get(text__en="Promise 1 (en)")
    commitments.show(first, public=False, by=manager, at=world.AFTER)
    take_back(held, manager)
    actions.show(held, public=True, by=manager, at=world.AFTER)
    assert promised() == ["Promise 2 (en)"]


def test_a_series_that_is_taken_back_takes_the_promises_of_its_meetings_along(held, manager):
    actions.show_series(held.series, public=False, by=manager, at=world.AFTER)
    assert promised() == []
    actions.show_series(held.series, public=True, by=manager, at=world.AFTER)
    assert promised() == ["Promise 1 (en)", "Promise 2 (en)"]


def test_a_meeting_taken_back_stays_so_when_its_series_comes_back(held, manager):
    take_back(held, manager)
    actions.show_series(held.series, public=False, by=manager, at=world.AFTER)
    actions.show_series(held.series, public=True, by=manager, at=world.AFTER)
    assert promised() == []


def test_no_public_page_or_file_tells_of_a_meeting_that_was_taken_back(held, manager, client):
    report = reverse("dialogues:report", args=["HRD", 2025])
    assert client.get(report).status_code == 200
    take_back(held, manager)
    assert client.get(report).status_code == 404
    for place in (reverse("commitments:list"), reverse("commitments:export", args=["csv"])):
        answer = client.get(place)
        said = b"".join(answer).decode()
        assert "Encuentro" not in said
        assert "Promise" not in said
    assert "Promise" not in client.get(reverse("dialogues:series", args=["HRD"])).content.decode()
    assert queries.years(held.series, None, at=world.AFTER) == []


def test_a_promise_shown_by_itself_does_not_bring_its_meeting_back(held, manager, client):
    take_back(held, manager)
    first = Commitment.objects.get(text__en="Promise 1 (en)")
    commitments.show(first, public=True, by=manager, at=world.AFTER)
    assert not queries.of_series(held.series, None, at=world.AFTER).exists()
    assert queries.of_series(held.series, manager, at=world.AFTER).count() == 3
