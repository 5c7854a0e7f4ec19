"""The desk of climate pledges: a new one, its series, its figures, its publication."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext
from django.views.decorators.http import require_POST

from monarca.engines.tables import Flaw
from monarca.ground.commitments.actions import (
    AlreadyEnded,
    DueBeforePromised,
    DueInALifetime,
    Holder,
    NoReason,
    PromisedOutOfReason,
)
from monarca.ground.people.http import Request
from monarca.kit import formats, paging, reasons, trilingual
from monarca.kit.guard import Refused, require
from monarca.programmes.climate import actions, forms, policy, queries
from monarca.programmes.climate.models import Pledge
from monarca.programmes.climate.views.public import told

BOX: Mapping[type[Refused], str] = {
    actions.FiguresRefused: "low",
    actions.FigureOutOfReason: "low",
    actions.YearOutOfReason: "base_year",
    actions.UnitMissing: "unit",
    actions.UnitIsMeasured: "unit",
    actions.SourceMissing: "source",
    actions.SourceNotAnAddress: "source_url",
    actions.SourceFromTomorrow: "source_on",
    actions.CorrectionUnexplained: "note",
    actions.NothingNew: "file",
    actions.NothingMeasured: "file",
    DueBeforePromised: "target_year",
    DueInALifetime: "target_year",
    PromisedOutOfReason: "promised_on",
    AlreadyEnded: "target_year",
    NoReason: "reason",
    actions.SameFigures: "reason",
}
"""At which box a refusal is said; any other stands at the top."""


@login_required
def listing(request: Request) -> HttpResponse:
    """Every pledge of one's missions with how it stands, and whether everybody reads it."""
    if not policy.may_read_desk(request.user, at=request.at):
        raise PermissionDenied
    rows = queries.here(request.user, at=request.at).select_related("mission")
    page = paging.screen(rows, request.GET.get("page"))
    shown = forms.glance_rows(queries.glances(page.rows), "climate:keep")
    public = [
        _("public") if one.commitment and one.commitment.is_public else _("not public")
        for one in page.rows
    ]
    many = ngettext("%(n)s pledge", "%(n)s pledges", page.total)
    context = {
        "head": [*forms.glance_head(), pgettext("column", "Public")],
        "rows": [[*row, word] for row, word in zip(shown, public, strict=True)],
        "page": page,
        "found": many % {"n": formats.number(page.total)},
        "may_begin": queries.missions_to_keep(request.user, at=request.at).exists(),
    }
    return render(request, "climate/list.html", context)


@login_required
def new(request: Request) -> HttpResponse:
    """A pledge is written down; the register holds it from then on, and nobody else sees it yet."""
    missions = list(queries.missions_to_keep(request.user, at=request.at))
    require(bool(missions))
    form = forms.Pledging(request.POST or None, missions=missions)
    if request.method == "POST" and form.is_valid():
        made = attempt(form, lambda: actions.make(given_in(form), by=request.user, at=request.at))
        if made:
            messages.success(request, _("The pledge was written down. Now it can be measured."))
            return redirect("climate:keep", made.reference)
    return answer(request, "climate/new.html", form)


def given_in(form: forms.Pledging) -> actions.Given:
    """What was typed, as the act takes it."""
    owners = tuple(Holder(side, name) for side, name in form.owners())
    return actions.Given(target=actions.Target(**form.target()), owners=owners, **form.given())


@login_required
def pledge(request: Request, ref: str) -> HttpResponse:
    """One pledge with all that can be done to it."""
    found = one_of(request, ref)
    context = told(found, request.user, at=request.at)
    user, at = request.user, request.at
    context |= {
        "trail": [(_("Desk"), reverse("home:desk")), (_("Climate"), reverse("climate:desk"))],
        "may_publish": policy.may_publish(user, found, at=at),
        "is_public": bool(found.commitment and found.commitment.is_public),
    }
    return render(request, "climate/desk.html", context)


