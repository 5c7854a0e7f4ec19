"""Agreed texts: begun, worded, agreed paragraph by paragraph in each language, adopted."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max

from monarca.ground.journal.actions import record
from monarca.ground.people.models import User
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.kit.moving import one_at_a_time
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions.asking import ask_the_other_side
from monarca.programmes.dialogues.actions.holding import check_open, fresh
from monarca.programmes.dialogues.models import (
    Accord,
    Edition,
    Item,
    Paragraph,
    Text,
    Wording,
)
from monarca.programmes.dialogues.states import (
    OURS,
    Sensitivity,
    Stage,
    Texts,
)


class AlreadyBegunText(Refused):
    """An edition has one statement, one position, one set of minutes; so has a sealed item."""


class LanguagesWrong(Refused):
    """A statement is agreed in Spanish, English and French; minutes in at least one of them."""


class OnlySealedHaveOwnMinutes(Refused):
    """Minutes of their own are for sealed items; others stand in the minutes of the meeting."""


class TextIsFinal(Refused):
    """What both sides adopted is not worded again."""


class WordingHasChanged(Refused):
    """Somebody worded the paragraph anew since the page was read."""


class WordingUnchanged(Refused):
    """Not a word was changed: what both sides agreed stays agreed."""


class NothingToAgree(Refused):
    """There are no words in this language yet."""


class AgreedForTheOtherSide(Refused):
    """One person does not agree for both sides."""


@dataclass(frozen=True, slots=True)
class Owed:
    """Who owes a promise on one side: an institution, and the person who is asked about it."""

    side: str
    name: str
    user: User | None = None


@dataclass(frozen=True, slots=True)
class Terms:
    """What turns a paragraph into a promise; `is_public` once the text is."""

    due_on: date | None = None
    pillar: str = ""
    aims: tuple[str, ...] = ()
    owners: tuple[Owed, ...] = ()
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph in its languages; with `terms` it is a promise; `item` is an open item."""

    texts: Mapping[str, str]
    terms: Terms | None = None
    item: Item | None = None
    after: Paragraph | None = field(default=None, compare=False)


@transaction.atomic
def begin(
    edition: Edition,
    kind: str,
    *,
    by: User,
    at: datetime,
    languages: tuple[str, ...] = trilingual.LANGUAGES,
    item: Item | None = None,
) -> Text:
    """Begin a text that both sides will agree.

    Raises `LanguagesWrong`, `AlreadyBegunText`, `OnlySealedHaveOwnMinutes`, `EditionIsClosed`.
    """
    require(bool(policy.speaks_for(by, edition, at=at)))
    check_open(edition)
    _check_languages(kind, languages)
    if item is not None:
        require(queries.items_visible_to(by, at=at).filter(pk=item.pk, edition=edition).exists())
        if item.sensitivity != Sensitivity.SEALED or kind != Texts.MINUTES:
            raise OnlySealedHaveOwnMinutes
    one_at_a_time(f"dialogues.text:{edition.pk}")
    if Text.objects.filter(edition=edition, kind=kind, item=item).exists():
        raise AlreadyBegunText
    text = Text.objects.create(
        edition=edition,
        item=item,
        kind=kind,
        code=fresh(),
        languages=[code for code in trilingual.LANGUAGES if code in languages],
        language_count=len(languages),
        status=Stage.DRAFT,
        begun_at=at,
        begun_by=by,
    )
    record("text.begun", text.item or text, by=by, at=at, kind=kind)
    return text


def _check_languages(kind: str, languages: tuple[str, ...]) -> None:
    known = set(languages) <= set(trilingual.LANGUAGES) and len(set(languages)) == len(languages)
    fewest = 1 if kind == Texts.MINUTES else len(trilingual.LANGUAGES)
    if not known or len(languages) < fewest:
        raise LanguagesWrong


