"""Paying: one step a person, never more than agreed, never out of the year, every rate dated."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied

from monarca.engines.states import MoveRefused
from monarca.grants.agreements import actions as ending
from monarca.grants.agreements.models import Agreement, Instalment
from monarca.grants.agreements.queries import instalments_of
from monarca.grants.payments import actions, queries
from monarca.grants.payments.models import Payment, PaymentRequest
from monarca.grants.payments.states import MOVES, Status
from monarca.grants.reports import actions as reports
from monarca.ground.envelopes import actions as promising
from monarca.ground.envelopes import queries as ledger
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions as people
from monarca.ground.rates import actions as rates
from monarca.ground.rates import queries as dated
from monarca.ground.rates.models import Rate
from tests import world_payments as pay
from tests import world_reports as make
from tests.world_reports import JULY, MARCH


def part(agreement, number=1):
    return instalments_of(agreement).get(number=number)


def status(agreement, value):
    Agreement.objects.filter(pk=agreement.pk).update(status=value)
    agreement.refresh_from_db()


def test_four_people_pay_one_instalment(agreement):
    payment = pay.make_paid(agreement)

    rate = dated.on(JULY.date(), "MXN")
    assert payment.cents == 2_700_000
    assert payment.rate == rate
    assert payment.local_cents == round(Decimal(2_700_000) / rate.cad)
    assert ledger.of_file(agreement.application)["paid"] == 2_700_000
    verbs = (
        Entry.objects.filter(verb__startswith="payment.")
        .order_by("pk")
        .values_list("verb", flat=True)
    )
    assert list(verbs) == [
        "payment.requested",
        "payment.certified",
        "payment.released",
        "payment.paid",
    ]


def test_the_letter_says_both_currencies(agreement):
    payment = pay.make_paid(agreement)
    letter = Letter.objects.get(key="payment.released")

    assert "27,000.00 CAD" in letter.body
    assert f"{payment.local_cents // 100:,}" in letter.body
    assert "MXN" in letter.body


def test_the_advance_waits_for_nothing_but_the_signature_and_the_rest_for_its_report(
    agreement, lupita, coordinator
):
    pay.make_request(agreement)
    with pytest.raises(actions.NotPayable) as no:
        pay.make_request(agreement, number=2, at=MARCH)
    assert no.value.reason.code == "ConditionNotMet"

    report = make.make_submitted(agreement, lupita)
    with pytest.raises(actions.NotPayable):
        pay.make_request(agreement, number=2, at=MARCH)
    reports.accept(report, by=coordinator, at=MARCH)
    assert pay.make_request(agreement, number=2, at=MARCH).status == "requested"


def test_a_second_interim_instalment_needs_a_second_interim_report(submitted, lupita, coordinator):
    parts = tuple(("report:interim", 1_000_000, date(2024, month, 1)) for month in (10, 12))
    agreement = make.make_agreement(submitted, parts=parts)
    make.make_accepted(agreement, lupita, coordinator, kind="interim", rows=[make.row(100)])

    assert queries.hindrance(part(agreement, 1), at=MARCH) is None
    assert queries.hindrance(part(agreement, 2), at=MARCH).code == "ConditionNotMet"
    manager = pay.team(agreement)["manager"]
    assert [each.number for each in queries.to_request(manager, at=MARCH)] == [1]


@pytest.mark.parametrize("value", ["draft", "sent", "suspended"])
def test_nothing_is_paid_while_the_agreement_is_not_active(agreement, value):
    released = pay.make_certified(agreement)
    status(agreement, value)

    with pytest.raises(actions.NotPayable):
        pay.make_request(make_again(agreement))
    with pytest.raises(actions.NotPayable) as no:
        actions.release(released, by=pay.team(agreement)["finance"], at=JULY)
    assert no.value.reason.code == "AgreementNotInForce"


def make_again(agreement):
    """Refuse what is on its way, so that it may be asked for again."""
    manager = pay.team(agreement)["manager"]
    live = queries.live_of(part(agreement))
    actions.refuse(live, by=manager, at=JULY, words="Otra vez.")
    return agreement


def test_nothing_is_paid_while_a_report_is_overdue(agreement):
    make.make_report(
        agreement, kind="interim", due_on=date(2024, 10, 1), until_on=date(2024, 9, 30)
    )
    on_time = datetime(2024, 10, 2, 5, 59, tzinfo=UTC)

    assert queries.hindrance(part(agreement), at=on_time) is None
    late = on_time + timedelta(minutes=1)
    assert queries.hindrance(part(agreement), at=late).code == "ReportIsOverdue"
    with pytest.raises(actions.NotPayable):
        pay.make_request(agreement, at=late)


def test_an_overdue_report_of_another_agreement_stops_payments_too(agreement, call, person):
    report = make.make_report(
        agreement, kind="interim", due_on=date(2024, 10, 1), until_on=date(2024, 9, 30)
    )
    late = datetime(2024, 10, 3, 18, 0, tzinfo=UTC)
    reports.note_overdue(report, by=None, at=late)
    reports.save_story(report, by=person(), at=late, narrative={})
    type(report).objects.filter(pk=report.pk).update(status="accepted", submitted_at=late)

    assert queries.hindrance(part(agreement), at=late).code == "ReportIsOverdue", (
        "the note was not lifted"
    )


def test_the_last_day_of_the_fiscal_year_counts_and_the_next_does_not(agreement):
    last_minute = datetime(2025, 4, 1, 5, 59, tzinfo=UTC)

    assert queries.hindrance(part(agreement), at=last_minute) is None
    assert (
        queries.hindrance(part(agreement), at=last_minute + timedelta(minutes=1)).code
        == "YearIsClosed"
    )


def test_a_payment_is_not_dated_after_the_year_before_its_release_or_tomorrow(agreement):
    released = pay.make_released(agreement)
    finance = pay.team(agreement)["finance"]
    april = datetime(2025, 4, 3, 18, 0, tzinfo=UTC)
    for at, day in ((JULY, date(2024, 7, 2)), (JULY, date(2024, 6, 30)), (april, date(2025, 4, 1))):
        with pytest.raises(actions.PaidOutOfReason):
            actions.record_paid(released, by=finance, at=at, paid_on=day)

    paid = actions.record_paid(released, by=finance, at=april, paid_on=date(2025, 3, 31))
    assert paid.paid_on == date(2025, 3, 31)


def test_one_live_request_an_instalment_and_a_new_one_after_a_refusal(agreement):
    first = pay.make_request(agreement)
    with pytest.raises(actions.AlreadyAsked):
        pay.make_request(agreement)
    with pytest.raises(actions.WordsNeeded):
        actions.refuse(first, by=pay.team(agreement)["manager"], at=JULY, words=" ")

    second = pay.make_request(make_again(agreement))
    assert second.pk != first.pk
    assert PaymentRequest.objects.count() == 2


def test_whoever_approved_the_project_does_not_certify_its_payment(agreement):
    request = pay.make_request(agreement)
    approver = agreement.decision.settled_by
    assert not queries.to_certify(approver, at=JULY).exists()

    with pytest.raises(PermissionDenied):
        actions.certify(request, by=approver, at=JULY)


def test_one_person_with_every_role_still_needs_a_second(agreement, mexico):
    request = pay.make_request(agreement)
    alone = pay.team(agreement)["manager"]
    people.give_role(
        alone, by=None, at=make.JULY - timedelta(days=9), mission=mexico, role="finance"
    )
    actions.certify(request, by=alone, at=JULY)

    assert not queries.to_release(alone, at=JULY).exists()
    with pytest.raises(PermissionDenied):
        actions.release(request, by=alone, at=JULY)


def test_a_stale_page_does_not_let_the_certifier_release(agreement, mexico):
    request = pay.make_request(agreement)
    stale = PaymentRequest.objects.get(pk=request.pk)
    alone = pay.team(agreement)["manager"]
    people.give_role(
        alone, by=None, at=make.JULY - timedelta(days=9), mission=mexico, role="finance"
    )
    actions.certify(request, by=alone, at=JULY)

    with pytest.raises(PermissionDenied):
        actions.release(stale, by=alone, at=JULY)


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        ("request", {"coordinator", "manager"}),
        ("certify", {"manager"}),
        ("release", {"finance"}),
        ("record_paid", {"finance"}),
        ("refuse", {"manager", "finance"}),
        ("cancel", {"manager"}),
        ("recover", {"finance"}),
        ("close", {"manager"}),
    ],
)
@pytest.mark.parametrize(
    "role",
    ["coordinator", "manager", "reviewer", "head_of_mission", "finance", "headquarters", "auditor"],
)
def test_each_step_belongs_to_its_role(agreement, staff, act, allowed, role):
    who = staff(role, f"{role}-2@example.org")
    calls = {
        "request": lambda: actions.request(part(agreement), by=who, at=JULY),
        "certify": lambda: actions.certify(pay.make_request(agreement), by=who, at=JULY),
        "release": lambda: actions.release(pay.make_certified(agreement), by=who, at=JULY),
        "record_paid": lambda: actions.record_paid(
            pay.make_released(agreement), by=who, at=JULY, paid_on=JULY.date()
        ),
        "refuse": lambda: actions.refuse(pay.make_request(agreement), by=who, at=JULY, words="No"),
        "cancel": lambda: actions.cancel(part(agreement), by=who, at=JULY, words="No"),
        "recover": lambda: recovered(agreement, who),
        "close": lambda: closed(agreement, who),
    }
    if role in allowed:
        calls[act]()
    else:
        with pytest.raises(PermissionDenied):
            calls[act]()


def recovered(agreement, who):
    pay.make_paid(agreement)
    return actions.recover(
        agreement, by=who, at=JULY, cents=1, reason="unspent", received_on=JULY.date()
    )


def closed(agreement, who):
    try:
        actions.close(agreement, by=who, at=JULY)
    except actions.CannotClose:
        return


@pytest.mark.parametrize("act", ["request", "certify", "release", "record_paid"])
def test_a_barred_person_pays_nothing(agreement, act):
    who = pay.team(agreement)
    made = {
        "request": lambda: part(agreement),
        "certify": lambda: pay.make_request(agreement),
        "release": lambda: pay.make_certified(agreement),
        "record_paid": lambda: pay.make_released(agreement),
    }[act]()
    for user in who.values():
        people.close_to(
            user, agreement.application, by=None, at=JULY - timedelta(days=1), reason="conflict"
        )
        more = {"paid_on": JULY.date()} if act == "record_paid" else {}
        assert not queries.visible_to(user, at=JULY).exists()
        with pytest.raises(PermissionDenied):
            getattr(actions, act)(made, by=user, at=JULY, **more)


def test_only_one_of_two_finance_officers_releases(agreement, staff):
    request = pay.make_certified(agreement)
    same = PaymentRequest.objects.get(pk=request.pk)
    actions.release(request, by=staff("finance", "uno@example.org"), at=JULY)

    with pytest.raises(MoveRefused):
        actions.release(same, by=staff("finance", "dos@example.org"), at=JULY)


def test_a_payment_is_recorded_once(agreement):
    request = pay.make_released(agreement)
    same = PaymentRequest.objects.get(pk=request.pk)
    finance = pay.team(agreement)["finance"]
    actions.record_paid(request, by=finance, at=JULY, paid_on=JULY.date())

    with pytest.raises(MoveRefused):
        actions.record_paid(same, by=finance, at=JULY, paid_on=JULY.date())
    assert Payment.objects.count() == 1
    assert ledger.of_file(agreement.application)["paid"] == 2_700_000


def test_an_old_rate_is_refused_and_a_rate_by_hand_with_its_source_serves(agreement):
    request = pay.make_released(agreement)
    finance = pay.team(agreement)["finance"]
    with rate_gap():
        with pytest.raises(dated.RateTooOld):
            actions.record_paid(request, by=finance, at=JULY, paid_on=JULY.date())
        assert PaymentRequest.objects.get().status == "released"

        rates.enter(
            "MXN", Decimal("0.0741"), on=JULY.date(), source="Banco de México", by=finance, at=JULY
        )
        paid = actions.record_paid(request, by=finance, at=JULY, paid_on=JULY.date())
    assert paid.rate.source == "Banco de México"
    assert paid.local_cents == 36_437_247


class rate_gap:
    """The published series without its last month, as if nobody had loaded it."""

    def __enter__(self):
        from monarca.kit import triggers

        triggers.remove_all()
        Rate.objects.filter(on__gt=date(2024, 6, 20), currency="MXN").delete()

    def __exit__(self, *_):
        from monarca.kit import triggers

        triggers.install_all()


def test_instalments_above_the_agreement_are_refused_at_the_request(agreement):
    Agreement.objects.filter(pk=agreement.pk).update(amount_cents=2_699_999)
    with pytest.raises(actions.MoreThanAgreed):
        pay.make_request(agreement)


def test_an_amendment_below_what_is_on_its_way_is_caught_inside_the_lock(agreement):
    request = pay.make_released(agreement)
    Agreement.objects.filter(pk=agreement.pk).update(amount_cents=2_699_999)

    with pytest.raises(actions.MoreThanAgreed):
        actions.record_paid(
            request, by=pay.team(agreement)["finance"], at=JULY, paid_on=JULY.date()
        )
    assert Payment.objects.count() == 0


def test_a_request_of_another_amount_than_its_part_goes_no_further(agreement):
    request = pay.make_request(agreement)
    Instalment.objects.filter(pk=request.instalment_id).update(cents=2_600_000)

    with pytest.raises(actions.NotPayable) as no:
        actions.certify(request, by=pay.team(agreement)["manager"], at=JULY)
    assert no.value.reason.code == "AmountChanged"
    assert no.value.values == {"part_cents": 2_600_000}
    actions.refuse(request, by=pay.team(agreement)["manager"], at=JULY, words="Otra vez.")
    assert pay.make_request(agreement).cents == 2_600_000


def test_money_at_the_bank_when_the_agreement_ends_is_paid_out_of_its_envelope(agreement, mexico):
    released = pay.make_released(agreement)
    head = make.somebody("head@example.org", "head_of_mission", mexico)
    ending.terminate(agreement, by=head, at=JULY, reason="De común acuerdo.")
    sums = ledger.of_file(agreement.application)
    assert sums["committed"] - sums["released"] == 0

    actions.record_paid(released, by=pay.team(agreement)["finance"], at=JULY, paid_on=JULY.date())

    sums = ledger.of_file(agreement.application)
    assert sums["committed"] - sums["released"] == sums["paid"] == 2_700_000


def test_what_ended_and_was_promised_to_others_is_not_paid_from_nothing(agreement, mexico):
    released = pay.make_released(agreement)
    head = make.somebody("head@example.org", "head_of_mission", mexico)
    ending.terminate(agreement, by=head, at=JULY, reason="De común acuerdo.")
    left = ledger.balance(agreement.envelope).left_cents
    promising.deposit(agreement.envelope, "reserved", left, subject=mexico, by=None, at=JULY)

    with pytest.raises(promising.EnvelopeIsSpent):
        actions.record_paid(
            released, by=pay.team(agreement)["finance"], at=JULY, paid_on=JULY.date()
        )
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("value", list(Status))
@pytest.mark.parametrize("name", ["certify", "release", "record_paid", "refuse"])
def test_every_move_that_is_not_in_the_table_is_refused(value, name):
    allowed = {
        "certify": {"requested"},
        "release": {"certified"},
        "record_paid": {"released"},
        "refuse": {"requested", "certified"},
    }[name]
    if value not in allowed:
        with pytest.raises(MoveRefused):
            MOVES.after(name, value)
    else:
        assert MOVES.after(name, value) != value
