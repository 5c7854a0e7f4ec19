"""The best plan within the envelope: what the engine says, for whom, and how it is laid down."""

import json
import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override
from lxml import html

from monarca.config.cli import main
from monarca.engines import portfolio
from monarca.grants.applications import actions as applications
from monarca.grants.applications.models import Application
from monarca.grants.decisions import actions, forms
from monarca.grants.decisions.models import Decision
from monarca.grants.decisions.queries import choosing, planning
from monarca.grants.decisions.states import Status
from monarca.grants.screening.models import Withdrawal
from monarca.ground.journal.models import Entry
from monarca.ground.people import actions as people
from tests import world
from tests.world_decisions import MET, make_meeting, make_ruling, shrink_envelope
from tests.world_reviews import READ, make_declared, make_reviewed
from tests.world_screening import make_officer

POINTS = ((5, 4), (4, 4), (3, 4), (2, 3))
"""What two people give four files: means of 4.5, 4, 3.5 and 2.5."""

ASKED = 4_500_000
PRIORITIES = ("EC", "HD", "EC", "HD")


def make_file(call, person, number, points):
    name = f"Grupo {number}"
    file = world.make_submitted(call, person(f"g{number}@example.org"), name=name, legal_name=name)
    for reader, given in zip(("ana", "luis"), points, strict=True):
        make_reviewed(file, make_officer("reviewer", f"{reader}@example.org"), points=given)
    return file


@pytest.fixture
def files(call, person):
    """Four reviewed files, best score first, and an envelope that holds two of them."""
    made = [make_file(call, person, number, points) for number, points in enumerate(POINTS)]
    shrink_envelope(call, 2 * ASKED + 100)
    for file, code in zip(made, PRIORITIES, strict=True):
        Application.objects.filter(pk=file.pk).update(priority=code)
    return [Application.objects.get(pk=file.pk) for file in made]


@pytest.fixture(autouse=True)
def _patient(monkeypatch):
    """No search is cut short on a busy machine; chances are told of fewer draws."""
    for name in ("SEARCH", "PRICES", "STEPS"):
        monkeypatch.setattr(choosing, name, 60.0)
    monkeypatch.setattr(choosing, "DRAWS", 0.4)


@pytest.fixture
def browser(files, manager, browser_of):
    return browser_of(manager)


def address(code="CFLI-MX-2024", **asked):
    query = "&".join(f"{key}={value}" for key, value in asked.items())
    with override("en"):
        return reverse("decisions:plan", args=[code]) + (f"?{query}" if query else "")


def words_of(answer):
    return re.sub(r"\s+", " ", html.fromstring(answer.content).text_content())


def rows_of(answer, caption):
    """The rows of a table as words, by column."""
    tables = html.fromstring(answer.content).xpath("//table[caption=$said]", said=caption)
    if not tables:
        return []
    head = [each.text_content() for each in tables[0].xpath("./thead//th")]
    return [
        dict(zip(head, [" ".join(" ".join(cell.itertext()).split()) for cell in row], strict=True))
        for row in tables[0].xpath("./tbody/tr")
    ]


def inside(answer):
    return {row["File"].split()[0] for row in rows_of(answer, "Files in the plan")}


def outside(answer):
    return {row["File"].split()[0] for row in rows_of(answer, "Files not in the plan")}


def refs(*files):
    return {file.reference for file in files}


def hidden(answer):
    """What the button sends."""
    tree = html.fromstring(answer.content)
    return {
        name: tree.xpath(f"//form[@method='post']//input[@name='{name}']/@value")[0]
        for name in ("plan", "read")
    }


def asked_of(files, user, **wish):
    """The engine's own answer to what the page asks."""
    found = planning.candidates(user, files[0].call, at=MET)
    wish = planning.Wish(found.envelope_cents, **wish)
    projects, rules = planning.projects_of(found, wish), planning.rules_of(found, wish)
    return projects, rules, portfolio.select(projects, rules)


