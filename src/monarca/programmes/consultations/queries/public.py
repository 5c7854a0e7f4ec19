"""What everybody may read: what the people permit, of what a manager published, and no more."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, QuerySet, Subquery

from monarca.programmes.consultations.models import (
    Consultation,
    Entry,
    Item,
    Permission,
    Piece,
    Text,
)
from monarca.programmes.consultations.queries.finding import bound, withdrawal
from monarca.programmes.consultations.states import BOUND, Kind, Part

type Key = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Shown:
    """One item with the words and the files that may be read of it."""

    item: Item
    texts: tuple[Text, ...]
    pieces: tuple[Piece, ...]


def latest(consultations: Iterable[Consultation]) -> Mapping[Key, Permission]:
    """The permission in force, given or taken back, of each part of each item."""
    rows = Permission.objects.filter(item__consultation__in=[one.pk for one in consultations])
    ordered = rows.select_related("representative", "evidence").order_by("pk")
    return {(row.item_id, row.part): row for row in ordered}


def given(permissions: Mapping[Key, Permission], item: Item, part: str) -> Permission | None:
    """The people's yes to this part of this item; nothing of a sealed one."""
    found = permissions.get((item.pk, part))
    return found if found and found.is_given and item.sealed_at is None else None


def public() -> QuerySet[Consultation]:
    """Published, and the people permit that everybody knows of it; the latest first."""
    said = Permission.objects.filter(
        item__consultation=OuterRef("pk"), item__kind=Kind.EXISTENCE, part=Part.WORDS
    ).order_by("-pk")
    rows = Consultation.objects.filter(is_published=True, is_sealed=False)
    rows = rows.alias(permitted=Subquery(said.values("is_given")[:1])).filter(permitted=True)
    return rows.order_by("-begun_at", "-pk")


def in_register(rows: QuerySet[Consultation]) -> list[tuple[Consultation, Entry]]:
    """Those of them that everybody may know of and that have an entry, with it."""
    many = list(public().filter(pk__in=rows.order_by().values("pk")))
    entries = {one.consultation_id: one for one in Entry.objects.filter(consultation__in=many)}
    return [(one, entries[one.pk]) for one in many if one.pk in entries]


def open_sides(consultations: Iterable[Consultation]) -> Mapping[int, frozenset[str]]:
    """Which kinds of items of each have words that everybody may read."""
    many = list(consultations)
    permitted = latest(many)
    found: dict[int, set[str]] = {one.pk: set() for one in many}
    untold = _untold(many)
    for item in Item.objects.filter(consultation__in=list(found)).order_by("pk"):
        is_untold = item.kind in BOUND and item.consultation_id in untold
        if given(permitted, item, Part.WORDS) and not is_untold:
            found[item.consultation_id].add(item.kind)
    return {key: frozenset(kinds) for key, kinds in found.items()}


def shown(consultation: Consultation) -> tuple[Shown, ...]:
    """Every item of a public consultation with what may be read of it, by day.

    A permission is about what stood there when it was given: words and files added since wait
    for another. Where the withdrawal of consent is sealed, nothing of that consent is shown.
    """
    permitted = latest([consultation])
    tied = [one.pk for one in bound(consultation)] if _untold([consultation]) else []
    rows = Item.objects.filter(consultation=consultation, sealed_at=None).exclude(pk__in=tied)
    items = list(rows.order_by("on", "pk"))
    texts = Text.objects.filter(item__in=items).order_by("pk")
    pieces = Piece.objects.filter(item__in=items).select_related("file").order_by("number")
    found = []
    for item in items:
        words = given(permitted, item, Part.WORDS)
        files = given(permitted, item, Part.FILES)
        if words or files:
            said = [one for one in texts if words and _covers(words, item, one)]
            held = [one for one in pieces if files and _covers(files, item, one)]
            found.append(Shown(item, tuple(said), tuple(held)))
    return tuple(found)


def _untold(consultations: Iterable[Consultation]) -> frozenset[int]:
    """Of which of them consent was withdrawn, and nobody may be told."""
    rows = Item.objects.filter(consultation__in=[one.pk for one in consultations])
    sealed = rows.filter(kind=Kind.WITHDRAWAL, sealed_at__isnull=False)
    return frozenset(sealed.order_by().values_list("consultation", flat=True))


def withdrawn_from(consultation: Consultation, rows: Iterable[Shown]) -> Item | None:
    """The withdrawal, where it is shown or where something of the consent that stood is."""
    kept = {one.item.pk for one in rows}
    found = withdrawal(consultation)
    if found is None or not kept & {found.pk, *(one.pk for one in bound(consultation))}:
        return None
    return found


def _covers(permission: Permission, item: Item, row: Text | Piece) -> bool:
    return row.item_id == item.pk and row.at <= permission.at


def permitted_at(consultation: Consultation, kind: str) -> datetime | None:
    """Since when everybody may read this side of the file; None while nobody may."""
    permitted = latest([consultation])
    item = Item.objects.filter(consultation=consultation, kind=kind).get()
    found = given(permitted, item, Part.WORDS)
    return found.at if found else None


def public_piece(reference: str, code: str, number: int) -> Piece | None:
    """A recording or paper that everybody may have; None for anything else."""
    consultation = public().filter(reference=reference).first()
    if consultation is None:
        return None
    pieces = (one for each in shown(consultation) if each.item.code == code for one in each.pieces)
    return next((one for one in pieces if one.number == number), None)


def is_lent(item: Item) -> bool:
    """May everybody read what was promised here? It names the people and the matter too.

    Of a condition of consent that was withdrawn never: the register cannot say that it was.
    """
    consultation = item.consultation
    if item.kind in BOUND and withdrawal(consultation):
        return False
    if not (consultation.is_published and public().filter(pk=consultation.pk).exists()):
        return False
    permitted = latest([consultation])
    people = Item.objects.get(consultation=consultation, kind=Kind.PEOPLE)
    return bool(given(permitted, people, Part.WORDS) and given(permitted, item, Part.WORDS))
