"""From what arrived to what was read: files, folders, archives and mails as applications."""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from monarca.engines.documents.archive import LETTERS, Archive, Refused, opened
from monarca.engines.documents.budgets import BudgetRead, from_sheets, from_tree
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, Unplaced, reader_for
from monarca.engines.documents.grouping import grouped
from monarca.engines.documents.mail import Attachment, read_mail
from monarca.engines.documents.odt import read_odt
from monarca.engines.documents.pdf import read_pdf
from monarca.engines.documents.safety import MAX_BYTES, inspect
from monarca.engines.documents.sheets import sheets_of
from monarca.engines.documents.tree import Tree, lines
from monarca.engines.documents.values import language_of
from monarca.engines.reasons import Reason

READERS = {"docx": read_docx, "odt": read_odt, "pdf": read_pdf}
FORM_FIELDS = 5
MAX_FILES = 5_000
CONTAINERS = {".eml", ".zip"}
NOWHERE: Mapping[str, str] = {}
MAX_LINES = 6_000
MAX_TEXT = 600_000


@dataclass(frozen=True, slots=True)
class File:
    """One file that came along: what it is, its fingerprint, and why it was not read if so."""

    name: str
    kind: str
    sha256: str
    size: int
    role: str = "other"
    problems: tuple[Reason, ...] = ()
    path: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file, or one application made of several, says.

    `kind` is the file's kind, or "application" for several files read together. `received_at` is
    in UTC and known for mails only; `is_stamped` where our own server wrote it. `path` is where
    it lay as the caller named it, `source` the mail or archive it came in, `arrived` its SHA-256
    when it brought nothing else; `data` are the bytes, so that they can be kept as they came.
    """

    name: str
    kind: str
    sha256: str
    fields: tuple[FieldRead, ...] = ()
    unplaced: tuple[Unplaced, ...] = ()
    budget: BudgetRead | None = None
    attachments: tuple[File, ...] = ()
    problems: tuple[Reason, ...] = ()
    received_at: datetime | None = None
    is_stamped: bool = False
    language: str = ""
    sender: str = ""
    subject: str = ""
    size: int = 0
    path: str = ""
    source: File | None = None
    arrived: str = ""
    data: bytes = field(default=b"", repr=False, compare=False)

    @property
    def is_form(self) -> bool:
        return sum(1 for one in self.fields if one.value is not None) >= FORM_FIELDS

    @property
    def role(self) -> str:
        if self.is_form:
            return "form"
        return "budget" if self.budget is not None and self.budget.lines else "other"

    def as_json(self) -> dict[str, Any]:
        """Plain data for a report; instants in ISO 8601, quantities as text, no bytes."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(held: Any) -> Any:
    if isinstance(held, Mapping):
        return {str(key): _plain(one) for key, one in held.items() if key != "data"}
    if isinstance(held, (list, tuple)):
        return [_plain(one) for one in held]
    if isinstance(held, Decimal):
        return f"{held:f}"
    if isinstance(held, str):
        return held.replace("\x00", "")  # no database can hold it in a text
    return held.isoformat() if isinstance(held, datetime) else held


@dataclass(frozen=True, slots=True)
class Desk:
    """The form applications are read against, and names of municipalities by INEGI code."""

    form: Mapping[str, Any]
    municipalities: Mapping[str, str] = field(default_factory=lambda: NOWHERE)


