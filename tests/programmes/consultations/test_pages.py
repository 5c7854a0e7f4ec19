"""The pages: who is let in, what everybody reads, and that nothing typed is lost."""

import csv
import io
import re
from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile

from monarca.ground.people import actions as people
from monarca.programmes.consultations import actions, queries
from monarca.programmes.consultations.actions import Entering, Registering
from monarca.programmes.consultations.models import Consultation, Item, Permission, Protection
from monarca.programmes.consultations.states import Kind
from tests import sounds
from tests import world_consultations as world
from tests.programmes.consultations.walking import MOMENT, at, html
from tests.world import PNG

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("now")]


def told(ana, boss, *kinds, **changes):
    made, speaker = world.make_public(ana, boss, kinds=kinds, **changes)
    return made, speaker


ALL = (
    "people",
    "places",
    "representatives",
    "interpreters",
    "calendar",
    "choosing",
    "shared",
    "condition",
    "outcome",
)


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_everybody_reads_what_is_permitted_and_no_more(client, ana, boss, lang):
    made, _speaker = told(ana, boss)
    page = html(client.get(at("one", made.reference, lang=lang)))
    assert made.title[lang] in page
    for hidden in (
        "Maya",
        "Chan Sayab",
        "Junto al cenote",
        "Reina Canul",
        "asamblea",
        "guía",
        "<audio",
    ):
        assert hidden not in page
    listed = html(client.get(at("list", lang=lang)))
    assert made.title[lang] in listed
    assert "Maya" not in listed


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_what_is_permitted_is_all_there_with_its_language(client, ana, boss, lang):
    made, speaker = told(ana, boss, *ALL)
    world.permit(made, speaker, ana, "shared", part="files")
    page = html(client.get(at("one", made.reference, lang=lang)))
    for shown in ("Maya", "Chan Sayab", "Junto al cenote", "Reina Canul", "con condiciones"):
        assert shown in page
    assert '<span lang="yua">Maaya</span>' in page
    assert re.search(r'<audio[^>]* controls preload="none"', page)
    assert '<div class="answer" lang="yua"><p>[muestra]' in page


def test_a_page_nobody_permitted_answers_like_one_that_never_was(client, ana):
    made, _speaker = world.make_concluded(ana)
    for name, *args in (("one", made.reference), ("one", "C-0000000"), ("record", made.reference)):
        answer = client.get(at(name, *args))
        assert answer.status_code in {302, 404}
    assert client.get(at("one", made.reference)).status_code == 404


def test_a_public_voice_is_heard_in_parts_and_forgotten_at_once(client, ana, boss):
    reina = world.a_person()
    made, speaker = told(ana, boss, "shared", user=reina)
    item = Item.objects.get(kind=Kind.SHARED)
    address = at("piece", made.reference, item.code, 1)
    assert client.get(address).status_code == 404
    world.permit(made, speaker, ana, "shared", part="files")
    answer = client.get(address, headers={"range": "bytes=0-3"})
    assert (answer.status_code, b"".join(answer.streaming_content)) == (206, b"RIFF")
    wish = world.by_account(speaker)
    actions.take_back(item, part="files", wish=wish, by=reina, at=MOMENT)
    assert client.get(address).status_code == 404
    client.force_login(reina)
    assert client.get(address).status_code == 200


def test_a_representative_takes_permission_back_on_a_phone(client, ana, boss):
    reina = world.a_person()
    made, _speaker = told(ana, boss, *ALL, user=reina)
    client.force_login(reina)
    page = html(client.get(at("record", made.reference)))
    assert "Reina Canul" in page
    item = queries.side(made, Kind.EXISTENCE)
    where = at("permit", made.reference, item.code)
    assert "proof" not in html(client.get(where))
    answer = client.post(where, {"part": "words", "answer": "no"})
    assert answer.status_code == 302
    client.logout()
    assert client.get(at("one", made.reference)).status_code == 404
    assert made.reference not in html(client.get(at("list")))
    assert made.reference not in client.get(at("register-file")).content.decode()


