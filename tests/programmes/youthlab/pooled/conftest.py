"""An edition with twenty-four eligible people, made once for this folder."""

import pytest
from django.db import transaction

from monarca.programmes.youthlab.models import Edition
from tests import world_youthlab as lab


@pytest.fixture(scope="package")
def _pooled(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        lab.found_mission()
        lab.make_pool(lab.make_edition())
        yield
        transaction.set_rollback(True)


@pytest.fixture
def edition(_pooled, db):
    return Edition.objects.get()
