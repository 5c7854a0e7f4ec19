"""Who may see which commitment, who answers for it, and when its owners are asked."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from monarca.engines import calendar, spelling
from monarca.ground.commitments.models import Aim, Commitment, Owner, Progress, Wording
from monarca.ground.commitments.states import OPEN, Origins
from monarca.ground.journal.actions import label
from monarca.ground.people import queries as people
from monarca.ground.people.models import Mission, User
from monarca.kit import trilingual

WEST = ZoneInfo("America/Vancouver")
"""Where a day ends last in the two countries (Tijuana keeps the same hours)."""

TWICE = timedelta(minutes=10)
"""Within so long, the same words by the same person are one act that was sent twice."""


def public() -> QuerySet[Commitment]:
    """What everybody may read, soonest due first."""
    rows = Commitment.objects.filter(is_public=True)
    return rows.order_by("due_on", "pk")


def visible_to(user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What this person may read: public ones, their mission's, those they own or read by name.

    A sealed one is visible to its owners and its readers by name only; who is barred from one
    does not see it, whatever else they hold.
    """
    if user is None or not user.is_authenticated:
        return public()
    return _open_to(user, Q(is_public=True), at=at)


def inside(user: User, *, at: datetime) -> QuerySet[Commitment]:
    """Those of which this person reads everything: their mission's, or theirs by name."""
    return _open_to(user, Q(pk__in=()), at=at)


def _open_to(user: User, also: Q, *, at: datetime) -> QuerySet[Commitment]:
    owned = Owner.objects.in_force(at).filter(commitment=OuterRef("pk"), user=user)
    opened = people.opened_to(user, Commitment, at=at).order_by().values("subject_id")
    closed = people.closed_to(user, Commitment, at=at).order_by().values("subject_id")
    ours = Q(mission__in=people.missions_of(user, at=at).order_by().values("pk"))
    # The plain conditions stand first: a database asks for names only where they fail.
    seen = Q(is_sealed=False) & (also | ours) | Q(pk__in=opened) | Q(Exists(owned))
    return Commitment.objects.filter(seen).exclude(pk__in=closed).order_by("due_on", "pk")


def of_source(source: Model, user: User | None, *, at: datetime) -> QuerySet[Commitment]:
    """What this record deposited, as far as the person may read it."""
    return visible_to(user, at=at).filter(source=label(source))


def where_made(commitment: Commitment) -> str:
    """The meeting or paper that words it, as the reader calls it; else the kind of room."""
    told = trilingual.say(commitment.source_name).text
    return told or str(Origins(commitment.origin).label)


def written_just_now(
    mission: Mission,
    by: User,
    *,
    days: tuple[date, date | None],
    origin: str,
    text: Mapping[str, str],
    at: datetime,
) -> Commitment | None:
    """What this person entered by hand moments ago with the same words, origin and days."""
    mine = Wording.objects.filter(number=0, by=by, at__gt=at - TWICE, at__lte=at)
    rows = Commitment.objects.filter(
        pk__in=mine.values("commitment"),
        mission=mission,
        source="",
        origin=origin,
        promised_on=days[0],
        due_on=days[1],
    )
    return next((row for row in rows.order_by("pk") if row.text == text), None)


def owners_of(commitment: Commitment, *, at: datetime) -> QuerySet[Owner]:
    return Owner.objects.in_force(at).filter(commitment=commitment).order_by("side", "pk")


def aims_of(commitment: Commitment) -> list[str]:
    """The shared aims it serves, by code."""
    return list(
        Aim.objects.filter(commitment=commitment).order_by("pk").values_list("aim", flat=True)
    )


def to_ask(commitment: Commitment, *, at: datetime) -> list[User]:
    """The people who answer for it now and may still read it, each once."""
    found = {one.user.pk: one.user for one in owners_of(commitment, at=at) if one.user}
    return [
        user for user in found.values() if visible_to(user, at=at).filter(pk=commitment.pk).exists()
    ]


def wordings_of(commitment: Commitment) -> QuerySet[Wording]:
    """Every wording there was, the first one first."""
    return Wording.objects.filter(commitment=commitment).order_by("number")


def public_progress(commitment: Commitment) -> QuerySet[Progress]:
    """What everybody may read of its history, the latest first."""
    return shown(Progress.objects.filter(commitment=commitment)).order_by("-at", "-pk")


def shown(rows: QuerySet[Progress]) -> QuerySet[Progress]:
    """Only words that were put before the public, about what is public."""
    return rows.filter(shown_at__isnull=False, taken_back=None, commitment__is_public=True)


def to_report(*, on: date) -> QuerySet[Commitment]:
    """Those whose owners are to be asked on this day: open, and a quarter has passed."""
    return Commitment.objects.filter(status__in=OPEN, next_report_on__lte=on).order_by("pk")


def day_of(at: datetime) -> date:
    """The day that has begun in all of Mexico and Canada: nothing is late before it is over."""
    return at.astimezone(WEST).date()


def sought_words(commitment: Commitment) -> Iterator[tuple[str, str]]:
    """(language, folded words) by which a reader of this language finds it: as they see it."""
    told = (commitment.text, commitment.source_name)
    for code in trilingual.LANGUAGES:
        said = (trilingual.say(texts, code).text for texts in told)
        yield code, spelling.fold(" ".join((*said, commitment.reference)))


def next_report(after: date) -> date:
    """The first day of the quarter that follows: owners are asked once a quarter."""
    return calendar.quarter_end(after) + timedelta(days=1)
