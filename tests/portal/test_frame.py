"""The frame of every page, and the pages for when something went wrong."""

import re
from datetime import UTC, datetime
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.utils.translation import override

from monarca.ground.people.actions import found_mission
from monarca.ground.people.models import Mission
from monarca.portal.home.http import face
from tests.portal.showing import Parsed

ERRORS = ["403", "404", "409", "500", "too_large"]


@pytest.mark.parametrize("name", ERRORS)
def test_an_error_page_needs_nothing_from_the_request(name: str) -> None:
    """When all else has failed there may be no language, no person and no database."""
    seen = Parsed(render_to_string(f"errors/{name}.html", {}))
    assert seen.tags.count("h1") == seen.tags.count("main") == 1
    assert "/" in seen.attributes["href"]


@pytest.mark.urls("tests.portal.addresses")
def test_signing_out_is_a_form_with_a_token_never_a_link() -> None:
    viewer = {"name": "Ana <b>", "is_staff": True, "desk_url": "/es/desk/"}
    html = render_to_string("base.html", {"viewer": viewer, "csrf_token": "secret", "lang": "es"})
    assert '<form method="post" action="/sign-out/">' in html
    assert '<input type="hidden" name="csrfmiddlewaretoken" value="secret">' in html
    assert 'Sign out<span class="sr">: Ana &lt;b&gt;</span></button>' in html
    assert '<a href="/es/desk/">Desk</a>' in html


@pytest.mark.urls("tests.portal.addresses")
def test_who_has_not_signed_in_is_offered_to_and_sees_no_desk() -> None:
    html = render_to_string("base.html", {"viewer": None, "lang": "es"})
    assert '<a href="/sign-in/">Sign in</a>' in html
    assert "Sign out" not in html
    assert ">Desk<" not in html


@pytest.mark.parametrize(
    ("theme", "attribute"),
    [("dark", ["dark"]), ("light", ["light"]), ('"><script>', None), ("", None)],
)
def test_only_a_known_theme_reaches_the_page(theme: str, attribute: list[str] | None) -> None:
    seen = Parsed(render_to_string("base.html", {"theme": theme}))
    assert seen.attributes.get("data-theme") == attribute


def asked_at(minute: int) -> HttpRequest:
    """A visitor without an account, at a minute no other test has asked about."""
    request = RequestFactory().get("/fr/")
    request.user = AnonymousUser()
    request.at = datetime(1999, 12, 31, 23, minute, 30, tzinfo=UTC)  # type: ignore[attr-defined]
    return request


def test_the_frame_names_the_mission_of_this_house_in_the_readers_language(mexico: Mission) -> None:
    with override("fr"):
        assert face(asked_at(1))["mission_name"] == "Ambassade du Canada au Mexique"


def test_the_missions_name_is_asked_of_the_database_once_a_minute(
    mexico: Mission, django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(1):
        face(asked_at(2))
        face(asked_at(2))


def test_a_house_of_several_missions_bears_the_name_of_none(mexico: Mission) -> None:
    found_mission(
        "LIMA",
        by=None,
        at=datetime(1999, 12, 31, tzinfo=UTC),
        name={"en": "Embassy of Canada to Peru"},
        countries=["PE"],
        time_zone="America/Lima",
    )
    assert face(asked_at(3))["mission_name"] == ""


def test_no_form_lets_the_browser_refuse_what_the_server_would_save() -> None:
    """The browser's own sentence is in its own language, at no summary, and nothing is kept."""
    folder = Path(str(files("monarca"))) / "templates"
    forms = [
        tag
        for page in folder.rglob("*.html")
        for tag in re.findall(r"<form [^>]*>", page.read_text(encoding="utf-8"))
        if 'class="form"' in tag and 'method="post"' in tag
    ]
    assert len(forms) > 30
    assert [tag for tag in forms if "novalidate" not in tag] == []
