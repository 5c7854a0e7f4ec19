"""The envelope: nothing is promised that is not there."""

import pytest

from monarca.ground.envelopes import actions, queries
from tests.conftest import NOON


@pytest.fixture
def envelope(mexico):
    return actions.set_size(mexico, "2024-2025", 10_000_00, by=None, at=NOON)


def test_what_is_promised_is_no_longer_left(envelope, mexico):
    actions.deposit(envelope, "reserved", 4_000_00, subject=mexico, by=None, at=NOON)
    actions.deposit(envelope, "committed", 1_000_00, subject=mexico, by=None, at=NOON)
    actions.deposit(envelope, "released", 500_00, subject=mexico, by=None, at=NOON)

    balance = queries.balance(envelope)
    assert (balance.promised_cents, balance.left_cents) == (4_500_00, 5_500_00)


def test_one_cent_too_much_is_refused(envelope, mexico):
    actions.deposit(envelope, "reserved", 10_000_00, subject=mexico, by=None, at=NOON)

    with pytest.raises(actions.EnvelopeIsSpent) as refusal:
        actions.deposit(envelope, "reserved", 1, subject=mexico, by=None, at=NOON)

    assert refusal.value.values == {"asked_cents": 1, "left_cents": 0}


def test_an_envelope_never_shrinks_below_its_promises(envelope, mexico):
    actions.deposit(envelope, "reserved", 6_000_00, subject=mexico, by=None, at=NOON)

    with pytest.raises(actions.BelowWhatIsPromised):
        actions.set_size(mexico, "2024-2025", 5_999_99, by=None, at=NOON)
    assert actions.set_size(mexico, "2024-2025", 6_000_00, by=None, at=NOON).cents == 6_000_00


def test_more_than_was_promised_cannot_be_released(envelope, mexico):
    with pytest.raises(actions.NotThatMuch):
        actions.deposit(envelope, "released", 1, subject=mexico, by=None, at=NOON)
