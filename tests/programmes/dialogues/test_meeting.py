"""Founding, planning, sharing, holding and closing, and what refuses them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from monarca.engines.states import MoveRefused
from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.models import Edition, Version
from monarca.programmes.dialogues.states import MOVES, Sensitivity, Sides, Status
from tests import world_dialogues as world


def test_a_manager_founds_any_group_and_its_code_heads_every_reference(manager):
    series = world.make_series("MINING", "working_group")
    edition = world.make_edition(series)
    assert edition.reference.startswith("MINING-2025-")
    assert [e.verb for e in Entry.objects.filter(verb__startswith="series.").order_by("pk")] == [
        "series.founded",
        "series.published",
    ]


@pytest.mark.parametrize("role", ["coordinator", "auditor", "headquarters", "counterpart"])
def test_nobody_but_a_manager_founds(mexico, role):
    with pytest.raises(PermissionDenied):
        world.make_series(by=world.make_person("x@example.org", role))


@pytest.mark.parametrize("code", ["", "A", "1A", "HRD X", "ABCDEFGHIJKLM", "Ñ1"])
def test_a_code_is_capital_letters_and_digits(manager, code):
    with pytest.raises(actions.CodeNotUsable):
        world.make_series(code)


def test_a_code_heads_one_series_only(manager):
    world.make_series("ENV", "working_group")
    with pytest.raises(actions.CodeNotUsable):
        world.make_series("env", "working_group")


def test_a_forum_is_named_and_only_for_positions(manager):
    world.make_series("G20", "forum", forum="g20")
    for kind, forum in (("forum", ""), ("dialogue", "un")):
        with pytest.raises(actions.ForumMissing):
            world.make_series("X1", kind, forum=forum)


def test_a_meeting_ends_after_it_starts_and_has_its_name_in_three_languages(manager):
    series = world.make_series()
    with pytest.raises(actions.EndsBeforeItStarts):
        actions.plan(series, world.plan(ends_at=world.MEETS), by=manager, at=world.NOW)
    with pytest.raises(actions.NamesMissing):
        actions.plan(series, world.plan(name={"es": "Reunión"}), by=manager, at=world.NOW)


def test_another_day_is_the_same_entry_of_the_calendar_one_number_later(edition, manager):
    before = edition.reference
    held = actions.replan(edition, world.plan(place="Mérida"), by=manager, at=world.NOW)
    assert (held.reference, held.sequence, held.place) == (before, 1, "Mérida")


def test_a_meeting_is_held_after_it_began_with_a_chair_on_each_side(edition, manager):
    with pytest.raises(actions.NotYetBegun):
        actions.hold(edition, by=manager, at=world.NOW)
    chair = queries.members_of(edition, at=world.NOW).filter(side="mexico", is_chair=True).get()
    actions.unseat(chair, by=manager, at=world.NOW)
    with pytest.raises(actions.ChairMissing):
        actions.hold(edition, by=manager, at=world.AFTER)
    new = actions.Seat("mexico", "Another", is_chair=True)
    actions.seat(edition, new, by=manager, at=world.NOW)
    assert actions.hold(edition, by=manager, at=world.AFTER).status == Status.HELD


def test_each_side_has_one_chair(edition, manager):
    with pytest.raises(actions.OneChairASide):
        actions.seat(
            edition, actions.Seat("canada", "Two", is_chair=True), by=manager, at=world.NOW
        )
    with pytest.raises(actions.NameNeeded):
        actions.seat(edition, actions.Seat("canada", "  "), by=manager, at=world.NOW)


def test_a_counterpart_names_members_of_their_own_side_only(edition, guest):
    actions.seat(edition, actions.Seat("mexico", "Itzel"), by=guest, at=world.NOW)
    with pytest.raises(PermissionDenied):
        actions.seat(edition, actions.Seat("canada", "John"), by=guest, at=world.NOW)


@pytest.mark.parametrize("status", Status.values)
@pytest.mark.parametrize("name", ["open", "hold", "close", "reopen"])
def test_every_move_that_is_not_in_the_table_is_refused(edition, manager, status, name):
    verb = {"open": actions.prepare}.get(name) or getattr(actions, name)
    held = world.AFTER if status in {"held", "closed"} else None
    Edition.objects.filter(pk=edition.pk).update(status=status, held_at=held)
    edition.refresh_from_db()
    if status in MOVES.table[name][0]:
        assert verb(edition, by=manager, at=world.AFTER).status == MOVES.table[name][1]
        return
    with pytest.raises(MoveRefused):
        verb(edition, by=manager, at=world.AFTER)


def test_a_meeting_with_a_draft_is_not_closed_and_a_closed_one_is_not_changed(
    edition, manager, guest
):
    text = world.make_text(edition)
    actions.hold(edition, by=manager, at=world.AFTER)
    with pytest.raises(actions.TextsNotAdopted):
        actions.close(edition, by=manager, at=world.AFTER)
    world.agree_all(text, manager, guest)
    actions.adopt(text, by=manager, at=world.AFTER)
    actions.close(edition, by=manager, at=world.AFTER)
    for act in (world.make_item, world.make_paper, world.make_text):
        with pytest.raises(actions.EditionIsClosed):
            act(edition, kind="minutes") if act is world.make_text else act(edition)
    actions.reopen(edition, by=manager, at=world.AFTER)
    assert world.make_item(edition).pk


def test_an_edition_is_shared_with_counterparts_only_and_they_are_nobodys_readers(
    edition, manager, guest
):
    nobody = world.make_person("nobody@example.org")
    with pytest.raises(actions.NotACounterpart):
        actions.share(edition, nobody, by=manager, at=world.NOW)
    with pytest.raises(actions.CounterpartsAreGuests):
        actions.let_read(edition, guest, by=manager, at=world.NOW)
    actions.let_read(edition, nobody, by=manager, at=world.NOW)
    assert queries.side_of(nobody, edition, at=world.NOW) == Sides.CANADA


def test_whoever_it_is_shared_with_hears_of_it_in_a_letter_that_says_no_topic(edition, guest):
    letter = Letter.objects.get(to=guest.email)
    assert edition.reference in letter.subject
    assert f"/desk/dialogues/{edition.reference}/" in letter.body
    assert "Series" not in letter.body


def test_an_edition_no_longer_shared_is_gone(edition, manager, guest):
    assert queries.inside(guest, at=world.NOW).get() == edition
    assert actions.stop_sharing(edition, guest, by=manager, at=world.NOW) == 1
    assert not queries.inside(guest, at=world.NOW).exists()


def test_an_edition_is_public_with_its_series_only(manager):
    edition = world.make_edition(
        world.make_series("ENG", "working_group", public=False), public=False
    )
    with pytest.raises(actions.SeriesIsNotPublic):
        actions.show(edition, public=True, by=manager, at=world.NOW)
    assert not queries.public().exists()


def test_coordinators_run_meetings_and_managers_publish(edition):
    coordinator = world.make_person("coordinator@example.org", "coordinator")
    assert world.make_item(edition, by=coordinator).side == Sides.CANADA
    with pytest.raises(PermissionDenied):
        actions.show(edition, public=False, by=coordinator, at=world.NOW)


@pytest.mark.parametrize("role", ["headquarters", "auditor", "head_of_mission", "finance"])
def test_who_only_reads_writes_nothing(edition, role):
    reader = world.make_person("reader@example.org", role)
    assert queries.inside(reader, at=world.NOW).get() == edition
    for act in (world.make_item, world.make_paper, world.make_text):
        with pytest.raises(PermissionDenied):
            act(edition, by=reader)


def test_an_item_has_a_topic_and_what_both_sides_read_never_becomes_internal(edition, manager):
    with pytest.raises(actions.TopicMissing):
        actions.put(edition, actions.Topic({"es": " "}), by=manager, at=world.NOW)
    item = world.make_item(edition)
    inner = actions.Topic(world.three("x"), Sensitivity.INTERNAL)
    with pytest.raises(actions.AlreadyKnown):
        actions.change(item, inner, by=manager, at=world.NOW)
    sealed = actions.Topic(world.three("x"), Sensitivity.SEALED)
    assert actions.change(item, sealed, by=manager, at=world.NOW).sensitivity == "sealed"


def test_an_item_that_the_minutes_name_stays_as_it_is(edition, manager):
    item = world.make_item(edition)
    text = world.make_text(edition, "minutes")
    actions.add(text, actions.Paragraphs(world.three("x"), item=item), by=manager, at=world.NOW)
    with pytest.raises(actions.ItemIsInTheTexts):
        actions.drop(item, by=manager, at=world.NOW)
    with pytest.raises(actions.ItemIsInTheTexts):
        actions.change(
            item, actions.Topic(world.three("x"), Sensitivity.SEALED), by=manager, at=world.NOW
        )


def test_a_sealed_item_is_opened_to_people_of_the_edition_only(edition):
    stranger = world.make_person("stranger@example.org")
    with pytest.raises(actions.NotReadersOfTheEdition):
        world.make_item(edition, Sensitivity.SEALED, readers=(stranger,))


def test_every_version_of_a_paper_is_kept_and_the_other_side_reads_what_was_shared(
    edition, manager, guest
):
    paper = world.make_paper(edition, text="first")
    assert not queries.papers_visible_to(guest, at=world.NOW).exists()
    second = actions.revise(paper, actions.Words("second"), by=manager, at=world.NOW)
    actions.share_version(second, by=manager, at=world.NOW)
    actions.revise(paper, actions.Words("third"), by=manager, at=world.NOW)
    assert [v.text for v in queries.versions_visible_to(guest, at=world.NOW)] == ["second"]
    ours = [v.text for v in queries.versions_visible_to(manager, at=world.NOW)]
    assert ours == ["first", "second", "third"]
    with pytest.raises(actions.AlreadyShared):
        actions.share_version(second, by=manager, at=world.NOW)
    with pytest.raises(PermissionDenied):
        actions.revise(paper, actions.Words("theirs"), by=guest, at=world.NOW)


def test_a_paper_on_an_internal_item_is_not_shared(edition, manager):
    item = world.make_item(edition, Sensitivity.INTERNAL)
    paper = world.make_paper(edition, item=item)
    with pytest.raises(actions.ItemIsNotOpen):
        actions.share_version(paper.versions.get(), by=manager, at=world.NOW)
    with pytest.raises(actions.NothingWritten):
        actions.revise(paper, actions.Words("  "), by=manager, at=world.NOW)


def test_a_version_is_never_rewritten(edition):
    paper = world.make_paper(edition)
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(paper=paper).update(text="other")
    with pytest.raises(DatabaseError), transaction.atomic():
        Version.objects.filter(paper=paper).delete()
