"""What an agreement measures, from where to where, and by when."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction

from monarca.grants.agreements.models import Agreement
from monarca.grants.results import policy, queries
from monarca.grants.results.actions.values import Values, check, lock_agreement, lock_indicator
from monarca.grants.results.models import Indicator, Target
from monarca.grants.results.states import ORDER, Level, Unit
from monarca.ground.journal import actions as journal
from monarca.ground.people.models import User
from monarca.kit import trilingual
from monarca.kit.guard import Refused, require

FIRST_YEAR = 1990


class PlanNotOpen(Refused):
    """Indicators are planned while the agreement is in force."""


class UnknownIndicator(Refused):
    """The code is neither of the fund's list nor of the application's plan."""


class IndicatorTwice(Refused):
    """One agreement measures the same thing once."""


class NameMissing(Refused):
    """An indicator is named in three languages, because two of them are published."""


class LevelMissing(Refused):
    """It measures what was delivered, or a change; in a number, or in per cent."""


class TargetBehindStart(Refused):
    """The target lies the way that is better, seen from the baseline."""


class DueOutOfReason(Refused):
    """A target falls due while the agreement lasts."""


class BaselineYearOutOfReason(Refused):
    """A baseline was measured in a year that has come."""


@transaction.atomic
def plan(  # noqa: PLR0913
    agreement: Agreement,
    *,
    by: User,
    at: datetime,
    targets: Values,
    due_on: date,
    code: str = "",
    baselines: Values | None = None,
    baseline_year: int | None = None,
    name: Mapping[str, str] | None = None,
    level: str = "",
    unit: str = "",
    is_gender_specific: bool | None = None,
    is_ascending: bool = True,
    source: str = "",
) -> Indicator:
    """Say what one agreement measures: of the fund's list, of the application's plan, or own words.

    `code` is the list's, or plan-ROW of the application's answers, or "" for own words. What is
    not given comes from there; a name in three languages is needed wherever it does not.
    `targets` has the total under "". `baseline_year` is the agreement's first year if not given.
    """
    held = lock_agreement(agreement)
    require(policy.may_keep(by, held, at=at))
    if held.status not in queries.IN_FORCE:
        raise PlanNotOpen(number=held.number)
    known = _known(held, code)
    made = Indicator(
        agreement=held,
        application=held.application,
        number=queries.number_after(held),
        code=code,
        name=_named(name or (known.name if known else {})),
        level=level or (known.level if known else ""),
        unit=unit or (known.unit if known else Unit.NUMBER),
        is_gender_specific=_first(is_gender_specific, known),
        is_ascending=is_ascending,
        baseline_year=_year(held, baselines, baseline_year, at=at),
        source=source.strip()[:300],
        at=at,
        by=by,
    )
    if made.level not in Level.values or made.unit not in Unit.values:
        raise LevelMissing
    made.save(force_insert=True)
    journal.record("indicator.planned", made, by=by, at=at, file=held.application, code=code)
    _set(made, targets, baselines or {}, due_on, by=by, at=at)
    return made


def _first(given: bool | None, known: queries.Proposal | None) -> bool:
    return bool(known and known.is_gender_specific) if given is None else given


def _known(agreement: Agreement, code: str) -> queries.Proposal | None:
    """What the code stands for; None for own words."""
    if not code:
        return None
    known = queries.proposal(agreement.application, code)
    if known is None:
        raise UnknownIndicator(code=code)
    if queries.indicators_of(agreement).filter(code=code).exists():
        raise IndicatorTwice(code=code)
    return known


def _named(name: Mapping[str, str]) -> dict[str, str]:
    texts = {code: str(name.get(code) or "").strip() for code in trilingual.LANGUAGES}
    if missing := trilingual.missing(texts):
        raise NameMissing(languages=", ".join(missing))
    return texts


def _year(
    agreement: Agreement, baselines: Values | None, given: int | None, *, at: datetime
) -> int | None:
    """The year of the baseline; none without one."""
    if not baselines:
        return None
    year = given or agreement.starts_on.year
    if not FIRST_YEAR <= year <= at.year:
        raise BaselineYearOutOfReason(first=str(FIRST_YEAR), last=str(at.year))
    return year


@transaction.atomic
def set_targets(  # noqa: PLR0913
    indicator: Indicator,
    *,
    by: User,
    at: datetime,
    targets: Values,
    due_on: date,
    baselines: Values | None = None,
    baseline_year: int | None = None,
) -> Indicator:
    """Change the whole set of targets and baselines; the journal keeps what they were.

    A group that is not given has no target any more.
    """
    held = lock_indicator(indicator)
    agreement = held.agreement
    require(policy.may_keep(by, agreement, at=at))
    if agreement.status not in queries.IN_FORCE:
        raise PlanNotOpen(number=agreement.number)
    held.baseline_year = _year(agreement, baselines, baseline_year, at=at)
    held.save(update_fields=["baseline_year"])
    _set(held, targets, baselines or {}, due_on, by=by, at=at)
    indicator.refresh_from_db()
    return indicator


def _set(
    indicator: Indicator,
    targets: Values,
    baselines: Values,
    due_on: date,
    *,
    by: User,
    at: datetime,
) -> None:
    """Write the targets that differ from those that stand, one line of the journal for each."""
    _check_plan(indicator, targets, baselines, due_on)
    standing = queries.targets_of(indicator)
    for group in ORDER:
        before, wanted = standing.get(group), targets.get(group)
        now = None if wanted is None else (baselines.get(group), wanted, due_on)
        then = None if before is None else (before.baseline, before.value, before.due_on)
        if now != then:
            _move(indicator, group, before, now, by=by, at=at)


def _move(
    indicator: Indicator,
    group: str,
    before: Target | None,
    now: tuple[int | None, int, date] | None,
    *,
    by: User,
    at: datetime,
) -> None:
    """Write one target, or take it away, and journal what it was and what it is."""
    data: dict[str, Any] = {"number": indicator.number, "group": group}
    if before:
        was = {"baseline": before.baseline, "value": before.value}
        data["before"] = {**was, "due_on": before.due_on.isoformat()}
    if now is None:
        Target.objects.filter(indicator=indicator, group=group).delete()
    else:
        baseline, value, due_on = now
        data["after"] = {"baseline": baseline, "value": value, "due_on": due_on.isoformat()}
        Target.objects.update_or_create(
            indicator=indicator,
            group=group,
            defaults={
                "baseline": baseline,
                "value": value,
                "due_on": due_on,
                "at": at,
                "by": by,
            },
        )
    file = indicator.agreement.application
    journal.record("target.set", indicator, by=by, at=at, file=file, **data)


def _check_plan(indicator: Indicator, targets: Values, baselines: Values, due_on: date) -> None:
    agreement = indicator.agreement
    check(indicator, targets)
    if baselines:
        check(indicator, baselines, whole=False)
    for group, start in baselines.items():
        if group not in targets:
            raise TargetBehindStart(start=start)
        way = targets[group] - start if indicator.is_ascending else start - targets[group]
        if way < 0:
            raise TargetBehindStart(start=start, target=targets[group])
    if not agreement.starts_on <= due_on <= agreement.ends_on:
        first, last = agreement.starts_on.isoformat(), agreement.ends_on.isoformat()
        raise DueOutOfReason(first_on=first, last_on=last)
