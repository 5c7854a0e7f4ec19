"""What was read is confirmed by a person, who sees the document beside it."""

import re
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

import monarca
from monarca.grants.applications import actions, queries
from monarca.grants.applications.models import Application, Intake
from monarca.ground.people import actions as people
from tests.conftest import DAWN, NOON
from tests.grants.applications.posting import fields_in

INBOX = Path(monarca.__file__).parent / "examples" / "inbox"
MAIL = INBOX / "Solicitud CFLI Tinta Viva.eml"
RISK = INBOX / "pregunta y formato.eml"
LIST = "applications:intake-list"


def bring(call, *paths):
    return [one.intake for one in actions.read_in(paths, call=call, by=None, at=NOON)]


@pytest.fixture
def arrived(call):
    return bring(call, MAIL)[0]


@pytest.fixture
def officer(staff, browser_of):
    return browser_of(staff("coordinator"))


def address(intake, name="intake", *more):
    return reverse(f"applications:{name}", args=[intake.key, *more])


def typed(page, **changes):
    """What a browser would send from this page, with some fields typed anew."""
    return {**fields_in(page.text), **changes}


# -- the list ----------------------------------------------------------------------------------


def test_the_list_names_what_arrived_and_of_whom(arrived, officer):
    page = officer.get(reverse(LIST))
    assert arrived.name in page.text
    assert "Red de Periodistas del Sur Tinta Viva, A.C." in page.text


def test_the_list_does_not_name_a_group_at_risk(call, officer):
    (guarded,) = bring(call, RISK)
    page = officer.get(reverse(LIST))
    assert address(guarded) in page.text
    assert "Grupo M" not in page.text
    assert guarded.name not in page.text
    assert "Restricted: not named in lists" in page.text


def test_a_group_found_to_be_at_risk_later_is_not_named_either(arrived, officer):
    sent = typed(officer.get(address(arrived)), registered="at_risk", go="save")
    officer.post(address(arrived), sent)
    page = officer.get(reverse(LIST))
    assert "Tinta Viva" not in page.text
    assert address(arrived) in page.text


def test_what_could_not_be_read_has_its_own_tab_with_the_reason(call, officer):
    bring(call, INBOX / "Formato 2023 viejo.doc")
    assert "Formato 2023 viejo.doc" not in officer.get(reverse(LIST)).text
    page = officer.get(reverse(LIST) + "?view=unread")
    assert "Formato 2023 viejo.doc" in page.text
    assert "This is an old file format." in page.text


@pytest.mark.usefixtures("asked_before")
def test_a_hundred_arrivals_ask_as_many_questions_as_one(call, arrived, officer):
    def asked():
        with CaptureQueriesContext(
            connection,
        ) as seen:
            officer.get(reverse(LIST))
        return len(seen)

    asked()
    few = asked()
    copies = [
        Intake(**{**plain(arrived), "sha256": f"{at:064x}", "name": f"{at}.docx"})
        for at in range(100)
    ]
    Intake.objects.bulk_create(copies)
    assert asked() == few
    assert few <= 10


def plain(intake):
    names = ("call", "received_at", "read", "group", "at", "status", "marks")
    return {name: getattr(intake, name) for name in names}


# -- who may ------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", ["reviewer", "head_of_mission", "finance", "headquarters"])
def test_other_roles_find_nothing_here(arrived, staff, browser_of, role):
    browser = browser_of(staff(role))
    for found in addresses(arrived):
        assert browser.get(found).status_code == 404, found


def test_an_applicant_finds_nothing_here(arrived, lupita):
    for found in addresses(arrived):
        assert lupita.get(found).status_code == 404, found


def test_staff_of_another_mission_find_no_arrival(arrived, person, browser_of):
    lima = people.found_mission(
        "LIMA",
        by=None,
        at=DAWN,
        name={"es": "Lima", "en": "Lima", "fr": "Lima"},
        countries=["PE"],
        time_zone="America/Lima",
        email="lima@example.org",
    )
    user = person("ana@example.org", "Ana", "en")
    people.give_role(user, by=None, at=DAWN, mission=lima, role="coordinator")
    browser = browser_of(user)
    page = browser.get(reverse(LIST))
    assert page.status_code == 200
    assert "Tinta Viva" not in page.text
    for found in addresses(arrived)[1:]:
        assert browser.get(found).status_code == 404, found