def _fingerprint(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def read_file(
    name: str,
    data: bytes,
    form: Mapping[str, Any],
    *,
    municipalities: Mapping[str, str] | None = None,
) -> Reading:
    """What one file says; never raises for what is in it: a refusal is a problem of the reading.

    A mail or an archive becomes one application from all its parts; see `read_all` for many.
    """
    desk = Desk(form, NOWHERE if municipalities is None else municipalities)
    verdict = inspect(name, data)
    blank = Reading(name, verdict.kind, _fingerprint(data), size=len(data), data=data)
    if verdict.reason is not None:
        return replace(blank, problems=(verdict.reason,))
    try:
        if verdict.kind in {"eml", "zip"}:
            found = list(_inside(name, verdict.kind, data, desk))
            return max(found, key=lambda one: len(one.fields), default=blank)
        return _one(blank, data, desk)
    except Refused as refused:
        return replace(blank, problems=(refused.reason,))
    except (RecursionError, MemoryError):
        return replace(blank, problems=(Reason("file.too_deep"),))


def _one(blank: Reading, data: bytes, desk: Desk) -> Reading:
    if blank.kind in READERS:
        tree = READERS[blank.kind](data)
        return _from_tree(blank, tree, desk)
    if blank.kind in {"xlsx", "ods"}:
        budget = from_sheets(sheets_of(blank.kind, data))
        return replace(blank, budget=budget, problems=budget.problems if not budget.lines else ())
    return blank


def _from_tree(blank: Reading, tree: Tree, desk: Desk) -> Reading:
    written = [len(line.text) for line in lines(tree.blocks)]
    if len(written) > MAX_LINES or sum(written) > MAX_TEXT:
        raise Refused("file.too_long", lines=len(written), limit=MAX_LINES)
    mine = reader_for(desk.form, desk.municipalities)
    fields = mine.read(tree)
    budget = from_tree(tree)
    return replace(
        blank,
        fields=fields,
        unplaced=mine.unplaced,
        budget=budget if budget.lines else None,
        language=language_of(tree.text),
    )


# -- several files ---------------------------------------------------------------------------


def _inside(name: str, kind: str, data: bytes, desk: Desk) -> Iterator[Reading]:
    """The applications in a mail or an archive; folders of an archive are read one by one."""
    if kind == "zip":
        for folder, parts in _folders_in(data):
            yield from _together(folder or name, parts, desk, within=f"{name}/")
        return
    mail = read_mail(data)
    attached: list[Attachment] = []
    for one in mail.attachments:
        attached += list(_spread(one)) or [one]
    found = _together(name, attached, desk, alone=True)
    blank = Reading(
        name, kind, _fingerprint(data), problems=(Reason("mail.no_attachment"),), data=data
    )
    for reading in found or [blank]:
        yield replace(
            reading,
            name=f"{name}: {reading.name}" if len(found) > 1 else name,
            received_at=mail.sent_at,
            is_stamped=mail.is_stamped,
            sender=mail.sender,
            subject=mail.subject,
            language=reading.language or language_of(mail.text),
            size=len(data),
        )


def _spread(one: Attachment) -> Iterator[Attachment]:
    """The files of an attached archive; a refused archive stays as it is and is listed."""
    verdict = inspect(one.name, one.data)
    if verdict.ok and verdict.kind == "zip":
        yield from _unpacked(one.data)


def _unpacked(data: bytes) -> Iterator[Attachment]:
    for _, parts in _folders_in(data):
        yield from parts


def _folders_in(data: bytes) -> Iterator[tuple[str, list[Attachment]]]:
    """The files of an archive, folder by folder, so that one folder at a time is in memory."""
    archive = opened(data, LETTERS)
    folders: dict[str, list[str]] = {}
    for name in archive.names:
        folder, _, own = name.replace("\\", "/").rpartition("/")
        if own and not own.startswith((".", "~$")) and not name.startswith("__MACOSX/"):
            folders.setdefault(folder, []).append(name)
    for folder, names in folders.items():
        yield folder, [Attachment(name, _member(archive, name)) for name in names]


def _member(archive: Archive, name: str) -> bytes:
    try:
        return archive.read(name)
    except Refused:
        return b""


def _together(
    name: str, parts: Sequence[Attachment], desk: Desk, *, alone: bool = False, within: str = ""
) -> list[Reading]:
    """Applications made of files that arrived together; mails among them stand for themselves."""
    mails = [one for one in parts if one.name.lower().endswith(".eml")]
    rest = [one for one in parts if one not in mails]
    read = [
        replace(
            read_file(_own(one), one.data, desk.form, municipalities=desk.municipalities),
            path=f"{within}{one.name}",
        )
        for one in rest
    ]
    found = [_joined(name, group) for group in grouped(read, alone=alone)]
    for one in mails:
        found += _opened(_own(one), one.data, desk, path=f"{within}{one.name}")
    return found


def _own(one: Attachment) -> str:
    """The file's name without the folders of its archive."""
    return one.name.replace("\\", "/").rpartition("/")[2]


def _opened(name: str, data: bytes, desk: Desk, *, path: str) -> list[Reading]:
    """The applications in a mail or archive, each with what it came in; or why there are none."""
    verdict = inspect(name, data)
    came = File(name, verdict.kind, _fingerprint(data), len(data), "message", (), path, data)
    if verdict.reason is not None:
        return [_listed(replace(came, problems=(verdict.reason,)))]
    try:
        found = list(_inside(name, verdict.kind, data, desk))
    except Refused as refused:
        return [_listed(replace(came, problems=(refused.reason,)))]
    sha256 = came.sha256 if len(found) == 1 else ""
    return [
        replace(
            one,
            source=came,
            arrived=sha256 or one.arrived,
            path=path if verdict.kind == "eml" else one.path or path,
        )
        for one in found
    ]


def _listed(file: File) -> Reading:
    """A file that is only listed, with the reason why it was not read."""
    return Reading(
        file.name,
        file.kind,
        file.sha256,
        problems=file.problems,
        size=file.size,
        path=file.path,
        data=file.data,
    )


def _joined(name: str, group: Sequence[Reading]) -> Reading:
    """One application: the form's answers, the best budget, and every file with its role."""
    form = next((one for one in group if one.is_form), group[0])
    budgets = [one.budget for one in group if one.budget is not None and one.budget.lines]
    own = [one.budget for one in group if one is not form and one.budget and one.budget.lines]
    best = max(own or budgets, key=lambda one: (one.confidence, len(one.lines)), default=None)
    files = tuple(
        File(one.name, one.kind, one.sha256, one.size, one.role, one.problems, one.path, one.data)
        for one in group
    )
    if len(group) == 1:
        return replace(form, attachments=files)
    kind = "application" if form.is_form else form.kind
    return replace(form, name=form.name or name, kind=kind, budget=best, attachments=files)


def walk(paths: Iterable[Path]) -> dict[Path, list[Path]]:
    """Every file in files and folders by the folder it lies in; each file once, links left out."""
    found: dict[Path, dict[Path, Path]] = {}
    for path in paths:
        inside = sorted(path.rglob("*")) if path.is_dir() else [path]
        for one in inside:
            if one is path or _plain_file(one):
                found.setdefault(one.parent, {}).setdefault(one.absolute(), one)
    return {folder: list(files.values()) for folder, files in found.items()}


def _plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))


