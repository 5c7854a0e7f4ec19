"""The committee decides within the envelope, with reasons, and everybody hears."""

import pytest
from django.core.exceptions import PermissionDenied

from monarca.engines.states import MoveRefused
from monarca.grants.decisions import actions, queries
from monarca.grants.decisions.models import Decision, Meeting
from monarca.grants.decisions.states import MOVES, Ruling, Status
from monarca.grants.reviews import actions as reviews
from monarca.grants.screening.models import Withdrawal
from monarca.ground.envelopes import queries as ledger
from monarca.ground.envelopes.actions import EnvelopeIsSpent
from monarca.ground.journal import queries as journal
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions as people
from tests import world
from tests.world_decisions import (
    CONFIRMED,
    MET,
    make_confirmed,
    make_meeting,
    make_ready,
    make_ruling,
    shrink_envelope,
)
from tests.world_reviews import make_assigned
from tests.world_screening import make_officer


def left(call):
    call.envelope.refresh_from_db()
    return ledger.balance(call.envelope).left_cents


def test_a_yes_reserves_its_amount_in_the_envelope(reviewed):
    before = left(reviewed.call)

    decision = make_ruling(reviewed, cents=4_000_000, conditions="Informe trimestral.")

    assert (decision.status, decision.outcome) == ("approved", "approved")
    assert (decision.amount_cents, decision.conditions) == (4_000_000, "Informe trimestral.")
    assert before - left(reviewed.call) == 4_000_000


def test_two_approvals_cannot_overspend_the_envelope(call, person):
    one = make_ready(call, person())
    two = make_ready(call, person("otra@example.org"), name="Otra A.C.", legal_name="Otra A.C.")
    shrink_envelope(call, 7_000_000)
    make_ruling(one, cents=4_000_000)

    with pytest.raises(EnvelopeIsSpent) as refusal:
        make_ruling(two, cents=3_000_001)

    assert refusal.value.values == {"asked_cents": 3_000_001, "left_cents": 3_000_000}
    assert not Decision.objects.filter(application=two).exists(), "nothing of it was kept"
    make_ruling(two, cents=3_000_000)
    assert left(call) == 0


@pytest.mark.parametrize("cents", [0, -1, 4_500_001])
def test_an_amount_is_above_nothing_and_at_most_what_was_asked(reviewed, cents):
    assert reviewed.requested_cents == 4_500_000

    with pytest.raises(actions.AmountOutOfReason) as refusal:
        make_ruling(reviewed, cents=cents)

    assert refusal.value.values == {"asked_cents": cents, "most_cents": 4_500_000}


def test_changing_a_yes_gives_its_money_back_first(reviewed):
    before = left(reviewed.call)
    make_ruling(reviewed, cents=4_000_000)
    make_ruling(reviewed, cents=4_500_000)
    assert before - left(reviewed.call) == 4_500_000

    make_ruling(reviewed, "declined")
    assert left(reviewed.call) == before


def test_a_stale_page_cannot_give_money_back_twice(reviewed, manager):
    make_ruling(reviewed, cents=1_000_000)
    one, two = Decision.objects.get(), Decision.objects.get()
    before = left(reviewed.call)

    actions.approve(one, by=manager, at=MET, amount_cents=2_000_000)
    actions.approve(two, by=manager, at=MET, amount_cents=3_000_000)

    assert before - left(reviewed.call) == 2_000_000
    held = ledger.of_record(one)
    assert held["reserved"] - held["released"] == 3_000_000


@pytest.mark.parametrize(
    ("outcome", "reason"),
    [("declined", "waiting_list"), ("reserved", "weak_gba"), ("deferred", ""), ("declined", "x")],
)
def test_anything_but_a_yes_needs_a_reason_that_fits(reviewed, outcome, reason):
    decision = actions.propose(
        reviewed, by=make_officer(), at=MET, meeting=make_meeting(reviewed.call)
    )
    act = {"declined": actions.decline, "reserved": actions.reserve, "deferred": actions.defer}

    with pytest.raises(actions.ReasonNeeded):
        act[outcome](decision, by=make_officer(), at=MET, reason=reason)


def test_a_file_that_is_still_read_is_not_decided(submitted):
    make_assigned(submitted)

    with pytest.raises(actions.NotReviewedYet):
        make_ruling(submitted)


