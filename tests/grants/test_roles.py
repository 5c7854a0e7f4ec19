"""Who may do what: one table of roles and verbs, checked with real files, and printed as a page."""

from pathlib import Path

import pytest

from monarca.grants.agreements import policy as agreements
from monarca.grants.agreements.queries import instalments_of
from monarca.grants.applications import policy as applications
from monarca.grants.applications.models import Intake
from monarca.grants.calls import policy as calls
from monarca.grants.decisions import policy as decisions
from monarca.grants.decisions.models import Decision
from monarca.grants.disclosure import policy as disclosure
from monarca.grants.payments import actions as paying
from monarca.grants.payments import policy as payments
from monarca.grants.reports import policy as reports
from monarca.grants.results import policy as results
from monarca.grants.reviews import actions as reviewing
from monarca.grants.reviews import policy as reviews
from monarca.grants.screening import policy as screening
from monarca.ground.envelopes import policy as envelopes
from monarca.ground.people import actions as people
from monarca.ground.people import policy as roles
from monarca.ground.people.models import Role
from monarca.ground.people.states import Roles
from monarca.ground.rates import policy as rates
from tests import world, world_agreements, world_disclosure, world_reports, world_screening
from tests.roles_told import assert_told
from tests.world_decisions import make_ready
from tests.world_disclosure import APRIL

PAGE = Path(__file__).parents[2] / "docs" / "roles.md"
COORDINATION = {"coordinator", "manager"}
EVERYBODY = set(Roles.values) - {"counterpart"}
TABLE = [
    ("publish, extend, cancel a call", "may_run", {"manager"}),
    ("confirm what arrived by mail", "may_confirm_intake", COORDINATION),
    ("seal a file, or open it again", "may_seal", {"manager"}),
    ("screen: begin, confirm, ask, pass, fail", "may_screen", COORDINATION),
    ("waive a condition, with a reason", "may_waive", {"manager"}),
    ("assign a reviewer, return a review", "may_assign", {"manager"}),
    ("be assigned a file to review", "may_review", {"reviewer"}),
    ("declare one's own interests", "may_declare", EVERYBODY - {"headquarters", "auditor"}),
    ("convene the committee, keep its minutes", "may_convene", {"manager"}),
    ("approve, reserve, decline, defer", "may_decide", {"manager"}),
    ("confirm decisions", "may_confirm_decision", {"head_of_mission"}),
    ("draft and send an agreement", "may_draft", COORDINATION),
    ("sign for Canada, amend, suspend, terminate", "may_sign", {"head_of_mission"}),
    ("ask for a report", "may_request_report", COORDINATION),
    ("accept or return a report", "may_read_report", COORDINATION),
    ("ask for an instalment to be paid", "may_request_payment", COORDINATION),
    ("certify a payment (s. 34)", "may_certify", {"manager"}),
    ("release a payment (s. 33)", "may_release", {"finance"}),
    ("record what was paid and what came back", "may_record", {"finance"}),
    ("close the file", "may_cancel", {"manager"}),
    ("plan indicators, record values", "may_keep", COORDINATION),
    ("override a marker, with a reason", "may_override", {"manager"}),
    ("prepare a disclosure, write its texts", "may_prepare", COORDINATION),
    ("approve a disclosure", "may_approve", {"manager"}),
    ("publish a disclosure", "may_publish", {"head_of_mission"}),
    ("enter an exchange rate", "may_enter", {"finance"}),
    ("set an envelope", "may_set", {"manager"}),
    ("give roles", "may_give_roles", {"manager"}),
]
HEAD = """# Who may do what

This page is printed by `tests/grants/test_roles.py`, which asks every rule with real files:
`MONARCA_WRITE=1 pytest tests/grants/test_roles.py` writes it anew. What stands beside the river: [the programmes](roles-programmes.md).

An applicant is not a role but a membership in an organisation: view, edit or submit. Headquarters and the auditor read every unsealed
file and write nothing. Whoever is barred from a file reads and does nothing with it, whatever their role.

Whatever roles a person holds, on one file they may not both: score and confirm; advise and score; approve and certify;
certify and release; prepare and approve a disclosure; record a value and verify it.
"""


