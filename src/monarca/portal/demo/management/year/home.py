"""The demo's own folder: whose it is, whether it is finished, and how it is cleared."""

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import monarca

PACKAGE = Path(monarca.__file__).parent
MARK = "demo.json"
MINE = ("monarca.sqlite3", "monarca.sqlite3-wal", "monarca.sqlite3-shm", "files", "static")
KEPT = {MARK, "secret-key", "seal-key"}
PARTS = ("examples", "packs", "portal/demo", "static", "locale")
SOURCES = {".py", ".toml", ".md", ".css", ".js", ".svg", ".docx", ".xlsx", ".odt", ".ods", ".eml"}


class Foreign(Exception):
    """The folder holds something else than a demo."""


def read(home: Path) -> dict[str, Any]:
    """What the mark says; nothing where there is none or it cannot be read."""
    try:
        told: dict[str, Any] = json.loads((home / MARK).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return told if isinstance(told, dict) else {}


def write(home: Path, **told: Any) -> None:
    (home / MARK).write_text(json.dumps(told, indent=2) + "\n", encoding="utf-8")


def wanted(*, applications: int, seed: int) -> dict[str, Any]:
    """What the mark of a finished year says when it is the one that is asked for."""
    wish = {"applications": applications, "seed": seed}
    return {"edition": edition(), "finished": True, **wish}


def is_finished(home: Path, wanted: Mapping[str, Any], *, at: datetime) -> bool:
    """Made to the end by this edition with the same wishes, and its open call is still open."""
    told = read(home)
    same = all(told.get(key) == value for key, value in wanted.items())
    until = told.get("open_until")
    return bool(same and until and datetime.fromisoformat(until) > at)


def clear(home: Path) -> None:
    """Take away what an earlier or unfinished demo left. Raises `Foreign` for any other folder."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    others = {one.name for one in home.iterdir()} - KEPT
    if others and not (home / MARK).exists():
        raise Foreign
    for name in MINE:
        path = home / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def edition() -> str:
    """A fingerprint of everything a demo is made of: other sources, another demo."""
    digest = hashlib.sha256()
    for path in _sources():
        digest.update(path.relative_to(PACKAGE).as_posix().encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def _sources() -> Iterator[Path]:
    for part in PARTS:
        yield from (
            path
            for path in sorted((PACKAGE / part).rglob("*"))
            if path.suffix in SOURCES and path.is_file()
        )
    yield from sorted(PACKAGE.glob("*/*/migrations/*.py"))
