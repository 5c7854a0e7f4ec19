"""Rows ready to print: series, meetings, people, items, papers, inputs, texts, promises."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from monarca.ground.commitments.states import Aims, Pillars
from monarca.kit import formats, trilingual
from monarca.kit.parts import Link, Noted, Status, Tone
from monarca.kit.trilingual import institution
from monarca.programmes.dialogues.forms.wording import SPOKEN, tag_of
from monarca.programmes.dialogues.models import (
    Edition,
    Input,
    Item,
    Member,
    Paper,
    Sender,
    Series,
    Text,
    Version,
)
from monarca.programmes.dialogues.states import (
    Consent,
    Forums,
    Kinds,
    Sectors,
    Sensitivity,
    Sides,
    Stage,
    Texts,
)
from monarca.programmes.dialogues.states import Status as Held

TONES: Mapping[str, Tone] = {
    Held.PLANNED: "plain",
    Held.OPEN: "info",
    Held.HELD: "ok",
    Held.CLOSED: "ink",
}
READ: Mapping[str, Tone] = {
    Sensitivity.OPEN: "plain",
    Sensitivity.INTERNAL: "warn",
    Sensitivity.SEALED: "ink",
}


def said(texts: Mapping[str, str] | None) -> str:
    return trilingual.say(texts).text


def in_own(texts: Mapping[str, str] | None) -> str | SafeString:
    """A trilingual text in a cell, with its language where it is not the page's."""
    text, language = trilingual.say(texts)
    if not text or language == (get_language() or "en")[:2]:
        return text
    return format_html('<span lang="{}">{}</span>', tag_of(language), text)


def status_tag(edition: Edition) -> Status:
    return Status(str(Held(edition.status).label), TONES[edition.status])


def when(edition: Edition) -> str:
    """From when until when, in the local time of its place."""
    zone = ZoneInfo(edition.time_zone)
    first, last = (each.astimezone(zone) for each in (edition.starts_at, edition.ends_at))
    begins = formats.instant(edition.starts_at, edition.time_zone)
    if first.date() == last.date():
        hours = formats.clock(edition.ends_at, edition.time_zone)
        return _("%(begins)s, until %(hours)s") % {"begins": begins, "hours": hours}
    ends = formats.instant(edition.ends_at, edition.time_zone)
    return _("%(begins)s, until %(ends)s") % {"begins": begins, "ends": ends}


def series_kind(series: Series) -> str:
    if series.forum:
        return str(Forums(series.forum).label)
    return str(Kinds(series.kind).label)


def edition_head() -> list[str]:
    return [_("Meeting"), _("When"), _("Place"), _("Status")]


def edition_rows(editions: Iterable[Edition], *, desk: bool) -> list[list[Any]]:
    return [
        [
            Link(said(one.name), address_of(one, desk=desk), said(one.series.name)),
            when(one),
            one.place,
            [status_tag(one), *([] if one.is_public or not desk else [Status(_("Not public"))])],
        ]
        for one in editions
    ]


def address_of(edition: Edition, *, desk: bool) -> str:
    """Its page on the desk, or the one that everybody reads if there is one."""
    if desk or not edition.is_public:
        return reverse("dialogues:edition", args=[edition.reference])
    return reverse("dialogues:public", args=[edition.series.code, edition.reference])


def edition_facts(edition: Edition) -> list[tuple[str, Any]]:
    """Where and when, and who receives."""
    return [
        (_("When"), when(edition)),
        (_("Place"), edition.place),
        (_("Who receives"), str(Sides(edition.host).label)),
        (_("Reference"), edition.reference),
    ]


def series_facts(series: Series) -> list[tuple[str, Any]]:
    rows = [(_("What it is"), series_kind(series))]
    if series.pillar:
        rows.append((_("Pillar of the action plan"), str(Pillars(series.pillar).label)))
    aims = [str(Aims(aim).label) for aim in series.aims if aim in Aims.values]
    return [*rows, (_("Shared aims"), ", ".join(aims))] if aims else rows


@dataclass(frozen=True, slots=True)
class Table:
    """One side of the table: its name and who sits there."""

    side: str
    label: str
    members: tuple[Member, ...]


def tables(members: Iterable[Member]) -> list[Table]:
    found = list(members)
    return [
        Table(side, str(side.label), tuple(one for one in found if one.side == side))
        for side in Sides
    ]


