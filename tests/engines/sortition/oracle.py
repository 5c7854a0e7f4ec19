"""Small pools solved by listing every panel, person by person: slow, plain, and hard to get wrong."""

from itertools import combinations

import numpy as np
from scipy.optimize import linprog

from monarca.engines.sortition import Person, Quota, Task


def keeps(task, members):
    """Does this panel keep every quota, and the rule of one person an address?"""
    for quota in task.quotas:
        count = sum(member.answers.get(quota.feature) == quota.value for member in members)
        if not quota.least <= count <= quota.most:
            return False
    homes = [member.address for member in members if member.address]
    return not task.is_one_per_address or len(homes) == len(set(homes))


def panels(task):
    """Every panel there is, as ids."""
    return [
        tuple(member.id for member in members)
        for members in combinations(task.people, task.seats)
        if keeps(task, members)
    ]


def leximin(task, *, only_first=False):
    """The leximin chance of each person, in order: who is stuck is found by asking for more.

    With `only_first`, the least chance of those who can sit at all, instead.
    """
    listed = panels(task)
    ids = [person.id for person in task.people]
    sits = np.array([[float(each in panel) for panel in listed] for each in ids])
    fixed = {place: 0.0 for place in range(len(ids)) if not sits[place].any()}
    while len(fixed) < len(ids):
        level = highest(sits, fixed, [p for p in range(len(ids)) if p not in fixed])
        if only_first:
            return level
        free = [place for place in range(len(ids)) if place not in fixed]
        floors = fixed | dict.fromkeys(free, level - 1e-9)
        stuck = [p for p in free if highest(sits, without(floors, p), [p]) < level + 1e-6]
        fixed |= dict.fromkeys(stuck, level)
    return [fixed[place] for place in range(len(ids))]


def without(floors, place):
    return {each: floor for each, floor in floors.items() if each != place}


def highest(sits, floors, raised):
    """The highest level that everybody in `raised` can reach while the floors hold."""
    count = sits.shape[1]
    above = [np.append(-sits[place], 1.0) for place in raised]
    above += [np.append(-sits[place], 0.0) for place in floors]
    limits = [0.0] * len(raised) + [1e-10 - floor for floor in floors.values()]
    solved = linprog(
        np.append(np.zeros(count), -1.0),
        A_ub=np.array(above),
        b_ub=limits,
        A_eq=np.append(np.ones(count), 0.0)[None],
        b_eq=[1.0],
        bounds=(0, 1),
        method="highs",
    )
    return -solved.fun


def least_change(task):
    """The fewest quotas that must give way, and by how few seats then: over every panel."""
    bare = Task(task.people, (), task.seats, task.is_one_per_address)
    by_id = {person.id: person for person in task.people}
    costs = []
    for panel in panels(bare):
        members = [by_id[each] for each in panel]
        passed = [
            max(quota.least - count, count - quota.most, 0)
            for quota in task.quotas
            for count in [sum(each.answers.get(quota.feature) == quota.value for each in members)]
        ]
        costs.append((sum(seats > 0 for seats in passed), sum(passed)))
    return min(costs)


def small_task(random, *, people, features=3, homes=False):
    """A random small pool with quotas of which some panel can (and sometimes cannot) be made."""
    values = [["a", "b", "c"][: random.choice((2, 2, 3))] for _ in range(features)]
    pool = tuple(
        Person(
            f"p{number}",
            {f"f{place}": random.choice(each) for place, each in enumerate(values)},
            f"home {random.randrange(people)}" if homes else "",
        )
        for number in range(people)
    )
    seats = random.randint(2, max(2, people // 2))
    quotas = []
    for place, each in enumerate(values):
        for value in each:
            fair = seats / len(each)
            least = max(0, int(fair) - random.randint(0, 1))
            quotas.append(Quota(f"f{place}", value, least, int(fair) + random.randint(0, 1)))
    return Task(pool, tuple(quotas), seats, homes)
