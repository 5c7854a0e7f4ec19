"""The gate: both official languages, newer than their source, and nothing that gives away."""

import pytest

from monarca.grants.applications.models import Answer
from monarca.grants.disclosure import actions, queries
from monarca.grants.disclosure.states import Field
from tests import world_disclosure as make
from tests.world_disclosure import APRIL, GENERAL, TEXTS, officer


def codes(disclosure):
    return sorted({point.code for point in queries.gate(disclosure, at=APRIL)})


def words(agreement, disclosure, texts):
    by = officer(agreement, "coordinator")
    return actions.translate(disclosure, by=by, at=APRIL, texts=texts)


def test_nothing_passes_without_both_languages(agreement):
    made = make.make_prepared(agreement)
    asked = {(one.field, one.language) for one in queries.gate(made, at=APRIL)}
    assert asked == {(field, code) for field in Field.values for code in ("en", "fr")}

    for field, by_language in TEXTS.items():
        for code, text in by_language.items():
            with pytest.raises(actions.GateClosed):
                actions.approve(made, by=officer(agreement, "manager"), at=APRIL)
            words(agreement, made, {field: {code: text}})
    assert queries.gate(made, at=APRIL) == ()


def test_a_text_is_stale_once_its_source_changed(agreement):
    made = make.make_worded(agreement)
    Answer.objects.filter(application=agreement.application, question="summary").update(
        value="Ahora somos veinte."
    )

    stale = {(one.field, one.language) for one in queries.gate(made, at=APRIL)}
    assert stale == {("description", "en"), ("description", "fr")}
    with pytest.raises(actions.GateClosed):
        actions.approve(made, by=officer(agreement, "manager"), at=APRIL)
    english = made.translations.get(field="description", language="en")
    with pytest.raises(actions.NotWritten):
        actions.review(english, by=officer(agreement, "manager"), at=APRIL)

    words(agreement, made, TEXTS)
    assert queries.gate(made, at=APRIL) == ()


def test_the_gate_is_asked_again_before_publishing(agreement):
    made = make.make_approved(agreement)
    file = agreement.application
    type(file).objects.filter(pk=file.pk).update(sensitivity="restricted")
    made.application.refresh_from_db()

    assert codes(made) == ["level"]
    with pytest.raises(actions.GateClosed):
        actions.publish(made, by=officer(agreement, "head_of_mission"), at=APRIL)


def test_one_title_for_two_languages_is_no_translation(agreement):
    made = make.make_worded(agreement)
    words(agreement, made, {"title": {"en": "Agua", "fr": "Agua"}})

    assert codes(made) == ["same"]


@pytest.mark.parametrize(
    ("sign", "text"),
    [
        ("email", "Write to lupita@example.org."),
        ("telephone", "Call 55 5555 0101."),
        ("curp", "Her number is GOMC850712MDFXRL09."),
        ("rfc", "The group is TAG150505AB1."),
        ("coordinates", "The well is at 17.1234, -96.1234."),
    ],
)
def test_what_identifies_a_person_or_a_place_stays_at_home(agreement, sign, text):
    made = make.make_worded(agreement)
    words(agreement, made, {"description": {"en": text}})

    (point,) = queries.gate(made, at=APRIL)
    assert (point.code, point.sign) == ("given_away", sign)


@pytest.mark.parametrize(
    "text",
    [
        "Tejedoras del Agua A.C. improves access to water.",
        "Women of Yalálag improve access to water.",
        "Agua limpia para Yalálag.",
    ],
)
def test_a_text_about_an_unnamed_group_says_none_of_its_names(agreement, text):
    made = make.make_worded(agreement, level="anonymised")
    assert queries.gate(made, at=APRIL) == ()
    words(agreement, made, {"description": {"en": text}})

    assert codes(made) == ["given_away"]


@pytest.mark.parametrize("level", ["aggregated", "withheld"])
def test_what_has_no_line_of_its_own_needs_no_texts(agreement, level):
    assert queries.gate(make.make_prepared(agreement, level=level), at=APRIL) == ()


def test_a_record_that_would_break_a_file_does_not_pass(agreement):
    made = make.make_worded(agreement)
    made.sector = "99999"

    (point,) = queries.gate(made, at=APRIL)
    assert (point.code, point.reason.code) == ("rule", "iati.codelist")


def test_general_texts_pass(agreement):
    made = make.make_prepared(agreement, level="anonymised")
    words(agreement, made, GENERAL)

    assert queries.gate(made, at=APRIL) == ()
