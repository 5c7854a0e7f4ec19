"""One form acts once, however often its button is pressed."""

import re

import pytest
from django.urls import reverse

from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.models import Input, Item
from tests import world_dialogues as world
from tests.sessions import session_of

HEARD = {
    "text": "Protejan a quienes defienden los ríos.",
    "language": "es",
    "consent": "anonymous",
    "organisation": "Red Río Claro",
    "person": "",
    "email": "",
}
PUT = {"topic_es": "Agua", "sensitivity": "open", "lead_canada": "", "lead_mexico": ""}


@pytest.fixture
def place(edition, time_machine_now):
    world.ask(edition)
    return reverse("dialogues:input", args=["HRD", edition.reference])


@pytest.fixture
def time_machine_now(time_machine):
    time_machine.move_to(world.NOW, tick=False)


def mark_of(page):
    return re.search(r'name="mark" value="([^"]+)"', page.content.decode())[1]


def test_an_input_sent_twice_is_one_input_with_one_address(place, client):
    page = client.get(place)
    assert page["Cache-Control"] == "private, no-store"
    given = {**HEARD, "mark": mark_of(page)}
    first, second = (client.post(place, given) for _time in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    assert Input.objects.count() == 1
    assert client.get(first["Location"]).status_code == 200


def test_other_words_from_the_same_page_are_another_input(place, client):
    given = {**HEARD, "mark": mark_of(client.get(place))}
    first = client.post(place, given)
    second = client.post(place, {**given, "text": "Otra cosa."})
    assert first["Location"] != second["Location"]
    assert Input.objects.count() == 2


@pytest.mark.parametrize("mark", ["", "x", "forged:mark:words"])
def test_two_people_without_a_mark_of_ours_never_share_an_input(place, client, mark):
    answers = [client.post(place, {**HEARD, "mark": mark}) for _time in range(2)]
    assert len({answer["Location"] for answer in answers}) == 2
    assert mark_of(client.get(place)) != mark_of(client.get(place))


def test_an_input_sent_again_after_the_time_leads_to_what_arrived(edition, place):
    made = world.make_input(edition)
    again = world.make_input(edition, at=world.MEETS)
    assert made == again


def test_an_item_put_twice_stands_once_on_the_agenda(edition, manager, client, settings, place):
    settings.STAFF_NEED_SECOND_FACTOR = False
    client.cookies["sessionid"] = session_of("once", manager)
    agenda = reverse("dialogues:agenda", args=[edition.reference])
    given = {**PUT, "mark": mark_of(client.get(agenda))}
    for _time in range(2):
        assert client.post(agenda, given).status_code == 302
    item = Item.objects.get()
    assert client.post(agenda, {**given, "topic_es": "Aire"}).status_code == 302
    assert Item.objects.count() == 2
    actions.drop(item, by=manager, at=world.NOW)
    assert client.post(agenda, given).status_code == 302
    said = [one.topic["es"] for one in queries.items_visible_to(manager, at=world.NOW)]
    assert said == ["Aire", "Agua"]