def test_the_page_says_what_the_engine_says_and_the_price_of_each_opposite(files, manager, browser):
    projects, rules, selection = asked_of(files, manager)
    prices = portfolio.prices(projects, rules, selection, among=[each.id for each in projects])
    why = portfolio.verdicts(projects, rules, selection, prices)
    assert all(price.is_exact for price in prices.values())

    answer = browser.get(address())

    assert answer.status_code == 200
    assert inside(answer) == selection.plan.funded == refs(*files[:2])
    assert outside(answer) == refs(*files[2:])
    for caption in ("Files in the plan", "Files not in the plan"):
        for row in rows_of(answer, caption):
            reason = why[row["File"].split()[0]]
            with override("en"):
                assert row["Why"] == forms.Words(None, {}).said(reason)
    said = words_of(answer)
    assert (
        "No plan that keeps every rule is worth more: 2 projects, 8.5 points, 90,000.00 CAD."
        in said
    )
    assert "1.00 CAD" in said


def test_the_page_and_the_command_choose_the_same(files, manager, browser, capsys):
    make_ruling(files[3], cents=2_000_000)
    assert main(["select", "CFLI-MX-2024", "--json", "--as", manager.email]) == 0
    told = json.loads(capsys.readouterr().out)

    answer = browser.get(address())

    funded = {row["project"] for row in told["projects"] if row["percent"]}
    assert inside(answer) == funded == refs(files[0], files[3])


def test_what_the_committee_approved_is_kept_and_paid_first(files, browser):
    make_ruling(files[3], cents=2_000_000)

    answer = browser.get(address())

    assert inside(answer) == refs(files[0], files[3])
    assert "1 file that the committee has approved stays in the plan" in words_of(answer)
    (row,) = [
        row
        for row in rows_of(answer, "Files in the plan")
        if row["File"].split()[0] == files[3].reference
    ]
    assert (row["Amount"], row["Why"], row["Otherwise"]) == (
        "20,000.00 CAD",
        "The committee has approved it.",
        "",
    )
    refused = browser.get(address(no=files[3].reference))
    assert refused.status_code == 422
    assert "so the plan keeps it" in words_of(refused)


@pytest.mark.parametrize("outcome", ["declined", "reserved", "deferred"])
def test_what_the_committee_ruled_against_is_not_weighed(files, browser, outcome):
    make_ruling(files[0], outcome)

    answer = browser.get(address())

    assert inside(answer) == refs(*files[1:3])
    assert outside(answer) == refs(files[3])


def test_a_file_put_off_in_a_meeting_that_ended_may_be_chosen_again(files, manager, browser):
    decision = make_ruling(files[0], "deferred")
    actions.end_meeting(decision.meeting, by=manager, at=MET, minutes="")
    assert files[0].reference in inside(browser.get(address()))


def test_the_envelope_levels_and_files_are_asked_for_in_the_address(files, browser):
    assert inside(browser.get(address(envelope="45000"))) == refs(files[0])
    assert inside(browser.get(address(yes=files[3].reference))) == refs(files[0], files[3])
    assert inside(browser.get(address(no=files[0].reference.lower()))) == refs(*files[1:3])

    cut = browser.get(address(levels="85", envelope="38250"))
    (row,) = rows_of(cut, "Files in the plan")
    assert row["Amount"] == "38,250.00 CAD 85% of 45,000.00 CAD"


def test_where_dollars_count_a_larger_project_is_worth_more(files, browser):
    Application.objects.filter(pk=files[0].pk).update(requested_cents=1_000_000)
    assert inside(browser.get(address(envelope="45000"))) == refs(files[0])
    assert inside(browser.get(address(envelope="45000", value="money"))) == refs(files[1])


@pytest.mark.parametrize(
    ("asked", "chosen"),
    [
        ({"unit": "files", "least_HD": "2"}, (1, 3)),
        ({"unit": "money", "most_HD": "0"}, (0, 2)),
        ({"unit": "money", "least_EC": "90,000.00"}, (0, 2)),
        ({"unit": "share", "most_EC": "40"}, (1, 3)),
        ({"most_EC": "40,5 %"}, (1, 3)),
    ],
)
def test_floors_and_ceilings_of_a_priority_hold(files, browser, asked, chosen):
    answer = browser.get(address(**asked))
    assert inside(answer) == refs(*(files[number] for number in chosen))
    assert "the dashed one the ceiling" in words_of(answer)


