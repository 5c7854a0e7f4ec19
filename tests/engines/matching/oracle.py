"""What tests are checked against: every plan of a tiny problem, and linear programmes by HiGHS."""

from collections.abc import Iterator
from itertools import combinations, product

from monarca.engines.matching import Application, Pair, Problem, Reviewer


def affinity(problem: Problem, file: Application, person: Reviewer) -> int:
    """Given, or points met of the points possible in thousandths, rounded half up."""
    pair = pair_of(problem, file, person)
    if pair and pair.affinity is not None:
        return pair.affinity
    met = possible = 0
    for order, topic in enumerate(file.topics):
        weight = 1 if order else 2
        possible += 2 * weight
        met += weight * (2 if topic in person.topics else 1 if topic in person.past else 0)
    return (2000 * met + possible) // (2 * possible) if possible else 0


def pair_of(problem: Problem, file: Application, person: Reviewer) -> Pair | None:
    known = (e for e in problem.pairs if (e.application, e.reviewer) == (file.id, person.id))
    return next(known, None)


def may(problem: Problem, file: Application, person: Reviewer) -> bool:
    """Is the pair listed where it must be, without conflict, in a language that is read?"""
    pair = pair_of(problem, file, person)
    if pair is None:
        return not problem.is_listed_only and file.languages <= person.languages
    reads = pair.is_language_waived or file.languages <= person.languages
    return reads and not pair.is_conflict


def is_met(file: Application, people: tuple[Reviewer, ...]) -> bool:
    """Has every need a reviewer of its own among these?"""
    needs = sorted(set(file.needs))
    if not needs:
        return True
    for chosen in combinations(range(len(people)), len(needs)):
        for order in permuted(chosen):
            if all(need in people[p].skills for need, p in zip(needs, order, strict=True)):
                return True
    return False


def permuted(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
    if len(chosen) <= 1:
        yield chosen
        return
    for place, first in enumerate(chosen):
        for rest in permuted(chosen[:place] + chosen[place + 1 :]):
            yield (first, *rest)


def plans(problem: Problem) -> Iterator[dict[str, tuple[Reviewer, ...]]]:
    """Every plan that breaks nothing."""
    choices = []
    for file in problem.applications:
        able = [each for each in problem.reviewers if may(problem, file, each)]
        sets = combinations(able, problem.wanted(file))
        choices.append([few for few in sets if is_met(file, few)])
    for chosen in product(*choices):
        load: dict[str, int] = {}
        for few in chosen:
            for each in few:
                load[each.id] = load.get(each.id, 0) + 1
        if all(load.get(each.id, 0) <= each.most for each in problem.reviewers):
            ids = (each.id for each in problem.applications)
            yield dict(zip(ids, chosen, strict=True))


def kept(problem: Problem, plan: dict[str, tuple[Reviewer, ...]]) -> int:
    pairs = {(file, each.id) for file, few in plan.items() for each in few}
    return len(pairs & set(problem.keep))


def wished(problem: Problem, plan: dict[str, tuple[Reviewer, ...]]) -> int:
    loads = [each.id for few in plan.values() for each in few]
    return sum(min(each.least, loads.count(each.id)) for each in problem.reviewers)


def scores(problem: Problem, plan: dict[str, tuple[Reviewer, ...]]) -> list[int]:
    return [
        sum(affinity(problem, file, each) for each in plan[file.id])
        for file in problem.applications
    ]


def best_kept(problem: Problem) -> list[dict[str, tuple[Reviewer, ...]]]:
    """Of all plans those that keep most pairs, and of those the ones that meet most wished load."""
    found = list(plans(problem))
    if not found:
        return []
    most = max((kept(problem, each), wished(problem, each)) for each in found)
    return [each for each in found if (kept(problem, each), wished(problem, each)) == most]
