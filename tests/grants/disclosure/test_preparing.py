"""A record is begun by one person, worded, let pass by another, published, taken back."""

import re

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from monarca.engines.states import MoveRefused
from monarca.grants.applications import actions as applications
from monarca.grants.disclosure import actions, queries
from monarca.grants.disclosure.models import Disclosure, Translation
from monarca.grants.disclosure.states import MOVES, Status
from monarca.ground.journal.queries import story_of
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions as people
from tests import world_disclosure as make
from tests.world_disclosure import APRIL, GENERAL, TEXTS, officer


def test_the_reference_names_the_quarter_of_signature_and_counts_nothing(agreement):
    made = make.make_prepared(agreement)

    assert re.fullmatch(r"GAC-2024-2025-Q2-\d{5}", made.reference)
    assert re.fullmatch(r"[0-9a-z]{8}", made.slug)
    assert (made.status, made.level, made.sector) == ("prepared", "full", "41010")


def test_only_a_signed_agreement_has_a_record_and_only_one(agreement):
    make.make_prepared(agreement)
    with pytest.raises(actions.AlreadyPrepared):
        make.make_prepared(agreement)

    Disclosure.objects.all().delete()
    type(agreement).objects.filter(pk=agreement.pk).update(signed_on=None, status="sent")
    with pytest.raises(actions.NotSignedYet):
        make.make_prepared(agreement)


@pytest.mark.parametrize("role", ["reviewer", "finance", "head_of_mission", "auditor"])
def test_others_do_not_prepare(agreement, role):
    with pytest.raises(PermissionDenied):
        make.make_prepared(agreement, by=officer(agreement, role))


def test_whoever_keeps_something_back_says_why_and_the_sector_is_the_funds(agreement):
    by = officer(agreement, "coordinator")
    with pytest.raises(actions.WhyNotInFull):
        actions.prepare(agreement, by=by, at=APRIL, level="anonymised")
    with pytest.raises(actions.SectorUnknown):
        make.make_prepared(agreement, sector="15160")

    assert make.make_prepared(agreement, sector="14015").sector == "14015"


@pytest.mark.parametrize(
    ("sensitivity", "refused"),
    [("restricted", ["full"]), ("sealed", ["full", "anonymised"])],
)
def test_what_is_restricted_is_never_told_in_full(agreement, sensitivity, refused):
    file = agreement.application
    type(file).objects.filter(pk=file.pk).update(sensitivity=sensitivity)
    people.open_to(officer(agreement, "coordinator"), file, by=None, at=APRIL, reason="named")
    for level in refused:
        with pytest.raises(actions.MoreThanIsSafe):
            make.make_prepared(agreement, level=level)

    assert make.make_prepared(agreement, level="aggregated").level == "aggregated"


def test_nobody_prepares_a_sealed_file_they_were_not_named_for(agreement):
    coordinator, manager = officer(agreement, "coordinator"), officer(agreement, "manager")
    applications.seal(agreement.application, by=manager, at=APRIL, readers=[], alias="Colibrí")

    with pytest.raises(PermissionDenied):
        make.make_prepared(agreement, level="withheld", by=coordinator)


def test_the_whole_way_is_in_the_journal_and_the_organisation_hears_of_it(agreement):
    made = make.make_published(agreement)

    told = [entry.verb for entry in story_of(agreement.application)]
    ours = [verb for verb in told if verb.startswith("disclosure.")]
    assert ours == [
        "disclosure.prepared",
        "disclosure.translated",
        "disclosure.approved",
        "disclosure.published",
    ]
    words = [str(entry.data) for entry in story_of(agreement.application)]
    assert not any("Clean water" in each for each in words)
    letter = Letter.objects.get(key="disclosure.published")
    assert letter.language == "es"
    assert f"/es/projects/{made.slug}/" in letter.body


def test_two_people_even_where_one_holds_every_role(agreement, mexico):
    alone = officer(agreement, "manager")
    people.give_role(alone, by=None, at=APRIL, mission=mexico, role="coordinator")
    made = make.make_worded(agreement, by=alone)
    with pytest.raises(actions.PreparedByYou):
        actions.approve(made, by=alone, at=APRIL)
    with pytest.raises(IntegrityError):
        Disclosure.objects.filter(pk=made.pk).update(approved_by=alone)


def test_a_coordinator_does_not_approve_and_a_manager_does_not_publish(agreement):
    made = make.make_worded(agreement)
    other = officer(agreement, "coordinator", "second@example.org")
    with pytest.raises(PermissionDenied):
        actions.approve(made, by=other, at=APRIL)

    manager = officer(agreement, "manager")
    actions.approve(made, by=manager, at=APRIL)
    with pytest.raises(PermissionDenied):
        actions.publish(made, by=manager, at=APRIL)


