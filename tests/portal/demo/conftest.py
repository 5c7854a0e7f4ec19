"""The sample year, made once for this folder; whatever a test does in it is taken back."""

from datetime import UTC, datetime

import pytest
from django.conf import settings as given
from django.db import connection, transaction
from django.test import Client

from monarca.portal.demo.management.year import telling
from tests.conftest import WRITE, writer

NOW = datetime.now(UTC).replace(microsecond=0)
"""Pages read the clock, so the call of now is open now."""


class Heard(list):
    """Everything that was announced while the year was made."""

    begins = says = list.append


@pytest.fixture(scope="package")
def _year(django_db_setup, django_db_blocker, tmp_path_factory):
    """Every act of the year inside one transaction; `strangers` wrote and are no actions."""
    strangers = []

    def watch(execute, sql, params, many, context):
        hit = WRITE.match(sql)
        name = writer() if hit and not hit[1].startswith(("django_", "auth_")) else None
        if name is not None and "actions" not in name.split("."):
            strangers.append((name, hit[0]))
        return execute(sql, params, many, context)

    before, place = given.MEDIA_ROOT, tmp_path_factory.mktemp("year")
    with django_db_blocker.unblock(), transaction.atomic():
        given.MEDIA_ROOT, given.DEMO = place, True
        heard = Heard()
        with connection.execute_wrapper(watch):
            closes_at = telling.tell(heard, telling.Wish(), at=NOW)
        given.MEDIA_ROOT, given.DEMO = before, False
        yield {"place": place, "heard": heard, "closes_at": closes_at, "strangers": strangers}
        transaction.set_rollback(True)


@pytest.fixture
def year(_year, db, settings):
    """The year as a visitor of the demo finds it, with the files that belong to it."""
    settings.MEDIA_ROOT = _year["place"]
    settings.DEMO = True
    settings.STAFF_NEED_SECOND_FACTOR = False
    return _year


@pytest.fixture
def client():
    """A browser on this machine."""
    return Client(HTTP_HOST="127.0.0.1:8000")


@pytest.fixture
def visitor(year, client):
    """`visitor("manager")` is a browser on this machine that plays the role."""

    def be(role):
        answer = client.post(f"/demo/become/{role}/", {"lang": "es"})
        assert answer.status_code == 302, answer.content
        return client

    return be