@transaction.atomic
def add(text: Text, given: Words, *, by: User, at: datetime) -> Paragraph:
    """Propose another paragraph, last or after another; nobody has agreed it yet.

    Raises `TextIsFinal`, `NothingToAgree` and `EditionIsClosed`.
    """
    side = may_word(text, by=by, at=at)
    if not any(given.texts.get(code, "").strip() for code in text.languages):
        raise NothingToAgree
    if given.item is not None:
        open_items = queries.items_visible_to(by, at=at).filter(sensitivity=Sensitivity.OPEN)
        require(open_items.filter(pk=given.item.pk, edition=text.edition_id).exists())
    paragraph = Paragraph.objects.create(
        text=text,
        item=given.item,
        code=fresh(),
        position=_place(text, given.after),
        is_promise=given.terms is not None,
    )
    _wording(paragraph, given, side, by=by, at=at)
    record("paragraph.added", paragraph, by=by, at=at, text=text.pk, side=side)
    return paragraph


def may_word(text: Text, *, by: User, at: datetime) -> str:
    """The side that words it; the text is locked until the act ends."""
    require(policy.may_word(by, text, at=at))
    held = Text.objects.select_for_update().get(pk=text.pk)
    if held.status == Stage.FINAL:
        raise TextIsFinal
    if held.item_id is None:
        check_open(held.edition)
    return policy.speaks_for(by, held.edition, at=at)


def _place(text: Text, after: Paragraph | None) -> int:
    """The position behind `after` (others move down), or behind the last one."""
    rows = Paragraph.objects.filter(text=text)
    if after is None or after.text_id != text.pk:
        return int(rows.aggregate(last=Max("position"))["last"] or 0) + 1
    for row in rows.filter(position__gt=after.position).order_by("position", "pk"):
        row.position += 1
        row.save(update_fields=["position"])
    return after.position + 1


def _wording(paragraph: Paragraph, given: Words, side: str, *, by: User, at: datetime) -> Wording:
    return Wording.objects.create(
        paragraph=paragraph,
        round=paragraph.round,
        texts=_told(paragraph, given),
        terms=_kept(given.terms) if paragraph.is_promise else {},
        side=side,
        by=by,
        at=at,
    )


def _told(paragraph: Paragraph, given: Words) -> dict[str, str]:
    """The words in the languages of the text, with the line ends of every machine alike."""
    kept = ((code, given.texts.get(code, "")) for code in paragraph.text.languages)
    return {code: "\n".join(text.strip().splitlines()) for code, text in kept if text.strip()}


def _kept(terms: Terms | None) -> dict[str, Any]:
    """The terms of a promise as plain data."""
    terms = terms or Terms()
    return {
        "due_on": terms.due_on.isoformat() if terms.due_on else "",
        "pillar": terms.pillar,
        "aims": sorted(set(terms.aims)),
        "owners": [
            {"side": one.side, "name": one.name.strip(), "user": one.user.pk if one.user else None}
            for one in terms.owners
            if one.name.strip()
        ],
        "is_public": terms.is_public,
    }


@transaction.atomic
def word(paragraph: Paragraph, given: Words, *, seen: int, by: User, at: datetime) -> Wording:
    """Word a paragraph anew: every agreement of it falls, of both sides, in all languages.

    No words in any language propose to strike it out. `seen` is the round that was read.
    Raises `WordingUnchanged`, `WordingHasChanged`, `TextIsFinal` and `EditionIsClosed`.
    """
    side = may_word(paragraph.text, by=by, at=at)
    held = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if held.round != seen:
        raise WordingHasChanged
    given = _still_asked(held, given, side, at=at)
    _check_changed(held, given)
    held.round += 1
    held.save(update_fields=["round"])
    wording = _wording(held, given, side, by=by, at=at)
    record("paragraph.worded", held, by=by, at=at, round=held.round, side=side)
    paragraph.refresh_from_db()
    return wording


