"""Groups: found where they are, refused where they are not, the same whatever people are called."""

from random import Random

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.opinion import (
    Plane,
    Vote,
    adjusted_rand,
    cluster,
    matrix,
    most_groups,
    pattern,
    survey,
)
from tests.engines.opinion.people import conversation, exported, labelled, noise


@pytest.mark.parametrize(
    ("name", "least", "kept"), [("brexit-consensus", 0.87, 189), ("15-per-hour-seattle", 0.75, 138)]
)
def test_real_conversations_are_grouped_as_polis_grouped_them(name, least, kept):
    votes, polis = exported(name)
    found = survey(votes)
    mine = labelled(found)
    people = sorted(mine)
    assert (len(found.groups), len(people)) == (2, kept)
    assert adjusted_rand([mine[each] for each in people], [polis[each] for each in people]) >= least
    assert found.stability > 0.6


@pytest.mark.parametrize("sizes", [(40, 40), (80, 30), (50, 50, 50), (60, 60, 60, 60)])
def test_camps_are_found_and_counted(sizes):
    found = survey(conversation(sizes, 24, seed=3), repeats=6)
    mine = labelled(found)
    camps = [person.split("-")[0] for person in sorted(mine)]
    assert len(found.groups) == len(sizes)
    assert adjusted_rand([mine[person] for person in sorted(mine)], camps) > 0.95
    assert found.stability > 0.9
    assert [len(group.members) for group in found.groups] == sorted(sizes, reverse=True)


@pytest.mark.parametrize("seed", range(6))
def test_people_who_agree_on_nothing_have_no_stable_groups(seed):
    found = survey(noise(120, 30, seed=seed))
    assert found.groups == ()
    assert found.reason.code == "opinion.no_stable_groups"
    assert found.stability < 0.6
    assert all(each.by_group == () for each in found.readings)


def test_on_few_statements_accident_is_not_enough():
    """Everybody votes by the statements' coins: a shuffle changes nothing, so no pattern is found."""
    for seed in range(12):
        chance = Random(seed)
        coins = [chance.uniform(0.1, 0.9) for _ in range(12)]
        votes = [
            Vote(f"p{person:03}", f"s{text:02}", 1 if chance.random() < coin else -1)
            for person in range(100)
            for text, coin in enumerate(coins)
        ]
        found = survey(votes, repeats=8)
        assert found.groups == ()
        assert found.reason.code in {"opinion.no_pattern", "opinion.no_stable_groups"}


def test_camps_hang_together_more_than_their_votes_shuffled_and_noise_does_not():
    def strengths(votes):
        table = {(vote.participant, vote.statement): vote.vote for vote in votes}
        people, texts = ({vote[place] for vote in votes} for place in (0, 1))
        return pattern(matrix(table, sorted(people), sorted(texts)), seed=1)

    mine, shuffled = strengths(conversation((40, 40), 8, seed=3))
    assert mine > 1.5 * shuffled > 0
    mine, shuffled = strengths(noise(80, 40, seed=4))
    assert abs(mine - shuffled) < 0.02
    mine, shuffled = strengths(noise(50, 100, seed=4))
    assert mine > shuffled == 0


def test_all_tied_has_no_groups():
    votes = [Vote(f"p{person}", f"s{text}", 1) for person in range(60) for text in range(10)]
    found = survey(votes)
    assert (found.groups, found.reason.code) == ((), "opinion.groups_too_small")
    assert found.readings[0].kind == "agreed"


def test_a_handful_of_dissenters_is_never_shown_as_a_group():
    votes = conversation((80, 3), 20, seed=5, loyal=1.0, seen=1.0)
    found = survey(votes)
    assert all(len(group.members) >= 5 for group in found.groups)


def test_somebody_far_out_does_not_hide_the_groups_of_the_others():
    points = np.array(
        [*([[0.0, n / 50] for n in range(30)]), *([[4.0, n / 50] for n in range(30)]), [2.0, 90.0]]
    )
    labels = cluster(points, 2)
    assert sorted(labels.count(each) for each in (0, 1)) == [30, 31]


