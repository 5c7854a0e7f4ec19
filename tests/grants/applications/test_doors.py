"""Who reaches an application, and what happens to those who come late or from another tab."""

from datetime import timedelta

import pytest

from monarca.grants.applications import queries
from monarca.grants.applications.states import Status
from monarca.ground.partners import actions as partners
from monarca.ground.partners.states import May
from monarca.ground.people import actions as people
from tests import world
from tests.grants.applications.filling import budget_page, page_of

PAGES = (
    "",
    "project/",
    "budget/",
    "check/",
    "withdraw/",
    "receipt/",
    "receipt.pdf",
    "receipt.json",
)
SECOND = timedelta(seconds=1)


def status_of(browser, application):
    here = f"/es/applications/{application.reference}/"
    return {page: browser.get(here + page).status_code for page in PAGES}


def test_other_people_s_references_do_not_exist(submitted, person, browser_of, staff):
    for stranger in (person("other@example.org", name="Other"), staff("manager")):
        assert set(status_of(browser_of(stranger), submitted).values()) == {404}


def test_nobody_gets_in_without_signing_in(submitted, client):
    answer = client.get(f"/es/applications/{submitted.reference}/")
    assert (answer.status_code, "sign-in" in answer.url) == (302, True)


def test_a_barred_member_reaches_nothing(submitted, person, lupita):
    people.close_to(person(), submitted, by=None, at=world.DAWN, reason="conflict")

    assert set(status_of(lupita, submitted).values()) == {404}
    assert not queries.owned_by(person(), at=world.NOON).exists()


def test_what_one_owns_is_what_the_gate_shows_of_it(call, person):
    """`owned_by` says directly what `visible_to` shows of one's own organisations."""
    names = [f"group{number}@example.org" for number in range(4)]
    users = [person(name, name=name) for name in names]
    files = [world.make_submitted(call, user, name=user.name) for user in users]
    partners.admit(
        users[0], by=users[1], at=world.NOON, organisation=files[1].applicant, may=May.VIEW
    )
    people.close_to(users[2], files[2], by=None, at=world.DAWN, reason="conflict")
    people.open_to(users[3], files[0], by=None, at=world.DAWN, reason="reader")

    for user in users:
        ours = [file.applicant_id for file in files if file.applicant.memberships.filter(user=user)]
        seen = queries.visible_to(user, at=world.NOON).filter(applicant__in=ours)
        assert set(queries.owned_by(user, at=world.NOON)) == set(seen)


def test_a_member_who_may_only_read_finds_no_button(draft, person, browser_of):
    reader = person("reader@example.org", name="Reader")
    partners.admit(reader, by=person(), at=world.DAWN, organisation=draft.applicant, may=May.VIEW)
    browser = browser_of(reader)
    here = f"/en/applications/{draft.reference}/"

    assert browser.get(f"{here}project/").url == f"{here}check/#project"
    assert "<form class" not in browser.get(f"{here}check/").content.decode()
    answer = browser.post(f"{here}project/", page_of("project", title="Mine now"))
    draft.refresh_from_db()
    assert (answer.status_code, draft.title) == (409, world.WORDS["text"])
    assert browser.post(f"{here}submit/", page_of("declaration")).status_code == 403


def test_a_submission_that_began_before_closing_and_arrives_after_is_late(draft, lupita, clock):
    here = f"/en/applications/{draft.reference}/"
    clock.at = draft.call.closes_at - SECOND
    assert "Submit the application" in lupita.get(f"{here}check/").content.decode()

    clock.at = draft.call.closes_at
    answer = lupita.post(f"{here}submit/", page_of("declaration", declared_name="Someone else"))

    draft.refresh_from_db()
    told = answer.content.decode()
    assert (answer.status_code, draft.status) == (409, Status.DRAFT)
    assert "06:00:00 UTC" in told
    assert queries.answers_of(draft)["declared_name"] == world.WORDS["text"]


def test_one_second_before_closing_is_in_time(draft, lupita, clock):
    clock.at = draft.call.closes_at - SECOND
    here = f"/en/applications/{draft.reference}/"

    assert lupita.post(f"{here}submit/", page_of("declaration")).url == f"{here}receipt/"


def test_after_closing_a_draft_is_read_and_no_longer_written(draft, lupita, clock):
    clock.at = draft.call.closes_at
    here = f"/en/applications/{draft.reference}/"

    assert "The call has closed" in lupita.get(here).content.decode()
    assert lupita.get(f"{here}gba/").url == f"{here}check/#gba"
    told = lupita.get(f"{here}check/").content.decode()
    assert world.WORDS["words"] in told
    assert "<form class" not in told
    for act in ("reopen/", "withdraw/"):
        assert lupita.post(here + act).status_code == 409


def test_a_call_that_is_closed_or_not_open_yet_starts_nothing(call, lupita, clock):
    address = f"/en/calls/{call.code}/apply/"
    for at, words in (
        (call.opens_at - SECOND, "The call is not open yet"),
        (call.closes_at, "The call has closed"),
    ):
        clock.at = at
        answer = lupita.post(address, {"legal_name": "A", "language": "es"})
        assert (answer.status_code, words in answer.content.decode()) == (409, True)


def test_saving_from_a_tab_left_open_after_submitting_shows_the_words_and_keeps_the_file(
    submitted, lupita
):
    here = f"/en/applications/{submitted.reference}/"

    answer = lupita.post(f"{here}gba/", page_of("gba", gba_who="Typed in the other tab"))
    budget = lupita.post(f"{here}budget/", budget_page())

    assert (answer.status_code, budget.status_code) == (409, 409)
    assert "Typed in the other tab" in answer.content.decode()
    assert "Administración" in budget.content.decode()
    assert queries.answers_of(submitted)["gba_who"] == world.WORDS["words"]


@pytest.mark.parametrize("sent", [{}, {"organisation": "new"}, {"organisation": "9"}])
def test_starting_needs_a_name_or_an_organisation(call, lupita, sent):
    answer = lupita.post(f"/en/calls/{call.code}/apply/", {"language": "es", **sent})
    assert answer.status_code == 422


def test_a_second_application_can_be_for_the_same_organisation(draft, lupita):
    page = lupita.get(f"/en/calls/{draft.call.code}/apply/").content.decode()
    assert "You already began" in page

    answer = lupita.post(
        f"/en/calls/{draft.call.code}/apply/", {"organisation": "1", "language": "fr"}
    )

    made = queries.Application.objects.get(reference=answer.url.split("/")[3])
    assert (made.applicant, made.language) == (draft.applicant, "fr")


def test_unknown_sections_and_calls_are_not_found(draft, lupita):
    assert lupita.get(f"/en/applications/{draft.reference}/nonsense/").status_code == 404
    assert lupita.get("/en/calls/NONE/apply/").status_code == 404
