"""Papers to take along: the meeting pack and the annual report, as one reader may read them."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import cast

from django.utils.translation import gettext as _

from monarca.engines.documents.writing import markdown
from monarca.engines.documents.writing.shapes import Article, Document, Fact, Language, Table
from monarca.engines.publishing.wording import guarded
from monarca.ground.commitments.states import Status as Kept
from monarca.kit import formats
from monarca.kit.trilingual import institution
from monarca.programmes.dialogues.forms.showing import (
    Table as Seats,
)
from monarca.programmes.dialogues.forms.showing import (
    Voice,
    member_words,
    said,
    text_name,
    when,
)
from monarca.programmes.dialogues.forms.wording import SPOKEN
from monarca.programmes.dialogues.models import (
    Edition,
    Item,
    Paper,
    Practice,
    Series,
    Text,
    Version,
)
from monarca.programmes.dialogues.queries import Followed, Report, Standing
from monarca.programmes.dialogues.states import Sensitivity, Sides


@dataclass(frozen=True, slots=True)
class Pack:
    """All of a meeting that one reader may read, gathered through the gates of that reader."""

    edition: Edition
    seats: Sequence[Seats]
    items: Sequence[Item]
    papers: Sequence[tuple[Paper, Version]]
    voices: Sequence[Voice]
    practices: Sequence[Practice]
    followed: Sequence[Followed]
    texts: Sequence[tuple[Text, Sequence[Standing]]]


def pack_document(pack: Pack, *, language: str) -> Document:
    """The pack as a paper: agenda, participants, papers, inputs, practices, follow-up, texts."""
    edition = pack.edition
    parts = (
        _agenda(pack.items),
        _people(pack.seats),
        *_papers(pack.papers),
        *_voices(pack.voices),
        *_practices(pack.practices),
        _follow_up(_("Follow-up of past promises"), pack.followed),
        *(_agreed(text, rows, language) for text, rows in pack.texts),
    )
    return Document(
        language=cast("Language", language),
        title=said(edition.name),
        subtitle=said(edition.series.name),
        number=edition.reference,
        author=said(edition.series.mission.name),
        facts=(
            Fact(label=_("When"), value=when(edition)),
            Fact(label=_("Place"), value=edition.place),
            Fact(label=_("Who receives"), value=str(Sides(edition.host).label)),
        ),
        articles=parts,
        footer=_("Meeting pack, made for one reader: it holds what that reader may read."),
    )


def _none() -> str:
    return markdown.plain(_("Nothing yet."))


def _agenda(items: Sequence[Item]) -> Article:
    rows = tuple(
        (
            formats.number(number),
            said(item.topic) + _mark(item),
            item.lead_canada or "—",
            item.lead_mexico or "—",
        )
        for number, item in enumerate(items, start=1)
    )
    head = (_("No."), _("Topic"), _("Leads for Canada"), _("Leads for Mexico"))
    return _tabled("agenda", _("Agenda"), head, rows)


def _mark(item: Item) -> str:
    if item.sensitivity == Sensitivity.OPEN:
        return ""
    return f" ({Sensitivity(item.sensitivity).label})"


def _tabled(
    key: str, title: str, head: tuple[str, ...], rows: tuple[tuple[str, ...], ...]
) -> Article:
    if not rows:
        return Article(key=key, title=title, text=_none())
    return Article(key=key, title=title, tables=(Table(caption=title, head=head, rows=rows),))


def _people(seats: Sequence[Seats]) -> Article:
    rows = tuple(
        (side.label, member.name, member_words(member).note or "—")
        for side in seats
        for member in side.members
    )
    head = (_("Side"), _("Name"), _("Post"))
    return _tabled("people", _("Participants"), head, rows)


def _papers(papers: Sequence[tuple[Paper, Version]]) -> tuple[Article, ...]:
    return tuple(
        Article(
            key=f"paper-{paper.code}",
            title=_("%(side)s: %(title)s")
            % {"side": Sides(paper.side).label, "title": markdown.line(paper.title)},
            text=markdown.plain(_paper_words(version)),
        )
        for paper, version in papers
    )


def _paper_words(version: Version) -> str:
    if version.file is None:
        return version.text
    file = _("Attached as a file: %(name)s") % {"name": version.file.name}
    return f"{version.text}\n{file}" if version.text else file


def _voices(voices: Sequence[Voice]) -> tuple[Article, ...]:
    return tuple(
        Article(
            key=f"input-{voice.row.code}",
            title=_("Input from civil society: %(who)s") % {"who": _author(voice)},
            text=markdown.plain(f"{voice.row.text}\n({voice.language})"),
        )
        for voice in voices
    )


def _author(voice: Voice) -> str:
    """Never the name of somebody who asked to stay unnamed, not even for who knows it."""
    return _("unnamed") if voice.is_hidden or not voice.who else markdown.line(voice.who)


def _practices(practices: Sequence[Practice]) -> tuple[Article, ...]:
    return tuple(
        Article(
            key=f"practice-{one.code}",
            title=_("Practice shared by %(side)s: %(title)s")
            % {"side": Sides(one.side).label, "title": markdown.line(said(one.title))},
            text=markdown.plain("\n".join(part for part in (said(one.text), one.url) if part)),
        )
        for one in practices
    )


def _follow_up(title: str, rows: Iterable[Followed]) -> Article:
    head = (_("Promise"), _("Owners"), _("Due by"), _("Status"), _("What became of it"))
    lines = tuple(
        (
            f"{one.commitment.reference}: {said(one.commitment.text)}",
            "; ".join(institution(owner.name) for owner in one.owners) or "—",
            formats.day(one.commitment.due_on) if one.commitment.due_on else "—",
            str(Kept(one.commitment.status).label),
            _told(one),
        )
        for one in rows
    )
    return _tabled("follow-up", title, head, lines)


def _told(one: Followed) -> str:
    if one.last is None:
        return _("Nothing reported yet")
    proof = one.evidence.evidence_url if one.evidence else ""
    return f"{one.last.note} {proof}".strip()


def _agreed(text: Text, rows: Sequence[Standing], language: str) -> Article:
    """An agreed text in the language of the paper, or in the first one it has."""
    chosen = language if language in text.languages else text.languages[0]
    words = [row.wording.texts.get(chosen, "") for row in rows if not row.is_struck]
    title = text_name(text)
    if chosen != language:
        title = f"{title} ({SPOKEN[chosen]})"
    return Article(
        key=f"text-{text.code}", title=title, text=markdown.plain("\n".join(words)) or _none()
    )


def report_document(report: Report, *, language: str, is_whole: bool) -> Document:
    """The annual report as a paper."""
    series = report.series
    counts = tuple(
        (str(label), formats.number(report.counts[value])) for value, label in Kept.choices
    )
    meetings = tuple((said(one.name), when(one), one.place) for one in report.meetings)
    return Document(
        language=cast("Language", language),
        title=report_title(series, report.year),
        subtitle=said(series.name),
        author=said(series.mission.name),
        articles=(
            _tabled(
                "meetings", _("Meetings held"), (_("Meeting"), _("When"), _("Place")), meetings
            ),
            _follow_up(_("Promises of the year"), report.made),
            _follow_up(_("Earlier promises still followed"), report.older),
            _tabled("counts", _("How they stand"), (_("Status"), _("Promises")), counts),
        ),
        footer="" if not is_whole else _("This copy also holds what is not public."),
    )


def report_title(series: Series, year: int) -> str:
    del series
    return _("Annual report %(year)s") % {"year": year}


COLUMNS = (
    *("reference", "series", "year", "promised_on", "text", "owners_canada", "owners_mexico"),
    *("due_on", "status", "percent", "last_report_on", "last_report", "evidence", "is_public"),
)


def report_csv(report: Report) -> bytes:
    """The promises of the report, one a line, for spreadsheets: UTF-8 with its mark."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for one in report.every:
        row = _cells(report, one)
        writer.writerow([guarded(str(row[name])) for name in COLUMNS])
    return stream.getvalue().encode("utf-8-sig")


def _cells(report: Report, one: Followed) -> Mapping[str, object]:
    made, last = one.commitment, one.last
    owners = {side: [o.name for o in one.owners if o.side == side] for side in Sides.values}
    return {
        "reference": made.reference,
        "series": report.series.code,
        "year": report.year,
        "promised_on": made.promised_on.isoformat(),
        "text": said(made.text),
        "owners_canada": "; ".join(owners[Sides.CANADA]),
        "owners_mexico": "; ".join(owners[Sides.MEXICO]),
        "due_on": made.due_on.isoformat() if made.due_on else "",
        "status": made.status,
        "percent": "" if last is None or last.percent is None else last.percent,
        "last_report_on": last.at.date().isoformat() if last else "",
        "last_report": last.note if last else "",
        "evidence": one.evidence.evidence_url if one.evidence else "",
        "is_public": "yes" if made.is_public else "no",
    }
