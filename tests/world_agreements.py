"""Makers of agreements: drafted, sent, signed by both."""

from datetime import UTC, date, datetime

from monarca.grants.agreements import actions
from monarca.ground.envelopes import queries as ledger
from tests.world_decisions import make_confirmed
from tests.world_screening import make_officer

DRAFTED = datetime(2024, 6, 20, 16, 0, tzinfo=UTC)
SENT = datetime(2024, 6, 24, 16, 0, tzinfo=UTC)
SIGNED = datetime(2024, 7, 5, 16, 0, tzinfo=UTC)
STARTS = date(2024, 9, 2)
WE_SIGN = date(2024, 7, 5)
THEY_SIGN = date(2024, 7, 2)


def make_draft_agreement(application, *, cents=4_000_000, at=DRAFTED, starts_on=STARTS, **words):
    """Drafted from a confirmed yes; `application` is reviewed and not yet decided."""
    decision = make_confirmed(application, cents=cents, **words)
    return actions.draft(decision, by=make_officer("coordinator"), at=at, starts_on=starts_on)


def make_sent(application, *, at=SENT, **given):
    """Written as Word and PDF, and sent to the recipient."""
    agreement = make_draft_agreement(application, **given)
    return actions.send(agreement, by=make_officer("coordinator"), at=at)


def make_active(application, *, at=SIGNED, **given):
    """Signed by both parties: in force."""
    agreement = make_sent(application, **given)
    sign(agreement, "recipient", on=THEY_SIGN, at=at)
    sign(agreement, "canada", on=WE_SIGN, at=at)
    return agreement


def sign(agreement, party, *, on=WE_SIGN, at=SIGNED):
    """Record one party's signature by whoever may."""
    role = "head_of_mission" if party == "canada" else "coordinator"
    return actions.record_signature(
        agreement,
        by=make_officer(role),
        at=at,
        party=party,
        name="Ana Roy" if party == "canada" else "Eva Díaz",
        title="Embajadora" if party == "canada" else "Representante legal",
        signed_on=on,
    )


def left(agreement):
    """What is left in the envelope of an agreement, in cents."""
    return ledger.balance(agreement.envelope).left_cents
