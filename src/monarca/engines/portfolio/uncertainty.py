"""How firm a plan is: another envelope, and scores that could have come out otherwise."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from random import Random

from monarca.engines.portfolio.choosing import select
from monarca.engines.portfolio.lines import problem_of
from monarca.engines.portfolio.opposites import with_goals
from monarca.engines.portfolio.shapes import (
    UNIT,
    USUAL,
    Effort,
    Plan,
    Project,
    Rules,
    Selection,
)
from monarca.engines.portfolio.solving import best

CHANGES = (-10, -5, 5, 10)
"""Percent by which the envelope changes."""

DRAWS = 200
CLOSE = 0.002
"""Each draw is solved until no plan can be better by more than this share."""


@dataclass(frozen=True, slots=True)
class Step:
    """The answer with another envelope: its plan's worth, and who comes in and who falls out.

    `value` None: no plan keeps the rules with this envelope.
    """

    percent: int
    envelope_cents: int | None
    value: int | None
    projects: int
    enters: tuple[str, ...]
    leaves: tuple[str, ...]
    is_proved: bool

    @property
    def points(self) -> float | None:
        """The total in points."""
        return None if self.value is None else self.value / UNIT


def envelopes(
    projects: Sequence[Project],
    rules: Rules,
    plan: Plan,
    *,
    changes: Sequence[int] = CHANGES,
    effort: Effort = USUAL,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[Step, ...]:
    """The plan with the envelope (and each year's) a few percent smaller and larger."""
    steps = []
    for done, percent in enumerate(changes):
        if effort.is_over():
            break
        changed = scaled(rules, percent)
        steps.append(_step(percent, changed, select(projects, changed, effort=effort), plan))
        if progress is not None:
            progress(done + 1, len(changes))
    return tuple(steps)


def scaled(rules: Rules, percent: int) -> Rules:
    """The rules with every envelope changed by a percentage, rounded down to the cent."""

    def part(cents: int | None) -> int | None:
        return None if cents is None else cents * (100 + percent) // 100

    years = tuple(map(part, rules.year_cents))
    return replace(rules, envelope_cents=part(rules.envelope_cents), year_cents=years)


def _step(percent: int, rules: Rules, selection: Selection, plan: Plan) -> Step:
    other = selection.plan
    if other is None:
        return Step(percent, rules.envelope_cents, None, 0, (), (), is_proved=False)
    enters, leaves = other.funded - plan.funded, plan.funded - other.funded
    return Step(
        percent,
        rules.envelope_cents,
        other.value,
        len(other.awards),
        tuple(sorted(enters)),
        tuple(sorted(leaves)),
        other.is_proved,
    )


def stability(
    projects: Sequence[Project],
    rules: Rules,
    plan: Plan,
    *,
    draws: int = DRAWS,
    effort: Effort = USUAL,
    progress: Callable[[int, int], None] | None = None,
) -> tuple[dict[str, float], int]:
    """The share of draws in which each project is funded, and how many draws were made.

    Each draw moves every score by its standard error times a normal number from the seed and the
    project's id alone: another project more or less changes nobody's draws. Later goals are kept
    at what the plan reaches. Each draw's plan is within `CLOSE` of its best. When the time runs
    out, the draws made so far count.
    """
    problem = with_goals(problem_of(projects, rules), rules, plan)
    sources = [Random(f"{effort.seed}:{project.id}") for project in problem.projects]  # noqa: S311
    places = {project.id: place for place, project in enumerate(problem.projects)}
    counts, made, known = [0] * len(problem.projects), 0, None
    for _ in range(draws):
        if effort.is_over():
            break
        points = [
            _drawn(each, source) for each, source in zip(problem.projects, sources, strict=True)
        ]
        values = tuple(
            points[place] * problem.projects[place].levels[level].worth
            for place, level in problem.columns
        )
        found = best(replace(problem, values=values), effort, known=known, enough=CLOSE)
        known = found.chosen
        for award in problem.awards(found.chosen or ()):
            counts[places[award.project]] += 1
        made += 1
        if progress is not None:
            progress(made, draws)
    whole = max(1, made)
    shares = {
        project.id: counts[place] / whole
        for project, place in zip(problem.projects, range(len(counts)), strict=True)
    }
    return shares, made


def _drawn(project: Project, source: Random) -> int:
    return max(0, project.points + round(source.gauss() * project.error))
