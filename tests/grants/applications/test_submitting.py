"""Submitting: one transaction, the server's clock, a receipt, nothing lost."""

from datetime import timedelta

import pytest
from django.test.client import FakePayload
from django.urls import reverse

from monarca.engines import sealing
from monarca.grants.applications import actions, queries
from monarca.grants.applications.states import Status
from monarca.ground.journal.models import Entry
from tests.conftest import NOON


def test_a_complete_draft_is_submitted_with_a_receipt(draft, person):
    made = actions.submit(draft, by=person(), at=NOON)

    assert (draft.status, draft.submitted_at) == (Status.SUBMITTED, NOON)
    assert made.sha256 == sealing.sha256(made.content)
    assert Entry.objects.get(verb="application.submitted").data["sha256"] == made.sha256


def test_one_second_before_closing_is_in_time_and_closing_is_not(draft, person):
    closing = draft.call.closes_at

    with pytest.raises(actions.CallIsClosed):
        actions.submit(draft, by=person(), at=closing)
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT

    actions.submit(draft, by=person(), at=closing - timedelta(seconds=1))
    assert draft.status == Status.SUBMITTED


def test_a_draft_without_its_gba_answers_is_not_ready(draft, person):
    actions.save_answers(draft, {"gba_harm": None}, by=person(), at=NOON)

    with pytest.raises(actions.NotReady):
        actions.submit(draft, by=person(), at=NOON)


def test_what_was_typed_before_stays_as_a_revision(draft, person):
    before = queries.answers_of(draft)["context"]
    actions.save_answers(draft, {"context": "Otra cosa"}, by=person(), at=NOON)

    answer = draft.answers.get(question="context")
    assert (answer.value, answer.revision) == ("Otra cosa", 2)
    assert answer.revisions.get().value == before


def test_an_answer_that_makes_no_sense_is_still_saved(draft, person):
    actions.save_answers(draft, {"requested": {"raw": "mucho"}}, by=person(), at=NOON)

    assert queries.answers_of(draft)["requested"] == {"raw": "mucho"}
    assert draft.requested_cents is None


def test_a_group_at_risk_is_restricted_as_soon_as_it_says_so(draft, person):
    actions.save_answers(draft, {"registered": "at_risk"}, by=person(), at=NOON)

    assert draft.sensitivity == "restricted"
    assert draft.shown_title == draft.reference


class Trickle(FakePayload):
    """A body whose bytes come after `arrives`: reading it moves the clock."""

    def __init__(self, body, clock, arrives):
        super().__init__(body)
        self.clock, self.arrives = clock, arrives

    def read(self, *given):
        self.clock.at = self.arrives
        return super().read(*given)


def test_a_form_that_began_in_time_and_ended_after_closing_is_late(draft, lupita, clock):
    closing = draft.call.closes_at
    clock.at = closing - timedelta(seconds=1)
    body, form = b"accept=yes", "application/x-www-form-urlencoded"
    slow = Trickle(body, clock, closing + timedelta(hours=2))
    here = reverse("applications:submit", args=[draft.reference])

    page = lupita.generic("POST", here, body, form, **{"wsgi.input": slow})

    assert page.status_code == 409
    draft.refresh_from_db()
    assert draft.status == Status.DRAFT
