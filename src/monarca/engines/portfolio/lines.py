"""Rules as exact integer inequalities over what may be funded, for every solver and every check."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from monarca.engines.portfolio.shapes import (
    MEASURES,
    WHOLE,
    Award,
    Limit,
    Pin,
    Project,
    Rules,
    WrongRules,
)
from monarca.engines.reasons import Reason

LARGEST = 2**60
"""No total may pass this, so that 64-bit integers stay exact."""


@dataclass(frozen=True, slots=True)
class Line:
    """The sum of `terms` (coefficients by column) is at most `most`; `rule` is where it is from."""

    rule: str
    terms: Mapping[int, int]
    most: int

    def excess(self, chosen: Iterable[int]) -> int:
        """By how much the chosen columns break it; nought or less when they keep it."""
        return sum(self.terms.get(column, 0) for column in chosen) - self.most


@dataclass(frozen=True, slots=True)
class Problem:
    """Columns are (project, level), projects by id and levels as given; a group gets one at most.

    `values` are millionths of a point. Columns that are not `open` may not be chosen.
    """

    projects: tuple[Project, ...]
    columns: tuple[tuple[int, int], ...]
    values: tuple[int, ...]
    groups: tuple[int, ...]
    open: tuple[bool, ...]
    lines: tuple[Line, ...]

    def of(self, project: str) -> list[int]:
        """The columns of a project."""
        return [
            column
            for column, (place, _) in enumerate(self.columns)
            if self.projects[place].id == project
        ]

    def awards(self, chosen: Collection[int]) -> tuple[Award, ...]:
        """The columns chosen, as awards in the order of ids."""
        return tuple(self._award(column) for column in sorted(chosen))

    def _award(self, column: int) -> Award:
        place, level = self.columns[column]
        project = self.projects[place]
        given = project.levels[level]
        return Award(project.id, given.percent, given.cents, project.points / 1000)

    def terms(self, tag: str, count: Callable[[int], int]) -> dict[int, int]:
        """A coefficient for every column whose project has the tag, without the noughts."""
        return {
            column: said
            for column, (place, _) in enumerate(self.columns)
            if (not tag or tag in self.projects[place].tags) and (said := count(column))
        }

    def money(self, column: int, year: int | None = None) -> int:
        """Cents of a column, in one fiscal year or in all."""
        place, level = self.columns[column]
        cents = self.projects[place].levels[level].cents
        return sum(cents) if year is None else cents[year]


def problem_of(projects: Sequence[Project], rules: Rules) -> Problem:
    """The exact problem. Raises WrongRules where the rules do not fit the projects."""
    known = tuple(sorted(projects, key=lambda project: project.id))
    check(known, rules)
    columns = tuple(
        (place, level)
        for place, project in enumerate(known)
        for level in range(len(project.levels))
    )
    values = tuple(known[place].points * known[place].levels[at].worth for place, at in columns)
    groups = tuple(_groups(known, columns, rules))
    bare = Problem(known, columns, values, groups, (True,) * len(columns), ())
    lines = tuple(_lines(bare, rules))
    _small_enough(bare, lines)
    return Problem(known, columns, values, groups, _open(bare, rules), lines)


def check(projects: Sequence[Project], rules: Rules) -> None:
    """Raises WrongRules: ids twice, cents that are not one a year, pins and years unknown."""
    ids = {project.id for project in projects}
    if len(ids) < len(projects):
        raise WrongRules(Reason("portfolio.id_twice"))
    for project in projects:
        if any(len(level.cents) != len(rules.years) for level in project.levels):
            raise WrongRules(Reason("portfolio.years_differ", {"project": project.id}))
    for pin in rules.pins:
        if pin.project not in ids:
            raise WrongRules(Reason("portfolio.pin_unknown", {"project": pin.project}))
    _check_limits(rules)


def _check_limits(rules: Rules) -> None:
    for limit in rules.limits:
        if limit.measure not in MEASURES or (limit.year and limit.year not in rules.years):
            raise WrongRules(Reason("portfolio.limit_unknown", {"rule": limit.id}))
        if limit.measure == "share_of_envelope" and envelope_for(limit, rules) is None:
            raise WrongRules(Reason("portfolio.no_envelope", {"rule": limit.id}))


def envelope_for(limit: Limit, rules: Rules) -> int | None:
    """The envelope that a share is taken of: the year's for a limit about a year."""
    if not limit.year:
        return rules.envelope_cents
    place = rules.years.index(limit.year)
    return rules.year_cents[place] if place < len(rules.year_cents) else None


