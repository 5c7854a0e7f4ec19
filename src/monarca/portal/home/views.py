"""The front door: home, the desk of one's roles, and the signs of life for operators."""

from collections.abc import Mapping, Sequence
from importlib.metadata import version
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import get_language, get_language_from_request, gettext_lazy, override
from django.utils.translation import gettext as _

from monarca.grants.agreements import queries as agreements
from monarca.grants.agreements.states import Status as Agreed
from monarca.grants.applications import queries as applications
from monarca.grants.calls import forms as windows
from monarca.grants.calls import queries as calls
from monarca.ground.people import queries as people
from monarca.ground.people.http import Request
from monarca.ground.people.states import HOUSE, SEES_ALL
from monarca.kit import formats
from monarca.kit.parts import Link, Status
from monarca.portal.dossier import queries as files
from monarca.portal.dossier import states as stages
from monarca.portal.home import queries

LATEST = ("-started_at", "-pk")
AGREED: Mapping[str, Any] = {
    Agreed.SENT: gettext_lazy("To sign"),
    Agreed.SUSPENDED: gettext_lazy("Suspended"),
    Agreed.TERMINATED: gettext_lazy("Ended early"),
}
"""What an agreement waits for, or why nothing waits, for who received it."""

BESIDE = (
    (
        "commitments:list",
        gettext_lazy("Commitments"),
        gettext_lazy(
            "One register of everything that was promised: by whom, by when, and what became of it."
        ),
    ),
    (
        "dialogues:index",
        gettext_lazy("Dialogues and working groups"),
        gettext_lazy(
            "Human rights, environment, energy, forestry, trade: who met, what both sides agreed "
            "word by word, and what followed."
        ),
    ),
    (
        "consultations:list",
        gettext_lazy("Consultations with Indigenous peoples"),
        gettext_lazy(
            "Free, prior and informed. Each people decides what of its own record is shown here."
        ),
    ),
    (
        "youthlab:list",
        gettext_lazy("Youth Lab"),
        gettext_lazy(
            "Young people of both countries, chosen by a lottery that anybody can check; what "
            "they recommend, and what each government answers."
        ),
    ),
    (
        "climate-portal:overview",
        gettext_lazy("Climate"),
        gettext_lazy("What was pledged, what is measured, and how far the one is from the other."),
    ),
    (
        "shares:list",
        gettext_lazy("Fair shares"),
        gettext_lazy("How something scarce is divided, by which rule, and why each share is so."),
    ),
)
"""What stands beside the fund, in the order of the mission's page."""

DESKS = (
    ("commitments:desk", gettext_lazy("Commitments"), ""),
    ("dialogues:list", gettext_lazy("Dialogues and working groups"), ""),
    ("consultations:desk", gettext_lazy("Consultations with Indigenous peoples"), ""),
    ("youthlab:desk", gettext_lazy("Youth Lab"), ""),
    ("climate:desk", gettext_lazy("Climate"), ""),
    ("shares:desk", gettext_lazy("Fair shares"), ""),
)
"""Where each of them is kept."""


def to_language(request: HttpRequest) -> HttpResponse:
    """`/` leads to the reader's language, by Accept-Language."""
    with override(get_language_from_request(request)):
        return HttpResponseRedirect(reverse("home:home"), headers={"Vary": "Accept-Language"})


def home(request: Request) -> HttpResponse:
    """What the fund is, the call that is open (or the next), and how an application travels."""
    shown = windows.window(calls.announced()[:20], at=request.at)
    first = (*reversed(shown["open"]), *reversed(shown["coming"]))
    return render(request, "home/home.html", {"first": first[0] if first else None})


@login_required
def desk(request: Request) -> HttpResponse:
    lines = queries.waiting(request.user, at=request.at)
    held = people.held(request.user, at=request.at)
    return render(
        request,
        "home/desk.html",
        {
            "head": [_("What waits"), _("How many")],
            "lines": [
                (Link(str(line.title), line.url), line.count) for line in lines if line.count
            ],
            "quiet": [line for line in lines if not line.count],
            "works": bool(held & HOUSE),
            "desks": programmes(DESKS) if held & SEES_ALL else [],
            "total": sum(line.count for line in lines),
        },
    )


@login_required
def mine(request: Request) -> HttpResponse:
    """A person's applications, with the way to agreement, reports and payments; open calls."""
    rows = list(applications.owned_by(request.user, at=request.at).order_by(*LATEST)[:100])
    promised: dict[int, str] = {}
    if any(row.submitted_at for row in rows):
        held = agreements.received(request.user, at=request.at)
        promised = dict(held.values_list("application_id", "status"))
    told = [
        (row, Status(str(said), "warn") if said else stages.shown(stage))
        for row, stage in files.with_told_stages(rows)
        for said in [AGREED.get(promised.get(row.pk, ""))]
    ]
    context = {"rows": told, "calls": calls.open_at(request.at), "promised": promised}
    return render(request, "home/mine.html", context)


@login_required
def after_sign_in(request: Request) -> HttpResponse:
    staff = people.is_staff(request.user, at=request.at)
    return redirect("home:desk" if staff else "home:mine")


def together(request: Request) -> HttpResponse:
    """The rest of the mission's page: what is promised, discussed, consulted, drawn, measured."""
    return render(request, "home/together.html", {"programmes": programmes(BESIDE)})


def programmes(known: Sequence[tuple[str, Any, Any]]) -> list[dict[str, Any]]:
    """The ways to the programmes: name of the address, title, what it is."""
    return [{"url": reverse(name), "title": title, "text": text} for name, title, text in known]


def help_(request: Request) -> HttpResponse:
    """Whom to write to, and what people ask most."""
    return render(request, "home/help.html", {"missions": queries.missions()})


def privacy(request: Request) -> HttpResponse:
    return render(request, "home/privacy.html")


def accessibility(request: Request) -> HttpResponse:
    return render(request, "home/accessibility.html")


def source(request: Request) -> HttpResponse:
    """Which version answers here, under which licence, and made with what."""
    about = [
        (_("Version"), version("monarca")),
        (_("Licence"), "Apache-2.0"),
        (_("Made with"), f"Python, Django {version('django')}, Typst"),
        (_("Rates of exchange"), _("Bank of Canada")),
    ]
    return render(request, "home/source.html", {"about": about})


def healthz(_request: HttpRequest) -> HttpResponse:
    return HttpResponse("ok\n", content_type="text/plain")


def readyz(request: Request) -> HttpResponse:
    """Ready when database, migrations, storage and worker are; else 503, saying which is not."""
    state = queries.ready(at=request.at)
    return JsonResponse(state, status=200 if all(state.values()) else 503)


def refused(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def not_understood(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A request over our limits gets a page that says so; any other damage the plain page."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return render(request, "errors/too_large.html", status=413)
    return render(request, "errors/400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/404.html", status=404)


def broken(request: HttpRequest) -> HttpResponse:
    """The last page: it asks neither the database nor the session, which may be what failed."""
    with override(get_language_from_request(request, check_path=True)):
        lang = formats.language(get_language() or "en")
        shown = {"lang": lang, "locale": formats.TAGS[lang]}
        return HttpResponse(render_to_string("errors/500.html", shown), status=500)
