"""Owners, the public, and the letter of each quarter."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import PermissionDenied

from monarca.ground.commitments import actions, queries, tasks
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions as people
from tests import world_commitments as make
from tests.ground.commitments.test_making import verbs
from tests.world_commitments import AUTUMN, WINTER

OCTOBER = datetime(2025, 10, 1, 15, 0, tzinfo=UTC)
JANUARY = datetime(2026, 1, 1, 15, 0, tzinfo=UTC)


def test_owners_are_named_and_released_and_remembered(commitment, coordinator, counterpart):
    made = actions.name_owner(
        commitment, make.holder(name=" SRE ", user=counterpart), by=coordinator, at=AUTUMN
    )
    assert made.name == "SRE"
    assert list(queries.owners_of(commitment, at=AUTUMN)) == [made]
    assert queries.visible_to(counterpart, at=AUTUMN).filter(pk=commitment.pk).exists()

    actions.release_owner(made, by=coordinator, at=WINTER)
    actions.release_owner(made, by=coordinator, at=OCTOBER)
    assert made.until == WINTER
    assert not queries.owners_of(commitment, at=WINTER).exists()
    assert not queries.visible_to(counterpart, at=WINTER).exists()
    assert verbs(commitment)[1:] == ["commitment.owner_named", "commitment.owner_released"]


def test_an_owner_needs_a_name_and_a_keeper_who_writes_it(owned, counterpart, coordinator):
    with pytest.raises(actions.OwnerUnnamed):
        actions.name_owner(owned, make.holder(name=" "), by=coordinator, at=AUTUMN)
    with pytest.raises(PermissionDenied):
        actions.name_owner(owned, make.holder(), by=counterpart, at=AUTUMN)
    with pytest.raises(PermissionDenied):
        actions.release_owner(owned.owners.get(), by=counterpart, at=AUTUMN)


def test_a_manager_publishes_and_withholds_and_twice_is_once(commitment, manager):
    for _ in range(2):
        actions.show(commitment, public=True, by=manager, at=AUTUMN)
    assert list(queries.visible_to(None, at=AUTUMN)) == [commitment]
    for _ in range(2):
        actions.show(commitment, public=False, by=manager, at=WINTER)
    assert not queries.visible_to(None, at=WINTER).exists()
    assert verbs(commitment)[1:] == ["commitment.published", "commitment.withheld"]


def test_nobody_but_a_manager_of_the_mission_publishes(commitment, staff, far):
    others = ["coordinator", "head_of_mission", "headquarters", "auditor", "counterpart"]
    for user in (*map(staff, others), far[1], None):
        with pytest.raises(PermissionDenied):
            actions.show(commitment, public=True, by=user, at=AUTUMN)


def test_owners_are_asked_once_a_quarter(owned, counterpart):
    assert tasks.tick(at=AUTUMN) == 0
    assert tasks.tick(at=OCTOBER) == 1
    assert tasks.tick(at=OCTOBER) == 0
    assert tasks.tick(at=datetime(2025, 12, 31, 15, 0, tzinfo=UTC)) == 0
    assert tasks.tick(at=JANUARY) == 1

    asked, late = Letter.objects.order_by("pk")
    assert (asked.key, asked.to, asked.language) == (
        "commitment.report_due",
        counterpart.email,
        "en",
    )
    assert owned.reference in asked.subject
    assert f"/en/commitments/{owned.reference}/" in asked.body
    assert (late.key, "December 31, 2025" in late.body) == ("commitment.report_overdue", True)
    assert Entry.objects.filter(verb="commitment.asked").count() == 2
    owned.refresh_from_db()
    assert (owned.asked_at, owned.next_report_on) == (JANUARY, date(2026, 4, 1))


@pytest.mark.parametrize("language", ["es", "en", "fr"])
def test_the_letter_is_in_the_owners_language(mexico, person, language):
    user = person(f"{language}@example.org", language=language)
    make.make_commitment(mexico, owners=(make.holder(user=user),))
    tasks.tick(at=OCTOBER)

    letter = Letter.objects.get()
    assert (letter.language, f"/{language}/commitments/" in letter.body) == (language, True)
    assert "{" not in letter.subject + letter.body


def test_one_person_who_answers_for_both_sides_is_asked_once(mexico, counterpart):
    sides = (make.holder(user=counterpart), make.holder("canada", "Parks", counterpart))
    make.make_commitment(mexico, owners=sides)
    assert tasks.tick(at=OCTOBER) == 1


def test_who_reported_in_this_quarter_is_asked_in_the_next(owned, counterpart):
    make.make_report(owned, by=counterpart, at=OCTOBER)
    assert tasks.tick(at=datetime(2025, 12, 30, tzinfo=UTC)) == 0
    assert tasks.tick(at=JANUARY) == 1


def test_nobody_is_asked_about_what_has_ended(owned, coordinator):
    make.end(owned, by=coordinator, at=AUTUMN)
    assert tasks.tick(at=JANUARY) == 0


def test_a_year_of_silence_of_the_clock_is_one_letter(owned):
    assert tasks.tick(at=datetime(2027, 2, 3, tzinfo=UTC)) == 1


def test_who_is_barred_or_gone_is_not_asked(mexico, owned, counterpart, person):
    people.close_to(counterpart, owned, by=None, at=AUTUMN, reason="conflict")
    assert tasks.tick(at=OCTOBER) == 0
    assert not Letter.objects.exists()


def test_only_the_clock_asks(owned, coordinator):
    with pytest.raises(PermissionDenied):
        actions.remind(owned, by=coordinator, at=OCTOBER)


def test_a_sealed_one_is_asked_about_by_its_reference_alone(mexico, counterpart):
    made = make.make_commitment(mexico, readers=(), owners=(make.holder(user=counterpart),))
    assert tasks.tick(at=OCTOBER) == 1
    letter = Letter.objects.get()
    assert made.reference in letter.subject
    assert "protegidas" not in letter.body + letter.html
    assert "protected" not in letter.body + letter.html


def test_a_day_is_over_when_it_is_over_in_the_west():
    assert queries.day_of(datetime(2026, 1, 1, 7, 59, tzinfo=UTC)) == date(2025, 12, 31)
    assert queries.day_of(datetime(2026, 1, 1, 8, 0, tzinfo=UTC)) == date(2026, 1, 1)
