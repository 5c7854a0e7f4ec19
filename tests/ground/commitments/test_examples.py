"""Every page of the register has an example, and answers it in three languages."""

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.translation import override

from tests.addresses import shown
from tests.examples.commitments import EXAMPLES
from tests.ground.commitments.test_pages import NOW


@pytest.fixture(autouse=True)
def _february(monkeypatch, settings):
    settings.STAFF_NEED_SECOND_FACTOR = False
    monkeypatch.setattr("monarca.ground.people.http.timezone.now", lambda: NOW)


def test_every_page_has_an_example():
    names = {page.name for page in shown() if page.name.startswith("commitments")}
    assert names == {key.partition("?")[0] for key in EXAMPLES}


@pytest.mark.parametrize("example", sorted(EXAMPLES))
def test_the_example_is_answered_in_three_languages(mexico, example):
    name, _mark, query = example.partition("?")
    user, given = EXAMPLES[example](None)
    client = Client()
    if user:
        client.force_login(user)
    for language in ("es", "en", "fr"):
        with override(language):
            where = reverse(name, kwargs=given)
        answer = client.get(f"{where}?{query}")
        assert answer.status_code == 200, where
        answer.close()
