"""What every test shares: the real database, a home of its own, and the statement watcher."""

import os
import re
import sys
import tempfile
from datetime import UTC, datetime

import pytest
import time_machine

os.environ.setdefault("MONARCA_HOME", tempfile.mkdtemp(prefix="monarca-tests-"))
os.environ.setdefault("MONARCA_SECRET_KEY", "tests-only")
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

from django.apps import apps
from django.conf import settings as product
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils import translation

from monarca.ground.people import actions as people
from tests import world

NOON = datetime(2024, 4, 1, 18, 0, tzinfo=UTC)
DAWN = datetime(2024, 1, 2, 12, 0, tzinfo=UTC)

AWAY: list[bool] = []  # filled once a flush has taken the triggers away
WRITE = re.compile(
    r'^\s*(?:INSERT INTO|UPDATE|DELETE FROM|REPLACE INTO)\s+"?(\w+)"?', re.IGNORECASE
)


def writer():
    """The innermost frame of ours that led to this statement, kit skipped; None for a test."""
    frame = sys._getframe(2)
    while frame:
        name = frame.f_globals.get("__name__", "")
        if name.startswith("tests."):
            return None
        if name.startswith("monarca.") and not name.startswith("monarca.kit."):
            return name
        frame = frame.f_back
    return None


@pytest.fixture(autouse=True)
def only_actions_write(request):
    """Any statement that changes one of our tables comes from an actions module."""
    names = set(request.fixturenames)
    marked = request.node.get_closest_marker("django_db")
    if not marked and not names & {"db", "transactional_db", "live_server"}:
        yield
        return
    wide = names & {"transactional_db", "live_server"} or (
        marked and marked.kwargs.get("transaction")
    )
    request.getfixturevalue("transactional_db" if wide else "db")
    ours = {m._meta.db_table for m in apps.get_models() if m.__module__.startswith("monarca.")}
    wrong = []

    def watch(execute, sql, params, many, context):
        hit = WRITE.match(sql)
        if hit and hit[1] in ours:
            name = writer()
            if name is not None and "actions" not in name.split("."):
                wrong.append((name, hit[0]))
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert wrong == []


@pytest.fixture(autouse=True)
def _plain_settings(settings, tmp_path_factory):
    """Static files as they are, uploads into a folder of this test, mail into the outbox table."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("files")
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}


@pytest.fixture(autouse=True)
def _our_own_language():
    """A page answered in one test leaves its language behind; every test begins in ours."""
    translation.activate(product.LANGUAGE_CODE)
    yield
    translation.activate(product.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def _triggers_away_around_a_flush(request):
    """A flush would be refused by the no-delete triggers: take them away and bring them back."""
    names = set(request.fixturenames)
    marked = request.node.get_closest_marker("django_db")
    wide = names & {"transactional_db", "live_server"} or (
        marked and marked.kwargs.get("transaction")
    )
    from monarca.kit import triggers

    if not wide:
        if AWAY and (marked or "db" in names):
            request.getfixturevalue("db")
            triggers.install_all()
        yield
        return
    request.getfixturevalue("transactional_db")
    triggers.install_all()
    yield
    triggers.remove_all()
    AWAY.append(True)


@pytest.fixture(autouse=True)
def _the_connection_stays_open(monkeypatch):
    """Commands, the worker and closed responses close connections; a test's transaction lives on.

    SQLite's database in memory never noticed; on PostgreSQL the rest of the test would have none.
    """
    monkeypatch.setattr("django.db.connections.close_all", lambda: None)
    monkeypatch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", lambda self: None)


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker):
    """After the tests' database is made; a transactional test restores the triggers itself."""
    return django_db_setup


@pytest.fixture
def asked_before(db, client):
    """What a process keeps for a minute was asked before, and no minute ends while we count."""
    with time_machine.travel(datetime.now(UTC), tick=False):
        client.get("/en/help/")
        yield


@pytest.fixture
def mexico(db):
    return people.found_mission(
        "MEXICO",
        by=None,
        at=DAWN,
        name={
            "es": "Embajada de Canadá en México",
            "en": "Embassy of Canada to Mexico",
            "fr": "Ambassade du Canada au Mexique",
        },
        countries=["MX"],
        time_zone="America/Mexico_City",
        email="fondo@example.org",
    )


@pytest.fixture
def staff(mexico):
    """`staff("manager")` is a person who holds that role since dawn."""

    def make(role, email=""):
        user = people.join(
            email or f"{role}@example.org", by=None, at=DAWN, name=role.title(), language="en"
        )
        people.give_role(user, by=None, at=DAWN, mission=mexico, role=role)
        return user

    return make


@pytest.fixture
def person(db):
    """`person("lupita@example.org")` is somebody with no role."""

    def make(email="lupita@example.org", name="Lupita", language="es"):
        return people.join(email, by=None, at=DAWN, name=name, language=language)

    return make


@pytest.fixture
def call(db):
    """The call CFLI-MX-2024 of the real pack, published and open at NOON."""
    return world.make_call()


@pytest.fixture
def draft(call, person):
    """Lupita's draft, complete and ready to submit."""
    return world.make_draft(call, person())


@pytest.fixture
def submitted(call, person):
    """Lupita's application, submitted at NOON."""
    return world.make_submitted(call, person())
