"""A consultation as data for pages: every text with its language, every voice with its words."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from monarca.ground.commitments.models import Commitment
from monarca.ground.commitments.states import Status as Standing
from monarca.ground.files.queries import SOUNDS
from monarca.kit import formats, trilingual
from monarca.kit.parts import Link, Noted, Status, Tone
from monarca.kit.trilingual import institution
from monarca.programmes.consultations import queries
from monarca.programmes.consultations.models import (
    Consultation,
    Item,
    Permission,
    Piece,
    Representative,
    Text,
)
from monarca.programmes.consultations.states import BOUND, SIDES, Kind, Part, Phase, Result

TONES: Mapping[str, Tone] = {
    Phase.PRIOR: "plain",
    Phase.INFORMATION: "info",
    Phase.DELIBERATION: "ink",
    Phase.DIALOGUE: "info",
    Phase.FOLLOW_UP: "ok",
    Phase.STOPPED: "bad",
}
DECIDED: Mapping[str, Tone] = {
    Result.CONSENT: "ok",
    Result.CONDITIONS: "warn",
    Result.NO_CONSENT: "bad",
    Result.NO_AGREEMENT: "bad",
}


def phase(consultation: Consultation) -> Status:
    return Status(str(Phase(consultation.status).label), TONES[consultation.status])


def decided(outcome: Item | None, withdrawn: Item | None) -> Status | None:
    """The outcome in force: consent that was withdrawn is none."""
    if withdrawn:
        return Status(str(Kind.WITHDRAWAL.label), "bad")
    return Status(outcome.get_result_display(), DECIDED[outcome.result]) if outcome else None


def words(texts: Iterable[Text]) -> dict[str, list[dict[str, str]]]:
    """The reader's language and the people's first; our other languages can be opened."""
    told = list(texts)
    codes = {one.language for one in told}
    mine = trilingual.say(dict.fromkeys(codes & set(trilingual.LANGUAGES), "x")).language
    found: dict[str, list[dict[str, str]]] = {"first": [], "rest": []}
    for one in sorted(told, key=lambda each: (each.language != mine, each.pk)):
        is_rest = one.language in trilingual.LANGUAGES and one.language != mine
        shown = {
            "text": one.text,
            "tag": queries.tag(one.language),
            "name": queries.called(one.language),
        }
        found["rest" if is_rest else "first"].append(shown)
    return found


def pieces(rows: Iterable[Piece], reference: str, code: str) -> list[dict[str, Any]]:
    """Voices to be played, papers to be fetched; a label is in the language of who wrote it."""
    return [
        {
            "label": one.label,
            "label_tag": formats.TAGS[formats.language(one.by.language)] if one.by else "",
            "tag": queries.tag(one.language) if one.language else "",
            "language": queries.called(one.language) if one.language else "",
            "is_voice": one.file.kind in SOUNDS,
            "kind": one.file.kind,
            "transcript": one.transcript,
            "address": reverse("consultations:piece", args=[reference, code, one.number]),
        }
        for one in rows
    ]


def item(
    row: Item, texts: Iterable[Text], files: Iterable[Piece], *, named: bool = True
) -> dict[str, Any]:
    """One item of the record; `named` tells whose words they are."""
    reference = row.consultation.reference
    speaker = row.representative
    return {
        "code": row.code,
        "kind": row.get_kind_display(),
        "key": row.kind,
        "day": formats.day(row.on),
        "speaker": speaker.name if named and speaker else "",
        "result": decided(row, None) if row.kind == Kind.OUTCOME else None,
        "form": row.get_form_display(),
        "shared_in": queries.called(row.shared_in) if row.shared_in else "",
        "due": formats.day(row.due_on) if row.due_on else "",
        "owner": institution(row.owner_name),
        "words": words(texts),
        "pieces": pieces(files, reference, row.code),
        "is_sealed": row.sealed_at is not None,
        "is_side": row.kind in SIDES,
        "address": reverse("consultations:item", args=[reference, row.code]),
    }


def public_items(shown: Sequence[queries.Shown], *, named: bool) -> list[dict[str, Any]]:
    """What was entered and may be read; the six sides are told by the page itself."""
    rows = (one for one in shown if one.item.kind not in SIDES)
    return [
        {
            **item(one.item, one.texts, one.pieces, named=named),
            "is_bound": one.item.kind in BOUND,
        }
        for one in rows
    ]


def record_items(consultation: Consultation, items: Sequence[Item]) -> list[dict[str, Any]]:
    """Every item this person may see, with what everybody may see of it."""
    texts = list(Text.objects.filter(item__in=items).order_by("pk"))
    files = list(Piece.objects.filter(item__in=items).select_related("file").order_by("number"))
    permitted = queries.latest([consultation])
    return [
        {
            **item(
                row,
                [one for one in texts if one.item_id == row.pk],
                [one for one in files if one.item_id == row.pk],
            ),
            "open": opened(row, permitted),
        }
        for row in items
    ]


def opened(row: Item, permitted: Mapping[Any, Permission]) -> list[Status]:
    """What everybody may see of it, in a word each."""
    if row.sealed_at:
        return [Status(_("Sealed"), "ink")]
    found = []
    if queries.given(permitted, row, Part.WORDS):
        found.append(Status(_("Everybody may read it"), "ok"))
    if queries.given(permitted, row, Part.FILES):
        found.append(Status(_("Everybody may hear or see its files"), "ok"))
    return found or [Status(_("Not public"), "plain")]


def permissions(item_: Item) -> list[tuple[Any, ...]]:
    """The history of permissions of one item, the latest first."""
    rows = Permission.objects.filter(item=item_).select_related("representative", "evidence")
    zone = item_.consultation.time_zone
    found = []
    for row in rows.order_by("-pk"):
        said = _("Permission given") if row.is_given else _("Permission taken back")
        who = row.representative.name if row.representative else ""
        parts = (said, row.get_part_display(), who, row.get_how_display())
        line = " · ".join(str(part) for part in parts if part)
        if row.evidence:
            where = [item_.consultation.reference, row.evidence.sha256]
            proof = reverse("consultations:proof", args=where)
            line = format_html('{} · <a href="{}">{}</a>', line, proof, _("The proof"))
        found.append((row.at, formats.instant(row.at, zone), line, row.is_given))
    return found


def people(consultation: Consultation) -> list[tuple[str, Any]]:
    spoken = ", ".join(queries.called(code) for code in consultation.languages)
    found = [(pgettext("consultation", "People"), consultation.people)]
    if consultation.autonym:
        found.append((_("What they call themselves"), autonym(consultation)))
    return [
        *found,
        (_("Community"), consultation.community),
        (pgettext("consultation", "Languages"), spoken),
    ]


def autonym(consultation: Consultation) -> Any:
    """What they call themselves, in the language it is in."""
    code = consultation.autonym_language
    if not code:
        return consultation.autonym
    return format_html('<span lang="{}">{}</span>', queries.tag(code), consultation.autonym)


def place(consultation: Consultation) -> list[tuple[str, str]]:
    where = queries.region(consultation.region)
    country = consultation.get_country_display()
    found = [(_("State or province"), f"{where}, {country}")]
    return [*found, *([(_("Place"), consultation.place)] if consultation.place else [])]


def calendar(consultation: Consultation) -> list[tuple[str, str]]:
    """Their own deliberation time, as it grew."""
    last = queries.last_protection(consultation)
    found = [(_("Began on"), formats.day(queries.today(consultation, at=consultation.begun_at)))]
    if last:
        first = queries.protections(consultation)[0]
        span = _("%(first)s to %(last)s") % {
            "first": formats.day(first.from_on),
            "last": formats.day(last.until_on),
        }
        found.append((_("Their own deliberation time"), span))
    if consultation.concluded_at:
        day = queries.today(consultation, at=consultation.concluded_at)
        found.append((_("Decided on"), formats.day(day)))
    return found


def speakers(rows: Iterable[Representative]) -> list[tuple[str, str]]:
    return [(one.name, one.office) for one in rows]


def follow_up(rows: Iterable[Commitment]) -> list[list[Any]]:
    """What became of each promise, out of the register of commitments."""
    return [
        [
            Link(
                trilingual.say(one.text).text,
                reverse("commitments:one", args=[one.reference]),
                one.reference,
            ),
            formats.day(one.due_on) if one.due_on else "",
            Status(str(Standing(one.status).label), "ok" if one.ended_at else "info"),
        ]
        for one in rows
    ]


def follow_head() -> list[str]:
    return [_("What was promised"), _("By"), _("How it stands")]


def found(total: int) -> str:
    said = ngettext("%(count)s consultation", "%(count)s consultations", total)
    return said % {"count": formats.number(total)}


def public_rows(many: Sequence[Consultation]) -> list[list[Any]]:
    """The public list: of each only what its people let everybody know."""
    sides = queries.open_sides(many)
    closed = Item.objects.filter(
        consultation__in=many, kind__in=(Kind.OUTCOME, Kind.WITHDRAWAL)
    ).order_by("pk")
    ends: dict[tuple[int, str], Item] = {(one.consultation_id, one.kind): one for one in closed}
    rows = []
    for one in many:
        open_ = sides[one.pk]
        told = trilingual.say(one.title)
        outcome = ends.get((one.pk, Kind.OUTCOME)) if Kind.OUTCOME in open_ else None
        is_told = bool(open_ & {Kind.WITHDRAWAL, *BOUND})
        gone = ends.get((one.pk, Kind.WITHDRAWAL)) if is_told else None
        who = f"{one.people}, {one.community}" if Kind.PEOPLE in open_ else ""
        link = Link(told.text, reverse("consultations:one", args=[one.reference]), one.reference)
        rows.append([link, who, decided(outcome, gone) or phase(one)])
    return rows


def public_head() -> list[str]:
    return [_("Consultation"), pgettext("consultation", "People"), _("How it stands")]


def desk_rows(many: Iterable[Consultation]) -> list[list[Any]]:
    return [
        [
            Link(
                trilingual.say(one.title).text,
                reverse("consultations:record", args=[one.reference]),
                one.reference,
            ),
            Noted(one.people, one.community),
            [phase(one), *([Status(_("Published"), "ok")] if one.is_published else [])],
        ]
        for one in many
    ]


def objection_rows(many: Iterable[Item]) -> list[list[Any]]:
    return [
        [
            Link(
                str(one.get_kind_display()),
                reverse("consultations:item", args=[one.consultation.reference, one.code]),
                one.consultation.reference,
            ),
            one.consultation.people,
            formats.day(one.on),
        ]
        for one in many
    ]
