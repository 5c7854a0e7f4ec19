"""A voice is sent whole or in parts, so that a phone can seek; nothing else is ever played."""

import pytest
from django.http import Http404
from django.test import RequestFactory

from monarca.ground.files import actions, http, queries
from monarca.ground.files.actions import FileRefused
from tests import sounds
from tests.conftest import NOON
from tests.world import PNG

pytestmark = pytest.mark.django_db


def kept(data=None, name="voz.wav"):
    kinds = queries.KINDS | queries.SOUNDS
    return actions.keep(data or sounds.wav(), name, by=None, at=NOON, kinds=kinds)


def played(file, **headers):
    response = http.play(file, RequestFactory().get("/", headers=headers))
    return response, b"".join(response) if response.streaming else response.content


def test_a_voice_is_played_whole():
    response, body = played(kept())
    assert response.status_code == 200
    assert body == sounds.wav()
    assert response["Content-Type"] == "audio/wav"
    assert response["Accept-Ranges"] == "bytes"
    assert response["Content-Length"] == str(len(body))
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [
        ("bytes=0-9", 0, 9),
        ("bytes=0-", 0, 843),
        ("bytes=0-99999999", 0, 843),
        ("bytes=10-", 10, 843),
        ("bytes=-4", 840, 843),
        ("bytes=40-9999", 40, 843),
    ],
)
def test_a_part_is_sent_alone(asked, first, last):
    response, body = played(kept(), range=asked)
    assert response.status_code == 206
    assert response["Content-Range"] == f"bytes {first}-{last}/844"
    assert body == sounds.wav()[first : last + 1]


@pytest.mark.parametrize("asked", ["bytes=844-", "bytes=-0", "bytes=9999-10000"])
def test_a_part_that_is_not_there_is_said_to_be_so(asked):
    response, body = played(kept(), range=asked)
    assert (response.status_code, body) == (416, b"")
    assert response["Content-Range"] == "bytes */844"


@pytest.mark.parametrize(
    "asked", ["bytes=9-2", "lines=1-2", "bytes=1-2,4-5", "bytes=-", "bytes=a-b"]
)
def test_a_range_that_makes_no_sense_means_all(asked):
    response, body = played(kept(), range=asked)
    assert (response.status_code, len(body)) == (200, 844)


def test_a_picture_is_never_played():
    response, _body = played(kept(PNG, "foto.png"))
    response.close()
    assert response["Content-Disposition"].startswith("attachment")


def test_what_was_set_apart_is_not_sent():
    file = actions.set_apart(b"x", "voz.wav", by=None, at=NOON)
    with pytest.raises(Http404):
        played(file)


def test_a_room_that_does_not_ask_for_voices_gets_none():
    with pytest.raises(FileRefused) as refused:
        actions.keep(sounds.wav(), "voz.wav", by=None, at=NOON)
    assert refused.value.reason.code == "file.kind_not_allowed"


def test_pages_may_play_our_own_voices_and_nobody_elses(client):
    assert "media-src 'self'" in client.get("/en/help/").headers["Content-Security-Policy"]
