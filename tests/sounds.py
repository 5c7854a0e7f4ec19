"""Voices made by hand for tests: the smallest files that really are what they say."""

import struct


def wav(samples=800):
    """A tenth of a second of silence, 8 kHz, eight bits."""
    data = b"\x80" * samples
    form = struct.pack("<HHIIHH", 1, 1, 8000, 8000, 1, 8)
    body = b"WAVEfmt " + struct.pack("<I", len(form)) + form
    body += b"data" + struct.pack("<I", len(data)) + data
    return b"RIFF" + struct.pack("<I", len(body)) + body


def page(packet, first=True, last=False, number=0, stream=1):
    """One page of Ogg that holds one short packet."""
    sizes = bytes([255] * (len(packet) // 255) + [len(packet) % 255])
    flags = (2 if first else 0) | (4 if last else 0)
    head = struct.pack("<4sBBqIII", b"OggS", 0, flags, 0, stream, number, 0)
    return head + bytes([len(sizes)]) + sizes + packet


def opus():
    return page(b"OpusHead" + bytes(11)) + page(b"OpusTags" + bytes(40), first=False, last=True)


def vorbis():
    return page(b"\x01vorbis" + bytes(23)) + page(b"\x03vorbis" + bytes(9), first=False, last=True)


def mp3(frames=5, tag=True):
    """Frames of MPEG 1 layer III, 128 kbit/s, 44.1 kHz: 417 bytes each."""
    head = b"ID3\x04\x00\x00\x00\x00\x00\x0a" + bytes(10) if tag else b""
    return head + (b"\xff\xfb\x90\x00" + bytes(413)) * frames


def box(name, *parts):
    body = b"".join(parts)
    return struct.pack(">I4s", len(body) + 8, name) + body


def m4a(*handlers):
    """An ISO base media file with one track a handler; sound only unless told."""
    tracks = [
        box(b"trak", box(b"mdia", box(b"hdlr", bytes(8) + handler + bytes(13))))
        for handler in (handlers or (b"soun",))
    ]
    return box(b"ftyp", b"M4A \x00\x00\x00\x00") + box(b"moov", *tracks) + box(b"mdat", bytes(64))


ALL = {"wav": wav, "opus": opus, "ogg": vorbis, "mp3": mp3, "m4a": m4a}
