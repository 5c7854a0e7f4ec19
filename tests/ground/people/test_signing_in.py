"""Coming in by letter: the code in the same browser, the link in any, each letter once."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from monarca.ground.journal.models import Entry
from monarca.ground.letters.models import Letter
from monarca.ground.people import actions
from monarca.ground.people.models import SignInLink, User
from tests.ground.people.conftest import NOW

LUPITA = "lupita@example.org"
HOME = "/es/after-sign-in/"


def who(browser):
    return int(browser.session.get("_auth_user_id", 0))


def test_the_code_of_the_letter_opens_the_door(client, person, enter):
    lupita = person()
    answer = enter(LUPITA)
    assert (answer.status_code, answer.url) == (302, HOME)
    assert who(client) == lupita.pk


def test_the_code_may_be_typed_with_spaces(client, person, ask):
    lupita = person()
    code = ask(LUPITA).code
    client.post("/es/sign-in/code/", {"code": f" {code[:3]} {code[3:]} "})
    assert who(client) == lupita.pk


def test_the_answer_is_the_same_whether_or_not_the_mailbox_is_known(person):
    person()
    seen = []
    for email in (LUPITA, "nobody@example.org"):
        browser = Client()
        with CaptureQueriesContext(connection) as statements:
            answer = browser.post("/es/sign-in/", {"email": email})
        page = re.sub(r'value="\w{64}"', "", browser.get(answer.url).content.decode())
        verbs = [statement["sql"].split()[0] for statement in statements]
        seen.append((answer.status_code, answer.url, page.replace(email, "X"), verbs))
    assert seen[0] == seen[1]
    assert Letter.objects.count() == 2


def test_a_mailbox_seen_for_the_first_time_gets_its_account_when_the_letter_is_used(
    client, ask, db
):
    box = ask("Nueva@Example.org", lang="fr")
    assert not User.objects.exists()
    client.post("/fr/sign-in/code/", {"code": box.code})
    nueva = User.objects.get()
    assert (nueva.email, nueva.language, who(client)) == ("nueva@example.org", "fr", nueva.pk)


def test_the_letter_is_in_the_language_of_its_person_and_not_of_the_page(person, ask):
    person("mei@example.org", language="en")
    letter = ask("mei@example.org", lang="fr").letter
    assert (letter.language, letter.is_secret, letter.key) == ("en", True, "sign-in.code")
    assert letter.subject == "Your code to sign in to Monarca"
    assert "http://testserver/en/sign-in/link/" in letter.body


@pytest.mark.parametrize("allowed", ["*", ".example.org"])
def test_nobody_writes_the_host_of_somebody_else_s_link(client, person, settings, allowed):
    settings.ALLOWED_HOSTS = [allowed]
    settings.ADDRESS = "https://fondo.example.org"
    person()

    client.post("/es/sign-in/", {"email": LUPITA}, headers={"host": "evil.example.org"})

    body = Letter.objects.get(to=LUPITA).body
    assert "https://fondo.example.org/es/sign-in/link/" in body
    assert "evil" not in body


def test_nothing_in_the_database_or_the_journal_opens_the_door(person, ask):
    person()
    box = ask(LUPITA)
    kept = str(SignInLink.objects.values().get()) + str(list(Entry.objects.values()))
    assert box.code not in kept
    assert box.link.rstrip("/").rsplit("/", 1)[1] not in kept
    assert LUPITA not in str(list(Entry.objects.values("data", "verb")))


def test_the_subject_carries_no_secret(person, ask):
    person()
    box = ask(LUPITA)
    assert box.code not in box.letter.subject


def test_a_wrong_code_is_said_and_counted(client, person, ask):
    person()
    box = ask(LUPITA)
    wrong = "000000" if box.code != "000000" else "111111"
    answer = client.post("/en/sign-in/code/", {"code": wrong})
    assert answer.status_code == 422
    assert "This code is not right." in answer.content.decode()
    assert who(client) == 0
    assert SignInLink.objects.get().tries == 1
    assert Entry.objects.filter(verb="sign_in.refused").count() == 1


def test_after_five_wrong_codes_the_right_one_opens_nothing(client, person, ask):
    person()
    box = ask(LUPITA)
    wrong = "000000" if box.code != "000000" else "111111"
    for _ in range(5):
        client.post("/en/sign-in/code/", {"code": wrong})
    answer = client.post("/en/sign-in/code/", {"code": box.code})
    assert answer.status_code == 422
    assert "This code no longer works. Ask for a new letter." in answer.content.decode()
    assert who(client) == 0


def test_letters_without_digits_are_not_a_try(client, person, ask):
    person()
    ask(LUPITA)
    for typed in ("", "12345", "abcdef", "١٢٣٤٥٦"):
        assert client.post("/en/sign-in/code/", {"code": typed}).status_code == 422
    assert SignInLink.objects.get().tries == 0


@pytest.mark.parametrize(("seconds", "opens"), [(899, True), (900, False)])
def test_a_code_lives_fifteen_minutes(client, person, ask, clock, seconds, opens):
    lupita = person()
    box = ask(LUPITA)
    clock.shift(timedelta(seconds=seconds))
    client.post("/es/sign-in/code/", {"code": box.code})
    assert who(client) == (lupita.pk if opens else 0)


def test_a_code_opens_nothing_in_another_browser(person, ask):
    person()
    box = ask(LUPITA)
    stranger = Client()
    answer = stranger.post("/es/sign-in/code/", {"code": box.code})
    assert (answer.status_code, answer.url) == (302, "/es/sign-in/")
    assert who(stranger) == 0


def test_looking_at_the_link_uses_nothing_up_and_its_button_opens_the_door(person, ask):
    lupita = person()
    link = ask(LUPITA).link
    phone = Client()
    for _ in range(3):
        page = phone.get(link)
        assert page.status_code == 200
        assert LUPITA in page.content.decode()
    assert who(phone) == 0
    answer = phone.post(link)
    assert (answer.status_code, answer.url) == (302, HOME)
    assert who(phone) == lupita.pk


def test_a_link_opens_once(person, ask):
    person()
    link = ask(LUPITA).link
    Client().post(link)
    second = Client()
    for answer in (second.get(link), second.post(link)):
        assert answer.status_code == 410
        assert "/es/sign-in/" in answer.content.decode()
    assert who(second) == 0


def test_the_code_of_a_used_link_opens_nothing_and_the_other_way_round(client, person, ask):
    person()
    box = ask(LUPITA)
    Client().post(box.link)
    assert client.post("/es/sign-in/code/", {"code": box.code}).status_code == 422
    box = ask(LUPITA)
    client.post("/es/sign-in/code/", {"code": box.code})
    assert Client().post(box.link).status_code == 410


def test_an_old_link_offers_a_new_letter(person, ask, clock):
    person()
    link = ask(LUPITA).link
    clock.shift(timedelta(minutes=15))
    answer = Client().get(link.replace("/es/", "/en/"))
    assert answer.status_code == 410
    assert "This link no longer works" in answer.content.decode()
    assert 'href="/en/sign-in/"' in answer.content.decode()


def test_an_invented_link_is_refused_in_the_same_words(db):
    assert Client().get("/en/sign-in/link/invented/").status_code == 410


def test_a_link_takes_the_place_of_whoever_is_signed_in(person, enter, ask, client):
    person()
    mei = person("mei@example.org")
    enter(LUPITA)
    link = ask("mei@example.org", browser=Client()).link
    client.post(link)
    assert who(client) == mei.pk


def test_a_closed_account_does_not_open(client, person, enter):
    lupita = person()
    lupita.is_active = False
    lupita.save()
    answer = enter(LUPITA)
    assert answer.url == "/es/sign-in/closed/"
    assert who(client) == 0


def test_the_session_gets_a_new_name_at_the_door(client, person, ask):
    person()
    box = ask(LUPITA)
    before = client.session.session_key
    client.post("/es/sign-in/code/", {"code": box.code})
    assert client.session.session_key != before


@pytest.mark.parametrize(
    ("wanted", "reached"),
    [
        ("/es/preferences/", "/es/preferences/"),
        ("https://elsewhere.example/", HOME),
        ("//elsewhere.example/", HOME),
        ("javascript:alert(1)", HOME),
        ("/" + "x" * 600, HOME),
    ],
)
def test_afterwards_one_lands_on_this_host_only(person, enter, wanted, reached):
    person()
    assert enter(LUPITA, next=wanted).url == reached


def test_whoever_is_in_is_not_asked_again(client, person, enter):
    person()
    enter(LUPITA)
    assert client.get("/es/sign-in/").url == HOME


def test_the_journal_knows_who_came_in(person, enter):
    lupita = person()
    enter(LUPITA)
    entry = Entry.objects.get(verb="user.signed_in")
    assert (entry.by, entry.data) == (lupita, {"second_factor": False})


def test_a_mailbox_gets_five_letters_in_fifteen_minutes(person, ask, clock):
    person()
    for _ in range(5):
        ask(LUPITA, browser=Client())
    answer = Client().post("/en/sign-in/", {"email": LUPITA.upper()})
    assert answer.status_code == 429
    assert "Too many letters were asked for." in answer.content.decode()
    assert Letter.objects.count() == 5
    ask("mei@example.org", browser=Client())
    clock.shift(timedelta(minutes=16))
    ask(LUPITA, browser=Client())


def test_one_address_gets_thirty_letters_in_fifteen_minutes(db, ask):
    for number in range(30):
        ask(f"p{number}@example.org", browser=Client())
    assert Client().post("/en/sign-in/", {"email": "p99@example.org"}).status_code == 429


def test_a_mailbox_gets_ten_codes_however_many_letters(person, ask):
    person()
    typed = []
    for _ in range(3):
        browser = Client()
        box = ask(LUPITA, browser=browser)
        wrong = "000000" if box.code != "000000" else "111111"
        typed += [browser.post("/en/sign-in/code/", {"code": wrong}).status_code for _ in range(4)]
    assert typed == [422] * 10 + [429] * 2


def test_letters_of_the_day_before_are_forgotten(person, ask, clock):
    person()
    ask(LUPITA)
    clock.shift(timedelta(days=2))
    ask(LUPITA)
    assert SignInLink.objects.count() == 1


def test_going_out_is_a_post(client, person, enter):
    person()
    enter(LUPITA)
    assert client.get("/es/sign-out/").status_code == 405
    answer = client.post("/es/sign-out/")
    assert (answer.status_code, answer.url, who(client)) == (302, "/es/", 0)


@pytest.mark.parametrize("lang", ["es", "en", "fr"])
@pytest.mark.parametrize("page", ["sign-in/", "sign-in/closed/", "preferences/"])
def test_the_pages_have_our_face_in_three_languages(client, db, lang, page):
    content = client.get(f"/{lang}/{page}").content.decode()
    assert f'<html lang="{lang}-' in content
    assert 'id="main"' in content


def test_of_two_people_who_press_the_same_button_at_once_one_comes_in(person, ask):
    lupita = person()
    ask(LUPITA)
    mine, yours = SignInLink.objects.get(), SignInLink.objects.get()
    opened = [
        actions.open_with_link(letter, by=None, at=NOW, language="es") for letter in (mine, yours)
    ]
    assert opened == [lupita, None]


def test_code_and_link_at_once_open_one_door(person, ask):
    lupita = person()
    code = ask(LUPITA).code
    mine, yours = SignInLink.objects.get(), SignInLink.objects.get()
    assert actions.open_with_link(mine, by=None, at=NOW, language="es") == lupita
    assert actions.open_with_code(yours, by=None, at=NOW, code=code, language="es") is None
