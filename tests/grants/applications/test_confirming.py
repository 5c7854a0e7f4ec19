"""What was read is confirmed by a person, who sees the document beside it."""

from pathlib import Path

import pytest
from django.urls import reverse

import monarca
from monarca.grants.applications import actions
from tests.conftest import NOON

INBOX = Path(monarca.__file__).parent / "examples" / "inbox"
MAIL = INBOX / "Solicitud CFLI Tinta Viva.eml"


@pytest.fixture
def arrived(call):
    return actions.read_in([MAIL], call=call, by=None, at=NOON)[0].intake


@pytest.fixture
def officer(staff, browser_of):
    return browser_of(staff("coordinator"))


def test_the_list_and_the_page_open(arrived, officer):
    page = officer.get(reverse("applications:intake-list"))
    assert page.status_code == 200
    assert arrived.name in page.text
    page = officer.get(reverse("applications:intake", args=[arrived.key]))
    assert page.status_code == 200
