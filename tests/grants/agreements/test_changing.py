"""Agreements in force: amended, suspended, ended early; and what the recipient hears."""

from datetime import date

import pytest
from django.core.exceptions import PermissionDenied

from monarca.engines.states import MoveRefused
from monarca.grants.agreements import actions, queries
from monarca.grants.agreements.models import Agreement
from monarca.ground.envelopes import actions as envelopes
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.actions import EnvelopeIsSpent
from monarca.ground.journal import queries as journal
from monarca.ground.letters.models import Letter
from tests.world_agreements import (
    SIGNED,
    left,
    make_active,
    make_draft_agreement,
    make_sent,
)
from tests.world_decisions import shrink_envelope
from tests.world_screening import make_officer

LATER = SIGNED.replace(month=10)
MARCH = date(2025, 3, 31)


def pay(agreement, cents):
    """What the payments room will deposit."""
    envelopes.deposit(
        agreement.envelope,
        "paid",
        cents,
        subject=agreement,
        by=make_officer("finance"),
        at=LATER,
        file=agreement.application,
    )


def amend(agreement, cents, ends_on=MARCH, reason="Se acordó por escrito."):
    return actions.amend(
        agreement,
        by=make_officer("head_of_mission"),
        at=LATER,
        amount_cents=cents,
        ends_on=ends_on,
        reason=reason,
    )


