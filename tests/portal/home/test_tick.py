"""`monarca tick`: every room's periodic work, once; and the probe that asks whether we are ready."""

import json
from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.management import call_command
from django.db import DatabaseError
from django.test import Client

from monarca.grants.calls.states import Status
from monarca.grants.reports import tasks as reports
from monarca.ground.journal.models import Entry
from monarca.ground.letters import actions as letters
from monarca.ground.letters.queries import dressed
from monarca.portal.home import queries

SECOND = timedelta(seconds=1)


def tick(at):
    out = StringIO()
    with time_machine.travel(at, tick=False):
        call_command("tick", json=True, stdout=out)
    return json.loads(out.getvalue())["done"]


def test_a_tick_closes_the_call_sends_the_letters_and_seals_the_journal(call):
    words = dressed("Hola", "Hay noticias.", "es")
    letters.keep("file.news", to=["lupita@example.org"], words=words, by=None, at=call.closes_at)
    done = tick(call.closes_at)
    call.refresh_from_db()
    assert call.status == Status.CLOSED
    assert done["calls closed"] == 1
    assert done["letters sent"] == 1
    assert [one.subject for one in mail.outbox] == ["Hola"]
    assert Entry.objects.filter(position=None).count() == 0


def test_a_second_tick_finds_nothing_to_do(call):
    tick(call.closes_at)
    assert set(tick(call.closes_at + SECOND).values()) == {0}


def test_a_call_is_not_closed_before_its_deadline(call):
    assert tick(call.closes_at - SECOND)["calls closed"] == 0
    call.refresh_from_db()
    assert call.status == Status.PUBLISHED


def test_a_part_that_fails_does_not_keep_the_others_from_theirs(call, monkeypatch, caplog):
    from monarca.portal.home.management.commands import tick as command

    def broken(*, at):
        raise RuntimeError("Ana Pérez of Casa Segura")

    names = list(command.PARTS)
    monkeypatch.setattr(command, "PARTS", {**command.PARTS, names[1]: broken})
    out, err = StringIO(), StringIO()
    with time_machine.travel(call.closes_at, tick=False), pytest.raises(SystemExit) as stop:
        call_command("tick", json=True, stdout=out, stderr=err)
    done = json.loads(out.getvalue())["done"]
    assert stop.value.code == 1
    assert done[names[1]] is None
    assert done["calls closed"] == 1
    assert "Casa Segura" not in err.getvalue() + caplog.text
    assert "RuntimeError" in caplog.text
    assert reports.tick(at=call.closes_at) == 0


def probe():
    answer = Client().get("/readyz")
    return answer.status_code, answer.json()


def test_an_installation_without_a_worker_is_not_ready(db):
    assert probe() == (
        503,
        {"database": True, "migrations": True, "storage": True, "worker": False},
    )


def test_the_worker_makes_it_ready(db, call):
    with time_machine.travel(call.opens_at, tick=False):
        call_command("worker", once=True, stdout=StringIO())
        assert probe()[0] == 200
    with time_machine.travel(call.opens_at + queries.SIGN_OF_LIFE + SECOND, tick=False):
        assert probe() == (
            503,
            {"database": True, "migrations": True, "storage": True, "worker": False},
        )


def test_the_demo_needs_no_worker(db, settings):
    settings.DEMO = True
    assert probe()[0] == 200


def test_a_folder_that_takes_no_files_is_said(db, settings, tmp_path):
    (tmp_path / "taken").write_text("a file where the folder should be")
    settings.MEDIA_ROOT = tmp_path / "taken"
    assert probe()[1]["storage"] is False


def test_a_database_that_is_away_is_said(db, monkeypatch):
    def away(*args, **kwargs):
        raise DatabaseError

    monkeypatch.setattr(queries, "MigrationExecutor", away)
    assert probe()[1]["database"] is False
