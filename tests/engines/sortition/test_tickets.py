"""The table of tickets: every ticket a panel, every person their share, and nothing to be bent."""

from collections import Counter
from dataclasses import replace
from math import sqrt
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines import sortition
from monarca.engines.sortition import Person, Quota, Task
from tests.engines.sortition import oracle


def pool(random, people=60, *, homes=0):
    """People with three answers each, some of them at shared addresses."""
    return tuple(
        Person(
            f"p{number:03}",
            {"a": random.choice("xyy"), "b": random.choice("uvw"), "c": random.choice("mnnn")},
            f"home {random.randrange(homes)}" if homes and random.random() < 0.5 else "",
        )
        for number in range(people)
    )


QUOTAS = (
    Quota("a", "x", 5, 7),
    Quota("b", "u", 3, 5),
    Quota("b", "v", 3, 5),
    Quota("c", "m", 5, 7),
)


def task(seed=1, **more):
    homes = more.get("homes", 0)
    return Task(pool(Random(seed), **more), QUOTAS, 12, bool(homes))


@given(st.integers(0, 10**9), st.booleans())
@settings(max_examples=6, deadline=None)
def test_every_ticket_is_a_panel_and_tickets_follow_the_chances(seed, has_homes):
    asked = task(seed, homes=20 if has_homes else 0)
    try:
        chances = sortition.fair_chances(asked)
    except sortition.NoPanelIsPossible as refused:
        asked = refused.relaxation.task
        chances = sortition.fair_chances(asked)

    table = sortition.table(chances)

    people = {person.id: person for person in asked.people}
    assert len(table.tickets) == 1000
    for ticket in table.tickets:
        assert len(set(ticket)) == 12
        assert oracle.keeps(asked, [people[each] for each in ticket])
    held = table.held()
    assert sum(held.values()) == 12_000
    for each in chances.kinds:
        mine = [held[person] for home in each.kind.homes for person in home]
        assert max(mine) - min(mine) <= 1
    assert table.largest_difference < 3


def test_the_panel_that_was_drawn_comes_from_the_seed_and_the_table_alone():
    table = sortition.table(sortition.fair_chances(task()))
    again = sortition.table(sortition.fair_chances(task()))

    assert table == again
    assert table.commitment == again.commitment
    drawn = sortition.draw(table, seed="2024-05-03 04 17 23")
    assert drawn == sortition.draw(again, seed="2024-05-03 04 17 23")
    assert drawn.members == table.tickets[drawn.number - 1]


def test_the_order_of_the_rows_changes_neither_the_table_nor_the_draw():
    asked = task(4, homes=15)
    people = list(asked.people)
    Random(9).shuffle(people)
    other = replace(asked, people=tuple(people), quotas=asked.quotas[::-1])

    table = sortition.table(sortition.fair_chances(asked))

    shuffled = sortition.table(sortition.fair_chances(other))
    assert shuffled.task == table.task
    assert sortition.check(shuffled, asked) == ()
    assert shuffled.held() == pytest.approx(dict(table.held()), abs=2)


def test_over_many_seeds_everybody_is_drawn_as_often_as_their_tickets_say():
    table = sortition.table(sortition.fair_chances(task()), tickets=200)
    seeds = 1500
    drawn = Counter(
        person
        for number in range(seeds)
        for person in sortition.draw(table, seed=f"seed {number}").members
    )

    off = []
    for person, tickets in table.held().items():
        chance = tickets / 200
        spread = sqrt(seeds * chance * (1 - chance)) or 1.0
        off.append(abs(drawn[person] - seeds * chance) / spread)
    assert max(off) < 4
    assert sum(each > 3 for each in off) <= 1
    assert sum(each > 2 for each in off) <= len(off) * 0.12


def test_a_table_that_is_right_has_no_findings():
    asked = task()
    table = sortition.table(sortition.fair_chances(asked))
    drawn = sortition.draw(table, seed="7")
    assert sortition.check(table, asked, drawn=drawn, committed=table.commitment) == ()


def swapped(table, number, out, into):
    """The table with one person of one ticket exchanged."""
    ticket = tuple(sorted(into if each == out else each for each in table.tickets[number - 1]))
    tickets = (*table.tickets[: number - 1], ticket, *table.tickets[number:])
    return replace(table, tickets=tickets)


def test_a_ticket_with_somebody_exchanged_is_found_by_the_commitment_and_by_the_quota():
    asked = task()
    table = sortition.table(sortition.fair_chances(asked))
    by_id = {person.id: person for person in asked.people}
    bare = next(
        number
        for number, ticket in enumerate(table.tickets, 1)
        if sum(by_id[each].answers["a"] == "x" for each in ticket) == 5
    )
    out = next(each for each in table.tickets[bare - 1] if by_id[each].answers["a"] == "x")
    into = next(
        each.id
        for each in asked.people
        if each.id not in table.tickets[bare - 1]
        and each.answers == {**by_id[out].answers, "a": "y"}
    )

    found = sortition.check(swapped(table, bare, out, into), asked, committed=table.commitment)

    assert [each.code for each in found] == ["sortition.other_commitment", "sortition.quota_broken"]
    assert found[1].values == {
        "ticket": bare,
        "feature": "a",
        "value": "x",
        "count": 4,
        "least": 5,
        "most": 7,
    }


def test_what_else_a_check_finds():
    asked = task(4, homes=15)
    table = sortition.table(sortition.fair_chances(asked))
    drawn = sortition.draw(table, seed="7")
    first = table.tickets[0]

    def codes(changed, **more):
        return [each.code for each in sortition.check(changed, more.pop("task", asked), **more)]

    assert codes(table, task=replace(asked, quotas=asked.quotas[:2])) == ["sortition.other_task"]
    assert codes(replace(table, tickets=())) == ["sortition.no_tickets"]
    assert codes(swapped(table, 1, first[0], "nobody")) == ["sortition.stranger"]
    assert "sortition.wrong_seats" in codes(swapped(table, 1, first[0], first[1]))
    other = drawn.number % 1000 + 1
    assert codes(table, drawn=replace(drawn, number=other)) == ["sortition.other_ticket"]
    assert codes(table, drawn=replace(drawn, seed="8")) == ["sortition.other_ticket"]
    members = (*drawn.members[1:], "nobody")
    assert codes(table, drawn=replace(drawn, members=members)) == ["sortition.other_members"]


def test_two_people_of_one_address_on_a_ticket_are_found():
    people = (
        Person("a", {"x": "1"}, "Elm 1"),
        Person("b", {"x": "1"}, "Elm 1"),
        Person("c", {"x": "1"}, "Elm 2"),
    )
    asked = Task(people, (), 2, is_one_per_address=True)
    table = sortition.table(sortition.fair_chances(asked))
    assert table.held() == {"a": 500, "b": 500, "c": 1000}

    found = sortition.check(swapped(table, 1, "c", "b" if "a" in table.tickets[0] else "a"), asked)

    assert [each.code for each in found] == ["sortition.address_twice"]


def test_a_table_may_have_any_number_of_tickets():
    chances = sortition.fair_chances(task())
    for tickets in (1, 7, 100):
        table = sortition.table(chances, tickets=tickets)
        assert len(table.tickets) == tickets
        assert sortition.check(table, task()) == ()
