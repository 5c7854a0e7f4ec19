"""A plan as it is handed over: every pair with its reasons, every load, the proof in sentences."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from monarca.engines.matching.network import Network, needs_of
from monarca.engines.matching.pricing import Outcome
from monarca.engines.matching.problem import SCALE, Application, Problem, Reviewer
from monarca.engines.matching.seats import OPEN, seated
from monarca.engines.reasons import Reason


@dataclass(frozen=True, slots=True)
class Place:
    """One reviewer for one application, and why.

    `affinity` in thousandths; `need` is the skill this person is there for (several are joined by
    a plus sign); `chance` in thousandths, where the plan was drawn.
    """

    application: str
    reviewer: str
    affinity: int
    need: str
    is_kept: bool
    chance: int | None
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Served:
    """What one application gets, and the most that any plan could give it (thousandths)."""

    application: str
    score: int
    best: int
    eligible: int


@dataclass(frozen=True, slots=True)
class Load:
    """How many applications one reviewer reads, between wish and limit."""

    reviewer: str
    places: int
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Dropped:
    """A pair of the earlier plan that did not stay, and why."""

    application: str
    reviewer: str
    reason: Reason


@dataclass(frozen=True, slots=True)
class Proof:
    """What is proved of a plan; all sums in thousandths.

    `floor`: the worst served application's score. `ceiling`: the least of all own bests. `bound`:
    no plan has a higher floor. `is_proved`: floor and bound are equal. `level`: as many of the
    worst served as no plan serves better. `total` beside `most`, the largest of any plan.
    """

    floor: int
    ceiling: int
    bound: int
    is_proved: bool
    level: int
    total: int
    most: int


@dataclass(frozen=True, slots=True)
class Plan:
    """Who reads what. `seed` and `cap` (thousandths) where it was drawn; `said` in sentences."""

    places: tuple[Place, ...]
    served: tuple[Served, ...]
    loads: tuple[Load, ...]
    dropped: tuple[Dropped, ...]
    proof: Proof
    said: tuple[Reason, ...]
    is_cut: bool = False
    cap: int | None = None
    seed: str = ""
    chances: tuple[tuple[str, str, int], ...] = ()


def loads_of(network: Network, outcome: Outcome) -> tuple[Load, ...]:
    """Every reviewer's load, in order of their ids."""
    count = Counter(network.candidates.column[outcome.taken].tolist())
    return tuple(
        Load(each.id, count[place], each.least, each.most)
        for place, each in enumerate(network.problem.reviewers)
    )


def served_by(network: Network, outcome: Outcome) -> tuple[Served, ...]:
    """Every application's score, in order of their ids."""
    numbers = (outcome.scores, outcome.bests, network.candidates.eligible)
    scores, bests, eligible = (each.tolist() for each in numbers)
    return tuple(
        Served(each.id, scores[place], bests[place], eligible[place])
        for place, each in enumerate(network.problem.applications)
    )


def places_of(
    network: Network, outcome: Outcome, chances: dict[int, int] | None = None
) -> tuple[Place, ...]:
    """Every pair of the plan with its reasons, in order of application and reviewer."""
    pairs, problem = network.candidates, network.problem
    chosen = outcome.taken.nonzero()[0]
    columns = (pairs.row, pairs.column, pairs.affinity, pairs.is_given, network.met, network.held)
    taken = list(zip(chosen.tolist(), *(each[chosen].tolist() for each in columns), strict=True))
    filled = _filled(network, [(row, met) for _, row, _, _, _, met, _ in taken])
    found = []
    for (place, row, column, affinity, given, _, held), need in zip(taken, filled, strict=True):
        file, person = problem.applications[row], problem.reviewers[column]
        chance = chances[place] if chances else None
        why = [*_suits(file, person, affinity, is_given=given)]
        if need:
            why.append(Reason("matching.fills", {"need": need}))
        if held:
            why.append(Reason("matching.kept"))
        if chance is not None:
            why.append(Reason("matching.drawn", {"chance_share": chance / SCALE}))
        found.append(Place(file.id, person.id, affinity, need, held, chance, tuple(why)))
    return tuple(found)


def _filled(network: Network, taken: list[tuple[int, int]]) -> list[str]:
    """The need each taken pair is there for, by the places of its application."""
    own: dict[int, list[int]] = {}
    for row, met in taken:
        if any(network.places[row]):
            own.setdefault(row, []).append(met)
    needs: dict[int, list[str]] = {}
    for row, people in own.items():
        places = network.places[row]
        names = needs_of(network.problem.applications[row].needs)
        sitting = seated(people, places) or ()
        needs[row] = [_named(places[place], names) for place in reversed(sitting)]
    return [needs[row].pop() if row in needs else "" for row, _ in taken]


def _named(mask: int, names: tuple[str, ...]) -> str:
    if mask == OPEN:
        return ""
    return " + ".join(name for bit, name in enumerate(names) if mask >> bit & 1)


