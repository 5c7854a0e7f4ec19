"""Questions about uploads: where the bytes are, and how many of a kind arrived."""

from pathlib import Path

from django.conf import settings

from monarca.ground.files.models import File

LIMIT = 15 * 1024 * 1024
LIMIT_COUNT = 10
KINDS = frozenset({"docx", "xlsx", "odt", "ods", "pdf", "jpg", "png", "eml"})
"""What people may upload. Archives are opened where mail is read in, and kept as their files."""

SOUNDS = frozenset({"mp3", "m4a", "ogg", "opus", "wav"})
"""Voices, where a room asks for them."""


def path_of(sha256: str) -> Path:
    """Where bytes with this hash are kept: two levels of folders, named by the hash alone."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256[2:4] / sha256


def bytes_of(file: File) -> bytes:
    return path_of(file.sha256).read_bytes()
