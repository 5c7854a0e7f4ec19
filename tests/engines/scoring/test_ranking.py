"""Rankings: raw means unless asked otherwise, with nothing lost, invented or left to the order."""

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.scoring import Line, Mark, Review, Unfit, rank, whole
from tests.engines.scoring.making import scored, simulated, table

LINES = st.one_of(
    st.none(),
    st.builds(Line, fund=st.integers(0, 8)),
    st.builds(Line, score=st.integers(0, 24).map(lambda quarters: quarters / 4)),
)
WAYS = st.sampled_from(["raw", "calibrated"])


def test_raw_means_rank_unless_the_calibrated_score_is_asked_for():
    rows, _ = simulated(40, 6, 3, severity=0.9, seed=2)
    plain, second = rank(rows), rank(rows, way="calibrated")
    assert (plain.way, second.way) == ("raw", "calibrated")
    assert [row.raw for row in plain.standings] == sorted(
        (row.raw for row in second.standings), reverse=True
    )
    calibrated = [row.calibrated for row in second.standings]
    assert calibrated == sorted(calibrated, reverse=True)
    both = [
        {row.application: (row.raw, row.calibrated) for row in each.standings}
        for each in (plain, second)
    ]
    assert both[0] == both[1]


@settings(max_examples=40, deadline=None)
@given(scored(), WAYS, LINES, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_never_changes_the_answer(rows, way, line, shuffler):
    mixed = list(rows)
    shuffler.shuffle(mixed)
    assert rank(rows, way=way, line=line) == rank(mixed, way=way, line=line)


@settings(max_examples=60, deadline=None)
@given(scored(), WAYS, LINES)
def test_every_ranking_is_whole_and_within_bounds(rows, way, line):
    ranking = rank(rows, way=way, line=line)
    standings = ranking.standings
    files = {row.application for row in rows}
    assert sorted(row.application for row in standings) == sorted(files)
    assert [row.rank for row in standings] == sorted(row.rank for row in standings)
    for row in standings:
        if row.low is not None:
            score = row.raw if ranking.way == "raw" else row.calibrated
            assert row.low <= score + 1e-9
            assert score <= row.high + 1e-9
            assert 1 <= row.expected_rank <= len(files)
        if row.chance is not None:
            assert 0 <= row.chance <= 1
        assert (row.side == "") == (line is None)
    if standings[0].low is not None:
        assert sum(row.expected_rank for row in standings) == pytest.approx(
            len(files) * (len(files) + 1) / 2, abs=1e-3
        )
    if line and line.fund is not None and standings[0].chance is not None:
        total = sum(row.chance for row in standings)
        assert total == pytest.approx(min(line.fund, len(files)), abs=0.15)


@settings(max_examples=25, deadline=None)
@given(scored(), st.sampled_from([0.001, 0.5, 40.0, 1e6]), st.integers(-1000, 1000))
def test_another_scale_of_scores_ranks_the_same(rows, factor, added):
    other = [Review(r.application, r.reviewer, r.score * factor + added) for r in rows]
    one, two = (rank(each, line=Line(fund=2)) for each in (rows, other))
    assert [row.application for row in one.standings] == [row.application for row in two.standings]
    assert [row.side for row in one.standings] == [row.side for row in two.standings]
    for a, b in zip(one.standings, two.standings, strict=True):
        assert b.raw == pytest.approx(a.raw * factor + added, abs=1e-6 * factor + 1e-9)
        if a.expected_rank is not None:
            assert a.expected_rank == pytest.approx(b.expected_rank, abs=1e-2)


def test_everything_equal_is_one_tie():
    ranking = rank(
        [Review(f"A{f}", f"r{r}", 3) for f in range(5) for r in range(3)], line=Line(fund=2)
    )
    for row in ranking.standings:
        assert (row.raw, row.calibrated, row.low, row.high) == (3, 3, 3, 3)
        assert (row.rank, row.expected_rank, row.chance) == (1, 3, 0.4)
        assert (row.side, row.is_in_tie_band) == ("tied", True)


def test_no_disagreement_at_all_leaves_no_doubt():
    rows = [Review(f"A{file}", f"r{reader}", file) for file in range(5) for reader in range(3)]
    ranking = rank(rows, way="calibrated", line=Line(fund=2))
    assert [row.expected_rank for row in ranking.standings] == [1, 2, 3, 4, 5]
    assert [row.chance for row in ranking.standings] == [1, 1, 0, 0, 0]
    assert not any(row.is_in_tie_band for row in ranking.standings)
    assert all(row.low == row.high == row.calibrated for row in ranking.standings)


def test_one_reading_a_file_ranks_and_claims_no_certainty():
    ranking = rank(
        [Review("A", "r", 3), Review("B", "s", 4), Review("C", "s", 4)], line=Line(fund=1)
    )
    assert [(row.application, row.rank, row.side) for row in ranking.standings] == [
        ("B", 1, "tied"),
        ("C", 1, "tied"),
        ("A", 3, "below"),
    ]
    for row in ranking.standings:
        assert (row.low, row.high, row.expected_rank, row.chance) == (None,) * 4
    assert [note.code for note in ranking.notes] == ["scoring.no_doubt_known"]
    assert [row.is_in_tie_band for row in ranking.standings] == [True, True, False]


def test_one_review_alone_is_a_ranking_of_one():
    (row,) = rank([Review("A", "r", 3)]).standings
    assert (row.application, row.raw, row.rank, row.readings) == ("A", 3, 1, 1)


def test_missing_scores_are_no_scores():
    rows = [*table((3.0, 4.0), (2.0, 5.0)), Review("A0", "r9", None), Review("A9", "r0", None)]
    ranking = rank(rows)
    assert ranking.unread == ("A9",)
    assert [note.code for note in ranking.notes] == ["scoring.unread"]
    assert {row.application: row.readings for row in ranking.standings} == {"A0": 2, "A1": 2}


@pytest.mark.parametrize(
    ("rows", "line", "code"),
    [
        ([], None, "scoring.nothing_scored"),
        ([Review("A", "r", None)], None, "scoring.nothing_scored"),
        ([Review("A", "r", 1.0), Review("A", "r", 2.0)], None, "scoring.twice"),
        ([Review("A", "r", 1.0), Review("A", "r", None)], None, "scoring.twice"),
        ([Review("A", "r", float("nan"))], None, "scoring.not_usable"),
        ([Review("A", "r", float("inf"))], None, "scoring.not_usable"),
        ([Review("A", "r", 1e13)], None, "scoring.not_usable"),
        ([Review("A", "r", 1.0)], Line(fund=1, score=3), "scoring.two_lines"),
        ([Review("A", "r", 1.0)], Line(fund=-1), "scoring.fund_below_nought"),
        ([Review("A", "r", 1.0)], Line(score=float("nan")), "scoring.line_not_usable"),
    ],
)
def test_what_cannot_be_ranked_is_refused_with_its_reason(rows, line, code):
    with pytest.raises(Unfit) as refused:
        rank(rows, line=line)
    assert refused.value.reason.code == code


@pytest.mark.parametrize("scale", [1e-11, 1.0, 1e11])
def test_tiny_and_huge_scores_are_ranked_like_any(scale):
    rows = [
        Review(f"A{file}", f"r{reader}", scale * (file + 2 * reader + file * reader % 3))
        for file in range(5)
        for reader in range(3)
    ]
    ranking = rank(rows, way="calibrated", line=Line(fund=2))
    assert [row.application for row in ranking.standings] == ["A4", "A2", "A3", "A1", "A0"]
    assert [row.side for row in ranking.standings] == ["above", "tied", "tied", "below", "below"]
    assert ranking.within == pytest.approx(scale * 0.4**0.5)


def test_a_line_at_a_score_counts_who_reaches_it():
    rows = table((3.0, 3.0, 3.0), (2.0, 3.0, 4.0), (1.0, 1.0, 1.25))
    ranking = rank(rows, line=Line(score=3))
    assert [(row.application, row.side) for row in ranking.standings] == [
        ("A0", "above"),
        ("A1", "above"),
        ("A2", "below"),
    ]
    assert [row.chance for row in ranking.standings][:2] == [0.5, 0.5]
    assert ranking.standings[2].chance < 0.1
    assert (ranking.cut, ranking.fund) == (3, None)


def test_a_score_that_surely_is_the_line_reaches_it():
    rows = [Review(f"A{file}", f"r{reader}", file) for file in range(3) for reader in range(3)]
    ranking = rank(rows, line=Line(score=1))
    assert [row.chance for row in ranking.standings] == [1, 1, 0]
    assert not any(row.is_in_tie_band for row in ranking.standings)


def test_more_places_than_files_is_said():
    ranking = rank(table((3.0, 4.0), (2.0, 5.0)), line=Line(fund=9))
    assert ranking.fund == 2
    assert {row.side for row in ranking.standings} == {"above"}
    assert [row.chance for row in ranking.standings] == [1, 1]
    assert [note.code for note in ranking.notes] == ["scoring.all_above"]


def test_a_long_ranking_says_how_far_it_is_and_stops_when_told():
    rows, _ = simulated(30, 6, 3)
    steps = []
    rank(rows, line=Line(fund=10), progress=lambda done, whole: steps.append((done, whole)))
    assert steps[-1][0] == steps[-1][1]

    def stop(done, whole):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        rank(rows, line=Line(fund=10), progress=stop)


def test_many_files_have_expected_ranks_by_draws_close_to_the_exact_ones(monkeypatch):
    rows, _ = simulated(60, 6, 3)
    exact = rank(rows, way="calibrated", line=Line(fund=20))
    monkeypatch.setattr("monarca.engines.scoring.beliefs.PAIRWISE", 10)
    drawn = rank(rows, way="calibrated", line=Line(fund=20))
    for one, other in zip(exact.standings, drawn.standings, strict=True):
        assert one.expected_rank == pytest.approx(other.expected_rank, abs=1.2)
        assert one.chance == other.chance


def test_criteria_are_weighted_over_those_that_were_scored():
    marks = [
        Mark("A", "r", "need", 4, 2),
        Mark("A", "r", "budget", 1, 1),
        Mark("A", "r", "gender", None, 5),
        Mark("A", "s", "need", None),
    ]
    random.Random(3).shuffle(marks)
    assert whole(marks) == (Review("A", "r", 3), Review("A", "s", None))


@pytest.mark.parametrize(
    ("marks", "code"),
    [
        ([Mark("A", "r", "need", 4), Mark("A", "r", "need", 4)], "scoring.criterion_twice"),
        ([Mark("A", "r", "need", 4, 0)], "scoring.weight"),
        ([Mark("A", "r", "need", 4, float("nan"))], "scoring.weight"),
    ],
)
def test_criteria_that_do_not_add_up_are_refused(marks, code):
    with pytest.raises(Unfit) as refused:
        whole(marks)
    assert refused.value.reason.code == code
