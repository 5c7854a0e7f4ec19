"""Reading a report at the embassy, and what the clock does: reminders once, overdue, lifted."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied

from monarca.engines.states import MoveRefused
from monarca.grants.reports import actions, queries, tasks
from monarca.grants.reports.models import Reminder, Report
from monarca.grants.reports.states import MOVES, Status
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.ground.partners import queries as partners
from monarca.ground.people import actions as people
from tests import world_reports as make
from tests.world_reports import DUE, JULY, MARCH


def noon(day):
    return datetime(day.year, day.month, day.day, 18, 0, tzinfo=UTC)


def standing(agreement, at):
    return list(partners.standing_of(agreement.recipient, at=at).values_list("fact", flat=True))


def test_a_returned_report_says_why_and_can_be_sent_again(agreement, lupita, coordinator):
    report = make.make_submitted(agreement, lupita)

    actions.return_(report, by=coordinator, at=MARCH, words="Falta un recibo.")

    assert report.status == "returned"
    assert report.words == "Falta un recibo."
    assert report.due_on == date(2025, 3, 17), "two weeks, when the first date is nearer"
    assert Letter.objects.filter(key="report.returned").count() == 1
    actions.submit(
        report, by=lupita, at=MARCH + timedelta(days=1), name="Lupita", title="Presidenta"
    )
    assert report.status == "submitted"


def test_a_report_is_not_returned_without_words_or_into_the_past(agreement, lupita, coordinator):
    report = make.make_submitted(agreement, lupita)
    with pytest.raises(actions.WordsNeeded):
        actions.return_(report, by=coordinator, at=MARCH, words="  ")
    with pytest.raises(actions.DueInThePast):
        actions.return_(report, by=coordinator, at=MARCH, words="x", due_on=date(2025, 3, 2))


def test_an_accepted_report_counts_and_cannot_be_returned(agreement, lupita, coordinator):
    report = make.make_submitted(agreement, lupita, rows=[make.row(12_345)])
    assert queries.spent_cents(agreement) == 0

    actions.accept(report, by=coordinator, at=MARCH)

    assert queries.spent_cents(agreement) == 12_345
    assert queries.accepted(agreement, "final") == 1
    with pytest.raises(MoveRefused):
        actions.return_(report, by=coordinator, at=MARCH, words="tarde")


def test_only_one_of_two_readers_wins(agreement, lupita, coordinator, staff):
    report = make.make_submitted(agreement, lupita)
    same = Report.objects.get(pk=report.pk)

    actions.accept(report, by=coordinator, at=MARCH)

    with pytest.raises(MoveRefused):
        actions.return_(same, by=staff("manager"), at=MARCH, words="No")


@pytest.mark.parametrize(
    "role", ["reviewer", "head_of_mission", "finance", "headquarters", "auditor"]
)
def test_other_roles_neither_accept_nor_return(agreement, lupita, staff, role):
    report = make.make_submitted(agreement, lupita)
    with pytest.raises(PermissionDenied):
        actions.accept(report, by=staff(role), at=MARCH)
    with pytest.raises(PermissionDenied):
        actions.return_(report, by=staff(role), at=MARCH, words="No")


def test_a_barred_coordinator_neither_sees_nor_accepts(agreement, lupita, coordinator):
    report = make.make_submitted(agreement, lupita)
    people.close_to(coordinator, report.application, by=None, at=JULY, reason="conflict")

    assert not queries.visible_to(coordinator, at=MARCH).exists()
    with pytest.raises(PermissionDenied):
        actions.accept(report, by=coordinator, at=MARCH)


def test_the_ladder_reminds_once_a_step(agreement):
    report = make.make_report(agreement)
    Letter.objects.all().delete()
    told = []
    for days in range(-20, 21):
        at = noon(DUE + timedelta(days=days))
        before = Letter.objects.filter(key="report.due").count()
        actions.remind(report, by=None, at=at)
        actions.remind(report, by=None, at=at)
        told += [days] * (Letter.objects.filter(key="report.due").count() - before)

    assert told == [-14, 0, 7, 14]
    assert list(Reminder.objects.order_by("step").values_list("step", flat=True)) == told


def test_a_clock_that_slept_sends_one_letter_not_four(agreement):
    report = make.make_report(agreement)
    Letter.objects.all().delete()

    assert actions.remind(report, by=None, at=noon(DUE + timedelta(days=30)))
    assert Letter.objects.filter(key="report.due").count() == 1


def test_a_sent_report_is_no_longer_reminded_of(agreement, lupita):
    report = make.make_submitted(agreement, lupita)

    assert not actions.remind(report, by=None, at=noon(DUE))
    assert not actions.note_overdue(report, by=None, at=noon(DUE + timedelta(days=9)))


def test_the_due_day_itself_is_not_late_in_the_embassys_own_zone(agreement):
    report = make.make_report(agreement)
    last_minute = datetime(2025, 3, 16, 5, 59, tzinfo=UTC)

    assert not actions.note_overdue(report, by=None, at=last_minute)
    assert actions.note_overdue(report, by=None, at=last_minute + timedelta(minutes=1))
    assert standing(agreement, noon(date(2025, 3, 17))) == ["report_overdue"]


def test_overdue_is_noted_once_and_lifted_when_the_report_is_accepted(
    agreement, lupita, coordinator
):
    report = make.make_report(agreement)
    late = noon(DUE + timedelta(days=3))
    assert tasks.tick(at=late) > 0
    entries = Entry.objects.count()
    assert tasks.tick(at=late) == 0
    assert Entry.objects.count() == entries

    make.fill(report, lupita, at=late)
    actions.submit(report, by=lupita, at=late, name="Lupita", title="Presidenta")
    assert standing(agreement, late + timedelta(hours=1)) == ["report_overdue"]
    actions.accept(report, by=coordinator, at=late + timedelta(hours=1))
    assert standing(agreement, late + timedelta(hours=2)) == []


def test_tick_asks_for_the_final_report_when_it_comes_near(agreement):
    assert tasks.tick(at=noon(date(2025, 1, 28))) == 0
    assert tasks.tick(at=noon(date(2025, 1, 29))) == 1

    report = Report.objects.get()
    assert (report.kind, report.due_on, report.until_on) == (
        "final",
        date(2025, 3, 15),
        date(2025, 2, 28),
    )
    assert tasks.tick(at=noon(date(2025, 1, 29))) == 0


def test_tick_asks_for_an_interim_report_before_the_instalment_that_waits_for_it(submitted):
    parts = (
        ("signature", 1_000_000, date(2024, 7, 15)),
        ("report:interim", 1_000_000, date(2024, 11, 15)),
        ("report:final", 1_000_000, date(2025, 3, 28)),
    )
    agreement = make.make_agreement(submitted, parts=parts)
    tasks.tick(at=noon(date(2024, 9, 20)))
    interim = Report.objects.get()
    assert (interim.kind, interim.due_on, interim.from_on) == (
        "interim",
        date(2024, 11, 1),
        make.FROM,
    )

    tasks.tick(at=noon(date(2025, 2, 1)))
    final = queries.of(agreement).get(kind="final")
    assert final.from_on == date(2024, 11, 2), "the day after the interim report ends"


def test_a_person_is_not_the_clock(agreement, coordinator):
    report = make.make_report(agreement)
    with pytest.raises(PermissionDenied):
        actions.remind(report, by=coordinator, at=noon(DUE))


@pytest.mark.parametrize("status", list(Status))
@pytest.mark.parametrize("name", ["submit", "return", "accept"])
def test_every_move_that_is_not_in_the_table_is_refused(status, name):
    allowed, after = {
        "submit": ({"due", "returned"}, "submitted"),
        "return": ({"submitted"}, "returned"),
        "accept": ({"submitted"}, "accepted"),
    }[name]
    if status in allowed:
        assert MOVES.after(name, status) == after
    else:
        with pytest.raises(MoveRefused):
            MOVES.after(name, status)
