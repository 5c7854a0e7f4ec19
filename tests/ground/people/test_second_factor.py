"""Staff show a second factor or set one up first; applicants are never asked."""

import re
from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.core.management import CommandError, call_command
from django.test import Client

from monarca.ground.journal.models import Entry
from monarca.ground.people import actions
from tests.ground.people.conftest import NOW

MANAGER = "manager@example.org"
SET_UP = "/en/second-factor/"
LATER = timedelta(minutes=2)


def who(browser):
    return int(browser.session.get("_auth_user_id", 0))


def shown(page):
    """The code that an app with this page's key shows now."""
    secret = re.search(r"<code>([A-Z2-7 ]+)</code>", page.content.decode())[1].replace(" ", "")
    return app(secret)


def app(secret):
    now = list(yield_hotp_counters_from_time())[1]
    return format_hotp_value(hotp_value(secret, now))


def secret_of(user):
    return Authenticator.objects.get(user=user, type="totp").data["secret"]


@pytest.fixture
def manager(staff):
    return staff("manager")


@pytest.fixture
def protected(manager, enter, clock):
    """A manager who set up an app two minutes ago, in another browser."""
    browser = Client()
    enter(MANAGER, browser=browser)
    browser.post(SET_UP, {"code": shown(browser.get(SET_UP))})
    clock.shift(LATER)
    return manager


@pytest.mark.parametrize("page", ["/en/", "/en/desk/", "/en/preferences/", "/fr/after-sign-in/"])
def test_staff_without_a_second_factor_set_one_up_before_anything_else(
    client, manager, enter, page
):
    enter(MANAGER)
    assert who(client) == manager.pk
    answer = client.get(page)
    assert answer.status_code == 302
    assert answer.url == f"{page[:3]}/second-factor/"


