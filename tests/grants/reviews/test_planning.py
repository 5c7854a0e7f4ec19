"""The plan of readers of a call: as the manager reads it, gives it, and is refused it."""

import re
from collections import Counter

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import override

from monarca.config.shell import river
from monarca.engines import matching
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application
from monarca.grants.reviews import actions, queries
from monarca.grants.reviews.models import Assignment
from monarca.ground.journal.actions import record
from monarca.ground.journal.models import Entry
from monarca.ground.people import actions as people
from monarca.ground.people.models import Role
from tests import world
from tests.world_reviews import READ, make_assigned, make_reviewed
from tests.world_screening import make_officer, make_screened

NAMES = ("ana", "luis", "rosa")


@pytest.fixture
def readers(mexico):
    return [make_officer("reviewer", f"{name}@example.org") for name in NAMES]


@pytest.fixture
def files(call, person, manager, readers):
    """Four eligible files that nobody reads, and three people who could."""
    return [make_eligible(call, person, number) for number in range(4)]


def make_eligible(call, person, number):
    file = world.make_submitted(call, person(f"g{number}@example.org"), name=f"Grupo {number}")
    make_screened(file)
    return file


def address(code="CFLI-MX-2024", **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    with override("en"):
        return reverse("reviews:plan", args=[code]) + (f"?{query}" if query else "")


def words(answer):
    return re.sub(r"\s+", " ", strip_tags(answer.content.decode()))


def seal_in(answer):
    return re.search(r'name="read" value="([^"]*)"', answer.content.decode())[1]


def given():
    return set(Assignment.objects.values_list("application__reference", "reviewer__email"))


def test_the_page_tells_who_would_read_what_why_and_what_is_proved(files, manager, browser_of):
    answer = browser_of(manager).get(address())
    said = words(answer)

    assert answer.status_code == 200
    assert "Floor: the worst-served application has" in said
    assert "8 reviews are new, in files: 4" in said
    assert said.count("Reads its language (Español).") == 8
    for file in files:
        assert said.count(file.reference) == 2
    assert not Assignment.objects.exists()


@pytest.mark.parametrize(("each", "pairs"), [("1", 4), ("3", 12), ("9", 8), ("x", 8), ("٣", 8)])
def test_another_number_of_readers_is_asked_in_the_address(each, pairs, files, manager, browser_of):
    said = words(browser_of(manager).get(address(each=each)))
    assert f"{pairs} reviews are new" in said


def test_what_stood_on_the_page_is_given_at_once(files, manager, browser_of):
    browser = browser_of(manager)
    page = browser.get(address())
    sent = {"read": seal_in(page), "each": "2"}
    answer = browser.post(address(), sent, follow=True)

    assert answer.redirect_chain[0][0].endswith("/desk/reviews/?view=going")
    assert "8 reviews given." in words(answer)
    held = Counter(email for _reference, email in given())
    assert (held.total(), len(held), min(held.values())) == (8, 3, 2)
    assert Entry.objects.filter(verb="review.assigned", by=manager).count() == 8
    assert "Everything in this plan was given already." in words(browser.get(address()))


def test_the_day_until_which_all_are_read_is_kept_or_refused(files, manager, browser_of):
    browser = browser_of(manager)
    sent = {"read": seal_in(browser.get(address())), "each": "2"}
    day = {"due_on_day": "3", "due_on_month": "2"}

    late = browser.post(address(), {**sent, **day, "due_on_year": "2001"})
    assert (late.status_code, Assignment.objects.count()) == (422, 0)
    assert "Choose a day from today on." in words(late)

    browser.post(address(), {**sent, **day, "due_on_year": "2099"})
    days = set(Assignment.objects.values_list("due_on", flat=True))
    assert [str(day) for day in days] == ["2099-02-03"]


def test_a_plan_that_changed_since_it_was_read_is_not_given(files, readers, manager, browser_of):
    browser = browser_of(manager)
    sent = {"read": seal_in(browser.get(address())), "each": "2"}
    actions.declare(files[0], by=readers[0], at=READ, level="actual", words="Es mi hermana.")

    for seal in (sent["read"], "", "x"):
        answer = browser.post(address(), {**sent, "read": seal}, follow=True)
        assert "was changed after you opened the plan" in words(answer)
    assert not Assignment.objects.exists()


def test_a_file_given_by_hand_since_then_changes_the_plan(files, readers, manager):
    call = files[0].call
    pairs = [(files[0].reference, readers[0].email), (files[0].reference, readers[1].email)]
    seal = queries.seal_of_plan(call, pairs)
    make_assigned(files[0], readers[2])

    with pytest.raises(actions.PlanChanged):
        actions.assign_all(call, pairs, by=manager, at=READ, read=seal)
    assert given() == {(files[0].reference, readers[2].email)}


def test_what_was_given_stays_and_only_the_missing_is_given(files, readers, manager, browser_of):
    make_assigned(files[0], readers[2])
    done = make_reviewed(files[1], readers[2])
    browser = browser_of(manager)
    page = browser.get(address())

    assert "6 reviews are new, in files: 4" in words(page)
    assert words(page).count("Was already reading it.") == 2
    browser.post(address(), {"read": seal_in(page), "each": "2"})
    done.refresh_from_db()
    assert done.status == "complete"
    held = Counter(reference for reference, _email in given())
    assert held == dict.fromkeys((file.reference for file in files), 2)


def test_three_who_read_a_file_all_keep_it_when_two_are_asked(files, readers, manager):
    for reader in readers:
        make_assigned(files[0], reader)
    plan = matching.assign(queries.problem_of(files[0].call, each=2, at=READ, user=manager))

    assert plan.dropped == ()
    held = Counter(place.application for place in plan.places)
    assert held == {files[0].reference: 3} | {file.reference: 2 for file in files[1:]}


def test_a_review_finished_by_who_reviews_no_more_counts(files, readers, manager):
    make_reviewed(files[0], readers[0])
    people.end_role(Role.objects.get(user=readers[0]), by=None, at=READ)
    problem = queries.problem_of(files[0].call, each=2, at=READ, user=manager)

    wanted = {each.id: each.reviewers for each in problem.applications}
    assert wanted == {files[0].reference: 1} | {file.reference: 2 for file in files[1:]}
    assert isinstance(matching.assign(problem), matching.Plan)


def test_the_smallest_change_is_said_where_no_plan_exists(files, readers, manager, browser_of):
    actions.declare(files[0], by=readers[0], at=READ, level="actual", words="Es mi hermana.")
    answer = browser_of(manager).get(address(each=3))
    said = words(answer)

    assert "No plan gives every file 3 readers" in said
    assert "the number of reviewers is lowered to 2." in said
    assert 'name="read"' not in answer.content.decode()


def test_who_declared_an_interest_or_wrote_it_is_never_planned(files, readers, person, manager):
    actions.declare(files[0], by=readers[0], at=READ, level="potential", words="La conozco.")
    writer = person("g1@example.org")
    mission = files[0].call.mission
    people.give_role(writer, by=None, at=world.DAWN, mission=mission, role="reviewer")
    problem = queries.problem_of(files[0].call, each=2, at=READ, user=manager)

    closed = {(pair.application, pair.reviewer) for pair in problem.pairs if pair.is_conflict}
    expected = {(files[0].reference, readers[0].email), (files[1].reference, writer.email)}
    assert closed == expected
    for file in files:
        hindered = {one.user.email for one in queries.candidates(file, at=READ) if one.hindrance}
        assert hindered == {email for reference, email in closed if reference == file.reference} - {
            readers[0].email
        }


def test_who_declared_a_possible_interest_in_what_they_read_reads_on(files, readers, manager):
    make_assigned(files[0], readers[0])
    actions.declare(files[0], by=readers[0], at=READ, level="potential", words="La conozco.")
    plan = matching.assign(queries.problem_of(files[0].call, each=2, at=READ, user=manager))

    assert (files[0].reference, readers[0].email) in {
        (each.application, each.reviewer) for each in plan.places if each.is_kept
    }


def test_a_file_on_which_the_committee_ruled_wants_no_readers(files, manager):
    call = files[0].call

    def planned():
        return [one.reference for one in queries.to_plan(call, at=READ, user=manager)]

    for verb, is_open in (("proposed", True), ("approved", False), ("proposed_again", True)):
        record(f"decision.{verb}", files[0], by=manager, at=READ, file=files[0])
        assert (files[0].reference in planned()) is is_open
    assert planned() == sorted(file.reference for file in files)


def test_a_sealed_file_stands_only_on_the_plan_of_who_may_see_it(files, manager, browser_of):
    other = make_officer("manager", "otra-jefa@example.org")
    applications.seal(files[0], by=other, at=READ, readers=[other], alias="Un grupo")

    hidden = browser_of(manager).get(address()).content.decode()
    assert files[0].reference not in hidden
    assert "Un grupo" not in hidden
    assert "6 reviews are new, in files: 3" in words(browser_of(manager).get(address()))
    seen = browser_of(other).get(address()).content.decode()
    assert "Un grupo" in seen
    assert "Grupo 0" not in seen

    reader = make_officer("reviewer", "ana@example.org")
    pairs = [(files[0].reference, reader.email)]
    with pytest.raises(actions.NotEligibleYet):
        actions.assign_all(files[0].call, pairs, by=manager, at=READ)
    assert not Assignment.objects.exists()


def test_past_topics_tell_nothing_of_a_sealed_file(files, readers, manager):
    make_reviewed(files[0], readers[0])
    call, pk = files[0].call, files[0].pk
    Application.objects.filter(pk=pk).update(priority="secret")

    def past(**asked):
        problem = queries.problem_of(call, each=2, at=READ, **asked)
        return next(one.past for one in problem.reviewers if one.id == readers[0].email)

    assert past(user=manager) == past() == ("secret",)
    Application.objects.filter(pk=pk).update(sensitivity="sealed", alias="Un grupo")
    assert past(user=manager) == past() == ()


def test_the_page_and_the_command_put_the_same_problem(files, readers, manager):
    make_assigned(files[0], readers[1])
    told = river.problem("CFLI-MX-2024", each=2, asker=manager.email)
    assert told == queries.problem_of(files[0].call, each=2, at=READ, user=manager)


def test_only_a_manager_of_the_mission_may_plan(files, staff, person, browser_of):
    for role, code in (("coordinator", 403), ("auditor", 403), ("reviewer", 404)):
        browser = browser_of(make_officer(role, f"{role}-x@example.org"))
        assert browser.get(address()).status_code == code, role
        assert browser.post(address(), {"read": "x"}).status_code == code, role
    outsider = browser_of(person("otro@example.org"))
    assert outsider.get(address()).status_code == 404
    assert browser_of(make_officer()).get(address("CFLI-MX-1999")).status_code == 404
    coordinator = make_officer("coordinator", "coordinator-x@example.org")
    with pytest.raises(PermissionDenied):
        actions.assign_all(files[0].call, [], by=coordinator, at=READ)


def test_all_or_nothing_is_given(files, readers, manager, person):
    stranger = person("nadie@example.org")
    good = (files[0].reference, readers[0].email)
    for bad, why in (
        ((files[1].reference, stranger.email), actions.CannotReview),
        (("ZZZ", readers[0].email), actions.NotEligibleYet),
    ):
        with pytest.raises(why):
            actions.assign_all(files[0].call, [good, bad], by=manager, at=READ)
    assert not Assignment.objects.exists()


def test_a_call_without_eligible_files_says_so(call, manager, browser_of):
    answer = browser_of(manager).get(address())
    assert answer.status_code == 200
    assert "Nothing to plan" in words(answer)
    assert browser_of(manager).post(address(), {"read": "", "each": "2"}).status_code == 302


def test_too_many_files_are_sent_to_the_command(files, manager, browser_of, monkeypatch):
    monkeypatch.setattr("monarca.grants.reviews.views.planning.LARGEST", 3)
    said = words(browser_of(manager).get(address()))
    assert "monarca assign CFLI-MX-2024" in said


def test_the_list_of_what_waits_leads_to_the_plan(files, manager, readers, browser_of):
    listed = reverse("reviews:list")
    page = browser_of(manager).get(f"{listed}?view=assign").content.decode()
    assert reverse("reviews:plan", args=["CFLI-MX-2024"]) in page
    assert "Plan of readers" not in browser_of(manager).get(f"{listed}?view=going").content.decode()


@pytest.mark.usefixtures("asked_before")
def test_a_plan_asks_as_many_questions_for_twenty_files_as_for_three(
    call, person, manager, readers, browser_of
):
    browser, asked = browser_of(manager), []
    for number in range(20):
        file = make_eligible(call, person, number)
        if number % 2:
            make_assigned(file, readers[number % 3])
        if number in (2, 19):
            with CaptureQueriesContext(connection) as seen:
                page = browser.get(address())
            assert page.content.decode().count("CFLI-MX-2024-") >= 2 * number
            asked.append(len(seen))
    assert asked[0] == asked[1] <= 26, [q["sql"][:160] for q in seen.captured_queries]