def test_who_is_barred_from_the_application_finds_its_arrival_no_more(arrived, staff, browser_of):
    officer, other = staff("coordinator"), staff("manager")
    made = confirm(arrived, officer)
    browser = browser_of(other)
    assert browser.get(address(arrived)).status_code == 200
    people.close_to(other, made, by=None, at=NOON, reason="conflict")
    for found in addresses(arrived)[1:]:
        assert browser.get(found).status_code == 404, found
    assert "Tinta Viva" not in browser.get(reverse(LIST) + "?view=confirmed").text


def addresses(intake):
    digest = queries.parts_of(intake)[0].file.sha256[:16]
    return [
        reverse(LIST),
        address(intake),
        address(intake, "intake-aside"),
        address(intake, "intake-file", digest),
    ]


def confirm(intake, user):
    return actions.confirm(
        intake,
        by=user,
        at=NOON,
        answers=queries.answers_read(intake),
        budget=queries.budget_read(intake),
    )


# -- the page ------------------------------------------------------------------------------------


def test_document_and_reading_stand_side_by_side(arrived, officer):
    page = officer.get(address(arrived)).text
    title = queries.answers_read(arrived)["title"]
    document, reading = page.split('aria-label="What was read"')
    assert title in document
    assert f'value="{title}"' in reading
    assert "Presupuesto Tinta Viva.xlsx" in document


def test_every_answer_says_how_surely_and_where_it_was_read(call, officer):
    (row,) = bring(call, INBOX / "La Garlopa")
    page = officer.get(address(row)).text
    assert "Look at this: read with doubt (74 of 100)" in page
    assert "Read surely (94 of 100)" in page
    anchors = re.findall(r'href="#(t1-\d+)"', page)
    assert len(anchors) > 50
    assert all(f'id="{anchor}"' in page for anchor in anchors)


def test_sums_that_do_not_add_up_are_said(call, officer):
    (row,) = bring(call, INBOX / "La Garlopa")
    page = officer.get(address(row)).text
    assert "Row 8 says 50,400.00 MXN; quantity times unit cost gives 36,000.00 MXN." in page
    assert "Quantity times unit cost is 36,000.00 MXN, but the total says 50,400.00 MXN." in page


def test_a_late_arrival_is_called_late(call, officer):
    (row,) = bring(call, INBOX / "Application Mar Adentro.eml")
    assert "It arrived after the call had closed" in officer.get(address(row)).text


def test_the_other_arrival_of_the_same_group_is_shown_on_both_sides(call, officer):
    first, second = bring(call, INBOX / "Tikua Yoso", INBOX / "solicitud comite agua (copia).docx")
    assert address(second) in officer.get(address(first)).text
    assert address(first) in officer.get(address(second)).text


def test_a_file_is_sent_as_it_came(arrived, officer):
    found = officer.get(addresses(arrived)[3])
    assert found.headers["Content-Disposition"].startswith("attachment")
    assert b"".join(found.streaming_content)[:2] == b"PK"


def test_a_damaged_file_is_kept_and_never_sent(call, officer):
    (row,) = bring(call, INBOX / "Solicitud Huertas del Bordo (recuperado).docx")
    page = officer.get(address(row))
    assert "The file is damaged and could not be read." in page.text
    assert officer.get(addresses(row)[3]).status_code == 404


def test_a_scanned_paper_can_be_taken_and_typed_by_hand(call, officer):
    (row,) = bring(call, INBOX / "Escaneo_2024-04-19_14-22.pdf")
    assert b"".join(officer.get(addresses(row)[3]).streaming_content)[:5] == b"%PDF-"
    page = officer.get(address(row))
    done = officer.post(
        address(row), typed(page, legal_name="Huertas del Cerro A.C.", go="confirm")
    )
    assert done.status_code == 302
    assert Application.objects.get().applicant.legal_name == "Huertas del Cerro A.C."


