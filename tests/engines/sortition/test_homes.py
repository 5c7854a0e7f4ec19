"""One person an address: by sorts of household, and dealt evenly to homes."""

from collections import Counter
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import sortition
from monarca.engines.sortition import Person, Quota, Task
from monarca.engines.sortition.seating import order, seated


def test_addresses_with_the_same_answers_are_one_sort_of_household():
    people = (
        Person("a1", {"x": "1"}, "A"),
        Person("a2", {"x": "2"}, "A"),
        Person("b1", {"x": "2"}, "B"),
        Person("b2", {"x": "1"}, "B"),
        Person("c", {"x": "1"}, "C"),
        Person("d", {"x": "1"}),
        Person("e1", {"x": "1"}, "E"),
        Person("e2", {"x": "1"}, "E"),
    )
    found = sortition.kinds(Task(people, (Quota("x", "1", 0, 9),), 3, is_one_per_address=True))

    homes = {(each.answers[0][1], each.homes) for each in found}
    assert homes == {
        ("1", (("a1",), ("b2",))),
        ("2", (("a2",), ("b1",))),
        ("1", (("c",), ("d",))),
        ("1", (("e1", "e2"),)),
    }
    company = {each.homes: each.company for each in found}
    assert company[("a1",), ("b2",)] == company[("a2",), ("b1",)]
    assert len(set(company.values())) == 3


def test_without_the_rule_an_address_changes_nothing():
    people = tuple(Person(f"p{n}", {}, "one home") for n in range(5))
    assert sortition.fair_chances(Task(people, (), 3)).least == pytest.approx(0.6)
    with pytest.raises(sortition.CannotDraw) as refused:
        sortition.fair_chances(Task(people, (), 3, is_one_per_address=True))
    assert refused.value.reason.values == {"people": 1, "seats": 3}


@given(st.integers(0, 10**9), st.integers(1, 6), st.integers(1, 4), st.integers(1, 40))
@settings(max_examples=60, deadline=None)
def test_homes_are_dealt_evenly_to_every_kind_and_never_twice_on_a_ticket(
    seed, homes, sorts, tickets
):
    random = Random(seed)
    kinds = [
        sortition.Kind(
            (("x", str(sort)),),
            0,
            tuple(
                tuple(f"{home}-{sort}-{one}" for one in range(1 + sort % 2))
                for home in range(homes)
            ),
        )
        for sort in range(sorts)
    ]
    panels = []
    for _ in range(tickets):
        picks = Counter(random.choices(range(sorts), k=random.randint(0, homes)))
        panels.append([picks[sort] for sort in range(sorts)])

    dealt = seated(kinds, panels, order(str(seed)))

    for ticket, panel in zip(dealt, panels, strict=True):
        assert len({person.split("-")[0] for person in ticket}) == len(ticket) == sum(panel)
        sat = Counter(int(person.split("-")[1]) for person in ticket)
        assert [sat[sort] for sort in range(sorts)] == panel
    held = Counter(person for ticket in dealt for person in ticket)
    for kind in kinds:
        mine = [held[person] for home in kind.homes for person in home]
        assert max(mine) - min(mine) <= 1