def test_forty_seven_people_are_too_few_for_groups():
    assert [most_groups(people) for people in (0, 47, 48, 107, 108, 192, 299, 300, 10**6)] == [
        0,
        1,
        2,
        2,
        3,
        4,
        4,
        5,
        5,
    ]
    found = survey(conversation((24, 23), 20))
    assert found.reason.code == "opinion.too_few_people"
    assert found.reason.values["people"] == 47
    assert found.stability is None


def test_four_statements_are_too_few_for_groups():
    found = survey(conversation((40, 40), 4, seen=1.0))
    assert found.reason.code == "opinion.too_few_statements"


def test_people_with_few_votes_are_counted_but_not_placed():
    votes = conversation((40, 40), 20, seed=2)
    votes.append(Vote("guest", "s00", 1))
    found = survey(votes)
    assert found.people == 81
    assert found.unplaced == ("guest",)
    assert "guest" not in labelled(found)


def test_what_is_typical_of_a_group_is_what_it_says_more_than_the_others():
    votes = conversation((50, 50), 16, seed=8)
    found = survey(votes, repeats=5)
    mine = labelled(found)
    for group in found.groups:
        assert group.typical
        for each in group.typical:
            inside = [
                v.vote
                for v in votes
                if v.statement == each.statement and mine[v.participant] == group.letter
            ]
            outside = [
                v.vote
                for v in votes
                if v.statement == each.statement and mine[v.participant] != group.letter
            ]
            assert each.inside == pytest.approx(inside.count(each.side) / len(inside))
            assert each.outside == pytest.approx(outside.count(each.side) / len(outside))
            assert each.inside > max(0.5, each.outside)


def test_fewer_than_five_votes_of_a_group_on_a_statement_are_not_shown():
    votes = conversation((40, 40), 20, seed=2)
    votes += [Vote(f"p0-{person:03}", "rare", 1) for person in range(4)]
    votes += [Vote(f"p1-{person:03}", "rare", 1) for person in range(5)]
    found = survey(votes, repeats=5)
    rare = next(each for each in found.readings if each.id == "rare")
    assert sorted(part is None for part in rare.by_group) == [False, True]


@settings(max_examples=6, deadline=None)
@given(seed=st.integers(1, 99))
def test_neither_order_nor_names_decide(seed):
    """Rows in any order give the very same answer; new names give it under the new names."""
    votes = conversation((35, 45), 15, seed=seed, loyal=0.7)
    found = survey(votes, repeats=5)
    chance = Random(seed)
    mixed = votes[:]
    chance.shuffle(mixed)
    assert survey(mixed, repeats=5) == found
    people = sorted({vote.participant for vote in votes})
    texts = sorted({vote.statement for vote in votes})
    new = dict(
        zip(
            people,
            chance.sample([f"x{n:03}" for n in range(len(people))], len(people)),
            strict=True,
        )
    )
    name = dict(
        zip(texts, chance.sample([f"t{n:03}" for n in range(len(texts))], len(texts)), strict=True)
    )
    renamed = survey(
        [Vote(new[v.participant], name[v.statement], v.vote) for v in votes], repeats=5
    )
    assert renamed.stability == pytest.approx(found.stability, abs=1e-9)
    assert {frozenset(new[each] for each in group.members) for group in found.groups} == {
        frozenset(group.members) for group in renamed.groups
    }
    assert {name[each.id]: each.consensus for each in found.readings} == pytest.approx(
        {each.id: each.consensus for each in renamed.readings}
    )


def test_turning_every_vote_round_leaves_the_groups_as_they_are():
    votes = conversation((35, 45), 18, seed=6)
    turned = [Vote(each.participant, each.statement, -each.vote) for each in votes]
    first, second = survey(votes, repeats=6), survey(turned, repeats=6)
    assert [group.members for group in first.groups] == [group.members for group in second.groups]
    assert [each.consensus for each in first.readings] == [each.against for each in second.readings]


