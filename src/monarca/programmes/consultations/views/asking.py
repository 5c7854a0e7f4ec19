"""One way to ask: show a form, act, and on a no show it again with everything that was typed."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from monarca.engines.states import MoveRefused
from monarca.ground.people.http import Request
from monarca.kit import reasons
from monarca.kit.guard import Refused
from monarca.programmes.consultations import http, policy, queries
from monarca.programmes.consultations.models import Consultation, Item, Representative


@dataclass(frozen=True, slots=True)
class Page:
    """What stands around a form: its title, what it is for, the button, the way back."""

    title: str
    button: str
    back: str
    lead: str = ""
    above: str = ""
    danger: bool = False


def seen(request: Request, ref: str) -> Consultation:
    """The record, if this person may read it whole; otherwise nothing is found."""
    return get_object_or_404(queries.visible_to(request.user, at=request.at), reference=ref)


def seen_item(request: Request, ref: str, code: str) -> Item:
    rows = queries.items_visible_to(request.user, at=request.at)
    rows = rows.select_related("consultation", "representative", "evidence")
    return get_object_or_404(rows, consultation__reference=ref, code=code)


def runs(request: Request, consultation: Consultation) -> bool:
    return policy.may_run(request.user, consultation, at=request.at)


def wishing(request: Request, consultation: Consultation) -> dict[str, Any]:
    """Who wishes: the representative who is signed in, or one of those to be chosen."""
    own: Representative | None = queries.speaker(request.user, consultation, at=request.at)
    return {"own": own, "speakers": queries.representatives(consultation, at=request.at)}


def typed(request: Request) -> tuple[Any, ...]:
    """What was posted; on a first look nothing."""
    return (request.POST, request.FILES) if request.method == "POST" else ()


def asked[F: forms.Form](
    request: Request, form: F, act: Callable[[F], object], page: Page, *, done: str
) -> HttpResponse:
    """The whole turn of a form; `done` is said when the act was taken."""
    status = 200
    if request.method == "POST":
        if form.is_valid() and acted(form, act):
            messages.success(request, done)
            return redirect(page.back)
        status = 422
    else:
        form.initial = {**form.initial, **http.waiting(request)}
    context = {"form": form, "page": page, "writer": http.writer(request.user)}
    context["once"] = http.once(request)
    return render(request, "consultations/form.html", context, status=status)


def acted[F: forms.Form](form: F, act: Callable[[F], object]) -> bool:
    """Was the act taken? A refusal becomes the form's own error, in words."""
    try:
        act(form)
    except Refused as no:
        form.add_error(None, reasons.sentence(no.reason))
        return False
    except MoveRefused:
        form.add_error(None, _("The consultation is not in the phase for this."))
        return False
    return True
