"""The committee's pages as managers, the head of mission and applicants meet them."""

import re
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications.models import Application
from monarca.grants.decisions import actions, queries
from monarca.grants.decisions.models import Decision, Meeting
from monarca.ground.people import actions as people
from tests.world_decisions import (
    CONFIRMED,
    MET,
    make_confirmed,
    make_meeting,
    make_ready,
    make_ruling,
    shrink_envelope,
)
from tests.world_screening import make_officer

STAFF = ["manager", "head_of_mission", "coordinator", "finance", "headquarters", "auditor"]


def address(name, *parts, lang="en"):
    with override(lang):
        return reverse(f"decisions:{name}", args=parts)


def page(browser, name, *parts, query="", lang="en", status=200):
    answer = browser.get(address(name, *parts, lang=lang) + query)
    assert answer.status_code == status
    return answer.content.decode()


def seal(html):
    """What the page says it was showing."""
    return re.search(r'name="read" value="(\w{64})"', html)[1]


def press(browser, name, *parts, query="", to=""):
    """Open the page and press its button."""
    read = seal(page(browser, name, *parts, query=query))
    return browser.post(to or address(name, *parts), {"read": read})


def ruling(outcome="approved", **more):
    return {"outcome": outcome, "amount": "40,000.00", "reason": "", "words": "", **more}


def test_a_manager_finds_decides_and_ends_without_a_script(reviewed, manager, browser_of):
    browser = browser_of(manager)
    assert reviewed.reference in page(browser, "list")
    code = reviewed.call.code

    given = {"held_on_day": "11", "held_on_month": "6", "held_on_year": "2024", "begins": "10:30"}
    given |= {"place": "Sala 3", "chair": manager.email, "attendees": [manager.email]}
    answer = browser.post(address("convene", code), given)
    assert answer.url == address("meeting", code, 1)
    meeting = Meeting.objects.get()
    assert meeting.held_at.isoformat() == "2024-06-11T16:30:00+00:00", "10:30 in Mexico City"

    shown = page(browser, "file", reviewed.reference)
    assert "Left in the envelope" in shown
    for lang, note in (("es", "Por si queda dinero"), ("fr", "Au cas où il resterait")):
        assert note in page(browser, "file", reviewed.reference, lang=lang)
    answer = browser.post(address("file", reviewed.reference), ruling(words="Felicidades."))
    assert answer.url == address("file", reviewed.reference)
    decision = Decision.objects.get()
    assert (decision.amount_cents, decision.words, decision.meeting) == (
        4_000_000,
        "Felicidades.",
        meeting,
    )

    answer = browser.post(address("end", code, 1), {"minutes": "Hubo quorum."})
    assert answer.url == address("minutes", code, 1)
    shown = page(browser, "minutes", code, 1)
    for said in ("Hubo quorum.", reviewed.reference, "40,000.00", "Felicidades.", "GE-2"):
        assert said in shown, said


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (ruling(amount="45,000.01"), "45,000.00"),
        (ruling(amount=""), "Write the amount that is approved."),
        (ruling(amount="cuarenta"), "cuarenta"),
        (ruling("declined"), "Choose a reason that fits this answer."),
        (ruling("declined", reason="waiting_list"), "Choose a reason that fits this answer."),
        ({}, "This field is required."),
    ],
)
def test_a_ruling_with_a_fault_keeps_what_was_typed(reviewed, manager, browser_of, given, said):
    make_meeting(reviewed.call)

    answer = browser_of(manager).post(
        address("file", reviewed.reference), {**given, "words": "Lo que escribí"}
    )

    shown = answer.content.decode()
    assert answer.status_code == 422
    assert said in shown
    assert "Lo que escribí" in shown
    assert not Decision.objects.exists()


def test_an_amount_that_does_not_fit_tells_nothing_of_other_files(reviewed, manager, browser_of):
    make_meeting(reviewed.call)
    shrink_envelope(reviewed.call, 3_999_999)

    answer = browser_of(manager).post(address("file", reviewed.reference), ruling())

    assert answer.status_code == 422
    assert "does not fit into what is left of the envelope" in answer.content.decode()


def test_without_an_open_meeting_nothing_is_decided(reviewed, manager, browser_of):
    browser = browser_of(manager)
    assert "no meeting of this call is open" in page(browser, "file", reviewed.reference)

    answer = browser.post(address("file", reviewed.reference), ruling())
    assert answer.status_code == 422
    assert not Decision.objects.exists()


