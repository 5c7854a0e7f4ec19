"""Agreements' pages at the desk and for recipients, without a script."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.agreements import actions
from monarca.grants.agreements.models import Agreement
from monarca.grants.applications.models import Application
from monarca.ground.people import actions as people
from tests.world_agreements import (
    DRAFTED,
    SENT,
    SIGNED,
    STARTS,
    make_active,
    make_draft_agreement,
    make_sent,
)
from tests.world_decisions import make_confirmed, make_ready, shrink_envelope
from tests.world_screening import make_officer

FILE_PAGES = ("file", "text", "revise", "send", "amend", "suspend", "terminate")
DAY = {"signed_on_day": "2", "signed_on_month": "7", "signed_on_year": "2024"}


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"agreements:{name}", args=parts)


def page(browser, name, *parts, query="", lang="en", status=200):
    answer = browser.get(address(name, *parts, lang=lang) + query)
    assert answer.status_code == status, (name, answer.status_code)
    return answer.content.decode()


def boxes(name, day):
    return {
        f"{name}_day": str(day.day),
        f"{name}_month": str(day.month),
        f"{name}_year": str(day.year),
    }


def test_a_coordinator_drafts_revises_and_sends(reviewed, person, browser_of):
    make_confirmed(reviewed, cents=4_000_000, conditions="Dos firmas en la cuenta.")
    browser, ref = browser_of(make_officer("coordinator")), reviewed.reference
    assert ref in page(browser, "list")
    assert "Dos firmas en la cuenta." in page(browser, "file", ref)

    answer = browser.post(address("file", ref), boxes("starts_on", STARTS))
    assert answer.url == address("file", ref)
    agreement = Agreement.objects.get()
    assert agreement.number in page(browser, "list", query="?view=send")
    assert ref not in page(browser, "list"), "nothing is left to draft"

    changed = boxes("starts_on", date(2024, 10, 1)) | boxes("activities_end_on", date(2025, 1, 31))
    browser.post(address("revise", ref), {**changed, "conditions": "Tres firmas."})
    shown = page(browser, "text", ref)
    for said in ("Tres firmas.", "1 de octubre de 2024", "40,000.00", "Tejedoras del Agua A.C."):
        assert said in shown, said
    assert "Check with your programme" in shown

    assert browser.post(address("send", ref), {}).status_code == 422
    browser.post(address("send", ref), {"checked": "on"})
    agreement.refresh_from_db()
    assert agreement.status == "sent"
    assert "Check with your programme" not in page(browser, "text", ref)


def test_days_in_the_wrong_order_are_told_and_kept(reviewed, browser_of):
    make_draft_agreement(reviewed)
    wrong = boxes("starts_on", date(2025, 2, 1)) | boxes("activities_end_on", date(2025, 1, 1))

    answer = browser_of(make_officer("coordinator")).post(
        address("revise", reviewed.reference), {**wrong, "conditions": "Lo que escribí"}
    )

    assert answer.status_code == 422
    assert "Lo que escribí" in answer.content.decode()
    assert Agreement.objects.get().starts_on == STARTS


def test_both_signatures_are_recorded_by_those_who_may(reviewed, browser_of):
    make_sent(reviewed)
    ref = reviewed.reference
    coordinator = browser_of(make_officer("coordinator"))
    head = browser_of(make_officer("head_of_mission"))
    page(coordinator, "signature", ref, "canada", status=403)
    page(head, "signature", ref, "recipient", status=403)
    page(head, "signature", ref, "mexico", status=404)

    signed = {"name": "Eva Díaz", "title": "Representante", **DAY}
    answer = coordinator.post(address("signature", ref, "recipient"), signed)
    assert answer.url == address("file", ref)
    assert "Eva Díaz" in page(head, "file", ref)
    early = {**signed, "signed_on_year": "2023"}
    assert head.post(address("signature", ref, "canada"), early).status_code == 422
    head.post(address("signature", ref, "canada"), {**signed, "name": "Ana Roy"})

    assert Agreement.objects.get().status == "active"
    assert "Original" in page(head, "file", ref)


def test_the_head_of_mission_amends_suspends_resumes_and_ends(reviewed, browser_of):
    make_active(reviewed, cents=4_000_000)
    head, ref = browser_of(make_officer("head_of_mission")), reviewed.reference
    change = {
        **boxes("ends_on", date(2025, 3, 31)),
        "amount": "42,000.00",
        "reason": "Más talleres.",
    }

    shrink_envelope(reviewed.call, 4_100_000)
    answer = head.post(address("amend", ref), change)
    assert answer.status_code == 422
    assert "does not fit into what is left of the envelope" in answer.content.decode()
    shrink_envelope(reviewed.call, 9_000_000)
    assert head.post(address("amend", ref), change).status_code == 302
    assert "42,000.00" in page(head, "file", ref)

    head.post(address("suspend", ref), {"reason": "Falta un informe."})
    assert "Falta un informe." in page(head, "file", ref)
    head.post(address("resume", ref))
    assert Agreement.objects.get().status == "active"
    assert head.post(address("terminate", ref), {"reason": ""}).status_code == 422
    head.post(address("terminate", ref), {"reason": "De común acuerdo."})
    assert Agreement.objects.get().status == "terminated"


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_papers_are_sent_to_staff_and_recipient_and_to_nobody_else(
    reviewed, person, browser_of, kind
):
    make_sent(reviewed)
    ref = reviewed.reference
    for user in (make_officer("coordinator"), make_officer("auditor"), person()):
        answer = browser_of(user).get(address("download", ref, kind))
        assert answer.status_code == 200
        assert f"CFLI-MX-2024-25-001.{kind}" in answer["Content-Disposition"]
        assert len(b"".join(answer.streaming_content)) > 10_000
    page(browser_of(person("x@example.org")), "download", ref, kind, status=404)


def test_a_draft_has_no_papers_and_no_page_for_the_recipient(reviewed, person, browser_of):
    make_draft_agreement(reviewed)

    page(browser_of(make_officer("coordinator")), "download", reviewed.reference, "pdf", status=404)
    page(browser_of(person()), "recipient", reviewed.reference, status=404)


def test_the_recipient_reads_what_was_promised(reviewed, person, browser_of):
    make_active(reviewed, cents=4_000_000)

    shown = page(browser_of(person()), "recipient", reviewed.reference)

    for said in ("CFLI-MX-2024-25-001", "40,000.00", "24,000.00", "Ana Roy", "Eva Díaz"):
        assert said in shown, said


def test_a_barred_person_gets_404_from_every_address(reviewed, person, browser_of):
    make_active(reviewed)
    ref = reviewed.reference
    for user in (make_officer("manager"), make_officer("head_of_mission"), person()):
        people.close_to(user, reviewed, by=None, at=SIGNED, reason="conflict")
        browser = browser_of(user)
        for name in FILE_PAGES:
            page(browser, name, ref, status=404)
            assert browser.post(address(name, ref), {}).status_code in {404, 405}
        for party in ("recipient", "canada"):
            page(browser, "signature", ref, party, status=404)
        assert browser.post(address("resume", ref)).status_code == 404
        page(browser, "recipient", ref, status=404)
        for kind in ("docx", "pdf"):
            page(browser, "download", ref, kind, status=404)
    for view in ("draft", "send", "sign", "all"):
        for role in ("manager", "head_of_mission"):
            shown = page(browser_of(make_officer(role)), "list", query=f"?view={view}")
            assert ref not in shown
            assert "CFLI-MX-2024-25-001" not in shown


def test_a_restricted_file_goes_by_its_alias_in_lists_and_its_people_read_it(
    reviewed, person, browser_of
):
    make_active(reviewed)
    Application.objects.filter(pk=reviewed.pk).update(sensitivity="restricted", alias="Colibrí 7")

    shown = page(browser_of(make_officer("manager")), "list", query="?view=all")
    assert "Colibrí 7" in shown
    assert "Tejedoras" not in shown
    page(browser_of(make_officer("manager")), "file", reviewed.reference)
    page(browser_of(person()), "recipient", reviewed.reference)
    page(browser_of(make_officer("auditor")), "text", reviewed.reference)


def test_strangers_and_reviewers_have_no_desk_of_agreements(reviewed, person, browser_of):
    make_active(reviewed)
    for user in (person(), person("x@example.org"), make_officer("reviewer")):
        browser = browser_of(user)
        page(browser, "list", status=403)
        for name in FILE_PAGES:
            page(browser, name, reviewed.reference, status=404)


@pytest.mark.parametrize("role", ["finance", "headquarters", "auditor"])
def test_readers_act_on_nothing(reviewed, browser_of, role):
    agreement = make_draft_agreement(reviewed)
    browser, ref = browser_of(make_officer(role)), reviewed.reference
    page(browser, "file", ref)
    day = {**boxes("starts_on", STARTS), **boxes("activities_end_on", date(2025, 1, 31))}

    assert browser.post(address("revise", ref), {**day, "conditions": ""}).status_code == 403
    assert browser.post(address("send", ref), {"checked": "on"}).status_code == 403
    for name in ("amend", "suspend", "terminate"):
        assert browser.post(address(name, ref), {"reason": "No"}).status_code == 403
    agreement.refresh_from_db()
    assert agreement.status == "draft"


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_every_page_opens_in_three_languages(reviewed, person, browser_of, lang):
    decision = make_confirmed(reviewed)
    ref = reviewed.reference
    coordinator = browser_of(make_officer("coordinator"))
    head = browser_of(make_officer("head_of_mission"))
    page(coordinator, "file", ref, lang=lang)
    agreement = actions.draft(
        decision, by=make_officer("coordinator"), at=DRAFTED, starts_on=STARTS
    )
    for name in ("file", "text", "revise", "send"):
        page(coordinator, name, ref, lang=lang)
    actions.send(agreement, by=make_officer("coordinator"), at=SENT)
    page(coordinator, "signature", ref, "recipient", lang=lang)
    for name in ("amend", "suspend", "terminate"):
        page(head, name, ref, lang=lang)
    page(head, "signature", ref, "canada", lang=lang)
    page(browser_of(person()), "recipient", ref, lang=lang)
    for view in ("draft", "send", "sign", "all"):
        page(coordinator, "list", query=f"?view={view}", lang=lang)


def count(browser, query):
    with CaptureQueriesContext(connection) as asked:
        page(browser, "list", query=query)
    return len(asked)


@pytest.mark.usefixtures("asked_before")
def test_lists_ask_as_many_questions_for_thirty_files_as_for_three(call, person, browser_of):
    browser = browser_of(make_officer("coordinator"))
    views = ("?view=draft", "?view=send", "?view=all")
    files = []

    def grow(total):
        while len(files) < total:
            name = f"g{len(files)}"
            file = make_ready(call, person(f"{name}@example.org"), name=name, legal_name=name)
            files.append(file)
            decision = make_confirmed(file, cents=500_000)
            if len(files) % 2:
                actions.draft(
                    decision, by=make_officer("coordinator"), at=DRAFTED, starts_on=STARTS
                )

    grow(3)
    few = [count(browser, view) for view in views]
    grow(30)
    assert [count(browser, view) for view in views] == few
    assert max(few) <= 10


def test_only_those_who_draft_see_the_pages_that_change_a_draft(reviewed, browser_of):
    make_draft_agreement(reviewed)
    for role in ("finance", "auditor", "head_of_mission"):
        for name in ("revise", "send"):
            page(browser_of(make_officer(role)), name, reviewed.reference, status=403)


def test_a_refusal_stands_at_its_box(reviewed, browser_of):
    make_sent(reviewed)
    signed = {"name": "Eva Díaz", "title": "Representante", **DAY, "signed_on_year": "2023"}

    answer = browser_of(make_officer("coordinator")).post(
        address("signature", reviewed.reference, "recipient"), signed
    )

    assert answer.status_code == 422
    assert 'href="#id_signed_on' in answer.content.decode()
    assert 'value="Eva Díaz"' in answer.content.decode()


def test_each_act_says_that_it_was_done(reviewed, browser_of):
    make_sent(reviewed)
    ref = reviewed.reference
    coordinator, head = (
        browser_of(make_officer(role)) for role in ("coordinator", "head_of_mission")
    )
    signed = {"name": "Eva Díaz", "title": "Representante", **DAY}
    acts = (
        (coordinator, ("signature", ref, "recipient"), signed, "has still to sign"),
        (head, ("signature", ref, "canada"), signed, "the agreement is in force"),
        (head, ("suspend", ref), {"reason": "Falta un informe."}, "is suspended"),
        (head, ("resume", ref), {}, "is active again"),
        (head, ("terminate", ref), {"reason": "De común acuerdo."}, "has ended"),
    )
    for browser, where, given, said in acts:
        shown = browser.post(address(*where), given, follow=True).content.decode()
        assert said in shown
