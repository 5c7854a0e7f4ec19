"""One commitment as its page tells it: facts, owners, history, and what changed in its words."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from monarca.ground.commitments.forms.showing import foreign, named, words
from monarca.ground.commitments.models import Commitment, Owner, Progress, Wording
from monarca.ground.commitments.states import ENDED, Aims, Origins, Pillars, Sides
from monarca.kit import formats, parts, trilingual
from monarca.kit.parts import Link, Status
from monarca.kit.trilingual import institution

NAMES = {"es": "Español", "en": "English", "fr": "Français"}
TOKEN = re.compile(r"\s+|[^\s]+")
LONGEST = 6000
"""Words that are compared one by one; longer texts are told as a whole."""


@dataclass(frozen=True, slots=True)
class Said:
    """One line of the history, as this reader may see it."""

    iso: str
    day: str
    status: Status
    note: str
    lang: str
    percent: str
    evidence: Link | None
    paper: Link | None
    who: str
    number: int
    is_end: bool
    is_shown: bool


@dataclass(frozen=True, slots=True)
class Change:
    """How one wording differs from the one before it: in each language, and in its day."""

    day: str
    iso: str
    reason: str
    texts: Sequence[tuple[str, SafeString]]
    due: SafeString | str


def facts(row: Commitment, aims: Iterable[str], *, inside: bool) -> list[tuple[str, Any]]:
    """What stands beside the words."""
    due = formats.day(row.due_on) if row.due_on else _("No day was named")
    found: list[tuple[str, Any]] = [
        (_("Due"), due),
        (_("Promised on"), formats.day(row.promised_on)),
        (_("Origin"), origin(row)),
    ]
    if row.pillar:
        found.append((_("Pillar"), str(Pillars(row.pillar).label)))
    if named_aims := [str(Aims(aim).label) for aim in aims]:
        listed = format_html_join("", "<li>{}</li>", ((one,) for one in named_aims))
        found.append((_("Shared aims"), format_html('<ul class="bare">{}</ul>', listed)))
    found.append((_("Reference"), row.reference))
    if inside and row.external_id:
        found.append((_("Known elsewhere as"), row.external_id))
    return found


def origin(row: Commitment) -> SafeString | str:
    """Where it was made, with the way there."""
    kind = str(Origins(row.origin).label)
    if not row.source_name:
        return _linked(row, kind)
    return format_html("{}<br>{}", kind, _linked(row, words(row.source_name)))


def _linked(row: Commitment, text: str | SafeString) -> SafeString | str:
    if not row.source_path.startswith("/"):
        return text
    return format_html('<a href="{}">{}</a>', f"/{formats.language()}{row.source_path}", text)


def owners(rows: Iterable[Owner], *, inside: bool) -> list[tuple[str, Any]]:
    """(side, institutions) of the owners now; the person asked is named to insiders only."""
    sides: dict[str, list[str]] = {}
    for owner in rows:
        person = f" ({owner.user})" if inside and owner.user else ""
        sides.setdefault(owner.side, []).append(f"{institution(owner.name)}{person}")
    return [(str(Sides(side).label), ", ".join(names)) for side, names in sides.items()]


def other_texts(row: Commitment) -> list[tuple[str, str, str]]:
    """(language's own name, tag, text) in each language but the one the page shows."""
    shown = trilingual.say(row.text).language
    return [
        (NAMES[code], formats.TAGS[code], row.text[code])
        for code in trilingual.LANGUAGES
        if code != shown and row.text.get(code)
    ]


def history(rows: Sequence[Progress], *, inside: bool, zone: str) -> list[Said]:
    """Its history, the latest first; `zone` is the mission's, in which days are told."""
    last = len(rows)
    return [_said(row, last - place, inside=inside, zone=zone) for place, row in enumerate(rows)]


def _said(row: Progress, number: int, *, inside: bool, zone: str) -> Said:
    side = str(Sides(row.side).label) if row.side else ""
    who = ", ".join(filter(None, (str(row.by) if row.by else "", side))) if inside else side
    return Said(
        iso=row.at.isoformat(),
        day=formats.day(row.at.astimezone(ZoneInfo(zone)).date(), style="medium"),
        status=named(row.status),
        note=row.note,
        lang=foreign(row.language),
        percent=_done(row.percent),
        evidence=Link(_short(row.evidence_url), _address(row)) if row.evidence_url else None,
        paper=_paper(row),
        who=who,
        number=number,
        is_end=row.status in ENDED,
        is_shown=row.shown_at is not None and not hasattr(row, "taken_back"),
    )


def _done(percent: int | None) -> str:
    """How far it is, as the reader's language writes a share."""
    if percent is None:
        return ""
    return _("%(share)s done") % {"share": formats.percent(Decimal(percent) / 100)}


def _short(address: str) -> str:
    """An address as people read it: without its scheme, and no longer than a line."""
    plain = re.sub(r"^https?://", "", address, flags=re.IGNORECASE).rstrip("/")
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _address(row: Progress) -> str:
    """A page of ours is told in the reader's language."""
    ours = row.evidence_url.startswith("/")
    return f"/{formats.language()}{row.evidence_url}" if ours else row.evidence_url


def _paper(row: Progress) -> Link | None:
    if row.evidence is None:
        return None
    digest = row.evidence.sha256[:16]
    where = reverse("commitments:evidence", args=[row.commitment.reference, digest])
    return Link(row.evidence.name, where)


def changes(rows: Sequence[Wording], *, zone: str) -> list[Change]:
    """Every wording after the first, the latest first, with what changed marked word by word."""
    told = [_change(before, after, zone=zone) for before, after in pairwise(rows)]
    return told[::-1]


def _change(before: Wording, after: Wording, *, zone: str) -> Change:
    texts = [
        (
            NAMES[code],
            format_html(
                '<span lang="{}">{}</span>',
                formats.TAGS[code],
                marked(before.text.get(code, ""), after.text.get(code, "")),
            ),
        )
        for code in trilingual.LANGUAGES
        if before.text.get(code, "") != after.text.get(code, "")
    ]
    return Change(
        day=formats.day(after.at.astimezone(ZoneInfo(zone)).date(), style="medium"),
        iso=after.at.isoformat(),
        reason=after.reason,
        texts=texts,
        due=_moved(before.due_on, after.due_on),
    )


def first(rows: Sequence[Wording]) -> list[tuple[str, str, str]]:
    """The first wording this reader may see, where there are later ones: name, tag, text."""
    if len(rows) < 2:
        return []
    texts = rows[0].text
    return [(NAMES[code], formats.TAGS[code], texts[code]) for code in NAMES if texts.get(code)]


def _moved(before: date | None, after: date | None) -> SafeString | str:
    if before == after:
        return ""
    none = pgettext("due", "no day")
    said = [formats.day(one) if one else none for one in (before, after)]
    return format_html("<del>{}</del> <ins>{}</ins>", *said)


def marked(before: str, after: str) -> SafeString:
    """Both texts as one: what went is in `del`, what came in `ins`, the rest stands as it is."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    if len(old) + len(new) > LONGEST:
        return format_html("<del>{}</del> <ins>{}</ins>", before, after)
    return format_html_join("", "{}", ((piece,) for piece in _pieces(old, new)))


def _pieces(old: list[str], new: list[str]) -> Iterator[str | SafeString]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for kind, i, j, k, n in matcher.get_opcodes():
        gone, come = "".join(old[i:j]), "".join(new[k:n])
        if kind == "equal":
            yield come
            continue
        yield from _mark("<del>{}</del>", gone)
        if gone.strip() and come.strip():
            yield " "
        yield from _mark("<ins>{}</ins>", come)


def _mark(pattern: str, text: str) -> Iterator[str | SafeString]:
    """The words marked, the blanks around them left outside."""
    words = text.strip()
    before, _words, after = text.partition(words) if words else (text, "", "")
    yield before
    if words:
        yield format_html(pattern, words)
    yield after


def sealed_note(row: Commitment) -> parts.Status | None:
    """A word on the page of a sealed or withheld one, for the few who see it."""
    if row.is_sealed:
        return Status(_("Sealed"), "ink")
    return None if row.is_public else Status(_("Not public"), "ink")
