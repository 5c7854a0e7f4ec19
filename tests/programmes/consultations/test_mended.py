"""What a hostile reader found: sealed things that were told, consent that had no end, days and
steps twice."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from monarca.ground.commitments import queries as register
from monarca.ground.commitments.actions import DueBeforePromised
from monarca.ground.commitments.models import Commitment, Owner
from monarca.ground.people import actions as people
from monarca.programmes.consultations import actions, queries
from monarca.programmes.consultations.actions import Entering
from monarca.programmes.consultations.models import (
    Consultation,
    Interpreter,
    Item,
    Permission,
    Piece,
    Representative,
)
from monarca.programmes.consultations.states import Kind
from tests import sounds
from tests import world_consultations as world
from tests.programmes.consultations.walking import MOMENT, at, html

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]
LATER = world.LATER.date()


def a_step(day, **changes):
    return Entering(**{"kind": "step", "on": day, "texts": {"es": "Una reunión."}, **changes})


def withdrawing(speaker, on=LATER):
    return Entering("withdrawal", on, {"es": "No se cumplió."}, wish=world.by_paper(speaker))


# --- sealing


@pytest.mark.parametrize("role", ["auditor", "finance", "manager", "headquarters"])
def test_what_an_agreement_deposited_is_sealed_with_it(client, staff, ana, role):
    reina = world.a_person()
    reader = world.a_person("abuela@pueblo.example", "Abuela")
    made, speaker = world.make_dialogue(ana, user=reina)
    given = world.a_condition(speaker, kind="agreement")
    item = actions.enter(made, given, by=ana, at=world.AFTER)
    promise = Commitment.objects.get()
    other = staff(role, "x@example.org")
    assert register.visible_to(other, at=MOMENT).get() == promise
    actions.seal(item, (reader,), wish=world.by_paper(speaker), by=ana, at=world.LATER)
    assert not register.visible_to(other, at=MOMENT).exists()
    for knows in (reina, reader, ana):
        assert register.visible_to(knows, at=MOMENT).get() == promise
    client.force_login(other)
    assert client.get(f"/es/commitments/{promise.reference}/").status_code == 404


def test_a_sealed_condition_is_promised_to_its_readers_whoever_concludes(ana, boss):
    reina = world.a_person()
    made, speaker = world.make_dialogue(ana, user=reina)
    actions.enter(made, world.a_condition(speaker, readers=()), by=ana, at=world.AFTER)
    actions.conclude(made, world.an_outcome(speaker), by=boss, at=world.DECIDED)
    assert not register.visible_to(boss, at=MOMENT).exists()
    assert register.visible_to(ana, at=MOMENT).count() == 1
    assert register.visible_to(reina, at=MOMENT).count() == 1


def test_sealing_an_item_seals_what_was_said_about_it_and_about_that(client, ana, boss):
    made, speaker = world.make_public(ana, boss, kinds=("people",))
    day = world.LATER.date()
    item = actions.enter(made, a_step(day), by=ana, at=world.LATER)
    added = actions.enter(made, a_step(day, kind="addition", about=item), by=ana, at=world.LATER)
    more = actions.enter(made, a_step(day, kind="objection", about=added), by=ana, at=world.LATER)
    world.permit(made, speaker, ana, "addition", "objection")
    assert {added, more} < {one.item for one in queries.shown(made)}
    actions.seal(item, (), wish=world.by_paper(speaker), by=ana, at=MOMENT)
    assert not {item, added, more} & {one.item for one in queries.shown(made)}
    seen = queries.items_visible_to(boss, at=MOMENT)
    assert not seen.filter(pk__in=[item.pk, added.pk, more.pk]).exists()
    for one in (added, more):
        assert Permission.objects.filter(item=one).latest("pk").how == "lapsed"
        assert queries.items_visible_to(ana, at=MOMENT).filter(pk=one.pk).exists()
    client.force_login(boss)
    assert item.code not in html(client.get(at("record", made.reference)))


def test_no_link_names_what_its_reader_may_not_read(client, ana, boss):
    """An addition that others were named to tells nothing of the item they were not."""
    made, _speaker = world.make_dialogue(ana)
    day = world.AFTER.date()
    item = actions.enter(made, a_step(day, readers=()), by=ana, at=world.AFTER)
    given = a_step(day, kind="addition", about=item, readers=(boss,))
    added = actions.enter(made, given, by=ana, at=world.AFTER)
    for who, told in ((boss, False), (ana, True)):
        client.force_login(who)
        page = html(client.get(at("item", made.reference, added.code)))
        assert (item.code in page) is told


def test_how_a_sealed_telling_of_choice_was_dated_is_not_offered(client, ana, boss):
    made, speaker = world.make_dialogue(ana)
    item = Item.objects.get(kind=Kind.CHOOSING)
    client.force_login(boss)
    assert str(item.on) in html(client.get(at("representative", made.reference)))
    actions.seal(item, (), wish=world.by_paper(speaker), by=ana, at=world.AFTER)
    assert str(item.on) not in html(client.get(at("representative", made.reference)))


@pytest.mark.parametrize("readers", [(), None])
def test_who_no_longer_represents_reads_none_of_its_commitments(ana, readers):
    reina = world.a_person()
    other = world.a_person("otra@pueblo.example", "Otra")
    made, _speaker = world.make_concluded(ana, user=reina, readers=readers)
    world.make_speaker(made, ana, user=other, name="Otra", at=world.LATER)
    assert register.inside(reina, at=MOMENT).count() == 1
    speaker = Representative.objects.get(user=reina)
    actions.release_representative(speaker, by=ana, at=world.LATER)
    assert not register.visible_to(reina, at=MOMENT).exists()
    assert register.visible_to(ana, at=MOMENT).count() == 1
    owed = Owner.objects.in_force(MOMENT).filter(commitment=Commitment.objects.get())
    assert [(one.side, one.user) for one in owed.order_by("side")] == [
        ("canada", None),
        ("other", None),
    ]


def test_who_was_released_is_not_asked_about_what_is_promised_later(ana):
    reina = world.a_person()
    made, speaker = world.make_dialogue(ana, user=reina)
    actions.enter(made, world.a_condition(speaker, readers=()), by=ana, at=world.AFTER)
    other = world.make_speaker(made, ana, name="Otra", at=world.AFTER)
    actions.release_representative(speaker, by=ana, at=world.AFTER)
    actions.conclude(made, world.an_outcome(other), by=ana, at=world.DECIDED)
    assert not register.visible_to(reina, at=MOMENT).exists()


# --- consent withdrawn


KINDS = ("people", "condition", "outcome", "agreement")


def test_what_depends_on_consent_is_public_no_longer_when_it_is_withdrawn(client, ana, boss):
    made, speaker = world.make_public(ana, boss, kinds=KINDS)
    promise = Commitment.objects.get()
    assert promise.is_public
    actions.withdraw(made, withdrawing(speaker), by=ana, at=world.LATER)
    promise.refresh_from_db()
    assert (promise.is_public, promise.status) == (False, "promised")
    assert not {"condition", "outcome"} & {one.item.kind for one in queries.shown(made)}
    assert "guía" not in html(client.get(at("one", made.reference)))


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        ("es", "El pueblo retiró su consentimiento el 10 de junio de 2024"),
        ("en", "The people took their consent back on June 10, 2024"),
        ("fr", "Le peuple a retiré son consentement le 10 juin 2024"),
    ],
)
def test_conditions_permitted_anew_stand_beside_the_withdrawal(client, ana, boss, lang, words):
    made, speaker = world.make_public(ana, boss, kinds=KINDS)
    address, listed = at("one", made.reference, lang=lang), at("list", lang=lang)
    assert words not in html(client.get(address))
    actions.withdraw(made, withdrawing(speaker), by=ana, at=world.LATER)
    assert words not in html(client.get(address))
    world.permit(made, speaker, ana, "condition", at=MOMENT)
    page = html(client.get(address))
    assert words in page
    assert "guía" in page if lang == "es" else "alone" in page
    assert "No se cumplió" not in page
    assert not Commitment.objects.get().is_public
    gone = {"es": "Consentimiento retirado", "en": "Consent withdrawn"}
    assert gone.get(lang, "Consentement retiré") in html(client.get(listed))


def test_a_withdrawal_that_is_sealed_takes_its_consent_with_it(client, ana, boss):
    made, speaker = world.make_public(ana, boss, kinds=KINDS)
    actions.withdraw(made, withdrawing(speaker), by=ana, at=world.LATER)
    world.permit(made, speaker, ana, "condition", "outcome", at=world.LATER)
    gone = queries.withdrawal(made)
    actions.seal(gone, (), wish=world.by_paper(speaker), by=ana, at=world.LATER)
    for address in (at("one", made.reference), at("list")):
        page = html(client.get(address))
        assert "Consentimiento" not in page
        assert "guía" not in page
    client.force_login(boss)
    assert "Consentimiento retirado" not in html(client.get(at("record", made.reference)))


# --- days


def test_a_step_is_not_dated_years_before_the_record(ana):
    made, _speaker = world.make_dialogue(ana)
    for day in (date(1800, 1, 1), date(2019, 3, 3)):
        with pytest.raises(actions.DayLongBefore) as no:
            actions.enter(made, a_step(day), by=ana, at=world.AFTER)
        assert no.value.reason.values == {"from_on": "2019-03-04"}
    actions.enter(made, a_step(date(2019, 3, 4)), by=ana, at=world.AFTER)


def test_nor_is_their_own_addition_dated_in_another_century(ana):
    reina = world.a_person()
    made, _speaker = world.make_dialogue(ana, user=reina)
    item = queries.side(made, Kind.PEOPLE)
    for day, no in (
        (date(1800, 1, 1), actions.DayLongBefore),
        (date(2031, 1, 1), actions.NotYetHappened),
    ):
        given = a_step(day, kind="addition", about=item)
        with pytest.raises(no):
            actions.enter(made, given, by=reina, at=world.AFTER)


@pytest.mark.parametrize(
    ("day", "no"),
    [
        (date(2031, 1, 1), actions.NotYetHappened),
        (date(1999, 1, 1), actions.DayLongBefore),
        (world.DECIDED.date() - timedelta(days=1), actions.WithdrawnBeforeGiven),
    ],
)
def test_consent_is_withdrawn_between_its_day_and_today(ana, day, no):
    made, speaker = world.make_concluded(ana)
    with pytest.raises(no):
        actions.withdraw(made, withdrawing(speaker, on=day), by=ana, at=world.LATER)
    assert queries.withdrawal(made) is None


def test_a_condition_is_not_due_before_it_was_said(ana):
    made, speaker = world.make_dialogue(ana)
    given = world.a_condition(speaker, due_on=world.AFTER.date() - timedelta(days=1))
    with pytest.raises(DueBeforePromised):
        actions.enter(made, given, by=ana, at=world.AFTER)


# --- once


def once(client, address):
    return re.search(r'name="once" value="([^"]+)"', html(client.get(address)))[1]


DAY = {"on_day": "10", "on_month": "6", "on_year": "2024"}


def test_a_form_that_is_sent_twice_acts_once(client, ana):
    made, _speaker = world.make_concluded(ana)
    client.force_login(ana)
    where = at("enter", made.reference, "step")
    typed = {**DAY, "text_es": "Una reunión.", "once": once(client, where)}
    assert [client.post(where, typed).status_code for _press in range(2)] == [302, 302]
    assert Item.objects.filter(kind=Kind.STEP).count() == 1
    typed["once"] = once(client, where)
    client.post(where, typed)
    assert Item.objects.filter(kind=Kind.STEP).count() == 2


def test_other_words_on_a_form_that_was_sent_are_asked_about_and_not_lost(client, ana):
    made, _speaker = world.make_concluded(ana)
    client.force_login(ana)
    where = at("enter", made.reference, "step")
    typed = {**DAY, "text_es": "Una reunión.", "once": once(client, where)}
    client.post(where, typed)
    answer = client.post(where, {**typed, "text_es": "Otra cosa."})
    assert answer.status_code == 422
    assert "Otra cosa." in html(answer)
    typed["once"] = re.search(r'name="once" value="([^"]+)"', html(answer))[1]
    assert client.post(where, {**typed, "text_es": "Otra cosa."}).status_code == 302
    assert Item.objects.filter(kind=Kind.STEP).count() == 2


def test_the_code_of_a_page_is_good_for_its_reader_on_that_page_alone(client, ana, boss):
    made, _speaker = world.make_concluded(ana)
    where = at("enter", made.reference, "step")
    client.force_login(boss)
    theirs = once(client, where)
    client.force_login(ana)
    other = once(client, at("enter", made.reference, "dissent"))
    typed = {**DAY, "text_es": "Una reunión."}
    for code in (theirs, theirs, other, "R-AAAAA", ""):
        assert client.post(where, {**typed, "once": code}).status_code == 302
    assert Item.objects.filter(kind=Kind.STEP).count() == 5


def test_an_outcome_and_a_withdrawal_that_are_sent_twice_stand_once(ana):
    made, speaker = world.make_dialogue(ana)
    outcome = replace(world.an_outcome(speaker, "consent"), code="R-AAAAA")
    gone = replace(withdrawing(speaker), code="R-BBBBB")
    for given, act, when in (
        (outcome, actions.conclude, world.DECIDED),
        (gone, actions.withdraw, world.LATER),
    ):
        first = act(made, given, by=ana, at=when)
        assert act(made, given, by=ana, at=when) == first


def test_who_is_named_twice_by_one_form_is_named_once(client, ana):
    made = world.make_begun(ana)
    client.force_login(ana)
    where = at("representative", made.reference)
    typed = {**DAY, "name": "Reina Canul", "text_es": "De pie.", "once": once(client, where)}
    who = {"name": "Don Eleuterio", "language": "yua", "chosen_by": "community"}
    for _press in range(2):
        assert client.post(where, typed).status_code == 302
        assert client.post(at("interpreter", made.reference), who).status_code == 302
    assert Representative.objects.count() == Interpreter.objects.count() == 1
    assert Item.objects.filter(kind=Kind.CHOOSING).count() == 1


def test_a_recording_put_beside_an_item_twice_is_there_once(ana):
    made, _speaker = world.make_dialogue(ana)
    item = actions.enter(made, a_step(world.AFTER.date()), by=ana, at=world.AFTER)
    voice = actions.Attached(actions.Upload(sounds.wav(), "voz.wav"), "Voz", "yua")
    for given in (voice, voice, replace(voice, label="Otra")):
        actions.add_piece(item, given, by=ana, at=world.AFTER)
    assert [one.number for one in Piece.objects.filter(item=item).order_by("pk")] == [1, 2]


# --- words


@pytest.mark.parametrize(("lang", "word"), [("es", "Elegir"), ("fr", "Choisir"), ("en", "Choose")])
def test_nothing_english_is_left_in_the_list_of_missions(client, ana, lang, word):
    client.force_login(ana)
    page = html(client.get(at("new", lang=lang)))
    assert "Select an option" not in page
    box = re.search(r'<select[^>]*name="mission".*?</select>', page, re.DOTALL)[0]
    assert re.search(rf'<option value="">\s*{word}', box), box


def test_the_label_of_a_voice_has_the_language_of_who_wrote_it(client, mexico):
    clerk = people.join("c@example.org", by=None, at=world.BEGUN, language="fr")
    for role in ("coordinator", "manager"):
        people.give_role(clerk, by=None, at=world.BEGUN, mission=mexico, role=role)
    made, speaker = world.make_public(clerk, clerk, kinds=("shared",))
    world.permit(made, speaker, clerk, "shared", part="files", at=world.LATER)
    page = html(client.get(at("one", made.reference)))
    assert '<figcaption lang="fr-CA">Explicación' in page
    assert re.search(r'<audio[^>]* aria-label="Explicación" lang="fr-CA"', page)


def test_a_record_is_opened_once_by_one_page(client, ana, mexico):
    client.force_login(ana)
    typed = {
        "mission": mexico.pk,
        "title_es": "Camino",
        "matter_es": "Un camino por su tierra.",
        "authority": "Embajada",
        "people": "Maya",
        "community": "Chan Sayab",
        "country": "MX",
        "region": "MX-YUC",
        "language_0": "yua",
        "time_zone": "America/Mexico_City",
        "once": once(client, at("new")),
    }
    assert [client.post(at("new"), typed).status_code for _press in range(2)] == [302, 302]
    assert client.post(at("new"), {**typed, "title_es": "Otro"}).status_code == 422
    assert Consultation.objects.count() == 1
    typed["once"] = once(client, at("new"))
    client.post(at("new"), typed)
    assert Consultation.objects.count() == 2


@pytest.mark.parametrize(
    ("hosts", "told"),
    [(["ask.example"], "http://ask.example/fr/"), (["*"], "https://own.example/fr/")],
)
def test_the_registers_file_leads_to_the_host_that_was_asked(
    client, ana, boss, settings, hosts, told
):
    settings.ALLOWED_HOSTS, settings.ADDRESS = hosts, "https://own.example"
    made, _speaker = world.make_public(ana, boss)
    given = actions.Registering(
        publishable=True,
        partners=("D64",),
        subjects=("IP",),
        audience=("IP",),
        start_on=world.BEGUN.date(),
        end_on=world.DECIDED.date(),
        status="CN",
    )
    actions.register(made, given, by=ana, at=MOMENT)
    page = html(client.get(at("register-file"), headers={"host": "ask.example"}))
    assert f"{told}consultations/{made.reference}/" in page