def test_on_paper_the_coordinator_needs_the_paper(client, ana):
    made, _speaker = world.make_concluded(ana)
    client.force_login(ana)
    item = queries.side(made, Kind.EXISTENCE)
    where = at("permit", made.reference, item.code)
    given = {"part": "words", "answer": "yes", "representative": "0", "how": "paper"}
    assert client.post(where, given).status_code == 422
    assert not Permission.objects.exists()
    answer = client.post(where, {**given, "proof": SimpleUploadedFile("acta.png", PNG)})
    assert answer.status_code == 302
    said = Permission.objects.get()
    assert (said.is_given, said.how) == (True, "paper")
    address = at("proof", made.reference, said.evidence.sha256)
    assert address in html(client.get(at("item", made.reference, item.code)))
    proof = client.get(address)
    assert proof.status_code == 200
    proof.close()


def test_a_step_during_their_time_is_refused_in_words_and_nothing_typed_is_lost(client, ana):
    made, _speaker = world.make_protected(ana)
    client.force_login(ana)
    where = at("enter", made.reference, "step", lang="en")
    typed = {"on_day": "9", "on_month": "4", "on_year": "2024", "text_es": "Fuimos <a> verlos."}
    with time_machine.travel(world.INSIDE, tick=False):
        client.force_login(ana)
        answer = client.post(where, typed)
    assert answer.status_code == 422
    assert "Fuimos &lt;a&gt; verlos." in html(answer)
    assert not Item.objects.filter(kind=Kind.STEP).exists()


def test_a_shortened_time_is_refused_in_words(client, ana):
    made, _speaker = world.make_protected(ana)
    with time_machine.travel(world.INSIDE, tick=False):
        client.force_login(ana)
        typed = {"until_on_day": "15", "until_on_month": "4", "until_on_year": "2024"}
        typed |= {"representative": "0", "how": "paper", "proof": SimpleUploadedFile("a.png", PNG)}
        answer = client.post(at("time", made.reference), typed)
        assert answer.status_code == 422
        page = html(client.get(at("record", made.reference)))
    assert Protection.objects.count() == 1
    assert "30 de abril de 2024" in page


def test_words_typed_while_the_session_ended_come_back_to_their_writer_alone(client, ana, boss):
    reina, other = world.a_person(), world.a_person("otra@pueblo.example", "Otra")
    made, _speaker = told(ana, boss, user=reina)
    people.open_to(other, made, by=None, at=MOMENT, reason="named")
    client.force_login(reina)
    item = queries.side(made, Kind.PEOPLE)
    where = at("say", made.reference, item.code, "objection")
    writer = re.search(r'name="writer" value="([^"]+)"', html(client.get(where)))[1]
    client.session.flush()
    client.cookies.clear()
    typed = {"writer": writer, "text_es": "Nuestro nombre está mal."}
    for who, found in ((other, False), (reina, True)):
        client.logout()
        assert client.post(where, typed).status_code == 302
        client.force_login(who)
        assert ("está mal" in html(client.get(where))) is found


def test_a_representative_objects_with_a_voice(client, ana, boss):
    reina = world.a_person()
    made, _speaker = told(ana, boss, user=reina)
    client.force_login(reina)
    item = queries.side(made, Kind.PEOPLE)
    where = at("say", made.reference, item.code, "objection")
    given = {
        "file": SimpleUploadedFile("nota.ogg", sounds.opus()),
        "label": "Mi voz",
        "file_language": "yua",
    }
    assert client.post(where, given).status_code == 302
    added = Item.objects.get(kind=Kind.OBJECTION)
    assert added.pieces.get().file.kind == "opus"
    bad = {"file": SimpleUploadedFile("nota.mp3", b"MZ..."), "label": "Mi voz"}
    answer = client.post(where, bad)
    assert answer.status_code == 422
    assert Item.objects.filter(kind=Kind.OBJECTION).count() == 1


