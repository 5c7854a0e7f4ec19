"""A pledge is deposited, measured, corrected with its history kept, and shown to everybody."""

from datetime import date
from fractions import Fraction

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.engines.trajectories import Point
from monarca.ground.commitments import actions as commitments
from monarca.ground.commitments import queries as register
from monarca.ground.commitments.actions import NoReason
from monarca.ground.commitments.models import Commitment
from monarca.ground.journal.models import Entry
from monarca.programmes.climate import actions, queries
from monarca.programmes.climate.models import Measured, Pledge, Revision, Terms
from monarca.programmes.climate.queries.measuring import _kept, _standing
from tests import world_climate as make
from tests.world_climate import SPRING, SUMMER, yearly


@pytest.fixture
def pledge(mexico):
    return make.make_pledge(mexico)


@pytest.fixture
def series(pledge):
    return make.make_series(pledge)


def verbs():
    return list(Entry.objects.order_by("pk").values_list("verb", flat=True))


def stands(series):
    return {one.on.year: one.value for one in queries.kept_of(series) if one.value is not None}


def test_a_pledge_is_deposited_in_the_register(mexico, pledge):
    made = Commitment.objects.get()

    assert pledge.commitment == made
    assert (made.origin, made.text, made.due_on) == (
        "climate_pledge",
        make.TEXT,
        date(2030, 12, 31),
    )
    assert made.source_path == f"/climate/pledges/{pledge.reference}/"
    assert [one.aim for one in made.aims.all()] == ["climate"]
    assert [one.name for one in made.owners.all()] == ["Secretaría de Ejemplos"]
    assert not made.is_public
    reader = make.officer(mexico)
    assert register.of_source(pledge, reader, at=SPRING).get() == made
    assert {"commitment.made", "pledge.made"} <= set(verbs())


def test_good_jobs_serve_economies_too(mexico):
    made = make.make_pledge(mexico, tags=("good_jobs", "adaptation"))

    assert sorted(one.aim for one in made.commitment.aims.all()) == ["climate", "economies"]
    assert sorted(one.tag for one in made.tags.all()) == ["adaptation", "good_jobs"]


def test_figures_are_kept_exactly(mexico):
    made = make.make_pledge(
        mexico, figures=make.target(base_value=Fraction("732.123456"), low=Fraction("40.5"))
    )

    assert (made.base_value_e6, made.low_e6, made.high_e6) == (732_123_456, 40_500_000, 45_000_000)


@pytest.mark.parametrize(
    ("change", "refusal", "code"),
    [
        ({"base_year": 2030}, actions.FiguresRefused, "trajectory.base_after_target"),
        ({"low": Fraction(50)}, actions.FiguresRefused, "trajectory.range_upside_down"),
        ({"low": Fraction(0)}, actions.FiguresRefused, "trajectory.nothing_pledged"),
        ({"base_value": Fraction(-1)}, actions.FiguresRefused, "trajectory.base_not_positive"),
        ({"base_year": 205}, actions.YearOutOfReason, "YearOutOfReason"),
        ({"low": Fraction(1, 3)}, actions.FigureOutOfReason, "FigureOutOfReason"),
        ({"base_value": Fraction(10**13)}, actions.FigureOutOfReason, "FigureOutOfReason"),
        ({"unit": " "}, actions.UnitMissing, "UnitMissing"),
        ({"source": " "}, actions.SourceMissing, "SourceMissing"),
        ({"source_url": "javascript:alert(1)"}, actions.SourceNotAnAddress, "SourceNotAnAddress"),
        ({"source_on": date(2025, 4, 8)}, actions.SourceFromTomorrow, "SourceFromTomorrow"),
    ],
)
def test_a_pledge_that_contradicts_itself_is_refused_in_words(mexico, change, refusal, code):
    with pytest.raises(refusal) as no:
        make.make_pledge(mexico, figures=make.target(**change))

    assert no.value.reason.code == code
    assert not Pledge.objects.exists()
    assert not Commitment.objects.exists()


