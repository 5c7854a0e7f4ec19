"""Replacements keep the quotas of the whole panel, given who stays."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import sortition
from monarca.engines.sortition import Person, Quota, Task
from tests.engines.sortition import oracle

PEOPLE = tuple(
    Person(f"p{n}", {"sex": "w" if n % 2 else "m"}, f"home {n // 2}" if n < 4 else "")
    for n in range(12)
)
TASK = Task(PEOPLE, (Quota("sex", "w", 2, 2), Quota("sex", "m", 2, 2)), 4)


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None)
def test_whoever_stays_with_whoever_comes_keeps_every_quota(seed):
    random = Random(seed)
    task = oracle.small_task(random, people=10, features=2)
    while not oracle.panels(task):
        task = oracle.small_task(random, people=10, features=2)
    table = sortition.table(sortition.fair_chances(task))
    members = sortition.draw(table, seed="first").members
    declined = members[:1]

    empty = sortition.vacancy(task, staying=members[1:], declined=declined)
    if empty.relaxation:
        return
    drawn = sortition.draw(sortition.table(sortition.fair_chances(empty.task)), seed="second")

    people = {person.id: person for person in task.people}
    assert set(drawn.members).isdisjoint(members)
    assert oracle.keeps(task, [people[each] for each in (*members[1:], *drawn.members)])


def test_everybody_who_can_come_has_the_same_chance_where_nothing_tells_them_apart():
    empty = sortition.vacancy(TASK, staying=["p0", "p1", "p2"], declined=["p3"])

    found = sortition.fair_chances(empty.task).everybody()

    assert empty.relaxation is None
    assert empty.task.seats == 1
    women = {"p5", "p7", "p9", "p11"}
    assert {person for person, chance in found.items() if chance > 0} == women
    assert [found[person] for person in sorted(women)] == pytest.approx([0.25] * 4, abs=1e-6)


def test_nobody_comes_from_the_address_of_somebody_who_stays():
    task = replace(TASK, is_one_per_address=True)
    empty = sortition.vacancy(task, staying=["p0", "p4", "p5"], declined=["p7"])
    assert [person.id for person in empty.task.people] == [
        "p2", "p3", "p6", "p8", "p9", "p10", "p11",
    ]  # fmt: skip


def test_where_the_quotas_cannot_be_kept_they_give_way_as_little_as_possible():
    men = tuple(each for each in PEOPLE if each.answers["sex"] == "m" or each.id in {"p1", "p3"})
    task = replace(TASK, people=men)

    empty = sortition.vacancy(task, staying=["p0", "p2", "p1"], declined=["p3"])

    assert empty.relaxation is not None
    assert [(each.quota, each.instead) for each in empty.relaxation.changes] == [
        (Quota("sex", "w", 1, 1), Quota("sex", "w", 0, 1)),
        (Quota("sex", "m", 0, 0), Quota("sex", "m", 0, 1)),
    ]
    assert sortition.fair_chances(empty.task).least == pytest.approx(1 / 4)


@pytest.mark.parametrize(
    ("staying", "declined", "code"),
    [
        (["p0", "nobody"], ["p1"], "sortition.not_in_pool"),
        (["p0", "p1"], ["p1"], "sortition.stays_and_declines"),
        (["p0", "p1", "p2", "p3"], [], "sortition.no_empty_seat"),
        (["p0"], [f"p{n}" for n in range(1, 12)], "sortition.too_few"),
        (["p0"], [f"p{n}" for n in range(1, 11)], "sortition.too_few"),
    ],
)
def test_what_cannot_be_replaced_is_refused(staying, declined, code):
    with pytest.raises(sortition.CannotDraw) as refused:
        sortition.vacancy(TASK, staying=staying, declined=declined)
    assert refused.value.reason.code == code