# -- confirming ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "paths",
    [
        [MAIL],
        [INBOX / "Maison Tournesol"],
        [INBOX / "Radio Tajtoluani"],
        [INBOX / "Solicitud de las familias de Raíz de Encino.eml"],
        [INBOX / "CFLI application – refugee legal clinic, Puebla.eml"],
        [RISK],
    ],
    ids=lambda paths: paths[0].stem[:12],
)
def test_confirming_without_a_change_makes_what_was_read(call, officer, paths):
    (row,) = bring(call, *paths)
    done = officer.post(address(row), typed(officer.get(address(row)), go="confirm"))
    assert done.status_code == 302, re.findall(r'class="summary".*?</div>', done.text, re.DOTALL)
    row.refresh_from_db()
    made = row.application
    assert made.submitted_at == row.received_at
    kept = {key: tidy(value) for key, value in queries.answers_of(made).items()}
    kept.pop("budget")
    read = {key: tidy(value) for key, value in queries.answers_in(row.read).items() if value != []}
    read.setdefault("language", row.read["language"])
    assert kept == read
    totals = [line.cents for line in queries.lines_of(made)]
    assert totals == [line["total_cents"] for line in row.read["budget"]["lines"]]


def tidy(value):
    """Without what no one types: spaces around, lines' ends, empty parts."""
    if isinstance(value, str):
        return " ".join(value.split())
    if isinstance(value, dict):
        return {key: tidy(one) for key, one in value.items() if one not in ("", None, [], {})}
    if isinstance(value, list):
        rows = [tidy(one) for one in value]
        return sorted(rows) if all(isinstance(one, str) for one in rows) else rows
    return value


def test_a_corrected_answer_wins_and_what_was_read_stays(arrived, officer):
    sent = typed(officer.get(address(arrived)), title="Otro título", go="save")
    assert officer.post(address(arrived), sent).status_code == 302
    arrived.refresh_from_db()
    assert queries.answers_read(arrived)["title"] == "Otro título"
    assert queries.answers_in(arrived.read)["title"] != "Otro título"
    assert "Written by a person" in officer.get(address(arrived)).text


def test_keeping_without_a_change_blames_no_person(call, officer):
    (row,) = bring(call, INBOX / "Radio Tajtoluani")
    officer.post(address(row), typed(officer.get(address(row)), go="save"))
    row.refresh_from_db()
    assert row.corrected["answers"]
    assert "Written by a person" not in officer.get(address(row)).text


def test_what_cannot_be_understood_is_shown_again_as_typed(arrived, officer):
    sent = typed(officer.get(address(arrived)), requested="como cuarenta mil", go="confirm")
    page = officer.post(address(arrived), sent)
    assert page.status_code == 422
    assert 'value="como cuarenta mil"' in page.text
    assert 'href="#requested"' in page.text
    assert not Application.objects.exists()
    assert 'value="como cuarenta mil"' in officer.get(address(arrived)).text


def test_a_budget_cell_that_is_no_number_is_shown_again_as_typed(arrived, officer):
    sent = typed(officer.get(address(arrived)), go="confirm", **{"line-r2-unit": "mucho"})
    page = officer.post(address(arrived), sent)
    assert page.status_code == 422
    assert 'value="mucho"' in page.text
    assert "Line 2 of the budget: “mucho” could not be read." in page.text


def test_a_group_without_any_name_cannot_be_confirmed(arrived, officer):
    sent = typed(officer.get(address(arrived)), legal_name="", short_name=" ", go="confirm")
    page = officer.post(address(arrived), sent)
    assert page.status_code == 422
    assert "Write the name of the group, or what to call it." in page.text


def test_one_more_row_keeps_what_was_typed(arrived, officer):
    sent = typed(officer.get(address(arrived)), title="Otro título", add="activities")
    there = officer.post(address(arrived), sent)
    assert there.url.endswith("?add=activities#activities")
    assert 'value="Otro título"' in officer.get(there.url).text


