"""When no panel is possible: the smallest change, what is short, and which quotas clash."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import sortition
from monarca.engines.reasons import Reason
from monarca.engines.sortition import Person, Quota, Task
from tests.engines.sortition import oracle

PEOPLE = tuple(
    Person(f"p{n}", {"sex": "w" if n < 2 else "m", "age": "old" if n % 2 else "young"})
    for n in range(8)
)


def impossible(seed, **wanted):
    random = Random(seed)
    while True:
        task = oracle.small_task(random, **wanted)
        bare = replace(task, quotas=())
        if oracle.panels(bare) and not oracle.panels(task):
            return task


@given(st.integers(0, 10**9), st.booleans())
@settings(max_examples=12, deadline=None)
def test_the_change_is_the_smallest_there_is_and_a_panel_keeps_what_is_left(seed, homes):
    task = impossible(seed, people=8, homes=homes)

    found = sortition.relaxed(task)

    assert (len(found.changes), found.total) == oracle.least_change(task)
    assert oracle.panels(found.task)
    assert sum(change.seats for change in found.changes) == found.total
    for change in found.changes:
        assert change.instead.least <= change.quota.least
        assert change.instead.most >= change.quota.most


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None)
def test_the_quotas_that_clash_cannot_be_kept_and_none_can_be_spared(seed):
    task = impossible(seed, people=8)

    clash = sortition.relaxed(task).clash

    assert clash
    assert not oracle.panels(replace(task, quotas=clash))
    for quota in clash:
        rest = tuple(each for each in clash if each != quota)
        assert oracle.panels(replace(task, quotas=rest))


def test_a_value_that_too_few_people_gave_is_named_with_the_numbers():
    task = Task(PEOPLE, (Quota("sex", "w", 3, 4), Quota("age", "old", 1, 3)), 4)

    with pytest.raises(sortition.NoPanelIsPossible) as refused:
        sortition.fair_chances(task)

    told = refused.value.relaxation
    values = {"feature": "sex", "value": "w", "least": 3, "people": 2}
    assert told.short == (Reason("sortition.short", values),)
    assert told.clash == (Quota("sex", "w", 3, 4),)
    assert [(each.quota, each.instead, each.people) for each in told.changes] == [
        (Quota("sex", "w", 3, 4), Quota("sex", "w", 2, 4), 2)
    ]
    assert refused.value.reason == Reason("sortition.no_panel", {"quotas": 1, "total": 1})


def test_quotas_that_ask_for_more_or_fewer_than_the_seats_are_named():
    more = Task(PEOPLE, (Quota("age", "old", 3, 4), Quota("age", "young", 2, 4)), 4)
    fewer = Task(PEOPLE, (Quota("age", "old", 0, 1), Quota("age", "young", 0, 2)), 4)

    assert sortition.short(more) == (
        Reason("sortition.more_than_seats", {"feature": "age", "seats": 4, "total": 5}),
    )
    assert sortition.short(fewer) == (
        Reason("sortition.fewer_than_seats", {"feature": "age", "seats": 4, "total": 3}),
    )
    assert sortition.relaxed(more).total == 1
    assert sortition.relaxed(fewer).total == 1


def test_what_is_asked_for_first_gives_way_last():
    one, two = Quota("age", "old", 3, 4), Quota("age", "young", 2, 4)
    assert [each.quota for each in sortition.relaxed(Task(PEOPLE, (one, two), 4)).changes] == [two]
    assert [each.quota for each in sortition.relaxed(Task(PEOPLE, (two, one), 4)).changes] == [one]


@pytest.mark.parametrize(
    ("seed", "homes", "quotas", "seats"),
    [(200, True, 2, 4), (254, False, 2, 4), (376, False, 3, 5)],
)
def test_fewer_quotas_give_way_even_where_more_of_them_would_cost_fewer_seats(
    seed, homes, quotas, seats
):
    task = impossible(seed, people=8, homes=homes)
    found = sortition.relaxed(task)
    assert (len(found.changes), found.total) == (quotas, seats) == oracle.least_change(task)


def test_a_quota_far_beyond_the_pool_gives_way_as_far_as_it_must():
    found = sortition.relaxed(Task(PEOPLE, (Quota("sex", "x", 500, 900),), 4))
    assert [(each.instead.least, each.instead.most) for each in found.changes] == [(0, 900)]
    assert found.total == 500


def test_numbers_beyond_any_solver_are_numbers_all_the_same():
    endless = 10**30
    task = Task(PEOPLE, (Quota("sex", "w", endless, endless), Quota("age", "old", 0, endless)), 4)
    found = sortition.relaxed(task)
    assert [(each.quota.value, each.instead.least) for each in found.changes] == [("w", 2)]
    assert found.total == endless - 2
    assert found.clash == (task.quotas[0],)


def test_nothing_changes_where_a_panel_is_possible():
    task = Task(PEOPLE, (Quota("sex", "w", 1, 2),), 4)
    assert sortition.relaxed(task) == sortition.Relaxation((), task, (), ())


def test_too_few_people_is_no_matter_of_quotas():
    with pytest.raises(sortition.CannotDraw) as refused:
        sortition.relaxed(Task(PEOPLE, (Quota("sex", "w", 1, 2),), 9))
    assert refused.value.reason == Reason("sortition.too_few", {"people": 8, "seats": 9})
