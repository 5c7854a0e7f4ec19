"""The journal: entries carry their hash, are sealed in order, and cannot be changed."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from monarca.ground.journal import actions, queries
from monarca.ground.journal.models import Entry
from monarca.kit import triggers
from tests.conftest import NOON


@pytest.fixture
def acts(mexico):
    for number in range(3):
        actions.record("mission.visited", mexico, by=None, at=NOON, number=number)
    return Entry.objects.order_by("pk")


def test_an_act_waits_unsealed_and_then_has_its_place(acts):
    waiting = queries.unsealed().count()

    assert actions.seal() == waiting
    assert queries.unsealed().count() == 0
    assert list(queries.sealed().values_list("position", flat=True)) == list(range(1, waiting + 1))
    assert queries.first_break() is None


def test_sealing_goes_on_where_it_stopped(acts, mexico):
    actions.seal()
    actions.record("mission.visited", mexico, by=None, at=NOON)

    assert actions.seal() == 1
    assert queries.first_break() is None


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE journal_entry SET verb = 'x'",
        "DELETE FROM journal_entry",
        "UPDATE journal_entry SET position = position + 1",
    ],
)
def test_nobody_rewrites_the_journal(acts, change):
    actions.seal()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        connection.cursor().execute(change)


@pytest.mark.parametrize(
    "change",
    [
        {"verb": "mission.robbed"},
        {"data": {"number": 7}},
        {"data": {}},
        {"subject": "people.mission:999"},
        {"file": "applications.application:1"},
        {"command": "tick"},
        {"at": NOON + timedelta(seconds=1)},
        {"sha256": "0" * 64},
        {"previous": "0" * 64},
    ],
    ids=str,
)
def test_a_changed_entry_is_named(acts, change):
    actions.seal()
    second = queries.sealed()[1]
    triggers.remove_all()
    Entry.objects.filter(pk=second.pk).update(**change)
    triggers.install_all()

    assert queries.first_break().position in {2, 3}  # a changed hash is missed by the next one


def test_a_missing_entry_is_noticed(acts):
    actions.seal()
    triggers.remove_all()
    Entry.objects.filter(position=2).delete()
    triggers.install_all()

    assert queries.first_break().position in {2, 3}


def test_every_append_only_table_is_guarded(db):
    for table, (_, once) in triggers.guarded().items():
        expected = {"update", "delete"} | ({"again"} if once else set())
        assert triggers.installed(table) == {f"{table}_{verb}_refused" for verb in expected}, table
    assert "journal_entry" in triggers.guarded()


def test_a_year_told_story_by_story_is_sealed_by_its_calendar(mexico):
    later, sooner = (datetime(2024, month, 1, tzinfo=UTC) for month in (9, 3))
    actions.seal()
    for at in (later, sooner):
        actions.record("mission.looked_at", mexico, by=None, at=at, command="test")
    assert actions.seal(by_calendar=True) == 2
    told = Entry.objects.filter(verb="mission.looked_at").order_by("position")
    assert list(told.values_list("at", flat=True)) == [sooner, later]
