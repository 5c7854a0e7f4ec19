"""The page of an envelope: its sums and every movement, never whose file it was."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications import actions as applications
from monarca.ground.envelopes import actions
from monarca.ground.people import actions as people
from monarca.ground.people import queries as people_asked
from tests.conftest import NOON


@pytest.fixture(autouse=True)
def _noon(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOON)


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"envelopes:{name}", args=parts)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_the_ledger_says_what_moved_and_names_no_file(submitted, staff):
    envelope = submitted.call.envelope
    actions.deposit(
        envelope, "reserved", 1_234_500, subject=submitted, by=None, at=NOON, file=submitted
    )
    browser = signed_in(staff("finance"))

    assert envelope.fiscal_year in browser.get(address("list")).content.decode()
    html = browser.get(
        address("ledger", envelope.mission.code, envelope.fiscal_year)
    ).content.decode()
    assert html.count("12,345.00 CAD") == 2, "promised, and the movement"
    assert submitted.reference not in html
    assert submitted.title not in html


def test_people_without_a_role_there_find_nothing(submitted, person):
    envelope = submitted.call.envelope
    browser = signed_in(person("otra@example.org"))

    assert browser.get(address("list")).status_code == 403
    assert (
        browser.get(address("ledger", envelope.mission.code, envelope.fiscal_year)).status_code
        == 404
    )


def test_a_manager_changes_the_size_and_never_below_what_is_promised(submitted, staff):
    envelope = submitted.call.envelope
    actions.deposit(envelope, "reserved", 1_234_500, subject=submitted, by=None, at=NOON)
    browser = signed_in(staff("manager"))
    where = address("ledger", envelope.mission.code, envelope.fiscal_year)
    assert "Change the size" in browser.get(where).content.decode()

    for typed in ("12,344.99", "mucho", "", "-5", "100 MXN"):
        answer = browser.post(where, {"cents": typed})
        assert answer.status_code == 422, typed
        assert f'value="{typed}"' in answer.content.decode()
    assert browser.post(where, {"cents": "12,345.00"}).url == where
    envelope.refresh_from_db()
    assert envelope.cents == 1_234_500


@pytest.mark.parametrize(
    "role", ["coordinator", "finance", "head_of_mission", "headquarters", "auditor"]
)
def test_the_others_read_and_change_nothing(submitted, staff, role):
    envelope = submitted.call.envelope
    browser = signed_in(staff(role))
    where = address("ledger", envelope.mission.code, envelope.fiscal_year)

    assert "Change the size" not in browser.get(where).content.decode()
    assert browser.post(where, {"cents": "1"}).status_code == 403


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_the_pages_open_in_three_languages(submitted, staff, lang):
    envelope = submitted.call.envelope
    browser = signed_in(staff("manager"))

    for name, parts in (("list", ()), ("ledger", (envelope.mission.code, envelope.fiscal_year))):
        html = browser.get(address(name, *parts, lang=lang)).content.decode()
        assert envelope.fiscal_year in html
        assert f'<html lang="{lang}-' in html


def cost(browser, where):
    with CaptureQueriesContext(connection) as asked:
        assert browser.get(where).status_code == 200
    return len(asked)


@pytest.mark.usefixtures("asked_before")
def test_ten_years_cost_no_more_questions_than_one(submitted, mexico, staff):
    browser = signed_in(staff("manager"))
    first = cost(browser, address("list"))
    for year in range(2025, 2035):
        made = actions.set_size(mexico, f"{year}-{year + 1}", 1_000_00, by=None, at=NOON)
        actions.deposit(made, "reserved", 500_00, subject=submitted, by=None, at=NOON)

    assert cost(browser, address("list")) == first
    assert "500.00" in browser.get(address("list")).content.decode()


@pytest.mark.usefixtures("asked_before")
def test_sixty_movements_cost_no_more_questions_than_ten(submitted, staff):
    envelope = submitted.call.envelope
    browser = signed_in(staff("finance"))
    where = address("ledger", envelope.mission.code, envelope.fiscal_year)
    counts = []
    for many in (10, 50):
        for _each in range(many):
            actions.deposit(envelope, "reserved", 100, subject=submitted, by=None, at=NOON)
        counts.append(cost(browser, where))

    assert counts[0] == counts[1] <= 12


@pytest.mark.parametrize("kept", ["barred", "sealed"])
def test_no_line_and_no_sum_betrays_a_file_that_is_kept_from_its_reader(submitted, staff, kept):
    envelope, manager, auditor = submitted.call.envelope, staff("manager"), staff("auditor")
    told = {"subject": submitted, "by": None, "at": NOON, "file": submitted}
    actions.deposit(envelope, "reserved", 1_234_500, **told)
    if kept == "sealed":
        applications.seal(submitted, by=manager, at=NOON, readers=[], alias="Colibrí")
    else:
        people.close_to(auditor, submitted, by=None, at=NOON, reason="conflict")
    pages = [address("list"), address("ledger", envelope.mission.code, envelope.fiscal_year)]

    for page in pages:
        assert "12,345.00" not in signed_in(auditor).get(page).text
        assert "12,345.00" in signed_in(manager).get(page).text


def test_a_manager_who_was_its_reviewer_before_reads_on_in_a_file_they_seal(submitted, staff):
    manager, auditor = staff("manager"), staff("auditor")
    people.open_to(manager, submitted, by=None, at=NOON, reason="assigned")
    applications.seal(submitted, by=manager, at=NOON, readers=[], alias="Colibrí")
    label = f"applications.application:{submitted.pk}"

    assert people_asked.kept_from(manager, at=NOON) == frozenset()
    assert people_asked.kept_from(auditor, at=NOON) == {label}


def test_the_refusal_to_shrink_an_envelope_betrays_no_hidden_sum(submitted, staff):
    envelope = submitted.call.envelope
    told = {"subject": submitted, "by": None, "at": NOON, "file": submitted}
    actions.deposit(envelope, "reserved", 1_234_500, **told)
    applications.seal(submitted, by=staff("manager"), at=NOON, readers=[], alias="Colibrí")
    here = address("ledger", envelope.mission.code, envelope.fiscal_year)

    page = signed_in(staff("manager", "second@example.org")).post(here, {"cents": "100"})
    assert page.status_code == 422
    assert "12,345.00" not in page.text
    assert "12,345.00" in signed_in(staff("manager")).post(here, {"cents": "100"}).text