def test_what_sorting_by_score_would_reach_and_break_is_said_beside_it(files, browser):
    assert "Sorting by score alone would reach 8.5 points." in words_of(browser.get(address()))
    said = words_of(browser.get(address(unit="files", least_HD="2", yes=files[3].reference)))
    wanted = f"the decision on {files[3].reference}; the floor “Human dignity”."
    broken = re.search(r"would reach 8.5 points and break: (.+?\.)", said)[1]
    assert set(broken.rstrip(".").split("; ")) == set(wanted.rstrip(".").split("; "))


def test_the_smallest_change_is_said_where_rules_clash(files, browser):
    answer = browser.get(address(unit="files", least_HD="3"))

    said = words_of(answer)
    assert answer.status_code == 200
    assert "The smallest change that is enough" in said
    assert "Lower the floor “Human dignity” from 3 to 2 projects." in said
    assert not html.fromstring(answer.content).xpath("//form[@method='post']//input[@name='plan']")


def test_the_change_that_is_said_can_be_typed_in_and_is_enough(files, browser):
    """Shares are told to the basis point: 45,000 of 90,001 dollars are 49.99 %."""
    said = words_of(browser.get(address(least_HD="60", yes=files[0].reference)))
    wanted = re.search(r"Lower the floor “Human dignity” from 60% to ([\d.]+)%", said)[1]
    assert wanted == "49.99"
    eased = browser.get(address(least_HD=wanted, yes=files[0].reference))
    assert inside(eased) == refs(*files[:2])


def test_what_was_approved_never_has_to_give_way(files, browser):
    make_ruling(files[3], cents=2_000_000)
    said = words_of(browser.get(address(envelope="10000")))
    assert "Raise the envelope from 10,000.00 CAD to 20,000.00 CAD." in said
    assert "Withdraw" not in said


@pytest.mark.parametrize(
    ("name", "typed", "said"),
    [
        ("envelope", "abc", "could not be read as an amount"),
        ("envelope", "-5", "An amount cannot be below zero."),
        ("yes", "QQQ", "No file that can be weighed is called “QQQ”."),
        ("unit", "yards", "Select a valid choice"),
        ("least_HD", "120", "Human dignity, at least: Write a percentage from 0 to 100"),
        ("most_HD", "٣", "Human dignity, at most: Write a percentage from 0 to 100"),
        ("levels", "50", "Select a valid choice"),
        ("yes", "<b>", "No file that can be weighed is called “<B>”."),
    ],
)
def test_what_cannot_be_read_is_told_and_kept(files, browser, name, typed, said):
    answer = browser.get(address(**{name: typed}, no=files[1].reference))

    tree = html.fromstring(answer.content)
    assert answer.status_code == 422
    assert said in words_of(answer)
    assert tree.xpath("//input[@name='no']/@value") == [files[1].reference]
    if name not in {"unit", "levels"}:
        assert tree.xpath(f"//input[@name='{name}']/@value") == [typed]
    assert inside(answer) == set()


def test_a_file_cannot_be_both_in_and_out(files, browser):
    both = files[0].reference
    answer = browser.get(address(yes=both, no=f"{both} {files[1].reference}"))
    assert "cannot be both in and out" in words_of(answer)


def test_a_link_of_a_row_decides_it_otherwise_and_keeps_what_was_asked(files, browser):
    answer = browser.get(address(envelope="45000"))
    tree = html.fromstring(answer.content)
    (way,) = tree.xpath("//table[caption='Files in the plan']//td[last()]//a/@href")
    assert inside(browser.get(address() + way)) == refs(files[1])
    assert f"no={files[0].reference}" in way
    assert "envelope=45000" in way


def test_other_envelopes_and_the_chance_of_each_file_are_told(files, browser):
    answer = browser.get(address())
    less, more = rows_of(answer, "The plan with another envelope")
    assert (less["Files"], less["Fall out"]) == ("1", files[1].reference)
    assert (more["Files"], more["Come in"], more["Fall out"]) == ("2", "—", "—")
    first, *_rest, last = [
        row["Chance"]
        for caption in ("Files in the plan", "Files not in the plan")
        for row in rows_of(answer, caption)
    ]
    shares = [int(re.sub(r"\D", "", each)) for each in (first, last)]
    assert shares[0] > 50 > shares[1]
    assert re.search(r"they were drawn \d+ times", words_of(answer))


