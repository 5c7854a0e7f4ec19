"""Whoever completes the agreement of one side has the other side asked, and nobody else."""

import pytest

from monarca.ground.letters.models import Letter
from monarca.programmes.dialogues import actions
from monarca.programmes.dialogues.states import Sensitivity, Texts
from tests import world_dialogues as world


def agree(text, user, *, but=0):
    """Tick everything of the text, or all but its last paragraphs, and press the button."""
    rows = list(text.paragraphs.order_by("position"))
    ticked = [(one, one.round, code) for one in rows[: len(rows) - but] for code in text.languages]
    return actions.agree_read(text, ticked, by=user, at=world.NOW)


def told():
    return list(Letter.objects.filter(key="text.waits").values_list("to", flat=True))


def test_the_counterparts_are_asked_when_our_side_agreed_all_of_it(edition, manager, guest):
    other = world.counterpart("otra@example.org")
    text = world.make_text(edition, paragraphs=2, promises=0)
    agree(text, manager, but=1)
    assert told() == []
    agree(text, manager)
    assert told() == [guest.email], f"not {other.email}, with whom it is not shared"
    letter = Letter.objects.get(key="text.waits")
    assert edition.reference in letter.subject
    assert f"/texts/{text.code}/" in letter.body
    assert "Paragraph" not in letter.body


def test_our_side_is_asked_when_the_counterpart_agreed_all_of_it(edition, manager, guest):
    text = world.make_text(edition)
    agree(text, guest)
    assert told() == [edition.planned_by.email]


def test_a_member_of_ours_with_an_account_is_asked_instead(edition, manager, guest):
    ana = world.make_person("ana@example.org", "coordinator")
    seat = actions.Seat(side="canada", name="Ana", office="Embassy of Canada", user=ana)
    actions.seat(edition, seat, by=manager, at=world.NOW)
    agree(world.make_text(edition), guest)
    assert told() == [ana.email]


def test_nobody_is_asked_twice_nor_when_both_agreed(edition, manager, guest):
    text = world.make_text(edition)
    agree(text, manager)
    assert agree(text, manager) == 0
    assert len(told()) == 1
    agree(text, guest)
    assert len(told()) == 1


def test_minutes_of_a_sealed_item_ask_only_who_reads_it(edition, manager, guest):
    item = world.make_item(edition, Sensitivity.SEALED)
    text = world.make_text(edition, Texts.MINUTES, item=item)
    agree(text, manager)
    assert told() == []


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "El otro lado acordó"), ("en", "The other side agreed"), ("fr", "L’autre côté a")],
)
def test_it_is_written_in_the_language_of_who_reads_it(edition, manager, language, words):
    reader = world.make_person("lectora@example.org", "counterpart", language=language)
    actions.share(edition, reader, by=manager, at=world.NOW)
    agree(world.make_text(edition), manager)
    letter = Letter.objects.get(key="text.waits", to=reader.email)
    assert letter.subject.startswith(words)
