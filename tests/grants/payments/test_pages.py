"""The pages of money: a list a step, one payment, one file's account, a recipient's statement."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.payments import actions, queries
from monarca.grants.payments.models import PaymentRequest
from monarca.ground.people import actions as people
from tests import world_payments as pay
from tests import world_reports as make
from tests.world import make_submitted
from tests.world_reports import JULY


@pytest.fixture(autouse=True)
def _july(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: JULY)


def signed_in(user):
    client = Client()
    client.force_login(user)
    return client


def address(name, *parts, lang="en", room="payments"):
    with override(lang):
        return reverse(f"{room}:{name}", args=parts)


def of(agreement, name="part", number=1, **more):
    return address(name, agreement.application.reference, number, **more)


DAY = {"paid_on_day": "1", "paid_on_month": "7", "paid_on_year": "2024"}


def test_one_instalment_walks_through_four_desks_without_a_script(agreement):
    who = {role: signed_in(user) for role, user in pay.team(agreement).items()}
    steps = (
        ("coordinator", "request", "request", {}),
        ("manager", "certify", "certify", {}),
        ("finance", "release", "release", {}),
        ("finance", "record", "record", DAY),
    )
    for role, view, name, data in steps:
        listed = who[role].get(address("list") + f"?view={view}").content.decode()
        assert agreement.number in listed
        page = who[role].get(of(agreement)).content.decode()
        assert of(agreement, name) in page
        assert who[role].post(of(agreement, name), data).url == of(agreement)
    page = who["finance"].get(of(agreement)).content.decode()
    assert "Bank of Canada" in page
    assert agreement.number in who["finance"].get(address("list") + "?view=paid").content.decode()


def test_the_page_says_why_it_is_another_persons_turn(agreement, mexico):
    request = pay.make_request(agreement)
    approver = signed_in(agreement.decision.settled_by)
    page = approver.get(of(agreement)).content.decode()
    assert "another manager certifies" in page
    assert of(agreement, "certify") not in page
    assert approver.post(of(agreement, "certify")).status_code == 403

    alone = pay.team(agreement)["manager"]
    people.give_role(alone, by=None, at=JULY - timedelta(days=9), mission=mexico, role="finance")
    actions.certify(request, by=alone, at=JULY)
    page = signed_in(alone).get(of(agreement)).content.decode()
    assert "another finance officer releases" in page
    assert signed_in(alone).post(of(agreement, "release")).status_code == 403


def test_what_stands_in_the_way_is_said_before_anybody_asks(agreement):
    page = (
        signed_in(pay.team(agreement)["coordinator"]).get(of(agreement, number=2)).content.decode()
    )

    assert "It cannot be paid now" in page
    assert of(agreement, "request", 2) not in page


def test_asking_for_what_cannot_be_paid_gets_a_kind_page(agreement):
    browser = signed_in(pay.team(agreement)["coordinator"])

    assert browser.post(of(agreement, "request", 2)).status_code == 409
    assert browser.post(of(agreement, "certify")).status_code == 404


def test_a_wrong_day_is_kept_and_said_at_the_field(agreement):
    pay.make_released(agreement)
    browser = signed_in(pay.team(agreement)["finance"])
    answer = browser.post(of(agreement, "record"), {**DAY, "paid_on_day": "44"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert "<title>Error:" in html
    assert 'value="44"' in html
    late = browser.post(of(agreement, "record"), {**DAY, "paid_on_day": "2"})
    assert late.status_code == 422
    assert PaymentRequest.objects.get().status == "released"


def test_a_second_click_pays_nothing_twice(agreement):
    pay.make_released(agreement)
    browser = signed_in(pay.team(agreement)["finance"])
    browser.post(of(agreement, "record"), DAY)

    assert browser.post(of(agreement, "record"), DAY).status_code == 409


def test_refusing_and_cancelling_need_words(agreement):
    pay.make_request(agreement)
    browser = signed_in(pay.team(agreement)["manager"])
    assert browser.post(of(agreement, "refuse"), {"words": ""}).status_code == 422
    browser.post(of(agreement, "refuse"), {"words": "Falta una firma."})
    assert "Falta una firma." in browser.get(of(agreement)).content.decode()

    assert browser.post(of(agreement, "cancel", 2), {"words": ""}).status_code == 422
    browser.post(of(agreement, "cancel", 2), {"words": "Costó menos."})
    assert "Costó menos." in browser.get(of(agreement, number=2)).content.decode()


def test_the_file_page_shows_account_and_ledger_and_takes_money_back(agreement):
    payment = pay.make_paid(agreement)
    browser = signed_in(pay.team(agreement)["finance"])
    where = address("file", agreement.application.reference)
    html = browser.get(where).content.decode()
    assert "27,000.00 CAD" in html
    assert f"{payment.local_cents // 100:,}" in html
    assert "Promised and not paid" in html
    assert "18,000.00 CAD" in html

    back = address("recover", agreement.application.reference)
    day = {f"received_on_{key[8:]}": value for key, value in DAY.items()}
    assert browser.post(back, {"cents": "mucho", "reason": "unspent", **day}).status_code == 422
    assert browser.post(back, {"cents": "99,999", "reason": "unspent", **day}).status_code == 422
    assert browser.post(back, {"cents": "1,000.50", "reason": "unspent", **day}).url == where
    assert queries.recovered_cents(agreement) == 100_050


def test_closing_too_early_is_answered_kindly(agreement):
    manager = signed_in(pay.team(agreement)["manager"])

    assert manager.post(address("close", agreement.application.reference)).status_code == 409


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_a_recipient_reads_the_statement_in_three_languages(agreement, lupita, lang):
    pay.make_paid(agreement)
    html = (
        signed_in(lupita)
        .get(address("mine", agreement.application.reference, lang=lang))
        .content.decode()
    )

    amount = {"es": "27,000.00", "en": "27,000.00", "fr": "27\u00a0000,00"}[lang]
    assert amount in html
    assert "MXN" in html
    assert "Bank of Canada" in html


def test_a_recipient_does_not_reach_the_desk(agreement, lupita):
    pay.make_paid(agreement)
    browser = signed_in(lupita)

    assert browser.get(of(agreement)).status_code == 404
    assert browser.get(address("file", agreement.application.reference)).status_code == 404
    for name in ("request", "certify", "release", "record", "refuse", "cancel"):
        assert browser.post(of(agreement, name)).status_code == 404


def test_a_barred_person_finds_nothing_at_any_address(agreement, lupita, staff):
    pay.make_request(agreement)
    ref = agreement.application.reference
    everybody = [lupita, staff("auditor"), staff("headquarters"), *pay.team(agreement).values()]
    for user in everybody:
        people.close_to(
            user, agreement.application, by=None, at=JULY - timedelta(days=1), reason="conflict"
        )
        browser = signed_in(user)
        pages = [of(agreement), address("file", ref), address("mine", ref)]
        assert {browser.get(each).status_code for each in pages} == {404}
        posts = [
            of(agreement, name)
            for name in ("request", "certify", "release", "record", "refuse", "cancel")
        ]
        posts += [address("recover", ref), address("close", ref)]
        assert {browser.post(each).status_code for each in posts} == {404}
        for view in ("request", "certify", "release", "record", "paid"):
            assert (
                agreement.number
                not in browser.get(address("list") + f"?view={view}").content.decode()
            )


def test_nobody_signed_out_reads_anything(agreement):
    ref = agreement.application.reference
    for each in (of(agreement), address("file", ref), address("mine", ref), address("list")):
        assert Client().get(each).status_code == 302


def test_an_auditor_reads_and_writes_nothing(agreement, staff):
    pay.make_request(agreement)
    browser = signed_in(staff("auditor"))

    assert browser.get(of(agreement)).status_code == 200
    for name in ("certify", "release"):
        assert browser.post(of(agreement, name)).status_code == 403


@pytest.mark.parametrize("view", ["request", "certify", "paid"])
@pytest.mark.usefixtures("asked_before")
def test_a_list_costs_the_same_for_one_agreement_and_for_five(call, person, mexico, view):
    counts = []
    for many in range(5):
        file = make_submitted(call, person(f"grupo{many}@example.org"), name=f"Grupo {many} A.C.")
        agreement = make.make_agreement(file, number=f"CFLI-MX-2024-25-{many:03}")
        if view != "request":
            (pay.make_request if view == "certify" else pay.make_paid)(agreement)
        if many in {0, 4}:
            browser = signed_in(pay.team(agreement)["manager"])
            browser.get(address("list"))
            with CaptureQueriesContext(connection) as seen:
                html = browser.get(address("list") + f"?view={view}").content.decode()
            assert agreement.number in html
            counts.append(len(seen))

    assert counts[0] == counts[1]
    assert counts[0] <= 14


def test_closing_asks_first_and_only_a_manager(agreement, lupita, staff):
    finance, manager = (signed_in(pay.team(agreement)[role]) for role in ("finance", "manager"))
    where = address("close", agreement.application.reference)

    assert finance.get(where).status_code == 403
    early = manager.get(where).content.decode()
    assert "Before it can be closed" in early
    assert ">Close it<" not in early


def test_the_file_closes_from_its_page(agreement, lupita, staff):
    pay.make_paid(agreement)
    manager = pay.team(agreement)["manager"]
    actions.cancel(agreement.instalments.get(number=2), by=manager, at=JULY, words="Costó menos.")
    report = make.make_accepted(agreement, lupita, staff("coordinator"), rows=[make.row(1)])
    owed = queries.statement_of(agreement).owed_cents
    finance = pay.team(agreement)["finance"]
    day = report.closed_at.date()
    give = {"cents": owed, "reason": "unspent", "received_on": day}
    actions.recover(agreement, by=finance, at=make.MARCH, **give)
    browser, where = signed_in(manager), address("close", agreement.application.reference)

    assert ">Close it<" in browser.get(where).content.decode()
    assert browser.post(where).url == address("file", agreement.application.reference)
    assert queries.closure_of(agreement).released_cents == 1_800_000


def test_people_who_serve_no_mission_have_no_desk_of_payments(agreement, lupita, person):
    for user in (lupita, person("x@example.org")):
        assert signed_in(user).get(address("list")).status_code == 403


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
@pytest.mark.parametrize("maker", [pay.make_request, pay.make_certified, pay.make_released])
def test_every_step_opens_in_three_languages(agreement, lang, maker):
    maker(agreement)
    ref = agreement.application.reference
    for role, user in pay.team(agreement).items():
        browser = signed_in(user)
        for where in (
            of(agreement, lang=lang),
            address("file", ref, lang=lang),
            *(address("list", lang=lang) + f"?view={view}" for view in ("request", "certify")),
        ):
            answer = browser.get(where)
            assert answer.status_code == 200, (role, where)
            assert f'<html lang="{lang}-' in answer.content.decode()


def test_a_wrong_day_of_arrival_is_said_at_its_box(agreement):
    pay.make_paid(agreement)
    browser = signed_in(pay.team(agreement)["finance"])
    day = {"received_on_day": "2", "received_on_month": "7", "received_on_year": "2024"}
    answer = browser.post(
        address("recover", agreement.application.reference),
        {"cents": "1.00", "reason": "unspent", **day},
    )

    assert answer.status_code == 422
    assert 'href="#id_received_on' in answer.content.decode()
    assert queries.recovered_cents(agreement) == 0
