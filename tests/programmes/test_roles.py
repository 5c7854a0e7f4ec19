"""Who may do what beside the river: one table of roles and verbs, asked and printed as a page."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from monarca.ground.commitments import policy as commitments
from monarca.ground.people.states import Roles
from monarca.programmes.climate import policy as climate
from monarca.programmes.consultations import policy as consultations
from monarca.programmes.dialogues import policy as dialogues
from monarca.programmes.shares import policy as shares
from monarca.programmes.youthlab import policy as youthlab
from tests import (
    world_climate,
    world_commitments,
    world_consultations,
    world_dialogues,
    world_shares,
    world_youthlab,
)
from tests.roles_told import assert_told
from tests.world_reports import somebody

PAGE = Path(__file__).parents[2] / "docs" / "roles-programmes.md"
LATER = datetime(2025, 6, 2, 18, 0, tzinfo=UTC)
RUN, CHIEF = {"coordinator", "manager"}, {"manager"}
TABLE = [
    ("enter a commitment, or a file of them", "commitments.may_promise", RUN),
    ("reword a commitment, name its owners, end it", "commitments.may_keep", RUN),
    ("put a commitment before the public", "commitments.may_publish", CHIEF),
    ("found a dialogue or a group", "dialogues.may_found", CHIEF),
    ("plan a meeting", "dialogues.may_plan", RUN),
    ("run a meeting, share it, adopt its texts", "dialogues.may_run", RUN),
    ("publish a meeting and its agreed texts", "dialogues.may_publish", CHIEF),
    ("begin a consultation", "consultations.may_begin", RUN),
    ("enter what happened in a consultation", "consultations.may_run", RUN),
    ("put what a people permits before the public", "consultations.may_publish", CHIEF),
    ("prepare a Youth Lab", "youthlab.may_found", RUN),
    ("keep a Youth Lab: quotas, checks, rounds", "youthlab.may_keep", RUN),
    ("publish a Youth Lab, its draw and its end", "youthlab.may_publish", CHIEF),
    ("begin a climate pledge", "climate.may_begin", RUN),
    ("keep a pledge's figures and series", "climate.may_keep", RUN),
    ("publish a pledge", "climate.may_publish", CHIEF),
    ("prepare a division, propose a rule", "shares.may_prepare", RUN),
    ("publish or send back a division", "shares.may_decide", {"manager", "head_of_mission"}),
]
HEAD = """# Who may do what beside the river

This page is printed by `tests/programmes/test_roles.py`, which asks every rule with real records:
`MONARCA_WRITE=1 pytest tests/programmes/test_roles.py` writes it anew.

Owners of a commitment say how far it is, whatever their role. Whoever proposed a division does not publish it. A counterpart reads
and answers in the meetings that were shared with them by name, and a people's representative speaks for their own record; both
are readers by name, not roles of the table. Headquarters and the auditor read and write nothing.
"""


@pytest.fixture
def asked(mexico):
    """Every rule with a record of its own, made by other people than those who ask."""
    clerk = somebody("clerk@example.org", "coordinator", mexico)
    edition = world_dialogues.make_edition()
    subjects = {
        "commitments.may_promise": (commitments, mexico),
        "commitments.may_keep": (commitments, world_commitments.make_commitment(mexico)),
        "dialogues.may_found": (dialogues, mexico),
        "dialogues.may_plan": (dialogues, edition.series),
        "dialogues.may_run": (dialogues, edition),
        "consultations.may_begin": (consultations, mexico),
        "consultations.may_run": (consultations, world_consultations.make_begun(clerk)),
        "youthlab.may_found": (youthlab, mexico),
        "youthlab.may_keep": (youthlab, world_youthlab.make_edition()),
        "climate.may_begin": (climate, mexico),
        "climate.may_keep": (climate, world_climate.make_pledge(mexico)),
        "shares.may_prepare": (shares, world_shares.make_draft()),
    }
    for room in ("commitments", "dialogues", "consultations", "youthlab", "climate", "shares"):
        kept = next(
            key
            for key in (f"{room}.may_keep", f"{room}.may_run", f"{room}.may_prepare")
            if key in subjects
        )
        subjects[f"{room}.may_publish"] = subjects[kept]
    subjects["shares.may_decide"] = subjects["shares.may_prepare"]

    def ask(rule, user, at=LATER):
        room, subject = subjects[rule]
        return getattr(room, rule.partition(".")[2])(user, subject, at=at)

    ask.mission = mexico
    return ask


def test_each_verb_belongs_to_its_roles_and_the_page_says_so(asked):
    holders = {
        role: somebody(f"fresh-{role}@example.org", role, asked.mission) for role in Roles.values
    }
    found = {
        rule: {role for role, user in holders.items() if asked(rule, user)} for _, rule, _ in TABLE
    }
    assert found == {rule: roles for _, rule, roles in TABLE}
    assert_told(found, TABLE, PAGE, HEAD)


def test_nobody_without_a_role_may_do_any_of_it(asked, person):
    stranger = person("nadie@example.org", "Nadie")
    assert [rule for _, rule, _ in TABLE if asked(rule, stranger)] == []
