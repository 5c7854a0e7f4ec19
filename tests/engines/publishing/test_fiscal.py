"""Canada's fiscal year in what is published: reference numbers, budgets that lose no cent."""

import itertools
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from monarca.engines.calendar import fiscal_year_of, quarter_of
from monarca.engines.publishing.disclosure import Budget
from monarca.engines.publishing.fiscal import reference_number, split_at_year_ends

DAYS = st.dates(min_value=date(2015, 1, 1), max_value=date(2035, 12, 31))


def test_a_reference_number_says_department_year_quarter_and_serial() -> None:
    made = reference_number(department="052", quarter=quarter_of(date(2025, 8, 1)), serial=7)
    assert made == "052-2025-2026-Q2-00007"


def test_a_budget_over_31_march_is_split_there() -> None:
    whole = Budget(starts_on=date(2025, 3, 30), ends_on=date(2025, 4, 3), cents=1001)
    pieces = split_at_year_ends(whole)
    assert [(one.starts_on, one.ends_on, one.cents) for one in pieces] == [
        (date(2025, 3, 30), date(2025, 3, 31), 400),
        (date(2025, 4, 1), date(2025, 4, 3), 601),
    ]


def test_a_budget_within_one_year_is_left_alone() -> None:
    whole = Budget(starts_on=date(2025, 4, 1), ends_on=date(2026, 3, 31), cents=5)
    assert split_at_year_ends(whole) == (whole,)


@given(DAYS, st.integers(0, 2000), st.integers(-(10**9), 10**9))
def test_pieces_lie_in_one_year_each_follow_on_and_add_up(
    start: date, days: int, cents: int
) -> None:
    pieces = split_at_year_ends(
        Budget(starts_on=start, ends_on=start + timedelta(days), cents=cents)
    )
    assert sum(one.cents for one in pieces) == cents
    assert (pieces[0].starts_on, pieces[-1].ends_on) == (start, start + timedelta(days))
    assert all(fiscal_year_of(one.starts_on) == fiscal_year_of(one.ends_on) for one in pieces)
    gaps = [(after.starts_on - before.ends_on).days for before, after in itertools.pairwise(pieces)]
    assert set(gaps) <= {1}
