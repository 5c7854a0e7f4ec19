"""What was hoped for and what was reached, and the markers, as the writers read them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from monarca.engines.publishing import disclosure as told
from monarca.grants.agreements.models import Agreement
from monarca.grants.results.models import MarkerScore
from monarca.grants.results.queries import Line, Outcome
from monarca.grants.results.states import TOTAL, Group, Level, Unit

OUTPUT, OUTCOME = "1", "2"
COUNT, PERCENT = "1", "2"

TITLES: Mapping[str, told.Texts] = {
    OUTPUT: {"en": "Outputs", "fr": "Extrants", "es": "Productos"},
    OUTCOME: {"en": "Outcomes", "fr": "Résultats", "es": "Resultados"},
}
GROUPS: Mapping[str, str] = {
    Group.WOMEN: "women",
    Group.MEN: "men",
    Group.GIRLS: "girls",
    Group.BOYS: "boys",
    Group.NON_BINARY: "non-binary people",
}


def results_of(agreement: Agreement, outcomes: Sequence[Outcome]) -> tuple[told.Result, ...]:
    """Outputs first, then outcomes; a level at which nothing is measured is left out."""
    found = []
    for kind in (OUTPUT, OUTCOME):
        several = [one for one in outcomes if _kind(one) == kind and one.lines]
        if several:
            indicators = tuple(_indicator(agreement, one) for one in several)
            found.append(told.Result(kind=kind, title=TITLES[kind], indicators=indicators))
    return tuple(found)


def _kind(outcome: Outcome) -> str:
    return OUTPUT if outcome.indicator.level == Level.OUTPUT else OUTCOME


def _indicator(agreement: Agreement, outcome: Outcome) -> told.Indicator:
    row, lines = outcome.indicator, outcome.lines
    year = row.baseline_year or agreement.starts_on.year
    start = outcome.total.baseline
    known = start is not None
    return told.Indicator(
        title=row.name,
        measure=PERCENT if row.unit == Unit.PERCENT else COUNT,
        baselines=(told.Baseline(year=year, value=told.Value(amount=start)),) if known else (),
        periods=(
            told.Period(
                starts_on=agreement.starts_on,
                ends_on=_until(agreement, lines),
                targets=_values((line.group, line.target) for line in lines),
                actuals=_values((line.group, line.actual) for line in lines),
            ),
        ),
    )


def _until(agreement: Agreement, lines: Iterable[Line]) -> date:
    """The day the target is due, or the last day of the activities."""
    due = [line.due_on for line in lines if line.due_on and line.due_on > agreement.starts_on]
    return max(due, default=agreement.ends_on)


def _values(pairs: Iterable[tuple[str, int | None]]) -> tuple[told.Value, ...]:
    return tuple(
        told.Value(amount=amount, dimensions=() if group == TOTAL else (("group", GROUPS[group]),))
        for group, amount in pairs
        if amount is not None
    )


def markers_of(scores: Iterable[MarkerScore]) -> tuple[told.Marker, ...]:
    """OECD-DAC markers that were screened; the GE code is Canada's own and not on that list."""
    return tuple(
        told.Marker(code=row.marker, significance=str(row.score))
        for row in scores
        if row.marker.isdecimal() and row.score is not None
    )