def test_the_same_seed_hides_the_same_statements():
    votes = conversation((40, 40), 20, seed=9, loyal=0.6)
    first, again, other = (survey(votes, seed=seed, repeats=5) for seed in (4, 4, 5))
    assert first == again
    assert first.stability != other.stability


def test_progress_is_told():
    told = []
    survey(
        conversation((40, 40), 10),
        repeats=3,
        progress=lambda done, whole: told.append((done, whole)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


@pytest.mark.parametrize("shape", [(70, 12), (30, 150), (160, 130)])
def test_the_plane_is_what_a_singular_value_decomposition_says(shape):
    """The oracle: numpy's full decomposition of the imputed matrix; directions up to their sign."""
    chance = np.random.default_rng(7)
    votes = chance.integers(-1, 3, size=shape).astype(np.int8)
    votes[: shape[0] // 2, : shape[1] // 2] = 1
    seen = votes != 2
    shown = np.where(seen, votes, 0.0)
    mean = shown.sum(axis=0) / seen.sum(axis=0)
    values = np.where(seen, shown - mean, 0.0)
    _, _, right = np.linalg.svd(values, full_matrices=False)
    wanted = values @ right[:2].T * np.sqrt(shape[1] / seen.sum(axis=1))[:, None]
    found = Plane(votes).points()
    assert np.allclose(np.abs(found), np.abs(wanted), atol=1e-6)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), min_size=4, max_size=8))
def test_k_means_finds_the_tightest_division_of_a_few_points(rows):
    """Brute force: every way to divide up to eight points in two."""
    points = np.array(rows, dtype=np.float64)

    def spread(labels):
        parts = [points[np.array(labels) == each] for each in set(labels)]
        return sum(((part - part.mean(axis=0)) ** 2).sum() for part in parts)

    ways = ([place >> bit & 1 for bit in range(len(rows))] for place in range(2 ** (len(rows) - 1)))
    best = min(spread(way) for way in ways)
    assert spread(cluster(points, 2)) == pytest.approx(best, abs=1e-6)


def test_the_rand_index_of_hubert_and_arabie():
    """The known example: two groupings of six, .24 after the correction for chance."""
    assert adjusted_rand("aabbcc", "aabbbc") == pytest.approx(0.4444444444)
    assert adjusted_rand("aaabbb", "aabbcc") == pytest.approx(0.2424242424)
    assert adjusted_rand("aabb", "xxyy") == 1.0
    assert adjusted_rand("abab", "aabb") == pytest.approx(-0.5)
    assert adjusted_rand("", "") == 1.0
    with pytest.raises(ValueError, match="same people"):
        adjusted_rand("a", "ab")


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=2, max_size=12))
def test_the_rand_index_counts_pairs(rows):
    """The oracle: every pair of people, together or apart in either grouping."""
    one, other = [row[0] for row in rows], [row[1] for row in rows]
    pairs = [(one[i] == one[j], other[i] == other[j]) for i in range(len(rows)) for j in range(i)]
    both, ones, others = (sum(map(test, pairs)) for test in (all, lambda p: p[0], lambda p: p[1]))
    expected = ones * others / len(pairs)
    most = (ones + others) / 2
    wanted = 1.0 if most == expected else (both - expected) / (most - expected)
    assert adjusted_rand(one, other) == pytest.approx(wanted)


def test_the_matrix_orders_people_and_statements_by_votes_not_by_names():
    votes = {("z", "s2"): 1, ("a", "s1"): 1, ("a", "s2"): -1}
    table = matrix(votes, ["a", "z"], ["s1", "s2"])
    other = matrix({("b", "t1"): 1, ("c", "t2"): 1, ("c", "t1"): -1}, ["b", "c"], ["t1", "t2"])
    assert (table.votes == other.votes).all()
