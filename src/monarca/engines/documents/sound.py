"""Recordings of voices: which format the bytes really are, and whether they are whole.

Problem: a phone calls any recording .m4a, .ogg or .opus; what is played to others must be sound and
nothing else. Sources: RIFF/WAVE (Microsoft 1991), Ogg (RFC 3533), Opus in Ogg (RFC 7845), Vorbis I,
MPEG audio (ISO/IEC 11172-3, ID3 2.4), ISO base media files (ISO/IEC 14496-12). Linear in the boxes
and pages that are looked at, which are bounded.
"""

from collections.abc import Callable, Iterator, Mapping
from itertools import islice

from monarca.engines.documents.archive import Refused

SOUNDS = ("mp3", "m4a", "ogg", "opus", "wav")
TWINS = frozenset({("ogg", "opus"), ("opus", "ogg")})
"""(extension, kind) that are one container: a voice note of Opus is often called .ogg."""

BITRATES = (
    (0, 32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320),
    (0, 8, 16, 24, 32, 40, 48, 56, 64, 80, 96, 112, 128, 144, 160),
)
"""Kilobits a second of layer III: of MPEG 1, and of MPEG 2 and 2.5."""

RATES = {3: (44100, 48000, 32000), 2: (22050, 24000, 16000), 0: (11025, 12000, 8000)}
MOST_BOXES = 200
FRAMES = 3
"""So many frames of MPEG audio must follow one another: two bytes alone may be chance."""


def kind_of_sound(data: bytes) -> str:
    """One of SOUNDS by content, or "" for anything else, films in the same containers included."""
    if data.startswith(b"RIFF") and data[8:12] == b"WAVE":
        return "wav"
    if data.startswith(b"OggS"):
        return _kind_of_ogg(data)
    if data[4:8] == b"ftyp":
        return "m4a" if _tracks(data) == {b"soun"} else ""
    return "mp3" if _first_frame(data) is not None else ""


def check_sound(kind: str, data: bytes) -> None:
    """Raises `Refused` file.damaged when a recording is cut off or holds no sound at all."""
    is_whole = WHOLE.get(kind)
    if is_whole is not None and not is_whole(data):
        raise Refused("file.damaged")


def _kind_of_ogg(data: bytes) -> str:
    """By the first packet of the first page; a second stream beside it (a film) is refused."""
    if len(data) < 28 or data.count(b"OggS\x00\x02", 0, 65536) != 1:
        return ""
    packet = data[27 + data[26] :]
    if packet.startswith(b"OpusHead"):
        return "opus"
    return "ogg" if packet.startswith(b"\x01vorbis") else ""


def _boxes(data: bytes, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """(name, begin, end) of the boxes of an ISO base media file at one level."""
    while start + 8 <= end:
        size, head = int.from_bytes(data[start : start + 4]), 8
        if size == 1:
            size, head = int.from_bytes(data[start + 8 : start + 16]), 16
        stop = end if size == 0 else start + size
        if stop > end or stop < start + head:
            return
        yield data[start + 4 : start + 8], start + head, stop
        start = stop


def _within(data: bytes, name: bytes, start: int, end: int) -> list[tuple[int, int]]:
    found = islice(_boxes(data, start, end), MOST_BOXES)
    return [(begin, stop) for box, begin, stop in found if box == name]


def _tracks(data: bytes) -> set[bytes]:
    """The handlers of all tracks: soun, vide, text …; none when the film's index is missing."""
    return {
        data[begin + 8 : begin + 12]
        for movie in _within(data, b"moov", 0, len(data))
        for track in _within(data, b"trak", *movie)
        for media in _within(data, b"mdia", *track)
        for begin, _stop in _within(data, b"hdlr", *media)
    }


def _is_whole_wave(data: bytes) -> bool:
    """A format before its data, and as many bytes as the chunks say."""
    place = 12
    seen: list[bytes] = []
    while place + 8 <= len(data) and len(seen) < MOST_BOXES:
        name, size = data[place : place + 4], int.from_bytes(data[place + 4 : place + 8], "little")
        if place + 8 + size > len(data):
            return False
        seen.append(name)
        if name == b"data":
            return b"fmt " in seen and size > 0
        place += 8 + size + size % 2
    return False


def _after_tag(data: bytes) -> int:
    """Where the sound begins behind an ID3 tag, whose size has seven bits a byte."""
    if not data.startswith(b"ID3") or len(data) < 10:
        return 0
    size = 0
    for byte in data[6:10]:
        size = size << 7 | byte & 0x7F
    return 10 + size + (10 if data[5] & 0x10 else 0)


def _frame(data: bytes, place: int) -> int:
    """The bytes of the frame of MPEG audio, layer III, at `place`; 0 when there is none."""
    head = data[place : place + 4]
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE6 != 0xE2:
        return 0
    version, rate, bits = head[1] >> 3 & 3, head[2] >> 2 & 3, head[2] >> 4
    if version == 1 or rate == 3 or bits in {0, 15}:
        return 0
    is_first = version == 3
    size = (144 if is_first else 72) * BITRATES[not is_first][bits] * 1000 // RATES[version][rate]
    return size + (head[2] >> 1 & 1)


def _first_frame(data: bytes) -> int | None:
    """Where the first of several frames in a row stands; padding after a tag is skipped."""
    start = _after_tag(data)
    while start < len(data) and start < 1 << 20 and data[start] == 0:
        start += 1
    place = start
    for _turn in range(FRAMES):
        size = _frame(data, place)
        if not size:
            return None
        place += size
    return start


def _is_whole_mpeg(data: bytes) -> bool:
    start = _first_frame(data)
    return start is not None and start + FRAMES * _frame(data, start) <= len(data)


def _is_whole_ogg(data: bytes) -> bool:
    """Page follows page to the last byte."""
    place = 0
    while data[place : place + 4] == b"OggS" and place + 27 <= len(data):
        sizes = data[place + 27 : place + 27 + data[place + 26]]
        place += 27 + data[place + 26] + sum(sizes)
    return place == len(data)


def _is_whole_media(data: bytes) -> bool:
    """Box follows box to the last byte, and one of them holds the sound."""
    found = list(islice(_boxes(data, 0, len(data)), MOST_BOXES))
    named = {name for name, _begin, _stop in found}
    return b"mdat" in named and found[-1][2] == len(data)


WHOLE: Mapping[str, Callable[[bytes], bool]] = {
    "m4a": _is_whole_media,
    "mp3": _is_whole_mpeg,
    "ogg": _is_whole_ogg,
    "opus": _is_whole_ogg,
    "wav": _is_whole_wave,
}