def test_whoever_wrote_a_text_does_not_let_it_pass(agreement):
    made = make.make_prepared(agreement)
    manager = officer(agreement, "manager")
    actions.translate(made, by=manager, at=APRIL, texts=TEXTS)
    with pytest.raises(actions.WrittenByYou):
        actions.approve(made, by=manager, at=APRIL)

    coordinator = officer(agreement, "coordinator")
    for text in Translation.objects.filter(disclosure=made):
        actions.review(text, by=coordinator, at=APRIL)
    assert actions.approve(made, by=manager, at=APRIL).status == Status.APPROVED


def test_approving_reviews_what_nobody_else_had(agreement):
    made = make.make_approved(agreement)

    reviewers = set(Translation.objects.filter(disclosure=made).values_list("reviewed_by__email"))
    assert reviewers == {("manager@example.org",)}


def test_nobody_reviews_their_own_text(agreement):
    made = make.make_worded(agreement)
    mine = Translation.objects.filter(disclosure=made).first()
    with pytest.raises(PermissionDenied):
        actions.review(mine, by=officer(agreement, "coordinator"), at=APRIL)


def test_the_same_words_again_change_nothing_and_a_change_asks_for_a_reader(agreement):
    made = make.make_worded(agreement)
    by, other = officer(agreement, "coordinator"), officer(agreement, "manager")
    assert actions.translate(made, by=by, at=APRIL, texts=TEXTS) == ()
    english = Translation.objects.get(disclosure=made, field="title", language="en")
    actions.review(english, by=other, at=APRIL)

    (changed,) = actions.translate(made, by=by, at=APRIL, texts={"title": {"en": "Clear water"}})
    assert (changed.text, changed.reviewed_by) == ("Clear water", None)
    (gone,) = actions.translate(made, by=by, at=APRIL, texts={"title": {"en": " "}})
    assert gone.language == "en"
    assert len(queries.translations_of(made)) == 5


@pytest.mark.parametrize(
    "texts", [{"budget": {"en": "x"}}, {"title": {"de": "x"}}, {"title": {"": "x"}}]
)
def test_there_are_no_other_texts(agreement, texts):
    made = make.make_prepared(agreement)
    with pytest.raises(actions.NoSuchText):
        actions.translate(made, by=officer(agreement, "coordinator"), at=APRIL, texts=texts)


def test_a_title_has_200_letters_at_most(agreement):
    made, by = make.make_prepared(agreement), officer(agreement, "coordinator")
    actions.translate(made, by=by, at=APRIL, texts={"title": {"en": "a" * 200}})
    with pytest.raises(actions.TextTooLong):
        actions.translate(made, by=by, at=APRIL, texts={"title": {"en": "a" * 201}})


def test_withheld_is_approved_and_never_published(agreement):
    made = make.make_approved(agreement, level="withheld")
    with pytest.raises(actions.NothingIsTold):
        actions.publish(made, by=officer(agreement, "head_of_mission"), at=APRIL)


def test_another_level_draws_new_numbers_and_makes_every_text_stale(agreement):
    made = make.make_published(agreement)
    by = officer(agreement, "coordinator")
    actions.withdraw(made, by=by, at=APRIL)
    reference, slug = made.reference, made.slug
    actions.prepare_again(made, by=by, at=APRIL, level="anonymised", reason="asked")

    assert made.reference != reference
    assert made.slug != slug
    assert {one.code for one in queries.gate(made, at=APRIL)} == {"stale"}
    assert (made.approved_by, made.published_at, made.status) == (None, None, "prepared")
    actions.translate(made, by=by, at=APRIL, texts=GENERAL)
    assert queries.gate(made, at=APRIL) == ()


def test_the_same_level_again_keeps_address_and_texts(agreement):
    made = make.make_approved(agreement)
    before = (made.reference, made.slug)
    by = officer(agreement, "manager")
    actions.prepare_again(made, by=by, at=APRIL, level="full", sector="41020")

    assert (made.reference, made.slug) == before
    assert (made.sector, made.prepared_by) == ("41020", by)
    with pytest.raises(actions.PreparedByYou):
        actions.approve(made, by=by, at=APRIL)


@pytest.mark.parametrize("status", Status.values)
def test_every_move_that_is_not_in_the_table_is_refused(agreement, status):
    made = make.make_worded(agreement)
    people_by_act = {
        "approve": officer(agreement, "manager"),
        "publish": officer(agreement, "head_of_mission"),
        "withdraw": officer(agreement, "manager"),
    }
    open_ = MOVES.open_from(status)
    for name, by in people_by_act.items():
        if name in open_:
            continue
        at = {"published_at": APRIL} if status == Status.PUBLISHED else {}
        Disclosure.objects.filter(pk=made.pk).update(status=status, **at)
        made.refresh_from_db()
        with pytest.raises(MoveRefused):
            getattr(actions, name)(made, by=by, at=APRIL)
