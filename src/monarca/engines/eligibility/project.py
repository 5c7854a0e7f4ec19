"""Rules on the project: where, which priority, when."""

from collections.abc import Iterator
from datetime import date

from monarca.engines import budgets, calendar
from monarca.engines.eligibility.case import Case, Verdict, met, not_answered, says
from monarca.engines.questions import options_of

CODES = (
    "rule.country_accepted",
    "rule.country_refused",
    "rule.priority_accepted",
    "rule.priority_refused",
    "rule.state_favoured",
    "rule.state_not_favoured",
    "rule.dates_fit",
    "rule.dates_reversed",
    "rule.starts_too_early",
    "rule.ends_too_late",
    "rule.costs_fit_dates",
    "rule.cost_outside_dates",
    "rule.activity_outside_dates",
)


def place_in_countries(case: Case) -> Verdict:
    """E09. Places picked without a country lie in the mission's own."""
    mission = case.definition.get("mission", {}).get("countries", ())
    accepted = case.param("countries", mission)
    places = case.rows("states") or case.rows("places")
    if case.facts.countries is None and not places:
        return not_answered("places")
    here = case.facts.countries if case.facts.countries is not None else frozenset(mission[:1])
    outside = sorted(here - set(accepted))
    if outside or not here:
        return says("fail", "country_refused", country=", ".join(outside))
    return says("pass", "country_accepted", country=", ".join(sorted(here)))


def priority_in_call(case: Case) -> Verdict:
    """E10. A priority or one of its parts counts, as the main or the second one."""
    known = {each["code"] for each in options_of({"list": "priorities"}, case.definition)}
    chosen = [case.text(name) for name in ("priority", "secondary_priority") if case.text(name)]
    if not chosen:
        return not_answered("priority")
    ours = [code for code in chosen if code in known]
    named = (ours or chosen)[0]
    return met(bool(ours), "priority_accepted", "priority_refused", priority=named)


def place_in_states(case: Case) -> Verdict:
    """E11. Only ever for sorting: "will prioritise" refuses nobody."""
    states = list(dict.fromkeys(_states(case)))
    if not states:
        return not_answered("places")
    favoured = [state for state in states if state in case.params["states"]]
    named = (favoured or states)[0]
    return met(bool(favoured), "state_favoured", "state_not_favoured", state=named)


def _states(case: Case) -> Iterator[str]:
    """The state of each place, whatever the repeat calls its field."""
    for row in case.rows("states") or case.rows("places"):
        for value in (row, *row.values()):
            if isinstance(value, dict) and isinstance(value.get("state"), str) and value["state"]:
                yield value["state"]


def dates_in_window(case: Case) -> Verdict:
    """E12. Starts after the day of closing; ends by the last day of activities allowed."""
    starts, ends, closes = case.day("starts_on"), case.day("ends_on"), case.closes_on
    if starts is None or ends is None or closes is None:
        return not_answered("starts_on" if starts is None else "ends_on")
    if ends < starts:
        values = {"starts_on": starts.isoformat(), "ends_on": ends.isoformat()}
        return says("fail", "dates_reversed", **values)
    if starts <= closes:
        values = {"starts_on": starts.isoformat(), "closes_on": closes.isoformat()}
        return says("fail", "starts_too_early", **values)
    last = last_day(closes, case.call.get("activities_end", "02-28"), _years(case))
    values = {"ends_on": ends.isoformat(), "last_on": last.isoformat()}
    return met(ends <= last, "dates_fit", "ends_too_late", **values)


def _years(case: Case) -> int:
    return int(case.param("years", case.call.get("years") or 1) or 1)


def last_day(closes: date, month_and_day: str, years: int) -> date:
    """The last day of activities: the first such day after closing, or as many years later."""
    month, day = (int(part) for part in month_and_day.split("-"))
    first = _in_year(closes.year, month, day)
    year = closes.year + (first <= closes) + years - 1
    return _in_year(year, month, day)


def _in_year(year: int, month: int, day: int) -> date:
    """29 February is the 28th in a common year."""
    try:
        return date(year, month, day)
    except ValueError:
        return date(year, month, 28)


def costs_within_dates(case: Case) -> Verdict:
    """E17. The fiscal year of each line, and the months of each activity."""
    starts, ends = case.day("starts_on"), case.day("ends_on")
    if starts is None or ends is None or ends < starts:
        return not_answered("starts_on" if starts is None else "ends_on")
    years = calendar.fiscal_years(starts, ends)
    for line in case.facts.lines:
        if line.fiscal_year and budgets.year_label(line.fiscal_year, years) not in years:
            values = {"line": line.key, "fiscal_year": line.fiscal_year}
            return says("fail", "cost_outside_dates", **values)
    months = f"{starts:%Y-%m}", f"{ends:%Y-%m}"
    for row in case.rows("activities"):
        if _is_outside(row.get("starts"), months) or _is_outside(row.get("ends"), months):
            activity = str(row.get("activity") or row.get("id") or "")[:80]
            return says("fail", "activity_outside_dates", activity=activity)
    return says("pass", "costs_fit_dates")


def _is_outside(month: object, months: tuple[str, str]) -> bool:
    return isinstance(month, str) and bool(month) and not months[0] <= month[:7] <= months[1]


CHECKERS = {
    "place_in_countries": place_in_countries,
    "priority_in_call": priority_in_call,
    "place_in_states": place_in_states,
    "dates_in_window": dates_in_window,
    "costs_within_dates": costs_within_dates,
}