@login_required
def revise(request: Request, ref: str) -> HttpResponse:
    """The figures are written anew, with the reason; those before stay on the page."""
    found = kept(request, ref)
    form = forms.Revising(request.POST or None, initial=forms.Revising.of(found))
    if request.method == "POST" and form.is_valid():
        target, why = actions.Target(**form.target()), form.cleaned_data["reason"]
        given: dict[str, Any] = {"reason": why, "by": request.user, "at": request.at}
        if attempt(form, partial(actions.revise, found, target, **given)):
            messages.success(request, _("The figures were written anew."))
            return redirect("climate:keep", ref)
    return answer(request, "climate/revise.html", form, pledge=found)


@login_required
def begin_series(request: Request, ref: str) -> HttpResponse:
    """A series begins with its first file."""
    found = kept(request, ref)
    form = forms.Seriesing(request.POST or None, request.FILES or None)
    flaws: tuple[Flaw, ...] = ()
    if request.method == "POST" and form.is_valid():
        points, flaws = forms.read_file(form, found, at=request.at)
        given: dict[str, Any] = {"by": request.user, "at": request.at}
        parts = actions.Named(**form.named()), actions.Edition(**form.edition()), points
        act = partial(actions.begin_series, found, *parts, **given)
        if not flaws and attempt(form, act) is not None:
            messages.success(request, _("The series was taken."))
            return redirect("climate:keep", ref)
    return answer(request, "climate/upload.html", form, pledge=found, flaws=flaws)


@login_required
def upload(request: Request, ref: str, number: int) -> HttpResponse:
    """More values of a series, or corrections; what stood before stays visible."""
    found = kept(request, ref)
    series = get_object_or_404(found.series, number=number)
    form = forms.Uploading(request.POST or None, request.FILES or None)
    flaws: tuple[Flaw, ...] = ()
    if request.method == "POST" and form.is_valid():
        points, flaws = forms.read_file(form, series, at=request.at)
        given: dict[str, Any] = {"by": request.user, "at": request.at}
        act = partial(actions.upload, series, actions.Edition(**form.edition()), points, **given)
        if not flaws and attempt(form, act) is not None:
            messages.success(request, _("The values were taken; those before stay visible."))
            return redirect("climate:keep", ref)
    return answer(request, "climate/upload.html", form, pledge=found, series=series, flaws=flaws)


@login_required
@require_POST
def publish(request: Request, ref: str) -> HttpResponse:
    """A manager puts a pledge before everybody, or takes it back."""
    found = one_of(request, ref)
    public = request.POST.get("public") == "yes"
    actions.publish(found, public=public, by=request.user, at=request.at)
    said = _("Everybody reads this pledge now.") if public else _("The pledge was taken back.")
    messages.success(request, said)
    return redirect("climate:keep", ref)


def one_of(request: Request, ref: str) -> Pledge:
    """A pledge of one's missions; any other is not there."""
    rows = queries.here(request.user, at=request.at).select_related("mission")
    return get_object_or_404(rows, reference=ref)


def kept(request: Request, ref: str) -> Pledge:
    """The same, for whoever keeps it."""
    found = one_of(request, ref)
    require(policy.may_keep(request.user, found, at=request.at))
    return found


def attempt[T](form: Form, act: Callable[[], T]) -> T | None:
    """What the act made, or None with its refusal at the box that it is about."""
    try:
        return act()
    except Refused as no:
        box = BOX.get(type(no), "")
        form.add_error(box if box in form.fields else None, reasons.sentence(no.reason))
        return None


def answer(
    request: Request, template: str, form: Form, flaws: tuple[Flaw, ...] = (), **more: Any
) -> HttpResponse:
    """The form, with everything typed and every fault of the file when something was refused."""
    trail = [(_("Desk"), reverse("home:desk")), (_("Climate"), reverse("climate:desk"))]
    if held := more.get("pledge"):
        address = reverse("climate:keep", args=[held.reference])
        trail.append((trilingual.say(held.name).text, address))
    context = {
        **more,
        "form": form,
        "trail": trail,
        "flaws": forms.flaw_rows(flaws),
        "flaw_head": [
            pgettext("column", "Line"),
            pgettext("column", "Column"),
            pgettext("column", "What is wrong"),
        ],
    }
    return render(request, template, context, status=422 if form.errors else 200)
