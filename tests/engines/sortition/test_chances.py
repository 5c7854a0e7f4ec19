"""The fairest chances, against pools small enough to list every panel."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import sortition
from monarca.engines.sortition import Person, Quota, Task
from tests.engines.sortition import oracle

NEAR = 1e-5


def feasible(seed, **wanted):
    """The first random small task from this seed on that some panel can meet."""
    random = Random(seed)
    while True:
        task = oracle.small_task(random, **wanted)
        if oracle.panels(task):
            return task


def two_halves(*, men, women):
    """As the public example of Flanigan et al.: two features that nearly coincide."""
    people = [Person(f"m{n:04}", {"gender": "m", "leaning": "right"}) for n in range(men)]
    people += [Person(f"w{n:04}", {"gender": "w", "leaning": "left"}) for n in range(women - 1)]
    return (*people, Person("w-other", {"gender": "w", "leaning": "right"}))


@given(st.integers(0, 10**9), st.integers(4, 9), st.booleans())
@settings(max_examples=12, deadline=None)
def test_everybody_has_the_leximin_chance_of_a_pool_whose_panels_can_be_listed(seed, people, homes):
    task = feasible(seed, people=people, homes=homes)

    found = sortition.fair_chances(task).everybody()

    expected = oracle.leximin(task)
    assert [found[each.id] for each in task.people] == pytest.approx(expected, abs=NEAR)


@given(st.integers(0, 10**9))
@settings(max_examples=8, deadline=None)
def test_maximin_gives_those_who_can_sit_at_all_the_largest_least_chance(seed):
    task = feasible(seed, people=8)
    can = {person for panel in oracle.panels(task) for person in panel}

    found = sortition.fair_chances(task, method="maximin").everybody()

    least = min(found[person] for person in can)
    assert least == pytest.approx(oracle.leximin(task, only_first=True), abs=NEAR)


def test_where_whole_people_cannot_reach_the_bound_the_levels_are_found_one_by_one():
    """Three answers, each wanted by exactly one of two seats or of neither: halves would fit."""
    pairs = {"p1": "110", "p2": "101", "p3": "011", "p4": "000", "p5": "110"}
    people = tuple(
        Person(each, dict(zip("abc", said, strict=True))) for each, said in pairs.items()
    )
    quotas = tuple(Quota(feature, "1", 1, 1) for feature in "abc")
    halves = Task(people, quotas, 2)
    with pytest.raises(sortition.NoPanelIsPossible) as refused:
        sortition.fair_chances(halves)
    assert oracle.least_change(halves) == (1, 1)
    assert refused.value.relaxation.total == 1

    wider = Task(people, (*quotas[:2], Quota("c", "1", 0, 1)), 2)
    found = sortition.fair_chances(wider)
    assert (found.least, found.ceiling) == (0.0, pytest.approx(0.5, abs=NEAR))
    expected = {"p1": 0.5, "p2": 0.0, "p3": 0.0, "p4": 1.0, "p5": 0.5}
    assert found.everybody() == pytest.approx(expected, abs=NEAR)
    assert dict(zip(pairs, oracle.leximin(wider), strict=True)) == pytest.approx(
        found.everybody(), abs=NEAR
    )


@pytest.mark.parametrize("seed", [3, 8, 21, 34])
def test_the_levels_and_the_relaxation_agree(seed, monkeypatch):
    task = feasible(seed, people=9)
    usual = sortition.fair_chances(task)
    from monarca.engines.sortition import fairness

    def never(within, aim, first, *, progress):
        return fairness.Mixture([first], aim.point[:1], 1.0), False

    monkeypatch.setattr(fairness, "mixed", never)
    for method in sortition.METHODS:
        slow = sortition.fair_chances(task, method=method)
        assert slow.gap <= NEAR
        assert slow.least == pytest.approx(usual.least, abs=NEAR)
        can = [each.chance for each in slow.kinds if each.chance > 0]
        assert slow.ceiling == pytest.approx(min(can), abs=NEAR)
    slow = sortition.fair_chances(task).everybody()
    assert slow == pytest.approx(dict(usual.everybody()), abs=NEAR)


def test_the_published_example_has_its_published_least_chance():
    """2,000 people, 200 seats, each half of each feature at least 99: 10.0 % for everybody."""
    quotas = tuple(
        Quota(feature, value, 99, 200)
        for feature, values in (("gender", "mw"), ("leaning", ("left", "right")))
        for value in values
    )
    task = Task(two_halves(men=1000, women=1000), quotas, 200)

    found = sortition.fair_chances(task)

    assert found.least == pytest.approx(0.1, abs=NEAR)
    assert max(found.everybody().values()) == pytest.approx(0.1, abs=NEAR)
    assert {each.reason.code for each in found.kinds} == {"sortition.even"}


def test_every_panel_of_the_lottery_keeps_every_quota_and_the_chances_are_its_own():
    task = feasible(11, people=10)
    found = sortition.fair_chances(task)

    assert sum(found.weights) == pytest.approx(1.0, abs=1e-12)
    assert min(found.weights) > 0
    for panel in found.panels:
        assert sum(panel) == task.seats
        for quota in task.quotas:
            count = sum(
                number
                for number, each in zip(panel, found.kinds, strict=True)
                if (quota.feature, quota.value) in each.kind.answers
            )
            assert quota.least <= count <= quota.most
    for place, each in enumerate(found.kinds):
        sits = sum(
            weight * panel[place] for weight, panel in zip(found.weights, found.panels, strict=True)
        )
        assert each.chance == pytest.approx(sits / each.kind.size, abs=1e-12)


@given(st.integers(0, 10**9), st.randoms(use_true_random=False))
@settings(max_examples=8, deadline=None)
def test_the_order_of_people_and_quotas_changes_nobodys_chance(seed, random):
    task = feasible(seed, people=9, homes=True)
    people, quotas = list(task.people), list(task.quotas)
    random.shuffle(people)
    random.shuffle(quotas)

    found = sortition.fair_chances(replace(task, people=tuple(people), quotas=tuple(quotas)))

    expected = sortition.fair_chances(task).everybody()
    assert found.everybody() == pytest.approx(dict(expected), abs=NEAR)


def test_whoever_can_never_sit_is_told_so_and_does_not_spoil_maximin_for_the_rest():
    people = (
        Person("a", {"x": "1"}),
        Person("b", {"x": "1"}),
        Person("c", {"x": "1"}),
        Person("d", {"x": "2"}),
    )
    task = Task(people, (Quota("x", "2", 0, 0),), 2)

    found = sortition.fair_chances(task, method="maximin")

    assert found.everybody() == pytest.approx(
        {"a": 2 / 3, "b": 2 / 3, "c": 2 / 3, "d": 0}, abs=NEAR
    )
    told = {each.kind.homes[0][0]: each.reason.code for each in found.kinds}
    assert told["d"] == "sortition.never"


@pytest.mark.parametrize(
    ("quota", "code", "chance"),
    [
        (Quota("x", "1", 0, 1), "sortition.held", 0.2),
        (Quota("x", "1", 4, 5), "sortition.raised", 0.8),
        (Quota("x", "1", 0, 5), "sortition.even", 0.5),
    ],
)
def test_a_chance_says_which_quota_sets_it(quota, code, chance):
    people = tuple(Person(f"p{n}", {"x": "1" if n < 5 else "2"}) for n in range(10))

    found = sortition.fair_chances(Task(people, (quota,), 5))

    mine = next(each for each in found.kinds if ("x", "1") in each.kind.answers)
    assert (mine.reason.code, mine.chance) == (code, pytest.approx(chance, abs=NEAR))


def test_people_whom_nothing_tells_apart_all_sit_when_there_is_a_seat_for_each():
    people = tuple(Person(f"p{n}", {}) for n in range(7))
    assert sortition.fair_chances(Task(people, (), 7)).least == 1.0
    assert sortition.fair_chances(Task(people, (), 1)).least == pytest.approx(1 / 7)
    assert sortition.fair_chances(Task(people[:1], (), 1)).everybody() == {"p0": 1.0}


@pytest.mark.parametrize(
    ("task", "code"),
    [
        (Task((), (), 1), "sortition.no_people"),
        (Task((Person("a", {}),), (), 0), "sortition.no_seats"),
        (Task((Person("a", {}), Person("a", {})), (), 1), "sortition.person_twice"),
        (Task((Person("a", {}),), (Quota("x", "1", 2, 1),), 1), "sortition.limits_crossed"),
        (Task((Person("a", {}),), (Quota("x", "1", -1, 1),), 1), "sortition.limits_crossed"),
        (Task((Person("a", {}),), (Quota("x", "1", 0, 1),) * 2, 1), "sortition.quota_twice"),
        (Task((Person("a", {}),), (), 2), "sortition.too_few"),
    ],
)
def test_a_task_that_cannot_be_understood_is_refused_with_its_reason(task, code):
    for asked in (sortition.fair_chances, sortition.relaxed, sortition.ceiling):
        with pytest.raises(sortition.CannotDraw) as refused:
            asked(task)
        assert refused.value.reason.code == code


def test_an_unknown_method_is_no_method():
    with pytest.raises(ValueError, match="greedy"):
        sortition.fair_chances(Task((Person("a", {}),), (), 1), method="greedy")


def test_progress_is_told_and_an_interruption_passes_through():
    task = feasible(5, people=10)
    heard = []
    sortition.fair_chances(task, progress=lambda done, whole: heard.append((done, whole)))
    assert heard
    assert all(0 <= done <= whole for done, whole in heard)

    def stop(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        sortition.fair_chances(task, progress=stop)


def test_the_ceiling_alone_is_the_least_chance_where_the_bound_is_reached():
    task = feasible(2, people=10)
    assert sortition.ceiling(task) >= sortition.fair_chances(task).least - NEAR


def test_the_ceiling_is_that_of_those_who_can_sit_and_of_everybody_when_asked_alone():
    people = (*(Person(f"p{n}", {"x": "1"}) for n in range(4)), Person("never", {"x": "2"}))
    task = Task(people, (Quota("x", "2", 0, 0),), 2)

    found = sortition.fair_chances(task)

    assert (found.least, found.ceiling) == (0.0, pytest.approx(0.5, abs=NEAR))
    assert sortition.ceiling(task) == 0.0
    assert sortition.ceiling(replace(task, people=people[:4])) == pytest.approx(0.5)