def test_the_head_of_mission_confirms_one_by_one_and_all(call, person, head, browser_of):
    one = make_ready(call, person(), name="Uno", legal_name="Uno")
    two = make_ready(call, person("d@example.org"), name="Dos", legal_name="Dos")
    make_ruling(one, cents=1_000_000)
    make_ruling(two, "declined")
    browser = browser_of(head)
    shown = page(browser, "list", query="?view=confirm")
    assert one.reference in shown
    assert two.reference in shown

    press(browser, "confirm", one.reference)
    assert Decision.objects.get(application=one).status == "confirmed"
    assert Decision.objects.get(application=two).status == "declined"

    press(browser, "list", query="?view=confirm", to=address("confirm-all", call.code))
    assert Decision.objects.get(application=two).status == "confirmed"
    assert "Confirm all that stand" not in page(browser, "list", query="?view=confirm")


def test_what_was_changed_after_the_page_was_opened_is_not_confirmed(
    call, person, head, browser_of
):
    file = make_ready(call, person())
    make_ruling(file, cents=1_000_000)
    browser = browser_of(head)
    read = seal(page(browser, "confirm", file.reference))
    make_ruling(file, cents=2_000_000)

    answer = browser.post(address("confirm", file.reference), {"read": read})
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "was changed after you opened the page" in shown
    assert "20,000.00 CAD" in shown
    assert Decision.objects.get().status == "approved"

    browser.post(address("confirm", file.reference), {"read": seal(shown)})
    assert Decision.objects.get().status == "confirmed"


@pytest.mark.parametrize("forgotten", [True, False])
def test_a_list_that_was_changed_is_not_confirmed_at_once(
    call, person, head, browser_of, forgotten
):
    file = make_ready(call, person())
    make_ruling(file, cents=1_000_000)
    browser = browser_of(head)
    read = seal(page(browser, "list", query="?view=confirm"))
    make_ruling(file, cents=1_000_001, at=MET + timedelta(minutes=1))

    given = {} if forgotten else {"read": read}
    answer = browser.post(address("confirm-all", call.code), given, follow=True)
    assert "was changed after you opened the page" in answer.content.decode()
    assert Decision.objects.get().status == "approved"


def test_who_scored_a_file_is_told_that_somebody_else_confirms(call, person, head, browser_of):
    people.give_role(head, by=None, at=MET.replace(month=1), mission=call.mission, role="reviewer")
    file = make_ready(call, person(), reviewer=head)
    make_ruling(file)
    browser = browser_of(head)

    assert "You scored it: somebody else confirms" in page(browser, "list", query="?view=confirm")
    assert "Confirm all that stand" not in page(browser, "list", query="?view=confirm")
    assert "somebody else confirms its decision" in page(browser, "confirm", file.reference)
    assert browser.post(address("confirm", file.reference)).status_code == 403
    assert browser.post(address("confirm-all", call.code)).status_code == 403


def test_a_barred_person_finds_nothing_of_the_file_anywhere(call, person, manager, browser_of):
    file = make_ready(call, person(), name="Uno", legal_name="Uno")
    other = make_ready(call, person("d@example.org"), name="Dos", legal_name="Dos")
    make_ruling(file, cents=1_234_500)
    make_ruling(other, cents=1_000_000)
    browser = browser_of(manager)
    people.close_to(manager, file, by=None, at=MET, reason="conflict")

    for name in ("file", "confirm"):
        page(browser, name, file.reference, status=404)
        assert browser.post(address(name, file.reference), ruling()).status_code == 404
    page(browser, "answer", file.reference, status=404)
    pages = [page(browser, "list", query=f"?view={view}") for view in ("decide", "confirm", "all")]
    pages.append(page(browser, "meeting", call.code, 1))
    actions.end_meeting(
        Meeting.objects.get(), by=manager, at=MET, minutes=f"Se habló de {file.reference}."
    )
    pages.append(page(browser, "minutes", call.code, 1))
    for shown in pages:
        assert file.reference not in shown
        assert "12,345.00" not in shown
        assert "22,345.00" not in shown, "no sum betrays it"
    assert "10,000.00" in pages[0]


