"""An agreement in force with payment, results and markers, ready to be told; and many others."""

import pytest

from monarca.grants.applications.models import Place
from tests import world, world_payments, world_reports, world_results
from tests.world_reports import somebody


@pytest.fixture
def agreement(submitted):
    return world_reports.make_agreement(submitted)


@pytest.fixture
def rich(agreement, person):
    """Paid once, reported, measured, verified, with its markers."""
    world_payments.make_paid(agreement)
    indicator = world_results.make_indicator(agreement)
    report = world_reports.make_accepted(
        agreement,
        person(),
        somebody("reader@example.org", "manager", agreement.application.call.mission),
    )
    world_results.make_verified(indicator, report)
    world_results.make_markers(agreement)
    return agreement


@pytest.fixture
def another(call, person):
    """`another(2, state="07")` is one more agreement in force, of another group."""

    def make(number, *, restricted=False, state="20", priority="EC"):
        given = {"registered": "at_risk"} if restricted else {}
        name = f"Colectiva {number}"
        mailbox = f"group{number}@example.org"
        file = world.make_submitted(call, person(mailbox), name=name, legal_name=name, **given)
        type(file).objects.filter(pk=file.pk).update(priority=priority)
        Place.objects.filter(application=file).update(state=state, municipality=f"{state}001")
        file.refresh_from_db()
        return world_reports.make_agreement(file, number=f"CFLI-MX-2024-25-{number:03}")

    return make
