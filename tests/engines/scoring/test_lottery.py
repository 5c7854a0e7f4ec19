"""The draw at the line: narrow, committed beforehand, and the same for everybody who repeats it."""

import hashlib
import json
from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.scoring import Line, Review, Unfit, drawn, lottery, rank
from tests.engines.scoring.making import scored, simulated


def ranking(fund=20):
    rows, _ = simulated(60, 8, 3)
    return rank(rows, line=Line(fund=fund))


def test_only_chances_between_forty_and_sixty_are_in_the_draw():
    found = ranking()
    draw = lottery(found, seed="48213")
    inside = {
        row.application for row in found.standings if 0.4 <= row.chance <= 0.6 or row.side == "tied"
    }
    assert set(draw.pool) == inside
    assert len(draw.certain) + draw.places == 20
    assert len(draw.funded) == 20
    assert sum(each.is_drawn for each in draw.tickets) == draw.places
    best = {row.application for row in found.standings[:20]}
    assert best - inside == set(draw.certain)


def test_an_outsider_gets_the_same_tickets_with_a_hash_alone():
    draw = lottery(ranking(), seed="48213", announced="National Lottery, 3 May")
    promise = {
        "announced": "National Lottery, 3 May",
        "certain": list(draw.certain),
        "places": draw.places,
        "pool": list(draw.pool),
        "rule": "monarca-lottery-1",
    }
    assert draw.commitment == spelled(promise)
    tickets = sorted((spelled([draw.commitment, "48213", name]), name) for name in draw.pool)
    assert [(each.ticket, each.application) for each in draw.tickets] == tickets
    assert [each.is_drawn for each in draw.tickets] == [
        place < draw.places for place in range(len(tickets))
    ]


def spelled(value):
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def test_the_commitment_is_known_before_the_seed_and_does_not_depend_on_it():
    before, after = lottery(ranking()), lottery(ranking(), seed="1")
    assert (before.tickets, before.seed) == ((), "")
    assert before.funded == before.certain
    assert before.commitment == after.commitment
    assert before.commitment != lottery(ranking(), announced="elsewhere").commitment
    assert before.commitment != lottery(ranking(19)).commitment


def test_everybody_in_the_draw_has_the_same_chance():
    wins = Counter()
    pool = tuple(f"A{number}" for number in range(5))
    for seed in range(2000):
        tickets = drawn(pool, 2, commitment="c", seed=str(seed))
        wins.update(each.application for each in tickets if each.is_drawn)
    deviation = (2000 * 0.4 * 0.6) ** 0.5
    assert all(abs(wins[name] - 800) <= 3 * deviation for name in pool)


def test_equal_scores_across_the_line_are_drawn_however_small_their_chance():
    rows = [Review(f"A{file:02}", f"r{reader}", 3.0) for file in range(30) for reader in range(2)]
    draw = lottery(rank(rows, line=Line(fund=3)), seed="s")
    assert (len(draw.pool), draw.places, draw.certain) == (30, 3, ())
    assert len(draw.funded) == 3


def test_where_the_order_is_clear_there_is_nothing_to_draw():
    rows = [Review(f"A{file}", f"r{reader}", file) for file in range(6) for reader in range(3)]
    draw = lottery(rank(rows, line=Line(fund=2)), seed="s")
    assert (draw.pool, draw.places, draw.tickets) == ((), 0, ())
    assert draw.funded == ("A4", "A5")


def test_a_draw_needs_a_number_of_places():
    with pytest.raises(Unfit) as refused:
        lottery(rank([Review("A", "r", 3.0)]))
    assert refused.value.reason.code == "scoring.lottery_needs_fund"


@settings(max_examples=40, deadline=None)
@given(scored(), st.integers(0, 8), st.text(min_size=1, max_size=8))
def test_the_draw_funds_exactly_as_many_as_there_are_places(rows, fund, seed):
    found = rank(rows, line=Line(fund=fund))
    draw = lottery(found, seed=seed.encode("utf-8", "replace").decode())
    assert len(draw.funded) == found.fund
    assert not set(draw.certain) & set(draw.pool)
