"""What every page needs around it, and the page that answers a refusal."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse, translate_url
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _

from monarca.engines.states import MoveRefused
from monarca.ground.people.http import is_staff
from monarca.kit import formats, trilingual
from monarca.kit.guard import Refused
from monarca.portal.home import queries


def face(request: HttpRequest) -> dict[str, Any]:
    """Language, navigation and the signed-in person, for base.html."""
    lang = formats.language(get_language() or "en")
    return {
        "lang": lang,
        "locale": formats.TAGS[lang],
        "languages": [
            {
                "code": code,
                "name": name,
                "url": in_language(request, code),
                "current": code == lang,
            }
            for code, name in settings.LANGUAGES
        ],
        "nav": navigation(request.path),
        "viewer": viewer(request),
        "mission_name": mission_name(request),
        "demo": settings.DEMO,
        "theme": request.COOKIES.get("theme", ""),
    }


def in_language(request: HttpRequest, code: str) -> str:
    """This page in another language: the same view at its address there, or the same address."""
    here, match = request.get_full_path(), request.resolver_match
    if match is None or code == get_language():
        return here if match else translate_url(here, code)
    with override(code):
        try:
            there = reverse(match.view_name, args=match.args, kwargs=match.kwargs)
        except NoReverseMatch:
            return here
    _path, mark, asked = here.partition("?")
    return f"{there}{mark}{asked}"


def mission_name(request: HttpRequest) -> str:
    """Whose fund it is, in the reader's language; nothing where several missions share a house."""
    at: datetime | None = getattr(request, "at", None)
    names = mission_names(at.replace(second=0, microsecond=0)) if at else ()
    return trilingual.say(names[0]).text if len(names) == 1 else ""


@lru_cache(maxsize=1)
def mission_names(minute: datetime) -> tuple[Mapping[str, str], ...]:  # noqa: ARG001
    """Every mission's trilingual name, asked of the database once a minute and process."""
    return tuple(queries.missions().values_list("name", flat=True))


def navigation(path: str) -> list[dict[str, Any]]:
    known = [
        ("calls:list", _("Calls")),
        ("disclosure:projects", _("Projects")),
        ("home:together", _("Together")),
    ]
    links = []
    for name, label in known:
        try:
            url = reverse(name)
        except NoReverseMatch:
            continue
        links.append({"label": label, "url": url, "current": path.startswith(url)})
    return links


def viewer(request: HttpRequest) -> dict[str, Any] | None:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return None
    staff = is_staff(request)  # type: ignore[arg-type]
    return {
        "name": user.get_short_name(),
        "is_staff": staff,
        "desk_url": reverse("home:desk") if staff else reverse("home:mine"),
    }


class RefusalMiddleware:
    """A refusal that no view answered becomes a friendly page, never a traceback."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, problem: Exception) -> HttpResponse | None:
        if not isinstance(problem, Refused | MoveRefused):
            return None
        reason = problem.reason if isinstance(problem, Refused) else None
        return render(request, "errors/409.html", {"reason": reason}, status=409)
