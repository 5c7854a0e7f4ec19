"""The account and its end: what is owed comes back, what was promised and not paid is released."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monarca.grants.agreements.models import Agreement
from monarca.grants.agreements.queries import instalments_of
from monarca.grants.payments import actions, queries, tasks
from monarca.grants.payments.models import Closure, Payment, PaymentRequest
from monarca.grants.payments.queries import Received, Statement
from monarca.ground.envelopes import queries as ledger
from monarca.ground.journal.models import Entry
from monarca.ground.partners import queries as partners
from monarca.ground.rates import queries as rates
from tests import world_payments as pay
from tests import world_reports as make
from tests.world_reports import JULY, MARCH

SLOW = settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
FAST = settings(max_examples=300, deadline=None)
LATER = MARCH + timedelta(hours=1)
MONEY = st.integers(1, 10**10)
RATE = st.integers(10**5, 10**9).map(lambda e8: Decimal(e8).scaleb(-8))


def standing(agreement, at=LATER + timedelta(days=9)):
    return sorted(partners.standing_of(agreement.recipient, at=at).values_list("fact", flat=True))


def statement(pairs, spent=0, back=0, budget=None):
    received = tuple(
        Received(n, date(2024, 7, 1), cad, local, Decimal(1), date(2024, 7, 1), "x")
        for n, (cad, local) in enumerate(pairs, 1)
    )
    return Statement(sum(cad for cad, _ in pairs), "MXN", received, spent, back, budget)


@FAST
@given(cents=MONEY, rate=RATE)
def test_local_money_is_the_nearest_cent_to_the_exact_quotient(cents, rate):
    local = queries.local_of(cents, rate)

    assert abs(Fraction(local) - Fraction(cents) / Fraction(rate)) <= Fraction(1, 2)


@FAST
@given(pairs=st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=4))
def test_spending_everything_received_leaves_nothing_whatever_the_rates(pairs):
    account = statement(pairs, spent=sum(local for _, local in pairs))

    assert account.spent_cents == account.received_cents
    assert (account.balance_cents, account.owed_cents) == (0, 0)


@FAST
@given(
    pairs=st.lists(st.tuples(MONEY, MONEY), min_size=1, max_size=4),
    spent=MONEY,
    back=st.integers(0, 10**9),
)
def test_the_balance_is_what_came_less_what_went(pairs, spent, back):
    account = statement(pairs, spent=spent, back=back)

    assert account.balance_cents + account.spent_cents + back == account.received_cents
    exact = Fraction(spent * account.received_cents, account.received_local_cents)
    assert abs(account.spent_cents - exact) <= Fraction(1, 2)
    assert account.owed_cents in {0, account.balance_cents}


def test_the_weighted_rate_and_the_exchange_difference_by_hand():
    account = statement(
        [(1_000_00, 13_000_00), (1_000_00, 14_000_00)], spent=13_500_00, budget=Decimal("0.08")
    )

    assert account.rate == Decimal("0.07407407")
    assert account.spent_cents == 1_000_00
    assert account.balance_cents == 1_000_00
    assert account.exchange_local_cents == 27_000_00 - 25_000_00


def test_nothing_received_is_worth_nothing():
    account = statement([], spent=500)

    assert (account.spent_cents, account.rate, account.owed_cents) == (0, None, 0)


@SLOW
@given(data=st.data())
def test_payments_never_add_up_to_more_than_the_agreement(agreement, data):
    """Whatever the instalments say and whatever is amended in between."""
    from django.db import transaction

    with transaction.atomic():
        cents = data.draw(st.lists(st.integers(1, 5_000_000), min_size=2, max_size=2))
        amount = data.draw(st.integers(1, 4_500_000))
        parts = list(instalments_of(agreement))
        for part, each in zip(parts, cents, strict=True):
            type(part).objects.filter(pk=part.pk).update(cents=each, condition="signature")
        for number in (1, 2):
            Agreement.objects.filter(pk=agreement.pk).update(amount_cents=amount)
            try:
                pay.make_paid(agreement, number=number)
            except actions.MoreThanAgreed:
                continue
        paid = sum(Payment.objects.values_list("cents", flat=True))
        assert paid <= amount
        assert ledger.of_file(agreement.application)["paid"] == paid
        transaction.set_rollback(True)


@pytest.fixture
def reported(agreement, lupita, coordinator):
    """The advance was paid, and the final report, with everything received spent, accepted."""
    paid = pay.make_paid(agreement)
    make.make_accepted(agreement, lupita, coordinator, rows=[make.row(paid.local_cents)])
    return agreement


def test_a_file_closes_when_all_is_paid_reported_and_settled(agreement, lupita, coordinator):
    first = pay.make_paid(agreement)
    second_local = queries.local_of(1_800_000, rates.on(MARCH.date(), "MXN").cad)
    make.make_accepted(
        agreement, lupita, coordinator, rows=[make.row(first.local_cents + second_local)]
    )
    pay.make_paid(agreement, number=2, at=MARCH)

    closure = actions.close(agreement, by=pay.team(agreement)["manager"], at=LATER)

    assert (closure.paid_cents, closure.released_cents, closure.closed_on) == (
        4_500_000,
        0,
        date(2025, 3, 3),
    )
    assert standing(agreement) == ["completed"]


def test_a_cancelled_instalment_goes_back_to_the_envelope(reported):
    manager = pay.team(reported)["manager"]
    left = ledger.balance(reported.envelope).left_cents
    with pytest.raises(actions.CannotClose) as no:
        actions.close(reported, by=manager, at=LATER)
    assert no.value.reason.code == "SomethingUnpaid"

    actions.cancel(
        instalments_of(reported).get(number=2), by=manager, at=LATER, words="Costó menos."
    )
    closure = actions.close(reported, by=manager, at=LATER)

    assert closure.released_cents == 1_800_000
    assert ledger.balance(reported.envelope).left_cents == left + 1_800_000
    sums = ledger.of_file(reported.application)
    assert sums["committed"] - sums["released"] == sums["paid"]


def test_a_cancelled_instalment_is_not_asked_for_and_a_live_one_not_cancelled(agreement):
    manager = pay.team(agreement)["manager"]
    first, second = instalments_of(agreement)
    actions.cancel(second, by=manager, at=JULY, words="No.")
    assert queries.hindrance(second, at=JULY).code == "InstalmentCancelled"
    with pytest.raises(actions.AlreadyAsked):
        actions.cancel(second, by=manager, at=JULY, words="No.")

    pay.make_request(agreement)
    with pytest.raises(actions.AlreadyAsked):
        actions.cancel(first, by=manager, at=JULY, words="No.")


def test_a_file_without_a_final_report_does_not_close(agreement):
    pay.make_paid(agreement)
    codes = [each.code for each in queries.hindrances_of_closing(agreement)]

    assert codes == ["SomethingUnpaid", "FinalReportMissing", "MoneyIsOwed"]


def test_a_file_closes_once_and_then_pays_nothing(reported):
    manager = pay.team(reported)["manager"]
    part = instalments_of(reported).get(number=2)
    actions.cancel(part, by=manager, at=LATER, words="Costó menos.")
    actions.close(reported, by=manager, at=LATER)

    with pytest.raises(actions.CannotClose) as no:
        actions.close(reported, by=manager, at=LATER)
    assert no.value.reason.code == "AlreadyClosed"
    assert queries.hindrance(part, at=LATER).code == "AgreementNotInForce"
    assert Closure.objects.count() == 1


def test_unspent_money_is_a_debt_until_it_came_back(agreement, lupita, coordinator):
    paid = pay.make_paid(agreement)
    make.make_accepted(agreement, lupita, coordinator, rows=[make.row(paid.local_cents // 2)])
    manager, finance = pay.team(agreement)["manager"], pay.team(agreement)["finance"]
    actions.cancel(instalments_of(agreement).get(number=2), by=manager, at=LATER, words="No.")

    assert tasks.tick(at=LATER) == 1
    entries = Entry.objects.count()
    assert tasks.tick(at=LATER) == 0
    assert Entry.objects.count() == entries
    assert standing(agreement) == ["debt"]
    with pytest.raises(actions.CannotClose) as no:
        actions.close(agreement, by=manager, at=LATER)
    assert no.value.reason.values["owed_cents"] == 1_350_000

    actions.recover(
        agreement, by=finance, at=LATER, cents=1_350_000, reason="unspent", received_on=MARCH.date()
    )
    assert tasks.tick(at=LATER) == 1
    assert standing(agreement) == []
    closure = actions.close(agreement, by=manager, at=LATER)
    assert closure.recovered_cents == 1_350_000
    assert ledger.of_file(agreement.application)["recovered"] == 1_350_000


@pytest.mark.parametrize(
    "change",
    [
        {"cents": 0},
        {"cents": -1},
        {"cents": 2_700_001},
        {"reason": "gift"},
    ],
)
def test_a_recovery_out_of_reason_is_refused(agreement, change):
    pay.make_paid(agreement)
    plain = {"cents": 1, "reason": "unspent", "received_on": MARCH.date()}
    with pytest.raises(actions.RecoveryOutOfReason):
        actions.recover(
            agreement, by=pay.team(agreement)["finance"], at=MARCH, **{**plain, **change}
        )


def test_money_that_has_not_arrived_is_not_written_down(agreement):
    pay.make_paid(agreement)
    with pytest.raises(actions.NotArrivedYet):
        actions.recover(
            agreement,
            by=pay.team(agreement)["finance"],
            at=MARCH,
            cents=1,
            reason="unspent",
            received_on=date(2025, 3, 4),
        )


def test_no_more_comes_back_than_was_paid_in_several_goes(agreement):
    pay.make_paid(agreement)
    finance = pay.team(agreement)["finance"]
    give = lambda cents: actions.recover(
        agreement, by=finance, at=MARCH, cents=cents, reason="ineligible", received_on=MARCH.date()
    )
    give(2_000_000)
    with pytest.raises(actions.RecoveryOutOfReason):
        give(700_001)
    give(700_000)
    assert queries.recovered_cents(agreement) == 2_700_000


def test_every_cent_can_be_followed_from_promise_to_payment(agreement):
    pay.make_paid(agreement)
    file = agreement.application

    moved = [(row.kind, row.cents) for row in ledger.movements_of(file)]
    assert moved == [("committed", 4_500_000), ("paid", 2_700_000)]
    assert PaymentRequest.objects.get().payment.rate.on == date(2024, 6, 28)
    assert datetime(2024, 7, 1, tzinfo=UTC).date() - date(2024, 6, 28) < timedelta(days=7)
