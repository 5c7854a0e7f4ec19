"""The public pages of a call, read without an account."""

import pytest

from monarca.grants.calls.templatetags.wording import html
from monarca.ground.people import http
from tests import world


@pytest.fixture(autouse=True)
def noon(monkeypatch):
    class Clock:
        at = world.NOON
        now = staticmethod(lambda: Clock.at)

    monkeypatch.setattr(http, "timezone", Clock)
    return Clock


def page(client, path):
    return client.get(path).content.decode()


@pytest.mark.parametrize(
    ("language", "closes", "place"),
    [
        ("es", "lunes 22 de abril de 2024, 00:00", "hora"),
        ("en", "Monday, April 22, 2024, 00:00", "Mexico City time"),
        ("fr", "lundi 22 avril 2024, 00:00", "Mexico"),
    ],
)
def test_the_deadline_is_said_in_words_in_utc_and_counted_down(
    call, client, language, closes, place
):
    told = page(client, f"/{language}/calls/{call.code}/")

    assert closes in told
    assert place in told
    assert "06:00 UTC" in told
    assert 'data-until="2024-04-22T06:00:00Z" data-now="2024-04-01T18:00:00Z"' in told


def test_the_page_names_every_focus_rule_criterion_and_cost(call, client):
    told = page(client, f"/en/calls/{call.code}/").replace("&#x27;", "'")
    form = world.definition()
    listed = [*form["rules"], *form["criteria"], *form["costs"]["ineligible"]]
    for priority in form["priorities"]:
        listed += [priority, *priority["focus"], *priority["children"]]
        listed += [focus for child in priority["children"] for focus in child["focus"]]

    assert [each["label"]["en"] for each in listed if each["label"]["en"] not in told] == []
    assert "The weights add up to 100." in told


def test_all_questions_stand_on_one_page_with_their_limits(call, client):
    told = page(client, f"/en/calls/{call.code}/questions/").replace("&#x27;", "'")

    for section in world.definition()["sections"]:
        for question in section["questions"]:
            assert question["label"]["en"] in told, question["key"]
    assert "up to 250 words" in told
    assert "Only if you answer “Yes” to “Is it legally registered?”" in told


def test_an_open_call_has_a_start_button_and_a_closed_one_has_none(call, client, noon):
    address = f"/en/calls/{call.code}/"
    assert f"{address}apply/" in page(client, address)

    noon.at = call.closes_at
    assert f"{address}apply/" not in page(client, address)


def test_a_draft_call_is_not_public(client, db):
    world.rates.load_published(by=None, at=world.DAWN)
    call = world.calls.load(world.definition(), by=None, at=world.DAWN)

    for address in (f"/en/calls/{call.code}/", f"/en/calls/{call.code}/questions/"):
        assert client.get(address).status_code == 404
    assert call.code not in page(client, "/en/calls/")


def test_the_list_tells_open_coming_and_closed_calls_apart(call, client, noon):
    assert "Opening soon" not in page(client, "/en/calls/")
    noon.at = world.DAWN
    assert "Opening soon" in page(client, "/en/calls/")
    noon.at = call.closes_at
    assert "No call is open now" in page(client, "/en/calls/")


def test_a_public_page_asks_the_same_of_the_database_however_many_apply(
    call, client, person, django_assert_max_num_queries
):
    address = f"/es/calls/{call.code}/"
    client.get(address)
    world.make_submitted(call, person())
    with django_assert_max_num_queries(3):
        assert len(client.get(address, headers={"accept-encoding": "gzip"}).content) < 12_000


def test_markdown_of_a_pack_can_hold_nothing_but_words():
    hostile = "## Hi\n\n<script>x</script> [a](javascript:x) ![p](http://x/y.png) **bold** [b](https://c.ca)"

    made = html(hostile)

    assert "<script" not in made
    assert "<img" not in made
    assert 'href="javascript' not in made
    assert "<h2>Hi</h2>" in made
    assert '<a href="https://c.ca"' in made
