"""Statements come first: counts, verdicts, consensus, division; votes that contradict themselves."""

from fractions import Fraction
from math import prod

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.opinion import Counts, Refused, Vote, kind_of, surely, survey
from tests.engines.opinion.people import conversation

counts = st.builds(Counts, st.integers(0, 60), st.integers(0, 60), st.integers(0, 60))


@pytest.mark.parametrize(
    ("agree", "disagree", "passed", "kind"),
    [
        (0, 0, 0, "few"),
        (4, 0, 0, "few"),
        (5, 0, 0, "agreed"),
        (0, 5, 0, "rejected"),
        (40, 10, 5, "agreed"),
        (4, 2, 0, "divided"),
        (4, 1, 1, "open"),
        (10, 10, 0, "divided"),
        (26, 25, 49, "divided"),
        (10, 5, 85, "unsure"),
        (50, 10, 40, "open"),
    ],
)
def test_what_the_votes_on_a_statement_say(agree, disagree, passed, kind):
    assert kind_of(Counts(agree, disagree, passed)) == kind


@given(counts)
def test_agree_and_disagree_are_treated_alike(given_counts):
    turned = Counts(given_counts.disagree, given_counts.agree, given_counts.passed)
    mirror = {"agreed": "rejected", "rejected": "agreed"}
    kind = kind_of(given_counts)
    assert kind_of(turned) == mirror.get(kind, kind)
    assert turned.division == given_counts.division


@given(st.integers(1, 200), st.data())
def test_wilsons_bound_is_the_share_at_which_the_votes_are_just_surprising(whole, data):
    """It solves (p - share)^2 = z^2 share (1 - share) / n, below the observed part."""
    part = data.draw(st.integers(0, whole))
    low = surely(part, whole)
    assert 0 <= low <= part / whole + 1e-12
    gap = (part / whole - low) ** 2 - 1.2816**2 * low * (1 - low) / whole
    assert abs(gap) < 1e-9


def test_nobody_voted():
    found = survey([], ["a", "b"])
    assert [each.kind for each in found.readings] == ["few", "few"]
    assert (found.people, found.most_agreed, found.most_divided) == (0, (), ())
    assert found.reason.code == "opinion.too_few_statements"


def test_nothing_at_all():
    found = survey([])
    assert (found.readings, found.groups, found.stability) == ((), (), None)


def test_one_vote():
    found = survey([Vote("ana", "a", 1)])
    assert found.readings[0].counts == Counts(1, 0, 0)
    assert found.readings[0].consensus == 2 / 3
    assert found.unplaced == ("ana",)


@pytest.mark.parametrize("vote", [2, -2, 7])
def test_a_vote_is_one_nought_or_minus_one(vote):
    with pytest.raises(Refused) as refused:
        survey([Vote("ana", "a", vote)])
    assert refused.value.reason.code == "opinion.not_a_vote"
    assert refused.value.where == ("ana", "a")


def test_a_second_vote_of_one_person_on_one_statement_is_refused():
    with pytest.raises(Refused) as refused:
        survey([Vote("ana", "a", 1), Vote("ana", "b", 1), Vote("ana", "a", -1)])
    assert refused.value.reason.values == {"participant": "ana", "statement": "a"}


def test_the_most_agreed_and_the_most_divided_come_first():
    said = {"all": (9, 0), "half": (5, 4), "none": (0, 9), "most": (8, 1)}
    votes = [
        Vote(f"p{person}", text, 1 if person < agree else -1)
        for text, (agree, _) in said.items()
        for person in range(9)
    ]
    found = survey(votes, ["unseen"])
    assert found.most_agreed == ("all", "most", "half", "none")
    assert found.most_divided == ("half", "most", "all", "none")


@settings(max_examples=5, deadline=None)
@given(st.integers(1, 50))
def test_consensus_is_the_product_over_groups_counted_again_by_hand(seed):
    votes = conversation((30, 40), 14, seed=seed)
    found = survey(votes, repeats=4)
    groups = [group.members for group in found.groups] or [{vote.participant for vote in votes}]
    for each in found.readings:
        parts = []
        for group in groups:
            mine = [
                vote.vote
                for vote in votes
                if vote.statement == each.id and vote.participant in set(group)
            ]
            parts.append(Fraction(mine.count(1) + 1, len(mine) + 2))
        assert each.consensus == pytest.approx(float(prod(parts)), abs=1e-12)
        assert each.weakest == pytest.approx(float(min(parts)), abs=1e-12)


def test_with_groups_a_majority_alone_is_no_consensus():
    """Ninety of a hundred and thirty like it; the smaller group does not: the product says so."""
    votes = conversation((90, 40), 12, loyal=0.97, seed=4)
    votes += [Vote(f"p0-{person:03}", "majority", 1) for person in range(90)]
    votes += [Vote(f"p1-{person:03}", "majority", -1) for person in range(40)]
    votes += [
        Vote(f"p0-{person:03}", "shared", 1 if person % 10 < 7 else -1) for person in range(90)
    ]
    votes += [
        Vote(f"p1-{person:03}", "shared", 1 if person % 10 < 7 else -1) for person in range(40)
    ]
    found = survey(votes, repeats=5)
    assert len(found.groups) == 2
    order = found.most_agreed
    assert order.index("shared") < order.index("majority")
    by_id = {each.id: each for each in found.readings}
    assert by_id["majority"].weakest == pytest.approx(1 / 42)
    assert by_id["shared"].by_group == (Counts(63, 27, 0), Counts(28, 12, 0))
