"""The government's year, and dates as people write them in three languages."""

import itertools
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import calendar
from monarca.engines.calendar import FiscalYear

days = st.dates(date(1950, 1, 1), date(2099, 12, 31))


def test_the_year_turns_on_the_first_of_april():
    assert calendar.fiscal_year_of(date(2024, 3, 31)).label == "2023-2024"
    assert calendar.fiscal_year_of(date(2024, 4, 1)).label == "2024-2025"
    assert FiscalYear(2024).ends_on == date(2025, 3, 31)
    assert date(2025, 2, 28) in FiscalYear(2024)
    assert FiscalYear(2024).next == FiscalYear(2025)


def test_the_quarters_of_a_year():
    ends = [(each.label, each.starts_on, each.ends_on) for each in FiscalYear(2024).quarters]
    assert ends == [
        ("Q1", date(2024, 4, 1), date(2024, 6, 30)),
        ("Q2", date(2024, 7, 1), date(2024, 9, 30)),
        ("Q3", date(2024, 10, 1), date(2024, 12, 31)),
        ("Q4", date(2025, 1, 1), date(2025, 3, 31)),
    ]


@given(days)
def test_a_day_lies_in_its_year_and_quarter(day):
    quarter = calendar.quarter_of(day)
    assert quarter.starts_on <= day <= quarter.ends_on == calendar.quarter_end(day)
    assert day in quarter.fiscal_year == calendar.fiscal_year_of(day)


@pytest.mark.parametrize(
    "label", ["2024-2025", " 2024-25 ", "2024/2025", "FY 2024-25", "2024\u20132025"]
)
def test_a_label_names_its_year(label):
    assert calendar.labelled(label) == FiscalYear(2024)


@pytest.mark.parametrize("label", ["2024", "2024-2026", "2024-24", "", "24-25"])
def test_what_names_no_year_is_none(label):
    assert calendar.labelled(label) is None


@given(days, st.integers(0, 1500))
def test_a_period_is_cut_without_losing_or_doubling_a_day(starts, length):
    ends = starts + timedelta(days=length)
    spans = calendar.split(starts, ends)
    assert sum(span.days for span in spans) == length + 1
    assert (spans[0].starts_on, spans[-1].ends_on) == (starts, ends)
    for one, two in itertools.pairwise(spans):
        assert two.starts_on - one.ends_on == timedelta(days=1)
        assert two.fiscal_year == one.fiscal_year.next
    assert all(
        span.starts_on in span.fiscal_year and span.ends_on in span.fiscal_year for span in spans
    )


def test_a_period_that_ends_before_it_starts_has_no_parts():
    assert calendar.split(date(2024, 4, 2), date(2024, 4, 1)) == ()
    assert calendar.fiscal_years(date(2024, 9, 1), date(2025, 4, 1)) == ("2024-2025", "2025-2026")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("3 de septiembre de 2024", "es"),
        ("3 de setiembre del 2024", "es"),
        ("martes 3 de septiembre de 2024", "es"),
        ("a 3 de Septiembre, 2024", "es"),
        ("SEPTIEMBRE 3 DE 2024", "es"),
        ("3/09/2024", "es"),
        ("03.09.2024", "fr"),
        ("3-sep-24", "es"),
        ("3 septembre 2024", "fr"),
        ("le mardi 3 sept. 2024", "fr"),
        ("September 3, 2024", "en"),
        ("Sept. 3rd, 2024", "en"),
        ("the 3rd of September 2024", "en"),
        ("09/03/2024", "en"),
        ("2024-09-03", "en"),
        ("2024/9/3", "es"),
        ("2024-09-03 00:00:00", "es"),
        ("2024-09-03T00:00:00Z", "fr"),
        ("20240903", "es"),
        ("3\u00a0septembre\u00a02024", "fr"),
    ],
)
def test_a_date_is_read_as_people_write_it(text, language):
    assert calendar.parse_date(text, language).value == date(2024, 9, 3)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("1er septembre 2024", date(2024, 9, 1)),
        ("1\u00ba de marzo de 2024", date(2024, 3, 1)),
        ("1\u00b0 de marzo de 2024", date(2024, 3, 1)),
        ("primero de mayo de 2024", date(2024, 5, 1)),
        ("1o. de mayo de 2024", date(2024, 5, 1)),
        ("12 ao\u00fbt 2024", date(2024, 8, 12)),
        ("15 d\u00e9cembre 2024", date(2024, 12, 15)),
        ("29 de febrero de 2024", date(2024, 2, 29)),
    ],
)
def test_firsts_and_accents(text, day):
    assert calendar.parse_date(text) == calendar.ParsedDate(day)


