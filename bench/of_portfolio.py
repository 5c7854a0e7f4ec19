"""Portfolio: the best plan for a fund, a country, a continent; a second solver; sorting by score.

Three levels (100, 85 and 70 % of what is asked, worth 100, 90 and 78 % of the score), an envelope
of 12 % of what is asked, floors and ceilings for six themes, ceilings for 32 states, floors for
first-time and Indigenous-led organisations and for equality, one project an organisation.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from random import Random
from statistics import median
from time import perf_counter

from bench.figures import Figure
from monarca.engines import portfolio
from monarca.engines.portfolio import Effort, Goal, Limit, Project, Rules, Selection

SEED = 7
OFFERS = ((100, 1000), (85, 900), (70, 780))
WAIT = 100.0
"""Seconds any one answer may take."""


def figures() -> Iterator[Figure]:
    """The figures of the issue, the smallest first."""
    for count, goal, times in ((200, 2.0, 5), (2_000, 10.0, 3)):
        case = made(count)
        selection, spent = timed(lambda given=case: chosen(*given), times)
        name = f"portfolio of {count:,}, proved"
        proved = selection.plan is not None and selection.plan.is_proved
        note = f"{beside(case, selection)}; {usual(case, selection)}; {said(times)}"
        yield Figure(name, goal, "s", spent if proved else None, note=note)
    yield from prices()
    case = made(20_000)
    selection, spent = timed(lambda: chosen(*case), 1)
    gap = 100 * selection.plan.gap_share if selection.plan else None
    shown = "no plan" if gap is None else f"{gap:.6f} %"
    note = f"{shown} in {spent:.0f} s of {WAIT:.0f} at most; {usual(case, selection)}; one run"
    yield Figure("portfolio of 20,000, gap", 0.03, "%", gap, note=note)


def prices() -> Iterator[Figure]:
    """What explaining and doubting a fund's plan costs, a project and a draw."""
    projects, rules = made(200)
    selection = chosen(projects, rules)
    if selection.plan is None:
        return
    near = portfolio.near(selection, 5)
    found, spent = timed(
        lambda: portfolio.prices(projects, rules, selection, among=near, effort=patient()), 1
    )
    least = min((price.cost for price in found.values() if price.cost is not None), default=0)
    note = f"nearest the line, all exact; least {least / portfolio.UNIT:.3f} points"
    yield Figure("a price, of 200", 2.8, "s", spent / len(near), note=note)
    plan = selection.plan
    _, spent = timed(lambda: portfolio.stability(projects, rules, plan, draws=40), 1)
    yield Figure("200 draws of the scores, of 200", 60, "s", spent * 5, note="40 draws, times five")
    goals = replace(rules, goals=(Goal("first-time", "first"),))
    both, spent = timed(lambda: chosen(projects, goals), 3)
    if both.plan is not None:
        note = f"{both.plan.stages[1].value} first-time grantees; median of 3"
        yield Figure("two goals, of 200", 2.1, "s", spent, note=note)


def made(count: int) -> tuple[list[Project], Rules]:
    """Candidates from the seed, and the rules of the document."""
    random = Random(SEED)
    projects = []
    for number in range(count):
        tags = {f"theme {random.choices(range(6), [5, 4, 3, 3, 2, 1])[0]}"}
        tags.add(f"state {random.randrange(32)}")
        asked = random.randrange(800_000, 4_500_000, 100)
        points = round(min(5, max(1, random.gauss(3.2, 0.7))) * 1000)
        chances = (("first", 0.3), ("Indigenous-led", 0.2), ("equality", 0.67))
        tags |= {tag for tag, chance in chances if random.random() < chance}
        levels = portfolio.levels_of((asked,), OFFERS)
        organisation = f"O{random.randrange(count * 9 // 10)}"
        name = f"P{number:05}"
        projects.append(Project(name, points, levels, organisation, frozenset(tags), error=300))
    budget = sum(sum(project.levels[0].cents) for project in projects) * 12 // 100
    return projects, Rules(envelope_cents=budget, limits=tuple(limits()))


def limits() -> Iterator[Limit]:
    """Floors and ceilings, as shares of the envelope, and one of the projects."""
    for theme in range(6):
        name = f"theme {theme}"
        yield Limit(f"{name}, most", 3500, measure="share_of_envelope", tag=name)
        yield Limit(f"{name}, least", 800, True, "share_of_envelope", name)
    for state in range(32):
        name = f"state {state}"
        yield Limit(name, 2000, measure="share_of_envelope", tag=name)
    yield Limit("first", 1500, True, "share_of_envelope", "first")
    yield Limit("Indigenous-led", 1000, True, "share_of_envelope", "Indigenous-led")
    yield Limit("equality", 8000, True, "share_of_projects", "equality")


def chosen(projects: list[Project], rules: Rules) -> Selection:
    """The engine's answer within the time."""
    return portfolio.select(projects, rules, effort=patient())


def patient() -> Effort:
    """All the work that the time allows."""
    end = perf_counter() + WAIT
    return Effort(work=1e6, left=lambda: end - perf_counter())


def beside(case: tuple[list[Project], Rules], selection: Selection) -> str:
    """The second solver's value and time on the same problem, in the same run."""
    problem = portfolio.problem_of(*case)
    start = perf_counter()
    value = portfolio.best_value(problem, seconds=WAIT)
    spent = perf_counter() - start
    if value is None or selection.plan is None:
        return f"scipy's HiGHS found nothing in {spent:.1f} s"
    same = "the same value" if value == selection.plan.value else f"{value / portfolio.UNIT} points"
    return f"scipy's HiGHS: {same} in {spent:.1f} s"


def usual(case: tuple[list[Project], Rules], selection: Selection) -> str:
    """Sorting by score, beside the plan."""
    usual = portfolio.by_score(*case)
    if selection.plan is None:
        return "no plan"
    share = usual.value / selection.plan.value
    return f"sorting by score: {share:.0%} of the value, {len(usual.broken)} rules broken"


def said(times: int) -> str:
    return f"median of {times}"


def timed[Answer](work: Callable[[], Answer], times: int) -> tuple[Answer, float]:
    """What the work answers, and its median seconds."""
    spent = []
    for _ in range(times):
        start = perf_counter()
        answer = work()
        spent.append(perf_counter() - start)
    return answer, median(spent)