def test_a_whole_consultation_is_kept_through_the_pages(client, ana, boss):
    client.force_login(boss)
    facts = {
        "mission": Consultation.mission.field.related_model.objects.get().pk,
        "title_es": "Camino",
        "matter_es": "Un camino por su tierra.",
        "authority": "Embajada",
        "people": "Maya",
        "community": "Chan Sayab",
        "country": "MX",
        "region": "MX-YUC",
        "language_0": "yua",
        "time_zone": "America/Mexico_City",
    }
    assert client.post(at("new"), {**facts, "region": ""}).status_code == 422
    assert client.post(at("new"), facts).status_code == 302
    one = Consultation.objects.get()
    day = {"on_day": "10", "on_month": "6", "on_year": "2024"}
    chosen = {"name": "Reina Canul", "office": "Comisaria", "email": "reina@pueblo.example", **day}
    assert client.post(at("representative", one.reference), chosen).status_code == 422
    chosen["text_es"] = "De pie en la asamblea."
    assert client.post(at("representative", one.reference), chosen).status_code == 302
    given = {"name": "Don Eleuterio", "language": "yua", "chosen_by": "community"}
    assert client.post(at("interpreter", one.reference), given).status_code == 302
    assert client.post(at("phase", one.reference, "inform")).status_code == 302
    shared = {**day, "form": "in_person", "shared_in": "yua", "text_es": "Se explicó."}
    assert client.post(at("enter", one.reference, "shared"), shared).status_code == 302
    then_they_decide(client, boss, one)


def then_they_decide(client, boss, one):
    """Their own time, set by themselves; and the outcome, on paper."""
    reina = queries.representatives(one, at=MOMENT).get().user
    client.force_login(reina)
    days = {"from_on_day": "12", "from_on_month": "6", "from_on_year": "2024"}
    days |= {"until_on_day": "20", "until_on_month": "6", "until_on_year": "2024"}
    assert client.post(at("time", one.reference), days).status_code == 302
    client.force_login(boss)
    client.post(at("phase", one.reference, "deliberate"))
    with time_machine.travel(MOMENT + timedelta(days=15), tick=False):
        client.force_login(boss)
        client.post(at("phase", one.reference, "converse"))
        proof = {"representative": "0", "how": "paper", "proof": SimpleUploadedFile("a.png", PNG)}
        answer = client.post(
            at("outcome", one.reference),
            {
                "result": "no_consent",
                "on_day": "24",
                "on_month": "6",
                "on_year": "2024",
                "text_es": "No.",
                **proof,
            },
        )
        assert answer.status_code == 302
        page = html(client.get(at("record", one.reference, lang="en")))
    one.refresh_from_db()
    assert one.status == "follow_up"
    assert "No consent" in page


@pytest.mark.parametrize("role", ["reviewer", "counterpart", ""])
def test_who_has_no_business_here_finds_nothing(client, staff, ana, boss, person, role):
    made, _speaker = world.make_concluded(ana)
    item = queries.side(made, Kind.PEOPLE)
    client.force_login(staff(role, "x@example.org") if role else person("nadie@example.org"))
    ref, code = made.reference, item.code
    for name, *args in (
        ("record", ref),
        ("time", ref),
        ("withdraw", ref),
        ("readers", ref),
        ("item", ref, code),
        ("permit", ref, code),
        ("words", ref, code),
        ("file", ref, code),
        ("seal", ref, code),
        ("say", ref, code, "addition"),
        ("revise", ref),
        ("representative", ref),
        ("interpreter", ref),
        ("enter", ref, "step"),
        ("outcome", ref),
        ("stop", ref),
        ("entry", ref),
        ("proof", ref, "0" * 64),
        ("piece", ref, code, 1),
        ("one", ref),
    ):
        assert client.get(at(name, *args)).status_code == 404, name
    for name in ("desk", "register", "desk-file", "new"):
        assert client.get(at(name)).status_code == 403, name


