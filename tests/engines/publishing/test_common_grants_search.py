"""Searches of CommonGrants: what a body asks for is what comes, and every fault is named."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from monarca.engines.publishing import common_grants_search as searching
from monarca.engines.publishing.common_grants_search import AWARDS, OPPORTUNITIES, Refused, found


def entry(number, **given):
    """An opportunity; what is given stands in it at a path with double underscores for dots."""
    made = {
        "id": f"{number:08}-0000-4000-8000-000000000000",
        "title": f"Call {number}",
        "description": "Small grants",
        "status": {"value": "open"},
        "keyDates": {"closeDate": {"date": f"2025-0{number}-15", "time": "12:00:00"}},
        "createdAt": "2025-01-01T00:00:00Z",
        "lastModifiedAt": f"2025-01-0{number}T00:00:00Z",
    }
    return {**made, **given}


def money(amount, currency="CAD"):
    return {"amount": amount, "currency": currency}


ENTRIES = (
    entry(1, status={"value": "closed"}, funding={"maxAwardAmount": money("500.00")}),
    entry(2, title="Água y niñez", funding={"maxAwardAmount": money("60000.00")}),
    entry(3, description="For girls' education", funding={"maxAwardAmount": money("9", "USD")}),
    entry(4, status={"value": "forecasted"}, keyDates={}),
)


def numbers(body, of=OPPORTUNITIES, entries=ENTRIES):
    return [int(one["id"][:8]) for one in found(entries, body, of)["items"]]


def refused(body, of=OPPORTUNITIES):
    with pytest.raises(Refused) as caught:
        found(ENTRIES, body, of)
    return [each["field"] for each in caught.value.errors]


def test_nothing_asked_is_everything_the_latest_first():
    answer = found(ENTRIES, {}, OPPORTUNITIES)
    assert [int(one["id"][:8]) for one in answer["items"]] == [4, 3, 2, 1]
    assert answer["paginationInfo"] == {
        "page": 1,
        "pageSize": 100,
        "totalItems": 4,
        "totalPages": 1,
    }
    assert answer["sortInfo"] == {"sortBy": "lastModifiedAt", "sortOrder": "desc", "errors": []}
    assert answer["filterInfo"] == {"filters": {}, "errors": []}
    nulls = dict.fromkeys(("search", "filters", "sorting", "pagination"))
    assert found(ENTRIES, nulls, OPPORTUNITIES) == answer


@pytest.mark.parametrize(
    ("operator", "value", "kept"),
    [
        ("in", ["open"], [3, 2]),
        ("in", [], []),
        ("notIn", ["open", "closed"], [4]),
        ("in", ["closed", "forecasted"], [4, 1]),
    ],
)
def test_words_are_in_a_list_or_not(operator, value, kept):
    wanted = {"status": {"operator": operator, "value": value}}
    answer = found(ENTRIES, {"filters": wanted}, OPPORTUNITIES)
    assert [int(one["id"][:8]) for one in answer["items"]] == kept
    assert answer["filterInfo"] == {"filters": wanted, "errors": []}


@pytest.mark.parametrize(
    ("operator", "ends", "kept"),
    [
        ("between", ("2025-01-15", "2025-02-15"), [2, 1]),
        ("outside", ("2025-01-15", "2025-02-15"), [3]),
        ("between", ("2025-02-15T23:59:59Z", "2025-12-31T00:00:00-06:00"), [3, 2]),
        ("between", ("2025-03-01", "2025-01-01"), []),
    ],
)
def test_days_are_between_two_or_outside_and_what_has_none_is_neither(operator, ends, kept):
    value = dict(zip(("min", "max"), ends, strict=True))
    assert numbers({"filters": {"closeDateRange": {"operator": operator, "value": value}}}) == kept


@pytest.mark.parametrize(
    ("operator", "ends", "kept"),
    [
        ("between", ("500", "60000"), [2, 1]),
        ("between", ("500.01", "60000"), [2]),
        ("outside", ("500.01", "1000000"), [1]),
    ],
)
def test_amounts_of_another_currency_are_left_out(operator, ends, kept):
    value = {"min": money(ends[0]), "max": money(ends[1])}
    wanted = {"maxAwardAmountRange": {"operator": operator, "value": value}}
    assert numbers({"filters": wanted}) == kept
    assert numbers({"filters": {**wanted, "status": {"operator": "in", "value": ["x"]}}}) == []


@pytest.mark.parametrize(
    ("query", "kept"), [("agua NINEZ", [2]), ("education", [3]), ("call grants", [4, 1]), ("", 4)]
)
def test_every_word_is_sought_without_accents_in_title_and_description(query, kept):
    answer = numbers({"search": query})
    assert answer == ([4, 3, 2, 1] if kept == 4 else kept)


@pytest.mark.parametrize(
    ("by", "order", "sorted_"),
    [
        ("title", "asc", [2, 1, 3, 4]),
        ("keyDates.closeDate", "desc", [3, 2, 1, 4]),
        ("keyDates.closeDate", "asc", [1, 2, 3, 4]),
        ("funding.maxAwardAmount", "asc", [3, 1, 2, 4]),
        ("funding.maxAwardAmount", None, [2, 1, 3, 4]),
        ("createdAt", "desc", [1, 2, 3, 4]),
        ("status.value", "asc", [1, 4, 2, 3]),
    ],
)
def test_the_order_asked_for_is_kept_equals_go_by_id_and_what_lacks_it_is_last(by, order, sorted_):
    sorting = {"sortBy": by} | ({"sortOrder": order} if order else {})
    answer = found(ENTRIES, {"sorting": sorting}, OPPORTUNITIES)
    assert [int(one["id"][:8]) for one in answer["items"]] == sorted_
    assert answer["sortInfo"] == {"sortBy": by, "sortOrder": order or "desc", "errors": []}


def test_an_award_is_found_by_its_call_its_day_and_its_amount():
    awards = [
        {
            **entry(number),
            "opportunity": {"id": f"call-{number}"},
            "keyDates": {"awardDate": {"date": f"2025-01-0{number}"}},
            "funding": {"awardedAmount": money(f"{number}000.00")},
        }
        for number in (1, 2)
    ]
    day = {"operator": "between", "value": {"min": "2025-01-02", "max": "2025-01-02"}}
    amount = {"operator": "between", "value": {"min": money("1500"), "max": money("2500")}}
    for wanted in (
        {"opportunityId": {"operator": "in", "value": ["call-2"]}},
        {"awardDateRange": day},
        {"awardedAmountRange": amount},
    ):
        assert numbers({"filters": wanted}, AWARDS, awards) == [2]


def test_what_is_not_known_here_is_told_and_changes_nothing():
    body = {
        "filters": {
            "closeDateRang": {"operator": "eq", "value": 1},
            "customFilters": {"state": {"operator": "eq", "value": "OAX"}},
        },
        "sorting": {"sortBy": "custom", "customSortBy": "luck"},
    }
    answer = found(ENTRIES, body, OPPORTUNITIES)
    assert len(answer["items"]) == 4
    assert answer["filterInfo"] == {
        "filters": {},
        "errors": [
            "filters.closeDateRang is not known here.",
            "filters.customFilters.state is not known here.",
        ],
    }
    assert answer["sortInfo"]["errors"] == ["sorting.customSortBy: no such order is known here."]
    assert answer["sortInfo"]["sortBy"] == "lastModifiedAt"


def test_pages_are_cut_after_sorting():
    body = {"pagination": {"page": 2, "pageSize": 3}}
    assert numbers(body) == [1]
    assert numbers({"pagination": {"page": 10**30, "pageSize": 3}}) == []


STATUS, CLOSING = "filters.status", "filters.closeDateRange"


@pytest.mark.parametrize(
    ("body", "fields"),
    [
        ([], [""]),
        ("all", [""]),
        (None, [""]),
        ({"search": 3}, ["search"]),
        ({"filters": []}, ["filters"]),
        ({"filters": {"status": "open"}}, [STATUS, STATUS]),
        ({"filters": {"status": {"operator": "in"}}}, [STATUS]),
        ({"filters": {"status": {"operator": "eq", "value": ["a"]}}}, [f"{STATUS}.operator"]),
        ({"filters": {"status": {"operator": "in", "value": "a"}}}, [f"{STATUS}.value"]),
        ({"filters": {"status": {"operator": [], "value": [1]}}}, None),
        ({"filters": {"closeDateRange": {"operator": "in", "value": {}}}}, None),
        (
            {
                "filters": {
                    "closeDateRange": {"operator": "between", "value": {"min": "2025-02-30"}}
                }
            },
            [f"{CLOSING}.value.min", f"{CLOSING}.value.max"],
        ),
        (
            {
                "filters": {
                    "minAwardAmountRange": {
                        "operator": "between",
                        "value": {"min": money("1"), "max": money("2", "USD")},
                    }
                }
            },
            ["filters.minAwardAmountRange.value"],
        ),
        ({"sorting": {}}, ["sorting.sortBy"]),
        ({"sorting": {"sortBy": "keyDates.awardDate"}}, ["sorting.sortBy"]),
        ({"sorting": {"sortBy": ["title"]}}, ["sorting.sortBy"]),
        ({"sorting": {"sortBy": "title", "sortOrder": "up"}}, ["sorting.sortOrder"]),
        ({"pagination": {"page": 0}}, ["pagination.page"]),
        ({"pagination": {"page": True}}, ["pagination.page"]),
        ({"pagination": {"page": "1"}}, ["pagination.page"]),
        ({"pagination": {"pageSize": 101}}, ["pagination.pageSize"]),
        ({"search": 1, "pagination": {"page": 0}}, ["search", "pagination.page"]),
    ],
)
def test_a_body_that_breaks_the_protocol_is_refused_with_every_fault(body, fields):
    named = refused(body)
    assert named == fields if fields else named


anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=6,
)
filters = st.dictionaries(
    st.sampled_from(["status", "closeDateRange", "maxAwardAmountRange", "customFilters", "x"]),
    anything
    | st.fixed_dictionaries(
        {
            "operator": st.sampled_from(["in", "notIn", "between", "outside", "eq"]) | anything,
            "value": st.fixed_dictionaries({"min": anything, "max": anything}) | anything,
        }
    ),
)
bodies = anything | st.fixed_dictionaries(
    {},
    optional={
        "search": anything,
        "filters": filters | anything,
        "sorting": st.fixed_dictionaries({"sortBy": anything, "sortOrder": anything}) | anything,
        "pagination": st.fixed_dictionaries({"page": anything, "pageSize": anything}) | anything,
    },
)


@settings(max_examples=200, deadline=None)
@given(body=bodies)
def test_any_body_at_all_is_answered_or_refused(body):
    try:
        answer = found(ENTRIES, body, OPPORTUNITIES)
    except Refused as refused_:
        assert refused_.errors  # noqa: PT017
        return
    assert set(answer) == {"items", "paginationInfo", "sortInfo", "filterInfo"}
    assert all(one in ENTRIES for one in answer["items"])


@settings(max_examples=60, deadline=None)
@given(low=st.dates(), high=st.dates(), days=st.lists(st.dates(), max_size=5))
def test_a_day_is_on_one_side_of_a_range_and_never_on_both(low, high, days):
    entries = [
        {**entry(1), "id": str(place), "keyDates": {"closeDate": {"date": day.isoformat()}}}
        for place, day in enumerate(days)
    ]
    value = {"min": low.isoformat(), "max": high.isoformat()}

    def kept(operator):
        wanted = {"closeDateRange": {"operator": operator, "value": value}}
        return {one["id"] for one in found(entries, {"filters": wanted}, OPPORTUNITIES)["items"]}

    between = {str(place) for place, day in enumerate(days) if low <= day <= high}
    assert kept("between") == between
    assert kept("outside") == {one["id"] for one in entries} - between


def test_a_day_is_read_from_an_instant_as_it_is_written():
    assert searching._day("2025-01-31T23:00:00-06:00") == ("", date(2025, 1, 31))
    assert searching._day(datetime(2025, 1, 31)) is None  # noqa: DTZ001
