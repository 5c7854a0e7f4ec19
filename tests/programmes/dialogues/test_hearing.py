"""Civil society is heard: with consent, unnamed if asked, and consent can be taken back."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.serializers.json import DjangoJSONEncoder

from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.programmes.dialogues import actions, queries
from monarca.programmes.dialogues.models import Sender
from monarca.programmes.dialogues.states import Asking, Consent
from tests import world_dialogues as world


@pytest.fixture
def asked(edition):
    return world.ask(edition)


def test_inputs_are_asked_for_until_a_day_and_with_a_reader_who_runs_programmes(edition, manager):
    auditor = world.make_person("auditor@example.org", "auditor")
    for until, reader in (
        (None, manager),
        (world.MEETS, None),
        (world.MEETS, auditor),
        (world.NOW, manager),
    ):
        with pytest.raises(actions.ReaderNeeded):
            actions.ask(
                edition, actions.Asked(Asking.EVERYBODY, until, reader), by=manager, at=world.NOW
            )


def test_nobody_writes_before_or_after_the_time(edition, manager):
    with pytest.raises(actions.NotAskedNow):
        world.make_input(edition)
    asked = world.ask(edition)
    late = asked.asked_until
    with pytest.raises(actions.NotAskedNow):
        world.make_input(asked, at=late)
    assert world.make_input(asked, at=late - timedelta(seconds=1)).pk


def test_an_input_has_words_and_a_name_where_it_is_passed_on_by_name(asked):
    for words in ("", "  ", "x" * 20_001):
        with pytest.raises(actions.WordsMissing):
            world.make_input(asked, text=words)
    with pytest.raises(actions.NameNotGiven):
        world.make_input(asked, organisation="", person=" ")
    assert world.make_input(asked, Consent.ANONYMOUS, organisation="", person="").pk


def test_the_other_side_reads_what_was_passed_on_until_consent_is_taken_back(asked, manager, guest):
    made = world.make_input(asked)
    assert not queries.inputs_visible_to(guest, at=world.NOW).exists()
    assert list(queries.to_pass_on(manager, at=world.NOW)) == [made]
    actions.pass_on(made, by=manager, at=world.NOW)
    assert queries.inputs_visible_to(guest, at=world.NOW).get() == made
    assert queries.senders_visible_to(guest, at=world.NOW).get().organisation == "Red Río Claro"
    actions.withdraw(made, erase=False, by=None, at=world.NOW)
    assert not queries.inputs_visible_to(guest, at=world.NOW).exists()
    assert not queries.senders_visible_to(guest, at=world.NOW).exists()
    with pytest.raises(actions.NoConsent):
        actions.pass_on(made, by=manager, at=world.NOW)


def test_what_is_not_to_be_passed_on_stays_at_the_embassy(asked, manager, guest):
    made = world.make_input(asked, Consent.NOT_PASSED_ON)
    with pytest.raises(actions.NoConsent):
        actions.pass_on(made, by=manager, at=world.NOW)
    assert queries.inputs_visible_to(manager, at=world.NOW).get() == made
    with pytest.raises(PermissionDenied):
        actions.pass_on(made, by=guest, at=world.NOW)


def test_words_and_names_can_be_taken_back_whole(asked, manager):
    made = world.make_input(asked, Consent.ANONYMOUS)
    actions.withdraw(made, erase=True, by=None, at=world.NOW)
    sender = Sender.objects.get(input=made)
    assert (made.text, sender.organisation, sender.person, sender.email) == ("", "", "", "")
    assert not queries.inputs_visible_to(manager, at=world.NOW).exists()


ROLES = ("manager", "coordinator", "head_of_mission", "headquarters", "auditor", "finance")


@pytest.mark.parametrize("role", ROLES)
def test_an_unnamed_sender_is_known_to_the_named_reader_and_nobody_else(asked, manager, role):
    world.make_input(asked, Consent.ANONYMOUS)
    other = world.make_person("other@example.org", role)
    assert queries.inputs_visible_to(other, at=world.NOW).exists()
    assert not queries.senders_visible_to(other, at=world.NOW).exists()
    assert queries.senders_visible_to(manager, at=world.NOW).get().person == "Petra Solís"


def test_the_name_of_an_unnamed_sender_stands_in_no_journal_and_no_letter(asked, person):
    world.make_input(asked, Consent.ANONYMOUS)
    entry = Entry.objects.get(verb="input.received")
    assert entry.by is None
    told = DjangoJSONEncoder().encode(
        [*Entry.objects.values("verb", "data", "command"), *Letter.objects.values()]
    )
    for word in ("Petra", "Red Río Claro", "petra@example.org", "rivers"):
        assert word not in told


def test_nobody_sends_an_input_in_the_name_of_an_account(asked, manager):
    heard = actions.Heard("words", "es", Consent.ANONYMOUS)
    with pytest.raises(PermissionDenied):
        actions.receive(asked, heard, secret="x", by=manager, at=world.NOW)


def test_asking_again_closes_the_earlier_invitation(edition, manager):
    first = queries.invitation_of(world.ask(edition, Asking.INVITED))
    assert queries.invited_to(first) == edition
    second = queries.invitation_of(world.ask(edition, Asking.INVITED))
    assert queries.invited_to(first) is None
    assert queries.invited_to(second) == edition
    for forged in ("", "x", second[:-1], second + "x"):
        assert queries.invited_to(forged) is None
