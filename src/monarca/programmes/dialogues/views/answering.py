"""What the views of this room share: finding an edition, its frame, and a refusal on its form."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms as django
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from monarca.engines.states import MoveRefused
from monarca.ground.people.http import Request, is_known
from monarca.kit import reasons
from monarca.kit.guard import Refused
from monarca.programmes.dialogues import forms, policy, queries
from monarca.programmes.dialogues.models import Edition

PAGES = ("edition", "agenda", "papers", "inputs", "practices", "texts", "people")


type View = Callable[..., HttpResponseBase]


def signed_in(view: View) -> View:
    """Behind sign-in; what somebody wrote while their session ended is shown for them to keep."""
    behind = login_required(view)

    @wraps(view)
    def guarded(request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        words = _written(request) if request.method == "POST" and not is_known(request) else []
        if words:
            context = {"words": words, "next": request.path}
            return render(request, "dialogues/expired.html", context, status=401)
        return behind(request, *args, **kwargs)

    return guarded


def _written(request: Request) -> list[str]:
    """The posted values that are words of a person, not codes of a form."""
    sent = ((name, str(value).strip()) for name, value in request.POST.items())
    return [value for name, value in sent if " " in value and name != "csrfmiddlewaretoken"]


def opened(request: Request, ref: str) -> Edition:
    """The edition if the person reads it inside; 404 as for one that never was."""
    rows = queries.inside(request.user, at=request.at).select_related("series__mission")
    return get_object_or_404(rows, reference=ref)


def allow(allowed: bool) -> None:
    """403 before a form is shown to somebody who may not send it."""
    if not allowed:
        raise PermissionDenied


def frame(request: Request, edition: Edition, here: str) -> dict[str, Any]:
    """What every page of an edition says of it, and the way to its other pages."""
    titles = (
        *(_("Overview"), _("Agenda"), _("Papers"), _("Inputs")),
        *(_("Practices"), _("Texts"), _("Participants")),
    )
    ref = edition.reference
    return {
        "edition": edition,
        "tag": forms.status_tag(edition),
        "tabs": [
            (title, reverse(f"dialogues:{page}", args=[ref]))
            for title, page in zip(titles, PAGES, strict=True)
        ],
        "here": PAGES.index(here),
        "side": policy.speaks_for(request.user, edition, at=request.at),
        "runs": policy.may_run(request.user, edition, at=request.at),
        "trail": trail(),
    }


def trail(*more: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Meetings of both sides"), reverse("dialogues:list")), *more]


def tried(form: django.Form, act: Callable[[], object]) -> bool:
    """Do it; a refusal becomes a sentence on the form, and nothing typed is lost."""
    try:
        act()
    except Refused as refusal:
        form.add_error(None, reasons.sentence(refusal.reason))
    except MoveRefused:
        form.add_error(None, _("Somebody changed it meanwhile. Read it again."))
    return not form.errors


def shown(request: Request, template: str, context: dict[str, Any]) -> HttpResponse:
    """The page; with 422 when its form holds errors."""
    form = context.get("form")
    status = 422 if form is not None and form.errors else 200
    return render(request, f"dialogues/{template}.html", context, status=status)


def say(request: Request, words: str) -> None:
    messages.success(request, words)
