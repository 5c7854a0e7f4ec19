"""A voice is what its bytes are, whatever it is called; half a voice and a film are refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.documents import safety
from monarca.engines.documents.sound import SOUNDS, kind_of_sound
from tests import sounds

BOTH = (*safety.KINDS, *SOUNDS)


@pytest.mark.parametrize("kind", sorted(sounds.ALL))
def test_each_kind_is_known_by_its_bytes_and_let_in(kind):
    data = sounds.ALL[kind]()
    assert safety.kind_of(data) == kind
    verdict = safety.inspect(f"voz.{kind}", data, BOTH)
    assert (verdict.ok, verdict.kind, verdict.reason) == (True, kind, None)


@pytest.mark.parametrize("kind", sorted(sounds.ALL))
def test_where_nobody_asks_for_voices_none_comes_in(kind):
    verdict = safety.inspect(f"voz.{kind}", sounds.ALL[kind]())
    assert not verdict.ok
    assert verdict.reason.code == "file.kind_not_allowed"


@pytest.mark.parametrize("kind", sorted(sounds.ALL))
def test_half_a_voice_is_damaged(kind):
    data = sounds.ALL[kind]()
    cut = data[: -len(data) // 2] if kind != "mp3" else data[:460]
    verdict = safety.inspect(f"voz.{kind}", cut, BOTH)
    assert not verdict.ok
    assert verdict.reason.code == "file.damaged"


@pytest.mark.parametrize("name", ["voz.ogg", "voz.oga", "voz.opus", "VOZ.OPUS"])
def test_a_voice_note_of_opus_may_be_called_ogg(name):
    assert safety.inspect(name, sounds.opus(), BOTH).kind == "opus"


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("voz.mp3", sounds.wav()),
        ("voz.wav", sounds.mp3()),
        ("voz.m4a", sounds.opus()),
        ("voz.pdf", sounds.mp3()),
        ("foto.jpg", sounds.m4a()),
    ],
)
def test_a_voice_under_another_name_is_refused(name, data):
    assert safety.inspect(name, data, BOTH).reason.code == "file.wrong_extension"


@pytest.mark.parametrize(
    "data",
    [
        sounds.m4a(b"soun", b"vide"),
        sounds.m4a(b"vide"),
        sounds.box(b"ftyp", b"M4A \x00\x00\x00\x00"),
        sounds.page(b"\x80theora" + bytes(30)),
        sounds.page(b"OpusHead" + bytes(11)) + sounds.page(b"\x80theora" + bytes(9), stream=2),
        b"OggS",
        b"RIFF\x00\x00\x00\x00AVI ",
        b"\xff\xfb\x90\x00" + bytes(900),
        b"ID3\x04\x00\x00\x7f\x7f\x7f\x7f",
        b"<html><audio></html>",
        b"",
    ],
)
def test_a_film_and_anything_else_is_no_voice(data):
    assert kind_of_sound(data) == ""


@given(st.binary(max_size=400), st.sampled_from([b"", b"OggS", b"RIFF0000WAVE", b"\0\0\0\x18ftyp"]))
def test_no_bytes_break_the_gate(tail, head):
    for kind in SOUNDS:
        verdict = safety.inspect(f"voz.{kind}", head + tail, BOTH)
        assert verdict.ok == (verdict.reason is None)


def test_the_last_chunk_of_a_wave_must_hold_sound():
    empty = sounds.wav(0)
    assert safety.inspect("voz.wav", empty, BOTH).reason.code == "file.damaged"
