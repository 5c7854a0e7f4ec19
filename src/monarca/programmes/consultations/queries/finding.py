"""Gate 1: which consultations and items a person may read, and what waits on the desk."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.files.models import File
from monarca.ground.journal.actions import label
from monarca.ground.people import queries as people
from monarca.ground.people.models import Access, Mission, User
from monarca.ground.people.states import Effects, Roles
from monarca.kit.paging import Inbox
from monarca.programmes.consultations.models import (
    Consultation,
    Entry,
    Interpreter,
    Item,
    Permission,
    Piece,
    Protection,
    Representative,
    Version,
)
from monarca.programmes.consultations.states import BOUND, Kind, Phase

RUNNERS = (Roles.COORDINATOR, Roles.MANAGER)


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Consultation]:
    """Whose whole record this person reads: their mission's, and those they are named in.

    A sealed one only who is named; who is barred none. What everybody reads is `public`.
    """
    if user is None or not user.is_authenticated:
        return Consultation.objects.none()
    opened = people.opened_to(user, Consultation, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Consultation, at=at).order_by().values("subject_id")
    ours = Q(mission__in=people.missions_of(user, at=at).order_by().values("pk"), is_sealed=False)
    rows = Consultation.objects.filter(Q(pk__in=opened) | ours).exclude(pk__in=closed)
    return rows.order_by("-begun_at", "-pk")


def items_visible_to(user: User | None, *, at: datetime) -> QuerySet[Item]:
    """The items of those records; a sealed one only for its readers by name."""
    if user is None or not user.is_authenticated:
        return Item.objects.none()
    seen = visible_to(user, at=at).order_by().values("pk")
    opened = people.opened_to(user, Item, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Item, at=at).order_by().values("subject_id")
    rows = Item.objects.filter(consultation__in=seen).filter(Q(sealed_at=None) | Q(pk__in=opened))
    return rows.exclude(pk__in=closed).order_by("on", "pk")


def readers_of(subject: Consultation | Item, *, at: datetime) -> QuerySet[User]:
    """Who is named as a reader of this record or item."""
    rows = Access.objects.in_force(at).filter(
        kind=subject._meta.label_lower, subject_id=subject.pk, effect=Effects.READER
    )
    return User.objects.filter(pk__in=rows.values("user")).order_by("name", "pk")


def knowing(item: Item, *, at: datetime) -> QuerySet[User]:
    """Who is named as a reader of a sealed item, or of the sealed record that it stands in."""
    return readers_of(item if item.sealed_at else item.consultation, at=at)


def said_about(item: Item) -> list[Item]:
    """What was said about it, and about that in turn, in the order it was entered."""
    found: list[Item] = []
    asked = [item.pk]
    while asked:
        rows = list(Item.objects.filter(about__in=asked).order_by("pk"))
        found += rows
        asked = [one.pk for one in rows]
    return found


def named_in(user: User | None, *, at: datetime) -> QuerySet[Consultation]:
    """The records a person is named in as a reader: theirs to look after."""
    if user is None or not user.is_authenticated:
        return Consultation.objects.none()
    opened = people.opened_to(user, Consultation, at=at).order_by().values("subject_id")
    return visible_to(user, at=at).filter(pk__in=opened)


def run_by(user: User, *, at: datetime) -> QuerySet[Consultation]:
    """The records this person works on at a mission."""
    held = people.roles_of(user, at=at).filter(role__in=RUNNERS).order_by().values("mission")
    return visible_to(user, at=at).filter(mission__in=held)


def missions_run(user: User, *, at: datetime) -> QuerySet[Mission]:
    """Where this person may begin one."""
    held = people.roles_of(user, at=at).filter(role__in=RUNNERS).order_by().values("mission")
    return Mission.objects.filter(pk__in=held).order_by("code")


def today(consultation: Consultation, *, at: datetime) -> date:
    """The day it is where the community lives."""
    return at.astimezone(ZoneInfo(consultation.time_zone)).date()


def representatives(consultation: Consultation, *, at: datetime) -> QuerySet[Representative]:
    """Who speaks for the people now."""
    rows = Representative.objects.in_force(at).filter(consultation=consultation)
    return rows.select_related("user").order_by("since", "pk")


def speaks(user: User | None, consultation: Consultation, *, at: datetime) -> bool:
    """Is this person one of the people's representatives, with an account of their own?"""
    return speaker(user, consultation, at=at) is not None


def speaker(
    user: User | None, consultation: Consultation, *, at: datetime
) -> Representative | None:
    if user is None:
        return None
    return representatives(consultation, at=at).filter(user=user).first()


def interpreters(consultation: Consultation) -> QuerySet[Interpreter]:
    return Interpreter.objects.filter(consultation=consultation).order_by("at", "pk")