def test_the_demo_may_do_without(client, manager, enter, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    enter(MANAGER)
    assert client.get("/en/preferences/").status_code == 200


def test_applicants_are_never_asked(client, person, enter):
    person()
    enter("lupita@example.org")
    assert client.get("/en/preferences/").status_code == 200


def test_whoever_becomes_staff_is_asked_from_then_on(client, person, mexico, enter):
    lupita = person()
    enter("lupita@example.org")
    actions.give_role(lupita, by=None, at=NOW, mission=mexico, role="reviewer")
    assert client.get("/en/preferences/").url == SET_UP


def test_setting_up_shows_the_recovery_codes_once_and_opens_the_house(client, manager, enter):
    enter(MANAGER)
    answer = client.post(SET_UP, {"code": shown(client.get(SET_UP))})
    assert (answer.status_code, answer.url) == (302, "/en/second-factor/codes/")
    first, second = client.get(answer.url), client.get(answer.url)
    assert len(re.findall(r"<li><code>\d{8}</code></li>", first.content.decode())) == 10
    assert "<li><code>" not in second.content.decode()
    assert "They were shown already" in second.content.decode()
    assert client.get("/en/preferences/").status_code == 200
    assert Entry.objects.get(verb="user.second_factor_set").by == manager


def test_a_wrong_code_sets_nothing_up_and_keeps_the_key(client, manager, enter):
    enter(MANAGER)
    page = client.get(SET_UP)
    wrong = "000000" if shown(page) != "000000" else "111111"
    answer = client.post(SET_UP, {"code": wrong})
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    assert shown(answer) == shown(page)
    assert not Authenticator.objects.exists()


def test_the_square_is_drawn_within_the_strict_policy(client, manager, enter):
    enter(MANAGER)
    answer = client.get(SET_UP)
    page = answer.content.decode()
    assert "data:" not in page
    assert "style=" not in page
    assert re.search(r'<svg [^>]*role="img"', page)
    assert "img-src 'self'" in answer.headers["Content-Security-Policy"]
    assert len(page) < 30_000


def test_the_letter_alone_does_not_let_protected_staff_in(client, protected, enter):
    answer = enter(MANAGER)
    assert answer.url == "/es/sign-in/second-factor/"
    assert who(client) == 0
    assert client.get("/en/preferences/").status_code == 200  # as anybody: colours only
    assert "Your name" not in client.get("/en/preferences/").content.decode()
    answer = client.post(answer.url, {"code": app(secret_of(protected))})
    assert (answer.url, who(client)) == ("/es/after-sign-in/", protected.pk)
    assert client.get("/en/preferences/").status_code == 200
    entry = Entry.objects.filter(verb="user.signed_in").latest("pk")
    assert (entry.by, entry.data) == (protected, {"second_factor": True})


def test_the_link_too_leads_to_the_second_question(protected, ask):
    phone = Client()
    answer = phone.post(ask(MANAGER).link)
    assert answer.url == "/en/sign-in/second-factor/"
    assert who(phone) == 0
    phone.post(answer.url, {"code": app(secret_of(protected))})
    assert who(phone) == protected.pk


def test_nobody_reaches_the_second_question_without_the_first(client, db):
    assert client.get("/en/sign-in/second-factor/").url == "/en/sign-in/"


def test_after_the_second_question_one_lands_where_one_wanted(client, protected, enter):
    enter(MANAGER, next="/en/preferences/")
    answer = client.post("/en/sign-in/second-factor/", {"code": app(secret_of(protected))})
    assert answer.url == "/en/preferences/"


def test_a_wrong_second_factor_is_said_and_journalled(client, protected, enter):
    enter(MANAGER)
    right = app(secret_of(protected))
    wrong = "000000" if right != "000000" else "111111"
    answer = client.post("/en/sign-in/second-factor/", {"code": wrong})
    assert answer.status_code == 422
    assert "This code is not right" in answer.content.decode()
    entry = Entry.objects.get(verb="user.second_factor_failed")
    assert (entry.by, entry.subject) == (None, f"people.user:{protected.pk}")
    assert who(client) == 0


def test_after_five_wrong_second_factors_one_has_to_wait(client, protected, enter):
    enter(MANAGER)
    right = app(secret_of(protected))
    wrong = "000000" if right != "000000" else "111111"
    for _ in range(5):
        client.post("/en/sign-in/second-factor/", {"code": wrong})
    answer = client.post("/en/sign-in/second-factor/", {"code": right})
    assert "Too many wrong codes. Wait five minutes" in answer.content.decode()
    assert who(client) == 0


def test_a_second_factor_works_once_even_while_the_app_still_shows_it(protected, enter, clock):
    right = app(secret_of(protected))
    first, second = Client(), Client()
    enter(MANAGER, browser=first)
    first.post("/en/sign-in/second-factor/", {"code": right})
    clock.shift(timedelta(seconds=40))  # the app shows another, this one is still accepted
    enter(MANAGER, browser=second)
    answer = second.post("/en/sign-in/second-factor/", {"code": right})
    assert (who(first), who(second)) == (protected.pk, 0)
    assert "it was used already" in answer.content.decode()


def test_a_recovery_code_opens_once(protected, enter):
    codes = Authenticator.objects.get(type="recovery_codes").wrap().generate_codes()
    first, second = Client(), Client()
    for browser in (first, second):
        enter(MANAGER, browser=browser)
        browser.post("/en/sign-in/second-factor/", {"code": codes[0]})
    assert (who(first), who(second)) == (protected.pk, 0)


def test_another_app_takes_the_place_of_the_first(client, protected, enter, clock):
    enter(MANAGER)
    client.post("/en/sign-in/second-factor/", {"code": app(secret_of(protected))})
    before = secret_of(protected)
    page = client.get(SET_UP)
    assert "This replaces the authenticator app" in page.content.decode()
    client.post(SET_UP, {"code": shown(page)})
    assert secret_of(protected) != before
    assert Authenticator.objects.filter(user=protected).count() == 2


def test_a_session_from_before_the_app_has_to_come_in_again(manager, enter):
    old, new = Client(), Client()
    enter(MANAGER, browser=old)
    enter(MANAGER, browser=new)
    new.post(SET_UP, {"code": shown(new.get(SET_UP))})
    assert old.get("/en/preferences/").url == SET_UP
    page = old.get(SET_UP)
    assert "Sign in once more" in page.content.decode()
    assert "<svg" not in page.content.decode()
    assert "Sign in once more" in old.post(SET_UP, {"code": "123456"}).content.decode()
    answer = old.post("/en/sign-out/", {"next": SET_UP})
    assert (answer.url, who(old)) == ("/en/sign-in/?next=%2Fen%2Fsecond-factor%2F", 0)


def test_an_app_is_set_up_within_fifteen_minutes_of_coming_in(client, manager, enter, clock):
    enter(MANAGER)
    clock.shift(timedelta(minutes=16))
    assert "Sign in once more" in client.get(SET_UP).content.decode()


def test_the_recovery_codes_are_not_shown_to_another_session(manager, enter):
    old, new = Client(), Client()
    enter(MANAGER, browser=old)
    enter(MANAGER, browser=new)
    new.post(SET_UP, {"code": shown(new.get(SET_UP))})
    assert "<li><code>" not in old.get("/en/second-factor/codes/").content.decode()
    assert "<li><code>" in new.get("/en/second-factor/codes/").content.decode()


def test_whoever_lost_phone_and_codes_begins_anew(client, protected, enter):
    call_command("forget_second_factor", MANAGER.upper())
    enter(MANAGER)
    assert who(client) == protected.pk
    assert client.get("/en/preferences/").url == SET_UP
    assert not Authenticator.objects.exists()
    assert Entry.objects.get(verb="user.second_factor_forgotten").command == "forget_second_factor"


def test_nobody_is_forgotten_by_mistake(db):
    with pytest.raises(CommandError, match=r"Nobody is known by the address x@example\.org\."):
        call_command("forget_second_factor", "x@example.org")
