"""Apportionment: twenty thousand claimants, every rule, exact integers, reasons included."""

import random
from collections.abc import Callable, Iterator
from fractions import Fraction
from statistics import median
from time import perf_counter

from bench.figures import Figure
from monarca.engines.apportionment import RULES, Claim, Terms, divide

SEED = 20201112
MANY = 20_000
PARTICIPANTS = 130


def crowd(count: int) -> list[Claim]:
    """Seeded claimants with everything a rule may look at."""
    chance = random.Random(SEED)
    return [
        Claim(
            f"{place:06}",
            chance.randrange(1, 10**7),
            weight=Fraction(chance.randrange(1, 1000)),
            population=chance.randrange(10**4, 10**8),
            risk=Fraction(chance.randrange(5, 30), 10),
        )
        for place in range(count)
    ]


def spent(work: Callable[[], object], times: int = 5) -> float:
    """Seconds, the median of several runs."""
    found = []
    for _ in range(times):
        start = perf_counter()
        work()
        found.append(perf_counter() - start)
    return median(found)


def figures() -> Iterator[Figure]:
    """Every rule at 20,000 claimants, COVAX at 130, and the textbook method beside ours."""
    claims = crowd(MANY)
    terms = Terms(sum(claim.claim for claim in claims) // 3)
    times = {rule: spent(lambda rule=rule: divide(claims, terms, rule)) for rule in RULES}  # type: ignore[misc]
    for rule in ("water_filling", "webster", "covax"):
        yield Figure(f"allocate 20,000, {rule}", 0.2, "s", times[rule])
    slowest = max(times, key=lambda rule: times[rule])
    yield Figure("allocate 20,000, slowest rule", 0.2, "s", times[slowest], note=slowest)
    few = crowd(PARTICIPANTS)
    supply = Terms(10**9, unit=1200, buffer=Fraction(1, 20))
    covax = spent(lambda: divide(few, supply, "covax")) * 1000
    yield Figure("allocate 130, covax", 1.0, "ms", covax)
    seats = Terms(20_000)
    ours = spent(lambda: divide(few, seats, "webster"))
    theirs = spent(lambda: textbook(few, 20_000))
    note = f"one seat at a time: {theirs * 1000:.1f} ms, {theirs / ours:.0f}x, the same shares"
    same = [share.amount for share in divide(few, seats, "webster").shares] == textbook(few, 20_000)
    yield Figure(
        "Webster, 20,000 seats for 130", 10, "ms", ours * 1000, note=note if same else "DIFFERS"
    )


def textbook(claims: list[Claim], seats: int) -> list[int]:
    """Sainte-Laguë as the textbook has it: each seat to the largest claim over 2k + 1."""
    held = [0] * len(claims)
    for _ in range(seats):
        best = max(
            range(len(claims)),
            key=lambda place: (Fraction(claims[place].claim, 2 * held[place] + 1), -place),
        )
        held[best] += 1
    return held
