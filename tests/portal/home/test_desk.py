"""The desk: what waits for each role of the later rooms, counted at once."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.agreements import actions
from monarca.portal.home import queries
from tests import world_payments as pay
from tests import world_reports as make
from tests.world import make_submitted
from tests.world_agreements import DRAFTED, STARTS, make_draft_agreement, make_sent
from tests.world_decisions import make_confirmed, make_ready
from tests.world_screening import make_officer


@pytest.fixture(autouse=True)
def _july(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: make.JULY)


def waits(user, at=make.JULY):
    return {str(line.title): line.count for line in queries.waiting(user, at=at) if line.count}


def test_an_agreement_moves_from_inbox_to_inbox(call, person):
    file = make_ready(call, person())
    decision = make_confirmed(file, cents=4_000_000)
    coordinator, head = make_officer("coordinator"), make_officer("head_of_mission")
    with override("en"):
        assert waits(coordinator, DRAFTED) == {"To draft": 1}

        agreement = actions.draft(decision, by=coordinator, at=DRAFTED, starts_on=STARTS)
        assert waits(make_officer("coordinator"), DRAFTED) == {"To send": 1}
        actions.send(agreement, by=coordinator, at=DRAFTED)
        assert waits(head, DRAFTED) == {"To sign": 1}


def test_a_report_and_a_payment_wait_for_those_who_answer(call, person):
    lupita = person()
    agreement = make.make_agreement(make_submitted(call, lupita))
    team = pay.team(agreement)
    with override("en"):
        assert waits(team["coordinator"])["Payments to request"] == 1
        pay.make_request(agreement)
        assert waits(pay.team(agreement)["manager"])["Payments to certify"] == 1
        assert "Payments to request" not in waits(pay.team(agreement)["coordinator"])

        make.make_submitted(agreement, lupita)
        assert waits(pay.team(agreement)["coordinator"], make.MARCH)["Reports to read"] == 1


def desk_of(user):
    client = Client()
    client.force_login(user)
    with override("en"):
        return client, reverse("home:desk")


@pytest.mark.usefixtures("asked_before")
def test_the_desk_costs_as_many_questions_for_twelve_agreements_as_for_two(call, person):
    counts = []
    for many in range(12):
        file = make_submitted(call, person(f"g{many}@example.org"), name=f"Grupo {many} A.C.")
        agreement = make.make_agreement(file, number=f"CFLI-MX-2024-25-{many:03}")
        pay.make_request(agreement)
        if many in {1, 11}:
            browser, where = desk_of(pay.team(agreement)["manager"])
            browser.get(where)  # what is kept for a minute is asked once
            with CaptureQueriesContext(connection) as asked:
                html = browser.get(where).content.decode()
            assert "Payments to certify" in html
            counts.append(len(asked))

    assert counts[0] == counts[1] <= 10


def test_the_desk_says_nothing_of_what_one_may_not_see(call, person):
    make_sent(make_ready(call, person()))
    make_draft_agreement(make_ready(call, person("b@example.org"), name="b", legal_name="B A.C."))

    with override("en"):
        assert waits(make_officer("reviewer")) == {}
        assert waits(person("x@example.org")) == {}
