"""Lupita walks through every page, from the call to the receipt, without a script."""

import hashlib
import re

import pytest

from monarca.grants.applications import queries
from monarca.grants.applications.models import Application
from monarca.grants.applications.states import Status
from tests import world
from tests.grants.applications.filling import budget_page, page_of, section

SECTIONS = ("project", "organisation", "narrative", "gba", "attachments")


def start(browser, call, **given):
    sent = {"legal_name": "Tejedoras del Agua A.C.", "language": "es", **given}
    answer = browser.post(f"/es/calls/{call.code}/apply/", sent)
    return Application.objects.get(reference=answer.url.split("/")[3])


def test_a_group_applies_from_the_first_page_to_the_receipt(call, lupita):
    draft = start(lupita, call)
    here = f"/es/applications/{draft.reference}/"

    for key, following in zip(SECTIONS, (*SECTIONS[1:], "budget"), strict=True):
        answer = lupita.post(f"{here}{key}/", page_of(key))
        assert (answer.status_code, answer.url) == (302, f"{here}{following}/"), key
    answer = lupita.post(f"{here}budget/", budget_page())
    assert (answer.status_code, answer.url) == (302, f"{here}check/")
    assert (
        "Nothing stands in the way"
        in lupita.get(f"{here}check/".replace("/es/", "/en/")).content.decode()
    )

    answer = lupita.post(f"{here}submit/", page_of("declaration"))
    assert answer.url == f"{here}receipt/"

    draft.refresh_from_db()
    made = queries.last_submission(draft)
    shown = lupita.get(f"{here}receipt/").content.decode()
    assert draft.status == Status.SUBMITTED
    assert draft.reference in shown
    assert made.sha256 in re.sub(r"\s", "", shown)
    assert "2024-04-01 18:00:00 UTC" in shown


def test_the_exact_file_has_the_fingerprint_of_the_receipt(submitted, lupita):
    answer = lupita.get(f"/fr/applications/{submitted.reference}/receipt.json")

    made = queries.last_submission(submitted)
    assert hashlib.sha256(answer.content).hexdigest() == made.sha256
    paper = lupita.get(f"/fr/applications/{submitted.reference}/receipt.pdf")
    assert paper.content.startswith(b"%PDF-")


def test_submitting_twice_leads_to_the_same_receipt(draft, lupita):
    here = f"/en/applications/{draft.reference}/"
    lupita.post(f"{here}submit/", page_of("declaration"))

    answer = lupita.post(f"{here}submit/", page_of("declaration"))

    assert answer.url == f"{here}receipt/"
    assert draft.submissions.count() == 1


def test_without_the_declaration_nothing_is_sent_and_the_page_says_where(draft, lupita):
    sent = page_of("declaration")
    del sent["declares"]

    answer = lupita.post(f"/en/applications/{draft.reference}/submit/", sent)

    draft.refresh_from_db()
    assert (answer.status_code, draft.status) == (422, Status.DRAFT)
    assert 'href="#declares"' in answer.content.decode()


def test_a_missing_answer_is_named_and_leads_to_its_field(draft, lupita):
    here = f"/en/applications/{draft.reference}/"
    sent = page_of("gba", gba_harm="")
    assert lupita.post(f"{here}gba/", sent).status_code == 422

    listed = lupita.get(f"{here}check/").content.decode()
    answer = lupita.post(f"{here}submit/", page_of("declaration"))

    assert 'href="#said-gba_harm"' in listed
    assert f"{here}gba/?check=1#gba_harm" in listed
    assert answer.status_code == 422


def test_the_task_list_says_what_is_missing_and_what_must_be_corrected(call, lupita):
    draft = start(lupita, call)
    here = f"/en/applications/{draft.reference}/"
    blank = lupita.get(here).content.decode()
    lupita.post(f"{here}project/", page_of("project"))
    lupita.post(f"{here}gba/", page_of("gba", gba_consulted_women="muchas"))
    lupita.post(f"{here}narrative/", {"context": "Falta agua."})

    listed = lupita.get(here).content.decode()

    assert (blank.count("Not started"), blank.count("Optional")) == (5, 1)
    assert "2 of 6 parts are complete" in listed
    assert "1 answer to correct" in listed
    assert "In progress" in listed
    assert "Saved at the embassy at 12:00" in listed


def test_a_submission_is_taken_back_changed_and_sent_again(submitted, lupita):
    here = f"/en/applications/{submitted.reference}/"

    lupita.post(f"{here}reopen/")
    lupita.post(f"{here}project/", page_of("project", title="Agua para todas"))
    lupita.post(f"{here}submit/", page_of("declaration"))

    submitted.refresh_from_db()
    assert (submitted.title, submitted.submissions.count()) == ("Agua para todas", 2)


def test_withdrawing_asks_once_on_its_own_page(submitted, lupita):
    here = f"/en/applications/{submitted.reference}/"

    asked = lupita.get(f"{here}withdraw/")
    lupita.post(f"{here}withdraw/")

    submitted.refresh_from_db()
    assert "Withdraw this application?" in asked.content.decode()
    assert submitted.status == Status.WITHDRAWN
    assert "was withdrawn" in lupita.get(here).content.decode()


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_every_page_speaks_the_reader_s_language(draft, lupita, language):
    here = f"/{language}/applications/{draft.reference}/"
    for page in ("", "project/", "budget/", "check/", "withdraw/"):
        answer = lupita.get(here + page)
        assert answer.status_code == 200
        assert f'<html lang="{language}-' in answer.content.decode()
    title = section("gba")["title"][language]
    assert title in lupita.get(here + "gba/").content.decode()


@pytest.mark.parametrize("page", ["", *(f"{key}/" for key in SECTIONS), "budget/", "check/"])
def test_a_page_is_light_and_asks_little_of_the_database(
    draft, lupita, page, django_assert_max_num_queries
):
    address = f"/es/applications/{draft.reference}/{page}"
    lupita.get(address)

    with django_assert_max_num_queries(12):
        answer = lupita.get(address, headers={"accept-encoding": "gzip"})

    assert answer.status_code == 200
    assert len(answer.content) < 18_000


def test_pages_do_not_grow_with_the_number_of_applications(call, lupita, person):
    own = world.make_draft(call, person())
    address = f"/es/applications/{own.reference}/check/"
    before = len(lupita.get(address).content)
    for number in range(5):
        other = person(f"group{number}@example.org", name=f"Group {number}")
        world.make_submitted(call, other, name=f"Group {number}")

    assert abs(len(lupita.get(address).content) - before) < 50