def versions(consultation: Consultation) -> QuerySet[Version]:
    return Version.objects.filter(consultation=consultation).order_by("-number")


def protections(consultation: Consultation) -> QuerySet[Protection]:
    """Every span of the people's own time, as it was entered."""
    return Protection.objects.filter(consultation=consultation).order_by("pk")


def running(consultation: Consultation, on: date) -> Protection | None:
    """The span that holds this day and lasts longest; None when the day is everybody's."""
    rows = Protection.objects.filter(consultation=consultation, from_on__lte=on, until_on__gte=on)
    return rows.order_by("-until_on", "-pk").first()


def last_protection(consultation: Consultation) -> Protection | None:
    """The span that ends last."""
    rows = Protection.objects.filter(consultation=consultation)
    return rows.order_by("-until_on", "-pk").first()


def side(consultation: Consultation, kind: str) -> Item:
    """One of the six sides of the file itself."""
    return Item.objects.filter(kind=kind).get(consultation=consultation)


def outcome(consultation: Consultation) -> Item | None:
    return Item.objects.filter(consultation=consultation, kind=Kind.OUTCOME).first()


def withdrawal(consultation: Consultation) -> Item | None:
    return Item.objects.filter(consultation=consultation, kind=Kind.WITHDRAWAL).first()


def bound(consultation: Consultation) -> list[Item]:
    """What depends on consent: outcome and conditions, and what was said about them."""
    rows = Item.objects.filter(consultation=consultation, kind__in=BOUND).order_by("pk")
    found = {one.pk: one for row in rows for one in (row, *said_about(row))}
    return list(found.values())


def entry_of(consultation: Consultation) -> Entry | None:
    return Entry.objects.filter(consultation=consultation).first()


def piece_of(item: Item, number: int) -> Piece | None:
    return Piece.objects.filter(item=item, number=number).select_related("file").first()


def proofs(consultation: Consultation, items: QuerySet[Item]) -> QuerySet[File]:
    """Papers and voices that prove a wish, of the record and of these items."""
    own = items.order_by().values("pk")
    held = (
        Protection.objects.filter(consultation=consultation).values("evidence"),
        Permission.objects.filter(item__in=own).values("evidence"),
        Item.objects.filter(pk__in=own).values("evidence"),
    )
    found = Q(pk__in=held[0]) | Q(pk__in=held[1]) | Q(pk__in=held[2])
    return File.objects.filter(found).order_by("pk")


def promised(items: Iterable[Item], known: QuerySet[Commitment]) -> QuerySet[Commitment]:
    """The commitments that these items deposited, among those that are `known`."""
    return known.filter(source__in=[label(one) for one in items])


def owing(rows: QuerySet[Commitment], user: User, *, at: datetime) -> QuerySet[Owner]:
    """Where this person is asked how far one of these commitments is."""
    held = Owner.objects.in_force(at).filter(user=user)
    return held.filter(commitment__in=rows.order_by().values("pk")).order_by("pk")


def to_start(*, at: datetime) -> list[Consultation]:
    """Those whose own deliberation time has begun while the phase still says information."""
    rows = Consultation.objects.filter(status=Phase.INFORMATION).order_by("pk")
    return [one for one in rows if running(one, today(one, at=at))]


def objections(user: User, *, at: datetime) -> QuerySet[Item]:
    """Objections of the peoples that nobody of the mission has answered."""
    answered = Item.objects.filter(about=OuterRef("pk"), kind=Kind.ADDITION)
    rows = items_visible_to(user, at=at).filter(kind=Kind.OBJECTION)
    ours = run_by(user, at=at).order_by().values("pk")
    return rows.filter(consultation__in=ours).filter(~Exists(answered))


def deliberated(user: User, *, at: datetime) -> QuerySet[Consultation]:
    """Whose own time is over: the dialogue may begin. A day later everywhere, to be safe."""
    later = Protection.objects.filter(consultation=OuterRef("pk"), until_on__gte=at.date())
    rows = run_by(user, at=at).filter(status=Phase.DELIBERATION)
    return rows.filter(~Exists(later))


def inbox(user: User, *, at: datetime) -> tuple[Inbox, ...]:
    """What waits for whoever runs consultations."""
    if not people.held(user, at=at) & frozenset(RUNNERS):
        return ()
    desk = reverse("consultations:desk")
    return (
        Inbox(
            "objections",
            _("Objections of a consulted people to answer"),
            objections(user, at=at),
            f"{desk}?view=objections",
        ),
        Inbox(
            "deliberated",
            _("Consultations whose own deliberation time is over"),
            deliberated(user, at=at),
            f"{desk}?view=deliberated",
        ),
    )
