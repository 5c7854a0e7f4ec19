"""Preparing an edition: what it is about, its quotas, its days; publishing and concluding it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max

from monarca.ground.journal.actions import record
from monarca.ground.people import actions as people
from monarca.ground.people.models import Mission, User
from monarca.ground.people.states import Roles
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require
from monarca.kit.moving import move
from monarca.programmes.youthlab import policy, queries
from monarca.programmes.youthlab.models import Edition, Lottery, Quota, Session, Theme
from monarca.programmes.youthlab.states import STAGES, VALUES, Methods, Stage, Work


class ClosesBeforeItOpens(Refused):
    """What closes has to have been open."""


class CodeIsTaken(Refused):
    """Another edition has this code."""


class RulesArePublished(Refused):
    """Seats, quotas, the way of drawing and the opening stand once they are published."""


class ClosesSooner(Refused):
    """People were told until when they may apply; that may only be later."""


class NothingToPublish(Refused):
    """An edition is published with its name, at least one theme and its quotas."""


class QuotaNotKnown(Refused):
    """A quota is about an answer that the application offers, once, from fewest to most."""


class NothingToRelax(Refused):
    """Published quotas give way only by what the last lottery found to be the smallest change."""


class HasAnEnd(Refused):
    """A concluded edition is changed no more."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What an edition is: its words, instants (UTC), seats and way of drawing."""

    name: Mapping[str, str]
    about: Mapping[str, str]
    canada: Mapping[str, str]
    mexico: Mapping[str, str]
    time_zone: str
    opens_at: datetime
    closes_at: datetime
    first_day: date
    seats: int
    method: str = Methods.LEXIMIN
    email: str = ""


FIXED = ("opens_at", "seats", "method", "time_zone", "first_day")
"""What nobody changes once people rely on it."""


@transaction.atomic
def found(code: str, mission: Mission, plan: Plan, *, by: User | None, at: datetime) -> Edition:
    """Begin an edition that only its keepers see. Raises `CodeIsTaken`, `ClosesBeforeItOpens`."""
    require(policy.may_found(by, mission, at=at))
    _check(plan)
    if Edition.objects.filter(code=code).exists():
        raise CodeIsTaken(edition=code)
    made = Edition.objects.create(code=code, mission=mission, status=Stage.DRAFT, **_values(plan))
    record("youth_edition.founded", made, by=by, at=at, code=code)
    return made


@transaction.atomic
def change(edition: Edition, plan: Plan, *, by: User | None, at: datetime) -> Edition:
    """Write it anew. Once published, only words change, and the closing may be later.

    Raises `RulesArePublished`, `ClosesSooner`, `ClosesBeforeItOpens`, `HasAnEnd`.
    """
    require(policy.may_keep(by, edition, at=at))
    held = _held(edition)
    _check(plan)
    values = _values(plan)
    if held.status == Stage.PUBLISHED:
        if any(getattr(held, name) != values[name] for name in FIXED):
            raise RulesArePublished
        if plan.closes_at < held.closes_at or at >= held.closes_at != plan.closes_at:
            raise ClosesSooner
    for name, value in values.items():
        setattr(held, name, value)
    held.save(update_fields=list(values))
    record("youth_edition.changed", held, by=by, at=at)
    return held


@transaction.atomic
def set_themes(
    edition: Edition, titles: Sequence[Mapping[str, str]], *, by: User | None, at: datetime
) -> list[Theme]:
    """What it is about, in this order; a theme that was published stays, worded anew."""
    require(policy.may_keep(by, edition, at=at))
    held = _held(edition)
    known = {each.number: each for each in Theme.objects.filter(edition=held)}
    found = []
    for number, title in enumerate(titles, 1):
        theme = known.pop(number, None) or Theme(edition=held, number=number)
        theme.title = dict(title)
        theme.save()
        found.append(theme)
    if known and held.status != Stage.DRAFT:
        raise RulesArePublished
    Theme.objects.filter(pk__in=[each.pk for each in known.values()]).delete()
    record("youth_edition.themes_set", held, by=by, at=at, themes=len(found))
    return found


@transaction.atomic
def set_quotas(
    edition: Edition,
    rules: Sequence[tuple[str, str, int, int]],
    *,
    by: User | None,
    at: datetime,
) -> list[Quota]:
    """The quotas: (feature, answer, fewest seats, most seats). Raises `QuotaNotKnown`,
    `RulesArePublished` once people applied under them.
    """
    require(policy.may_keep(by, edition, at=at))
    held = _held(edition)
    if held.status != Stage.DRAFT:
        raise RulesArePublished
    for feature, value, least, most in rules:
        is_known = feature in VALUES and value in VALUES[feature].values
        if not (is_known and 0 <= least <= most):
            raise QuotaNotKnown(feature=feature, value=value, least=least, most=most)
    if len({rule[:2] for rule in rules}) < len(rules):
        raise QuotaNotKnown(feature="", value="", least=0, most=0)
    Quota.objects.filter(edition=held).delete()
    made = [
        Quota.objects.create(edition=held, feature=feature, value=value, least=least, most=most)
        for feature, value, least, most in rules
    ]
    record("youth_edition.quotas_set", held, by=by, at=at, quotas=len(made))
    return made