def shares_a_group(project: Project, rules: Rules) -> bool:
    """Does its organisation get one project at most?"""
    named = project.organisation and project.organisation not in rules.several
    return bool(rules.one_per_organisation and named)


def _groups(
    projects: Sequence[Project], columns: Sequence[tuple[int, int]], rules: Rules
) -> Iterator[int]:
    numbers: dict[tuple[str, str], int] = {}
    for place, _ in columns:
        project = projects[place]
        named = shares_a_group(project, rules)
        key = ("organisation", project.organisation) if named else ("project", project.id)
        yield numbers.setdefault(key, len(numbers))


def _open(bare: Problem, rules: Rules) -> tuple[bool, ...]:
    """What no pin closes: refused projects, and the other levels of one pinned at a level."""
    pins = defaultdict(list)
    for pin in rules.pins:
        pins[pin.project].append(pin)
    return tuple(
        all(_allows(pin, project.levels[level].percent) for pin in pins.get(project.id, ()))
        for project, level in ((bare.projects[place], level) for place, level in bare.columns)
    )


def _allows(pin: Pin, percent: int) -> bool:
    return pin.is_in and pin.percent in (None, percent)


def _lines(bare: Problem, rules: Rules) -> Iterator[Line]:
    if rules.envelope_cents is not None:
        yield Line("envelope", bare.terms("", bare.money), rules.envelope_cents)
    for place, cents in enumerate(rules.year_cents):
        if cents is not None:
            terms = bare.terms("", lambda column, year=place: bare.money(column, year))  # type: ignore[misc]
            yield Line(f"envelope:{rules.years[place]}", terms, cents)
    for limit in rules.limits:
        yield limit_line(bare, rules, limit)
    for pin in dict.fromkeys(rules.pins):
        if pin.is_in:
            yield Line(f"pin:{pin.project}", dict.fromkeys(bare.of(pin.project), -1), -1)


def limit_line(bare: Problem, rules: Rules, limit: Limit) -> Line:
    """One floor or ceiling, exact: shares are multiplied out, never divided."""
    year = rules.years.index(limit.year) if limit.year else None
    sign = -1 if limit.is_floor else 1

    def count(column: int) -> int:
        if limit.measure in {"projects", "share_of_projects"}:
            return 1
        return bare.money(column, year)

    part = bare.terms(limit.tag, count)
    if limit.measure in {"cents", "projects"}:
        return Line(limit.id, _times(part, sign), sign * limit.amount)
    if limit.measure == "share_of_envelope":
        whole = limit.amount * (envelope_for(limit, rules) or 0)
        return Line(limit.id, _times(part, sign * WHOLE), sign * whole)
    every = bare.terms("", count)
    terms = {
        column: sign * (WHOLE * part.get(column, 0) - limit.amount * said)
        for column, said in every.items()
    }
    return Line(limit.id, {column: said for column, said in terms.items() if said}, 0)


def _times(terms: Mapping[int, int], factor: int) -> dict[int, int]:
    return {column: factor * said for column, said in terms.items()}


def _small_enough(bare: Problem, lines: Sequence[Line]) -> None:
    totals = [sum(map(abs, bare.values))]
    totals += [sum(map(abs, line.terms.values())) + abs(line.most) for line in lines]
    if max(totals) > LARGEST:
        raise WrongRules(Reason("portfolio.too_large"))


def broken(problem: Problem, chosen: Collection[int]) -> tuple[str, ...]:
    """The rules that a choice of columns breaks, in their order; empty for a plan that keeps all.

    An organisation chosen twice counts as `organisation:NAME`, a column no pin allows as `pin:ID`.
    """
    found = [line.rule for line in problem.lines if line.excess(chosen) > 0]
    seen: set[int] = set()
    for column in sorted(chosen):
        project = problem.projects[problem.columns[column][0]]
        if problem.groups[column] in seen:
            found.append(f"organisation:{project.organisation or project.id}")
        if not problem.open[column]:
            found.append(f"pin:{project.id}")
        seen.add(problem.groups[column])
    return tuple(dict.fromkeys(found))
