"""Questions about envelopes: what is reserved, committed, paid, and what is left."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, QuerySet, Sum

from monarca.ground.envelopes.models import Envelope, Movement
from monarca.ground.envelopes.states import Kinds
from monarca.ground.people import queries as people
from monarca.ground.people.models import User


@dataclass(frozen=True, slots=True)
class Balance:
    """CAD cents of one envelope. `promised` = reserved and committed, less what was released."""

    total_cents: int
    promised_cents: int
    paid_cents: int
    recovered_cents: int

    @property
    def left_cents(self) -> int:
        return self.total_cents - self.promised_cents


def visible_to(user: User, *, at: datetime) -> QuerySet[Envelope]:
    """The envelopes of the missions whose files this person may see by role."""
    missions = people.missions_of(user, at=at).order_by().values("pk")
    rows = Envelope.objects.filter(mission__in=missions).select_related("mission")
    return rows.order_by("-fiscal_year", "mission_id")


def told_to(user: User, *, at: datetime) -> QuerySet[Movement]:
    """The movements this person may read: no line and no sum betrays a file kept from them.

    An act that asks whether money is left counts all of them.
    """
    return Movement.objects.exclude(file__in=people.kept_from(user, at=at)).order_by("at", "pk")


def balance(envelope: Envelope, told: QuerySet[Movement] | None = None) -> Balance:
    """The envelope's sums: all there is, or what is told to somebody."""
    rows = Movement.objects.all() if told is None else told
    return _balance(envelope, by_kind(rows.filter(envelope=envelope)))


def balances(
    rows: Iterable[Envelope], told: QuerySet[Movement]
) -> Iterator[tuple[Envelope, Balance]]:
    """Each envelope with its sums; however many there are, their movements are added at once."""
    envelopes = list(rows)
    moved = told.filter(envelope__in=envelopes).order_by()
    found: dict[int, dict[str, int]] = {}
    for row in moved.values("envelope", "kind").annotate(cents=Sum("cents")):
        found.setdefault(row["envelope"], {})[row["kind"]] = row["cents"]
    for envelope in envelopes:
        sums = dict.fromkeys(Kinds.values, 0) | found.get(envelope.pk, {})
        yield envelope, _balance(envelope, sums)


def _balance(envelope: Envelope, sums: Mapping[str, int]) -> Balance:
    promised = sums[Kinds.RESERVED] + sums[Kinds.COMMITTED] - sums[Kinds.RELEASED]
    return Balance(envelope.cents, promised, sums[Kinds.PAID], sums[Kinds.RECOVERED])


def of_record(subject: Model) -> dict[str, int]:
    """CAD cents by kind that one record deposited."""
    label = f"{subject._meta.label_lower}:{subject.pk}"
    return by_kind(Movement.objects.filter(subject=label))


def of_file(file: Model) -> dict[str, int]:
    """CAD cents by kind that concern one application, whichever room deposited them."""
    label = f"{file._meta.label_lower}:{file.pk}"
    return by_kind(Movement.objects.filter(file=label))


def movements_of(file: Model) -> QuerySet[Movement]:
    """Every movement that concerns one application, oldest first."""
    label = f"{file._meta.label_lower}:{file.pk}"
    return Movement.objects.filter(file=label).order_by("at", "pk")


def by_kind(rows: QuerySet[Movement]) -> dict[str, int]:
    sums = dict.fromkeys(Kinds.values, 0)
    found = rows.order_by().values("kind").annotate(cents=Sum("cents"))
    sums.update({row["kind"]: row["cents"] for row in found})
    return sums


def ledger(envelope: Envelope, told: QuerySet[Movement]) -> QuerySet[Movement]:
    return told.filter(envelope=envelope).order_by("at", "pk")
