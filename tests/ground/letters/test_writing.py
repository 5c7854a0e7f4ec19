"""A letter is a row of the act's own transaction, in its reader's language."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from types import SimpleNamespace

import pytest
from django.core.mail import EmailMessage, mailers
from django.db import transaction

from monarca.engines.money import Money
from monarca.engines.packs.kinds import LETTERS
from monarca.ground.journal.models import Entry
from monarca.ground.letters import actions, queries
from monarca.ground.letters.models import Letter
from monarca.ground.partners.models import Membership, Organisation
from tests import world

NOON = datetime(2024, 4, 1, 18, 0, tzinfo=UTC)
TEXTS = {
    "report.due": {
        "subject": {
            "es": "Informe de {number}",
            "en": "Report of {number}",
            "fr": "Rapport {number}",
        },
        "body": {
            "es": "Estimada gente:\n\nEl informe vence el **{due_on}**.\n\n- Ábralo en {address}\n- Envíelo",
            "en": "Hello,\n\nThe report is due on {due_on}. Open it: {address}",
            "fr": "Bonjour,\n\nLe rapport est attendu le {due_on}. Ouvrez-le : {address}",
        },
    },
    "decision.approved": {
        "subject": {"es": "{reference}"},
        "body": {"es": "Hay {amount} para el proyecto. Recibido: {received_at}"},
    },
}


@dataclass
class File:
    """Stands for an application: what a letter may know of it."""

    reference: str = "CFLI-MX-2024-7K3QF"
    sensitivity: str = "open"
    pk: int = 7
    _meta = SimpleNamespace(label_lower="applications.application")
    call = SimpleNamespace(time_zone="America/Mexico_City")


@pytest.fixture
def tejedoras(db):
    return Organisation.objects.create(
        legal_name="Tejedoras del Agua", email="grupo@example.org", language="fr", made_at=NOON
    )


def speak_for(organisation, *people):
    for one in people:
        Membership.objects.create(user=one, organisation=organisation, since=NOON)


def due(to, **more):
    given = {"number": "CA-12", "due_on": date(2024, 9, 2), "call_texts": TEXTS, **more}
    return actions.write("report.due", to=to, by=None, at=NOON, about=File(), file=File(), **given)


def test_a_person_is_written_to_in_their_language(person):
    (letter,) = due(person())
    assert (letter.language, letter.subject, letter.to) == (
        "es",
        "Informe de CA-12",
        "lupita@example.org",
    )
    assert letter.body == (
        "Estimada gente:\n\nEl informe vence el 2 de septiembre de 2024.\n\n"
        "- Ábralo en https://monarca.example.org/es/applications/CFLI-MX-2024-7K3QF/\n- Envíelo\n"
    )


def test_the_page_of_a_letter_says_its_language_and_holds_no_markup_of_anybody(person):
    (letter,) = due(person(), number="<b>1</b> **x**")
    assert '<html lang="es-MX">' in letter.html
    assert "<strong>2 de septiembre de 2024</strong>" in letter.html
    assert "&lt;b&gt;1&lt;/b&gt; **x**" in letter.html
    assert (
        '<a href="https://monarca.example.org/es/applications/CFLI-MX-2024-7K3QF/">' in letter.html
    )


def test_everybody_who_speaks_for_a_group_is_written_to(tejedoras, person):
    speak_for(tejedoras, person(), person("mei@example.org", language="en"))
    letters = due(tejedoras)
    assert [(letter.to, letter.language) for letter in letters] == [
        ("lupita@example.org", "es"),
        ("mei@example.org", "en"),
    ]
    assert "September 2, 2024" in letters[1].body
    assert "/en/applications/" in letters[1].body


def test_a_group_that_nobody_speaks_for_is_written_to_at_its_own_address(tejedoras):
    (letter,) = due(tejedoras)
    assert (letter.to, letter.language, letter.user) == ("grupo@example.org", "fr", None)
    assert "2 septembre 2024" in letter.body


def test_a_group_without_any_address_leaves_a_line_in_the_journal(tejedoras):
    tejedoras.email = ""
    assert due(tejedoras) == ()
    assert Entry.objects.filter(verb="letter.unaddressed", data={"key": "report.due"}).count() == 1


def test_a_closed_account_is_not_written_to(person):
    lupita = person()
    lupita.is_active = False
    assert due(lupita) == ()


def test_money_and_instants_are_written_as_the_reader_reads_them(person):
    (letter,) = actions.write(
        "decision.approved",
        to=person("ana@example.org", language="fr"),
        by=None,
        at=NOON,
        about=File(),
        file=File(),
        call_texts=TEXTS,
        amount=Money(4_500_000, "CAD"),
        received_at=NOON,
    )
    assert letter.language == "es"  # the only language the text is written in
    assert "45,000.00 CAD" in letter.body.replace("\xa0", " ")
    assert "1 de abril de 2024, 12:00" in letter.body


def test_a_missing_value_is_loud_and_nothing_is_written(person):
    with pytest.raises(queries.PlaceholderMissing) as missing:
        actions.write(
            "report.due", to=person(), by=None, at=NOON, about=File(), call_texts=TEXTS, number="1"
        )
    assert missing.value.args[0] == "report.due"
    assert not Letter.objects.exists()


def test_a_letter_without_a_text_is_loud(person):
    with pytest.raises(queries.LetterUnknown):
        actions.write("no.such", to=person(), by=None, at=NOON, about=File(), call_texts=TEXTS)


@pytest.mark.parametrize("sensitivity", ["restricted", "sealed"])
def test_a_protected_file_is_known_by_its_reference_and_a_link_alone(person, sensitivity):
    (letter,) = actions.write(
        "report.due",
        to=person("mei@example.org", language="en"),
        by=None,
        at=NOON,
        about=File(),
        file=File(sensitivity=sensitivity),
        call_texts=TEXTS,
        number="CA-12",
        due_on=date(2024, 9, 2),
    )
    assert letter.subject == "News about CFLI-MX-2024-7K3QF"
    assert "CA-12" not in letter.body + letter.html
    assert "2024, 9" not in letter.body
    assert "https://monarca.example.org/en/applications/CFLI-MX-2024-7K3QF/" in letter.body


def test_the_journal_knows_which_letter_and_no_words(person):
    (letter,) = due(person())
    entry = Entry.objects.get(verb="letter.written")
    assert entry.data == {"key": "report.due"}
    assert entry.subject == f"letters.letter:{letter.pk}"
    assert entry.file == "applications.application:7"


def test_a_letter_vanishes_with_the_act_it_tells_of(person):
    class Change(Exception):
        pass

    @transaction.atomic
    def act():
        due(lupita)
        assert Letter.objects.count() == 1
        raise Change

    lupita = person()
    with pytest.raises(Change):
        act()
    assert not Letter.objects.exists()
    assert not Entry.objects.filter(verb="letter.written").exists()


def test_what_django_mails_becomes_a_row(person):
    message = EmailMessage(
        "Hola *amiga*",
        "Uno {dos}\n\n- tres",
        to=["lupita@example.org", "nadie@example.org"],
        headers={"Content-Language": "es"},
    )
    lupita = person()
    assert mailers.default.send_messages([message]) == 2
    first, second = Letter.objects.order_by("pk")
    assert (first.key, first.user, first.subject) == ("mail.other", lupita, "Hola *amiga*")
    assert first.body == "Uno {dos}\n\n- tres\n"
    assert (second.user, second.to) == (None, "nadie@example.org")


@pytest.mark.parametrize(
    ("tries", "minutes"), [(1, 1), (2, 2), (5, 16), (9, 256), (10, 360), (12, 360)]
)
def test_waiting_doubles_up_to_six_hours(tries, minutes):
    assert queries.wait(tries) == minutes


@pytest.mark.parametrize(
    ("place", "whole"),
    [
        ("/applications/X/", "https://monarca.example.org/fr/applications/X/"),
        ("/es/applications/X/", "https://monarca.example.org/fr/applications/X/"),
        ("/essay/", "https://monarca.example.org/fr/essay/"),
        ("https://elsewhere.example/es/x", "https://elsewhere.example/es/x"),
    ],
)
def test_a_link_leads_to_the_page_in_the_readers_language(place, whole):
    assert queries.address(place, "fr") == whole


SAID = {
    "reference": "CFLI-MX-2024-7K3QF",
    "address": "/applications/CFLI-MX-2024-7K3QF/",
    "received_at": NOON,
    "sha256": "ab" * 32,
    "due_on": date(2024, 9, 2),
    "reason": {"es": "Motivo", "en": "Reason", "fr": "Motif"},
    "amount": Money(4_500_000, "CAD"),
    "number": "CA-12",
    "instalment": 1,
}


@pytest.mark.parametrize("language", ["es", "en", "fr"])
@pytest.mark.parametrize("key", sorted(LETTERS))
def test_every_letter_of_the_pack_can_be_written_and_its_values_are_all_said(key, language):
    texts = world.definition()["letters"]
    values = {name: SAID[name] for name in LETTERS[key]}
    words = queries.compose(key, language, texts=texts, values=values)
    assert words.language == language
    assert "{" not in words.subject + words.body
    assert f"https://monarca.example.org/{language}/applications/" in words.body
    assert "CFLI-MX-2024-7K3QF" in words.subject + words.body


def test_a_missing_value_is_loud_even_where_the_letter_would_not_show_it(person):
    with pytest.raises(queries.PlaceholderMissing):
        actions.write(
            "report.due",
            to=person(),
            by=None,
            at=NOON,
            about=File(),
            file=File(sensitivity="sealed"),
            call_texts=TEXTS,
        )
