"""An edition whose six delegates hold their seats, made once for this folder."""

import pytest
from django.db import transaction

from monarca.programmes.youthlab.models import Edition
from tests import world_youthlab as lab


@pytest.fixture(scope="package")
def _seated(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        lab.found_mission()
        made = lab.make_edition()
        lab.make_pool(made, 12)
        lab.make_delegates(made)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def edition(_seated, db):
    return Edition.objects.get()
