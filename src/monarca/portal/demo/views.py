"""The pages of the demonstration: who one can be, and every letter that stayed on this machine."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, ngettext, override
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from monarca.ground.people.http import Request, enter, own_path
from monarca.kit import formats, paging
from monarca.portal.demo import queries
from monarca.portal.demo.http import only_here

A_SCREEN = 20


@only_here
@require_GET
def demo(request: Request) -> HttpResponse:
    """Who one can be here, what waits for each, and a walk of ten minutes."""
    with override(language(request)):
        context = {"roles": queries.roles(at=request.at), "walk": queries.walk(at=request.at)}
        return render(request, "demo/demo.html", {**context, **face(request)})


@only_here
@require_POST
def become(request: Request, role: str) -> HttpResponse:
    """Be one of the eight, and go where the walk leads or to their own desk."""
    user = queries.person(role)
    if user is None:
        raise Http404
    with override(language(request)):
        desk = reverse("home:after-sign-in")
    goes_to = own_path(request, request.POST.get("goes_to", "")) or desk
    return enter(request, user, door="demo", goes_to=goes_to)


@only_here
@require_GET
def letters(request: Request) -> HttpResponse:
    """Every letter that would have been sent, newest first; of one address if asked."""
    to = request.GET.get("to", "").strip()[:80]
    with override(language(request)):
        page = paging.screen(queries.letters(to), request.GET.get("page"), A_SCREEN)
        found = ngettext("%(n)s letter", "%(n)s letters", page.total)
        context = {
            "letters": [(letter, queries.pieces(letter.body)) for letter in page.rows],
            "page": page,
            "controls": [("to", _("E-mail address"), to)],
            "found": found % {"n": formats.number(page.total)},
            "query": f"to={to}&lang={language(request)}",
        }
        return render(request, "demo/letters.html", {**context, **face(request)})


def language(request: HttpRequest) -> str:
    """These addresses have no language in them: `lang` says it, or else the browser."""
    asked = request.POST.get("lang") or request.GET.get("lang") or get_language() or "en"
    return formats.language(asked)


def face(request: HttpRequest) -> dict[str, Any]:
    """The frame's choice of languages, for addresses that carry none."""
    now = language(request)
    others = [
        {"code": code, "name": name, "url": f"?lang={code}", "current": code == now}
        for code, name in settings.LANGUAGES
    ]
    return {"lang": now, "locale": formats.TAGS[now], "languages": others}