def test_more_money_is_committed_and_less_is_released(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    before = left(agreement)

    more = amend(agreement, 4_500_000)
    assert (more.sequence, before - left(agreement)) == (1, 500_000)
    assert [part.cents for part in queries.instalments_of(agreement)] == [2_400_000, 2_100_000]

    less = amend(agreement, 2_000_000, ends_on=date(2025, 1, 31))
    assert (less.sequence, left(agreement) - before) == (2, 2_000_000)
    assert [part.cents for part in queries.instalments_of(agreement)] == [2_000_000]
    assert (agreement.amount_cents, agreement.ends_on, agreement.activities_end_on) == (
        2_000_000,
        date(2025, 1, 31),
        date(2025, 1, 31),
    )
    assert queries.committed_cents(agreement) == 2_000_000


def test_an_amendment_does_not_promise_what_the_envelope_has_not(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    shrink_envelope(reviewed.call, 4_100_000)

    with pytest.raises(EnvelopeIsSpent):
        amend(agreement, 4_100_001)
    agreement.refresh_from_db()
    assert (agreement.amount_cents, queries.amendments_of(agreement).count()) == (4_000_000, 1)


def test_an_amendment_never_goes_below_what_was_paid(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    pay(agreement, 2_400_000)

    with pytest.raises(actions.BelowWhatWasPaid) as refusal:
        amend(agreement, 2_399_999)
    assert refusal.value.values == {"asked_cents": 2_399_999, "paid_cents": 2_400_000}
    assert amend(agreement, 2_400_000).amount_cents == 2_400_000


@pytest.mark.parametrize("cents", [0, -1])
def test_an_amendment_leaves_something(reviewed, cents):
    with pytest.raises(actions.BelowWhatWasPaid):
        amend(make_active(reviewed), cents)


def test_more_money_after_all_was_paid_is_a_part_of_its_own(reviewed):
    """The part that was paid keeps its amount, and what is more can still be asked for."""
    agreement = make_active(reviewed)
    before = [part.cents for part in queries.instalments_of(agreement)]
    pay(agreement, 4_000_000)

    amend(agreement, 4_100_000)

    parts = queries.instalments_of(agreement)
    assert [part.cents for part in parts] == [*before, 100_000]
    assert [part.number for part in parts] == list(range(1, len(before) + 2))


def test_nobody_amends_alone_what_the_committee_could_not_approve(reviewed):
    """The head of mission amends without a second person, so the call's own limit holds."""
    agreement = make_active(reviewed)
    most = reviewed.call.max_cents

    with pytest.raises(actions.AboveTheCall) as refusal:
        amend(agreement, most + 1)
    assert refusal.value.reason.values["most_cents"] == most
    assert Agreement.objects.get(pk=agreement.pk).amount_cents == 4_000_000


def test_an_amendment_says_why_and_changes_something(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    with pytest.raises(actions.NothingChanges):
        amend(agreement, 4_000_000)
    with pytest.raises(actions.WhyIsNeeded):
        amend(agreement, 3_000_000, reason="  ")
    with pytest.raises(actions.DatesOutOfOrder):
        amend(agreement, 3_000_000, ends_on=date(2024, 9, 1))


def test_a_suspended_agreement_is_not_amended_until_it_is_resumed(reviewed):
    agreement, head = make_active(reviewed), make_officer("head_of_mission")
    with pytest.raises(actions.WhyIsNeeded):
        actions.suspend(agreement, by=head, at=LATER, reason=" ")

    actions.suspend(agreement, by=head, at=LATER, reason="Falta un informe.")
    assert (agreement.status, agreement.note) == ("suspended", "Falta un informe.")
    with pytest.raises(MoveRefused):
        amend(agreement, 1_000_000)

    actions.resume(agreement, by=head, at=LATER)
    assert (agreement.status, agreement.note) == ("active", "")


def test_ending_early_gives_back_what_was_not_paid(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    total = ledger.balance(agreement.envelope).total_cents
    pay(agreement, 2_400_000)

    actions.terminate(
        agreement, by=make_officer("head_of_mission"), at=LATER, reason="De común acuerdo."
    )

    assert (agreement.status, agreement.terminated_on) == ("terminated", date(2024, 10, 5))
    assert left(agreement) == total - 2_400_000
    assert queries.committed_cents(agreement) == 2_400_000


@pytest.mark.parametrize("make", [make_draft_agreement, make_sent])
def test_one_that_was_never_signed_gives_back_the_reservation(reviewed, make):
    agreement = make(reviewed, cents=4_000_000)

    actions.terminate(
        agreement, by=make_officer("head_of_mission"), at=LATER, reason="No la firmaron."
    )

    balance = ledger.balance(agreement.envelope)
    assert balance.left_cents == balance.total_cents


@pytest.mark.parametrize("act", [actions.suspend, actions.terminate])
def test_only_the_head_of_mission_suspends_and_ends(reviewed, act):
    agreement = make_active(reviewed)
    for role in ("manager", "coordinator", "finance"):
        with pytest.raises(PermissionDenied):
            act(agreement, by=make_officer(role), at=LATER, reason="Porque sí.")


def test_the_journal_tells_every_act_without_anybody_s_words(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    amend(agreement, 3_000_000, reason="Palabras de la enmienda")

    story = list(journal.story_of(reviewed).values_list("verb", "data"))
    verbs = [verb for verb, _ in story if verb.startswith("agreement.")]
    assert verbs == [
        "agreement.drafted",
        "agreement.sent",
        "agreement.signed",
        "agreement.signed",
        "agreement.active",
        "agreement.amended",
    ]
    assert "Palabras" not in str(story)
    assert "Eva" not in str(story)


def halt(agreement):
    head = make_officer("head_of_mission")
    actions.suspend(agreement, by=head, at=LATER, reason="Palabras del equipo")


def go_on(agreement):
    actions.resume(agreement, by=make_officer("head_of_mission"), at=LATER)


def end(agreement):
    head = make_officer("head_of_mission")
    actions.terminate(agreement, by=head, at=LATER, reason="Palabras del equipo")


@pytest.mark.parametrize(
    ("act", "subject"),
    [
        (lambda agreement: amend(agreement, 3_000_000), "se modificó"),
        (halt, "está suspendido"),
        (lambda agreement: (halt(agreement), go_on(agreement)), "continúa"),
        (end, "terminó antes de tiempo"),
    ],
)
def test_the_recipient_hears_what_changes(reviewed, act, subject):
    agreement = make_active(reviewed, cents=4_000_000)
    act(agreement)

    letter = Letter.objects.latest("pk")
    assert letter.subject == f"El acuerdo {agreement.number} {subject}"
    assert f"/es/applications/{reviewed.reference}/agreement/" in letter.body
    assert "Palabras del equipo" not in letter.body


def test_an_amendment_is_told_with_its_amount_and_its_last_day(reviewed):
    agreement = make_active(reviewed, cents=4_000_000)
    amend(agreement, 3_000_000, ends_on=date(2025, 1, 31))

    body = Letter.objects.latest("pk").body
    assert "30,000.00 CAD" in body
    assert "31 de enero de 2025" in body


def test_of_an_agreement_that_was_never_sent_nobody_hears(reviewed):
    agreement = make_draft_agreement(reviewed)
    before = Letter.objects.count()
    end(agreement)
    assert Letter.objects.count() == before
