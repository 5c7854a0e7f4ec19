"""The Youth Lab of the sample year, told once for this folder; what a test does in it is undone."""

from types import SimpleNamespace

import pytest
from django.db import transaction

from monarca.ground.people import actions as people
from monarca.portal.demo import states
from monarca.portal.demo.management.year import youthlab
from monarca.portal.demo.management.year.stage import Year
from tests import world_youthlab as lab


@pytest.fixture(scope="package")
def _demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        mission = people.found_mission(
            "MEXICO",
            by=None,
            at=lab.DAWN,
            name=lab.three("Embassy of Canada to Mexico"),
            countries=["MX"],
            time_zone="America/Mexico_City",
        )
        staff = {}
        for part in states.STAFF:
            user = people.join(
                part.email, by=None, at=lab.DAWN, name=part.name, language=part.language
            )
            people.give_role(user, by=None, at=lab.DAWN, mission=mission, role=part.role)
            staff[part.key] = user
        year = Year(call=SimpleNamespace(mission=mission), staff=staff)
        youthlab.tell(year)
        yield year
        transaction.set_rollback(True)


@pytest.fixture
def demo(_demo, db, settings):
    """The sample year's edition, all of it; staff need no second factor here."""
    settings.STAFF_NEED_SECOND_FACTOR = False
    return _demo