@pytest.fixture
def asked(call, person):
    """Every rule of the table with a file on which it is answered, at one instant of the river."""
    agreement = world_agreements.make_active(make_ready(call, person()))
    file, mission = agreement.application, call.mission
    prepared = world_disclosure.make_prepared(agreement)
    payment = paying.request(
        instalments_of(agreement).get(number=1),
        by=world_reports.somebody("asks@example.org", "coordinator", mission),
        at=world_reports.JULY,
    )
    free = world.make_submitted(call, person("otra@example.org", "Otra"))
    world_screening.make_screened(free)
    subjects = {
        "may_run": (calls.may_run, call),
        "may_confirm_intake": (applications.may_confirm, Intake(call=call)),
        "may_seal": (applications.may_seal, file),
        "may_screen": (screening.may_screen, free),
        "may_waive": (screening.may_waive, free),
        "may_assign": (reviews.may_assign, free),
        "may_review": (reviews.may_review, free),
        "may_declare": (reviews.may_declare, free),
        "may_convene": (decisions.may_convene, call),
        "may_decide": (decisions.may_decide, file),
        "may_confirm_decision": (decisions.may_confirm, Decision.objects.get(application=file)),
        "may_draft": (agreements.may_draft, file),
        "may_sign": (agreements.may_sign, agreement),
        "may_request_report": (reports.may_request, file),
        "may_read_report": (reports.may_read, file),
        "may_request_payment": (payments.may_request, agreement),
        "may_certify": (payments.may_certify, payment),
        "may_release": (payments.may_release, payment),
        "may_record": (payments.may_record, agreement),
        "may_cancel": (payments.may_cancel, agreement),
        "may_keep": (results.may_keep, agreement),
        "may_override": (results.may_override, agreement),
        "may_prepare": (disclosure.may_prepare, file),
        "may_approve": (disclosure.may_approve, prepared),
        "may_publish": (disclosure.may_publish, prepared),
        "may_set": (envelopes.may_set, mission),
        "may_give_roles": (roles.may_give_roles, mission),
    }

    def ask(rule, user, at=APRIL):
        if rule == "may_enter":
            return rates.may_enter(user, at=at)
        may, subject = subjects[rule]
        return may(user, subject, at=at)

    ask.mission = mission
    ask.file = file
    ask.files = (file, free)
    return ask


def fresh(asked, role):
    """Somebody who holds this role only, and has had nothing to do with the file."""
    return world_reports.somebody(f"fresh-{role}@example.org", role, asked.mission)


def test_each_verb_belongs_to_its_roles_and_the_page_says_so(asked):
    holders = {role: fresh(asked, role) for role in Roles.values}
    found = {
        rule: {role for role, user in holders.items() if asked(rule, user)} for _, rule, _ in TABLE
    }
    assert found == {rule: roles for _, rule, roles in TABLE}
    assert_told(found, TABLE, PAGE, HEAD)


def test_nobody_without_a_role_may_do_any_of_it(asked, person):
    stranger = person("nadie@example.org", "Nadie")
    assert [rule for _, rule, _ in TABLE if asked(rule, stranger)] == []


@pytest.mark.parametrize("role", Roles.values)
def test_a_role_that_has_ended_gives_nothing(asked, role):
    holder = fresh(asked, role)
    for held in Role.objects.filter(user=holder):
        people.end_role(held, by=None, at=APRIL)
    assert [rule for _, rule, _ in TABLE if asked(rule, holder)] == []


def test_a_role_of_another_mission_gives_nothing_here(asked):
    lima = people.found_mission(
        "LIMA",
        by=None,
        at=APRIL,
        name={"es": "Lima", "en": "Lima", "fr": "Lima"},
        countries=["PE"],
        time_zone="America/Lima",
    )
    everywhere = {"may_enter"}  # rates are the same for all missions
    for role in set(Roles.values):
        holder = world_reports.somebody(f"lima-{role}@example.org", role, lima)
        found = {rule for _, rule, _ in TABLE if asked(rule, holder)}
        assert found - everywhere == set(), role


OF_A_CALL = {
    "may_run",
    "may_confirm_intake",
    "may_convene",
    "may_enter",
    "may_set",
    "may_give_roles",
}


@pytest.mark.parametrize("role", sorted(EVERYBODY - {"headquarters", "auditor"}))
def test_a_barred_person_does_nothing_with_the_file(asked, role):
    holder = fresh(asked, role)
    for file in asked.files:
        people.close_to(holder, file, by=None, at=APRIL, reason="conflict")
    found = {rule for _, rule, _ in TABLE if asked(rule, holder)}
    assert found - OF_A_CALL - {"may_declare"} == set()


def test_a_reviewer_who_scored_may_not_confirm_even_as_head_of_mission(asked):
    scorer = reviewing.Assignment.objects.get(application=asked.file).reviewer
    people.give_role(scorer, by=None, at=APRIL, mission=asked.mission, role="head_of_mission")
    assert not asked("may_confirm_decision", scorer)