@pytest.mark.parametrize("role", ["headquarters", "auditor", "head_of_mission", "finance"])
def test_who_only_reads_reads_and_writes_nothing(client, staff, ana, role):
    made, _speaker = world.make_concluded(ana)
    client.force_login(staff(role, "x@example.org"))
    assert client.get(at("record", made.reference)).status_code == 200
    for name in ("revise", "representative", "interpreter", "outcome", "stop", "entry"):
        assert client.get(at(name, made.reference)).status_code == 403, name
    assert client.post(at("phase", made.reference, "inform")).status_code == 403
    assert client.post(at("publish", made.reference), {"public": "yes"}).status_code == 403


def test_who_is_barred_finds_nothing(client, ana, boss):
    made, _speaker = world.make_concluded(ana)
    people.close_to(boss, made, by=None, at=MOMENT, reason="conflict")
    client.force_login(boss)
    assert client.get(at("record", made.reference)).status_code == 404
    assert made.reference not in html(client.get(at("desk")))


def test_a_sealed_item_leaves_no_trace(client, ana, boss):
    made, _speaker = world.make_dialogue(ana)
    given = Entering("step", world.AFTER.date(), {"es": "Lugar sagrado."}, readers=())
    item = actions.enter(made, given, by=ana, at=world.AFTER)
    client.force_login(boss)
    assert "Lugar sagrado" not in html(client.get(at("record", made.reference)))
    assert client.get(at("item", made.reference, item.code)).status_code == 404
    client.force_login(ana)
    assert "Lugar sagrado" in html(client.get(at("record", made.reference)))


def registered(made, by, **changes):
    whole = {
        "publishable": True,
        "partners": ("D64",),
        "subjects": ("IP",),
        "audience": ("IP",),
        "start_on": world.BEGUN.date(),
        "end_on": world.DECIDED.date(),
        "status": "CN",
    }
    return actions.register(made, Registering(**{**whole, **changes}), by=by, at=MOMENT)


def test_the_register_holds_what_is_permitted_and_whole(client, ana, boss):
    made, _speaker = told(ana, boss)
    registered(made, ana)
    hidden, _other = world.make_concluded(ana)
    registered(hidden, ana)
    rows = list(
        csv.DictReader(io.StringIO(client.get(at("register-file")).content.decode("utf-8-sig")))
    )
    assert [row["registration_number"] for row in rows] == [made.reference]
    assert rows[0]["status"] == "C"
    assert rows[0]["profile_page_fr"].endswith(f"/fr/consultations/{made.reference}/")
    assert "publishable" not in rows[0]
    client.force_login(ana)
    full = list(
        csv.DictReader(io.StringIO(client.get(at("desk-file")).content.decode("utf-8-sig")))
    )
    assert [(row["registration_number"], row["publishable"]) for row in full] == [
        (made.reference, "Y")
    ]


def test_what_french_lacks_is_said_on_the_desk_and_keeps_it_out(client, ana, boss):
    made, _speaker = told(ana, boss, title={"es": "Sendero", "en": "Path"})
    registered(made, ana)
    assert made.reference not in client.get(at("register-file")).content.decode()
    client.force_login(ana)
    page = html(client.get(at("register", lang="en")))
    assert "title_fr needs a French text" in page


def test_lists_ask_as_often_for_many_as_for_few(client, ana, boss, django_assert_max_num_queries):
    for _turn in range(4):
        told(ana, boss, "people", "outcome")
    client.get(at("list"))
    with django_assert_max_num_queries(8):
        assert client.get(at("list")).status_code == 200
    client.force_login(ana)
    with django_assert_max_num_queries(20):
        assert client.get(at("desk")).status_code == 200
    made = Consultation.objects.order_by("pk")[0]
    with django_assert_max_num_queries(45):
        assert client.get(at("record", made.reference)).status_code == 200
