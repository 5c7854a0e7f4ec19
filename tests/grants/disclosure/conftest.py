"""An agreement in force with a payment, ready to be told."""

import pytest

from tests import world_payments, world_reports


@pytest.fixture
def agreement(submitted):
    return world_reports.make_agreement(submitted)


@pytest.fixture
def paid(agreement):
    world_payments.make_paid(agreement)
    return agreement