def test_scores_of_unknown_error_tell_no_chance(call, person, manager, browser_of):
    for number in range(2):
        file = world.make_submitted(call, person(f"g{number}@example.org"), name=f"G {number}")
        make_reviewed(file, make_officer("reviewer", "ana@example.org"), points=4 - number)
    answer = browser_of(manager).get(address())
    assert "so no chance is told" in words_of(answer)
    assert "Chance" not in rows_of(answer, "Files in the plan")[0]


def test_the_plan_is_laid_before_the_meeting_and_the_committee_still_decides(
    files, manager, browser
):
    meeting = make_meeting(files[0].call)
    page = browser.get(address())
    answer = browser.post(address(), hidden(page), follow=True)

    laid = Decision.objects.order_by("application__reference")
    assert {(d.application.reference, d.amount_cents, d.status, d.outcome) for d in laid} == {
        (file.reference, ASKED, Status.PROPOSED, "") for file in files[:2]
    }
    assert {d.meeting_id for d in laid} == {meeting.pk}
    assert "2 files are laid before the meeting with their amounts." in words_of(answer)
    shown = {
        row["File"].split()[0]: (row["Decision"], row["Amount"])
        for row in rows_of(answer, "Files of the meeting")
    }
    assert shown[files[0].reference] == ("Proposed", "45,000.00 CAD")
    assert shown[files[2].reference] == ("Not decided", "—")
    assert Entry.objects.filter(verb="meeting.planned", by=manager).count() == 1
    assert Entry.objects.filter(verb="decision.offered").count() == 2
    assert "This plan stands before meeting 1 as it is." in words_of(browser.get(address()))
    with override("en"):
        file = browser.get(reverse("decisions:file", args=[files[0].reference]))
    assert html.fromstring(file.content).xpath("//input[@name='amount']/@value") == ["45,000.00"]


def test_a_second_plan_takes_the_place_of_the_first_and_of_nothing_that_was_ruled(
    files, manager, browser
):
    make_meeting(files[0].call)
    browser.post(address(), hidden(browser.get(address())))
    make_ruling(files[1], cents=4_000_000)

    other = address(no=files[0].reference)
    browser.post(other, hidden(browser.get(other)))

    held = {d.application.reference: (d.status, d.amount_cents) for d in Decision.objects.all()}
    assert held == {
        files[0].reference: (Status.PROPOSED, 0),
        files[1].reference: (Status.APPROVED, 4_000_000),
        files[2].reference: (Status.PROPOSED, ASKED),
    }


def test_a_plan_that_was_overtaken_is_not_laid(files, manager, browser):
    make_meeting(files[0].call)
    sent = hidden(browser.get(address()))
    make_ruling(files[2], cents=1_000_000)

    for changes in (
        {},
        {"read": ""},
        {"plan": ""},
        {"plan": "x"},
        {"plan": f"{files[0].reference}:1"},
    ):
        answer = browser.post(address(), {**sent, **changes})
        assert answer.status_code == 302
        assert answer.url == address()
    assert Decision.objects.filter(status=Status.PROPOSED).count() == 0


def test_an_amount_out_of_reason_is_not_laid(files, manager):
    call, plan = files[0].call, {files[0].reference: ASKED + 1}
    given = {"by": manager, "at": MET, "meeting": make_meeting(call)}
    seal = planning.seal_of_plan(manager, call, plan, at=MET)
    with pytest.raises(actions.AmountOutOfReason):
        actions.propose_all(call, plan, read=seal, **given)
    assert not Decision.objects.exists()


def test_an_approval_in_the_meantime_keeps_its_amount(files, manager):
    """A ruling that falls between reading and laying is not overwritten by an amount."""
    decision = make_ruling(files[0], cents=1_000_000)
    actions.propose(files[0], by=manager, at=MET, meeting=decision.meeting, amount_cents=ASKED)
    decision.refresh_from_db()
    assert (decision.status, decision.amount_cents) == (Status.APPROVED, 1_000_000)


