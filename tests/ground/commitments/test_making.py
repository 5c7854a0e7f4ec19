"""A commitment is made with its history, worded anew with a reason, and never rewritten."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from monarca.ground.commitments import actions, queries
from monarca.ground.commitments.models import Aim, Commitment, Progress, Wording
from monarca.ground.commitments.states import Aims, aims_in, bits_of
from monarca.ground.journal.models import Entry
from monarca.ground.people.models import Access
from monarca.kit import reasons
from tests import world_commitments as make
from tests.world_commitments import AUTUMN, PROMISED_ON, TEXT, WINTER


def verbs(commitment):
    subject = f"commitments.commitment:{commitment.pk}"
    return list(Entry.objects.filter(subject=subject).order_by("pk").values_list("verb", flat=True))


def test_a_deposit_says_who_where_and_for_when(mexico, coordinator, counterpart):
    made = make.make_commitment(
        mexico,
        by=coordinator,
        source=mexico,
        aims=("climate", "human_rights", "climate"),
        owners=(make.holder(user=counterpart), make.holder("canada", " Parcs ")),
        source_name={"en": "Annual meeting", "es": "  "},
        source_path="/dialogues/D-1/",
    )

    assert made.status == "promised"
    assert made.text == TEXT
    assert made.source == f"people.mission:{mexico.pk}"
    assert made.source_name == {"en": "Annual meeting"}
    assert sorted(made.aims.values_list("aim", flat=True)) == ["climate", "human_rights"]
    assert [(one.side, one.name) for one in queries.owners_of(made, at=AUTUMN)] == [
        ("canada", "Parcs"),
        ("mexico", "Comisión de Parques"),
    ]
    assert made.next_report_on == date(2025, 10, 1)
    assert [(one.number, one.text, one.due_on) for one in queries.wordings_of(made)] == [
        (0, TEXT, date(2025, 12, 31))
    ]
    assert verbs(made) == ["commitment.made"]
    assert list(queries.of_source(mexico, coordinator, at=AUTUMN)) == [made]


def test_no_word_of_a_commitment_stands_in_the_journal(mexico, coordinator):
    make.make_commitment(mexico, by=coordinator)

    data = [str(entry.data) for entry in Entry.objects.filter(verb__startswith="commitment.")]
    assert data
    assert not any(word in said for said in data for word in ("acuerdo", "agreement", "accord"))


@pytest.mark.parametrize("text", [{}, {"es": "  ", "en": ""}])
def test_nothing_is_promised_without_words(mexico, text):
    with pytest.raises(actions.NothingPromised):
        make.make_commitment(mexico, text=text)
    assert not Commitment.objects.exists()


def test_nothing_is_due_before_it_was_promised(mexico):
    with pytest.raises(actions.DueBeforePromised):
        make.make_commitment(mexico, due_on=date(2025, 9, 17))
    assert make.make_commitment(mexico, due_on=PROMISED_ON).due_on == PROMISED_ON


def test_an_owner_has_a_name(mexico):
    with pytest.raises(actions.OwnerUnnamed):
        make.make_commitment(mexico, owners=(make.holder(name="  "),))


def test_what_is_sealed_is_never_made_public(mexico, counterpart, manager):
    with pytest.raises(actions.SealedStaysSealed):
        make.make_commitment(mexico, readers=(counterpart,), is_public=True)

    made = make.make_commitment(mexico, readers=(manager,))
    assert Access.objects.get(subject_id=made.pk, user=manager).reason == "sealed"
    with pytest.raises(actions.SealedStaysSealed):
        actions.show(made, public=True, by=manager, at=AUTUMN)
    with pytest.raises(IntegrityError), transaction.atomic():
        Commitment.objects.filter(pk=made.pk).update(is_public=True, published_at=AUTUMN)


@pytest.mark.parametrize(
    "change", [{"origin": "rumour"}, {"aims": ("fame",)}, {"pillar": "salt"}], ids=str
)
def test_a_code_that_no_list_knows_is_a_fault_of_the_room_that_deposits(mexico, change):
    with pytest.raises(ValueError, match="no such"):
        make.make_commitment(mexico, **change)


def test_coordinators_and_managers_enter_by_hand_and_nobody_else(mexico, staff, person, far):
    for role in ("coordinator", "manager"):
        actions.promise(make.promise_of(mexico), by=staff(role), at=AUTUMN)
    others = ["reviewer", "head_of_mission", "finance", "headquarters", "auditor", "counterpart"]
    for user in (*map(staff, others), person(), far[1]):
        with pytest.raises(PermissionDenied):
            actions.promise(make.promise_of(mexico), by=user, at=AUTUMN)
    assert Commitment.objects.count() == 2


def test_only_a_manager_enters_one_that_is_public_at_once(mexico, coordinator, manager):
    given = make.promise_of(mexico, is_public=True)
    with pytest.raises(PermissionDenied):
        actions.promise(given, by=coordinator, at=AUTUMN)
    made = actions.promise(given, by=manager, at=AUTUMN)
    assert (made.is_public, made.published_at) == (True, AUTUMN)


def test_a_new_wording_keeps_the_one_before_and_says_why(commitment, coordinator):
    text, due = {"es": "Firmar el acuerdo."}, date(2026, 6, 30)
    made = actions.reword(
        commitment, {**text, "en": " "}, due, reason=" Faltan firmas ", by=coordinator, at=WINTER
    )

    assert (made.text, made.due_on) == (text, due)
    first, second = queries.wordings_of(commitment)
    assert (first.number, first.text, first.reason, first.by) == (0, TEXT, "", None)
    assert (second.number, second.text, second.due_on) == (1, text, due)
    assert (second.reason, second.by, second.at) == ("Faltan firmas", coordinator, WINTER)
    assert verbs(commitment) == ["commitment.made", "commitment.worded"]


@pytest.mark.parametrize(
    ("refusal", "change"),
    [
        (actions.NothingPromised, {"text": {"fr": " "}}),
        (actions.DueBeforePromised, {"due_on": date(2025, 1, 1)}),
        (actions.NoReason, {"reason": "  "}),
        (actions.SameWording, {"text": TEXT, "due_on": date(2025, 12, 31)}),
    ],
)
def test_a_wording_that_cannot_stand_is_refused_in_words(commitment, coordinator, refusal, change):
    given = {"text": {"es": "Otra cosa."}, "due_on": None, "reason": "Porque sí"} | change
    text, due = given.pop("text"), given.pop("due_on")
    with pytest.raises(refusal):
        actions.reword(commitment, text, due, by=coordinator, at=WINTER, **given)
    assert queries.wordings_of(commitment).count() == 1


def test_what_another_room_deposited_is_worded_by_that_room_alone(mexico, coordinator, manager):
    meeting = {"source_name": {"en": "The annual meeting"}}
    held = make.make_commitment(mexico, source=mexico, **meeting)
    for user in (coordinator, manager):
        with pytest.raises(actions.WordedWhereItWasMade) as refused:
            actions.reword(held, {"en": "Less."}, None, reason="x", by=user, at=WINTER)
        assert "(The annual meeting)" in reasons.sentence(refused.value.reason, "en")
    assert queries.wordings_of(held).count() == 1

    agreed = {"en": "More."}
    made = actions.reword_own(mexico, agreed, None, reason="Agreed", by=coordinator, at=WINTER)
    assert (made.pk, made.text, made.due_on) == (held.pk, agreed, None)
    assert [one.reason for one in queries.wordings_of(held)] == ["", "Agreed"]


def test_a_room_words_only_what_it_deposited(mexico, far, coordinator):
    make.make_commitment(mexico, source=mexico)
    with pytest.raises(Commitment.DoesNotExist):
        actions.reword_own(far[0], {"en": "x"}, None, reason="x", by=coordinator, at=WINTER)


@pytest.mark.parametrize("on", [date(1899, 12, 31), date(2025, 9, 24), date(9999, 12, 31)])
def test_a_promise_was_made_on_a_day_that_somebody_can_mean(mexico, on):
    with pytest.raises(actions.PromisedOutOfReason):
        make.make_commitment(mexico, promised_on=on, due_on=None)


def test_what_is_due_in_a_lifetime_is_due_never(mexico, coordinator):
    with pytest.raises(actions.DueInALifetime):
        make.make_commitment(mexico, due_on=date(9999, 12, 31))
    held = make.make_commitment(mexico, due_on=date(2125, 12, 31))
    day = date(2126, 1, 1)
    with pytest.raises(actions.DueInALifetime):
        actions.reword(held, TEXT, day, reason="x", by=coordinator, at=WINTER)


def test_a_form_sent_twice_makes_one_commitment(mexico, coordinator, manager):
    given = make.promise_of(mexico)
    made = actions.promise(given, by=coordinator, at=AUTUMN)
    with pytest.raises(actions.AlreadyWritten) as refused:
        actions.promise(given, by=coordinator, at=AUTUMN + timedelta(minutes=9))
    assert refused.value.values == {"reference": made.reference}
    others = [
        (given, manager, AUTUMN),
        (given, coordinator, AUTUMN + timedelta(minutes=11)),
        (make.promise_of(mexico, due_on=None), coordinator, AUTUMN),
        (make.promise_of(mexico, origin="dialogue"), coordinator, AUTUMN),
        (make.promise_of(mexico, text={"en": "Another."}), coordinator, AUTUMN),
    ]
    for another, by, at in others:
        actions.promise(another, by=by, at=at)
    assert Commitment.objects.count() == 1 + len(others)


def test_what_has_ended_is_not_worded_anew(commitment, coordinator):
    make.end(commitment, by=coordinator)
    with pytest.raises(actions.AlreadyEnded):
        actions.reword(commitment, {"en": "New"}, None, reason="x", by=coordinator, at=WINTER)


@pytest.mark.parametrize("model", [Wording, Progress], ids=["wordings", "reports"])
def test_history_cannot_be_rewritten_by_anybody(commitment, coordinator, model):
    make.make_report(commitment, by=coordinator)
    rows = model.objects.filter(commitment=commitment)
    change = {"reason": "x"} if model is Wording else {"note": "x"}

    for rewrite in (lambda: rows.update(**change), lambda: rows.update(at=AUTUMN), rows.delete):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
            rewrite()
    assert rows.count() == 1


def test_the_reference_is_one_that_can_be_copied_by_hand(commitment):
    assert commitment.reference.startswith("CMT-")
    assert str(commitment) == commitment.reference
    assert Aim.objects.get().aim == "climate"


@given(st.sets(st.sampled_from(Aims.values)))
def test_aims_as_bits_are_the_same_aims(aims):
    assert set(aims_in(bits_of(aims))) == aims


def test_a_commitment_counts_in_the_aims_it_serves(mexico):
    made = make.make_commitment(mexico, aims=("climate", "human_rights", "climate"))
    assert sorted(aims_in(made.aim_bits)) == sorted(made.aims.values_list("aim", flat=True))
