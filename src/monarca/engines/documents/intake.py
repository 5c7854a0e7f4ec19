"""From what arrived to what was read: files, folders, archives and mails as applications."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from monarca.engines.documents.archive import LETTERS, Refused, opened
from monarca.engines.documents.budgets import BudgetRead, from_sheets, from_tree
from monarca.engines.documents.docx import read_docx
from monarca.engines.documents.forms import FieldRead, reader_for
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


@dataclass(frozen=True, slots=True)
class Reading:
    """What one file, or one application made of several, says.

    `kind` is the file's kind, or "application" for several files read together. `received_at` is
    in UTC and known for mails only.
    """

    name: str
    kind: str
    sha256: str
    fields: tuple[FieldRead, ...] = ()
    budget: BudgetRead | None = None
    attachments: tuple[File, ...] = ()
    problems: tuple[Reason, ...] = ()
    received_at: datetime | None = None
    language: str = ""
    sender: str = ""
    subject: str = ""
    size: int = 0

    @property
    def is_form(self) -> bool:
        return sum(1 for one in self.fields if one.value is not None) >= FORM_FIELDS

    @property
    def role(self) -> str:
        if self.is_form:
            return "form"
        return "budget" if self.budget is not None and self.budget.lines else "other"

    def as_json(self) -> dict[str, Any]:
        """Plain data for a report; instants in ISO 8601, quantities as text."""
        plain: dict[str, Any] = _plain(asdict(self))
        return plain


def _plain(held: Any) -> Any:
    if isinstance(held, Mapping):
        return {str(key): _plain(one) for key, one in held.items()}
    if isinstance(held, (list, tuple)):
        return [_plain(one) for one in held]
    if isinstance(held, Decimal):
        return f"{held:f}"
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
    blank = Reading(name, verdict.kind, _fingerprint(data), size=len(data))
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
    fields = reader_for(desk.form, desk.municipalities).read(tree)
    budget = from_tree(tree)
    return replace(
        blank,
        fields=fields,
        budget=budget if budget.lines else None,
        language=language_of(tree.text),
    )


# -- several files ---------------------------------------------------------------------------


def _inside(name: str, kind: str, data: bytes, desk: Desk) -> Iterator[Reading]:
    """The applications in a mail or an archive."""
    if kind == "zip":
        yield from _together(name, list(_unpacked(data)), desk)
        return
    mail = read_mail(data)
    parts: list[Attachment] = []
    for one in mail.attachments:
        parts += list(_spread(one)) or [one]
    found = _together(name, parts, desk, alone=True)
    blank = Reading(name, kind, _fingerprint(data), problems=(Reason("mail.no_attachment"),))
    for reading in found or [blank]:
        yield replace(
            reading,
            name=f"{name}: {reading.name}" if len(found) > 1 else name,
            received_at=mail.sent_at,
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
    archive = opened(data, LETTERS)
    for name in archive.names:
        hidden = name.startswith("__MACOSX/") or name.rpartition("/")[2].startswith(".")
        if name.endswith("/") or hidden:
            continue
        try:
            yield Attachment(name, archive.read(name))
        except Refused:
            yield Attachment(name, b"")


def _together(
    name: str, parts: Sequence[Attachment], desk: Desk, *, alone: bool = False
) -> list[Reading]:
    """Applications made of files that arrived together; mails among them stand for themselves."""
    mails = [one for one in parts if one.name.lower().endswith(".eml")]
    rest = [one for one in parts if one not in mails]
    read = [
        read_file(one.name, one.data, desk.form, municipalities=desk.municipalities) for one in rest
    ]
    found = [_joined(name, group) for group in grouped(read, alone=alone)]
    for one in mails:
        verdict = inspect(one.name, one.data)
        found += (
            _safely(one.name, verdict.kind, one.data, desk)
            if verdict.ok
            else [read_file(one.name, one.data, desk.form)]
        )
    return found


def _safely(name: str, kind: str, data: bytes, desk: Desk) -> list[Reading]:
    try:
        return list(_inside(name, kind, data, desk))
    except Refused as refused:
        return [Reading(name, kind, _fingerprint(data), problems=(refused.reason,))]


def _joined(name: str, group: Sequence[Reading]) -> Reading:
    """One application: the form's answers, the best budget, and every file with its role."""
    form = next((one for one in group if one.is_form), group[0])
    budgets = [one.budget for one in group if one.budget is not None and one.budget.lines]
    own = [one.budget for one in group if one is not form and one.budget and one.budget.lines]
    best = max(own or budgets, key=lambda one: (one.confidence, len(one.lines)), default=None)
    files = tuple(
        File(one.name, one.kind, one.sha256, one.size, one.role, one.problems) for one in group
    )
    if len(group) == 1:
        return replace(form, attachments=files)
    kind = "application" if form.is_form else form.kind
    return replace(form, name=form.name or name, kind=kind, budget=best, attachments=files)


def _walk(paths: Iterable[Path]) -> Iterator[Path]:
    for path in paths:
        if path.is_dir():
            yield from (one for one in sorted(path.rglob("*")) if _plain_file(one))
        else:
            yield path


def _plain_file(path: Path) -> bool:
    return path.is_file() and not path.is_symlink() and not path.name.startswith((".", "~$"))


def _loaded(path: Path) -> bytes | Reason:
    try:
        if path.stat().st_size > MAX_BYTES:
            return Reason("file.too_large", {"limit": MAX_BYTES})
        return path.read_bytes()
    except OSError:
        return Reason("file.not_found", {"name": path.name})


def read_all(
    paths: Iterable[Path],
    form: Mapping[str, Any],
    *,
    municipalities: Mapping[str, str] | None = None,
) -> tuple[Reading, ...]:
    """Every application in files, folders, archives and mails, and every file that is none.

    Files of one folder belong together when they share one form, or the words of their names.
    What cannot be read is listed with its SHA-256 and the reason, and stops nothing else.
    """
    desk = Desk(form, NOWHERE if municipalities is None else municipalities)
    found: list[Reading] = []
    loose: dict[Path, list[Reading]] = {}
    for count, path in enumerate(_walk(paths)):
        data = _loaded(path)
        if isinstance(data, Reason) or count >= MAX_FILES:
            why = data if isinstance(data, Reason) else Reason("intake.too_many_files")
            found.append(Reading(path.name, path.suffix.lstrip(".").lower(), "", problems=(why,)))
            continue
        verdict = inspect(path.name, data)
        if verdict.ok and verdict.kind in {"eml", "zip"}:
            found += _safely(path.name, verdict.kind, data, desk)
        else:
            one = read_file(path.name, data, form, municipalities=desk.municipalities)
            loose.setdefault(path.parent, []).append(one)
    for folder, readings in loose.items():
        found += [_joined(folder.name, group) for group in grouped(readings)]
    return tuple(found)
