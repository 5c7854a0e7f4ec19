"""The sessions as a calendar file: who is told where, and that a moved session moves."""

from datetime import timedelta

import pytest
import time_machine

from monarca.programmes.youthlab import actions, queries
from monarca.programmes.youthlab.models import Session
from tests import world_youthlab as lab

PLACE = "/en/youthlab/YL-2024/sessions.ics"
ROOM = "https://video.example/sala-secreta"


def meeting(**changes):
    given = {
        "title": lab.three("First session"),
        "agenda": lab.three("Who we are"),
        "place": ROOM,
        "starts_at": lab.COMMENTS[0],
        "ends_at": lab.COMMENTS[0] + timedelta(hours=2),
    }
    return actions.Meeting(**{**given, **changes})


@pytest.fixture
def session(edition):
    return actions.convene(edition, meeting(), by=lab.officer("coordinator"), at=lab.SEATED)


def told(client, at=lab.SEATED, **more):
    with time_machine.travel(at, tick=False):
        answer = client.get(PLACE, **more)
    assert answer.status_code == 200
    return answer


def test_only_delegates_and_keepers_are_told_where_a_session_is(edition, session, seen_by):
    seated = queries.delegates(edition)
    outside = queries.eligible(edition).exclude(pk__in=seated.order_by().values("pk")).first()
    others = [None, lab.somebody("diego"), outside.person, lab.counterpart(edition)]
    others += [lab.officer(role) for role in ("auditor", "finance", "headquarters", "reviewer")]
    for user in others:
        text = told(seen_by(user)).content.decode().replace("\r\n ", "")
        assert "SUMMARY:First session\r\n" in text
        assert "LOCATION" not in text
        assert "video.example" not in text
    for user in (seated.first().person, lab.officer(), lab.officer("coordinator")):
        answer = told(seen_by(user))
        assert f"LOCATION:{ROOM}\r\n" in answer.content.decode()
        assert answer["Cache-Control"] == "private, no-store"
        assert "video.example" not in told(seen_by()).content.decode()


def test_who_gave_the_seat_back_is_no_longer_told_where(edition, session, seen_by):
    one = queries.delegates(edition).first()
    assert "LOCATION" in told(seen_by(one.person)).content.decode()
    actions.decline(one, by=one.person, at=lab.SEATED)
    assert "LOCATION" not in told(seen_by(one.person)).content.decode()


def test_a_session_that_is_moved_moves_in_calendars(edition, session, seen_by):
    first = told(seen_by()).content.decode()
    assert "SEQUENCE:0\r\n" in first
    assert "LAST-MODIFIED:20240701T160000Z\r\n" in first
    by, at = lab.officer("coordinator"), lab.SEATED + timedelta(days=1)
    same = actions.convene(edition, meeting(), number=session.number, by=by, at=at)
    assert (same.sequence, same.changed_at) == (0, lab.SEATED)
    moved = meeting(ends_at=lab.COMMENTS[0] + timedelta(hours=3))
    actions.convene(edition, moved, number=session.number, by=by, at=at)
    second = told(seen_by(), at=at + timedelta(hours=1)).content.decode()
    for line in (
        "SEQUENCE:1",
        "LAST-MODIFIED:20240702T160000Z",
        "DTSTAMP:20240702T170000Z",
        "DTEND:20240708T180000Z",
    ):
        assert f"{line}\r\n" in second
    assert Session.objects.count() == 1


def test_a_session_has_one_name_whichever_host_is_asked(edition, session, seen_by, settings):
    settings.ALLOWED_HOSTS = ["*"]
    hosts = ("monarca.example", "other.example")
    texts = [told(seen_by(), headers={"host": host}).content for host in hosts]
    assert texts[0] == texts[1]
    assert b"UID:yl-2024-1@youthlab.monarca\r\n" in texts[0]