def test_a_pledge_is_worded_in_three_languages(mexico):
    with pytest.raises(actions.PledgeWordsMissing) as no:
        make.make_pledge(mexico, text={"en": "Cut emissions."})

    assert dict(no.value.values) == {"languages": "es, fr"}


def test_codes_that_no_list_knows_are_our_fault(mexico):
    for change in ({"kind": "x"}, {"tags": ("x",)}, {"figures": make.target(measure="x")}):
        with pytest.raises(ValueError, match="no such"):
            make.make_pledge(mexico, **change)


@pytest.mark.parametrize(
    "role", ["reviewer", "head_of_mission", "finance", "headquarters", "auditor", "counterpart"]
)
def test_only_who_runs_programmes_keeps_pledges(mexico, pledge, series, role):
    somebody = make.officer(mexico, role)
    with pytest.raises(PermissionDenied):
        make.make_pledge(mexico, by=somebody)
    with pytest.raises(PermissionDenied):
        actions.revise(pledge, make.target(), reason="x", by=somebody, at=SUMMER)
    with pytest.raises(PermissionDenied):
        make.make_series(pledge, by=somebody)
    with pytest.raises(PermissionDenied):
        make.make_revision(series, yearly(y2021=690), by=somebody)
    with pytest.raises(PermissionDenied):
        actions.publish(pledge, public=True, by=somebody, at=SUMMER)


def test_only_a_manager_puts_it_before_everybody_and_takes_it_back(mexico, pledge):
    with pytest.raises(PermissionDenied):
        actions.publish(pledge, public=True, by=make.officer(mexico), at=SPRING)

    shown = make.make_public(pledge)
    make.make_public(pledge)

    assert shown.commitment.is_public
    assert verbs().count("pledge.published") == 1
    back = actions.publish(pledge, public=False, by=make.officer(mexico, "manager"), at=SUMMER)
    assert not back.commitment.is_public
    assert verbs()[-1] == "pledge.withheld"


def test_who_works_elsewhere_keeps_nothing_here(mexico, pledge):
    from monarca.ground.people import actions as people

    other = people.found_mission(
        "CUBA", by=None, at=SPRING, name={"en": "Cuba"}, countries=["CU"], time_zone="UTC"
    )
    with pytest.raises(PermissionDenied):
        make.make_series(pledge, by=make.officer(other, "manager", "far@example.org"))


def test_figures_are_corrected_with_a_reason_and_every_earlier_one_stays(mexico, pledge):
    keeper = make.officer(mexico)
    new = make.target(base_value=Fraction(790), target_year=2031)

    held = actions.revise(pledge, new, reason="Recounted.", by=keeper, at=SUMMER)

    assert (held.base_value_e6, held.target_year) == (790_000_000, 2031)
    rows = [(one.number, one.base_value_e6, one.reason) for one in queries.terms_of(pledge)]
    assert rows == [(1, 790_000_000, "Recounted."), (0, 800_000_000, "")]
    held.commitment.refresh_from_db()
    assert held.commitment.due_on == date(2031, 12, 31)
    assert register.wordings_of(held.commitment).count() == 2
    with pytest.raises(actions.SameFigures):
        actions.revise(pledge, new, reason="Again.", by=keeper, at=SUMMER)
    with pytest.raises(NoReason):
        actions.revise(pledge, make.target(), reason=" ", by=keeper, at=SUMMER)


def test_the_unit_stays_once_something_was_measured_in_it(mexico, pledge, series):
    with pytest.raises(actions.UnitIsMeasured):
        actions.revise(
            pledge,
            make.target(unit="kt CH4"),
            reason="Mistaken.",
            by=make.officer(mexico),
            at=SUMMER,
        )


def test_a_later_upload_adds_and_nothing_is_overwritten(series):
    make.make_revision(series, yearly(y2021=690, y2022=680))

    assert stands(series) == {
        2005: 800,
        2010: 790,
        2020: Fraction("700.5"),
        2021: 690,
        2022: 680,
    }
    assert Revision.objects.filter(series=series).count() == 2
    assert verbs()[-1] == "series.uploaded"