def _suits(
    file: Application, person: Reviewer, affinity: int, *, is_given: bool
) -> Iterable[Reason]:
    """Language, topics shared, and where the affinity comes from."""
    reads = sorted(file.languages & person.languages)
    if reads:
        yield Reason("matching.reads", {"languages": ", ".join(reads)})
    shared = [each for each in file.topics if each in person.topics]
    past = [each for each in file.topics if each in person.past and each not in shared]
    if shared:
        yield Reason("matching.shares", {"topics": ", ".join(shared)})
    if past:
        yield Reason("matching.has_read", {"topics": ", ".join(past)})
    code = "matching.affinity_given" if is_given else "matching.affinity_computed"
    yield Reason(code, {"affinity": affinity / SCALE})


def dropped_from(network: Network, outcome: Outcome) -> tuple[Dropped, ...]:
    """The pairs of the earlier plan that are not in this one."""
    problem = network.problem
    files = {each.id: place for place, each in enumerate(problem.applications)}
    people = {each.id: place for place, each in enumerate(problem.reviewers)}
    pairs = network.candidates
    stays = network.held & outcome.taken
    kept = set(zip(pairs.row[stays].tolist(), pairs.column[stays].tolist(), strict=True))
    could = network.held & ~outcome.taken
    moved = set(zip(pairs.row[could].tolist(), pairs.column[could].tolist(), strict=True))
    found = []
    for file, person in problem.keep:
        cell = (files.get(file, -1), people.get(person, -1))
        if cell not in kept:
            found.append(Dropped(file, person, _why(problem, cell, is_free=cell in moved)))
    return tuple(found)


def _why(problem: Problem, cell: tuple[int, int], *, is_free: bool) -> Reason:
    """Why a pair of the earlier plan is gone."""
    row, column = cell
    if row < 0:
        return Reason("matching.application_left")
    if column < 0:
        return Reason("matching.reviewer_left")
    if is_free:
        return Reason("matching.had_to_move")
    file, person = problem.applications[row], problem.reviewers[column]
    known = (e for e in problem.pairs if (e.application, e.reviewer) == (file.id, person.id))
    pair = next(known, None)
    if pair and pair.is_conflict:
        return Reason("matching.now_conflict")
    if file.languages - person.languages and not (pair and pair.is_language_waived):
        return Reason("matching.now_language")
    return Reason("matching.now_unlisted")


def proof_of(outcome: Outcome) -> Proof:
    """What is proved of an outcome."""
    ceiling = int(outcome.bests.min()) if len(outcome.bests) else 0
    return Proof(
        outcome.floor,
        ceiling,
        outcome.bound,
        outcome.floor >= outcome.bound,
        outcome.level,
        outcome.total,
        outcome.most,
    )


def told(
    network: Network, proof: Proof, loads: tuple[Load, ...], *, dropped: tuple[Dropped, ...]
) -> tuple[Reason, ...]:
    """Floor, ceiling, total and load spread as sentences, and what stayed of an earlier plan."""
    problem = network.problem
    if not problem.applications:
        return (Reason("matching.nothing_to_read"),)
    said = [_floor(proof)]
    if proof.level > 1:
        values = {"level": proof.level, "all": len(problem.applications)}
        said.append(Reason("matching.level", values))
    said += [_total(proof), *_spread(loads)]
    if problem.keep:
        gone, all_ = len(dropped), len(problem.keep)
        said.append(Reason("matching.kept_of", {"kept": all_ - gone, "all": all_}))
    if network.candidates.is_cut:
        said.append(Reason("matching.cut"))
    return tuple(said)


def _spread(loads: tuple[Load, ...]) -> Iterable[Reason]:
    places = [each.places for each in loads]
    if places:
        least, most = min(places), max(places)
        yield Reason("matching.spread", {"least": least, "most": most})
    short = sum(each.places < each.least for each in loads)
    if short:
        yield Reason("matching.under_wish", {"reviewers": short})


def _floor(proof: Proof) -> Reason:
    floor, ceiling, bound = (n / SCALE for n in (proof.floor, proof.ceiling, proof.bound))
    if proof.floor >= proof.ceiling:
        return Reason("matching.floor_is_ceiling", {"floor": floor})
    if proof.is_proved:
        return Reason("matching.floor_is_proved", {"floor": floor, "ceiling": ceiling})
    gap = (proof.bound - proof.floor) / SCALE
    values = {"floor": floor, "bound": bound, "ceiling": ceiling, "gap": gap}
    return Reason("matching.floor_has_gap", values)


def _total(proof: Proof) -> Reason:
    if proof.total >= proof.most:
        return Reason("matching.total_is_most", {"total": proof.total / SCALE})
    values = {
        "total": proof.total / SCALE,
        "most": proof.most / SCALE,
        "price_share": 1 - proof.total / proof.most,
    }
    return Reason("matching.total_price", values)
