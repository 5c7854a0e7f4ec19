"""The demo's page in a home where nobody has made the sample year."""

from django.test import Client


def test_an_empty_home_says_how_to_make_a_year(db, settings):
    settings.DEMO = True
    page = Client(HTTP_HOST="localhost").get("/demo/?lang=en")
    assert page.status_code == 200
    assert "make demo" in page.content.decode()