def test_nobody_says_yes_to_a_file_that_was_taken_back(reviewed, person, head):
    decision = make_ruling(reviewed)
    Withdrawal.objects.create(application=reviewed, by=person(), at=MET)

    with pytest.raises(actions.FileWasWithdrawn):
        actions.confirm(decision, by=head, at=CONFIRMED)
    assert reviewed not in queries.to_decide(make_officer(), at=CONFIRMED)


def test_a_file_is_decided_in_a_meeting_of_its_own_call_that_is_open(reviewed, manager):
    other = world.make_call(
        opens_at=world.OPENS.replace(year=2025), closes_at=world.CLOSES.replace(year=2025)
    )
    ruling = Ruling(outcome="declined", reason="weak_gba")
    with pytest.raises(actions.MeetingOfAnotherCall):
        actions.decide(reviewed, by=manager, at=MET, meeting=make_meeting(other), ruling=ruling)

    ended = make_meeting(reviewed.call)
    actions.end_meeting(ended, by=manager, at=MET, minutes="")
    with pytest.raises(actions.MeetingHasEnded):
        actions.decide(reviewed, by=manager, at=MET, meeting=ended, ruling=ruling)


def test_only_a_manager_who_is_not_barred_decides(reviewed, manager, staff):
    meeting = make_meeting(reviewed.call)
    for role in ("coordinator", "finance", "auditor", "headquarters"):
        with pytest.raises(PermissionDenied):
            actions.propose(reviewed, by=staff(role), at=MET, meeting=meeting)

    people.close_to(manager, reviewed, by=None, at=MET, reason="conflict")
    with pytest.raises(PermissionDenied):
        actions.propose(reviewed, by=manager, at=MET, meeting=meeting)


def test_the_head_of_mission_confirms_and_nobody_else(reviewed, manager, head, staff):
    decision = make_ruling(reviewed)
    for person in (manager, staff("coordinator"), staff("headquarters")):
        with pytest.raises(PermissionDenied):
            actions.confirm(decision, by=person, at=CONFIRMED)

    actions.confirm(decision, by=head, at=CONFIRMED)

    assert (decision.status, decision.confirmed_by, decision.confirmed_at) == (
        "confirmed",
        head,
        CONFIRMED,
    )
    assert list(queries.approved()) == [decision]


def test_who_scored_a_file_does_not_confirm_it(submitted, head):
    mission = submitted.call.mission
    people.give_role(head, by=None, at=world.DAWN, mission=mission, role="reviewer")
    from tests.world_reviews import make_reviewed

    make_reviewed(submitted, head)
    decision = make_ruling(submitted)

    with pytest.raises(PermissionDenied):
        actions.confirm(decision, by=head, at=CONFIRMED)
    with pytest.raises(PermissionDenied):
        actions.confirm_all(submitted.call, by=head, at=CONFIRMED)


def test_confirming_all_leaves_what_one_scored_to_somebody_else(call, person, head):
    one = make_ready(call, person())
    people.give_role(head, by=None, at=world.DAWN, mission=call.mission, role="reviewer")
    two = make_ready(
        call, person("otra@example.org"), reviewer=head, name="Otra A.C.", legal_name="Otra A.C."
    )
    make_ruling(one)
    make_ruling(two, "declined")

    done = actions.confirm_all(call, by=head, at=CONFIRMED)

    assert [row.application for row in done] == [one]
    assert Decision.objects.get(application=two).status == "declined"


@pytest.mark.parametrize(
    ("outcome", "said"),
    [
        ("approved", "40,000.00 CAD"),
        ("declined", "El análisis de género e inclusión no dio forma al proyecto."),
        ("reserved", "El proyecto queda en la lista de reserva"),
    ],
)
def test_every_answer_is_written_in_the_reader_s_language(reviewed, outcome, said):
    make_confirmed(reviewed, outcome)

    letter = Letter.objects.get(key=f"decision.{outcome}")
    assert (letter.language, letter.to) == ("es", "lupita@example.org")
    assert said in letter.body
    assert f"/es/applications/{reviewed.reference}/decision/" in letter.body


def test_a_french_reader_is_written_to_in_french(call, person):
    file = make_ready(call, person(language="fr"))
    make_confirmed(file, "declined")

    letter = Letter.objects.get(key="decision.declined")
    assert letter.language == "fr"
    assert "L'analyse de genre et d'inclusion n'a pas façonné le projet." in letter.body


