"""What can happen in a consultation, and every no that it says."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from monarca.engines.states import MoveRefused
from monarca.ground.commitments import queries as register
from monarca.ground.commitments.models import Commitment
from monarca.ground.files.actions import FileRefused
from monarca.ground.letters.models import Letter
from monarca.programmes.consultations import actions, queries, tasks
from monarca.programmes.consultations.actions import Attached, Entering, Upload, Wish
from monarca.programmes.consultations.models import (
    Consultation,
    Item,
    Permission,
    Protection,
    Text,
)
from monarca.programmes.consultations.states import ENTERED, GOING, SIDES, Kind, Phase
from tests import sounds
from tests import world_consultations as world

pytestmark = pytest.mark.django_db


def refused(error, act, *given, **named):
    with pytest.raises(error) as said:
        act(*given, **named)
    return said.value.reason if hasattr(said.value, "reason") else None


def a_step(day, **changes):
    return Entering(**{"kind": "step", "on": day, "texts": {"es": "Una reunión."}, **changes})


# --- beginning


def test_a_record_begins_with_its_six_sides_and_nothing_public(ana):
    made = world.make_begun(ana)
    assert made.reference.startswith("C-")
    assert len(made.reference) == 9
    assert [one.kind for one in Item.objects.order_by("pk")] == list(SIDES)
    assert made.status == Phase.PRIOR
    assert not queries.public().exists()
    assert not Permission.objects.exists()
    assert queries.versions(made).get().facts["people"] == "Maya"


@pytest.mark.parametrize(
    "changes",
    [
        {"title": {"es": "  "}},
        {"matter": {}},
        {"authority": " "},
        {"people": ""},
        {"community": ""},
        {"languages": ()},
        {"region": "CA-ON"},
        {"region": "MX-XXX"},
        {"time_zone": "Mars/Olympus"},
    ],
)
def test_facts_are_whole(ana, changes):
    refused(actions.FactsMissing, world.make_begun, ana, **changes)


def test_a_language_is_one_of_the_list(ana):
    refused(actions.LanguageUnknown, world.make_begun, ana, languages=("xx",))


@pytest.mark.parametrize(
    "role", ["reviewer", "head_of_mission", "finance", "headquarters", "auditor", "counterpart"]
)
def test_only_coordinators_and_managers_begin(staff, role):
    with pytest.raises(PermissionDenied):
        world.make_begun(staff(role))


def test_facts_are_put_right_with_a_reason_and_the_earlier_stay(ana):
    made = world.make_begun(ana)
    other = replace(world.FACTS, place="Al norte del cenote")
    refused(actions.ReasonWanting, actions.revise, made, other, reason=" ", by=ana, at=world.SHARED)
    refused(
        actions.FactsUnchanged,
        actions.revise,
        made,
        world.FACTS,
        reason="x",
        by=ana,
        at=world.SHARED,
    )
    actions.revise(made, other, reason="Lo pidieron.", by=ana, at=world.SHARED)
    assert [one.facts["place"] for one in queries.versions(made)] == [
        "Al norte del cenote",
        "Junto al cenote",
    ]


def test_a_permission_lapses_when_what_it_is_about_changes(ana, staff):
    made, _speaker = world.make_public(ana, staff("manager"), kinds=("people", "places"))
    actions.revise(
        made, replace(world.FACTS, place="Otro"), reason="Precisión.", by=ana, at=world.LATER
    )
    assert queries.permitted_at(made, Kind.PLACES) is None
    assert queries.permitted_at(made, Kind.PEOPLE) is not None
    assert Permission.objects.order_by("-pk")[0].how == "lapsed"


# --- their own time


def test_no_step_is_entered_while_they_deliberate_and_the_day_is_said(ana):
    made, speaker = world.make_protected(ana)
    for kind in ("step", "shared", "position", "agreement", "condition", "dissent"):
        given = a_step(
            world.INSIDE.date(),
            kind=kind,
            form="text",
            shared_in="yua",
            wish=world.by_paper(speaker),
            owner_side="canada",
            owner_name="x",
        )
        reason = refused(actions.TimeIsTheirs, actions.enter, made, given, by=ana, at=world.INSIDE)
        assert reason.values == {"until_on": "2024-04-30"}
    outcome = world.an_outcome(speaker, at=world.INSIDE)
    refused(actions.TimeIsTheirs, actions.conclude, made, outcome, by=ana, at=world.INSIDE)
    refused(actions.TimeIsTheirs, actions.converse, made, by=ana, at=world.INSIDE)
    refused(
        actions.TimeIsTheirs,
        actions.stop,
        made,
        {"es": "x"},
        on=date(2024, 4, 9),
        by=ana,
        at=world.INSIDE,
    )
    assert not Item.objects.filter(kind=Kind.STEP).exists()


def test_an_earlier_date_is_no_way_round(ana):
    made, _speaker = world.make_protected(ana)
    refused(
        actions.TimeIsTheirs, actions.enter, made, a_step(date(2024, 3, 1)), by=ana, at=world.INSIDE
    )


def test_after_their_time_no_step_is_dated_within_it(ana):
    made, _speaker = world.make_dialogue(ana)
    given = a_step(world.INSIDE.date())
    reason = refused(actions.WithinTheirTime, actions.enter, made, given, by=ana, at=world.AFTER)
    assert dict(reason.values) == {"from_on": "2024-04-01", "until_on": "2024-04-30"}


def test_the_last_day_is_theirs_until_midnight_where_they_live(ana):
    made, _speaker = world.make_protected(ana)
    last = world.on(4, 30, 23)
    given = a_step(date(2024, 3, 21))
    refused(actions.TimeIsTheirs, actions.enter, made, given, by=ana, at=last)
    actions.converse(made, by=ana, at=last + timedelta(hours=1))


def test_their_time_is_never_shortened(ana):
    made, speaker = world.make_protected(ana)
    for day in (date(2024, 4, 29), date(2024, 4, 30), date(2024, 4, 2)):
        reason = refused(
            actions.TimeIsNeverShortened,
            actions.lengthen,
            made,
            day,
            wish=world.by_paper(speaker),
            by=ana,
            at=world.INSIDE,
        )
        assert reason.values == {"until_on": "2024-04-30"}


def test_no_row_of_their_time_is_ever_changed_or_removed(ana):
    world.make_protected(ana)
    row = Protection.objects.get()
    with pytest.raises(DatabaseError), transaction.atomic():
        Protection.objects.filter(pk=row.pk).update(until_on=date(2024, 4, 2))
    with pytest.raises(DatabaseError), transaction.atomic():
        row.delete()
    assert Protection.objects.get().until_on == world.UNTIL


def test_it_is_lengthened_by_their_wish_even_while_it_runs(ana, person):
    reina = world.a_person()
    made, speaker = world.make_protected(ana, user=reina)
    actions.lengthen(
        made, date(2024, 5, 15), wish=world.by_account(speaker), by=reina, at=world.INSIDE
    )
    refused(actions.TimeIsTheirs, actions.converse, made, by=ana, at=world.AFTER)
    assert [row.until_on.day for row in queries.protections(made)] == [30, 15]


def test_time_that_is_over_begins_anew_and_the_dialogue_waits(ana):
    made, speaker = world.make_dialogue(ana)
    actions.lengthen(made, date(2024, 6, 1), wish=world.by_paper(speaker), by=ana, at=world.AFTER)
    made.refresh_from_db()
    assert made.status == Phase.DELIBERATION
    assert queries.protections(made).last().from_on == world.AFTER.date()
    refused(
        actions.TimeIsTheirs,
        actions.enter,
        made,
        a_step(date(2024, 5, 1)),
        by=ana,
        at=world.DECIDED,
    )


def test_time_is_not_given_in_the_past_or_backwards_or_twice(ana):
    made, speaker = world.make_informed(ana)
    wish = world.by_paper(speaker)
    given = {"wish": wish, "by": ana, "at": world.SHARED}
    refused(actions.TimeIsOver, actions.protect, made, date(2024, 3, 1), date(2024, 3, 31), **given)
    refused(
        actions.TimeEndsBeforeItBegins,
        actions.protect,
        made,
        date(2024, 4, 2),
        date(2024, 4, 1),
        **given,
    )
    refused(actions.NoTimeOfTheirOwn, actions.lengthen, made, date(2024, 4, 9), **given)
    actions.protect(made, world.FROM, world.UNTIL, **given)
    refused(actions.TimeStandsAlready, actions.protect, made, world.FROM, world.UNTIL, **given)


def test_nobody_deliberates_or_decides_without_time_of_their_own(ana):
    made, _speaker = world.make_informed(ana)
    refused(actions.NoTimeOfTheirOwn, actions.deliberate, made, by=ana, at=world.SHARED)
    refused(actions.NoTimeOfTheirOwn, actions.converse, made, by=ana, at=world.SHARED)
    with pytest.raises(MoveRefused):
        actions.deliberate(world.make_begun(ana), by=ana, at=world.SHARED)


def test_dialogue_does_not_begin_before_their_time_has_come(ana):
    made, _speaker = world.make_protected(ana)
    reason = refused(actions.TimeStillToCome, actions.converse, made, by=ana, at=world.SHARED)
    assert reason.values["until_on"] == "2024-04-30"


def test_the_clock_begins_their_time_on_its_day(ana):
    made, speaker = world.make_informed(ana)
    wish = world.by_paper(speaker)
    actions.protect(made, world.FROM, world.UNTIL, wish=wish, by=ana, at=world.SHARED)
    assert tasks.tick(at=world.SHARED) == 0
    assert tasks.tick(at=world.INSIDE) == 1
    assert tasks.tick(at=world.INSIDE) == 0
    made.refresh_from_db()
    assert made.status == Phase.DELIBERATION


def test_a_wish_is_theirs_or_proven(ana, staff):
    reina = world.a_person()
    made, speaker = world.make_informed(ana, user=reina)
    days = (made, world.FROM, world.UNTIL)
    for error, wish, by in (
        (actions.NotTheirRepresentative, Wish(speaker, "account"), ana),
        (actions.NotTheirRepresentative, Wish(speaker, "lapsed"), ana),
        (actions.ProofNeeded, Wish(speaker, "paper"), ana),
        (actions.ProofNeeded, Wish(speaker, "voice"), ana),
        (FileRefused, Wish(speaker, "paper", proof=Upload(b"MZ", "acta.exe")), ana),
    ):
        refused(error, actions.protect, *days, wish=wish, by=by, at=world.SHARED)
    actions.release_representative(speaker, by=ana, at=world.SHARED)
    later = world.SHARED + timedelta(minutes=1)
    refused(
        actions.NotTheirRepresentative,
        actions.protect,
        *days,
        wish=world.by_paper(speaker),
        by=ana,
        at=later,
    )
    with pytest.raises(PermissionDenied):
        actions.protect(*days, wish=Wish(speaker, "account"), by=reina, at=later)


# --- entering


@pytest.mark.parametrize("phase", list(Phase))
@pytest.mark.parametrize("kind", [Kind.POSITION, Kind.CONDITION, Kind.SHARED, Kind.DISSENT])
def test_each_thing_is_entered_in_its_phase(ana, kind, phase):
    made, speaker = world.make_dialogue(ana)
    Consultation.objects.filter(pk=made.pk).update(
        status=phase, concluded_at=world.DECIDED if phase == Phase.FOLLOW_UP else None
    )
    given = world.a_condition(speaker, kind=kind, form="text", shared_in="yua")
    if phase in ENTERED[kind]:
        assert actions.enter(made, given, by=ana, at=world.AFTER).phase == phase
    else:
        refused(actions.NotInThisPhase, actions.enter, made, given, by=ana, at=world.AFTER)


@pytest.mark.parametrize("kind", [*SIDES, Kind.OUTCOME, Kind.WITHDRAWAL, Kind.CHOOSING, "nonsense"])
def test_what_has_an_act_of_its_own_is_not_slipped_in(ana, kind):
    made, speaker = world.make_dialogue(ana)
    given = a_step(world.AFTER.date(), kind=kind, wish=world.by_paper(speaker))
    refused(actions.NotInThisPhase, actions.enter, made, given, by=ana, at=world.AFTER)


def test_what_is_entered_is_whole(ana):
    made, speaker = world.make_dialogue(ana)
    day = world.AFTER.date()
    for error, given in (
        (actions.NothingEntered, a_step(day, texts={"es": " "})),
        (actions.NotYetHappened, a_step(day + timedelta(days=1))),
        (actions.FormMissing, a_step(day, kind="shared", form="text")),
        (actions.FormMissing, a_step(day, kind="shared", shared_in="yua")),
        (actions.LanguageUnknown, a_step(day, texts={"klingon": "x"})),
        (actions.SpeakerMissing, a_step(day, kind="position")),
        (actions.OwnerMissing, world.a_condition(speaker, owner_name=" ")),
        (actions.OwnerMissing, world.a_condition(speaker, texts={"yua": "Ma'alob"})),
        (actions.AboutWhat, a_step(day, kind="objection")),
        (actions.LabelMissing, a_step(day, pieces=(Attached(Upload(sounds.wav(), "v.wav"), " "),))),
    ):
        refused(error, actions.enter, made, given, by=ana, at=world.AFTER)
    assert not Item.objects.filter(kind=Kind.STEP).exists()


def test_words_stand_in_many_languages_and_each_once(ana):
    made, _speaker = world.make_dialogue(ana)
    item = actions.enter(made, a_step(world.AFTER.date()), by=ana, at=world.AFTER)
    actions.add_text(item, "yua", "[muestra]", by=ana, at=world.AFTER)
    refused(actions.WordedAlready, actions.add_text, item, "yua", "otra", by=ana, at=world.AFTER)
    refused(actions.LanguageUnknown, actions.add_text, item, "zzz", "otra", by=ana, at=world.AFTER)
    refused(actions.NothingEntered, actions.add_text, item, "fr", " ", by=ana, at=world.AFTER)
    assert sorted(one.language for one in Text.objects.filter(item=item)) == ["es", "yua"]


def test_the_history_is_never_rewritten(ana):
    made, _speaker = world.make_dialogue(ana)
    item = actions.enter(made, a_step(world.AFTER.date()), by=ana, at=world.AFTER)
    for act in (
        lambda: Item.objects.filter(pk=item.pk).update(on=date(2020, 1, 1)),
        lambda: Text.objects.filter(item=item).update(text="otra cosa"),
        lambda: Text.objects.filter(item=item).delete(),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            act()


def test_dissent_weighs_the_same_and_is_entered_after_the_outcome_too(ana):
    made, speaker = world.make_concluded(ana)
    given = world.a_condition(speaker, kind="dissent", on=world.LATER.date())
    item = actions.enter(made, given, by=ana, at=world.LATER)
    assert item.phase == Phase.FOLLOW_UP


def test_an_agreement_is_a_commitment_of_both_sides_in_the_same_act(ana):
    reina = world.a_person()
    made, speaker = world.make_dialogue(ana, user=reina)
    given = world.a_condition(speaker, kind="agreement")
    item = actions.enter(made, given, by=ana, at=world.AFTER)
    promise = register.of_source(item, ana, at=world.AFTER).get()
    assert (promise.origin, promise.is_public, promise.is_sealed) == ("consultation", False, False)
    assert promise.text == {"es": "Nadie entra sin guía del pueblo.", "en": "Nobody enters alone."}
    assert [(one.side, one.user) for one in promise.owners.order_by("pk")] == [
        ("canada", None),
        ("other", reina),
    ]
    assert promise.due_on == date(2025, 1, 31)


def test_each_condition_becomes_a_commitment_when_consent_is_given_with_it(ana):
    made, speaker = world.make_dialogue(ana)
    conditions = [
        actions.enter(made, world.a_condition(speaker), by=ana, at=world.AFTER) for _ in range(2)
    ]
    assert not Commitment.objects.exists()
    actions.conclude(made, world.an_outcome(speaker), by=ana, at=world.DECIDED)
    assert [register.of_source(one, ana, at=world.LATER).count() for one in conditions] == [1, 1]
    assert not Commitment.objects.filter(is_public=True).exists()


def test_no_condition_is_promised_when_there_is_no_consent(ana):
    made, speaker = world.make_dialogue(ana)
    actions.enter(made, world.a_condition(speaker), by=ana, at=world.AFTER)
    actions.conclude(made, world.an_outcome(speaker, "no_consent"), by=ana, at=world.DECIDED)
    assert not Commitment.objects.exists()


def test_their_representatives_hear_of_every_step_by_letter(ana):
    reina = world.a_person()
    made, _speaker = world.make_dialogue(ana, user=reina)
    before = Letter.objects.filter(user=reina).count()
    actions.enter(made, a_step(world.AFTER.date()), by=ana, at=world.AFTER)
    letter = Letter.objects.filter(user=reina).order_by("-pk")[0]
    assert Letter.objects.filter(user=reina).count() == before + 1
    assert made.reference in letter.subject
    assert f"/es/consultations/{made.reference}/record/" in letter.body
    assert "reunión" not in letter.body


# --- the outcome


def test_nobody_decides_about_what_they_were_not_told_in_their_language(ana):
    made = world.make_begun(ana)
    speaker = world.make_speaker(made, ana)
    actions.inform(made, by=ana, at=world.SHARED)
    world.share(made, ana, language="es")
    wish = world.by_paper(speaker)
    actions.protect(made, world.FROM, world.UNTIL, wish=wish, by=ana, at=world.SHARED)
    actions.deliberate(made, by=ana, at=world.SHARED)
    actions.converse(made, by=ana, at=world.AFTER)
    outcome = world.an_outcome(speaker, "consent")
    refused(actions.NobodyInformed, actions.conclude, made, outcome, by=ana, at=world.DECIDED)
    world.share(made, ana, at=world.AFTER)
    actions.conclude(made, outcome, by=ana, at=world.DECIDED)


def test_conditions_and_consent_fit_each_other(ana):
    made, speaker = world.make_dialogue(ana)
    refused(
        actions.ConditionsMissing,
        actions.conclude,
        made,
        world.an_outcome(speaker),
        by=ana,
        at=world.DECIDED,
    )
    actions.enter(made, world.a_condition(speaker), by=ana, at=world.AFTER)
    outcome = world.an_outcome(speaker, "consent")
    refused(actions.ConditionsStand, actions.conclude, made, outcome, by=ana, at=world.DECIDED)


def test_there_is_one_outcome_said_by_one_of_theirs(ana):
    made, speaker = world.make_dialogue(ana)
    outcome = world.an_outcome(speaker, "no_agreement")
    nobody = replace(outcome, wish=None)
    refused(actions.SpeakerMissing, actions.conclude, made, nobody, by=ana, at=world.DECIDED)
    actions.conclude(made, outcome, by=ana, at=world.DECIDED)
    refused(actions.NotInThisPhase, actions.conclude, made, outcome, by=ana, at=world.DECIDED)


def test_consent_can_be_withdrawn_by_them_at_any_time(ana):
    reina = world.a_person()
    made, speaker = world.make_concluded(ana, user=reina)
    given = Entering(
        "withdrawal", world.LATER.date(), {"es": "No se cumplió."}, wish=world.by_account(speaker)
    )
    actions.withdraw(made, given, by=reina, at=world.LATER)
    assert queries.withdrawal(made).representative == speaker
    refused(actions.NothingToWithdraw, actions.withdraw, made, given, by=reina, at=world.LATER)


def test_what_was_not_consented_to_cannot_be_withdrawn(ana):
    made, speaker = world.make_concluded(ana, result="no_consent")
    given = Entering("withdrawal", world.LATER.date(), {"es": "x"}, wish=world.by_paper(speaker))
    refused(actions.NothingToWithdraw, actions.withdraw, made, given, by=ana, at=world.LATER)


@pytest.mark.parametrize("phase", sorted(GOING))
def test_a_matter_is_dropped_with_a_reason(ana, phase):
    made = world.make_begun(ana)
    Consultation.objects.filter(pk=made.pk).update(status=phase)
    given = {"on": world.SHARED.date(), "by": ana, "at": world.SHARED}
    refused(actions.ReasonWanting, actions.stop, made, {"es": " "}, **given)
    actions.stop(made, {"es": "El proyecto ya no sigue."}, **given)
    made.refresh_from_db()
    assert made.status == Phase.STOPPED


# --- who owns it


def test_nothing_is_public_until_both_keys_are_turned(ana, staff):
    boss = staff("manager")
    made, speaker = world.make_concluded(ana)
    refused(actions.NobodyPermits, actions.publish, made, by=boss, at=world.LATER)
    world.permit(made, speaker, ana, "existence")
    assert not queries.public().exists()
    actions.publish(made, by=boss, at=world.LATER)
    assert queries.public().get() == made
    with pytest.raises(PermissionDenied):
        actions.publish(made, by=ana, at=world.LATER)


def test_permission_taken_back_is_forgotten_at_once(ana, staff):
    reina = world.a_person()
    made, speaker = world.make_public(
        ana, staff("manager"), user=reina, kinds=("outcome", "position")
    )
    existence = queries.side(made, Kind.EXISTENCE)
    assert {one.item.kind for one in queries.shown(made)} == {"existence", "outcome"}
    wish = world.by_account(speaker)
    actions.take_back(queries.outcome(made), part="words", wish=wish, by=reina, at=world.LATER)
    assert {one.item.kind for one in queries.shown(made)} == {"existence"}
    actions.take_back(existence, part="words", wish=wish, by=reina, at=world.LATER)
    assert not queries.public().exists()
    assert Permission.objects.filter(item=existence).count() == 2


def test_a_permission_covers_what_stood_there_then(ana, staff):
    made, _speaker = world.make_public(ana, staff("manager"), kinds=("shared",))
    item = Item.objects.get(kind=Kind.SHARED)
    later = world.LATER + timedelta(days=1)
    actions.add_text(item, "fr", "Plus tard", by=ana, at=later)
    words = next(one for one in queries.shown(made) if one.item == item)
    assert [one.language for one in words.texts] == ["es"]
    assert words.pieces == ()


def test_a_voice_needs_a_permission_of_its_own(ana, staff):
    made, speaker = world.make_public(ana, staff("manager"), kinds=("shared",))
    item = Item.objects.get(kind=Kind.SHARED)
    assert queries.public_piece(made.reference, item.code, 1) is None
    world.permit(made, speaker, ana, "shared", part="files")
    assert queries.public_piece(made.reference, item.code, 1).label == "Explicación"


def test_a_permission_on_paper_comes_with_the_paper(ana):
    made, speaker = world.make_concluded(ana)
    existence = queries.side(made, Kind.EXISTENCE)
    given = {"part": "words", "by": ana, "at": world.LATER}
    refused(actions.ProofNeeded, actions.permit, existence, wish=Wish(speaker, "paper"), **given)
    said = actions.permit(existence, wish=world.by_paper(speaker), **given)
    assert said.evidence.kind == "png"


def test_commitments_are_public_as_far_as_they_permit(ana, staff):
    made, speaker = world.make_public(ana, staff("manager"), kinds=("condition",))
    promise = Commitment.objects.get()
    assert not promise.is_public
    world.permit(made, speaker, ana, "people")
    promise.refresh_from_db()
    assert promise.is_public
    people = queries.side(made, Kind.PEOPLE)
    actions.take_back(people, part="words", wish=world.by_paper(speaker), by=ana, at=world.LATER)
    promise.refresh_from_db()
    assert not promise.is_public


def test_the_register_never_shows_a_peoples_commitment_by_itself(ana, staff):
    from monarca.ground.commitments import actions as commitments

    boss = staff("manager")
    world.make_concluded(ana)
    with pytest.raises(PermissionDenied):
        commitments.show(Commitment.objects.get(), public=True, by=boss, at=world.LATER)


def test_what_is_sacred_is_sealed_and_never_shown(ana, staff):
    reina = world.a_person()
    boss = staff("manager")
    made, speaker = world.make_dialogue(ana, user=reina)
    item = actions.enter(made, a_step(world.AFTER.date(), readers=()), by=ana, at=world.AFTER)
    assert queries.items_visible_to(reina, at=world.AFTER).filter(pk=item.pk).exists()
    assert not queries.items_visible_to(boss, at=world.AFTER).filter(pk=item.pk).exists()
    wish = world.by_account(speaker)
    refused(
        actions.SealedIsNotShown,
        actions.permit,
        item,
        part="words",
        wish=wish,
        by=reina,
        at=world.AFTER,
    )


def test_an_open_item_is_sealed_later_and_leaves_the_public_page(ana, staff):
    boss = staff("manager")
    made, speaker = world.make_public(ana, boss, kinds=("condition", "people"))
    item = Item.objects.get(kind=Kind.CONDITION)
    assert Commitment.objects.get().is_public
    actions.seal(item, (), wish=world.by_paper(speaker), by=ana, at=world.LATER)
    assert "condition" not in {one.item.kind for one in queries.shown(made)}
    assert not Commitment.objects.get().is_public
    assert not queries.items_visible_to(boss, at=world.LATER).filter(pk=item.pk).exists()


def test_what_is_said_about_a_sealed_item_is_sealed_like_it(ana, staff):
    boss = staff("manager")
    made, _speaker = world.make_dialogue(ana)
    item = actions.enter(made, a_step(world.AFTER.date(), readers=()), by=ana, at=world.AFTER)
    more = a_step(world.AFTER.date(), kind="addition", about=item)
    added = actions.enter(made, more, by=ana, at=world.AFTER)
    assert not queries.items_visible_to(boss, at=world.AFTER).filter(pk=added.pk).exists()


def test_a_sealed_consultation_is_known_to_its_readers_only_and_so_are_its_promises(ana, staff):
    boss = staff("manager")
    made, speaker = world.make_concluded(ana, readers=())
    assert not queries.visible_to(boss, at=world.LATER).exists()
    assert queries.visible_to(ana, at=world.LATER).get() == made
    assert Commitment.objects.get().is_sealed
    existence = queries.side(made, Kind.EXISTENCE)
    wish = world.by_paper(speaker)
    refused(
        actions.SealedIsNotShown,
        actions.permit,
        existence,
        part="words",
        wish=wish,
        by=ana,
        at=world.LATER,
    )


def test_they_object_and_correct_in_their_own_time_and_the_desk_sees_it(ana, staff):
    reina = world.a_person()
    made, _speaker = world.make_protected(ana, user=reina)
    item = queries.side(made, Kind.PEOPLE)
    given = a_step(world.INSIDE.date(), kind="objection", about=item)
    actions.enter(made, given, by=reina, at=world.INSIDE)
    assert queries.objections(ana, at=world.INSIDE).count() == 1
    answer = Entering(
        "addition",
        world.AFTER.date(),
        {"es": "Lo corregimos."},
        about=queries.objections(ana, at=world.AFTER).get(),
    )
    refused(
        actions.TimeIsTheirs,
        actions.enter,
        made,
        replace(answer, on=world.INSIDE.date()),
        by=ana,
        at=world.INSIDE,
    )
    actions.enter(made, answer, by=ana, at=world.AFTER)
    assert queries.objections(ana, at=world.AFTER).count() == 0


def test_a_representative_enters_no_step_and_runs_nothing(ana):
    reina = world.a_person()
    made, _speaker = world.make_dialogue(ana, user=reina)
    for act in (
        lambda: actions.enter(made, a_step(world.AFTER.date()), by=reina, at=world.AFTER),
        lambda: actions.stop(made, {"es": "x"}, on=world.AFTER.date(), by=reina, at=world.AFTER),
        lambda: actions.publish(made, by=reina, at=world.AFTER),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_who_no_longer_represents_reads_no_more(ana):
    reina = world.a_person()
    made, speaker = world.make_dialogue(ana, user=reina)
    assert queries.visible_to(reina, at=world.AFTER).get() == made
    actions.release_representative(speaker, by=ana, at=world.AFTER)
    assert not queries.visible_to(reina, at=world.AFTER).exists()
