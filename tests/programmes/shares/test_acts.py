"""A division is begun, filled, proposed by one person, published by another, and followed up."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from django.urls import reverse

from monarca.engines import sealing
from monarca.engines.states import MoveRefused
from monarca.ground.journal.models import Entry
from monarca.programmes.shares import actions, queries
from monarca.programmes.shares.models import Allocation, Share
from monarca.programmes.shares.states import Line
from tests.world_shares import (
    JUNE,
    LINES,
    make_draft,
    make_proposed,
    make_published,
    officer,
    plan,
)

pytestmark = pytest.mark.usefixtures("mexico")


def told(allocation, rule=""):
    rows = list(queries.claimants_of(allocation))
    wanted = rule or allocation.rule
    return next(each for each in queries.published(allocation, rows) if each.rule == wanted)


def test_what_is_published_adds_up_and_says_why():
    made = make_published()
    found = told(made)
    assert found.amounts == {"bogota": 581, "guatemala": 452, "la-paz": 0, "mexico": 967}
    assert found.left == 0
    assert all(found.reasons.values())
    assert sorted(each.rule for each in queries.published(made, list(made.claimants.all()))) == [
        "largest_remainder",
        "water_filling",
        "webster",
        "weighted_water_filling",
    ]


def test_the_fingerprint_is_that_of_the_published_json():
    made = make_published()
    content = queries.content(made, list(queries.claimants_of(made)))
    assert made.sha256 == sealing.sha256(content)
    assert content["shares"]["webster"]["mexico"] == 967


def test_published_shares_are_never_rewritten():
    share = make_published().shares.first()
    for change in ({"amount": 1}, {"reason": {}}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Share.objects.filter(pk=share.pk).update(**change)
    with pytest.raises(DatabaseError), transaction.atomic():
        share.delete()


def test_who_proposed_does_not_publish():
    made = make_draft()
    chief = officer("manager")
    made = actions.propose(made, "webster", why="Monotone.", by=chief, at=JUNE)
    with pytest.raises(PermissionDenied):
        actions.publish(made, by=chief, at=JUNE)
    actions.publish(made, by=officer("head_of_mission"), at=JUNE)


@pytest.mark.parametrize("role", ["reviewer", "finance", "headquarters", "auditor", "counterpart"])
def test_others_do_nothing(role):
    made, other = make_draft(), officer(role)
    for act in (
        lambda: actions.begin(made.mission, plan(), by=other, at=JUNE),
        lambda: actions.change(made, plan(), by=other, at=JUNE),
        lambda: actions.fill(made, LINES, by=other, at=JUNE),
        lambda: actions.propose(made, "webster", why="x", by=other, at=JUNE),
        lambda: actions.withdraw(made, why="x", by=other, at=JUNE),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_what_was_proposed_stays_as_it_is_until_it_is_sent_back():
    made, clerk = make_proposed(), officer("coordinator")
    for act in (
        lambda: actions.change(made, plan(), by=clerk, at=JUNE),
        lambda: actions.fill(made, LINES, by=clerk, at=JUNE),
        lambda: actions.propose(made, "webster", why="x", by=clerk, at=JUNE),
    ):
        with pytest.raises(actions.NotADraft):
            act()
    actions.send_back(made, why="Ask La Paz again.", by=officer("manager"), at=JUNE)
    actions.change(made, plan(supply=5), by=clerk, at=JUNE)
    assert Allocation.objects.get().supply == 5


def test_each_refusal_says_why():
    clerk = officer("coordinator")
    empty = make_draft(lines=())
    with pytest.raises(actions.NobodyAsks):
        actions.propose(empty, "webster", why="x", by=clerk, at=JUNE)
    made = make_draft(lines=(Line("a", "A", 10, floor=9), Line("b", "B", 10, floor=9)), supply=12)
    with pytest.raises(actions.CannotDivide) as no:
        actions.propose(made, "webster", why="x", by=clerk, at=JUNE)
    assert no.value.reason.code == "apportionment.floors_exceed"
    with pytest.raises(actions.CannotDivide):
        actions.change(made, plan(rules=("by_beauty",)), by=clerk, at=JUNE)
    with pytest.raises(actions.TooManyRules):
        actions.change(made, plan(rules=()), by=clerk, at=JUNE)
    with pytest.raises(actions.ReasonMissing):
        actions.propose(make_draft(), "webster", why="  ", by=clerk, at=JUNE)
    with pytest.raises(actions.NotPublished):
        actions.follow(made, 5, by=clerk, at=JUNE)
    with pytest.raises(MoveRefused):
        actions.publish(made, by=officer("manager"), at=JUNE)


def test_the_next_round_serves_first_who_was_not_ready():
    made = make_published()
    two = actions.follow(made, 1000, by=officer("coordinator"), at=JUNE)
    rows = {row.code: row for row in queries.claimants_of(two)}
    assert two.round == 2
    assert rows["la-paz"].due == 149
    assert rows["la-paz"].aside == ""
    assert rows["mexico"].received == 967
    assert rows["mexico"].claim == 1500 - 967
    found = queries.compared(two, list(rows.values()), ("webster",))[0]
    assert found.amounts["la-paz"] >= 149
    assert found.reasons["la-paz"][0].code == "apportionment.owed"


def test_who_asked_for_nothing_is_owed_nothing():
    lines = tuple(
        Line(each.code, each.name, each.claim, aside="opted_out" if each.aside else "")
        for each in LINES
    )
    two = actions.follow(make_published(lines=lines), 9, by=officer("coordinator"), at=JUNE)
    assert {row.due for row in queries.claimants_of(two)} == {0}


def test_a_rule_that_was_only_compared_and_has_no_answer_is_left_out():
    lines = (Line("a", "A", 10, cap=5), Line("b", "B", 10))
    made = make_published(lines=lines, rules=("webster", "talmud"))
    assert [each.rule for each in queries.published(made, list(made.claimants.all()))] == [
        "webster"
    ]


def test_every_act_stands_in_the_journal_without_words():
    made = make_published()
    actions.withdraw(made, why="A claim was wrong.", by=officer("manager"), at=JUNE)
    verbs = list(
        Entry.objects.filter(subject=f"shares.allocation:{made.pk}")
        .order_by("pk")
        .values_list("verb")
    )
    assert [verb for (verb,) in verbs] == [
        "division.begun",
        "division.filled",
        "division.proposed",
        "division.published",
        "division.withdrawn",
    ]
    assert "wrong" not in str(list(Entry.objects.values_list("data", flat=True)))


def test_drafts_are_seen_by_the_mission_only(person):
    draft, shown = make_draft(), make_published()
    for user in (None, person(), officer("reviewer"), officer("counterpart")):
        assert list(queries.visible_to(user, at=JUNE)) == [shown]
    for role in ("coordinator", "auditor", "headquarters", "finance"):
        assert set(queries.visible_to(officer(role), at=JUNE)) == {draft, shown}
    actions.withdraw(draft, why="Not needed.", by=officer("coordinator"), at=JUNE)
    assert list(queries.public()) == [shown]


def test_a_round_is_followed_once(client):
    made, by = make_published(), officer("coordinator")
    after = actions.follow(made, 500, by=by, at=JUNE)
    with pytest.raises(actions.AlreadyFollowed) as refused:
        actions.follow(made, 500, by=by, at=JUNE)
    assert refused.value.values == {"reference": after.reference}
    other = Allocation.objects.get(pk=after.pk)
    other.pk, other.reference = None, "SHR-OTHER"
    with pytest.raises(IntegrityError), transaction.atomic():
        other.save(force_insert=True)

    client.force_login(by)
    where = f"/en/desk/shares/{made.reference}/"
    assert "Begin the next round" not in client.get(where).text
    assert f'href="/en/desk/shares/{after.reference}/"' in client.get(where).text
    answer = client.post(reverse("shares:follow", args=[made.reference]), {"supply": "500"})
    assert answer.url == f"/en/desk/shares/{after.reference}/"
    assert after.reference in client.get(answer.url).text

    actions.withdraw(after, why="Too early", by=officer("manager"), at=JUNE)
    assert actions.follow(made, 400, by=by, at=JUNE).round == 2


def test_there_is_something_to_divide():
    for terms in ({"supply": 0}, {"buffer": 1_000_000}):
        with pytest.raises(actions.NothingToDivide):
            make_draft(**terms)
    with pytest.raises(actions.NothingToDivide):
        actions.follow(make_published(), 0, by=officer("coordinator"), at=JUNE)
    assert make_draft(buffer=999_999, supply=1).supply == 1
