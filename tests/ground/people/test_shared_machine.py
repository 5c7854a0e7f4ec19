"""A machine that others use too keeps nothing of a person who was signed in."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override


@pytest.fixture(autouse=True)
def _one_factor(settings):
    settings.STAFF_NEED_SECOND_FACTOR = False


def shown(user, name):
    browser = Client()
    if user:
        browser.force_login(user)
    with override("es"):
        return browser.get(reverse(name))


def test_a_page_of_the_desk_is_kept_nowhere(staff):
    assert shown(staff("manager"), "home:desk")["Cache-Control"] == "private, no-store"


def test_an_applicants_browser_may_go_back_to_what_was_typed_and_nobody_else_keeps_it(person):
    assert shown(person(), "home:mine")["Cache-Control"] == "private, no-cache"


def test_what_everybody_may_read_says_nothing_of_keeping(db):
    answer = shown(None, "calls:list")
    assert "Cache-Control" not in answer


def test_a_redirect_of_a_signed_in_person_is_not_kept_either(person):
    browser = Client()
    browser.force_login(person())
    assert browser.get("/")["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("goes_to", ["", "/es/second-factor/"])
def test_signing_out_makes_the_browser_forget_what_it_kept(person, goes_to):
    browser = Client()
    browser.force_login(person())
    answer = browser.post("/es/sign-out/", {"next": goes_to})
    assert answer["Clear-Site-Data"] == '"cache"'