def test_who_is_put_off_hears_when_the_meeting_ends(reviewed, manager):
    decision = make_ruling(reviewed, "deferred")
    assert not Letter.objects.filter(key="decision.deferred").exists()

    actions.end_meeting(decision.meeting, by=manager, at=MET, minutes="")

    letter = Letter.objects.get(key="decision.deferred")
    assert "Falta información para decidir." in letter.body
    assert reviewed in queries.to_decide(manager, at=CONFIRMED), "it waits for another meeting"


def test_a_file_in_reserve_may_come_again_when_money_is_freed(reviewed, manager, head):
    make_confirmed(reviewed, "reserved")
    actions.end_meeting(make_meeting(reviewed.call), by=manager, at=CONFIRMED, minutes="")

    decision = make_confirmed(reviewed, "approved", at=CONFIRMED)

    assert (decision.meeting.number, decision.outcome) == (2, "approved")
    first = Meeting.objects.get(number=1)
    assert [(item["file"], item["outcome"]) for item in first.items] == [(reviewed.pk, "reserved")]


def test_a_confirmed_no_stays(reviewed, manager):
    make_confirmed(reviewed, "declined")

    with pytest.raises(MoveRefused):
        make_ruling(reviewed, "approved")


@pytest.mark.parametrize("state", Status.values)
@pytest.mark.parametrize("move", MOVES.table)
def test_every_move_outside_the_table_is_refused(move, state):
    if MOVES.allows(move, state):
        assert MOVES.after(move, state) in Status.values
    else:
        with pytest.raises(MoveRefused):
            MOVES.after(move, state)


def test_meetings_are_numbered_in_their_call_and_only_the_mission_attends(
    reviewed, manager, person
):
    one = make_meeting(reviewed.call)
    actions.end_meeting(one, by=manager, at=MET, minutes="Sin novedad.")
    assert (one.number, one.minutes) == (1, "Sin novedad.")
    assert make_meeting(reviewed.call).number == 2

    with pytest.raises(actions.NotOfTheMission):
        actions.convene(
            reviewed.call,
            by=manager,
            at=MET,
            held_at=MET,
            chair=manager,
            attendees=[person("x@example.org")],
        )
    with pytest.raises(actions.MeetingHasEnded):
        actions.end_meeting(one, by=manager, at=MET, minutes="Otra cosa.")


def test_the_minutes_keep_what_was_decided_then(reviewed, manager):
    decision = make_ruling(reviewed, cents=3_000_000, words="Felicidades.")
    actions.end_meeting(decision.meeting, by=manager, at=MET, minutes="")

    assert Meeting.objects.get().items == [
        {
            "file": reviewed.pk,
            "outcome": "approved",
            "cents": 3_000_000,
            "reason": "",
            "words": "Felicidades.",
            "conditions": "",
            "mean": "4.00",
            "ge_codes": [2],
        }
    ]


def test_the_journal_tells_the_story_without_anybody_s_words(reviewed):
    make_confirmed(reviewed, words="Palabras para la organización", conditions="Con cuidado")

    verbs = list(journal.story_of(reviewed).values_list("verb", flat=True))
    tail = [verb for verb in verbs if verb.startswith(("decision.", "envelope."))]
    assert tail == [
        "decision.proposed",
        "decision.approved",
        "envelope.reserved",
        "decision.confirmed",
    ]
    assert "Palabras" not in str(list(journal.story_of(reviewed).values_list("data", flat=True)))


def test_findings_of_many_files_agree_with_the_summary_of_each(call, person):
    from monarca.grants.calls import queries as calls
    from monarca.grants.reviews import queries as found

    files = [
        make_ready(call, person(f"p{n}@example.org"), points=n, name=f"G{n}", legal_name=f"G{n}")
        for n in (2, 5)
    ]
    many = queries.findings_of(files)
    for file in files:
        one = found.summary(file, calls.definition(file.form_id))
        assert (many[file.pk].mean, many[file.pk].ge_codes) == (one.mean, one.ge_codes)


def test_sums_count_only_files_that_the_reader_may_see(call, person, manager):
    one = make_ready(call, person("u@example.org"), name="Uno", legal_name="Uno")
    two = make_ready(call, person("d@example.org"), name="Dos", legal_name="Dos")
    make_ruling(one, cents=1_000_000)
    make_ruling(two, cents=2_000_000)
    assert queries.purse(manager, call, at=MET).promised_cents == 3_000_000

    reviews.declare(two, by=manager, at=MET, level="actual")

    assert queries.purse(manager, call, at=MET).promised_cents == 1_000_000
    assert ledger.balance(call.envelope).promised_cents == 3_000_000
