"""Rows ready to print at the desk: records on their way, what the gate says, who did what."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Sensitivity
from monarca.grants.disclosure.forms.asking import Wording
from monarca.grants.disclosure.forms.naming import LANGUAGES, SECTORS
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.queries import Point, Source
from monarca.grants.disclosure.states import Field, Level, Why
from monarca.grants.disclosure.states import Status as Standing
from monarca.kit import formats, reasons
from monarca.kit.parts import Link, Status, Tone

TONES: Mapping[str, Tone] = {
    Standing.PREPARED: "info",
    Standing.APPROVED: "warn",
    Standing.PUBLISHED: "ok",
    Standing.WITHDRAWN: "ink",
}
SIGNS = {
    "email": gettext_lazy("an e-mail address"),
    "telephone": gettext_lazy("a telephone number"),
    "curp": gettext_lazy("a personal identity number (CURP)"),
    "rfc": gettext_lazy("a tax number (RFC)"),
    "coordinates": gettext_lazy("coordinates of a place"),
    "name": gettext_lazy("a name that must not be told"),
}


def status_of(row: Disclosure) -> Status:
    return Status(str(Standing(row.status).label), TONES[row.status])


def organisation_of(file: Application) -> str:
    """The organisation's name where the file is open; nothing that betrays it otherwise."""
    is_open = file.sensitivity == Sensitivity.OPEN
    return file.applicant.legal_name if is_open else _("By alias")


def _file(file: Application, name: str) -> Link:
    return Link(name, reverse("disclosure:file", args=[file.reference]), file.shown_title)


def agreement_rows(rows: Iterable[Agreement]) -> list[tuple[Any, ...]]:
    """Signed agreements without a public record."""
    return [
        (
            _file(row.application, row.number),
            organisation_of(row.application),
            formats.day(row.signed_on, style="medium") if row.signed_on else "—",
            "—",
            Status(_("To prepare"), "info"),
        )
        for row in rows
    ]


def record_rows(rows: Iterable[Disclosure]) -> list[tuple[Any, ...]]:
    """Public records on their way."""
    return [
        (
            _file(row.application, row.reference),
            organisation_of(row.application),
            formats.day(row.prepared_at.date(), style="medium"),
            str(Level(row.level).label),
            status_of(row),
        )
        for row in rows
    ]


def facts_of(row: Disclosure) -> list[tuple[str, Any]]:
    """The record in a few lines."""
    facts: list[tuple[str, Any]] = [(_("How much is told"), str(Level(row.level).label))]
    if row.reason:
        facts.append((_("Why not in full"), str(Why(row.reason).label)))
    facts += [
        (_("Reference"), row.reference),
        (_("What it is for"), f"{row.sector} · {SECTORS.get(row.sector, row.sector)}"),
    ]
    return facts


def steps_of(row: Disclosure) -> list[tuple[str, str, str, bool]]:
    """Who did what and when, the newest first, as a timeline."""
    zone = row.application.call.time_zone
    steps = [
        (row.withdrawn_at, pgettext("record", "Withdrawn")),
        (row.published_at, pgettext("record", "Published")),
        (row.approved_at, _by(_("Approved by %(name)s"), row.approved_by)),
        (row.prepared_at, _by(_("Prepared by %(name)s"), row.prepared_by)),
    ]
    told = [(at, words) for at, words in steps if at]
    return [
        (at.isoformat(), formats.instant(at, zone), words, place == 0)
        for place, (at, words) in enumerate(sorted(told, key=lambda step: step[0], reverse=True))
    ]


def _by(words: str, user: Any) -> str:
    return words % {"name": user.get_short_name() if user else ""}


def point_words(point: Point) -> str:
    """One point of the gate as a sentence."""
    field = str(Field(point.field).label) if point.field else ""
    language = str(LANGUAGES[point.language]) if point.language else ""
    names = {"field": field, "language": language, "words": point.words}
    names["sign"] = str(SIGNS.get(point.sign, point.sign))
    if point.reason:
        return reasons.sentence(point.reason)
    return _sentences()[point.code] % names


def _sentences() -> dict[str, str]:
    return {
        "missing": _("%(field)s, %(language)s: the text is missing."),
        "stale": _("%(field)s, %(language)s: its source or the level changed; read it again."),
        "same": _("%(field)s: English and French say the same words."),
        "level": _("The file was restricted since: prepare the record again with less."),
        "given_away": _("A text says “%(words)s”: %(sign)s."),
    }


@dataclass(frozen=True, slots=True)
class Text:
    """One official text as it stands: its words, and whether they may go out."""

    language: str
    code: str
    words: str
    tag: Status
    note: str
    may_review: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One field: the project's own words beside its official texts."""

    key: str
    label: str
    source: Source
    texts: tuple[Text, ...]
    boxes: tuple[BoundField, ...]


def blocks_of(
    sources: Mapping[str, Source],
    texts: Mapping[tuple[str, str], Translation],
    form: Wording | None,
    *,
    reviewer: Any,
) -> list[Block]:
    """Title, description and expected results; `reviewer` is a user who may review, or None."""
    return [
        Block(
            key=field.value,
            label=str(field.label),
            source=sources[field.value],
            texts=tuple(
                _text(texts[field.value, code], sources[field.value], reviewer)
                for code in LANGUAGES
                if (field.value, code) in texts
            ),
            boxes=tuple(form.boxes(field.value)) if form else (),
        )
        for field in Field
    ]


def _text(row: Translation, source: Source, reviewer: Any) -> Text:
    fresh = row.source_sha256 == source.sha256
    reviewed = row.reviewed_by is not None
    note = _by(_("Written by %(name)s"), row.translator)
    if reviewed:
        note = f"{note} · {_by(_('reviewed by %(name)s'), row.reviewed_by)}"
    tag = Status(_("Reviewed"), "ok") if reviewed else Status(_("Not reviewed yet"), "info")
    return Text(
        language=str(LANGUAGES[row.language]),
        code=row.language,
        words=row.text,
        tag=tag if fresh else Status(_("Out of date"), "bad"),
        note=note,
        may_review=fresh
        and not reviewed
        and reviewer is not None
        and reviewer.pk != row.translator_id,
    )
