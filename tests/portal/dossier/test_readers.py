"""Who reads a dossier: the embassy and its readers, never the group the file is about."""

import pytest
from django.test import Client

from monarca.ground.people import actions as people
from tests.conftest import NOON
from tests.world_decisions import make_ready, make_ruling


@pytest.fixture(autouse=True)
def _open_doors(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def test_a_group_does_not_read_in_the_journal_that_it_was_declined_before_it_is_told(call, person):
    file = make_ready(call, person())
    make_ruling(file, "declined")
    browser, here = signed_in(person()), f"/en/desk/files/{file.reference}/"
    paper = f"{here}documents/{'0' * 16}/"

    for address in (here, f"{here}?v=journal", f"{here}?v=answers", paper):
        assert browser.get(address).status_code == 404
    assert file.reference not in browser.get("/en/desk/files/").text
    assert browser.get(f"/en/applications/{file.reference}/").status_code == 200


def test_a_reader_by_name_reads_the_one_dossier_that_was_opened(submitted, staff):
    reviewer = staff("reviewer")
    browser, here = signed_in(reviewer), f"/en/desk/files/{submitted.reference}/"
    assert browser.get(here).status_code == 404

    people.open_to(reviewer, submitted, by=None, at=NOON, reason="assigned")
    assert browser.get(here).status_code == 200
    assert submitted.reference in browser.get("/en/desk/files/").text


@pytest.mark.parametrize("role", ["coordinator", "auditor", "headquarters"])
def test_the_embassy_reads_what_was_submitted_and_no_draft(submitted, call, person, staff, role):
    browser = signed_in(staff(role))
    assert browser.get(f"/en/desk/files/{submitted.reference}/?v=journal").status_code == 200