def test_a_restricted_file_is_shown_by_its_alias(reviewed, manager, browser_of):
    make_ruling(reviewed)
    Application.objects.filter(pk=reviewed.pk).update(sensitivity="restricted", alias="Colibrí 7")
    browser = browser_of(manager)
    actions.end_meeting(Meeting.objects.get(), by=manager, at=MET, minutes="")

    shown = [page(browser, "list", query=f"?view={view}") for view in ("confirm", "all")]
    shown += [page(browser, "minutes", reviewed.call.code, 1)]
    for one in shown:
        assert "Colibrí 7" in one
        assert "Tejedoras" not in one
        assert "Agua limpia" not in one


@pytest.mark.parametrize("role", STAFF)
def test_everybody_at_the_mission_reads_and_only_some_act(reviewed, browser_of, role):
    make_ruling(reviewed)
    browser = browser_of(make_officer(role))

    shown = page(browser, "file", reviewed.reference)
    assert ("Record the decision" in shown) == (role == "manager")
    assert ("Read and confirm" in shown) == (role == "head_of_mission")
    assert ("Convene a meeting" in page(browser, "list")) == (role == "manager")
    page(browser, "convene", reviewed.call.code, status=200 if role == "manager" else 403)
    if role != "manager":
        posted = browser.post(address("file", reviewed.reference), ruling())
        assert posted.status_code == 403
    if role != "head_of_mission":
        assert browser.post(address("confirm", reviewed.reference)).status_code == 403


def test_reviewers_applicants_and_strangers_have_no_committee(reviewed, person, browser_of):
    make_ruling(reviewed)
    for user in (make_officer("reviewer"), person(), person("x@example.org")):
        browser = browser_of(user)
        page(browser, "list", status=403)
        page(browser, "file", reviewed.reference, status=404)
        page(browser, "meeting", reviewed.call.code, 1, status=404)


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("approved", "up to 40,000.00"),
        ("declined", "did not shape the project"),
        ("reserved", "reserve list"),
    ],
)
def test_the_applicant_reads_the_answer_once_it_is_confirmed(
    reviewed, person, head, browser_of, outcome, said
):
    browser = browser_of(person())
    decision = make_ruling(reviewed, outcome, words="Nos gustó su idea.")
    page(browser, "answer", reviewed.reference, status=404)

    actions.confirm(decision, by=head, at=CONFIRMED)

    shown = page(browser, "answer", reviewed.reference)
    assert said in shown
    assert "Nos gustó su idea." in shown
    page(browser_of(person("x@example.org")), "answer", reviewed.reference, status=404)


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_every_page_opens_in_three_languages(reviewed, manager, head, person, browser_of, lang):
    make_confirmed(reviewed)
    code, ref = reviewed.call.code, reviewed.reference
    browser = browser_of(manager)
    for view in ("decide", "confirm", "all", "meetings"):
        page(browser, "list", query=f"?view={view}", lang=lang)
    for name, parts in [
        ("convene", [code]),
        ("meeting", [code, 1]),
        ("end", [code, 1]),
        ("file", [ref]),
        ("confirm", [ref]),
    ]:
        page(browser, name, *parts, lang=lang)
    actions.end_meeting(Meeting.objects.get(), by=manager, at=CONFIRMED, minutes="Bien.")
    page(browser, "minutes", code, 1, lang=lang)
    page(browser_of(person()), "answer", ref, lang=lang)


def count(browser, query):
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page(browser, "list", query=query)
    return len(asked)


@pytest.mark.usefixtures("asked_before")
def test_lists_ask_as_many_questions_for_thirty_files_as_for_three(
    call, person, manager, browser_of
):
    head = browser_of(make_officer("head_of_mission"))
    views = ("?view=decide", "?view=confirm", "?view=all", "?view=meetings")
    files = []

    def grow(total):
        while len(files) < total:
            name = f"g{len(files)}"
            files.append(
                make_ready(call, person(f"{name}@example.org"), name=name, legal_name=name)
            )
            if len(files) % 2:
                make_ruling(files[-1], "declined")

    grow(4)
    few = [count(head, view) for view in views]
    grow(30)
    many = [count(head, view) for view in views]
    assert many == few
    assert max(many) <= 10


def test_scores_are_drawn_for_each_reader(call, person, manager, browser_of):
    file = make_ready(call, person(), points=3)
    shown = page(browser_of(manager), "list")

    row = re.search(rf"<tr[^>]*>(?:(?!</tr>).)*{file.reference}.*?</tr>", shown, re.DOTALL)
    assert row
    assert row[0].count("<circle") == 1
    assert ">3<" in row[0] or "3.00" in row[0]
    assert queries.before_committee(Application.objects.all()).count() == 1
    assert file.starts_on == date(2024, 9, 2)
