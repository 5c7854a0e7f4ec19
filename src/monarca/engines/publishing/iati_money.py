"""The money of one agreement in IATI: budgets by fiscal year, instalments, and what moved."""

from collections.abc import Iterator

from monarca.engines.publishing.disclosure import (
    Budget,
    Disclosure,
    Instalment,
    Publisher,
    Transaction,
)
from monarca.engines.publishing.fiscal import split_at_year_ends
from monarca.engines.publishing.iati_elements import (
    Element,
    add,
    add_money,
    add_narrated,
    add_organisation,
    add_period,
)

COMMITMENT = "2"
INWARD = frozenset({"1", "11", "13"})
"""Money that comes to the publisher: the one provider is then not ours to name."""


def commitments(disclosure: Disclosure) -> Iterator[Transaction]:
    """Each amendment's change of the value, signed; they add up to the last total.

    An amendment that moves only a date changes no money and gives no transaction.
    """
    before = 0
    for amendment in disclosure.amendments:
        change, before = amendment.total_cents - before, amendment.total_cents
        if change or amendment.number == 0:
            reference = f"{disclosure.agreement_number}-{amendment.number}"
            yield Transaction(
                reference=reference, kind=COMMITMENT, on=amendment.signed_on, cents=change
            )


def add_money_of(activity: Element, publisher: Publisher, disclosure: Disclosure) -> None:
    """Budgets, planned disbursements and transactions, in the schema's order."""
    for budget in disclosure.budgets:
        for piece in split_at_year_ends(budget):
            _budget(activity, piece)
    for instalment in disclosure.instalments:
        _instalment(activity, instalment)
    moved = (*commitments(disclosure), *disclosure.transactions)
    for transaction in sorted(moved, key=lambda one: (one.on, one.kind, one.reference)):
        _transaction(activity, publisher, disclosure, transaction)


def _budget(activity: Element, budget: Budget) -> None:
    child = add(activity, "budget", type=budget.kind, status=budget.status)
    add_period(child, budget.starts_on, budget.ends_on)
    add_money(child, budget.cents, on=budget.valued_on or budget.starts_on)


def _instalment(activity: Element, instalment: Instalment) -> None:
    child = add(activity, "planned-disbursement", type="1")
    add_period(child, instalment.starts_on, instalment.ends_on)
    add_money(child, instalment.cents, on=instalment.starts_on)


def _transaction(
    activity: Element, publisher: Publisher, disclosure: Disclosure, transaction: Transaction
) -> None:
    child = add(activity, "transaction", ref=transaction.reference)
    add(child, "transaction-type", code=transaction.kind)
    add(child, "transaction-date", iso_date=transaction.on.isoformat())
    add_money(child, transaction.cents, on=transaction.valued_on or transaction.on)
    add_narrated(child, "description", transaction.description)
    if transaction.kind in INWARD:
        return
    funder = {"ref": publisher.ref, "type": publisher.kind}
    add_organisation(child, "provider-org", publisher.names, **funder)
    to = disclosure.recipient
    add_organisation(child, "receiver-org", to.names, ref=to.ref, type=to.kind)
