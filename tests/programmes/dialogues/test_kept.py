"""Nothing that one side wrote or agreed is lost by what the other presses."""

import pytest

from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.models import Accord, Wording
from monarca.programmes.dialogues.states import Sensitivity
from tests import world_dialogues as world


def papers(user):
    return list(queries.papers_visible_to(user, at=world.NOW))


def test_papers_on_an_item_off_the_agenda_are_read_by_who_read_them(edition, manager, guest):
    item = world.make_item(edition)
    ours = world.make_paper(edition, item=item)
    theirs = world.make_paper(edition, by=guest, item=item, shared=True)
    actions.drop(item, by=manager, at=world.NOW)
    assert not queries.items_visible_to(manager, at=world.NOW).exists()
    assert set(papers(manager)) == {ours, theirs}
    assert papers(guest) == [theirs]
    actions.revise(ours, actions.Words("more"), by=manager, at=world.NOW)


def test_a_paper_on_a_sealed_item_off_the_agenda_stays_sealed(edition, manager, guest):
    item = world.make_item(edition, Sensitivity.SEALED)
    ours = world.make_paper(edition, item=item, shared=True)
    actions.drop(item, by=manager, at=world.NOW)
    assert papers(manager) == [ours]
    assert papers(guest) == []


def test_sealing_an_item_leaves_the_other_side_its_own_papers(edition, manager, guest):
    item = world.make_item(edition)
    ours = world.make_paper(edition, item=item)
    theirs = world.make_paper(edition, by=guest, item=item)
    sealed = actions.Topic(world.three("Sealed"), Sensitivity.SEALED)
    actions.change(item, sealed, by=manager, at=world.NOW)
    assert papers(guest) == [theirs]
    assert papers(manager) == [ours]
    theirs.refresh_from_db()
    assert theirs.item is None


def test_the_same_words_proposed_again_are_refused_and_agreements_stand(edition, manager, guest):
    text = world.make_text(edition, paragraphs=1, promises=1)
    world.agree_all(text, manager, guest)
    given = Accord.objects.count()
    plain, promise = text.paragraphs.order_by("position")
    same = actions.Paragraphs(world.three(" Paragraph 1"))
    owed = actions.Paragraphs(world.three("Promise 1"), terms=world.terms())
    for paragraph, words in ((plain, same), (promise, owed)):
        with pytest.raises(actions.WordingUnchanged):
            actions.word(paragraph, words, seen=1, by=guest, at=world.NOW)
    assert not queries.missing(queries.standings(text)).canada
    assert Accord.objects.count() == given
    other = actions.Paragraphs(world.three("Promise 1"), terms=world.terms(due_on=None))
    actions.word(promise, other, seen=1, by=guest, at=world.NOW)
    with pytest.raises(actions.WordingUnchanged):
        actions.word(promise, other, seen=2, by=manager, at=world.NOW)


def test_line_ends_of_a_browser_are_no_other_words(edition, manager):
    text = world.make_text(edition, paragraphs=0, promises=0)
    words = actions.Paragraphs({"es": "Uno\nDos"})
    paragraph = actions.add(text, words, by=manager, at=world.NOW)
    again = actions.Paragraphs({"es": "Uno\r\nDos "})
    with pytest.raises(actions.WordingUnchanged):
        actions.word(paragraph, again, seen=1, by=manager, at=world.NOW)


def test_whom_the_other_side_does_not_know_stays_asked(edition, manager, guest):
    text = world.make_text(edition, paragraphs=0, promises=1)
    promise = text.paragraphs.get()
    owners = (
        actions.Owed("canada", "Embassy of Canada to Mexico"),
        actions.Owed("mexico", "Secretariat"),
    )
    same = actions.Paragraphs(world.three("Promise 1"), terms=world.terms(owners=owners))
    with pytest.raises(actions.WordingUnchanged):
        actions.word(promise, same, seen=1, by=guest, at=world.NOW)
    other = actions.Paragraphs(world.three("More"), terms=world.terms(owners=owners))
    actions.word(promise, other, seen=1, by=guest, at=world.NOW)
    asked = Wording.objects.get(paragraph=promise, round=2).terms["owners"]
    assert [one["user"] for one in asked] == [manager.pk, None]
    actions.word(promise, same, seen=2, by=manager, at=world.NOW)
    asked = Wording.objects.get(paragraph=promise, round=3).terms["owners"]
    assert [one["user"] for one in asked] == [None, None]