@transaction.atomic
def relax(lottery: Lottery, *, by: User | None, at: datetime) -> list[Quota]:
    """Change the published quotas by the smallest set that a lottery found, and by nothing else.

    The lottery that was impossible, and why, stays on the public page. Raises `NothingToRelax`.
    """
    require(policy.may_publish(by, lottery.edition, at=at))
    held = Edition.objects.select_for_update().get(pk=lottery.edition_id)
    last = queries.lotteries_of(held).last()
    changes = lottery.found.get("changes", ()) if lottery.status == Work.IMPOSSIBLE else ()
    if not changes or last is None or last.pk != lottery.pk:
        raise NothingToRelax
    quotas = {(each.feature, each.value): each for each in queries.quotas_of(held)}
    made = []
    for change in changes:
        quota = quotas[change["feature"], change["value"]]
        quota.least, quota.most = change["instead_least"], change["instead_most"]
        quota.save(update_fields=["least", "most"])
        made.append(quota)
    record("youth_edition.quotas_relaxed", held, by=by, at=at, lottery=lottery.number)
    return made


@transaction.atomic
def publish(edition: Edition, *, by: User | None, at: datetime) -> Edition:
    """Put it before everybody, with its themes and quotas. Raises `NothingToPublish`."""
    require(policy.may_publish(by, edition, at=at))
    whole = not trilingual.missing(edition.name) and edition.themes.exists()
    if not whole or not queries.quotas_of(edition).exists():
        raise NothingToPublish
    held = move(edition, STAGES, "publish", published_at=at)
    record("youth_edition.published", held, by=by, at=at)
    return held


@transaction.atomic
def conclude(edition: Edition, *, by: User | None, at: datetime) -> Edition:
    """The edition is over; what it was stays readable. Answers may still come."""
    require(policy.may_publish(by, edition, at=at))
    held = move(edition, STAGES, "conclude", concluded_at=at)
    record("youth_edition.concluded", held, by=by, at=at)
    return held


@transaction.atomic
def invite(
    edition: Edition, email: str, *, name: str, language: str, by: User | None, at: datetime
) -> User:
    """Name who answers for the other government: a counterpart, for this edition alone."""
    require(policy.may_publish(by, edition, at=at))
    guest = people.join(email, by=by, at=at, name=name, language=language)
    people.give_role(guest, by=by, at=at, mission=edition.mission, role=Roles.COUNTERPART)
    people.open_to(guest, edition, by=by, at=at, reason="counterpart")
    record("youth_edition.counterpart_named", edition, by=by, at=at, user=guest.pk)
    return guest


@dataclass(frozen=True, slots=True)
class Meeting:
    """A session: words, and instants in UTC."""

    title: Mapping[str, str]
    agenda: Mapping[str, str]
    place: str
    starts_at: datetime
    ends_at: datetime


@transaction.atomic
def convene(
    edition: Edition,
    meeting: Meeting,
    *,
    number: int = 0,
    by: User | None,
    at: datetime,
) -> Session:
    """A new session, or the one of this number anew. Raises `ClosesBeforeItOpens`, `HasAnEnd`."""
    require(policy.may_keep(by, edition, at=at))
    held = _held(edition)
    if meeting.ends_at <= meeting.starts_at:
        raise ClosesBeforeItOpens
    session = Session.objects.filter(edition=held, number=number).first()
    if session is None:
        last = Session.objects.filter(edition=held).aggregate(last=Max("number"))["last"] or 0
        session = Session(edition=held, number=last + 1)
    given = {field.name: getattr(meeting, field.name) for field in fields(meeting)}
    _put(session, given, at=at)
    record("youth_session.convened", session, by=by, at=at, number=session.number)
    return session


def _put(session: Session, given: Mapping[str, object], *, at: datetime) -> None:
    """Write it; a change of what stood there counts, so that calendars take it over."""
    changed = {name for name, value in given.items() if getattr(session, name) != value}
    if changed and session.pk is not None:
        session.sequence += 1
    if changed or session.pk is None:
        session.changed_at = at
    for name, value in given.items():
        setattr(session, name, value)
    session.save()


def _held(edition: Edition) -> Edition:
    held = Edition.objects.select_for_update().get(pk=edition.pk)
    if held.status == Stage.CONCLUDED:
        raise HasAnEnd
    return held


def _check(plan: Plan) -> None:
    if plan.closes_at <= plan.opens_at:
        raise ClosesBeforeItOpens


def _values(plan: Plan) -> dict[str, object]:
    return {field.name: getattr(plan, field.name) for field in fields(plan)}
