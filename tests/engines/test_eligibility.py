"""Eligibility: each rule finds what it should, says why, and says so when it cannot know."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monarca.engines import budgets, eligibility
from monarca.engines.budgets import Line
from monarca.engines.eligibility import CHECKERS, Facts
from monarca.engines.eligibility.project import last_day
from monarca.engines.packs.kinds import LEVELS, RULE_KINDS

DEFINITION = {
    "mission": {"countries": ["MX"], "time_zone": "America/Mexico_City"},
    "call": {
        "opens_at": "2024-03-04T15:00:00Z",
        "closes_at": "2024-04-22T05:59:00Z",
        "grace_minutes": 0,
        "languages": ["es", "en", "fr"],
        "activities_end": "02-28",
        "years": 2,
        "max_cents": 10_000_000,
        "average_cents": 4_500_000,
        "min_cents": 500_000,
    },
    "priorities": [{"code": "IG", "focus": [], "children": [{"code": "IG-D", "focus": []}]}],
    "sections": [
        {
            "key": "project",
            "questions": [
                {"key": "title", "kind": "text", "required": True, "maps_to": "title"},
                {"key": "summary", "kind": "words", "required": True, "words": 2},
                {
                    "key": "requested",
                    "kind": "money",
                    "required": True,
                    "maps_to": "requested_cents",
                },
            ],
        },
        {
            "key": "gba",
            "questions": [{"key": "gba_who", "kind": "words", "required": True, "gba": True}],
        },
    ],
    "budget": {
        "overhead_percent": 15,
        "categories": [{"code": code, "kind": "direct"} for code in ("training", "equipment")]
        + [{"code": "overhead", "kind": "overhead"}],
    },
    "costs": {
        "ineligible": [
            {"code": "alcohol", "words": {"es": ["cerveza"]}},
            {"code": "gifts", "words": {"es": ["regalo"]}},
        ]
    },
}
ANSWERS = {
    "title": "Agua",
    "summary": "Agua limpia para todas las familias",
    "requested": {"cents": 4_500_000, "currency": "CAD"},
    "gba_who": "Mujeres",
    "language": "es",
    "organisation_kind": "local_nonprofit",
    "registered": "yes",
    "bank_account": True,
    "priority": "IG-D",
    "places": [{"id": "r1", "place": {"state": "20", "municipality": "20067"}}],
    "starts_on": "2024-09-01",
    "ends_on": "2025-02-28",
}
LINE = Line("1", "A1", "training", "Taller", total_cents=1_000_000, fund_cents=1_000_000)
FACTS = Facts(
    received_at=datetime(2024, 4, 20, tzinfo=UTC),
    answers=ANSWERS,
    lines=(LINE,),
    attached=frozenset({"registration_proof"}),
)


def verdict(kind, facts=FACTS, definition=DEFINITION, **params):
    rule = {"id": "E", "kind": kind, "level": "block", "label": {}, "params": params}
    (found,) = eligibility.check({**definition, "rules": [rule]}, facts)
    return found.outcome, found.reason.code.removeprefix("rule.")


def answered(**answers):
    return replace(FACTS, answers={**ANSWERS, **answers})


def with_call(**changes):
    return {**DEFINITION, "call": {**DEFINITION["call"], **changes}}


def test_every_kind_has_a_checker_and_every_checker_a_kind():
    assert set(CHECKERS) == set(RULE_KINDS)


@pytest.mark.parametrize(
    ("seconds", "grace", "expected"),
    [
        (-1, 0, "received_in_time"),
        (0, 0, "received_late"),
        (0, 5, "received_in_time"),
        (299, 5, "received_in_time"),
        (300, 5, "received_late"),
    ],
)
def test_the_window_is_open_at_one_end(seconds, grace, expected):
    at = datetime(2024, 4, 22, 5, 59, tzinfo=UTC) + timedelta(seconds=seconds)
    found = verdict(
        "received_by_deadline", replace(FACTS, received_at=at), with_call(grace_minutes=grace)
    )
    assert found[1] == expected


def test_the_call_opens_at_its_instant_and_may_be_extended():
    opens = datetime(2024, 3, 4, 15, tzinfo=UTC)
    assert verdict("received_by_deadline", replace(FACTS, received_at=opens))[0] == "pass"
    early = replace(FACTS, received_at=opens - timedelta(microseconds=1))
    assert verdict("received_by_deadline", early) == ("fail", "received_early")
    late = replace(FACTS, received_at=datetime(2024, 4, 23, tzinfo=UTC))
    assert verdict("received_by_deadline", late) == ("fail", "received_late")
    extended = replace(late, closes_at=datetime(2024, 4, 24, tzinfo=UTC))
    assert verdict("received_by_deadline", extended) == ("pass", "received_in_time")
    assert verdict("received_by_deadline", replace(FACTS, received_at=None)) == (
        "unknown",
        "not_received",
    )


def test_language():
    assert verdict("language_in_call") == ("pass", "language_accepted")
    assert verdict("language_in_call", replace(FACTS, language="pt")) == (
        "fail",
        "language_refused",
    )
    assert verdict("language_in_call", answered(language="")) == ("unknown", "not_answered")


def test_a_form_is_whole_though_a_text_is_too_long():
    assert verdict("form_complete") == ("pass", "form_whole")
    assert verdict("form_complete", answered(title="")) == ("fail", "form_incomplete")
    assert verdict("form_complete", answered(title="", gba_who=" ")) == ("fail", "gba_incomplete")
    assert verdict("form_complete", answered(requested={"raw": "mucho"})) == (
        "fail",
        "form_incomplete",
    )


def test_a_budget_is_there_and_adds_up():
    wrong = replace(FACTS, lines=(replace(LINE, total_cents=1_000_001),))
    assert verdict("budget_adds_up") == ("pass", "budget_adds_up")
    assert verdict("budget_adds_up", wrong) == ("fail", "budget_wrong")
    assert verdict("budget_adds_up", wrong, tolerance_cents=1) == ("pass", "budget_adds_up")
    none = replace(FACTS, lines=())
    assert verdict("budget_adds_up", none) == ("fail", "budget_absent")
    assert verdict("budget_adds_up", replace(none, attached=frozenset({"budget_file"}))) == (
        "unknown",
        "budget_unread",
    )
    capped = replace(FACTS, lines=(replace(LINE, category="overhead"),))
    assert verdict("budget_adds_up", capped) == ("pass", "budget_adds_up")


def test_kinds_of_organisation():
    assert verdict("organisation_kind_in", kinds=["local_nonprofit"]) == ("pass", "kind_accepted")
    assert verdict("organisation_kind_in", kinds=["government"]) == ("fail", "kind_refused")
    assert verdict("organisation_kind_in", answered(organisation_kind=None), kinds=[]) == (
        "unknown",
        "not_answered",
    )


def test_a_foreign_organisation_needs_local_partners():
    foreign = {"foreign_kinds": ["canadian_nonprofit"]}
    assert verdict("local_or_with_partner", **foreign) == ("pass", "organisation_local")
    alone = answered(organisation_kind="canadian_nonprofit", partners=[{"id": "r1", "name": " "}])
    assert verdict("local_or_with_partner", alone, **foreign) == ("fail", "partners_missing")
    assert verdict("local_or_with_partner", alone, partners=0, **foreign) == (
        "pass",
        "partners_enough",
    )
    partners = [{"id": "r1", "name": "Red"}]
    together = answered(organisation_kind="canadian_nonprofit", partners=partners)
    assert verdict("local_or_with_partner", together, **foreign) == ("pass", "partners_enough")
    assert verdict("local_or_with_partner", together, partners=2, **foreign) == (
        "fail",
        "partners_missing",
    )


def test_an_organisation_at_risk_is_never_refused_for_it():
    assert verdict("registered_or_at_risk", answered(registered="at_risk")) == (
        "pass",
        "registered_at_risk",
    )
    assert verdict("registered_or_at_risk") == ("pass", "registered")
    unproven = replace(FACTS, attached=frozenset())
    assert verdict("registered_or_at_risk", unproven) == ("fail", "registration_unproven")
    assert verdict("registered_or_at_risk", answered(registered="no")) == ("fail", "not_registered")
    assert verdict("registered_or_at_risk", answered(registered=None)) == (
        "unknown",
        "not_answered",
    )


def test_a_bank_account():
    assert verdict("bank_account") == ("pass", "bank_account_own")
    assert verdict("bank_account", answered(bank_account=False)) == ("fail", "bank_account_missing")
    assert verdict("bank_account", answered(bank_account=None)) == ("unknown", "not_answered")


def test_countries():
    assert verdict("place_in_countries") == ("pass", "country_accepted")
    assert verdict("place_in_countries", countries=["GT"]) == ("fail", "country_refused")
    abroad = replace(FACTS, countries=frozenset({"MX", "GT"}))
    assert verdict("place_in_countries", abroad) == ("fail", "country_refused")
    assert verdict("place_in_countries", answered(places=[])) == ("unknown", "not_answered")


def test_priorities():
    assert verdict("priority_in_call") == ("pass", "priority_accepted")
    assert verdict("priority_in_call", answered(priority="XX")) == ("fail", "priority_refused")
    second = answered(priority="XX", secondary_priority="IG")
    assert verdict("priority_in_call", second) == ("pass", "priority_accepted")
    assert verdict("priority_in_call", answered(priority="")) == ("unknown", "not_answered")


def test_states():
    assert verdict("place_in_states", states=["20"]) == ("pass", "state_favoured")
    assert verdict("place_in_states", states=["07"]) == ("fail", "state_not_favoured")
    assert verdict("place_in_states", answered(places=None), states=["07"]) == (
        "unknown",
        "not_answered",
    )


@pytest.mark.parametrize(
    ("starts", "ends", "years", "expected"),
    [
        ("2024-09-01", "2025-02-28", 1, "dates_fit"),
        ("2024-09-01", "2025-03-01", 1, "ends_too_late"),
        ("2024-09-01", "2026-02-28", 2, "dates_fit"),
        ("2024-09-01", "2026-03-01", 2, "ends_too_late"),
        ("2024-04-22", "2025-02-28", 2, "dates_fit"),
        ("2024-04-21", "2025-02-28", 2, "starts_too_early"),
        ("2024-09-01", "2024-08-31", 2, "dates_reversed"),
        ("2024-09-01", "2024-09-01", 1, "dates_fit"),
        ("", "2025-02-28", 1, "not_answered"),
        ("pronto", "2025-02-28", 1, "not_answered"),
    ],
)
def test_the_dates_fit_the_call_on_the_mission_s_calendar(starts, ends, years, expected):
    facts = answered(starts_on=starts, ends_on=ends)
    assert verdict("dates_in_window", facts, years=years)[1] == expected
    assert verdict("dates_in_window", facts, with_call(years=years))[1] == expected


def test_the_last_day_comes_after_closing():
    assert last_day(date(2024, 4, 21), "02-28", 1) == date(2025, 2, 28)
    assert last_day(date(2024, 2, 28), "02-28", 1) == date(2025, 2, 28)
    assert last_day(date(2024, 2, 27), "02-28", 1) == date(2024, 2, 28)
    assert last_day(date(2024, 3, 18), "02-29", 1) == date(2025, 2, 28)


def asking(cents):
    return answered(requested={"cents": cents, "currency": "CAD"})


def test_amounts():
    assert verdict("amount_at_most", asking(10_000_000)) == ("pass", "amount_within")
    assert verdict("amount_at_most", asking(10_000_001)) == ("fail", "amount_over")
    assert verdict("amount_at_most", asking(3_000_001), cents=3_000_000) == ("fail", "amount_over")
    assert verdict("amount_at_least", asking(500_000)) == ("pass", "amount_enough")
    assert verdict("amount_at_least", asking(499_999)) == ("fail", "amount_too_small")
    assert verdict("amount_near_average", asking(6_750_000), percent=50) == ("pass", "amount_usual")
    assert verdict("amount_near_average", asking(6_750_001), percent=50) == (
        "fail",
        "amount_unusual",
    )
    assert verdict("amount_near_average", asking(2_249_999), percent=50) == (
        "fail",
        "amount_unusual",
    )
    for kind in ("amount_at_most", "amount_at_least", "amount_near_average"):
        assert verdict(kind, answered(requested={"raw": "?"}), percent=50) == (
            "unknown",
            "not_answered",
        )


def spending(*lines, **more):
    return replace(FACTS, lines=lines, **more)


def test_overhead():
    direct = replace(LINE, total_cents=850_000, fund_cents=850_000)
    at_cap = Line("2", category="overhead", total_cents=150_000, fund_cents=150_000)
    over = replace(at_cap, total_cents=150_001, fund_cents=150_001)
    assert verdict("overhead_at_most", spending(direct, at_cap)) == ("pass", "overhead_within")
    assert verdict("overhead_at_most", spending(direct, over)) == ("fail", "overhead_over")
    assert verdict("overhead_at_most", spending(direct, over), percent=20) == (
        "pass",
        "overhead_within",
    )
    assert verdict("overhead_at_most", spending()) == ("unknown", "budget_missing")


def test_excluded_costs():
    beer, gift = replace(LINE, description="Cervezas"), replace(LINE, description="Un regalo")
    assert verdict("no_excluded_cost") == ("pass", "no_excluded_cost")
    assert verdict("no_excluded_cost", spending(beer)) == ("fail", "excluded_cost")
    assert verdict("no_excluded_cost", spending(beer), **{"except": ["alcohol"]}) == (
        "pass",
        "no_excluded_cost",
    )
    assert verdict("no_excluded_cost", spending(gift), costs=["alcohol"]) == (
        "pass",
        "no_excluded_cost",
    )
    assert verdict("no_excluded_cost", spending()) == ("unknown", "budget_missing")


def test_costs_within_dates():
    assert verdict("costs_within_dates") == ("pass", "costs_fit_dates")
    late = replace(LINE, fiscal_year="2025-2026")
    assert verdict("costs_within_dates", spending(late)) == ("fail", "cost_outside_dates")
    inside = [{"id": "r1", "activity": "Taller", "starts": "2024-09", "ends": "2025-02"}]
    assert verdict("costs_within_dates", answered(activities=inside)) == ("pass", "costs_fit_dates")
    outside = [{"id": "r1", "activity": "Taller", "starts": "2024-08", "ends": "2025-02"}]
    assert verdict("costs_within_dates", answered(activities=outside)) == (
        "fail",
        "activity_outside_dates",
    )
    assert verdict("costs_within_dates", answered(ends_on=None)) == ("unknown", "not_answered")


def test_words_in_lines():
    words = {"es": ["primera clase"], "en": ["first class"], "fr": []}
    flight = replace(LINE, description="Vuelo en PRIMERA CLASE")
    assert verdict("no_line_with_words", words=words) == ("pass", "no_such_word")
    assert verdict("no_line_with_words", spending(flight), words=words) == ("fail", "word_found")
    assert verdict("no_line_with_words", spending(), words=words) == ("unknown", "budget_missing")


def test_equipment_needs_a_plan_for_its_care():
    bought = replace(LINE, category="equipment")
    among = {"categories": ["equipment"]}
    assert verdict("equipment_needs_care_plan", **among) == ("not_applicable", "no_equipment")
    assert verdict("equipment_needs_care_plan", spending(bought), **among) == (
        "unknown",
        "care_plan_unchecked",
    )
    for plan, expected in ((True, "care_plan_there"), (False, "care_plan_missing")):
        assert (
            verdict("equipment_needs_care_plan", spending(bought, care_plan=plan), **among)[1]
            == expected
        )
    assert verdict("equipment_needs_care_plan", spending(), **among) == (
        "unknown",
        "budget_missing",
    )


def test_standing_and_other_applications():
    assert verdict("one_per_organisation") == ("pass", "only_application")
    assert verdict("one_per_organisation", replace(FACTS, other_applications=1)) == (
        "fail",
        "other_applications",
    )
    assert verdict("no_overdue_report") == ("pass", "standing_clear")
    assert verdict("no_overdue_report", replace(FACTS, overdue_reports=2)) == (
        "fail",
        "standing_overdue",
    )
    assert verdict("no_overdue_report", replace(FACTS, debt_cents=1)) == ("fail", "standing_debt")


def test_money_of_the_same_government():
    words = {"es": ["Canadá"], "en": ["Canada", "Global Affairs"], "fr": ["Canada"]}
    ours = replace(LINE, other_cents=1, other_donor="Global Affairs Canada")
    assert verdict("no_double_funding", words=words) == ("pass", "no_double_funding")
    assert verdict("no_double_funding", spending(ours), words=words) == ("fail", "double_funding")
    assert (
        verdict("no_double_funding", spending(replace(ours, other_cents=0)), words=words)[0]
        == "pass"
    )
    donors = answered(donors="Fundación Semilla; Embajada de CANADA")
    assert verdict("no_double_funding", donors, words=words) == (
        "unknown",
        "donor_of_same_government",
    )
    rows = answered(donors=[{"id": "Canada", "name": "Semilla"}])
    assert verdict("no_double_funding", rows, words=words) == ("pass", "no_double_funding")


def test_own_contribution():
    shared = replace(LINE, fund_cents=800_000, own_cents=100_000, in_kind_cents=100_000)
    assert verdict("own_contribution_at_least", spending(shared), percent=20) == (
        "pass",
        "contribution_enough",
    )
    assert verdict("own_contribution_at_least", spending(shared), percent=21) == (
        "fail",
        "contribution_small",
    )
    assert verdict("own_contribution_at_least") == ("pass", "contribution_enough")
    pesos = spending(shared, budget=budgets.Context(currency="MXN", rate=Decimal("0.0732")))
    assert verdict("own_contribution_at_least", pesos, cents=14_640) == (
        "pass",
        "contribution_enough",
    )
    assert verdict("own_contribution_at_least", pesos, cents=14_641) == (
        "fail",
        "contribution_small",
    )
    unknown = spending(shared, budget=budgets.Context(currency="MXN"))
    assert verdict("own_contribution_at_least", unknown, cents=1) == ("unknown", "rate_missing")
    assert verdict("own_contribution_at_least", spending()) == ("unknown", "budget_missing")


def test_only_a_person_clears_a_name():
    assert verdict("not_on_a_sanctions_list") == ("unknown", "sanctions_unchecked")
    for clear, expected in (
        (True, ("pass", "sanctions_clear")),
        (False, ("fail", "sanctions_hit")),
    ):
        assert verdict("not_on_a_sanctions_list", replace(FACTS, sanctions_clear=clear)) == expected


def test_what_blocks_and_what_a_person_decides():
    kinds = {"block": "bank_account", "flag": "bank_account", "info": "bank_account"}
    rules = [{"id": level, "kind": kind, "level": level} for level, kind in kinds.items()]
    for answer, blocks, decide in (
        (False, ["block"], ["flag"]),
        (None, [], ["block", "flag"]),
        (True, [], []),
    ):
        found = eligibility.check({**DEFINITION, "rules": rules}, answered(bank_account=answer))
        assert [each.rule for each in eligibility.what_blocks(found)] == blocks
        assert [each.rule for each in eligibility.to_decide(found)] == decide


def test_a_kind_that_does_not_exist_is_an_error_and_never_a_pass():
    with pytest.raises(KeyError):
        verdict("trust_me")


PARAMS = {
    "kinds": ["local_nonprofit"],
    "foreign_kinds": ["canadian_nonprofit"],
    "states": ["20"],
    "percent": 10,
    "words": {"es": ["cerveza"], "en": [], "fr": []},
    "categories": ["training"],
}
scraps = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=6)
    | st.just("2024-09-01")
    | st.just("canadian_nonprofit"),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["id", "name", "cents", "raw", "state", "starts"]), inner, max_size=3
        )
    ),
    max_leaves=6,
)
keys = st.sampled_from(
    [*ANSWERS, "partners", "activities", "donors", "budget_file", "secondary_priority"]
)
made_lines = st.builds(
    Line,
    st.text(max_size=3),
    category=st.sampled_from(["training", "overhead", ""]),
    description=st.text(max_size=20),
    total_cents=st.none() | st.integers(-9, 10**9),
    fund_cents=st.integers(-9, 10**9),
    fiscal_year=st.text(max_size=4),
)


@given(st.dictionaries(keys, scraps), st.lists(made_lines, max_size=3), st.none() | st.booleans())
def test_no_answer_breaks_a_rule_and_every_reason_has_a_known_code(answers, lines, said):
    rules = [
        {"id": kind, "kind": kind, "level": LEVELS[n % 3], "params": PARAMS}
        for n, kind in enumerate(sorted(RULE_KINDS))
    ]
    facts = Facts(answers=answers, lines=tuple(lines), care_plan=said, sanctions_clear=said)
    found = eligibility.check({**DEFINITION, "rules": rules}, facts)
    assert [each.kind for each in found] == sorted(RULE_KINDS)
    assert {each.reason.code for each in found} <= set(eligibility.CODES)
    for each in found:
        assert all(
            value is None or isinstance(value, str | int) for value in each.reason.values.values()
        )
