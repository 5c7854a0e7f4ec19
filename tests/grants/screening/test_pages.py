"""The pages of screening as a coordinator and an applicant meet them, without a script."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications.models import Application
from monarca.grants.screening import actions, queries
from tests import world
from tests.world_screening import AFTER, make_begun, make_screened

SOON = date(2024, 5, 8)


def address(name, *parts):
    with override("en"):
        return reverse(f"screening:{name}", args=parts)


def test_the_desk_lists_what_waits_and_begins_what_is_chosen(submitted, coordinator, browser_of):
    browser = browser_of(coordinator)
    listed = browser.get(address("list"))
    assert submitted.reference in listed.content.decode()

    answer = browser.post(address("list"), {"file": [submitted.reference]})

    assert answer.url == address("file", submitted.reference)
    assert queries.of(submitted).begun_by == coordinator
    assert submitted.reference not in browser.get(address("list")).content.decode()
    assert submitted.reference in browser.get(address("list") + "?view=open").content.decode()


def test_choosing_nothing_is_told(submitted, coordinator, browser_of):
    answer = browser_of(coordinator).post(address("list"), {}, follow=True)

    assert "Choose at least one file that waits." in answer.content.decode()


def test_a_reviewer_has_no_list_of_screening(staff, browser_of):
    assert browser_of(staff("reviewer")).get(address("list")).status_code == 403


def test_a_restricted_file_is_listed_by_its_alias(call, person, coordinator, browser_of):
    file = world.make_submitted(call, person(), registered="at_risk")
    Application.objects.filter(pk=file.pk).update(sensitivity="restricted", alias="Colibrí 7")

    shown = browser_of(coordinator).get(address("list")).content.decode()

    assert "Colibrí 7" in shown
    assert "Tejedoras" not in shown


def test_each_finding_stands_beside_what_the_applicant_wrote(begun, coordinator, browser_of):
    shown = browser_of(coordinator).get(address("file", begun.application.reference))

    page = shown.content.decode()
    assert "A person must still check the names against the sanctions lists." in page
    assert "Tejedoras del Agua A.C." in page
    assert page.count("E25") >= 2


def test_looking_at_the_sanctions_lists_is_one_press(begun, coordinator, browser_of):
    ref = begun.application.reference
    answer = browser_of(coordinator).post(address("rule", ref, "E25"), {"verdict": "confirm"})

    assert answer.status_code == 302
    check = queries.checks_of(begun).get(rule="E25")
    assert (check.status, check.by) == ("confirmed", coordinator)


def test_a_waiver_without_words_comes_back_with_nothing_lost(begun, manager, browser_of):
    ref = begun.application.reference
    answer = browser_of(manager).post(address("rule", ref, "E25"), {"verdict": "waive"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Say in words why." in page
    assert 'value="waive" checked' in page


def test_a_coordinator_is_not_offered_to_waive(begun, coordinator, browser_of):
    ref = begun.application.reference
    browser = browser_of(coordinator)

    assert 'value="waive"' not in browser.get(address("rule", ref, "E25")).content.decode()
    forced = browser.post(address("rule", ref, "E25"), {"verdict": "waive", "words": "Sí"})
    assert forced.status_code == 422


def test_a_question_with_a_past_day_keeps_its_words(begun, coordinator, browser_of):
    ref = begun.application.reference
    given = {"question": "¿Tienen cuenta?", "due_on_day": "1", "due_on_month": "1"}
    answer = browser_of(coordinator).post(
        address("question", ref), {**given, "due_on_year": "2020"}
    )

    assert answer.status_code == 422
    assert "¿Tienen cuenta?" in answer.content.decode()
    assert "Choose a day from tomorrow on." in answer.content.decode()


def test_failing_asks_once_and_shows_the_letter_first(begun, coordinator, browser_of):
    browser, ref = browser_of(coordinator), begun.application.reference
    assert "Not yet." in browser.get(address("fail", ref)).content.decode()
    browser.post(address("rule", ref, "E05"), {"verdict": "refute", "words": "Es una empresa."})

    asked = browser.get(address("fail", ref)).content.decode()
    assert "The fund can support this kind of organization" in asked
    assert "empresa" not in asked
    assert browser.post(address("fail", ref), {"words": ""}).status_code == 302
    begun.refresh_from_db()
    assert begun.status == "ineligible"


def test_passing_too_early_says_what_stands_in_the_way(begun, coordinator, browser_of):
    browser, ref = browser_of(coordinator), begun.application.reference
    assert "sanctions lists" in browser.get(address("pass", ref)).content.decode()
    answer = browser.post(address("pass", ref), {"words": "Todo bien"})

    assert answer.status_code == 422
    begun.refresh_from_db()
    assert begun.status == "open"


def test_an_officer_of_another_role_reads_and_cannot_act(begun, staff, browser_of):
    browser, ref = browser_of(staff("auditor")), begun.application.reference

    assert browser.get(address("file", ref)).status_code == 200
    answer = browser.post(address("rule", ref, "E25"), {"verdict": "confirm"})
    assert answer.status_code == 403


def test_the_applicant_answers_on_a_phone(begun, coordinator, person, browser_of):
    ref = begun.application.reference
    actions.ask(begun, by=coordinator, at=AFTER, question="¿Tienen cuenta?", due_on=SOON)
    browser = browser_of(person())
    assert "¿Tienen cuenta?" in browser.get(address("clarification", ref)).content.decode()

    empty = browser.post(address("clarification", ref), {"words": "  "})
    assert empty.status_code == 422
    assert browser.post(address("clarification", ref), {"words": "Sí"}).status_code == 302
    again = browser.post(address("clarification", ref), {"words": "Otra respuesta"})
    assert again.status_code == 422
    assert "Otra respuesta" in again.content.decode()
    assert queries.clarifications_of(begun.application).get().answer == "Sí"


@pytest.mark.parametrize("name", ["clarification", "requirements", "withdrawal"])
def test_strangers_and_staff_have_no_applicants_pages(name, begun, person, manager, browser_of):
    ref = begun.application.reference
    for user in (person("otra@example.org"), manager):
        assert browser_of(user).get(address(name, ref)).status_code == 404


def test_the_applicant_reads_why_but_not_who_said_what(begun, manager, person, browser_of):
    check = queries.checks_of(begun).get(rule="E05")
    actions.refute_check(check, by=manager, at=AFTER, words="Chisme interno")
    ref = begun.application.reference
    browser = browser_of(person())
    assert "has not concluded" in browser.get(address("requirements", ref)).content.decode()
    actions.fail(begun, by=manager, at=AFTER, note="Nota interna")

    page = browser.get(address("requirements", ref)).content.decode()
    assert "The fund can support this kind of organization" in page
    assert "Chisme" not in page
    assert "Nota interna" not in page


def test_withdrawing_happens_once(begun, person, browser_of):
    browser, ref = browser_of(person()), begun.application.reference
    assert browser.post(address("withdrawal", ref), {"words": ""}).status_code == 302
    assert "was withdrawn on" in browser.get(address("withdrawal", ref)).content.decode()
    assert browser.post(address("withdrawal", ref), {"words": ""}).status_code == 422


def test_after_eligibility_the_page_says_where_to_write(submitted, manager, person, browser_of):
    make_screened(submitted, by=manager)
    page = browser_of(person()).get(address("withdrawal", submitted.reference)).content.decode()
    assert "write to the embassy" in page


def test_pairing_two_files_of_one_group(call, person, submitted, coordinator, browser_of):
    twin = world.make_submitted(call, person("otra@example.org"), name="TEJEDORAS DEL AGUA AC")
    browser = browser_of(coordinator)
    shown = browser.get(address("file", submitted.reference)).content.decode()
    assert address("pair", submitted.reference, twin.reference) in shown

    pair = address("pair", submitted.reference, twin.reference)
    assert browser.post(pair, {"words": ""}).status_code == 422
    assert browser.post(pair, {"words": "Mismo domicilio"}).status_code == 302
    assert "Paired" in browser.get(address("file", submitted.reference)).content.decode()


@pytest.mark.parametrize("view", ["new", "open", "waiting"])
@pytest.mark.usefixtures("asked_before")
def test_a_list_asks_as_many_questions_for_thirty_files_as_for_three(
    view, call, person, coordinator, browser_of
):
    browser, asked = browser_of(coordinator), []
    for number in range(30):
        file = world.make_submitted(call, person(f"p{number}@example.org"), name=f"Grupo {number}")
        if view != "new":
            screening = make_begun(file, by=coordinator)
        if view == "waiting":
            day = SOON + timedelta(days=number)
            actions.ask(screening, by=coordinator, at=AFTER, question="¿Sí?", due_on=day)
        if number in (2, 29):
            with CaptureQueriesContext(
                connection,
            ) as seen:
                page = browser.get(address("list") + f"?view={view}")
            assert page.status_code == 200
            assert page.content.decode().count("CFLI-MX-2024-") >= number
            asked.append(len(seen))
    assert asked[0] == asked[1] <= 10, seen.captured_queries
