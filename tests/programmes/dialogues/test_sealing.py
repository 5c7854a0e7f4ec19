"""A sealed item, its minutes and what they promised have the same readers, whatever happens."""

import pytest

from monarca.ground.commitments import queries as commitments
from monarca.ground.commitments.models import Commitment
from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.states import Sensitivity
from tests import world_dialogues as world

LATER = world.AFTER


@pytest.fixture
def sealed(edition, manager, guest):
    """A sealed item of ours that a guest reads too, with a promise in its adopted minutes."""
    item = world.make_item(edition, Sensitivity.SEALED, readers=(guest,), words="Secret")
    world.make_adopted(edition, guest, "minutes", public=False, item=item)
    return item


def reads(user):
    """The sealed promises and the sealed items that this person knows of."""
    promised = commitments.visible_to(user, at=LATER).filter(is_sealed=True).count()
    items = queries.items_visible_to(user, at=LATER).filter(sensitivity=Sensitivity.SEALED)
    return promised, items.count()


def test_who_is_a_reader_of_the_item_no_longer_reads_its_promise_no_longer(sealed, manager, guest):
    assert reads(guest) == reads(manager) == (1, 1)
    fewer = actions.Topic(world.three("Secret"), Sensitivity.SEALED)
    actions.change(sealed, fewer, by=manager, at=LATER)
    assert reads(guest) == (0, 0)
    assert reads(manager) == (1, 1)


def test_other_words_of_the_item_change_nobody_s_reading(sealed, manager, guest):
    words = actions.Topic(world.three("Other"), Sensitivity.SEALED, readers=(guest,))
    actions.change(sealed, words, by=manager, at=LATER)
    assert reads(guest) == reads(manager) == (1, 1)
    owner = Commitment.objects.get().owners.get(user=manager)
    assert owner.until is None


def test_another_reader_of_the_item_reads_its_promise_too(sealed, edition, manager, guest):
    other = world.counterpart("other@example.org")
    actions.share(edition, other, by=manager, at=world.NOW)
    more = actions.Topic(world.three("Secret"), Sensitivity.SEALED, readers=(guest, other))
    actions.change(sealed, more, by=manager, at=LATER)
    assert reads(other) == (1, 1)


def test_an_edition_no_longer_shared_takes_its_sealed_items_and_promises_along(
    sealed, edition, manager, guest
):
    actions.stop_sharing(edition, guest, by=manager, at=LATER)
    assert reads(guest) == (0, 0)
    assert list(queries.readers_of(sealed, at=LATER)) == [manager]
    actions.share(edition, guest, by=manager, at=LATER)
    assert reads(guest) == (0, 0)
    assert reads(manager) == (1, 1)


def test_a_reader_of_our_house_by_name_loses_them_too(edition, manager, guest):
    reader = world.make_person("reader@example.org")
    actions.let_read(edition, reader, by=manager, at=world.NOW)
    seat = actions.Seat("canada", "A reader", user=reader)
    actions.seat(edition, seat, by=manager, at=world.NOW)
    item = world.make_item(edition, Sensitivity.SEALED, readers=(guest, reader))
    world.make_adopted(edition, guest, "minutes", public=False, item=item)
    assert reads(reader) == (1, 1)
    actions.stop_sharing(edition, reader, by=manager, at=LATER)
    assert reads(reader) == (0, 0)
    assert reads(guest) == (1, 1)


def test_a_promise_adopted_later_is_not_opened_to_who_left(edition, manager, guest):
    other = world.counterpart("other@example.org")
    actions.share(edition, other, by=manager, at=world.NOW)
    item = world.make_item(edition, Sensitivity.SEALED, readers=(guest, other))
    actions.stop_sharing(edition, other, by=manager, at=world.NOW)
    world.make_adopted(edition, guest, "minutes", public=False, item=item)
    assert reads(other) == (0, 0)


def test_who_owes_a_sealed_promise_and_leaves_the_edition_is_asked_no_longer(
    edition, manager, guest
):
    other = world.counterpart("other@example.org")
    actions.share(edition, other, by=manager, at=world.NOW)
    item = world.make_item(edition, Sensitivity.SEALED, readers=(guest,))
    text = world.make_text(edition, "minutes", item=item, promises=0)
    owners = (actions.Owed("mexico", "Secretariat", other),)
    promise = actions.Paragraphs(world.three("We will"), terms=world.terms(owners=owners))
    actions.add(text, promise, by=manager, at=world.NOW)
    world.agree_all(text, manager, guest)
    actions.adopt(text, by=manager, at=world.NOW)
    assert reads(other) == (1, 0)
    actions.stop_sharing(edition, other, by=manager, at=LATER)
    assert reads(other) == (0, 0)
    assert reads(guest) == (1, 1)


def test_who_leaves_loses_the_promise_of_an_item_that_was_opened_since(
    sealed, edition, manager, guest
):
    opened = actions.Topic(world.three("Open"), Sensitivity.OPEN)
    actions.change(sealed, opened, by=manager, at=LATER)
    assert reads(guest) == reads(manager) == (1, 0)
    actions.stop_sharing(edition, guest, by=manager, at=LATER)
    assert reads(guest) == (0, 0)
    assert reads(manager) == (1, 0)


def test_what_a_counterpart_sealed_alone_is_theirs_again_with_the_edition(edition, manager, guest):
    world.make_item(edition, Sensitivity.SEALED, by=guest)
    actions.stop_sharing(edition, guest, by=manager, at=LATER)
    assert reads(guest) == (0, 0)
    actions.share(edition, guest, by=manager, at=LATER)
    assert reads(guest) == (0, 1)
