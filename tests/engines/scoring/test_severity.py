"""Severity: the restricted likelihood is really at its largest, and harshness is not bad luck."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import minimize

from monarca.engines.scoring import Review, rank, severity
from monarca.engines.scoring.reviews import groups, readings
from monarca.engines.scoring.severity import refusal, severities, stretch
from tests.engines.scoring.making import scored, simulated, table


def designs(found):
    rows = np.arange(len(found.scores))
    files = np.zeros((len(rows), len(found.applications)))
    people = np.zeros((len(rows), len(found.reviewers)))
    files[rows, found.of] = 1
    people[rows, found.by] = 1
    return files, people


def deviance(found, within, between):
    """Minus twice the restricted log likelihood of the whole mixed model, from its definition."""
    files, people = designs(found)
    variance = within * np.eye(len(found.scores)) + between * people @ people.T
    inverse = np.linalg.inv(variance)
    inner = files.T @ inverse @ files
    projection = inverse - inverse @ files @ np.linalg.inv(inner) @ files.T @ inverse
    logs = np.linalg.slogdet(variance)[1] + np.linalg.slogdet(inner)[1]
    return logs + found.scores @ projection @ found.scores


def searched(found):
    """The smallest deviance that a general search over both variances finds."""
    starts = [(-2.0, -2.0), (-3.0, 0.0), (0.0, -4.0), (-1.0, -12.0)]
    tried = [
        minimize(
            lambda logs: deviance(found, *np.exp(np.clip(logs, -14, 6))),
            start,
            method="Nelder-Mead",
            options={"xatol": 1e-7, "fatol": 1e-9},
        )
        for start in starts
    ]
    return min(tried, key=lambda each: each.fun)


@pytest.mark.parametrize("seed", range(6))
def test_no_search_over_the_whole_mixed_model_finds_a_larger_likelihood(seed):
    severity = (0.0, 0.3, 0.8)[seed % 3]
    found = readings(simulated(14, 5, 3, severity=severity, seed=seed, rounded=False)[0])
    known = severities(found)
    best = searched(found)

    assert deviance(found, known.within, max(known.between, 1e-12)) <= best.fun + 1e-6
    if known.between > 0:
        assert np.exp(best.x) == pytest.approx([known.within, known.between], rel=2e-3)
    else:
        assert np.exp(best.x[1]) < 1e-3


@pytest.mark.parametrize("seed", range(4))
def test_estimates_and_doubts_are_those_of_generalised_least_squares(seed):
    found = readings(simulated(12, 5, 3, severity=0.8, seed=seed, rounded=False)[0])
    known = severities(found)
    files, people = designs(found)
    variance = known.within * np.eye(len(found.scores)) + known.between * people @ people.T
    inverse = np.linalg.inv(variance)
    doubt = np.linalg.inv(files.T @ inverse @ files)
    fixed = doubt @ files.T @ inverse @ found.scores
    random = known.between * people.T @ inverse @ (found.scores - files @ fixed)

    carried = found.of_files(np.column_stack((known.estimates, known.sides)))
    ours = known.within * np.diag(1 / found.counts) + carried[:, 1:] @ carried[:, 1:].T
    few = (stretch(len(found.reviewers) - 1) / stretch(found.freedom)) ** 2 - 1
    common = known.between / len(found.reviewers) * few  # the level rests on the reviewers alone
    assert known.estimates == pytest.approx(random, abs=1e-9)
    assert found.means - carried[:, 0] == pytest.approx(fixed, abs=1e-9)
    assert ours == pytest.approx(doubt + common, abs=1e-9)
    assert common > 0


def test_a_reviewer_who_got_weak_files_is_not_called_harsh():
    """r0 and r1 agree on weak files, r2 and r3 on strong ones; one file was read by r1 and r2."""
    weak = [(2.0, 2.0, None, None), (1.5, 1.75, None, None), (2.25, 2.0, None, None)]
    strong = [(None, None, 4.5, 4.25), (None, None, 4.0, 4.25), (None, None, 4.75, 5.0)]
    ranking = rank(table(*weak, *strong, (None, 3.0, 3.0, None)), way="calibrated")

    assert ranking.refusal is None
    assert not any(each.is_adjusted for each in ranking.reviewers)
    assert all(row.raw == row.calibrated for row in ranking.standings)


def test_a_harsh_reviewer_is_found_and_the_files_read_move_up():
    rows, _ = simulated(40, 6, 3, severity=0.0, seed=3)
    harsh = [
        Review(row.application, row.reviewer, row.score - (row.reviewer == "r02")) for row in rows
    ]
    ranking = rank(harsh, way="calibrated")
    by_name = {each.reviewer: each for each in ranking.reviewers}

    assert [name for name, each in by_name.items() if each.is_adjusted] == ["r02"]
    assert by_name["r02"].severity == pytest.approx(-1, abs=0.35)
    read = {row.application for row in rows if row.reviewer == "r02"}
    for row in ranking.standings:
        moved = row.calibrated - row.raw
        assert moved == pytest.approx(
            -by_name["r02"].severity / 3 if row.application in read else 0.0, abs=1e-9
        )


@settings(max_examples=25, deadline=None)
@given(scored())
def test_nobody_is_adjusted_within_two_standard_errors(rows):
    for each in rank(rows, way="calibrated").reviewers:
        assert each.is_adjusted == (
            abs(each.severity) >= 2 * each.error and abs(each.severity) > 1e-9
        )


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 10_000), st.sampled_from([-2.0, -1.0, 0.75, 1.5, 3.0]))
def test_a_constant_added_to_one_reviewer_moves_no_file_by_more_than_shrinkage(seed, constant):
    """Fully taken out, the constant would vanish; what shrinkage leaves of it bounds every move."""
    rows, _ = simulated(30, 5, 3, severity=0.4, seed=seed, rounded=False)
    moved = [
        Review(row.application, row.reviewer, row.score + constant * (row.reviewer == "r01"))
        for row in rows
    ]
    before, after = (fitted(each) for each in (rows, moved))
    shift = after[1] - before[1]
    shift -= shift.mean()
    expected = np.array([constant * (name == "r01") for name in after[2]])
    left = np.abs(expected - expected.mean() - shift).max()

    gaps = after[0] - before[0]
    assert np.ptp(gaps) <= 2 * left + 1e-9
    assert left <= 0.35 * abs(constant) + 0.15
    for one in range(len(gaps)):
        for other in range(one):
            if before[0][one] - before[0][other] > 2 * left + 1e-9:
                assert after[0][one] > after[0][other]


def fitted(rows):
    found = readings(rows)
    known = severities(found)
    scores = found.means - found.of_files(known.estimates[:, None])[:, 0]
    return found.centre + found.scale * scores, found.scale * known.estimates, found.reviewers


def test_a_large_constant_is_taken_out_and_the_order_stays():
    rows, _ = simulated(60, 6, 3, severity=0.3, seed=8)
    moved = [Review(r.application, r.reviewer, r.score + 5 * (r.reviewer == "r04")) for r in rows]
    before = {each.application: each for each in rank(rows, way="calibrated").standings}
    after = {each.application: each for each in rank(moved, way="calibrated").standings}
    names = sorted(before)
    moves = np.array([after[name].calibrated - before[name].calibrated for name in names])
    assert np.ptp(moves) < 0.4
    raws = np.array([after[name].raw - before[name].raw for name in names])
    assert np.ptp(raws) > 1.5


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        (table((3.0,), (4.0,)), "scoring.one_reviewer"),
        (table((3.0, None), (None, 4.0)), "scoring.no_file_twice"),
        (table((3.0, 4.0, None, None), (None, None, 2.0, 5.0)), "scoring.disconnected"),
        (table((3.0, 4.0), (2.0, None), (None, 5.0)), "scoring.too_few_shared"),
    ],
)
def test_what_cannot_be_compared_is_refused_and_the_raw_means_still_rank(rows, code):
    ranking = rank(rows, way="calibrated")
    assert (ranking.way, ranking.refusal.code) == ("raw", code)
    assert ranking.reviewers == ranking.reviews == ()
    raws = [row.raw for row in ranking.standings]
    assert raws == sorted(raws, reverse=True)
    assert {row.calibrated for row in ranking.standings} == {None}


def test_the_groups_are_named_and_so_is_a_reading_that_would_join_them():
    rows = table((3.0, 4.0, None, None, None), (None, None, 2.0, 5.0, 3.0))
    reason = refusal(readings(rows))
    assert reason.values == {
        "groups": 2,
        "named": "(1) r2, r3, r4 [A1]; (2) r0, r1 [A0]",
        "bridges": 1,
        "reviewer": "r2",
        "application": "A0",
    }
    joined = [*rows, Review("A0", "r2", 3.0), Review("A1", "r0", 3.0)]
    assert refusal(readings(joined)) is None


@settings(max_examples=40, deadline=None)
@given(scored())
def test_groups_part_the_readers_and_the_advice_joins_them(rows):
    found = readings(rows)
    parts = groups(found)
    assert sorted(name for people, _ in parts for name in people) == list(found.reviewers)
    assert sorted(name for _, files in parts for name in files) == list(found.applications)
    joined = list(rows)
    for _, files in parts[1:]:
        joined.append(Review(files[0], parts[0][0][0], 3.0))
    assert len(groups(readings(joined))) == 1


def test_exact_sums_leave_no_doubt_about_severity():
    ranking = rank(table(*[[float(file + 2 * reader) for reader in range(3)] for file in range(5)]))
    assert [each.severity for each in ranking.reviewers] == pytest.approx([-2, 0, 2])
    assert [each.error for each in ranking.reviewers] == pytest.approx([0, 0, 0], abs=1e-9)
    assert [each.is_adjusted for each in ranking.reviewers] == [True, False, True]
    assert ranking.within == 0


@settings(max_examples=40, deadline=None)
@given(scored())
def test_every_review_has_its_explanation_and_they_add_up(rows):
    ranking = rank(rows, way="calibrated")
    if ranking.refusal:
        assert ranking.reviews == ()
        return
    assert len(ranking.reviews) == len(rows)
    for row in ranking.standings:
        mine = [each.adjusted for each in ranking.reviews if each.application == row.application]
        assert sum(mine) / len(mine) == pytest.approx(row.calibrated, abs=1e-9)


def test_an_explanation_says_how_far_and_from_where_to_where():
    rows, _ = simulated(40, 6, 3, severity=0.0, seed=3)
    rows = [Review(r.application, r.reviewer, r.score - (r.reviewer == "r02")) for r in rows]
    ranking = rank(rows)
    standing = {each.application: each for each in ranking.standings}
    severe = next(each for each in ranking.reviewers if each.reviewer == "r02")
    for each in ranking.reviews:
        if each.reviewer == "r02":
            assert each.reason.code == "scoring.reads_low"
            assert each.reason.values["gap"] == round(-severe.severity, 2)
            assert each.reason.values["error"] == round(severe.error, 2)
            assert each.reason.values["raw"] == round(standing[each.application].raw, 2)
            moved = each.reason.values["calibrated"]
            assert moved == round(standing[each.application].calibrated, 2)
        else:
            assert each.reason.code.startswith("scoring.kept_")
            assert each.adjusted == each.score


def test_where_several_are_adjusted_each_says_its_own_part_and_the_parts_add_up():
    rows, _ = simulated(60, 5, 3, severity=1.2, seed=6)
    ranking = rank(rows)
    several = {}
    for each in ranking.reviews:
        if each.reason.code.startswith("scoring.among_"):
            several.setdefault(each.application, []).append(each.reason.values["part"])
    assert several
    for row in ranking.standings:
        if row.application in several:
            moved = row.calibrated - row.raw
            assert sum(several[row.application]) == pytest.approx(moved, abs=0.02)


@settings(max_examples=80, deadline=None)
@given(rows=scored())
def test_meetings_one_by_one_are_those_of_the_whole_table(rows):
    found = readings(rows)
    table = severity._of_table(found)
    assert severity._of_meetings(found) == pytest.approx(table, abs=1e-12)
    assert severity._shared(found) == pytest.approx(table, abs=1e-12)


@settings(max_examples=80, deadline=None)
@given(rows=scored())
def test_what_remains_is_the_same_with_the_directions_and_without(rows):
    found = readings(rows)
    known = severity.contrasts(found)
    left, total, rank_ = severity.remaining(found)
    assert (left, total) == pytest.approx((known.left, known.total), abs=1e-9)
    assert rank_ == known.rank