def test_a_proposed_amount_is_no_decision_in_the_minutes(files, manager):
    meeting = make_meeting(files[0].call)
    actions.propose(files[0], by=manager, at=MET, meeting=meeting, amount_cents=ASKED)
    ended = actions.end_meeting(meeting, by=manager, at=MET, minutes="")
    assert [(item["outcome"], item["cents"]) for item in ended.items] == [("", 0)]


def test_without_an_open_meeting_a_plan_is_not_laid(files, browser):
    page = browser.get(address())
    assert "no meeting of this call is open" in words_of(page)
    answer = browser.post(address(yes=files[3].reference), {"plan": "", "read": ""})
    assert answer.url == address(yes=files[3].reference)
    assert not Decision.objects.exists()


def test_a_plan_for_more_money_than_there_is_says_so(files, browser):
    make_meeting(files[0].call)
    said = words_of(browser.get(address(envelope="200000")))
    assert "This plan gives 89,999.00 CAD more than there is" in said


@pytest.mark.parametrize(
    "role", ["head_of_mission", "coordinator", "finance", "headquarters", "auditor"]
)
def test_others_of_the_team_read_the_plan_and_lay_nothing(files, browser_of, role):
    meeting = make_meeting(files[0].call)
    person = make_officer(role)
    browser = browser_of(person)
    page = browser.get(address())
    assert inside(page) == refs(*files[:2])
    assert "Lay the plan before the committee" not in words_of(page)
    assert browser.post(address(), {"plan": "", "read": ""}).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.propose_all(
            files[0].call, {files[0].reference: 1}, by=person, at=MET, meeting=meeting, read=""
        )


def test_reviewers_applicants_and_strangers_have_no_plan(files, person, browser_of):
    reviewer = make_officer("reviewer", "ana@example.org")
    for user in (reviewer, person("g0@example.org"), person("x@example.org")):
        assert browser_of(user).get(address()).status_code == 404
        assert browser_of(user).post(address(), {"plan": "", "read": ""}).status_code == 404


def test_a_sealed_file_leaves_no_trace_on_the_plan_of_who_may_not_know(files, manager, browser_of):
    eva = make_officer("manager", "eva@example.org")
    make_ruling(files[1], cents=3_000_000)
    for file in files[:2]:
        applications.seal(file, by=manager, at=READ, readers=[eva], alias="Un grupo")
    make_meeting(files[0].call)
    outsider, reader = (
        browser_of(user) for user in (make_officer("manager", "olga@example.org"), eva)
    )

    page = outsider.get(address())
    assert inside(page) == refs(*files[2:])
    assert "90,001.00" in page.content.decode(), "the whole envelope, as if nothing were approved"
    for file in files[:2]:
        assert file.reference not in page.content.decode()
        wrong = outsider.get(address(yes=file.reference))
        assert f"No file that can be weighed is called “{file.reference}”." in words_of(wrong)
    assert "Un grupo" not in page.content.decode()
    assert inside(reader.get(address())) == refs(*files[:2])
    assert "Un grupo" in reader.get(address()).content.decode()

    call = files[0].call
    plan = {files[0].reference: ASKED}
    olga = make_officer("manager", "olga@example.org")
    seal = planning.seal_of_plan(olga, call, plan, at=MET)
    with pytest.raises(actions.PlanWasOvertaken):
        actions.propose_all(call, plan, by=olga, at=MET, meeting=make_meeting(call), read=seal)


def test_a_restricted_file_is_told_by_its_alias_and_its_organization_by_nothing(files, browser):
    twin = files[1]
    Application.objects.filter(pk=twin.pk).update(
        applicant=files[0].applicant_id, sensitivity="restricted", alias="Colibrí 7"
    )
    page = browser.get(address())
    assert "Colibrí 7" in page.content.decode()
    assert inside(page) == refs(files[0], files[2]), "one project an organization"

    clash = browser.get(address(yes=f"{files[0].reference}+{twin.reference}"))
    said = words_of(clash)
    assert (
        "Let one organization, shown by alias, have more than one project." in said
        or "Withdraw" in said
    )
    assert files[0].applicant.legal_name not in said


