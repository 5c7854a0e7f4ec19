"""Doubts: intervals hold what they promise; ranks, chances and the tie band follow from them."""

import numpy as np
import pytest
from bench.of_scoring import SCENARIOS
from bench.of_scoring import simulated as simulated_round
from scipy.stats import norm

from monarca.engines.scoring import Line, Review, beliefs, rank
from monarca.engines.scoring.reviews import readings
from monarca.engines.scoring.severity import severities, stretch
from tests.engines.scoring.making import simulated


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_eighty_per_cent_intervals_hold_the_truth_about_eight_times_in_ten(scenario):
    rng = np.random.default_rng(20)
    held = []
    for _ in range(60):
        one = simulated_round(scenario, rng)
        truth = {f"A{file:05}": value for file, value in enumerate(one.truth)}
        standings = rank(one.reviews(), way="calibrated").standings
        held += [row.low <= truth[row.application] <= row.high for row in standings]
    assert 0.77 <= np.mean(held) <= 0.85


def believed(way):
    """Scores and their covariance, written out from the parts."""
    found = readings(simulated(16, 5, 3, severity=0.5, seed=5)[0])
    known = severities(found)
    first = beliefs.calibrated(found, known) if way == "calibrated" else beliefs.raw(found, 0.09)
    return first, np.diag(first.own) + first.shared @ first.shared.T


@pytest.mark.parametrize("way", ["raw", "calibrated"])
def test_expected_ranks_and_chances_are_those_of_a_plain_simulation(way):
    first, covariance = believed(way)
    rng = np.random.default_rng(3)
    drawn = rng.multivariate_normal(first.scores, covariance, size=40_000)
    ranks = 1 + np.argsort(np.argsort(-drawn, axis=1), axis=1)

    assert first.variances == pytest.approx(np.diag(covariance))
    expected = beliefs.expected_ranks(first, lambda *_: None)
    assert expected == pytest.approx(ranks.mean(axis=0), abs=0.12)
    chances, _ = beliefs.chances(first, 5, seed=0, progress=lambda *_: None)
    assert chances == pytest.approx((ranks <= 5).mean(axis=0), abs=0.02)


@pytest.mark.parametrize("way", ["raw", "calibrated"])
def test_the_tie_band_is_who_cannot_be_told_apart_from_somebody_across_the_line(way):
    first, covariance = believed(way)
    above = first.scores > np.sort(first.scores)[-6]
    band = beliefs.tie_band(first, above, ~above)
    for one in range(len(above)):
        doubtful = False
        for other in range(len(above)):
            if above[one] != above[other]:
                spread = (
                    covariance[one, one] + covariance[other, other] - 2 * covariance[one, other]
                )
                gap = abs(first.scores[one] - first.scores[other])
                doubtful |= bool(gap < norm.ppf(0.9) * spread**0.5)
        assert band[one] == doubtful


def test_a_hundred_files_in_one_tie_are_all_in_the_band():
    rng = np.random.default_rng(1)
    rows = [
        Review(f"A{file:03}", f"r{reader}", float(score))
        for file in range(100)
        for reader, score in enumerate(rng.permutation([2.0, 3.0, 4.0]))
    ]
    ranking = rank(rows, line=Line(fund=5))
    assert all(row.is_in_tie_band for row in ranking.standings)
    assert {row.side for row in ranking.standings} == {"tied"}
    assert [row.chance for row in ranking.standings] == pytest.approx([0.05] * 100, abs=0.005)


def test_what_is_not_adjusted_stays_in_the_answer_as_doubt():
    found = readings(simulated(30, 6, 3, severity=0.3, seed=4)[0])
    known = severities(found)
    assert not known.adjusted.all()
    first = beliefs.calibrated(found, known)
    kept = found.of_files(np.where(known.adjusted, 0.0, known.estimates)[:, None])[:, 0]
    assert np.abs(kept).max() > 0
    assert first.shared[:, -1] == pytest.approx(kept * stretch(found.freedom))


def test_another_seed_moves_chances_by_less_than_a_point():
    rows, _ = simulated(60, 8, 3)
    one, two = (
        {row.application: row.chance for row in rank(rows, line=Line(fund=20), seed=seed).standings}
        for seed in (0, 1)
    )
    assert one != two
    assert max(abs(one[name] - two[name]) for name in one) < 0.015
    again = rank(rows, line=Line(fund=20), seed=1).standings
    assert {row.application: row.chance for row in again} == two


def test_alike_beliefs_are_counted_and_the_expected_ranks_are_still_exact():
    found = readings(simulated(60, 5, 3, severity=0.0, seed=7)[0][:-2])
    first = beliefs.raw(found, 0.04)
    kinds, of, counts = beliefs.different(first)
    assert len(kinds) < 60 == len(of) == counts.sum()
    spans = np.sqrt(first.own[:, None] + first.own)
    better = norm.cdf((first.scores - first.scores[:, None]) / spans)
    plain = 0.5 + better.sum(axis=1)
    assert beliefs.expected_ranks(first, lambda *_: None) == pytest.approx(plain, abs=1e-5)


def test_many_files_of_few_kinds_have_exact_expected_ranks():
    rows = [
        Review(f"A{file:05}", f"r{reader}", float(1 + (file + reader) % 4))
        for file in range(beliefs.PAIRWISE + 4)
        for reader in range(2)
    ]
    standings = rank(rows).standings
    assert len({row.expected_rank for row in standings}) == len({row.raw for row in standings})
    whole = sum(row.expected_rank for row in standings)
    assert whole == pytest.approx(len(standings) * (len(standings) + 1) / 2)
