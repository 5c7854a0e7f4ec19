"""The footer's pages, what an act says afterwards, and the page for when everything fails."""

import pytest
from django.contrib.auth import get_user_model
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import override

from monarca.portal.home import views
from tests.portal.showing import Parsed

PAGES = ["help", "privacy", "accessibility", "source"]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_of_the_footer_answers_and_every_page_leads_to_it(
    client: Client, db: None, name: str
) -> None:
    with override("en"):
        address = reverse(f"home:{name}")
    answer = client.get(address)
    assert answer.status_code == 200
    assert f'href="{address}"' in client.get("/en/").content.decode()


@pytest.mark.django_db
def test_help_says_which_embassy_to_write_to(client: Client, mexico: object) -> None:
    page = client.get("/fr/help/").content.decode()
    assert "Ambassade du Canada au Mexique" in page
    assert 'href="mailto:fondo@example.org"' in page


@pytest.mark.parametrize(
    ("address", "wanted", "lang"),
    [
        ("/fr/calls/", "es", "fr-CA"),
        ("/broken", "fr-CA,fr;q=0.9", "fr-CA"),
        ("/broken", "", "en-CA"),
    ],
)
def test_the_last_page_asks_the_database_nothing_and_speaks_the_reader_s_language(
    db: None, address: str, wanted: str, lang: str
) -> None:
    """The request has no user, no session and no instant: whatever made those may have failed."""
    request = RequestFactory().get(address, headers={"accept-language": wanted})
    with CaptureQueriesContext(
        connection,
    ) as asked:
        answer = views.broken(request)
    assert len(asked) == 0
    assert answer.status_code == 500
    assert Parsed(answer.content.decode()).attributes["lang"][0] == lang


def test_what_an_act_says_is_shown_once_on_the_next_page(client: Client, person: object) -> None:
    user = get_user_model().objects.get(pk=person().pk)  # type: ignore[operator]
    client.force_login(user)
    gone = client.post("/en/sign-out/", follow=True).content.decode()
    assert gone.count("You are signed out.") == 1
    assert "You are signed out." not in client.get("/en/").content.decode()
