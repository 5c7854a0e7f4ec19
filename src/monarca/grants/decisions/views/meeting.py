"""A meeting of the committee: convened, held, ended, and its minutes to print."""

from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from monarca.grants.calls import queries as calls
from monarca.grants.decisions import actions, forms, policy, queries
from monarca.grants.decisions.models import Meeting
from monarca.ground.people.http import Request
from monarca.kit import formats, paging, reasons
from monarca.kit.guard import Refused


def load(request: Request, code: str, number: int) -> Meeting:
    rows = queries.meetings_visible_to(request.user, at=request.at)
    return get_object_or_404(rows, call__code=code, number=number)


@login_required
def convene(request: Request, code: str) -> HttpResponse:
    call = get_object_or_404(calls.visible_to(request.user, at=request.at), code=code)
    if not policy.may_convene(request.user, call, at=request.at):
        raise PermissionDenied
    who = queries.may_attend(call, at=request.at)
    start = {"held_on": request.at.date(), "chair": request.user.email}
    form = forms.Convening(request.POST or None, people=who, zone=call.time_zone, initial=start)
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.convene(call, by=request.user, at=request.at, **form.meeting())
            return redirect("decisions:meeting", code, made.number)
        except Refused as refusal:
            form.add_error(None, reasons.sentence(refusal.reason))
    context = {"form": form, "call": call, "trail": _trail(code)}
    return render(request, "decisions/convene.html", context, status=422 if form.errors else 200)


@login_required
def detail(request: Request, code: str, number: int) -> HttpResponse:
    """The agenda: what was decided here, and what still waits for a ruling."""
    meeting = load(request, code, number)
    if meeting.ended_at:
        return redirect("decisions:minutes", code, number)
    files = queries.agenda(request.user, meeting, at=request.at)
    page = paging.screen(files, request.GET.get("page"))
    decided = queries.by_file(request.user, page.rows, at=request.at)
    total = {"n": formats.number(page.total)}
    context = {
        **_about(request, meeting),
        "head": [_("File"), _("Organization"), _("Asked"), _("Decision"), _("Amount")],
        "rows": forms.agenda_rows(page.rows, decided),
        "page": page,
        "found": ngettext("%(n)s file", "%(n)s files", page.total) % total,
    }
    return render(request, "decisions/meeting.html", context)


@login_required
def end(request: Request, code: str, number: int) -> HttpResponse:
    meeting = load(request, code, number)
    if not policy.may_convene(request.user, meeting.call, at=request.at):
        raise PermissionDenied
    form = forms.Ending(request.POST or None)
    if request.method == "POST" and form.is_valid():
        words = form.cleaned_data["minutes"]
        actions.end_meeting(meeting, by=request.user, at=request.at, minutes=words)
        return redirect("decisions:minutes", code, number)
    context = {"form": form, **_about(request, meeting)}
    return render(request, "decisions/end.html", context, status=422 if form.errors else 200)


@login_required
def minutes(request: Request, code: str, number: int) -> HttpResponse:
    """What was decided, file by file, for print; only files that this reader may see.

    The committee's own words may name a file, so they are shown to those who may see them all.
    """
    meeting = load(request, code, number)
    if not meeting.ended_at:
        return redirect("decisions:meeting", code, number)
    ids = [item["file"] for item in meeting.items]
    seen = queries.served(request.user, at=request.at).filter(pk__in=ids)
    files = {file.pk: file for file in seen}
    definitions = {form: calls.definition(form) for form in {f.form_id for f in files.values()}}
    declared = queries.interests_in(files)
    context = {
        **_about(request, meeting),
        "files": forms.minutes_of(meeting.items, files, declared, definitions),
        "is_whole": len(files) == len(ids),
    }
    return render(request, "decisions/minutes.html", context)


def _about(request: Request, meeting: Meeting) -> dict[str, Any]:
    """What every page of a meeting says of it."""
    present = [row.user.get_short_name() for row in queries.present_at(meeting)]
    return {
        "meeting": meeting,
        "call": meeting.call,
        "present": present,
        "may": policy.may_convene(request.user, meeting.call, at=request.at),
        "trail": _trail(meeting.call.code),
    }


def _trail(code: str) -> list[tuple[str, str]]:
    listed = reverse("decisions:list") + f"?call={code}"
    return [(_("Desk"), reverse("home:desk")), (_("Decisions"), listed)]