def _letters(text: str) -> str:
    """A name of the file system that can be kept and printed: bytes that are no letters show."""
    return os.fsencode(text).decode("utf-8", "replace")


def _blank(path: Path) -> File:
    kind = path.suffix.lstrip(".").lower()
    return File(_letters(path.name), _letters(kind), "", 0, path=_letters(str(path)))


def _loaded(path: Path) -> File:
    """The file with its bytes; one over the limit has its fingerprint only."""
    blank = _blank(path)
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            with path.open("rb") as stream:
                sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            why = Reason("file.too_large", {"limit": MAX_BYTES})
            return replace(blank, sha256=sha256, size=size, problems=(why,))
        data = path.read_bytes()
    except OSError:
        return replace(blank, problems=(Reason("file.not_found", {"name": blank.name}),))
    return replace(blank, sha256=_fingerprint(data), size=len(data), data=data)


def read_each(
    folders: Mapping[Path, Iterable[Path]],
    form: Mapping[str, Any],
    *,
    municipalities: Mapping[str, str] | None = None,
) -> Iterator[Reading]:
    """Every application in these folders of files (see `walk`), and every file that is none.

    Files of one folder belong together when they share one form, or the words of their names.
    What cannot be read is listed with its SHA-256 and the reason, and stops nothing else. One
    folder at a time is in memory.
    """
    desk = Desk(form, NOWHERE if municipalities is None else municipalities)
    left = MAX_FILES
    for folder, paths in folders.items():
        loose: list[Reading] = []
        for path in paths:
            file = _loaded(path) if left > 0 else _blank(path)
            left -= 1
            if left < 0:
                file = replace(file, problems=(Reason("intake.too_many_files"),))
            if file.problems:
                yield _listed(file)
            elif path.suffix.lower() in CONTAINERS:
                yield from _unbroken(_opened, file, desk)
            else:
                loose += _unbroken(_alone, file, desk)
        yield from (_joined(_letters(folder.name), group) for group in grouped(loose))


def _alone(name: str, data: bytes, desk: Desk, *, path: str) -> list[Reading]:
    read = read_file(name, data, desk.form, municipalities=desk.municipalities)
    return [replace(read, path=path)]


def _unbroken(read: Callable[..., list[Reading]], file: File, desk: Desk) -> list[Reading]:
    """What is read; a fault of ours in a stranger's file becomes a reason, and the rest goes on."""
    try:
        return read(file.name, file.data, desk, path=file.path)
    except Exception as fault:  # noqa: BLE001
        why = Reason("file.not_understood", {"fault": type(fault).__name__})
        return [_listed(replace(file, problems=(why,)))]


def read_all(
    paths: Iterable[Path],
    form: Mapping[str, Any],
    *,
    municipalities: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """The same as `read_each`, all at once."""
    return tuple(read_each(walk(paths), form, municipalities=municipalities))
