"""Agreement: the published examples to the digit, and the definitions written out as oracles."""

from collections import Counter
from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings

from monarca.engines.scoring import Review, agreement
from monarca.engines.scoring.reviews import readings
from tests.engines.scoring.making import scored, simulated, table

FOUR_JUDGES = (
    (9, 2, 5, 8),
    (6, 1, 3, 2),
    (8, 4, 6, 8),
    (7, 1, 2, 6),
    (10, 5, 6, 9),
    (6, 2, 4, 7),
)
"""Shrout and Fleiss (1979), table 2: four judges, six targets."""


def forms(rows):
    return {each.form: each for each in agreement(rows).correlations}


def test_the_example_of_shrout_and_fleiss_comes_out_to_the_digit():
    found = forms(table(*FOUR_JUDGES))
    assert [round(each.single, 2) for each in found.values()] == [0.17, 0.29, 0.71]
    assert [round(each.mean, 2) for each in found.values()] == [0.44, 0.62, 0.91]
    assert {each.readings for each in found.values()} == {4}


@pytest.mark.parametrize("seed", range(5))
def test_a_full_table_gives_the_mean_squares_of_mcgraw_and_wong(seed):
    scores = np.random.default_rng(seed).normal(3, 1, (9, 4))
    rows = table(*scores.tolist())
    n, k = scores.shape
    level = scores.mean()
    rowwise, columnwise = scores.mean(axis=1), scores.mean(axis=0)
    msr = k * ((rowwise - level) ** 2).sum() / (n - 1)
    msc = n * ((columnwise - level) ** 2).sum() / (k - 1)
    left = scores - rowwise[:, None] - columnwise + level
    mse = (left**2).sum() / ((n - 1) * (k - 1))
    msw = ((scores - rowwise[:, None]) ** 2).sum() / (n * (k - 1))
    found = forms(rows)
    assert found["ICC(1)"].single == pytest.approx((msr - msw) / (msr + (k - 1) * msw))
    assert found["ICC(C)"].single == pytest.approx((msr - mse) / (msr + (k - 1) * mse))
    assert found["ICC(A)"].single == pytest.approx(
        (msr - mse) / (msr + (k - 1) * mse + k * (msc - mse) / n)
    )
    assert found["ICC(1)"].mean == pytest.approx((msr - msw) / msr)
    assert found["ICC(C)"].mean == pytest.approx((msr - mse) / msr)
    assert found["ICC(A)"].mean == pytest.approx((msr - mse) / (msr + (msc - mse) / n))


@pytest.mark.parametrize("seed", range(4))
def test_an_uneven_table_gives_hendersons_variances_from_their_definition(seed):
    """Reductions in sums of squares by least squares, their expectations by traces."""
    found = readings(simulated(15, 5, 3, seed=seed, rounded=False)[0][:-4])
    count = len(found.scores)
    files = np.eye(len(found.applications))[found.of]
    people = np.eye(len(found.reviewers))[found.by]

    def projection(design):
        return design @ np.linalg.pinv(design)

    both, of_files, of_people = (
        projection(each) for each in (np.hstack((files, people)), files, people)
    )
    y = found.scores
    rest = y @ (np.eye(count) - both) @ y / (count - np.trace(both))

    def component(part, design):
        more = both - part
        return (y @ more @ y - np.trace(more) * rest) / np.trace(design.T @ more @ design)

    true, harsh = component(of_people, files), component(of_files, people)
    rows = simulated(15, 5, 3, seed=seed, rounded=False)[0][:-4]
    ours = forms(rows)
    assert ours["ICC(A)"].single == pytest.approx(true / (true + harsh + rest))
    assert ours["ICC(C)"].single == pytest.approx(true / (true + rest))
    counts = found.counts
    usual = (count - (counts**2).sum() / count) / (len(counts) - 1)
    assert ours["ICC(1)"].readings == pytest.approx(usual)


def cohen(pairs):
    """Weighted kappa from the table of categories, quadratic weights (Cohen 1968)."""
    total = len(pairs)
    seen, first, second = Counter(pairs), Counter(x for x, _ in pairs), Counter(y for _, y in pairs)
    found = sum(count * (x - y) ** 2 for (x, y), count in seen.items()) / total
    by_chance = sum(first[x] * second[y] * (x - y) ** 2 for x in first for y in second) / total**2
    return None if by_chance == 0 else 1 - found / by_chance


@settings(max_examples=60, deadline=None)
@given(scored())
def test_every_pairs_kappa_is_cohens(rows):
    given_by = {}
    for row in rows:
        given_by.setdefault(row.reviewer, {})[row.application] = row.score
    expected = {}
    for one, other in combinations(sorted(given_by), 2):
        common = sorted(given_by[one].keys() & given_by[other].keys())
        if len(common) >= 2:
            pairs = [(given_by[one][name], given_by[other][name]) for name in common]
            expected[one, other] = (len(common), cohen(pairs))
    found = agreement(rows)
    ours = {(each.one, each.other): (each.common, each.kappa) for each in found.pairs}
    assert list(ours) == list(expected)
    for pair, (common, kappa) in expected.items():
        assert ours[pair][0] == common
        assert ours[pair][1] == (None if kappa is None else pytest.approx(kappa, abs=1e-9))
    known = [(common, kappa) for common, kappa in expected.values() if kappa is not None]
    if known:
        mean = sum(common * kappa for common, kappa in known) / sum(common for common, _ in known)
        assert found.kappa == pytest.approx(mean, abs=1e-9)
    else:
        assert found.kappa is None


def test_two_reviewers_alike_agree_wholly_and_two_opposed_not_at_all():
    alike = agreement(table((1, 1), (3, 3), (5, 5)))
    assert [each.kappa for each in alike.pairs] == pytest.approx([1])
    assert [each.single for each in alike.correlations] == pytest.approx([1, 1, 1])
    opposed = agreement(table((1, 5), (3, 3), (5, 1)))
    assert [each.kappa for each in opposed.pairs] == pytest.approx([-1])
    assert all(each.single < 0 for each in opposed.correlations)


@pytest.mark.parametrize(
    "rows",
    [
        table((3.0, 4.0)),
        [Review("A", "r", 3.0)],
        [Review("A", "r", 3.0), Review("B", "s", 4.0)],
        table((3.0, 3.0), (3.0, 3.0)),
    ],
)
def test_where_agreement_cannot_be_told_nothing_is_made_up(rows):
    found = agreement(rows)
    assert {(each.single, each.mean) for each in found.correlations} == {(None, None)}
    assert found.kappa is None
    assert found.reason.code == "scoring.agreement_unknown"


@settings(max_examples=40, deadline=None)
@given(scored())
def test_agreement_answers_any_table(rows):
    found = agreement(rows)
    for each in found.correlations:
        assert each.single is None or each.single <= 1 + 1e-9
    assert all(each.kappa is None or -1 - 1e-9 <= each.kappa <= 1 + 1e-9 for each in found.pairs)