def _still_asked(paragraph: Paragraph, given: Words, side: str, *, at: datetime) -> Words:
    """Whoever is asked for an institution stays asked when this side does not know the person."""
    if given.terms is None:
        return given
    edition = paragraph.text.edition
    known = queries.may_be_named(edition, side=side, at=at).values_list("pk", flat=True)
    ours = queries.may_be_named(edition, side=OURS, at=at).exclude(pk__in=list(known))
    hidden = {user.pk: user for user in ours}
    before = Wording.objects.get(paragraph=paragraph, round=paragraph.round).terms
    asked = {
        (one["side"], one["name"]): hidden.get(one["user"]) for one in before.get("owners", ())
    }
    owners = tuple(
        replace(one, user=one.user or asked.get((one.side, one.name.strip())))
        for one in given.terms.owners
    )
    return replace(given, terms=replace(given.terms, owners=owners))


def _check_changed(paragraph: Paragraph, given: Words) -> None:
    last = Wording.objects.get(paragraph=paragraph, round=paragraph.round)
    terms = _kept(given.terms) if paragraph.is_promise else {}
    before = {code: "\n".join(text.splitlines()) for code, text in last.texts.items()}
    if (_told(paragraph, given), _in_order(terms)) == (before, _in_order(last.terms)):
        raise WordingUnchanged


def _in_order(terms: Mapping[str, Any]) -> dict[str, Any]:
    """Terms whose owners stand in one order, to be compared."""
    owners = sorted(terms.get("owners", ()), key=lambda one: (one["side"], one["name"]))
    return {**terms, "owners": owners}


@transaction.atomic
def agree(
    paragraph: Paragraph, *, languages: tuple[str, ...], seen: int, by: User, at: datetime
) -> tuple[Accord, ...]:
    """Agree these language versions of a paragraph for one's own side, as they were read.

    Agreeing twice is agreeing once. Raises `WordingHasChanged`, `NothingToAgree`,
    `AgreedForTheOtherSide`, `TextIsFinal` and `EditionIsClosed`.
    """
    side = may_word(paragraph.text, by=by, at=at)
    held = Paragraph.objects.select_for_update().get(pk=paragraph.pk)
    if held.round != seen:
        raise WordingHasChanged
    standing = queries.standing_of(held)
    given = {(row.language, row.side): row for row in _given(held)}
    if any(row.by_id == by.pk and row.side != side for row in given.values()):
        raise AgreedForTheOtherSide
    words = {cell.language: cell.text for cell in standing.cells}
    for code in languages:
        if code not in words or not (words[code].strip() or standing.is_struck):
            raise NothingToAgree
    made = tuple(
        Accord.objects.create(
            paragraph=held, round=held.round, language=code, side=side, by=by, at=at
        )
        for code in dict.fromkeys(languages)
        if (code, side) not in given
    )
    facts: dict[str, Any] = {
        "languages": [one.language for one in made],
        "side": side,
        "round": held.round,
    }
    record("paragraph.agreed", held, by=by, at=at, **facts)
    return made


def _given(paragraph: Paragraph) -> list[Accord]:
    return list(Accord.objects.filter(paragraph=paragraph, round=paragraph.round))


@transaction.atomic
def agree_read(
    text: Text, ticked: Iterable[tuple[Paragraph, int, str]], *, by: User, at: datetime
) -> int:
    """Agree all that was ticked, each as it was read, or nothing; how many are new.

    Whoever completes the agreement of their side has the other side asked for its own.
    Raises what `agree` does.
    """
    require(policy.may_word(by, text, at=at))
    wanted: dict[tuple[int, int], tuple[Paragraph, list[str]]] = {}
    for paragraph, seen, language in ticked:
        wanted.setdefault((paragraph.pk, seen), (paragraph, []))[1].append(language)
    made = [
        agree(paragraph, languages=tuple(codes), seen=seen, by=by, at=at)
        for (_pk, seen), (paragraph, codes) in wanted.items()
    ]
    count = sum(len(each) for each in made)
    record("text.agreed", text.item or text, by=by, at=at, count=count)
    if count:
        ask_the_other_side(text, policy.speaks_for(by, text.edition, at=at), by=by, at=at)
    return count
