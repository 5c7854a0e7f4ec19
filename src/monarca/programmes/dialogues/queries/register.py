"""What became of the promises: read from the register of commitments, never kept here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from django.db.models import Q, QuerySet

from monarca.ground.commitments import queries as commitments
from monarca.ground.commitments.models import Commitment, Owner, Progress
from monarca.ground.commitments.states import OPEN
from monarca.ground.commitments.states import Status as Kept
from monarca.ground.people.models import User
from monarca.programmes.dialogues.models import Edition, Paragraph, Series, Text
from monarca.programmes.dialogues.queries import gate
from monarca.programmes.dialogues.states import HAPPENED

EARLIEST = 1990
"""No year before this one is a year of these meetings."""


@dataclass(frozen=True, slots=True)
class Followed:
    """One promise, its owners, and the last that was said of it, as far as the reader may read."""

    commitment: Commitment
    owners: tuple[Owner, ...]
    last: Progress | None
    evidence: Progress | None


@dataclass(frozen=True, slots=True)
class Report:
    """A series in one year: the meetings, the promises made, and the older ones still open."""

    series: Series
    year: int
    meetings: tuple[Edition, ...]
    made: tuple[Followed, ...]
    older: tuple[Followed, ...]
    counts: Mapping[str, int]
    texts: tuple[Text, ...]

    @property
    def every(self) -> tuple[Followed, ...]:
        return (*self.made, *self.older)


def of_edition(edition: Edition, user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What the texts of this edition promised, as far as the person may read it."""
    promised = Paragraph.objects.filter(text__edition=edition, commitment__isnull=False)
    return _seen(promised, user, at)


def of_series(series: Series, user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What the series promised in all its editions, as far as the person may read it."""
    rows = Paragraph.objects.filter(text__edition__series=series, commitment__isnull=False)
    return _seen(rows, user, at)


def _seen(rows: QuerySet[Paragraph], user: User | None, at: datetime) -> QuerySet[Commitment]:
    """Those of meetings that the person may know of: of one taken back nothing is told."""
    met = gate.visible_to(user, at=at).order_by().values("pk")
    keys = rows.filter(text__edition__in=met).order_by().values("commitment")
    return commitments.visible_to(user, at=at).filter(pk__in=keys)


def before(edition: Edition, user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What earlier meetings of the series promised: the follow-up of this one."""
    rows = Paragraph.objects.filter(
        text__edition__series=edition.series,
        text__edition__starts_at__lt=edition.starts_at,
        commitment__isnull=False,
    )
    return _seen(rows, user, at)


def followed(
    rows: Iterable[Commitment], user: User | None, *, at: datetime
) -> tuple[Followed, ...]:
    """Each with its owners, the last progress and the last evidence, in three questions."""
    found = list(rows)
    ids = [one.pk for one in found]
    owners: dict[int, list[Owner]] = {}
    for owner in Owner.objects.in_force(at).filter(commitment__in=ids).order_by("side", "pk"):
        owners.setdefault(owner.commitment_id, []).append(owner)
    last: dict[int, Progress] = {}
    evidence: dict[int, Progress] = {}
    for step in _progress(ids, user, at):
        last[step.commitment_id] = step
        if step.evidence_url or step.evidence_id:
            evidence[step.commitment_id] = step
    return tuple(
        Followed(one, tuple(owners.get(one.pk, ())), last.get(one.pk), evidence.get(one.pk))
        for one in found
    )


def _progress(ids: Sequence[int], user: User | None, at: datetime) -> QuerySet[Progress]:
    """What everybody may read; all of it of those that the person reads from the inside."""
    rows = Progress.objects.filter(commitment__in=ids, at__lte=at)
    told = Q(pk__in=commitments.shown(rows).order_by().values("pk"))
    if user is not None and user.is_authenticated:
        known = commitments.inside(user, at=at).order_by().values("pk")
        told |= Q(commitment__in=known)
    return rows.filter(told).order_by("commitment_id", "at", "pk")


def bounds(series: Series, year: int) -> tuple[datetime, datetime]:
    """The first instant of the year and of the next, in the mission's own city."""
    zone = ZoneInfo(series.mission.time_zone)
    first, after = (datetime(one, 1, 1, tzinfo=zone) for one in (year, year + 1))
    return first.astimezone(UTC), after.astimezone(UTC)


def years(series: Series, user: User | None, *, at: datetime) -> list[int]:
    """The years of which there is something to report, the latest first."""
    met = _meetings(series, user, at=at).values_list("year", flat=True)
    made = of_series(series, user, at=at).order_by().values_list("promised_on", flat=True)
    return sorted({*met, *(day.year for day in made)}, reverse=True)


def _meetings(series: Series, user: User | None, *, at: datetime) -> QuerySet[Edition]:
    rows = gate.visible_to(user, at=at).filter(series=series, status__in=sorted(HAPPENED))
    return rows.order_by("starts_at", "pk")


def report(series: Series, year: int, user: User | None, *, at: datetime) -> Report:
    """The annual report, made from the register as it stands at `at`.

    Promises of the year; and earlier ones that were still open when the year began.
    """
    meetings = tuple(_meetings(series, user, at=at).filter(year=year))
    first, last = date(year, 1, 1), date(year, 12, 31)
    rows = of_series(series, user, at=at)
    made = followed(rows.filter(promised_on__range=(first, last)), user, at=at)
    lasting = Q(status__in=sorted(OPEN)) | Q(ended_at__gte=bounds(series, year)[0])
    older = followed(rows.filter(lasting, promised_on__lt=first), user, at=at)
    counts = dict.fromkeys(Kept.values, 0)
    for one in (*made, *older):
        counts[one.commitment.status] += 1
    return Report(series, year, meetings, made, older, counts, _texts(meetings, user, at))


def _texts(meetings: Sequence[Edition], user: User | None, at: datetime) -> tuple[Text, ...]:
    ids = [edition.pk for edition in meetings]
    seen = gate.texts_visible_to(user, at=at).order_by().values("pk")
    rows = Text.objects.filter(edition__in=ids, status="final", item=None)
    rows = rows.filter(Q(published_at__isnull=False) | Q(pk__in=seen))
    return tuple(rows.select_related("edition").order_by("adopted_at", "pk"))