def test_figures_that_could_be_exchanged_are_flagged():
    assert calendar.parse_date("03/09/2024", "es") == calendar.ParsedDate(
        date(2024, 9, 3), ambiguous=True
    )
    assert calendar.parse_date("03/09/2024", "en") == calendar.ParsedDate(
        date(2024, 3, 9), ambiguous=True
    )
    for text, language in (
        ("25/09/2024", "es"),
        ("25/09/2024", "en"),
        ("09/09/2024", "es"),
        ("2024-09-03", "en"),
    ):
        assert not calendar.parse_date(text, language).ambiguous
    assert calendar.parse_date("09/25/2024", "es").value == date(2024, 9, 25)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "date.empty"),
        ("   ", "date.empty"),
        ("pronto", "date.unreadable"),
        ("septiembre de 2024", "date.unreadable"),
        ("2024", "date.unreadable"),
        ("3 y 4 de septiembre de 2024", "date.unreadable"),
        ("x" * 200, "date.unreadable"),
        ("31/02/2024", "date.no_such_day"),
        ("29 de febrero de 2023", "date.no_such_day"),
        ("2024-13-01", "date.no_such_day"),
        ("0/0/2024", "date.no_such_day"),
        ("3 de septiembre de 1899", "date.out_of_range"),
        ("2101-01-01", "date.out_of_range"),
    ],
)
def test_what_is_no_date_is_refused_with_a_reason(text, code):
    parsed = calendar.parse_date(text)
    assert (parsed.value, parsed.reason and parsed.reason.code) == (None, code)


@given(
    days,
    st.sampled_from(
        ["{0.day} de {1} de {0.year}", "{0.day} {1} {0.year}", "{1} {0.day}, {0.year}"]
    ),
    st.integers(0, 2),
)
def test_every_day_survives_being_written_in_words(day, pattern, language):
    name = calendar.NAMES[day.month - 1][language].split()[0]
    assert calendar.parse_date(pattern.format(day, name)).value == day


@given(days, st.sampled_from("/-."), st.sampled_from(["es", "fr", "en"]))
def test_every_day_survives_being_written_in_figures(day, mark, language):
    order = [day.month, day.day] if language == "en" else [day.day, day.month]
    text = mark.join(f"{part:02}" for part in [*order, day.year])
    assert calendar.parse_date(text, language).value == day
    assert calendar.parse_date(day.isoformat(), language).value == day


@pytest.mark.parametrize(
    "text",
    [
        "2024-09",
        "2024/9",
        "09/2024",
        "septiembre de 2024",
        "Sept 2024",
        "3 septembre 2024",
        "2024-09-15",
    ],
)
def test_a_month_is_read(text):
    assert calendar.parse_month(text) == ("2024-09", None)


@pytest.mark.parametrize("text", ["", "2024", "13/2024", "2024-00", "03/09/2024", "verano de 2024"])
def test_what_is_no_month_is_refused(text):
    month, reason = calendar.parse_month(text)
    assert (month, reason and reason.code) == (None, "month.unreadable")


@given(st.text(max_size=80), st.sampled_from(["es", "en", "fr"]))
def test_no_text_breaks_the_readers(text, language):
    parsed = calendar.parse_date(text, language)
    assert (parsed.value is None) != (parsed.reason is None)
    assert parsed.reason is None or parsed.reason.code in calendar.CODES
    month, reason = calendar.parse_month(text, language)
    assert (month is None) != (reason is None)
