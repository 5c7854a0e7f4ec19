"""The agenda: items put, changed, sealed, opened, dropped; what worked, told across the table."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people.models import User
from monarca.kit.guard import Refused, require
from monarca.kit.moving import one_at_a_time
from monarca.programmes.dialogues import policy, queries
from monarca.programmes.dialogues.actions import sealing
from monarca.programmes.dialogues.actions.holding import check_open, fresh
from monarca.programmes.dialogues.models import Edition, Item, Paper, Paragraph, Practice
from monarca.programmes.dialogues.states import Sensitivity, other


class TopicMissing(Refused):
    """An item has its topic in at least one language."""


class AlreadyKnown(Refused):
    """What both sides have read cannot become one side's own; it can be sealed, or dropped."""


class ItemIsInTheTexts(Refused):
    """An item that a paragraph of the minutes or the statement names stays as it is."""


class NotReadersOfTheEdition(Refused):
    """A sealed item is read only by people who read its edition."""


@dataclass(frozen=True, slots=True)
class Topic:
    """What an item says; `readers` beside whoever seals it, when it is sealed."""

    topic: Mapping[str, str]
    sensitivity: str = Sensitivity.OPEN.value
    lead_canada: str = ""
    lead_mexico: str = ""
    readers: tuple[User, ...] = ()


@transaction.atomic
def put(edition: Edition, given: Topic, *, by: User, at: datetime, code: str = "") -> Item:
    """Put an item on the agenda for one's own side; with the same `code` twice it is put once.

    Raises `TopicMissing`, `NotReadersOfTheEdition` and `EditionIsClosed`.
    """
    side = policy.speaks_for(by, edition, at=at)
    require(bool(side))
    check_open(edition)
    _check(given)
    one_at_a_time(f"dialogues.agenda:{edition.pk}")
    known = Item.objects.filter(edition=edition, code=code, put_by=by, dropped_at=None).first()
    if known is not None:
        return known
    taken = Item.objects.filter(code=code).exists()
    last = Item.objects.filter(edition=edition).aggregate(last=Max("position"))["last"]
    item = Item.objects.create(
        edition=edition,
        code=fresh() if taken or not code else code,
        position=(last or 0) + 1,
        side=side,
        topic=dict(given.topic),
        lead_canada=given.lead_canada.strip(),
        lead_mexico=given.lead_mexico.strip(),
        sensitivity=given.sensitivity,
        put_at=at,
        put_by=by,
    )
    record("item.put", item, by=by, at=at, edition=edition.pk, sensitivity=item.sensitivity)
    if item.sensitivity == Sensitivity.SEALED:
        _open_to(item, given.readers, by=by, at=at)
    return item


def _check(given: Topic) -> None:
    if not any(words.strip() for words in given.topic.values()):
        raise TopicMissing


def _open_to(item: Item, readers: Iterable[User], *, by: User, at: datetime) -> None:
    """Name the readers of a sealed item, whoever seals it among them, and nobody else."""
    named = {user.pk: user for user in (by, *readers)}
    side = policy.speaks_for(by, item.edition, at=at)
    allowed = queries.may_be_named(item.edition, side=side, at=at)
    known = set(allowed.values_list("pk", flat=True)) | {by.pk}
    if not set(named) <= known:
        raise NotReadersOfTheEdition
    sealing.keep_item(item, named.values(), by=by, at=at)


@transaction.atomic
def change(item: Item, given: Topic, *, by: User, at: datetime) -> Item:
    """Other words, leads, or another way of being read.

    Sealing an item leaves the other side its own papers, as papers on the whole meeting.
    What both sides have read cannot become internal (`AlreadyKnown`); what a text names cannot
    be sealed (`ItemIsInTheTexts`). Raises `TopicMissing`, `NotReadersOfTheEdition` and
    `EditionIsClosed` too.
    """
    require(policy.may_change_item(by, item, at=at))
    check_open(item.edition)
    _check(given)
    held = Item.objects.select_for_update().get(pk=item.pk)
    _check_reading(held, given.sensitivity)
    if (held.sensitivity, given.sensitivity) == (Sensitivity.OPEN, Sensitivity.SEALED):
        _leave_papers(held, by=by, at=at)
    held.topic = dict(given.topic)
    held.lead_canada, held.lead_mexico = given.lead_canada.strip(), given.lead_mexico.strip()
    held.sensitivity = given.sensitivity
    held.save(update_fields=["topic", "lead_canada", "lead_mexico", "sensitivity"])
    if held.sensitivity == Sensitivity.SEALED:
        _open_to(held, given.readers, by=by, at=at)
    else:
        people.keep_to((), held, by=by, at=at)
    record("item.changed", held, by=by, at=at, sensitivity=held.sensitivity)
    item.refresh_from_db()
    return held


def _leave_papers(held: Item, *, by: User, at: datetime) -> None:
    """Papers of the other side stay theirs, on the whole meeting: one side seals no other's words.

    A refusal would tell of papers that were never shared.
    """
    papers = Paper.objects.filter(item=held, side=other(held.side)).order_by("pk")
    for paper in papers:
        paper.item = None
        paper.save(update_fields=["item"])
        record("paper.left", paper, by=by, at=at, item=held.pk)


def _check_reading(held: Item, wanted: str) -> None:
    if wanted == held.sensitivity:
        return
    if wanted == Sensitivity.INTERNAL:
        raise AlreadyKnown
    if Paragraph.objects.filter(item=held).exists():
        raise ItemIsInTheTexts


@transaction.atomic
def drop(item: Item, *, by: User, at: datetime) -> Item:
    """Take an item off the agenda. Raises `ItemIsInTheTexts` and `EditionIsClosed`."""
    require(policy.may_change_item(by, item, at=at))
    check_open(item.edition)
    if Paragraph.objects.filter(item=item).exists() or queries.has_minutes(item):
        raise ItemIsInTheTexts
    item.dropped_at = at
    item.save(update_fields=["dropped_at"])
    record("item.dropped", item, by=by, at=at)
    return item


@dataclass(frozen=True, slots=True)
class Worked:
    """A practice that worked: what it is, how, and where more of it stands."""

    title: Mapping[str, str]
    text: Mapping[str, str]
    url: str = ""


@transaction.atomic
def share_practice(edition: Edition, given: Worked, *, by: User, at: datetime) -> Practice:
    """Tell the other side what worked. Raises `TopicMissing` and `EditionIsClosed`."""
    side = policy.speaks_for(by, edition, at=at)
    require(bool(side))
    check_open(edition)
    if not all(any(words.strip() for words in one.values()) for one in (given.title, given.text)):
        raise TopicMissing
    made = Practice.objects.create(
        edition=edition,
        code=fresh(),
        side=side,
        title=dict(given.title),
        text=dict(given.text),
        url=given.url.strip(),
        shared_at=at,
        shared_by=by,
    )
    record("practice.shared", made, by=by, at=at, edition=edition.pk, side=side)
    return made
