"""The register as people look through it: narrowed, in order, and counted for its plots."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Exists, F, Max, Min, OrderBy, OuterRef, Prefetch, Q, QuerySet
from django.db.models.functions import ExtractQuarter, ExtractYear, TruncDate

from monarca.engines import spelling
from monarca.ground.commitments.models import Aim, Commitment, Owner
from monarca.ground.commitments.states import OPEN, Status, aims_in
from monarca.kit import formats

OVERDUE = "overdue"
"""Asked for like a status: open, and its day has passed."""

MOST_WORDS = 8
NARROW = ("reference", "text", "status", "due_on", "origin", "source_name", "is_public")
"""What a line of a list prints; the rest of a row is not read."""


@dataclass(frozen=True, slots=True)
class Filter:
    """What a reader asked for; empty means everything. `language` is the reader's."""

    aim: str = ""
    origin: str = ""
    pillar: str = ""
    side: str = ""
    status: str = ""
    year: str = ""
    words: str = ""
    sort: str = ""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Share:
    """How many of one kind stand how: one line of a plot."""

    key: str
    kept: int = 0
    open: int = 0
    overdue: int = 0
    missed: int = 0
    withdrawn: int = 0

    @property
    def total(self) -> int:
        return self.kept + self.open + self.overdue + self.missed + self.withdrawn


@dataclass(frozen=True, slots=True)
class Overview:
    """The register in numbers: by status, by pillar, by aim."""

    statuses: Mapping[str, int]
    pillars: tuple[Share, ...]
    aims: tuple[Share, ...]

    @property
    def total(self) -> int:
        return sum(self.statuses.values())


@dataclass(frozen=True, slots=True)
class Ended:
    """What ended in one quarter of a year: kept by its day, kept after it, in part, not at all."""

    year: int
    quarter: int
    in_time: int
    late: int
    partly: int
    missed: int


ORDERS: Mapping[str, tuple[OrderBy | str, ...]] = {
    "": (F("due_on").asc(nulls_last=True), "pk"),
    "latest": ("-promised_on", "-pk"),
    "ended": (F("ended_at").desc(nulls_last=True), "-pk"),
}


def is_overdue(on: date) -> Q:
    return Q(status__in=OPEN, due_on__lt=on)


def narrowed(rows: QuerySet[Commitment], wanted: Filter, *, on: date) -> QuerySet[Commitment]:
    """The rows a reader asked for, in the order they asked for; `on` is today."""
    for name in ("origin", "pillar"):
        if value := getattr(wanted, name):
            rows = rows.filter(**{name: value})
    if wanted.status:
        late = wanted.status == OVERDUE
        rows = rows.filter(is_overdue(on) if late else Q(status=wanted.status))
    if wanted.aim:
        rows = rows.filter(Exists(Aim.objects.filter(commitment=OuterRef("pk"), aim=wanted.aim)))
    if wanted.side:
        held = Owner.objects.filter(commitment=OuterRef("pk"), side=wanted.side, until=None)
        rows = rows.filter(Exists(held))
    if wanted.year:
        year = int(wanted.year)
        rows = rows.filter(promised_on__range=(date(year, 1, 1), date(year, 12, 31)))
    for word in spelling.fold(wanted.words).split()[:MOST_WORDS]:
        rows = rows.filter(**{f"sought__{wanted.language}__contains": word})
    return rows.order_by(*ORDERS.get(wanted.sort, ORDERS[""]))


def years(rows: QuerySet[Commitment]) -> list[str]:
    """The years in which these were promised, the latest first."""
    ends = rows.order_by().aggregate(first=Min("promised_on"), last=Max("promised_on"))
    if ends["first"] is None:
        return []
    return [str(year) for year in range(ends["last"].year, ends["first"].year - 1, -1)]


def of_a_screen(rows: QuerySet[Commitment], page: int, size: int) -> list[Commitment]:
    """One screen of lines, with the owners there are now: two questions.

    The keys are put in order inside the first of them, because wide rows are slow to sort.
    """
    now = Owner.objects.filter(until=None).order_by("side", "pk")
    keys = rows.values("pk")[(page - 1) * size : page * size]
    shown = Commitment.objects.filter(pk__in=keys).order_by(*rows.query.order_by).only(*NARROW)
    return list(shown.prefetch_related(Prefetch("owners", now, to_attr="held")))


def overview(rows: QuerySet[Commitment], *, on: date) -> Overview:
    """What these rows are, in one question however many there are."""
    late = Count("pk", filter=is_overdue(on))
    counted = rows.order_by().values_list("status", "pillar", "aim_bits")
    groups = list(counted.annotate(n=Count("pk"), late=late))
    by_pillar = [(status, pillar, n, late) for status, pillar, _bits, n, late in groups]
    by_aim = [
        (status, aim, n, late) for status, _pillar, bits, n, late in groups for aim in aims_in(bits)
    ]
    return Overview(_by_status(by_pillar), _shares(by_pillar), _shares(by_aim))


def _by_status(groups: Iterable[tuple[str, str, int, int]]) -> dict[str, int]:
    found = dict.fromkeys((*Status.values, OVERDUE), 0)
    for status, _key, count, late in groups:
        found[status] += count - late
        found[OVERDUE] += late
    return found


PARTS: Mapping[str, str] = {
    Status.PROMISED: "open",
    Status.UNDER_WAY: "open",
    Status.KEPT: "kept",
    Status.PARTLY_KEPT: "missed",
    Status.NOT_KEPT: "missed",
    Status.WITHDRAWN: "withdrawn",
}


def _shares(groups: Iterable[tuple[str, str, int, int]]) -> tuple[Share, ...]:
    """By key, the largest first; what belongs to no pillar is not shown among them."""
    found: dict[str, dict[str, int]] = {}
    for status, key, count, late in groups:
        if key:
            parts = found.setdefault(key, {})
            part = PARTS[status]
            parts[part] = parts.get(part, 0) + count - late
            parts["overdue"] = parts.get("overdue", 0) + late
    shares = [Share(key, **parts) for key, parts in found.items()]
    return tuple(sorted(shares, key=lambda share: (-share.total, share.key)))


def ended(rows: QuerySet[Commitment]) -> tuple[Ended, ...]:
    """What ended, quarter by quarter, the first one first; withdrawn ones are not counted."""
    over = rows.order_by().filter(status__in=(Status.KEPT, Status.PARTLY_KEPT, Status.NOT_KEPT))
    by_day = Q(status=Status.KEPT) & (Q(due_on=None) | Q(on__lte=F("due_on")))
    after = Q(status=Status.KEPT, on__gt=F("due_on"))
    groups = over.annotate(
        on=TruncDate("ended_at"), year=ExtractYear("ended_at"), quarter=ExtractQuarter("ended_at")
    ).values("year", "quarter")
    counted = groups.annotate(
        in_time=Count("pk", filter=by_day),
        late=Count("pk", filter=after),
        partly=Count("pk", filter=Q(status=Status.PARTLY_KEPT)),
        missed=Count("pk", filter=Q(status=Status.NOT_KEPT)),
    )
    return tuple(Ended(**row) for row in counted.order_by("year", "quarter"))


def language() -> str:
    """The reader's language, as the columns of `Sought` are named."""
    return formats.language()
