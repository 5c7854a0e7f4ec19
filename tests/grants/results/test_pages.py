"""The pages of results: a list a step, one file, targets, values, markers, in three languages."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications import actions as applications
from monarca.grants.results import queries
from monarca.grants.results.models import Actual, Indicator, MarkerScore, Target
from monarca.ground.people import actions as people
from tests import world_reports
from tests import world_results as make
from tests.world import make_submitted
from tests.world_results import APRIL
from tests.world_reviews import make_reviewed


@pytest.fixture(autouse=True)
def _april(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: APRIL)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"results:{name}", args=parts)


def of(agreement, name="file", *parts, **more):
    return address(name, agreement.application.reference, *parts, **more)


def day(name, text):
    year, month, day = text.split("-")
    return {f"{name}_year": year, f"{name}_month": month, f"{name}_day": day}


PLANNED = {
    "start_total": "10",
    "start_women": "4",
    "target_total": "1,240",
    "target_women": "25",
    "source": "Lista de asistencia",
    **day("due_on", "2025-02-28"),
}
NAMED = {
    **PLANNED,
    **{f"name_{code}": text for code, text in make.OWN.items()},
    "level": "immediate",
    "unit": "number",
    "direction": "up",
    "is_gender_specific": "on",
}
VALUES = {"value_total": "41", "value_women": "30", **day("measured_on", "2025-02-28")}


def test_results_walk_from_plan_to_verified_without_a_script(agreement, report, keeper, checker):
    one, two = signed_in(keeper), signed_in(checker)
    where = of(agreement)
    assert of(agreement, "add") in one.get(where).content.decode()
    chosen = of(agreement, "add") + "?code=people_trained"
    assert chosen in one.get(of(agreement, "add")).content.decode()
    assert "People trained" in one.get(chosen).content.decode()
    assert one.post(chosen, PLANNED).url == where

    values = of(agreement, "values", 1, report.number)
    assert values in one.get(where).content.decode()
    assert one.post(values, VALUES).url == where
    page = one.get(where).content.decode()
    verify = of(agreement, "verify", 1, report.number)
    assert verify not in page
    assert "another person verifies them" in page
    assert one.post(verify).status_code == 403

    assert verify in two.get(where).content.decode()
    assert two.post(verify).url == where
    html = two.get(where).content.decode()
    assert "Verified" in html
    assert "1,240" in html
    assert {row.verified_by for row in Actual.objects.all()} == {checker}


def test_the_applicants_plan_is_offered_first_with_their_words_and_figures(call, person, staff):
    row = {
        "id": "r1",
        "name": "Familias con filtro",
        "level": "immediate",
        "baseline": "12 familias",
        "target": "1 240 familias",
        "source": "Visitas",
        "disaggregation": "mujeres y hombres",
    }
    file = make_submitted(call, person(), indicators=[row])
    agreement = world_reports.make_agreement(file)
    browser = signed_in(staff("coordinator"))
    page = browser.get(of(agreement, "add")).content.decode()
    assert page.index("Familias con filtro") < page.index("People trained")

    html = browser.get(of(agreement, "add") + "?code=plan-r1").content.decode()

    assert 'value="1240"' in html
    assert 'value="12"' in html
    assert "mujeres y hombres" in html
    assert 'value="Familias con filtro"' in html


def test_own_words_need_three_names_and_nothing_typed_is_lost(agreement, keeper):
    browser = signed_in(keeper)
    where = of(agreement, "add") + "?code="
    answer = browser.post(where, {**NAMED, "name_fr": "", "target_women": "doce"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in html
    assert 'value="doce"' in html
    assert "Families with clean water" in html
    assert not Indicator.objects.exists()
    assert browser.post(where, NAMED).url == of(agreement)
    assert Indicator.objects.get().name == make.OWN


def test_groups_above_the_total_are_refused_in_words_at_the_table(agreement, keeper):
    where = of(agreement, "add") + "?code=people_trained"
    answer = signed_in(keeper).post(where, {**PLANNED, "target_total": "20"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert 'href="#grid"' in html
    assert 'value="20"' in html
    assert not Target.objects.exists()


def test_a_total_left_empty_is_said(agreement, keeper):
    where = of(agreement, "add") + "?code=people_trained"
    answer = signed_in(keeper).post(where, {**PLANNED, "target_total": ""})

    assert answer.status_code == 422
    assert "Write the total" in answer.content.decode()


@pytest.mark.parametrize("typed", ["-3", "1.5", "9" * 30, "1e9", "3x", "doce"])
def test_what_is_no_whole_number_is_kept_and_refused(agreement, keeper, typed):
    where = of(agreement, "add") + "?code=people_trained"
    answer = signed_in(keeper).post(where, {**PLANNED, "target_women": typed})

    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.content.decode()
    assert not Indicator.objects.exists()


def test_an_unknown_code_is_not_found(agreement, keeper):
    browser = signed_in(keeper)

    assert browser.get(of(agreement, "add") + "?code=nothing").status_code == 404
    assert browser.get(of(agreement, "marker", "13")).status_code == 404
    assert browser.get(of(agreement, "targets", 9)).status_code == 404


def test_targets_are_changed_on_a_page_that_begins_with_those_that_stand(indicator, keeper):
    browser, where = signed_in(keeper), of(indicator.agreement, "targets", 1)
    html = browser.get(where).content.decode()
    assert 'name="target_women" value="25"' in html

    sent = {**PLANNED, "target_total": "50", "target_men": ""}
    assert browser.post(where, sent).url == of(indicator.agreement)
    assert queries.targets_of(indicator)[""].value == 50
    assert set(queries.targets_of(indicator)) == {"", "women"}


def test_values_begin_with_what_the_recipient_typed(agreement, report, keeper):
    key = report.actuals[0]["indicator"]
    make.make_indicator(agreement, code=key, targets={"": 80}, baselines={})
    html = signed_in(keeper).get(of(agreement, "values", 1, report.number)).content.decode()

    assert 'name="value_total" value="41"' in html
    assert "Lista de asistencia" in html


def test_a_correction_needs_words_and_keeps_the_old_value_in_sight(indicator, report, keeper):
    make.make_actual(indicator, report)
    agreement = indicator.agreement
    browser, where = signed_in(keeper), of(agreement, "values", 1, report.number)
    assert "Correct values" in browser.get(where).content.decode()
    assert browser.post(where, {**VALUES, "value_total": "77"}).status_code == 422
    sent = {**VALUES, "value_total": "77", "words": "Se contó dos veces."}
    assert browser.post(where, sent).url == of(agreement)

    html = browser.get(of(agreement)).content.decode()
    assert "Corrected later" in html
    assert "Se contó dos veces." in html
    assert "77" in html


def test_markers_are_derived_and_set_by_hand_with_a_reason(agreement, checker):
    make_reviewed(agreement.application)
    browser, where = signed_in(checker), of(agreement, "marker", "ge_code")
    assert browser.post(of(agreement, "score")).url == of(agreement)
    html = browser.get(of(agreement)).content.decode()
    assert "GE-2" in html
    assert "The evidence gives the gender equality code GE-2." in html

    assert browser.post(where, {"score": "3", "words": ""}).status_code == 422
    assert browser.post(where, {"score": "9", "words": "x"}).status_code == 422
    assert browser.post(where, {"score": "3", "words": "Es su propósito."}).url == of(agreement)
    html = browser.get(of(agreement)).content.decode()
    assert "Es su propósito." in html
    assert "Set by hand" in html
    climate = {"score": "blank", "words": "No se revisó."}
    assert browser.post(of(agreement, "marker", "6"), climate).url == of(agreement)
    assert MarkerScore.objects.get(marker="6").score is None


def test_a_coordinator_does_not_set_markers_by_hand(agreement, keeper):
    make.make_markers(agreement)
    browser = signed_in(keeper)

    assert of(agreement, "marker", "ge_code") not in browser.get(of(agreement)).content.decode()
    assert browser.get(of(agreement, "marker", "ge_code")).status_code == 403
    assert browser.post(of(agreement, "marker", "ge_code"), {"score": "3"}).status_code == 403


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_every_page_opens_in_three_languages(indicator, report, checker, lang):
    make.make_actual(indicator, report)
    browser, agreement = signed_in(checker), indicator.agreement
    pages = [address("list", lang=lang), of(agreement, "add", lang=lang)]
    pages += [f"{pages[1]}?code={code}" for code in ("", "plan-r1", "dialogues")]
    pages += [of(agreement, "targets", 1, lang=lang), of(agreement, "marker", "8", lang=lang)]
    pages += [of(agreement, "values", 1, report.number, lang=lang)]
    tag = {"es": "es-MX", "en": "en-CA", "fr": "fr-CA"}[lang]

    for page in pages:
        answer = browser.get(page)
        assert answer.status_code == 200, page
        assert f'<html lang="{tag}"' in answer.content.decode()


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_the_file_is_read_in_three_languages(indicator, report, checker, lang):
    make.make_verified(indicator, report)
    html = signed_in(checker).get(of(indicator.agreement, lang=lang)).content.decode()

    name = {"es": "Personas capacitadas", "en": "People trained", "fr": "Personnes formées"}[lang]
    assert name in html
    assert "103" in html


def test_an_auditor_reads_and_writes_nothing(indicator, report, staff):
    make.make_actual(indicator, report)
    agreement = indicator.agreement
    browser = signed_in(staff("auditor"))
    html = browser.get(of(agreement)).content.decode()

    assert "People trained" in html
    assert of(agreement, "add") not in html
    for name, *parts in doors(report):
        assert browser.post(of(agreement, name, *parts), {}).status_code == 403, name


def doors(report):
    return [
        ("add",),
        ("score",),
        ("marker", "ge_code"),
        ("targets", 1),
        ("values", 1, report.number),
        ("verify", 1, report.number),
    ]


def test_whoever_is_barred_or_outside_finds_nothing(indicator, report, lupita, staff, person):
    agreement = indicator.agreement
    make.make_actual(indicator, report)
    barred = [staff("auditor"), staff("manager"), make.keeper(agreement)]
    for user in barred:
        people.close_to(
            user, agreement.application, by=None, at=APRIL - timedelta(days=1), reason="conflict"
        )
    for user in [*barred, lupita, person("otra@example.org"), staff("reviewer")]:
        browser = signed_in(user)
        assert browser.get(of(agreement)).status_code == 404
        for name, *parts in doors(report):
            assert browser.post(of(agreement, name, *parts), {}).status_code == 404, name
        assert browser.get(of(agreement, "values", 1, report.number)).status_code == 404
        assert agreement.number not in browser.get(address("list")).content.decode()


def test_a_sealed_file_exists_for_its_named_readers_only(indicator, staff):
    agreement, reader = indicator.agreement, staff("coordinator", "reader@example.org")
    manager, auditor = staff("manager"), staff("auditor")
    file = agreement.application
    applications.seal(file, by=manager, at=APRIL, readers=[reader], alias="Colibrí")

    assert signed_in(auditor).get(of(agreement)).status_code == 404
    html = signed_in(reader).get(of(agreement)).content.decode()
    assert "Colibrí" in html
    assert agreement.recipient.legal_name not in html


def test_nobody_signed_out_reads_anything(agreement, report):
    pages = [of(agreement), address("list")]
    pages += [of(agreement, name, *parts) for name, *parts in doors(report)]

    assert {Client().get(each).status_code for each in pages} == {302}


def test_who_serves_no_mission_has_no_list(lupita):
    assert signed_in(lupita).get(address("list")).status_code == 403


@pytest.mark.parametrize("view", ["plan", "record", "verify", "score", "all"])
@pytest.mark.usefixtures("asked_before")
def test_each_list_shows_what_waits_and_costs_the_same_for_one_and_for_five(
    call, person, mexico, view
):
    counts = []
    for many in range(5):
        who = person(f"grupo{many}@example.org")
        file = make_submitted(call, who, name=f"Grupo {many} A.C.")
        agreement = world_reports.make_agreement(file, number=f"CFLI-MX-2024-25-{many:03}")
        keeper = make.keeper(agreement)
        if view in {"record", "verify"}:
            indicator = make.make_indicator(agreement)
            report = world_reports.make_accepted(agreement, who, keeper)
            if view == "verify":
                make.make_actual(indicator, report)
        if many in {0, 4}:
            browser = signed_in(make.checker(agreement))
            browser.get(address("list"))
            with CaptureQueriesContext(connection) as seen:
                html = browser.get(address("list") + f"?view={view}").content.decode()
            assert agreement.number in html
            counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 10


@pytest.mark.usefixtures("asked_before")
def test_a_file_costs_the_same_with_one_indicator_and_with_six(agreement, report, checker):
    make_reviewed(agreement.application)
    make.make_markers(agreement)
    browser, counts = signed_in(checker), []
    codes = [
        "people_trained",
        "women_trained",
        "dialogues",
        "products",
        "hectares",
        "defenders_supported",
    ]
    for place, code in enumerate(codes):
        make.make_verified(make.make_indicator(agreement, code=code), report)
        if place in {0, 5}:
            browser.get(of(agreement))
            with CaptureQueriesContext(connection) as seen:
                browser.get(of(agreement))
            counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 16
