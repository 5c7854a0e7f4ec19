"""Every page of a finished edition, in three languages, for those whom it is meant for."""

import pytest
from django.urls import reverse
from django.utils import translation

from tests.addresses import named
from tests.examples.youthlab import EXAMPLES

LANGUAGES = ("es", "en", "fr")
PUBLIC = ("list", "edition", "lottery", "results", "communique")
TURNS = [
    *((name, LANGUAGES[place % 3]) for place, name in enumerate(EXAMPLES)),
    *((f"youthlab:{name}", language) for name in PUBLIC for language in LANGUAGES),
]


@pytest.mark.parametrize(("name", "language"), TURNS)
def test_a_page_stands_in_three_languages(demo, seen_by, name, language):
    user, kwargs = EXAMPLES[name](demo)
    with translation.override(language):
        place = reverse(name.partition("?")[0], kwargs=kwargs)
    answer = seen_by(user).get(place + "".join(name.partition("?")[1:]))
    assert answer.status_code == 200
    if answer["Content-Type"].startswith("text/html"):
        assert f'<html lang="{language}-' in answer.content.decode()


def test_every_address_has_an_example():
    addresses = {page.name for page, _ in named() if page.name.startswith("youthlab:")}
    assert addresses == {name.partition("?")[0] for name in EXAMPLES}