def member_words(member: Member) -> Noted:
    """A name; under it the post, whether it chairs, and from which sector it comes."""
    notes = [institution(member.office)] if member.office else []
    if member.is_chair:
        notes.append(_("co-chair"))
    if member.sector == Sectors.PRIVATE:
        notes.append(str(Sectors.PRIVATE.label))
    return Noted(member.name, " · ".join(notes))


def item_rows(items: Iterable[Item], *, links: bool) -> list[list[Any]]:
    """The agenda that this reader sees, numbered as they see it."""
    rows: list[list[Any]] = []
    for number, item in enumerate(items, start=1):
        text: Any = in_own(item.topic)
        if links:
            text = Link(
                f"{number}. {said(item.topic)}",
                reverse("dialogues:item", args=[item.edition.reference, item.code]),
            )
        leads = [item.lead_canada or "—", item.lead_mexico or "—"]
        tag = Status(str(Sensitivity(item.sensitivity).label), READ[item.sensitivity])
        rows.append([text, *leads, *([tag] if links else [])])
    return rows


def item_head(*, links: bool) -> list[str]:
    last = [_("Who may read it")] if links else []
    return [_("Topic"), _("Leads for Canada"), _("Leads for Mexico"), *last]


def paper_rows(papers: Iterable[Paper], last: Mapping[int, Version], side: str) -> list[list[Any]]:
    """Papers that this reader sees, with the last version they may read."""
    rows = []
    for paper in papers:
        version = last[paper.pk]
        place = reverse("dialogues:paper", args=[paper.edition.reference, paper.code])
        shared = hasattr(version, "sharing")
        own = Status(_("Shared"), "ok") if shared else Status(_("Own side only"), "warn")
        rows.append(
            [
                Link(paper.title, place, said(paper.item.topic) if paper.item else ""),
                str(Sides(paper.side).label),
                _("Version %(number)s") % {"number": formats.number(version.number)},
                own if paper.side == side else Status(_("From the other side"), "info"),
            ]
        )
    return rows


@dataclass(frozen=True, slots=True)
class Voice:
    """One input as this reader may read it; who stays unnamed is named in no list.

    `may_read_name`: this reader alone can ask who it is, on a page of its own.
    """

    row: Input
    who: str
    email: str
    is_hidden: bool
    language: str
    lang: str
    tag: Status
    consent: str
    may_pass_on: bool
    may_read_name: bool


def voices(inputs: Iterable[Input], senders: Mapping[int, Sender], *, runs: bool) -> list[Voice]:
    rows = []
    for row in inputs:
        sender, is_hidden = senders.get(row.pk), row.consent == Consent.ANONYMOUS
        named = [sender.person, sender.organisation] if sender and not is_hidden else []
        rows.append(
            Voice(
                row=row,
                who=", ".join(part for part in named if part),
                email=sender.email if sender and not is_hidden else "",
                is_hidden=is_hidden,
                language=str(SPOKEN.get(row.language, row.language)),
                lang=tag_of(row.language),
                tag=_voice_tag(row),
                consent=str(Consent(row.consent).label),
                may_pass_on=runs and _waits(row),
                may_read_name=is_hidden and sender is not None,
            )
        )
    return rows


def _waits(row: Input) -> bool:
    open_to_all = row.consent != Consent.NOT_PASSED_ON
    return open_to_all and row.passed_on_at is None and row.withdrawn_at is None


def _voice_tag(row: Input) -> Status:
    if row.withdrawn_at:
        return Status(_("Consent withdrawn"), "bad")
    if row.passed_on_at:
        return Status(_("Passed on"), "ok")
    if row.consent == Consent.NOT_PASSED_ON:
        return Status(_("Stays at the embassy"), "ink")
    return Status(_("To pass on"), "warn")


def text_rows(texts: Iterable[Text]) -> list[list[Any]]:
    return [
        [
            Link(
                text_name(text), reverse("dialogues:text", args=[text.edition.reference, text.code])
            ),
            ", ".join(str(SPOKEN[code]) for code in text.languages),
            Status(str(Stage(text.status).label), "ok" if text.status == Stage.FINAL else "warn"),
        ]
        for text in texts
    ]


def text_name(text: Text) -> str:
    name = str(Texts(text.kind).label)
    if text.item is None:
        return name
    return _("%(whole)s: %(part)s") % {"whole": name, "part": said(text.item.topic)}
