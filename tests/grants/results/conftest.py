"""An agreement in force, its accepted report, and the people who keep its results."""

import pytest

from tests import world_reports, world_results


@pytest.fixture
def agreement(submitted):
    return world_reports.make_agreement(submitted)


@pytest.fixture
def lupita(person):
    return person()


@pytest.fixture
def keeper(agreement):
    return world_results.keeper(agreement)


@pytest.fixture
def checker(agreement):
    return world_results.checker(agreement)


@pytest.fixture
def report(agreement, lupita, keeper):
    """The final report, accepted."""
    return world_reports.make_accepted(agreement, lupita, keeper)


@pytest.fixture
def indicator(agreement):
    return world_results.make_indicator(agreement)
