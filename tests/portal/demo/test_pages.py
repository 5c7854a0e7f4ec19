"""Being one of the eight, reading the letters, and who is kept out."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from monarca.grants.applications.models import Application
from monarca.ground.letters.models import Letter
from monarca.portal.demo import queries
from monarca.portal.demo.states import ROLES
from monarca.portal.dossier.views import TABS
from tests.portal.demo.conftest import NOW

KEYS = [key for key, _label in ROLES]
BUSY = ("applicant", "coordinator", "manager", "reviewer", "head-of-mission", "finance")


@pytest.mark.parametrize("role", KEYS)
def test_each_role_is_one_click_away_and_its_desk_answers(visitor, role):
    browser = visitor(role)
    with override("es"):
        answer = browser.get(reverse("home:after-sign-in"), follow=True)
    assert answer.status_code == 200
    assert str(answer.context["viewer"]["name"]) == queries.person(role).name


@pytest.mark.parametrize("role", BUSY)
def test_something_waits_on_every_desk_that_acts(visitor, role):
    person = queries.person(role)
    waiting = [box for box in queries.waiting(person, at=NOW) if box.count]
    assert waiting
    browser = visitor(role)
    for box in waiting:
        assert browser.get(box.url).status_code == 200, box.url


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
def test_the_page_shows_eight_people_and_a_walk_in_each_language(year, client, lang):
    page = client.get(f"/demo/?lang={lang}")
    assert page.status_code == 200
    assert [role.key for role in page.context["roles"]] == KEYS
    assert len(page.context["walk"]) == 7
    assert f'<html lang="{lang}' in page.content.decode()


def test_every_stop_of_the_walk_is_reached_by_its_button(year, client):
    for step in client.get("/demo/?lang=en").context["walk"]:
        sent = {"lang": "en", "goes_to": step.path}
        answer = client.post(f"/demo/become/{step.role}/", sent, follow=True)
        assert answer.status_code == 200, step.path
        assert answer.request["PATH_INFO"] == step.path.partition("?")[0]


@pytest.mark.parametrize("role", ["deputy", "tomas", "nobody", "head_of_mission"])
def test_nobody_else_can_be_played(year, client, role):
    assert client.post(f"/demo/become/{role}/").status_code == 404


def test_looking_does_not_change_who_one_is(year, client):
    assert client.get("/demo/become/manager/").status_code == 405


def test_a_stop_never_leads_to_another_host(visitor, client):
    sent = {"goes_to": "https://evil.example/desk/"}
    answer = client.post("/demo/become/manager/", sent)
    assert "evil" not in answer["Location"]


def test_letters_are_shown_newest_first_and_by_address(year, client):
    page = client.get("/demo/letters/")
    shown = [letter.at for letter, _pieces in page.context["letters"]]
    assert shown == sorted(shown, reverse=True)
    assert page.context["page"].total == Letter.objects.count() > 100
    found = client.get("/demo/letters/?to=luzdelhilo").context["letters"]
    assert found
    assert {letter.to for letter, _pieces in found} == {"luzdelhilo2024@correo.example"}
    assert client.get("/demo/letters/?to=nobody@nowhere").context["letters"] == []


def test_a_sign_in_code_is_shown_so_that_one_may_come_by_the_front_door(year, client, settings):
    outbox = {"BACKEND": "monarca.ground.letters.http.Outbox"}
    settings.MAILERS = {**settings.MAILERS, "default": outbox}
    answer = client.post("/es/sign-in/", {"email": "daniel.okafor@mision.example"})
    assert answer.status_code == 302
    first, _pieces = client.get("/demo/letters/").context["letters"][0]
    assert (first.key, first.is_secret, first.to) == (
        "sign-in.code",
        True,
        "daniel.okafor@mision.example",
    )
    assert first.body


def test_links_in_letters_lead_to_this_very_server():
    body = "Read it: http://127.0.0.1:8000/es/desk/. Thanks."
    assert queries.pieces(body) == [
        ("Read it: ", ""),
        ("http://127.0.0.1:8000/es/desk/", "/es/desk/"),
        (". Thanks.", ""),
    ]


PAGES = ("/demo/", "/demo/letters/")


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize(
    ("peer", "host", "status"),
    [
        ("127.0.0.1", "127.0.0.1:8000", 200),
        ("::1", "[::1]:8000", 200),
        ("::ffff:127.0.0.1", "localhost", 200),
        ("127.0.0.1", "fondo.example", 404),
        ("192.0.2.7", "127.0.0.1", 404),
        ("", "localhost", 404),
        ("10.0.0.4", "localhost:8000", 404),
    ],
)
def test_only_this_machine_by_a_name_of_its_own_sees_them(
    year, client, settings, page, peer, host, status
):
    settings.ALLOWED_HOSTS = ["*"]
    far = {"REMOTE_ADDR": peer, "HTTP_HOST": host, "HTTP_X_FORWARDED_FOR": "127.0.0.1"}
    assert client.get(page, **far).status_code == status
    if status == 404:
        assert client.post("/demo/become/manager/", **far).status_code == 404


@pytest.mark.parametrize(
    ("header", "says"),
    [
        ("HTTP_X_FORWARDED_FOR", "203.0.113.9"),
        ("HTTP_X_FORWARDED_FOR", "127.0.0.1, 203.0.113.9"),
        ("HTTP_X_REAL_IP", "203.0.113.9"),
        ("HTTP_FORWARDED", "for=203.0.113.9"),
        ("HTTP_X_FORWARDED_HOST", "fondo.example"),
    ],
)
def test_whom_a_proxy_on_this_machine_carries_here_becomes_nobody(year, client, header, says):
    near = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost"}
    assert client.get("/demo/", **near).status_code == 200

    assert client.get("/demo/", **near, **{header: says}).status_code == 404
    assert client.post("/demo/become/manager/", **near, **{header: says}).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_without_the_setting_there_is_no_demo(year, client, settings, page):
    settings.DEMO = False
    assert client.get(page).status_code == 404
    assert client.post("/demo/become/manager/").status_code == 404


ROOMS = (
    "screening",
    "reviews",
    "decisions",
    "agreements",
    "reports",
    "payments",
    "results",
    "disclosure",
)


def test_the_manager_can_open_every_dossier_of_the_year(visitor):
    browser = visitor("manager")
    for file in Application.objects.exclude(submitted_at=None).order_by("pk"):
        with override("en"):
            page = reverse("dossier:dossier", args=[file.reference])
        for key, _name in TABS:
            answer = browser.get(f"{page}?v={key}")
            assert answer.status_code == 200, (file.title, key)
        for _name, address in answer.context["rooms"]:
            assert browser.get(address).status_code == 200, (file.title, address)


def test_every_room_has_a_page_for_a_finished_project(visitor):
    file = Application.objects.get(title__startswith="Hilos que pagan")
    browser = visitor("manager")
    for room in ROOMS:
        with override("es"):
            address = reverse(f"{room}:file", args=[file.reference])
        assert browser.get(address).status_code == 200, room


@pytest.mark.parametrize(("role", "status"), [("manager", 200), ("auditor", 404)])
def test_the_sealed_file_exists_for_its_named_readers_only(visitor, role, status):
    file = Application.objects.get(sensitivity="sealed")
    browser = visitor(role)
    for room in ROOMS:
        with override("es"):
            address = reverse(f"{room}:file", args=[file.reference])
        assert browser.get(address).status_code == status, room


def test_the_barred_reader_finds_nothing_of_the_file(year, client):
    file = Application.objects.get(title__contains="sans questions")
    client.force_login(queries.people.person_of("marie-eve.caron@mision.example"))
    for room in (*ROOMS[:3], "dossier"):
        name = "dossier:dossier" if room == "dossier" else f"{room}:file"
        with override("fr"):
            address = reverse(name, args=[file.reference])
        assert client.get(address).status_code == 404, room
