"""Indicators, targets, values and markers: what may be done, and what is refused."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from monarca.grants.agreements.models import Agreement
from monarca.grants.reports import actions as reports
from monarca.grants.results import actions, queries
from monarca.grants.results.actions import measuring, planning, values
from monarca.grants.results.models import Actual, Indicator, MarkerScore, Target
from monarca.grants.results.queries import Line
from monarca.ground.journal.queries import story_of
from monarca.ground.people import actions as people
from tests import world, world_reports
from tests import world_results as make
from tests.world_results import APRIL, AUGUST, END, MARCH
from tests.world_reviews import booleans, make_declared, make_reviewed, scores


def verbs(agreement):
    return [entry.verb for entry in story_of(agreement.application)]


def entries(agreement, verb):
    return [one.data for one in story_of(agreement.application) if one.verb == verb]


def test_the_funds_list_gives_name_level_unit_and_whether_it_measures_equality(agreement):
    made = make.make_indicator(agreement, code="women_decide", targets={"": 50}, baselines={})

    assert made.number == 1
    assert set(made.name) == {"es", "en", "fr"}
    assert (made.level, made.unit, made.is_gender_specific) == ("intermediate", "percent", True)
    assert verbs(agreement).count("indicator.planned") == 1
    assert entries(agreement, "target.set") == [
        {
            "number": 1,
            "group": "",
            "after": {"baseline": None, "value": 50, "due_on": "2025-02-28"},
        }
    ]


def test_the_applicants_own_needs_its_name_in_three_languages(agreement):
    with pytest.raises(planning.NameMissing) as no:
        make.make_indicator(agreement, code="plan-r1")
    assert no.value.values["languages"] == "en, fr"

    made = make.make_indicator(agreement, code="plan-r1", name=make.OWN)
    assert (made.code, made.level) == ("plan-r1", "output")


def test_own_words_say_their_level(agreement):
    with pytest.raises(planning.LevelMissing):
        make.make_own(agreement, level="")
    with pytest.raises(planning.LevelMissing):
        make.make_own(agreement, unit="litres")
    assert make.make_own(agreement).number == 1


def test_numbers_follow_one_another_and_a_code_is_used_once(agreement):
    assert [make.make_indicator(agreement).number, make.make_own(agreement).number] == [1, 2]
    assert make.make_own(agreement).number == 3

    with pytest.raises(planning.IndicatorTwice):
        make.make_indicator(agreement)


REFUSED = [
    ({"code": "no_such_thing"}, planning.UnknownIndicator),
    ({"targets": {"women": 5}, "baselines": {}}, values.TotalMissing),
    ({"targets": {"": 5, "foxes": 2}, "baselines": {}}, values.UnknownGroup),
    ({"targets": {"": -1}, "baselines": {}}, values.ValueOutOfReason),
    ({"targets": {"": 10**13}, "baselines": {}}, values.ValueOutOfReason),
    ({"targets": {"": 30, "women": 20, "men": 11}, "baselines": {}}, values.GroupsExceedTotal),
    ({"baselines": {"": 5, "women": 6}}, values.GroupsExceedTotal),
    ({"baselines": {"": 41}}, planning.TargetBehindStart),
    ({"baselines": {"girls": 1}}, planning.TargetBehindStart),
    ({"due_on": date(2025, 4, 1)}, planning.DueOutOfReason),
    ({"due_on": date(2024, 7, 1)}, planning.DueOutOfReason),
    ({"baseline_year": 2025}, planning.BaselineYearOutOfReason),
    ({"baseline_year": 1989}, planning.BaselineYearOutOfReason),
]


@pytest.mark.parametrize(("given_", "refusal"), REFUSED)
def test_a_plan_that_cannot_be_is_refused_and_nothing_is_kept(agreement, given_, refusal):
    with pytest.raises(refusal):
        make.make_indicator(agreement, **given_)

    assert not Indicator.objects.exists()
    assert not Target.objects.exists()


def test_groups_may_reach_the_total_exactly_and_leave_some_unsaid(agreement):
    make.make_indicator(agreement, targets={"": 30, "women": 20, "men": 10}, baselines={})
    made = make.make_own(agreement, targets={"": 30, "women": 1}, baselines={"": 0})

    assert queries.targets_of(made)[""].baseline == 0


def test_percentages_end_at_a_hundred_and_are_not_added_up(agreement):
    code = "women_know_rights"
    with pytest.raises(values.ValueOutOfReason):
        make.make_indicator(agreement, code=code, targets={"": 101}, baselines={})

    made = make.make_indicator(
        agreement, code=code, targets={"": 80, "women": 90, "girls": 70}, baselines={}
    )
    assert len(queries.targets_of(made)) == 3


def test_where_less_is_better_the_target_lies_below(agreement):
    less = {"is_ascending": False, "targets": {"": 3}, "baselines": {"": 12}}
    made = make.make_own(agreement, **less)
    assert made.is_ascending is False

    with pytest.raises(planning.TargetBehindStart):
        make.make_own(agreement, **{**less, "targets": {"": 13}})


def test_the_baselines_year_is_the_agreements_first_unless_said(agreement):
    assert make.make_indicator(agreement).baseline_year == 2024
    assert make.make_own(agreement, baselines={}).baseline_year is None
    assert make.make_own(agreement, baselines={"": 3}, baseline_year=2020).baseline_year == 2020


@pytest.mark.parametrize("status", ["draft", "sent", "terminated"])
def test_indicators_are_planned_only_while_the_agreement_is_in_force(agreement, status):
    ended = {"terminated_on": date(2024, 12, 1)} if status == "terminated" else {}
    Agreement.objects.filter(pk=agreement.pk).update(status=status, **ended)

    with pytest.raises(planning.PlanNotOpen):
        make.make_indicator(agreement)


def test_changing_targets_journals_what_they_were(indicator, keeper):
    agreement = indicator.agreement
    actions.set_targets(
        indicator,
        by=keeper,
        at=AUGUST,
        targets={"": 50, "women": 25},
        due_on=END,
        baselines={"": 10, "women": 4},
    )

    assert {g: t.value for g, t in queries.targets_of(indicator).items()} == {"": 50, "women": 25}
    changed = [one for one in entries(agreement, "target.set") if "before" in one]
    due = END.isoformat()
    before = {"baseline": 10, "value": 40, "due_on": due}
    after = {"baseline": 10, "value": 50, "due_on": due}
    gone = {"baseline": None, "value": 10, "due_on": due}
    assert sorted(changed, key=lambda one: one["group"]) == [
        {"number": 1, "group": "", "before": before, "after": after},
        {"number": 1, "group": "men", "before": gone},
    ]


def test_values_are_cumulative_so_the_latest_report_speaks(agreement, lupita, keeper):
    indicator = make.make_indicator(agreement)
    parts = {"due_on": date(2024, 12, 15), "until_on": date(2024, 11, 30)}
    first = world_reports.make_accepted(agreement, lupita, keeper, kind="interim", **parts)
    last = world_reports.make_accepted(agreement, lupita, keeper)
    make.make_actual(indicator, last)
    make.make_actual(indicator, first, values={"": 12, "girls": 3}, measured_on=parts["until_on"])

    (outcome,) = queries.outcomes_of([agreement])[agreement.pk]
    reached = {line.group: line.actual for line in outcome.lines}

    assert reached == {"": 41, "women": 30, "men": 11}
    assert outcome.total == Line("", 10, 40, END, 41, END, 2, False)


def test_a_value_needs_a_received_report_of_the_same_agreement(
    indicator, report, call, person, mexico
):
    agreement = indicator.agreement
    due = world_reports.make_report(agreement, kind="interim", due_on=date(2025, 3, 20))
    with pytest.raises(measuring.ReportNotReceived):
        make.make_actual(indicator, due)

    other = world.make_submitted(call, person("otra@example.org"), name="Otras A.C.")
    other = world_reports.make_agreement(other, number="CFLI-MX-2024-25-002")
    with pytest.raises(measuring.ReportOfAnother):
        make.make_actual(make.make_indicator(other), report)


@pytest.mark.parametrize("day", [date(2024, 7, 1), date(2025, 3, 4)])
def test_a_value_is_measured_between_the_first_day_and_today(indicator, report, day):
    with pytest.raises(measuring.MeasuredOutOfReason):
        make.make_actual(indicator, report, measured_on=day)


def test_a_value_is_recorded_once_and_groups_may_follow(indicator, report):
    make.make_actual(indicator, report, values={"": 41})
    with pytest.raises(measuring.AlreadyMeasured):
        make.make_actual(indicator, report, values={"": 42})
    with pytest.raises(measuring.AlreadyMeasured):
        make.make_actual(indicator, report, values={})
    with pytest.raises(values.GroupsExceedTotal):
        make.make_actual(indicator, report, values={"women": 42})

    make.make_actual(indicator, report, values={"women": 30})
    assert set(queries.live_of(indicator, report)) == {"", "women"}


def test_groups_without_a_total_are_refused(indicator, report):
    with pytest.raises(values.TotalMissing):
        make.make_actual(indicator, report, values={"women": 3})


def test_another_person_verifies(indicator, report, keeper, checker):
    agreement = indicator.agreement
    make.make_actual(indicator, report, words="Listas de asistencia")
    with pytest.raises(PermissionDenied):
        actions.verify(indicator, by=keeper, at=MARCH, report=report)

    checked = actions.verify(indicator, by=checker, at=MARCH, report=report)
    assert {(row.verified_by, row.verified_at) for row in checked} == {(checker, MARCH)}
    assert queries.outcomes_of([agreement], verified_only=True)[agreement.pk][0].total.actual == 41
    with pytest.raises(measuring.NothingToVerify):
        actions.verify(indicator, by=checker, at=MARCH, report=report)
    written = [str(one) for one in entries(agreement, "actual.recorded")]
    assert not any("Listas" in one for one in written)


def test_what_nobody_verified_is_not_told(indicator, report):
    make.make_actual(indicator, report)
    (outcome,) = queries.outcomes_of([indicator.agreement], verified_only=True)[
        indicator.agreement_id
    ]

    assert {line.actual for line in outcome.lines} == {None}
    assert {line.target for line in outcome.lines} == {40, 25, 10}


def test_values_of_a_report_that_is_only_sent_wait_to_be_verified(indicator, lupita, checker):
    sent = world_reports.make_submitted(indicator.agreement, lupita)
    make.make_actual(indicator, sent)
    with pytest.raises(measuring.ReportNotAccepted):
        actions.verify(indicator, by=checker, at=MARCH, report=sent)

    reports.accept(sent, by=checker, at=MARCH)
    sent.refresh_from_db()
    assert len(actions.verify(indicator, by=checker, at=MARCH, report=sent)) == 3


def test_a_report_that_was_given_back_says_nothing_until_it_comes_again(indicator, lupita, keeper):
    sent = world_reports.make_submitted(indicator.agreement, lupita)
    make.make_actual(indicator, sent)
    (before,) = queries.outcomes_of([indicator.agreement])[indicator.agreement_id]
    reports.return_(sent, by=keeper, at=MARCH, words="Faltan listas.", due_on=date(2025, 3, 20))
    (after,) = queries.outcomes_of([indicator.agreement])[indicator.agreement_id]

    assert (before.total.actual, after.total.actual) == (41, None)
    assert Actual.objects.count() == 3


def test_each_of_two_people_verifies_what_the_other_wrote(indicator, report, keeper, checker):
    make.make_actual(indicator, report)
    actions.correct(
        indicator, by=checker, at=MARCH, report=report, values={"women": 28}, words="Dos veces."
    )

    mine = actions.verify(indicator, by=keeper, at=MARCH, report=report)
    assert [(row.group, row.value) for row in mine] == [("women", 28)]
    theirs = actions.verify(indicator, by=checker, at=MARCH, report=report)
    assert sorted(row.group for row in theirs) == ["", "men"]


def test_a_correction_is_a_new_row_and_nothing_is_lost(indicator, report, keeper):
    make.make_verified(indicator, report)
    made = actions.correct(
        indicator,
        by=keeper,
        at=APRIL,
        report=report,
        values={"": 45, "women": 30, "girls": 4},
        words="Faltaban cuatro niñas.",
    )

    assert {row.group: row.value for row in made} == {"": 45, "girls": 4}
    assert Actual.objects.count() == 5
    old = Actual.objects.get(group="", corrects=None)
    assert (old.value, old.verified_at) == (41, MARCH)
    assert old.corrected_by.value == 45
    standing = {group: row.value for group, row in queries.live_of(indicator, report).items()}
    assert standing == {"": 45, "women": 30, "men": 11, "girls": 4}
    assert [row.group for row in queries.unverified(queries.live_of(indicator, report).values())]
    kept = entries(indicator.agreement, "actual.corrected")
    assert [one["values"] for one in kept] == [{"total": 45, "girls": 4}]


def test_a_correction_says_why_changes_something_and_stays_within_the_total(
    indicator, report, keeper
):
    def correct(**given):
        given = {"values": {"women": 31}, "words": "x", **given}
        return actions.correct(indicator, by=keeper, at=MARCH, report=report, **given)

    with pytest.raises(measuring.NotMeasured):
        correct()
    make.make_actual(indicator, report)
    with pytest.raises(values.WhyNeeded):
        correct(words="  ")
    with pytest.raises(measuring.NothingChanged):
        correct(values={"women": 30})
    with pytest.raises(values.GroupsExceedTotal):
        correct(values={"women": 31})
    assert Actual.objects.count() == 3


@pytest.mark.parametrize(
    "role", ["finance", "auditor", "headquarters", "head_of_mission", "reviewer"]
)
def test_only_coordinators_and_managers_keep_results(indicator, report, staff, role):
    somebody = staff(role)
    agreement = indicator.agreement
    with pytest.raises(PermissionDenied):
        make.make_own(agreement, by=somebody)
    with pytest.raises(PermissionDenied):
        make.make_actual(indicator, report, by=somebody)
    make.make_actual(indicator, report)
    given_ = {"by": somebody, "at": MARCH}
    with pytest.raises(PermissionDenied):
        actions.verify(indicator, report=report, **given_)
    with pytest.raises(PermissionDenied):
        actions.correct(indicator, report=report, values={"": 42}, words="x", **given_)
    with pytest.raises(PermissionDenied):
        actions.set_targets(indicator, targets={"": 42}, due_on=END, **given_)
    with pytest.raises(PermissionDenied):
        actions.score(agreement, **given_)
    with pytest.raises(PermissionDenied):
        actions.override(agreement, marker="6", score=1, words="x", **given_)


def test_a_barred_keeper_does_nothing(indicator, report, keeper):
    people.close_to(
        keeper, indicator.application, by=None, at=MARCH - timedelta(days=1), reason="conflict"
    )

    with pytest.raises(PermissionDenied):
        make.make_actual(indicator, report, by=keeper)


WHOLE = st.integers(min_value=0, max_value=1000)


@given(start=st.none() | WHOLE, target=WHOLE, actual=WHOLE)
def test_the_way_is_none_at_the_start_and_whole_at_the_target(start, target, actual):
    def way(value):
        return Line("", baseline=start, target=target, actual=value).percent

    assert way(target) == 100
    if target != (start or 0):
        assert way(start or 0) == 0
    if target > (start or 0):
        assert way(actual) >= 0
        assert way(actual + 1) >= way(actual)
        assert (way(actual) > 100) <= (actual > target)


def test_a_way_needs_a_target_and_a_value():
    assert Line("", actual=3).percent is None
    assert Line("", target=3).percent is None
    assert Line("", baseline=12, target=4, actual=8).percent == 50
    assert Line("", baseline=10, target=40, actual=41).percent == 103


@pytest.mark.parametrize(
    ("text", "figure"),
    [
        ("12 familias", 12),
        ("1 240 familias", 1240),
        ("1,240", 1240),
        ("unas 40.", 40),
        ("80 %", 80),
        ("de 12 a 40", None),
        ("3.5 hectáreas", None),
        ("ninguna", None),
        ("", None),
        ("9" * 40, None),
    ],
)
def test_a_figure_is_read_from_words_only_where_there_is_exactly_one(text, figure):
    assert queries.figure_in(text) == figure


def test_the_table_itself_refuses_what_the_acts_would(indicator, report, keeper):
    def written(**changes):
        row = {
            "indicator": indicator,
            "report": report,
            "value": 3,
            "measured_on": END,
            "at": MARCH,
            "by": keeper,
            **changes,
        }
        with transaction.atomic():
            return Actual.objects.create(**row)

    first = written()
    wrong = [
        {},
        {"group": "men", "value": -1},
        {"group": "men", "corrects": first},
        {"group": "men", "verified_at": MARCH, "verified_by": keeper},
        {"group": "men", "verified_at": MARCH},
    ]
    for changes in wrong:
        with pytest.raises(IntegrityError):
            written(**changes)
    with pytest.raises(IntegrityError), transaction.atomic():
        Target.objects.filter(indicator=indicator).update(value=-1)
    blank = {"agreement": indicator.agreement, "application": indicator.application}
    for scored in (
        {"score": None, "derived": 2},
        {"score": 1, "derived": None},
        {"score": 2, "derived": 1},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            MarkerScore.objects.create(marker="1", at=MARCH, by=keeper, **scored, **blank)


def test_the_inbox_holds_what_waits_and_empties_as_it_is_done(agreement, lupita, keeper, checker):
    def waiting(user):
        return {
            box.key.removeprefix("results-to-"): box.count for box in queries.inbox(user, at=APRIL)
        }

    assert waiting(keeper) == {"plan": 1, "record": 0, "verify": 0, "score": 1}
    indicator = make.make_indicator(agreement)
    make.make_markers(agreement)
    report = world_reports.make_accepted(agreement, lupita, keeper)
    assert waiting(keeper) == {"plan": 0, "record": 1, "verify": 0, "score": 0}
    make.make_actual(indicator, report)
    assert waiting(keeper) == {"plan": 0, "record": 0, "verify": 0, "score": 0}
    assert waiting(checker)["verify"] == 1
    actions.verify(indicator, by=checker, at=APRIL, report=report)
    assert waiting(checker)["verify"] == 0
    assert waiting(lupita) == {}


def test_who_is_barred_or_elsewhere_sees_no_indicator(indicator, keeper, person, staff):
    def sees(user):
        return queries.visible_to(user, at=APRIL).filter(pk=indicator.pk).exists()

    assert sees(keeper)
    assert sees(staff("auditor"))
    assert not sees(person("otra@example.org"))
    assert not sees(staff("reviewer"))
    people.close_to(keeper, indicator.application, by=None, at=AUGUST, reason="conflict")
    assert not sees(keeper)
    assert {box.count for box in queries.inbox(keeper, at=APRIL)} == {0}


def test_outcomes_and_markers_of_many_agreements_cost_four_questions(
    call, person, mexico, django_assert_num_queries
):
    found = []
    for many in range(4):
        file = world.make_submitted(call, person(f"g{many}@example.org"), name=f"Grupo {many}")
        agreement = world_reports.make_agreement(file, number=f"CFLI-MX-2024-25-{many:03}")
        for code in ("people_trained", "women_trained"):
            make.make_indicator(agreement, code=code)
        make.make_markers(agreement)
        found.append(agreement)

    with django_assert_num_queries(4):
        outcomes = queries.outcomes_of(found)
        marks = queries.markers_of(found)
        read = [
            (each.indicator.name["en"], each.total.target)
            for one in outcomes.values()
            for each in one
        ]
        by = {row.by.pk for one in marks.values() for row in one}

    assert (
        read == [("People trained", 40), ("Women trained in rights, leadership or trades", 40)] * 4
    )
    assert len(by) == 1
    assert {tuple(row.marker for row in one) for one in marks.values()} == {("ge_code", "1")}
    assert queries.outcomes_of([]) == {}


def gender(agreement):
    """An outcome indicator that measures equality, split by group."""
    return make.make_indicator(
        agreement, code="women_decide", targets={"": 60, "women": 60}, baselines={}
    )


def scored(agreement):
    return {row.marker: row.score for row in queries.markers_of([agreement])[agreement.pk]}


def codes(row):
    return [reason["code"] for reason in row.reasons]


def test_without_a_review_nothing_is_screened(agreement):
    ge, dac = make.make_markers(agreement)

    assert (ge.score, dac.score) == (None, None)
    assert codes(ge)[0] == "marker.ge_not_answered"
    assert {"code": "evidence.reviews", "values": {"count": 0}} in ge.reasons


def test_markers_follow_the_readers_findings_criterion_by_criterion(agreement):
    make_reviewed(agreement.application)
    gender(agreement)
    ge, dac = make.make_markers(agreement)

    assert (ge.derived, dac.derived) == (2, 1)
    assert ge.reasons[0] == {"code": "marker.ge_follows", "values": {"score": 2}}
    assert dac.reasons[0] == {"code": "marker.dac_follows", "values": {"score": 1}}
    met = {
        one["values"]["criterion"]: one["code"]
        for one in dac.reasons
        if "criterion" in one["values"]
    }
    assert met["analysis_done"] == "marker.met"
    assert met["equality_is_main_aim"] == "marker.not_met"
    assert verbs(agreement).count("marker.scored") == 2


def test_a_project_that_measures_nothing_of_equality_is_lowered(agreement):
    make_reviewed(agreement.application)
    make.make_indicator(agreement, code="dialogues", targets={"": 4}, baselines={})
    ge, dac = make.make_markers(agreement)

    assert (ge.score, dac.score) == (2, 0)
    lowered = [code for code in codes(dac) if code.startswith("evidence.no")]
    assert lowered == [
        "evidence.no_gender_indicator",
        "evidence.no_gender_outcome",
        "evidence.nothing_split",
    ]


def test_an_unanswered_question_on_gender_means_not_screened(agreement):
    make_reviewed(agreement.application)
    gender(agreement)
    file = agreement.application
    file.answers.filter(question="gba_harm").update(value="")
    _ge, dac = make.make_markers(agreement)

    assert dac.score is None
    assert {"code": "evidence.gba_unanswered", "values": {"count": 1}} in dac.reasons


def test_readers_must_agree_that_a_criterion_is_met(agreement, staff):
    from monarca.grants.reviews import actions as reviews

    file = agreement.application
    make_reviewed(file)
    other = make_declared(file, staff("reviewer", "second@example.org"))
    given_ = {"by": other.reviewer, "at": make.AUGUST}
    missing = booleans("equality_is_main_aim", "intermediate_outcome")
    reviews.score(
        other,
        scores=scores(),
        booleans=missing,
        ge_code=1,
        ge_words="x",
        overall="strong",
        **given_,
    )
    make.make_markers(agreement)
    assert scored(agreement)["ge_code"] == 2, "an unfinished review says nothing"
    reviews.recommend(other, advice="approve", words="Sí.", **given_)

    make.make_markers(agreement)
    assert scored(agreement)["ge_code"] == 1


def test_an_override_needs_a_reason_and_the_dac_marker_follows_it(agreement, checker):
    make_reviewed(agreement.application)
    gender(agreement)
    make.make_markers(agreement)
    given_ = {"by": checker, "at": AUGUST, "marker": "ge_code"}
    with pytest.raises(values.WhyNeeded):
        actions.override(agreement, score=0, words=" ", **given_)

    row = actions.override(agreement, score=0, words="Nada cambia para ellas.", **given_)
    assert (row.derived, row.score) == (2, 0)
    assert scored(agreement) == {"ge_code": 0, "1": 0}
    make.make_markers(agreement)
    assert scored(agreement) == {"ge_code": 0, "1": 0}, "deriving again keeps what a person set"

    row = actions.override(agreement, score=2, words="", **given_)
    assert (row.score, row.words) == (2, "")
    assert scored(agreement) == {"ge_code": 2, "1": 1}
    assert not any("Nada" in str(one) for one in entries(agreement, "marker.overridden"))


def test_a_marker_that_nothing_derives_is_set_with_a_reason(agreement, checker):
    given_ = {"by": checker, "at": AUGUST}
    row = actions.override(agreement, marker="7", score=1, words="Sequía en el contexto.", **given_)
    assert (row.derived, row.score, row.reasons) == (None, 1, [])

    with pytest.raises(values.WhyNeeded):
        actions.override(agreement, marker="7", score=None, words="", **given_)
    assert actions.override(agreement, marker="8", score=3, words="x", **given_).score == 3


@pytest.mark.parametrize(
    ("marker", "score"), [("13", 1), ("6", 3), ("ge_code", 4), ("1", -1), ("", 0)]
)
def test_there_is_no_such_score(agreement, checker, marker, score):
    with pytest.raises(actions.MarkerRefused):
        actions.override(agreement, by=checker, at=AUGUST, marker=marker, score=score, words="x")


def test_a_coordinator_derives_and_does_not_override(agreement, keeper):
    assert len(actions.score(agreement, by=keeper, at=AUGUST)) == 2
    with pytest.raises(PermissionDenied):
        actions.override(agreement, by=keeper, at=AUGUST, marker="1", score=1, words="x")