def test_a_known_group_is_offered_and_may_be_chosen(call, staff, officer, arrived):
    made = confirm(arrived, staff("manager"))
    (again,) = bring(call, INBOX / "Lool Kaab")
    sent = typed(officer.get(address(again)), legal_name=made.applicant.legal_name, go="save")
    officer.post(address(again), sent)
    page = officer.get(address(again))
    assert f"Known from {made.reference}" in page.text
    officer.post(address(again), typed(page, organisation=made.reference, go="confirm"))
    again.refresh_from_db()
    assert again.application.applicant == made.applicant


def test_a_group_of_a_restricted_file_is_not_offered(call, staff, officer):
    first, second = bring(call, RISK, INBOX / "Lool Kaab")
    made = confirm(first, staff("manager"))
    sent = typed(officer.get(address(second)), legal_name=made.applicant.legal_name, go="save")
    officer.post(address(second), sent)
    assert f"Known from {made.reference}" not in officer.get(address(second)).text


def test_a_confirmed_arrival_cannot_be_confirmed_twice(arrived, officer):
    sent = typed(officer.get(address(arrived)), go="confirm")
    officer.post(address(arrived), sent)
    officer.post(address(arrived), sent)
    assert Application.objects.count() == 1
    page = officer.get(address(arrived))
    assert Application.objects.get().reference in page.text
    assert "Confirm: make the application" not in page.text


# -- setting aside -------------------------------------------------------------------------------


def test_what_is_no_application_is_set_aside_with_a_reason(arrived, officer):
    done = officer.post(address(arrived, "intake-aside"), {"reason": "twice", "note": ""})
    assert done.status_code == 302
    arrived.refresh_from_db()
    assert (arrived.status, arrived.refused_for) == ("refused", "twice")
    page = officer.get(reverse(LIST) + "?view=aside")
    assert "The same application arrived already" in page.text


def test_another_reason_needs_words_and_nothing_typed_is_lost(arrived, officer):
    page = officer.post(address(arrived, "intake-aside"), {"reason": "other", "note": ""})
    assert page.status_code == 422
    page = officer.post(address(arrived, "intake-aside"), {"reason": "", "note": "Publicidad"})
    assert page.status_code == 422
    assert "Publicidad" in page.text
    arrived.refresh_from_db()
    assert arrived.status == "read"


# -- a sealed file -----------------------------------------------------------------------------

TWICE = (INBOX / "Tikua Yoso", INBOX / "solicitud comite agua (copia).docx")


@pytest.mark.parametrize("made_of", [0, 1])
def test_who_may_not_know_of_a_file_finds_no_other_mail_of_its_group(
    call, staff, browser_of, officer, made_of
):
    """Whichever of the two mails became the file, the other would tell its name and its text."""
    pair = bring(call, *TWICE)
    other, manager = pair[1 - made_of], staff("manager")
    file = confirm(pair[made_of], manager)
    assert officer.get(address(other)).status_code == 200

    actions.seal(file, by=manager, at=NOON, readers=[], alias="Colibrí")

    for path in (address(other), address(other, "intake-aside"), address(pair[made_of])):
        assert officer.get(path).status_code == 404
        assert officer.post(path, {"reason": "twice", "go": "confirm"}).status_code == 404
    for view in ("wait", "unread", "confirmed", "aside"):
        listed = officer.get(reverse(LIST) + f"?view={view}").text
        assert [one for one in pair if address(one) in listed] == []
    assert browser_of(manager).get(address(other)).status_code == 200, "a reader by name"


def test_a_barred_officer_finds_no_other_mail_of_the_group_either(call, staff, browser_of):
    first, other = bring(call, *TWICE)
    file, coordinator = confirm(first, staff("manager")), staff("coordinator")
    people.close_to(coordinator, file, by=None, at=NOON, reason="conflict")

    assert browser_of(coordinator).get(address(other)).status_code == 404


def test_the_mail_of_a_file_that_was_sealed_names_no_group_any_more(call, staff):
    intake = bring(call, MAIL)[0]
    file = confirm(intake, staff("manager"))
    actions.seal(file, by=staff("manager"), at=NOON, readers=[], alias="Colibrí")

    intake.refresh_from_db()
    assert (intake.group, str(intake)) == ("", intake.key)