def test_nobody_learns_of_points_that_they_have_still_to_give(files, manager, browser):
    people.give_role(
        manager, by=None, at=world.DAWN, mission=files[0].call.mission, role="reviewer"
    )
    make_declared(files[0], manager)
    page = browser.get(address())
    assert files[0].reference not in inside(page) | outside(page)


def test_a_file_taken_back_or_barred_is_not_weighed(files, person, manager, browser):
    Withdrawal.objects.create(application=files[0], by=person(), at=MET)
    people.close_to(manager, files[1], by=None, at=MET, reason="conflict")
    page = browser.get(address())
    assert inside(page) | outside(page) == refs(*files[2:])


def test_a_file_that_asks_for_no_amount_is_counted_and_not_weighed(files, browser):
    Application.objects.filter(pk=files[0].pk).update(requested_cents=None)
    page = browser.get(address())
    assert files[0].reference not in inside(page) | outside(page)
    assert "1 file is not weighed" in words_of(page)


def test_a_search_without_time_says_its_gap_and_breaks_nothing(files, manager, monkeypatch):
    """No second is left: the plan is told with what is not known, and no price is made up."""
    monkeypatch.setattr(
        choosing, "patience", lambda _seconds, work=40.0: portfolio.Effort(work, left=lambda: 0.0)
    )
    found = planning.candidates(manager, files[0].call, at=MET)
    given = choosing.answer(found, planning.Wish(found.envelope_cents))
    if given.plan:
        assert sum(given.cents.values()) <= found.envelope_cents
        firm = choosing.firmness(given)
        assert (firm.steps, firm.draws) == ((), 0)
    else:
        assert given.selection.reason.code == "portfolio.undecided"


def test_a_watch_runs_from_the_first_look(monkeypatch):
    now = [100.0]
    monkeypatch.setattr(choosing, "monotonic", lambda: now[0])
    effort = choosing.patience(3.0)
    now[0] = 160.0
    assert effort.left() == 3.0
    now[0] = 162.5
    assert (effort.left(), effort.is_over()) == (0.5, False)
    now[0] = 163.0
    assert effort.is_over()


def test_a_call_with_very_many_files_names_the_command(files, browser, monkeypatch):
    monkeypatch.setattr("monarca.grants.decisions.views.planning.LARGEST", 3)
    said = words_of(browser.get(address()))
    assert "monarca select CFLI-MX-2024" in said
    assert "More than 3 files" in said


def test_where_all_is_ruled_there_is_nothing_to_choose_from(reviewed, manager, browser_of):
    make_ruling(reviewed, "declined")
    assert "There is nothing to choose from" in words_of(browser_of(manager).get(address()))


def test_the_lists_lead_to_the_plan(files, browser):
    make_meeting(files[0].call)
    with override("en"):
        pages = [
            reverse("decisions:list"),
            reverse("decisions:ranking", args=["CFLI-MX-2024"]),
            reverse("decisions:meeting", args=["CFLI-MX-2024", 1]),
        ]
    for page in pages:
        assert f'href="{address()}"' in browser.get(page).content.decode()


def test_fifty_files_are_shown_a_screen_and_the_rest_on_the_next(files, browser, monkeypatch):
    monkeypatch.setattr("monarca.kit.paging.SIZE", 3)
    first, second = browser.get(address()), browser.get(address(page="2"))
    assert inside(first) | outside(first) | outside(second) == refs(*files)
    assert (len(outside(first)), len(inside(second)), len(outside(second))) == (1, 0, 1)


@pytest.mark.usefixtures("asked_before")
def test_the_page_asks_as_many_questions_for_nine_files_as_for_three(
    call, person, manager, browser_of
):
    browser = browser_of(manager)
    make_meeting(call)

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert browser.get(address()).status_code == 200
        return len(asked)

    for number in range(3):
        make_file(call, person, number, (4, 3))
    few = count()
    for number in range(3, 9):
        make_file(call, person, number, (number % 6, 3))
    assert count() == few
    assert few <= 20