def test_a_correction_says_why_and_the_earlier_value_stays_visible(series):
    corrected = yearly(y2010=795)
    with pytest.raises(actions.CorrectionUnexplained) as no:
        make.make_revision(series, corrected)
    assert dict(no.value.values) == {"count": 1}

    make.make_revision(series, corrected, note="Recalculated.")
    make.make_revision(series, yearly(y2010=796), note="Recalculated again.")

    kept = {one.on.year: one for one in queries.kept_of(series)}
    assert kept[2010].value == 796
    assert kept[2010].earlier == ((Fraction(795), 2), (Fraction(790), 1))
    assert kept[2005].earlier == ()


def test_a_whole_edition_takes_away_what_it_leaves_out(series):
    whole = yearly(y2005=800, y2015=750)
    with pytest.raises(actions.CorrectionUnexplained) as no:
        make.make_revision(series, whole, is_whole=True)
    assert dict(no.value.values) == {"count": 2}

    make.make_revision(series, whole, is_whole=True, note="Another method.")

    assert stands(series) == {2005: 800, 2015: 750}
    gone = {one.on.year: one for one in queries.kept_of(series)}[2010]
    assert (gone.value, gone.revision, gone.earlier) == (None, 2, ((Fraction(790), 1),))


def test_an_upload_without_anything_new_is_refused(series):
    with pytest.raises(actions.NothingNew):
        make.make_revision(series, yearly(y2005=800, y2010=790))
    with pytest.raises(actions.NothingMeasured):
        make.make_revision(series, [])
    with pytest.raises(actions.MeasuredTomorrow):
        make.make_revision(series, yearly(y2025=600))
    with pytest.raises(actions.MeasuredTooEarly):
        make.make_revision(series, yearly(y1500=600))
    with pytest.raises(actions.FigureOutOfReason):
        make.make_revision(series, [Point(date(2021, 1, 1), Fraction(1, 7))])
    with pytest.raises(actions.SourceMissing):
        make.make_revision(series, yearly(y2021=1), source="")


def test_history_cannot_be_rewritten_by_anybody(pledge, series):
    for row in (Measured.objects.first(), Revision.objects.first(), Terms.objects.first()):
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
    with pytest.raises(DatabaseError), transaction.atomic():
        Measured.objects.update(value_e6=1)


def test_the_journal_holds_no_word_that_somebody_typed(series):
    make.make_revision(series, yearly(y2010=1), note="A secret of the house")
    told = str(list(Entry.objects.values_list("data", flat=True)))

    for words in ("A secret", "Instituto de Ejemplos", "Cut emissions", "Inventario"):
        assert words not in told


def test_a_pledge_whose_commitment_was_taken_back_in_the_register_is_gone_from_here(mexico):
    pledge = make.make_measured(mexico)
    assert queries.visible_to(None, at=SUMMER).get() == pledge

    manager = make.officer(mexico, "manager")
    commitments.show(pledge.commitment, public=False, by=manager, at=SUMMER)

    assert not queries.visible_to(None, at=SUMMER).exists()


days = st.dates(date(2000, 1, 1), date(2012, 12, 31))
uploads = st.lists(
    st.tuples(st.booleans(), st.dictionaries(days, st.integers(0, 3), min_size=1, max_size=4)),
    min_size=1,
    max_size=5,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(uploads)
def test_what_stands_is_the_same_however_it_is_asked_for_and_nothing_is_lost(several):
    rows = [
        queries.measuring.Row(1, number, is_whole, on, value)
        for number, (is_whole, values) in enumerate(several, 1)
        for on, value in sorted(values.items())
    ]
    kept = _kept(rows)

    assert [Point(one.on, one.value) for one in kept if one.value is not None] == list(
        _standing(rows)
    )
    told = {
        (one.on, value)
        for one in kept
        for value in (one.value, *(old for old, _ in one.earlier))
        if value is not None
    }
    assert told == {(row.on, queries.exact(row.value_e6)) for row in rows}
